"""Laws of the targets that follow from a belief, and of their proof with simulated twins."""

from __future__ import annotations

import ast
import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import models_twins_bench as bench
from app.bench.twins_lives import JUDGED, pairs, told
from edge.coach.performance import HALF_M
from edge.samples import Estimate
from hardware_sim.lives import FIRST
from models.adapt import DAY_S, ENDURANCE, TEN_KM, Person, Run, update
from models.person import Context, PersonModel, prior_of
from models.person_forward import CONTEXT_LIMITS
from models.targets import (
    HR_LIMITS_BPM,
    SPEED_LIMITS_M_S,
    Reserve,
    Targets,
    by_effort,
    reserve_of,
    share_of_half,
    targets,
)

MODEL = PersonModel.load()
START = MODEL.prior(Context(age_years=40.0, female=0.0)).begin(0.0)
FOLDER = Path(__file__).resolve().parents[1]
contexts = st.builds(
    Context, **{name: st.one_of(st.just(math.nan), st.floats(*b)) for name, b in CONTEXT_LIMITS.items()}
)
runs = st.builds(
    Run,
    start_unix_s=st.floats(0, 1e8),
    distance_m=st.floats(500, 60_000),
    duration_s=st.floats(600, 25_000),
    hr_bpm=st.one_of(st.just(math.nan), st.floats(45, 225)),
    climb_m=st.one_of(st.just(math.nan), st.floats(0, 1500)),
    above_used_m=st.one_of(st.just(math.nan), st.floats(-500, 4000)),
    temperature_c=st.one_of(st.just(math.nan), st.floats(-25, 45)),
)
histories = st.lists(runs, max_size=8).map(lambda found: sorted(found, key=lambda r: r.start_unix_s))
unknown = st.just(math.nan)
reserves = st.builds(
    reserve_of,
    age_years=st.one_of(unknown, st.floats(8, 95)),
    rest_bpm=st.one_of(unknown, st.floats(30, 100)),
    max_bpm=st.one_of(unknown, st.floats(120, 225)),
    seen_bpm=st.one_of(unknown, st.floats(60, 240)),
)


def learned(history: list[Run], person: Person = START) -> Person:
    for run in history:
        person = update(person, run)
    return person


def steady(count: int, speed_m_s: float = 2.8, hr_bpm: float = 150.0) -> list[Run]:
    return [Run(2 * day * DAY_S, 2700.0 * speed_m_s, 2700.0, hr_bpm) for day in range(count)]


def each(found: Targets) -> list[Estimate]:
    return [getattr(found, field.name) for field in dataclasses.fields(found)]


@given(contexts, histories, reserves)
def test_targets_stay_within_what_people_can_run(context, history, reserve):
    found = targets(learned(history, MODEL.prior(context).begin(0.0)), reserve)
    for one in each(found):
        assert one.low <= one.value <= one.high
    for speed in (found.easy_speed_m_s, found.steady_speed_m_s):
        assert SPEED_LIMITS_M_S[0] <= speed.low and speed.high <= SPEED_LIMITS_M_S[1]
    assert HR_LIMITS_BPM[0] <= found.easy_hr_bpm.low and found.easy_hr_bpm.high <= HR_LIMITS_BPM[1]
    assert 10000.0 / SPEED_LIMITS_M_S[1] <= found.ten_km_s.low and found.ten_km_s.high <= 10000.0
    assert found.easy_speed_m_s.value <= found.steady_speed_m_s.value


@given(histories, reserves)
def test_a_belief_that_was_stored_gives_the_same_targets(history, reserve):
    person = learned(history)
    assert targets(Person.from_bytes(person.to_bytes()), reserve) == targets(person, reserve)


@given(st.floats(1.5, 4.0), st.floats(1.02, 1.4), st.integers(1, 6))
def test_who_runs_faster_at_the_same_heart_rate_gets_faster_targets(speed, faster, count):
    slow, fast = (targets(learned(steady(count, v))) for v in (speed, speed * faster))
    assert fast.easy_speed_m_s.value > slow.easy_speed_m_s.value
    assert fast.steady_speed_m_s.value > slow.steady_speed_m_s.value
    assert fast.ten_km_s.value < slow.ten_km_s.value


