"""The pictures of a run: pace, heart rate in its zones, altitude, cadence, the outline, and the runs like it.

The rule of this file: a picture is asked for only where there is something to draw; axes carry their units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.pages.drawing import HALF, ink, pictures
from app.pages.lines import Along, Line
from app.pages.markup import Markup
from app.pages.run_data import RunData
from app.views.words import M_PER_FOOT, M_PER_MILE, Words
from edge.samples import Column

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.ticker import Locator

#: Margins in px, the same for all pictures along a run, so that they stand exactly below each other.
_LEFT, _RIGHT, _HEAD, _FOOT = 40.0, 54.0, 10.0, 24.0
_CLOCK_STEPS_S = (5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 180.0, 300.0)
_ROUND_M = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 20000)


def _along(axes: Axes, along: Along, words: Words, size: str) -> float:
    """Lay out the axis along the run, the same in every picture; return what a place on it is multiplied with."""
    from matplotlib.ticker import MaxNLocator

    figure = axes.get_figure(root=True)
    assert figure is not None
    width, height = (float(v) * 72.0 for v in figure.get_size_inches())
    figure.subplots_adjust(_LEFT / width, _FOOT / height, 1.0 - _RIGHT / width, 1.0 - _HEAD / height)
    factor = 1000.0 / M_PER_MILE if along.by_distance and words.units == "imperial" else 1.0
    unit = words.distance(0.0).unit if along.by_distance else "min"
    end = along.end * factor if along.end > 0.0 else 1.0
    axes.set_xlim(0.0, end)
    ticks = [
        t for t in MaxNLocator(4 if size == "small" else 8, steps=[1, 2, 5, 10]).tick_values(0.0, end) if 0 <= t <= end
    ]
    digits = 0 if ticks[-1] >= len(ticks) - 1.5 and all(t == round(t) for t in ticks) else 1 if end > 0.4 else 2
    names = [words.number(t, digits) for t in ticks]
    axes.set_xticks(ticks, [*names[:-1], f"{names[-1]} {unit}"])
    axes.grid(axis="y", linewidth=0.8)
    return factor


def _clock_ticks(low: float, high: float) -> Locator:
    """Return ticks at whole parts of a minute, five at most."""
    from matplotlib.ticker import MultipleLocator

    return MultipleLocator(next((step for step in _CLOCK_STEPS_S if (high - low) / step <= 5.0), 600.0))


def _beside(axes: Axes, at: float, text: str, role: str = "ink") -> None:
    """Write right of the picture, where no line runs."""
    axes.annotate(
        text,
        (1.0, at),
        (7, 0),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        va="center",
        fontsize=11.0,
        color=ink(role),
        fontfamily="Roboto Medium",
        annotation_clip=False,
    )


def _limits(value: Column, least: float, share: float = 0.12) -> tuple[float, float]:
    """Return ends of an axis that hold all but the wildest values, and at least a span."""
    low, high = np.nanpercentile(value, [2.0, 98.0])
    room = max(share * (high - low), 0.5 * (least - (high - low)))
    return float(low - room), float(high + room)


def pace_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return pace along the run, the faster the higher."""
    from matplotlib.ticker import FuncFormatter

    per = M_PER_MILE / 1000.0 if words.units == "imperial" else 1.0

    def paint(axes: Axes, size: str) -> None:
        factor = _along(axes, run.along, words, size)
        value = run.pace.value * per
        low, high = _limits(value, 60.0)
        low, high = max(0.0, low), min(high, float(np.nanmedian(value)) * 2.2)
        axes.set_ylim(high, low)
        axes.yaxis.set_major_locator(_clock_ticks(low, high))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: words.clock(v)))
        shown = np.clip(value, low, high)
        axes.fill_between(run.pace.at * factor, shown, high, color=ink("chart"), alpha=0.16, linewidth=0)
        axes.plot(run.pace.at * factor, shown, color=ink("chart"), linewidth=1.6)
        _mean(
            axes,
            run.numbers.pace_s_per_km * per,
            words("mean\n{value}", value=words.clock(run.numbers.pace_s_per_km * per)),
        )

    return pictures("pace", said, paint, 170, fitted=False)


def _mean(axes: Axes, value: float, text: str) -> None:
    if np.isfinite(value):
        axes.axhline(value, color=ink("soft"), linewidth=1.0, linestyle=(0, (4, 3)))
        _beside(axes, value, text)


def heart_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return the heart rate over the bands of this person's zones."""

    def paint(axes: Axes, size: str) -> None:
        factor = _along(axes, run.along, words, size)
        axes.grid(visible=False)
        low, high = _limits(run.heart.value, 30.0)
        bounds = [*run.zones_bpm.tolist(), max(high, run.report.highest.value)]
        axes.set_ylim(low, high)
        for zone in range(1, 6):
            a, b = max(low, bounds[zone - 1]), min(high, bounds[zone])
            if b <= a:
                continue
            axes.axhspan(a, b, color=ink(f"zone{zone}"), alpha=0.24, linewidth=0)
            if b - a > 0.09 * (high - low):
                _beside(axes, 0.5 * (a + b), words("Zone {number}", number=zone))
        axes.plot(run.heart.at * factor, run.heart.value, color=ink("ink"), linewidth=1.6)

    return pictures("heart", said, paint, 200, fitted=False)


