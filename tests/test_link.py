"""The links: pacing never changes what arrives, closing ends them, the board speaks like a tracker."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from app.sim_link import Pace, SimLink
from device.board import BoardLink, Packer, RecordedBoard
from device.link import Link, LinkEvent, LinkState, Packet
from device.session import TrackerSession
from device.wire import decode, p8
from edge.samples import Fix, Inertial, Magnetic, Pressure, Samples, select
from hardware_sim.clock import VirtualClock
from hardware_sim.scenarios import scenario
from hardware_sim.world import World

SHORT = dataclasses.replace(scenario("dropouts"), duration_s=260.0)


async def everything(link: Link) -> list[Packet | LinkEvent]:
    return [event async for event in link.packets()]


async def test_the_sim_link_brings_the_world_s_bytes_at_scenario_time() -> None:
    events = await everything(SimLink(World(SHORT, 1), 0))
    packets = [e for e in events if isinstance(e, Packet)]
    frames = list(World(SHORT, 1).frames())
    assert [(p.arrival_s, p.tracker, p.characteristic, p.payload) for p in packets] == [
        (f.t_s, f.tracker, f.characteristic, f.payload) for f in frames
    ]
    states = [(e.tracker, e.state) for e in events if isinstance(e, LinkEvent)]
    assert states[:3] == [(name, LinkState.CONNECTED) for name in ("strap", "watch", "clip")]
    assert ("strap", LinkState.LOST) in states
    assert states[-1] == ("", LinkState.CLOSED)
    assert [s for _, s in states].count(LinkState.CLOSED) == 1


@pytest.mark.parametrize("speed", [1.0, 20.0, 0.0, math.inf])
async def test_any_speed_brings_the_same_events_in_the_time_that_was_asked(speed: float) -> None:
    clock = VirtualClock(1000.0)
    link = SimLink(World(SHORT, 1), speed, Pace(now_s=lambda: clock.now_s, sleep=clock.sleep))
    assert await everything(link) == await everything(SimLink(World(SHORT, 1), 0))
    waited_s = clock.now_s - 1000.0
    paced = speed not in (0.0, math.inf)
    assert waited_s == pytest.approx(259.0 / speed if paced else 0.0, abs=1.5)


async def test_a_link_begun_in_the_middle_waits_only_for_the_rest() -> None:
    clock = VirtualClock()
    link = SimLink(World(SHORT, 1, start_at_s=200.0), 1.0, Pace(now_s=lambda: clock.now_s, sleep=clock.sleep))
    events = await everything(link)
    assert min(e.arrival_s for e in events) >= 200.0
    assert clock.now_s == pytest.approx(59.0, abs=1.5)


async def test_closing_ends_the_stream_with_closed() -> None:
    link, seen = SimLink(World(SHORT, 1), 0), []
    async for event in link.packets():
        seen.append(event)
        if len(seen) == 50:
            await link.close()
    assert len(seen) == 51
    assert isinstance(seen[-1], LinkEvent)
    assert seen[-1].state is LinkState.CLOSED


def test_a_negative_speed_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        SimLink(World(SHORT, 1), -1.0)


async def test_a_session_fed_by_the_link_closes_its_gaps_at_the_end() -> None:
    session, out = TrackerSession(), []
    async for event in SimLink(World(dataclasses.replace(SHORT, duration_s=262.0), 1), 0).packets():
        out += session.feed(event)
    heart_gaps = [g for g in out if getattr(g, "stream", "") == "heart_rate"]
    assert heart_gaps[-1].to_s == pytest.approx(261.0, abs=1.0)


# ── the board ─────────────────────────────────────────────────────────────────────────────────────────────────────


def readings() -> list[Inertial | Magnetic | Pressure | Fix]:
    """Return ten seconds of a board at 50 Hz, with pressure and one fix per second."""
    rng = np.random.default_rng(1)
    t_s = 300.0 + np.arange(500) * 0.02
    made: list[Inertial | Magnetic | Pressure | Fix] = [
        Inertial(t_s[k : k + 25], rng.normal(0.0, 5.0, (25, 3)), rng.normal(0.0, 2.0, (25, 3)))
        for k in range(0, 500, 25)
    ]
    second = 300.0 + np.arange(10.0)
    made += [Pressure(second[k : k + 1], np.array([83_400.0 + k]), np.array([np.nan])) for k in range(10)]
    place = [39.7, -104.97, 1609.0, 2.8, 4.0]
    made += [Fix(second[k : k + 1], *(np.array([value]) for value in place)) for k in range(10)]
    return made


async def test_the_board_is_a_tracker_like_any_other() -> None:
    board = RecordedBoard(readings())
    events = await everything(BoardLink(board, name="phone", now_s=board.clock_s))
    assert board.asked == ["start fix inertial pressure", "stop"]
    assert isinstance(events[-1], LinkEvent)
    assert events[-1].state is LinkState.CLOSED
    samples: tuple[Samples, ...] = TrackerSession(start_s=300.0).feed_all(events)
    moved, air, fix = (select(samples, kind) for kind in (Inertial, Pressure, Fix))
    assert moved is not None
    assert air is not None
    assert fix is not None
    sent = select(tuple(readings()), Inertial)
    assert sent is not None
    np.testing.assert_allclose(moved.t_s, sent.t_s - 300.0, atol=1e-5)
    np.testing.assert_allclose(moved.accel_m_s2, sent.accel_m_s2, atol=0.0025)
    np.testing.assert_allclose(moved.gyro_rad_s, sent.gyro_rad_s, atol=0.0006)
    assert air.pressure_pa.tolist() == [83_400.0 + k for k in range(10)]
    np.testing.assert_allclose(fix.latitude_deg, 39.7, atol=1e-7)
    np.testing.assert_allclose(fix.accuracy_m, 4.0)


async def test_only_the_wanted_sensors_are_started() -> None:
    board = RecordedBoard(readings())
    events = await everything(BoardLink(board, frozenset({"pressure"}), now_s=board.clock_s))
    packets = [e for e in events if isinstance(e, Packet)]
    assert len(packets) == 10
    assert {p8.parse(p.payload).stream for p in packets} == {p8.PRESSURE}


async def test_closing_the_board_stops_its_sensors() -> None:
    class Endless(RecordedBoard):
        def start(self, wanted: frozenset[str], sink: object) -> None:
            self.asked.append("start")

    board = Endless([])
    link = BoardLink(board)
    async for event in link.packets():
        if isinstance(event, LinkEvent) and event.state is LinkState.CONNECTED:
            await link.close()
    assert board.asked == ["start", "stop"]


def test_packed_readings_never_bridge_a_hole() -> None:
    t_s = np.concatenate([np.arange(10) * 0.02, 5.0 + np.arange(10) * 0.02])
    field = Magnetic(t_s, np.full((20, 3), 21.0))
    payloads = list(Packer().feed(field))
    assert len(payloads) == 2
    (first,), (second,) = (decode(p8.DATA, payload) for payload in payloads)
    assert len(first) == len(second) == 10
    assert p8.parse(payloads[1]).device_us == 5_000_000
    assert [p8.parse(payload).seq for payload in payloads] == [0, 1]


def test_rows_that_are_not_numbers_are_not_sent() -> None:
    accel = np.ones((3, 3))
    accel[1] = np.nan
    moved = Inertial(np.array([0.0, 0.02, 0.04]), accel, np.full((3, 3), np.nan))
    payloads = list(Packer().feed(moved))
    assert sum(p8.parse(payload).rows for payload in payloads) == 2
    assert {p8.parse(payload).stream for payload in payloads} == {p8.ACCELERATION}
    assert list(Packer().feed(Pressure(np.empty(0), np.empty(0), np.empty(0)))) == []
