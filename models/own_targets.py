"""What is believed of one person as the coach takes it: targets and responses, on a stated quantum.

The rule of this file: without a model file it says nothing, so that the coach's rules stand in and say so.
"""

from __future__ import annotations

import functools
import math

import numpy as np

from edge.coach.beliefs import OwnTargets
from edge.coach.lessons import Lessons
from edge.coach.types import Profile
from edge.samples import Estimate
from models.adapt import ALTITUDE, HEAT, Person, later
from models.person import Context, Prior, prior_of
from models.targets import Reserve, reserve_of, targets

#: Paces in s per km, heart rate in bpm, and responses are rounded to these before any rule sees them.
SECONDS, BPM, RESPONSE = 1.0, 1.0, 0.01
#: A response is held to the spread between people that is published for altitude (`edge.coach.acclimatisation`).
RESPONSES = (0.55, 1.4)
_SHORTEST_S = 600.0
_AGES, _REST_BPM, _MAX_BPM = (5.0, 110.0), (25.0, 110.0), (100.0, 250.0)


def own_targets(
    person: Person, prior: Prior, profile: Profile, lessons: Lessons, now_unix_s: float
) -> OwnTargets | None:
    """Return what to have a person run by after all lessons; None where no model file gave the prior."""
    if prior.model_hash == "rules":
        return None
    long_enough = lessons.moving_s >= _SHORTEST_S
    found = targets(later(person, max(now_unix_s, person.as_of_unix_s)), _reserve(profile, lessons))
    usual = _usual()
    return OwnTargets(
        _pace(found.easy_speed_m_s),
        _pace(found.steady_speed_m_s),
        _rounded(found.easy_hr_bpm, BPM),
        _response(float(person.mean[ALTITUDE]), float(usual[ALTITUDE])),
        _response(float(person.mean[HEAT]), float(usual[HEAT])),
        int(np.count_nonzero(long_enough)),
        int(np.count_nonzero(long_enough & np.isfinite(lessons.avg_hr_bpm))),
        prior.model_hash,
    )


def _reserve(profile: Profile, lessons: Lessons) -> Reserve:
    """Return the heart-rate reserve by what was said and seen; what cannot be is as not said."""
    if profile.beta_blockers:  # what the heart shows says nothing of its maximum
        return reserve_of(_within(profile.age, _AGES), _within(profile.rest_hr_bpm, _REST_BPM))
    heard = lessons.avg_hr_bpm[np.isfinite(lessons.avg_hr_bpm)]
    return reserve_of(
        _within(profile.age, _AGES),
        _within(profile.rest_hr_bpm, _REST_BPM),
        _within(profile.max_hr_bpm, _MAX_BPM),
        float(heard.max()) if len(heard) else math.nan,
    )


def _within(value: float, limits: tuple[float, float]) -> float:
    return value if limits[0] <= value <= limits[1] else math.nan


@functools.cache
def _usual() -> tuple[float, ...]:
    """Return what the model believes of somebody of whom nothing is known."""
    return tuple(float(one) for one in prior_of(Context()).mean)


def _response(own: float, usual: float) -> float:
    ratio = own / usual if usual > 0.0 else 1.0
    return round(min(max(ratio, RESPONSES[0]), RESPONSES[1]) / RESPONSE) * RESPONSE


def _pace(speed: Estimate) -> Estimate:
    return _rounded(Estimate(1000.0 / speed.value, 1000.0 / speed.high, 1000.0 / speed.low, speed.source), SECONDS)


def _rounded(told: Estimate, quantum: float) -> Estimate:
    value, low, high = (round(one / quantum) * quantum for one in (told.value, told.low, told.high))
    return Estimate(value, low, high, told.source)
