"""`sim hunt -- COMMAND…`: search for the faults that break an unmodified bleak program.

The rule of this file: what is found is told and written as a pytest; how it is found is the hunt's business.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError

if TYPE_CHECKING:
    from hardware_sim.hunt import Found, Hunted

DESCRIPTION = (
    "Run an unmodified bleak program again and again against the virtual radio, each time with other faults: lost "
    "links, blackouts, broken, doubled and late packets, trackers that fall silent, clocks that jump. The program is "
    "measured against what it does undisturbed. The first failure is made as small as possible, replayed, and written "
    "as a pytest."
)
EPILOG = (
    "What counts as a failure: an exception that nobody caught; ending by itself; not ending when interrupted; data "
    "flow, but nothing is shown; a tracker is back, but nobody subscribes again; a value is shown long after the last "
    "data; notifications are shown or counted twice; an impossible value; a rising number that falls; a storm of "
    "attempts to connect. The program should run until it is interrupted and print what it receives, a line at a time. "
    "Exit code 0: nothing found; 1: a failure was found (or the program cannot be hunted); 2: wrong usage."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `sim hunt`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.add_argument(
        "--scenario", default="default", metavar="S", help="who runs with which trackers (default: default)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which search (default: 1)")
    parser.add_argument("--seconds", type=float, default=300.0, metavar="S", help="how long to search (default: 300)")
    parser.add_argument("--side-by-side", type=int, default=8, metavar="N", help="trials at the same time (default: 8)")
    parser.add_argument("--trial", type=float, default=15.0, metavar="S", help="length of one trial in s (default: 15)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the pytest (default: test_hunted_PROGRAM.py)")
    parser.add_argument("--json", action="store_true", help="print one JSON document; what happens goes to stderr")
    parser.add_argument("program", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the program and its arguments")


def run(args: argparse.Namespace) -> int:
    """Hunt; 0 when nothing was found, 1 when something was."""
    from hardware_sim.hunt import Budget, Hunt, NothingToHuntError, write_pytest
    from hardware_sim.scenarios import scenario

    # a hunt in the background has interrupts ignored, which its programs would inherit; a hunt that is ended ends them
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    command = args.program[1:] if args.program[:1] == ["--"] else args.program
    if not command:
        raise CommandError("nothing to hunt: name the program after --, such as: sim hunt -- python my_app.py")
    budget = Budget(args.seconds, max(1, args.side_by_side), args.trial)
    try:
        hunt = Hunt(command, scenario(args.scenario), args.seed, budget, say=_say)
        hunted = asyncio.run(hunt.run())
    except (NothingToHuntError, ValueError, OSError) as error:
        raise CommandError(str(error)) from error
    path = args.out or Path(f"test_hunted_{_stem(command)}.py")
    if hunted.found is not None:
        write_pytest(hunted.found, path)
    _tell(hunted, path, as_json=args.json)
    return 0 if hunted.found is None else 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stem(command: list[str]) -> str:
    scripts = [word for word in command if word.endswith(".py")]
    stem = Path(scripts[0] if scripts else command[0]).stem
    return "".join(letter if letter.isalnum() else "_" for letter in stem)


def _tell(hunted: Hunted, path: Path, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_document(hunted, path)))
    elif hunted.found is None:
        print(f"nothing found in {hunted.trials} trials and {hunted.took_s:.0f} s")
    else:
        print("\n".join(_lines(hunted.found, path)))


def _lines(found: Found, path: Path) -> list[str]:
    from hardware_sim.hunt.search import described

    return [
        f"found after {found.found_after_s:.0f} s: {found.verdict}",
        f"  with: {described(found.plan.events)}",
        f"  it came again in {found.replayed} of {found.replays} replays",
        f"  {found.trials} trials in {found.took_s:.0f} s",
        f"  written as {path}: run it with pytest",
    ]


def _document(hunted: Hunted, path: Path) -> dict[str, object]:
    from hardware_sim.hunt.search import described

    found = hunted.found
    shared: dict[str, object] = {
        "found": found is not None,
        "trials": hunted.trials,
        "seconds": round(hunted.took_s, 1),
    }
    if found is None:
        return shared
    return shared | {
        "rule": found.verdict.rule,
        "seen": found.verdict.seen,
        "events": len(found.plan.events),
        "schedule": described(found.plan.events),
        "found_after_s": round(found.found_after_s, 1),
        "replayed": found.replayed,
        "replays": found.replays,
        "pytest": str(path),
    }
