"""The tap "it hurts" on a terminal: a line "h knee 4 left" while a run is recorded, answered at once and kept.

The rule of this file: the answer is spoken before anything is stored, and nothing here can hold up the recording.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable

from edge.coach.live import Cue, LiveCoach, LiveContext
from edge.coach.said import AREAS, SIDES, Constraint
from edge.coach.types import Session

KEY = "h"
HELP = (
    f"it hurts: type {KEY}, where, and how much from 0 to 10, such as: {KEY} knee 4 left (places: {', '.join(AREAS)})"
)
_BY_FEEL = Session("easy", math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)


class PainTap:
    """Answers the lines of somebody who runs; `keep` takes the sentence and what was understood of it."""

    def __init__(
        self,
        start_unix_s: float,
        t_s: Callable[[], float],
        speak: Callable[[str], None],
        keep: Callable[[str, Constraint], None],
        coach: LiveCoach | None = None,
    ) -> None:
        self.coach = coach or LiveCoach(LiveContext(_BY_FEEL, start_unix_s))
        self._t_s, self._speak, self._keep = t_s, speak, keep

    def line(self, text: str) -> Cue | None:
        """Answer one line; None where it is no tap, and then how to tap is said if it began like one."""
        words = text.lower().replace("/10", "").split()
        if not words or words[0] != KEY:
            return None
        try:
            area, severity, side = _understood(words[1:])
            cue = self.coach.hurts(area, severity, side, self._t_s())
        except ValueError as problem:
            self._speak(f"{problem}; {HELP}" if words[1:] else HELP)
            return None
        because = "; ".join(reason.text for reason in cue.decision.because)
        self._speak(f"{cue.decision.show} (because {because})")
        self._keep(" ".join(words[1:]), Constraint("pain", area, side, severity, "running"))
        return cue

    def listen(self, lines: Iterable[str]) -> threading.Thread:
        """Answer lines in a thread of their own until they end."""
        thread = threading.Thread(target=self._all, args=(lines,), name="taps", daemon=True)
        thread.start()
        return thread

    def _all(self, lines: Iterable[str]) -> None:
        for text in lines:
            self.line(text)


def _understood(words: list[str]) -> tuple[str, float, str]:
    """Return area, severity (NaN when not said) and side; ValueError names the first word that is none of them."""
    area, severity, side = "", math.nan, ""
    for word in words:
        if word in AREAS:
            area = word
        elif word in SIDES:
            side = word
        elif word.replace(".", "", 1).isdigit():
            severity = float(word)
        else:
            raise ValueError(f"{word!r} is no place, side or number")
    if not area:
        raise ValueError("where does it hurt")
    return area, severity, side
