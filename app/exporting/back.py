"""A whole export back into a diary, value for value.

The rule of this file: every byte is checked before the first row is stored, and all rows are stored in one transaction;
a run, a decision or a word that is in the diary already stays as it is there.
"""

from __future__ import annotations

import base64
import binascii
import csv
import gzip
import itertools
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.exporting.folder import RAW_NAME, SEGMENTS_NAME, ExportError, run_folder, verified
from app.exporting.values import payload_of, row_of
from app.store import Store
from app.store.exchange import DIARY_VERSION, TABLES, Placed, Return, Row, returning
from app.store.schema import RUNS, SUMMARIES, Table
from app.store.segments import DEVICE_STREAM, GAP_STREAM, Segment
from edge.samples import STREAMS

_DAMAGE = (ValueError, KeyError, TypeError, IndexError, OSError, EOFError, zlib.error, binascii.Error)


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: rows by table that are new, rows that were there already, and the ids of the new runs."""

    added: Mapping[str, int]
    known: Mapping[str, int]
    runs: tuple[str, ...]


def take_back(store: Store, folder: Path) -> Returned:
    """Take a whole export over; ExportError, with the diary as it was, where the export is not whole or is damaged."""
    index, names = verified(folder)
    version = index.get("diary_version")
    if not isinstance(version, int) or version > DIARY_VERSION:
        raise ExportError(f"{folder} was written by a newer Kadenz: update Kadenz to take it over")
    new: list[str] = []
    with returning(store) as rows:
        for table in TABLES:
            if table not in (RUNS, SUMMARIES):
                for row in _rows(folder, names, table):
                    rows.put(table, row)
        summaries = {row[0]: row for row in _rows(folder, names, SUMMARIES)}
        for row in _rows(folder, names, RUNS):
            if _run(rows, folder, names, row, summaries.get(row[0])):
                new.append(str(row[1]))
    return Returned(dict(rows.added), dict(rows.known), tuple(new))


def _rows(folder: Path, names: frozenset[str], table: Table) -> Iterator[Row]:
    """Yield the rows of a table; none where an older Kadenz did not have it."""
    name = f"{table.name}.jsonl"
    if name not in names:
        return
    with (folder / name).open(encoding="utf-8", newline="\n") as source:
        for number, line in enumerate(source, 1):
            try:
                yield row_of(table.columns, line)
            except _DAMAGE as problem:
                raise ExportError(f"{folder / name}, line {number}: {problem}") from problem


def _run(rows: Return, folder: Path, names: frozenset[str], row: Row, summary: Row | None) -> bool:
    home = run_folder(int(row[0] or 0), str(row[1]))
    segments = _segments(folder, names, home) if f"{home}/{SEGMENTS_NAME}" in names else iter(())
    try:
        return rows.put_run(row, summary, segments)
    except _DAMAGE as problem:
        raise ExportError(f"{folder / home}: {type(problem).__name__}: {problem}") from problem


def _segments(folder: Path, names: frozenset[str], home: str) -> Iterator[Placed]:
    """Yield the segments of a run as they were parted."""
    with (folder / home / SEGMENTS_NAME).open(newline="") as source:
        parting = list(csv.DictReader(source))
    raw = _raw(folder / home / RAW_NAME) if f"{home}/{RAW_NAME}" in names else {}
    streams = {one["stream"] for one in parting if one["kept_as"] == "rows"}
    files = {stream: _lines(folder, names, home, stream) for stream in streams}
    for one in parting:
        place, count, stream = int(one["place"]), int(one["count"]), one["stream"]
        if one["kept_as"] == "raw":
            payload = raw[place]
        else:
            mine = list(itertools.islice(files[stream], count))
            if len(mine) != count:
                raise ValueError(f"{stream} has fewer rows than its segments")
            payload = payload_of(stream, mine)
        from_s, to_s = (float(one[name]) if one[name] else math.nan for name in ("from_s", "to_s"))
        yield Placed(place, int(one["before"]), Segment(stream, count, from_s, to_s, payload))
    for stream, left in files.items():
        if next(left, None) is not None:
            raise ValueError(f"{stream} has more rows than its segments")


def _lines(folder: Path, names: frozenset[str], home: str, stream: str) -> Iterator[str]:
    """Yield the rows of a stream, without the line that names its columns."""
    if stream not in (*STREAMS, GAP_STREAM, DEVICE_STREAM):
        raise ValueError(f"there is no stream {stream!r}")
    packed = stream in STREAMS
    name = f"{home}/{stream}{'.csv.gz' if packed else '.jsonl'}"
    if name not in names:
        raise ValueError(f"{name} is missing")
    path = folder / name
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") if packed else path.open(encoding="utf-8") as source:
        if packed:
            next(source, None)
        yield from source


def _raw(path: Path) -> dict[int, bytes]:
    with path.open(encoding="utf-8") as source:
        found = [json.loads(line) for line in source]
    return {int(one["place"]): base64.b64decode(one["payload"]) for one in found}


def told(returned: Returned) -> str:
    """Return what came back in one sentence."""
    new, there = sum(returned.added.values()), sum(returned.known.values())
    text = f"{len(returned.runs)} runs and {new - len(returned.runs)} other rows taken over"
    return f"{text}; {there} were in the diary already" if there else text
