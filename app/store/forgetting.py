"""Forgetting in the diary: rows that go, decisions that become tombstones, positions that become coarse, bytes wiped.

The rule of this file: rows go in one transaction, which leaves a mark; the mark goes only when the file has been
written anew without them. So a kill at any point leaves a diary with all of them or with none, and a mark where their
bytes may still be there.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.store import personal, runs
from app.store.checksums import Value, loaded_float
from app.store.diary import Store
from app.store.errors import StoreError, StoreReason, store_errors
from app.store.rows import forgotten_text, is_forgotten, summary_from
from app.store.runs import RunKey
from app.store.schema import (
    DECISIONS,
    MEMORIES,
    META,
    RUNS,
    SEGMENTS,
    SUMMARIES,
    TABLES,
    connect,
    file_uri,
    new_epoch,
    segment_id,
)
from app.store.segments import SegmentError, packed, samples_of
from edge.coarse import coarse_fixes, coarse_place_deg
from edge.samples import Fix

#: Under this name a memory says that rows went whose bytes may still be in the file.
MARK = "forgetting"
#: And under this one which runs have coarse positions: run id to the cells' width in m.
COARSENED = "coarsened"
_FIX_STREAM = "fix"
_RUN_ID = re.compile(r"(?:\d{8}-\d{4}|undated)-[0-9a-f]{4}")
_PLACE = re.compile(r'"latitude_deg": ?-?\d')
#: What becomes of a memory, by its name and its state: the new state, None where it goes.
EditMemory = Callable[[str, bytes], bytes | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs: every one, those that began on a local day before `before_day` (since 1970-01-01), those named.

    With `coarse_m` their positions become coarse, in cells so many m wide; where it is NaN the runs go.
    """

    run_ids: tuple[str, ...] = ()
    before_day: int | None = None
    everything: bool = False
    coarse_m: float = math.nan

    @property
    def coarsens(self) -> bool:
        """Whether positions become coarse and the runs stay."""
        return not math.isnan(self.coarse_m)


@dataclass(frozen=True, slots=True)
class Span:
    """One run that is meant: its row number and id, where it came from, begin and last sample in Unix s, samples."""

    key: RunKey
    run_id: str
    source: str
    sport: str
    start_unix_s: float
    end_unix_s: float
    samples: int


@dataclass(frozen=True, slots=True)
class Touched:
    """What the diary holds of what is meant: the runs, the decisions that rest on them, the memories by name."""

    spans: tuple[Span, ...]
    decisions: tuple[str, ...]
    memories: tuple[str, ...]
    due: bool
    """Whether rows went before whose bytes may still be in the file."""

    @property
    def from_unix_s(self) -> float:
        """When the earliest of the runs began; infinity with none."""
        return min((one.start_unix_s for one in self.spans), default=math.inf)

    @property
    def run_ids(self) -> frozenset[str]:
        """The ids of the runs."""
        return frozenset(one.run_id for one in self.spans)


def touched(store: Store, wanted: Wanted, edit: Callable[[Touched], EditMemory]) -> Touched:
    """Return what of the diary is meant; reads only. Raises StoreError for an unknown id, or rows that cannot be read.

    An unknown id is no error while an earlier forgetting is due: that is what it removed.
    """
    with store._read() as connection:
        return _touched(connection, wanted, edit)


def _touched(connection: sqlite3.Connection, wanted: Wanted, edit: Callable[[Touched], EditMemory]) -> Touched:
    due = bool(personal.memory(connection, MARK))
    found = Touched(tuple(_spans(connection, wanted, due)), (), (), due)
    decisions = tuple(name for _, name, _ in _decisions(connection, wanted, found))
    change, names = edit(found), []
    for row in MEMORIES.rows(connection, "ORDER BY id") if found.spans or wanted.everything else []:
        name, state = str(row[1]), row[3]
        if isinstance(state, bytes) and name not in (MARK, COARSENED) and change(name, state) != state:
            names.append(name)
    return replace(found, decisions=decisions, memories=tuple(names))


