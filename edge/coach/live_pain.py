"""The one tap "it hurts" in a run: continue, ease, walk, stop or seek help, by rule and at once.

The rule of this file: within a run the answer only ever gets stricter. Severity is 0 to 10; without a number the
careful reading holds. The limits are those of `edge.coach.injury` (Thomeé 1997, Silbernagel 2007, one step stricter).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, isnan

from edge.coach.injury import BONE_AREAS, EASE_FROM, STOP_FROM, your_place
from edge.coach.phrases import say
from edge.coach.said import AREAS, SIDES
from edge.coach.types import Reason

CONTINUE, EASE, WALK, STOP, HELP = range(5)
WALK_FROM = 4.0
#: A headache from here on, in a run, is no matter for a coach.
HEAD_HELP_FROM = 5.0
#: Rule and words of each answer, by its level.
ANSWERS = (
    ("L-HURTS", "Go on easy, and tap again if it grows"),
    ("L-HURTS", "Ease off: slower, shorter steps, and walk if it does not fall below 3"),
    ("L-HURTS", "Walk now; jog again only if walking is free of pain, and not today if it comes back"),
    ("L-HURTS", "Stop running. Walk home if walking is free of pain, else be fetched"),
    ("R-REDFLAG", "Stop now and seek help: sit down, do not go on alone, call the emergency number if it stays"),
)


@dataclass(frozen=True, slots=True)
class Hurt:
    """One tap: where, how much (NaN when not said), at which second of the run, and the answer's level."""

    area: str
    side: str
    severity: float
    t_s: float
    level: int


def hurt_again(before: tuple[Hurt, ...], area: str, severity: float, side: str, t_s: float) -> Hurt:
    """Return the tap with its answer; the same place hurting more than before is answered one step stricter.

    Raises ValueError for an unknown area or side, or a severity outside 0 to 10.
    """
    if area not in AREAS:
        raise ValueError(f"the body area is one of {', '.join(AREAS)}, not {area!r}")
    if side not in ("", *SIDES):
        raise ValueError(f"the side is one of {', '.join(SIDES)} or empty, not {side!r}")
    if not (isnan(severity) or 0.0 <= severity <= 10.0):
        raise ValueError(f"severity {severity:g} is outside 0 to 10")
    level = level_of(area, severity)
    last = next((h.severity for h in reversed(before) if h.area == area and h.side == side), severity)
    if level and severity > last:
        level = min(level + 1, STOP) if level != HELP else HELP
    return Hurt(area, side, severity, t_s, level)


def level_of(area: str, severity: float) -> int:
    """Return the answer to a pain by itself: 0 continue, 1 ease, 2 walk, 3 stop, 4 seek help."""
    if area == "chest":
        return CONTINUE if severity == 0.0 else HELP
    if area == "head" and not severity < HEAD_HELP_FROM:
        return HELP
    if isnan(severity):
        return WALK
    bone = area in BONE_AREAS
    steps = (EASE_FROM, EASE_FROM if bone else WALK_FROM, WALK_FROM if bone else STOP_FROM)
    return sum(severity >= limit for limit in steps)


def pain_reasons(hurt: Hurt, level: int, language: str = "en") -> tuple[Reason, ...]:
    """Return why this is the answer in a language, with the number that was said."""
    numbers: tuple[tuple[str, float], ...] = (("level", float(level)),)
    felt = say(language, "you did not say how much")
    if isfinite(hurt.severity):
        numbers = (("severity", hurt.severity), ("level", float(level)))
        felt = say(language, "{severity:count} of 10", severity=hurt.severity)
    place = your_place(hurt.area, hurt.side, language)
    text = say(language, "{place:word} hurts, {felt:word}", place=place, felt=felt)
    if level > hurt.level:
        text += say(language, ", and what you said before in this run still holds")
    return (Reason(text, numbers, ("R-PAIN", "Thomeé 1997", "Silbernagel 2007")),)
