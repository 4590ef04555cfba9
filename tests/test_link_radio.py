"""The link over a scripted adapter, in virtual time: it comes back, tells every loss, and never hangs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from scripted_central import BATTERY, HEART, MAKER, PRESSURE, ScriptedCentral, Tracker

from device.link import LinkEvent, LinkState, Packet
from device.link_errors import LinkError, LinkReason
from device.link_outbox import Outbox
from device.link_radio import TrackerLink
from device.supervise import Report, State
from hardware_sim.virtual_loop import VirtualLoop

A, B, C = "AA:00:00:00:00:01", "AA:00:00:00:00:02", "AA:00:00:00:00:03"
Event = Packet | LinkEvent


def played(
    central: ScriptedCentral, seconds: float, names: Sequence[str] = (A,), reports: list[Report] | None = None
) -> list[Event]:
    """Return what a link brings in some seconds of virtual time, closed at the end."""
    loop = VirtualLoop()

    async def scene() -> list[Event]:
        link = TrackerLink(
            lambda: central,
            names,
            report=(reports if reports is not None else []).append,
            now_s=loop.time,
            rng=np.random.default_rng(1),
            own_thread=False,
        )
        loop.call_later(seconds, lambda: loop.create_task(link.close()))
        return [event async for event in link.packets()]

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(scene())


def beats(events: Sequence[Event], tracker: str = A) -> list[float]:
    return [
        e.arrival_s for e in events if isinstance(e, Packet) and e.characteristic == "2A37" and e.tracker == tracker
    ]


def states(events: Sequence[Event], tracker: str = A) -> list[LinkState]:
    return [e.state for e in events if isinstance(e, LinkEvent) and e.tracker in (tracker, "")]


def test_a_tracker_streams_within_a_second_and_closing_says_goodbye() -> None:
    tracker = Tracker(A)
    events = played(ScriptedCentral(tracker), 20.0)
    assert 17 <= len(beats(events)) <= 20
    assert states(events) == [LinkState.CONNECTED, LinkState.CLOSED]
    assert tracker.log[-1] == "disconnect"
    assert [e.arrival_s for e in events] == sorted(e.arrival_s for e in events)
    said = [(e.characteristic, e.payload) for e in events if isinstance(e, Packet) and e.characteristic != "2A37"]
    assert said == [("2A00", b"a tracker"), ("2A29", b"Kadenz"), ("2A19", b"\x50")]


def test_the_battery_is_read_on_connecting_and_every_five_minutes_the_maker_once() -> None:
    tracker = Tracker(A, away=[(700.0, 706.0)])
    events = played(ScriptedCentral(tracker), 1000.0)
    at = [e.arrival_s for e in events if isinstance(e, Packet) and e.characteristic == "2A19"]
    assert len(at) == 4
    assert np.diff(at[:3]) == pytest.approx([300.0, 300.0], abs=0.5)
    assert 705.0 < at[3] < 709.0
    assert tracker.log.count(f"read {MAKER.uuid}") == 1


def test_one_scan_and_one_attempt_at_a_time_never_beside_each_other() -> None:
    central = ScriptedCentral(Tracker(A), Tracker(B), Tracker(C))
    events = played(central, 10.0, (A, B, C))
    assert central.most_connecting == 1
    assert not central.scanned_beside
    assert all(len(beats(events, name)) >= 7 for name in (A, B, C))


def test_after_a_blackout_all_three_are_back_within_five_seconds_of_the_air() -> None:
    dark = [(100.0, 130.0)]
    central = ScriptedCentral(*(Tracker(name, away=dark) for name in (A, B, C)))
    events = played(central, 200.0, (A, B, C))
    for name in (A, B, C):
        back = [at for at in beats(events, name) if at >= 130.0]
        assert back[0] - 130.0 <= 5.0
        assert states(events, name).count(LinkState.LOST) == 1


@pytest.mark.parametrize("what", ["connect", "read", "subscribe", "disconnect"])
def test_an_operation_that_never_ends_holds_nobody_up(what: str) -> None:
    sick, well = Tracker(A, hangs={what}), Tracker(B)
    events = played(ScriptedCentral(sick, well), 120.0, (A, B))
    assert len(beats(events, B)) >= 90
    assert states(events)[-1] is LinkState.CLOSED
    sick.hangs.clear()
    if what != "disconnect":
        loop_events = played(ScriptedCentral(Tracker(A)), 10.0)
        assert beats(loop_events)


def test_a_stream_that_falls_silent_is_started_again() -> None:
    tracker = Tracker(A, silent=[(50.0, 58.0)])
    events = played(ScriptedCentral(tracker), 100.0)
    lost = [e for e in events if isinstance(e, LinkEvent) and e.state is LinkState.LOST]
    assert lost[0].cause.startswith("no data for 5")
    assert 54.0 < lost[0].arrival_s < 56.0
    assert max(np.diff(beats(events))) < 12.0
    assert len([at for at in beats(events) if at > 62.0]) > 30


def test_a_failing_attempt_is_repeated_and_told_until_it_works() -> None:
    errors = [LinkError(LinkReason.OUT_OF_RANGE) for _ in range(6)]
    reports: list[Report] = []
    events = played(ScriptedCentral(Tracker(A, connect_errors=errors)), 60.0, reports=reports)
    assert len(beats(events)) > 30
    waiting = [r for r in reports if r.state is State.BACKOFF]
    assert [r.failures for r in waiting[:6]] == [1, 2, 3, 4, 5, 6]
    assert {r.reason for r in waiting[:6]} == {LinkReason.OUT_OF_RANGE}


def test_a_tracker_that_wants_to_be_paired_is_paired_once() -> None:
    tracker = Tracker(A, needs_bond=True)
    events = played(ScriptedCentral(tracker), 20.0)
    assert tracker.log.count("pair") == 1
    assert len(beats(events)) >= 15


def test_a_tracker_that_cannot_be_paired_is_explained_and_not_hammered() -> None:
    reports: list[Report] = []
    tracker = Tracker(A, needs_bond=True, pairs=False)
    events = played(ScriptedCentral(tracker), 300.0, reports=reports)
    assert beats(events) == []
    assert LinkReason.NEEDS_BONDING in {r.reason for r in reports}
    assert tracker.log.count("pair") <= 20


def test_a_bond_that_only_this_computer_remembers_is_made_anew() -> None:
    tracker = Tracker(A, needs_bond=True, away=[(20.0, 26.0)])
    central = ScriptedCentral(tracker)
    tracker.bond_lost_s = 22.0
    events = played(central, 60.0)
    assert tracker.log.count("forget bond") == 1
    assert tracker.log.count("pair") == 3
    assert len([at for at in beats(events) if at > 30.0]) > 20


def test_stale_services_are_forgotten_once_and_then_the_tracker_is_named_unusable() -> None:
    tracker = Tracker(A, has=(BATTERY,))
    reports: list[Report] = []
    played(ScriptedCentral(tracker), 30.0, reports=reports)
    assert tracker.log.count("forget services") == 1
    assert LinkReason.UNKNOWN_KIND in {r.reason for r in reports}


@pytest.mark.parametrize("pairs", [True, False])
def test_what_wants_a_bond_that_cannot_be_is_left_out_where_something_else_works(pairs: bool) -> None:
    tracker = Tracker(A, has=(HEART, PRESSURE), bonds_only={"2A6D"}, pairs=pairs)
    assert len(beats(played(ScriptedCentral(tracker), 60.0))) > 35


def test_what_one_service_refuses_the_others_bring() -> None:
    tracker = Tracker(A, refused={"2A19"})
    assert len(beats(played(ScriptedCentral(tracker), 20.0))) >= 15


def test_bluetooth_switched_off_in_between_is_waited_out() -> None:
    events = played(ScriptedCentral(Tracker(A), off=((30.0, 60.0),)), 100.0)
    assert len([at for at in beats(events) if at < 30.0]) > 25
    assert len([at for at in beats(events) if at > 60.0]) > 30


def test_no_bluetooth_to_begin_with_is_an_error_for_the_person() -> None:
    with pytest.raises(LinkError, match="switched off") as caught:
        played(ScriptedCentral(Tracker(A), off=((0.0, 10.0),)), 20.0)
    assert caught.value.reason is LinkReason.OFF


def test_stopping_in_the_middle_of_an_attempt_ends_at_once() -> None:
    events = played(ScriptedCentral(Tracker(A, hangs={"connect"})), 10.0)
    assert events[-1].arrival_s <= 13.0


# ── the outbox ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_full_outbox_lets_the_oldest_go_and_says_what_of_whom() -> None:
    box = Outbox(4)
    box.put(LinkEvent(A, LinkState.CONNECTED, 0.0))
    for second in range(10):
        box.put(Packet(A if second % 2 else B, "2A37", float(second), b""))
    events = [await box.get() for _ in range(7)]
    dropped = [e for e in events if isinstance(e, LinkEvent) and e.state is LinkState.DROPPED]
    assert {(e.tracker, e.characteristic, e.cause.split()[0], e.arrival_s) for e in dropped} == {
        (A, "2A37", "3", 5.0),
        (B, "2A37", "3", 4.0),
    }
    assert [e.arrival_s for e in events if isinstance(e, Packet)] == [6.0, 7.0, 8.0, 9.0]
    assert box.dropped == 6
    assert LinkState.CONNECTED in {e.state for e in events if isinstance(e, LinkEvent)}


async def test_an_outbox_hands_over_between_threads_without_losing_or_reordering() -> None:
    box = Outbox(100_000)

    def fill() -> None:
        for second in range(20_000):
            box.put(Packet(A, HEART.uuid, float(second), b""))

    filling = asyncio.to_thread(fill)
    task = asyncio.create_task(filling)
    got = [(await box.get()).arrival_s for _ in range(20_000)]
    await task
    assert got == [float(second) for second in range(20_000)]


# ── the acceptance program, at reduced size ───────────────────────────────────────────────────────────────────────


def test_no_blackout_of_three_sensors_leaves_a_session_stuck() -> None:
    from faults.blackouts import campaign, figures

    told = figures(*campaign(20, 5))
    assert (told["blackouts"], told["stuck"], told["unclosed_sessions"]) == (20, 0, 0)
    plain = told["plain"]
    assert isinstance(plain, dict) and plain["p95_s"] <= 5.0
