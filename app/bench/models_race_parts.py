"""What a piece of the benchmark of races found, put together from pieces that may each be missing.

The rule of this file: a set that is not there, or is not what it should be, costs its piece and leaves a note that
names the file; it never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.bench.figures import Control, Figure, Picture
from models.inrace import Array


@dataclass(frozen=True, slots=True)
class Part:
    """Figures, controls and pictures of one piece, what data they rest on, and notes."""

    figures: tuple[Figure, ...] = ()
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()
    data: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def attempted(what: str, measure: Callable[[], Part]) -> Part:
    """Return what was measured, or only a note where a file is missing or cannot be used."""
    try:
        return measure()
    except OSError as problem:
        return Part(notes=(f"{what}: not measured, {problem.filename or problem} is not there",))
    except ValueError as problem:
        return Part(notes=(f"{what}: not measured, {problem}",))


def together(parts: Sequence[Part]) -> Part:
    """Return all pieces as one."""
    names = ("figures", "controls", "pictures", "data", "notes")
    return Part(**{name: tuple(one for part in parts for one in getattr(part, name)) for name in names})


def mae_min(told_s: Array, truth_s: Array) -> float:
    """Return the mean absolute error in min of times (n,) in s."""
    return float(np.abs(told_s - truth_s).mean() / 60.0)
