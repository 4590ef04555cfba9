"""Which way the app asks the screen to be: an explicit lock, else what was learned, else the system's way.

The rule of this file: never under a finger, never within two seconds of an alert, never twice within `REST_S`; every
turn that was learned is explained and can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.views.words import Words
from edge.screen.preference import Orientation, Phase, Preference, fixed_edge, share

ALERT_S = 2.0
REST_S = 5.0
SURE = 0.6
"""What was learned counts from this probability on."""
LANDSCAPE = (Orientation.LANDSCAPE_LEFT, Orientation.LANDSCAPE_RIGHT)


@dataclass(frozen=True, slots=True)
class Turning:
    """Which way is asked for: "portrait", "landscape" or "system"; who said so; since when, in s of the clock."""

    way: str = "system"
    source: str = "system"
    """ "you", "learned" or "system"."""
    at_s: float = float("-inf")
    why: str = ""


def wanted(setting: str, known: Preference | None, phase: Phase) -> tuple[str, str]:
    """Return the way that is wanted and who says so, for the setting `turning` and what was learned in a phase."""
    if setting in ("portrait", "landscape"):
        return setting, "you"
    if setting == "learned" and known is not None and share(known, phase) >= SURE:
        edge = fixed_edge(known, phase)
        if edge is not None:
            return ("landscape" if edge in LANDSCAPE else "portrait"), "learned"
    return "system", "system"


def turned(
    before: Turning,
    asked: tuple[str, str],
    now_s: float,
    *,
    finger_down: bool = False,
    last_alert_s: float = float("-inf"),
    corrections: float = 0.0,
    words: Words | None = None,
) -> Turning:
    """Return the turning after a moment: changed only where nobody touches and no alert was just shown."""
    way, source = asked
    if (way, source) == (before.way, before.source):
        return before
    if way == before.way:
        return replace(before, source=source)
    if finger_down or now_s - last_alert_s < ALERT_S or now_s - before.at_s < REST_S:
        return before
    why = ""
    if source == "learned" and words is not None:
        count = round(corrections)
        name = words("upright") if way == "portrait" else words("lying")
        why = words.n(
            "{way}, because you turned it so {count} time",
            "{way}, because you turned it so {count} times",
            count,
            way=name,
        )
    return Turning(way, source, now_s, why)
