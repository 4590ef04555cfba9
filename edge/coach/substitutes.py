"""What to do instead of running while a place hurts: by body area, as data, and as sessions.

The rule of this file: only what spares the place, and only without pain; with two sore places, what spares both.

Assumptions from coaching and physiotherapy practice, not from trials: deep-water running and cycling keep fitness
(Reilly 2003, J Sports Sci 21), which movements load which place is anatomy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from edge.coach.types import Session

#: What spares an area, best first, and how.
SUBSTITUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "foot": (("pool", "with a float between the legs, no kicking, no push-off"), ("strength", "seated or lying")),
    "ankle": (("pool", "with a float between the legs, no kicking"), ("strength", "seated or lying")),
    "achilles": (("bike", "light gear, pedal under the middle of the foot"), ("pool", "no kicking, no push-off")),
    "shin": (("bike", "light gear, seated"), ("pool", "no kicking, no push-off")),
    "calf": (("bike", "light gear, pedal under the middle of the foot"), ("pool", "no kicking")),
    "knee": (("pool", "crawl, no breaststroke"), ("strength", "hips and trunk, no deep bends")),
    "hamstring": (("pool", "with a float between the legs"), ("strength", "upper body")),
    "quad": (("pool", "with a float between the legs"), ("strength", "upper body")),
    "groin": (("pool", "with a float between the legs, no breaststroke"), ("strength", "upper body")),
    "hip": (("pool", "with a float between the legs, no breaststroke"), ("strength", "upper body")),
    "back": (("walk", "flat, as long as it feels good"), ("pool", "on the back")),
    "shoulder": (("bike", "upright, no weight on the arms"), ("walk", "flat")),
    "other": (("walk", "as long as it feels good"),),
}
SUBSTITUTE_S = 1800.0
SHORTEST_SUBSTITUTE_S = 600.0
NAMES = {"bike": "Bike", "pool": "Pool", "strength": "Strength", "walk": "Walk"}


def spared_kinds(area: str) -> frozenset[str]:
    """Return the kinds of sessions that spare a body area, rest among them; rest alone where none is known."""
    return frozenset({"rest", *(kind for kind, _ in SUBSTITUTES.get(area, ()))})


def without_running(kind: str, most_s: float) -> Session | None:
    """Return a session without running of half an hour, or of `most_s` if that is less; None below ten minutes."""
    duration_s = math.floor(min(SUBSTITUTE_S, most_s) / 60.0) * 60.0
    if duration_s < SHORTEST_SUBSTITUTE_S:
        return None
    return Session(kind, 0.0, duration_s, math.nan, math.nan, math.nan, math.nan)


def how(kind: str, areas: Sequence[str]) -> str:
    """Return how a substitute is done with some sore areas, in words; "" where nothing is to be minded."""
    notes = [note for area in areas for name, note in SUBSTITUTES.get(area, ()) if name == kind]
    return "; ".join(dict.fromkeys(notes))
