"""`kadenz export`: what leaves the house, each kind by an option of its own.

The rule of this file: it reads the command line and tells; what is written is the business of `app.exporting`.
"""

from __future__ import annotations

import argparse
import math
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app.coach import decide_today, facts_of, state_of
from app.commands.today_command import moment, place_of
from app.language import add_language_option, language_for
from app.output import CommandError, add_common_options, print_json, say
from app.physio import physio_page, physio_text
from app.store import Store, StoreError, diary_path
from device.files.laying import WHY, Unheld
from edge.coach import phrases
from edge.coach.columns import runs_until

_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz export`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--workout", type=Path, metavar="FILE.fit", help="today's session as a workout for a watch")
    what.add_argument("--plan", type=Path, metavar="FILE.ics", help="the coming days as a calendar")
    what.add_argument(
        "--activity", nargs=2, metavar=("RUN", "FILE"), help="one run (its id, or `last`) as .fit, .gpx or .tcx"
    )
    what.add_argument(
        "--all", type=Path, metavar="DIR", help="everything, in open formats, for another Kadenz or your own eyes"
    )
    what.add_argument("--for", dest="reader", choices=("physio",), help="a page for somebody who helps you")
    parser.add_argument("--out", type=Path, metavar="FILE", help="with --for: write to this file (default: stdout)")
    add_language_option(parser)
    parser.add_argument("--place", metavar="LAT,LON", help="with --workout and --plan: where you are, as for today")
    parser.add_argument(
        "--at", type=_hour, default=None, metavar="HH:MM", help="with --plan: when sessions start, or `all-day` "
        "(default: your usual hour, where you have one)",
    )  # fmt: skip
    add_common_options(parser)
    parser.epilog = (
        "A file is written whole or not at all. What a format cannot hold is said on stderr; --all holds everything, "
        "and `kadenz import DIR` takes it back. The page for a physiotherapist holds no positions; the others do."
    )


def _hour(text: str) -> float:
    if text == "all-day":
        return math.nan
    found = _HOUR.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is neither HH:MM nor all-day")
    return int(found[1]) + int(found[2]) / 60.0


class _Chosen(NamedTuple):
    write: Callable[[Store, argparse.Namespace], int]
    on: bool


def run(args: argparse.Namespace) -> int:
    """Write what was asked for."""
    kinds = (
        _Chosen(_workout, args.workout is not None), _Chosen(_plan, args.plan is not None),
        _Chosen(_activity, args.activity is not None), _Chosen(_everything, args.all is not None),
        _Chosen(_physio, True),
    )  # fmt: skip
    write = next(kind.write for kind in kinds if kind.on)
    try:
        with Store(diary_path(args.db), create=False) as store:
            args.lang = language_for(args.lang, store)
            return write(store, args)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem


def _written(args: argparse.Namespace, path: Path, **more: object) -> int:
    """Say what was written: one document, or one line."""
    if args.json:
        print_json({"file": str(path), **more})
    else:
        say(phrases.say(args.lang, "written: {file:word}", file=str(path)))
    return 0


def _workout(store: Store, args: argparse.Namespace) -> int:
    from app.exporting.files import write_whole
    from app.exporting.sessions import workout_of
    from device.files.workout import fit_workout

    here = None if args.place is None else place_of(args.place)
    now_unix_s, offset_s = moment(None, facts_of(store))
    decision_id, decision = decide_today(store, now_unix_s, here, utc_offset_s=offset_s, language=args.lang)
    workout = workout_of(decision, args.lang)
    if workout is None:
        text = "Today is no day for a session on a watch: {show:word}"
        raise CommandError(phrases.say(args.lang, text, show=decision.show))
    write_whole(args.workout, fit_workout(workout, now_unix_s, int(decision_id[:6], 16)))
    return _written(args, args.workout, decision=decision_id, workout=workout)


def _plan(store: Store, args: argparse.Namespace) -> int:
    from app.exporting.files import write_whole
    from app.exporting.plan import calendar_id, plan_calendar, usual_hour, with_today
    from app.planning import plan_of

    here = None if args.place is None else place_of(args.place)
    facts = facts_of(store)
    now_unix_s, offset_s = moment(None, facts)
    week = plan_of(store, now_unix_s, here, utc_offset_s=offset_s, language=args.lang).week
    _, decision = decide_today(store, now_unix_s, here, utc_offset_s=offset_s, language=args.lang)
    week = with_today(week, decision, int((now_unix_s + offset_s) // 86400.0))
    hour = usual_hour(facts, now_unix_s) if args.at is None else args.at
    made = plan_calendar(week, calendar_id(store, now_unix_s), hour, args.lang)
    write_whole(args.plan, made.content)
    return _written(args, args.plan, days=[day.isoformat() for day in made.days], hour=made.hour)


def _activity(store: Store, args: argparse.Namespace) -> int:
    from app.exporting.files import write_whole
    from app.exporting.runs import activity_file, format_of

    run_id, path = args.activity[0], Path(args.activity[1])
    made = activity_file(store, run_id, format_of(path))
    write_whole(path, made.content)
    for one in (*(_unheld(args.lang, one) for one in made.unheld), *made.damage):
        say(phrases.say(args.lang, "not in the file: {what:word}", what=one))
    return _written(args, path, run=made.run.run_id, format=made.form, unheld=made.unheld, damage=made.damage)


def _unheld(language: str, one: Unheld) -> str:
    return phrases.say(language, WHY[one.why], what=one.what, count=float(one.count))


def _everything(store: Store, args: argparse.Namespace) -> int:
    from app.exporting.everything import export_all

    made = export_all(store, args.all, time.time())
    if made.damaged:
        text = "{count:count} damaged rows were left out: run `kadenz doctor`"
        say(phrases.say(args.lang, text, count=float(made.damaged)))
    if args.json:
        print_json({"folder": str(args.all), **made.counts(), "damaged": made.damaged})
        return 0
    text = "{file:word}: {runs:count} runs, {rows:count} rows in {files:count} files"
    numbers = {"runs": float(made.runs), "rows": float(made.rows), "files": float(made.files)}
    say(phrases.say(args.lang, text, file=str(args.all), **numbers))
    return 0


def _physio(store: Store, args: argparse.Namespace) -> int:
    """Write the page for a physiotherapist, or print it."""
    now_unix_s = time.time()
    facts = facts_of(store)
    state = state_of(store, now_unix_s, facts=facts)
    page = physio_page(state, runs_until(facts, now_unix_s, state.utc_offset_s).facts, state.said)
    if args.json:
        print_json(page)
        return 0
    made = datetime.fromtimestamp(now_unix_s + state.utc_offset_s, UTC).date().isoformat()
    text = physio_text(page, made)
    if args.out is None:
        print(text, end="")
        return 0
    try:
        args.out.write_text(text)
    except OSError as problem:
        raise CommandError(f"{args.out} cannot be written: {problem.strerror or problem}") from problem
    say(f"written: {args.out}")
    return 0
