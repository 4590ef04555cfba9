"""Warning signs told in words of one's own: what of the body, and what became of it, in one clause.

The rule of this file: two lists of words that together are a sign whatever stands between them; `*` ends a stem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edge.talk.clauses import Clause
from edge.talk.tokens import Stems, listed, stems

_SELF = listed("i ich me mich mir my mein meine meinen myself we wir")
_NO = listed("no not nicht kein keine keinen never without ohne nie weder neither nor dont isnt wasnt")
_MOVES = ("move", "lift", "grip", "raise", "hold", "squeeze", "beweg", "heben", "greif", "halten", "bend")
_LIMBS = listed("hand arm leg bein fingers finger seite side")
_CANNOT = listed("cant cannot couldnt wont wouldnt nicht unable kaum hardly barely")


@dataclass(frozen=True, slots=True)
class Sign:
    """A warning sign: its name, what of the body, what became of it, and whether the clause must speak of oneself."""

    name: str
    body: Stems
    state: Stems
    own: bool = False


def _sign(name: str, body: str, state: str, own: bool = False) -> Sign:
    return Sign(name, stems(body), stems(state), own)


SIGNS = (
    _sign(
        "stroke",
        "face mouth lip lips smile eyelid gesicht mund mundwinkel augenlid wange",
        "droop* lopsided crooked sagging numb haeng* hing schief* taub gelaehmt lahm",
    ),
    _sign(
        "stroke",
        "eye eyes vision sight auge augen sicht sehkraft",
        "blind* black dark lost gone double blurr* schwarz weg doppelt verschwommen erblind* ausgefallen",
    ),
    _sign(
        "stroke",
        "word words worte wort woerter satz speech sprache",
        "fehlten fehlte jumbled garbled mixed wrong weg verloren lost muddled undeutlich verwaschen find stuck",
        own=True,
    ),
    _sign(
        "blood",
        "blood bloody blut blutig",
        "loo toilet poo stool* urine pee wee cough* spit klo* urin stuhl gehustet erbroch* vomit* puke* sick bog",
    ),
    _sign(
        "blood",
        "urine pee wee peeing weeing urin pipi harn pisse",
        "brown dark* cola* coke red rot* braun* dunkel* schwarz* black tea rust* teefarben*",
    ),
    _sign(
        "faint",
        "floor ground deck grass pavement boden gras strasse asphalt bahn bench bank",
        "ended found wake waking erwacht aufgewacht wiedergefunden lag wachte fand came",
        own=True,
    ),
    _sign(
        "faint",
        "floor ground deck grass pavement track road boden gras strasse asphalt",
        "woke wake wakes toppl* dropped",
    ),
    _sign("blood", "cough* hust* gehustet schleim auswurf phlegm spit", "pink* rosa bloody blutig* rost* frothy"),
    _sign("blood", "poo poop stool* stuhl kot", "black schwarz* tar* teer*"),
    _sign(
        "nerve",
        "schritt genitalbereich reithosenbereich sattelbereich blase bladder crotch saddle genitals bowel darm",
        "taub taubheit taubheitsgefuehl numb numbness kontrolle control incontinent inkontinent",
    ),
    _sign("nerve", "blase bladder", "nichts nothing", own=False),
    _sign("breathless", "breath", "catch get draw take"),
    _sign("breathless", "breath schnauf* luft atem puste air", "hardly barely kaum struggl* kaempf* ring* gasp*"),
    _sign(
        "heat",
        "heat hot hitze heiss* boiling roasting sun sonne",
        "shiver* rubbish nonsense wirr* froestel* gaensehaut goosebumps stagger* taumel* torkel*",
        own=True,
    ),
    _sign(
        "chest_pain",
        "chest brust brustkorb sternum",
        "elephant elefant* stone stein brick* crush* squeez* vice schraubstock zugeschnuert* boulder anvil amboss",
    ),
    _sign("crisis", "leben life living", "bock lust pointless sinnlos*"),
    _sign("crisis", "ending end beenden schluss", "all alles everything leben life machen", own=True),
)
#: Of the last sign these words beside it show that a life is meant, and not a session or a race.
_LIFE = listed("thinking think keep denke gedanken leben life suicidal ueberlege everything want moechte will")


#: "keinen Bock mehr auf Leben", "life is pointless": and not "Lust auf Leben".
_DENIED_LIFE = listed("kein keine keinen nimmer nicht no pointless sinnlos")


def signs(real: Sequence[Clause], words: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Return the warning signs of the clauses that count: name, area, side and position."""
    found: list[tuple[str, str, str, int]] = []
    for one in real:
        said = list(range(one.start, one.end))
        own = bool(_SELF & {words[k] for k in said})
        for sign in SIGNS:
            state = next((k for k in said if sign.state.has(words[k])), None)
            body = next((k for k in said if sign.body.has(words[k]) and k != state), None)
            if state is None or body is None or (sign.own and not own) or _denied(words, one.start, state):
                continue
            race = one.has("W:race") and sign.name in {"crisis", "faint"}
            if one.has("red_flag:faint", "JOY") or race or not _meant(sign, one, words):
                continue
            found.append((sign.name, "", "", min(body, state)))
        found += _limb(one, words)
    return found


def _denied(words: Sequence[str], start: int, state: int) -> bool:
    if words[state] in {"bock", "lust"}:
        return False
    return bool(_NO & set(words[max(start, state - 3) : state])) and words[state] not in {"find", "catch", "get"}


def _meant(sign: Sign, one: Clause, words: Sequence[str]) -> bool:
    said = {words[k] for k in range(one.start, one.end)}
    if sign.state.has("bock"):
        return not _DENIED_LIFE.isdisjoint(said) and not one.has("RUN", "W", "SIT", "HURT")
    if sign.name == "crisis":
        return len(_LIFE & said) >= 2 and not one.has("RUN", "W", "SIT", "HURT")
    if sign.name == "breathless" and sign.state.has("catch"):
        return bool(_CANNOT & said) and not one.has("EXPECTED")
    if "find" in said and sign.name == "stroke" and sign.body.has("words"):
        return bool(_CANNOT & said)
    return True


def _limb(one: Clause, words: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Return a limb of one side that does not obey, where nothing in it hurts."""
    said = range(one.start, one.end)
    limb = next((k for k in said if words[k] in _LIMBS), None)
    moves = any(words[k].startswith(_MOVES) for k in said)
    if limb is None or not moves or not one.has("SIDE") or one.has("HURT", "AREA:shoulder"):
        return []
    side = one.all("SIDE")[0].name
    return [("stroke", "", side, limb)] if _CANNOT & {words[k] for k in said} else []
