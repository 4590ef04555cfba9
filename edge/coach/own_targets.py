"""What a model of this one person adds to the targets by rule: easy and steady pace, easy heart rate.

The rule of this file: it weighs by doubt and says so; whatever it gives is held afterwards by the limits of
`edge.coach.targets` and by the rules. Where the model does not know the person enough, nothing changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach.beliefs import OwnTargets, State
from edge.coach.phrases import say
from edge.coach.types import Reason
from edge.samples import Estimate

#: From so many runs of ten minutes and more on the model speaks of this person, not of people like them.
ENOUGH_RUNS = 3
#: Its own doubt (log scale) is never taken for less: two thirds of its easy speed are the pace usually run, which the
#: rules weigh too (assumption).
LEAST_DOUBT = 0.05
#: Where no race is known the rules' pace is doubted at least so much (log scale): best efforts in training say only
#: "at least this". Chosen on simulated people of the first physiology, seen on the second as well, so that no untouched
#: judge is left for it.
TRAINING_DOUBT = 0.15
#: Kinds of session whose pace follows the easy one, with their pace over it: the middles of the bands of half pace.
OVER_EASY = {"easy": 1.0, "long": 0.958, "return": 1.032}
#: A model's answer further than this (log scale) from the rules' pace is not believed.
BELIEVED = math.log(1.5)
_90 = 1.645


@dataclass(frozen=True, slots=True)
class Band:
    """A target band: low and high (NaN where none is given) and the reasons for it."""

    low: float
    high: float
    reasons: tuple[Reason, ...]

    @property
    def middle(self) -> float:
        """The middle of the band."""
        return 0.5 * (self.low + self.high)


def known(state: State) -> OwnTargets | None:
    """Return the model's targets where it knows this person enough, else None."""
    own = state.own_targets
    return own if own is not None and own.runs >= ENOUGH_RUNS else None


def with_own(kind: str, rule_s_per_km: float, doubt: float, state: State) -> tuple[float, tuple[Reason, ...]]:
    """Return the middle of a pace band in s per km by rule and model, weighed by their doubts (log scale), and why."""
    own = known(state)
    if own is None or kind not in {*OVER_EASY, "steady"}:
        return rule_s_per_km, _stands_in(state)
    told = own.steady_pace_s_per_km if kind == "steady" else own.easy_pace_s_per_km
    if not is_pace(told) or not rule_s_per_km > 0.0:
        return rule_s_per_km, ()
    middle = told.value * OVER_EASY.get(kind, 1.0)
    miss = math.log(middle / rule_s_per_km)
    if abs(miss) > BELIEVED:
        return rule_s_per_km, ()
    own_doubt = max(math.log(told.high / told.low) / (2.0 * _90), LEAST_DOUBT)
    if not state.fitness.from_race:
        doubt = max(doubt, TRAINING_DOUBT)
    weight = round(doubt**2 / (doubt**2 + own_doubt**2), 2)
    return rule_s_per_km * math.exp(weight * miss), (_pace_reason(own, told, middle, weight, state.language),)


def is_pace(told: Estimate) -> bool:
    """Return whether a pace in s per km and its interval can be one."""
    return 0.0 < told.low <= told.value <= told.high < 3600.0 and told.low < told.high


def _pace_reason(own: OwnTargets, told: Estimate, middle: float, weight: float, language: str) -> Reason:
    text = "Your last {runs:count} runs say that this kind of run takes you about {middle:pace} on the flat."
    text = say(language, text, runs=own.runs, middle=round(middle))
    numbers = (
        ("own_pace_s_per_km", float(round(middle))),
        ("own_easy_low_s_per_km", told.low),
        ("own_easy_high_s_per_km", told.high),
        ("own_weight", weight),
        ("own_runs", float(own.runs)),
    )
    return Reason(text, numbers, (told.source,))


def _stands_in(state: State) -> tuple[Reason, ...]:
    """Return that rules stand in for a model that could not be read; nothing where it only knows too little yet."""
    if not state.learned_by.startswith("rules, because"):
        return ()
    text = "What I learned of you cannot be read here, so pace and heart rate are by general rules today."
    text = say(state.language, text)
    return (Reason(text, (("own_runs", 0.0),), ("F-NO-PERSON",)),)


def own_heart(kind: str, line: Band, state: State, believed_bpm: tuple[float, float]) -> Band:
    """Return the heart-rate band in bpm moved half of the way to the model's easy heart rate, no higher than before.

    The line over single runs is too flat far from the usual speed; the model moves heart rate with oxygen. Which of the
    two is nearer the runs do not tell: those that were slow were so for their course, too. So they count alike.
    """
    own = known(state)
    if own is None or own.heart_runs < ENOUGH_RUNS or kind not in OVER_EASY:
        return line
    told = own.easy_hr_bpm
    if not (believed_bpm[0] <= told.low <= told.value <= told.high <= believed_bpm[1]):
        return line
    shift = float(round(min(max(SHIFT_SHARE * (told.value - line.middle), -SHIFT_BPM), SHIFT_BPM)))
    if shift == 0.0:
        return line
    high = min(line.high + shift, line.high)
    low = min(line.low + shift, high - LEAST_WIDTH_BPM)
    text = say(
        state.language,
        "By your {runs:count} runs with heart rate, easy running is about {easy:beats} for you (single days "
        "{least:count} to {most:beats}), so stay between {low:count} and {high:beats}.",
        runs=own.heart_runs, easy=told.value, least=told.low, most=told.high, low=low, high=high,
    )  # fmt: skip
    numbers = (("own_easy_bpm", told.value), ("own_easy_low_bpm", told.low), ("own_easy_high_bpm", told.high))
    from_line = tuple(number for reason in line.reasons for number in reason.numbers)
    evidence = (told.source, *(one for reason in line.reasons for one in reason.evidence))
    return Band(low, high, (Reason(text, (*numbers, ("hr_low", low), ("hr_high", high), *from_line), evidence),))


#: Share of the way that the band moves: line and model count alike. All of the way was better in the first physiology
#: and worse than the line alone in the second; a one-step-ahead check on the person's own runs favours the line in both
#: and cannot tell the two apart (docs/choose.md).
SHIFT_SHARE = 0.5
#: The band moves by so much at most, and is never narrower, in bpm (assumptions).
SHIFT_BPM, LEAST_WIDTH_BPM = 4.0, 8.0
