"""A passphrase from a file, the environment or a prompt; never from the command line, never in a log.

The rule of this file: what is wrong is said without saying any of the passphrase.
"""

from __future__ import annotations

import getpass
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app.output import CommandError

VARIABLE = "KADENZ_PASSPHRASE"
#: Below this a passphrase is called weak: bits, were its characters drawn at random from their kinds. An assumption,
#: set high because people do not choose at random: age's scrypt makes each guess take about a second.
WEAK_BITS = 60.0
_LONGEST = 1024
_KINDS = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10), (lambda c: not c.isalnum(), 32))


def passphrase_from(file: Path | None, twice: bool, ask: Callable[[str], str] = getpass.getpass) -> str:
    """Return the passphrase: a file's first line, else `KADENZ_PASSPHRASE`, else as typed; CommandError for none."""
    if file is not None:
        return _checked(_first_line(file), str(file))
    if VARIABLE in os.environ:
        return _checked(os.environ[VARIABLE], VARIABLE)
    if not sys.stdin.isatty():
        raise CommandError(f"there is nobody to ask for the passphrase: name --passphrase-file or set {VARIABLE}")
    typed = _checked(ask("Passphrase: "), "what was typed")
    if twice and ask("The same once more: ") != typed:
        raise CommandError("the two passphrases differ: nothing was written")
    return typed


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.readline(_LONGEST * 4).decode("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise CommandError(f"the passphrase file {file} cannot be read: {why}") from problem


def _checked(passphrase: str, where: str) -> str:
    if not passphrase or len(passphrase) > _LONGEST:
        raise CommandError(f"the passphrase is empty or longer than {_LONGEST} characters ({where})")
    return passphrase


def weak(passphrase: str) -> bool:
    """Return whether a passphrase is too easily guessed to guard years of somebody's health."""
    kinds = sum(size for is_kind, size in _KINDS if any(map(is_kind, passphrase)))
    varied = min(len(passphrase), 3 * len(set(passphrase)))
    return varied * math.log2(max(kinds, 1)) < WEAK_BITS
