"""A trial of one finds no difference where only the person drifts, and is left with a word."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import choose_trials
from models.trial import ALPHA, MOST_PAIRS, PAIR_DAYS, Trial, evidence, interval, log_capital

ANSWERS = st.one_of(st.floats(0.0, 1.0), st.sampled_from([math.nan, math.inf, -math.inf, -5.0, 1e300]))


@pytest.mark.parametrize("binary", [False, True])
@pytest.mark.parametrize("drift", choose_trials.DRIFTS)
def test_false_discoveries_stay_below_their_bound_under_every_drift(drift: str, binary: bool) -> None:
    differences = choose_trials.answers(drift, 0.0, 17, 400, binary)
    share = float(np.mean(np.isfinite(choose_trials.found(differences))))
    assert share <= ALPHA + 2.5 * math.sqrt(ALPHA * (1.0 - ALPHA) / 400)


def test_what_pairs_protect_from_and_what_peeking_does_is_no_invention() -> None:
    assert choose_trials.unpaired("trend", 3, 200) > 0.9
    none = choose_trials.answers("none", 0.0, 4, 400)
    assert np.mean(np.isfinite(choose_trials.peeked(none))) > 0.2


def test_a_difference_is_found_and_with_the_right_sign() -> None:
    for difference, verdict in ((0.3, "first"), (-0.3, "second")):
        found = [
            Trial("a", "b", 1, tuple(row)).finding()
            for row in choose_trials.answers("trend", difference, 5, 20).tolist()
        ]
        assert sum(one.verdict == verdict for one in found) >= 17
        assert all(one.verdict in (verdict, "not known") for one in found)
        assert all(one.low >= 0.0 if verdict == "first" else one.high <= 0.0 for one in found if one.verdict == verdict)


def test_an_interval_holds_the_difference_at_every_pair() -> None:
    assert choose_trials.covered(60, 6) >= 0.9


def test_a_fair_bet_gains_nothing_on_average() -> None:
    # every sequence of signs is as likely under "no difference": the mean of the capital is 1 exactly
    sizes = np.array([0.2, 1.0, 0.5, 0.75, 0.05, 1.0, 0.3, 0.6])
    signs = np.array(np.meshgrid(*[[-1.0, 1.0]] * len(sizes))).reshape(len(sizes), -1).T
    for capital in (evidence(signs * sizes), log_capital(signs * sizes)):
        assert np.allclose(np.exp(capital).mean(axis=0), 1.0, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**64 - 1), st.lists(st.tuples(st.integers(0, 20), ANSWERS), max_size=40))
def test_whatever_is_answered_a_trial_keeps_its_laws(seed: int, occasions: list[tuple[int, float]]) -> None:
    trial, day = Trial("short cues", "long cues", seed), 20_000
    for gap, answer in occasions:
        day += gap
        style = trial.style(day)
        assert style in ("short cues", "long cues", None)
        opened = trial.open_day if 0 <= day - trial.open_day <= PAIR_DAYS else -1
        if opened >= 0 and style is not None:  # the second of a pair is the other style
            first = "short cues" if style == "long cues" else "long cues"
            assert Trial("short cues", "long cues", seed, (), trial.begun).style(day) == first
        trial = trial.heard(day, answer)
        assert repr(Trial.from_bytes(trial.to_bytes())) == repr(trial)
        finding = trial.finding()
        assert -1.0 <= finding.low <= finding.high <= 1.0
        assert len(trial.differences) <= trial.begun <= MOST_PAIRS + len(occasions)
    left = trial.leave()
    assert left.over and left.style(day) is None and left.heard(day, 1.0) is left
    assert Trial.from_bytes(left.to_bytes()).left


def test_a_pair_that_waited_too_long_is_given_up() -> None:
    trial = Trial("a", "b", 7).heard(100, 0.5)
    assert trial.open_day == 100
    assert trial.heard(100 + PAIR_DAYS, 0.5).differences == (0.0,)
    late = trial.heard(101 + PAIR_DAYS, 0.5)
    assert late.differences == () and late.open_day == 101 + PAIR_DAYS and late.begun == 1


def test_two_styles_alike_end_with_a_word() -> None:
    trial, day = Trial("a", "b", 2), 0
    while not trial.over:
        trial, day = trial.heard(day, 0.5), day + 1
    assert trial.finding().verdict == "no difference that matters"
    assert interval(np.empty(0)) == (-1.0, 1.0)
    assert Trial("a", "b", 2).finding().verdict == "not known"


@pytest.mark.parametrize("raw", [b"", b"KZT1", Trial("a", "b", 1, (0.5,)).to_bytes()[:-1], b"x" * 60])
def test_bytes_that_are_no_trial_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        Trial.from_bytes(raw)


@pytest.mark.parametrize(("first", "second", "seed"), [("a", "a", 1), ("", "b", 1), ("a", "b", -1)])
def test_a_trial_of_nothing_is_named(first: str, second: str, seed: int) -> None:
    with pytest.raises(ValueError):
        Trial(first, second, seed)