def _spans(connection: sqlite3.Connection, wanted: Wanted, due: bool) -> list[Span]:
    rows = connection.execute(RUNS.select("ORDER BY start_unix_s, id")).fetchall()
    if not all(RUNS.intact(row) for row in rows) and not (wanted.everything and not wanted.coarsens):
        raise StoreError("rows of runs are damaged: run `kadenz doctor --repair` first", StoreReason.DAMAGED)
    found = [_span(connection, row) for row in rows if RUNS.intact(row) and _is_wanted(row, wanted)]
    unknown = sorted(set(wanted.run_ids) - {one.run_id for one in found})
    if unknown and not due:
        raise StoreError(f"there is no run {unknown[0]!r} in the diary", StoreReason.UNKNOWN_ID)
    return found


def _is_wanted(row: Sequence[Value], wanted: Wanted) -> bool:
    _, record = runs.record_of(row)
    offset_s = 0.0 if math.isnan(record.utc_offset_s) else record.utc_offset_s
    day = (record.start_unix_s + offset_s) // 86400.0
    early = wanted.before_day is not None and day < wanted.before_day
    return wanted.everything or early or record.run_id in wanted.run_ids


def _span(connection: sqlite3.Connection, row: Sequence[Value]) -> Span:
    key, record = runs.record_of(row)
    last = connection.execute("SELECT max(to_s) FROM segments WHERE id >= ? AND id < ?", _bounds(key)).fetchone()[0]
    length_s = loaded_float(last)
    samples = runs.tail(connection, key).samples if record.samples is None else record.samples
    end_unix_s = record.start_unix_s + (0.0 if math.isnan(length_s) else length_s)
    return Span(key, record.run_id, record.source, record.sport, record.start_unix_s, end_unix_s, samples)


def _bounds(key: RunKey) -> tuple[int, int]:
    return segment_id(key, 0), segment_id(key + 1, 0)


def _decisions(connection: sqlite3.Connection, wanted: Wanted, found: Touched) -> list[tuple[int, str, float]]:
    """Return number, id and time (NaN where it cannot be read) of every decision that rests on the runs."""
    meant = []
    for row in connection.execute(DECISIONS.select("ORDER BY id")):
        intact = DECISIONS.intact(row)
        if not intact and (found.spans or wanted.everything):
            meant.append((int(row[0]), str(row[1]), math.nan))
        elif intact and not is_forgotten(str(row[3])) and _rests(row, wanted, found):
            meant.append((int(row[0]), str(row[1]), float(row[2])))
    return meant


def _rests(row: Sequence[Value], wanted: Wanted, found: Touched) -> bool:
    """Return whether a decision rests on what is meant: made when the diary held it, or quoting it.

    Of coarse positions rests only what holds a place.
    """
    texts, since = str(row[3]) + str(row[4]), loaded_float(row[2]) >= found.from_unix_s
    if wanted.coarsens:
        return since and _PLACE.search(texts) is not None
    return since or wanted.everything or not found.run_ids.isdisjoint(_RUN_ID.findall(texts))


def remove(
    store: Store, wanted: Wanted, edit: Callable[[Touched], EditMemory], now_unix_s: float, today: str
) -> Touched:
    """Take away, or make coarse, in one transaction, all that `touched` returns, and leave the mark; returns what went.

    A decision that rests on what went becomes a tombstone: its id, its time and the day `today` it was forgotten.
    """
    with store.writing() as connection:
        found = _touched(connection, wanted, edit)
        if wanted.everything and not wanted.coarsens:
            for table in TABLES:
                if table is not META:
                    connection.execute(f"DELETE FROM {table.name}")
        else:
            _bury(connection, _decisions(connection, wanted, found), today)
            _edit_memories(connection, found, edit, now_unix_s)
            for one in found.spans:
                if wanted.coarsens:
                    _coarsen(connection, one, wanted.coarse_m)
                else:
                    _remove_run(connection, one.key)
            _keep_widths(connection, wanted, found, now_unix_s)
        personal.save_memory(connection, MARK, b"1", now_unix_s)
    return found


def _bury(connection: sqlite3.Connection, decisions: Sequence[tuple[int, str, float]], today: str) -> None:
    for key, name, made_unix_s in decisions:
        connection.execute("DELETE FROM outcomes WHERE decision_id = ?", (name,))
        if math.isnan(made_unix_s):
            connection.execute("DELETE FROM decisions WHERE id = ?", (key,))
        else:
            DECISIONS.insert(connection, (key, name, made_unix_s, forgotten_text(today), ""))


