"""The pictures of a month or a year: days as a map of heat, bars of weeks or months, trends in their doubt.

The rule of this file: a shade never stands alone; the numbers are in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.pages.drawing import HALF, ink, pictures
from app.pages.look import SHADES
from app.pages.markup import Markup
from app.pages.period_data import EPOCH, PeriodData
from app.views.insights import Doubtful
from app.views.words import DASH, M_PER_MILE, Words
from edge.samples import Column

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_CELL, _TREND_DAYS = 0.86, 28.0


def heat_picture(data: PeriodData, words: Words, said: str) -> Markup:
    """Return a year's days as squares, weeks from left to right, Monday above; on a phone in two halves."""

    def paint(axes: Axes, size: str) -> None:
        halves = 2 if size == "small" else 1
        axes.set_axis_off()
        axes.set_aspect("equal")
        first = data.period.first - timedelta(days=data.period.first.weekday())
        weeks = 53 if halves == 1 else 27
        most, squares = max(data.by_day.values(), default=0.0), _Squares()
        for day in data.period.days:
            week, row = divmod((day - first).days, 7)
            half, column = divmod(week, weeks)
            squares.add(column, row + 9.2 * half, data.by_day.get(day), most)
            if day.day == 1:
                _write(axes, column - 0.43, 9.2 * half - 0.9, words.day_short(day).replace("1. ", "").replace("1 ", ""))
        for half in range(halves):
            for row in (0, 2, 4, 6):
                name = words.weekday_short(date(2024, 1, 1) + timedelta(days=row))
                axes.text(-1.0, row + 9.2 * half, name, ha="right", va="center", fontsize=10.5, color=ink("soft"))
        foot = 9.2 * halves - 0.8
        _legend(axes, squares, weeks, foot, most, words)
        squares.draw(axes)
        axes.set_xlim(-3.6, weeks)
        axes.set_ylim(foot + 0.8, -2.0)

    return pictures("days", said, paint, 190)


def _write(axes: Axes, x: float, y: float, text: str) -> None:
    axes.text(x, y, text, va="bottom", fontsize=10.5, color=ink("soft"))


class _Squares:
    """Days as squares with their corners cut, gathered by colour so that a picture holds few shapes."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, float], list[Path]] = {}

    def add(self, x: float, y: float, distance_m: float | None, most_m: float) -> None:
        """Add a day; None for one that is still to come."""
        from matplotlib.path import Path

        size = _CELL if distance_m is not None else 0.25
        if distance_m is None or distance_m <= 0.0:
            key = ("track", 0.9) if distance_m is not None else ("line", 0.9)
        else:
            key = ("accent", shade(distance_m / most_m))
        shape = np.array(
            [(-1, -0.6), (-0.6, -1), (0.6, -1), (1, -0.6), (1, 0.6), (0.6, 1), (-0.6, 1), (-1, 0.6), (-1, -0.6)]
        )
        self._paths.setdefault(key, []).append(Path(shape * size / 2.0 + (x, y), closed=True))

    def draw(self, axes: Axes) -> None:
        """Draw all of them."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        for (role, alpha), paths in self._paths.items():
            whole = Path.make_compound_path(*paths)
            axes.add_patch(PathPatch(whole, facecolor=ink(role), alpha=alpha, linewidth=0))


def shade(share: float) -> float:
    """Return how strongly a day is inked for its share of the longest."""
    return next(ink_share for limit, ink_share, _ in reversed(SHADES) if share >= limit)


def _legend(axes: Axes, squares: _Squares, weeks: int, y: float, most_m: float, words: Words) -> None:
    if most_m <= 0.0:
        return
    left = 0.0
    limits = [share * most_m for share, _, _ in SHADES] + [most_m]
    texts = [words("rest"), *(_from_to(words, a, b) for a, b in pairwise(limits))]
    for number, text in enumerate(texts):
        squares.add(left, y, 0.0 if number == 0 else most_m * (SHADES[number - 1][0] + 0.01), most_m)
        axes.text(left + 0.8, y, text, va="center", fontsize=10.5, color=ink("soft"))
        left += 4.0 if number == 0 else 6.0 if weeks > 30 else 5.4


def _from_to(words: Words, low_m: float, high_m: float) -> str:
    """Return "3 – 6 km"."""
    per = 1000.0 if words.units == "metric" else M_PER_MILE
    return f"{words.number(low_m / per)} {DASH} {words.number(high_m / per)} {words.distance(0.0).unit}"


