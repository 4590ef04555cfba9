"""The types of a benchmark: figures with their goals, the controls that must get worse, and what to draw.

The rule of this file: a figure says on what data it rests and which peer it was compared with in the same run; a
goal is a limit on one side, and a figure without a goal is a fact.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from edge.samples import Column

Say: TypeAlias = Callable[[str], None]
"""Takes a line of progress."""
Measure: TypeAlias = Callable[[Path, bool, Say], "Section"]
"""`measure(recordings, quick, say)` of a part: `quick` takes a sample of the data, in under 20 s."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number, its goal, and what a peer reached in the same run."""

    name: str
    value: float
    unit: str = ""
    at_most: float = math.inf
    at_least: float = -math.inf
    peer: str = ""
    peer_value: float = math.nan
    note: str = ""
    """On what data and which split, and anything a reader must know to believe the number."""

    @property
    def has_goal(self) -> bool:
        """Return whether there is a limit to reach."""
        return math.isfinite(self.at_most) or math.isfinite(self.at_least)

    @property
    def reached(self) -> bool:
        """Return whether the value is within its limits; True for a fact, False for NaN."""
        return self.at_least <= self.value <= self.at_most if self.has_goal else True


@dataclass(frozen=True, slots=True)
class Control:
    """The same measurement with something switched off or turned round; it must come out worse."""

    name: str
    value: float
    real_value: float
    more_is_worse: bool = True

    @property
    def worse(self) -> bool:
        """Return whether it came out worse, as it must."""
        return self.value > self.real_value if self.more_is_worse else self.value < self.real_value


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a plot, or its points: names one estimator; x and y (n,)."""

    name: str
    x: Column
    y: Column
    points: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """Lines or points over common axes; `name` becomes the file's name."""

    name: str
    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Values (groups, series) side by side, such as one group per trial and one series per estimator."""

    name: str
    title: str
    y_label: str
    groups: tuple[str, ...]
    series: tuple[str, ...]
    values: Column


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """Counts (k, k) of true labels (rows) by given labels (columns)."""

    name: str
    title: str
    labels: tuple[str, ...]
    counts: Column


Picture: TypeAlias = Plot | Bars | Confusion


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """What one part of the signal core reaches."""

    name: str
    data: str
    """Which recordings, how many, whose split; "simulated" where it is."""
    figures: tuple[Figure, ...]
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
