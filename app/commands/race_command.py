"""`kadenz race add`, `list` and `pace`: races to come, results, and how to run a course."""

from __future__ import annotations

import argparse
import math
import time
from datetime import date, timedelta
from pathlib import Path

from app.arguments import day, distance_m, duration_s
from app.coach_text import console
from app.language import add_language_option, date_words, language_for
from app.output import CommandError, add_common_options, print_json
from app.race_pacing import course_pacing, pacing_document, show_pacing
from app.store import Store, StoreError, diary_path
from device.files.course import read_course
from edge.coach.phrases import say
from edge.coach.types import Race
from edge.coach.words import clock, race_name

_EPOCH = date(1970, 1, 1)
_RANGE_M = (400.0, 400_000.0)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz race`."""
    verbs = parser.add_subparsers(dest="verb", metavar="add|list|pace", required=True)
    add = verbs.add_parser("add", help="enter a race to come, or a result", description="Enter a race or a result.")
    add.add_argument(
        "--distance", type=distance, required=True, metavar="DISTANCE", help="10k, half, marathon, 7.5km or m"
    )
    add.add_argument("--date", type=_day, required=True, metavar="YYYY-MM-DD", help="its day")
    add.add_argument("--time", type=duration_s, default=math.nan, metavar="H:MM:SS", help="your time, once it is run")
    add.add_argument("--name", default="", metavar="TEXT", help="its name")
    add_language_option(add)
    add_common_options(add)
    shown = verbs.add_parser("list", help="list the races", description="List the races in the diary.")
    add_language_option(shown)
    add_common_options(shown)
    paced = verbs.add_parser(
        "pace", help="how to run a course", description="Lay a time over a course, split by split."
    )
    paced.add_argument("--course", type=Path, required=True, metavar="FILE.gpx", help="the course, with altitudes")
    paced.add_argument("--time", type=duration_s, default=math.nan, metavar="H:MM:SS",
                       help="the time that you want on this course (default: predicted from your diary)")  # fmt: skip
    paced.add_argument("--split", type=distance, default=1000.0, metavar="DISTANCE", help="length of a split")
    add_language_option(paced)
    add_common_options(paced)


def distance(text: str) -> float:
    """Return a race distance in m."""
    return distance_m(text, _RANGE_M, "a race has 400 m to 400 km")


def _day(text: str) -> int:
    return (day(text) - _EPOCH).days


def run(args: argparse.Namespace) -> int:
    """Enter a race, or list them."""
    try:
        with Store(diary_path(args.db)) as store:
            if args.verb == "pace":
                return _pace(store, args)
            if args.verb == "add":
                race = Race(args.date, args.distance, args.time, args.name)
                _believable(race)
                store.add_race(race)
            races, language = store.races(), language_for(args.lang, store)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json([race_document(race) for race in races])
    else:
        _tell(races, language)
    return 0


def _pace(store: Store, args: argparse.Namespace) -> int:
    """Show how to run a course, in a wanted time or in the one that the diary predicts."""
    try:
        found = read_course(args.course)
        language = language_for(args.lang, store)
        told = course_pacing(store, found, args.time, args.split, time.time(), language)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(pacing_document(found.name, told))
    else:
        show_pacing(found.name, told, language)
    return 0


def _believable(race: Race) -> None:
    """Raise CommandError for a result that nobody has run: faster than 7.5 m/s or slower than 0.5 m/s."""
    if math.isfinite(race.time_s) and not 0.5 <= race.distance_m / max(race.time_s, 1.0) <= 7.5:
        raise CommandError(f"{clock(race.time_s)} over {race_name(race.distance_m)} is not a running time")


def race_document(race: Race) -> dict[str, object]:
    """Return a race as `--json` prints it: day as a date, m, s or NaN, name."""
    day = (_EPOCH + timedelta(days=race.day)).isoformat()
    return {"date": day, "distance_m": race.distance_m, "time_s": race.time_s, "name": race.name}


def _tell(races: list[Race], language: str) -> None:
    out = console()
    if not races:
        out.print(say(language, "No races yet: kadenz race add --distance half --date 2027-04-18 --name 'City Half'"))
    for race in races:
        day = date_words(language, (_EPOCH + timedelta(days=race.day)).isoformat())
        result = clock(race.time_s) if math.isfinite(race.time_s) else say(language, "to come")
        far = say(language, "{race_m:race}", race_m=race.distance_m)
        out.print(f"{day}  {far:>13}  {result:>8}  {race.name}")
