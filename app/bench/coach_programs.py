"""The programs that prove the coach, as parts of a benchmark: each runs by itself and tells its figures.

The rule of this file: it measures nothing; the programs are those of the source tree, run as by hand, at full
size or at a reduced one. Where they are not there (an installed package) the part is named as not measured.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.bench.figures import Figure, Measure, Say, Section

_ROOT = Path(__file__).parents[2]
_PROGRAMS = _ROOT / "tests" / "programs"


@dataclass(frozen=True, slots=True)
class Program:
    """A program, its arguments for a bench (minutes) and for a quick one (seconds), and how its answer is read."""

    file: str
    usual: tuple[str, ...]
    quick: tuple[str, ...]
    read: Callable[[dict[str, object]], Section]


def _section(told: dict[str, object]) -> Section:
    """Return the section of a program that tells figures, breaches and notes."""
    breaches = _lines(told["breaches"])
    figures = tuple(_figure(one) for one in _rows(told["figures"]))
    return Section("", str(told["about"]), figures, notes=(*_lines(told["notes"]), *breaches[:20]))


def _figure(one: dict[str, object]) -> Figure:
    low, high = _number(one["at_least"], -math.inf), _number(one["at_most"], math.inf)
    return Figure(str(one["name"]), _number(one["value"], math.nan), str(one["unit"]), high, low, note=str(one["note"]))


def _safety(told: dict[str, object]) -> Section:
    """Return the section of the program of fuzzed weeks."""
    weeks = f"{told['weeks']} weeks"
    figures = (
        Figure("broken safety rules", _number(told["violations"], math.nan), at_most=0.0, note=weeks),
        Figure("fuzzed weeks", _number(told["weeks"], math.nan)),
        Figure("decisions", _number(told["decisions"], math.nan)),
    )
    about = f"simulated: {weeks} of fuzzed athletes with contradictory data and hostile sentences, seed {told['seed']}"
    return Section("", about, figures)


PROGRAMS = {
    "replay": Program("coach/replay.py", ("2", "--days", "180"), ("2", "--days", "100", "--every", "10"), _section),
    "counterfactual": Program("coach/counterfactual.py", ("400",), ("40",), _section),
    "stale": Program("coach/stale.py", ("50000", "--decisions", "300"), ("2000", "--decisions", "20"), _section),
    "placeholder": Program("coach/placeholder.py", ("20",), ("2", "--values", "1"), _section),
    "safety": Program("safety_fuzz.py", ("--weeks", "10000"), ("--weeks", "60"), _safety),
}


def measure_of(part: str) -> Measure:
    """Return what measures a part; it raises OSError or ValueError where its program is missing or falls over."""

    def measure(recordings: Path, quick: bool, say: Say) -> Section:
        program = PROGRAMS[part]
        arguments = program.quick if quick else program.usual
        say(f"tests/programs/{program.file} {' '.join(arguments)}")
        return program.read(_told(program.file, arguments))

    return measure


def _told(file: str, arguments: tuple[str, ...]) -> dict[str, object]:
    path = _PROGRAMS / file
    if not path.is_file():
        raise OSError(f"tests/programs/{file} is not here: this part is measured in the source tree")
    places = os.pathsep.join(p for p in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if p)
    done = subprocess.run(
        [sys.executable, str(path), *arguments, "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": places},
        check=False,
    )
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise ValueError(f"tests/programs/{file} ended with {done.returncode} and told nothing") from None
    if not isinstance(told, dict):
        raise ValueError(f"tests/programs/{file} told no figures")
    return told


def _rows(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _lines(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) else otherwise


__all__ = ["PROGRAMS", "Program", "measure_of"]
