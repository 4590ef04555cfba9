"""Searches every byte of every file of a folder for what runs left: positions, heart rates, times, ids, packed columns.

Run it over a data folder: `python tests/programs/byte_search.py FOLDER --like OTHER_DIARY [--run ID ...]` looks for the
runs of another diary (a copy from before they were forgotten).

The rule of this file: it shares no search with the code it judges, and looks in four ways: at the bytes as they lie;
at what inflates wherever a zlib stream begins; at the columns of such a stream undone; and for pieces of the packed
columns themselves, which are found wherever a page of them is left over, whole or not.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import struct
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[2]))
from app.store.segments import SegmentError, samples_of
from edge.samples import Fix, HeartRate

#: Every needle is found by its first bytes, so none is shorter; shorter ones would be found by chance.
KEY = 8
_PER_RUN = 12
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_INFLATED = 1 << 20


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes that must not be found, and in words what they are."""

    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a needle was found: file, byte, and how."""

    path: Path
    at: int
    how: str
    needle: Needle


def needles_of(diary: Path, run_ids: Iterable[str], positions_only: bool = False) -> list[Needle]:
    """Return what must not be found of some runs, read from a closed diary that still holds them.

    What other runs of the diary hold too (a packed piece, the same mean heart rate by chance) is left out.
    """
    connection = sqlite3.connect(f"{diary.resolve().as_uri()}?mode=ro", uri=True)
    try:
        wanted, found, others = set(run_ids), [], bytearray()
        for key, run_id, start in connection.execute("SELECT id, run_id, start_unix_s FROM runs").fetchall():
            rows = connection.execute(
                "SELECT stream, payload FROM segments WHERE id >= ? AND id < ?", (key << 32, key + 1 << 32)
            ).fetchall()
            if run_id not in wanted:
                others += b"".join(payload + _plain(stream, payload) for stream, payload in rows)
                summary = connection.execute("SELECT document FROM summaries WHERE id = ?", (key,)).fetchone()
                others += summary[0].encode() if summary else b""
                continue
            if not positions_only:
                found += list(_of_run(run_id, start))
            found += list(_of_columns(run_id, rows, positions_only))
            found += list(_of_packed(run_id, rows, positions_only))
            found += list(_of_summary(connection, key, run_id, positions_only))
    finally:
        connection.close()
    long_enough = [one for one in found if len(one.content) >= KEY]
    shared = {one.content for _, one in _Table(long_enough).places(bytes(others))}
    return [one for one in long_enough if one.content not in shared]


def _plain(stream: str, payload: bytes) -> bytes:
    try:
        columns = samples_of(stream, payload)[0]
    except (SegmentError, IndexError):
        return b""
    if isinstance(columns, Fix):
        return b"".join(c.astype("<f8").tobytes() for c in (columns.latitude_deg, columns.longitude_deg))
    return columns.bpm.astype("<f8").tobytes() if isinstance(columns, HeartRate) else b""


def _of_run(run_id: str, start: float) -> Iterator[Needle]:
    yield Needle(f"{run_id} id", run_id.encode())
    yield Needle(f"{run_id} id (UTF-16)", run_id.encode("utf-16-le"))
    if start % 1.0 or start % 60.0:  # a whole minute may be anything
        yield from _number(f"{run_id} start", start)


def _of_columns(run_id: str, rows: Sequence[tuple[str, bytes]], positions_only: bool) -> Iterator[Needle]:
    for stream, payload in rows:
        if stream == "fix":
            fixes = samples_of(stream, payload)[0]
            assert isinstance(fixes, Fix)
            for at in _some(len(fixes.t_s), 2):
                yield from _position(run_id, float(fixes.latitude_deg[at]), float(fixes.longitude_deg[at]))
        if stream == "heart_rate" and not positions_only:
            heart = samples_of(stream, payload)[0]
            assert isinstance(heart, HeartRate)
            yield from _beats(run_id, heart.bpm)


def _some(count: int, number: int) -> list[int]:
    return sorted({int(at) for at in np.linspace(0, count - 1, number)}) if count else []


def _position(run_id: str, latitude: float, longitude: float) -> Iterator[Needle]:
    if not (np.isfinite(latitude) and np.isfinite(longitude)):
        return
    for name, value in (("latitude", latitude), ("longitude", longitude)):
        yield from _number(f"{run_id} {name}", value)
        for digits in (6, 7):
            yield Needle(f"{run_id} {name} as text", f"{value:.{digits}f}".encode())
    pair = latitude, longitude
    semicircles = tuple(round(value * 2**31 / 180.0) for value in pair)
    tenths_of_micro = tuple(round(value * 1e7) for value in pair)
    for order in "<>":
        yield Needle(f"{run_id} position, float32", struct.pack(f"{order}2f", *pair))
        yield Needle(f"{run_id} position, semicircles", struct.pack(f"{order}2i", *semicircles))
        yield Needle(f"{run_id} position, 1e-7 deg", struct.pack(f"{order}2i", *tenths_of_micro))


def _number(what: str, value: float) -> Iterator[Needle]:
    for order in "<>":
        yield Needle(f"{what}, float64", struct.pack(f"{order}d", value))
    yield Needle(f"{what} as text", repr(value).encode())
    yield Needle(f"{what} as text (UTF-16)", repr(value).encode("utf-16-le"))


def _beats(run_id: str, bpm: NDArray[np.float64]) -> Iterator[Needle]:
    for at in _some(max(len(bpm) - KEY, 0), 3):
        part = bpm[at : at + KEY]
        if len(part) == KEY and len(np.unique(part)) >= 4 and np.isfinite(part).all():
            yield Needle(f"{run_id} heart rate, bytes", part.astype(np.uint8).tobytes())
            for kind in ("<f4", ">f4", "<f8", ">f8", "<i2", ">i2", "<i4", ">i4"):
                yield Needle(f"{run_id} heart rate, {kind}", part.astype(kind).tobytes())
            yield Needle(f"{run_id} heart rate as text", ", ".join(map(repr, part.tolist())).encode())


def _of_packed(run_id: str, rows: Sequence[tuple[str, bytes]], positions_only: bool) -> Iterator[Needle]:
    meant = [(s, p) for s, p in rows if s == "fix" or not positions_only]
    for stream, payload in [meant[at] for at in _some(len(meant), 4 * _PER_RUN)]:
        for at in _some(max(len(payload) - 48, 0), _PER_RUN):
            yield Needle(f"{run_id} packed {stream} at {at}", payload[at + 16 : at + 40])


def _of_summary(connection: sqlite3.Connection, key: int, run_id: str, positions_only: bool) -> Iterator[Needle]:
    row = connection.execute("SELECT document FROM summaries WHERE id = ?", (key,)).fetchone()
    known = json.loads(row[0]) if row else {}
    names = ("start_latitude_deg", "start_longitude_deg")
    for name in names if positions_only else (*names, "distance_m", "avg_hr_bpm", "ascent_m"):
        value = known.get(name)
        if isinstance(value, float) and np.isfinite(value) and len(repr(value)) >= 12:
            yield from _number(f"{run_id} {name}", value)


def hits(folder: Path, needles: Sequence[Needle]) -> list[Hit]:
    """Return where any needle is found in the files of a folder and its folders, names of files included."""
    table = _Table(needles)
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found += [Hit(path, 0, "its name", one) for one in table.within(str(path.relative_to(folder)).encode())]
        content = path.read_bytes()
        found += [Hit(path, at, "as it lies", one) for at, one in table.places(content)]
        for at, inflated in _inflated(content):
            found += [Hit(path, at, "inflated", one) for _, one in table.places(inflated)]
            found += [Hit(path, at, "inflated, columns undone", one) for _, one in table.places(_undone(inflated))]
    return found


class _Table:
    """Needles by their first bytes as numbers, for a search that is one look-up a byte."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        self._by_key: dict[int, list[Needle]] = {}
        for one in needles:
            self._by_key.setdefault(int.from_bytes(one.content[:KEY], "little"), []).append(one)
        self._keys = np.sort(np.array(list(self._by_key), dtype=np.uint64))

    def places(self, content: bytes) -> Iterator[tuple[int, Needle]]:
        for shift in range(min(KEY, len(content))):
            words = np.frombuffer(content, "<u8", (len(content) - shift) // KEY, shift)
            near = np.minimum(np.searchsorted(self._keys, words), len(self._keys) - 1)
            for at in np.flatnonzero(self._keys[near] == words).tolist() if len(self._keys) else []:
                place = shift + at * KEY
                for one in self._by_key[int(words[at])]:
                    if content.startswith(one.content, place):
                        yield place, one

    def within(self, content: bytes) -> list[Needle]:
        return [one for _, one in self.places(content)]


def _inflated(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield what inflates, whole or in part, wherever a zlib stream may begin."""
    for head in _ZLIB:
        at = content.find(head)
        while at >= 0:
            try:
                inflated = zlib.decompressobj().decompress(content[at : at + (1 << 16)], _INFLATED)
            except zlib.error:
                inflated = _before_damage(content[at : at + 4096])
            if len(inflated) >= KEY:
                yield at, inflated
            at = content.find(head, at + 1)


def _before_damage(content: bytes) -> bytes:
    """Return what inflates before a stream ends in something else, as in a page that was used again."""
    engine, found = zlib.decompressobj(), b""
    try:
        for at in range(0, len(content), 64):
            found += engine.decompress(content[at : at + 64], _INFLATED)
    except zlib.error:
        pass
    return found


def _undone(body: bytes) -> bytes:
    """Return the values of every column of a packed stretch as float64, as far as it goes; empty for something else."""
    found, at = b"", 1
    while body[:1] == b"\x01" and at + 6 <= len(body):
        how, dimensions = body[at], body[at + 1]
        if how > 2 or not 1 <= dimensions <= 2 or at + 2 + 4 * dimensions > len(body):
            break
        shape = struct.unpack_from(f"<{dimensions}I", body, at + 2)
        at += 2 + 4 * dimensions
        count = int(np.prod(shape))
        raw = body[at : at + 8 * count]
        if len(raw) < 8 * count or count == 0:
            break
        at += 8 * count
        if how == 0:
            found += raw
            continue
        planes = np.frombuffer(raw, np.uint8).reshape(8, count)
        bits = np.ascontiguousarray(planes.T).view("<u8").reshape(-1, shape[0])
        found += (np.cumsum(bits, axis=1, dtype=np.uint64) if how == 2 else bits).tobytes()
    return found


def main() -> int:
    """Search a folder for the runs of another diary; exit code 1 when anything is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--like", type=Path, required=True, help="a diary that still holds the runs")
    parser.add_argument("--run", action="append", default=[], help="only these runs of it (default: all)")
    parser.add_argument("--positions", action="store_true", help="look for positions alone")
    args = parser.parse_args()
    connection = sqlite3.connect(f"{args.like.resolve().as_uri()}?mode=ro", uri=True)
    run_ids = args.run or [row[0] for row in connection.execute("SELECT run_id FROM runs")]
    connection.close()
    needles = needles_of(args.like, run_ids, args.positions)
    found = hits(args.folder, needles)
    for one in found[:20]:
        print(f"{one.path} byte {one.at} ({one.how}): {one.needle.what}")
    print(f"{len(needles)} needles of {len(run_ids)} runs: found {len(found)} times")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