def bars_picture(names: Sequence[str], values: Sequence[float], unit: str, words: Words, said: str) -> Markup:
    """Return bars with the value above each."""

    def paint(axes: Axes, size: str) -> None:
        left = np.arange(len(values))
        axes.bar(left, values, 0.66, color=ink("chart"), linewidth=0)
        axes.set_xlim(-0.6, len(values) - 0.4)
        top = max([*values, 1e-9])
        axes.set_ylim(0.0, 1.14 * top)
        axes.set_yticks([])
        small = 9.0 if size == "small" and len(values) > 8 else 11.0
        for x, value in enumerate(values):
            if value > 0:
                text = words.number(value, 0 if value >= 9.95 else 1)
                axes.text(
                    x, value + 0.02 * top, text, ha="center", va="bottom", fontsize=small, fontfamily="Roboto Medium"
                )
        shown = [n if size != "small" or len(values) <= 6 else n[:1] for n in names]
        axes.set_xticks(left, shown, fontsize=11.0)
        axes.tick_params(axis="x", length=0)

    return pictures("bars", f"{said} ({unit})", paint, 200)


def trend_picture(name: str, values: Sequence[Doubtful], data: PeriodData, words: Words, said: str) -> Markup:
    """Return each run as a point with the running mean and its doubt as a band; pace is a clock, the faster higher."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    clock = name == "pace"
    rows = np.array(values)
    longest = _TREND_DAYS if not data.period.month else 7.0
    whole = running_mean(rows, longest)

    def paint(axes: Axes, size: str) -> None:
        at, mean, half = _broken(whole, longest)
        axes.fill_between(at, mean - half, mean + half, color=ink("chart"), alpha=0.22, linewidth=0)
        axes.plot(at, mean, color=ink("chart"), linewidth=1.8)
        axes.scatter(rows[:, 0], rows[:, 2], s=16, color=ink("soft"), linewidth=0, zorder=3)
        low, high = np.percentile(rows[:, 2], [2.0, 98.0])
        room = max(0.15 * (high - low), 0.01 * abs(high))
        axes.set_ylim(*((high + room, low - room) if clock else (low - room, high + room)))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: words.clock(v) if clock else words.number(v)))
        axes.grid(axis="y", linewidth=0.8)
        _dates(axes, data, words, size)

    return pictures(f"trend-{name}", said, paint, 180, HALF)


def _broken(columns: tuple[Column, ...], longest_days: float) -> tuple[Column, ...]:
    """Return the columns with a break wherever there was no run for longer: nothing is known of that time."""
    breaks = np.flatnonzero(np.diff(columns[0]) > longest_days) + 1
    return tuple(np.insert(column, breaks, np.nan) for column in columns)


def _dates(axes: Axes, data: PeriodData, words: Words, size: str) -> None:
    first, after = ((day - EPOCH).days for day in (data.period.first, data.period.after))
    axes.set_xlim(first - 0.5, after - 0.5)
    if data.period.month:
        days = [data.period.first + timedelta(days=i) for i in range(0, after - first, 7)]
        axes.set_xticks([(d - EPOCH).days for d in days], [words.day_short(d) for d in days])
        return
    days = [date(data.period.year, month, 1) for month in range(1, 13, 3)]
    axes.set_xticks([(d - EPOCH).days for d in days], [words.month(d)[:3] for d in days])


def running_mean(rows: Column, days: float) -> tuple[Column, ...]:
    """Return days (n,), the mean (n,) of the runs within so many days, and half of its 90 % interval (n,).

    Of rows (n, 4) as (day, low, value, high). The interval holds the scatter of the runs or the doubt of each,
    whichever is more, by the root of how many there are.
    """
    day, value, doubt = rows[:, 0], rows[:, 2], 0.5 * (rows[:, 3] - rows[:, 1])
    near = np.abs(day[:, None] - day[None, :]) <= days
    count = near.sum(axis=1)
    mean = (near * value).sum(axis=1) / count
    scatter = np.sqrt((near * (value - mean[:, None]) ** 2).sum(axis=1) / np.maximum(count - 1, 1))
    each = np.maximum(1.645 * scatter, (near * doubt).sum(axis=1) / count)
    return day, mean, each / np.sqrt(count)
