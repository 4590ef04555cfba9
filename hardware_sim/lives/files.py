"""Lives as files for other programs: one FIT file a run, and the truth of each runner beside them.

The rule of this file: a runner's folder holds what a watch would hold, and `truth.json` holds what none can know.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from hardware_sim.lives.days import Days
from hardware_sim.lives.fit import activity
from hardware_sim.lives.people import People
from hardware_sim.lives.watch import seconds, start_second

_DAY_S = 86_400
_TRUTH = ("speed_10k_m_s", "toll", "endurance", "easy_hr_bpm", "brisk_hr_bpm")
_SAID = ("rpe", "pain_said", "sleep_h", "mood", "rest_hr_bpm", "weight_kg", "temperature_c", "altitude_m")


def write(people: People, days: Days, world_name: str, folder: Path, every_s: float, say: Callable[[str], None]) -> int:
    """Write a folder a runner and return the number of runs written; OSError where the disk will not."""
    written = 0
    for row in range(len(people)):
        home = folder / f"runner-{int(people.number[row]):05d}"
        home.mkdir(parents=True, exist_ok=True)
        runs = np.flatnonzero(days.ran[row])
        for column in runs:
            name, content = fit_file(people, days, row, int(column), every_s)
            (home / name).write_bytes(content)
        (home / "truth.json").write_text(json.dumps(truth(people, days, row, world_name), indent=1) + "\n")
        written += len(runs)
        say(f"{home}: {len(runs)} runs")
    return written


def fit_file(people: People, days: Days, row: int, column: int, every_s: float) -> tuple[str, bytes]:
    """Return the name and the bytes of one run's FIT file."""
    day = days.start_day + column
    start = day * _DAY_S + start_second(people, row, day)  # local time is UTC in the box
    run = seconds(people, days, row, column, every_s)
    serial = int(people.seed[row]) * 100_003 + int(people.number[row]) + 1
    stamp = datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H%M%S")
    return f"{stamp}.fit", activity(run, start, 0, serial)


def truth(people: People, days: Days, row: int, world_name: str) -> dict[str, object]:
    """Return what is true of one runner: traits, fitness by day, injuries, illnesses, trips, breaks."""
    person = people.take(np.array([row]))
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days.start_day)
    return {
        "simulated": True,
        "world": world_name,
        "seed": int(people.seed[row]),
        "number": int(people.number[row]),
        "first_day": first.date().isoformat(),
        "traits": {
            field.name: _traits(getattr(person, field.name))
            for field in dataclasses.fields(person)
            if field.name not in ("seed", "number")
        },
        "days": {name: _numbers(getattr(days.truth, name)[row], 4) for name in _TRUTH}
        | {name: _numbers(getattr(days, name)[row], 2) for name in _SAID},
        "injuries": _spells(days.truth.injured[row]),
        "illnesses": _spells(days.ill[row]),
        "breaks": _spells(days.on_break[row]),
        "trips": _spells(days.away[row]),
        "pregnancies": _spells(days.pregnant[row] > 0.0),
    }


def _traits(group: object) -> dict[str, object]:
    columns = {field.name: getattr(group, field.name) for field in dataclasses.fields(group)}  # type: ignore[arg-type]
    return {name: _plain(column[0]) for name, column in columns.items()}


def _plain(value: np.generic | np.ndarray[tuple[int], np.dtype[np.float64]]) -> object:
    if isinstance(value, np.ndarray):
        return [round(float(one), 4) for one in value]
    if isinstance(value, np.floating):
        return None if np.isnan(value) else round(float(value), 5)
    return value.item()


def _numbers(column: np.ndarray[tuple[int], np.dtype[np.float64]], digits: int) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), digits) for value in column]


def _spells(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[dict[str, int]]:
    """Return first day and length of every spell, in days since the first day."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return [
        {"day": int(at), "days": int(to - at)}
        for at, to in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)
    ]
