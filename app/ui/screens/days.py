"""Days of a plan as cells: seven beside each other, or a month of weeks. Plan is an outline, done is filled."""

from __future__ import annotations

from kivy.graphics import Color, SmoothLine, SmoothRoundedRectangle

from app.ui.kit.figures import caption
from app.ui.kit.piece import Column, Piece, Row
from app.ui.kit.press import Ask, Press
from app.ui.kit.text import Icon, Txt
from app.ui.look import TOUCH_DP, Look
from app.ui.theme import rgba
from app.views.items import DayCell, MonthItem, WeekItem


class Cell(Press):
    """One day: name, number, a bar of plan and done, its icon; what is marked is said in words too."""

    def __init__(self, look: Look, day: DayCell, ask: Ask, small: bool = False) -> None:
        super().__init__(look, day.act, ask, day.said)
        self.day, self.small = day, small
        ink = "accent" if day.today else "ink"
        self.number = Txt(look, day.number, 15.0, ink, bold=day.today, align="center", line=True)
        self.title = Txt(look, day.name, 13.0, "accent" if day.today else "soft", align="center", line=True)
        icon = "trophy-outline" if day.race else "swap-horizontal" if day.changed else day.icon
        self.icon = Icon(look, icon, 18.0, "warn" if day.changed else "soft")
        self.hold([self.number, self.icon] if small else [self.title, self.number, self.icon])

    @property
    def bar(self) -> float:
        """Return the height in px of the bar's room."""
        return self.look.dp(18.0 if self.small else 56.0)

    def fit(self, width: float) -> float:
        texts = self.number.fit(width) + (0.0 if self.small else self.title.fit(width))
        return max(self.look.dp(TOUCH_DP), texts + self.bar + self.icon.fit(width) + self.look.dp(12.0))

    def arrange(self) -> None:
        y = self.top - self.look.dp(4.0)
        for text in [self.number] if self.small else [self.title, self.number]:
            high = text.fit(self.width)
            y -= high
            text.place(self.x + 1, y, self.width - 2, high)
        icon = self.icon.wide()
        self.icon.place(self.center_x - icon / 2, self.y + self.look.dp(4.0), icon, icon)

    def paint(self) -> None:
        theme, day = self.look.theme, self.day
        with self.canvas.before:
            self.canvas.before.clear()
            if day.chosen:
                Color(*rgba(theme.control))
                SmoothRoundedRectangle(pos=self.pos, size=self.size, radius=[self.look.dp(12.0)])
            wide = min(self.width * 0.5, self.look.dp(20.0))
            x, y = self.center_x - wide / 2, self.y + self.icon.wide() + self.look.dp(8.0)
            radius = min(wide / 3, self.look.dp(5.0))
            if day.done > 0.0:
                Color(*rgba(theme.chart))
                high = max(self.look.dp(4.0), self.bar * day.done)
                SmoothRoundedRectangle(pos=(x, y), size=(wide, high), radius=[radius])
            if day.planned > 0.0:
                Color(*rgba(theme.ink if day.today else theme.soft))
                high = max(self.look.dp(5.0), self.bar * day.planned)
                SmoothLine(rounded_rectangle=(x, y, wide, high, radius), width=self.look.dp(0.8))


def week(look: Look, item: WeekItem, ask: Ask) -> Piece:
    """Return seven days beside each other."""
    head = Row(look, [caption(look, item.title), Txt(look, item.value, 16.0, bold=True, align="right")], (1.0, 1.2))
    return Column(look, [head, Row(look, [Cell(look, day, ask) for day in item.days], gap=0.0, middle=False)], gap=6.0)


class _Blank(Piece):
    """A day of another month."""


def month(look: Look, item: MonthItem, ask: Ask) -> Piece:
    """Return the weeks of a month below each other."""
    names = Row(look, [Txt(look, n, 12.0, "soft", align="center", line=True) for n in item.names], gap=0.0)
    rows: list[Piece] = [caption(look, item.title), names]
    for days in item.weeks:
        cells: list[Piece] = [_Blank(look) if day is None else Cell(look, day, ask, small=True) for day in days]
        rows.append(Row(look, cells, gap=0.0, middle=False))
    return Column(look, rows, gap=2.0)
