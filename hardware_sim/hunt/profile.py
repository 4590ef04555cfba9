"""What a program does when nothing is wrong: which lines it prints, how their numbers move, what it subscribes to.

The rule of this file: everything is learned from undisturbed trials; a line is known by its form, which is the text
with its numbers taken out.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hardware_sim.hunt.trial import Observation
from hardware_sim.transcript import Line

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_AGAIN_S = 0.02
_LIVE_LINES = 4
_EVEN = 0.6


def form(text: str) -> str:
    """Return the form of a line: its text with # for every number."""
    return _NUMBER.sub("#", text)


def numbers(text: str) -> tuple[float, ...]:
    """Return the numbers of a line in their order."""
    return tuple(float(found) for found in _NUMBER.findall(text))


def deliveries(air: Sequence[Line], tracker: str = "") -> list[Line]:
    """Return the notifications that a program received, each once however often it was delivered."""
    last: dict[tuple[str, str], Line] = {}
    kept = []
    for line in air:
        if line.what != "notify" or tracker not in ("", line.tracker):
            continue
        before = last.get((line.tracker, line.uuid))
        last[line.tracker, line.uuid] = line
        if before is None or before.payload != line.payload or line.t_s - before.t_s > _AGAIN_S:
            kept.append(line)
    return kept


@dataclass(frozen=True, slots=True)
class Slot:
    """One number of a form, as undisturbed trials showed it."""

    low: float
    high: float
    rises: bool
    """True: within each trial it climbed evenly, as time, distance and counts do."""
    constant: bool
    counts: bool
    """True: in each trial it was the number of notifications received, give or take one."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of line: how many lines a notification gives (NaN where that is not steady) and its numbers."""

    text: str
    live: bool
    """True: it is printed all the time while data come."""
    per_notification: bool
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a program does when nothing is wrong."""

    wanted: frozenset[tuple[str, str]]
    forms: dict[str, Form]
    exit_codes: frozenset[int]
    complaints: frozenset[str]
    runs_on: bool
    """True: it runs until it is asked to end."""
    ends_when_asked: bool


def learn(trials: Sequence[Observation]) -> Profile:
    """Return the profile that undisturbed trials show."""
    texts = set.intersection(*({form(line.text) for line in t.printed} for t in trials))
    return Profile(
        wanted=frozenset.intersection(*(t.left_subscribed for t in trials)),
        forms={text: _form(text, trials) for text in texts},
        exit_codes=frozenset(t.exit_code for t in trials),
        complaints=frozenset(form(line) for t in trials for line in t.complaints),
        runs_on=not any(t.ended_alone for t in trials),
        ends_when_asked=not any(t.killed for t in trials),
    )


def _form(text: str, trials: Sequence[Observation]) -> Form:
    rows = [[line for line in trial.printed if form(line.text) == text] for trial in trials]
    counts = [len(deliveries(trial.air)) for trial in trials]
    columns: dict[int, list[list[float]]] = defaultdict(list)
    for lines in rows:
        for place, column in enumerate(zip(*(numbers(line.text) for line in lines), strict=False)):
            columns[place].append(list(column))
    return Form(
        text=text,
        live=all(len(lines) >= _LIVE_LINES for lines in rows),
        per_notification=all(
            abs(len(lines) - count) <= 1 and count > 2 for lines, count in zip(rows, counts, strict=True)
        ),
        slots=tuple(_slot(columns[place], counts) for place in sorted(columns)),
    )


def _slot(series: Sequence[Sequence[float]], counts: Iterable[int]) -> Slot:
    every = [value for column in series for value in column]
    return Slot(
        low=min(every),
        high=max(every),
        rises=all(_rises(column) for column in series),
        constant=min(every) == max(every),
        counts=all(abs(column[-1] - count) <= 1 and count > 4 for column, count in zip(series, counts, strict=False)),
    )


def _rises(column: Sequence[float]) -> bool:
    """Return whether a number climbs evenly, as time, distance and counts do and a pulse does not."""
    steps = [b - a for a, b in itertools.pairwise(column)]
    if len(steps) < 4 or min(steps) < 0.0:
        return False
    return statistics.fmean(steps) > 0.0 and statistics.pstdev(steps) <= _EVEN * statistics.fmean(steps)
