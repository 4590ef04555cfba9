"""The proofs of sharing can fail: an attack that works on bare numbers, accountants that agree, people by columns."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.bench import fleet_people, fleet_privacy
from hardware_sim.lives import FIRST
from models.person import bundled, spread_of
from models.sharing import GroupShift, SharedPrior, merge
from models.sharing.contribution import NAMES
from models.sharing.merge import Way


@pytest.fixture(scope="module")
def people() -> fleet_people.Lived:
    return fleet_people.lived(3, 60, FIRST)


def test_the_attack_works_on_bare_numbers_and_not_on_blurred_ones() -> None:
    rows = 0.6 * np.random.default_rng(1).standard_normal((300, len(NAMES)))
    bare = Way(central_mu=math.inf, device_noise_sd=0.0)
    found = fleet_privacy.attack(rows, 5, bare, 1, targets=25, shadows=150)
    assert found.auc > 0.65 and found.low < found.auc < found.high
    assert abs(fleet_privacy.attack(rows, 5, merge.USUAL, 1, targets=25, shadows=150).auc - 0.5) < 0.04


def test_two_accountants_agree_and_more_releases_cost_more() -> None:
    pytest.importorskip("dp_accounting", reason="comes with kadenz[bench]")
    pytest.importorskip("prv_accountant", reason="comes with kadenz[bench]")
    multiplier = fleet_privacy.central_multiplier()
    google = fleet_privacy.epsilon_google(multiplier, merge.DEPTHS)
    microsoft = fleet_privacy.epsilon_microsoft(multiplier, merge.DEPTHS)
    assert google == pytest.approx(microsoft, rel=0.03) and microsoft < 2.0
    assert fleet_privacy.epsilon_google(multiplier, 2 * merge.DEPTHS) > google


def test_nested_groups_together_cost_what_is_stated() -> None:
    for people in (50, 500):
        each = merge.mean_sensitivity(people) / merge.central_noise_sd(people)
        assert each * math.sqrt(merge.DEPTHS) == pytest.approx(merge.MU)


def test_simulated_people_have_situations_and_a_shift_reaches_all(people: fleet_people.Lived) -> None:
    assert len(people) > 15 and len(people.situations) == len(people) == len(people.speed_10k_m_s)
    assert fleet_people.told_rows(people, spread_of()).shape == (len(people), len(NAMES))
    prior = SharedPrior(bundled().model_hash, 50, (GroupShift("everybody", 50, (0.5,) * 10, 0.9),))
    shift, scatter = fleet_people.shifts(people, prior, spread_of())
    assert np.allclose(shift, 0.5 * spread_of()) and np.all(scatter == 0.9)
    none, usual = fleet_people.shifts(people, SharedPrior("", 0, ()), spread_of())
    assert not none.any() and np.all(usual == 1.0)


def test_what_is_known_lowers_the_error_and_higher_hearts_raise_it(people: fleet_people.Lived) -> None:
    errors = [np.nanmean(fleet_people.misses_bpm(people, fleet_people.belief(people, known))) for known in (0, 3)]
    assert errors[1] < errors[0]
    higher = people.higher(20.0)
    assert np.nanmean(fleet_people.misses_bpm(higher, fleet_people.belief(higher, 0))) > errors[0]
    few = people.take(np.array([0, 2]))
    assert len(few) == 2 and few.situations[1] == people.situations[2]
