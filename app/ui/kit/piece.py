"""The base of every piece, and the ways to put pieces beside, below and upon each other.

The rule of this file: a parent asks `fit(width)` for the height in px, then calls `place`; nothing waits for a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kivy.graphics import Color, SmoothLine, SmoothRoundedRectangle
from kivy.uix.widget import Widget

from app.ui.look import GAP_DP, PAD_DP, Look
from app.ui.theme import rgba


class Piece(Widget):
    """Something on a screen: knows its height for a width, draws itself where it is placed."""

    grows = 0.0
    """The share of room left over that a column gives it; 0: as high as it needs."""

    def __init__(self, look: Look) -> None:
        super().__init__(size_hint=(None, None))
        self.look = look

    def fit(self, width: float) -> float:
        """Return the height in px that this width needs."""
        return 0.0

    def wide(self) -> float:
        """Return the width in px that it likes to have in a row; 0 where any will do."""
        return 0.0

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Take this rectangle (x and y of the lower left corner, px): children first, then the drawing."""
        self.pos, self.size = (x, y), (width, height)
        self.arrange()
        self.paint()

    def arrange(self) -> None:
        """Place the children."""

    def paint(self) -> None:
        """Draw, into `canvas.before`, what is under the children."""

    def hold(self, pieces: Iterable[Widget]) -> None:
        """Make these the children, in reading order."""
        self.clear_widgets()
        for piece in pieces:
            if piece.parent is not None:
                piece.parent.remove_widget(piece)
            self.add_widget(piece, index=0)

    def pieces(self) -> list[Piece]:
        """Return the children in reading order."""
        return [child for child in reversed(self.children) if isinstance(child, Piece)]


class Space(Piece):
    """Nothing, of a height in dp; with `grows`, it takes what is left."""

    def __init__(self, look: Look, height: float = 0.0, grows: float = 0.0) -> None:
        super().__init__(look)
        self._height, self.grows = look.dp(height), grows

    def fit(self, width: float) -> float:
        return self._height


class Column(Piece):
    """Pieces below each other; what is left over goes to those that grow."""

    def __init__(
        self, look: Look, pieces: Sequence[Piece], gap: float = GAP_DP, pad: float = 0.0, grows: float = 0.0
    ) -> None:
        super().__init__(look)
        self.gap, self.pad, self.grows = look.dp(gap), look.dp(pad), grows
        self.hold(pieces)

    def fit(self, width: float) -> float:
        pieces = self.pieces()
        inner = width - 2 * self.pad
        return sum(p.fit(inner) for p in pieces) + self.gap * max(0, len(pieces) - 1) + 2 * self.pad

    def wide(self) -> float:
        return max((p.wide() for p in self.pieces()), default=0.0) + 2 * self.pad

    def arrange(self) -> None:
        pieces, inner = self.pieces(), self.width - 2 * self.pad
        heights = [p.fit(inner) for p in pieces]
        used = sum(heights) + self.gap * max(0, len(pieces) - 1) + 2 * self.pad
        share = sum(p.grows for p in pieces)
        spare = max(0.0, self.height - used) / share if share else 0.0
        top = self.top - self.pad
        for piece, height in zip(pieces, heights, strict=True):
            full = height + spare * piece.grows
            piece.place(self.x + self.pad, top - full, inner, full)
            top -= full + self.gap


