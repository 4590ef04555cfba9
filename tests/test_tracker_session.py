"""Packets to samples: one time line, every loss a gap with its cause, the simulator's truth recovered."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

import numpy as np
import p8_golden as golden
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.clock import DeviceClock
from device.link import LinkEvent, LinkState, Packet
from device.session import TrackerSession
from device.wire import p8
from edge.samples import (
    STREAMS,
    Fix,
    Gap,
    HeartRate,
    Inertial,
    Magnetic,
    Odometer,
    Pressure,
    Samples,
    Stride,
    column_names,
    select,
)
from hardware_sim import faults
from hardware_sim.gait import motion
from hardware_sim.scenarios import scenario
from hardware_sim.weather import altitude_m
from hardware_sim.world import Connection, World

Event = Packet | LinkEvent


def events_of(world: World) -> list[Event]:
    return [
        LinkEvent(e.tracker, LinkState.CONNECTED if e.up else LinkState.LOST, e.t_s, e.cause)
        if isinstance(e, Connection)
        else Packet(e.tracker, e.characteristic, e.t_s, e.payload)
        for e in world.events()
    ]


def played(world: World, session: TrackerSession | None = None) -> tuple[Samples, ...]:
    session = session or TrackerSession(start_s=0.0)
    return (*session.feed_all(events_of(world)), *session.finish(world.duration_s))


def gaps(samples: Sequence[Samples], stream: str = "") -> list[Gap]:
    return [s for s in samples if isinstance(s, Gap) and (not stream or s.stream == stream)]


def plain(samples: Sequence[Samples]) -> list[tuple[object, ...]]:
    """Return samples as values that compare, NaN included."""
    return [
        dataclasses.astuple(s)
        if isinstance(s, Gap)
        else (type(s), *(getattr(s, name).tobytes() for name in column_names(type(s))))  # type: ignore[arg-type]
        for s in samples
    ]


# ── the truth ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def raleigh() -> tuple[World, tuple[Samples, ...]]:
    world = World(scenario("raleigh"), 11)
    return world, played(world)


def truth_at(world: World, column: str, t_s: np.ndarray) -> np.ndarray:
    return np.interp(t_s, world.truth.t_s, getattr(world.truth, column))


def test_heart_rate_is_recovered(raleigh: tuple[World, tuple[Samples, ...]]) -> None:
    world, samples = raleigh
    heart = select(samples, HeartRate)
    assert heart is not None
    error = heart.bpm - truth_at(world, "hr_bpm", heart.t_s)
    assert np.abs(error[60:]).max() <= 5.0
    assert abs(error.mean()) < 0.5
    assert heart.rr_s.sum() == pytest.approx(heart.t_s[-1] - heart.t_s[0], abs=2.0)


def test_cadence_speed_and_distance_are_recovered(raleigh: tuple[World, tuple[Samples, ...]]) -> None:
    world, samples = raleigh
    stride, odometer = select(samples, Stride), select(samples, Odometer)
    assert stride is not None
    assert odometer is not None
    steady = stride.t_s > 30.0
    cadence_error = stride.cadence_spm - truth_at(world, "cadence_spm", stride.t_s)
    assert np.abs(cadence_error[steady]).max() < 6.0
    assert abs(cadence_error[steady].mean()) < 0.5
    assert stride.speed_m_s[steady].mean() == pytest.approx(world.truth.speed_m_s[30:].mean(), rel=0.04)
    assert odometer.distance_m[-1] == pytest.approx(world.truth.distance_m[-1], rel=0.015)


def test_position_and_altitude_are_recovered(raleigh: tuple[World, tuple[Samples, ...]]) -> None:
    world, samples = raleigh
    fix, air = select(samples, Fix), select(samples, Pressure)
    assert fix is not None
    assert air is not None
    north = (fix.latitude_deg - truth_at(world, "latitude_deg", fix.t_s)) * 111_320.0
    east = (fix.longitude_deg - truth_at(world, "longitude_deg", fix.t_s)) * 111_320.0 * np.cos(np.radians(35.78))
    assert np.percentile(np.hypot(north, east), 95) < 9.0
    climb = fix.altitude_m - truth_at(world, "altitude_m", fix.t_s)
    assert climb.std() < 0.6
    heights = altitude_m(world.scenario.weather.sea_level_pa, air.pressure_pa)
    assert (heights - truth_at(world, "altitude_m", air.t_s)).std() < 4.0


def test_motion_is_recovered_with_the_device_s_own_time(raleigh: tuple[World, tuple[Samples, ...]]) -> None:
    world, samples = raleigh
    moved = select(samples, Inertial)
    assert moved is not None
    assert (np.diff(moved.t_s) > 0.0).all()
    assert len(moved) == pytest.approx(52.0 * world.duration_s, rel=0.002)
    worn = next(w for w in world._worn if w.tracker.name == "clip")
    late = moved.t_s > 60.0
    for delay_s in (0.004, 0.01):  # the radio's least delay cannot be seen in one direction
        true = motion(
            world.scenario.runner.gait, world.truth.pacing, moved.t_s[late] - delay_s, "trunk", world.truth.strikes,
            worn.body_from_sensor,
        )  # fmt: skip
        error = moved.gyro_rad_s[late] - true.rate_sensor_rad_s
        if np.sqrt((error**2).mean()) < 0.08:
            break
    else:
        pytest.fail(f"gyroscope off by {np.sqrt((error**2).mean()):.3f} rad/s rms")
    assert np.corrcoef(moved.accel_m_s2[late].ravel(), true.force_sensor_m_s2.ravel())[0, 1] > 0.97


def test_the_open_tracker_delivers_every_stream_with_its_accuracy() -> None:
    samples = played(World(dataclasses.replace(scenario("open"), duration_s=60.0), 2))
    for kind, rate in ((Inertial, 52.0), (Magnetic, 10.0), (Pressure, 10.0), (Fix, 1.0)):
        column = select(samples, kind)
        assert column is not None
        assert len(column) == pytest.approx(60.0 * rate, rel=0.05)
        assert (np.diff(column.t_s) > 0.0).all()
    fix = select(samples, Fix)
    assert fix is not None
    assert (fix.accuracy_m > 0.5).all()
    assert gaps(samples) == []


# ── laws of the stream ────────────────────────────────────────────────────────────────────────────────────────────

FAULTY = dataclasses.replace(
    scenario("dropouts"),
    duration_s=100.0,
    faults=(
        faults.LinkLoss("strap", 20.0, 33.0),
        faults.SatelliteLoss(30.0, 55.0),
        faults.Restart("clip", 40.0),
        faults.Doubled("watch", 50.0, 60.0),
        faults.PacketLoss("clip", 60.0, 80.0, 0.3),
        faults.Garbled("watch", 70.0, 90.0, 0.4),
        faults.Garbled("clip", 82.0, 98.0, 0.4),
    ),
)
FAULTY_EVENTS = events_of(World(FAULTY, 4))
FAULTY_SAMPLES = plain(TrackerSession().feed_all(FAULTY_EVENTS))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, len(FAULTY_EVENTS)), max_size=6))
def test_saving_and_restoring_anywhere_changes_nothing(cuts: list[int]) -> None:
    session, out, edges = TrackerSession(), [], [0, *sorted(cuts), len(FAULTY_EVENTS)]
    for begin, end in itertools.pairwise(edges):
        out += session.feed_all(FAULTY_EVENTS[begin:end])
        session = TrackerSession.restore(session.save())
    assert plain(out) == FAULTY_SAMPLES


def test_time_never_runs_back_and_no_number_is_told_inside_a_gap_of_silence() -> None:
    samples = TrackerSession().feed_all(FAULTY_EVENTS)
    for name, kind in STREAMS.items():
        column = select(samples, kind)
        if column is None:
            continue
        assert (np.diff(column.t_s) > 0.0).all(), name
        for gap in gaps(samples, name):
            if gap.cause.startswith(("connection lost", "no data", "no satellites")):
                inside = (column.t_s > gap.from_s + 1e-9) & (column.t_s < gap.to_s - 1e-9)
                assert not inside.any(), gap


def test_every_stretch_without_numbers_is_covered_by_gaps() -> None:
    samples = (*TrackerSession().feed_all(FAULTY_EVENTS),)
    for name, kind, longest_s in (("heart_rate", HeartRate, 2.2), ("fix", Fix, 2.2), ("inertial", Inertial, 0.2)):
        column = select(samples, kind)
        assert column is not None
        holes = np.flatnonzero(np.diff(column.t_s) > longest_s)
        assert len(holes) > 0, name
        for at in holes:
            begin, end = column.t_s[at], column.t_s[at + 1]
            told = sum(
                min(g.to_s, end) - max(g.from_s, begin)
                for g in gaps(samples, name)
                if g.from_s < end and g.to_s > begin
            )
            assert end - begin - told <= longest_s, (name, begin, end)


# ── single causes ─────────────────────────────────────────────────────────────────────────────────────────────────


def beat(t_s: float, bpm: int = 150, tracker: str = "strap") -> Packet:
    return Packet(tracker, "2A37", t_s, bytes([0, bpm]))


def test_time_begins_with_the_first_packet() -> None:
    session = TrackerSession()
    out = session.feed_all([LinkEvent("strap", LinkState.CONNECTED, 90.0), beat(100.0), beat(101.0)])
    heart = select(out, HeartRate)
    assert heart is not None
    assert heart.t_s.tolist() == [0.0, 1.0]


def test_silence_becomes_a_gap_when_it_is_noticed_and_again_when_it_ends() -> None:
    session = TrackerSession()
    out = session.feed_all([beat(float(t)) for t in range(5)])
    out = session.feed_all([Packet("watch", "2A6D", 5.0 + t, bytes.fromhex("02760f00")) for t in range(8)])
    assert [(g.from_s, g.stream, g.cause) for g in gaps(out)] == [(4.0, "heart_rate", "no data from strap")]
    noticed_s = gaps(out)[0].to_s
    assert 8.5 <= noticed_s <= 10.0
    out = session.feed(beat(14.0))
    assert [(g.from_s, g.to_s) for g in gaps(out)] == [(noticed_s, 14.0)]
    assert select(out, HeartRate) is not None


def test_a_lost_connection_is_told_at_once_with_its_cause_and_to_the_end() -> None:
    session = TrackerSession()
    session.feed_all([beat(0.0), beat(1.0)])
    out = session.feed(LinkEvent("strap", LinkState.LOST, 1.4, "out of range"))
    assert gaps(out) == [Gap(1.0, 1.4, "heart_rate", "connection lost: out of range")]
    assert gaps(session.finish(9.0)) == [Gap(1.4, 9.0, "heart_rate", "connection lost: out of range")]
    assert session.finish(9.0) == ()


def test_a_notification_delivered_twice_counts_once_but_an_equal_one_a_second_later_counts() -> None:
    session = TrackerSession()
    out = session.feed_all([beat(0.0), beat(0.001), beat(1.0)])
    heart = select(out, HeartRate)
    assert heart is not None
    assert (len(heart), session.counts.duplicates) == (2, 1)


@pytest.mark.parametrize("bpm", [0, 251, 255])
def test_an_impossible_heart_rate_is_a_gap_and_not_a_number(bpm: int) -> None:
    session = TrackerSession()
    out = session.feed_all([beat(0.0), beat(1.0, bpm), beat(2.0)])
    heart = select(out, HeartRate)
    assert heart is not None
    assert heart.t_s.tolist() == [0.0, 2.0]
    assert gaps(out) == [Gap(0.0, 1.0, "heart_rate", f"implausible heart rate in beats/min: {bpm}")]


def test_a_long_run_of_impossible_values_is_told_in_few_gaps_without_holes() -> None:
    session = TrackerSession()
    out = [*session.feed_all([beat(0.0), *(beat(float(t), 0) for t in range(1, 46)), beat(46.0)])]
    told = gaps(out)
    assert 4 <= len(told) <= 7
    assert (told[0].from_s, told[-1].to_s) == (0.0, 45.0)
    assert all(a.to_s == b.from_s for a, b in itertools.pairwise(told))


def test_malformed_bytes_are_counted_and_told() -> None:
    session = TrackerSession()
    out = session.feed_all([beat(0.0), Packet("strap", "2A37", 1.0, b"\x01"), beat(2.0)])
    assert session.counts.malformed == 1
    assert gaps(out)[0].cause.startswith("malformed: heart rate")
    out = session.feed(Packet("strap", "ABCD", 3.0, b"\x01"))
    assert (out, session.counts.unknown) == ((), 1)


def test_a_second_source_waits_until_the_first_is_silent() -> None:
    session = TrackerSession()
    both = [p for t in range(6) for p in (beat(float(t)), beat(t + 0.3, 99, "watch"))]
    out = session.feed_all(both)
    heart = select(out, HeartRate)
    assert heart is not None
    assert set(heart.bpm.tolist()) == {150.0}
    assert session.counts.second_source == 6
    out = session.feed_all(
        [LinkEvent("strap", LinkState.LOST, 6.0, "empty"), beat(6.3, 99, "watch"), beat(7.3, 98, "watch")]
    )
    heart = select(out, HeartRate)
    assert heart is not None
    assert heart.bpm.tolist() == [99.0, 98.0]
    assert gaps(out)[-1].cause == "connection lost: empty; now from watch"


def rows(seq: int, device_s: float, arrival_s: float, flags: int = 0, count: int = 10) -> Packet:
    body = p8.pack_motion(np.zeros((count, 3)), np.ones((count, 3)))
    said = p8.DataPacket(p8.MOTION, flags, seq & 0xFFFF, round(device_s * 1e6), 10_000, count, body)
    return Packet("clip", p8.DATA, arrival_s, p8.encode(said))


def test_missing_numbers_are_a_gap_between_the_rows_around_them() -> None:
    session = TrackerSession(start_s=0.0)
    out = session.feed_all([rows(65534, 5.0, 1.0), rows(65535, 5.1, 1.1), rows(2, 5.4, 1.4)])
    (gap,) = gaps(out)
    assert (gap.stream, gap.cause) == ("inertial", "2 packets lost before number 2")
    assert (gap.from_s, gap.to_s) == (pytest.approx(1.1), pytest.approx(1.31))
    assert session.counts.lost == 2


def test_repeated_numbers_are_dropped_and_late_ones_kept() -> None:
    session = TrackerSession(start_s=0.0)
    out = session.feed_all(
        [rows(1, 5.0, 1.0), rows(3, 5.2, 1.2), rows(3, 5.2, 1.25), rows(2, 5.1, 1.3), rows(4, 5.3, 1.35)]
    )
    assert (session.counts.duplicates, session.counts.late, session.counts.lost) == (1, 1, 1)
    moved = select(out, Inertial)
    assert moved is not None
    assert np.diff(np.sort(moved.t_s)) == pytest.approx(np.full(39, 0.01), abs=1e-6)


@pytest.mark.parametrize("flags", [0, p8.RESTARTED])
def test_a_device_that_restarts_begins_a_new_epoch_on_the_same_time_line(flags: int) -> None:
    session = TrackerSession(start_s=0.0)
    session.feed_all([rows(n, 500.0 + 0.1 * n, 1.0 + 0.1 * n) for n in range(200, 240)])
    out = session.feed(rows(0, 0.8, 26.0, flags))
    moved = select(out, Inertial)
    assert moved is not None
    assert moved.t_s[-1] == pytest.approx(26.0)
    assert len(gaps(out)) == 1


def test_a_number_spoiled_by_a_bit_does_not_make_the_rest_late() -> None:
    session = TrackerSession(start_s=0.0)
    packets = [rows(n, 5.0 + 0.1 * n, 1.0 + 0.1 * n) for n in range(200)]
    packets[50] = rows(50 + 0x4000, 10.0, 6.0)
    out = session.feed_all(packets)
    moved = select(out, Inertial)
    assert moved is not None
    assert len(moved) == 2000
    assert session.counts.late == 0


def test_open_tracker_bytes_that_are_cut_are_the_cause_of_the_gap() -> None:
    session = TrackerSession(start_s=0.0)
    broken = Packet("clip", p8.DATA, 1.1, bytes.fromhex(golden.MOTION)[:-3])
    out = session.feed_all([rows(1, 5.0, 1.0), broken, rows(3, 5.2, 1.2)])
    assert "1 packets lost before number 3 (malformed: open tracker rows" in gaps(out)[0].cause


def test_rows_taken_before_the_session_began_are_left_out() -> None:
    session = TrackerSession()
    out = session.feed(rows(1, 5.0, 100.0))
    moved = select(out, Inertial)
    assert moved is not None
    assert moved.t_s.tolist() == pytest.approx([0.0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["strap", "watch", "clip"]),
            st.sampled_from(["2A37", "2A53", "2A67", "2A6D", "2A19", "ABCD", p8.DATA]),
            st.floats(0.0, 8.0),
            st.one_of(st.binary(max_size=40), st.sampled_from([bytes.fromhex(golden.MOTION), bytes.fromhex("0096")])),
        ),
        max_size=40,
    )
)
def test_whatever_arrives_the_session_answers_and_every_gap_has_a_length_and_a_cause(
    arrivals: list[tuple[str, str, float, bytes]],
) -> None:
    session, now_s = TrackerSession(), 0.0
    for tracker, characteristic, passed_s, payload in arrivals:
        now_s += passed_s
        for samples in session.feed(Packet(tracker, characteristic, now_s, payload)):
            if isinstance(samples, Gap):
                assert samples.from_s <= samples.to_s
                assert samples.cause
    assert session.counts.packets == len(arrivals)
    assert TrackerSession.restore(session.save()).save() == session.save()


# ── the clock ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_late_packets_do_not_move_the_clock_and_mapped_time_never_runs_back() -> None:
    rng = np.random.default_rng(3)
    device_s = 1000.0 + np.arange(3000) * 0.37
    arrival_s = (device_s - 1000.0) * (1.0 + 20e-6) + 0.01 + rng.exponential(0.03, 3000)
    arrival_s[1500:1600] = np.maximum(arrival_s[1500:1600], arrival_s[1600])  # a stall, then a burst
    clock, mapped = DeviceClock(), []
    for device, arrival in zip(device_s, arrival_s, strict=True):
        assert not clock.update(float(device), float(arrival))
        mapped.append(float(clock.host_s(np.array([device]))[0]))
    error = np.array(mapped) - (device_s - 1000.0) * (1.0 + 20e-6)
    assert (np.diff(mapped) > 0.0).all()
    assert np.abs(error[100:] - np.median(error[100:])).max() < 0.02


@pytest.mark.parametrize("jump_s", [-900.0, -3.0, 2.0, 3600.0])
def test_a_jump_of_the_device_clock_is_noticed_at_once(jump_s: float) -> None:
    clock = DeviceClock()
    for n in range(50):
        clock.update(10.0 + n, 5.0 + n)
    assert clock.update(60.0 + jump_s, 55.0)
    assert clock.epoch == 1
    assert clock.host_s(np.array([60.0 + jump_s])).tolist() == [55.0]
    assert not clock.update(61.0 + jump_s, 56.0)
    assert DeviceClock.restore(clock.save()).save() == clock.save()


def test_a_clock_set_back_by_less_than_the_packets_are_apart_is_noticed_within_two_seconds() -> None:
    clock = DeviceClock()
    for n in range(50):
        clock.update(10.0 + n, 5.0 + n)
    began_anew = [clock.update(60.0 + n - 1.5, 55.0 + n) for n in range(4)]
    assert sum(began_anew) == 1
    assert any(began_anew[:3])


def test_a_queue_that_drains_is_no_new_clock() -> None:
    clock = DeviceClock()
    for n in range(50):
        clock.update(10.0 + n, 5.0 + n)
    drained = [clock.update(60.0 + n, 95.0 + 0.1 * n) for n in range(40)]
    assert not any(drained)
