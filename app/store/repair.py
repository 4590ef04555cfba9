"""Everything readable of a damaged diary, copied into a new one beside it; the damaged file stays as it is.

The rule of this file: what cannot be read leaves a `Gap` in its run, and a finished run gets a new summary.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.store import runs
from app.store.checksums import Value
from app.store.diary import Store
from app.store.errors import DAMAGE, StoreError, StoreReason, store_errors
from app.store.forgetting import coarsened
from app.store.health import examine, opened_to_read
from app.store.mending import mended_copy
from app.store.reading import ReadSegment, read_segments
from app.store.rows import pauses_from
from app.store.runs import RunKey, RunRecord
from app.store.schema import META, RUNS, SEGMENTS, SUMMARIES, Table, refuse_unknown, tables_of
from app.store.segments import IMPORT_SPAN_S
from edge.samples import DeviceInfo, Gap, Samples
from edge.summary import summarise

_CAUSE = "damaged in the diary and left out by a repair"
_SKIPS = 64


@dataclass(frozen=True, slots=True)
class Repair:
    """Where the new diary is, its runs and samples, how many rows were left behind and how many bits put right."""

    path: Path
    runs: int
    samples: int
    lost_rows: int
    mended_bits: int


def repaired_path(diary: Path) -> Path:
    """Return a free name for the new diary beside the damaged one."""
    for number in range(1, 1000):
        candidate = diary.with_name(f"{diary.stem}-repaired{'' if number == 1 else f'-{number}'}{diary.suffix}")
        if not candidate.exists():
            return candidate
    raise StoreError(f"too many repaired diaries beside {diary}: remove some", StoreReason.READ_ONLY)


def repair(diary: Path) -> Repair:
    """Return a sound diary made of a damaged one; raises StoreError where nothing opens.

    Single flipped bits of a sealed diary are put right. Where that is not all, every row that passes its checksum
    goes into a new diary.
    """
    target = repaired_path(diary)
    draft = target.with_name(target.name + ".new")
    try:
        flips = mended_copy(diary, draft)
        health = examine(draft) if flips else None
        if health is not None and health.ok:
            draft.replace(target)
            return Repair(target, health.runs, health.samples, 0, flips)
        return _copied(draft if flips else diary, target)
    except OSError as error:
        raise StoreError(f"the diary cannot be copied: {error.strerror}", StoreReason.READ_ONLY) from error
    finally:
        draft.unlink(missing_ok=True)


def _copied(diary: Path, target: Path) -> Repair:
    with store_errors(str(diary)):
        source = opened_to_read(diary)
        try:
            tables = tables_of(refuse_unknown(source, str(diary)))
            with Store(target) as store:
                lost = _copy_rows(source.conn, store, tables)
                for row in _rows(source.conn, RUNS):
                    lost += 1 if row is None or not RUNS.intact(row) else _copy_run(source.conn, store, row)
                held = store.runs()
        finally:
            source.close()
    return Repair(target, len(held), sum(row.samples for row in held), lost, 0)


def _copy_rows(source: sqlite3.Connection, store: Store, tables: Sequence[Table]) -> int:
    lost = 0
    with store.writing() as connection:
        for table in tables:
            for row in () if table in (META, RUNS, SEGMENTS, SUMMARIES) else _rows(source, table):
                if row is not None and table.intact(row):
                    table.insert(connection, row[:-1])
                else:
                    lost += 1
    return lost


def _copy_run(source: sqlite3.Connection, store: Store, row: tuple[Value, ...]) -> int:
    key, record = runs.record_of(row)
    read = list(read_segments(source, key, record))
    samples = [s for segment in read for s in segment.samples] + list(_lost_stretches(read))
    with store.writing() as connection:
        _save_run(connection, key, record, samples)
    if record.run_id in coarsened(store):  # nothing can be reckoned from coarse positions
        with store.writing() as connection:
            for kept in SUMMARIES.rows(source, "WHERE id = ?", key):
                SUMMARIES.insert(connection, kept[:-1])
    elif record.state == "finished":
        whole, _ = store.samples(record.run_id)
        summary = summarise(whole, record.sport, pauses_from(record.pauses), store.profile().weight_kg)
        store.replace_summary(record.run_id, summary)
    return sum(1 for segment in read if not segment.samples)


def _save_run(connection: sqlite3.Connection, key: RunKey, record: RunRecord, samples: Sequence[Samples]) -> None:
    places, count = runs.append_segments(connection, key, runs.Tail(0, 0, float("nan")), samples, IMPORT_SPAN_S)
    finished = record.state == "finished"
    ends = {"segments": places, "samples": count} if finished else {"segments": None, "samples": None}
    runs.save_record(connection, key, replace(record, **ends))


def _lost_stretches(read: Sequence[ReadSegment]) -> Iterator[Gap]:
    """Yield a gap for each row of unreadable segments, as wide as the readable ones beside it tell."""
    end, lost = 0.0, False
    for segment in read:
        if not segment.samples:
            lost = True
            continue
        times = [s.t_s for s in segment.samples if not isinstance(s, (Gap, DeviceInfo)) and len(s)]
        if times:
            if lost:
                yield Gap(min(end, float(times[0][0])), max(end, float(times[0][0])), "all", _CAUSE)
                lost = False
            end = max(end, float(times[-1][-1]))
    if lost:
        yield Gap(end, end, "all", _CAUSE)


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[tuple[Value, ...] | None]:
    """Yield rows by their numbers, past pages that cannot be read; None stands for what was skipped."""
    last, skips = -(2**62), 0
    while skips < _SKIPS:
        try:
            row = connection.execute(table.select("WHERE id > ? ORDER BY id LIMIT 1"), (last,)).fetchone()
        except DAMAGE:
            yield None
            last, skips = max(last, 0) + 1, skips + 1
            continue
        if row is None:
            return
        yield row
        last, skips = int(row[0]), 0
