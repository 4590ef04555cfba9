"""All that is known about how good the person model is: held-out errors, rivals, intervals, controls.

The rule of this file: the benchmark and the card show the same evidence; a control turns something round and must lose.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.adapt import update
from models.conformal import Correction, corrected, inside, known_group
from models.person_forward import Weights
from models.train.person_held_out import (
    Sessions,
    ask,
    judged,
    nested,
    nobody,
    person_after,
    sessions,
    weights_without,
)
from models.train.person_histories import Array, History, from_runs
from models.train.person_intervals import Cover, Judged, conformal, cover, pooled, quantiles, stated
from models.train.person_kinds import kinds
from models.train.person_protocol import (
    KNOWN,
    Method,
    Misses,
    Predictor,
    Rows,
    by_person,
    gain_interval,
    held_out,
)
from models.train.person_rivals import RIVALS
from models.train.person_survey import Fitness

SEED = 20261126


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Held-out sessions of the model, errors of the rivals, others' sessions for the intervals, errors of the controls
    (5,) by runs known, and hits and widths of the live walk."""

    people: Sequence[History]
    fitness: Fitness
    sessions: Sessions
    rivals: Mapping[str, Misses]
    nested: Mapping[int, Sessions]
    controls: Mapping[str, Array]
    live: Judged


def gather(people: Sequence[History], fitness: Fitness, whole: bool = True) -> Evidence:
    """Return the evidence; without `whole` the intervals are made of models that saw the person asked (faster)."""
    own = sessions(people, fitness)
    others = nested(people, fitness) if whole else _others(own)
    rivals = {name: held_out(people, method) for name, method in RIVALS.items()}
    return Evidence(people, fitness, own, rivals, others, controls(people, fitness), live(people, fitness, others))


def _others(own: Sessions) -> dict[int, Sessions]:
    return {int(k): own.of(own.person != k) for k in np.unique(own.person)}


def controls(people: Sequence[History], fitness: Fitness) -> dict[str, Array]:
    """Return the mean absolute errors in bpm (5,) with something turned round."""
    rng = np.random.default_rng(SEED)
    found = {
        "known runs are somebody else's": held_out(people, _strangers(people, fitness, rng)),
        "heart rates dealt out among all runs": _dealt(people, fitness, rng),
    }
    return {name: np.asarray(by_person(misses).mean(axis=0)) for name, misses in found.items()}


def _strangers(people: Sequence[History], fitness: Fitness, rng: np.random.Generator) -> Method:
    """Return the model that is told the runs of another person at random, moved in time."""

    def learn(others: Sequence[History]) -> Predictor:
        w = weights_without(others, fitness, frozenset())

        def predict(h: History, known: Rows, asked: Rows) -> Array:
            stranger = others[int(rng.integers(len(others)))]
            rows = rng.integers(0, max(len(stranger) - len(known), 1)) + np.arange(len(known))
            person = person_after(w, stranger, rows, float(h.start_unix_s[asked[0]]))
            return ask(person, h, asked)[0]

        return predict

    return learn


def _dealt(people: Sequence[History], fitness: Fitness, rng: np.random.Generator) -> Misses:
    """Return the errors where learning and adapting see heart rates dealt out at random, and true ones are asked."""
    bpm = rng.permutation(np.concatenate([p.hr_bpm for p in people]))
    ends = np.cumsum([len(p) for p in people])[:-1]
    mixed = [_with_bpm(p, part) for p, part in zip(people, np.split(bpm, ends), strict=True)]
    twin = {id(p): m for p, m in zip(people, mixed, strict=True)}

    def learn(others: Sequence[History]) -> Predictor:
        w = weights_without([twin[id(p)] for p in others], fitness, frozenset())
        return lambda h, known, asked: ask(person_after(w, twin[id(h)], known, _first(h, asked)), h, asked)[0]

    return held_out(people, learn)


def _first(h: History, rows: Rows) -> float:
    return float(h.start_unix_s[rows[0]])


