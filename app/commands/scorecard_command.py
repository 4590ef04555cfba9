"""`kadenz scorecard`: forecasts and advice against what came, the misses first."""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import time
from collections.abc import Iterator
from datetime import date, timedelta

from rich.markup import escape
from rich.table import Table

from app.coach import facts_of
from app.coach_inputs import inputs_from
from app.coach_text import console
from app.language import add_language_option, date_words, language_for, number_words
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.columns import local_offset
from edge.coach.phrases import say
from edge.coach.scorecard import Beside, Kept, Morning, Scorecard, score
from edge.coach.today import decide

_MOST_DECISIONS = 2000
_BANDS = ("distance_m", "duration_s", "pace_low_s_per_km", "pace_high_s_per_km", "hr_low_bpm", "hr_high_bpm")
_EPOCH = date(1970, 1, 1)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz scorecard`."""
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = "A day counts by its first decision. Nothing is scored that was not said beforehand."


def run(args: argparse.Namespace) -> int:
    """Score every past morning and show the card."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            facts = facts_of(store)
            today = int((time.time() + local_offset(facts)) // 86400)
            language = language_for(args.lang, store)
            card = score(list(mornings(store)), facts, today, language)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(_document(card))
    else:
        _tell(card, language)
    return 0


def mornings(store: Store) -> Iterator[Morning]:
    """Yield what was said on every morning that this version of the coach can read, the oldest first."""
    for row in reversed(store.decisions(_MOST_DECISIONS)):
        try:
            inputs = inputs_from(row.inputs)
        except (ValueError, KeyError, TypeError):
            continue
        said = decide(inputs.state, None)
        plain_heart = dataclasses.replace(inputs.state.heart, source="people like you")
        plain = decide(dataclasses.replace(inputs.state, heart=plain_heart), None)
        shown = json.loads(row.document)
        if said.session is None or "kind" not in shown:
            continue
        bands = {name: _number(shown[name]) for name in _BANDS}
        session = dataclasses.replace(said.session, kind=str(shown["kind"]), **bands)
        yield Morning(inputs.state.today, row.decision_id, inputs.state.forecast, session, plain.session)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else math.nan


def _document(card: Scorecard) -> dict[str, object]:
    return {
        "mornings": card.mornings,
        "running": _beside(card.running),
        "intervals": {name: getattr(card, name) for name in ("distance", "pace", "heart")},
        "followed": card.followed,
        "advised": card.advised,
        "heart_target_bpm": _beside(card.heart_target_bpm),
        "pace_target_s_per_km": _beside(card.pace_target_s_per_km),
        "misses": [{"date": _date(m.day).isoformat(), "decision": m.decision_id, "text": m.text} for m in card.misses],
    }


def _beside(one: Beside) -> dict[str, object]:
    return {"ours": one.ours, "plain": one.plain, "days": one.days, "verdict": one.verdict}


def _tell(card: Scorecard, language: str) -> None:
    out = console()
    if not card.mornings:
        text = "No morning to score yet: `kadenz today` on one day, and see what came on the next."
        out.print(say(language, text))
        return
    counted = "{count:count} morning" if card.mornings == 1 else "{count:count} mornings"
    out.print(f"[bold]{say(language, counted, count=card.mornings)}[/bold]\n")
    wrong = f"[bold]{say(language, 'Where I was wrong')}[/bold]"
    out.print(wrong if card.misses else say(language, "No misses so far."))
    table = Table.grid(padding=(0, 2))
    for miss in card.misses:
        table.add_row(_day_words(miss.day, language), escape(miss.text), f"[dim]why {miss.decision_id}[/dim]")
    out.print(table)
    out.print(f"\n[bold]{say(language, 'By habit')}[/bold]: {say(language, 'what I said in the morning')}")
    grid = Table.grid(padding=(0, 2))
    running = _words(card.running, 3, "the share of days so far", language)
    grid.add_row(say(language, "a run or not"), running, f"[dim]{say(language, 'Brier, 0 is best')}[/dim]")
    for name, kept in (("distance", card.distance), ("pace", card.pace), ("heart rate", card.heart)):
        grid.add_row(say(language, name), _held(kept, language))
    out.print(grid)
    _tell_advice(card, language)


def _tell_advice(card: Scorecard, language: str) -> None:
    out = console()
    text = "{done:count} of {of:count} sessions run about as suggested; errors of those"
    text = say(language, text, done=card.followed, of=card.advised)
    out.print(f"\n[bold]{say(language, 'Advice')}[/bold]: {text}")
    grid = Table.grid(padding=(0, 2))
    for name, beside, digits, unit in (
        ("heart rate", card.heart_target_bpm, 1, "beats/min"),
        ("pace", card.pace_target_s_per_km, 0, "s per km"),
    ):
        told = _words(beside, digits, "the plain rule", language)
        grid.add_row(say(language, name), told, f"[dim]{say(language, unit)}[/dim]")
    out.print(grid)


def _words(one: Beside, digits: int, peer: str, language: str) -> str:
    verdict = one.verdict_in(language)
    if not one.days:
        return verdict
    ours, plain = (number_words(language, value, digits) for value in (one.ours, one.plain))
    return f"{ours}, {say(language, peer)} {plain}: {verdict}"


def _held(kept: Kept, language: str) -> str:
    if not kept.of:
        return say(language, "no day to tell by")
    share, promised = 100.0 * kept.held / kept.of, 100.0 * kept.promised
    text = "{held:count} of {of:count} within my interval, {share:count} % ({promised:count} % promised)"
    return say(language, text, held=kept.held, of=kept.of, share=share, promised=promised)


def _day_words(day: int, language: str) -> str:
    if language == "en":
        return f"{_date(day):%a %d %b %Y}"
    return date_words(language, _date(day).isoformat())


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)
