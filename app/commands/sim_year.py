"""`kadenz sim year`: a year of one simulated person, coached every morning, written as a picture story.

The rule of this file: it reads the command line; the year is `app.year`'s and the story `app.year_story`'s.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from hardware_sim.commands import CommandError

DESCRIPTION = (
    "A simulated person lives a year; every morning the coach decides from what their diary would hold, and they "
    "follow or not. The story shows plan against done, the turning points with their reasons, beliefs beside the "
    "truth, and which rules spoke. All of it is simulated. Pictures need: pip install 'kadenz[bench]'."
)
_PEOPLE = ("beginner", "returner", "mover")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `year`."""
    parser.description = DESCRIPTION
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="whose life (default: 1)")
    parser.add_argument("--person", choices=_PEOPLE, default="", help="whose story (default: the seed chooses)")
    parser.add_argument("--days", type=int, default=365, metavar="D", help="how many days (default: 365)")
    parser.add_argument("--world", choices=("first", "second"), default="second", help="which physiology")
    parser.add_argument("--out", type=Path, default=Path("year"), metavar="DIR", help="the folder (default: year)")
    parser.add_argument("--json", action="store_true", help="print one JSON document; what happens goes to stderr")


def run(args: argparse.Namespace) -> int:
    """Play the year and write the story; CommandError where an option or the folder makes no sense."""
    if args.seed < 0 or not 7 <= args.days <= 3650:
        raise CommandError("a seed from 0 on, and 7 to 3,650 days")
    try:
        from app.year_story import write_story, year_document
    except ImportError as problem:
        raise CommandError(f"{problem}; the pictures come with: pip install 'kadenz[bench]'") from problem
    from app.coach import bundled_predictor
    from app.year import CASTS, play
    from hardware_sim.lives.first import FIRST
    from hardware_sim.lives.second import SECOND
    from models.learner import PersonLearner

    cast = CASTS[args.person or _PEOPLE[args.seed % len(_PEOPLE)]]
    world = FIRST if args.world == "first" else SECOND
    year = play(args.seed, cast, world, args.days, PersonLearner(), bundled_predictor(), _Progress().say)
    try:
        page = write_story(year, args.out)
    except OSError as problem:
        raise CommandError(f"the story cannot be written to {args.out}: {problem.strerror or problem}") from problem
    if args.json:
        print(json.dumps(year_document(year, page)))
    else:
        print(f"{cast.title}: {len(year.days)} days in {page}")
    return 0


class _Progress:
    """Tells on stderr how far the year is, every ten seconds, and how long it may take."""

    def __init__(self) -> None:
        self._begun_s = self._told_s = time.monotonic()

    def say(self, done: int, whole: int) -> None:
        """Tell where the year stands."""
        now_s = time.monotonic()
        if now_s - self._told_s >= 10.0 and done < whole:
            self._told_s = now_s
            left_s = (now_s - self._begun_s) / done * (whole - done)
            print(f"day {done} of {whole}, about {left_s:.0f} s left", file=sys.stderr, flush=True)
