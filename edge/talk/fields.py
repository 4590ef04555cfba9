"""Kinds told in words of one's own: what is spoken of, and how it is, in one clause, whatever stands between them.

The rule of this file: like `signs`, two lists of words each; a denial turns good to bad and bad to nothing. Names of
medicines and German compounds are known by how they end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.plain import WORDS
from edge.talk.tokens import Stems, listed, stems

Found = Iterator[tuple[int, Constraint]]
_NOT = listed(
    "havent hasnt cant couldnt didnt not no never nicht kein keine keinen nie ohne without isnt wasnt arent werent "
    "dont didnt doesnt hardly net ned nid nit kaum"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A kind with its situation, what is spoken of, and how it is; `denied` is the situation where that is denied."""

    kind: str
    situation: str
    of: Stems
    how: Stems
    denied: str | None = None


def _field(kind: str, of: str, how: str, denied: str | None = None) -> Field:
    name, _, situation = kind.partition(":")
    return Field(name, situation, stems(of), stems(how), denied)


_SPIRITS = (
    "mood spirits spirit morale motivation mojo enthusiasm laune stimmung gemuet antrieb motivationslevel "
    "mentally emotionally mental seelisch psychisch psyche headspace"
)
_LOW = (
    "low lower lowest bad badly down poor rubbish awful terrible horrible black dark grey gray foul gone zero nil "
    "bottom trash crap shit crappy "
    "shitty off flat sour lacking missing miserable gloomy rotten lousy dire grim wobbly fragile struggling drained "
    "exhausted battered "
    "rough dreadful worse worst sinking sank dropped dipped plummeted tanked mies schlecht* keller boden unten weg "
    "null dahin truebe trueb grau "
    "eimer fehlt fehlend mau bescheiden beschissen* scheisse im arsch tiefpunkt runter angeschlagen gedrueckt "
    "getruebt dunkel* miserabel furchtbar* "
    "schrecklich* leer mitgenommen duester finster mist naja tief katastroph* geknickt"
)
_HIGH = (
    "good great high excellent brilliant fantastic super top amazing better best back lifted up strong superb "
    "wonderful bright bestens gut gute "
    "guter hoch prima toll spitze hervorragend blendend* bombig* steigt gestiegen sonnig glaenzend* ausgezeichnet "
    "besser"
)
_SLEPT = (
    "sleep slept sleeping kip schlaf geschlafen schlafe schlafen gepennt pennen gschlofn gschlafn gschlafe "
    "nachtruhe nachtschlaf naps"
)
_BADLY = (
    "bad badly poor poorly terrible terribly rough short broken restless awake little barely hardly rubbish awful "
    "awfully crap shit interrupted "
    "light patchy worst worse dreadful dreadfully horrible horribly scarce disturbed fitful lousy crappy shallow "
    "fragmented disrupted wrecked "
    "ruined suffering suffers suffered lacking trouble problems struggle struggling unable impossible schlecht* "
    "mies* kurz kaum wenig wach "
    "unruhig* furchtbar* katastroph* beschissen* schlimm* zerhackt grauenhaft miserabel* elend scheisse mau maessig "
    "lausig* leicht unterbrochen "
    "stoerung* stoert gestoert probleme mangel* stueckweise haeppchenweise defizit fehlt"
)
_WELL = (
    "decent ok okay fine well good great deep deeply soundly amazing fantastic brilliant perfect solid better "
    "fine gut super prima toll tief fest bestens herrlich besser wunderbar hervorragend"
)
_LIMBS = (
    "legs leg body beine bein koerper haxn haxen energy energie battery batteries akku akkus tank fuel muscles "
    "engine motor kraft kraefte waden* oberschenkel*"
)
_SPENT = (
    "heavy dead tired empty gone wood wooden lead leaden concrete jelly weak low drained done cooked toast knackered "
    "wrecked shattered "
    "exhausted spent shot finished bricks brick stone stones sandbags cement flat zero lifeless useless goosed "
    "trashed fried schwer schwere "
    "leer muede tot tote blei bleiern* beton pudding gummi platt kaputt matsch* erschoepft ausgelaugt schlapp fertig "
    "weg null schwach "
    "klotz klumpen zement muerbe ausgebrannt"
)
_WORK = (
    "work office job boss bosses manager uni university college school exam exams deadline deadlines project "
    "projects client clients kids "
    "thesis colleagues workload emails arbeit buero chef chefin job pruefung* klausur* abgabe projekt* studium "
    "schule familie alltag kunden kollegen "
    "masterarbeit bachelorarbeit doktorarbeit dissertation homeoffice firma betrieb"
)
_PRESSED = (
    "stress* crazy mad manic insane pressure hectic overwhelm* hell nightmare chaos chaotic drowning buried swamped "
    "killing piling bonkers mental frantic "
    "intense relentless nonstop overload* exploding burning madness wahnsinn druck hoelle stapel* nerv* irre "
    "hektisch hektik anstrengend* "
    "verrueckt ueberfordert ueberlastet* untergehe erschlaegt erdrueckt brennt waechst wahnsinnig krass frisst "
    "auffrisst fertig"
)
_FOOD = (
    "eat eating eats ate eaten food meal meals calorie calories carbs lunch dinner breakfast esse essen gegessen "
    "mahlzeit* fruehstueck abendessen mittagessen kalorien kohlenhydrate appetit"
)
_LITTLE = (
    "skip* less little barely hardly nothing restrict* cutting afraid scared guilty avoid* kaum wenig weniger nichts "
    "auslass* ausgelassen weglass* "
    "weggelassen verzicht* angst reduzier* streng* spare eingeschraenkt"
)
_BLEEDS = "period periods menstruation periode regel menses regelblutung monatsblutung zyklus blutung"
_STAYS = (
    "missing stopped absent missed irregular vanished ceased disappeared ausgeblieben ausgesetzt ausbleib* "
    "verschwunden unregelmaessig* skipped"
)
FIELDS = (
    _field("mood:bad", _SPIRITS, _LOW),
    _field("mood:good", _SPIRITS, _HIGH, "bad"),
    _field("sleep:bad", _SLEPT, _BADLY),
    _field(
        "sleep:bad",
        "night nights nacht naechte",
        "disaster short shorter kurz katz vorbei hoelle katastroph* rough restless schlaflos* unruhig* mies* "
        "bescheiden bad terrible awful "
        "poor dreadful broken horrible rubbish",
    ),
    _field("sleep:good", _SLEPT, _WELL, "bad"),
    _field("fatigue:", _LIMBS, _SPENT),
    _field("stress:", _WORK, _PRESSED),
    _field("red_s:eating_less", _FOOD, _LITTLE),
    _field("red_s:no_period", _BLEEDS, _STAYS),
)
#: These tell of a kind only where they are denied: "not eating enough".
_ENOUGH = (
    _field(
        "red_s:eating_less",
        _FOOD,
        "enough genug properly richtig ausreichend much anything viel ordentlich vernuenftig",
    ),
    _field("sleep:bad", _SLEPT, "enough genug properly richtig much viel ordentlich besonders durch ein"),
    _field("mood:bad", "feel feeling felt fuehle fuehl", "motivated happy cheerful motiviert gluecklich froh"),
)
#: Medicines by how their names end (WHO INN stems, "The use of stems", 2018), and by which the rules know them.
_MEDICINES = (
    (("olol",), "beta_blocker"),
    (("oxacin",), "antibiotic_quinolone"),
    (("cillin", "mycin", "cyclin", "cycline", "cefixim", "sulfamethoxazol"), "antibiotic"),
    (("profen", "fenac", "coxib", "oxicam", "metacin"), "painkiller"),
    (("xaban", "parin", "gatran"), "blood_thinner"),
    (
        (
            "april", "ipril", "opril", "sartan", "statin", "dipin", "dipine", "prazol", "prazole", "thyroxin",
            "thyroxine", "formin", "gliptin", "gliflozin", "glutid", "glutide", "triptan", "oxetin", "oxetine",
            "talopram", "traline", "tralin", "cortison", "cortisone", "nisolon", "nisolone", "metason", "methasone",
            "tadin", "tadine", "tirizin", "tirizine", "fenadin", "fenadine", "zepam", "zolam", "semid", "semide",
            "thiazid", "thiazide", "mab", "vir", "setron", "conazol", "conazole", "terol", "tropium", "lukast",
            "sonide", "sonid", "azepin", "azepine", "gabalin", "pentin",
        ),
        "",
    ),
)  # fmt: skip
_NO_MEDICINE = listed("april gipril grab stab slab crab vir navir elvir stirol")
#: German compounds by their last part: kind with situation, the part, and words that only look so.
_COMPOUNDS: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = (
    ("shift_work:", ("schicht", "schichten", "schichtdienst"), listed("geschicht oberschicht unterschicht "
        "schutzschicht mittelschicht eisschicht schneeschicht")),
    ("shift_work:", ("dienst", "dienste", "dienscht"), listed("gottesdienst kundendienst verdienst wetterdienst "
        "winterdienst streamingdienst onlinedienst lieferdienst verdienste")),
    ("weather:rain", ("regen", "regens"), listed("erregen aufregen anregen verregen bregen")),
    ("weather:snow", ("schnee",), frozenset()),
    ("weather:wind", ("wind", "winde", "boeen"), listed("rueckenwind geschwind schwind unwind rewind downwind upwind")),
    ("weather:storm", ("sturm", "gewitter", "unwetter"), frozenset()),
    ("weather:hot", ("hitze",), frozenset()),
    ("weather:cold", ("kaelte", "frost"), frozenset()),
    ("weather:ice", ("glatteis", "blitzeis"), frozenset()),
    ("weather:fog", ("nebel",), frozenset()),
    ("illness:cold", ("schnupfen", "husten"), frozenset()),
    ("illness:", ("infekt", "infekts", "virus"), frozenset()),
    ("illness:flu", ("grippe",), frozenset()),
    ("stress:", ("stress",), frozenset()),
    ("travel:", ("reise", "urlaub", "trip"), listed("strip striptrip")),
)  # fmt: skip
_TURNED = frozenset({"mood", "sleep"})


