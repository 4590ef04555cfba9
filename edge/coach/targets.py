"""Pace and heart rate of a session: from predicted race times, from how the person runs, and from where they are.

The rule of this file: paces in s per km, low = faster; every target comes with the reason that holds its numbers.
Model outputs are rounded to 1 s before anything else sees them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from edge.coach.acclimatisation import CURVES_END_M, AltitudeEffect, effect, is_notable, pace_loss
from edge.coach.beliefs import State
from edge.coach.heart_targets import heart_band, uses_own_line
from edge.coach.own_targets import Band, with_own
from edge.coach.performance import HALF_M, race_time_s, riegel_s, vdot
from edge.coach.phrases import say
from edge.coach.rules import altitude_here_m, used_to_m
from edge.coach.sources import source_words
from edge.coach.types import RacePredictor, Reason
from edge.coach.weather import sources_in, wbgt_of
from edge.heat import pace_loss as heat_loss
from edge.samples import Estimate

#: Pace as a multiple of predicted half-marathon pace. Pfitzinger and Douglas (Advanced Marathoning) put general
#: aerobic runs 15 to 25 % and long runs 10 to 20 % above marathon pace, for people who hold it: 1.04 times
#: half-marathon pace (Daniels and Gilbert's tables, VDOT 40 to 60). The half is the base because the predicted
#: marathon of somebody who runs little is slow for want of endurance, which says nothing about an easy run.
HALF_SHARE = {
    "easy": (1.20, 1.30),
    "long": (1.145, 1.25),
    "steady": (1.03, 1.09),
    "return": (1.23, 1.35),
    "first": (1.25, 1.46),
    "walk-run": (1.35, 1.75),
}
USUAL_SHARE = 1.25
"""Usual runs are easy runs: this multiple of half-marathon pace."""
MARATHON_PACE = 1.04
#: Pace as a multiple of predicted 5 km pace for repetitions (about the speed at maximal oxygen uptake).
REPETITION_SHARE = (0.99, 1.03)
#: Doubt (log scale) of an easy pace derived from race fitness, by source, and from the pace usually run
#: (twice that when it is known from one run only).
DOUBT_RACE, DOUBT_TRAINING, DOUBT_USUAL = 0.04, 0.08, 0.06
#: A target stays within these multiples of the pace usually run.
NEAR_USUAL = (0.92, 1.13)
#: A steady run is at least this much faster than usual (as a share of usual pace), race fitness allowing.
STEADY_SHARE = 0.95
#: With nothing known: pace by stated experience, walking breaks of a newcomer included, wide on purpose.
GUESSED_PACE = {"regular": (360.0, 480.0), "experienced": (320.0, 440.0)}
NEWCOMER_PACE = (420.0, 600.0)
#: A model's answer outside this range about Riegel's is not believed.
BELIEVABLE = (0.80, 1.45)
__all__ = [
    "Band", "Prediction", "altitude_effect", "at_altitude", "heart_band", "in_heat", "pace_band", "predict",
    "race_reason", "uses_own_line",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prediction:
    """A race time in s with its 90 % interval, where it comes from and the model's hash ("" without a model)."""

    distance_m: float
    time_s: float
    low_s: float
    high_s: float
    source: str
    model_hash: str


GUESS = (
    "Pace is a wide guess ({low:clock} to {high:pace}, walking breaks included) until I have seen a run: go by breath, "
    "you should be able to talk in sentences."
)
GUESS_AGAIN = (
    "Pace is a wide guess ({low:clock} to {high:pace}, walking breaks included) until I have seen a new run: go by "
    "breath, you should be able to talk in sentences."
)


