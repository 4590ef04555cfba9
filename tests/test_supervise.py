"""Laws of a connection's life: it always goes on, never hammers, and ends only when the person says so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.link_errors import LinkReason
from device.supervise import Limits, State, Supervisor


def machine(seed: int = 1) -> Supervisor:
    return Supervisor(np.random.default_rng(seed))


def streaming(at_s: float = 0.0, seed: int = 1) -> Supervisor:
    one = machine(seed)
    one.start(at_s)
    one.advertised(at_s)
    one.connecting(at_s)
    one.connected(at_s)
    one.discovered(at_s)
    assert one.configured(at_s) is State.STREAM
    return one


def fed(one: Supervisor, from_s: float, to_s: float, period_s: float = 1.0) -> None:
    for now_s in np.arange(from_s, to_s, period_s):
        assert one.data(float(now_s)) is State.STREAM
        assert one.tick(float(now_s)) is State.STREAM


# ── the way through ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_states_follow_each_other_from_the_first_advertisement_to_the_stream() -> None:
    one = machine()
    states = [
        one.start(0.0),
        one.advertised(1.0),
        one.connecting(1.0),
        one.connected(1.2),
        one.needs_bond(1.3),
        one.bonded(2.0),
        one.discovered(2.0),
        one.configured(2.1),
    ]
    assert states == [
        State.SCAN,
        State.CONNECT,
        State.CONNECT,
        State.DISCOVER,
        State.BOND,
        State.CONFIGURE,
        State.CONFIGURE,
        State.STREAM,
    ]


@pytest.mark.parametrize(
    ("steps", "state", "allowed_s"),
    [
        ((), State.SCAN, 10.0),
        (("advertised",), State.CONNECT, 20.0),
        (("advertised", "connected", "discovered", "configured"), State.STREAM, 5.0),
    ],
)
def test_every_step_has_its_time(steps: tuple[str, ...], state: State, allowed_s: float) -> None:
    one = machine()
    one.start(100.0)
    for step in steps:
        getattr(one, step)(100.0)
    assert (one.state, one.due_s) == (state, 100.0 + allowed_s)


def test_the_time_for_connecting_counts_from_when_the_adapter_is_free() -> None:
    one = machine()
    one.start(0.0)
    one.advertised(0.0)
    one.connecting(15.0)
    assert one.tick(34.9) is State.CONNECT
    assert one.tick(35.0) is State.BACKOFF
    assert one.reason is LinkReason.TIMED_OUT


# ── silence ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("period_s", "limit_s"), [(0.1, 3.0), (1.0, 5.0), (2.0, 10.0)])
def test_silence_of_three_seconds_or_five_periods_is_the_end_of_a_stream(period_s: float, limit_s: float) -> None:
    one = streaming()
    fed(one, 0.0, 60.0, period_s)
    last_s = 60.0 - period_s
    assert one.tick(last_s + limit_s - 0.1) is State.STREAM
    assert one.tick(last_s + limit_s + 0.1) is State.STALE
    assert one.cause.startswith("no data for")
    assert one.disconnected(last_s + limit_s + 0.2) is State.BACKOFF
    assert one.reason is LinkReason.SILENT


def test_a_tracker_that_never_sends_is_given_longer_each_time() -> None:
    one, now_s, waits = machine(), 0.0, []
    one.start(now_s)
    for _ in range(5):
        one.advertised(now_s)
        one.connected(now_s)
        one.discovered(now_s)
        one.configured(now_s)
        waits.append(one.due_s - now_s)
        now_s = one.due_s
        assert one.tick(now_s) is State.STALE
        one.disconnected(now_s)
        now_s = one.due_s
        one.tick(now_s)
    assert waits == pytest.approx([5.0, 10.0, 20.0, 30.0, 30.0])


def test_data_that_come_before_the_set_up_is_finished_count_as_the_first() -> None:
    one = machine()
    one.start(0.0)
    one.advertised(0.0)
    one.connected(0.0)
    one.discovered(0.0)
    one.data(1.0)
    one.configured(1.1)
    assert one.due_s == pytest.approx(1.1 + 5.0)


def test_where_nothing_is_steady_silence_is_no_loss() -> None:
    one = streaming()
    one.unsteady()
    assert one.tick(1e6) is State.STREAM


# ── the wait ──────────────────────────────────────────────────────────────────────────────────────────────────────


def waits_of_failures(count: int, seed: int = 1) -> list[float]:
    one, now_s, waits = machine(seed), 0.0, []
    one.start(now_s)
    for _ in range(count):
        one.advertised(now_s)
        one.connecting(now_s)
        assert one.failed(LinkReason.FAILED, now_s) is State.BACKOFF
        waits.append(one.due_s - now_s)
        now_s = one.due_s
        one.tick(now_s)
    return waits


def test_the_wait_doubles_from_a_quarter_second_to_half_a_minute_with_jitter() -> None:
    waits = waits_of_failures(12)
    for wait_s, longest_s in zip(waits, [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30], strict=True):
        assert max(0.25, 0.5 * longest_s) <= wait_s <= longest_s
    assert len(set(waits_of_failures(12)[8:])) == 4
    assert waits_of_failures(12, seed=2) != waits


def test_an_advertisement_ends_the_wait_at_once_after_a_loss() -> None:
    one = streaming()
    fed(one, 0.0, 40.0)
    assert one.lost(40.0, "out of range") is State.BACKOFF
    assert one.advertised(40.05) is State.CONNECT


def test_an_advertisement_ends_a_long_wait_within_two_seconds_however_often_it_failed() -> None:
    one, now_s = machine(), 0.0
    one.start(now_s)
    for _ in range(20):
        one.advertised(now_s)
        one.connecting(now_s)
        one.failed(LinkReason.TIMED_OUT, now_s)
        began_s = now_s
        now_s += 0.01
        while one.state is State.BACKOFF:
            one.advertised(now_s)
            one.tick(now_s)
            now_s += 0.05
        assert now_s - began_s <= 2.1
    assert one.failures == 20


@pytest.mark.parametrize("reason", [LinkReason.NEEDS_BONDING, LinkReason.REFUSED, LinkReason.UNKNOWN_KIND])
def test_a_tracker_that_said_no_is_not_asked_again_because_it_advertises(reason: LinkReason) -> None:
    one = machine()
    one.start(0.0)
    one.advertised(0.0)
    one.connecting(0.0)
    one.failed(reason, 0.0)
    assert one.advertised(0.1) is State.BACKOFF
    assert one.tick(one.due_s) is State.SCAN


def test_thirty_seconds_of_streaming_make_the_wait_short_again() -> None:
    for streamed_s, failures in ((20.0, 6), (31.0, 1)):
        one = machine()
        one.start(0.0)
        for _ in range(5):
            one.advertised(0.0)
            one.connecting(0.0)
            one.failed(LinkReason.FAILED, 0.0)
            one.tick(one.due_s)
        one.advertised(0.0)
        one.connected(0.0)
        one.discovered(0.0)
        one.configured(0.0)
        fed(one, 0.0, streamed_s + 0.5)
        one.lost(streamed_s + 0.5)
        assert one.failures == failures


# ── bonds and services ────────────────────────────────────────────────────────────────────────────────────────────


def test_pairing_is_tried_then_the_old_bond_forgotten_then_it_is_explained() -> None:
    one, ends = machine(), [State.SCAN, State.BACKOFF]
    one.start(0.0)
    for end in ends:
        one.advertised(0.0)
        one.connected(0.0)
        one.discovered(0.0)
        assert one.needs_bond(0.1) is State.BOND
        assert one.bonded(0.2) is State.CONFIGURE
        assert one.needs_bond(0.3) is end
        assert one.bond_is_stale
    assert one.reason is LinkReason.NEEDS_BONDING


@pytest.mark.parametrize("steps", [("needs_bond",), ("needs_bond", "bonded")])
def test_a_connection_that_ends_over_pairing_has_a_bond_that_only_we_remember(steps: tuple[str, ...]) -> None:
    one = machine()
    one.start(0.0)
    for state in (State.SCAN, State.BACKOFF):
        for step in ("advertised", "connected", "discovered", *steps):
            getattr(one, step)(0.1)
        assert one.lost(0.2, "authentication failure") is state
        assert one.bond_is_stale


def test_services_that_cannot_be_are_read_anew_once() -> None:
    one = machine()
    one.start(0.0)
    one.advertised(0.0)
    one.connected(0.0)
    assert one.stale_services(LinkReason.STALE_SERVICES, 0.1) is State.SCAN
    one.advertised(0.2)
    one.connected(0.2)
    assert one.stale_services(LinkReason.UNKNOWN_KIND, 0.3) is State.BACKOFF
    assert one.reason is LinkReason.UNKNOWN_KIND


# ── laws of any history ───────────────────────────────────────────────────────────────────────────────────────────

WORDS = (
    "start",
    "advertised",
    "connecting",
    "connected",
    "discovered",
    "needs_bond",
    "bonded",
    "configured",
    "data",
    "lost",
    "disconnected",
    "tick",
)
histories = st.lists(
    st.tuples(st.sampled_from((*WORDS, "failed", "stale_services")), st.floats(0.0, 40.0)), max_size=60
)


def told(one: Supervisor, word: str, now_s: float) -> State:
    if word == "failed":
        return one.failed(LinkReason.FAILED, now_s)
    if word == "stale_services":
        return one.stale_services(LinkReason.STALE_SERVICES, now_s)
    state: State = getattr(one, word)(now_s)
    return state


@settings(max_examples=300, deadline=None)
@given(histories)
def test_no_history_leaves_it_stuck(history: list[tuple[str, float]]) -> None:
    one, now_s = machine(), 0.0
    one.start(now_s)
    for word, passed_s in history:
        now_s += passed_s
        state = told(one, word, now_s)
        assert state is one.state
        assert one.due_s - now_s <= 60.1
    # left to the clock and to an advertisement a second, it is connecting again within the longest wait and deadlines
    end_s = now_s + 60.0 + 30.0 + 10.0
    seen = {one.state}
    while now_s < end_s and State.CONNECT not in seen:
        now_s += 1.0
        one.tick(now_s)
        one.advertised(now_s)
        seen.add(one.state)
    assert State.CONNECT in seen


@settings(max_examples=200, deadline=None)
@given(histories)
def test_stop_is_final_and_nothing_else_ends_it(history: list[tuple[str, float]]) -> None:
    one, now_s = machine(), 0.0
    one.start(now_s)
    for word, passed_s in history:
        now_s += passed_s
        assert told(one, word, now_s) is not State.OFF
    one.stop(now_s)
    for word, passed_s in history:
        now_s += passed_s
        assert told(one, word, now_s) is State.OFF
    assert one.due_s == math.inf


@settings(max_examples=100, deadline=None)
@given(histories)
def test_attempts_without_an_advertisement_are_never_closer_than_a_quarter_second(
    history: list[tuple[str, float]],
) -> None:
    one, now_s, ended_s = machine(), 0.0, -math.inf
    one.start(now_s)
    for word, passed_s in history:
        now_s += passed_s
        before = one.state
        after = told(one, word, now_s)
        if after is State.BACKOFF and before is not State.BACKOFF:
            ended_s = now_s
        if before is State.BACKOFF and after is State.CONNECT and word == "tick":
            assert now_s - ended_s >= 0.25


def test_the_limits_are_those_of_the_contract() -> None:
    limits = Limits()
    assert (limits.connect_s, limits.operation_s, limits.first_data_s) == (20.0, 5.0, 5.0)
    assert (limits.stale_floor_s, limits.stale_periods, limits.good_after_s) == (3.0, 5.0, 30.0)
    assert (limits.backoff_first_s, limits.backoff_most_s) == (0.25, 30.0)
