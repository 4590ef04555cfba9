"""The trip detector on the diary: samples of a phone, a watch or a finished run in, journeys kept, questions asked.

The rule of this file: what the detector remembers stays in the diary, so a feed may stop and go on at any time; a
line that cannot be read is left out and counted, and never stops the feed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from app import places
from app.language import date_words
from app.output import iso_time
from app.store import Store
from app.trips import Trip, is_away, keep, trips_of
from edge.coach.phrases import say
from edge.coach.types import Place
from edge.trip import Arrived, Asks, Background, Left, TripWatch
from edge.trip_memory import memory_from, memory_text
from edge.trip_types import TripEvent

#: Under these names the diary keeps what the detector remembers, and what it last asked.
WATCH, ASKED = "trip watch", "trip question"
NOTICED = "noticed"
#: What the detector remembers is put down at least so often, in samples.
SAVE_EVERY = 200
_NAMES = tuple(f.name for f in fields(Background))


@dataclass(slots=True)
class Feed:
    """The detector with its diary; `feed` takes samples in order of time, `save` puts down what it remembers."""

    store: Store
    home: Place | None
    watch: TripWatch = field(init=False)
    unsaved: int = 0

    def __post_init__(self) -> None:
        """Take up what was remembered; a memory that cannot be read begins anew at home."""
        try:
            memory = memory_from(self.store.memory(WATCH).decode() or "{}")
        except ValueError:
            memory = None
        self.watch = TripWatch(places.load(), self.home, memory)

    def feed(self, sample: Background) -> tuple[TripEvent, ...]:
        """Return what a sample tells, after keeping it in the diary."""
        events = self.watch.feed([sample])
        self.unsaved += 1
        for event in events:
            kept(self.store, event, self.home)
        if events or self.unsaved >= SAVE_EVERY:
            self.save()
        return events

    def save(self) -> None:
        """Put down what the detector remembers."""
        self.unsaved = 0
        now_unix_s = self.watch.memory.now_unix_s
        if math.isfinite(now_unix_s):
            self.store.save_memory(WATCH, memory_text(self.watch.memory).encode(), now_unix_s)


def kept(store: Store, event: TripEvent, home: Place | None) -> None:
    """Keep what an event says: a stay begins, a noticed one ends, a question is open."""
    trips = trips_of(store)
    if isinstance(event, Arrived):
        known = any(_is_known(t, event) for t in trips)
        others = tuple(_ended(t, event.since_unix_s) if is_away(t.place, event.place) else t for t in trips)
        new = (Trip(event.place, event.since_unix_s, math.nan, NOTICED),) if is_away(event.place, home) else ()
        keep(store, others if known else (*others, *new), event.told_unix_s)
        store.save_memory(ASKED, b"", event.told_unix_s)
    elif isinstance(event, Left):
        keep(store, [_ended(t, event.since_unix_s) if t.source == NOTICED else t for t in trips], event.since_unix_s)
    elif isinstance(event, Asks):
        asked = {"altitude_m": event.altitude_m.value, "since_unix_s": event.since_unix_s, "source": event.source}
        store.save_memory(ASKED, json.dumps(asked).encode(), event.since_unix_s)


def _ended(trip: Trip, unix_s: float) -> Trip:
    """Return a trip with its end, where it was under way: where the person is tells better than a plan."""
    return replace(trip, leave_unix_s=unix_s) if trip.arrive_unix_s < unix_s < trip.until_unix_s else trip


def _is_known(trip: Trip, event: Arrived) -> bool:
    """Return whether a trip that is kept is this stay: then its own dates stand."""
    return trip.arrive_unix_s <= event.told_unix_s < trip.until_unix_s and not is_away(trip.place, event.place)


def question_of(store: Store) -> tuple[float, float] | None:
    """Return the height in m and since when (Unix s) that the detector asks about; None where it asks nothing."""
    try:
        row = json.loads(store.memory(ASKED) or b"null")
        return None if row is None else (float(row["altitude_m"]), float(row["since_unix_s"]))
    except (ValueError, TypeError, KeyError):
        return None


def asked(altitude_m: float, since_unix_s: float, language: str = "en") -> str:
    """Return the detector's question for a person in a language."""
    day = iso_time(since_unix_s)[:10]
    return say(
        language,
        "The air since {day:word} says about {height_m:metres}: are you at such a height, and staying? Then tell "
        "where: kadenz trip add PLACE --arrive {iso_day:word}",
        day=date_words(language, day), height_m=round(altitude_m, -2), iso_day=day,
    )  # fmt: skip


def sample_from(line: str) -> Background:
    """Return the sample of one line of JSON; ValueError says what is wrong with it.

    Fields are those of `edge.trip.Background`; what is missing or null was not measured.
    """
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("no JSON object")
    unknown = sorted(set(row) - set(_NAMES))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known are {', '.join(_NAMES)}")
    numbers = {name: math.nan if value is None else _number(name, value) for name, value in row.items()}
    if not math.isfinite(numbers.get("unix_s", math.nan)):
        raise ValueError("no unix_s")
    return Background(**numbers)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{name} is no number")
    return float(value)


def samples_from(lines: Iterable[str]) -> Iterator[tuple[int, Background | str]]:
    """Yield each line's number, from 1, and its sample or what is wrong with it; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, sample_from(line)
        except (ValueError, RecursionError) as problem:
            yield number, str(problem)[:120]
