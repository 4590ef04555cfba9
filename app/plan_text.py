"""The coming days as a person reads them, and as JSON.

The rule of this file: a change is shown as "was, now, because", never as the new plan alone.
"""

from __future__ import annotations

from datetime import date, timedelta

from rich.markup import escape
from rich.table import Table

from app.coach import session_document
from app.coach_text import console, session_cells
from app.language import date_words
from app.planning import Plan
from edge.coach.phrases import say
from edge.coach.types import Session
from edge.coach.week import Change, Planned
from edge.coach.whatif import WEEKDAYS

_EPOCH = date(1970, 1, 1)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_plan(plan: Plan, language: str = "en") -> None:
    """Print the coming days and the changes on stdout."""
    out = console()
    out.print(f"\n[bold]{say(language, 'The coming days')}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 1))
    for planned in plan.week.days:
        table.add_row(_short(planned.day, language), *session_cells(planned.session, language))
    out.print(table)
    if plan.changes:
        out.print(f"\n[bold]{say(language, 'Changed')}[/bold]")
    for change in plan.changes:
        text = " {weekday:word}: was {was:word}, now {now:word}, because: {why:word}"
        weekday = say(language, WEEKDAYS[_date(change.day).weekday()])
        was, now = _words(change.was, language), _words(change.now, language)
        out.print(escape(say(language, text, weekday=weekday, was=was, now=now, why=change.because.text)))
        offers = "`kadenz today --accept` accepts, `kadenz today --undo {day:word}` undoes."
        out.print(f"[dim]   {say(language, offers, day=_date(change.day).isoformat())}[/dim]")


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


def _words(session: Session, language: str) -> str:
    if session.kind == "rest":
        return say(language, "rest")
    kind = session_cells(session, language)[0]
    return say(language, "{kind:word} {far_m:km}", kind=kind, far_m=session.distance_m)


def _short(day: int, language: str) -> str:
    """Return a day of the week and month, "Wed 25 Nov", "Mi 25.11."."""
    when = _date(day)
    if language != "de":
        return f"{WEEKDAYS[when.weekday()][:3]} {when.day:02d} {_MONTHS[when.month - 1]}"
    return f"{say(language, WEEKDAYS[when.weekday()])[:2]} {date_words(language, when.isoformat())[:6]}"


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)
