"""When an event of a calendar takes place: once, or again and again (RRULE, RDATE without EXDATE, by dateutil).

The rule of this file: a date alone is a whole day at the place, from its noon to the midnight at its end; a clock
without a zone is the place's; a series is reckoned on its own clock, so that nine o'clock stays nine o'clock.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import icalendar
from dateutil.rrule import rrulestr

from edge.coach.types import Place

#: A series is followed so far back and ahead, and so many times at most.
BACK, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 400


@dataclass(frozen=True, slots=True)
class Occurrence:
    """From when to when in Unix s; NaN where no end is given."""

    arrive_unix_s: float
    leave_unix_s: float


def occurrences(event: icalendar.Component, place: Place, now_unix_s: float, moved: set[str]) -> list[Occurrence]:
    """Return when an event takes place, without those that another event stands for (`moved`, as digits of a date).

    ValueError where it has no date that can be read.
    """
    try:
        start = event.decoded("DTSTART")
    except (KeyError, ValueError, AttributeError) as problem:
        raise ValueError("no readable date") from problem
    lasts = _lasts(event, start)
    if "RECURRENCE-ID" in event:
        moved = set()
    starts = _series(event, start, now_unix_s) if "RRULE" in event or "RDATE" in event else [start]
    return [_occurrence(s, lasts, place) for s in starts if f"{s:%Y%m%d}" not in moved]


def _lasts(event: icalendar.Component, start: date) -> timedelta | None:
    """Return how long an event lasts; None where that is not said."""
    try:
        if "DTEND" in event:
            end = event.decoded("DTEND")
            lasts = _clock(end, start) - _clock(start, start)
            return lasts if lasts > timedelta(0) else None
        return event.decoded("DURATION") if "DURATION" in event else None
    except (KeyError, ValueError, AttributeError, TypeError) as problem:
        raise ValueError("its end cannot be read") from problem


def _clock(moment: date, start: date) -> datetime:
    """Return a moment to subtract: aware where both it and the start are, else its clock alone."""
    whole = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
    aware = isinstance(start, datetime) and start.tzinfo is not None
    return whole if aware and whole.tzinfo is not None else whole.replace(tzinfo=None)


def _series(event: icalendar.Component, start: date, now_unix_s: float) -> list[date]:
    """Return the starts of a series around now, each a date or a datetime as the first is."""
    zone = start.tzinfo if isinstance(start, datetime) else None
    first = _naive(start, zone)
    now = datetime.fromtimestamp(now_unix_s, zone or UTC).replace(tzinfo=None)
    found = {first, *(_naive(one, zone) for one in _dates(event.get("RDATE")))}
    for rule in _many(event.get("RRULE")):
        try:
            made = rrulestr(_rule_text(rule, zone), dtstart=first, ignoretz=True)
        except (ValueError, TypeError) as problem:
            raise ValueError(f"its rule cannot be read ({str(problem)[:80]})") from problem
        found |= set(itertools.islice(made.xafter(now - BACK, inc=True), MOST))
    found -= {_naive(one, zone) for one in _dates(event.get("EXDATE"))}
    around = sorted(one for one in found if now - BACK <= one <= now + AHEAD)[:MOST]
    whole_days = not isinstance(start, datetime)
    return [one.date() if whole_days else one.replace(tzinfo=zone) for one in around]


def _rule_text(rule: object, zone: tzinfo | None) -> str:
    """Return a rule with its end on the clock of the series; ValueError where it is none."""
    if not isinstance(rule, icalendar.vRecur):
        raise ValueError("no rule")
    untils = rule.get("UNTIL")
    if untils:
        rule = icalendar.vRecur({**rule, "UNTIL": [_naive(one, zone) for one in untils]})
    return str(rule.to_ical().decode())  # type: ignore[no-untyped-call]


def _naive(moment: date, zone: tzinfo | None) -> datetime:
    """Return a moment on the clock of a zone, without it; a date as its midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(zone or UTC).replace(tzinfo=None) if moment.tzinfo is not None else moment


def _dates(lists: object) -> Iterable[date]:
    """Return the dates of one or several EXDATE or RDATE; of a period its start."""
    for one in _many(lists):
        for entry in getattr(one, "dts", ()):
            yield entry.dt[0] if isinstance(entry.dt, tuple) else entry.dt


def _many(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _occurrence(start: date, lasts: timedelta | None, place: Place) -> Occurrence:
    if isinstance(start, datetime):
        arrive = _unix_s(start, place)
        return Occurrence(arrive, arrive + lasts.total_seconds() if lasts else math.nan)
    midnight = _unix_s(datetime.combine(start, time()), place)
    return Occurrence(midnight + 12 * 3600.0, midnight + (lasts or timedelta(days=1)).total_seconds())


def _unix_s(moment: datetime, place: Place) -> float:
    """Return Unix s of a calendar's moment; a clock without a zone is the place's, by its longitude."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC).timestamp() - 3600.0 * round(place.longitude_deg / 15.0)
    return moment.timestamp()
