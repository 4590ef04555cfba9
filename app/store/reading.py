"""A run's samples out of its segments, past whatever is damaged.

The rule of this file: a segment is given out whole and right, or named and left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from app.store.checksums import Value
from app.store.errors import DAMAGE
from app.store.runs import RunKey, RunRecord
from app.store.schema import SEGMENTS, segment_id, segment_place
from app.store.segments import SegmentError, in_time_order, samples_of
from edge.samples import STREAMS, Columnar, DeviceInfo, Gap, Samples

Row: TypeAlias = tuple[Value, ...]
#: How many places in a row may be unreadable before the search for further segments of an open run ends.
_SEARCH = 256


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """One place of a run: its samples, or the sentence that names what is wrong with it."""

    samples: tuple[Samples, ...]
    count: int
    problem: str


def read_samples(
    connection: sqlite3.Connection, key: RunKey, record: RunRecord
) -> tuple[tuple[Samples, ...], tuple[str, ...]]:
    """Return the readable samples, one object per stream in time order, and one sentence per damaged segment."""
    read = list(read_segments(connection, key, record))
    whole = [s for segment in read for s in segment.samples]
    streams: list[Samples] = []
    for kind in STREAMS.values():
        parts: list[Columnar] = [s for s in whole if type(s) is kind]
        if parts:
            streams.append(in_time_order(parts))
    streams += [s for s in whole if isinstance(s, DeviceInfo)]
    gaps: list[Gap] = [s for s in whole if isinstance(s, Gap)]
    gaps.sort(key=_starts)
    streams += gaps
    return tuple(streams), tuple(segment.problem for segment in read if segment.problem)


def read_segments(connection: sqlite3.Connection, key: RunKey, record: RunRecord) -> Iterator[ReadSegment]:
    """Yield every place of a run in order, what cannot be read included."""
    before = 0
    for place, row in segment_rows(connection, key, record):
        read = _read_one(key, record.run_id, place, row, before)
        readable = isinstance(row, tuple) and not read.problem
        before = _number(row, 2) + _number(row, 3) if readable else -1
        yield read


def _read_one(key: RunKey, run_id: str, place: int, row: Row | str | None, before: int) -> ReadSegment:
    name = f"segment {place} of run {run_id}"
    if row is None:
        return ReadSegment((), 0, f"{name} is missing")
    if isinstance(row, str):
        return ReadSegment((), 0, f"{name} cannot be read ({row})")
    if not SEGMENTS.intact(row):
        return ReadSegment((), 0, f"{name} ({_described(row)}) is damaged: its checksum does not match")
    stream, payload, count = str(row[1]), row[6], _number(row, 3)
    try:
        samples = samples_of(stream, payload if isinstance(payload, bytes) else b"")
    except SegmentError as error:
        return ReadSegment((), 0, f"{name} is damaged: {error}")
    if before not in (-1, row[2]):
        return ReadSegment(samples, count, f"{name} does not follow the one before it: samples are missing")
    return ReadSegment(samples, count, "")


def _starts(gap: Gap) -> float:
    return gap.from_s


def _number(row: Row | str | None, column: int) -> int:
    value = row[column] if isinstance(row, tuple) else None
    return value if isinstance(value, int) else -1


def _described(row: Row) -> str:
    stream, count, from_s, to_s = row[1], _number(row, 3), row[4], row[5]
    times = f"{from_s:.2f} to {to_s:.2f} s" if isinstance(from_s, float) and isinstance(to_s, float) else "no times"
    return f"stream {stream!r}, {times}, {count} samples"


def segment_rows(
    connection: sqlite3.Connection, key: RunKey, record: RunRecord
) -> Iterator[tuple[int, Row | str | None]]:
    """Yield (place, its row, an error's text, or None where the row is missing)."""
    bounds = (segment_id(key, 0), segment_id(key + 1, 0))
    found: dict[int, Row | str | None] = {}
    try:
        for row in connection.execute(SEGMENTS.select("WHERE id >= ? AND id < ? ORDER BY id"), bounds):
            found[segment_place(int(row[0]))[1]] = row
    except DAMAGE:
        found.update(_one_by_one(connection, key, max(record.segments or 0, max(found, default=0) + 1)))
    # A damaged row number may claim any place, so only an intact row or the run's own count says how many there are.
    intact = (place + 1 for place in sorted(found, reverse=True) if _intact(found[place]))
    places = record.segments if record.segments is not None else next(intact, 0)
    yield from ((place, found.get(place)) for place in sorted(found.keys() | set(range(places))))


def _intact(row: Row | str | None) -> bool:
    return isinstance(row, tuple) and SEGMENTS.intact(row)


def _one_by_one(connection: sqlite3.Connection, key: RunKey, known: int) -> Iterator[tuple[int, Row | str | None]]:
    """Yield what single look-ups still reach when a scan fails, some way past the known end too."""
    place, misses = 0, 0
    while place < known or misses < _SEARCH:
        row = _look_up(connection, segment_id(key, place))
        misses = 0 if isinstance(row, tuple) else misses + 1
        if place < known or isinstance(row, tuple):
            yield place, row
        place += 1


def _look_up(connection: sqlite3.Connection, row_id: int) -> Row | str | None:
    try:
        row: Row | None = connection.execute(SEGMENTS.select("WHERE id = ?"), (row_id,)).fetchone()
        return row
    except DAMAGE as error:
        return str(error)
