"""What can be touched: buttons, chips, switches, choices, and the button that must be held.

The rule of this file: a touch target is never smaller than `TOUCH_DP`, says what it does in words or by a name that is
read aloud, and asks the desk by an `Act`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from kivy.clock import Clock
from kivy.graphics import Color, Ellipse, SmoothRoundedRectangle
from kivy.input import MotionEvent

from app.ui.kit.piece import Card, Column, Grid, Piece, Row, rounded
from app.ui.kit.text import Icon, Txt, line_width
from app.ui.look import PAD_DP, TOUCH_DP, Look
from app.ui.theme import rgba
from app.views.phase import Act, Offer

Ask = Callable[[Act], None]
SWIPE_DP = 32.0
"""A finger that moves further than this across is not tapping."""


def nothing(act: Act) -> None:
    """Take no act: for pictures."""


class Press(Piece):
    """A rectangle that answers a touch which ends where it began. `name` is what is read aloud."""

    def __init__(self, look: Look, act: Act, ask: Ask, name: str) -> None:
        super().__init__(look)
        self.act, self.ask, self.name = act, ask, name
        self.pressed = False

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if not self.collide_point(*touch.pos) or touch.is_mouse_scrolling:
            return False
        touch.grab(self)
        self._press(True)
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        moved = max(abs(touch.x - touch.ox), abs(touch.y - touch.oy)) > self.look.dp(SWIPE_DP)
        if touch.grab_current is self and (moved or not self.collide_point(*touch.pos)):
            self._press(False)
        return touch.grab_current is self

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        inside = self.pressed and self.collide_point(*touch.pos)
        self._press(False)
        if inside:
            self.tapped()
        return True

    def tapped(self) -> None:
        """Ask for what this stands for."""
        self.ask(self.act)

    def _press(self, pressed: bool) -> None:
        if pressed != self.pressed:
            self.pressed = pressed
            self.paint()


class Pill(Press):
    """A pill with an icon and words; `kind` is a pair of roles: primary, danger, control, or plain (no ground)."""

    INKS: ClassVar[dict[str, str]] = {
        "primary": "on_primary",
        "danger": "on_danger",
        "control": "ink",
        "plain": "accent",
    }

    def __init__(
        self, look: Look, offer: Offer, ask: Ask, kind: str = "control", height: float = TOUCH_DP, size: float = 16.0
    ) -> None:
        super().__init__(look, offer.act, ask, offer.text)
        self.kind, self.high = kind, max(look.dp(height), look.font(size) * 2.2)
        ink = self.INKS[kind]
        self.icon = Icon(look, offer.icon, size + 6.0, ink) if offer.icon else None
        self.words = Txt(look, offer.text, size, ink, bold=True, align="center", line=True) if offer.text else None
        self.hold([p for p in (self.icon, self.words) if p is not None])

    def fit(self, width: float) -> float:
        return self.high

    def wide(self) -> float:
        parts = [p for p in (self.icon, self.words) if p is not None]
        inner = sum(p.wide() for p in parts) + self.look.dp(8.0) * (len(parts) - 1)
        return max(self.look.dp(TOUCH_DP), inner + self.look.dp(2 * PAD_DP))

    def arrange(self) -> None:
        """Place icon and words in the middle; where both have no room, the words stand alone."""
        pad, gap = self.look.dp(16.0 if self.words else 4.0), self.look.dp(8.0)
        icon = self.icon.wide() + gap if self.icon and self.words else self.icon.wide() if self.icon else 0.0
        if self.icon and self.words and self.words.wide() > self.width - pad - icon:
            icon = 0.0
        self.hold([p for p in (self.icon if icon else None, self.words) if p is not None])
        words = min(self.words.wide(), self.width - pad - icon) if self.words else 0.0
        x = self.x + (self.width - icon - words) / 2
        if self.icon and icon:
            self.icon.place(x, self.y, self.icon.wide(), self.height)
        if self.words:
            self.words.place(x + icon, self.y, words, self.height)

    def paint(self) -> None:
        if self.kind == "plain":
            self.canvas.before.clear()
        else:
            rounded(self, self.kind, self.height / 2, self.pressed)


class Round(Pill):
    """A round button with an icon alone; its words are only read aloud."""

    def __init__(self, look: Look, offer: Offer, ask: Ask, kind: str = "control", size: float = 56.0) -> None:
        super().__init__(look, Offer("", offer.act, offer.icon), ask, kind, size, 18.0)
        self.name = offer.text
        self.high = look.dp(max(size, TOUCH_DP))

    def wide(self) -> float:
        return self.high


class Touchable(Press):
    """One piece that as a whole can be touched, on a ground or none."""

    def __init__(self, look: Look, piece: Piece, act: Act, ask: Ask, name: str, ground: str = "") -> None:
        super().__init__(look, act, ask, name)
        self.ground = ground
        self.hold([piece])

    def fit(self, width: float) -> float:
        return max(self.look.dp(TOUCH_DP), self.pieces()[0].fit(width))

    def wide(self) -> float:
        return max(self.look.dp(TOUCH_DP), self.pieces()[0].wide())

    def arrange(self) -> None:
        piece = self.pieces()[0]
        height = self.height if piece.grows else min(self.height, piece.fit(self.width))
        piece.place(self.x, self.y + (self.height - height) / 2, self.width, height)

    def paint(self) -> None:
        if self.ground:
            rounded(self, self.ground, self.look.dp(Card.radius_dp), self.pressed)


class Line(Touchable):
    """A line of a list: icon, title with a text below, a value at the right, a mark that it opens."""

    def __init__(
        self,
        look: Look,
        title: str,
        act: Act,
        ask: Ask,
        *,
        text: str = "",
        icon: str = "",
        value: str = "",
        opens: bool = True,
    ) -> None:
        pieces: list[Piece] = [Icon(look, icon, 24.0, "soft")] if icon else []
        below = [Txt(look, text, 14.0, "soft")] if text else []
        pieces.append(Column(look, [Txt(look, title, 16.0), *below], gap=2.0))
        weights = [0.0] * (len(pieces) - 1) + [1.0]
        if value:
            pieces.append(Txt(look, value, 15.0, "soft", align="right", line=True))
            weights.append(0.0)
        if opens:
            pieces.append(Icon(look, "chevron-right", 22.0, "soft"))
            weights.append(0.0)
        super().__init__(look, Row(look, pieces, weights), act, ask, f"{title} {value}".strip())

    def fit(self, width: float) -> float:
        return max(self.look.dp(TOUCH_DP), self.pieces()[0].fit(width) + self.look.dp(14.0))


class OnOff(Touchable):
    """A line with words and a switch; the act's value is the state that is asked for ("on", "off")."""

    def __init__(self, look: Look, title: str, on: bool, act: str, ask: Ask, text: str = "") -> None:
        below = [Txt(look, text, 14.0, "soft")] if text else []
        self.knob = Knob(look, on)
        state = look.words("on") if on else look.words("off")
        row = Row(look, [Column(look, [Txt(look, title, 16.0), *below], gap=2.0), self.knob], (1.0, 0.0))
        super().__init__(look, row, Act(act, "off" if on else "on"), ask, f"{title}: {state}")

    def fit(self, width: float) -> float:
        return max(self.look.dp(TOUCH_DP), self.pieces()[0].fit(width) + self.look.dp(14.0))