def predict(state: State, predictor: RacePredictor | None, distance_m: float) -> Prediction | None:
    """Return the sea-level race time in s over a distance in m; without a believable model by Riegel; None unknown."""
    fitness = state.fitness.vdot
    if fitness is None or not state.fitness.bests_s:
        return None
    from_m, best_s = max(state.fitness.bests_s, key=lambda b: vdot(*b))
    kept_s = race_time_s(fitness.value, from_m) if state.history.days_since_run > 7 else best_s
    plain_s = float(round(riegel_s(max(kept_s, best_s), from_m, distance_m)))
    if predictor is not None:
        answer = predictor.predict(
            dict(state.fitness.bests_s),
            distance_m,
            state.profile.age,
            state.profile.sex,
            state.history.weekly_m / 1000.0,
        )
        if _is_believable(answer, plain_s):
            low_s, middle_s, high_s = (float(round(v)) for v in (answer.low, answer.value, answer.high))
            return Prediction(distance_m, middle_s, low_s, high_s, "race model", predictor.model_hash)
    source = "Riegel's formula (no race model)" if predictor is None else "Riegel's formula (model not believable)"
    return Prediction(distance_m, plain_s, round(plain_s * 0.93), round(plain_s * 1.12), source, "")


def _is_believable(answer: Estimate, plain_s: float) -> bool:
    """Return whether a model's answer is a time near Riegel's in s, with an interval of real numbers around it."""
    near = BELIEVABLE[0] * plain_s <= answer.value <= BELIEVABLE[1] * plain_s
    return near and 0.5 * plain_s <= answer.low <= answer.value <= answer.high <= 2.5 * plain_s


def pace_band(kind: str, state: State, predictor: RacePredictor | None) -> tuple[Band, str]:
    """Return the pace band in s per km of a kind of session at sea level, and the hash of the model used."""
    if kind == "intervals":
        return _repetitions(state, predictor)
    half = predict(state, predictor, HALF_M)
    if half is None and state.fitness.usual_pace_s_per_km is None:
        return _unknown(state), ""
    low, high, reasons = _blended(kind, state, half)
    return Band(float(round(low)), float(round(high)), reasons), half.model_hash if half else ""


def _unknown(state: State) -> Band:
    low, high = GUESSED_PACE.get(state.profile.experience, NEWCOMER_PACE)
    guess = GUESS_AGAIN if state.history.days_since_run >= 0 else GUESS
    text = say(state.language, guess, low=low, high=high)
    return Band(low, high, (Reason(text, (("pace_low_s_per_km", low), ("pace_high_s_per_km", high)), ("a guess",)),))


def _repetitions(state: State, predictor: RacePredictor | None) -> tuple[Band, str]:
    five = predict(state, predictor, 5000.0)
    if five is None:
        return _unknown(state), ""
    base = five.time_s / 5.0
    low, high = float(round(base * REPETITION_SHARE[0])), float(round(base * REPETITION_SHARE[1]))
    text = "The fast parts are at about your 5 km pace: {five_s:clock} by {source:word}."
    text = say(state.language, text, five_s=five.time_s, source=say(state.language, five.source))
    return Band(low, high, (_prediction_reason(text, five, state),)), five.model_hash


def _blended(kind: str, state: State, raced: Prediction | None) -> tuple[float, float, tuple[Reason, ...]]:
    """Return low and high in s per km from race fitness and usual pace, weighed by their doubts, and the reasons."""
    share = HALF_SHARE[kind]
    centre = 0.5 * (share[0] + share[1])
    half = 0.5 * (share[1] - share[0]) / centre
    usual = state.fitness.usual_pace_s_per_km
    own = usual.value * centre / USUAL_SHARE if usual else math.nan
    if raced is None:
        own, learned = with_own(kind, own, 2.0 * DOUBT_USUAL, state)
        return own * (1 - half), own * (1 + half), (_usual_reason(state, math.nan, 1.0), *learned)
    race_pace = raced.time_s / HALF_M * 1000.0
    doubt = DOUBT_RACE if state.fitness.from_race else DOUBT_TRAINING
    weight = 1.0
    if usual is not None and kind != "steady":
        own_doubt2 = DOUBT_USUAL**2 * (1.0 + 3.0 / max(len(usual.evidence), 1))
        weight = own_doubt2 / (doubt**2 + own_doubt2)
    middle = math.exp(weight * math.log(race_pace * centre) + (1 - weight) * math.log(own if usual else 1.0))
    middle, learned = with_own(kind, middle, doubt * math.sqrt(weight), state)
    middle = _held(middle, kind, half, state, race_pace)
    text = say(
        state.language,
        "A half marathon would take you about {half_s:clock} now, at {race_pace:pace} ({source:word}); {kind:word} is "
        "{least:percent} to {most:percent} slower than that.",
        half_s=raced.time_s, race_pace=race_pace, source=say(state.language, raced.source),
        kind=say(state.language, _kind_words(kind)), least=share[0] - 1.0, most=share[1] - 1.0,
    )  # fmt: skip
    reasons = [_prediction_reason(text, raced, state)]
    if usual and weight < 1.0:
        reasons.append(_usual_reason(state, race_pace * centre, 1.0 - weight))
    reasons += learned
    return middle * (1 - half), middle * (1 + half), tuple(reasons)


