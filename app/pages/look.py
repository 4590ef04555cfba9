"""The look of a page: colours from the app's themes, its fonts inside the file, and the style sheet.

The rule of this file: a page loads nothing; every colour is a variable of the app's theme, light or dark.
"""

from __future__ import annotations

import base64
import io
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from app.ui.theme import DARK, LIGHT, Theme, mixed, zone_colours

THEMES = ("auto", "light", "dark")
FONTS = Path(__file__).parents[1] / "ui" / "fonts"
#: Family as the style sheet and the pictures name it -> file.
FAMILIES = {"Roboto": "text.ttf", "Roboto Medium": "text-medium.ttf", "Roboto Condensed": "numbers.ttf"}
#: The roles of the theme that pages and pictures are drawn with.
ROLES = tuple(f.name for f in fields(Theme) if f.name not in ("name", "zones", "outlined")) + tuple(
    f"zone{n}" for n in range(1, 6)
)

#: Shades of a day: from which share of the person's longest, how strongly it is inked in the picture of a year, and in
#: the calendar of a month, where text stands on it.
SHADES = ((0.0, 0.28, 0.10), (0.25, 0.48, 0.18), (0.5, 0.72, 0.26), (0.75, 1.0, 0.34))


def colours(theme: Theme) -> dict[str, str]:
    """Return the hex colour of each role; zones are those that colour-blind eyes tell apart."""
    zones = zone_colours(theme, colour_blind=True)
    return {role: zones[int(role[4:]) - 1] if role.startswith("zone") else getattr(theme, role) for role in ROLES}


def _variables(theme: Theme) -> str:
    heat = {f"heat{n}": mixed(theme.accent, theme.card, share) for n, (_, _, share) in enumerate(SHADES, start=1)}
    named = {**colours(theme), **heat}
    return "".join(f"--{role}:#{colour};" for role, colour in named.items()) + f"color-scheme:{theme.name};"


@lru_cache(maxsize=4)
def style(theme: str) -> str:
    """Return the style sheet of a page: "auto" follows the reader's system, paper is always light."""
    sheet = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    light, dark = _variables(LIGHT), _variables(DARK)
    first = f":root{{{dark if theme == 'dark' else light}}}"
    follow = f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}" if theme == "auto" else ""
    paper = f"@media print{{:root{{{light}}}}}"
    return "".join((*map(_font_face, FAMILIES.items()), first, follow, paper, sheet))


def _font_face(font: tuple[str, str]) -> str:
    family, name = font
    return (
        f"@font-face{{font-family:'{family}';src:url(data:font/woff;base64,{_woff(name)}) format('woff');"
        "font-display:block}"
    )


@lru_cache(maxsize=4)
def _woff(name: str) -> str:
    """Return a font of the app as WOFF in base64."""
    from fontTools.ttLib import TTFont

    packed = io.BytesIO()
    font = TTFont(FONTS / name, recalcTimestamp=False)
    font.flavor = "woff"
    font.save(packed)
    return base64.b64encode(packed.getvalue()).decode()
