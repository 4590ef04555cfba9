"""The living persona as a person reads it, and as `kadenz me --json` prints it.

The rule of this file: what is not known says so and what would tell; a number never stands without its unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from app.output import iso_time
from edge.coach import labels
from edge.coach.beliefs import Response, State
from edge.coach.corrections import correction_text
from edge.coach.entry import Entry
from edge.coach.groups import groups_of
from edge.coach.persona import persona
from edge.coach.responses import FEWEST
from edge.coach.types import RunFact

_DAY_S = 86400.0


def persona_document(state: State, facts: Sequence[RunFact]) -> dict[str, object]:
    """Return the persona as values: state, groups, responses, corrections, what was new when, and open questions."""
    found = labels.contradiction(state) if labels.is_open(state) else None
    return {
        "state": persona(state, facts),
        "groups": groups_of(state),
        "responses": state.responses,
        "corrections": state.own.corrections,
        "learned": dict(state.own.learned),
        "introduced": state.own.introduced,
        "questions": [] if found is None else [{"experience": state.profile.experience, "runs_say": found[0],
                                                "because": found[1].text}],
    }  # fmt: skip


def tell_persona(state: State, facts: Sequence[RunFact], out: Console, shared: Sequence[str] = ()) -> None:
    """Print the persona; `shared` is what people like this one shared, in lines."""
    out.print("\n[bold]What I believe of you[/bold] (each with its doubt; nine times in ten it lies within)")
    _table(out, [(entry.part, _text(entry), _source(entry, state)) for entry in persona(state, facts)])
    out.print("\n[bold]What runs do to you[/bold] (what followed in your diary, not a proof of cause)")
    _table(
        out,
        [
            (one.kind, f"{one.runs} run{'s' if one.runs != 1 else ''}", response_text(one))
            for one in state.responses
            if one.runs
        ],
    )
    out.print("\n[bold]People like you[/bold]")
    _table(out, [(one.dimension, one.name, one.because.text) for one in groups_of(state)])
    for line in shared:
        out.print(f"  {line}", markup=False)
    if state.own.corrections:
        out.print("\n[bold]You corrected[/bold] (this wins)")
        was = {
            name: f"learned: {correction_text(name, round(value, 1))}"
            for name, value in state.own.learned
            if math.isfinite(value)
        }
        rows = []
        for one in state.own.corrections:
            beside = was.get(one.name, "nothing learned")
            value = correction_text(one.name, one.value)
            rows.append((one.name, value, f"{_day(one.set_unix_s, state)}; {beside}"))
        _table(out, rows)
    if state.own.introduced:
        out.print("\n[bold]New to you, and when[/bold] (one personal element a week at most)")
        _table(out, [(one.element, iso_time(one.day * _DAY_S)[:10], "") for one in state.own.introduced])
    found = labels.contradiction(state) if labels.is_open(state) else None
    if found is not None:
        text = (
            f'\nYou said "{labels.SPOKEN[state.profile.experience]}"; {found[1].text}. Your word stands until you say '
        )
        out.print(f"{text}`kadenz me set experience {found[0]}` or `kadenz me set experience --keep`.", markup=False)


def response_text(one: Response) -> str:
    """Return what follows a kind of run in words, each number with its interval."""
    parts = []
    if one.next_bpm is not None:
        b = one.next_bpm
        parts.append(_next_run(b.value, b.low, b.high))
    if one.pain_share is not None:
        b = one.pain_share
        parts.append(
            f"you told of a new pain after {100 * b.value:.0f} % of them ({100 * b.low:.0f} to {100 * b.high:.0f} %)"
        )
    return "; ".join(parts) or f"too few runs to say anything yet (it takes {FEWEST} runs)"


def _next_run(value: float, low: float, high: float) -> str:
    """Return how the heart beats on the next run, in words; what may be nothing is called nothing."""
    if low <= 0.0 <= high:
        return f"next run's heart rate as usual (within {max(-low, high):.0f} beats/min)"
    way = "higher" if value > 0.0 else "lower"
    first, last = sorted((abs(low), abs(high)))
    return f"next run's heart rate {abs(value):.0f} beats/min {way} ({first:.0f} to {last:.0f} beats/min)"


def _text(entry: Entry) -> str:
    return entry.text if not entry.tells else f"{entry.text}; {entry.tells} would tell"


def _source(entry: Entry, state: State) -> str:
    if not math.isfinite(entry.as_of_unix_s):
        return ""
    return f"{entry.source}, {_day(entry.as_of_unix_s, state)}"


def _day(unix_s: float, state: State) -> str:
    return iso_time(unix_s, state.utc_offset_s)[:10]


def _table(out: Console, rows: Sequence[tuple[str, str, str]]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for row in rows:
        table.add_row(*(cell.replace("[", "(") for cell in row))
    out.print(table if rows else "  nothing yet")
