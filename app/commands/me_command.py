"""`kadenz me`: what you told Kadenz, and what it believes of you, each with source and doubt."""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass, replace

from app.arguments import day
from app.coach import facts_of, state_of
from app.coach_profile import add_profile_options, stated
from app.coach_text import console, likely
from app.commands.today_command import moment
from app.language import add_language_option, date_words, language_for
from app.me_edits import edited, today_changes
from app.me_text import persona_document, tell_persona
from app.output import CommandError, add_common_options, iso_time, print_json
from app.own import change, own_of
from app.sharing import in_use, shift_in_use
from app.sharing_text import use_lines
from app.store import Store, StoreError, diary_path
from edge.coach import labels
from edge.coach.beliefs import Belief, State
from edge.coach.heart import line_bpm
from edge.coach.phrases import say
from edge.coach.sources import source_words
from edge.coach.types import Profile
from models.person import spread_of

_90 = 1.645
_SEX_DE = {"f": "weiblich", "m": "männlich"}


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
    add_language_option(parser)
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
    language = language_for(args.lang, store)
    old = replace(state_of(store, now_unix_s, None, facts, offset_s), language=language)
    told = edited(store, args.words, args.keep, args.undo, now_unix_s, language)
    state = replace(state_of(store, now_unix_s, None, facts_of(store), offset_s), language=language) if told else old
    what = today_changes(old, state) if told else ""
    if args.json:
        page = {"profile": state.profile, "beliefs": beliefs(state), **persona_document(state, facts)}
        page["shared_prior"] = shift_in_use(store)
        print_json(page | ({"changed": told, "today": what} if told else {}))
    elif told:
        console().print(f"{told}\n{what}", markup=False)
    else:
        _tell(state.profile, state)
        tell_persona(state, facts, console(), _shared_lines(store, state.language))
    return 0


def _shared_lines(store: Store, language: str) -> list[str]:
    """Return what people like this one shared, where that is in use."""
    kept = in_use(store)
    return [] if kept is None else use_lines(shift_in_use(store), kept, spread_of().tolist(), language)


def beliefs(state: State) -> list[Line]:
    """Return what is believed of the person, one line each; what is not known has no line."""
    lines: list[Line] = []
    _add(lines, "race fitness (VDOT)", state.fitness.vdot, "{value:rate}", state)
    _add(lines, "usual pace", state.fitness.usual_pace_s_per_km, "{value:pace}", state)
    top = state.max_hr_bpm if state.max_hr_bpm.source != "people like you" else None
    _add(lines, "maximal heart rate", top, "{value:beats}", state)
    lines += _learned(state)
    _add(lines, "altitude at home", state.where.home_altitude_m, "{value:metres}", state)
    _add(lines, "used to the altitude", state.where.acclimatised_m, "{value:metres}", state)
    history, language, latest = state.history, state.language, _date(state.now_unix_s, state)
    if history.longest_30d is not None:
        source = say(language, "run {id:word}", id=history.longest_30d.run_id)
        far = say(language, "{far_m:km}", far_m=history.longest_30d.distance_m)
        lines.append(Line(say(language, "longest run, 30 days"), far, "", source, latest))
    if history.weekly_m > 0:
        source = "{runs:count} runs ({left_out:count} left out as doubtful)"
        source = say(language, source, runs=history.runs, left_out=history.left_out)
        far = say(language, "{far_m:km}", far_m=history.weekly_m)
        lines.append(Line(say(language, "usual week"), far, "", source, latest))
    return lines


def _date(unix_s: float, state: State, utc_offset_s: float = math.nan) -> str:
    return date_words(state.language, iso_time(unix_s, utc_offset_s)[:10])


def _learned(state: State) -> list[Line]:
    """Return what was learned of the heart at the usual pace, and of the habit that speaks for today."""
    lines, line, usual, language = [], state.heart, state.fitness.usual_pace_s_per_km, state.language
    if usual is not None:
        bpm, doubt = line_bpm(line, 1000.0 / usual.value), _90 * math.hypot(line.sd_at_2_8_bpm, line.residual_sd_bpm)
        runs = "{runs:count} run with heart rate" if line.runs == 1 else "{count:count} runs with heart rate"
        runs = say(language, runs, runs=line.runs, count=line.runs)
        lines.append(
            Line(
                say(language, "heart rate of a run at {usual:pace}", usual=usual.value),
                say(language, "{value:beats}", value=bpm),
                say(language, "{low:count} to {high:beats}", low=bpm - doubt, high=bpm + doubt),
                f"{runs}, {source_words(language, state.learned_by)}",
                _date(line.as_of_unix_s, state),
            )
        )
    told = state.forecast
    if told is not None:
        far = told.distance_if_run_m
        doubt_text = say(language, "{least_m:km} to {most_m:km}", least_m=far.low, most_m=far.high)
        what, source = say(language, "a run today, by habit"), source_words(language, told.distance_m.source)
        latest = _date(state.now_unix_s, state, state.utc_offset_s)
        lines.append(Line(what, likely(told.run_probability, language), doubt_text, source, latest))
    return lines


def _add(lines: list[Line], what: str, belief: Belief | None, shown: str, state: State) -> None:
    if belief is None:
        return
    low, value, high = (say(state.language, shown, value=one) for one in (belief.low, belief.value, belief.high))
    doubt = say(state.language, "{low:word} to {high:word}", low=low, high=high)
    source = source_words(state.language, belief.source)
    lines.append(Line(say(state.language, what), value, doubt, source, _date(belief.as_of_unix_s, state)))


def _said(value: float, unit: str, language: str) -> str:
    """Return a number that was said with its unit; empty where none was."""
    if not math.isfinite(value):
        return ""
    number = f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return f"{number} {say(language, unit)}"


def _tell(profile: Profile, state: State) -> None:
    out, language = console(), state.language
    said = {
        "age": _said(profile.age, "years", language),
        "sex": profile.sex if language == "en" else _SEX_DE.get(profile.sex, ""),
        "weight": _said(profile.weight_kg, "kg", language),
        "height": _said(profile.height_m, "m", language),
        "experience": profile.experience if language == "en" else labels.spoken(profile.experience, language),
        "goal": profile.goal,
        "longest recent run": _said(profile.longest_recent_m / 1000.0, "km", language),
        "injuries": ", ".join(profile.injuries),
        "maximal heart rate": _said(profile.max_hr_bpm, "beats/min", language),
        "resting heart rate": _said(profile.rest_hr_bpm, "beats/min", language),
        "beta-blockers": say(language, "yes") if profile.beta_blockers else "",
    }
    known = {k: v for k, v in said.items() if v}
    out.print(f"[bold]{say(language, 'You told me')}[/bold]")
    for name, value in known.items():
        out.print(f"  {say(language, name)}: {value}", markup=False)
    if not known:
        out.print(f"  {say(language, 'nothing yet; `kadenz me --help` shows what helps')}")
    if not state.history.runs:
        text = "I know no run of yours yet: `kadenz record` or `kadenz import` tells me most."
        out.print(f"\n{say(language, text)}", markup=False)
    if state.where.home is not None:
        text = say(language, "Home seems to be near {home:word}.", home=state.where.home.name)
        out.print(f"\n{text}", markup=False)
