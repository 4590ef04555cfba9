"""The root of the app: one screen at a time, the ways to the others, a sheet from below, a word that passes.

The rule of this file: screens are swapped as children; no manager, no stencils, no animation that must finish.
"""

from __future__ import annotations

from kivy.graphics import Color, Rectangle
from kivy.input import MotionEvent

from app.ui.forms import COMPACT, LANDSCAPE, form_of
from app.ui.kit.piece import Card, Column, Piece, Row
from app.ui.kit.press import Ask, Pill, Round, Touchable
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt
from app.ui.look import Look
from app.ui.screens.base import Screen
from app.ui.theme import rgba
from app.views.phase import Act, Offer
from app.views.sheet import SheetView

PLACES = (
    ("today", "home"),
    ("run", "run"),
    ("plan", "calendar-month"),
    ("insights", "chart-line"),
    ("beliefs", "account"),
    ("more", "dots-horizontal"),
)
"""The ways that are always there, and their icons."""


def place_name(look: Look, place: str) -> str:
    """Return what a way is called."""
    words = look.words
    return {
        "today": words("Today"),
        "run": words("Run"),
        "plan": words("Plan"),
        "insights": words("Insights"),
        "beliefs": words("You"),
        "more": words("More"),
    }[place]


class Frame(Piece):
    """A screen with what stands around it; `here` names the lit way."""

    def __init__(self, look: Look, screen: Screen[object], ask: Ask, here: str = "") -> None:
        super().__init__(look)
        self.screen, self.ask, self.here = screen, ask, here or screen.name
        self.sheet: Sheet | None = None
        self.word: Word | None = None
        self._fill()

    def _fill(self) -> None:
        self.hold([p for p in (self.screen, self.word, self.sheet) if p is not None])

    def go(self, screen: Screen[object], here: str = "") -> None:
        """Show another screen; a sheet that is open closes."""
        self.screen, self.sheet, self.here = screen, None, here or screen.name
        self._fill()
        self.arrange()

    def open(self, view: SheetView | None) -> None:
        """Show a sheet above the screen; None closes it."""
        self.sheet = Sheet(self.look, view, self.ask) if view is not None else None
        self._fill()
        self.arrange()

    def say(self, text: str, undo: Act | None = None) -> None:
        """Show a word that passes, with a way back where there is one; an empty text takes it away."""
        self.word = Word(self.look, text, self.ask, undo) if text else None
        self._fill()
        self.arrange()

    def arrange(self) -> None:
        form = form_of(self.width, self.height, self.look.unit)
        for bar in [child for child in self.children if isinstance(child, (Bar, Rail))]:
            self.remove_widget(bar)
        x, y, width, height = self.x, self.y, self.width, self.height
        if self.screen.nav and form != COMPACT:
            x, y, width, height = self._ways(form)
        self.screen.place(x, y, width, height)
        if self.word is not None:
            room = min(width - self.look.dp(24.0), self.look.dp(480.0))
            self.word.place(x + (width - room) / 2, y + self.look.dp(12.0), room, self.word.fit(room))
        if self.sheet is not None:
            self.sheet.place(self.x, self.y, self.width, self.height)

    def _ways(self, form: str) -> tuple[float, float, float, float]:
        """Place the bar below or the rail beside, and return what is left for the screen."""
        if self.height > self.width:
            bar = Bar(self.look, self.here, self.ask)
            high = bar.fit(self.width)
            self.add_widget(bar, index=len(self.children) - 1)
            bar.place(self.x, self.y, self.width, high)
            return self.x, self.y + high, self.width, self.height - high
        rail = Rail(self.look, self.here, self.ask, named=form != LANDSCAPE)
        wide = rail.wide()
        self.add_widget(rail, index=len(self.children) - 1)
        left = not self.look.left_handed
        rail.place(self.x if left else self.right - wide, self.y, wide, self.height)
        return (self.x + wide if left else self.x), self.y, self.width - wide, self.height


class Way(Touchable):
    """One way: its icon, its name below, lit where one is."""

    def __init__(self, look: Look, place: str, icon: str, here: bool, ask: Ask, named: bool = True) -> None:
        colour = "accent" if here else "soft"
        name = place_name(look, place)
        parts: list[Piece] = [_Centre(look, Icon(look, icon, 24.0, colour))]
        if named:
            parts.append(Txt(look, name, 12.0, colour, bold=here, align="center", line=True))
        super().__init__(look, Column(look, parts, gap=1.0), Act("open", place), ask, name)


