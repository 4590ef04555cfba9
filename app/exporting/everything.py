"""Everything in the diary as a folder of open files: tables as JSON lines, samples as CSV, and a README.

The rule of this file: what goes out can come back value for value (`app.exporting.back`); nothing is left out because
it is hard to show.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.exporting.folder import (
    FORMAT,
    FORMAT_VERSION,
    INDEX,
    RAW_NAME,
    README,
    SEGMENTS_NAME,
    Draft,
    ExportError,
    drafted,
    run_folder,
)
from app.exporting.readme import readme
from app.exporting.values import header, lines, row_text, shown, value_lines
from app.output import CommandError, iso_time, plain
from app.store import Store
from app.store.exchange import DIARY_VERSION, TABLES, Placed, Row, Snapshot, snapshot
from app.store.schema import RUNS
from app.store.segments import DEVICE_STREAM, GAP_STREAM
from edge.samples import STREAMS


@dataclass(frozen=True, slots=True)
class Export:
    """What went out: runs, rows of all tables and streams, files, and rows that are damaged and were left out."""

    runs: int
    rows: int
    files: int
    damaged: int

    def counts(self) -> dict[str, int]:
        """Return the counts for a document."""
        return {"runs": self.runs, "rows": self.rows, "files": self.files}


def export_all(store: Store, folder: Path, now_unix_s: float) -> Export:
    """Write the whole diary into a folder; CommandError where that cannot be done, and then nothing is there."""
    beliefs = _beliefs(store, now_unix_s)
    try:
        with drafted(folder) as draft, snapshot(store) as diary:
            return _fill(draft, diary, beliefs, now_unix_s)
    except ExportError as problem:
        raise CommandError(str(problem)) from problem
    except OSError as problem:
        raise CommandError(f"{folder} cannot be written: {problem.strerror or problem}") from problem


def _fill(draft: Draft, diary: Snapshot, beliefs: str, now_unix_s: float) -> Export:
    rows = 0
    counts: dict[str, int] = {}
    for table in TABLES:
        named = (row_text(table.columns, row) + "\n" for row in diary.rows(table))
        counts[table.name] = draft.add(f"{table.name}.jsonl", named)
    runs = list(diary.rows(RUNS))
    for row in runs:
        rows += _run(draft, diary, row)
    rows += sum(counts.values())
    draft.add("beliefs.json", [beliefs])
    draft.add(README, [readme()])
    index = {
        "format": FORMAT, "version": FORMAT_VERSION, "diary_version": DIARY_VERSION, "made": iso_time(now_unix_s),
        "tables": counts, "rows": rows, "damaged_rows_left_out": diary.damaged,
        "files": draft.files + 1,
    }  # fmt: skip
    draft.add(INDEX, [json.dumps(index, indent=1) + "\n"])
    return Export(len(runs), rows, draft.files + 1, diary.damaged)


def _run(draft: Draft, diary: Snapshot, row: Row) -> int:
    """Write the samples of a run, one file a stream, and how they were parted; returns the number of samples."""
    key, run_id = int(row[0] or 0), str(row[1])
    home = run_folder(key, run_id)
    placed = list(diary.segments(key))
    raw = [one for one in placed if shown(one.segment) is None]
    if not placed:
        return 0
    draft.add(f"{home}/{SEGMENTS_NAME}", _parting(placed, {one.place for one in raw}))
    count = sum(draft.add(f"{home}/{RAW_NAME}", _raw(raw)) for _ in raw[:1])
    for stream in dict.fromkeys(one.segment.stream for one in placed if one not in raw):
        mine = [one for one in placed if one.segment.stream == stream and one not in raw]
        count += _stream(draft, home, stream, mine)
    return count


def _parting(placed: list[Placed], raw: set[int]) -> Iterator[str]:
    yield "place,stream,before,count,from_s,to_s,kept_as\n"
    for one in placed:
        s = one.segment
        times = ",".join("" if t != t else repr(t) for t in (s.from_s, s.to_s))
        yield f"{one.place},{s.stream},{one.before},{s.count},{times},{'raw' if one.place in raw else 'rows'}\n"


def _raw(placed: list[Placed]) -> Iterator[str]:
    for one in placed:
        payload = base64.b64encode(one.segment.payload).decode()
        yield json.dumps({"place": one.place, "stream": one.segment.stream, "payload": payload}) + "\n"


def _stream(draft: Draft, home: str, stream: str, placed: list[Placed]) -> int:
    if stream in (GAP_STREAM, DEVICE_STREAM):
        return draft.add(f"{home}/{stream}.jsonl", _values(placed))
    return draft.add(f"{home}/{stream}.csv.gz", _table(stream, placed)) - 1


def _values(placed: list[Placed]) -> Iterator[str]:
    for one in placed:
        found = shown(one.segment)
        yield from value_lines(found if isinstance(found, tuple) else ())


def _table(stream: str, placed: list[Placed]) -> Iterator[str]:
    yield ",".join(header(stream)) + "\n"
    for one in placed:
        found = shown(one.segment)
        if type(found) is STREAMS[stream]:
            yield from lines(found)


def _beliefs(store: Store, now_unix_s: float) -> str:
    """Return what is believed of the person as `kadenz me --json` shows it: for reading, since it can be made again."""
    from app.coach import facts_of, state_of
    from app.commands.me_command import beliefs
    from app.me_text import persona_document

    facts = [fact for fact in facts_of(store) if fact.start_unix_s <= now_unix_s]
    state = state_of(store, now_unix_s, None, facts)
    page = {"profile": state.profile, "beliefs": beliefs(state), **persona_document(state, facts)}
    return json.dumps(plain(page), ensure_ascii=False, indent=1) + "\n"
