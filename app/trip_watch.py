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

from app.language import date_words
from app.output import CommandError, iso_time, print_json, say
from app.store import Store
from app.trip_feed import Feed, samples_from
from edge.coach.phrases import say as in_language
from edge.coach.sources import source_words
from edge.coach.types import Place
from edge.trip import Arrived, Asks, Left
from edge.trip_types import TripEvent

MOST_TOLD = 3


def watched(store: Store, home: Place | None, name: str, as_json: bool, as_lines: bool, language: str = "en") -> int:
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
                    _tell(event, as_json, as_lines, language)
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
        print(in_language(language, "{count:count} samples: no journey", count=count))
    if wrong > MOST_TOLD:
        say(in_language(language, "{count:count} lines left out", count=wrong))
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


def event_text(event: TripEvent, language: str = "en") -> str:
    """Return an event as a sentence of a language; empty for what nobody needs to read."""
    if not isinstance(event, (Arrived, Asks, Left)):
        return ""
    at = iso_time(event.since_unix_s)[:16]
    since = f"{date_words(language, at[:10])}{'T' if language == 'en' else ' '}{at[11:]}"
    if isinstance(event, Arrived):
        text = (
            "You are in {place:word}, {country:word}, {height_m:metres} since {since:word} ({source:word}). "
            "`kadenz today` goes by it."
        )
        name, country, source = event.place.name, event.place.country, source_words(language, event.source)
        height_m = event.altitude_m.value
        return in_language(language, text, place=name, country=country, height_m=height_m, since=since, source=source)
    if isinstance(event, Asks):
        text = (
            "Are you at about {height_m:metres}, and staying? ({source:word}) Tell where: kadenz trip add PLACE "
            "--arrive DATE"
        )
        height_m, source = round(event.altitude_m.value, -2), source_words(language, event.source)
        return in_language(language, text, height_m=height_m, source=source)
    return in_language(language, "Left on {since:word}.", since=since)


def _tell(event: TripEvent, as_json: bool, as_lines: bool, language: str) -> None:
    if as_lines:
        _line(event_document(event))
    elif not as_json and event_text(event):
        print(event_text(event, language), flush=True)


def _line(row: dict[str, object]) -> None:
    print(json.dumps(row), flush=True)
