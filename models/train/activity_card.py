"""models/ACTIVITY_CARD.md as text, and confusion matrices as pictures: every number from people held out.

The rule of this file: the model is judged as it is used, after the transition model; what is weak is said as plainly
as what is strong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.activity.features import NAMES
from models.train.activity_columns import CHOSEN
from models.train.activity_recordings import HARD, SETS, TRIALS, Texts, Windows
from models.train.activity_scores import (
    JUDGED,
    Score,
    directions,
    false_share,
    held_out,
    of,
    score,
    within,
    words,
)
from models.train.activity_training import Trained

WITHIN_GOAL, DIRECTION_GOAL, LEAST_GOAL, FALSE_GOAL = 0.94, 0.88, 0.80, 0.02
SINGLE = 6
"""How many of the directions go from one set to one other."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Scores within each set, of every direction, and shares of false words."""

    within: list[Score]
    directions: list[Score]
    false: list[tuple[str, float, int]]
    """What is done, the share called walk or run, windows; on the wrist, by folds over people."""
    stairs: tuple[float, int]
    """Share of stairs in the pocket whose direction is told right, and windows."""
    control: Score
    """Within the first set, with labels shuffled among recordings."""
    pooled: list[Score]
    """Of a net that learned all sets, by folds over people."""

    @property
    def mean(self) -> float:
        """The mean macro F1 over the directions from one set to another."""
        return float(np.mean([s.macro_f1 for s in self.directions[:SINGLE]]))

    @property
    def least(self) -> float:
        """The least of them."""
        return min(s.macro_f1 for s in self.directions[:SINGLE])


def shuffled(windows: Windows) -> Windows:
    """Return the windows with every recording's label given to another."""
    unique, first = np.unique(windows.recording, return_index=True)
    order = np.random.default_rng(11).permutation(len(unique))
    label = windows.label[first][order][np.searchsorted(unique, windows.recording)]
    return Windows(windows.table, windows.kind, windows.person, windows.recording, label)


def told_direction(windows: Windows, given: Texts) -> tuple[float, int]:
    """Return the share of stairs windows called stairs whose direction is right, and their number."""
    rows = np.char.startswith(windows.label, "stairs_") & np.char.startswith(given, "stairs_")
    return float(np.mean(windows.label[rows] == given[rows])), int(rows.sum())


def _pooled(windows: Windows) -> list[Score]:
    given = held_out(windows, windows, CHOSEN)
    rows = [windows.kind == kind for kind in SETS]
    return [score(kind, windows.pick(r), given[r]) for kind, r in zip(SETS, rows, strict=True)]


def gather(windows: Windows) -> Evidence:
    """Return the evidence (minutes); `windows` of the three sets, GeoTec's left out of all learning."""
    own = of(windows, SETS)
    inside = within(own, CHOSEN)
    wrist, given = inside[2][1], inside[2][2]
    false = [(label, *false_share(wrist, given, label)) for label in HARD.values() if (wrist.label == label).any()]
    mixed = shuffled(of(own, [SETS[0]]))
    control = score("labels shuffled among recordings", mixed, held_out(mixed, mixed, CHOSEN))
    stairs = told_direction(inside[0][1], inside[0][2])
    return Evidence([s for s, _, _ in inside], directions(own, CHOSEN), false, stairs, control, _pooled(own))


def _share(right: NDArray[np.bool_]) -> float:
    return float(right.mean()) if len(right) else float("nan")


def trials(trained: Trained, windows: Windows) -> list[tuple[str, float, float, int]]:
    """Return for GeoTec's trials, which nothing was learned from: place, share right of still and of walk, windows."""
    found = []
    for kind in TRIALS:
        part = of(windows, [kind])
        if len(part):
            given = words(trained.net, part)
            still, walk = (_share(given[part.label == a] == a) for a in ("still", "walk"))
            found.append((kind, still, walk, int(np.isin(part.label, ["still", "walk"]).sum())))
    return found


def table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, numbers to the right."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in (header, rule, *lines))


def _scores(scores: Sequence[Score]) -> str:
    lines = [[s.name, str(s.people), f"{s.macro_f1:.3f}", *(f"{f:.2f}" for f in s.f1)] for s in scores]
    return table(["", "people", "macro F1", *JUDGED], lines)


def _confusion(judged: Score) -> str:
    lines = [[name, *(f"{int(c)}" for c in row)] for name, row in zip(JUDGED, judged.counts, strict=True)]
    return f"{judged.name}\n\n" + table(["true, given →", *JUDGED, "unknown"], lines)


def _goals(e: Evidence) -> str:
    worst = min(e.within, key=lambda s: s.macro_f1)
    hard = max((share for label, share, _ in e.false if label in ("typing", "brushing teeth", "clapping")), default=0.0)
    rows = [
        ("macro F1 within a set, the least", worst.macro_f1, f"≥ {WITHIN_GOAL}", worst.macro_f1 >= WITHIN_GOAL),
        ("from one set to another, mean", e.mean, f"≥ {DIRECTION_GOAL}", e.mean >= DIRECTION_GOAL),
        ("from one set to another, the least", e.least, f"≥ {LEAST_GOAL}", e.least >= LEAST_GOAL),
        ("typing, teeth, clapping called walk or run, most", hard, f"≤ {FALSE_GOAL}", hard <= FALSE_GOAL),
    ]
    lines = [[name, f"{value:.3f}", limit, "yes" if ok else "no"] for name, value, limit, ok in rows]
    return table(["goal", "measured", "limit", "reached"], lines)


