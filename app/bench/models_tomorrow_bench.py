"""The benchmark of the forecast of tomorrow: every morning of every athlete, by a prior that never saw them.

The rule of this file: a person is judged by the people that are not them, a morning by the days before it; the
baseline of a morning is the one that did best so far for this person, for each score its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from models.tomorrow import Prior, Tomorrow
from models.tomorrow_habits import Array
from models.train.tomorrow_histories import Days, read
from models.train.tomorrow_scores import BASELINES, Cover, Score, Walk, cover, score, walk
from models.train.tomorrow_training import Mornings, fit, mornings

_QUICK_PEOPLE, _QUICK_DAYS = 5, 200
_BINS = np.linspace(0.0, 1.0, 11)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One person's days, what was said, and how good it was."""

    days: Days
    said: Walk
    score: Score
    cover: Cover


def _first(days: Days, count: int) -> Days:
    return replace(days, km=days.km[:count], pace_s_km=days.pace_s_km[:count], heart_bpm=days.heart_bpm[:count])


def _shuffled(days: Days, rng: np.random.Generator) -> Days:
    """Return the same days in another order, the first day staying: no habit, streak or season is left."""
    order = np.concatenate([[0], 1 + rng.permutation(len(days) - 1)])
    return replace(days, km=days.km[order], pace_s_km=days.pace_s_km[order], heart_bpm=days.heart_bpm[order])


def _unlabelled(one: Mornings, rng: np.random.Generator) -> Mornings:
    """Return the mornings with their outcomes dealt out at random among them."""
    return replace(one, ran=rng.permutation(one.ran))


def _judged(people: list[Days], learned: list[Mornings]) -> list[Judged]:
    """Return every person by the prior of the others."""
    found = []
    for number, days in enumerate(people):
        prior = fit([one for other, one in enumerate(learned) if other != number])
        said = walk(days, prior)
        found.append(Judged(days, said, score(days, said), cover(said)))
    return found


def _frozen(people: list[Days], learned: list[Mornings]) -> list[Score]:
    """Return every person by the prior of the others alone: its weights never learn the person's."""
    still = []
    for number, days in enumerate(people):
        prior = fit([one for other, one in enumerate(learned) if other != number])
        still.append(score(days, walk(days, replace(prior, spread=1e-6, drift=0.0))))
    return still


def _median(judged: list[Judged], gain: str) -> float:
    return float(np.median([getattr(one.score, gain) for one in judged]))


def _mean(judged: list[Judged], name: str) -> float:
    return float(np.mean([getattr(one.score, name) for one in judged]))


def _worse(judged: list[Judged], gain: str) -> float:
    return float(np.mean([getattr(one.score, gain) < 0.0 for one in judged]))


def _interval_of(judged: list[Judged], gain: str) -> str:
    """Return the 90 % bootstrap interval of the median gain over people, as words."""
    gains, rng = np.array([getattr(one.score, gain) for one in judged]), np.random.default_rng(0)
    drawn = np.median(gains[rng.integers(0, len(gains), (2000, len(gains)))], axis=1)
    low, high = 100.0 * np.quantile(drawn, [0.05, 0.95])
    return f"90 % bootstrap over people {low:.0f} to {high:.0f} %"


def _pooled(judged: list[Judged], name: str) -> Array:
    return np.concatenate([getattr(one.cover, name) for one in judged])


def _gains(judged: list[Judged]) -> list[Figure]:
    goals = []
    for gain, what, of in (
        ("km_gain", "MAE of the day's km", "mae_km"),
        ("run_gain", "log loss of running", "log_loss"),
    ):
        note = (
            f"every morning, prior of the other people; {_interval_of(judged, gain)}; the baseline of a morning: of "
            f"{', '.join(BASELINES)} the best so far for that person"
        )
        ours, theirs = (float(np.mean([getattr(one.score, name) for one in judged])) for name in (of, f"baseline_{of}"))
        goals += [
            Figure(f"{what}: median gain over athletes", 100.0 * _median(judged, gain), "%", at_least=10.0, note=note),
            Figure(
                f"{what}: athletes for whom it is worse", 100.0 * _worse(judged, gain), "%", at_most=20.0, note=note
            ),
            Figure(f"{what}: mean over athletes", ours, "", peer="best so far", peer_value=theirs, note=note),
        ]
    return goals


