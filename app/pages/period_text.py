"""A month or a year in short: for a terminal, and as a JSON document.

The rule of this file: the same `PeriodData` as the page; SI in JSON, human units on a terminal.
"""

from __future__ import annotations

from rich.panel import Panel
from rich.text import Text

from app.pages import period_page
from app.pages.period_data import Best, PeriodData, Totals
from app.pages.run_page import effort_name
from app.views.words import Words


def period_renderable(data: PeriodData, words: Words) -> Panel:
    """Return the period for a terminal."""
    lines = [period_page.headline(data, words), ""]
    lines += [f"{caption}: {amount.text}" for amount, caption in period_page.tiles(data, words)]
    for best in data.bests:
        lines.append(f"{effort_name(best.distance_m, words)}: {words.clock(best.time_s)}")
    return Panel(Text("\n".join(lines)), title=period_page.name(data, words), border_style="bright_black", width=88)


def period_document(data: PeriodData) -> dict[str, object]:
    """Return the period as `--json` prints it."""
    return {
        "from": data.period.first.isoformat(),
        "until": data.shown_until.isoformat(),
        "totals": data.totals,
        "before": data.before,
        "days": {day.isoformat(): metres for day, metres in data.by_day.items() if metres > 0.0},
        "pieces": [_piece(first.isoformat(), totals) for first, totals in data.pieces],
        "others": [{"sport": sport, "times": count, "duration_s": s} for sport, count, s in data.others],
        "left_out": data.left_out,
        "longest": None if data.longest is None else _best(data.longest),
        "bests": [_best(one) for one in data.bests],
        "longest_pause_days": data.pause_days,
        "told": data.told,
        "learned": data.learned,
    }


def _piece(first: str, totals: Totals) -> dict[str, object]:
    return {"from": first, "runs": totals.runs, "distance_m": totals.distance_m, "moving_s": totals.moving_s}


def _best(best: Best) -> dict[str, object]:
    return {
        "distance_m": best.distance_m,
        "time_s": best.time_s,
        "day": best.day.isoformat(),
        "best_so_far": best.first,
    }
