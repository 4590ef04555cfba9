"""Limps found and alarms of sound running, per place and kind of run: features once, judged as often as wanted.

`python -m tests.programs.limp_hours features FOLDER --first 10000 --people 170` simulates people, 2 h of sound running
each at trunk and wrist, and keeps their blocks, one file a person and place; those that are there are left as they are,
so it may be stopped and begun again. `python -m tests.programs.limp_hours judge FOLDER` judges them by `edge.limp`.

The rule of this file: everything is simulated; what is counted is the filter's verdict, before the coach limits how
often it speaks. One hour is of a kind of running that the baseline has seen, the other of a kind that it has not. Every
limp is one of 8, 12 or 20 % of contact time on a road, growing from 60 to 80 s; found is what is told by 140 s.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np

from app.bench import limp_bench as bench
from app.bench import limp_sound as sound
from edge.gait import StepCounter
from edge.limp import STEPS, Altered, Block, GaitState, LimpFilter, blocks
from edge.limp_baseline import NOTHING, Baseline, learned, model_of
from edge.samples import Column, Inertial

SIZES = (0.08, 0.12, 0.20)
LIMPS = {f"limp {size} {again}": size for again in range(2) for size in SIZES}
PLACES = ("wrist", "trunk")
BASELINES = {"12 min on a road": ("road",), "and 20 min of the kind judged": ("road", "kind")}
_CHUNK_S = 300
"""Readings fed to the step counter at once: the fastest of 20 to 2,400 s."""
Run = tuple[tuple[Block, ...], float]
"""Blocks of a run, and its hours of running judged."""


def kinds_of(person: int) -> tuple[str, str]:
    """Return the kind of run that a person's baseline has seen and one that it has not; all pairs come in turn."""
    count = len(sound.KINDS)
    seen = person % count
    return sound.KINDS[seen], sound.KINDS[(seen + 1 + person // count % (count - 1)) % count]


def _steps_s(accel: Column) -> Column:
    """Return the steps as they are told live."""
    counter, rows = StepCounter(sound.RATE_HZ), int(_CHUNK_S * sound.RATE_HZ)
    step_s = [counter.feed(accel[i : i + rows]) for i in range(0, len(accel), rows)]
    return np.concatenate([*step_s, counter.finish()])


def _features(accel: Column, gyro: Column, step_s: Column | None = None) -> Column:
    """Return the blocks of a run (n, 16): end in s, hours, running, covariates, features."""
    steps = _steps_s(accel) if step_s is None else step_s
    found = blocks(Inertial(np.arange(len(accel)) / sound.RATE_HZ, accel, gyro), steps)
    hours = STEPS * float(np.median(np.diff(steps))) / 3600.0 if len(steps) > 1 else 0.0
    return np.array([[b.t_s, hours, b.running, *b.z, *b.x] for b in found]).reshape(len(found), -1)


def _person(person: int, place: str, sound_s: int) -> dict[str, Column]:
    """Return the features of all runs of a person with the tracker at one place."""
    seen, unseen = kinds_of(person)
    plan = {"kind": (2, 1200, seen), "seen": (1, sound_s, seen), "unseen": (3, sound_s, unseen)}
    runs = {name: _features(*sound.readings(person, run, place, s, kind)) for name, (run, s, kind) in plan.items()}
    roads = {"road": bench.simulated(person, 0, place, 720)} | {
        name: bench.simulated(person, 4 + number, place, 145, size) for number, (name, size) in enumerate(LIMPS.items())
    }
    return runs | {
        name: _features(one.samples.accel_m_s2, one.samples.gyro_rad_s, one.step_s) for name, one in roads.items()
    }


def features(folder: Path, people: range, sound_s: int) -> None:
    """Write the features of these people at both places, where they are not yet written."""
    folder.mkdir(parents=True, exist_ok=True)
    for person in people:
        for place in PLACES:
            path = folder / f"{place}_{person}.npz"
            if not path.exists():
                np.savez_compressed(path.with_suffix(".part.npz"), **_person(person, place, sound_s))  # type: ignore[arg-type]
                path.with_suffix(".part.npz").rename(path)
        print(f"{person}: {time.process_time():.0f} CPU seconds", flush=True)


def _run(rows: Column) -> Run:
    return tuple(Block(float(r[0]), bool(r[2]), r[3:6], r[6:]) for r in rows), float(
        rows[:, 1].sum()
    ) if rows.size else 0.0


def _told(baseline: Baseline, run: Run, place: str) -> tuple[Altered, ...]:
    watch = LimpFilter(baseline, model=model_of(place))
    return tuple(watch.judge(block) for block in run[0])


def _taught(runs: list[Run]) -> Baseline:
    baseline = NOTHING
    for run in runs:
        watch = LimpFilter()
        for block in run[0]:
            watch.judge(block)
        baseline = learned(baseline, watch.state.own)
    return baseline


def _count(path: Path, counts: Counter[tuple[str, ...]], hours: Counter[tuple[str, ...]]) -> None:
    """Add what is found in one file, for each of the baselines."""
    place, person = path.stem.split("_")
    with np.load(path) as file:
        runs = {name: _run(file[name]) for name in file}
    for known, names in BASELINES.items():
        baseline = _taught([runs[name] for name in names])
        for name, kind in zip(("seen", "unseen"), kinds_of(int(person)), strict=True):
            told, key = _told(baseline, runs[name], place), (known, place, name, kind)
            alarms = len(bench._eased_s(told))
            hours[key] += runs[name][1]  # type: ignore[assignment]
            counts[*key, "alarms"] += alarms
            counts[*key, "runs"] += alarms > 0
            counts[*key, "asks"] += len(bench._eased_s(told, GaitState.ASK))
            counts[*key, "known"] += sum(one.known for one in told)
            counts[*key, "blocks"] += len(told)
        for name, size in LIMPS.items():
            told, key = _told(baseline, runs[name], place), (known, place, "limp", str(size))
            hours[key] += 1
            counts[*key, "eased"] += bench._found(told, GaitState.EASE)
            counts[*key, "asked"] += bench._found(told, GaitState.ASK)


def _line(
    name: str, keys: list[tuple[str, ...]], counts: Counter[tuple[str, ...]], hours: Counter[tuple[str, ...]]
) -> str:
    """Return one line of what sound runs raised."""
    h = float(sum(hours[key] for key in keys))
    alarms, runs, asks, known, told = (
        sum(counts[*key, what] for key in keys) for what in ("alarms", "runs", "asks", "known", "blocks")
    )
    bound = bench._upper(alarms, h)
    return (
        f"  {name}: {h:.1f} h, {alarms} alarms in {runs} runs (95 % bound {bound:.1f} per 100 h), {asks} with "
        f"questions; pace and bounce known in {known / max(told, 1):.0%}"
    )


def judge(folder: Path) -> None:
    """Print, for each baseline and place, limps found and alarms of what is in the folder."""
    counts: Counter[tuple[str, ...]] = Counter()
    hours: Counter[tuple[str, ...]] = Counter()
    paths = [path for path in sorted(folder.glob("*.npz")) if ".part" not in path.name]
    for path in paths:
        _count(path, counts, hours)
    print(f"{len(paths)} people and places, judged in {time.process_time():.0f} CPU seconds")
    for known in BASELINES:
        for place in PLACES:
            print(f"{place}, baseline of {known}")
            mine = [key for key in hours if key[:2] == (known, place)]
            for what in ("seen", "unseen"):
                kinds = sorted(key for key in mine if key[2] == what)
                print(_line(f"sound, kind {what}", kinds, counts, hours))
                for key in kinds:
                    if counts[*key, "asks"]:
                        print("  ", _line(key[3], [key], counts, hours))
            limps = sorted(key for key in mine if key[2] == "limp")
            tried, eased, asked = (
                [number[key] if what == "" else counts[*key, what] for key in limps]
                for number, what in ((hours, ""), (counts, "eased"), (counts, "asked"))
            )
            print(f"  limps of 8, 12, 20 %: {tried} tried, {eased} eased, {asked} eased or asked")
            if sum(tried):
                print(f"  all: {sum(eased) / sum(tried):.1%} eased, {sum(asked) / sum(tried):.1%} eased or asked")


def main() -> None:
    """Read what to do from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_subparsers(dest="what", required=True)
    make = what.add_parser("features", help="simulate people and keep their blocks")
    make.add_argument("--first", type=int, default=10_000)
    make.add_argument("--people", type=int, default=170)
    make.add_argument("--seconds", type=int, default=3600, help="of sound running of each kind")
    count = what.add_parser("judge", help="judge the blocks that were kept")
    for one in (make, count):
        one.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if asked.what == "judge":
        judge(asked.folder)
    else:
        features(asked.folder, range(asked.first, asked.first + asked.people), asked.seconds)


if __name__ == "__main__":
    main()
