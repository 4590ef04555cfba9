"""The laws of wishes: learned in five corrections, a single slip changes nothing, an explicit choice always wins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench.screen_bench import learning
from app.bench.screen_worlds import still
from edge.samples import Inertial
from edge.screen import Decision, Orientation, Phase, Rule, Screen, sentence
from edge.screen.preference import corrected, fixed_edge, left_alone, nothing_learned, share

orientations, phases = st.sampled_from(list(Orientation)), st.sampled_from(list(Phase))


@given(phases, orientations, orientations)
def test_five_equal_corrections_are_followed_in_their_phase_alone(
    phase: Phase, wanted: Orientation, sensed: Orientation
) -> None:
    known = nothing_learned()
    for _ in range(5):
        known = corrected(known, phase, wanted, sensed)
    assert (fixed_edge(known, phase) is wanted) == (wanted is not sensed), "what the sensor said anyway fixes nothing"
    assert all(fixed_edge(known, other) is None for other in Phase if other is not phase)
    assert 0.0 < share(known, phase) < 1.0


@given(phases, orientations, orientations)
def test_one_slip_changes_no_rule(phase: Phase, wanted: Orientation, slip: Orientation) -> None:
    assert fixed_edge(corrected(nothing_learned(), phase, slip, None), phase) is None
    known = nothing_learned()
    for _ in range(5):
        known = corrected(known, phase, wanted, None)
    assert fixed_edge(corrected(known, phase, slip, None), phase) is wanted


def test_a_new_wish_replaces_an_old_one_within_ten_corrections() -> None:
    known = nothing_learned()
    for _ in range(30):
        known = corrected(known, Phase.RUNNING, Orientation.PORTRAIT, Orientation.LANDSCAPE_LEFT)
    for _ in range(10):
        known = corrected(known, Phase.RUNNING, Orientation.LANDSCAPE_LEFT, Orientation.PORTRAIT)
    assert fixed_edge(known, Phase.RUNNING) is Orientation.LANDSCAPE_LEFT


def test_turns_left_alone_lead_back_to_the_sensor_and_never_weigh_more_than_a_lifetime() -> None:
    known = nothing_learned()
    for _ in range(500):
        known = left_alone(known, Phase.RUNNING, Orientation.PORTRAIT, Orientation.PORTRAIT)
    assert fixed_edge(known, Phase.RUNNING) is None and known.weight.max() < 8.0


def test_wishes_with_slips_are_followed_in_five_corrections() -> None:
    followed, took = learning(300, 0.1, np.random.default_rng(1))
    assert followed > 0.9 and took <= 3


def standing(up: tuple[float, float, float], from_s: float = 0.0) -> Inertial:
    inertial = still(np.array(up), 0.05, 0.0, 0.1, np.random.default_rng(0))
    return Inertial(from_s + 0.02 + inertial.t_s, inertial.accel_m_s2, inertial.gyro_rad_s)


PORTRAIT, LEFT = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)


def learned() -> Screen:
    screen = Screen(50.0)
    screen.feed(standing(LEFT), Phase.RUNNING)
    for number in range(5):
        screen.correct(Orientation.PORTRAIT, 10.0 + number)
    return screen


def test_what_was_learned_wins_over_the_sensor_and_says_why() -> None:
    screen = learned()
    assert screen.feed(standing(LEFT, 20.0)) == ()
    why = screen.decision.why
    assert (screen.decision.show, why.rule, why.times, why.corrections) == (Orientation.PORTRAIT, Rule.LEARNED, 5, 5)
    assert sentence(screen.decision) == "portrait because you turned it so 5 of 5 times while running"
    (turned,) = screen.enter(Phase.STANDING, 30.0)
    assert turned.show is Orientation.LANDSCAPE_LEFT and turned.why.rule is Rule.SENSED
    assert sentence(turned) == "landscape, turned left because the device was turned so"


@given(
    st.lists(st.tuples(st.sampled_from(["correct", "feed", "enter"]), orientations, phases), max_size=5), orientations
)
@settings(max_examples=20, deadline=None)
def test_an_explicit_choice_always_wins_until_it_is_revoked(
    events: list[tuple[str, Orientation, Phase]], chosen: Orientation
) -> None:
    screen, now = Screen(50.0), 0.0
    screen.choose(chosen, now)
    for event, orientation, phase in events:
        now += 10.0
        if event == "feed":
            screen.feed(standing(LEFT, now), phase)
        elif event == "enter":
            screen.enter(phase, now)
        else:
            screen.correct(orientation, now)
        assert screen.decision.show is chosen and screen.decision.why.rule is Rule.CHOSEN
    assert sentence(screen.decision).endswith("because you chose it")
    screen.feed(standing(LEFT, now + 10.0))
    screen.revoke(now + 40.0)
    assert screen.decision.why.rule is not Rule.CHOSEN


def test_a_correction_is_shown_at_once_and_a_restart_keeps_all() -> None:
    screen = learned()
    again = Screen(50.0, screen.state)
    assert again.decision == screen.decision
    told = again.correct(Orientation.UPSIDE_DOWN, 40.0)
    assert isinstance(told, Decision) and told.show is Orientation.UPSIDE_DOWN
    assert fixed_edge(again.state.preference, Phase.RUNNING) is Orientation.PORTRAIT
    assert fixed_edge(screen.state.preference, Phase.RUNNING) is Orientation.PORTRAIT


def test_a_device_that_was_never_seen_says_so() -> None:
    assert sentence(Screen(50.0).decision) == "portrait until the device says how it is held"
    assert Screen(50.0).enter(Phase.RUNNING, 0.0) == ()


@pytest.mark.parametrize("phase", list(Phase))
def test_a_screen_that_is_left_alone_teaches_a_little(phase: Phase) -> None:
    screen = Screen(50.0)
    screen.feed(standing(LEFT), phase)
    screen.feed(standing(LEFT, 6.02), phase)
    screen.feed(standing(LEFT, 12.04), phase)
    assert screen.state.preference.weight[phase.value].sum() > nothing_learned().weight[phase.value].sum()
