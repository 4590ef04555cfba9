"""What the programs of proof share: how they report, and the diaries of simulated lives.

The rule of this file: a figure is named, has its goal, and says on what it rests; a life is what `kadenz sim generate`
writes, with its diary as `kadenz import` would make it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.diaries import write_diary
from app.store import Store
from app.store.paths import DIARY_NAME
from hardware_sim.lives import FIRST, draw, live
from hardware_sim.lives.files import Life
from hardware_sim.lives.second import SECOND

WORLDS = {"first": FIRST, "second": SECOND}
EVERY_S = 30.0


@dataclass(frozen=True, slots=True)
class Result:
    """One measured number with its limits; None where there is no limit on that side."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool:
        low, high = self.at_least, self.at_most
        return (low is None or self.value >= low) and (high is None or self.value <= high)


@dataclass(frozen=True, slots=True)
class Report:
    """What a program found: on what data, its figures, and every breach in a line that names how to see it again."""

    about: str
    figures: tuple[Result, ...]
    breaches: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def end(self, as_json: bool) -> int:
        """Print the report and return the exit code: 1 with a breach or a goal that is missed."""
        if as_json:
            told = {"about": self.about, "breaches": list(self.breaches[:40]), "notes": list(self.notes)}
            print(json.dumps({**told, "figures": [asdict(one) for one in self.figures]}))
        else:
            print(self.about)
            for one in self.figures:
                print(f"{'ok  ' if one.reached else 'MISS'} {one.name}: {one.value:g} {one.unit} {one.note}".rstrip())
            print("\n".join([*self.notes, *self.breaches[:40]]))
        return 1 if self.breaches or any(not one.reached for one in self.figures) else 0


class Progress:
    """Tells on stderr how far a program is and how long it will take, at most once in ten seconds."""

    def __init__(self, whole: int) -> None:
        self.whole, self.begun_s, self.told_s = whole, time.monotonic(), time.monotonic()

    def at(self, done: int) -> None:
        now_s = time.monotonic()
        if done and now_s - self.told_s >= 10.0:
            left_s = (now_s - self.begun_s) / done * (self.whole - done)
            print(f"{done} of {self.whole}, about {left_s:.0f} s left", file=sys.stderr, flush=True)
            self.told_s = now_s


def options(about: str, size: str, default: int) -> argparse.ArgumentParser:
    """Return a parser with what every program takes."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("size", nargs="?", type=int, default=default, help=size)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser


def life_of(world: str, seed: int, number: int, days: int) -> Life:
    """Return the life of a drawn person in a world."""
    people = draw(seed, 1, number)
    return Life(people, live(people, days, WORLDS[world]), 0, world, EVERY_S)


@contextmanager
def diary(life: Life) -> Iterator[Store]:
    """Open the diary of a life, which is gone at the end."""
    with tempfile.TemporaryDirectory() as folder:
        write_diary(life, Path(folder), life.files())
        with Store(Path(folder) / DIARY_NAME) as store:
            yield store
