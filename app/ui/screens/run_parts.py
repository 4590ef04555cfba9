"""Parts that only the live run has: its status line, the ring as a bezel, the marks of its pages."""

from __future__ import annotations

from kivy.graphics import Color, RoundedRectangle

from app.ui.kit.gauges import Ring
from app.ui.kit.piece import Piece, Row
from app.ui.kit.text import Icon, Txt
from app.ui.look import TOUCH_DP, Look
from app.ui.theme import rgba
from app.views.live import Signals

GPS_COLOURS = {"good": "accent", "poor": "warn", "none": "danger"}
GPS_ICONS = {"good": "crosshairs-gps", "poor": "crosshairs-gps", "none": "crosshairs-off"}


class Centred(Row):
    """A row in the middle of its room."""

    def __init__(self, look: Look, row: Row) -> None:
        super().__init__(look, [row])

    def arrange(self) -> None:
        row = self.pieces()[0]
        width = min(self.width, row.wide())
        row.place(self.x + (self.width - width) / 2, self.y, width, self.height)


class Status(Piece):
    """What goes on and how much is left, and what reaches us; the second goes below where there is no room."""

    def __init__(self, look: Look, title: Txt, left: Txt, icons: list[Piece]) -> None:
        super().__init__(look)
        self.title, self.left, self.icons = title, left, icons
        self.hold([title, left, *icons])

    def _room(self, width: float) -> float:
        return width - sum(icon.wide() + self.look.dp(8.0) for icon in self.icons)

    def _one_line(self, width: float) -> bool:
        return self.title.wide() + self.left.wide() + self.look.dp(10.0) <= self._room(width)

    def fit(self, width: float) -> float:
        one = self.title.fit(self._room(width))
        low = one if self._one_line(width) or not self.left.text else one + self.left.fit(self._room(width))
        return max(low, self.look.dp(28.0))

    def arrange(self) -> None:
        room, x = self._room(self.width), self.x
        title, left = self.title.fit(room), self.left.fit(room)
        if self._one_line(self.width):
            wide = self.title.wide()
            self.title.place(x, self.center_y - title / 2, wide, title)
            self.left.place(x + wide + self.look.dp(10.0), self.center_y - left / 2, self.left.wide(), left)
        else:
            low = left if self.left.text else 0.0
            base = self.y + (self.height - title - low) / 2
            self.title.place(x, base + low, room, title)
            self.left.place(x, base, room, left)
        at = self.right
        for icon in reversed(self.icons):
            at -= icon.wide()
            icon.place(at, self.center_y - icon.wide() / 2, icon.wide(), icon.wide())
            at -= self.look.dp(8.0)


class Bezel(Piece):
    """The ring along the edge of a small face, lifted by a share of the height."""

    grows = 1.0

    def __init__(self, look: Look, ring: Ring, lift: float) -> None:
        super().__init__(look)
        self.hold([ring])

    def arrange(self) -> None:
        side = min(self.width, self.height * 1.04)
        self.pieces()[0].place(self.center_x - side / 2, self.top - side, side, side)


class Corner(Piece):
    """A button of the least size in the lower corner of its room, where a ring is open."""

    def __init__(self, look: Look, piece: Piece) -> None:
        super().__init__(look)
        self.hold([piece])

    def arrange(self) -> None:
        side = self.look.dp(TOUCH_DP)
        out = self.look.dp(8.0)
        self.pieces()[0].place(self.right - side + out, self.y - out, side, side)


class Tab(Piece):
    """The mark of a page: its icon, lit and underlined where it is open."""

    def __init__(self, look: Look, icon: str, here: bool) -> None:
        super().__init__(look)
        self.icon = Icon(look, icon, 22.0, "accent" if here else "soft")
        self.here = here
        self.hold([self.icon])

    def fit(self, width: float) -> float:
        return self.look.dp(34.0)

    def arrange(self) -> None:
        self.icon.place(
            self.center_x - self.icon.wide() / 2,
            self.center_y - self.icon.wide() / 2,
            self.icon.wide(),
            self.icon.wide(),
        )

    def paint(self) -> None:
        with self.canvas.before:
            self.canvas.before.clear()
            if self.here:
                Color(*rgba(self.look.theme.accent))
                width = self.look.dp(28.0)
                RoundedRectangle(pos=(self.center_x - width / 2, self.y), size=(width, self.look.dp(3.0)), radius=[2])


def signal_icons(look: Look, signals: Signals) -> list[Piece]:
    """Return the icons of what reaches us: satellites, trackers, the weakest battery."""
    icons: list[Piece] = [Icon(look, GPS_ICONS[signals.gps], 22.0, GPS_COLOURS[signals.gps])]
    if signals.of:
        whole = signals.trackers == signals.of
        icons.append(
            Icon(look, "bluetooth" if signals.trackers else "bluetooth-off", 22.0, "accent" if whole else "warn")
        )
    low = signals.battery < 0.2
    if signals.battery == signals.battery:
        icons.append(Icon(look, "battery-low" if low else "battery", 22.0, "warn" if low else "soft"))
    return icons
