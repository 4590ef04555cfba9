"""The instruments of a run: the ring of heart-rate zones, and the bar of a target with the runner on it."""

from __future__ import annotations

from math import cos, isfinite, pi, sin

from kivy.graphics import Color, SmoothEllipse, SmoothRoundedRectangle

from app.ui.kit.piece import Piece
from app.ui.kit.text import Icon, Txt
from app.ui.look import Look
from app.ui.theme import mixed, rgba

ZONES = 5
START_DEG, SWEEP_DEG = 220.0, 260.0
"""Where the ring begins (counted anticlockwise from the right) and how far it goes clockwise."""
REST_SHARE = 0.26
"""How strong a zone is drawn that the heart is not in."""


class Ring(Piece):
    """The zones as an arc with a dot at `at` (0 to 5: zone and the share of it); inside: heart rate and zone's name."""

    grows = 1.0

    def __init__(self, look: Look, high: float = 168.0, bezel: bool = False) -> None:
        super().__init__(look)
        self.high, self.bezel = look.dp(high), bezel
        self.at, self.zone = float("nan"), 0
        self.icon = Icon(look, "heart-pulse", 26.0, "soft")
        self.value = Txt(look, "–", 46.0, font="numbers", align="center", line=True)
        self.name = Txt(look, "", 15.0, "soft", align="center", line=True)
        if not bezel:
            self.hold([self.icon, self.value, self.name])

    def show(self, bpm: str, at: float, name: str) -> None:
        """Show a heart rate as written, where it lies on the ring (NaN: nowhere), and what its zone is called."""
        zone = min(ZONES, int(at) + 1) if isfinite(at) else 0
        colour = self.look.zones[zone - 1] if zone else "soft"
        self.at, self.zone = at, zone
        self.value.show(bpm)
        self.name.show(name, colour)
        self.icon.swap("heart-pulse" if zone else "heart-off", colour)
        if self.width > 1:
            self.paint()

    def fit(self, width: float) -> float:
        return min(width, self.high) if self.bezel else self.high

    def wide(self) -> float:
        return self.high

    @property
    def radius(self) -> float:
        """Return the outer radius in px."""
        radius: float = min(self.width, self.height * 1.06) / 2 - self.look.dp(2.0)
        return max(10.0, radius)

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the circle in px."""
        lift = 0.0 if self.bezel else -0.03 * self.height
        return self.center_x, self.center_y + lift

    def arrange(self) -> None:
        if self.bezel:
            return
        (x, y), r = self.middle, self.radius
        inner = 1.3 * r
        value = self.value.fit(inner)
        icon = self.icon.fit(inner)
        name = self.name.fit(inner)
        self.value.place(x - inner / 2, y - value / 2, inner, value)
        self.icon.place(x - icon / 2, y + value * 0.43, icon, icon)
        self.name.place(x - inner / 2, y - value * 0.45 - name, inner, name)

    def paint(self) -> None:
        thick, r = self.look.dp(11.0 if self.bezel else 12.0), self.radius
        gap = 3.0
        each = SWEEP_DEG / ZONES
        with self.canvas.before:
            self.canvas.before.clear()
            for i, colour in enumerate(self.look.zones):
                lit = i + 1 == self.zone
                Color(*rgba(colour if lit else mixed(colour, self.ground, REST_SHARE)))
                from_deg = 90.0 - START_DEG + i * each + gap / 2  # kivy counts clockwise from the top
                self._disc(r, from_deg, from_deg + each - gap)
            Color(*rgba(self.ground))
            self._disc(r - thick)
            if self.zone:
                self._dot(r - thick / 2, thick)

    @property
    def ground(self) -> str:
        """Return the colour that the ring lies on."""
        return self.look.theme.ground if self.bezel else self.look.theme.card

    def _disc(self, r: float, from_deg: float = 0.0, to_deg: float = 360.0) -> None:
        x, y = self.middle
        SmoothEllipse(pos=(x - r, y - r), size=(2 * r, 2 * r), angle_start=from_deg, angle_end=to_deg, segments=180)

    def _dot(self, r: float, thick: float) -> None:
        angle = (START_DEG - SWEEP_DEG * min(ZONES, max(0.0, self.at)) / ZONES) * pi / 180.0
        x, y = self.middle[0] + r * cos(angle), self.middle[1] + r * sin(angle)
        for colour, size in ((self.ground, thick * 1.75), (self.look.theme.ink, thick * 1.35)):
            Color(*rgba(colour))
            SmoothEllipse(pos=(x - size / 2, y - size / 2), size=(size, size))


class Band(Piece):
    """A target as a bar: the band in its middle third, its two ends written above, the runner as a dot.

    `along`: 0 at the slow end of the band, 1 at the fast end, beyond outside; NaN: no dot.
    """

    def __init__(self, look: Look, small: bool = False) -> None:
        super().__init__(look)
        self.small, self.along, self.good = small, float("nan"), True
        self.words = Txt(look, "", 17.0, "accent", bold=True, line=True)
        self.slow = Txt(look, "", 14.0, "soft", line=True, align="center")
        self.fast = Txt(look, "", 14.0, "soft", line=True, align="center")
        if not small:
            self.hold([self.words, self.slow, self.fast])

    def show(self, words: str, slow: str, fast: str, along: float, good: bool) -> None:
        """Show the verdict in words, the ends of the band as written, and where the runner is."""
        self.words.show(words, "accent" if good else "warn")
        self.slow.show(slow)
        self.fast.show(fast)
        self.along, self.good = along, good
        if self.width > 1:
            self.paint()

    @property
    def bar(self) -> float:
        """Return the height in px of the bar with its dot."""
        return self.look.dp(22.0 if not self.small else 14.0)

    def fit(self, width: float) -> float:
        if self.small:
            return self.bar
        low = self.words.fit(width) + self.bar + self.look.dp(6.0)
        return low if self._one_line(width) else low + self.slow.fit(width / 4)

    def _one_line(self, width: float) -> bool:
        """Return True where the verdict has room beside the ends of the band."""
        return self.words.wide() + self.slow.wide() / 2 < width / 3

    def arrange(self) -> None:
        if self.small:
            return
        ends = self.slow.fit(self.width / 4)
        y = self.y + self.bar + self.look.dp(2.0)
        each = self.width / 4
        self.slow.place(self.x + self.width / 3 - each / 2, y, each, ends)
        self.fast.place(self.x + self.width * 2 / 3 - each / 2, y, each, ends)
        words = self.words.fit(self.width)
        width = self.width / 3 - self.slow.wide() / 2 if self._one_line(self.width) else self.width
        self.words.place(self.x, y if self._one_line(self.width) else self.top - words, width, words)

    def paint(self) -> None:
        theme, mid, thick = self.look.theme, self.y + self.bar / 2, self.bar * 0.46
        with self.canvas.before:
            self.canvas.before.clear()
            Color(*rgba(theme.track))
            SmoothRoundedRectangle(pos=(self.x, mid - thick / 2), size=(self.width, thick), radius=[thick / 2])
            Color(*rgba(theme.accent))
            start = self.x + self.width / 3
            SmoothRoundedRectangle(pos=(start, mid - thick / 2), size=(self.width / 3, thick), radius=[thick / 2])
            if isfinite(self.along):
                self._dot(mid)

    def _dot(self, mid: float) -> None:
        theme = self.look.theme
        x = self.x + self.width * min(1.0, max(0.0, (1.0 + self.along) / 3.0))
        x = min(self.right - self.bar / 2, max(self.x + self.bar / 2, x))
        for colour, size in ((theme.card, self.bar), (theme.ink if self.good else theme.warn, self.bar * 0.8)):
            Color(*rgba(colour))
            SmoothEllipse(pos=(x - size / 2, mid - size / 2), size=(size, size))
