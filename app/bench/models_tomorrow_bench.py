"""The benchmark of the forecast of tomorrow: every morning of every athlete, by a prior that never saw them.

The rule of this file: a person is judged by the people that are not them, a morning by the days before it; the
baseline of a morning is the one that did best so far for this person, for each score its own.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from models.tomorrow import Prior, Tomorrow
from models.tomorrow_habits import Array
from models.tomorrow_prior import POPULATION
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


def _priors(learned: list[Mornings]) -> list[Prior]:
    """Return the prior of the others for every person; of one person alone there is only the bundled one."""
    if len(learned) < 2:
        return [POPULATION] * len(learned)
    return [fit([one for other, one in enumerate(learned) if other != number]) for number in range(len(learned))]


def _judged(people: list[Days], priors: list[Prior]) -> list[Judged]:
    """Return every person by a prior."""
    found = []
    for days, prior in zip(people, priors, strict=True):
        said = walk(days, prior)
        found.append(Judged(days, said, score(days, said), cover(said)))
    return found


def _frozen(people: list[Days], priors: list[Prior]) -> list[Score]:
    """Return every person by a prior alone: its weights never learn the person's."""
    still = [replace(prior, spread=1e-6, drift=0.0) for prior in priors]
    return [score(days, walk(days, prior)) for days, prior in zip(people, still, strict=True)]


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


def _width_km(judged: list[Judged]) -> float:
    return float(_pooled(judged, "width_km").mean())


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
    held, ran = _pooled(judged, "held"), _pooled(judged, "ran") > 0.0
    people = np.array([one.cover.held.mean() for one in judged])
    seldom = sum(float(one.cover.ran.mean()) < 0.2 for one in judged)
    goal, plain = (82.0, 78.0), "plain count, low <= km <= high, over all mornings of all athletes"
    kinds = "four of five days with a run and four of five without are held, whichever is likelier"
    price = "the price of holding runs of who runs seldom: a likely rest that the interval leaves out"
    return [
        Figure("80 % intervals: hold", 100.0 * float(held.mean()), "%", *goal, note=plain),
        Figure("80 % intervals: hold, days with a run", 100.0 * float(held[ran].mean()), "%", *goal, note=kinds),
        Figure("80 % intervals: hold, days without one", 100.0 * float(held[~ran].mean()), "%", *goal, note=kinds),
        Figure("80 % intervals: lowest share of one athlete", 100.0 * float(people.min()), "%", note=plain),
        Figure("80 % intervals: highest share of one athlete", 100.0 * float(people.max()), "%", note=plain),
        Figure("athletes outside 78 to 82 %", float(np.sum((people < 0.78) | (people > 0.82))), "",
               note=f"of {len(judged)}; {seldom} of them run on less than a day of five: no interval that always "
               "allows a rest could hold as little as 80 % of their days"),
        Figure("80 % intervals: mean width", _width_km(judged), "km", note="all mornings, [0, 0] counts as 0"),
        Figure("mornings when a rest is likelier and outside the interval",
               100.0 * float(_pooled(judged, "against").mean()), "%", note=price),
        *_if_run(judged),
    ]  # fmt: skip


def _if_run(judged: list[Judged]) -> list[Figure]:
    """Return what the intervals of a run hold on days with one, where the value is known."""
    found = []
    for column, name in enumerate(("km", "pace", "heart rate")):
        people = [one.cover.if_run[column] for one in judged if len(one.cover.if_run[column])]
        if people:
            least = 100.0 * min(float(one.mean()) for one in people)
            share, note = 100.0 * float(np.concatenate(people).mean()), f"days with a run; lowest athlete {least:.0f} %"
            found.append(Figure(f"80 % intervals if they run, {name}: hold", share, "%", 82.0, 78.0, note=note))
    return found


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
    found = [
        Figure("MAE of the day's km, median forecast", ours_km, "km", peer="always 0 km",
               peer_value=zero_km, note=zero),
        Figure("MAE of the day's km, mean forecast", mean_km, "km", peer="best so far",
               peer_value=best_km, note="the expectation is for sums over days, not for this score"),
        Figure("pace: mean error", pace, "s/km", peer="last run", peer_value=last_pace, note=runs),
        Figure("mean heart rate: mean error", heart, "beats/min", peer="last run", peer_value=last_heart, note=runs),
    ]  # fmt: skip
    return [one for one in found if math.isfinite(one.value)]


def _cost(days: Days) -> list[Figure]:
    """Return what a morning costs: the median time of an update and of a forecast, and the size of the state."""
    one, spent = Tomorrow(POPULATION), []
    for at, day in enumerate(days.day.tolist()[:400]):
        start = time.perf_counter()
        one.update(day, float(days.km[at]), float(days.pace_s_km[at]), float(days.heart_bpm[at]))
        between = time.perf_counter()
        one.forecast(day + 1)
        spent.append((between - start, time.perf_counter() - between))
    update, told = 1000.0 * np.median(np.array(spent), axis=0)
    note = "one thread, 400 mornings of one athlete, median; the clock of a shared machine"
    return [
        Figure("update a morning", float(update), "ms", at_most=1.0, note=f"{note}; its forecast was asked before"),
        Figure("forecast", float(told), "ms", note=note),
        Figure("state", len(one.save()) / 1024.0, "KiB", at_most=4.0, note="what is saved of a person"),
    ]


