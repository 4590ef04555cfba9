"""How little a shared prior tells of one person: epsilon by two accountants, and membership inference.

The rule of this file: delta is stated beside every epsilon, and an attack counts only where it works without noise.
"""

from __future__ import annotations

import math
from pathlib import Path

from app.bench.figures import Control, Figure, Say, Section
from app.bench.fleet_people import lived, told_rows
from app.bench.fleet_privacy import (
    DELTA,
    Attack,
    attack,
    central_multiplier,
    device_multiplier,
    epsilon_google,
    epsilon_microsoft,
)
from hardware_sim.lives import FIRST
from models.person import spread_of
from models.sharing import merge
from models.sharing.blur import CLIP_NORM
from models.sharing.merge import DEPTHS, Way

MOST_EPSILON, MOST_AUC, WORKING_AUC = 2.0, 0.52, 0.7
SIZES = (5, 10, 20, 50)
NOTHING = Way(central_mu=math.inf, device_noise_sd=0.0)


def _epsilons() -> list[Figure]:
    """Return epsilon of a year for everybody who reads a shared prior, and for the one who merges."""
    central, device = central_multiplier(), device_multiplier()
    read = epsilon_google(central, DEPTHS), epsilon_microsoft(central, DEPTHS)
    seen = epsilon_google(device, 1), epsilon_microsoft(device, 1)
    twelve = epsilon_google(central, 12 * DEPTHS), epsilon_microsoft(central, 12 * DEPTHS)
    note = f"delta {DELTA:g}; one contribution and one merge a year, of which {DEPTHS} nested groups hold a person"
    return [
        Figure("epsilon a person and year, for whoever reads a shared prior", max(read), at_most=MOST_EPSILON,
               peer="dp-accounting", peer_value=read[0], note=f"{note}; prv_accountant {read[1]:.3f}"),
        Figure("the two accountants differ by", 100.0 * abs(read[0] - read[1]) / read[0], "%", at_most=2.0,
               note="dp-accounting (privacy loss distributions) and prv_accountant (upper bound)"),
        Figure("epsilon of twelve merges handed out in a year", max(twelve), peer="dp-accounting", peer_value=twelve[0],
               note=f"delta {DELTA:g}; never more than for the one who merges, who sees what all merges rest on"),
        Figure("epsilon a person and year, for the one who merges the files", max(seen), peer="dp-accounting",
               peer_value=seen[0], note=f"delta {DELTA:g}; the device's own noise, nobody trusted"),
        Figure("noise of the device that would make that 2", _strict_sd(), "spreads",
               note=f"delta {DELTA:g}; fleet_prior tells how many people it would take; liars hide in it"),
    ]  # fmt: skip


def _strict_sd() -> float:
    """Return the device noise whose epsilon is 2, by bisection with one accountant."""
    low, high = 2.0, 20.0
    while high - low > 0.05:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if epsilon_google(middle / (2.0 * CLIP_NORM), 1) <= 2.0 else (middle, high)
    return high


def _figure(name: str, found: Attack, **limits: float) -> Figure:
    note = f"groups of {found.people}; 95 % over targets: {found.low:.3f} to {found.high:.3f}"
    return Figure(name, found.auc, note=note, **limits)  # type: ignore[arg-type]


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the section on privacy; simulated people of the first physiology."""
    say("privacy: two accountants")
    figures = _epsilons()
    people = lived(7301, 600 if quick else 4000, FIRST)
    rows = told_rows(people, spread_of())
    targets, shadows = (20, 200) if quick else (60, 300)
    controls = []
    for size in SIZES[:2] if quick else SIZES:
        say(f"privacy: membership inference on groups of {size}")
        bare = attack(rows, size, NOTHING, 1, targets, shadows)
        blurred = attack(rows, size, merge.USUAL, 2, targets, shadows)
        limit = WORKING_AUC if size == SIZES[0] else -math.inf
        figures.append(_figure(f"who was in, nothing blurred, {size} people: AUC", bare, at_least=limit))
        figures.append(_figure(f"who was in, as it is, {size} people: AUC", blurred, at_most=MOST_AUC))
        controls.append(Control(f"nothing blurred, {size} people: AUC", bare.auc, blurred.auc))
    return Section(
        "fleet_privacy",
        f"simulated, first physiology: {len(people)} people of whom groups are drawn; {targets} targets, {shadows} "
        "shadow merges with and without each, as many judged",
        tuple(figures), tuple(controls), (),
        (
            "The attacker knows the target's numbers before any blurring, the people and the method; all of a "
            "group are in one situation, so that every nested group is one more look at the same people.",
            "Groups are public: what is protected is what a person's numbers are and whether they were in, not the "
            f"five words. Groups under {merge.LEAST_PEOPLE} people are not told of.",
        ),
    )  # fmt: skip
