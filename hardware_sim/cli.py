"""The simulator's commands: `kadenz-sim` where it is installed alone, `kadenz sim` where it is part of Kadenz.

The rule of this file: a command's module is imported when the command is called, so that help answers at once.
Exit codes: 0 done, 1 could not do it (one clear line on stderr), 2 wrong usage; `run` passes on the program's own.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import NoReturn

from hardware_sim.commands import CommandError

#: name -> one line of help; the module is hardware_sim.commands.<name>_command.
COMMANDS = {
    "list": "list the scenarios, their trackers and what goes wrong in them",
    "run": "run any bleak program, unmodified, against simulated trackers (Linux)",
    "serve": "keep a virtual Bluetooth adapter up and print the environment that reaches it (Linux)",
    "generate": "write the lives of simulated runners as files, with the truth beside them",
    "hunt": "search for the faults that break a bleak program, and write a failure as a test",
}
_NOTHING: Mapping[str, str] = {}


class _OnUse(argparse.ArgumentParser):
    """A parser of one command that gets its options when it is first used."""

    module = ""

    def _fill(self) -> None:
        if self.module:
            name, self.module = self.module, ""
            importlib.import_module(name).configure(self)

    def parse_known_args(self, args=None, namespace=None):  # type: ignore[no-untyped-def]
        self._fill()
        return super().parse_known_args(args, namespace)

    def format_help(self) -> str:
        self._fill()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        self._fill()
        super().error(message)


def module_of(name: str, instead: Mapping[str, str] = _NOTHING) -> ModuleType:
    """Return the module that implements a command; `instead` names other modules for some, as in `add_commands`."""
    return importlib.import_module(instead.get(name) or f"hardware_sim.commands.{name}_command")


def add_commands(
    parser: argparse.ArgumentParser, instead: Mapping[str, str] = _NOTHING, added: Mapping[str, str] = _NOTHING
) -> None:
    """Add every command of the simulator to a parser; the chosen one is `sim_command` of the result.

    `instead` names modules that do more for some commands where the simulator is part of something larger; `added`
    holds the lines of help of commands that only `instead` has.
    """
    actions = parser.add_subparsers(dest="sim_command", metavar="COMMAND", required=True, parser_class=_OnUse)
    for name, help_line in {**COMMANDS, **added}.items():
        text = help_line[0].upper() + help_line[1:] + "."
        module = instead.get(name) or f"hardware_sim.commands.{name}_command"
        actions.add_parser(name, help=help_line, description=text).module = module


def run_command(args: argparse.Namespace, instead: Mapping[str, str] = _NOTHING) -> int:
    """Run the command that `add_commands` found and return its exit code; CommandError where it cannot be done."""
    return int(module_of(args.sim_command, instead).run(args))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of `kadenz-sim`."""
    parser = argparse.ArgumentParser(
        prog="kadenz-sim", description="Simulated trackers for unmodified Bluetooth programs, without hardware."
    )
    add_commands(parser)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from hardware_sim.installed import refusal

    args = build_parser().parse_args(argv)
    try:
        if why := refusal():
            raise CommandError(why)
        return run_command(args)
    except CommandError as problem:
        print(f"kadenz-sim {args.sim_command}: {problem}", file=sys.stderr, flush=True)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print(f"kadenz-sim {args.sim_command}: stopped", file=sys.stderr, flush=True)
        return 130


if __name__ == "__main__":
    sys.exit(main())
