"""`kadenz trip`: tell of a journey, or let a calendar file tell, so that the place is met before the hard session.

The rule of this file: it reads the command line and shows; trips are `app.trips`', calendars `app.calendars`'.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.coach import facts_of
from app.commands.today_command import place_of
from app.language import date_words, language_for
from app.output import CommandError, iso_time, say
from app.place_names import place_in
from app.store import Store, diary_path
from app.trip_feed import asked, question_of
from app.trips import Trip, ahead_of, home_among, is_away, keep, trips_of, under_way
from edge.coach.languages import LANGUAGES
from edge.coach.phrases import say as in_language
from edge.coach.sources import source_words
from edge.coach.types import Place

if TYPE_CHECKING:
    from app.calendars import Calendar


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the ways of `trip`."""
    ways = parser.add_subparsers(dest="way", metavar="WAY")
    add = ways.add_parser("add", help="tell of a journey")
    add.add_argument("place", help='a town ("Denver", "Denver, CO", "München") or LAT,LON')
    add.add_argument("--arrive", required=True, metavar="DATE", help="the day of arrival, 2026-12-01")
    add.add_argument("--leave", default="", metavar="DATE", help="the day of leaving")
    calendar = ways.add_parser("import", help="read the journeys of a calendar file")
    calendar.add_argument("file", type=Path, metavar="FILE.ics")
    ways.add_parser("list", help="show what is known (the default)")
    remove = ways.add_parser("remove", help="forget a journey by its number in the list")
    remove.add_argument("number", type=int, metavar="N")
    watch = ways.add_parser("watch", help="notice journeys in the samples of a phone or watch, one JSON object a line")
    watch.add_argument("file", metavar="FILE", help="JSONL with unix_s, pressure_pa, latitude_deg, ...; - reads stdin")
    watch.add_argument(
        "--lines", action="store_true", help="print a JSON line for each event, and when fixes would help (every_s)"
    )
    for one in (parser, *ways.choices.values()):
        one.add_argument("--db", type=Path, default=argparse.SUPPRESS, help="the diary")
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="the language of what is shown")


def run(args: argparse.Namespace) -> int:
    """Do what was asked and show the journeys; CommandError names what cannot be."""
    args.json, now = getattr(args, "json", False), time.time()
    with Store(diary_path(getattr(args, "db", None))) as store:
        return _run(store, args, now)


def _run(store: Store, args: argparse.Namespace, now: float) -> int:
    known, home = trips_of(store), home_among(facts_of(store), now)
    left_out: tuple[tuple[str, int], ...] = ()
    damaged: tuple[str, ...] = ()
    language = language_for(getattr(args, "lang", None), store)
    if args.way == "add":
        keep(store, (*known, _typed(args, home)), now)
    elif args.way == "import":
        read = _imported(args.file, home, now)
        left_out, damaged = read.left_out, read.damaged
        keep(store, (*known, *read.trips), now)
    elif args.way == "remove":
        if not 1 <= args.number <= len(known):
            text = "there is no journey {number:count}; `kadenz trip list` shows {known:count}"
            raise CommandError(in_language(language, text, number=args.number, known=len(known)))
        keep(store, [trip for number, trip in enumerate(known, 1) if number != args.number], now)
    elif args.way == "watch":
        from app.trip_watch import watched

        return watched(store, home, args.file, args.json, args.lines, language)
    if args.json:
        _print_json(store, home, now, left_out, damaged)
    else:
        _show(store, home, now, left_out, damaged, language)
    return 0


def _typed(args: argparse.Namespace, home: Place | None) -> Trip:
    place = place_in(args.place) or place_of(args.place)
    arrive, leave = _noon_s(args.arrive, place), _noon_s(args.leave, place) if args.leave else math.nan
    if leave <= arrive:
        raise CommandError(f"leaving on {args.leave} is not after arriving on {args.arrive}")
    if not is_away(place, home):
        raise CommandError(f"{place.name} is where you usually run: that is no journey")
    return Trip(place, arrive, leave, "you said")


def _noon_s(text: str, place: Place) -> float:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is no date like 2026-12-01") from None
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    return noon - 3600.0 * round(place.longitude_deg / 15.0)


def _imported(path: Path, home: Place | None, now: float) -> Calendar:
    from app.calendars import read_calendar

    try:
        return read_calendar(path, home, now)
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror or problem}") from problem
    except ValueError as problem:
        raise CommandError(str(problem)) from problem


def _print_json(
    store: Store, home: Place | None, now: float, left_out: tuple[tuple[str, int], ...], damaged: tuple[str, ...]
) -> None:
    trips, question = trips_of(store), question_of(store)
    ahead, on = ahead_of(trips, home, now), under_way(trips, home, now)
    rows = [
        {
            "place": t.place.name, "country": t.place.country, "altitude_m": t.place.altitude_m,
            "arrive": iso_time(t.arrive_unix_s), "leave": iso_time(t.leave_unix_s) if t.leave_unix_s > 0 else None,
            "source": t.source,
        }
        for t in trips
    ]  # fmt: skip
    document = {"trips": rows, "next": ahead.name if ahead else None, "now": on.place.name if on else None}
    asks = None if question is None else {"altitude_m": question[0], "since": iso_time(question[1])}
    print(json.dumps({**document, "left_out": dict(left_out), "damaged": list(damaged), "question": asks}))


def _show(
    store: Store,
    home: Place | None,
    now: float,
    left_out: tuple[tuple[str, int], ...],
    damaged: tuple[str, ...],
    language: str,
) -> None:
    trips, question = trips_of(store), question_of(store)
    on = under_way(trips, home, now)
    for line in damaged:
        say(in_language(language, "damaged, left out: {line:word}", line=line))
    for reason, count in left_out:
        say(in_language(language, "{count:count} left out: {reason:word}", count=count, reason=reason))
    if not trips:
        text = "No journeys. Tell of one: kadenz trip add Denver --arrive 2026-12-01, or kadenz trip import FILE.ics"
        print(in_language(language, text))
    for number, t in enumerate(trips, 1):
        print(f"{number}  {_line(t, language)}{in_language(language, ' (now)') if t is on else ''}")
    if question is not None:
        print(asked(*question, language))


def _line(trip: Trip, language: str) -> str:
    arrive, leave = (
        date_words(language, iso_time(at)[:10]) if math.isfinite(at) else ""
        for at in (trip.arrive_unix_s, trip.leave_unix_s)
    )
    text = "{place:word}, {country:word}, {height_m:metres}: {arrive:word} to {leave:word}, {source:word}"
    if not leave:
        text = "{place:word}, {country:word}, {height_m:metres}: {arrive:word}, {source:word}"
    return in_language(
        language, text, place=trip.place.name, country=trip.place.country, height_m=trip.place.altitude_m,
        arrive=arrive, leave=leave, source=source_words(language, trip.source),
    )  # fmt: skip