def _held(middle: float, kind: str, half: float, state: State, half_pace: float) -> float:
    """Return the middle of the band held near the pace usually run, and its fast end slower than a race."""
    usual, fitness = state.fitness.usual_pace_s_per_km, state.fitness.vdot
    if usual is not None and kind != "steady":
        middle = min(max(middle, NEAR_USUAL[0] * usual.value), NEAR_USUAL[1] * usual.value)
    if fitness is None:
        return middle
    ten_km_pace = race_time_s(fitness.value, 10000.0) / 10.0
    if kind == "steady":  # a hard day is harder than the usual one, and no race
        return max(min(middle, STEADY_SHARE * usual.value if usual else middle), 1.03 * ten_km_pace / (1.0 - half))
    marathon_pace = MARATHON_PACE * half_pace
    fastest = marathon_pace if state.fitness.from_race else min(1.04 * ten_km_pace, marathon_pace)
    return max(middle, fastest / (1.0 - half))


def _kind_words(kind: str) -> str:
    words = {"easy": "easy running", "long": "a long run", "steady": "a steady run"}
    return words.get(kind, "a run to start again with")


def _prediction_reason(text: str, prediction: Prediction, state: State) -> Reason:
    fitness = state.fitness.vdot
    numbers: tuple[tuple[str, float], ...] = (
        ("predicted_s", prediction.time_s),
        ("predicted_low_s", prediction.low_s),
        ("predicted_high_s", prediction.high_s),
        ("distance_m", prediction.distance_m),
    )
    if fitness is None:
        return Reason(text, numbers)
    language, parted = state.language, "{far_m:race} in {best_s:clock}"
    best = ", ".join(say(language, parted, far_m=d, best_s=t) for d, t in state.fitness.bests_s)
    rests = "{told:word} It rests on {source:word}: {best:word}."
    text = say(language, rests, told=text, source=source_words(language, fitness.source), best=best)
    numbers = (*numbers, ("fitness_vdot", round(fitness.value, 1)))
    return Reason(text, numbers, (prediction.source, *fitness.evidence))


def _usual_reason(state: State, race_based: float, weight: float) -> Reason:
    usual = state.fitness.usual_pace_s_per_km
    if usual is None:
        raise ValueError("no usual pace to explain")
    text = "You usually run at {usual:pace} (your last {runs:count} runs)."
    if len(usual.evidence) == 1:
        text = "Your last run was at {usual:pace}."
    if usual.source == "you said":
        text = "You usually run at {usual:pace}, as you told me."
    text = say(state.language, text, usual=usual.value, runs=len(usual.evidence))
    numbers: tuple[tuple[str, float], ...] = (("usual_pace_s_per_km", usual.value), ("weight", weight))
    if math.isfinite(race_based):
        numbers = (*numbers, ("race_based_pace_s_per_km", race_based))
    return Reason(text, numbers, ("your own runs",))


def altitude_effect(state: State) -> AltitudeEffect | None:
    """Return what the altitude here does to this person now; None where it is not worth an adjustment."""
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    if math.isnan(here_m) or math.isnan(used_m) or not is_notable(here_m, used_m):
        return None
    return effect(here_m, used_m, compared_with_m(state))


