"""Lives as files for other programs: one FIT file a run, and the truth of each runner beside them.

The rule of this file: a runner's folder holds what a watch would hold, and `truth.json` holds what none can know.
A folder belongs to one life; another is refused.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import numpy as np

from hardware_sim.lives.days import Days
from hardware_sim.lives.fit import activity
from hardware_sim.lives.people import People
from hardware_sim.lives.watch import seconds, start_second

_DAY_S = 86_400
TRUTH_NAME = "truth.json"
_TRUTH = ("speed_10k_m_s", "toll", "endurance", "easy_hr_bpm", "brisk_hr_bpm")
_SAID = ("rpe", "pain_said", "sleep_h", "mood", "rest_hr_bpm", "weight_kg", "temperature_c", "altitude_m")
#: What tells one life from another in `truth.json`, besides the number of days.
_MARKS = ("world", "seed", "number", "first_day", "every_s")


@dataclass(frozen=True, slots=True, eq=False)
class Life:
    """The life of one person: the people and days it is a row of, its world's name, and s between samples."""

    people: People
    days: Days
    row: int
    world_name: str
    every_s: float

    @property
    def number(self) -> int:
        """Return the person's number among those of the seed."""
        return int(self.people.number[self.row])

    @property
    def runs(self) -> int:
        """Return how often the person ran."""
        return int(np.count_nonzero(self.days.ran[self.row]))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the bytes of every run's FIT file, oldest first."""
        for column in np.flatnonzero(self.days.ran[self.row]):
            yield fit_file(self.people, self.days, self.row, int(column), self.every_s)

    def truth(self) -> dict[str, object]:
        """Return what `truth.json` holds."""
        told = truth(self.people, self.days, self.row, self.world_name)
        return {**told, "every_s": self.every_s}


class Beside(Protocol):
    """What else is written for a life: it reads the runs' files (name, bytes), which may be read once, in order.

    It raises OSError or ValueError, and is found by its module's name, so that other processes can call it.
    """

    def __call__(self, life: Life, home: Path, files: Iterable[tuple[str, bytes]], /) -> None: ...


def write(life: Life, folder: Path, fit: bool = True, beside: Beside | None = None) -> Path:
    """Write a life into its own folder within `folder` and return that; the truth, FIT files where `fit`, and `beside`.

    ValueError where that folder holds something else, OSError where the disk will not.
    """
    home = home_of(folder, life.number)
    told = life.truth()
    refuse_other(home, _marks_of(told))
    home.mkdir(parents=True, exist_ok=True)
    (home / TRUTH_NAME).write_text(json.dumps(told, indent=1) + "\n")
    files = _kept(life.files(), home) if fit else life.files()
    if beside is not None:
        beside(life, home, files)
    if fit:
        for _ in files:
            pass
    return home


def home_of(folder: Path, number: int) -> Path:
    """Return the folder of a person within a folder of lives."""
    return folder / f"runner-{number:05d}"


def marks(world: str, seed: int, number: int, start_day: int, every_s: float, days: int) -> dict[str, object]:
    """Return what tells one life in its files from another."""
    first = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=start_day)
    known = (world, seed, number, first.date().isoformat(), every_s)
    return {**dict(zip(_MARKS, known, strict=True)), "days": days}


def refuse_other(home: Path, mine: dict[str, object]) -> None:
    """Raise ValueError where a runner's folder holds anything but the life of these marks."""
    try:
        found = json.loads((home / TRUTH_NAME).read_text())
    except FileNotFoundError:
        if home.is_dir() and any(home.iterdir()):
            raise ValueError(f"{home} holds files of something else: choose another folder") from None
        return
    except ValueError:
        raise ValueError(f"{home / TRUTH_NAME} is damaged: choose another folder, or remove {home}") from None
    other = _marks_of(found)
    if mine != other:
        differing = [f"{name} {other[name]}" for name in other if other[name] != mine[name]]
        how = ", ".join(differing) or "of an older kind"
        raise ValueError(f"{home} already holds another life ({how}): choose another folder")


def _marks_of(told: object) -> dict[str, object]:
    """Return the marks of a truth as it was stored; nothing where it is no truth of a life."""
    if not isinstance(told, dict) or not isinstance(told.get("days"), dict):
        return {}
    return {**{name: told[name] for name in _MARKS if name in told}, "days": len(told["days"].get("mood", ()))}


def _kept(files: Iterable[tuple[str, bytes]], home: Path) -> Iterator[tuple[str, bytes]]:
    """Pass the files on, each written once it has gone by."""
    for name, content in files:
        (home / name).write_bytes(content)
        yield name, content


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