def _with_bpm(h: History, bpm: Array) -> History:
    runs = tuple(dataclasses.replace(r, hr_bpm=float(b)) for r, b in zip(h.runs, bpm, strict=True))
    return from_runs(h.name, runs)


def live(people: Sequence[History], fitness: Fitness, others: Mapping[int, Sessions]) -> Judged:
    """Return every run of every judged person as it came: asked first, then learned from, the correction following."""
    parts = []
    for number in judged(people):
        w = weights_without(people, fitness, frozenset({number}))
        parts.append(_live(number, people[number], w, others[number]))
    columns = [np.concatenate([part[k] for part in parts]) for k in range(8)]
    return Judged(Sessions(*columns[:6]), columns[6].astype(bool), columns[7])


def _live(number: int, h: History, w: Weights, others: Sessions) -> tuple[Array, ...]:
    calibrated, person, state = quantiles(others), nobody(w, float(h.start_unix_s[0])), Correction()
    rows = []
    for row, run in enumerate(h.runs):
        mean, sd = (float(v[0]) for v in ask(person, h, np.array([row])))
        low, high = calibrated.reach(known_group(person.runs))
        score = (run.hr_bpm - mean) / sd
        hit = inside(score, (low, high), state)
        width = sd * (high - low) * state.factor
        rows.append((number, 0, row, row, run.hr_bpm - mean, sd, hit, width))
        state, person = corrected(state, hit), update(person, run)
    table = np.array(rows, dtype=np.float64).T
    return (*table[:4].astype(np.int64), *table[4:])


@dataclass(frozen=True, slots=True)
class Errors:
    """Mean absolute errors in bpm after so many runs: ours, each rival's, and the 95 % interval of the gain in per cent
    over the population line."""

    known: int
    ours: float
    rivals: dict[str, float]
    gain: float
    gain_low: float
    gain_high: float

    @property
    def best_rival(self) -> tuple[str, float]:
        """The rival with the least error, and that error."""
        return min(self.rivals.items(), key=lambda pair: pair[1])


def errors(e: Evidence) -> list[Errors]:
    """Return the errors by runs known; every person counts the same, the bootstrap is over people."""
    ours = by_person(e.sessions.misses)
    theirs = {name: by_person(misses) for name, misses in e.rivals.items()}
    line = theirs["population line"]
    low, high = gain_interval(ours, line, np.random.default_rng(SEED))
    gain = 1.0 - ours.mean(axis=0) / line.mean(axis=0)
    return [
        Errors(
            known,
            float(ours[:, k].mean()),
            {name: float(table[:, k].mean()) for name, table in theirs.items()},
            *(100.0 * float(v[k]) for v in (gain, low, high)),
        )
        for k, known in enumerate(KNOWN)
    ]


def groups(e: Evidence) -> dict[str, tuple[int, float]]:
    """Return sessions and mean absolute error in bpm by kind of session after ten known runs."""
    return {name: (one.sessions, one.bpm) for name, one in kinds(e.people, e.sessions).items() if name != "all"}


def covers(e: Evidence) -> list[Cover]:
    """Return coverage and width of every kind of interval, over all sessions and by runs known."""
    everything = np.ones(len(e.sessions.known), dtype=bool)
    kinds = {
        "conformal by group, corrected": conformal(e.sessions, e.nested, True),
        "conformal by group": conformal(e.sessions, e.nested, False),
        "one pooled interval": pooled(e.sessions, e.nested),
        "as the belief states it": stated(e.sessions),
    }
    found = [cover(f"{name}, all", judged_, everything) for name, judged_ in kinds.items()]
    for known in KNOWN:
        rows = e.sessions.known == known
        found += [cover(f"{name}, {known} known", judged_, rows) for name, judged_ in kinds.items()]
    found.append(cover("live: asked, then learned from", e.live, np.ones(len(e.live.inside), dtype=bool)))
    return found
