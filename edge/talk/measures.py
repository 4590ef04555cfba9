"""Numbers with their units: "4/10", "vier von zehn", "half an hour", "1h 15", "seit zwei Wochen", "2300 m".

The rule of this file: a measure names its unit (min, days, weeks, kg, km, m, deg, years, of_ten or plain).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.talk.tokens import listed, number

_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_DE = (
    "null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn "
    "fuenfzehn sechzehn siebzehn achtzehn neunzehn"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_DE = "zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig"
WORDS: dict[str, float] = {
    **{word: float(n) for words in (_EN, _DE) for n, word in enumerate(words.split())},
    **{word: 20.0 + 10.0 * n for words in (_TENS, _TENS_DE) for n, word in enumerate(words.split())},
    **{
        f"{one}und{ten}": 20.0 + 10.0 * t + n
        for t, ten in enumerate(_TENS_DE.split())
        for n, one in enumerate(["ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun"], 1)
    },
    "first": 1.0,
    "second": 2.0,
    "third": 3.0,
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "einmal": 1.0,
    "zweimal": 2.0,
    "dreimal": 3.0,
    "viermal": 4.0,
    "fuenfmal": 5.0,
    "sechsmal": 6.0,
    "hundred": 100.0,
    "hundert": 100.0,
    "thousand": 1000.0,
    "tausend": 1000.0,
    "couple": 2.0,
    "fortnight": 14.0,
}
_PER_WEEK_WORDS = {"once", "twice", "thrice", "einmal", "zweimal", "dreimal", "viermal", "fuenfmal", "sechsmal"}
_ONE = {"a", "an", "ein", "eine", "einer", "einen", "einem", "ne", "one", "ner", "nen", "eines"}
#: "eine knappe Stunde", "gute Stunde".
_ABOUT = listed("knappe knappen gute guten volle ganze ganzen gut knapp")
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(sorted(listed("min mins minute minutes minuten minuetchen minutn")), ("min", 1.0)),
    **dict.fromkeys(sorted(listed("h hr hrs hour hours stunde stunden std stdn stuendchen")), ("min", 60.0)),
    **dict.fromkeys(sorted(listed("day days tag tage tagen d nights naechte naechten")), ("days", 1.0)),
    **dict.fromkeys(sorted(listed("week weeks woche wochen wk wks wo")), ("weeks", 1.0)),
    **dict.fromkeys(sorted(listed("month months monat monate monaten mths")), ("days", 30.0)),
    **dict.fromkeys(sorted(listed("year years jahr jahre jahren yrs")), ("years", 1.0)),
    **dict.fromkeys(sorted(listed("kg kgs kilo kilos kilogramm kilogram kilograms")), ("kg", 1.0)),
    **dict.fromkeys(sorted(listed("lb lbs pound pounds")), ("kg", 0.45359237)),
    **dict.fromkeys(sorted(listed("pfund")), ("kg", 0.5)),
    **dict.fromkeys(sorted(listed("stone")), ("kg", 6.35029318)),
    **dict.fromkeys(sorted(listed("km kms k kilometer kilometers kilometre kilometres kilometern")), ("km", 1.0)),
    **dict.fromkeys(sorted(listed("mile miles mi meile meilen")), ("km", 1.609344)),
    **dict.fromkeys(sorted(listed("m meter meters metre metres metern masl hm")), ("m", 1.0)),
    **dict.fromkeys(sorted(listed("ft feet")), ("m", 0.3048)),
    **dict.fromkeys(sorted(listed("° degrees degree grad deg celsius celcius c")), ("deg", 1.0)),
    **dict.fromkeys(sorted(listed("f fahrenheit °f")), ("degf", 1.0)),
    **dict.fromkeys(sorted(listed("ssw schwangerschaftswoche")), ("weeks", 1.0)),
}
_HALVES: dict[tuple[str, ...], float] = {
    tuple(words.split()): minutes
    for words, minutes in (
        ("half an hour", 30.0),
        ("half hour", 30.0),
        ("halbe stund", 30.0),
        ("dreiviertel stund", 45.0),
        ("half a hour", 30.0),
        ("within the hour", 60.0),
        ("whole hour", 60.0),
        ("full hour", 60.0),
        ("hour at most", 60.0),
        ("hour max", 60.0),
        ("hour tops", 60.0),
        ("quarter of an hour", 15.0),
        ("quarter hour", 15.0),
        ("quarter of hour", 15.0),
        ("three quarters of an hour", 45.0),
        ("three quarters of hour", 45.0),
        ("an hour and a half", 90.0),
        ("hour and a half", 90.0),
        ("one and a half hours", 90.0),
        ("one and a half hour", 90.0),
        ("two and a half hours", 150.0),
        ("couple of hours", 120.0),
        ("one hour and a half", 90.0),
        ("halbe stunde", 30.0),
        ("halben stunde", 30.0),
        ("halbes stuendchen", 30.0),
        ("halbstunde", 30.0),
        ("viertelstunde", 15.0),
        ("viertel stunde", 15.0),
        ("dreiviertelstunde", 45.0),
        ("dreiviertel stunde", 45.0),
        ("drei viertel stunde", 45.0),
        ("anderthalb stunden", 90.0),
        ("eineinhalb stunden", 90.0),
        ("zweieinhalb stunden", 150.0),
        ("halbes stuendchen", 30.0),
        ("1 1 / 2 hours", 90.0),
        ("1 1 / 2 stunden", 90.0),
        ("1 / 2 hour", 30.0),
        ("1 / 2 h", 30.0),
        ("1 / 2 stunde", 30.0),
        ("halb stund", 30.0),
        ("halbstuendchen", 30.0),
        ("ein einhalb stunden", 90.0),
        ("eineinviertel stunden", 75.0),
        ("fuenfviertelstunde", 75.0),
        ("fuenf viertel stunden", 75.0),
    )
}
#: Nobody tells of air hotter than this in degrees Celsius: it is Fahrenheit.
_HOTTEST_C = 60.0
_HALF: tuple[tuple[str, ...], ...] = (
    ("and", "a", "half"),
    ("und", "ein", "halb"),
    ("and", "half"),
    ("und", "halb"),
    ("1", "/", "2"),
)
_BIT: tuple[tuple[str, ...], ...] = (
    ("and", "a", "bit"),
    ("and", "something"),
    ("and", "change"),
    ("ish",),
    ("odd",),
    ("plus",),
)
_PRONOUN = frozenset(
    {"little", "wee", "this", "that", "the", "no", "any", "hard", "easy", "long", "left", "right", "other"}
)
_TO = {"-", "to", "bis", "or", "oder"}
_OF_TEN = (
    ("/",),
    ("out", "of"),
    ("of",),
    ("von",),
    ("auf",),
    ("over",),
    ("out", "a"),
    ("aus",),
    ("from",),
    ("upon",),
    ("out",),
    ("on",),
    ("outta",),
    ("points", "of"),
    ("point", "from"),
    ("points", "out", "of"),
    ("punkte", "von"),
    ("punkten", "von"),
)


#: Words of numbers and units: right as they are written.
SPELLED = frozenset(WORDS) | frozenset(_UNITS) | frozenset(word for phrase in _HALVES for word in phrase)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, its unit, and the tokens [start, end) it was written with."""

    value: float
    unit: str
    start: int
    end: int


