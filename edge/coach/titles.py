"""What sessions are called, and how hard each is meant to be, in words.

The rule of this file: English, which is the key of every other language.
"""

from __future__ import annotations

from edge.coach.phrases import say
from edge.coach.substitutes import NAMES
from edge.coach.types import Session

EFFORT = {
    "easy": "easy enough to talk in sentences",
    "long": "easy enough to talk in sentences all the way",
    "steady": "comfortably hard, a few words at a time",
    "intervals": "hard but even, never all out",
    "return": "very easy, talking all the time",
    "first": "very easy, walking as much as you like",
    "walk-run": "two minutes of walking, one of jogging, and so on; stop if it hurts more",
    "walk": "brisk if it feels good, no running",
}
TITLES = {
    "easy": "Easy run",
    "long": "Long run",
    "steady": "Steady run",
    "intervals": "Repetitions",
    "return": "A run to come back",
    "first": "A first session",
    "walk-run": "Walk and jog by turns",
}


def title_of(session: Session, language: str = "en") -> str:
    """Return what a kind of session is called; its own name where it has no other."""
    return say(language, TITLES.get(session.kind) or NAMES.get(session.kind, session.kind))


def effort_of(session: Session, language: str = "en") -> str:
    """Return how hard a kind of session is meant to be, in words."""
    return say(language, EFFORT.get(session.kind, "easy"))
