"""Warning signs: what must lead to "stop and seek help", found by single phrases and by words that occur together.

The rule of this file: in doubt it is one; only a plain denial, somebody else, a mere "if" or the distant past is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.combos import signs_together
from edge.talk.pains import named_places
from edge.talk.signs import signs
from edge.talk.tokens import listed

_EVER = frozenset({"heart", "stroke", "clot"})
_PLACED = frozenset({"numb", "nerve", "weight_bearing", "clot"})
_HIGH_M = 1500.0
#: Beats a minute that no body has at rest.
_FAST_BPM = 150.0
_CHATTING = frozenset({"mit", "with", "dir", "you", "now", "jetzt", "will", "want", "moechte", "lust", "about"})
_FACE = frozenset({"face", "gesicht", "gesichtshaelfte"})
#: Places of the words that no constraint has.
_NOWHERE = frozenset({"leg", "arm", "jaw", "throat", "other"})
#: Of joy one is giddy, and falls over: no sign; "fainted" stays one.
_GIDDY = ("umgefallen", "schwindl", "schwindel")
#: Words that make a lone sign none: feet asleep in tight shoes, a bill to faint at, a plan that confuses.
_IDLE_BESIDE = {
    "numb": ({"schuhe", "eng"}, {"schuhe", "fest"}, {"schneidersitz"}),
    "faint": (
        *({place, "feels", "wobbly"} for place in ("ankle", "knee", "hip")),
        {"startgebuehr"},
        {"preisschild"},
        {"rechnung", "sah"},
        {"preis", "sah"},
    ),
    "confused": ({"plan"}, {"trainingsplan"}, {"app"}, {"menue"}),
}
#: Said of a tired or a stressed head as well.
_FOGGY = frozenset({"think", "foggy", "fog", "muddled"})
_ACHES = ("headache", "kopfschm", "kopfweh")
#: Fear of a warning sign is no mood of its own.
_AFRAID = frozenset({"angst", "panik", "scared", "scary", "afraid", "frightened"})
_NO_MORE = frozenset({"mehr", "anymore", "longer"})
_FELL = ("asleep", "dead", "eingeschlafen", "schlaeft", "einschlaeft", "schlafen", "eing")


@dataclass(frozen=True, slots=True)
class Flags:
    """The warning signs with their positions, and the body areas and kinds that they already account for."""

    found: tuple[tuple[int, Constraint], ...]
    areas: frozenset[str]
    kinds: frozenset[str]


def flags(parts: Sequence[Clause], words: Sequence[str]) -> Flags:
    """Return the warning signs of a sentence but for pain in the chest, which is found as a pain."""
    real = [c for c in parts if c.counts]
    named: dict[str, tuple[int, str, str]] = {}
    for one in parts:
        for i in one.all("red_flag"):
            if (one.counts or (one.mine and i.name in _EVER)) and not _asleep(one, i.start, i.end, words):
                area, side = _place(one, real) if i.name in _PLACED else ("", "")
                area = "chest" if i.name == "chest_pain" else area
                named.setdefault(i.name, (i.start, area, side))
    for rule in _RULES:
        for name, area, side, position in rule(real, words):
            named.setdefault(name, (position, area, side))
    for name, area, side, position in signs_together(parts, words):
        named.setdefault(name, (position, area, side))
    _headed(named, real, words)
    _idle(named, real, words)
    _merge(named)
    if not named:
        told = _cleared(real, words) or _gone_from_the_chest(real, words)
        named = {name: (at, area, side) for name, area, side, at in told}
    areas = _areas(named, real)
    _share(named, real)
    found = tuple((at, Constraint("red_flag", area, side, situation=name)) for name, (at, area, side) in named.items())
    return Flags(found, areas, _kinds(named, words))


def _gone_from_the_chest(real: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return a pain in the chest that is said to be over: it was there, "kein Druck auf der Brust mehr"."""
    for one in real:
        text = words[one.start : one.end]
        over = bool(_NO_MORE & set(text)) or "no more" in " ".join(text)
        signs = [i for i in one.items if i.tag == "red_flag:chest_pain" and i.negated]
        if over and (signs or (one.has("AREA:chest") and one.denies("HURT"))):
            return [("chest_pain", "chest", "", one.start)]
    return []


def _headed(named: dict[str, tuple[int, str, str]], real: Sequence[Clause], words: Sequence[str]) -> None:
    """Give a sign in the head its place where the head was named."""
    for name in ("stroke", "head_injury"):
        ached = name in named and words[named[name][0] : named[name][0] + 4]
        if (
            name == "stroke"
            and name in named
            and any(_FACE & set(words[one.start : one.end]) for one in real if one.start <= named[name][0] < one.end)
        ):
            named[name] = (named[name][0], "head", "")
        if ached and (any(one.has("AREA:head") for one in real) or any(w.startswith(_ACHES) for w in ached)):
            named[name] = (named[name][0], "head", "")


