"""The events of a calendar file one by one, each with its line, so that a damaged one harms no other.

The rule of this file: it cuts the text at BEGIN and END and lets the icalendar library read each piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import icalendar

_BEGIN, _END = "BEGIN:VEVENT", "END:VEVENT"
_ZONE = re.compile(r"TZID=\"?([^\":;]+)")
_FIELDS = ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "LOCATION")


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one event and the line of its BEGIN, counted from 1; whether it was closed."""

    line: int
    text: str
    closed: bool

    @property
    def named(self) -> str:
        """The event's title for a message, or nothing."""
        title = self._field("SUMMARY")[:60]
        return f' ("{title}")' if title else ""

    @property
    def moved(self) -> tuple[str, str] | None:
        """The series and the occurrence (digits of its date) that this event stands for; None where it is none."""
        day = re.sub(r"\D", "", self._field("RECURRENCE-ID"))[:8]
        return (self._field("UID"), day) if day else None

    def _field(self, name: str) -> str:
        found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*)$", self.text, re.MULTILINE | re.IGNORECASE)
        return found.group(1).strip().replace("\\,", ",") if found else ""


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8, else Windows-1252, as old calendars are."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def blocks(text: str) -> tuple[list[Block] | None, dict[str, str]]:
    """Return the events and the time zones by name of a calendar's text; None where it is no calendar."""
    lines = text.splitlines()
    heads = [line.strip().upper() for line in lines]
    if "BEGIN:VCALENDAR" not in heads:
        return None, {}
    found, zones = list[Block](), dict[str, str]()
    start, zone = -1, -1
    for row, head in enumerate(heads):
        if head == _BEGIN and start >= 0:
            found.append(Block(start + 1, "\n".join(lines[start:row]), False))
        if head == _BEGIN:
            start = row
        elif head == _END and start >= 0:
            found.append(Block(start + 1, "\n".join(lines[start : row + 1]), True))
            start = -1
        elif head == "BEGIN:VTIMEZONE":
            zone = row
        elif head == "END:VTIMEZONE" and zone >= 0:
            _add_zone(zones, "\n".join(lines[zone : row + 1]))
            zone = -1
    if start >= 0:
        found.append(Block(start + 1, "\n".join(lines[start:]), False))
    return found, zones


def _add_zone(zones: dict[str, str], text: str) -> None:
    name = re.search(r"^TZID(?:;[^:\r\n]*)?:(.*)$", text, re.MULTILINE | re.IGNORECASE)
    if name:
        zones[name.group(1).strip()] = text


def parsed(block: Block, zones: dict[str, str]) -> icalendar.Component:
    """Return the event of a block; ValueError says what is wrong with it."""
    if not block.closed:
        raise ValueError("it has no END:VEVENT")
    used = [zones[name] for name in dict.fromkeys(_ZONE.findall(block.text)) if name in zones]
    whole = "\r\n".join(["BEGIN:VCALENDAR", *used, block.text, "END:VCALENDAR", ""])
    try:
        events = icalendar.Calendar.from_ical(whole).walk("VEVENT")
    except Exception as problem:
        raise ValueError(str(problem)[:120] or type(problem).__name__) from problem
    if len(events) != 1:
        raise ValueError("it is no event")
    wrong = [f"{name}: {why}" for name, why in events[0].errors if str(name).upper() in _FIELDS]
    if wrong:
        raise ValueError(wrong[0][:120])
    return events[0]
