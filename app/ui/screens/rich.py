"""The richer items of a list as pieces: figures, splits, zones, profile, track, taps, changes, beliefs, trackers."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from kivy.graphics import Color, SmoothEllipse, SmoothRoundedRectangle

from app.ui.kit.charts import Outline, Plot, Profile, Share
from app.ui.kit.figures import because_line, caption, metrics
from app.ui.kit.piece import Column, Grid, Piece, Row
from app.ui.kit.press import Ask, Chip, Pill, Touchable
from app.ui.kit.text import Icon, Txt
from app.ui.look import Look
from app.ui.screens.days import month, week
from app.ui.theme import rgba
from app.views.items import (
    BeliefItem,
    ChangeItem,
    DeviceItem,
    FiguresItem,
    HeadlineItem,
    MonthItem,
    ProfileItem,
    RawItem,
    Split,
    SplitsItem,
    TapsItem,
    TrackItem,
    WeekItem,
    ZonesItem,
)


def _headline(look: Look, item: HeadlineItem, ask: Ask) -> Piece:
    title = Txt(look, item.title, 24.0, bold=True)
    head: Piece = Row(look, [Icon(look, item.icon, 28.0, "accent"), title], (0.0, 1.0)) if item.icon else title
    return Column(look, [head, *([Txt(look, item.text, 15.0, "soft")] if item.text else [])], gap=6.0)


def _figures(look: Look, item: FiguresItem, ask: Ask) -> Piece:
    return metrics(look, item.figures, item.size, 118.0 if item.size >= 28.0 else 96.0)


class Bar(Piece):
    """A bar of a length from 0 to 1 in a colour, on a track."""

    def __init__(self, look: Look, share: float, colour: str, high: float = 10.0) -> None:
        super().__init__(look)
        self.share, self.colour, self.high = share, colour, look.dp(high)

    def fit(self, width: float) -> float:
        return self.high

    def paint(self) -> None:
        with self.canvas.before:
            self.canvas.before.clear()
            for colour, length in ((self.look.theme.track, 1.0), (self.colour, min(1.0, max(0.02, self.share)))):
                Color(*rgba(colour))
                size = (max(self.height, self.width * length), self.height)
                SmoothRoundedRectangle(pos=self.pos, size=size, radius=[self.height / 2])


def _splits(look: Look, item: SplitsItem, ask: Ask) -> Piece:
    rows: list[Piece] = [caption(look, item.title)]
    rows += [_split(look, split, i == item.fastest) for i, split in enumerate(item.splits)]
    return Column(look, rows, gap=7.0)


def _split(look: Look, split: Split, fastest: bool) -> Piece:
    colour = look.zones[split.zone - 1] if split.zone else look.theme.chart
    name = Txt(look, split.name, 15.0, "soft", line=True)
    name.widest = "00,0"
    pace = Txt(look, split.pace, 18.0, "accent" if fastest else "ink", font="numbers", align="right", line=True)
    pace.widest = "00:00"
    heart = Txt(look, split.heart, 14.0, "soft", align="right", line=True)
    heart.widest = "000 bpm"
    mark = Icon(look, "star-outline" if fastest else "chevron-right", 14.0, "accent" if fastest else "card")
    pieces: list[Piece] = [name, Bar(look, split.share, colour), mark, pace, heart]
    return Row(look, pieces, (0.0, 1.0, 0.0, 0.0, 0.0), gap=8.0)


def _zones(look: Look, item: ZonesItem, ask: Ask) -> Piece:
    rows: list[Piece] = [caption(look, item.title), Share(look, item.shares, look.zones, 16.0)]
    for i, (share, text) in enumerate(zip(item.shares, item.times, strict=True)):
        name = Txt(look, look.words("Zone {number}", number=i + 1), 15.0, look.zones[i], bold=True, line=True)
        part = Txt(look, f"{look.words.number(100 * share)} %", 14.0, "soft", align="right", line=True)
        time = Txt(look, text, 18.0, font="numbers", align="right", line=True)
        rows.append(Row(look, [name, part, time], (1.0, 0.6, 0.8)))
    if item.text:
        rows.append(Txt(look, item.text, 14.0, "soft"))
    return Column(look, rows, gap=7.0)


def _profile(look: Look, item: ProfileItem, ask: Ask) -> Piece:
    value = Txt(look, item.value, 16.0, bold=True, align="right")
    head = Row(look, [caption(look, item.title), value], (1.0, 1.4), stack_below=110.0)
    drawn = Profile(look, 110.0)
    drawn.show(item.points)
    return Column(look, [head, drawn, *([Txt(look, item.text, 14.0, "soft")] if item.text else [])], gap=6.0)


def _track(look: Look, item: TrackItem, ask: Ask) -> Piece:
    text = [Txt(look, item.text, 14.0, "soft")] if item.text else []
    return Column(look, [caption(look, item.title), Outline(look, item.points, 190.0), *text], gap=6.0)


def _taps(look: Look, item: TapsItem, ask: Ask) -> Piece:
    chips: list[Piece] = [Chip(look, text, on, act, ask) for text, act, on in item.taps]
    longest = max((chip.wide() / look.unit / look.font_scale for chip in chips), default=56.0)
    grid = Grid(look, chips, min(160.0, max(52.0, longest)), gap=6.0, most=10)
    pieces: list[Piece] = [Txt(look, item.title, 17.0, bold=True)]
    if item.text:
        pieces.append(Txt(look, item.text, 14.0, "soft"))
    pieces.append(grid)
    if item.ends[0]:
        left, right = Txt(look, item.ends[0], 13.0, "soft"), Txt(look, item.ends[1], 13.0, "soft", align="right")
        pieces.append(Row(look, [left, right]))
    return Column(look, pieces, gap=8.0)


def _change(look: Look, item: ChangeItem, ask: Ask) -> Piece:
    was = Txt(look, item.was, 16.0, "soft")
    now = Txt(look, item.now, 16.0, bold=True)
    words = look.words
    row = Row(
        look,
        [
            Column(look, [Txt(look, words("was"), 13.0, "soft"), was], gap=0.0),
            Icon(look, "arrow-right", 22.0, "accent"),
            Column(look, [Txt(look, words("now"), 13.0, "soft"), now], gap=0.0),
        ],
        (1.0, 0.0, 1.0),
    )
    answers = Row(look, [Pill(look, offer, ask) for offer in item.offers], gap=10.0, stack_below=120.0)
    title = Txt(look, item.day, 16.0, "accent", bold=True)
    return Column(look, [title, row, because_line(look, item.because, ask, True), answers], gap=8.0)


class Doubt(Plot):
    """Where a value lies in its doubt: a pale stretch from low to high with a dot."""

    def __init__(self, look: Look, low: float, at: float, high: float) -> None:
        super().__init__(look, 14.0)
        self.low, self.value, self.top_end = low, at, high

    def paint(self) -> None:
        theme, mid = self.look.theme, self.center_y
        with self.canvas.before:
            self.canvas.before.clear()
            thick = self.look.dp(4.0)
            Color(*rgba(theme.track))
            SmoothRoundedRectangle(pos=(self.x, mid - thick / 2), size=(self.width, thick), radius=[thick / 2])
            Color(*rgba(theme.chart, 0.55))
            thick, start = self.look.dp(8.0), self.x + self.low * self.width
            width = max(thick, (self.top_end - self.low) * self.width)
            SmoothRoundedRectangle(pos=(start, mid - thick / 2), size=(width, thick), radius=[thick / 2])
            for colour, d in ((theme.card, self.look.dp(14.0)), (theme.ink, self.look.dp(10.0))):
                Color(*rgba(colour))
                x = min(self.right - d / 2, max(self.x + d / 2, self.x + self.value * self.width))
                SmoothEllipse(pos=(x - d / 2, mid - d / 2), size=(d, d))


def _belief(look: Look, item: BeliefItem, ask: Ask) -> Piece:
    mark: list[Piece] = [Icon(look, "chevron-right", 20.0, "soft")] if item.act else []
    title = Txt(look, item.title, 16.0)
    value: list[Piece] = [Txt(look, item.value, 17.0, bold=True, align="right")] if item.value else []
    weights = (1.0, *(1.1 for _ in value), *(0.0 for _ in mark))
    head = Row(look, [title, *value, *mark], weights, gap=8.0, stack_below=84.0)
    pieces: list[Piece] = [head]
    if isfinite(item.at):
        pieces.append(Doubt(look, item.low, item.at, item.high))
    source = Row(
        look, [Icon(look, item.source_icon, 16.0, "soft"), Txt(look, item.source, 13.0, "soft")], (0.0, 1.0), gap=6.0
    )
    if item.range_text:
        spread = Txt(look, item.range_text, 13.0, "soft", align="right")
        pieces.append(Row(look, [source, spread], (1.2, 1.0), gap=6.0, stack_below=110.0))
    else:
        pieces.append(source)
    if item.text:
        pieces.append(Txt(look, item.text, 14.0, "soft"))
    whole = Column(look, pieces, gap=5.0)
    return Touchable(look, whole, item.act, ask, f"{item.title}: {item.value}") if item.act else whole


def _device(look: Look, item: DeviceItem, ask: Ask) -> Piece:
    colour = "accent" if item.good else "warn"
    icon = "robot-outline" if item.simulated else "watch-variant"
    below = Txt(look, item.text, 14.0, "soft")
    state = Txt(look, item.state, 14.0, colour, bold=True)
    middle = Column(look, [Txt(look, item.name, 17.0, bold=True), below, state], gap=2.0)
    signal = f"signal-cellular-{min(3, item.bars)}" if item.bars > 0 else "signal-off"
    right: list[Piece] = []
    if item.bars >= 0:
        right.append(Icon(look, signal, 20.0, "soft" if item.bars else "warn"))
    if item.battery:
        low = item.battery_share < 0.2
        right.append(Icon(look, "battery-low" if low else "battery", 20.0, "warn" if low else "soft"))
        right.append(Txt(look, item.battery, 13.0, "soft", line=True))
    pieces = [Icon(look, "check-circle" if item.chosen else icon, 26.0, "accent" if item.chosen else "soft"), middle]
    row = Row(look, [*pieces, *right], (0.0, 1.0, *(0.0 for _ in right)), gap=8.0)
    return Touchable(look, row, item.act, ask, f"{item.name}: {item.state}")


class Wave(Plot):
    """A line of the newest values, scaled to what it holds."""

    def __init__(self, look: Look, values: tuple[float, ...], colour: str) -> None:
        super().__init__(look, 56.0)
        self.values, self.colour = values, colour

    def paint(self) -> None:
        known = [v for v in self.values if isfinite(v)]
        self.canvas.before.clear()
        if len(known) < 2:
            return
        low, high = min(known), max(known)
        spare = max(1e-6, 0.1 * (high - low))
        self.x_range, self.y_range = (0.0, len(self.values) - 1.0), (low - spare, high + spare)
        with self.canvas.before:
            self.line([(float(i), v) for i, v in enumerate(self.values)], self.colour, 2.0)


class RawLines(Column):
    """What a tracker sends; new values of the same lines are shown in place."""

    def __init__(self, look: Look, item: RawItem) -> None:
        self.numbers = [
            Txt(look, newest, 16.0, font="numbers", align="right", line=True) for _, newest, _ in item.lines
        ]
        colours = [look.zones[(1, 3, 0, 4, 2)[i % 5]] for i in range(len(item.lines))]
        self.waves = [Wave(look, line[2], colour) for line, colour in zip(item.lines, colours, strict=True)]
        pieces: list[Piece] = [caption(look, item.title)]
        for (name, _, _), number, wave in zip(item.lines, self.numbers, self.waves, strict=True):
            pieces += [Row(look, [Txt(look, name, 14.0, "soft"), number]), wave]
        pieces += [Txt(look, item.text, 14.0, "soft")] if item.text else []
        super().__init__(look, pieces, gap=5.0)

    def show(self, item: RawItem) -> None:
        """Show the newest values."""
        for (_, newest, values), number, wave in zip(item.lines, self.numbers, self.waves, strict=True):
            number.show(newest)
            wave.values = values
            wave.paint()


def _raw(look: Look, item: RawItem, ask: Ask) -> Piece:
    return RawLines(look, item)


MAKERS: dict[type, Callable[[Look, Any, Ask], Piece]] = {
    HeadlineItem: _headline,
    FiguresItem: _figures,
    SplitsItem: _splits,
    ZonesItem: _zones,
    ProfileItem: _profile,
    TrackItem: _track,
    TapsItem: _taps,
    WeekItem: week,
    MonthItem: month,
    ChangeItem: _change,
    BeliefItem: _belief,
    DeviceItem: _device,
    RawItem: _raw,
}
