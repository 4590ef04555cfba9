"""The fleet as a service: where it lies, what a run of it tells, and the shared prior that comes of it.

The rule of this file: a node is joined with consent only, through the one door (`app.sharing.offer`); what a fleet
found becomes a file like any other, which a person uses or not.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app import sharing
from app.fleet_people import miss, simulated
from app.store import Store, diary_path
from models.fleet import layout, loopback
from models.fleet.budget import DELTA, epsilon_of
from models.fleet.cohorts import Rule
from models.fleet.door import FleetExchange
from models.fleet.layout import Merged
from models.fleet.loopback import Place
from models.fleet.simulate import LONGEST_S, Hears, silent, simulate
from models.fleet.told import shared_of
from models.person import bundled
from models.sharing.exchange import SharingError
from models.sharing.files import write_text
from models.sharing.prior_text import shared_text
from models.sharing.shared import SharedPrior

#: In a box nobody leaves, but the engine takes its time.
_PATIENCE_S = 1200.0


@dataclass(frozen=True, slots=True)
class Rounds:
    """What rounds told: how each went, what they cost, and the shared prior; None where nothing could be believed."""

    rounds: list[dict[str, Any]]
    epsilon: float
    delta: float
    prior: SharedPrior | None
    took: dict[str, Any]


def place_of(folder: Path | None, database: Path | None) -> Place:
    """Return the fleet's folder: a given one, else `fleet` beside the diary."""
    return Place((folder or diary_path(database).parent / "fleet").resolve())


def merged_from(document: dict[str, Any]) -> Merged | None:
    """Return what the groups have in common from a result's document."""
    kept = document["merged"]
    if kept is None:
        return None
    return Merged(**{**kept, "counts": np.array(kept["counts"]), "numbers": np.array(kept["numbers"])})


def in_a_box(
    runners: int, rounds: int, rule: Rule, seed: int, longest_s: float = LONGEST_S, hears: Hears = silent
) -> Rounds:
    """Return what rounds of a simulated fleet told, with how far it lies from the simulated truth."""
    people, patient = simulated(runners, np.random.default_rng(seed)), dataclasses.replace(rule, timeout_s=_PATIENCE_S)
    document = simulate(people.people, patient, rounds, longest_s=longest_s, hears=hears)
    merged = merged_from(document)
    took = dict(document["took"])
    if merged is not None:
        took |= {"everybody_miss": miss(merged, people, slice(0, 1)), "levels_miss": miss(merged, people, slice(1, 4))}
    return _told(document["rounds"], rule, merged, took)


def _told(rounds: list[dict[str, Any]], rule: Rule, merged: Merged | None, took: dict[str, Any]) -> Rounds:
    prior = shared_of(merged, bundled().model_hash) if merged is not None else None
    return Rounds(rounds, epsilon_of(rule.noise_multiplier, len(rounds)), DELTA, prior, took)


def join(store: Store, place: Place, name: str, rule: Rule, now_unix_s: float) -> None:
    """Join a fleet with this year's contribution; SharingError without consent to the fleet."""
    sharing.offer(store, FleetExchange(place, name, rule), now_unix_s)


def ask(place: Place, rule: Rule, rounds: int, longest_s: float) -> Rounds:
    """Ask the nodes that are there, and write the shared prior to the fleet's folder where there is one."""
    begun = time.monotonic()
    present = sum(bool(one["runs"]) for one in loopback.status(place)) - 1
    if present < layout.LEAST_COHORT:
        raise SharingError(f"{present} nodes are too few: the sum of fewer than {layout.LEAST_COHORT} hides nobody")
    run_id = loopback.begin_rounds(place, rule, rounds, present)
    wire = loopback.wait_for(place, run_id, longest_s)
    document = loopback.document_of(place)
    took = {**wire, "wall_s": time.monotonic() - begun, "memory": loopback.status(place)}
    told = _told(document["rounds"], rule, merged_from(document), took)
    keep(told.prior, place.prior)
    return told


def keep(prior: SharedPrior | None, path: Path) -> bool:
    """Write a shared prior where it tells of any group; return whether it did."""
    if prior is None or not prior.groups:
        return False
    write_text(path, shared_text(prior))
    return True


def document(told: Rounds) -> dict[str, Any]:
    """Return what `--json` prints."""
    return asdict(told)
