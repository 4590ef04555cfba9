"""Trips in a calendar file (.ics), by the icalendar library: dated events at a place that the table knows.

The rule of this file: it reads and names what it leaves out and why; a damaged event is named with its line and never
stops the others; only a file that is no calendar at all is an error, with its name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from app.calendar_dates import Occurrence, occurrences
from app.calendar_events import Block, blocks, parsed, text_of
from app.place_names import place_in
from app.trips import Trip, is_away
from edge.coach.types import Place

MOST_BYTES = 20_000_000
_ONLINE = ("zoom", "teams", "webex", "http", "online", "google meet", "skype")
#: Events at one place with no more than this between them are one stay.
ONE_STAY_S = 20 * 3600.0


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar holds: trips, how many events were left out by reason, and what is damaged, by line."""

    trips: tuple[Trip, ...]
    left_out: tuple[tuple[str, int], ...]
    damaged: tuple[str, ...] = ()


def read_calendar(path: Path, home: Place | None, now_unix_s: float) -> Calendar:
    """Return the trips of a calendar file that are not over; ValueError names the file and what is wrong with it."""
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise ValueError(f"{path.name}: larger than {MOST_BYTES // 1_000_000} MB, no calendar is")
    events, zones = blocks(text_of(data))
    if events is None:
        raise ValueError(f"{path.name}: not an iCalendar file (no BEGIN:VCALENDAR)")
    trips, left_out, damaged = list[Trip](), dict[str, int](), list[str]()
    moved = {b.moved for b in events if b.moved}
    for block in events:
        try:
            found = _trips_of(block, zones, moved, home, now_unix_s)
        except ValueError as problem:
            damaged.append(f"line {block.line}{block.named}: {problem}")
            continue
        if isinstance(found, str):
            left_out[found] = left_out.get(found, 0) + 1
        else:
            trips += found
    return Calendar(_stays(trips), tuple(sorted(left_out.items())), tuple(damaged))


def _trips_of(
    block: Block, zones: dict[str, str], moved: set[tuple[str, str]], home: Place | None, now_unix_s: float
) -> list[Trip] | str:
    """Return the trips of an event, or why it is none; ValueError where it is damaged."""
    event = parsed(block, zones)
    location = str(event.get("LOCATION", "")).strip()
    if not location:
        return "no place"
    if any(word in location.casefold() for word in _ONLINE):
        return "online"
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    place = place_in(location)
    if place is None:
        return "a place that the table does not know"
    if not is_away(place, home):
        return "near home"
    found = occurrences(event, place, now_unix_s, {day for uid, day in moved if uid == str(event.get("UID", ""))})
    coming = [o for o in found if _end_s(o) > now_unix_s]
    return [Trip(place, o.arrive_unix_s, o.leave_unix_s, "calendar") for o in coming] if coming else "over"


def _end_s(one: Occurrence) -> float:
    return one.leave_unix_s if math.isfinite(one.leave_unix_s) else one.arrive_unix_s + 86400.0


def _stays(trips: list[Trip]) -> tuple[Trip, ...]:
    """Return the trips with what follows at one place within a night put together, by arrival."""
    stays: list[Trip] = []
    for trip in sorted(trips, key=lambda t: t.arrive_unix_s):
        last = next((s for s in reversed(stays) if s.place == trip.place), None)
        if last is not None and trip.arrive_unix_s <= last.leave_unix_s + ONE_STAY_S and trip.leave_unix_s > 0.0:
            stays[stays.index(last)] = replace(last, leave_unix_s=max(last.leave_unix_s, trip.leave_unix_s))
        else:
            stays.append(trip)
    return tuple(stays)