def _controls(people: list[Days], learned: list[Mornings], judged: list[Judged]) -> tuple[Control, ...]:
    rng = np.random.default_rng(8)
    mixed = [_shuffled(days, rng) for days in people]
    no_order = _judged(mixed, _priors([mornings(days) for days in mixed]))
    unlabelled = _priors([_unlabelled(one, rng) for one in learned])
    no_labels = float(np.median([one.run_gain for one in _frozen(people, unlabelled)]))
    regained = _median(_judged(people, unlabelled), "run_gain")
    still = float(np.median([one.run_gain for one in _frozen(people, _priors(learned))]))
    real, width = _median(judged, "run_gain"), _width_km(judged)
    order = (
        Control("shuffled days: median gain in log loss", _median(no_order, "run_gain"), real, more_is_worse=False),
        Control("shuffled days: mean width of the 80 % intervals, km", _width_km(no_order), width),
    )
    if len(people) < 2:
        return order
    return (
        *order,
        Control("shuffled labels: median gain in log loss", no_labels, real, False),
        Control("shuffled labels, the person learned all the same: median gain in log loss", regained, real, False),
        Control("the prior alone, not learning the person: median gain in log loss", still, real, False),
    )


def _shipped(people: list[Days]) -> list[Figure]:
    """Return what a runner gets on the first day: the bundled prior, which may know athletes of the open data."""
    found = _judged(people, [POPULATION] * len(people))
    note = "the prior in the package, as it is; athletes of the open data taught it"
    return [
        Figure("as shipped: MAE of the day's km, median gain", 100.0 * _median(found, "km_gain"), "%", note=note),
        Figure("as shipped: log loss of running, median gain", 100.0 * _median(found, "run_gain"), "%", note=note),
        Figure("as shipped: athletes for whom either is worse",
               100.0 * float(np.mean([min(one.score.km_gain, one.score.run_gain) < 0.0 for one in found])), "%",
               note=note),
        Figure("as shipped: 80 % intervals hold", 100.0 * float(_pooled(found, "held").mean()), "%", note=note),
    ]  # fmt: skip


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


def _shares(one: Cover) -> list[float]:
    rows = (np.full(len(one.ran), True), one.ran, ~one.ran)
    return [float(one.held[some].mean()) if some.any() else 0.0 for some in rows]


def _pictures(judged: list[Judged]) -> tuple[Bars | Plot, ...]:
    names = tuple(f"{one.score.mornings} d" for one in judged)
    gains = 100.0 * np.array([[one.score.km_gain, one.score.run_gain] for one in judged])
    covered = 100.0 * np.array([_shares(one.cover) for one in judged])
    return (
        Bars("models_tomorrow_gain", "Gain over the best baseline so far, by athlete (days known)", "%", names,
             ("MAE of the day's km", "log loss of running"), gains),
        Bars("models_tomorrow_cover", "80 % intervals that hold, by athlete (days known)", "%", names,
             ("all mornings", "days with a run", "days without"), covered),
        _reliability(judged),
    )  # fmt: skip


def _people(recordings: Path) -> tuple[list[Days], str]:
    """Return the athletes known for two days and more, and what is missing, in words."""
    try:
        found = read(recordings)
    except FileNotFoundError as problem:
        return [], f"nothing was measured: {problem}"
    people = [days for days in found if len(days) > 1]
    if not people:
        return [], f"nothing was measured: no athlete under {recordings} has runs on two days"
    short = len(found) - len(people)
    said = [f"{short} athletes have runs on one day only and no morning to judge"] if short else []
    if len(people) < 2:
        said.append("one athlete: nobody else to learn a prior from, so the bundled one judges, which may know them")
    return people, "; ".join(said)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the forecast of tomorrow reaches on the histories; the quick one on some people's first days."""
    say("models, tomorrow: reading histories")
    people, missing = _people(recordings)
    if not people:
        return Section("models_tomorrow", f"no athlete under {recordings}", (), notes=(missing,))
    if quick:
        people = [_first(days, _QUICK_DAYS) for days in people[:_QUICK_PEOPLE]]
    learned = [mornings(days) for days in people]
    say(f"models, tomorrow: {sum(len(one.ran) for one in learned)} mornings of {len(people)} athletes")
    judged = _judged(people, _priors(learned))
    say("models, tomorrow: controls")
    controls = _controls(people, learned, judged)
    figures = (*_gains(judged), *_intervals(judged), *_facts(judged), *_shipped(people), *_cost(people[0]))
    odd, double = np.sum([days.left_out for days in people], axis=0)
    data = (
        f"training_history, {len(people)} athletes, {sum(len(days) for days in people)} local days from the first run "
        f"to the last; left out: {odd} odd rows, {double} second recordings"
    )
    notes = (
        "Persistence says how often a day like yesterday was followed by a run, the weekday mean how often that "
        "weekday had one, the 28-day mean how many of the last 28 days had one, each with one run and one rest added.",
        "Which habits are looked at and the two learning rates were chosen on these athletes; the weights were not.",
        *([missing] if missing else []),
    )
    return Section("models_tomorrow", data, figures, controls, _pictures(judged), notes)
