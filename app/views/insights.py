"""Trends with their doubt: volume, pace at like heart rate, form, acclimatisation, and trials of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.views.listing import BarsItem, ButtonItem, Group, ListView, TextItem, TrendItem
from app.views.phase import Act, Notice, Offer
from app.views.words import Words

Doubtful = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Trends:
    """What the insights are drawn from: (day, low, value, high) each; weeks as (name, m run, m planned)."""

    weeks: Sequence[tuple[str, float]] = ()
    pace: Sequence[Doubtful] = ()
    """s/km."""
    heart: Sequence[Doubtful] = ()
    """bpm above or below what was expected of the run."""
    cadence: Sequence[Doubtful] = ()
    acclimatised: Sequence[Doubtful] = ()
    """m that the body is used to."""
    trial: str = ""
    trial_days: int = 0


def slope_text(values: Sequence[Doubtful], words: Words, unit: str, lower_is_better: bool) -> str:
    """Return whether a trend is more than its doubt, in words."""
    if len(values) < 6:
        return words("Too few runs to call it a trend.")
    first, last = values[: len(values) // 3], values[-(len(values) // 3) :]
    before, after = (sum(v[2] for v in part) / len(part) for part in (first, last))
    doubt = sum(v[3] - v[1] for v in values) / len(values) / 2.0 / max(1.0, len(first) ** 0.5)
    change = after - before
    if abs(change) < doubt:
        return words("No change beyond its doubt.")
    amount = f"{words.number(abs(change))} {unit}"
    down = words("{amount} lower than at the start", amount=amount)
    up = words("{amount} higher than at the start", amount=amount)
    good = words("for the better") if (change < 0) == lower_is_better else words("worth a look")
    return f"{down if change < 0 else up}, {good}."


def insights_view(trends: Trends, words: Words, notice: Notice | None = None) -> ListView:
    """Return the insights; what has no runs to rest on is left out."""
    groups: list[Group] = []
    if trends.weeks:
        mean = sum(v for _, v in trends.weeks[-4:]) / max(1, len(trends.weeks[-4:]))
        text = words("{distance} in a usual week of late", distance=words.short_distance(mean).text)
        bars = BarsItem(words("Distance by week"), text, tuple(trends.weeks))
        groups.append(Group("", (bars,)))
    rows: tuple[tuple[str, Sequence[Doubtful], str, str, bool], ...] = (
        (words("Pace of easy runs"), trends.pace, "s/km", "speedometer", True),
        (words("Heart rate beside what was expected"), trends.heart, words("bpm"), "heart-pulse", True),
        (words("Cadence"), trends.cadence, words("spm"), "shoe-print", False),
    )
    for title, values, unit, icon, lower in rows:
        if len(values) > 1:
            newest = values[-1][2]
            shown = words.pace(newest).text if unit == "s/km" else f"{words.number(newest)} {unit}"
            item = TrendItem(title, slope_text(values, words, unit, lower), shown, tuple(values), icon)
            groups.append(Group("", (item,)))
    groups += _altitude(trends, words)
    groups.append(_trial(trends, words))
    return ListView(
        "insights", words("Insights"), tuple(groups), words("Beside your own runs, never beside others."), notice=notice
    )


def _altitude(trends: Trends, words: Words) -> list[Group]:
    if len(trends.acclimatised) < 2:
        return []
    newest = trends.acclimatised[-1][2]
    text = words("The altitude that your body is used to; the shade is the doubt.")
    item = TrendItem(
        words("Acclimatisation"), text, words.height(newest).text, tuple(trends.acclimatised), "image-filter-hdr"
    )
    return [Group("", (item,))]


def _trial(trends: Trends, words: Words) -> Group:
    if trends.trial:
        text = words.n(
            "{count} day so far; what it shows is told once it is safe to say.",
            "{count} days so far; what it shows is told once it is safe to say.",
            trends.trial_days,
        )
        leave = ButtonItem(Offer(words("Leave the trial"), Act("leave trial"), "close"))
        return Group(words("Trial of one"), (TextItem(trends.trial), TextItem(text, soft=True), leave))
    begin = ButtonItem(Offer(words("Begin a trial of one"), Act("begin trial"), "test-tube"))
    text = words("Two ways of telling the effort, compared on you alone: heart rate or words.")
    return Group(words("Trial of one"), (TextItem(text, soft=True), begin))