def _edit_memories(
    connection: sqlite3.Connection, found: Touched, edit: Callable[[Touched], EditMemory], now_unix_s: float
) -> None:
    change = edit(found)
    for name in found.memories:
        after = change(name, personal.memory(connection, name))
        connection.execute("DELETE FROM memories WHERE name = ?", (name,))
        if after is not None:
            personal.save_memory(connection, name, after, now_unix_s)


def _remove_run(connection: sqlite3.Connection, key: RunKey) -> None:
    connection.execute("DELETE FROM segments WHERE id >= ? AND id < ?", _bounds(key))
    connection.execute("DELETE FROM summaries WHERE id = ?", (key,))
    connection.execute("DELETE FROM runs WHERE id = ?", (key,))


def _coarsen(connection: sqlite3.Connection, span: Span, width_m: float) -> None:
    """Put coarse positions in the place of a run's exact ones; all else of its segments and its summary stays."""
    meant = SEGMENTS.select("WHERE id >= ? AND id < ? AND stream = ? ORDER BY id")
    for row in connection.execute(meant, (*_bounds(span.key), _FIX_STREAM)).fetchall():
        try:
            found = samples_of(_FIX_STREAM, row[6])[0] if SEGMENTS.intact(row) else None
        except SegmentError:
            found = None
        if not isinstance(found, Fix):
            raise StoreError(
                f"positions of run {span.run_id} are damaged, so they cannot be made coarse: "
                "forget the run, or run `kadenz doctor --repair` first",
                StoreReason.DAMAGED,
            )
        SEGMENTS.insert(connection, (*row[:6], packed(coarse_fixes(found, width_m))))
    stored = SUMMARIES.rows(connection, "WHERE id = ?", span.key)
    summary = summary_from(str(stored[0][1])) if stored else None
    if summary is not None:
        at = coarse_place_deg(summary.start_latitude_deg, summary.start_longitude_deg, width_m)
        runs.save_summary(connection, span.key, replace(summary, start_latitude_deg=at[0], start_longitude_deg=at[1]))
    elif stored or connection.execute("SELECT 1 FROM summaries WHERE id = ?", (span.key,)).fetchone():
        connection.execute("DELETE FROM summaries WHERE id = ?", (span.key,))  # not of this version: it can be rebuilt


def _keep_widths(connection: sqlite3.Connection, wanted: Wanted, found: Touched, now_unix_s: float) -> None:
    before = _widths(personal.memory(connection, COARSENED))
    after = {name: width_m for name, width_m in before.items() if name not in found.run_ids}
    if wanted.coarsens:
        after |= {name: max(wanted.coarse_m, before.get(name, 0.0)) for name in sorted(found.run_ids)}
    if after != before:
        connection.execute("DELETE FROM memories WHERE name = ?", (COARSENED,))
    if after and after != before:
        personal.save_memory(connection, COARSENED, json.dumps(after).encode(), now_unix_s)


def coarsened(store: Store) -> dict[str, float]:
    """Return the runs whose positions were made coarse, with the cells' width in m: nothing is reckoned from those."""
    return _widths(store.memory(COARSENED))


def _widths(state: bytes) -> dict[str, float]:
    try:
        return {str(name): float(width_m) for name, width_m in json.loads(state or b"{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def is_due(store: Store) -> bool:
    """Return whether rows went whose bytes may still be in the file."""
    return bool(store.memory(MARK))


def wipe(store: Store, path: Path) -> None:
    """Write the diary's file anew without anything that was deleted, empty its log, and take the mark away.

    Raises StoreError while another program holds on to old pages; the mark then stays, and the next call goes on.
    """
    path = path.resolve()
    with store_errors(str(path)):
        database = connect(file_uri(path, "rw"), uri=True)
        try:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("VACUUM")
            _empty_log(database.conn, path)
            with store.writing() as connection:
                connection.execute("DELETE FROM memories WHERE name = ?", (MARK,))
                META.insert(connection, (1, new_epoch()))  # a seal of before the pages moved is void
            _empty_log(database.conn, path)
        finally:
            database.close()


def _empty_log(connection: sqlite3.Connection, path: Path) -> None:
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreError(
            f"the rows are gone, but another program still reads their old pages: close it and run this again ({path})",
            StoreReason.LOCKED,
        )
