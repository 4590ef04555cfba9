"""Whole archives measured: `python tests/bench/archive_bench.py [KIND ...] [--count N] [--damage] [--real]`.

Writes an archive of so many simulated runs as each maker hands it out (tests/archive_writer.py), imports it with
`kadenz import` into an empty diary, and counts the runs whose start (10 s), distance (2 %) and duration (10 s) are
right. `--damage` damages a tenth of the members of each archive (cut, flipped bytes, emptied);
`--real` puts the real files of KADENZ_DATA into archives and compares the diary with that of the plain folder;
`--health-mb` makes the export.xml so large by records of resting days.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import archive_writer as made
from import_bench import data_folder, import_once

from app.store import RunRow, Store

SECONDS, EVERY_S = 1200, 3
#: Of each archive the share of members that `--damage` damages.
DAMAGED_SHARE = 0.1


def right(rows: Sequence[RunRow], truths: Sequence[made.Truth]) -> int:
    """Return how many runs of the truth are in the diary once and right."""
    by_start: dict[int, list[RunRow]] = {}
    for row in rows:
        by_start.setdefault(round(row.start_unix_s / 60.0), []).append(row)
    good = 0
    for truth in truths:
        near = [row for m in (-1, 0, 1) for row in by_start.get(round(truth.start_s / 60.0) + m, [])]
        near = [row for row in near if abs(row.start_unix_s - truth.start_s) <= 10.0 and row.summary is not None]
        good += len(near) == 1 and agrees(near[0], truth)
    return good


def agrees(row: RunRow, truth: made.Truth) -> bool:
    """Return whether a run's distance and duration are those of the truth."""
    assert row.summary is not None
    far = abs(row.summary.distance_m / truth.distance_m - 1.0) <= 0.02
    return far and abs(row.summary.duration_s - truth.seconds) <= 10.0


def damage(members: made.Members, rng: random.Random) -> tuple[made.Members, int]:
    """Return the members with a tenth of the recordings damaged, and how many those are."""
    out, count = [], 0
    for name, content in members:
        recording = name.lower().removesuffix(".gz").endswith((".fit", ".gpx", ".tcx", ".json", ".sml"))
        if recording and rng.random() < DAMAGED_SHARE:
            count += 1
            kind = rng.randrange(3)
            cut = len(content) // 2
            noise = rng.randbytes(64)
            content = (content[:cut], content[:cut] + noise + content[cut + 64 :], b"")[kind]
        out.append((name, content))
    return out, count


def measure(kind: str, count: int, damaged: bool) -> None:
    """Import one archive and print what came of it."""
    truths = made.runs(count, SECONDS, EVERY_S)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        members, broken = made.KINDS_OF_ARCHIVE[kind](truths), 0
        if damaged:
            members, broken = damage(members, random.Random(7))
        path = folder / f"{kind}.zip"
        path.write_bytes(made.packed(members, 1))
        del members
        took_s, busy_s, peak, statuses = import_once(path, folder / "diary.db")
        with Store(folder / "diary.db") as store:
            rows, ok = store.runs(), store.check().ok
        size = path.stat().st_size / 1e6
        print(
            f"{kind}: {size:.0f} MB, {took_s:.0f} s ({busy_s:.0f} CPU), peak {peak / 1e6:.0f} MB, {len(rows)} runs, "
            f"{right(rows, truths)} of {count} right, {broken} members damaged, diary ok: {ok}, {dict(statuses)}",
            flush=True,
        )


def measure_health(megabytes: int, workouts: int) -> None:
    """Import a health export whose document has so many MB, and print what it took."""
    truths = made.runs(workouts, SECONDS, EVERY_S)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "export.zip"
        written = 0
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for route, content in made.apple(truths, resting=0)[:workouts]:
                archive.writestr(route, content)
            with archive.open("apple_health_export/export.xml", "w", force_zip64=True) as document:
                pieces = made.health_document(truths)
                written += document.write(next(pieces).encode())
                # Ten years of resting heart rate every five seconds and more, as a strap that is always worn has.
                at_s = made.STARTS_AT - 9e8
                while written < megabytes * 1e6:
                    rows = (made.record("HeartRate", "count/min", at_s + i, at_s + i, 60 + i % 7) for i in range(5000))
                    written += document.write("".join(rows).encode())
                    at_s += 25_000.0
                for piece in pieces:
                    written += document.write(piece.encode())
        took_s, busy_s, peak, _ = import_once(path, folder / "diary.db")
        with Store(folder / "diary.db") as store:
            good = right(store.runs(), truths)
        print(
            f"health document of {written / 1e6:.0f} MB: {took_s:.0f} s ({busy_s:.0f} CPU), peak {peak / 1e6:.0f} MB, "
            f"{good} of {workouts} right",
            flush=True,
        )


def measure_real() -> None:
    """Put the real files into archives and compare what the diary holds with a plain import of their folder."""
    source = data_folder()
    kept = (".fit", ".gpx", ".tcx")
    paths = sorted(p for p in source.rglob("*") if p.name.lower().removesuffix(".gz").endswith(kept))
    members = [(f"activities/{i}_{p.name}", p.read_bytes()) for i, p in enumerate(paths)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = folder / "plain"
        for member, content in members:
            target = plain / member
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        inner = [made.packed(members[i::2], 0) for i in range(2)]
        nested = [(f"DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_{i}.zip", c) for i, c in enumerate(inner)]
        table = made.strava_table([(m, made.runs(1)[0]) for m, _ in members], "de")
        (folder / "strava.zip").write_bytes(made.packed([*members, ("activities.csv", table.encode())]))
        (folder / "garmin.zip").write_bytes(made.packed(nested))
        known: Counter[tuple[float, str]] = Counter()
        for path in (plain, folder / "strava.zip", folder / "garmin.zip"):
            took_s, busy_s, peak, statuses = import_once(path, folder / f"{path.stem}.db")
            with Store(folder / f"{path.stem}.db") as store:
                rows = [row for row in store.runs() if row.summary is not None]
            found = Counter((row.start_unix_s, f"{row.summary.distance_m:.1f}") for row in rows if row.summary)
            known = known or found
            print(
                f"real files, {path.name}: {len(paths)} files, {took_s:.0f} s ({busy_s:.0f} CPU), peak "
                f"{peak / 1e6:.0f} MB, {len(rows)} runs, {sum((found & known).values())} as in the plain folder, "
                f"{dict(statuses)}",
                flush=True,
            )


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=sorted(made.KINDS_OF_ARCHIVE), metavar="KIND")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--damage", action="store_true")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--health-mb", type=int, default=0)
    args = parser.parse_args()
    begun = time.perf_counter()
    if args.real:
        measure_real()
    elif args.health_mb:
        measure_health(args.health_mb, 50)
    else:
        for kind in args.kinds:
            measure(kind, args.count, args.damage)
    print(f"all of it in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
