"""How long 1,000 files take and how much memory: `python tests/bench/import_bench.py [--count N]`.

Makes the files from the real activities of KADENZ_DATA (or ../shared/data) by shifting their times, imports them
with `kadenz import` into an empty diary, and samples the resident memory of all its processes every 50 ms.
`--decoder` instead compares the FIT reader with fitdecode on the same files, in the same run; `--accuracy` compares
our totals with those that the devices state.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import psutil

from device.files.fit import read_fit
from device.files.fit_wire import crc16, read_parts
from device.files.reading import read_path
from device.files.recording import StatedTotals
from device.files.totals import settled
from edge.summary import RunSummary, summarise

# FIT Profile: the date_time fields of the messages that carry one beside field 253 (timestamp).
_DATES = {0: (4,), 18: (2,), 19: (2,), 34: (5,), 101: (2,), 21: (15,)}
_TIME = re.compile(rb"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")


def data_folder() -> Path:
    """Return the folder of real activity files."""
    default = Path(__file__).parents[2] / ".." / "shared" / "data"
    return Path(os.environ.get("KADENZ_DATA", default)).resolve() / "activity_files"


def unpacked(path: Path) -> bytes:
    """Return a file's bytes without gzip."""
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def shifted_fit(content: bytes, by_s: int) -> bytes:
    """Return a FIT file with all its absolute dates moved, its checksums right again."""
    out = bytearray(content)
    for part in read_parts(content)[0]:
        for table in part.tables:
            for number in (253, *_DATES.get(table.message, ())):
                place = table.fields.get(number)
                if place is None or place.size != 4:
                    continue
                form = "<I" if table.little else ">I"
                for position in table.positions:
                    (stamp,) = struct.unpack_from(form, out, position + place.offset)
                    if 0x10000000 <= stamp < 0xFFFFFFFF - by_s:
                        struct.pack_into(form, out, position + place.offset, stamp + by_s)
        size = out[part.start] + struct.unpack_from("<I", out, part.start + 4)[0]
        if part.whole and part.start + size + 2 <= len(out):
            crc = crc16(bytes(out[part.start : part.start + size]))
            struct.pack_into("<H", out, part.start + size, crc)
    return bytes(out)


def shifted_xml(content: bytes, by_s: int) -> bytes:
    """Return a GPX or TCX file with all its dates moved."""

    def later(match: re.Match[bytes]) -> bytes:
        try:
            when = datetime.fromisoformat(match[1].decode()) + timedelta(seconds=by_s)
        except (ValueError, OverflowError):
            return match[1]
        return when.isoformat().encode()

    return _TIME.sub(later, content)


