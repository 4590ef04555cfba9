"""A decision as a person reads it in the terminal.

The rule of this file: the session first, then why, then what else; the numbers are those of the decision.
"""

from __future__ import annotations

import math

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from app.language import date_words
from app.output import iso_time
from edge.coach.phrases import paces, say
from edge.coach.telling import worth_reading
from edge.coach.types import Content, Decision, Forecast, Session

WIDTH = 100
_NAMES = {"first": "first session", "return": "coming back", "intervals": "repetitions", "walk-run": "walk and jog"}


def console() -> Console:
    """Return the console of the terminal, no wider than a page."""
    found = Console(highlight=False)
    found.width = min(found.width, WIDTH)
    return found


def show_decision(decision: Decision, decision_id: str, utc_offset_s: float, language: str = "en") -> None:
    """Print a decision on stdout in its language."""
    out = console()
    day = date_words(language, iso_time(decision.valid_until_unix_s - 1.0, utc_offset_s)[:10])
    until = say(language, "{day:word}, until midnight; decision {id:word}", day=day, id=decision_id)
    out.print(f"[bold]{escape(decision.show)}[/bold]")
    out.print(f"[dim]{until}[/dim]\n")
    for card in decision.content:
        out.print(_card(card, language))
    out.print(f"[bold]{say(language, 'Because')}[/bold]")
    reasons = Table.grid(padding=(0, 1))
    for reason in worth_reading(decision.because, decision.session):
        reasons.add_row(" -", escape(reason.text))
    out.print(reasons)
    if decision.otherwise is not None:
        out.print(f"\n{escape(decision.otherwise.text)}")
    if decision.alternatives:
        out.print(f"\n[bold]{say(language, 'Or')}[/bold]")
        out.print(_alternatives(decision.alternatives, language))
    if decision.forecast is not None:
        out.print(f"\n[dim]{_habit(decision.forecast, language)}[/dim]")
    rules = ", ".join(decision.rule_ids) or say(language, "none applied")
    shows = say(language, "Rules: {rules:word}. `kadenz why {id:word}` shows", rules=rules, id=decision_id)
    rests = say(language, "everything it rests on. General guidance, not medical advice.")
    out.print(f"\n[dim]{shows}[/dim]\n[dim]{rests}[/dim]")


def _habit(told: Forecast, language: str) -> str:
    """Return what habit alone would bring today, for the person to compare with what comes."""
    far = told.distance_if_run_m
    return say(
        language,
        "Left to your habits, a run today is {chance:word}; four of five such runs are {least_m:km} to {most_m:km}.",
        chance=likely(told.run_probability, language), least_m=far.low, most_m=far.high,
    )  # fmt: skip


def likely(probability: float, language: str = "en") -> str:
    """Return a probability in words; nothing that people do is certain."""
    return say(language, "{chance:count} % likely", chance=min(max(100.0 * probability, 1.0), 99.0))


def _card(card: Content, language: str) -> Panel:
    text = escape(card.text)
    for reason in card.because:
        text += f"\n[dim]{say(language, 'Why')}: {escape(reason.text)}[/dim]"
    return Panel(text, title=f"[bold]{escape(card.title)}[/bold]", title_align="left", padding=(0, 1))


def _alternatives(alternatives: tuple[tuple[str, Session], ...], language: str) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for column in range(5):
        table.add_column(no_wrap=column < 3)  # in a narrow window pace and heart rate go on in the next line
    for name, session in alternatives:
        table.add_row(say(language, name), *session_cells(session, language))
    return table


def session_cells(session: Session, language: str = "en") -> tuple[str, str, str, str]:
    """Return kind, distance with duration, pace and heart rate of a session as texts, empty where not given."""
    if session.kind == "rest":
        return say(language, "rest"), "", "", ""
    lasts = say(language, "{long_s:minutes}", long_s=session.duration_s)
    if session.distance_m <= 0:
        return say(language, session.kind), lasts, "", ""
    distance = say(language, "{far_m:km}, {lasts:word}", far_m=session.distance_m, lasts=lasts)
    pace = paces(language, session.pace_low_s_per_km, session.pace_high_s_per_km)
    heart = ""
    if math.isfinite(session.hr_low_bpm):
        heart = "{low:count} to {high:count} bpm"
        heart = say(language, heart, low=session.hr_low_bpm, high=session.hr_high_bpm)
    return say(language, _NAMES.get(session.kind, session.kind)), distance, pace, heart