TEMPLATE = """# The activity model

What it is: a net of one hidden layer over {columns} of {all_columns} numbers that describe 4 s of motion, for
still, walk, run, stairs up, stairs down and unknown; `edge/activity/activity.npz` (NumPy) and `models/activity.onnx`
(the same numbers; {size} bytes, SHA-256 `{sha256}`).
Recordings: SHA-256 `{data_sha256}`.

Made by `python -m models.train activity`, which also writes this page; {people} people, {windows} windows of 4 s, 0.8 s
apart. Judged after the transition model, as words leave `edge.activity`; "unknown" for something known is a miss.

## Goals

{goals}

## People never seen, within each set (five folds over people)

{within}

## From one device and place to another (no person on both sides)

Each of the first six trains on one set alone; the last three on two.

{directions}

## A net that learned all three sets, people never seen (five folds over people), as the shipped one is made

{pooled}

## What is none of these: share called walk or run (wrist, five folds over people)

{false}

## Up or down

Of {stairs_n} windows in the pocket that are stairs and called so, {stairs:.1f} % have the right direction
(MotionSense, five folds over people). No other set says up or down: the wrist's direction is not verified.

## Trials that nothing was learned from (GeoTec), the shipped net

{trials}

## Control

Labels shuffled among recordings: macro F1 {control:.3f} (chance is about 0.25).

## Confusion, windows

{confusion}

## Limits

- The columns and the settings of the fit were chosen while looking at the people of these sets, with the
  directions above as the measure; the figures of directions are so of people not learned from, but not of sets never
  looked at. Nothing was chosen within a fold.
- Pocket and wrist only. Chest, belt, upper arm, hand and bag are not verified; nor are children, people with a
  walking aid, slopes, sand or treadmills, nor cycling and driving (which should be "unknown" and may be "still").
- A few steps between getting up, a turn and sitting down (GeoTec: bouts of 2 s to 3 s) are not steady walking, and
  are mostly called stairs: the trials above. A net that learns such bouts too was not made.
- WISDM's stairs are flights up and down with landings, all labelled stairs: on the landings people walk.
- Stairs without a known direction teach the sum of up and down.
- MotionSense gives gravity and own acceleration as its phone's own filter divided them; their sum is used.
"""


def card(trained: Trained, evidence: Evidence, windows: Windows, sha256: str) -> str:
    """Return the text of ACTIVITY_CARD.md."""
    false = [[label, f"{100 * share:.1f} %", str(count)] for label, share, count in evidence.false]
    tried = [[kind, f"{still:.3f}", f"{walk:.3f}", str(n)] for kind, still, walk, n in trials(trained, windows)]
    own = of(windows, SETS)
    return TEMPLATE.format(
        columns=len(CHOSEN),
        all_columns=len(NAMES),
        size=len(trained.onnx_model),
        sha256=hashlib.sha256(trained.onnx_model).hexdigest(),
        data_sha256=sha256,
        people=len(np.unique(own.person)),
        windows=len(own),
        goals=_goals(evidence),
        within=_scores(evidence.within),
        directions=_scores(evidence.directions) + f"\n\nMean of the first six: {evidence.mean:.3f}.",
        pooled=_scores(evidence.pooled),
        false=table(["", "called walk or run", "windows"], false),
        stairs=100 * evidence.stairs[0],
        stairs_n=evidence.stairs[1],
        trials=table(["", "still right", "walk right", "windows"], tried),
        control=evidence.control.macro_f1,
        confusion="\n\n".join(_confusion(s) for s in (*evidence.within, *evidence.directions)),
    )


def draw(evidence: Evidence, folder: Path) -> list[Path]:
    """Write the confusion matrices of every table as pictures and return their paths."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, judged in enumerate((*evidence.within, *evidence.directions)):
        figure, axes = pyplot.subplots(figsize=(5.2, 4.2), layout="constrained")
        share = judged.counts / np.maximum(judged.counts.sum(axis=1, keepdims=True), 1)
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
        for (row, column), value in np.ndenumerate(share):
            axes.text(column, row, f"{100 * value:.0f}", ha="center", color="white" if value > 0.5 else "black")
        axes.set_xticks(range(5), [*JUDGED, "unknown"])
        axes.set_yticks(range(4), JUDGED)
        axes.set(title=f"{judged.name}\nmacro F1 {judged.macro_f1:.3f}, % of true", xlabel="given", ylabel="true")
        paths.append(folder / f"activity_confusion_{number:02d}.png")
        figure.savefig(paths[-1], dpi=110)
        pyplot.close(figure)
    return paths
