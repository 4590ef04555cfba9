"""Laws of a fleet's arithmetic, without Flower: what is added up, blurred, trimmed and told."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.fleet_people import miss, simulated
from models.fleet import cohorts, layout, quiet, shamir
from models.fleet.budget import delta_of, epsilon_of
from models.fleet.cohorts import Rule, cut
from models.fleet.layout import CohortSum, Merged, merged
from models.fleet.told import shared_of
from models.sharing import EVERYBODY, NAMES, Contribution, Situation
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD, blurred
from models.sharing.merge import LEAST_PEOPLE
from models.sharing.situation import is_group

HERE = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")
SHARES_OF_FLOWER = (
    "01000000d01ca3691e7e1400eb6112acd8f19d6a",
    "020000001d9aea7d8e72361fc8dc3b47affd244d",
    "03000000a6e72d71fe76281529b723e17d06b32d",
)


def told(situation: Situation = HERE) -> Contribution:
    return blurred(Contribution(situation, tuple([0.1] * len(NAMES)), "base"), np.random.default_rng(1))


def sums(count: int, cohort: int, rule: Rule, seed: int = 5) -> tuple[list[CohortSum], float]:
    """The cohorts of a simulated fleet as devices would make them, without Flower."""
    rng = np.random.default_rng(seed)
    people = simulated(count, rng).people
    sd = layout.share_sd(rule.noise_multiplier, layout.least_of(cohort))
    totals = []
    for part in cut(list(range(count)), cohort, rng):
        rows = [layout.placed(people.numbers[one] / CLIP_NORM, tuple(people.groups[one])) for one in part]
        totals.append(CohortSum(len(part), layout.noised(np.sum(rows, axis=0), sd * math.sqrt(len(part)), rng)))
    return totals, sd


def test_every_group_of_a_fleet_is_a_group_of_situations_and_the_widest_comes_first() -> None:
    assert layout.GROUPS[0] == EVERYBODY and len(set(layout.GROUPS)) == len(layout.GROUPS) == 22
    assert all(is_group(name) for name in layout.GROUPS)


def test_a_person_fills_the_rows_of_their_own_groups_and_nothing_else() -> None:
    arrays = layout.arrays_of(told())
    rows = [layout.GROUPS.index(name) for name in HERE.groups if name in layout.GROUPS]
    assert len(rows) == layout.DEPTH + 1 and np.all(arrays[rows, 0] == 1.0)
    assert np.all(np.delete(arrays, rows, axis=0) == 0.0)


def test_the_round_s_noise_is_in_every_row_so_that_groups_stay_hidden() -> None:
    arrays = layout.noised(np.zeros(layout.SHAPE), 1.0, np.random.default_rng(2))
    assert np.all(arrays != 0.0) and 0.8 < float(arrays.std()) < 1.2


@given(st.integers(3, 500), st.floats(0.1, 10.0))
def test_the_least_that_answer_carry_all_the_noise_that_is_asked(size: int, multiplier: float) -> None:
    least = layout.least_of(size)
    carried = layout.share_sd(multiplier, least) * math.sqrt(least)
    assert carried == pytest.approx(multiplier * layout.SENSITIVITY)


@given(st.integers(3, 400), st.integers(3, 120), st.integers(0, 9))
def test_every_node_is_in_exactly_one_cohort_and_none_is_too_small(count: int, cohort: int, seed: int) -> None:
    found = cut(list(range(count)), cohort, np.random.default_rng(seed))
    assert sorted(one for part in found for one in part) == list(range(count))
    assert min(map(len, found)) >= min(cohort, count) and min(map(len, found)) >= layout.LEAST_COHORT


def test_fewer_than_three_make_no_cohort() -> None:
    assert cut([1, 2], 3, np.random.default_rng(1)) == []


def test_shares_restore_a_lost_mask_and_never_from_one_alone() -> None:
    for size in range(3, 200):
        held, restoring = cohorts.shares(size)
        assert 2 <= restoring <= held <= size


def test_a_fleet_s_mean_is_that_of_its_people_within_its_noise() -> None:
    rule, truth = Rule(), simulated(4000, np.random.default_rng(5))
    found = merged(*sums(4000, rule.cohort, rule), rule.trim, DEVICE_NOISE_SD / CLIP_NORM)
    assert found.dropped == 0 and abs(found.counts[0] - 4000) < 4 * found.count_sd
    everybody_sd = math.hypot(DEVICE_NOISE_SD, CLIP_NORM * found.count_sd / math.sqrt(4000)) / math.sqrt(4000)
    assert miss(found, truth, slice(0, 1)) < 2.0 * everybody_sd


def test_without_noise_and_trimming_the_sums_are_exact() -> None:
    rule, truth = Rule(noise_multiplier=0.0, trim=0.0), simulated(900, np.random.default_rng(5))
    found = merged(*sums(900, 30, rule), 0.0, DEVICE_NOISE_SD / CLIP_NORM)
    assert np.allclose(found.counts, truth.members)


def test_a_cohort_that_no_honest_devices_could_have_made_is_left_out() -> None:
    rule = Rule()
    honest, sd = sums(2000, rule.cohort, rule)
    absurd = CohortSum(100, honest[0].total + 1e6)
    broken = CohortSum(100, np.full(layout.SHAPE, np.nan))
    found = merged([*honest[2:], absurd, broken], sd, rule.trim, DEVICE_NOISE_SD / CLIP_NORM)
    assert found.dropped == 2 and found.people == sum(one.people for one in honest[2:])


def test_where_nothing_can_be_believed_nothing_is_told() -> None:
    with pytest.raises(ValueError, match="no cohort"):
        merged([CohortSum(10, np.full(layout.SHAPE, 1e9))], 0.1, 0.2)


def test_lying_cohorts_up_to_the_trimmed_share_move_little() -> None:
    rule = Rule()
    honest, sd = sums(6000, rule.cohort, rule)
    plain = merged(honest, sd, rule.trim, DEVICE_NOISE_SD / CLIP_NORM)
    push = 4.0 * sd * math.sqrt(rule.cohort)
    lying = [CohortSum(one.people, one.total + push * (np.arange(layout.WIDTH) > 0)) for one in honest[:6]]
    pushed = merged([*lying, *honest[6:]], sd, rule.trim, DEVICE_NOISE_SD / CLIP_NORM)
    untrimmed = merged([*lying, *honest[6:]], sd, 0.0, DEVICE_NOISE_SD / CLIP_NORM)
    moved, at_worst = (float(np.abs(one.numbers[0] - plain.numbers[0]).mean()) for one in (pushed, untrimmed))
    assert pushed.dropped == 0 and moved < 0.65 * at_worst  # 10 % of cohorts, all in one direction, each believable


def test_a_group_within_its_own_noise_is_not_told_of_and_shifts_shrink() -> None:
    counts = np.zeros(len(layout.GROUPS))
    counts[:2] = 5000.0, LEAST_PEOPLE + 5.0
    numbers = np.full((len(layout.GROUPS), len(NAMES)), 0.2)
    few = shared_of(Merged(5000, counts, numbers, LEAST_PEOPLE, 0), "base")
    assert [one.group for one in few.groups] == [EVERYBODY] and few.people == 5000
    assert 0.0 < few.groups[0].shift[0] < 0.2 * CLIP_NORM
    sure = shared_of(Merged(5000, counts, numbers, 1.0, 0), "base")
    assert [one.group for one in sure.groups] == [EVERYBODY, layout.GROUPS[1]]


def test_four_rounds_a_year_cost_an_epsilon_of_two_at_most() -> None:
    assert epsilon_of(Rule().noise_multiplier, 4) <= 2.0
    assert delta_of(epsilon_of(2.0, 1), 2.0) == pytest.approx(1e-5, rel=1e-6)
    assert epsilon_of(0.0, 1) == math.inf and epsilon_of(2.0, 8) > epsilon_of(2.0, 1)


@pytest.mark.parametrize("bad", [{"cohort": 2}, {"clip_norm": 0.0}, {"trim": 0.5}, {"noise_multiplier": math.nan}])
def test_a_rule_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Rule(**bad)  # type: ignore[arg-type]


def test_everything_that_flower_would_send_home_is_switched_off_or_ends_here() -> None:
    assert quiet.SILENT["FLWR_TELEMETRY_ENABLED"] == "0" and quiet.SILENT["RAY_USAGE_STATS_ENABLED"] == "0"
    assert quiet.SILENT["FLWR_DISABLE_UPDATE_CHECK"] == "1"
    assert quiet.SILENT["FLWR_DISABLE_RUNTIME_DEPENDENCY_INSTALLATION"] == "1"
    assert all("127.0.0.1" in quiet.SILENT[f"FLWR_SUPERGRID_{one}"] for one in ("API_URL", "ADDRESS"))


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=70), st.integers(2, 9), st.integers(0, 4), st.randoms())
def test_any_threshold_of_shares_restores_a_secret_and_fewer_do_not(
    secret: bytes, threshold: int, spare: int, random: Random
) -> None:
    shares = shamir.create_shares(secret, threshold, threshold + spare)
    some = random.sample(shares, threshold)
    assert shamir.combine_shares(some) == secret
    fewer = random.sample(shares, threshold - 1)
    try:
        assert shamir.combine_shares(fewer) != secret
    except ValueError as problem:
        assert "restore" in str(problem)


def test_shares_of_the_field_s_standard_are_restored() -> None:
    """Two of three shares of `kadenz` as Flower 1.41 made them (PyCryptodome, `ssss=False`)."""
    shares = [bytes.fromhex(one) for one in SHARES_OF_FLOWER]
    assert all(shamir.combine_shares([shares[one] for one in pair]) == b"kadenz" for pair in ((0, 1), (0, 2), (2, 1)))


@pytest.mark.parametrize("shares", [[b"\1\0\0\0"], [b"\1\0\0\0" + bytes(15)], [b"\1\0\0\0" + bytes(16)] * 2])
def test_what_is_no_set_of_shares_is_refused(shares: list[bytes]) -> None:
    with pytest.raises(ValueError, match="shares"):
        shamir.combine_shares(shares)
