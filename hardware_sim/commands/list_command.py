"""`list`: the scenarios that the simulator can play.

The rule of this file: it describes scenarios and plays none.
"""

from __future__ import annotations

import argparse
import json


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `list`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else")


def run(args: argparse.Namespace) -> int:
    """Print the scenarios."""
    from hardware_sim.scenarios import SCENARIOS

    if args.json:
        rows = [{"name": one.name, "description": one.description} for one in SCENARIOS.values()]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for one in SCENARIOS.values():
        print(f"{one.name:<12} {one.duration_s / 60.0:>4.0f} min  {one.place.name:<8} {one.description}")
    return 0
