"""`kadenz sim`: the simulator's own commands, the same as `kadenz-sim` where it is installed alone.

The rule of this file: it hands over to `hardware_sim.cli`; no command lives here, and `MORE` names those that do more
where Kadenz is there.
"""

from __future__ import annotations

import argparse

from app.output import CommandError
from hardware_sim import commands
from hardware_sim.cli import add_commands, run_command
from hardware_sim.installed import refusal

MORE = {
    "generate": "app.commands.sim_generate",
    "year": "app.commands.sim_year",
    "feed": "app.commands.sim_feed",
}
#: Commands that the simulator alone does not have, since they need the coach, or what decodes a tracker's bytes.
ADDED = {
    "year": "play a year of one simulated person who is coached every morning, and write its story",
    "feed": "stream a scenario's samples with their truth as JSON lines, or write them as FIT files",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of `kadenz sim`."""
    add_commands(parser, MORE, ADDED)
    parser.epilog = (
        "`kadenz record --sim NAME` records a scenario as if it came from trackers; `kadenz demo --scenario NAME` "
        "shows it being coached. The same seed always sends the same bytes."
    )


def run(args: argparse.Namespace) -> int:
    """Run one of the simulator's commands and return its exit code."""
    if why := refusal():
        raise CommandError(why)
    try:
        return run_command(args, MORE)
    except commands.CommandError as problem:
        raise CommandError(f"{args.sim_command}: {problem}") from None