def measures(words: Sequence[str]) -> list[Measure]:
    """Return the measures of a sentence in their order."""
    found: list[Measure] = []
    position = 0
    while position < len(words):
        one = _measure(words, position)
        if one is None:
            position += 1
        else:
            found.append(one)
            position = one.end
    return found


def _measure(words: Sequence[str], at: int) -> Measure | None:
    for phrase, minutes in _HALVES.items():
        if words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
            return Measure(minutes, "min", at, at + len(phrase))
    if words[at] in _ONE and (at + 1 < len(words) and words[at + 1] in _UNITS and len(words[at + 1]) > 2):
        unit, scale = _UNITS[words[at + 1]]
        return _hours_and(words, Measure(scale, unit, at, at + 2))
    if (
        words[at] in _ONE
        and words[at + 1 : at + 2]
        and words[at + 1] in _ABOUT
        and words[at + 2 : at + 3] == ["stunde"]
    ):
        return Measure(60.0, "min", at, at + 3)
    if words[at] in _ABOUT and words[at + 1 : at + 2] == ["stunde"]:
        return Measure(60.0, "min", at, at + 2)
    value, end = _number(words, at)
    if value is None:
        return None
    if words[end : end + 1] == ["statt"] and end + 2 < len(words) and words[end + 2] in _UNITS:
        unit, scale = _UNITS[words[end + 2]]
        if _single(words, end + 1)[0] is not None:  # "nur 30 statt 60 Minuten"
            return Measure(value * scale, unit, at, end + 3)
    return _with_unit(words, value, at, end)


def _number(words: Sequence[str], at: int) -> tuple[float | None, int]:
    """Return a number, the upper one of a range, and where it ends."""
    value, end = _single(words, at)
    if value is not None and end + 1 < len(words) and words[end] in _TO:
        upper, upper_end = _single(words, end + 1)
        near = words[end] not in {"or", "oder"} or upper == value + 1
        if upper is not None and upper > value and near:
            return upper, upper_end
    return value, end


def _single(words: Sequence[str], at: int) -> tuple[float | None, int]:
    if at >= len(words):
        return None, at
    if words[at] == "-" and at + 1 < len(words) and (at == 0 or number(words[at - 1]) is None):
        value = number(words[at + 1])
        return (None, at) if value is None else (-value, at + 2)
    if words[at] == "minus":
        value, end = _single(words, at + 1)
        return (None, at) if value is None else (-value, end)
    value = number(words[at])
    if value is not None:
        return value, at + 1
    value = WORDS.get(words[at])
    if value is None:
        value = thousands(words[at])
    if value is None or (words[at] == "one" and at and words[at - 1] in _PRONOUN):
        return None, at
    following = WORDS.get(words[at + 1]) if at + 1 < len(words) else None
    if following in (100.0, 1000.0) and value < 100:
        more, end = _single(words, at + 2)
        whole = value * following
        return (whole + more, end) if more is not None and more < following else (whole, at + 2)
    if value in range(20, 100, 10) and following is not None and 1 <= following <= 9:
        return value + following, at + 2
    return value, at + 1


