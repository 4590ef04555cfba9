"""What else of a person shapes an ordinary day: a weight goal, a night shift, age; small steps, each with its reason.

The rule of this file: it shortens and offers, after the rules and never against them. Nothing here speaks of eating
less, and where energy is short nothing here speaks of weight at all.

Sources: running's length takes from what strength training gives (Wilson et al. 2012, J Strength Cond Res 26: over
duration r -0.29 to -0.75); exercise after little sleep is 7.6 % worse (95 % 3.1 to 11.9; Craven et al. 2022, Sports
Med 52); from 65 on strength and balance on three days a week (WHO 2020). The shares are assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.coach.beliefs import State
from edge.coach.heard import names_any, of_kind
from edge.coach.phrases import say
from edge.coach.rules import Limits
from edge.coach.rules.daily import BEFORE, burdens
from edge.coach.types import Reason

#: Of the wished distance, where room is made for strength, and after a night without sleep.
STRENGTH_SHARE, NIGHT_SHARE = 0.85, 0.75
OLDER_YEARS, GOAL_DAYS = 65.0, 60.0
#: With one of these nothing is said of a weight goal.
_NO_WEIGHT = frozenset({"R-REDS", "R-UNDERWEIGHT", "R-YOUTH", "R-PREGNANT", "R-POSTPARTUM", "R-REDFLAG"})
_GAIN = frozenset({"gain", "strength", "muscle"})


@dataclass(frozen=True, slots=True)
class Personal:
    """What is changed: the share of the wished distance, what is offered beside it, and why."""

    share: float = 1.0
    offers: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def personal(state: State, limits: Limits) -> Personal:
    """Return what shapes this person's day beside their diary and the rules."""
    parts = [part for part in (_night(state), _weight(state, limits), _older(state)) if part is not None]
    offers = (kind for part in parts for kind in part.offers if kind in limits.kinds)
    return Personal(
        min((part.share for part in parts), default=1.0),
        tuple(dict.fromkeys(offers)),
        tuple(reason for part in parts for reason in part.reasons),
    )


def _night(state: State) -> Personal | None:
    found = [one for one in burdens(state, "shift_work") if names_any(one, {"night"} | BEFORE)]
    if not found:
        return None
    if names_any(found[-1], BEFORE):
        text = "Your night shift is still to come: run early, take a nap before work, and keep it easy."
        text = say(state.language, text)
        return Personal(1.0, (), (Reason(text, (("share", 1.0),), ("you said",)),))
    text = (
        "You worked the night: sleep first. Then run three quarters of the usual distance at most, by breath and not "
        "by the watch: after little sleep the same run costs more."
    )
    text = say(state.language, text)
    numbers = (("share", NIGHT_SHARE), ("worse", 0.0756))
    return Personal(NIGHT_SHARE, (), (Reason(text, numbers, ("you said", "Craven et al. 2022")),))


def _weight(state: State, limits: Limits) -> Personal | None:
    found = [o for o in of_kind(state, "weight_goal") if names_any(o, _GAIN | {"lose"})]
    if not found or not _NO_WEIGHT.isdisjoint(limits.rule_ids):
        return None
    if state.now_unix_s - found[-1].said_unix_s > GOAL_DAYS * 86400.0:
        return None
    if names_any(found[-1], _GAIN):
        text = (
            "You want to gain weight: the run is a little shorter than usual, and half an hour of strength beside it "
            "helps more, because long running takes from what strength training builds. Eat well after both."
        )
        text = say(state.language, text)
        reason = Reason(text, (("share", STRENGTH_SHARE),), ("you said", "Wilson et al. 2012"))
        return Personal(STRENGTH_SHARE, ("strength",), (reason,))
    text = (
        "You want your weight to come down: what helps most is a week that you can repeat, easy running and walking. I "
        "plan no more running for it than for anybody else, and nothing about food."
    )
    text = say(state.language, text)
    return Personal(1.0, ("walk",), (Reason(text, (("share", 1.0),), ("you said",)),))


def _older(state: State) -> Personal | None:
    age = state.profile.age
    if not OLDER_YEARS <= age <= 110.0:
        return None
    text = (
        "At {age:count}, walk for ten minutes before you run; strength and balance on three days a week count as much "
        "as the running."
    )
    text = say(state.language, text, age=age)
    return Personal(1.0, ("strength",), (Reason(text, (("age_years", age),), ("WHO 2020",)),))
