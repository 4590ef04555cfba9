"""Drawings of many values: a height profile, a line with its doubt, bars, a track's outline, how far work has come."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from kivy.graphics import Color, Mesh, Rectangle, SmoothEllipse, SmoothLine, SmoothRoundedRectangle
from kivy.graphics.texture import Texture

from app.ui.kit.piece import Piece
from app.ui.look import Look
from app.ui.theme import rgba

Points = Sequence[tuple[float, float]]


class Plot(Piece):
    """The base: values to px within the piece; `high` dp."""

    def __init__(self, look: Look, high: float, grows: float = 0.0) -> None:
        super().__init__(look)
        self.high, self.grows = look.dp(high), grows
        self.x_range, self.y_range = (0.0, 1.0), (0.0, 1.0)

    def fit(self, width: float) -> float:
        return self.high

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value lies, in px."""
        (x0, x1), (y0, y1) = self.x_range, self.y_range
        inset = self.look.dp(6.0)
        across = (x - x0) / (x1 - x0) if x1 > x0 else 0.5
        up = (y - y0) / (y1 - y0) if y1 > y0 else 0.5
        return self.x + across * self.width, self.y + inset + up * (self.height - 2 * inset)

    def line(self, points: Points, colour: str, width: float = 2.0, alpha: float = 1.0) -> None:
        """Draw a line through points in values; a NaN breaks it."""
        Color(*rgba(colour, alpha))
        for part in _unbroken(points):
            flat = [c for point in part for c in self.at(*point)]
            if len(flat) >= 4:
                SmoothLine(points=flat, width=self.look.dp(width) / 2, joint="round", cap="round")

    def area(self, lower: Points, upper: Points, colour: str, alphas: tuple[float, float]) -> None:
        """Fill between two lines of the same x, the first strength at the plot's bottom, the second at its top."""
        vertices: list[float] = []
        (bottom, top), height = self.y_range, max(1e-9, self.y_range[1] - self.y_range[0])
        for low, high in zip(lower, upper, strict=True):
            for x, y in (low, high):
                vertices += [*self.at(x, y), 0.0, (min(max(y, bottom), top) - bottom) / height]
        if len(vertices) >= 16:
            Color(*rgba(colour))
            indices = list(range(len(vertices) // 4))
            Mesh(vertices=vertices, indices=indices, mode="triangle_strip", texture=_fade(alphas))

    def dot(self, x: float, y: float, colour: str, size: float = 14.0) -> None:
        """Draw a dot with a rim at a value."""
        px, py = self.at(x, y)
        for shade, d in ((self.look.theme.card, size), (colour, size * 0.72)):
            Color(*rgba(shade))
            d = self.look.dp(d)
            SmoothEllipse(pos=(px - d / 2, py - d / 2), size=(d, d))


def _unbroken(points: Points) -> list[list[tuple[float, float]]]:
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if isfinite(x) and isfinite(y):
            parts[-1].append((x, y))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]


_FADES: dict[tuple[float, float], Texture] = {}


def _fade(alphas: tuple[float, float]) -> Texture:
    """Return a texture one px wide that fades from the first strength (bottom) to the second."""
    if alphas not in _FADES:
        texture = Texture.create(size=(1, 64), colorfmt="rgba")
        low, high = alphas
        shades = (round(255 * (low + (high - low) * i / 63)) for i in range(64))
        texture.blit_buffer(b"".join(bytes((255, 255, 255, a)) for a in shades), colorfmt="rgba", bufferfmt="ubyte")
        _FADES[alphas] = texture
    return _FADES[alphas]


class Profile(Plot):
    """Heights along a run: what was run is filled and bright, what lies ahead is outlined, a dot between."""

    def __init__(self, look: Look, high: float = 96.0, grows: float = 0.0) -> None:
        super().__init__(look, high, grows)
        self.past: Points = ()
        self.ahead: Points = ()

    def show(self, past: Points, ahead: Points = ()) -> None:
        """Show (distance m, height m) so far and, where the course is known, still to come."""
        if (past, ahead) == (self.past, self.ahead):
            return
        self.past, self.ahead = past, ahead
        if self.width > 1:
            self.paint()

    def paint(self) -> None:
        theme = self.look.theme
        points = [(x, y) for x, y in (*self.past, *self.ahead) if isfinite(x) and isfinite(y)]
        self.canvas.before.clear()
        if len(points) < 2:
            return
        low, high = min(y for _, y in points), max(y for _, y in points)
        spare = max(0.0, 20.0 - (high - low)) / 2
        self.x_range = (points[0][0], max(points[-1][0], points[0][0] + 1.0))
        self.y_range = (low - spare - 0.15 * (high - low), high + spare)
        base = self.y_range[0]
        with self.canvas.before:
            for part, alphas in ((self.ahead, (0.03, 0.14)), (self.past, (0.08, 0.55))):
                for stretch in _unbroken(part):
                    self.area([(x, base) for x, _ in stretch], stretch, theme.chart, alphas)
            self.line(self.ahead, theme.soft, 1.6)
            self.line(self.past, theme.chart, 3.0)
            if _unbroken(self.past):
                self.dot(*_unbroken(self.past)[-1][-1], theme.chart)


class Trend(Plot):
    """A line over time with its doubt as a shade: (x, low, value, high) each."""

    def __init__(
        self, look: Look, values: Sequence[tuple[float, float, float, float]], high: float = 90.0, colour: str = ""
    ) -> None:
        super().__init__(look, high)
        self.values, self.colour = values, colour or look.theme.chart

    def paint(self) -> None:
        known = [v for v in self.values if all(isfinite(part) for part in v)]
        self.canvas.before.clear()
        if len(known) < 2:
            return
        low, high = min(v[1] for v in known), max(v[3] for v in known)
        spare = max(1e-9, (high - low) * 0.08)
        self.x_range, self.y_range = (known[0][0], known[-1][0]), (low - spare, high + spare)
        with self.canvas.before:
            self.area([(v[0], v[1]) for v in known], [(v[0], v[3]) for v in known], self.colour, (0.22, 0.22))
            self.line([(v[0], v[2]) for v in known], self.colour, 2.4)
            self.dot(known[-1][0], known[-1][2], self.colour, 11.0)


class Bars(Plot):
    """Bars beside each other, each a share of the highest, a colour each; `tops`: a mark where the plan was."""

    def __init__(
        self,
        look: Look,
        values: Sequence[float],
        colours: Sequence[str],
        high: float = 72.0,
        tops: Sequence[float] = (),
    ) -> None:
        super().__init__(look, high)
        self.values, self.colours, self.tops = values, colours, tops

    def paint(self) -> None:
        highest = max([*(v for v in (*self.values, *self.tops) if isfinite(v)), 1e-9])
        count = max(1, len(self.values))
        gap = min(self.look.dp(6.0), self.width / count * 0.25)
        each = (self.width - gap * (count - 1)) / count
        room = min(self.height, 2.0 * self.high)
        with self.canvas.before:
            self.canvas.before.clear()
            for i, (value, colour) in enumerate(zip(self.values, self.colours, strict=True)):
                x = self.x + i * (each + gap)
                height = max(self.look.dp(3.0), room * value / highest) if isfinite(value) else 0.0
                Color(*rgba(colour))
                SmoothRoundedRectangle(pos=(x, self.y), size=(each, height), radius=[min(each / 3, self.look.dp(5.0))])
                if i < len(self.tops) and isfinite(self.tops[i]) and self.tops[i] > 0:
                    Color(*rgba(self.look.theme.soft))
                    Rectangle(pos=(x, self.y + room * self.tops[i] / highest - 1), size=(each, self.look.dp(2)))


class Share(Plot):
    """One bar cut into coloured parts by their shares, such as time in zones."""

    def __init__(self, look: Look, parts: Sequence[float], colours: Sequence[str], high: float = 14.0) -> None:
        super().__init__(look, high)
        self.parts, self.colours = parts, colours

    def paint(self) -> None:
        whole = sum(self.parts) or 1.0
        shown = [(p / whole, c) for p, c in zip(self.parts, self.colours, strict=True) if p > 0]
        gap = self.look.dp(2.0)
        room = self.width - gap * max(0, len(shown) - 1)
        x = self.x
        with self.canvas.before:
            self.canvas.before.clear()
            for share, colour in shown:
                Color(*rgba(colour))
                width = max(1.0, share * room)
                SmoothRoundedRectangle(
                    pos=(x, self.y), size=(width, self.height), radius=[min(width / 2, self.height / 2.5)]
                )
                x += width + gap


class Outline(Plot):
    """The shape of a track, without a map: (east m, north m), in scale."""

    def __init__(self, look: Look, points: Points, high: float = 160.0) -> None:
        super().__init__(look, high)
        self.points = points

    def show(self, points: Points) -> None:
        """Show another track."""
        self.points = points
        if self.width > 1:
            self.paint()

    def paint(self) -> None:
        known = [(x, y) for x, y in self.points if isfinite(x) and isfinite(y)]
        self.canvas.before.clear()
        if len(known) < 2:
            return
        xs, ys = [x for x, _ in known], [y for _, y in known]
        per_px = max(
            (max(xs) - min(xs)) / max(1.0, self.width * 0.92), (max(ys) - min(ys)) / (self.height * 0.88), 1e-3
        )
        half_x, half_y = self.width * per_px / 2, self.height * per_px / 2
        mid_x, mid_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        self.x_range, self.y_range = (mid_x - half_x, mid_x + half_x), (mid_y - half_y, mid_y + half_y)
        with self.canvas.before:
            self.line(self.points, self.look.theme.chart, 3.4)
            self.dot(*known[0], self.look.theme.soft, 12.0)
            self.dot(*known[-1], self.look.theme.accent, 15.0)


class Progress(Plot):
    """How far work has come, 0 to 1; below 0: it is not known, and a third of the bar is lit."""

    def __init__(self, look: Look, share: float) -> None:
        super().__init__(look, 8.0)
        self.share = share

    def show(self, share: float) -> None:
        """Show how far it has come now."""
        self.share = share
        if self.width > 1:
            self.paint()

    def paint(self) -> None:
        known = self.share >= 0.0
        width = max(self.height, self.width * (min(1.0, self.share) if known else 0.34))
        x = self.x if known else self.x + self.width * 0.33
        with self.canvas.before:
            self.canvas.before.clear()
            for colour, start, length in (
                (self.look.theme.track, self.x, self.width),
                (self.look.theme.accent, x, width),
            ):
                Color(*rgba(colour))
                SmoothRoundedRectangle(pos=(start, self.y), size=(length, self.height), radius=[self.height / 2])