class Row(Piece):
    """Pieces beside each other: those with a weight share the width, the others take what they like.

    `stack_below` dp: where a weighted piece would become narrower than that, the row stands as a column.
    """

    def __init__(
        self,
        look: Look,
        pieces: Sequence[Piece],
        weights: Sequence[float] | None = None,
        gap: float = GAP_DP,
        middle: bool = True,
        stack_below: float = 0.0,
    ) -> None:
        super().__init__(look)
        self.weights = tuple(weights) if weights is not None else (1.0,) * len(pieces)
        self.gap, self.middle, self.stack_below = look.dp(gap), middle, look.dp(stack_below) * look.font_scale
        self.hold(pieces)

    def wide(self) -> float:
        return sum(p.wide() for p in self.pieces()) + self.gap * max(0, len(self.pieces()) - 1)

    def widths(self, width: float) -> list[float]:
        """Return the width in px of each piece, in order."""
        pieces = self.pieces()
        free = width - self.gap * max(0, len(pieces) - 1)
        likes = [0.0 if w else p.wide() for p, w in zip(pieces, self.weights, strict=True)]
        share = sum(self.weights)
        each = max(0.0, free - sum(likes)) / share if share else 0.0
        return [like + w * each for like, w in zip(likes, self.weights, strict=True)]

    def stacks(self, width: float) -> bool:
        """Return True where the row is too narrow and stands as a column."""
        narrow = [w for w, share in zip(self.widths(width), self.weights, strict=True) if share]
        return bool(narrow) and self.stack_below > 0.0 and min(narrow) < self.stack_below

    def fit(self, width: float) -> float:
        pieces = self.pieces()
        if self.stacks(width):
            return sum(p.fit(width) for p in pieces) + self.gap * max(0, len(pieces) - 1)
        return max((p.fit(w) for p, w in zip(pieces, self.widths(width), strict=True)), default=0.0)

    def arrange(self) -> None:
        if self.stacks(self.width):
            self._stacked()
            return
        x = self.x
        for piece, width in zip(self.pieces(), self.widths(self.width), strict=True):
            height = min(self.height, piece.fit(width)) if self.middle else self.height
            piece.place(x, self.y + (self.height - height) / 2, width, height)
            x += width + self.gap

    def _stacked(self) -> None:
        top = self.top
        for piece in self.pieces():
            height = piece.fit(self.width)
            piece.place(self.x, top - height, self.width, height)
            top -= height + self.gap


class Fitting(Column):
    """A column that leaves out what matters least until the rest fits its height.

    `ranks`: one number a piece; 0 always stays, the highest goes first.
    """

    def __init__(
        self, look: Look, pieces: Sequence[Piece], ranks: Sequence[int], gap: float = GAP_DP, pad: float = 0.0
    ) -> None:
        super().__init__(look, pieces, gap, pad, grows=1.0)
        self._all = list(zip(pieces, ranks, strict=True))

    def shown(self, width: float, height: float) -> list[Piece]:
        """Return the pieces that a room in px holds, in order."""
        kept = list(self._all)
        inner = width - 2 * self.pad
        while any(rank for _, rank in kept):
            needed = sum(p.fit(inner) for p, _ in kept) + self.gap * (len(kept) - 1) + 2 * self.pad
            if needed <= height + 0.5:
                break
            last = max(rank for _, rank in kept)
            kept.remove(next(one for one in reversed(kept) if one[1] == last))
        return [piece for piece, _ in kept]

    def least(self, width: float) -> float:
        """Return the height in px of what always stays."""
        kept = [p for p, rank in self._all if not rank]
        return sum(p.fit(width - 2 * self.pad) for p in kept) + self.gap * max(0, len(kept) - 1) + 2 * self.pad

    def fit(self, width: float) -> float:
        return self.least(width)

    def arrange(self) -> None:
        self.hold(self.shown(self.width, self.height))
        super().arrange()


class Grid(Piece):
    """Pieces in columns as wide as each other, at least `least` dp each (grown with the font), row by row."""

    def __init__(self, look: Look, pieces: Sequence[Piece], least: float, gap: float = GAP_DP, most: int = 6) -> None:
        super().__init__(look)
        self.least, self.gap, self.most = look.dp(least) * look.font_scale, look.dp(gap), most
        self.hold(pieces)

    def columns(self, width: float) -> int:
        """Return how many columns this width in px holds."""
        fitting = int((width + self.gap) / (self.least + self.gap))
        return max(1, min(self.most, fitting, len(self.pieces()) or 1))

    def _rows(self, width: float) -> tuple[float, list[list[Piece]]]:
        count, pieces = self.columns(width), self.pieces()
        return (width - self.gap * (count - 1)) / count, [pieces[i : i + count] for i in range(0, len(pieces), count)]

    def fit(self, width: float) -> float:
        each, rows = self._rows(width)
        return sum(max(p.fit(each) for p in row) for row in rows) + self.gap * max(0, len(rows) - 1)

    def arrange(self) -> None:
        each, rows = self._rows(self.width)
        top = self.top
        for row in rows:
            height = max(p.fit(each) for p in row)
            for i, piece in enumerate(row):
                piece.place(self.x + i * (each + self.gap), top - height, each, height)
            top -= height + self.gap


