"""Trips in a calendar file (.ics), by the icalendar library: dated events at a place that the table knows.

The rule of this file: it reads and names what it leaves out and why; a broken file is one clear error with its name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar

from app.trips import Trip, is_away, place_in
from edge.coach.types import Place

MOST_BYTES = 20_000_000
_ONLINE = ("zoom", "teams", "webex", "http", "online", "google meet", "skype")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar holds: trips, and how many events were left out by reason."""

    trips: tuple[Trip, ...]
    left_out: tuple[tuple[str, int], ...]


def read_calendar(path: Path, home: Place | None, now_unix_s: float) -> Calendar:
    """Return the trips of a calendar file that are not over; ValueError names the file and what is wrong with it."""
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise ValueError(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB, no calendar is")
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError, UnicodeDecodeError) as problem:
        raise ValueError(f"{path.name}: not an iCalendar file ({str(problem)[:120]})") from problem
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not calendars:
        raise ValueError(f"{path.name}: not an iCalendar file (no BEGIN:VCALENDAR)")
    trips, left_out = [], dict[str, int]()
    for event in events:
        found = _trip_of(event, home, now_unix_s)
        if isinstance(found, Trip):
            trips.append(found)
        else:
            left_out[found] = left_out.get(found, 0) + 1
    return Calendar(tuple(trips), tuple(sorted(left_out.items())))


def _trip_of(event: icalendar.Component, home: Place | None, now_unix_s: float) -> Trip | str:
    """Return the trip of an event, or why it is none."""
    location = str(event.get("LOCATION", "")).strip()
    if not location:
        return "no place"
    if any(word in location.casefold() for word in _ONLINE):
        return "online"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    if "RRULE" in event:
        return "recurring"
    place = place_in(location)
    if place is None:
        return "a place that the table does not know"
    if not is_away(place, home):
        return "near home"
    try:
        arrive = _unix_s(event.decoded("DTSTART"), place)
        leave = _unix_s(event.decoded("DTEND"), place) if "DTEND" in event else math.nan
    except (KeyError, ValueError, AttributeError):
        return "no readable date"
    if (leave if math.isfinite(leave) else arrive + 86400.0) <= now_unix_s:
        return "over"
    return Trip(place, arrive, leave if leave > arrive else math.nan, "calendar")


def _unix_s(moment: date, place: Place) -> float:
    """Return Unix s of a calendar's moment; a date alone is its noon there, a clock without a zone is the place's."""
    local_s = 3600.0 * round(place.longitude_deg / 15.0)
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, 12, tzinfo=UTC).timestamp() - local_s
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC).timestamp() - local_s
    return moment.timestamp()
