"""Which kind of session is forecast worst, over sessions, over people, and for each person alone.

The rule of this file: a kind is judged after ten known runs; a person speaks for a kind by `LEAST_OF_A_PERSON` sessions
and more; what a line could reach at best is that of a line which was told the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.train.person_held_out import Sessions
from models.train.person_histories import Array, History

BoolArray = NDArray[np.bool_]
KNOWN_RUNS = 10
#: Fewer sessions of a kind say nothing of it; fewer of one person nothing of that person.
LEAST, LEAST_OF_A_PERSON = 100, 10
SLOWER, FASTER = 0.95, 1.05
_ROUNDS, _LEAST_MISS_BPM = 30, 0.5


@dataclass(frozen=True, slots=True)
class Kind:
    """Sessions of a kind: how many, of how many people, mean absolute error in bpm over sessions and over people."""

    sessions: int
    people: int
    bpm: float
    person_bpm: float


def after_ten(sessions: Sessions) -> Sessions:
    """Return the sessions that were asked after ten known runs."""
    return sessions.of(sessions.known == KNOWN_RUNS)


def bands(people: Sequence[History], chosen: Sessions) -> dict[str, BoolArray]:
    """Return for every kind which of the sessions (n,) are of it."""
    pairs = list(zip(chosen.person.tolist(), chosen.asked.tolist(), strict=True))
    runs = [people[p].runs[row] for p, row in pairs]
    minutes = np.array([r.duration_s for r in runs]) / 60.0
    warmth, gap = np.array([r.temperature_c for r in runs]), np.array([r.days_since_run for r in runs])
    usual = np.array([np.median(p.log_speed) if len(p) else np.nan for p in people])
    pace = np.exp(np.array([people[p].log_speed[row] for p, row in pairs]) - usual[chosen.person])
    return {
        "under 30 min": minutes < 30, "30 to 60 min": (minutes >= 30) & (minutes < 60),
        "60 min and more": minutes >= 60,
        "usually under 12 C": warmth < 12, "12 to 22 C": (warmth >= 12) & (warmth < 22), "22 C and more": warmth >= 22,
        "slower than usual (under 95 %)": pace < SLOWER, "usual pace": (pace >= SLOWER) & (pace <= FASTER),
        "faster than usual (over 105 %)": pace > FASTER, "first run after 5 days and more": gap >= 5,
    }  # fmt: skip


def _over_people(person: NDArray[np.int64], size: Array, least: int) -> list[float]:
    found = [size[person == one] for one in np.unique(person)]
    return [float(one.mean()) for one in found if len(one) >= least]


def kinds(people: Sequence[History], sessions: Sessions) -> dict[str, Kind]:
    """Return every kind of which enough sessions were asked, "all" first."""
    chosen = after_ten(sessions)
    size = np.abs(chosen.miss_bpm)
    rows = {"all": np.ones(len(size), dtype=bool), **bands(people, chosen)}
    found = {}
    for name, some in rows.items():
        if name == "all" or some.sum() >= LEAST:
            own = _over_people(chosen.person[some], size[some], 1 if name == "all" else LEAST_OF_A_PERSON)
            over_people = float(np.mean(own)) if own else float("nan")
            found[name] = Kind(int(some.sum()), len(own), float(size[some].mean()), over_people)
    return found


def worst(found: dict[str, Kind], over_people: bool) -> tuple[str, float]:
    """Return the kind with the largest error, and that error over the one of all sessions."""
    error = {name: one.person_bpm if over_people else one.bpm for name, one in found.items()}
    name = max((one for one in error if one != "all"), key=lambda one: np.nan_to_num(error[one]), default="all")
    return name, error[name] / error["all"]


def of_each_person(people: Sequence[History], sessions: Sessions, kind: str) -> list[float]:
    """Return the error of a kind over that of all sessions, for every person with enough of it."""
    chosen = after_ten(sessions)
    some, size = bands(people, chosen)[kind], np.abs(chosen.miss_bpm)
    found = []
    for person in np.unique(chosen.person):
        own = chosen.person == person
        if (own & some).sum() >= LEAST_OF_A_PERSON:
            found.append(float(size[own & some].mean() / size[own].mean()))
    return found


def told_lines(people: Sequence[History], sessions: Sessions) -> Sessions:
    """Return the asked sessions with the misses of the line over speed that errs least on themselves, by person and
    start: it was told the answers, so no forecast by a line over speed errs less.
    """
    chosen = after_ten(sessions)
    misses = chosen.miss_bpm.copy()
    for person, start in sorted(set(zip(chosen.person.tolist(), chosen.start.tolist(), strict=True))):
        own = np.flatnonzero((chosen.person == person) & (chosen.start == start))
        history, asked = people[person], chosen.asked[own]
        misses[own] = _least_absolute(np.exp(history.log_speed[asked]), history.hr_bpm[asked])
    return Sessions(chosen.person, chosen.start, chosen.known, chosen.asked, misses, chosen.sd_bpm)


def _least_absolute(speed_m_s: Array, bpm: Array) -> Array:
    """Return the misses of the line with the least absolute ones (iterated weights)."""
    design = np.stack([np.ones(len(bpm)), speed_m_s - speed_m_s.mean()], axis=1)
    miss = bpm - bpm.mean()
    for _ in range(_ROUNDS):
        weighted = design / np.maximum(np.abs(miss), _LEAST_MISS_BPM)[:, None]
        miss = bpm - design @ np.linalg.lstsq(weighted.T @ design, weighted.T @ bpm, rcond=None)[0]
    return np.asarray(miss)
