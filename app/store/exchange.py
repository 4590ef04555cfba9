"""Whole tables out of a diary and back into one, row for row.

The rule of this file: out goes one consistent view, and only rows that pass their checksum; what comes in is one
transaction, under the row numbers it had where they are free, and a row that is there already stays as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from app.store.checksums import Value, loaded_float, stored_float
from app.store.diary import Store
from app.store.schema import (
    DECISIONS,
    MEMORIES,
    OUTCOMES,
    PROFILE,
    RACES,
    RUNS,
    SEGMENTS,
    SENTENCES,
    SUMMARIES,
    VERSION,
    Table,
    segment_id,
    segment_place,
)
from app.store.segments import Segment

#: Tables that are given out row by row; a run's segments go with the run.
TABLES = (PROFILE, RACES, RUNS, SUMMARIES, DECISIONS, OUTCOMES, MEMORIES, SENTENCES)
DIARY_VERSION = VERSION
#: By which columns a row is known in another diary.
_KNOWN_BY = {
    "profile": ("id",),
    "races": ("day", "distance_m", "name"),
    "decisions": ("decision_id",),
    "outcomes": ("decision_id", "outcome", "made_unix_s"),
    "memories": ("name",),
    "sentences": ("said_unix_s", "text"),
}
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment of a run: its place in it, and how many samples of the run come before it."""

    place: int
    before: int
    segment: Segment


class Snapshot:
    """The diary at one instant; `damaged` counts the rows that did not pass their checksum so far."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.damaged = 0

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the intact rows of a table in order, without their checksum."""
        yield from self._intact(table, table.select("ORDER BY id"))

    def segments(self, run: int) -> Iterator[Placed]:
        """Yield the intact segments of a run in order."""
        bounds = (segment_id(run, 0), segment_id(run + 1, 0))
        for row in self._intact(SEGMENTS, SEGMENTS.select("WHERE id >= ? AND id < ? ORDER BY id"), bounds):
            key, stream, before, count, from_s, to_s, payload = row
            held = payload if isinstance(payload, bytes) else b""
            segment = Segment(str(stream), int(count or 0), loaded_float(from_s), loaded_float(to_s), held)
            yield Placed(segment_place(int(key or 0))[1], int(before or 0), segment)

    def _intact(self, table: Table, sql: str, values: Sequence[Value] = ()) -> Iterator[Row]:
        for row in self._connection.execute(sql, values):
            if table.intact(row):
                yield tuple(row[:-1])
            else:
                self.damaged += 1


@contextmanager
def snapshot(store: Store) -> Iterator[Snapshot]:
    """One consistent view of the diary, which a recorder that goes on writing does not change."""
    with store._read() as connection:
        yield Snapshot(connection)


class Return:
    """Rows on their way into a diary, inside one transaction; counts what is new and what was there."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.added: dict[str, int] = {}
        self.known: dict[str, int] = {}

    def put(self, table: Table, row: Row) -> None:
        """Store one row of a table other than runs, summaries and segments."""
        names = _KNOWN_BY[table.name]
        wanted = [row[table.columns.index(name)] for name in names]
        where = " AND ".join(f"{name} IS ?" for name in names)
        there = self._connection.execute(f"SELECT 1 FROM {table.name} WHERE {where}", wanted).fetchone()
        if there is None:
            table.insert(self._connection, (self._free(table, row[0]), *row[1:]))
        self._count(table, there is None)

    def put_run(self, row: Row, summary: Row | None, segments: Iterable[Placed]) -> bool:
        """Store a run with its summary and segments; False where a run of this id is there already."""
        there = self._connection.execute("SELECT 1 FROM runs WHERE run_id = ?", (row[1],)).fetchone()
        self._count(RUNS, there is None)
        if there is not None:
            return False
        key = self._free(RUNS, row[0])
        RUNS.insert(self._connection, (key, *row[1:]))
        if summary is not None:
            SUMMARIES.insert(self._connection, (key, *summary[1:]))
        for one in segments:
            s = one.segment
            times = (stored_float(s.from_s), stored_float(s.to_s))
            values = (segment_id(key, one.place), s.stream, one.before, s.count, *times, s.payload)
            SEGMENTS.insert(self._connection, values)
        return True

    def _free(self, table: Table, wanted: Value) -> int:
        """Return the row number that a row had, or the next free one where another row has it."""
        taken = self._connection.execute(f"SELECT 1 FROM {table.name} WHERE id = ?", (wanted,)).fetchone()
        if isinstance(wanted, int) and taken is None:
            return wanted
        return int(self._connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table.name}").fetchone()[0])

    def _count(self, table: Table, new: bool) -> None:
        counts = self.added if new else self.known
        counts[table.name] = counts.get(table.name, 0) + 1


@contextmanager
def returning(store: Store) -> Iterator[Return]:
    """One transaction that takes rows back: all of them, or none where it is left by an error."""
    with store.writing() as connection:
        yield Return(connection)
