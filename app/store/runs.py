"""Runs in the diary's tables: rows, segments in their order, and what is read back of them.

The rule of this file: functions on a connection, inside a transaction that the caller holds.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.store.checksums import loaded_float, stored_float
from app.store.errors import StoreError, StoreReason
from app.store.rows import (
    RunRow,
    laps_text,
    pauses_text,
    stated_from,
    stated_text,
    summary_from,
    summary_text,
)
from app.store.schema import RUNS, SEGMENTS, SUMMARIES, segment_id, segment_place
from app.store.segments import IMPORT_SPAN_S, segments_of
from device.files.recording import Recording, StatedTotals
from edge.samples import Samples
from edge.summary import RunSummary


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One row of the table `runs`, in its column order after `id`."""

    run_id: str
    state: str
    source: str
    sport: str
    sub_sport: str
    start_unix_s: float
    utc_offset_s: float
    device: str = ""
    file_name: str = ""
    file_sha256: str = ""
    boot_id: str = ""
    boot_s: float = math.nan
    stated: str = ""
    pauses: str = "[]"
    laps: str = "[]"
    segments: int | None = None
    samples: int | None = None


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a run's segments end: how many segments and samples, and the last time in s (NaN before the first)."""

    segments: int
    samples: int
    last_s: float


@dataclass(frozen=True, slots=True, eq=False)
class WholeRun:
    """A whole recording with its summary, and the file that it came from."""

    recording: Recording
    summary: RunSummary
    source: str = "import"
    file_name: str = ""
    file_sha256: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Richer:
    """What a run is made of once another recording of the same activity has given its part."""

    samples: tuple[Samples, ...]
    summary: RunSummary
    stated: StatedTotals
    sport: str
    sub_sport: str
    file_name: str


RunKey: TypeAlias = int


def save_record(connection: sqlite3.Connection, key: RunKey, record: RunRecord) -> None:
    """Write one row of `runs`."""
    r = record
    RUNS.insert(
        connection,
        (
            *(key, r.run_id, r.state, r.source, r.sport, r.sub_sport, float(r.start_unix_s)),
            *(stored_float(r.utc_offset_s), r.device, r.file_name, r.file_sha256, r.boot_id, stored_float(r.boot_s)),
            *(r.stated, r.pauses, r.laps, r.segments, r.samples),
        ),
    )


def record_of(row: Sequence[object]) -> tuple[RunKey, RunRecord]:
    """Return the key and the record of a row of `RUNS.select`."""
    key, *values = row[:-1]
    record = RunRecord(*values)  # type: ignore[arg-type]
    offset, boot_s = loaded_float(record.utc_offset_s), loaded_float(record.boot_s)
    return int(key), replace(record, utc_offset_s=offset, boot_s=boot_s)  # type: ignore[call-overload]


def find_record(connection: sqlite3.Connection, run_id: str) -> tuple[RunKey, RunRecord]:
    """Return a run's key and record; raises StoreError for an unknown id."""
    row = connection.execute(RUNS.select("WHERE run_id = ?"), (run_id,)).fetchone()
    if row is None:
        raise StoreError(f"there is no run {run_id!r} in the diary", StoreReason.UNKNOWN_ID)
    if not RUNS.intact(row):
        raise StoreError(f"the row of run {run_id} is damaged: run `kadenz doctor`", StoreReason.DAMAGED)
    return record_of(row)


def new_record(connection: sqlite3.Connection, record: RunRecord) -> tuple[RunKey, RunRecord]:
    """Store a record under a new key and an id made from its start and its content: same diary, same id."""
    key = int(connection.execute("SELECT coalesce(max(id), 0) + 1 FROM runs").fetchone()[0])
    for attempt in range(1000):
        named = replace(record, run_id=_run_id(record, attempt))
        if not connection.execute("SELECT 1 FROM runs WHERE run_id = ?", (named.run_id,)).fetchone():
            save_record(connection, key, named)
            return key, named
    raise StoreError("a thousand runs with the same start and source are in the diary", StoreReason.UNKNOWN_ID)


