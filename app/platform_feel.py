"""What a phone lets its runner feel: patterns of vibration, where the device has a motor and plyer reaches it.

The rule of this file: a pattern is handed over and never waited for; where nothing can shake, nothing fails.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import accumulate
from typing import Any, Protocol

from app.platform_here import phone

_LOG = logging.getLogger(__name__)


class Feel(Protocol):
    """Something that shakes; `name` is empty where nothing can."""

    name: str

    def shake(self, pattern_s: Sequence[float]) -> None: ...


class Stillness:
    """Nothing to shake."""

    name = ""

    def shake(self, pattern_s: Sequence[float]) -> None:
        """Shake nothing."""


class PhoneFeel:
    """The motor of a phone. `later` calls back after so many s, for motors that know no patterns (iOS)."""

    def __init__(self, motor: Any, later: Callable[[Callable[[], None], float], object], patterns: bool) -> None:
        self.name, self._motor, self._later, self._patterns = "phone", motor, later, patterns

    def shake(self, pattern_s: Sequence[float]) -> None:
        """Begin a pattern of s on, off, on, ..."""
        if not pattern_s:
            return
        try:
            if self._patterns:
                self._motor.pattern(pattern=(0.0, *pattern_s))
            else:
                starts = [0.0, *accumulate(pattern_s)]
                for at_s, on_s in zip(starts[::2], pattern_s[::2], strict=False):
                    self._later(lambda on_s=on_s: self._motor.vibrate(time=on_s), at_s)  # type: ignore[misc]
        except Exception as problem:  # each platform fails in its own way, and a run goes on without it
            _LOG.info("the device does not shake: %s", problem)


def feel_here(later: Callable[[Callable[[], None], float], object]) -> Feel:
    """Return what shakes on this device; computers have nothing that does."""
    if not phone():
        return Stillness()
    try:
        vibrator = import_module("plyer").vibrator
    except ImportError:
        return Stillness()
    return PhoneFeel(vibrator, later, phone() == "android")
