"""The subcommands of `kadenz sim` and of `kadenz-sim`: one module each, named `<name>_command`.

The rule of this file: a command module has `configure(parser)` and `run(args) -> int` (0 done, 1 could not do it,
2 wrong usage), imports what is heavy inside `run`, and gives no argument the name `command` or `sim_command`, which
hold the names of the commands themselves.
"""

from __future__ import annotations


class CommandError(Exception):
    """The command could not be done; its text is the one line that the person reads (exit code 1)."""
