"""How left and right differ while someone runs: a little in everybody, more and more in one who begins to limp.

The rule of this file: it gives columns at whole seconds for `hardware_sim.gait`; nothing else of a run changes but the
cadence, which the caller lowers by `cadence_fall`.

What healthy people have: contact times of left and right 2.6 % apart in elite runners, no more at the end of 5 km than
at its beginning (Ammann & Wyss 2016); symmetry angle of contact 0.8 +- 0.7 % (2.5 % of the mean) with no change over 30
min (Mtibaa et al. 2023, Front Physiol 14:1289172) nor with speed (Girard et al. 2019, Front Sports Act Living 1:36).
What limps have: the painful leg is on the ground for a shorter time (Robadey et al. 2018, PLoS One 13:e0205191, running
and walking with a sore knee; more contact on the sound leg with a sore tendon too). How load, timing, landing and lean
go with the contact time is assumed, each drawn from a range, since no paper gives them together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.gait import Array, Sides


@dataclass(frozen=True, slots=True)
class Habit:
    """How the feet of one sound person differ, and how much that wanders; shares."""

    contact: float
    load: float
    early: float
    wander: float = 0.004
    """Standard deviation of the slow wander within a run (assumed a sixth of what people differ by)."""
    jitter: float = 0.02
    """Standard deviation from stride to stride: contact times vary by 2 to 4 % (Hanley & Tucker 2018, J Biomech)."""


@dataclass(frozen=True, slots=True)
class Limp:
    """One way to limp: how much of everything goes with 1 of contact time apart; positive spares the first foot."""

    load: float
    early: float
    impact: float
    lean_rad: float
    cadence_fall: float


def some_habit(rng: np.random.Generator) -> Habit:
    """Return how the feet of a sound person drawn at random differ: 2.6 % apart on average."""
    contact = rng.normal(0.0, 0.5 * 0.026 * np.sqrt(0.5 * np.pi))
    return Habit(float(contact), float(rng.normal(0.0, 0.012)), float(rng.normal(0.0, 0.012)))


def some_limp(rng: np.random.Generator) -> Limp:
    """Return a way to limp drawn at random (assumed ranges)."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    return Limp(
        load=side * float(rng.uniform(0.3, 0.7)),
        early=side * float(rng.uniform(0.1, 0.5)),
        impact=side * float(rng.uniform(0.5, 2.0)),
        lean_rad=side * float(rng.uniform(0.0, 0.3)),
        cadence_fall=float(rng.uniform(0.0, 0.3)),
    )


def sound(rng: np.random.Generator, habit: Habit, seconds: int) -> Sides:
    """Return the columns (seconds,) of a sound person: a habit that wanders slowly and varies from stride to stride."""
    early, load, contact, impact = (
        mean + _wander(rng, habit.wander, seconds) + rng.normal(0.0, scale * habit.jitter, seconds)
        for mean, scale in ((habit.early, 0.6), (habit.load, 1.0), (habit.contact, 1.0), (0.0, 4.0))
    )
    lean = 0.2 * (_wander(rng, habit.wander, seconds) + rng.normal(0.0, habit.jitter, seconds))
    return Sides(early, load, contact, impact, lean)


def _wander(rng: np.random.Generator, scale: float, seconds: int, lasts_s: float = 300.0) -> Array:
    """Return a column that wanders around 0 with a standard deviation and a memory of some minutes."""
    knots = int(seconds / (0.5 * lasts_s)) + 3
    return np.asarray(np.interp(np.arange(seconds) + rng.uniform(0.0, 0.5 * lasts_s), 0.5 * lasts_s * np.arange(knots),
                     rng.normal(0.0, 1.2 * scale, knots)))  # fmt: skip


def limping(sides: Sides, way: Limp, apart: Array) -> Sides:
    """Return the columns with a limp on top; `apart` (n,) is by which share the contact times of both feet differ.

    By what painful legs spare, `way.load` has the sign of the sparing foot: positive for the first.
    """
    spared = np.sign(way.load)
    return Sides(
        sides.early + way.early * apart,
        sides.load + way.load * apart,
        sides.contact + 0.5 * spared * apart,
        sides.impact + way.impact * apart,
        sides.lean_rad + way.lean_rad * apart,
    )


def growing(seconds: int, begins_s: float, grows_s: float, size: float) -> Array:
    """Return by which share the contact times differ (seconds,): 0, then growing, then `size` to the end."""
    return np.asarray(size * np.clip((np.arange(seconds) - begins_s) / max(grows_s, 1.0), 0.0, 1.0))
