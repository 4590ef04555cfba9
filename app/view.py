"""State and decision to what a person is shown, as plain text; no kivy, no terminal codes.

The rule of this file: human units are made here and nowhere deeper in the house.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from edge.coach.types import Decision, Session
from edge.coach.words import BY_EFFORT_SHARE, OPEN_SHARE, clock

DASH = "–"
REASONS_SHOWN = 3
"""How many reasons a screen shows at most; `kadenz why` shows all of them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large value with its unit and caption."""

    value: str
    unit: str
    caption: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A titled text with the reasons it is shown for."""

    title: str
    text: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the Today screen shows."""

    headline: str
    figures: tuple[Figure, ...]
    because: tuple[str, ...]
    alternatives: tuple[tuple[str, str], ...]
    cards: tuple[CardView, ...]


def distance_text(distance_m: float) -> str:
    """Return a distance in km, two decimals below 10 km, one above."""
    if not isfinite(distance_m):
        return DASH
    return f"{distance_m / 1000:.2f}" if distance_m < 10_000 else f"{distance_m / 1000:.1f}"


def pace_text(pace_s_per_km: float) -> str:
    """Return a pace as m:ss, or a dash where it is unknown or slower than 30 min per km."""
    if not isfinite(pace_s_per_km) or pace_s_per_km >= 1800:
        return DASH
    return clock(pace_s_per_km)


def duration_text(duration_s: float) -> str:
    """Return a duration as h:mm:ss or m:ss."""
    return clock(duration_s) if isfinite(duration_s) else DASH


def number_text(value: float, digits: int = 0) -> str:
    """Return a number with thousands set off, or a dash where it is unknown."""
    return f"{value:,.{digits}f}" if isfinite(value) else DASH


def range_text(low: float, high: float) -> str:
    """Return "low–high" in whole numbers, or a dash."""
    return f"{low:.0f}–{high:.0f}" if isfinite(low) and isfinite(high) else DASH


def pace_band(session: Session) -> str:
    """Return the pace as "6:05–6:40", "from 6:05" where it has no slow end, a dash where effort alone leads."""
    low, high = session.pace_low_s_per_km, session.pace_high_s_per_km
    if not isfinite(low) or high > BY_EFFORT_SHARE * low:
        return DASH
    return f"from {pace_text(low)}" if high >= OPEN_SHARE * low else f"{pace_text(low)}–{pace_text(high)}"


def session_text(session: Session) -> str:
    """Return one line that says what the session asks for."""
    if session.kind == "rest":
        return "rest"
    parts = [session.kind] if session.distance_m <= 0 else []
    if isfinite(session.distance_m) and session.distance_m > 0:
        parts.append(f"{distance_text(session.distance_m)} km")
    elif isfinite(session.duration_s):
        parts.append(f"{session.duration_s / 60:.0f} min")
    pace = pace_band(session)
    if pace != DASH:
        parts.append(f"{pace} per km")
    elif session.distance_m > 0 and isfinite(session.pace_low_s_per_km):
        parts.append("by effort")
    if isfinite(session.hr_high_bpm):
        parts.append(f"{range_text(session.hr_low_bpm, session.hr_high_bpm)} bpm")
    return ", ".join(parts) or session.kind


def session_figures(session: Session | None) -> tuple[Figure, ...]:
    """Return the large numbers of a session: distance, time, pace and heart-rate band."""
    if session is None or session.kind == "rest":
        return ()
    pace = pace_band(session)
    figures = [
        Figure(distance_text(session.distance_m), "km", "distance") if session.distance_m > 0 else None,
        Figure(duration_text(session.duration_s), "", "about"),
        Figure(pace, "/km", "pace"),
        Figure(range_text(session.hr_low_bpm, session.hr_high_bpm), "bpm", "heart rate"),
    ]
    return tuple(f for f in figures if f is not None and f.value != DASH)


def today_view(decision: Decision) -> TodayView:
    """Return what the Today screen shows for a decision."""
    return TodayView(
        headline=decision.show,
        figures=session_figures(decision.session),
        because=tuple(r.text for r in decision.because[:REASONS_SHOWN]),
        alternatives=tuple((name, session_text(session)) for name, session in decision.alternatives),
        cards=tuple(CardView(c.title, c.text, tuple(r.text for r in c.because)) for c in decision.content),
    )