class Knob(Piece):
    """The drawing of a switch; its state is told by place and a mark, not by colour alone."""

    def __init__(self, look: Look, on: bool) -> None:
        super().__init__(look)
        self.on = on
        self.mark = Icon(look, "check" if on else "close", 14.0, "card" if on else "soft")
        self.mark.font_size = look.dp(14.0)
        self.hold([self.mark])

    def fit(self, width: float) -> float:
        return self.look.dp(30.0)

    def wide(self) -> float:
        return self.look.dp(52.0)

    def arrange(self) -> None:
        d = self.height
        self.mark.place(self.right - d if self.on else self.x, self.y, d, d)

    def paint(self) -> None:
        theme, d, inset = self.look.theme, self.height, self.look.dp(3.0)
        with self.canvas.before:
            self.canvas.before.clear()
            Color(*rgba(theme.accent if self.on else theme.track))
            SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[d / 2])
            Color(*rgba(theme.ink if self.on else theme.card))
            x = self.right - d + inset if self.on else self.x + inset
            Ellipse(pos=(x, self.y + inset), size=(d - 2 * inset, d - 2 * inset))


class Chip(Pill):
    """A small choice that is on or off."""

    def __init__(self, look: Look, text: str, on: bool, act: Act, ask: Ask, icon: str = "") -> None:
        mark = icon or ("check" if on else "")
        super().__init__(look, Offer(text, act, mark), ask, "control", TOUCH_DP, 15.0)
        self.on = on

    def paint(self) -> None:
        rounded(self, "accent" if self.on else "control", self.height / 2, self.pressed)
        for piece in (self.icon, self.words):
            if piece is not None:
                piece.colour = "card" if self.on else "ink"
                piece.paint()


class Choice(Grid):
    """Chips of which one is on, in as many columns as their words have room for."""

    def __init__(self, look: Look, options: Sequence[tuple[str, str]], chosen: str, act: str, ask: Ask) -> None:
        chips = [Chip(look, text, value == chosen, Act(act, value), ask) for value, text in options]
        super().__init__(look, chips, 0.0, gap=8.0)
        self.least = max(line_width(text, "text", look.font(15.0), True) for _, text in options) + look.dp(30.0)

    def columns(self, width: float) -> int:
        """Return how many columns there are; five stand as three and two, not as four and one."""
        count, fitting = len(self.pieces()), super().columns(width)
        rows = -(-count // fitting)
        return -(-count // rows)


class Hold(Pill):
    """A button that must be held for a second and a half: how far it has come is drawn."""

    HOLD_S = 1.5
    STEP_S = 0.05

    def __init__(self, look: Look, offer: Offer, ask: Ask, kind: str = "danger", height: float = 60.0) -> None:
        super().__init__(look, offer, ask, kind, height, 18.0)
        self.share = 0.0
        self._ticking = None

    def _press(self, pressed: bool) -> None:
        if pressed and self._ticking is None:
            self._ticking = Clock.schedule_interval(self._held, self.STEP_S)
        elif not pressed:
            self._let_go()
        super()._press(pressed)

    def _held(self, passed_s: float) -> None:
        self.share = min(1.0, self.share + passed_s / self.HOLD_S)
        self.paint()
        if self.share >= 1.0:
            self._let_go()
            self.ask(self.act)

    def _let_go(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        self._ticking, self.share = None, 0.0

    def tapped(self) -> None:
        """Do nothing: a tap is not enough."""

    def paint(self) -> None:
        super().paint()
        if self.share > 0.0:
            with self.canvas.before:
                Color(*rgba(self.look.theme.ink, 0.35))
                width = max(self.height, self.width * self.share)
                SmoothRoundedRectangle(pos=self.pos, size=(width, self.height), radius=[self.height / 2])
