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
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.columns import local_offset
from edge.coach.scorecard import Beside, Kept, Morning, Scorecard, score
from edge.coach.today import decide

_MOST_DECISIONS = 2000
_BANDS = ("distance_m", "duration_s", "pace_low_s_per_km", "pace_high_s_per_km", "hr_low_bpm", "hr_high_bpm")
_EPOCH = date(1970, 1, 1)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz scorecard`."""
    add_common_options(parser)
    parser.epilog = "A day counts by its first decision. Nothing is scored that was not said beforehand."


def run(args: argparse.Namespace) -> int:
    """Score every past morning and show the card."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            facts = facts_of(store)
            today = int((time.time() + local_offset(facts)) // 86400)
            card = score(list(mornings(store)), facts, today)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(_document(card))
    else:
        _tell(card)
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


def _tell(card: Scorecard) -> None:
    out = console()
    if not card.mornings:
        out.print("No morning to score yet: `kadenz today` on one day, and see what came on the next.")
        return
    out.print(f"[bold]{card.mornings} morning{'s' if card.mornings != 1 else ''}[/bold]\n")
    out.print("[bold]Where I was wrong[/bold]" if card.misses else "No misses so far.")
    table = Table.grid(padding=(0, 2))
    for miss in card.misses:
        table.add_row(f"{_date(miss.day):%a %d %b %Y}", escape(miss.text), f"[dim]why {miss.decision_id}[/dim]")
    out.print(table)
    out.print("\n[bold]By habit[/bold]: what I said in the morning")
    grid = Table.grid(padding=(0, 2))
    grid.add_row("a run or not", _words(card.running, 3, "the share of days so far"), "[dim]Brier, 0 is best[/dim]")
    for name, kept in (("distance", card.distance), ("pace", card.pace), ("heart rate", card.heart)):
        grid.add_row(name, _held(kept))
    out.print(grid)
    out.print(
        f"\n[bold]Advice[/bold]: {card.followed} of {card.advised} sessions run about as suggested; errors of those"
    )
    grid = Table.grid(padding=(0, 2))
    grid.add_row("heart rate", _words(card.heart_target_bpm, 1, "the plain rule"), "[dim]beats/min[/dim]")
    grid.add_row("pace", _words(card.pace_target_s_per_km, 0, "the plain rule"), "[dim]s per km[/dim]")
    out.print(grid)


def _words(one: Beside, digits: int, peer: str) -> str:
    if not one.days:
        return one.verdict
    return f"{one.ours:.{digits}f}, {peer} {one.plain:.{digits}f}: {one.verdict}"


def _held(kept: Kept) -> str:
    if not kept.of:
        return "no day to tell by"
    share, promised = 100.0 * kept.held / kept.of, 100.0 * kept.promised
    return f"{kept.held} of {kept.of} within my interval, {share:.0f} % ({promised:.0f} % promised)"


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)
