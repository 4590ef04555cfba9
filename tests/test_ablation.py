"""Laws of the ablation: the models are no decoration, and the coach never sees the truth."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from app.bench import ablation_bench as bench
from app.bench.ablation_lives import Morning, mornings, state_of
from hardware_sim.lives import FIRST


@pytest.fixture(scope="module")
def found() -> list[Morning]:
    return list(mornings(71, 2, FIRST))[:4]


def test_each_model_taken_away_changes_something(found: list[Morning]) -> None:
    judged = bench.judge(found)
    every = judged.seen["all"]
    for name in ("without race.onnx", "without person.onnx", "without both"):
        less = judged.seen[name]
        assert any(repr(a) != repr(b) for a, b in zip(every, less, strict=True))
    paces = [np.array([one.easy_pace_s_per_km for one in seen]) for seen in judged.seen.values()]
    assert all(np.isfinite(pace).all() for pace in paces)


def test_the_truth_reaches_no_decision(found: list[Morning]) -> None:
    one = found[0]
    other = dataclasses.replace(one, true_pace_s_per_km=1.0, true_hr_bpm=1.0)
    assert repr(state_of(one, True, None)) == repr(state_of(other, True, None))


def test_the_same_morning_gives_the_same_numbers_again(found: list[Morning]) -> None:
    assert repr(bench.judge(found[:1]).seen) == repr(bench.judge(found[:1]).seen)