def _idle(named: dict[str, tuple[int, str, str]], real: Sequence[Clause], words: Sequence[str]) -> None:
    """Leave out figures of speech: breathless with laughter, a broken sensor, passed out in the sense of slept."""
    said = {name: words[at] for name, (at, _, _) in named.items()}
    if any(one.has("JOY") for one in real) and len(named) == 1 and not any(one.has("HURT") for one in real):
        for name in ("breathless", "palpitations", "faint", "nerve"):
            if name in named and (name != "faint" or said[name].startswith(_GIDDY)):
                named.pop(name)
    for name, beside in _IDLE_BESIDE.items():
        if len(named) == 1 and name in named and any(idle <= set(words) for idle in beside):
            named.pop(name)
    raving = any(one.has("SENSOR") for one in real) and any(one.has("BROKEN") for one in real)
    if raving and len(named) == 1 and said.get("palpitations") in _RATES and not _FELT & set(words):
        named.pop("palpitations")
    asleep = any(one.has("sleep:good") for one in real) and bool(_BEDS & set(words))
    if asleep and len(named) == 1 and said.get("faint") == "passed":
        named.pop("faint")


def _merge(named: dict[str, tuple[int, str, str]]) -> None:
    """Leave out what a graver sign contains."""
    for grave, contained in (
        ("altitude", ("faint", "confused", "breathless")),
        ("heat", ("faint", "confused")),
        ("stroke", ("confused",)),
        ("clot", ("numb", "weight_bearing")),
        ("chest_pain", ("numb",)),
        ("head_injury", ("faint", "confused")),
        ("heart", ("palpitations",)),
    ):
        if grave in named:
            for name in contained:
                named.pop(name, None)


def _share(named: dict[str, tuple[int, str, str]], real: Sequence[Clause]) -> None:
    """Give a sign without a place the only place of the others, and its side where one alone is said."""
    if "nerve" in named:
        for name in {"nerve", "numb"} & set(named):
            at, area, side = named[name]
            named[name] = (at, area, side) if area == "back" else (at, "", "")
    hurt = any(one.has("AREA:chest") and one.has("HURT", "PULLED") for one in real)
    arm = any(one.has("AREA:arm", "AREA:other") for one in real) and not hurt and "chest_pain" not in named
    if "numb" in named and not named["numb"][1] and named["numb"][2] in {"left", "right"} and arm:
        named["numb"] = (named["numb"][0], "other", named["numb"][2])
    if "head_injury" in named:
        named["head_injury"] = (named["head_injury"][0], "head", "")
    places = {(area, side) for _, area, side in named.values() if area} | ({("chest", "")} if hurt else set())
    if len(places) == 1:
        ((area, side),) = places
        for name, (at, mine, _) in named.items():
            if not mine:
                named[name] = (at, area, side)
    sides = {i.name for one in real for i in one.all("SIDE")} if len(places) == 1 else set()
    for name, (at, area, side) in named.items():
        if area and not side and len(sides) == 1 and area not in {"chest", "head", "back"}:
            named[name] = (at, area, next(iter(sides)))


def _areas(named: dict[str, tuple[int, str, str]], real: Sequence[Clause]) -> frozenset[str]:
    areas = {area for _, area, _ in named.values() if area}
    if "chest_pain" in named:
        areas |= {"arm", "jaw"}
    if any(name in named for name in ("clot", "weight_bearing", "numb", "blood")):
        areas.add("leg")
    if "altitude" in named or "stroke" in named or "head_injury" in named:
        areas.add("head")
    if "stroke" in named:
        areas |= {"arm", "leg"}
    if "meningitis" in named:
        areas.add("other")
    if "breathless" in named and not any(c.has("HURT") for c in real):
        areas.add("chest")
    return frozenset(areas)


def _kinds(named: dict[str, tuple[int, str, str]], words: Sequence[str]) -> frozenset[str]:
    kinds: set[str] = set()
    kinds |= {"travel", "illness:stomach"} if "altitude" in named else set()
    kinds |= {"weather:hot"} if "heat" in named or "clot" in named else set()
    kinds |= {"illness:stomach", "illness:fever"} if "heat" in named else set()
    kinds |= {"travel", "travel:flight"} if "clot" in named else set()
    kinds |= {"illness:stomach"} if {"stroke", "head_injury"} & set(named) else set()
    kinds |= {"illness:cold", "weather:dark"} if "blood" in named else set()
    kinds |= {"cycle:period", "cycle"} if "pregnancy" in named else set()
    kinds |= {"mood", "sleep", "stress"} if "crisis" in named else set()
    kinds |= {"mood"} if named and _AFRAID & set(words) else set()
    return frozenset(kinds)