def height_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return the smoothed altitude."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    per = 1.0 / M_PER_FOOT if words.units == "imperial" else 1.0

    def paint(axes: Axes, size: str) -> None:
        factor = _along(axes, run.along, words, size)
        value = run.height.value * per
        low, high = _limits(value, 30.0 * per)
        axes.set_ylim(low, high)
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: words.number(v)))
        axes.fill_between(run.height.at * factor, value, low, color=ink("accent"), alpha=0.20, linewidth=0)
        axes.plot(run.height.at * factor, value, color=ink("accent"), linewidth=1.6)

    return pictures("altitude", said, paint, 150, fitted=False)


def cadence_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return the cadence."""

    def paint(axes: Axes, size: str) -> None:
        factor = _along(axes, run.along, words, size)
        axes.set_ylim(*_limits(run.cadence.value, 30.0))
        axes.plot(run.cadence.at * factor, run.cadence.value, color=ink("primary"), linewidth=1.3)

    return pictures("cadence", said, paint, 120, fitted=False)


def track_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return the outline with a scale in m or km; no map, north is up."""

    def paint(axes: Axes, size: str) -> None:
        axes.set_axis_off()
        axes.set_aspect("equal", adjustable="box")
        east, north = run.outline.T
        axes.plot(east, north, color=ink("chart"), linewidth=2.4, solid_joinstyle="round", solid_capstyle="round")
        span = float(max(np.nanmax(east), np.nanmax(north), 1.0))
        bar = max((m for m in _ROUND_M if m <= 0.35 * span), default=10)
        foot = -0.09 * span
        axes.plot([0.0, bar], [foot, foot], color=ink("soft"), linewidth=2.0, solid_capstyle="butt")
        axes.text(
            bar / 2.0,
            foot - 0.02 * span,
            f"{words.number(bar)} m" if bar < 1000 else f"{words.number(bar / 1000, 1 if bar % 1000 else 0)} km",
            ha="center",
            va="top",
            color=ink("soft"),
        )

    return pictures("track", said, paint, 300, HALF)


def like_picture(run: RunData, words: Words, said: str) -> Markup:
    """Return this run among the person's own of like length: pace against heart rate, or pace by date."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    per = M_PER_MILE / 1000.0 if words.units == "imperial" else 1.0
    fact = run.fact
    if fact is None:
        return Markup("")
    points = np.array([(f.avg_hr_bpm, per * 1000.0 * f.moving_s / f.distance_m) for f in run.like])
    here = (run.numbers.hr_bpm, per * run.numbers.pace_s_per_km)

    def paint(axes: Axes, size: str) -> None:
        known = points[np.isfinite(points).all(axis=1)]
        both = np.vstack([known, np.array(here)])
        axes.set_xlim(*_limits(both[:, 0], 16.0, 0.25))
        low, high = _limits(both[:, 1], 40.0, 0.25)
        axes.set_ylim(high, low)
        axes.grid(linewidth=0.8)
        axes.yaxis.set_major_locator(_clock_ticks(low, high))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: words.clock(v)))
        axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.scatter(
            known[:, 0], known[:, 1], s=58, facecolor=ink("track"), edgecolor=ink("soft"), linewidth=1.2, zorder=3
        )
        axes.scatter(
            here[0], here[1], s=90, marker="D", facecolor=ink("primary"), edgecolor=ink("card"), linewidth=1.5, zorder=4
        )
        axes.annotate(
            words("this run"),
            (here[0], here[1]),
            (0, 11),
            textcoords="offset points",
            ha="center",
            color=ink("ink"),
            fontfamily="Roboto Medium",
            zorder=5,
        )
        axes.set_title(words("pace, min {unit}", unit=words.pace(300.0).unit), loc="left", color=ink("soft"))
        axes.set_xlabel(words("heart rate, {unit}", unit=words.bpm(0.0).unit), loc="right")

    return pictures("like", said, paint, 260, HALF)


def has_like_picture(run: RunData) -> bool:
    """Return whether this run and three like it have both pace and heart rate."""
    known = [f for f in run.like if np.isfinite(f.avg_hr_bpm)]
    return len(known) >= 3 and np.isfinite(run.numbers.hr_bpm) and np.isfinite(run.numbers.pace_s_per_km)


def ends(line: Line) -> tuple[float, float]:
    """Return lowest and highest value of a line, all but the wildest."""
    low, high = np.nanpercentile(line.value, [2.0, 98.0])
    return float(low), float(high)
