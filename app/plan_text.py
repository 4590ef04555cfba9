"""The coming days as a person reads them, and as JSON.

The rule of this file: a change is shown as "was, now, because", never as the new plan alone.
"""

from __future__ import annotations

from datetime import date, timedelta

from rich.markup import escape
from rich.table import Table

from app.coach import session_document
from app.coach_text import console, session_cells
from app.planning import Plan
from edge.coach.types import Session
from edge.coach.week import Change, Planned
from edge.coach.words import km

_EPOCH = date(1970, 1, 1)


def show_plan(plan: Plan) -> None:
    """Print the coming days and the changes on stdout."""
    out = console()
    out.print("\n[bold]The coming days[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 1))
    for planned in plan.week.days:
        table.add_row(f"{_date(planned.day):%a %d %b}", *session_cells(planned.session))
    out.print(table)
    if plan.changes:
        out.print("\n[bold]Changed[/bold]")
    for change in plan.changes:
        was, now = _words(change.was), _words(change.now)
        out.print(escape(f" {_date(change.day):%A}: was {was}, now {now}, because: {change.because.text}"))
        out.print(f"[dim]   `kadenz today --accept` accepts, `kadenz today --undo {_date(change.day)}` undoes.[/dim]")


def plan_document(plan: Plan) -> dict[str, object]:
    """Return the coming days and the changes as `kadenz today --week --json` prints them."""
    return {"week": [_planned(one) for one in plan.week.days], "changes": [_change(one) for one in plan.changes]}


def _planned(planned: Planned) -> dict[str, object]:
    return {
        "date": _date(planned.day).isoformat(),
        **session_document(planned.session),
        "because": planned.because,
        "rule_ids": list(planned.rule_ids),
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "date": _date(change.day).isoformat(),
        "was": session_document(change.was),
        "now": session_document(change.now),
        "because": change.because,
    }


def _words(session: Session) -> str:
    return "rest" if session.kind == "rest" else f"{session_cells(session)[0]} {km(session.distance_m)}"


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)
