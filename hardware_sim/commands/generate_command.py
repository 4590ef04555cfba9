"""`generate`: runners that never were, as FIT files with the truth beside them.

The rule of this file: it reads the command line and writes to one folder; how people live is `lives`' business.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from hardware_sim.commands import CommandError

DESCRIPTION = (
    "Draw runners and let them live: a folder for each runner with a FIT file for every run, and truth.json, which "
    "tells what no watch can know: the body's traits, fitness by day, injuries, illnesses, trips. The same seed "
    " gives the same runners and the same bytes, however many are drawn. All of it is simulated."
)
EPILOG = "Worlds: first (impulse and response) and second (critical speed), which share no equation."


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `generate`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.add_argument("--runners", type=int, default=10, metavar="N", help="how many runners (default: 10)")
    parser.add_argument("--days", type=int, default=90, metavar="D", help="how many days of each (default: 90)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which runners (default: 1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--first-day", default="2022-01-01", metavar="DATE", help="the first day (default: 2022-01-01)")
    parser.add_argument("--every", type=float, default=1.0, metavar="S", help="seconds between samples (default: 1)")
    parser.add_argument("--world", choices=("first", "second"), default="first", help="which physiology")
    parser.add_argument("--json", action="store_true", help="print one JSON document; what happens goes to stderr")


def run(args: argparse.Namespace) -> int:
    """Write the files; CommandError where an option makes no sense or the folder cannot be written."""
    from hardware_sim.lives import draw, live
    from hardware_sim.lives.files import write
    from hardware_sim.lives.first import FIRST
    from hardware_sim.lives.second import SECOND
    from hardware_sim.lives.world import World

    if args.runners < 1 or not 0.5 <= args.every <= 60.0:
        raise CommandError("at least one runner, and 0.5 to 60 s between samples")
    world: World = FIRST if args.world == "first" else SECOND
    try:
        people = draw(args.seed, args.runners)
        days = live(people, args.days, world, start_day=_day(args.first_day))
        written = write(people, days, world.name, args.out, args.every, lambda line: print(line, file=sys.stderr))
    except (ValueError, OSError) as error:
        raise CommandError(str(error)) from error
    if args.json:
        print(json.dumps({"runners": args.runners, "days": args.days, "runs": written, "out": str(args.out)}))
    else:
        print(f"{args.runners} simulated runners, {args.days} days, {written} runs in {args.out}")
    return 0


def _day(text: str) -> int:
    """Return the days since 1970-01-01 of an ISO date."""
    return (
        datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    ).days
