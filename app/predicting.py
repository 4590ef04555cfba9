"""Why the race model says what it says: the same model asked again, with less and with one thing changed.

The rule of this file: a reason is a difference between two answers of the model, never a guess about it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from edge.coach.types import RacePredictor, Reason
from edge.coach.words import clock, km, race_name
from edge.samples import Estimate
from models.race import SAFE_SIDE, SLOW_SIDE

RIEGEL_EXPONENT = 1.06
_WORTH_SAYING_S = 5.0
_LONG_M = 40000.0


@dataclass(frozen=True, slots=True)
class Question:
    """A runner's bests (distance in m to time in s) and what is known of them; NaN or "" where it is not."""

    bests_s: dict[float, float]
    target_m: float
    age: float = math.nan
    sex: str = ""
    weekly_km: float = math.nan


def ask(model: RacePredictor, question: Question) -> Estimate:
    """Return the model's answer in s."""
    return model.predict(question.bests_s, question.target_m, question.age, question.sex, question.weekly_km)


def reasons(model: RacePredictor, question: Question) -> tuple[Reason, ...]:
    """Return why the answer is what it is: each best alone, each thing known about the person, formula, interval."""
    answer = ask(model, question)
    told = [_best(model, question, distance) for distance in sorted(question.bests_s)]
    told += [reason for reason in _person(model, question, answer) if reason is not None]
    told += [_safe_side()] if question.target_m > _LONG_M else []
    return (*told, _formula(question, answer), _interval(answer))


def _best(model: RacePredictor, question: Question, distance_m: float) -> Reason:
    """Return what one best alone would say."""
    time_s = question.bests_s[distance_m]
    alone = ask(model, replace(question, bests_s={distance_m: time_s})).value
    text = f"Your {race_name(distance_m)} in {clock(time_s)} alone points to {clock(alone)}."
    return Reason(text, (("distance_m", distance_m), ("time_s", time_s), ("alone_s", alone)), ("race model",))


def _person(model: RacePredictor, question: Question, answer: Estimate) -> list[Reason | None]:
    """Return what each thing known about the person changes, None where that is next to nothing."""
    return [
        _without(
            model, question, answer, replace(question, weekly_km=math.nan), f"{km(1000.0 * question.weekly_km)} a week"
        )
        if not math.isnan(question.weekly_km)
        else None,
        _without(model, question, answer, replace(question, age=math.nan), f"your age, {question.age:.0f} years,")
        if not math.isnan(question.age)
        else None,
        _without(model, question, answer, replace(question, sex=""), "your sex") if question.sex else None,
    ]


def _without(model: RacePredictor, question: Question, answer: Estimate, less: Question, what: str) -> Reason | None:
    without_s = ask(model, less).value
    change_s = answer.value - without_s
    if abs(change_s) < _WORTH_SAYING_S:
        return None
    way = "faster" if change_s < 0 else "slower"
    text = f"Knowing {what} makes it {clock(abs(change_s))} {way} than without."
    return Reason(text, (("without_s", without_s), ("change_s", round(change_s, 1))), ("race model",))


def _safe_side() -> Reason:
    """Return why a time over the marathon is later than the middle of what to expect."""
    text = (
        "This time is on the safe side, because a marathon begun too fast costs more than one begun with care: "
        f"{100 * SAFE_SIDE:.0f} of 100 such runners were faster. The time that {100 * SLOW_SIDE:.0f} of them beat "
        "would be over 10 min too fast for one in five, this one is for one in six."
    )
    return Reason(text, (("share_faster", SAFE_SIDE),), ("models/CARD.md",))


def _formula(question: Question, answer: Estimate) -> Reason:
    """Return how Riegel's formula differs, from the best nearest in distance."""
    start_m = min(question.bests_s, key=lambda d: (abs(math.log(d / question.target_m)), d))
    riegel_s = round(question.bests_s[start_m] * (question.target_m / start_m) ** RIEGEL_EXPONENT, 1)
    text = (
        f"Riegel's formula would say {clock(riegel_s)} from your {race_name(start_m)}; "
        "over the survey's held-out runners this model missed by less on average."
    )
    return Reason(text, (("riegel_s", riegel_s), ("from_m", start_m)), ("Riegel 1981", "models/CARD.md"))


def _interval(answer: Estimate) -> Reason:
    text = (
        f"Nine of ten such runners, none of whom the model had seen, came in between {clock(answer.low)} and "
        f"{clock(answer.high)}; the day, the course and the weather are not known here."
    )
    return Reason(text, (("low_s", answer.low), ("high_s", answer.high)), ("models/CARD.md",))
