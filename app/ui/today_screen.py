"""The Today screen: one session, its reasons, the alternatives and the card of the place."""

from __future__ import annotations

from kivy.graphics import Color, RoundedRectangle
from kivy.metrics import dp, sp
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from app.ui import theme
from app.view import CardView, Figure, TodayView


class Text(Label):
    """A label that wraps to its width and is as high as its text."""

    def __init__(self, text: str, size: float, colour: str = theme.INK, bold: bool = False) -> None:
        super().__init__(
            text=text, font_size=sp(size), color=theme.rgba(colour), bold=bold, size_hint_y=None, halign="left"
        )
        self.bind(width=self._wrap, texture_size=self._fit)

    def _wrap(self, *_: object) -> None:
        self.text_size = (self.width, None)

    def _fit(self, *_: object) -> None:
        self.height = self.texture_size[1]


class Column(BoxLayout):
    """A vertical box that is as high as its children."""

    def __init__(self, *children: Widget, padding: float = 0.0, spacing: float = 8.0) -> None:
        super().__init__(orientation="vertical", size_hint_y=None, padding=dp(padding), spacing=dp(spacing))
        self.bind(minimum_height=self.setter("height"))
        for child in children:
            self.add_widget(child)


class Card(Column):
    """A rounded panel."""

    def __init__(self, *children: Widget, colour: str = theme.CARD) -> None:
        super().__init__(*children, padding=18.0)
        with self.canvas.before:
            Color(*theme.rgba(colour))
            self._panel = RoundedRectangle(radius=[dp(18)])
        self.bind(pos=self._place, size=self._place)
        self._place()

    def _place(self, *_: object) -> None:
        self._panel.pos, self._panel.size = self.pos, self.size


def figures_row(figures: tuple[Figure, ...]) -> BoxLayout:
    """Return the large numbers, two in a row."""
    row = Column(spacing=14.0)
    for pair in zip(figures[::2], [*figures[1::2], None], strict=False):
        line = BoxLayout(size_hint_y=None, height=dp(76), spacing=dp(12))
        for figure in pair:
            line.add_widget(figure_box(figure) if figure else Widget())
        row.add_widget(line)
    return row


def figure_box(figure: Figure) -> Widget:
    """Return one large number with its unit and caption."""
    size = 30.0 if len(figure.value) < 7 else 25.0
    value = Text(
        f"{figure.value} [size={int(sp(15))}][color={theme.MUTED}]{figure.unit}[/color][/size]", size, bold=True
    )
    value.markup = True
    return Column(value, Text(figure.caption, 14.0, theme.MUTED), spacing=2.0)


def because_text(because: tuple[str, ...]) -> list[Widget]:
    """Return one line for each reason."""
    lines = [Text(f"[b]because[/b] {reason[:1].lower()}{reason[1:]}", 15.0, theme.SOFT) for reason in because]
    for line in lines:
        line.markup = True
    return list(lines)


def place_card(card: CardView) -> Card:
    """Return the card of the place or the situation."""
    children = [Text(card.title, 18.0, theme.ACCENT, bold=True), Text(card.text, 16.0), *because_text(card.because)]
    return Card(*children, colour=theme.COACH)


def today_screen(view: TodayView, last_run: TodayView | None = None) -> ScrollView:
    """Return the whole screen for a view."""
    column = Column(Text("Today", 15.0, theme.MUTED), padding=16.0, spacing=14.0)
    column.add_widget(
        Card(Text(view.headline, 24.0, bold=True), figures_row(view.figures), *because_text(view.because))
    )
    for card in view.cards:
        column.add_widget(place_card(card))
    if view.alternatives:
        lines = [Text(f"{name}: {text}", 16.0) for name, text in view.alternatives]
        column.add_widget(Card(Text("Or instead", 15.0, theme.MUTED), *lines))
    if last_run is not None:
        column.add_widget(Card(Text(last_run.headline, 15.0, theme.MUTED), figures_row(last_run.figures)))
    scroll = ScrollView(bar_width=0)
    scroll.add_widget(column)
    return scroll
