"""A shared prior: by how much people of each group differ from what the bundled prior expects of them.

The rule of this file: values only; a group that is absent falls back to the nearest wider one, at last to no shift.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.person import Prior
from models.sharing.situation import EVERYBODY, Situation


@dataclass(frozen=True, slots=True)
class GroupShift:
    """How people of one group differ from the bundled prior, in units of the spread between people (`STATE` order)."""

    group: str
    people: int
    """How many people told, rounded down to tens."""
    shift: tuple[float, ...]
    """(10,) added to the prior's mean, in units of its spread."""
    scatter: float = 1.0
    """By which the usual scatter of heart rate (bpm, standard deviation) is multiplied."""


@dataclass(frozen=True, slots=True)
class SharedPrior:
    """The shifts of all groups that are large enough to be told, widest first, relative to one bundled prior."""

    base: str
    people: int
    groups: tuple[GroupShift, ...]

    def of(self, situation: Situation) -> GroupShift | None:
        """Return the shift of the narrowest group of a situation that is told of; None where there is none."""
        told = {one.group: one for one in self.groups}
        return next((told[name] for name in reversed(situation.groups) if name in told), told.get(EVERYBODY))


def moved(prior: Prior, spread: NDArray[np.float64], by: GroupShift) -> Prior:
    """Return a prior after what people of a group told; `spread` (10,) is the model's. Its doubt stays as it was."""
    digest = hashlib.sha256(f"{prior.model_hash} {by!r}".encode()).hexdigest()[:16]
    return dataclasses.replace(
        prior,
        mean=prior.mean + spread * np.array(by.shift),
        source=f"{prior.source}, moved by what about {by.people} people like you shared",
        model_hash=digest,
        scatter_times=by.scatter,
    )
