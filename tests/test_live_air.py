"""The air that trackers measure moves the pace band of a run, and only real air does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edge.coach.live import LiveCoach, LiveContext, moved_ratio
from edge.coach.live_air import FRESH_S, Air, breathed, feed, wbgt_c
from edge.coach.types import Session
from edge.samples import Humidity, Samples, Temperature
from edge.session import FeatureRow

EASY = Session("easy", 8000.0, 2880.0, 350.0, 380.0, math.nan, math.nan)


def warm(celsius: float, t_s: float = 60.0) -> Samples:
    return Temperature(np.array([t_s]), np.array([celsius]))


def damp(percent: float, t_s: float = 60.0) -> Samples:
    return Humidity(np.array([t_s]), np.array([percent]))


def slower(coach: LiveCoach) -> float:
    row = FeatureRow(*(math.nan for _ in FeatureRow.__slots__))
    return moved_ratio(row, coach.memory, coach.context)


def test_measured_heat_makes_the_band_slower_and_cool_air_leaves_it() -> None:
    hot, cool = LiveCoach(LiveContext(EASY, 0.0)), LiveCoach(LiveContext(EASY, 0.0))
    feed(Air(), [warm(33.0), damp(60.0)], hot)
    feed(Air(), [warm(8.0), damp(60.0)], cool)
    assert slower(hot) > 1.03 and slower(cool) == 1.0


def test_a_temperature_without_humidity_is_a_warm_body_and_moves_nothing() -> None:
    coach = LiveCoach(LiveContext(EASY, 0.0))
    air = feed(Air(), [warm(36.0)], coach)
    assert math.isnan(wbgt_c(air)) and slower(coach) == 1.0


@pytest.mark.parametrize("samples", [[warm(99.0), damp(50.0)], [warm(math.nan), damp(50.0)], [warm(30.0), damp(250.0)],
                                     [warm(30.0), damp(50.0, 61.0 + FRESH_S)]])  # fmt: skip
def test_what_no_air_has_or_is_long_past_moves_nothing(samples: list[Samples]) -> None:
    coach = LiveCoach(LiveContext(EASY, 0.0))
    feed(Air(), samples, coach)
    assert slower(coach) == 1.0


def test_any_chunking_of_the_air_gives_the_same_end() -> None:
    samples = [warm(20.0 + k, 60.0 * k) for k in range(10)] + [damp(40.0 + k, 60.0 * k) for k in range(10)]
    whole, parts = breathed(Air(), samples), Air()
    for one in samples:
        parts = breathed(parts, [one])
    assert repr(whole) == repr(parts)


def test_small_changes_are_not_told_again() -> None:
    coach = LiveCoach(LiveContext(EASY, 0.0))
    air = feed(Air(), [warm(30.0), damp(50.0)], coach)
    again = feed(air, [warm(30.1, 120.0)], coach)
    assert again.told_c == air.told_c and coach.memory.wbgt_c == round(air.told_c, 1)