def _asleep(one: Clause, start: int, end: int, words: Sequence[str]) -> bool:
    """Return whether "fell asleep" says sleep, not a limb."""
    return any(words[k].startswith(_FELL) for k in range(start, end)) and not one.has("AREA")


def _place(one: Clause, real: Sequence[Clause]) -> tuple[str, str]:
    for clause in (one, *real):
        for mention in named_places(clause, 0):
            return ("" if mention.area in _NOWHERE else mention.area), mention.side
        if clause is one and clause.has("SIDE"):
            sided = clause.all("SIDE")[0].name
            areas = [m.area for c in real for m in named_places(c, 0) if m.area not in _NOWHERE - {"other"}]
            return (areas[0] if areas else ""), sided
    return "", ""


Found = list[tuple[str, str, str, int]]


def _heart(real: Sequence[Clause], words: Sequence[str]) -> Found:
    found: Found = []
    for one in real:
        hearts = one.all("HEART")
        said = set(words[one.start : one.end])
        if (hearts and (one.has("FLUTTER") or ("aus" in said and said & {"setzt", "setzte", "setzen"}))) or (
            hearts
            and one.has("ODD", "SIT:rest", "SIT:sitting")
            and any(m.unit == "plain" and m.value >= _FAST_BPM for m in one.measures)
        ):
            found.append(("palpitations", "", "", hearts[0].start))
        elif hearts and one.has("HURT"):
            found.append(("chest_pain", "", "", hearts[0].start))
    return found


def _breath(real: Sequence[Clause], words: Sequence[str]) -> Found:
    puffed = [i.start for one in real for i in one.all("OUTOFBREATH")]
    odd = any(one.has("ODD") for one in real)
    expected = any(one.has("EXPECTED") for one in real)
    deep = [
        i.start
        for one in real
        for i in one.all("BREATHIN")
        if one.has("HURT") and not one.has("AREA:back", "AREA:throat")
    ]
    if deep and not any(one.has("AREA:chest") for one in real):
        return [("breathless", "", "", deep[0])]
    return [("breathless", "", "", puffed[0])] if puffed and odd and not expected else []


def _blood(real: Sequence[Clause], words: Sequence[str]) -> Found:
    coughed = any(one.has("COUGH", "WASTE", "VOMIT") for one in real)
    return [("blood", "", "", i.start) for one in real for i in one.all("BLOOD") if coughed][:1]


def _weight(real: Sequence[Clause], words: Sequence[str]) -> Found:
    placed = any(one.has("AREA", "POP", "SWOLLEN") for one in real)
    for one in real:
        hit = one.all("WEIGHT", negated=True) + (one.all("WALK-") if placed else [])
        popped = one.all("POP") if one.has("AREA:calf", "AREA:achilles") else []
        for i in (hit + popped)[:1]:
            area, side = _place(one, real)
            return [("weight_bearing", area, side, i.start)]
    return []


def _clot(real: Sequence[Clause], words: Sequence[str]) -> Found:
    swollen = any(one.has("SWOLLEN") for one in real)
    warm = any(one.has("HOT", "RED") for one in real)
    for one in real:
        for mention in named_places(one, 0):
            if (mention.area == "calf" and (swollen or (warm and one.has("HURT", "HOT", "RED")))) or (
                mention.area == "leg" and swollen and warm
            ):
                return [("clot", "calf" if mention.area == "calf" else "", mention.side, mention.position)]
    return []


def _altitude(real: Sequence[Clause], words: Sequence[str]) -> Found:
    high = any(one.has("ALTITUDE") or any(m.unit == "m" and m.value >= _HIGH_M for m in one.measures) for one in real)
    for one in real:
        head = [i.start for i in one.all("AREA:head")] if one.has("HURT") else []
        signs = [i.start for i in one.all("CONFUSED", "STAGGER", "VOMIT")]
        signs += [i.start for i in one.items if i.tag in {"red_flag:faint", "red_flag:breathless"} and not i.negated]
        if high and (head or signs):
            ached = bool(head) or any(c.has("AREA:head") and c.has("HURT") for c in real)
            return [("altitude", "head" if ached else "", "", (head + signs)[0])]
    worn = any(one.has("stress", "fatigue", "sleep", "mood") for one in real)
    return [
        ("confused", "", "", i.start)
        for one in real
        for i in one.all("CONFUSED")
        if not (worn and _FOGGY & set(words[i.start : i.end]))
    ][:1]


