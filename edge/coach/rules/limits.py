"""What the rules leave of a day, as a value that only ever gets tighter.

The rule of this file: rules only take away. Distances in m, durations in s.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from edge.coach.rules.texts import RULES
from edge.coach.types import Profile, Reason, Session

HARD_KINDS = frozenset({"steady", "intervals"})
#: Sessions without running: a walk, and what spares a sore place.
CROSS_KINDS = frozenset({"walk", "bike", "pool", "strength"})
RUNNING_KINDS = frozenset({"easy", "long", "steady", "intervals", "first", "return", "walk-run"})
LOW_KINDS = CROSS_KINDS | {"rest", "walk-run"}
GENTLE_KINDS = LOW_KINDS | {"easy"}
#: Gentle, for a newcomer or after a break too.
SOFT_KINDS = GENTLE_KINDS | {"return", "first"}
ALL_KINDS = GENTLE_KINDS | HARD_KINDS | {"long"}
REST_ONLY = frozenset({"rest"})
QUANTUM_M = 100.0
#: First sessions by stated experience: distance in m and duration in s, walking included.
FIRST = {
    "none": (2000.0, 1200.0),
    "beginner": (3000.0, 1500.0),
    "": (2000.0, 1200.0),
    "regular": (4000.0, 1680.0),
    "experienced": (5000.0, 1980.0),
}
RETURN_SHARE = 0.60
#: A shorter stated longest run is no run to measure by.
SHORTEST_STATED_M = 200.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the rules leave: the longest distance in m and duration in s, the kinds, and how it may be steered."""

    distance_m: float
    duration_s: float
    kinds: frozenset[str]
    effort_only: bool
    heart_rate_allowed: bool
    rule_ids: tuple[str, ...]
    reasons: tuple[Reason, ...]
    race_allowed: bool = True
    seek_help: str = ""
    """What to do at once instead of any training; "" where nothing is wrong."""
    no_race_because: tuple[Reason, ...] = ()

    def tighter(
        self,
        reason: Reason,
        *,
        distance_m: float = math.inf,
        duration_s: float = math.inf,
        kinds: frozenset[str] | None = None,
        effort_only: bool = False,
        heart_rate_allowed: bool = True,
        race_allowed: bool = True,
        seek_help: str = "",
    ) -> Limits:
        """Return these limits with one more rule applied; nothing ever becomes looser."""
        return Limits(
            min(self.distance_m, distance_m),
            min(self.duration_s, duration_s),
            self.kinds if kinds is None else self.kinds & (kinds | REST_ONLY),
            self.effort_only or effort_only,
            self.heart_rate_allowed and heart_rate_allowed,
            (*self.rule_ids, *(e for e in reason.evidence if e in RULES)),
            (*self.reasons, reason),
            self.race_allowed and race_allowed,
            self.seek_help or seek_help,
            self.no_race_because if race_allowed else (*self.no_race_because, reason),
        )


def clip(session: Session, limits: Limits) -> Session:
    """Return the session within the limits, its distance in steps of 100 m downwards, its duration in proportion."""
    if session.kind == "race" or session.distance_m <= 0:
        return session
    by_time = limits.duration_s / session.duration_s * session.distance_m if session.duration_s > 0 else math.inf
    distance_m = floor_m(min(session.distance_m, limits.distance_m, by_time))
    duration_s = session.duration_s * distance_m / session.distance_m
    return dataclasses.replace(session, distance_m=distance_m, duration_s=math.floor(duration_s))


def first_session(profile: Profile) -> tuple[float, float]:
    """Return distance in m and duration in s of a newcomer's first session, within 60 % of a stated longest run."""
    distance_m, duration_s = FIRST.get(profile.experience, FIRST[""])
    if 0.0 < profile.longest_recent_m < math.inf:
        stated = RETURN_SHARE * max(profile.longest_recent_m, SHORTEST_STATED_M)
        share = min(1.0, stated / distance_m)
        distance_m, duration_s = distance_m * share, duration_s * share
    return distance_m, duration_s


def floor_m(distance_m: float) -> float:
    """Return a distance in m in steps of 100 m downwards; below 1 km in steps of 10 m."""
    step = QUANTUM_M if distance_m >= 1000.0 else 10.0
    return math.floor(distance_m / step) * step
