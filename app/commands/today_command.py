"""`kadenz today`: today's session, why, what else was possible, and the card that matters now."""

from __future__ import annotations

import argparse
import math
import re
import time
from datetime import UTC, date, datetime

from app import places, trials
from app.arguments import day
from app.coach import decide_today, document, facts_of
from app.coach_profile import add_profile_options, asked, can_ask, stated
from app.coach_text import console, show_decision
from app.language import add_language_option, language_for
from app.output import CommandError, add_common_options, print_json
from app.plan_text import plan_document, show_plan
from app.planning import Plan, accept, plan_of, undo
from app.store import Store, StoreError, diary_path
from app.trip_feed import asked as asked_height
from app.trip_feed import question_of
from edge.coach.types import Decision, Place, RunFact

_SOUTH_OR_WEST = re.compile(r"^-\d*\.?\d+(,.*)?$")
_DAY_S = 86400.0
_EPOCH = date(1970, 1, 1)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz today`."""
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day to decide for (default: today)")
    parser.add_argument(
        "--place", type=str, metavar="LAT,LON", help='where you are: "39.74,-104.99", or a name such as "Denver, US"'
    )
    parser.add_argument("--week", action="store_true", help="show the coming days, and what changed since you accepted")
    parser.add_argument("--accept", action="store_true", help="accept the changes of the coming days")
    parser.add_argument("--undo", type=day, metavar="YYYY-MM-DD", help="want back what was planned for that day")
    add_language_option(parser)
    add_profile_options(parser)
    add_common_options(parser)
    parser._negative_number_matcher = _SOUTH_OR_WEST  # a southern latitude is a value, not an option
    parser.epilog = "General guidance, not medical advice. Every decision is kept: `kadenz why ID` shows it again."


def run(args: argparse.Namespace) -> int:
    """Decide, keep the decision in the diary, and show it."""
    here = None if args.place is None else place_of(args.place)
    try:
        with Store(diary_path(args.db)) as store:
            return _run(store, args, here)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem


def _run(store: Store, args: argparse.Namespace, here: Place | None) -> int:
    before = store.profile()
    profile = stated(args, before)
    facts = facts_of(store)
    if not facts and not profile.experience and can_ask(args.json):
        profile = asked(profile)
    if repr(profile) != repr(before):
        store.save_profile(profile)
    now_unix_s, offset_s = moment(args.date, facts)
    language = language_for(args.lang, store)
    decision_id, decision = decide_today(store, now_unix_s, here, utc_offset_s=offset_s, language=language)
    plan = _plan(store, args, now_unix_s, here, offset_s, language)
    if args.undo is not None:  # what the person wants may have changed today itself
        decision_id, decision = decide_today(store, now_unix_s, here, utc_offset_s=offset_s, language=language)
    compared = _compared(store, decision, int((now_unix_s + offset_s) // _DAY_S), language)
    if args.json:
        week = {} if plan is None else plan_document(plan)
        told = {} if compared is None else {"trial": list(compared)}
        print_json({**document(decision, decision_id, offset_s), **week, **told})
    else:
        show_decision(decision, decision_id, offset_s, language)
        for line in (*(compared or ()), *_journey_question(store, language)):
            console().print(line, markup=False)
        if plan is not None:
            show_plan(plan, language)
    return 0


def _journey_question(store: Store, language: str) -> tuple[str, ...]:
    """Return the trip detector's open question as a line, or nothing."""
    question = question_of(store)
    return () if question is None else (asked_height(*question, language),)


def _plan(
    store: Store, args: argparse.Namespace, now_unix_s: float, here: Place | None, offset_s: float, language: str
) -> Plan | None:
    """Return the coming days after what was asked of them; None where they were not asked for."""
    if not (args.week or args.accept or args.undo):
        return None
    plan = plan_of(store, now_unix_s, here, utc_offset_s=offset_s, language=language)
    if args.undo is not None:
        if undo(store, plan, (args.undo - _EPOCH).days, now_unix_s) is None:
            raise CommandError(f"the plan for {args.undo} did not change: there is nothing to undo")
        return plan_of(store, now_unix_s, here, utc_offset_s=offset_s, language=language)
    if args.accept:
        accept(store, plan.week)
        return Plan(plan.week, ())
    return plan


def _compared(store: Store, decision: Decision, day: int, language: str) -> tuple[str, str] | None:
    """Return the two lines of a trial of one; None without one, or where it cannot be read."""
    session = decision.session
    given = session is not None and session.distance_m > 0.0 and math.isfinite(session.hr_high_bpm)
    try:
        return trials.lines(trials.trial_of(store), day, given, language)
    except ValueError:
        return None


def moment(day: date | None, facts: list[RunFact]) -> tuple[float, float]:
    """Return the moment in Unix s and the local offset in s to decide for.

    Today means now. Another day means its first minute, as the latest run before it counted days: in its recorded
    offset, in UTC where it recorded none. Runs of that day itself are thus still to come.
    """
    now_unix_s = time.time()
    here_offset_s = _machine_offset_s(now_unix_s)
    if day is None or day == datetime.fromtimestamp(now_unix_s).astimezone().date():
        return now_unix_s, here_offset_s
    number = (day - _EPOCH).days
    before = [f for f in facts if (f.start_unix_s + _known(f.utc_offset_s)) // _DAY_S < number]
    if not before:
        return number * _DAY_S - here_offset_s, here_offset_s
    offset_s = _known(max(before, key=lambda f: f.start_unix_s).utc_offset_s)
    return number * _DAY_S - offset_s, offset_s


def _known(offset_s: float) -> float:
    return offset_s if math.isfinite(offset_s) else 0.0


def _machine_offset_s(now_unix_s: float) -> float:
    offset = datetime.fromtimestamp(now_unix_s, tz=UTC).astimezone().utcoffset()
    return offset.total_seconds() if offset else 0.0


def place_of(text: str) -> Place:
    """Return the place of "LAT,LON" (its altitude from the nearest named place) or of a name; CommandError if none."""
    table = places.load()
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        found = table.named(text)
        if found is None:
            raise CommandError(f"no place called {text!r} is known; give it as LAT,LON") from None
        return found
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise CommandError(f"{text!r} is not a point as LAT,LON in degrees")
    near = table.known_as(latitude, longitude)
    return Place(near.name, latitude, longitude, table.altitude(latitude, longitude).value, near.country)
