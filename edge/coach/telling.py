"""In which order the reasons of a day are told, and which of them are worth reading in the morning.

The rule of this file: nothing is left out of a decision; it only sorts.
"""

from __future__ import annotations

import math

from edge.coach.types import Reason, Session

#: Rules that leave no running for a reason that a substitute does not make worse.
SUBSTITUTE_RULES = frozenset(
    {"R-PAIN-EASE", "R-PAIN-STOP", "R-CLINICIAN", "R-LADDER", "R-POSTPARTUM", "R-HEAT", "R-PREGNANT"}
)
#: Rules about the body: what they say is said before anything about training.
BODY_RULES = SUBSTITUTE_RULES | {
    "R-FEVER", "R-ILL", "R-BONE", "R-PAIN", "R-AMS", "R-REDS", "R-UNDERWEIGHT", "R-MEDS", "R-REDFLAG", "R-OVERRIDE",
    "R-BETA",
}  # fmt: skip
#: Rules about what a place does to the body: said first where somebody trains there; a rest day has its own reason.
PLACE_RULES = frozenset({"R-ALTITUDE", "R-ALTITUDE-HIGH"})
#: The limit of 110 % is told first where the session comes near it, else last.
NEAR_LIMIT = 0.97
#: The number of a reason by the person's own runs, those of the steps that it was weighed with, and where it leads.
OWN, STEPS = "own_pace_s_per_km", frozenset({"predicted_s", "usual_pace_s_per_km"})
FROM_OWN_RUNS = frozenset({"easy", "long", "return"})


def in_order(reasons: tuple[Reason, ...], session: Session) -> tuple[Reason, ...]:
    """Return the reasons with those about the body first, a limit that the session is far below last."""

    def rank(reason: Reason) -> int:
        first = BODY_RULES if session.kind == "rest" else BODY_RULES | PLACE_RULES
        if not first.isdisjoint(reason.evidence):
            return 0
        return 2 if is_far_below(reason, session) else 1

    return tuple(sorted(reasons, key=rank))


def worth_reading(reasons: tuple[Reason, ...], session: Session | None) -> tuple[Reason, ...]:
    """Return the reasons that help in the morning; where the pace comes from in steps is left to `kadenz why`.

    A limit that the session is far below is left out, and where the person's own runs tell the pace, so are the race
    time and the usual pace that were weighed with it. At least one reason is left.
    """
    told = [reason for reason in reasons if session is None or not is_far_below(reason, session)]
    if session is not None and session.kind in FROM_OWN_RUNS and any(OWN in dict(r.numbers) for r in told):
        told = [reason for reason in told if not STEPS & dict(reason.numbers).keys()]
    return tuple(told) or reasons


def is_far_below(reason: Reason, session: Session) -> bool:
    """Return whether a reason is the limit of 110 % and the session keeps well below it."""
    numbers = dict(reason.numbers)
    if "R-110" not in reason.evidence or "limit_m" not in numbers:
        return False
    by_time = session.duration_s >= NEAR_LIMIT * numbers.get("limit_s", math.inf)
    return not by_time and session.distance_m < NEAR_LIMIT * numbers["limit_m"]