class _Centre(Piece):
    """A piece in the middle, as wide as it likes."""

    def __init__(self, look: Look, piece: Piece) -> None:
        super().__init__(look)
        self.hold([piece])

    def fit(self, width: float) -> float:
        return self.pieces()[0].fit(width)

    def arrange(self) -> None:
        piece = self.pieces()[0]
        wide = piece.wide()
        piece.place(self.x + (self.width - wide) / 2, self.y, wide, self.height)


class Bar(Row):
    """The ways below a screen."""

    def __init__(self, look: Look, here: str, ask: Ask) -> None:
        super().__init__(look, [Way(look, p, icon, p == here, ask) for p, icon in PLACES], gap=0.0)

    def fit(self, width: float) -> float:
        return super().fit(width) + self.look.dp(12.0)

    def paint(self) -> None:
        _ground(self)


class Rail(Column):
    """The ways beside a screen."""

    def __init__(self, look: Look, here: str, ask: Ask, named: bool) -> None:
        super().__init__(look, [Way(look, p, icon, p == here, ask, named) for p, icon in PLACES], gap=4.0, pad=8.0)
        self.named = named

    def wide(self) -> float:
        return self.look.dp(64.0) if not self.named else max(self.look.dp(84.0), super().wide())

    def paint(self) -> None:
        _ground(self)


def _ground(piece: Piece) -> None:
    with piece.canvas.before:
        piece.canvas.before.clear()
        Color(*rgba(piece.look.theme.card))
        Rectangle(pos=piece.pos, size=piece.size)


class Sheet(Piece):
    """A panel from below that asks or explains one thing; touching beside it closes it."""

    def __init__(self, look: Look, view: SheetView, ask: Ask) -> None:
        super().__init__(look)
        self.view, self.ask = view, ask
        self.panel = Card(look, self._content(view), "card", gap=12.0, pad=20.0)
        self.scroll = Scroll(look, self.panel)
        self.hold([self.scroll])

    def _content(self, view: SheetView) -> list[Piece]:
        look = self.look
        close = Round(look, Offer(look.words("close"), Act("close"), "close"), self.ask, "plain", 48.0)
        pieces: list[Piece] = [Row(look, [Txt(look, view.title, 21.0, bold=True), close], (1.0, 0.0))]
        pieces += [Txt(look, line, 16.0) for line in view.lines]
        pieces += [_chips(look, group, self.ask) for group in view.groups]
        pieces += [
            Pill(look, offer, self.ask, "primary" if i == 0 and view.asks else "control", 52.0)
            for i, offer in enumerate(view.offers)
        ]
        if view.small:
            pieces.append(Txt(look, view.small, 14.0, "soft"))
        return pieces

    def arrange(self) -> None:
        width = min(self.width, self.look.dp(560.0))
        height = min(self.panel.fit(width), self.height * 0.92)
        self.scroll.place(self.x + (self.width - width) / 2, self.y, width, height)

    def paint(self) -> None:
        with self.canvas.before:
            self.canvas.before.clear()
            Color(0, 0, 0, 0.55)
            Rectangle(pos=self.pos, size=self.size)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if self.scroll.collide_point(*touch.pos):
            super().on_touch_down(touch)
        else:
            self.ask(Act("close"))
        return True


def _chips(look: Look, group: tuple[str, tuple[Offer, ...]], ask: Ask) -> Piece:
    from app.ui.kit.piece import Grid
    from app.ui.kit.press import Chip

    title, offers = group
    chips = Grid(look, [Chip(look, o.text, o.icon == "check", o.act, ask) for o in offers], 72.0, gap=8.0, most=5)
    return Column(look, [Txt(look, title, 14.0, "soft", bold=True), chips] if title else [chips], gap=6.0)


class Word(Card):
    """A sentence that passes, and the way back."""

    def __init__(self, look: Look, text: str, ask: Ask, undo: Act | None) -> None:
        pieces: list[Piece] = [Txt(look, text, 15.0)]
        weights = [1.0]
        if undo is not None:
            pieces.append(Pill(look, Offer(look.words("Undo"), undo, "undo"), ask, "plain"))
            weights.append(0.0)
        super().__init__(look, [Row(look, pieces, weights)], "control", pad=12.0)