def fields(one: Clause, words: Sequence[str]) -> Found:
    """Yield the kinds that a clause tells of in words of its own; only where no phrase has told of them."""
    told = {i.group for i in one.items if i.group.islower()}
    said = range(one.start, one.end)
    for field in () if one.has("IF", "red_flag") else _ENOUGH:
        of = next((k for k in said if field.of.has(words[k])), None)
        how = next((k for k in said if field.how.has(words[k])), None)
        if field.kind not in told and of is not None and how is not None and _denied(words, one.start, max(of, how), 4):
            told.add(field.kind)
            yield of, Constraint(field.kind, situation=field.situation)
    if not one.has("IF", "IGNORE") and not (told & {"red_flag", "override_request"}):
        for field in FIELDS:
            found = _told(field, one, words) if field.kind not in told else None
            if found is not None:
                told.add(field.kind)
                yield found
    for k in said:
        for kind, situation in _by_its_end(words[k]):
            held = any(i.start <= k < i.end and (i.group == "NEUTRAL" or i.group.islower()) for i in one.items)
            if kind not in told and not held and not _denied(words, one.start, k):
                told.add(kind)
                yield k, Constraint(kind, situation=situation)


def _told(field: Field, one: Clause, words: Sequence[str]) -> tuple[int, Constraint] | None:
    if field.kind == "sleep" and one.has("HURT", "AREA", "weather", "shift_work", "RUN"):
        return None
    if field.kind in {"fatigue", "stress"} and one.has("HURT", "AREA", "FINE", "GONE") and not _bare_legs(one):
        return None
    said = range(one.start, one.end)
    idle = {k for i in one.all("NEUTRAL") for k in range(i.start, i.end)}
    of = next((k for k in said if field.of.has(words[k]) and k not in idle), None)
    how = next((k for k in said if field.how.has(words[k]) and k != of and k not in idle), None)
    if of is None or how is None or abs(of - how) > 7:
        return None
    if any(i.group.islower() and i.start <= min(of, how) and max(of, how) < i.end for i in one.items):
        return None  # one phrase holds both and tells of another kind: "low energy availability"
    if _denied(words, one.start, how):
        return None if field.denied is None else (of, Constraint(field.kind, situation=field.denied))
    return of, Constraint(field.kind, situation=field.situation)


def _bare_legs(one: Clause) -> bool:
    """Return whether no place but legs as a whole is named, and nothing hurts: "legs feel like bricks"."""
    return all(i.name in {"leg"} for i in one.all("AREA")) and not one.has("HURT", "FINE", "GONE", "SIDE")


def _denied(words: Sequence[str], start: int, at: int, reach: int = 3) -> bool:
    return bool(_NOT & set(words[max(start, at - reach) : at]))


def _by_its_end(word: str) -> list[tuple[str, str]]:
    if len(word) < 6 or not word.isalpha():
        return []
    found = [
        ("medication", name)
        for ends, name in _MEDICINES
        if len(word) >= 7 and word.endswith(ends) and word not in WORDS and word not in _NO_MEDICINE
    ]
    for kind, ends, no in _COMPOUNDS:
        if word.endswith(ends) and word not in no and not any(word == end for end in ends):
            name, _, situation = kind.partition(":")
            night = name == "shift_work" and word.startswith(("nacht", "nocht"))
            found.append((name, "night" if night else situation))
    return found[:1]
