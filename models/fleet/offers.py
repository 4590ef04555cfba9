"""Whose numbers a device tells: one person's own offer on disk, or a row of many simulated people.

The rule of this file: an offer is what a diary's consent allowed, nothing more; it is read again for every round, so
that a consent withdrawn between two rounds ends it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.fleet import layout
from models.fleet.cohorts import Rule
from models.sharing.contribution import NAMES, Contribution
from models.sharing.exchange import SharingError

Array = NDArray[np.float64]
#: The keys of a node's configuration: its own offer's file, or its row among simulated people.
OFFER, PEOPLE, ROW = "offer", "people", "partition-id"


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """The numbers (k,) of one person, clipped and blurred before, the rows of their groups, and the device's rule."""

    numbers: Array
    groups: tuple[int, ...]
    rule: Rule


def write_offer(contribution: Contribution, rule: Rule, path: Path) -> None:
    """Write what a device may tell, readable by its owner alone; SharingError where it was not clipped and blurred."""
    if not contribution.noise_sd > 0.0:
        raise SharingError("this contribution was not blurred: nothing left this device")
    if contribution.clip_norm != rule.clip_norm:
        raise SharingError(f"clipped to {contribution.clip_norm:g} where the fleet's clip is {rule.clip_norm:g}")
    document = {
        "numbers": dict(zip(NAMES, contribution.numbers, strict=True)),
        "groups": [name for name in contribution.situation.groups if name in layout.GROUPS],
        "clip_norm": rule.clip_norm,
        "noise_multiplier": rule.noise_multiplier,
    }
    path.touch(mode=0o600)
    path.write_text(json.dumps(document, indent=1))


def read_offer(path: Path) -> Offer:
    """Return an offer; SharingError where there is none (withdrawn) or it cannot be read."""
    try:
        document = json.loads(path.read_text())
        numbers = np.array([float(document["numbers"][name]) for name in NAMES])
        rule = Rule(clip_norm=float(document["clip_norm"]), noise_multiplier=float(document["noise_multiplier"]))
        return Offer(numbers, tuple(layout.GROUPS.index(name) for name in document["groups"]), rule)
    except FileNotFoundError:
        raise SharingError("nothing is offered: the consent was withdrawn") from None
    except (KeyError, TypeError, ValueError) as problem:
        raise SharingError(f"the offer cannot be read: {problem}") from None


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Simulated people: numbers (n, k), clipped and blurred, and the rows of their groups (n, depth + 1)."""

    numbers: Array
    groups: NDArray[np.int64]

    def save(self, path: Path) -> None:
        np.savez(path, numbers=self.numbers, groups=self.groups)


@lru_cache(maxsize=1)
def load_people(path: str) -> People:
    """Return simulated people, read once for each process."""
    with np.load(path) as kept:
        return People(kept["numbers"], kept["groups"])


def offer_of(node: dict[str, Any], run: dict[str, Any]) -> Offer:
    """Return the offer of a node: a file of its own, or its row of the simulated people of the run."""
    if OFFER in node:
        return read_offer(Path(str(node[OFFER])))
    people, row = load_people(str(run[PEOPLE])), int(node[ROW])
    rule = Rule(clip_norm=float(run["clip_norm"]), noise_multiplier=float(run["noise_multiplier"]))
    return Offer(people.numbers[row], tuple(int(one) for one in people.groups[row]), rule)