@given(st.floats(135, 170), st.floats(3, 15), st.integers(1, 6))
def test_whose_heart_beats_slower_at_the_same_speed_is_fitter_and_runs_easily_at_a_lower_rate(hr_bpm, less, count):
    high, low = (targets(learned(steady(count, hr_bpm=bpm))) for bpm in (hr_bpm, hr_bpm - less))
    assert low.easy_hr_bpm.value < high.easy_hr_bpm.value
    assert low.easy_speed_m_s.value >= 0.999 * high.easy_speed_m_s.value  # what is too odd is believed less


@given(st.floats(120, 160), st.floats(2, 12), st.integers(2, 8), st.floats(180, 200))
def test_with_a_known_maximum_a_slower_heart_at_the_same_speed_means_a_fitter_one(hr_bpm, less, count, most_bpm):
    high, low = (
        targets(learned(steady(count, hr_bpm=bpm)), reserve_of(40.0, 55.0, most_bpm)) for bpm in (hr_bpm, hr_bpm - less)
    )
    assert low.easy_speed_m_s.value > high.easy_speed_m_s.value and low.ten_km_s.value < high.ten_km_s.value


@given(histories, reserves)
def test_what_the_effort_tells_is_not_forgotten_doubt(history, reserve):
    person = learned(history)
    told_more = by_effort(person, reserve)
    assert told_more.covariance[TEN_KM, TEN_KM] <= person.covariance[TEN_KM, TEN_KM]
    scale = np.sqrt(np.diag(told_more.covariance))
    assert np.linalg.eigvalsh(told_more.covariance / np.outer(scale, scale)).min() > -1e-9


@given(st.integers(1, 20), st.floats(2.0, 3.6), st.floats(120, 175))
def test_runs_make_the_intervals_narrower(count, speed, hr_bpm):
    def wide(person: Person) -> np.ndarray:
        return np.array([one.high / one.low for one in each(targets(person, reserve_of(40.0, 55.0)))])

    same = [dataclasses.replace(run, start_unix_s=0.0) for run in steady(count, speed, hr_bpm)]
    before, after = wide(START), wide(learned(same))
    speeds = [0, 2, 3]
    assert (after[speeds] < before[speeds]).all()


def test_doubt_grows_while_nothing_is_heard():
    fresh, stale = learned(steady(10)), learned([*steady(10), Run(400 * DAY_S, 7560.0, 2700.0)])
    assert targets(fresh).ten_km_s.high < targets(stale).ten_km_s.high


@given(st.floats(2.0, 3.6), st.integers(1, 5))
def test_without_heart_rate_the_speed_alone_teaches(speed, count):
    person = learned(steady(count, speed, math.nan))
    found, first = targets(person), targets(START)
    assert (found.easy_speed_m_s.value - first.easy_speed_m_s.value) * (
        person.mean[TEN_KM] - START.mean[TEN_KM]
    ) >= 0.0 and math.isfinite(found.easy_hr_bpm.value)
    assert "0 runs with heart rate" in found.easy_hr_bpm.source


def test_speeds_are_the_coachs_shares_of_half_marathon_speed():
    found = targets(START)
    half_m_s = math.exp(START.mean[TEN_KM] - START.mean[ENDURANCE] * math.log(HALF_M / 10000.0))
    assert found.easy_speed_m_s.value == pytest.approx(half_m_s / 1.25, rel=1e-9)
    assert found.steady_speed_m_s.value == pytest.approx(half_m_s / 1.06, rel=1e-9)
    assert share_of_half("easy") == pytest.approx(0.8)


@given(histories)
def test_a_known_maximum_is_surer_than_one_by_age(history):
    person = learned(history)
    known, by_age = (
        targets(person, one).easy_hr_bpm for one in (reserve_of(40.0, 55.0, 185.4), reserve_of(40.0, 55.0))
    )
    assert known.high - known.low <= by_age.high - by_age.low + 1e-9


@pytest.mark.parametrize("count", [0, 1, 5, 30])
def test_a_maximum_of_ones_age_says_about_what_the_age_says(count):
    person = learned(steady(count))
    known, by_age = (
        targets(person, one).easy_hr_bpm for one in (reserve_of(40.0, 55.0, 185.4), reserve_of(40.0, 55.0))
    )
    assert known.value == pytest.approx(by_age.value, abs=8.0)


