"""Colours of the app: dark ground, one accent, muted captions."""

from __future__ import annotations

GROUND = "0B0E12"
CARD = "161B21"
COACH = "1C2B2A"
INK = "F4F6F8"
SOFT = "C3CBD3"
MUTED = "94A0AC"
ACCENT = "3DCB9A"


def rgba(colour: str) -> tuple[float, float, float, float]:
    """Return a hex colour as the four numbers from 0 to 1 that kivy takes."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue, 1.0