def _intervals(judged: list[Judged]) -> list[Figure]:
    held, shared, opened = (_pooled(judged, name) for name in ("held", "shared", "open"))
    opened = opened.astype(bool)
    exists = "mornings when an 80 % interval exists: no run is less likely than 80 %"
    people = [float(one.cover.shared.mean()) for one in judged]
    goal = 82.0, 78.0
    share = (
        "all mornings; where no run is likelier than 80 % the interval is [0, 0] and holds more than 80 %: such a day "
        "counts 0.8 / P(no run), as in the randomised PIT"
    )
    return [
        Figure("80 % intervals: hold, zero shared out", 100.0 * float(shared.mean()), "%", *goal, note=share),
        Figure("80 % intervals: hold", 100.0 * float(held[opened].mean()), "%", *goal, note=exists),
        Figure("mornings when an 80 % interval exists", 100.0 * float(opened.mean()), "%", note=exists),
        Figure("80 % intervals: hold, counted as they stand", 100.0 * float(held.mean()), "%",
               note="all mornings; [0, 0] on quiet ones cannot hold less, so this is above 80 % for who runs seldom"),
        Figure("80 % intervals: lowest share of one athlete", 100.0 * min(people), "%", note=share),
        Figure("80 % intervals: highest share of one athlete", 100.0 * max(people), "%", note=share),
    ]  # fmt: skip


def _relative(judged: list[Judged], ours: str, truth: str) -> tuple[float, float]:
    """Return the mean over athletes of the mean error on days with a run, of the forecast and of the last run."""
    errors = []
    for one in judged:
        told, true = getattr(one.said, ours), getattr(one.said, truth)
        known = np.flatnonzero(np.isfinite(true))
        if len(known) > 1:
            after, before = known[1:], known[:-1]
            errors.append([np.abs(told - true)[after].mean(), np.abs(true[after] - true[before]).mean()])
    if not errors:
        return float("nan"), float("nan")
    ours_of, last = np.mean(errors, axis=0)
    return float(ours_of), float(last)


def _facts(judged: list[Judged]) -> list[Figure]:
    zero_km, best_km, ours_km, mean_km = (
        _mean(judged, f"{name}mae_km") for name in ("zero_", "baseline_", "", "mean_")
    )
    pace, last_pace = _relative(judged, "pace_s_km", "true_pace_s_km")
    heart, last_heart = _relative(judged, "heart_bpm", "true_heart_bpm")
    zero, runs = "the median favours zero: who says 0 km every day is the peer to know", "days with a run that is known"
    return [
        Figure("MAE of the day's km, median forecast", ours_km, "km", peer="always 0 km",
               peer_value=zero_km, note=zero),
        Figure("MAE of the day's km, mean forecast", mean_km, "km", peer="best so far",
               peer_value=best_km, note="the expectation is for sums over days, not for this score"),
        Figure("pace: mean error", pace, "s/km", peer="last run", peer_value=last_pace, note=runs),
        Figure("mean heart rate: mean error", heart, "beats/min", peer="last run", peer_value=last_heart,
               note=runs),
    ]  # fmt: skip


def _cost(days: Days, prior: Prior) -> list[Figure]:
    """Return what a morning costs: the median time of an update and of a forecast, and the size of the state."""
    one, spent = Tomorrow(prior), []
    for at, day in enumerate(days.day.tolist()[:400]):
        start = time.perf_counter()
        one.update(day, float(days.km[at]), float(days.pace_s_km[at]), float(days.heart_bpm[at]))
        between = time.perf_counter()
        one.forecast(day + 1)
        spent.append((between - start, time.perf_counter() - between))
    update, told = 1000.0 * np.median(np.array(spent), axis=0)
    note = "one thread, 400 mornings of one athlete, median; the clock of a shared machine"
    return [
        Figure("update a morning", float(update), "ms", at_most=1.0, note=note),
        Figure("forecast", float(told), "ms", note=note),
        Figure("state", len(one.save()) / 1024.0, "KiB", at_most=4.0, note="what is saved of a person"),
    ]


