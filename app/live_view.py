"""The run on a terminal: pace against its band, heart rate with its zone, climb, and the coach's last words.

The rule of this file: a value that is unknown or too old is a dash, never the last number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, nan

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from app.view import DASH, distance_text, duration_text, number_text, pace_text
from edge.session import FeatureRow

ZONE_STYLES = ("bright_black", "cyan", "green", "yellow", "orange3", "red")
BARS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class LiveView:
    """One moment of the run with what it is measured against."""

    title: str
    row: FeatureRow
    band_s_per_km: tuple[float, float]
    hr_band_bpm: tuple[float, float]
    zone: int
    """1 to 5, 0 where the heart rate is not known."""
    session_distance_m: float
    heights_m: tuple[float, ...]
    cue: str
    because: str


def pace_s_per_km(row: FeatureRow) -> float:
    """Return the pace in s/km, NaN when standing or unknown."""
    return 1000.0 / row.speed_m_s if row.speed_m_s > 0.5 else nan


def band_words(pace: float, band: tuple[float, float]) -> tuple[str, str]:
    """Return "on target", "12 s too fast" or "8 s too slow", and the style to show it in."""
    if not (isfinite(pace) and isfinite(band[0])):
        return DASH, "bright_black"
    if pace < band[0]:
        return f"{max(1, round(band[0] - pace))} s too fast", "yellow"
    if pace > band[1]:
        return f"{max(1, round(pace - band[1]))} s too slow", "yellow"
    return "on target", "green"


def band_bar(pace: float, band: tuple[float, float], width: int = 30) -> Text:
    """Return a bar of `width` cells: the band in its middle third, slow on the left, the runner as a dot."""
    bar = Text("─" * (width // 3) + "━" * (width - 2 * (width // 3)) + "─" * (width // 3), style="bright_black")
    bar.stylize("green", width // 3, width - width // 3)
    if isfinite(pace) and isfinite(band[0]) and band[1] > band[0]:
        along = (band[1] - pace) / (band[1] - band[0])
        cell = min(width - 1, max(0, round(width / 3 + along * width / 3)))
        bar = bar[:cell] + Text("●", style="bold white") + bar[cell + 1 :]
    return bar


def profile(heights_m: tuple[float, ...], width: int = 44) -> Text:
    """Return the heights so far as a line of blocks."""
    known = [h for h in heights_m if isfinite(h)]
    if len(known) < 2:
        return Text("")
    low, high = min(known), max(known)
    step = max(1, len(known) // width)
    shown = known[::step][-width:]
    span = max(high - low, 10.0)
    return Text("".join(BARS[1 + round((h - low) / span * 7)] for h in shown), style="blue")


def live_panel(view: LiveView) -> Panel:
    """Return the panel that the terminal shows for this moment."""
    row, pace = view.row, pace_s_per_km(view.row)
    words, style = band_words(pace, view.band_s_per_km)
    table = Table.grid(padding=(0, 3))
    for _ in range(4):
        table.add_column(min_width=12)
    left = max(0.0, view.session_distance_m - row.distance_m) if isfinite(row.distance_m) else nan
    table.add_row(
        _figure(pace_text(pace), "/km", style),
        _figure(distance_text(row.distance_m), "km", "white"),
        _figure(duration_text(row.t_s), "", "white"),
        _figure(distance_text(left), "km left", "white"),
    )
    zone = f"bpm, zone {view.zone}" if view.zone else "bpm: no signal"
    grade = f"m, {100 * row.grade:+.0f} %" if isfinite(row.grade) else "m"
    table.add_row(
        _figure(number_text(row.heart_rate_bpm), zone, ZONE_STYLES[view.zone]),
        _figure(number_text(row.cadence_spm), "spm", "white"),
        _figure(number_text(row.altitude_m), grade, "blue"),
        profile(view.heights_m, 24),
    )
    low, high = pace_text(view.band_s_per_km[0]), pace_text(view.band_s_per_km[1])
    band = Text.assemble(
        (f"{high} ", "bright_black"), band_bar(pace, view.band_s_per_km), (f" {low}  ", "bright_black")
    )
    band.append(words, style=style)
    coach = Text.assemble((view.cue, "bold green"), ("\nbecause " if view.because else "\n", "bold"), view.because)
    return Panel(Group(table, Text(""), band, Text(""), coach), title=view.title, border_style="bright_black", width=88)


def _figure(value: str, unit: str, style: str) -> Text:
    return Text.assemble((value, f"bold {style}"), (f" {unit}" if unit else "", "bright_black"))
