"""Plain, clear lists: every item of `app.views.listing` as a piece. Wide, the groups stand in two columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.ui.forms import DESKTOP, LANDSCAPE, TABLET
from app.ui.kit.charts import Bars, Progress, Trend
from app.ui.kit.entry import Field
from app.ui.kit.figures import banner, because, caption, top_bar, whole_notice
from app.ui.kit.piece import Card, Column, Masonry, Piece, Row
from app.ui.kit.press import Ask, Choice, Hold, Line, OnOff, Pill, Round, nothing
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt
from app.ui.look import Look
from app.ui.screens.base import Screen
from app.ui.screens.rich import MAKERS, RawLines
from app.views.items import MonthItem, RawItem, WeekItem
from app.views.listing import (
    BarsItem,
    ButtonItem,
    ChoiceItem,
    FieldItem,
    Group,
    Item,
    LineItem,
    ListView,
    StepItem,
    SwitchItem,
    TextItem,
    TrendItem,
)
from app.views.phase import Offer


class ListScreen(Screen[ListView]):
    """A list; its name is that of its view."""

    def __init__(self, look: Look, view: ListView, ask: Ask = nothing) -> None:
        super().__init__(look, view, ask)
        self.name = view.name

    def shape(self, view: ListView) -> ListView:
        """Return the view without the values that a tracker sends just now."""
        return replace(view, groups=tuple(replace(g, items=tuple(map(_still, g.items))) for g in view.groups))

    def refresh(self, view: ListView) -> None:
        """Show what a tracker sends just now."""
        now = [item for group in view.groups for item in group.items if isinstance(item, RawItem)]
        shown = [piece for piece in self.walk(restrict=True) if isinstance(piece, RawLines)]
        for item, piece in zip(now, shown, strict=True):
            piece.show(item)

    def build(self, view: ListView, form: str) -> Piece:
        look = self.look
        head = top_bar(look, view.title, self.ask, back=view.back, text=view.text, speak=bool(view.groups))
        if view.notice is not None and not view.groups:
            body = whole_notice(look, view.notice, self.ask)
            return Column(look, [head, body], pad=16.0, grows=1.0)
        above: list[Piece] = [Progress(look, view.share)] if view.share >= 0.0 else []
        above += [banner(look, view.notice, self.ask)] if view.notice else []
        groups = [group_card(look, group, self.ask) for group in view.groups]
        wide = form in (LANDSCAPE, TABLET, DESKTOP) and self.width > look.dp(680.0) * min(1.3, look.font_scale)
        body = Masonry(look, groups, 2) if wide and len(groups) > 1 else Column(look, groups)
        scroll = Scroll(look, Column(look, [head, *above, body], pad=16.0))
        if not view.bottom:
            return scroll
        buttons = Row(look, [item_piece(look, b, self.ask) for b in view.bottom], gap=10.0, stack_below=110.0)
        return Column(look, [scroll, Column(look, [buttons], pad=12.0)], gap=0.0, grows=1.0)


def _still(item: Item) -> Item:
    if not isinstance(item, RawItem):
        return item
    return replace(item, lines=tuple((name, "", ()) for name, _, _ in item.lines))


def group_card(look: Look, group: Group, ask: Ask) -> Card:
    """Return a group as a card."""
    pieces: list[Piece] = [caption(look, group.title)] if group.title else []
    pieces += [item_piece(look, item, ask) for item in group.items]
    days = any(isinstance(item, WeekItem | MonthItem) for item in group.items)  # seven targets beside each other
    return Card(look, pieces, "coach" if group.coach else "card", gap=8.0, pad=8.0 if days else 16.0)


def item_piece(look: Look, item: Item, ask: Ask) -> Piece:
    """Return an item as a piece."""
    return _MAKERS[type(item)](look, item, ask)


def _line(look: Look, item: LineItem, ask: Ask) -> Piece:
    if item.act is not None:
        return Line(look, item.title, item.act, ask, text=item.text, icon=item.icon, value=item.value)
    below = [Txt(look, item.text, 14.0, "soft")] if item.text else []
    pieces: list[Piece] = [Icon(look, item.icon, 24.0, "soft")] if item.icon else []
    weights = [0.0] * len(pieces)
    pieces.append(Column(look, [Txt(look, item.title, 16.0, item.colour), *below], gap=2.0))
    weights.append(1.0)
    if item.value:
        pieces.append(Txt(look, item.value, 17.0, item.colour, bold=True, align="right"))
        weights.append(0.8)
    return Row(look, pieces, weights)


def _switch(look: Look, item: SwitchItem, ask: Ask) -> Piece:
    return OnOff(look, item.title, item.on, item.act, ask, item.text)


def _choice(look: Look, item: ChoiceItem, ask: Ask) -> Piece:
    pieces: list[Piece] = [Txt(look, item.title, 16.0)] if item.title else []
    pieces += [Txt(look, item.text, 14.0, "soft")] if item.text else []
    return Column(look, [*pieces, Choice(look, item.options, item.chosen, item.act, ask)], gap=6.0)


def _step(look: Look, item: StepItem, ask: Ask) -> Piece:
    words = look.words
    below = [Txt(look, item.text, 14.0, "soft")] if item.text else []
    title = Column(look, [Txt(look, item.title, 16.0), *below], gap=2.0)
    pieces: list[Piece] = [title]
    weights = [1.0]
    for act, icon, name in ((item.less, "minus", words("less")), (item.more, "plus", words("more"))):
        if icon == "plus":
            shown = Txt(look, item.shown, 17.0, bold=True, align="center", line=True)
            pieces.append(shown)
            weights.append(0.0)
        if act is not None:
            pieces.append(Round(look, Offer(f"{item.title}: {name}", act, icon), ask, "control", 48.0))
            weights.append(0.0)
    return Row(look, pieces, weights, gap=8.0)


def _text(look: Look, item: TextItem, ask: Ask) -> Piece:
    words = Txt(look, item.text, 16.0 if not item.soft else 14.0, "soft" if item.soft else "ink")
    return Column(look, [words, because(look, item.because, ask)], gap=6.0) if item.because else words


def _trend(look: Look, item: TrendItem, ask: Ask) -> Piece:
    icon: list[Piece] = [Icon(look, item.icon, 22.0, "soft")] if item.icon else []
    title = Txt(look, item.title, 16.0, bold=True)
    value = Txt(look, item.value, 16.0, bold=True, align="right")
    head = Row(look, [*icon, title, value], (*(0.0 for _ in icon), 1.0, 1.0), gap=8.0)
    return Column(look, [head, Trend(look, item.points, 84.0), Txt(look, item.text, 14.0, "soft")], gap=6.0)


def _bars(look: Look, item: BarsItem, ask: Ask) -> Piece:
    values = [value for _, value in item.bars]
    bars = Bars(look, values, [look.theme.chart] * len(values), 72.0, item.planned)
    step = max(1, -(-len(values) // 4))  # few enough names that none shrinks
    shown = [Txt(look, name, 12.0, "soft", line=True) for name, _ in item.bars[::step]]
    return Column(
        look,
        [Txt(look, item.title, 16.0, bold=True), bars, Row(look, shown, gap=2.0), Txt(look, item.text, 14.0, "soft")],
        gap=6.0,
    )


def _button(look: Look, item: ButtonItem, ask: Ask) -> Piece:
    kind = Hold if item.hold else Pill
    return kind(look, item.offer, ask, item.kind, 52.0)


def _field(look: Look, item: FieldItem, ask: Ask) -> Piece:
    return Column(
        look, [Txt(look, item.title, 16.0), Field(look, item.text, item.act, ask, item.hint, item.number)], gap=6.0
    )


_MAKERS: dict[type, Callable[[Look, Any, Ask], Piece]] = {
    **MAKERS,
    LineItem: _line,
    SwitchItem: _switch,
    ChoiceItem: _choice,
    StepItem: _step,
    TextItem: _text,
    TrendItem: _trend,
    BarsItem: _bars,
    ButtonItem: _button,
    FieldItem: _field,
}
