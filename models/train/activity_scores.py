"""The activity net judged on people it never saw: within each set, and from one device and place to another.

The rule of this file: a word is judged after the transition model, as it leaves the filter; "unknown" for something
known is a miss; no person is on both sides, not even with another device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.activity import named
from edge.activity.net import AHEAD, BACK, Net, smooth
from edge.samples import Column
from models.train.activity_fit import fit
from models.train.activity_recordings import HARD, SETS, Texts
from models.train.activity_windows import Windows

JUDGED = ("still", "walk", "run", "stairs")
FOLDS = 5
_SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Counts (4, 5) of true (rows) by given activity, "unknown" last, and what follows from them."""

    name: str
    people: int
    counts: Column

    @property
    def f1(self) -> Column:
        """F1 (4,) of still, walk, run and stairs."""
        hit = np.diagonal(self.counts)
        return np.asarray(2 * hit / np.maximum(self.counts[:, :4].sum(axis=0) + self.counts.sum(axis=1), 1))

    @property
    def macro_f1(self) -> float:
        """The mean of the four."""
        return float(self.f1.mean())


def in_order(probability: Column, recording: NDArray[np.int64]) -> Column:
    """Return the smoothed probabilities (n, 6) of windows in the order of time, each recording by itself."""
    starts = np.flatnonzero(np.concatenate([[True], np.diff(recording) != 0]))
    parts = []
    for part in np.split(probability, starts[1:]):
        parts.append(smooth(np.concatenate([part[:1]] * BACK + [part] + [part[-1:]] * AHEAD)))
    return np.concatenate(parts)


def words(net: Net, windows: Windows) -> Texts:
    """Return the label (n,) that leaves the filter for each window."""
    return named(in_order(net.probabilities(windows.table), windows.recording))[0]


def grouped(labels: Texts) -> Texts:
    """Return the labels with up and down stairs as one."""
    return np.where(np.char.startswith(labels, "stairs"), "stairs", labels)


def score(name: str, windows: Windows, given: Texts) -> Score:
    """Return the score of the words given to windows, of those that truly are one of the four."""
    true, told = grouped(windows.label), grouped(given)
    counts = [[np.sum((true == a) & (told == b)) for b in (*JUDGED, "unknown")] for a in JUDGED]
    return Score(name, len(np.unique(windows.person)), np.array(counts, dtype=np.float64))


def folds(people: Texts, count: int) -> dict[str, int]:
    """Return the fold of every person, drawn once."""
    unique = np.unique(people)
    order = np.random.default_rng(_SEED).permutation(len(unique))
    return {str(person): int(k) % count for person, k in zip(unique, order, strict=True)}


def held_out(train: Windows, judge: Windows, names: Sequence[str], count: int = FOLDS) -> Texts:
    """Return the words (n,) for `judge`, nothing varied, by nets that learned from `train` without the person judged.

    Where the two share nobody, one net judges all.
    """
    if not set(train.person) & set(judge.person):
        return words(fit(train, names), judge)
    fold = folds(np.concatenate([train.person, judge.person]), count)
    learnt, asked = (np.array([fold[str(p)] for p in w.person]) for w in (train, judge))
    given = np.empty(len(judge), dtype="U16")
    for k in range(count):
        rows = asked == k
        if rows.any():
            given[rows] = words(fit(train.pick(learnt != k), names), judge.pick(rows))
    return given


def of(windows: Windows, kinds: Sequence[str], hard: bool = True) -> Windows:
    """Return the windows of some sets, with or without what is none of the known activities."""
    rows = np.isin(windows.kind, kinds)
    return windows.pick(rows if hard else rows & ~np.isin(windows.label, list(HARD.values())))


def within(windows: Windows, names: Sequence[str]) -> list[tuple[Score, Windows, Texts]]:
    """Return for each set the score by five folds over people, with the windows and their words."""
    found = []
    for kind in SETS:
        own = of(windows, [kind])
        judge = own.real()
        given = held_out(own, judge, names)
        found.append((score(kind, judge, given), judge, given))
    return found


def directions(windows: Windows, names: Sequence[str]) -> list[Score]:
    """Return the score of every direction: one set to another, then two sets to the third."""
    pairs = [([a], b) for a in SETS for b in SETS if a != b]
    pairs += [([a for a in SETS if a != b], b) for b in SETS]
    found = []
    for source, target in pairs:
        judge = of(windows, [target], hard=False).real()
        given = held_out(of(windows, source), judge, names, count=2)
        found.append(score(f"{' + '.join(source)} → {target}", judge, given))
    return found


def false_share(windows: Windows, given: Texts, label: str) -> tuple[float, int]:
    """Return the share of a label's windows that are called walk or run, and how many windows there are."""
    rows = windows.label == label
    told = given[rows]
    return (float(np.isin(told, ["walk", "run"]).mean()) if rows.any() else float("nan")), int(rows.sum())