@given(st.floats(100, 180), st.floats(1, 20))
def test_a_higher_heart_rate_seen_never_lowers_the_maximum(seen, more):
    one, other = reserve_of(40.0, seen_bpm=seen), reserve_of(40.0, seen_bpm=seen + more)
    assert other.max_bpm >= one.max_bpm >= 185.4 - 1e-9


@pytest.mark.parametrize(
    ("name", "value"), [("rest_bpm", 12.0), ("rest_bpm", 180.0), ("max_bpm", 60.0), ("max_bpm", 300.0)]
)
def test_a_heart_rate_that_cannot_be_is_named(name, value):
    with pytest.raises(ValueError, match=f"{value:g} bpm"):
        reserve_of(**{name: value})


def test_a_prior_by_rules_gives_targets_too(tmp_path):
    found = targets(prior_of(Context(), tmp_path / "none.onnx").begin(0.0), Reserve())
    assert found.ten_km_s.low < found.ten_km_s.value < found.ten_km_s.high and "rules" in found.ten_km_s.source


# --- the proof with twins ---


def test_no_model_knows_the_second_physiology():
    for path in (FOLDER / "models").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            spelled = [module, *names, *(f"{module}.{name}" for name in names)]
            assert not any("lives.second" in one or one in ("SECOND", "Second") for one in spelled), path
        assert "lives.second" not in path.read_text() and "lives import second" not in path.read_text(), path


@pytest.fixture(scope="module")
def twins():
    return pairs(3, 12, 5, 120, FIRST)


def test_twins_share_a_profile_and_differ_in_truth(twins):
    one, other = twins.halves
    for row in range(len(twins)):
        assert repr(one.profile(row)) == repr(other.profile(row))
        assert told(one.profile(row), ()) == told(other.profile(row), ())
    assert (np.abs(one.truth(5) / other.truth(5) - 1.0) > 0.01).any()
    assert all(len(history) == 5 for history in twins.histories(5))


def test_the_persona_is_right_as_often_as_a_coin(twins):
    said = bench.judge(twins, [()] * (2 * len(twins)), 5)
    assert [said.right(k)[0] for k in range(len(JUDGED))] == [0.5] * len(JUDGED)


def test_dealing_out_loses_no_run(twins):
    histories = twins.histories(5)
    for deal in (bench.inside_pairs, bench.across_pairs):
        dealt = deal(histories, 1)
        assert sorted(map(repr, sum(dealt, ()))) == sorted(map(repr, sum(histories, ())))
        assert [len(one) for one in dealt] == [5] * len(histories) and dealt != histories
    count = len(twins)
    dealt = bench.inside_pairs(histories, 1)
    for row in range(count):
        both = {repr(one) for one in histories[row] + histories[count + row]}
        assert {repr(one) for one in dealt[row] + dealt[count + row]} == both


@given(st.lists(st.tuples(st.floats(1.0, 2.0), st.floats(1.0, 2.0)), min_size=1, max_size=30))
def test_who_says_the_truth_is_always_right_and_who_says_the_opposite_never(truths):
    truth = np.array(truths).T
    share, count = bench.right_way(truth, truth)
    assert count == int(bench.further_apart(truth).sum())
    if count:
        assert share == 1.0 and bench.right_way(-truth, truth)[0] == 0.0
        assert bench.right_way(np.ones_like(truth), truth)[0] == 0.5


@settings(max_examples=20)
@given(st.integers(20, 3000))
def test_the_band_of_a_coin_is_about_one_half(count):
    low, high = bench.coin_band(count)
    assert 0.0 <= low < 0.5 < high <= 1.0 and low + high == pytest.approx(1.0)
    assert high - 0.5 == pytest.approx(2.576 * 0.5 / math.sqrt(count), abs=1.0 / count)


def test_a_quick_look_at_one_world_finds_gain_and_loses_it_when_shuffled(monkeypatch):
    for name, value in (("QUICK_PAIRS", 24), ("QUICK_CURVE_DAYS", 120), ("QUICK_KNOWN", (1, 5))):
        monkeypatch.setattr(bench, name, value)
    found = bench.measure_world("first", FIRST, quick=True, say=lambda line: None)
    by_name = {figure.name: figure for figure in found.figures}
    assert by_name["first: easy speed differs the right way"].value > 70.0
    assert all(name.startswith("first: ") for name in by_name) and len(by_name) == len(found.figures)
    assert len(found.controls) == 2 * len(JUDGED) and found.curve.right.shape == (2, 5)
