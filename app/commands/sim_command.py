"""`kadenz sim list`: the scenarios that the simulator can play.

The rule of this file: it describes scenarios; `record` and `demo` play them.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from app.output import add_common_options, print_json
from hardware_sim.scenario import Scenario
from hardware_sim.scenarios import SCENARIOS
from hardware_sim.world import World


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


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of `kadenz sim`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="list the scenarios", description="List the simulator's scenarios.")
    add_common_options(listing)
    parser.epilog = (
        "`kadenz record --sim NAME` records a scenario as if it came from trackers; `kadenz demo --scenario NAME` "
        "shows it being coached. The same seed always sends the same bytes."
    )


def run(args: argparse.Namespace) -> int:
    """Print the scenarios."""
    rows = [_row(scenario) for scenario in SCENARIOS.values()]
    if args.json:
        print_json(rows)
        return 0
    for row in rows:
        print(f"{row.name:<10} {row.duration_s / 60.0:>4.0f} min  {row.place:<8} {row.description}")
    print("\nPlay one with: kadenz record --sim NAME, or kadenz demo --scenario NAME")
    return 0


def _row(scenario: Scenario) -> ScenarioRow:
    return ScenarioRow(
        name=scenario.name,
        description=scenario.description,
        duration_s=World(scenario).duration_s,
        place=scenario.place.name,
        altitude_m=scenario.place.altitude_m,
        trackers=tuple(f"{tracker.name} ({tracker.model})" for tracker in scenario.trackers),
        faults=tuple(type(fault).__name__ for fault in scenario.faults),
    )