def make(folder: Path, count: int) -> Counter[str]:
    """Write `count` files with shifted times into a folder; return how many of each format."""
    suffixes = (".fit", ".gpx", ".tcx")
    sources = sorted(p for p in data_folder().rglob("*") if p.name.lower().removesuffix(".gz").endswith(suffixes))
    made: Counter[str] = Counter()
    for i in range(count):
        source = sources[i % len(sources)]
        content, suffix = unpacked(source), Path(source.name.removesuffix(".gz")).suffix.lower()
        by_s = (1 + i // len(sources)) * 1_000_000
        moved = shifted_fit(content, by_s) if suffix == ".fit" else shifted_xml(content, by_s)
        packed = source.suffix == ".gz"
        target = folder / f"{i:04d}{suffix}{'.gz' if packed else ''}"
        target.write_bytes(gzip.compress(moved, 6) if packed else moved)
        made[suffix] += 1
    return made


def resident_bytes(process: psutil.Process, busy_s: dict[int, float]) -> int:
    """Return the resident memory in bytes of a process and all below it; note the CPU seconds of each."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss
            times = each.cpu_times()
            busy_s[each.pid] = times.user + times.system
        except psutil.Error:
            continue
    return total


def import_once(files: Path, diary: Path) -> tuple[float, float, int, Counter[str]]:
    """Import a folder in a process of its own; return seconds, CPU seconds, peak resident bytes, the statuses."""
    command = [sys.executable, "-c", "from app.cli import main; raise SystemExit(main())"]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen([*command, "import", str(files), "--db", str(diary), "--json"], stdout=answer)
        watched, peak = psutil.Process(child.pid), 0
        busy_s: dict[int, float] = {}
        while child.poll() is None:
            try:
                peak = max(peak, resident_bytes(watched, busy_s))
            except psutil.Error:
                break
            time.sleep(0.05)
        if child.wait() != 0:
            raise SystemExit("the import failed")
        took_s = time.perf_counter() - started
        answer.seek(0)
        statuses = Counter(str(entry["status"]) for entry in json.load(answer))
    return took_s, sum(busy_s.values()), peak, statuses


def compare_decoders(repeats: int) -> None:
    """Print messages per second of the FIT reader and of fitdecode on the same bytes."""
    import fitdecode

    paths = sorted(p for p in data_folder().rglob("*") if p.name.lower().removesuffix(".gz").endswith(".fit"))
    contents = [unpacked(p) for p in paths[::12]]
    rates = []
    for _ in range(repeats):
        begun = time.perf_counter()
        ours = sum(len(t.positions) for c in contents for p in read_parts(c)[0] for t in p.tables)
        middle = time.perf_counter()
        theirs = 0
        for content in contents:
            options = {"check_crc": fitdecode.CrcCheck.DISABLED, "error_handling": fitdecode.ErrorHandling.IGNORE}
            try:
                with fitdecode.FitReader(content, processor=None, **options) as reader:
                    theirs += sum(1 for frame in reader if isinstance(frame, fitdecode.FitDataMessage))
            except fitdecode.FitError:
                continue
        rates.append((ours / (middle - begun), theirs / (time.perf_counter() - middle)))
    mine, peer = statistics.median(r[0] for r in rates), statistics.median(r[1] for r in rates)
    print(
        f"{len(contents)} files: {mine:,.0f} messages/s (with checksum), fitdecode {peer:,.0f}: {mine / peer:.0f} times"
    )


def judge_accuracy() -> None:
    """Print how our totals differ from those the devices state, and those of the records alone from them."""
    whole: dict[str, list[float]] = {"distance %": [], "timer %": [], "heart rate bpm": []}
    alone: dict[str, list[float]] = {name: [] for name in whole}
    for path in sorted(data_folder().rglob("*")):
        if not path.name.lower().removesuffix(".gz").endswith((".fit", ".tcx")):
            continue
        for reading in read_path(path):
            for r in reading.recordings:
                summary = summarise(r.samples, r.sport, r.pauses)
                collect(whole, settled(summary, r.stated, r.sport), r.stated)
        content = without_sessions(unpacked(path)) if path.name.lower().removesuffix(".gz").endswith(".fit") else b""
        for cut, r in zip(read_fit(content).recordings, read_fit(unpacked(path)).recordings, strict=False):
            collect(alone, summarise(cut.samples, r.sport, cut.pauses), r.stated)
    for title, table in (("as printed", whole), ("records alone, cut off before the session message", alone)):
        print(title)
        for name, values in table.items():
            finite = [v for v in values if v == v]
            marks = statistics.quantiles(finite, n=20) if len(finite) > 1 else [float("nan")] * 19
            print(f"  {name}: {len(values)} sessions, median {marks[9]:.3f}, 95th percentile {marks[18]:.3f}")


def collect(table: dict[str, list[float]], ours: RunSummary, stated: StatedTotals) -> None:
    """Add the differences between our totals and the stated ones, where there are both."""
    if stated.distance_m > 0.0:
        table["distance %"].append(100.0 * abs(ours.distance_m / stated.distance_m - 1.0))
    if stated.timer_s > 0.0:
        table["timer %"].append(100.0 * abs(ours.timer_s / stated.timer_s - 1.0))
    if stated.avg_hr_bpm > 0.0:
        table["heart rate bpm"].append(abs(ours.avg_hr_bpm - stated.avg_hr_bpm))


def without_sessions(content: bytes) -> bytes:
    """Return a FIT file of one session cut before its session message; b"" where that stands first."""
    parts, _ = read_parts(content)
    if len(parts) != 1 or parts[0].count(18) != 1 or not parts[0].count(20):
        return b""
    first = min(min(t.positions) for t in parts[0].of(18))
    last = max(max(t.positions) for t in parts[0].of(20))
    return content[: first - 1] if first > last else b""


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--decoder", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--accuracy", action="store_true")
    args = parser.parse_args()
    if args.accuracy:
        judge_accuracy()
        return
    if args.decoder:
        compare_decoders(args.repeats)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        print(f"made {dict(make(files, args.count))}")
        took_s, busy_s, peak, statuses = import_once(files, Path(folder) / "diary.db")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{args.count} files in {took_s:.1f} s on {cores} cores ({busy_s:.0f} CPU seconds)")
    print(f"peak {peak / 1e6:.0f} MB in all processes together (shared pages counted in each)")
    print(f"statuses {dict(statuses)}")


if __name__ == "__main__":
    main()
