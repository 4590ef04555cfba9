"""The programs that prove the coach, as parts of a benchmark: each runs by itself and tells its figures.

The rule of this file: it measures nothing; the programs are those of the source tree, run as by hand, at full
size or at a reduced one, or what they told before (`--told`). Where they are not there (an installed package) the part
is named as not measured.
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
    """A program, its arguments for a bench (a minute), in full (hours) and quick (seconds), and how it is read."""

    file: str
    usual: tuple[str, ...]
    quick: tuple[str, ...]
    full: tuple[str, ...]
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
    """Return the section of the program of fuzzed weeks; the weeks are those that were really played."""
    weeks, seen = f"{told['weeks']} of {told['weeks_asked']} weeks", told["seen"]
    counts = seen if isinstance(seen, dict) else {}
    rules = sum(name.startswith(("R-", "F-")) for name in counts)
    figures = (
        Figure("broken safety rules", _number(told["violations"], math.nan), at_most=0.0, note=weeks),
        Figure("fuzzed weeks", _number(told["weeks"], math.nan), at_least=_number(told["weeks_asked"], math.nan)),
        Figure("decisions", _number(told["decisions"], math.nan)),
        Figure("rules that spoke", float(rules)),
        Figure("hostile picks that were put first or logged", _number(counts.get("picked"), 0.0)),
        Figure("runs played, with taps and verdicts of the gait", _number(counts.get("run"), 0.0)),
        Figure("weeks a second of one core", _number(told["weeks_per_cpu_s"], math.nan), note="with other work beside"),
    )
    about = f"simulated: {weeks} of fuzzed athletes with contradictory data and hostile sentences, seed {told['seed']}"
    return Section("", about, figures, notes=tuple(line.partition(" Person(")[0] for line in _lines(told["found"])[:3]))


PROGRAMS = {
    "replay": Program(
        "coach/replay.py", ("2", "--days", "90"), ("2", "--days", "100", "--every", "10"), ("4",), _section
    ),
    "counterfactual": Program("coach/counterfactual.py", ("150",), ("40",), ("2000",), _section),
    "stale": Program(
        "coach/stale.py", ("20000", "--decisions", "100"), ("2000", "--decisions", "20"), ("1000000",), _section
    ),
    "placeholder": Program("coach/placeholder.py", ("6",), ("2", "--values", "1"), ("40",), _section),
    "safety": Program(
        "safety_fuzz.py", ("--weeks", "3000"), ("--weeks", "60"), ("--weeks", "1000000", "--processes", "2"), _safety
    ),
}
SIZES = ("usual", "full")


def measure_of(part: str, size: str = "usual", seed: int | None = None, told: Path | None = None) -> Measure:
    """Return what measures a part; it raises OSError or ValueError where its program is missing or falls over.

    `told` is a folder with what programs printed with `--json` before, as PART.json: where there is one it is read.
    """

    def measure(recordings: Path, quick: bool, say: Say) -> Section:
        program = PROGRAMS[part]
        before = told / f"{part}.json" if told else None
        if before is not None and before.is_file():
            say(f"as it was told in {before.name}")
            return program.read(_document(before.read_text(), before.name))
        arguments = program.quick if quick else program.full if size == "full" else program.usual
        arguments = (*arguments, *(("--seed", str(seed)) if seed is not None else ()))
        say(f"tests/programs/{program.file} {' '.join(arguments)}")
        return program.read(_told(program.file, arguments))

    return measure


def _document(text: str, name: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except ValueError:
        raise ValueError(f"{name} is no JSON") from None
    if not isinstance(told, dict):
        raise ValueError(f"{name} told no figures")
    return told


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
    if not done.stdout.strip():
        raise ValueError(f"tests/programs/{file} ended with {done.returncode} and told nothing")
    return _document(done.stdout, f"the answer of tests/programs/{file}")


def _rows(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _lines(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, (int, float)) else otherwise


__all__ = ["PROGRAMS", "SIZES", "Program", "measure_of"]
