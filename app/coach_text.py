"""A decision as a person reads it in the terminal.

The rule of this file: the session first, then why, then what else; the numbers are those of the decision.
"""

from __future__ import annotations

import math

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from app.output import iso_time
from edge.coach.telling import worth_reading
from edge.coach.types import Content, Decision, Forecast, Session
from edge.coach.words import km, minutes, paces

WIDTH = 100
_NAMES = {"first": "first session", "return": "coming back", "intervals": "repetitions", "walk-run": "walk and jog"}
_WHY = {"en": "Why", "de": "Warum"}


def console() -> Console:
    """Return the console of the terminal, no wider than a page."""
    found = Console(highlight=False)
    found.width = min(found.width, WIDTH)
    return found


def show_decision(decision: Decision, decision_id: str, utc_offset_s: float, language: str = "en") -> None:
    """Print a decision on stdout, its cards with their labels in their language."""
    out = console()
    day = iso_time(decision.valid_until_unix_s - 1.0, utc_offset_s)[:10]
    out.print(f"[bold]{escape(decision.show)}[/bold]")
    out.print(f"[dim]{day}, until midnight; decision {decision_id}[/dim]\n")
    for card in decision.content:
        out.print(_card(card, language))
    out.print("[bold]Because[/bold]")
    reasons = Table.grid(padding=(0, 1))
    for reason in worth_reading(decision.because, decision.session):
        reasons.add_row(" -", escape(reason.text))
    out.print(reasons)
    if decision.otherwise is not None:
        out.print(f"\n{escape(decision.otherwise.text)}")
    if decision.alternatives:
        out.print("\n[bold]Or[/bold]")
        out.print(_alternatives(decision.alternatives))
    if decision.forecast is not None:
        out.print(f"\n[dim]{_habit(decision.forecast)}[/dim]")
    out.print(f"\n[dim]Rules: {', '.join(decision.rule_ids) or 'none applied'}. `kadenz why {decision_id}` shows[/dim]")
    out.print("[dim]everything it rests on. General guidance, not medical advice.[/dim]")


def _habit(told: Forecast) -> str:
    """Return what habit alone would bring today, for the person to compare with what comes."""
    far = told.distance_if_run_m
    chance = likely(told.run_probability)
    return f"Left to your habits, a run today is {chance}; four of five such runs are {km(far.low)} to {km(far.high)}."


def likely(probability: float) -> str:
    """Return a probability in words; nothing that people do is certain."""
    return f"{min(max(100.0 * probability, 1.0), 99.0):.0f} % likely"


def _card(card: Content, language: str) -> Panel:
    text = escape(card.text)
    for reason in card.because:
        text += f"\n[dim]{_WHY[language]}: {escape(reason.text)}[/dim]"
    return Panel(text, title=f"[bold]{escape(card.title)}[/bold]", title_align="left", padding=(0, 1))


def _alternatives(alternatives: tuple[tuple[str, Session], ...]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for _ in range(5):
        table.add_column(no_wrap=True)
    for name, session in alternatives:
        table.add_row(name, *session_cells(session))
    return table


def session_cells(session: Session) -> tuple[str, str, str, str]:
    """Return kind, distance with duration, pace and heart rate of a session as texts, empty where not given."""
    if session.kind == "rest":
        return "rest", "", "", ""
    if session.distance_m <= 0:
        return session.kind, minutes(session.duration_s), "", ""
    distance = f"{km(session.distance_m)}, {minutes(session.duration_s)}"
    pace = paces(session.pace_low_s_per_km, session.pace_high_s_per_km)
    heart = f"{session.hr_low_bpm:.0f} to {session.hr_high_bpm:.0f} bpm" if math.isfinite(session.hr_low_bpm) else ""
    return _NAMES.get(session.kind, session.kind), distance, pace, heart
