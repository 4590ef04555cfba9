"""A column that is longer than the screen: it scrolls, and tells its screen nothing of it."""

from __future__ import annotations

from kivy.graphics import Color, Rectangle, ScissorPop, ScissorPush
from kivy.uix.scrollview import ScrollView

from app.ui.kit.piece import Piece
from app.ui.look import Look
from app.ui.theme import rgba


class Window(ScrollView):
    """Kivy's scroll view, cut by scissors: its stencils are slow on phones (kivy 8997) and leave pictures empty."""

    def __init__(self, look: Look) -> None:
        super().__init__(size_hint=(None, None), bar_width=0, do_scroll_x=False)
        self._look = look
        self.canvas.before.clear()
        self.canvas.after.clear()
        with self.canvas.before:
            self._cut = ScissorPush(x=0, y=0, width=1, height=1)
        with self.canvas.after:
            ScissorPop()
            self._tint = Color(*rgba(look.theme.soft, 0.0))
            self._bar = Rectangle()
        self.bind(scroll_y=self._place_bar)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Take this rectangle in px."""
        self.pos, self.size = (x, y), (width, height)
        self._cut.x, self._cut.y = int(x), int(y)
        self._cut.width, self._cut.height = int(width + 1), int(height + 1)
        self._place_bar()

    def _place_bar(self, *_: object) -> None:
        start, share = self.vbar
        thick = self._look.dp(3.0)
        self._tint.a = 0.6 if share < 0.999 else 0.0
        self._bar.pos, self._bar.size = (self.right - thick, self.y + self.height * start), (thick, self.height * share)


class Scroll(Piece):
    """One piece that may be higher than the room there is."""

    grows = 1.0

    def __init__(self, look: Look, piece: Piece) -> None:
        super().__init__(look)
        self.piece = piece
        self.view = Window(look)
        self.view.add_widget(piece)
        self.add_widget(self.view)

    @property
    def gone_px(self) -> float:
        """How much of the piece lies above what is seen, in px."""
        return float((1.0 - self.view.scroll_y) * max(0.0, self.piece.height - self.view.height))

    @gone_px.setter
    def gone_px(self, gone: float) -> None:
        hidden = self.piece.height - self.view.height
        self.view.scroll_y = 1.0 - min(1.0, gone / hidden) if hidden > 0 else 1.0

    def pieces(self) -> list[Piece]:
        return [self.piece]

    def arrange(self) -> None:
        height = max(self.height, self.piece.fit(self.width))
        self.piece.place(0, 0, self.width, height)
        self.view.place(self.x, self.y, self.width, self.height)
