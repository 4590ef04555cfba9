"""Texts and icons: measured at once, wrapped to their width, and never cut off.

The rule of this file: a text that must stay on one line shrinks, down to `LEAST_SHRINK`; every other text wraps.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.core.text.markup import MarkupLabel
from kivy.graphics import Color, Rectangle

from app.ui.icons import ICONS
from app.ui.kit.piece import Piece
from app.ui.look import Look
from app.ui.theme import rgba

FONTS = Path(__file__).parent.parent / "fonts"
LEAST_SHRINK = 0.4
LINE_HEIGHT = 1.12

LabelBase.register("text", str(FONTS / "text.ttf"), fn_bold=str(FONTS / "text-medium.ttf"))
LabelBase.register("numbers", str(FONTS / "numbers.ttf"))
LabelBase.register("icons", str(FONTS / "icons.ttf"))


@lru_cache(maxsize=2048)
def drawn(
    text: str, font: str, size: float, bold: bool, colour: str, width: float, align: str, markup: bool
) -> Any:  # kivy's Texture
    """Return the texture of a text; `width` 0: on one line, else wrapped to that many px."""
    kind = MarkupLabel if markup else CoreLabel
    label = kind(
        text=text,
        font_name=font,
        font_size=size,
        bold=bold,
        color=rgba(colour),
        halign=align,
        line_height=LINE_HEIGHT,
        text_size=(width or None, None),
    )
    label.refresh()
    return label.texture


@lru_cache(maxsize=8192)
def line_width(text: str, font: str, size: float, bold: bool) -> float:
    """Return the width in px of a text on one line."""
    label = CoreLabel(font_name=font, font_size=size, bold=bold)
    label.resolve_font_name()
    return float(label.get_extents(text)[0])


class Txt(Piece):
    """A text. `line`: on one line, shrunk to its width where it is too long. `markup`: kivy's [b] and [color]."""

    def __init__(
        self,
        look: Look,
        text: str,
        size: float = 16.0,
        colour: str = "ink",
        *,
        bold: bool = False,
        font: str = "text",
        align: str = "left",
        line: bool = False,
        markup: bool = False,
        grows: float = 0.0,
    ) -> None:
        super().__init__(look)
        self.text, self.font_size, self.colour, self.bold, self.font = text, look.font(size), colour, bold, font
        self.align, self.line, self.markup, self.grows = align, line, markup, grows
        self.widest = ""
        """A text whose room is kept, so that a number that grows moves nothing."""

    def show(self, text: str, colour: str = "") -> None:
        """Show another text where it is, without a new layout."""
        if (text, colour or self.colour) != (self.text, self.colour):
            self.text, self.colour = text, colour or self.colour
            if self.width > 1:
                self.paint()

    @property
    def plain(self) -> str:
        """Return the text without its markup."""
        return _plain(self.text) if self.markup else self.text

    def wide(self) -> float:
        texts = [*self.plain.split("\n"), self.widest]
        return max(line_width(t, self.font, self.font_size, self.bold) for t in texts) + 1.0

    def shrink(self, width: float) -> float:
        """Return by how much the font shrinks so that the line, or else the longest word, is no wider than `width`."""
        text = max(self.plain, self.widest, key=len) if self.line else max(self.plain.split() or [""], key=len)
        needed = line_width(text, self.font, self.font_size, self.bold)
        return max(LEAST_SHRINK, min(1.0, (width - 1.0) / needed)) if needed > 0.0 else 1.0

    def shown_wide(self, width: float) -> float:
        """Return how wide in px the line that is shown becomes in a width."""
        return line_width(self.plain, self.font, self.font_size, self.bold) * self.shrink(width) + 1.0

    def texture(self, width: float) -> Any:
        """Return the texture for a width in px; what is a little too wide for whole pixels is drawn a px smaller."""
        shrink = self.shrink(width)
        size = float(int(self.font_size * shrink)) if shrink < 1.0 else round(self.font_size, 1)
        texture = self._drawn(max(1.0, size), width)
        while texture.width > width + 1.0 and size > LEAST_SHRINK * self.font_size:
            size -= 1.0
            texture = self._drawn(size, width)
        return texture

    def _drawn(self, size: float, width: float) -> Any:
        wrap = 0.0 if self.line else float(round(width))
        colour = getattr(self.look.theme, self.colour, self.colour)
        return drawn(self.text or " ", self.font, size, self.bold, colour, wrap, self.align, self.markup)

    def fit(self, width: float) -> float:
        return float(self.texture(width).height) if self.text or not self.markup else 0.0

    def paint(self) -> None:
        texture = self.texture(self.width)
        left = {"left": 0.0, "center": (self.width - texture.width) / 2, "right": self.width - texture.width}
        offset = left[self.align] if self.line else 0.0
        with self.canvas.before:
            self.canvas.before.clear()
            Color(1, 1, 1, 1)
            x, y = self.x + offset, self.y + (self.height - texture.height) / 2
            Rectangle(texture=texture, pos=(round(x), round(y)), size=texture.size)


def _plain(text: str) -> str:
    out, inside = [], False
    for char in text:
        inside = char == "[" or (inside and char != "]")
        if not inside and char != "]":
            out.append(char)
    return "".join(out)


def safe(text: str) -> str:
    """Return a text for use within markup: brackets and ampersands as they are written."""
    return text.replace("&", "&amp;").replace("[", "&bl;").replace("]", "&br;")


class Icon(Txt):
    """One icon by name, as wide as it is high."""

    def __init__(self, look: Look, name: str, size: float = 24.0, colour: str = "ink") -> None:
        super().__init__(look, ICONS[name], size, colour, font="icons", align="center", line=True)
        self.name = name

    def swap(self, name: str, colour: str = "") -> None:
        """Show another icon."""
        self.name = name
        self.show(ICONS[name], colour)

    def fit(self, width: float) -> float:
        return self.font_size

    def wide(self) -> float:
        return self.font_size