def _run_id(record: RunRecord, attempt: int) -> str:
    r = record
    stuff = repr((r.source, r.sport, r.sub_sport, r.start_unix_s, r.device, r.file_sha256, attempt))
    try:
        moment = time.strftime("%Y%m%d-%H%M", time.gmtime(r.start_unix_s))
    except (ValueError, OverflowError, OSError):
        moment = "undated"
    return f"{moment}-{hashlib.blake2b(stuff.encode(), digest_size=2).hexdigest()}"


def add_whole(connection: sqlite3.Connection, whole: WholeRun) -> str:
    """Store a whole recording as a finished run and return its id."""
    r = whole.recording
    record = RunRecord(
        *("", "finished", whole.source, r.sport, r.sub_sport, r.start_unix_s, r.utc_offset_s, r.device),
        file_name=whole.file_name,
        file_sha256=whole.file_sha256,
        stated=stated_text(r.stated),
        pauses=pauses_text(r.pauses),
        laps=laps_text(r.laps),
    )
    key, record = new_record(connection, record)
    segments, count = append_segments(connection, key, Tail(0, 0, math.nan), r.samples, IMPORT_SPAN_S)
    save_record(connection, key, replace(record, segments=segments, samples=count))
    save_summary(connection, key, whole.summary)
    return record.run_id


def replace_samples(connection: sqlite3.Connection, run_id: str, richer: Richer) -> None:
    """Put other samples in the place of a finished run's own; raises StoreError for one that is being recorded."""
    key, record = find_record(connection, run_id)
    if record.state != "finished":
        raise StoreError(f"run {run_id} is being recorded: its samples are not replaced", StoreReason.UNKNOWN_ID)
    connection.execute("DELETE FROM segments WHERE id >= ? AND id < ?", (segment_id(key, 0), segment_id(key + 1, 0)))
    segments, count = append_segments(connection, key, Tail(0, 0, math.nan), richer.samples, IMPORT_SPAN_S)
    named = replace(record, sport=richer.sport, sub_sport=richer.sub_sport, file_name=richer.file_name)
    totals = stated_text(richer.stated)
    save_record(connection, key, replace(named, segments=segments, samples=count, stated=totals))
    save_summary(connection, key, richer.summary)


def tail(connection: sqlite3.Connection, key: RunKey) -> Tail:
    """Return where a run's segments end."""
    bounds = (segment_id(key, 0), segment_id(key + 1, 0))
    row = connection.execute(
        "SELECT id, before + count FROM segments WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1", bounds
    ).fetchone()
    if row is None:
        return Tail(0, 0, math.nan)
    # The newest transaction holds one segment per stream, so the last time is among the last few rows.
    last = connection.execute(
        "SELECT max(to_s) FROM (SELECT to_s FROM segments WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 64)", bounds
    ).fetchone()[0]
    return Tail(segment_place(int(row[0]))[1] + 1, int(row[1]), loaded_float(last))


def append_segments(
    connection: sqlite3.Connection, key: RunKey, end: Tail, samples: Sequence[Samples], span_s: float
) -> tuple[int, int]:
    """Store samples after a run's end; returns the run's number of segments and of samples."""
    place, before = end.segments, end.samples
    for s in segments_of(samples, span_s):
        times = stored_float(s.from_s), stored_float(s.to_s)
        SEGMENTS.insert(connection, (segment_id(key, place), s.stream, before, s.count, *times, s.payload))
        place, before = place + 1, before + s.count
    return place, before


def save_summary(connection: sqlite3.Connection, key: RunKey, summary: RunSummary) -> None:
    """Write a run's summary, a derived value."""
    SUMMARIES.insert(connection, (key, summary_text(summary)))


def row_of(connection: sqlite3.Connection, key: RunKey, record: RunRecord) -> RunRow:
    """Return the run as it leaves the diary; a summary that does not pass its checksum counts as missing."""
    r = record
    found = connection.execute(SUMMARIES.select("WHERE id = ?"), (key,)).fetchone()
    summary = summary_from(found[1]) if found is not None and SUMMARIES.intact(found) else None
    samples = tail(connection, key).samples if r.samples is None else r.samples
    return RunRow(
        *(r.run_id, r.source, r.sport, r.sub_sport, r.start_unix_s, r.utc_offset_s, r.device, r.state),
        samples=samples,
        summary=summary,
        stated=stated_from(r.stated),
        file_name=r.file_name,
        valid=summary is not None and not summary.suspect,
    )
