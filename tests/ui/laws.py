"""Where everything is on a screen, and the laws it must keep: texts whole and apart, targets large enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.ui.forms import COMPACT, form_of
from app.ui.kit.piece import Piece
from app.ui.kit.press import Press
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import LEAST_SHRINK, Icon, Txt
from app.ui.screens.base import Screen

SLACK = 1.5
"""Px by which textures may be larger than what was measured (glyphs are placed on whole pixels)."""
LEAST_TARGET_DP = 44.0


@dataclass(frozen=True)
class Placed:
    """A piece and where it is on the page that it scrolls with (page 0: the root)."""

    piece: Piece
    page: int
    box: tuple[float, float, float, float]
    """Left, bottom, right, top in px."""


def placed(piece: Piece, page: int = 0) -> Iterator[Placed]:
    """Yield every piece below one, in reading order."""
    box = (piece.x, piece.y, piece.right, piece.top)
    yield Placed(piece, page, box)
    inner = id(piece) if isinstance(piece, Scroll) else page
    for child in piece.pieces():
        yield from placed(child, inner)


def broken(root: Piece) -> list[str]:
    """Return every law that a placed root breaks, in words; empty where it keeps them all."""
    everything = list(placed(root))
    return [
        *_cut_texts(everything),
        *_overlaps(everything),
        *_small_targets(root, everything),
        *_outside(root, everything),
    ]


def _texts(everything: list[Placed]) -> list[Placed]:
    return [p for p in everything if isinstance(p.piece, Txt) and p.piece.text.strip()]


def _ink(p: Placed) -> tuple[float, float, float, float]:
    """Return where the texture of a text is, in px."""
    text = p.piece
    assert isinstance(text, Txt)
    texture = text.texture(text.width)
    left = {"left": 0.0, "center": (text.width - texture.width) / 2, "right": text.width - texture.width}
    x = text.x + (left[text.align] if text.line else 0.0)
    y = text.y + (text.height - texture.height) / 2
    return x, y, x + texture.width, y + texture.height


def _cut_texts(everything: list[Placed]) -> Iterator[str]:
    for p in _texts(everything):
        text = p.piece
        assert isinstance(text, Txt)
        texture = text.texture(text.width)
        if not isinstance(text, Icon) and text.plain != "–" and text.shrink(text.width) <= LEAST_SHRINK:
            yield f"text shrunk to nothing: {text.plain!r}"
        if texture.width > text.width + SLACK or texture.height > text.height + SLACK:
            yield (
                f"text {text.plain!r} is {texture.width} x {texture.height} px "
                f"in a box of {text.width:.0f} x {text.height:.0f}"
            )


def _overlaps(everything: list[Placed]) -> Iterator[str]:
    texts = [(p, _ink(p)) for p in _texts(everything) if not isinstance(p.piece.parent, Screen)]
    texts.sort(key=lambda text: (text[0].page, text[1][1]))
    for i, (one, a) in enumerate(texts):
        for other, b in texts[i + 1 :]:
            if one.page != other.page or b[1] >= a[3]:
                break  # all that follow lie higher, or on another page
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            least = min(a[3] - a[1], b[3] - b[1])
            if wide > 2.0 and high > 0.22 * least:  # a line's box is higher than its letters
                assert isinstance(one.piece, Txt)
                assert isinstance(other.piece, Txt)
                yield f"texts overlap: {one.piece.plain!r} and {other.piece.plain!r}"


def _small_targets(root: Piece, everything: list[Placed]) -> Iterator[str]:
    least = LEAST_TARGET_DP * root.look.unit - 0.5
    for p in everything:
        if isinstance(p.piece, Press):
            if not p.piece.name.strip():
                yield f"a target without a name: {p.piece.act}"
            if min(p.piece.width, p.piece.height) < least:
                yield f"target {p.piece.name!r} is {p.piece.width:.0f} x {p.piece.height:.0f} px"


def _outside(root: Piece, everything: list[Placed]) -> Iterator[str]:
    compact = form_of(root.width, root.height, root.look.unit) == COMPACT
    pages = {id(p.piece): p.piece for p in everything if isinstance(p.piece, Scroll)}
    for p in _texts(everything):
        whole = pages[p.page].piece if p.page else root
        x0, y0, x1, y1 = _ink(p)
        assert isinstance(p.piece, Txt)
        if x0 < whole.x - SLACK or x1 > whole.right + SLACK or y0 < whole.y - SLACK or y1 > whole.top + SLACK:
            yield f"text {p.piece.plain!r} is outside {'the face' if compact else 'its page'}"
