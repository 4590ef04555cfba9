"""`kadenz sim generate`: the simulator's own command, which here writes a diary for each life as well.

The rule of this file: options, progress and files are the simulator's; only the choice of what to write is added.
"""

from __future__ import annotations

import argparse
import shlex
from datetime import date, timedelta

from hardware_sim.commands import generate_command

_DESCRIPTION = (
    " Each folder also holds diary.db, a diary of that life for `kadenz today --db FOLDER` and every other command: "
    "all runs as `kadenz import` would store them, the profile as the person would state it on the last day, and "
    "their races; nothing of the truth."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of the simulator's command, and what to write."""
    generate_command.configure(parser)
    parser.description = f"{parser.description}{_DESCRIPTION}"
    parser.add_argument("--only", choices=("fit", "diary"), help="leave the other out (default: both); the truth stays")


def run(args: argparse.Namespace) -> int:
    """Write the lives; CommandError of the simulator where that cannot be done."""
    from app.diaries import write_diary
    from app.store.paths import DIARY_NAME

    if args.only == "fit":
        return generate_command.run(args)
    done = generate_command.run(args, write_diary, fit=args.only is None, names=(DIARY_NAME,))
    if not args.json:
        home = args.out / "runner-00000"
        after = date.fromisoformat(args.first_day) + timedelta(days=args.days)
        print(f"try: kadenz today --db {shlex.quote(str(home))} --date {after}")
    return done