def _controls(people: list[Days], learned: list[Mornings], judged: list[Judged]) -> tuple[Control, ...]:
    rng = np.random.default_rng(8)
    mixed = [_shuffled(days, rng) for days in people]
    no_order = _judged(mixed, [mornings(days) for days in mixed])
    unlabelled = [_unlabelled(one, rng) for one in learned]
    no_labels = float(np.median([one.run_gain for one in _frozen(people, unlabelled)]))
    regained = _median(_judged(people, unlabelled), "run_gain")
    still = float(np.median([one.run_gain for one in _frozen(people, learned)]))
    real = _median(judged, "run_gain")
    return (
        Control("shuffled days: median gain in log loss", _median(no_order, "run_gain"), real, more_is_worse=False),
        Control("shuffled labels: median gain in log loss", no_labels, real, False),
        Control("shuffled labels, the person learned all the same: median gain in log loss", regained, real, False),
        Control("the prior alone, not learning the person: median gain in log loss", still, real, False),
    )


def _reliability(judged: list[Judged]) -> Plot:
    chance = np.concatenate([one.said.chance for one in judged])
    ran = np.concatenate([one.said.ran for one in judged])
    place = np.clip(np.digitize(chance, _BINS) - 1, 0, 9)
    rows = [k for k in range(10) if (place == k).sum() >= 30]
    said, came = (np.array([float(values[place == k].mean()) for k in rows]) for values in (chance, ran))
    lines = (Line("mornings by the chance said", said, came, points=True), Line("as said", _BINS, _BINS))
    return Plot(
        "models_tomorrow_chance", "How often a run came, by the chance said", "chance said", "share with a run", lines
    )


def _pictures(judged: list[Judged]) -> tuple[Bars | Plot, ...]:
    names = tuple(f"{one.score.mornings} d" for one in judged)
    gains = 100.0 * np.array([[one.score.km_gain, one.score.run_gain] for one in judged])
    covered = 100.0 * np.array([[one.cover.shared.mean(), one.cover.held.mean()] for one in judged])
    return (
        Bars("models_tomorrow_gain", "Gain over the best baseline so far, by athlete (days known)", "%", names,
             ("MAE of the day's km", "log loss of running"), gains),
        Bars("models_tomorrow_cover", "80 % intervals that hold, by athlete (days known)", "%", names,
             ("mass at zero shared out", "as they stand"), covered),
        _reliability(judged),
    )  # fmt: skip


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the forecast of tomorrow reaches on the histories; the quick one on some people's first days."""
    say("models, tomorrow: reading histories")
    people = read(recordings)
    if quick:
        people = [_first(days, _QUICK_DAYS) for days in people[:_QUICK_PEOPLE]]
    learned = [mornings(days) for days in people]
    say(f"models, tomorrow: {sum(len(one.ran) for one in learned)} mornings of {len(people)} athletes")
    judged = _judged(people, learned)
    say("models, tomorrow: controls")
    controls = _controls(people, learned, judged)
    figures = (*_gains(judged), *_intervals(judged), *_facts(judged), *_cost(people[0], fit(learned)))
    odd, double = np.sum([days.left_out for days in people], axis=0)
    data = (
        f"training_history, {len(people)} athletes, {sum(len(days) for days in people)} local days from the first run "
        f"to the last; left out: {odd} odd rows, {double} second recordings"
    )
    notes = (
        "Persistence says how often a day like yesterday was followed by a run, the weekday mean how often that "
        "weekday had one, the 28-day mean how many of the last 28 days had one, each with one run and one rest added.",
        "Which habits are looked at and the two learning rates were chosen on these athletes; the weights were not.",
    )
    return Section("models_tomorrow", data, figures, controls, _pictures(judged), notes)
