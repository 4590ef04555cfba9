"""The `kadenz` command: finds the command's module, runs it, turns errors into exit codes.

The rule of this file: 0 done, 1 could not do it (one clear line on stderr), 2 wrong usage.
Command modules are imported only when they are called, so that `kadenz --help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from app.output import CommandError, say

#: name -> one line of help; the module is app.commands.<name> (with a trailing underscore for keywords).
COMMANDS = {
    "demo": "watch a simulated runner being coached, from the first step to tomorrow's target",
    "scan": "show which trackers are around, and what Kadenz can read of them",
    "record": "record a run from trackers or from the simulator",
    "import": "read recordings and whole archives into the diary",
    "watch": "import what a watch or a sync tool drops into a folder",
    "today": "show today's session and why",
    "checkin": "say how you are, in a sentence, and see what was understood",
    "cards": "show which cards were shown, and say what came of them",
    "choose": "let Kadenz learn which safe session to show first, or not",
    "trial": "compare two ways of guiding your runs on yourself, or leave it",
    "why": "show what a decision rests on",
    "export": "write a session for a watch, the plan, a run, or everything as files",
    "forget": "let runs go with all that rests on them, or make positions coarse",
    "backup": "write the diary to a file that opens with a passphrase only",
    "restore": "put the diary of a backup in place",
    "ask": "answer a question about your own running, English or German",
    "scorecard": "show what came of forecasts and advice, the misses first",
    "predict": "predict a race time from your best times",
    "race": "enter races and results",
    "trip": "tell of a journey, or let a calendar file tell",
    "prior": "share a few blurred numbers with people like you, or use what they shared",
    "fleet": "many machines make one shared prior, on Flower: simulated, or on this machine",
    "me": "tell Kadenz about yourself, or see what it knows",
    "report": "show one run, or the latest",
    "app": "open the app",
    "doctor": "check the diary and propose repairs",
    "rebuild": "compute every derived value again from the recorded samples",
    "bench": "measure the signal core and the models beside their peers, on recordings",
    "sim": "simulated trackers: list the scenarios, run any Bluetooth program against them",
}


def module_name(command: str) -> str:
    """Return the module that implements a command."""
    return f"app.commands.{command}_command"


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; with `only`, fill in just that command's options."""
    parser = argparse.ArgumentParser(prog="kadenz", description="A running coach that lives on your own hardware.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, help_line in COMMANDS.items():
        sub = commands.add_parser(name, help=help_line, description=help_line[0].upper() + help_line[1:] + ".")
        if only in (name, None):
            importlib.import_module(module_name(name)).configure(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    named = next((a for a in arguments if not a.startswith("-")), "")
    args = build_parser(only=named if named in COMMANDS else "").parse_args(arguments)
    try:
        return int(importlib.import_module(module_name(args.command)).run(args))
    except CommandError as problem:
        say(f"kadenz {args.command}: {problem}")
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        say(f"kadenz {args.command}: stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main())
