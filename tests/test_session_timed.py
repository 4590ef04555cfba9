"""Payloads with the device's own time: one time line, losses named, repeats dropped, both sensors in one row."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tracker_session import gaps, plain

from device.link import LinkEvent, LinkState, Packet
from device.pairing import Pair
from device.session import TrackerSession
from device.wire import bangle, environment, movesense, polar, polar_control, running
from device.wire.polar_control import ControlAnswer, Operation, Settings
from device.wire.polar_frame import PmdType
from edge.samples import Cycling, DeviceInfo, HeartRate, Inertial, Pressure, Samples, Stride, select

G = 9.80665
BORN_NS = 700_000_000_000_000_000
"""Device time of the first sample: some 22 years after 2000."""


# ── Polar ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def frame(kind: PmdType, last_s: float, rows: np.ndarray) -> bytes:
    """Return a raw frame of 16-bit rows whose last was taken at a device time in s after the first sample."""
    raw_type = {PmdType.ACC: 1, PmdType.GYRO: 0}[kind]
    head = struct.pack("<BQB", kind, BORN_NS + round(last_s * 1e9), raw_type)
    return head + rows.astype("<i2").tobytes()


def started(kind: PmdType, rate_hz: int = 52, factor: float = 1.0) -> list[Packet]:
    ask = polar_control.encode_start(kind, Settings(rate_hz=(rate_hz,), resolution_bits=(16,)))
    parameters = polar_control.encode_settings(Settings(factor=(factor,)))
    answer = polar_control.encode_control(ControlAnswer(Operation.START, kind, parameters=parameters))
    return [Packet("band", polar.CONTROL, 0.0, ask), Packet("band", polar.CONTROL, 0.05, answer)]


def acc(number: int, *, delay_s: float = 0.05, rows: int = 26, rate_hz: float = 52.0) -> Packet:
    """Return frame `number` of an accelerometer: row k of the stream reads k mod 1000 milli-g on x."""
    first, last_s = number * rows, ((number + 1) * rows - 1) / rate_hz
    counts = np.column_stack([np.arange(first, first + rows) % 1000, np.zeros(rows), np.full(rows, 1000)])
    return Packet("band", polar.DATA, 1.0 + last_s + delay_s, frame(PmdType.ACC, last_s, counts))


def fed(packets: Sequence[Packet | LinkEvent], start_s: float = 0.0) -> tuple[tuple[Samples, ...], TrackerSession]:
    session = TrackerSession(start_s=start_s)
    return session.feed_all(packets), session


def motion(samples: Sequence[Samples]) -> Inertial:
    found = select(tuple(samples), Inertial)
    assert found is not None
    return found


def test_a_polar_accelerometer_comes_at_its_own_rate_in_si_units() -> None:
    out, session = fed([*started(PmdType.ACC), *(acc(n) for n in range(20))])
    moved = motion(out)
    assert len(moved) == 520
    np.testing.assert_allclose(np.diff(moved.t_s), 1.0 / 52.0, atol=2e-4)
    np.testing.assert_allclose(moved.accel_m_s2[:, 0], (np.arange(520) % 1000) * G / 1000.0, atol=1e-9)
    assert moved.t_s[-1] == pytest.approx(1.0 + 519 / 52.0 + 0.05, abs=0.01)
    assert gaps(out) == [] and session.counts.unknown == 0


def test_a_missing_polar_frame_is_a_gap_between_the_rows_around_it() -> None:
    out, session = fed([*started(PmdType.ACC), *(acc(n) for n in range(20) if n != 10)])
    (gap,) = gaps(out)
    assert gap.stream == "inertial" and "of the device's time are missing" in gap.cause
    assert gap.to_s - gap.from_s == pytest.approx(27 / 52.0, abs=0.01)
    moved = motion(out)
    inside = (moved.t_s > gap.from_s + 1e-6) & (moved.t_s < gap.to_s - 1e-6)
    assert not inside.any()
    assert session.counts.lost == 1


def test_a_polar_frame_that_comes_twice_counts_once_even_seconds_later() -> None:
    frames = [acc(n) for n in range(8)]
    again = [Packet("band", polar.DATA, one.arrival_s + 0.3, one.payload) for one in frames]
    merged = sorted([*frames, *again], key=lambda one: one.arrival_s)
    out, session = fed([*started(PmdType.ACC), *merged])
    assert len(motion(out)) == 8 * 26
    assert session.counts.duplicates == 8


def test_a_late_polar_frame_is_kept_as_late() -> None:
    frames = [acc(n) for n in range(8)]
    late = Packet("band", polar.DATA, frames[5].arrival_s + 0.01, frames[4].payload)
    out, session = fed([*started(PmdType.ACC), *frames[:4], frames[5], late, *frames[6:]])
    assert session.counts.late == 1
    assert len(motion(out)) == 8 * 26


def test_a_polar_clock_that_falls_back_to_2019_begins_a_new_epoch_on_the_same_time_line() -> None:
    def reset(number: int) -> Packet:
        one = acc(number)
        payload = bytearray(one.payload)
        payload[1:9] = struct.pack("<Q", struct.unpack_from("<Q", one.payload, 1)[0] - BORN_NS + 599_616_000 * 10**9)
        return Packet("band", polar.DATA, one.arrival_s, bytes(payload))

    out, _ = fed([*started(PmdType.ACC), *(acc(n) for n in range(10)), *(reset(n) for n in range(10, 20))])
    moved = motion(out)
    assert len(moved) == pytest.approx(520, abs=30)
    assert (np.diff(moved.t_s) > 0.0).all()
    assert moved.t_s[-1] == pytest.approx(1.0 + 519 / 52.0 + 0.05, abs=0.1)


def gyro(number: int, *, rows: int = 30, rate_hz: float = 50.0) -> Packet:
    """Return frame `number` of a gyroscope whose x axis reads its own device time in hundredths."""
    t_s = (number * rows + np.arange(rows)) / rate_hz
    counts = np.column_stack([np.rint(t_s * 100.0), np.zeros(rows), np.zeros(rows)])
    return Packet("band", polar.DATA, 1.0 + t_s[-1] + 0.05, frame_gyro(t_s[-1], counts))


def frame_gyro(last_s: float, counts: np.ndarray) -> bytes:
    head = polar.PmdHeader(PmdType.GYRO, BORN_NS + round(last_s * 1e9), 0, True)
    return polar.encode(head, counts.astype(np.int64))


BOTH = sorted([*(acc(n) for n in range(20)), *(gyro(n) for n in range(17))], key=lambda one: one.arrival_s)


def test_accelerometer_and_gyroscope_of_one_sensor_become_rows_with_both() -> None:
    control = [*started(PmdType.ACC), *started(PmdType.GYRO, 50, 0.01)]
    out, _ = fed([*control, *BOTH, LinkEvent("", LinkState.CLOSED, 12.0)])
    moved = motion(out)
    assert len(moved) == 520
    assert (np.diff(moved.t_s) > 0.0).all()
    device_s = np.arange(520) / 52.0
    paired = np.isfinite(moved.gyro_rad_s[:, 0])
    assert paired.mean() > 0.9
    np.testing.assert_allclose(moved.gyro_rad_s[paired, 0], np.radians(device_s[paired]), atol=2e-4)
    assert np.isfinite(moved.accel_m_s2).all()


def test_a_gyroscope_that_stops_does_not_hold_the_accelerometer_back() -> None:
    stopped = [one for one in BOTH if one.payload[0] & 0x3F == PmdType.ACC or one.arrival_s < 5.0]
    out, _ = fed([*started(PmdType.ACC), *started(PmdType.GYRO, 50, 0.01), *stopped])
    moved = motion(out)
    assert moved.t_s[-1] > 11.05 - 2.6
    assert np.isnan(moved.gyro_rad_s[-10:]).all()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, len(BOTH)), max_size=5))
def test_saving_and_restoring_between_frames_changes_nothing(cuts: list[int]) -> None:
    control = [*started(PmdType.ACC), *started(PmdType.GYRO, 50, 0.01)]
    whole, _ = fed([*control, *BOTH])
    session, out = TrackerSession(start_s=0.0), []
    out += session.feed_all(control)
    for begin, end in itertools.pairwise([0, *sorted(cuts), len(BOTH)]):
        out += session.feed_all(BOTH[begin:end])
        session = TrackerSession.restore(session.save())
    assert plain(out) == plain(whole)


def test_a_lost_connection_tells_the_rows_that_waited_before_it_tells_the_gap() -> None:
    out, _ = fed(
        [*started(PmdType.ACC), *started(PmdType.GYRO, 50, 0.01), *BOTH, LinkEvent("band", LinkState.LOST, 11.2)]
    )
    assert len(motion(out)) == 520
    (gap,) = gaps(out)
    assert gap.from_s == pytest.approx(float(motion(out).t_s[-1]))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 40)), min_size=1, max_size=30),
    st.floats(20.0, 104.0),
    st.floats(20.0, 104.0),
)
@settings(max_examples=60, deadline=None)
def test_pairing_loses_no_row_and_keeps_their_order(
    chunks: list[tuple[bool, int]], accel_hz: float, gyro_hz: float
) -> None:
    pair, counts, out = Pair(), [0, 0], []
    for is_gyro, rows in chunks:
        rate = gyro_hz if is_gyro else accel_hz
        t_s = (counts[is_gyro] + np.arange(rows)) / rate
        counts[is_gyro] += rows
        values = np.column_stack([t_s, t_s, t_s])
        out.append(pair.gyroscope(t_s, values) if is_gyro else pair.accelerometer(t_s, values))
    out.append(pair.flush())
    told = [one for one in out if one is not None]
    t_s = np.concatenate([one.t_s for one in told]) if told else np.empty(0)
    assert t_s.tolist() == (np.arange(counts[0]) / accel_hz).tolist()
    for one in told:
        known = np.isfinite(one.gyro_rad_s[:, 0])
        np.testing.assert_allclose(one.gyro_rad_s[known, 0], one.t_s[known], atol=1e-9)


# ── Movesense and cycling ─────────────────────────────────────────────────────────────────────────────────────────


def imu(number: int) -> Packet:
    rows = 4
    both = (np.full((rows, 3), float(number)), np.full((rows, 3), float(number)))
    (payload,) = movesense.encode_measurement(7, 5000 + round(number * rows * 1000.0 / 52.0), both)
    return Packet("pod", movesense.NOTIFY, 2.0 + number * rows / 52.0, payload)


def test_movesense_rows_come_with_the_sensor_s_time_and_a_loss_is_named() -> None:
    told = Packet("pod", movesense.WRITE, 0.0, movesense.encode_subscribe(7, "/Meas/IMU6/52"))
    packets = [imu(n) for n in range(40) if n != 20]
    out, session = fed([told, *packets, *packets[-2:]])
    moved = motion(out)
    assert len(moved) == 39 * 4
    assert (np.diff(moved.t_s) > 0.0).all()
    (gap,) = gaps(out)
    assert gap.stream == "inertial" and "are missing" in gap.cause
    assert session.counts.duplicates == 2


def test_cycling_speed_comes_from_two_payloads_of_the_same_sensor() -> None:
    def turn(number: int) -> Packet:
        body = struct.pack("<BIH", 1, number * 2, number * 1024 & 0xFFFF)
        return Packet("bike", "2A5B", float(number), body)

    out, _ = fed([turn(n) for n in range(1, 10)])
    ride = select(out, Cycling)
    assert ride is not None
    np.testing.assert_allclose(ride.speed_m_s[1:], 2 * 2.105, atol=1e-9)


# ── trust ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def beat(t_s: float, payload: bytes | None = None) -> Packet:
    return Packet("strap", "2A37", t_s, bytes([0, 150]) if payload is None else payload)


def test_a_sensor_that_sends_rubbish_half_the_time_is_not_believed_until_it_is_sound_again() -> None:
    sound, rubbish = [beat(float(t)) for t in range(10)], []
    for t in range(10, 50):
        rubbish.append(beat(float(t), b"\x01" if t % 2 else None))
    after = [beat(float(t)) for t in range(50, 80)]
    out, session = fed([*sound, *rubbish, *after])
    heart = select(out, HeartRate)
    assert heart is not None
    held = [g for g in gaps(out) if g.cause.startswith("quarantined: 10 of the last 20 payloads were malformed")]
    assert held
    assert session.counts.quarantined > 5
    assert not ((heart.t_s > 32.0) & (heart.t_s < 58.0)).any()
    assert (heart.t_s >= 60.0).sum() == 20
    every = sorted([*heart.t_s.tolist(), *(g.to_s for g in gaps(out))])
    assert max(np.diff(every)) <= 10.0


def test_a_sensor_with_a_few_broken_payloads_stays_believed() -> None:
    out, session = fed([beat(float(t), b"\x01" if t % 5 == 0 else None) for t in range(100)])
    heart = select(out, HeartRate)
    assert heart is not None and len(heart) == 80
    assert (session.counts.malformed, session.counts.quarantined) == (20, 0)


def test_packets_let_go_on_this_computer_are_a_gap_with_that_cause() -> None:
    cause = "3 packets let go: this computer was too slow to take them"
    out, _ = fed([beat(0.0), beat(1.0), LinkEvent("strap", LinkState.DROPPED, 4.0, cause, "2A37"), beat(5.0)])
    assert [(g.from_s, g.to_s, g.stream, g.cause) for g in gaps(out)] == [(1.0, 4.0, "heart_rate", cause)]


# ── who it is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_a_tracker_is_is_told_once_when_it_is_connected() -> None:
    said = [
        Packet("strap", "2A29", 0.0, b"Kadenz"),
        Packet("strap", "2A24", 0.0, b"HR-1\0"),
        Packet("strap", "2A26", 0.0, b"1.2"),
    ]
    up = LinkEvent("strap", LinkState.CONNECTED, 0.1)
    out, session = fed([*said, up, beat(1.0), LinkEvent("strap", LinkState.LOST, 2.0), *said, up])
    assert [one for one in out if isinstance(one, DeviceInfo)] == [DeviceInfo("Kadenz", "HR-1", "1.2", "")]
    assert session.counts.unknown == 0
    again = TrackerSession.restore(session.save())
    assert [one for one in again.feed(up) if isinstance(one, DeviceInfo)] == []


@pytest.mark.parametrize(("name", "spm"), [("TICKR X 1234", 88.0), ("Foot pod", 176.0)])
def test_a_listed_tracker_s_cadence_is_not_doubled(name: str, spm: float) -> None:
    body = running.encode(running.RunningMeasurement(2.8, 88))
    out, _ = fed([Packet("pod", "2A00", 0.0, name.encode()), Packet("pod", running.UUID, 1.0, body)])
    stride = select(out, Stride)
    assert stride is not None and stride.cadence_spm.tolist() == [spm]


def test_a_bangle_s_pressure_is_what_it_means() -> None:
    body = environment.encode_pressure(1013.0)
    out, _ = fed([Packet("watch", "2A00", 0.0, b"Bangle.js 1a2b"), Packet("watch", "2A6D", 1.0, body)])
    air = select(out, Pressure)
    assert air is not None and air.pressure_pa.tolist() == [101_300.0]
    assert bangle.sends_hectopascal("Bangle.js 1a2b")
    out, _ = fed([Packet("watch", "2A6D", 1.0, body)])
    assert select(out, Pressure) is None and gaps(out)[0].cause.startswith("implausible pressure")


def test_motion_with_turning_is_taken_before_acceleration_alone() -> None:
    alone = [
        Packet("wrist", bangle.ACCELERATION, 0.1 * n, bangle.encode_acceleration((0.0, 0.0, G))) for n in range(40)
    ]
    told = Packet("pod", movesense.WRITE, 0.0, movesense.encode_subscribe(7, "/Meas/IMU6/52"))
    out, _ = fed(sorted([told, *alone, *(imu(n) for n in range(25))], key=lambda one: one.arrival_s))
    moved = motion(out)
    assert (np.diff(moved.t_s) > 0.0).all()
    turning = np.isfinite(moved.gyro_rad_s[:, 0])
    assert turning[moved.t_s > 2.2].all() and not turning[moved.t_s < 1.9].any()
    assert not math.isnan(moved.t_s[-1])