class Card(Column):
    """A column on a rounded ground of a colour of the theme."""

    radius_dp = 20.0

    def __init__(
        self,
        look: Look,
        pieces: Sequence[Piece],
        ground: str = "card",
        gap: float = GAP_DP,
        pad: float = PAD_DP + 2.0,
        grows: float = 0.0,
    ) -> None:
        super().__init__(look, pieces, gap, pad, grows)
        self.ground = ground

    def paint(self) -> None:
        rounded(self, self.ground, self.look.dp(self.radius_dp))


class Masonry(Piece):
    """Pieces in columns of one width, each below the column that is shortest so far."""

    def __init__(self, look: Look, pieces: Sequence[Piece], columns: int, gap: float = GAP_DP) -> None:
        super().__init__(look)
        self.columns, self.gap = columns, look.dp(gap)
        self.hold(pieces)

    def _laid(self, width: float) -> tuple[float, list[tuple[Piece, int, float, float]]]:
        """Return the height, and for each piece its column, its distance from the top and its height in px."""
        each = (width - self.gap * (self.columns - 1)) / self.columns
        ends = [0.0] * self.columns
        laid = []
        for piece in self.pieces():
            column, height = ends.index(min(ends)), piece.fit(each)
            laid.append((piece, column, ends[column], height))
            ends[column] += height + self.gap
        return max(ends, default=0.0) - (self.gap if laid else 0.0), laid

    def fit(self, width: float) -> float:
        return self._laid(width)[0]

    def arrange(self) -> None:
        each = (self.width - self.gap * (self.columns - 1)) / self.columns
        for piece, column, down, height in self._laid(self.width)[1]:
            piece.place(self.x + column * (each + self.gap), self.top - down - height, each, height)


class Over(Piece):
    """Pieces upon each other, all of the same rectangle; as high as the highest."""

    def __init__(self, look: Look, pieces: Sequence[Piece], grows: float = 0.0) -> None:
        super().__init__(look)
        self.grows = grows
        self.hold(pieces)

    def fit(self, width: float) -> float:
        return max((p.fit(width) for p in self.pieces()), default=0.0)

    def arrange(self) -> None:
        for piece in self.pieces():
            piece.place(self.x, self.y, self.width, self.height)


class Either(Piece):
    """One way of putting things where there is room for it, else another; both are made when they are needed."""

    def __init__(self, look: Look, wide: Callable[[], Piece], narrow: Callable[[], Piece], grows: float = 0.0) -> None:
        super().__init__(look)
        self.grows = grows
        self._make = {True: wide, False: narrow}
        self._is_wide = True
        self.hold([wide()])
        self._needs = self.pieces()[0].wide()

    def _for(self, width: float) -> Piece:
        if (self._needs <= width) != self._is_wide:
            self._is_wide = not self._is_wide
            self.hold([self._make[self._is_wide]()])
        return self.pieces()[0]

    def fit(self, width: float) -> float:
        return self._for(width).fit(width)

    def arrange(self) -> None:
        self._for(self.width).place(self.x, self.y, self.width, self.height)


class Middle(Piece):
    """One piece in the middle of the room there is, no wider than `most` dp."""

    def __init__(self, look: Look, piece: Piece, most: float = 1e9, grows: float = 1.0) -> None:
        super().__init__(look)
        self.most, self.grows = look.dp(most), grows
        self.hold([piece])

    def fit(self, width: float) -> float:
        return self.pieces()[0].fit(min(width, self.most))

    def arrange(self) -> None:
        piece, width = self.pieces()[0], min(self.width, self.most)
        height = min(self.height, piece.fit(width)) if not piece.grows else self.height
        piece.place(self.x + (self.width - width) / 2, self.y + (self.height - height) / 2, width, height)


def rounded(piece: Piece, ground: str, radius: float, pressed: bool = False) -> None:
    """Draw a rounded ground of a theme's role under a piece, with an outline where the theme wants one."""
    theme = piece.look.theme
    with piece.canvas.before:
        piece.canvas.before.clear()
        Color(*rgba(getattr(theme, ground), 0.75 if pressed else 1.0))
        radius = min(radius, piece.height / 2, piece.width / 2)
        SmoothRoundedRectangle(pos=piece.pos, size=piece.size, radius=[radius], segments=16)
        if theme.outlined:
            Color(*rgba(theme.line))
            box = (piece.x + 0.5, piece.y + 0.5, max(1.0, piece.width - 1), max(1.0, piece.height - 1), radius)
            SmoothLine(rounded_rectangle=box, width=max(1.0, piece.look.dp(0.8)))
