"""How strong a pain is, when it comes and for how long, as a clause says it.

The rule of this file: a number counts before a word, and a number that a word was taken for says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from edge.talk.clauses import Clause
from edge.talk.tokens import listed
from edge.talk.words import Item

PAIN, RESOLVED = "pain", "pain_resolved"
_DIGITS = 0.05
#: Of these any pain stops a run, so they come before when it hurts.
_GRAVE = frozenset({"worse", "swollen", "limping"})


class Taken(float):
    """A strength from 0 to 10 that a word was taken for ("a bit"): a guess with doubt, no number that was said."""


def strength_of(one: Clause, words: Sequence[str], area: str) -> float:
    """Return the severity of a pain; in the chest only a number counts, for there no word makes it small."""
    said = severity_of(one, words)
    numbered = one.measure("of_ten") is not None or any(m.value == said for m in one.measures)
    return said if area != "chest" or numbered else math.nan


def severity_of(one: Clause, words: Sequence[str]) -> float:
    """Return the severity 0 to 10 that a clause gives in numbers or in words, else NaN."""
    rated = [m for m in one.measures if m.unit == "of_ten"]
    if rated:
        changed = _CHANGED & set(words[rated[0].end : rated[-1].start])
        return rated[-1].value if changed else max(m.value for m in rated)
    for m in one.measures:
        if m.unit == "plain" and 0 <= m.value <= 10 and _is_rating(words, m.start, m.end, one):
            return m.value
    said = [Taken(i.name) for i in one.items if i.group == "SEV" and not _is_denied(i, words)]
    if not said:
        return math.nan
    return min(said) if min(said) <= 2.0 else max(said)


#: Between two numbers: the second is what holds now.
_CHANGED = listed("to now down jetzt nun auf heute today then dann")
_NOT = listed("not nicht net ned nich isnt nit kein keine keinen no")


def _is_denied(strong: Item, words: Sequence[str]) -> bool:
    """Return whether a word of strength is denied: "nicht so schlimm", "not too bad"."""
    return float(strong.name) >= 5.0 and bool(_NOT & set(words[max(strong.start - 2, 0) : strong.start]))


_RATING = listed(
    "level stufe of von bei a an at about pain schmerz schmerzen skala score vas nrs around like "
    "maybe vielleicht is ist etwa ca so circa approx hurts weh "
    "ne so eine nen gefuehlt solid roughly "
    "staerke rating scale schmerzlevel schmerzstufe schmerzskala intensity severity intensitaet say sage knee knie"
)
_WITHIN = listed("einer innen aussen vorne hinten oben unten inside outside")
_ORDINAL = listed("first second third once twice einmal zweimal dreimal")
_UNITS_NEXT = listed("am pm uhr times mal x sets runs laeufe % weeks . : st nd rd th k intervals reps")


#: "Out of one eye" rates nothing.
_ONE_OF_TWO = listed("eye ear leg arm foot hand side knee hip calf shin ankle shoulder")


def _is_rating(words: Sequence[str], start: int, end: int, one: Clause) -> bool:
    if words[start] in _ORDINAL:
        return False
    before = words[start - 1] if start else ""
    after = words[end] if end < len(words) else ""
    if words[start] == "one" and after in _ONE_OF_TWO:
        return False
    named = end == one.end and any(i.end == start and i.group in {"AREA", "SIDE", "HURT", "PULLED"} for i in one.items)
    changed = named or (before == "to" and start > 1 and words[start - 2] in {"down", "up"})
    led = changed or before in _RATING | _WITHIN or start == one.start
    return led and after not in _UNITS_NEXT - {"."} and one.has("AREA", "HURT")


def situation_of(one: Clause) -> str:
    """Return what makes a pain graver, else the first situation that a clause names, else ""."""
    named = [i.name for i in one.all("SIT")]
    grave = [name for name in named if name in _GRAVE]
    return (grave or named or [""])[0]


def days_of(one: Clause) -> float:
    """Return for how many days, where a clause says so in numbers, else NaN."""
    m = one.measure("days", "weeks")
    if m is None or not any(i.tag == "FOR" and i.start <= m.start for i in one.items):
        return math.nan
    return m.value * (7.0 if m.unit == "weeks" else 1.0)


def rated_elsewhere(one: Clause) -> bool:
    """Return whether a number out of ten belongs to something else than a pain."""
    return (is_other_kind(one) or one.has("SLEEP")) and not one.has("HURT")


def is_other_kind(one: Clause) -> bool:
    """Return whether a clause tells of another kind than a pain."""
    return any(i.group.islower() and not i.negated for i in one.items)


def state_of(one: Clause, placed: bool) -> str:
    """Return whether the clause says that it hurts, that it does not, or nothing; `placed` takes weak words as well."""
    rated = one.measure("of_ten")
    if rated is not None and not rated_elsewhere(one):
        return PAIN if rated.value > _DIGITS else RESOLVED
    hurts = one.has("HURT") or (placed and (one.has("PULLED") or one.denies("PULLED", "FINE") or one.has("NOTNEG")))
    asked = one.has("W") and one.has("WANT", "ONLY") and not one.has("GONE")  # "heute bitte nur locker" is a wish
    hurts = hurts or one.denies("GONE", "FREE") or (placed and one.has("fatigue:sore") and one.has("AREA"))
    fine = one.has("GONE") or one.denies("HURT") or (one.has("FINE") and not asked) or (placed and one.has("NOTFELT"))
    if hurts and fine:
        return RESOLVED if _over(one) else PAIN
    if (
        fine
        and not hurts
        and not placed
        and one.has("FINE")
        and not (one.has("GONE", "NOW", "FREE") or one.denies("HURT"))
    ):
        return ""
    return PAIN if hurts else RESOLVED if fine else ""


def _over(one: Clause) -> bool:
    """Return whether a clause that says both ends well: "the pain is gone", "hurt, fine again"."""
    if one.has("NOTNEG") or one.denies("FINE", "GONE"):
        return False
    last_hurt = max((i.start for i in one.all("HURT", "PULLED")), default=-1)
    fine = [i for i in one.all("FINE") if i.start > last_hurt]
    return one.has("GONE") or (bool(fine) and one.has("NOW"))


def rating(one: Clause, words: Sequence[str]) -> str:
    """Return what a number alone says of a place, "my knee is a 7", "Knie links 0"; "" where there is none."""
    said = severity_of(one, words) if one.measure("plain") is not None else math.nan
    return "" if math.isnan(said) or isinstance(said, Taken) else PAIN if said > _DIGITS else RESOLVED


def bare_rating(one: Clause) -> float | None:
    """Return the number of a clause that holds no more than one: "about a three", "so eine vier wuerde ich sagen"."""
    if len(one.measures) != 1 or one.measures[0].unit != "plain" or one.unknown > 1 or is_other_kind(one):
        return None
    quiet = {"FOR", "NOW", "ME", "SEV", "LET", "WANT", "NEUTRAL", "ODD", "SIT", "W", "RUN", "CAN", "OR"}
    other = any(i.group not in quiet and i.tag != "DAYWORD:today" for i in one.items)
    return one.measures[0].value if 0 <= one.measures[0].value <= 10 and not other else None


def only_place(one: Clause) -> bool:
    """Return whether a clause of a list names no more than a place."""
    return one.has("AREA") and all(i.group in {"AREA", "SIDE"} for i in one.items) and one.unknown == 0
