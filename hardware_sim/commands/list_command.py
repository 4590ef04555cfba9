"""`list`: the scenarios that the simulator can play, the tracker models it knows, and what can go wrong.

The rule of this file: it describes and plays nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware_sim.scenario import Scenario

_WHAT = ("scenarios", "models", "faults")


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario as the list shows it."""

    name: str
    description: str
    duration_s: float
    place: str
    altitude_m: float
    trackers: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One tracker model as the list shows it."""

    name: str
    description: str
    placement: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One fault as the list shows it: its name, what happens, and its values in the order of a scenario file."""

    name: str
    description: str
    values: tuple[str, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `list`."""
    parser.add_argument(
        "what", nargs="?", choices=_WHAT, help="what to list; without it all three as text, the scenarios as JSON"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else")


def run(args: argparse.Namespace) -> int:
    """Print scenarios, models and faults."""
    if args.json:
        print(json.dumps(_rows(args.what or "scenarios"), ensure_ascii=False, indent=1))
        return 0
    for what in [args.what] if args.what else _WHAT:
        print(f"{what}:")
        for line in _lines(what):
            print(f"  {line}")
    return 0


def _rows(what: str) -> list[dict[str, object]]:
    if what == "scenarios":
        return [dataclasses.asdict(row) for row in scenario_rows()]
    if what == "models":
        return [dataclasses.asdict(row) for row in model_rows()]
    return [dataclasses.asdict(row) for row in fault_rows()]


def _lines(what: str) -> list[str]:
    if what == "scenarios":
        return [f"{r.name:<12} {r.duration_s / 60.0:>4.0f} min  {r.place:<8} {r.description}" for r in scenario_rows()]
    if what == "models":
        return [f"{row.name:<18} {row.description}" for row in model_rows()]
    return [f"{row.name:<20} {row.description} ({', '.join(row.values)})" for row in fault_rows()]


def scenario_rows() -> list[ScenarioRow]:
    """Return a row for each scenario that ships."""
    from hardware_sim.scenarios import SCENARIOS

    return [_row(scenario) for scenario in SCENARIOS.values()]


def _row(scenario: Scenario) -> ScenarioRow:
    from hardware_sim.world import World

    return ScenarioRow(
        name=scenario.name,
        description=scenario.description,
        duration_s=World(scenario).duration_s,
        place=scenario.place.name,
        altitude_m=scenario.place.altitude_m,
        trackers=tuple(f"{tracker.name} ({tracker.model})" for tracker in scenario.trackers),
        faults=tuple(type(fault).__name__ for fault in scenario.faults),
    )


def model_rows() -> list[ModelRow]:
    """Return a row for each tracker model."""
    from hardware_sim.firmware.models import MODELS

    return [ModelRow(model.name, model.description, model.placement) for model in MODELS.values()]


def fault_rows() -> list[FaultRow]:
    """Return a row for each fault."""
    from hardware_sim.faults import FAULTS

    return [
        FaultRow(name, (kind.__doc__ or "").split(".")[0], tuple(field.name for field in dataclasses.fields(kind)))
        for name, kind in FAULTS.items()
    ]
