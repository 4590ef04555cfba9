"""`kadenz trip watch`: a background feed, line by line, to the trip detector and the diary; no network needed.

The rule of this file: what is found is kept at once, so that a feed that is cut off has lost nothing it told.
"""

from __future__ import annotations

import contextlib
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from app.output import CommandError, iso_time, print_json, say
from app.store import Store
from app.trip_feed import Feed, samples_from
from edge.coach.types import Place
from edge.coach.words import metres
from edge.trip import Arrived, Asks, Left
from edge.trip_types import TripEvent

MOST_TOLD = 3


def watched(store: Store, home: Place | None, name: str, as_json: bool, as_lines: bool) -> int:
    """Feed a file, or stdin for "-", and tell what is found: as text, as JSON lines, or as one JSON document."""
    feed, told, wrong, count = Feed(store, home), list[dict[str, object]](), 0, 0
    with _opened(name) as lines:
        every_s = math.nan
        try:
            for number, sample in samples_from(_readable(lines, name)):
                if isinstance(sample, str):
                    wrong += 1
                    if wrong <= MOST_TOLD:
                        say(f"line {number} left out: {sample}")
                    continue
                count += 1
                for event in feed.feed(sample):
                    told.append(event_document(event))
                    _tell(event, as_json, as_lines)
                if as_lines and repr(feed.watch.fix_every_s) != repr(every_s):
                    every_s = feed.watch.fix_every_s
                    _line({"wants_fix_every_s": every_s if math.isfinite(every_s) else None})
        finally:
            feed.save()
    if as_json:
        wanted = feed.watch.fix_every_s
        wants = wanted if math.isfinite(wanted) else None
        print_json({"samples": count, "left_out": wrong, "events": told, "wants_fix_every_s": wants})
    elif not as_lines and not told:
        print(f"{count} samples: no journey")
    if wrong > MOST_TOLD:
        say(f"{wrong} lines left out")
    return 0


@contextlib.contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield file
    except OSError as problem:
        raise CommandError(f"{name}: {problem.strerror or problem}") from problem


def _readable(lines: Iterable[str], name: str) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError as problem:
        raise CommandError(f"{name}: not a text file") from problem


def event_document(event: TripEvent) -> dict[str, object]:
    """Return an event as JSON shows it."""
    kind = type(event).__name__.lower()
    if isinstance(event, Arrived):
        return {
            "event": kind, "place": event.place.name, "country": event.place.country,
            "altitude_m": round(event.altitude_m.value), "since": iso_time(event.since_unix_s),
            "told": iso_time(event.told_unix_s), "source": event.source,
        }  # fmt: skip
    if isinstance(event, Asks):
        height = round(event.altitude_m.value)
        return {"event": kind, "altitude_m": height, "since": iso_time(event.since_unix_s), "source": event.source}
    if isinstance(event, Left):
        return {"event": kind, "since": iso_time(event.since_unix_s)}
    return {"event": kind, "kind": event.kind, "since": iso_time(event.since_unix_s)}


def event_text(event: TripEvent) -> str:
    """Return an event as a sentence; empty for what nobody needs to read."""
    if isinstance(event, Arrived):
        where = f"{event.place.name}, {event.place.country}, {metres(event.altitude_m.value)}"
        return (
            f"You are in {where} since {iso_time(event.since_unix_s)[:16]} ({event.source}). `kadenz today` goes by it."
        )
    if isinstance(event, Asks):
        height = metres(round(event.altitude_m.value, -2))
        return (
            f"Are you at about {height}, and staying? ({event.source}) Tell where: kadenz trip add PLACE --arrive DATE"
        )
    return f"Left on {iso_time(event.since_unix_s)[:16]}." if isinstance(event, Left) else ""


def _tell(event: TripEvent, as_json: bool, as_lines: bool) -> None:
    if as_lines:
        _line(event_document(event))
    elif not as_json and event_text(event):
        print(event_text(event), flush=True)


def _line(row: dict[str, object]) -> None:
    print(json.dumps(row), flush=True)
