"""Whose knee? What provokes pain is named when the evidence is there, and carefulness only takes away."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import provoke_bench, provoke_lives
from hardware_sim.lives import FIRST, draw
from hardware_sim.lives.knees import DOSES as LIVED_DOSES
from hardware_sim.lives.knees import KneeLife, Limits, knees
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World
from models import provoke
from models.provoke import CLAIM, DOSES, Runs


def made(trigger: int | None, count: int, seed: int) -> Runs:
    rng = np.random.default_rng(seed)
    over = rng.standard_normal((count, 5))
    doses = np.exp(np.array([2.0, 2.5, -0.2, -1.0, 0.0]) + np.array([0.4, 0.5, 0.06, 0.2, 0.3]) * over)
    chance = 0.1 if trigger is None else 1.0 / (1.0 + np.exp(-2.5 * (over[:, trigger] - 1.4)))
    hurt = rng.random(count) < chance
    return Runs(np.arange(float(count)), doses, 4.0 * hurt, np.zeros(count))


@pytest.mark.parametrize("trigger", range(5))
def test_the_dose_that_provokes_is_named(trigger: int) -> None:
    belief = provoke.learn(made(trigger, 150, trigger))
    assert belief.named == (DOSES[trigger],)
    assert f"provoked by {DOSES[trigger]}" in belief.sentence() and "not a diagnosis" in belief.sentence()


def test_pain_by_itself_is_seldom_blamed_on_a_dose() -> None:
    named = [provoke.learn(made(None, 100, seed)).named for seed in range(40)]
    assert sum(bool(one) for one in named) <= 4


def test_before_three_painful_runs_nothing_is_named_but_one_is_careful() -> None:
    runs = made(1, 150, 3)
    hurt = np.flatnonzero(runs.pain >= provoke.PAINFUL)
    belief = provoke.learn(runs.first(int(hurt[1]) + 1))
    assert belief.named == () and not belief.enough and belief.suspects
    assert belief.sentence() == "After 2 painful runs it is not known what provokes it."
    assert provoke.learn(runs.first(0)).named == ()


def test_what_the_knee_bears_gives_less_for_less_pain() -> None:
    belief = provoke.learn(made(1, 200, 5))
    bears = [belief.bearable("descent", chance) for chance in (0.02, 0.05, 0.2, 0.5)]
    assert bears == sorted(bears) and bears[0] > 0.0
    assert bears[0] >= math.exp(float(belief.usual[1] - belief.spread[1])) - 1e-9


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 40), st.data())
def test_whatever_is_said_a_belief_is_a_belief(seed: int, count: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(seed)
    said = st.one_of(st.floats(0.0, 10.0), st.just(math.nan))
    pain = np.array(data.draw(st.lists(said, min_size=count, max_size=count)), dtype=float)
    doses = rng.choice([0.0, 1e-9, 1.0, 50.0, 1e6], (count, 5))
    belief = provoke.learn(Runs(np.arange(float(count)), doses, pain, np.where(rng.random(count) < 0.2, np.nan, 0.0)))
    assert np.all((belief.chance >= 0.0) & (belief.chance <= 1.0)) and 0.0 <= belief.by_itself <= 1.0
    assert len(belief.named) <= 2 and all(belief.chance[DOSES.index(name)] >= CLAIM for name in belief.named)
    assert set(belief.named) <= set(belief.suspects)
    assert all(belief.bearable(name, 0.05) >= 0.0 for name in DOSES)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"doses": np.full((2, 5), -1.0)}, "negative or not finite"),
        ({"doses": np.zeros((2, 4))}, r"doses \(n, 5\)"),
        ({"pain": np.array([11.0, 0.0])}, "0 to 10"),
        ({"before": np.array([-1.0, 0.0])}, "0 to 10"),
    ],
)
def test_runs_that_cannot_be_are_named(change: dict[str, np.ndarray], wrong: str) -> None:
    columns = {"day": np.arange(2.0), "doses": np.ones((2, 5)), "pain": np.zeros(2), "before": np.zeros(2)}
    with pytest.raises(ValueError, match=wrong):
        Runs(**{**columns, **change})


@pytest.fixture(scope="module", params=[FIRST, SECOND], ids=["first", "second"])
def world(request: pytest.FixtureRequest) -> World:
    chosen: World = request.param
    return chosen


def test_a_person_s_knee_is_the_same_whoever_stands_beside(world: World) -> None:
    many, few = draw(3, 12), draw(3, 4, first=5)
    assert LIVED_DOSES == DOSES
    assert np.array_equal(knees(many).triggers[5:9], knees(few).triggers)
    pains = []
    for people in (many, few):
        life = KneeLife(people, world, 60)
        for row in range(60):
            life.live(row, life.morning(row), Limits.none(len(people)))
        pains.append(life.lived().pain)
    assert np.array_equal(pains[0][5:9], pains[1])
    assert np.any(pains[0] > 0.0)


def test_learned_limits_only_take_away_and_spare_pain(world: World) -> None:
    ladder = provoke_lives.lived(world, 77, 20, 240, learns=False)
    learned = provoke_lives.lived(world, 77, 20, 240, learns=True)
    assert learned.breaches == 0
    assert (learned.seen.pain >= 2.0).sum() < 0.9 * (ladder.seen.pain >= 2.0).sum()
    assert np.nansum(learned.seen.doses[:, :, 0]) > 0.8 * np.nansum(ladder.seen.doses[:, :, 0])


def test_the_right_dose_is_named_far_more_often_than_a_wrong_one() -> None:
    named = provoke_bench.named_in(provoke_lives.lived(FIRST, 78, 40, 400, learns=False))
    right, wrong, count = provoke_bench.scored(named.by_bayes, named.triggers, named.painful, 6)
    assert count >= 10 and right > 0.4 and wrong <= 0.1
