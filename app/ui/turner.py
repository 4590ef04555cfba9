"""Carries out a turn: a phone is asked through plyer, a window swaps its sides.

The rule of this file: what cannot be turned stays as it is and says so once in the log.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Protocol

from app.platform_here import phone

_LOG = logging.getLogger(__name__)


class Turner(Protocol):
    """Turns the screen to "portrait" or "landscape", or leaves it to the "system"."""

    def turn(self, way: str) -> None: ...


class WindowTurner:
    """Turns a window on a computer by swapping its sides."""

    def turn(self, way: str) -> None:
        """Make the window higher than wide, or wider than high."""
        from kivy.core.window import Window

        wide, high = Window.system_size
        if way != "system" and (way == "landscape") != (wide > high):
            Window.system_size = (high, wide)


class PhoneTurner:
    """Asks a phone for a way; "system" follows its sensor and its own lock."""

    def turn(self, way: str) -> None:
        """Ask for the way."""
        try:
            orientation = import_module("plyer").orientation
            {
                "portrait": orientation.set_portrait,
                "landscape": orientation.set_landscape,
                "system": orientation.set_sensor,
            }[way]()
        except Exception as problem:  # each platform fails in its own way, and the screen stays as it is
            _LOG.info("the screen cannot be turned: %s", problem)


def turner_here() -> Turner:
    """Return what turns the screen on this device."""
    return PhoneTurner() if phone() else WindowTurner()