def _heat(real: Sequence[Clause], words: Sequence[str]) -> Found:
    hot = any(one.has("weather:hot", "HOT") for one in real)
    for one in real:
        dry = one.all("SWEAT", negated=True)
        ill = [i for i in one.items if not i.negated and (i.tag in {"red_flag:faint", "CONFUSED", "STAGGER", "VOMIT"})]
        for i in dry + (ill if hot else []):
            return [("heat", "", "", i.start)]
    return []


def _pregnancy(real: Sequence[Clause], words: Sequence[str]) -> Found:
    carrying = any(
        one.has("pregnancy:pregnant", "pregnancy:postpartum")
        or (one.measure("weeks") is not None and one.has("pregnancy", "ME", "BLEED"))
        for one in real
    )
    for one in real:
        signs = one.all("CONTRACTIONS") + (one.all("BLEED", "BLOOD") if carrying else [])
        for i in signs:
            return [("pregnancy", "", "", i.start)]
    return []


def _arm(real: Sequence[Clause], words: Sequence[str]) -> Found:
    jaw = any(one.has("AREA:jaw") for one in real)
    hurts = any(one.has("HURT") for one in real)
    for one in real:
        for m in named_places(one, 0):
            if (
                m.area == "arm"
                and (m.side == "left" or jaw or words[m.position] == "left")
                and hurts
                and (one.has("HURT") or jaw)
            ):
                return [("chest_pain", "", "", m.position)]
    return []


def _sweat(real: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return a cold sweat beside a pain that is not in the chest; there the chest itself is the sign."""
    if not any(one.has("HURT") for one in real) or any(one.has("AREA:chest") for one in real):
        return []
    return [("chest_pain", "", "", i.start) for one in real for i in one.all("COLDSWEAT")][:1]


def _head(real: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return a blow to the head, and a headache that came at once."""
    sudden = any(one.has("SUDDEN") for one in real)
    for one in real:
        for i in one.all("AREA:head"):
            if one.has("HURT") and sudden:
                return [("stroke", "head", "", i.start)]
            if one.has("KNOCK"):
                return [("head_injury", "head", "", i.start)]
    return []


def _speech(real: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return that the person could not speak: a denial that is no wish, and a word of being able."""
    for one in real:
        said = set(words[one.start : one.end])
        able = said & {"cant", "couldnt", "cannot", "could", "unable", "konnte", "kann", "konnt", "able"}
        denied = any(i.tag == "NEG" for i in one.items)
        for i in one.all("SPEAK"):
            if able and denied and not said & _CHATTING:
                return [("stroke", "", "", i.start)]
    return []


def _collapse(real: Sequence[Clause], words: Sequence[str]) -> Found:
    for one in real:
        for i in one.all("COLLAPSE"):
            folded = {"kippte", "fiel", "kippe", "kippt"}
            ends = {"um"} if words[i.start] in folded else {"zusammen", "weg"}
            if ends & set(words[i.end : one.end]) and words[one.end - 1] != "sammeln":
                return [("faint", "", "", i.start)]
    return []


def _cleared(real: Sequence[Clause], words: Sequence[str]) -> Found:
    """Return that a clinician cleared the person: only where one is named beside it, and nothing is denied."""
    for one in real:
        free = not any(i.tag in {"NEG", "IF", "PRETEND", "IGNORE", "WANT", "NOTNEG"} for i in one.items)
        if one.has("CLEARED") and one.has("PRO") and free:
            return [("cleared", "", "", one.all("CLEARED")[0].start)]
    return []


def _fever(real: Sequence[Clause], words: Sequence[str]) -> Found:
    fever = any(one.has("illness:fever") for one in real)
    neck = {"neck", "nacken"}
    for one in real:
        for i in one.all("AREA:other"):
            if fever and words[i.start] in neck and one.has("HURT"):
                return [("meningitis", "", "", i.start)]
    return []


_RATES = frozenset({"hf", "herzfrequenz", "hr", "heartrate"})
_FELT = listed("rast racing pounding stolpert flattert irregular unregelmaessig skips feel felt")
_BEDS = frozenset({"couch", "sofa", "bed"})
_RULES = (
    _heart, _breath, _blood, _weight, _clot, _altitude, _heat, _pregnancy, _arm, _fever, _head, _speech, _collapse,
    _sweat, signs,
)  # fmt: skip
