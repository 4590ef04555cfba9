"""`kadenz me`: what you told Kadenz, and what it believes of you, each with source and doubt."""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass

from app.arguments import day
from app.coach import facts_of, state_of
from app.coach_profile import add_profile_options, stated
from app.coach_text import console, likely
from app.commands.today_command import default_language, moment
from app.me_edits import edited, today_changes
from app.me_text import persona_document, tell_persona
from app.output import CommandError, add_common_options, iso_time, print_json
from app.own import change, own_of
from app.sharing import in_use, shift_in_use
from app.sharing_text import use_lines
from app.store import Store, StoreError, diary_path
from edge.coach.beliefs import Belief, State
from edge.coach.heart import line_bpm
from edge.coach.types import Profile
from edge.coach.words import km, metres, pace
from models.person import spread_of

_90 = 1.645


@dataclass(frozen=True, slots=True)
class Line:
    """One belief as it is shown: what, its value and interval as texts, its source and date."""

    what: str
    value: str
    doubt: str
    source: str
    as_of: str


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz me`."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="set NAME VALUE | correct NAME VALUE | forget NAME",
        help="say something of yourself, correct what was learned, or have it forgotten",
    )
    parser.add_argument("--keep", action="store_true", help="with `set experience`: what I said stays")
    parser.add_argument("--undo", action="store_true", help="take the last change back")
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="as the diary was that day (default: today)")
    add_profile_options(parser)
    add_common_options(parser)


def run(args: argparse.Namespace) -> int:
    """Keep what was stated, then show the profile, the beliefs and what a change does to today."""
    try:
        with Store(diary_path(args.db)) as store:
            before = store.profile()
            profile = stated(args, before)
            if repr(profile) != repr(before):
                change(store, profile, own_of(store), "what the options said", time.time())
            return _shown(store, args)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem


def _shown(store: Store, args: argparse.Namespace) -> int:
    facts = facts_of(store)
    now_unix_s, offset_s = moment(args.date, facts)
    facts = [fact for fact in facts if fact.start_unix_s <= now_unix_s]
    old = state_of(store, now_unix_s, None, facts, offset_s)
    told = edited(store, args.words, args.keep, args.undo, now_unix_s)
    state = state_of(store, now_unix_s, None, facts_of(store), offset_s) if told else old
    what = today_changes(old, state) if told else ""
    if args.json:
        page = {"profile": state.profile, "beliefs": beliefs(state), **persona_document(state, facts)}
        page["shared_prior"] = shift_in_use(store)
        print_json(page | ({"changed": told, "today": what} if told else {}))
    elif told:
        console().print(f"{told}\n{what}", markup=False)
    else:
        _tell(state.profile, state)
        tell_persona(state, facts, console(), _shared_lines(store))
    return 0


def _shared_lines(store: Store) -> list[str]:
    """Return what people like this one shared, where that is in use."""
    kept = in_use(store)
    return [] if kept is None else use_lines(shift_in_use(store), kept, spread_of().tolist(), default_language())


def beliefs(state: State) -> list[Line]:
    """Return what is believed of the person, one line each; what is not known has no line."""
    lines: list[Line] = []
    _add(lines, "race fitness (VDOT)", state.fitness.vdot, "{:.1f}".format)
    _add(lines, "usual pace", state.fitness.usual_pace_s_per_km, pace)
    top = state.max_hr_bpm if state.max_hr_bpm.source != "people like you" else None
    _add(lines, "maximal heart rate", top, "{:.0f} beats/min".format)
    lines += _learned(state)
    _add(lines, "altitude at home", state.where.home_altitude_m, metres)
    _add(lines, "used to the altitude", state.where.acclimatised_m, metres)
    history, latest = state.history, iso_time(state.now_unix_s)[:10]
    if history.longest_30d is not None:
        source = f"run {history.longest_30d.run_id}"
        lines.append(Line("longest run, 30 days", km(history.longest_30d.distance_m), "", source, latest))
    if history.weekly_m > 0:
        source = f"{history.runs} runs ({history.left_out} left out as doubtful)"
        lines.append(Line("usual week", km(history.weekly_m), "", source, latest))
    return lines


def _learned(state: State) -> list[Line]:
    """Return what was learned of the heart at the usual pace, and of the habit that speaks for today."""
    lines, line, usual = [], state.heart, state.fitness.usual_pace_s_per_km
    if usual is not None:
        bpm, doubt = line_bpm(line, 1000.0 / usual.value), _90 * math.hypot(line.sd_at_2_8_bpm, line.residual_sd_bpm)
        runs = f"{line.runs} run{'s' if line.runs != 1 else ''} with heart rate, {state.learned_by}"
        lines.append(
            Line(
                f"heart rate of a run at {pace(usual.value)}",
                f"{bpm:.0f} beats/min",
                f"{bpm - doubt:.0f} to {bpm + doubt:.0f} beats/min",
                runs,
                iso_time(line.as_of_unix_s)[:10],
            )
        )
    told = state.forecast
    if told is not None:
        far = told.distance_if_run_m
        chance = likely(told.run_probability)
        latest = iso_time(state.now_unix_s, state.utc_offset_s)[:10]
        lines.append(
            Line("a run today, by habit", chance, f"{km(far.low)} to {km(far.high)}", told.distance_m.source, latest)
        )
    return lines


def _add(lines: list[Line], what: str, belief: Belief | None, words: object) -> None:
    if belief is None or not callable(words):
        return
    doubt = f"{words(belief.low)} to {words(belief.high)}"
    lines.append(Line(what, str(words(belief.value)), doubt, belief.source, iso_time(belief.as_of_unix_s)[:10]))


def _said(value: float, unit: str) -> str:
    """Return a number that was said with its unit; empty where none was."""
    return f"{value:g} {unit}" if math.isfinite(value) else ""


def _tell(profile: Profile, state: State) -> None:
    out = console()
    said = {
        "age": _said(profile.age, "years"),
        "sex": profile.sex,
        "weight": _said(profile.weight_kg, "kg"),
        "height": _said(profile.height_m, "m"),
        "experience": profile.experience,
        "goal": profile.goal,
        "longest recent run": _said(profile.longest_recent_m / 1000.0, "km"),
        "injuries": ", ".join(profile.injuries),
        "maximal heart rate": _said(profile.max_hr_bpm, "beats/min"),
        "resting heart rate": _said(profile.rest_hr_bpm, "beats/min"),
        "beta-blockers": "yes" if profile.beta_blockers else "",
    }
    known = {k: v for k, v in said.items() if v}
    out.print("[bold]You told me[/bold]")
    for name, value in known.items():
        out.print(f"  {name}: {value}", markup=False)
    if not known:
        out.print("  nothing yet; `kadenz me --help` shows what helps")
    if not state.history.runs:
        out.print("\nI know no run of yours yet: `kadenz record` or `kadenz import` tells me most.", markup=False)
    if state.where.home is not None:
        out.print(f"\nHome seems to be near {state.where.home.name}.", markup=False)
