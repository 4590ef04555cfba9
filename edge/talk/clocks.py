"""Minutes between two hours of the clock, "free from six till seven", and of a bare number, "done in 30".

The rule of this file: only beside a word of having time, and never beside a sleep, a pain, a journey or a shift; days
that are left out have no hour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edge.talk.clauses import Clause
from edge.talk.measures import WORDS

HOURS = "|".join(word for word, value in WORDS.items() if word.isalpha() and value <= 23)
_HOUR = rf"(\d{{1,2}}|{HOURS})(?: : (\d\d))?"
_BETWEEN = re.compile(
    rf"\b(?:free|window|slot|gap|between|from|time|only) (?:\w+ ){{0,3}}?"
    rf"{_HOUR} (?:to|till|until|-|and|bis|und) {_HOUR}\b"
)
_WITHIN = re.compile(
    r"\b(?:done|finished|over|home|back|showered|kids|up|leave|leaving|starts?) (?:in|within|inside)"
    r" (\d\d|twenty|thirty|forty|fifty|sixty|ninety)$"
)
_TENS = r"([1-9]\d|twenty|thirty|forty|fifty|sixty|ninety)"
_HEDGE = r"(?:only|just|about|around|roughly|maybe|max|tops)"
#: "I only have 45", "I've just got forty", "I get about 50 tops", "25 each day".
_BARE = re.compile(
    rf"(?:\b{_HEDGE} (?:have|got|get|had|spare|manage) (?:{_HEDGE} )?{_TENS}"
    rf"|\b(?:ive|i 've|have|got|get|ive got|i 've got) {_HEDGE} (?:got )?{_TENS}"
    rf"|^{_TENS}(?= each| per))"
    r"(?: (?:today|tonight|tops|max|spare|ish|or so|each day|each|per day|per session|free))?$"
)


def clocked(one: Clause, words: Sequence[str]) -> float | None:
    """Return the minutes between two hours, "free from six till seven", or of a bare number, "done in 30"."""
    if one.has("SLEEP", "sleep", "HURT", "travel", "shift_work"):
        return None
    said = " ".join(words[one.start : one.end + (8 if words[one.end : one.end + 1] == [":"] else 0)])
    within = _WITHIN.search(said)
    if within is not None:
        return WORDS.get(within.group(1)) or float(within.group(1))
    bare = _BARE.search(said)
    if bare is not None and not one.has("AREA", "W", "illness"):
        text = next(group for group in bare.groups() if group)
        return WORDS.get(text) or float(text)
    found = _BETWEEN.search(said)
    if found is None:
        return None
    first, second = (
        60.0 * (WORDS.get(hour) or float(hour)) + float(minutes or 0)
        for hour, minutes in ((found.group(1), found.group(2)), (found.group(3), found.group(4)))
    )
    return value if 10.0 <= (value := (second - first) % 720.0) <= 240.0 else None


def lasted(words: Sequence[str], at: int) -> bool:
    """Return whether a time before it tells how long something went on: "I coughed for an hour"."""
    return (
        at > 1 and words[at - 1] == "for" and words[at - 2].endswith("ed") and words[at - 2] not in {"need", "allowed"}
    )


def timed_next(index: int, parts: Sequence[Clause]) -> bool:
    """Return whether the next clause says how long: "lunch break only, so 40 minutes"."""
    after = parts[index + 1 : index + 2]
    return bool(after) and after[0].sentence == parts[index].sentence and after[0].measure("min") is not None


def left_out(one: Clause) -> bool:
    """Return whether a clause is a day and a denial: "nothing on Wednesday", "Donnerstag gar nicht"."""
    quiet = all(i.group in {"DAYWORD", "NEG", "NOW", "ME", "HAVE", "WANT", "CAN", "ONLY"} for i in one.items)
    return quiet and one.has("NEG") and one.unknown <= 1 and not one.measures
