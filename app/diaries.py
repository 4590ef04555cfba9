"""A simulated life as a diary: what the person's watch recorded, and what they would have told Kadenz by its end.

The rule of this file: runs enter by the bytes of their files, as `kadenz import` reads them; of the life itself only
what was done, measured or said is read, never the body's traits and never `days.truth`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from app.lives_said import said_on
from app.store import Store, StoreError, WholeRun
from app.store.paths import DIARY_NAME
from device.files.fit import read_fit
from edge.coach.types import Profile, Race
from edge.samples import Column
from edge.summary import summarise
from hardware_sim.lives import RACE
from hardware_sim.lives.files import Life

# What is said of the present is the median of the last week: one morning's scales and pulse are not the person.
_LATELY_D = 7
# Experience by what was run in the life's last year, in runs and km a week: assumed, as people call themselves.
_YEAR_D, _SHORTEST_D = 365, 14
_EXPERIENCED, _REGULAR = (3.5, 35.0), 1.5
# How races are named and measured; a run within 1 % is one of them.
_RACES_M = {"5 km": 5000.0, "10 km": 10_000.0, "half marathon": 21_097.5, "marathon": 42_195.0}
_SAME_SHARE = 0.01
_EVENING_S = 18 * 3600.0


def write_diary(life: Life, home: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the life's diary into a folder, or add to the one there what it lacks; OSError where that cannot be."""
    try:
        with Store(home / DIARY_NAME) as store:
            if repr(store.profile()) == repr(Profile()):
                store.save_profile(profile_of(life))
            known = {(race.day, race.distance_m) for race in store.races()}
            for race in races_of(life):
                if (race.day, race.distance_m) not in known:
                    store.add_race(race)
            _tell(store, life)
            stored = {row.file_name for row in store.runs()}
            weight_kg = store.profile().weight_kg
            store.add_recordings(_read((one for one in files if one[0] not in stored), weight_kg))
    except StoreError as problem:
        raise OSError(str(problem)) from problem


def _tell(store: Store, life: Life) -> None:
    """Add what the person said in the evenings, at 18:00, and the diary does not hold yet; local time is UTC here."""
    known = {(row.said_unix_s, row.text) for row in store.sentences()}
    for column in range(life.days.ran.shape[1]):
        evening_s = (life.days.start_day + column) * 86400.0 + _EVENING_S
        for text, one in said_on(life.days, life.row, column, int(life.people.number[life.row])):
            if (evening_s, text) not in known:
                store.add_sentence(text, (one,), evening_s)


def _read(files: Iterable[tuple[str, bytes]], weight_kg: float) -> Iterator[WholeRun]:
    """Yield the runs that files (name, bytes) hold, as `kadenz import` would store them."""
    for name, content in files:
        found = read_fit(content)
        if not found.whole:
            raise ValueError(f"{name} cannot be read: {'; '.join(found.problems)}")
        for recording in found.recordings:
            summary = summarise(recording.samples, recording.sport, recording.pauses, weight_kg)
            sha256 = hashlib.sha256(content).hexdigest()
            yield WholeRun(recording, summary, file_name=name, file_sha256=sha256)


def profile_of(life: Life) -> Profile:
    """Return what the person would say of themselves on the last day; no maximal heart rate: nobody measured one."""
    people, days, row = life.people, life.days, life.row
    return Profile(
        age=math.floor(float(people.body.age_y[row]) + days.ran.shape[1] / 365.25),
        sex="f" if people.body.female[row] else "m",
        weight_kg=round(_lately(days.weight_kg[row]), 1),
        experience=_experience(life),
        goal=_goal(life),
        injuries=_injuries(days.pain_said[row]),
        beta_blockers=bool(people.heart.beta_blocker[row] > 0.0),
        rest_hr_bpm=float(round(_lately(days.rest_hr_bpm[row]))),
    )


def races_of(life: Life) -> list[Race]:
    """Return the races that the person finished, by their usual distances and in whole seconds."""
    days, found = life.days, []
    for column in np.flatnonzero(days.kind[life.row] == RACE):
        distance_m, time_s = float(days.distance_m[life.row, column]), float(days.duration_s[life.row, column])
        named = next((n for n, m in _RACES_M.items() if abs(distance_m / m - 1.0) <= _SAME_SHARE), None)
        if named is not None:
            found.append(Race(days.start_day + int(column), _RACES_M[named], float(round(time_s))))
    return found


def _lately(column: Column) -> float:
    return float(np.median(column[-_LATELY_D:]))


def _experience(life: Life) -> str:
    """Return how the person would call themselves as a runner."""
    ran, far_m = (column[life.row, -_YEAR_D:] for column in (life.days.ran, life.days.distance_m))
    weeks = max(len(ran), _SHORTEST_D) / 7.0
    runs, km = np.count_nonzero(ran) / weeks, float(np.nansum(far_m)) / 1000.0 / weeks
    if runs >= _EXPERIENCED[0] and km >= _EXPERIENCED[1]:
        return "experienced"
    if runs >= _REGULAR:
        return "regular"
    return "beginner" if runs > 0.0 else "none"


def _goal(life: Life) -> str:
    """Return what the person runs for: a weight they work towards, else the race they ran most often."""
    goal_kg = float(life.people.body.weight_goal_kg[life.row])
    if math.isfinite(goal_kg):
        return f"weigh {goal_kg:.0f} kg"
    raced = Counter(race.distance_m for race in races_of(life)).most_common(1)
    named = [name for name, metres in _RACES_M.items() if raced and metres == raced[0][0]]
    return f"a faster {named[0]}" if named else "stay healthy"


def _injuries(pain_said: Column) -> tuple[str, ...]:
    """Return the pain said last, if that was in the last week and more than none; lives do not say where it hurts."""
    said = pain_said[-_LATELY_D:]
    said = said[np.isfinite(said)]
    return (f"pain {said[-1]:.0f} of 10",) if len(said) and said[-1] >= 1.0 else ()
