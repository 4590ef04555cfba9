"""Choosing among safe options: nothing outside what the rules left, a floor, a switch, and a replay to the last bit."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import choose_prior
from models.choose import FLOOR, MOST_BYTES, MOST_OPTIONS, Array, Choice, Chooser, GroupPrior, Option, State
from models.choose_fit import Log, fit
from models.choose_situation import NAMES, situation
from models.choose_value import FEWEST, value
from models.person import Context

OPTIONS = choose_prior.OPTIONS
USUAL = (0.0, 0.0, 0.0)
HOSTILE = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, 1.0, math.nan, math.inf, -1e300, 1e300])
)


def chooser() -> Chooser:
    return Chooser(choose_prior.group().begin([1.0] + [0.0] * (len(NAMES) - 1)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(range(len(OPTIONS))), min_size=1, max_size=len(OPTIONS), unique=True),
            st.tuples(HOSTILE, HOSTILE, HOSTILE),
            HOSTILE,
        ),
        max_size=25,
    ),
    st.integers(0, 2**63),
)
def test_whatever_comes_back_only_what_the_rules_left_is_chosen_with_its_floor(
    days: list[tuple[list[int], tuple[float, float, float], float]], seed: int
) -> None:
    one = chooser()
    for number, (left, context, reward) in enumerate(days):
        offered = [OPTIONS[at] for at in left]
        choice = one.choose(offered, context, seed + number)
        assert choice.option in offered
        assert choice.options == tuple(offered)
        assert math.isclose(sum(choice.propensities), 1.0, abs_tol=1e-12)
        assert min(choice.propensities) >= FLOOR - 1e-12
        assert choice.propensity == choice.propensities[offered.index(choice.option)]
        one.learn(choice, reward)
        again = Chooser(State.from_bytes(one.state.to_bytes()))
        assert again.model_hash == one.model_hash
        assert np.array_equal(again.state.covariance, one.state.covariance)
    assert np.all(np.isfinite(one.state.mean)) and np.all(np.isfinite(one.state.covariance))
    assert np.min(np.linalg.eigvalsh(one.state.covariance)) > -1e-9


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), max_size=20), st.integers(0, 2**32))
def test_a_choice_replays_bit_for_bit_from_the_stored_state_and_seed(rewards: list[float], seed: int) -> None:
    one = chooser()
    for k, reward in enumerate(rewards):
        one.learn(one.choose(OPTIONS, (0.5, -1.0, 0.2), k), reward)
    kept = one.state.to_bytes()
    choice = one.choose(OPTIONS, (1.0, 0.0, math.nan), seed)
    assert len(kept) <= MOST_BYTES
    assert Chooser(State.from_bytes(kept)).choose(OPTIONS, choice.context, choice.seed) == choice


def test_the_propensity_is_the_chance_with_which_an_option_comes() -> None:
    one = chooser()
    choices = [one.choose(OPTIONS, USUAL, seed) for seed in range(4000)]
    for at, option in enumerate(OPTIONS):
        came = np.mean([choice.option == option for choice in choices])
        stated = np.mean([choice.propensities[at] for choice in choices])
        assert abs(came - stated) < 4.0 * math.sqrt(stated * (1.0 - stated) / 4000)
    # inverse weights count every option as often as it was offered, which is what an estimate rests on
    weights = [(choice.option == OPTIONS[0]) / choice.propensity for choice in choices]
    assert abs(np.mean(weights) - 1.0) < 4.0 * np.std(weights) / math.sqrt(4000)


def test_with_the_switch_off_the_rule_s_first_option_comes_for_sure_and_says_so() -> None:
    one = chooser()
    one.switch(False)
    kept = Chooser(State.from_bytes(one.state.to_bytes()))
    for seed in range(20):
        choice = kept.choose(OPTIONS[1:], USUAL, seed)
        assert (choice.option, choice.propensity, choice.by) == (OPTIONS[1], 1.0, "switched off")
    kept.switch(True)
    assert kept.choose(OPTIONS, USUAL, 1).by == "learned"


def test_one_option_is_no_choice() -> None:
    choice = chooser().choose(OPTIONS[2:3], USUAL, 3)
    assert (choice.option, choice.propensity, choice.by) == (OPTIONS[2], 1.0, "only option")


def test_what_is_refused_again_and_again_is_proposed_less_and_never_below_its_floor() -> None:
    one = chooser()
    before = np.mean([one.choose(OPTIONS, USUAL, seed).propensities[1] for seed in range(50)])
    for seed in range(60):
        choice = one.choose(OPTIONS, USUAL, seed)
        one.learn(choice, 0.0 if choice.option == OPTIONS[1] else 0.9)
    after = np.mean([one.choose(OPTIONS, USUAL, seed).propensities[1] for seed in range(50)])
    assert FLOOR - 1e-12 <= after < 0.08 < before


def test_rewards_without_a_number_teach_nothing_and_huge_ones_are_cut() -> None:
    one, other = chooser(), chooser()
    choice = one.choose(OPTIONS, USUAL, 1)
    kept = one.state.to_bytes()
    for reward in (math.nan, math.inf, -math.inf):
        one.learn(choice, reward)
    assert one.state.to_bytes() == kept
    one.learn(choice, 1e300)
    other.learn(choice, 1.0)
    assert one.state.to_bytes() == other.state.to_bytes()


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ((), "1 to 5 options, not 0"),
        (tuple(Option(str(k), (1.0, 0, 0)) for k in range(MOST_OPTIONS + 1)), "not 6"),
        ((OPTIONS[0], OPTIONS[0]), "different names"),
        ((Option("a", ()),), "'a' has no features"),
        ((OPTIONS[0], Option("b", (1.0,))), "'b' has 1 features, not 3"),
        ((Option("c", (math.nan, 0.0, 0.0)),), "'c' is nan"),
        ((Option("d", (1.0, 0.0)), Option("e", (0.0, 1.0))), "are not 12 numbers"),
    ],
)
def test_options_that_cannot_be_are_named(options: tuple[Option, ...], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        chooser().choose(options, USUAL, 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 800), st.integers(0, 255))
def test_bytes_that_are_no_state_are_refused(raw: bytes, at: int, changed: int) -> None:
    kept = chooser().state.to_bytes()
    for broken in (raw, kept[:at] + bytes([changed]) + kept[at + 1 :], kept[: at % len(kept)]):
        try:
            state = State.from_bytes(broken)
        except ValueError:
            continue
        assert state.to_bytes() == broken


def test_the_largest_model_fits_into_4_kib() -> None:
    prior = GroupPrior(np.zeros((1, 28)), np.eye(28), 0.2, "test")
    assert len(prior.begin([1.0]).to_bytes()) <= MOST_BYTES
    with pytest.raises(ValueError, match="28"):
        GroupPrior(np.zeros((1, 29)), np.eye(29), 0.2, "test")


def made_group(people: int, seed: int) -> tuple[Array, Array, list[Log]]:
    rng = np.random.default_rng(seed)
    mean = np.array([[0.6, 0.3], [0.2, -0.2]])
    root = np.array([[0.1, 0.0], [0.05, 0.1]])
    logs = []
    for _ in range(people):
        who = np.array([1.0, rng.standard_normal()])
        likes = who @ mean + root @ rng.standard_normal(2)
        rows = np.eye(2)[rng.integers(0, 2, 40)]
        logs.append(Log(who, rows, rows @ likes + 0.3 * rng.standard_normal(40)))
    return mean, root @ root.T, logs


def test_a_fit_recovers_the_group_that_made_the_logs() -> None:
    mean, covariance, logs = made_group(800, 1)
    found = fit(logs, "made")
    assert np.allclose(found.mean, mean, atol=0.02)
    assert np.allclose(found.covariance, covariance, atol=0.004)
    assert abs(found.noise - 0.09) < 0.005


def test_people_in_another_situation_begin_elsewhere_and_the_unknown_at_the_mean() -> None:
    group = choose_prior.group()
    assert group.mean.shape == (len(NAMES), 4 * len(OPTIONS))
    usual = group.begin([1.0, *[math.nan] * (len(NAMES) - 1)])
    assert np.array_equal(usual.mean, group.mean[0])
    brisk = situation(Context(age_years=30.0, km_28d=200.0, runs_28d=18.0, speed_28d_m_s=3.6, ten_km_s=2500.0))
    assert len(brisk) == len(NAMES) and brisk[0] == 1.0 and all(map(math.isfinite, brisk))
    assert not np.allclose(group.begin(brisk).mean, usual.mean, atol=0.01)
    assert all(map(math.isfinite, situation(Context())))
    assert situation(Context(km_28d=0.0, runs_28d=0.0)) == situation(Context(km_28d=0.0, runs_28d=0.0))


def test_an_estimate_never_comes_without_its_size_and_too_little_is_a_sentence() -> None:
    rng = np.random.default_rng(2)
    rewards = (rng.random(50) < 0.7).astype(float)
    little = value(np.ones(50), rewards)
    assert math.isnan(little.value) and little.effective_size == pytest.approx(50.0)
    assert little.sentence == "Too little data to say: 50 choices are worth 50 for this question, and it takes 96."
    assert FEWEST == 96.0
    rewards = (rng.random(2000) < 0.7).astype(float)
    enough = value(np.where(rng.random(2000) < 0.5, 2.0, 0.0), rewards)
    assert enough.low <= 0.7 <= enough.high and 900 < enough.effective_size < 1100
    assert "worth" in enough.sentence
    robust = value(np.where(rng.random(2000) < 0.5, 2.0, 0.0), rewards, np.full(2000, 0.7), np.full(2000, 0.7))
    assert abs(robust.value - rewards.mean()) < 0.05 and robust.low < robust.value < robust.high
    nothing = value(np.zeros(3), np.ones(3))
    assert math.isnan(nothing.value) and nothing.effective_size == 0.0


@pytest.mark.parametrize(
    ("weights", "rewards", "wrong"),
    [
        ([1.0], [1.0, 0.0], "one each"),
        ([21.0], [1.0], "below the floor"),
        ([math.nan], [1.0], "below the floor"),
        ([1.0], [1.5], "outside 0 to 1"),
    ],
)
def test_logs_that_cannot_be_are_named(weights: list[float], rewards: list[float], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        value(np.array(weights), np.array(rewards))


def test_a_choice_is_a_frozen_value() -> None:
    choice = chooser().choose(OPTIONS, USUAL, 1)
    assert isinstance(choice, Choice)
    with pytest.raises(dataclasses.FrozenInstanceError):
        choice.seed = 2  # type: ignore[misc]


def test_the_prior_that_is_shipped_is_for_what_the_app_offers_and_saves_regret_and_refusals_there() -> None:
    from app.bench.choose_people import asked
    from app.bench.choose_regret import by_share, expected_best, followed, scratch
    from edge.coach.choosing import PLANNED, VARIANTS
    from hardware_sim.lives import FIRST
    from hardware_sim.lives.second import SECOND

    assert (PLANNED, *VARIANTS) == choose_prior.PROPOSALS
    people = asked(SECOND, 5, 60, 12, reactions=FIRST, in_the_app=True)
    assert people.options == choose_prior.OPTIONS
    group = choose_prior.group()
    learned = followed(people, lambda k: group.begin(people.situations[k].tolist()))
    blank = followed(people, lambda _: scratch(3).begin([1.0]))
    rule = by_share(people, np.cumsum(people.allowed, axis=2) * people.allowed == 1)
    assert learned.few.mean() < 0.8 * blank.few.mean()
    assert learned.refused.mean() < rule.refused.mean()
    # the floor alone is a bound of every way, and is counted for what it is
    assert np.all(learned.floor <= by_share(people, people.allowed / people.allowed.sum(axis=2, keepdims=True)).regret)
    assert np.all(expected_best(people, group).regret >= learned.floor - 1e-12)


def test_what_the_app_offers_lies_between_what_it_is_made_of() -> None:
    from hardware_sim.lives import FIRST, draw, live
    from hardware_sim.lives.reactions import done_first, done_second, mood

    people = draw(3, 50)
    days = live(people, 40, FIRST)
    day = mood(people, days)
    for reacts in (done_first, done_second):
        four, three = reacts(people, day), reacts(people, day, in_the_app=True)
        assert three.shape[2] == 3 and np.allclose(three[:, :, :2], four[:, :, :2])
    four, three = done_first(people, day), done_first(people, day, in_the_app=True)
    between = (three[:, :, 2] - four[:, :, 1]) * (four[:, :, 2] - three[:, :, 2])
    assert np.all(between >= -1e-12)
