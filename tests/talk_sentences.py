"""The labelled sentences: reading, their two halves, and how an answer is judged.

Half A is for building, half B is set aside; a hash of the topic and language decides which family of wording is A.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edge.coach.said import AREAS, SIDES, Constraint
from edge.talk import Taken

PATH = Path(__file__).parent / "sentences" / "sentences.tsv"
STRANGERS = Path(__file__).parent / "sentences"


@dataclass(frozen=True, slots=True)
class Labelled:
    family: str
    text: str
    constraints: tuple[Constraint, ...]
    understood: bool

    @property
    def topic(self) -> str:
        return self.family.split("/")[0]

    @property
    def language(self) -> str:
        return self.family.split("/")[1]

    @property
    def half(self) -> str:
        name, _, number = self.family.rpartition("/")
        first = hashlib.sha256(name.encode()).digest()[0] % 2
        return "A" if int(number) - 1 == first else "B"


def sentences() -> list[Labelled]:
    rows = [line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines()[1:]]
    return [Labelled(family, text, _constraints(expected), expected != "?") for family, expected, text in rows]


def _constraints(expected: str) -> tuple[Constraint, ...]:
    return () if expected in {"-", "?"} else tuple(map(_constraint, expected.split(";")))


def _constraint(short: str) -> Constraint:
    kind, *rest = short.split()
    area = next((w for w in rest if w in AREAS), "")
    side = next((w for w in rest if w in SIDES), "")
    severity = next((float(w) for w in rest if w[0].isdigit()), math.nan)
    situation = next((w[1:] for w in rest if w[0] == "@"), "")
    value = next((float(w[1:]) for w in rest if w[0] == "="), math.nan)
    return Constraint(kind, area, side, severity, situation, value)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A sentence of an invented person, labelled by somebody who had not seen the grammar."""

    person: str
    language: str
    text: str
    constraints: tuple[Constraint, ...]
    also: tuple[tuple[Constraint, ...], ...] = ()
    """Other answers that the writer takes for right."""

    def is_met(self, got: Sequence[Constraint]) -> bool:
        """Return whether an answer is right in the core; a strength that a word was taken for may be left out."""
        answers = (
            set(core(got)),
            set(core([replace(c, severity=math.nan) if isinstance(c.severity, Taken) else c for c in got])),
        )
        return any(set(core(right)) in answers for right in (self.constraints, *self.also))

    def warns(self) -> bool:
        """Return whether every right answer holds a warning sign."""
        return all(any(c.kind == "red_flag" for c in right) for right in (self.constraints, *self.also))


def strangers(which: str) -> list[Stranger]:
    """Return the strangers' sentences of half "A" or "B", or of the set "C"; what was not said is NaN or ""."""
    lines = (STRANGERS / f"strangers_{which.lower()}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Stranger(
            r["person"],
            r["language"],
            r["text"],
            tuple(map(_from_json, r["constraints"])),
            tuple(tuple(map(_from_json, other)) for other in r.get("also", ())),
        )
        for r in rows
    ]


def _from_json(said: dict[str, str | float | None]) -> Constraint:
    words = [str(said[name] or "") for name in ("kind", "area", "side", "situation")]
    numbers = [math.nan if said[name] is None else float(said[name] or 0.0) for name in ("severity", "value")]
    return Constraint(words[0], words[1], words[2], numbers[0], words[3], numbers[1])


def strict(constraints: Sequence[Constraint]) -> list[str]:
    """Return all fields of every constraint, in an order that does not matter."""
    return sorted(repr(c) for c in constraints)


def core(constraints: Sequence[Constraint]) -> list[str]:
    """Return kind, area, side and severity alone, and the minutes of a time."""
    return sorted(f"{c.kind} {c.area} {c.side} {c.severity} {c.value if c.kind == 'time' else ''}" for c in constraints)
