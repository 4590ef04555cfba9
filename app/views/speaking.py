"""How a cue reaches the person: said aloud, felt, or shown alone, by what they set and the hour.

The rule of this file: a warning is always said and felt, whatever is set; in quiet hours everything else is shown and
felt, never said.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.views.settings import Settings

ALWAYS = ("L-HURTS", "L-GAIT")
"""Beginnings of rules beside "R-" whose words are warnings."""
#: Patterns in s, on and off in turn: a short knock for a cue, two for a lap, the longest for a warning.
CUE, LAP, WARNING = (0.12,), (0.08, 0.1, 0.08), (0.6, 0.2, 0.6, 0.2, 0.6)
LAPS = ("L-KM", "L-TIME")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said aloud ("" for nothing) and the pattern that is felt in s on, off, on, ... (() for none)."""

    aloud: str = ""
    felt: tuple[float, ...] = ()


def is_warning(rule: str) -> bool:
    """Return True for the words of a rule that keeps somebody safe: they cannot be muted."""
    return rule.startswith(("R-", *ALWAYS))


def quiet(settings: Settings, local_h: float) -> bool:
    """Return True where an hour of the day, 0 to 24, lies in the quiet hours; equal ends mean there are none."""
    start, end = settings.quiet_from_h, settings.quiet_to_h
    if start <= end:
        return start <= local_h < end
    return local_h >= start or local_h < end


def told(rule: str, text: str, settings: Settings, local_h: float) -> Told:
    """Return how the words of a rule reach the person at an hour of the day."""
    if is_warning(rule):
        return Told(text, WARNING)
    if rule in settings.muted:
        return Told()
    aloud = settings.voice and not quiet(settings, local_h)
    felt = (LAP if rule in LAPS else CUE) if settings.vibrate else ()
    return Told(text if aloud else "", felt)
