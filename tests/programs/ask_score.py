"""Scores `kadenz ask`: why-questions with one planted cause, and slow runs without any, on simulated people.

    python tests/programs/ask_score.py --people 400 --seed 1

Simulated throughout: runs by formula with scatter (tests/test_ask.py), one cause planted in yesterday's run or in the
last seven days; longer ways are slower by Riegel's exponent, by chance too. Right: the cause named first is the planted
one. Invented: any other cause, but for a length that by chance truly slows by 0.8 % or more. Questions are asked in
both languages by turns.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from coach_people import NOON, run
from test_ask import CAUSES, answered, planted, usual

from edge.coach.said import Constraint, Said
from edge.coach.types import RunFact

RUN = ("why was yesterday slow?", "warum war ich gestern so langsam?")
WEEK = ("why am I slower than last week?", "warum bin ich langsamer als letzte Woche?")
WEEK_CAUSES = ("hills", "easier", "long", "said sleep", "")


def week_of(cause: str, rng: np.random.Generator) -> tuple[list[RunFact], tuple[Said, ...]]:
    """Return a life whose last seven days are slow for one reason ("" for none in the diary), and what was said."""
    runs, said, slow, climb, bpm, far = [], (), 1.06, 6.0, 145.0, 1.0
    if cause == "hills":
        climb = rng.uniform(25.0, 45.0)
        slow = 1.0 + 7.92 * (climb - 6.0) / 1000.0
    elif cause == "easier":
        slow, bpm = rng.uniform(1.10, 1.2), 145.0 - rng.uniform(14.0, 20.0)
    elif cause == "long":
        far = rng.uniform(2.0, 3.0)
        slow = far**0.06
    elif cause == "said sleep":
        said = (Said(Constraint("sleep", situation="bad"), NOON - 2.2 * 86400.0),)
    for ago in (1, 2, 4, 6, 8, 10, 11, 13, *range(15, 60, 2)):
        new = ago < 7
        pace = 350.0 * float(np.exp(0.015 * rng.normal())) * (slow if new else 1.0)
        metres = 8000.0 * float(np.exp(0.1 * rng.normal())) * (far if new else 1.0)
        pace *= (metres / 8000.0) ** 0.06 if cause != "long" or not new else 1.0
        one = run(float(ago), metres, pace, hr=(bpm if new else 145.0) + 3.0 * rng.normal())
        runs.append(dataclasses.replace(one, ascent_m=(climb if new else 6.0) * metres / 1000.0))
    return runs, said


def _long_share(runs: list[RunFact]) -> float:
    """Return the share by which the last seven days are slower for their length alone."""
    new = [one.distance_m for one in runs if NOON - one.start_unix_s < 7 * 86400.0]
    old = [one.distance_m for one in runs if 7 * 86400.0 <= NOON - one.start_unix_s < 14 * 86400.0]
    return float((np.mean(new) / np.mean(old)) ** 0.06 - 1.0)


def score(people: int, seed: int) -> dict[str, dict[str, float]]:
    """Return by question how many were asked, the share that is right, and how many causes were invented."""
    counts = {name: [0, 0, 0] for name in ("a run", "a run without a cause", "a week", "a week without a cause")}
    for person in range(people):
        for number, (cause, name) in enumerate(CAUSES.items()):
            rng = np.random.default_rng([seed, person, number])
            slow, said = planted(cause, rng)
            _count(counts["a run"], answered(RUN[person % 2], [*usual(rng), slow], said).causes, name)
        rng = np.random.default_rng([seed, person, 90])
        slow = dataclasses.replace(run(1.0, 8000.0, 350.0 * 1.07, hr=145.0), ascent_m=48.0)
        _count(counts["a run without a cause"], answered(RUN[person % 2], [*usual(rng), slow]).causes, "")
        for number, name in enumerate(WEEK_CAUSES):
            runs, said = week_of(name, np.random.default_rng([seed, person, 100 + number]))
            told, true = answered(WEEK[person % 2], runs, said), _long_share(runs)
            causes = tuple(one for one in told.causes if one != "long" or name == "long" or true < 0.008)
            _count(counts["a week" if name else "a week without a cause"], causes, name)
    return {k: {"asked": n, "right": right / n, "invented": invented} for k, (n, right, invented) in counts.items()}


def _count(counts: list[int], causes: tuple[str, ...], planted_name: str) -> None:
    counts[0] += 1
    counts[1] += causes[:1] == ((planted_name,) if planted_name else ())
    counts[2] += any(one != planted_name for one in causes)


def main() -> int:
    """Print the score as JSON; 1 where a run's or a week's causes are right in less than 95 %, or one is invented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = score(args.people, args.seed)
    print(json.dumps(found, indent=1))
    return int(any(one["right"] < 0.95 or one["invented"] for one in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
