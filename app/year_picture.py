"""A simulated year as one picture: what was planned and done, believed and true, and which rules spoke when.

The rule of this file: it draws what `app.year` played; colours are told apart by people who see no red or green.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.bench.drawing import COLOURS
from app.year import Day, Year
from edge.coach.rules import RULES
from edge.samples import Column, Estimate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_EPOCH = date(1970, 1, 1)
#: Rules that speak on most days.
DAILY = frozenset({"R-110", "R-HARDEASY", "R-ROW", "R-DONE", "R-RECOVER"})
_BLUE, _ORANGE, _GREEN, _PURPLE, _SKY, _RED, _GREY = COLOURS
_TRUE = "#222222"
#: What a stretch of the year is shaded with, by its name.
_SPELLS: tuple[tuple[str, str, Callable[[Day], bool]], ...] = (
    ("injured", _RED, lambda d: d.injured),
    ("ill", _PURPLE, lambda d: d.ill),
    ("break", _GREY, lambda d: d.on_break),
    ("above 1,500 m", _SKY, lambda d: d.altitude_m > 1500.0),
)


def draw_year(year: Year, path: Path) -> Path:
    """Write the picture of a year as PNG and return its path; OSError where the disk will not."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    spoken = list(_spoken(year.days))
    heights = [2.6, 2.2, 2.2, 1.4, 0.9 + 0.22 * len(spoken)]
    figure = Figure(figsize=(11.0, 1.5 + sum(heights)), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(5, 1, sharex=True, height_ratios=heights)
    figure.suptitle(f"{year.cast.title} (simulated)", x=0.01, ha="left", fontsize=15, fontweight="bold")
    for panel in panels:
        _shade(panel, year)
    _weeks(panels[0], year.days)
    _believed(panels[1], "10 km time, min", [d.believed_10k_s for d in year.days], _ten_km(year.days), 60.0)
    _believed(
        panels[2],
        "easy heart rate in cool air, beats/min",
        [d.believed_easy_bpm for d in year.days],
        _easy(year.days),
        1.0,
    )
    _weight(panels[3], year.days)
    _rules(panels[4], year.days, spoken)
    _months(panels[4], year)
    figure.savefig(path, dpi=110)
    return path


def _ten_km(days: tuple[Day, ...]) -> Column:
    return np.array([d.true_10k_s for d in days])


def _easy(days: tuple[Day, ...]) -> Column:
    return np.array([d.true_easy_bpm for d in days])


def _shade(panel: Axes, year: Year) -> None:
    """Shade the spells of the year behind a panel and mark the races."""
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", color="#e4e4e4")
    panel.set_axisbelow(True)
    for name, colour, holds in _SPELLS:
        for index, (first, last) in enumerate(_spells(np.array([holds(d) for d in year.days]))):
            panel.axvspan(first, last, color=colour, alpha=0.16, lw=0, label="" if index else name)
    for race in year.races:
        panel.axvline(race.day - year.first_day + 1.5, color=_TRUE, lw=1.2, ls=":", label=race.name)


def _spells(flags: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return first and last day (from 1, as edges) of each stretch of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(float(a) + 1.0, float(b) + 1.0) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _weeks(panel: Axes, days: tuple[Day, ...]) -> None:
    whole = len(days) // 7
    week = np.arange(7 * whole) // 7
    taken = np.array([d.followed or d.done_m > 0.0 for d in days[: 7 * whole]])
    wished = np.array([d.decision.session.distance_m if d.decision.session else 0.0 for d in days[: 7 * whole]])
    done = np.array([d.done_m for d in days[: 7 * whole]])
    left = 7.0 * np.arange(whole) + 1.0
    panel.bar(left, np.bincount(week, done) / 1000.0, 6.2, align="edge", color=_ORANGE, label="run")
    planned = np.bincount(week, taken * wished) / 1000.0
    panel.stairs(planned, np.append(left, left[-1] + 7.0) - 0.4, color=_BLUE, lw=1.8, label="suggested for those days")
    panel.set_ylabel("km a week")
    _legend(panel, 4)


def _believed(panel: Axes, label: str, beliefs: list[Estimate], truth: Column, unit: float) -> None:
    """Draw a belief as a line in its band, and the truth."""
    day = np.arange(1.0, len(beliefs) + 1.0)
    low, value, high = (
        np.array([getattr(one, name) for one in beliefs]) / unit for name in ("low", "value", "high")
    )  # fmt: skip
    panel.fill_between(day, low, high, color=_BLUE, alpha=0.22, lw=0, label="believed, with its interval")
    panel.plot(day, value, color=_BLUE, lw=1.8)
    panel.plot(day, truth / unit, color=_TRUE, lw=1.4, ls="--", label="true")
    panel.set_ylabel(label)
    _legend(panel, 2, ("believed, with its interval", "true"))


def _weight(panel: Axes, days: tuple[Day, ...]) -> None:
    day = np.arange(1.0, len(days) + 1.0)
    told = [(at, c.value) for at, d in zip(day, days, strict=True) for c in d.said if c.kind == "weight_goal"]
    panel.plot(day, [d.weight_kg for d in days], color=_TRUE, lw=1.2, ls="--", label="true")
    if told:
        panel.plot(*np.array(told).T, "o", color=_BLUE, ms=4, label="said")
    panel.set_ylabel("weight, kg")
    _legend(panel, 2, ("true", "said"))


def _rules(panel: Axes, days: tuple[Day, ...], spoken: list[str]) -> None:
    """Draw the true pain above, and below it a row for each rule on the days that it spoke."""
    pain = np.array([d.pain for d in days])
    panel.fill_between(np.arange(1.0, len(days) + 1.0), 0.0, pain / 4.0, color=_RED, alpha=0.7, lw=0)
    for row, rule in enumerate(spoken):
        flags = np.array([rule in d.decision.rule_ids for d in days])
        spans = [(first, last - first) for first, last in _spells(flags)]
        panel.broken_barh(spans, (-1.4 - row, 0.8), facecolors=_BLUE)
    names = ["pain, 0 to 10", *spoken]
    panel.set_yticks([0.6, *(-1.0 - np.arange(len(spoken)))], names, fontsize=8)
    panel.set_ylim(-1.8 - len(spoken), 2.7)
    panel.grid(axis="y", visible=False)
    panel.set_ylabel("rules that spoke")


def _months(panel: Axes, year: Year) -> None:
    first = _EPOCH + timedelta(days=year.first_day)
    days = [first + timedelta(days=k) for k in range(len(year.days))]
    ticks = [k + 1 for k, one in enumerate(days) if one.day == 1]
    panel.set_xticks(ticks, [f"{days[k - 1]:%b}" for k in ticks])
    panel.set_xlim(1.0, len(days) + 1.0)


def _legend(panel: Axes, columns: int, names: tuple[str, ...] = ()) -> None:
    handles, labels = panel.get_legend_handles_labels()
    kept = [pair for pair in zip(handles, labels, strict=True) if not names or pair[1] in names]
    panel.legend(*zip(*kept, strict=True), ncols=columns, frameon=False, fontsize=8, loc="lower left",
                 bbox_to_anchor=(0.0, 1.0), borderaxespad=0.0)  # fmt: skip


def _spoken(days: tuple[Day, ...]) -> Iterator[str]:
    """Return the rules that spoke in the year, those of every day aside, in the order of the catalogue."""
    told = {rule for d in days for rule in d.decision.rule_ids}
    return (rule for rule in RULES if rule in told and rule not in DAILY)
