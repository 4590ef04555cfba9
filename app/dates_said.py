"""The days a sentence names, in English and German: "on Friday for 5 days", "morgen, 4 Tage", "3. bis 7. Dezember".

The rule of this file: a day is only one where the words leave no doubt; a weekday is the next to come, a date without
a year the next of its kind. Words are plain: lower case, no accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = (
    "monday|mon|montag|mo", "tuesday|tue|tues|dienstag|di", "wednesday|wed|mittwoch|mi",
    "thursday|thu|thurs|donnerstag|do", "friday|fri|freitag|fr", "saturday|sat|samstag|sonnabend|sa",
    "sunday|sun|sonntag|so",
)  # fmt: skip
#: Too short to stand for a weekday without "on" or "am" before them.
_SHORT = frozenset({"mo", "di", "mi", "do", "fr", "sa", "so", "mon", "sun", "sat", "wed"})
_MONTHS = (
    "january|jan|januar|janner", "february|feb|februar", "march|mar|marz|maerz", "april|apr", "may|mai",
    "june|jun|juni", "july|jul|juli", "august|aug", "september|sept|sep", "october|oct|oktober|okt",
    "november|nov", "december|dec|dezember|dez",
)  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "couple of": 2, "ein": 1, "eine": 1, "einen": 1, "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4,
    "funf": 5, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip
_COUNT = r"(\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
_UNIT = r"(days?|nights?|tagen?|nachte?n?|weeks?|wochen?)"
_MONTH = "(" + "|".join(_MONTHS) + ")"
_YEAR = r"(?:,?\s*(\d{4}))?"
_UNTIL = re.compile(r"(until|till|through|bis(?: zum)?|to|-|–|back|returning|zuruck)\s*(on |am |the )?$")
_LONGEST_DAYS = 180


@dataclass(frozen=True, slots=True)
class Days:
    """The day of arrival and of leaving that a sentence names; None where it names none."""

    arrive: date | None
    leave: date | None


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    day: date


def days_in(text: str, today: date) -> Days:
    """Return the days of a plain text, as said on a day."""
    text = _spread(text)
    named = sorted(_named(text, today), key=lambda n: n.start)
    last = next((n for n in named if _UNTIL.search(text[: n.start])), None)
    arrive = next((n.day for n in named if n is not last), None)
    leave = None if last is None else last.day
    if leave is not None and arrive is not None and leave < arrive:
        leave = _weeks_on(leave, arrive)
    lasts = _lasts(text)
    if leave is None and arrive is not None and lasts:
        leave = arrive + timedelta(days=lasts)
    return Days(arrive, leave)


def has_length(text: str) -> bool:
    """Return whether a plain text says how long, or until when."""
    return bool(_lasts(text)) or bool(re.search(r"\b(until|till|bis)\b", text))


def _weeks_on(day: date, after: date) -> date | None:
    """Return a weekday that was counted from today as the next after an arrival; None where it lies too far before."""
    days = (after - day).days
    return day + timedelta(days=7 * (days // 7 + 1)) if days < 7 else None


def _spread(text: str) -> str:
    """Return the text with ranges of days in one month written out: "3.-7. dezember", "dec 3-7"."""
    text = re.sub(
        rf"\b(\d{{1,2}})\.?\s*(?:-|–|bis(?: zum)?|to)\s*(\d{{1,2}})\.?\s+{_MONTH}\b", r"\1 \3 bis \2 \3", text
    )
    return re.sub(rf"\b{_MONTH}\s+(\d{{1,2}})\s*(?:-|–|to)\s*(\d{{1,2}})\b", r"\2 \1 bis \3 \1", text)


def _named(text: str, today: date) -> list[_Named]:
    found = [
        _Named(m.start(), today + timedelta(days=days))
        for pattern, days in (
            (r"\b(?:today|tonight|heute)\b", 0),
            (r"(?<!guten )(?<!am )(?<!jeden )(?<!after )\b(?:tomorrow|morgen)\b", 1),
            (r"\b(?:day after tomorrow|ubermorgen|uebermorgen)\b", 2),
        )
        for m in re.finditer(pattern, text)
    ]
    for m in re.finditer(rf"\bin {_COUNT} {_UNIT}\b(?! lang)", text):
        found.append(_Named(m.start(), today + timedelta(days=_days(m.group(1), m.group(2)))))
    return [*found, *_weekdays(text, today), *_dates(text, today)]


def _weekdays(text: str, today: date) -> list[_Named]:
    found = []
    for number, names in enumerate(_WEEKDAYS):
        for m in re.finditer(rf"\b({names})\b(?!\.?\d)", text):
            if m.group(1) in _SHORT and not re.search(r"\b(on|am|bis|until|till|next|this)\s$", text[: m.start()]):
                continue
            ahead = (number - today.weekday() - 1) % 7 + 1
            found.append(_Named(m.start(), today + timedelta(days=ahead)))
    return found


def _dates(text: str, today: date) -> list[_Named]:
    """Return the days of "2026-12-03", "3.12.", "3. dezember", "3 dec 2026", "dec 3rd"."""
    found = [(m.start(), m.group(1), m.group(2), m.group(3)) for m in re.finditer(r"\b(\d{4})-(\d{2})-(\d{2})\b", text)]
    rows = [(s, y, int(m), int(d)) for s, y, m, d in found]
    for m in re.finditer(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})?", text):
        rows.append((m.start(), m.group(3) or "", int(m.group(2)), int(m.group(1))))
    for m in re.finditer(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH}\b{_YEAR}", text):
        rows.append((m.start(), m.group(3) or "", _month(m.group(2)), int(m.group(1))))
    for m in re.finditer(rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:days|tage|{_MONTH})){_YEAR}", text):
        if not any(r[0] <= m.start() < r[0] + 5 for r in rows):
            rows.append((m.start(), m.group(4) or "", _month(m.group(1)), int(m.group(2))))
    named = [(s, _date(y, m, d, today)) for s, y, m, d in rows]
    return [_Named(s, day) for s, day in named if day is not None]


def _month(name: str) -> int:
    return next(n for n, names in enumerate(_MONTHS, 1) if name in names.split("|"))


def _date(year: str, month: int, day: int, today: date) -> date | None:
    try:
        if year:
            return date(int(year), month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _lasts(text: str) -> int:
    """Return for how many days a plain text says; 0 where it does not."""
    for m in re.finditer(rf"\b(in )?{_COUNT} {_UNIT}\b", text):
        if not m.group(1) and not re.search(r"\b(vor|alle|every|last)\s$", text[: m.start()]):
            days = _days(m.group(2), m.group(3))
            return days if days <= _LONGEST_DAYS else 0
    return 0


def _days(count: str, unit: str) -> int:
    number = int(count) if count.isdigit() else _NUMBERS[count]
    return number * (7 if unit.startswith(("week", "woche")) else 1)
