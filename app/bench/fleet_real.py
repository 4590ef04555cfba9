"""Real athletes held out: a bundled prior made of some, what others share, and a person whom neither knows.

The rule of this file: person first: who is judged taught neither prior. Ten people are too few for noise or groups, so
nothing is blurred here: it shows whether sharing helps real people, not how private it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.figures import Figure
from models.adapt import Person, begin, update
from models.person_forward import Weights
from models.sharing import merge
from models.sharing.contribution import shift_of, statistics
from models.train import person_heart, person_survey
from models.train.person_held_out import ask, nobody
from models.train.person_histories import History, histories
from models.train.person_prior import weights
from models.train.person_protocol import asked_from, starts

Array = NDArray[np.float64]
KNOWN = (0, 1, 3)
SPLITS, QUICK_SPLITS = 3, 1


def real_figures(recordings: Path, quick: bool) -> list[Figure]:
    """Return how much smaller the error of people held out is with what other people share; none without the data."""
    try:
        people = [one for one in histories(recordings) if len(one)]
        fitness = person_survey.fit(person_survey.survey(recordings))
    except FileNotFoundError:
        return []
    whom = [k for k, one in enumerate(people) if len(starts(one))]
    errors = np.array([
        [_errors(people, k, fitness, seed) for seed in range(QUICK_SPLITS if quick else SPLITS)]
        for k in (whom[:3] if quick else whom)
    ]).mean(axis=1)  # fmt: skip
    return [figure for at, known in enumerate(KNOWN) for figure in _told(errors[:, :, at], known)]


def _told(errors: Array, known: int) -> list[Figure]:
    plain, shared, whole = errors.mean(axis=0).tolist()
    rng = np.random.default_rng(1)
    drawn = errors[rng.integers(0, len(errors), (2000, len(errors)))].mean(axis=1)
    low, high = np.quantile(100.0 * (1.0 - drawn[:, 1] / drawn[:, 0]), [0.05, 0.95]).tolist()
    after = "before any run" if not known else f"after {known} run{'s' if known > 1 else ''}"
    note = f"{len(errors)} people, each of whom taught neither; 90 % over people: {low:.1f} to {high:.1f}; not blurred"
    return [
        Figure(f"real athletes: prior of five others, {after}", plain, "bpm", note="five of the others at random"),
        Figure(f"real athletes: and what the other five share, error less {after}", 100.0 * (1.0 - shared / plain), "%",
               at_least=30.0 if known else -np.inf, peer="prior made of all ten",
               peer_value=100.0 * (1.0 - whole / plain), note=note),
    ]  # fmt: skip


def _errors(people: Sequence[History], judged: int, fitness: person_survey.Fitness, seed: int) -> Array:
    """Return the errors in bpm (3, known) of one person: prior of half of the others, shared by the rest, of all."""
    rng = np.random.default_rng([seed, judged])
    others = [people[k] for k in rng.permutation(len(people)).tolist() if k != judged]
    half = len(others) // 2
    bundled, whole = (weights(fitness, person_heart.fit(some)) for some in (others[:half], others))
    shift, times = _shared(bundled, others[half:])
    sd = bundled.state_sd.astype(np.float64)
    return np.array([
        [_asked(people[judged], bundled, known, np.zeros(len(sd)), 1.0) for known in KNOWN],
        [_asked(people[judged], bundled, known, sd * shift, times) for known in KNOWN],
        [_asked(people[judged], whole, known, np.zeros(len(sd)), 1.0) for known in KNOWN],
    ])  # fmt: skip


def _shared(w: Weights, who: Sequence[History]) -> tuple[Array, float]:
    """Return the shift (10,) in spreads and the factor of scatter that some people share over a prior, not blurred."""
    sd, rows = w.state_sd.astype(np.float64), []
    for one in who:
        before = nobody(w, float(one.start_unix_s[0]))
        after = before
        for run in one.runs:
            after = update(after, run)
        rows.append(statistics(after.mean[None], before.mean[None], np.array([after.scatter_bpm2]), sd)[0])
    weight = merge.EVERYBODY_SD**2 / (merge.EVERYBODY_SD**2 + 1.0 / len(rows))
    shift, times = shift_of(weight * np.mean(rows, axis=0))
    return np.array(shift), times


def _asked(h: History, w: Weights, known: int, moved: Array, times: float) -> float:
    """Return the mean absolute error in bpm over the asked runs of all starts."""
    misses = []
    for start in starts(h).tolist():
        asked = asked_from(h, start)
        begun_s = float(h.start_unix_s[start - known if known else asked[0]])
        prior = nobody(w, begun_s)
        person = begin(prior.mean + moved, prior.covariance, "shared", begun_s)
        person = Person(person.mean, person.covariance, person.scatter_bpm2 * times**2, 0.0, begun_s, person.prior_hash)
        for row in range(start - known, start):
            person = update(person, h.runs[row])
        misses.append(np.abs(h.hr_bpm[asked] - ask(person, h, asked)[0]))
    return float(np.concatenate(misses).mean())
