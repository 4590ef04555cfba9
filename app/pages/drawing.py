"""Pictures as SVG inside a page, drawn by matplotlib: sharp on every screen, in the page's own colours and fonts.

The rule of this file: matplotlib draws with stand-in colours, one for each role of the theme, which become the page's
variables; so one picture serves the light and the dark page. Each picture comes in the widths that pages have.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from app.pages.look import FAMILIES, FONTS, ROLES
from app.pages.markup import Markup

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Class of the style sheet -> width in px that a picture across the page, and one across half of it, is drawn for.
FULL = {"small": 336, "medium": 640, "large": 928}
HALF = {"small": 336, "medium": 640, "large": 440}
_STAND_INS = {role: f"#{i + 1:02x}fe{i + 1:02x}" for i, role in enumerate(ROLES)}
_BACK = {colour: f"var(--{role})" for role, colour in _STAND_INS.items()}
_NUMBER = re.compile(r"\d+\.\d{3,}")
_SETTINGS = {
    "svg.fonttype": "none",
    "font.family": "Roboto",
    "font.size": 12.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.titlesize": 12.0,
    "axes.unicode_minus": True,
    "xtick.major.size": 3.0,
    "ytick.major.size": 0.0,
    "ytick.major.pad": 6.0,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "path.simplify": True,
}


def ink(role: str) -> str:
    """Return the stand-in of a role of the theme, for matplotlib."""
    return _STAND_INS[role]


Paint = Callable[["Axes", str], None]
"""Draws into axes for a size of `FULL`."""


def pictures(
    name: str, said: str, paint: Paint, height: int = 190, widths: dict[str, int] | None = None, fitted: bool = True
) -> Markup:
    """Return a picture in every width as SVG; `said` is what a screen reader says instead of it.

    `fitted` leaves the margins to matplotlib; else `paint` lays out the axes.
    """
    from matplotlib import rc_context

    _fonts()
    found = []
    for size, width in (widths or FULL).items():
        with rc_context({**_settings(), "svg.hashsalt": f"{name} {size}"}):  # type: ignore[dict-item]
            figure, axes = _sheet(width, height, fitted)
            paint(axes, size)
            found.append(_inline(figure, f"{name}-{size}", size, said))
    return Markup("".join(found))


def _settings() -> dict[str, object]:
    line, soft = ink("line"), ink("soft")
    coloured = {
        "axes.edgecolor": line,
        "grid.color": line,
        "text.color": ink("ink"),
        "axes.labelcolor": soft,
        "xtick.color": line,
        "xtick.labelcolor": soft,
        "ytick.color": line,
        "ytick.labelcolor": soft,
        "hatch.color": line,
    }
    return {**_SETTINGS, **coloured}


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Tell matplotlib of the app's fonts, so that it measures texts as the page will show them."""
    from matplotlib.font_manager import fontManager

    for file in FAMILIES.values():
        fontManager.addfont(str(FONTS / file))


def _sheet(width: int, height: int, fitted: bool) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 72.0, height / 72.0), dpi=72, layout="constrained" if fitted else None)
    FigureCanvasSVG(figure)
    return figure, figure.add_subplot()


def _inline(figure: Figure, name: str, size: str, said: str) -> str:
    packed = io.StringIO()
    figure.savefig(packed, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = packed.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"#[0-9a-f]{2}fe[0-9a-f]{2}", lambda m: _BACK.get(m[0], m[0]), text)
    text = re.sub(r"<[^>]*>", lambda element: _NUMBER.sub(_short, element[0]), text)  # never what is written
    used = set(re.findall(r"(?:url\(#|href=\"#)([\w.-]+)", text))
    text = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in used else "", text)
    for one in used:
        text = re.sub(rf'(id="|url\(#|href="#){re.escape(one)}(?=["\)])', rf"\g<1>{name}-{one}", text)
    text = re.sub(r"\s*\n\s*", " ", text)
    view = f"0 0 {round(figure.get_figwidth() * 72)} {round(figure.get_figheight() * 72)}"
    head = f'<svg class="{size}" viewBox="{view}" role="img" aria-label="{escape(said, quote=True)}">'
    return head + text[text.index(">") + 1 :]


def _short(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
