"""What the activity filter reaches: people never seen, from one device to another, false words, and its cost.

The rule of this file: every score is of people the net did not learn from; the shipped net is judged only on trials
that it was not made from.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.bench.figures import Bars, Confusion, Control, Figure, Picture, Say, Section
from edge.activity import HOP, ActivityFilter
from edge.activity.features import WINDOW, features
from edge.activity.net import bundled
from models.train.activity_card import NEVER, Evidence, Pooled, gather, shuffled
from models.train.activity_columns import CHOSEN
from models.train.activity_recordings import SETS
from models.train.activity_scores import JUDGED, Score, held_out, of, score
from models.train.activity_windows import Windows, read

_TRIAL = {"within": (0.930, 0.920, 0.901), "directions": (0.713, 0.626, 0.804, 0.853, 0.663, 0.831)}
"""Macro F1 of a trial with 89 features of windows of 2.6 s, gradient-boosted trees."""


def _cost(what: str, call: Callable[[], object], blocks: int, at_most: float = np.inf) -> Figure:
    """Return the time of a call in microseconds: the least mean of blocks of 10 calls, the median in the note."""
    taken = []
    for _ in range(blocks):
        start = time.perf_counter()
        for _ in range(10):
            call()
        taken.append((time.perf_counter() - start) / 10 * 1e6)
    note = f"simulated noise, one window at a time, least of {blocks} blocks of 10; median {np.median(taken):.0f}"
    return Figure(what, min(taken), "µs", at_most=at_most, note=note)


def cost(quick: bool) -> tuple[Figure, ...]:
    """Return what one window costs: its features alone, the net, and a whole hop of a live stream."""
    generator = np.random.default_rng(0)
    window = generator.normal(0, 1, (1, WINDOW, 6)) + np.array([0, 0, 9.81, 0, 0, 0])
    table, net, live = features(window), bundled(), ActivityFilter(50.0)
    hop = generator.normal(0, 1, (HOP * 50 // 20, 3))
    blocks = 100 if quick else 1000
    return (
        _cost("features of one window", lambda: features(window), blocks, at_most=100),
        _cost("net for one window", lambda: net.probabilities(table), blocks),
        _cost("a hop of a live stream at 50 Hz", lambda: live.feed(hop, hop), blocks),
    )


def _scores(e: Evidence) -> list[Figure]:
    note = "five folds over people, after the transition model"
    found = [
        Figure(f"macro F1 within {s.name}", s.macro_f1, at_least=0.94, peer="trial", peer_value=p, note=note)
        for s, p in zip(e.within, _TRIAL["within"], strict=True)
    ]
    for s, p in zip(e.directions, (*_TRIAL["directions"], 0.790, 0.861, 0.828), strict=True):
        goal = 0.80 if "+" not in s.name else -np.inf
        found.append(Figure(f"macro F1 {s.name}", s.macro_f1, at_least=goal, peer="trial", peer_value=p))
    found.append(Figure("macro F1 from one set to another, mean of six", e.mean, at_least=0.88))
    for label, share, count in e.false:
        limit = 2.0 if label in NEVER else np.inf
        found.append(Figure(f"{label} called walk or run", 100 * share, "%", at_most=limit, note=f"{count} windows"))
    return found + _pooled(e.pooled, e.without_trials)


def _pooled(shipped: Pooled, before: Pooled) -> list[Figure]:
    """Return what a net that learned everything reaches, as the shipped one did, and one without GeoTec's trials."""
    peer, note = "learned without GeoTec", "learned from all sets, five folds over people"
    found = [
        Figure(f"macro F1 of {s.name}, learned from all", s.macro_f1, peer=peer, peer_value=b.macro_f1, note=note)
        for s, b in zip(shipped.scores, before.scores, strict=True)
    ]
    for (label, share, _), (_, other, _) in zip(shipped.false, before.false, strict=True):
        what = f"{label} called walk or run, learned from all"
        found.append(Figure(what, 100 * share, "%", peer=peer, peer_value=100 * other, note=note))
    for t, b in zip(shipped.trials, before.trials, strict=True):
        for what, value, other in (
            ("walk called right", t.walk, b.walk),
            ("the rest called stairs or run", t.rest_wrong, b.rest_wrong),
        ):
            found.append(Figure(f"{t.kind}: {what}", 100 * value, "%", peer=peer, peer_value=100 * other, note=note))
    return found


def _pictures(e: Evidence) -> tuple[Picture, ...]:
    judged = (*e.within, *e.directions)
    matrices = [_matrix(number, s) for number, s in enumerate(judged)]
    values = np.stack([s.f1 for s in judged])
    bars = Bars("activity_f1", "F1 of people never seen", "F1", tuple(s.name for s in judged), JUDGED, values)
    return (bars, *matrices)


def _matrix(number: int, s: Score) -> Confusion:
    counts = np.concatenate([s.counts, np.zeros((1, 5))])
    return Confusion(f"activity_confusion_{number:02d}", f"{s.name}: {s.macro_f1:.3f}", (*JUDGED, "unknown"), counts)


def _quick(windows: Windows) -> tuple[list[Figure], tuple[Control, ...]]:
    """Return one set by two folds and its control."""
    own = of(windows, [SETS[1]])
    judge = own.real()
    real = score(SETS[1], judge, held_out(own, judge, CHOSEN, count=2))
    mixed = shuffled(judge)
    wrong = score("shuffled", mixed, held_out(mixed, mixed, CHOSEN, count=2))
    figure = Figure(f"macro F1 within {SETS[1]}, two folds", real.macro_f1, at_least=0.94)
    return [figure], (Control("labels shuffled among recordings", wrong.macro_f1, real.macro_f1, more_is_worse=False),)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the section on activity of the folder shared/data; `quick` judges one set by two folds."""
    say("activity: cutting recordings into windows")
    windows = read(recordings, only=SETS[1] if quick else None)
    names = "MotionSense, WISDM (phone and watch); people apart"
    if quick:
        figures, controls = _quick(windows)
        return Section("activity", names, (*figures, *cost(quick)), controls)
    say("activity: learning without the people judged")
    e = gather(windows)
    control = Control("labels shuffled among recordings", e.control.macro_f1, e.within[0].macro_f1, more_is_worse=False)
    return Section("activity", names, (*_scores(e), *cost(quick)), (control,), _pictures(e))