def compared_with_m(state: State) -> float:
    """Return the altitude in m that targets are compared with in words: home's, or on the way home the stay's."""
    home, here_m = state.where.home_altitude_m, altitude_here_m(state)
    away = home is not None and is_notable(here_m, home.value)
    return home.value if away and home is not None else used_to_m(state)


def at_altitude(band: Band, state: State) -> Band:
    """Return the sea-level band moved to the altitude here, by what the body is used to now.

    A resident's fitness is known at sea level too, so their band at home is moved as well, without a word.
    """
    here_m, used_m = altitude_here_m(state), used_to_m(state)
    if math.isnan(here_m) or math.isnan(used_m):
        return band
    moved = 1.0 + sea_level_loss(here_m, used_m)
    low, high = float(round(band.low * moved)), float(round(band.high * moved))
    compared_m = compared_with_m(state)
    if not is_notable(here_m, compared_m):
        return Band(low, high, band.reasons)
    return Band(low, high, (*band.reasons, _altitude_reason(here_m, used_m, compared_m, state.language)))


def in_heat(band: Band, state: State) -> Band:
    """Return the band moved by today's heat, where a sensor or the person told it: usual runs hold the usual warmth."""
    found, air = wbgt_of(state.weather), state.weather.temperature_c
    if found is None or air is None or air.source == "climate table":
        return band
    wbgt, sources = found
    slower = heat_loss(wbgt.value)
    if slower.value < 0.005:
        return band
    most = heat_loss(wbgt.high).high
    text = say(
        state.language,
        "At a WBGT of about {wbgt_c:count} °C ({low_c:count} to {high_c:count}; {sources:word}) the same effort "
        "is about {slower:tenths} slower ({least:tenths} to {most:tenths}; people differ).",
        wbgt_c=wbgt.value, low_c=wbgt.low, high_c=wbgt.high, sources=sources_in(state.language, sources),
        slower=slower.value, least=heat_loss(wbgt.low).low, most=most,
    )  # fmt: skip
    numbers = (("wbgt_c", wbgt.value), ("wbgt_low_c", wbgt.low), ("wbgt_high_c", wbgt.high), ("slower", slower.value))
    low, high = (float(round(pace * (1.0 + slower.value))) for pace in (band.low, band.high))
    return Band(low, high, (*band.reasons, Reason(text, numbers, (slower.source, "R-HEAT"))))


def _altitude_reason(here_m: float, used_m: float, compared_m: float, language: str) -> Reason:
    changed = effect(here_m, used_m, compared_m)
    change = changed.pace_change
    first, last = sorted((abs(change.low), abs(change.high)))
    text = say(
        language,
        "Here, at {here_m:metres}, the same effort is about {by:tenths} {way:word} than at {compared_m:metres}, which "
        "it is compared with (between {first:tenths} and {last:tenths}; people differ); your body is used to about "
        "{used_m:metres}.",
        here_m=here_m, by=abs(change.value), way=say(language, "slower" if change.value >= 0 else "faster"),
        compared_m=compared_m, first=first, last=last, used_m=used_m,
    )  # fmt: skip
    numbers = (
        ("here_m", here_m),
        ("used_to_m", used_m),
        ("compared_with_m", compared_m),
        ("pace_change", change.value),
        ("pace_change_low", change.low),
        ("pace_change_high", change.high),
        ("days_until_settled", changed.days_until_settled),
    )
    return Reason(text, numbers, (change.source,))


def sea_level_loss(here_m: float, used_m: float) -> float:
    """Return the fraction by which pace here is slower than at sea level, up to where the curves end."""
    return pace_loss(min(here_m, CURVES_END_M), used_m)


def race_reason(state: State, prediction: Prediction, name: str) -> Reason:
    """Return the reason for a race's target time."""
    text = say(
        state.language,
        "{name:word}: about {middle:clock}, between {best:clock} and {worst:clock} in nine of ten cases "
        "({source:word}), over {far_m:km}.",
        name=name, middle=prediction.time_s, best=prediction.low_s, worst=prediction.high_s,
        source=say(state.language, prediction.source), far_m=prediction.distance_m,
    )  # fmt: skip
    return _prediction_reason(text, prediction, state)