def thousands(word: str) -> float | None:
    """Return a German number of one word up to 9,999, such as "zweitausendfuenfhundert", or None."""
    whole, rest, found = 0.0, word, False
    for name, size in (("tausend", 1000.0), ("hundert", 100.0)):
        before, mark, after = rest.partition(name)
        if not mark:
            continue
        count = 1.0 if before in ("", "ein") else WORDS.get(before)
        if count is None:
            return None
        whole, rest, found = whole + count * size, after.removeprefix("und"), True
    if not found:
        return None
    if rest:
        last = WORDS.get(rest)
        if last is None or last >= 100.0:
            return None
        whole += last
    return whole


def _parted(words: Sequence[str], value: float, end: int) -> tuple[float, int]:
    """Return a number with its half: "four and a half", and where it ends; "and a bit" adds nothing."""
    for phrase in _HALF:
        if tuple(words[end : end + len(phrase)]) == phrase and value == int(value) and value < 20:
            return value + 0.5, end + len(phrase)
    for phrase in _BIT:
        if tuple(words[end : end + len(phrase)]) == phrase and words[end + len(phrase) : end + len(phrase) + 1]:
            after = words[end + len(phrase)]
            if after in _UNITS:
                return value, end + len(phrase)
    return value, end


def _with_unit(words: Sequence[str], value: float, at: int, end: int) -> Measure:
    for link in _OF_TEN:
        after = end + len(link)
        if tuple(words[end:after]) == link and after < len(words) and words[after] in {"10", "ten", "zehn", "10.0"}:
            return Measure(min(max(value, 0.0), 10.0), "of_ten", at, after + 1)
    value, end = _parted(words, value, end)
    unit_at = end
    if (
        end + 1 < len(words)
        and words[end] == "."
        and words[end + 1] in {"woche", "ssw", "schwangerschaftswoche", "monat"}
    ):
        unit_at = end + 1
    if end + 1 < len(words) and words[end] in {
        "more",
        "full",
        "ganze",
        "whole",
        "of",
        "extra",
        "weitere",
        "volle",
        "lousy",
        "nights",
    }:
        unit_at = end + 1 if words[end + 1] in _UNITS else end
    if unit_at < len(words) and words[unit_at] in _UNITS:
        unit, scale = _UNITS[words[unit_at]]
        hot = unit == "degf" or (
            unit == "deg" and (value > _HOTTEST_C or words[unit_at + 1 : unit_at + 2] in (["f"], ["fahrenheit"]))
        )
        if hot:
            return Measure((value - 32.0) / 1.8, "deg", at, unit_at + 1)
        return _hours_and(words, Measure(value * scale, unit, at, unit_at + 1))
    if words[at - 1 : at] and words[at - 1] in {"week", "woche", "ssw"} and value <= 45:
        return Measure(value, "weeks", at, end)
    if words[end : end + 1] == [":"] and end + 1 < len(words) and words[end + 2 : end + 3] and words[end + 2] in _UNITS:
        minutes = number(words[end + 1])
        if minutes is not None and minutes < 60:
            return Measure(value * 60.0 + minutes, "min", at, end + 3)
    if words[at] in _PER_WEEK_WORDS:
        return Measure(value, "times", at, end)
    return Measure(value, "deg" if value < 0 else "plain", at, end)


def _hours_and(words: Sequence[str], one: Measure) -> Measure:
    """Return hours with the minutes that follow them: "1h 15", "an hour and twenty minutes"."""
    if one.unit != "min" or not math.isclose(one.value % 60.0, 0.0) or words[one.end - 1].startswith("min"):
        return one
    at = one.end + (one.end < len(words) and words[one.end] in {"and", "und"})
    value, end = _single(words, at)
    half = tuple(words[at : at + 2])
    if half[:1] in {("half",), ("halb",), ("halbe",)} or half == ("a", "half"):
        return Measure(one.value + 30.0, "min", one.start, at + (2 if half == ("a", "half") else 1))
    if half[:1] == ("quarter",) or half == ("a", "quarter"):
        return Measure(one.value + 15.0, "min", one.start, at + len(half[:1]) + (half[0] == "a"))
    if value is None or not 0 < value < 60:
        return one
    if end < len(words) and words[end].startswith("min"):
        return Measure(one.value + value, "min", one.start, end + 1)
    glued = at == one.end and not (
        end < len(words) and (words[end] in _UNITS or words[end] in {"/", "out", "of", "von"})
    )
    told = (
        at > one.end
        and value >= 5
        and value % 5 == 0
        and not (
            end < len(words)
            and (words[end] in _UNITS or words[end] in {"/", "out", "of", "von", "x", "times", "mal", "sets"})
        )
    )
    return Measure(one.value + value, "min", one.start, end) if glued or told else one
