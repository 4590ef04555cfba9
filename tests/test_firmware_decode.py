"""Encoder and decoder check each other: what the simulated trackers send, read with device.wire, is what was true.

The two sides share no code; both were written from the documents. Links are ideal here, so that an arrival is the
instant at which a tracker sent.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from numpy.typing import NDArray
from radio_client import Client, model, wearing

from device.wire import bangle, csc, decode, heart_rate, infinitime, movesense, p8, polar, polar_control, thingy
from device.wire.polar_frame import PmdType
from edge.samples import (
    Cycling,
    Fix,
    HeartRate,
    Inertial,
    Magnetic,
    Odometer,
    Pressure,
    Samples,
    Stride,
    Temperature,
    select,
)
from hardware_sim.firmware.tracker import TrackerFirmware
from hardware_sim.gait import step_phase
from hardware_sim.peripheral import full_uuid
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.trackers import Worn, true_motion

Array = NDArray[np.float64]
END_S = 130.0
SETTLED_S = 40.0


def followed(played: Scenario, *, uuids: Iterable[str] = (), writes: Iterable[tuple[str, bytes]] = ()) -> Client:
    """Return a client that listened to one tracker from the start."""
    client = Client(played)
    client.connect()
    for uuid in uuids:
        client.subscribe(uuid)
    for uuid, request in writes:
        client.write(uuid, request)
    client.run(END_S)
    return client


def worn_by(client: Client) -> Worn:
    one = client.radio.find("one")
    assert isinstance(one, TrackerFirmware)
    return one.worn(client.now_s)


def decoded(client: Client, uuid: str) -> tuple[Samples, ...]:
    return tuple(s for at_s, payload in client.notes["one", full_uuid(uuid)] for s in decode(uuid, payload, t_s=at_s))


def column(samples: tuple[Samples, ...], kind: type, name: str) -> tuple[Array, Array]:
    """Return times and one column of all samples of a kind after the start has settled."""
    found = select(samples, kind)
    assert found is not None
    keep = found.t_s > SETTLED_S
    return found.t_s[keep], np.asarray(getattr(found, name))[keep]


def true_at(client: Client, name: str, t_s: Array) -> Array:
    truth = worn_by(client).truth
    return np.interp(t_s, truth.t_s, getattr(truth, name))


def one(name: str, **values: object) -> Scenario:
    return wearing(model(name, **values))


# ── standard services ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name", ["heart-rate-strap", "polar-h10", "verity-sense", "vantage-v3", "bangle-js2", "pinetime"]
)
def test_heart_rates_are_those_of_the_heart(name: str) -> None:
    client = followed(one(name), uuids=["2A37"])
    t_s, bpm = column(decoded(client, "2A37"), HeartRate, "bpm")
    assert len(t_s) > 80
    assert np.abs(bpm - true_at(client, "hr_bpm", t_s - 2.0)).max() < 7.0
    assert np.abs(np.mean(bpm - true_at(client, "hr_bpm", t_s - 2.0))) < 1.0


@pytest.mark.parametrize("name", ["heart-rate-strap", "polar-h10"])
def test_beat_intervals_are_those_between_the_beats(name: str) -> None:
    client = followed(one(name), uuids=["2A37"])
    seen = [heart_rate.parse(payload) for payload in client.of("2A37")]
    intervals = np.concatenate([np.atleast_1d(each.rr_s) for each in seen])
    beats = worn_by(client).truth.beats_s
    last = int(np.searchsorted(beats, client.notes["one", full_uuid("2A37")][-1][0]))
    true = np.diff(beats)[last - len(intervals) : last - 1]
    np.testing.assert_allclose(intervals[-60:], true[-60:], atol=1.0 / 1024.0)


def test_a_foot_pod_knows_cadence_speed_and_distance() -> None:
    client = followed(one("foot-pod"), uuids=["2A53"])
    t_s, cadence = column(decoded(client, "2A53"), Stride, "cadence_spm")
    _, speed = column(decoded(client, "2A53"), Stride, "speed_m_s")
    assert np.abs(cadence - true_at(client, "cadence_spm", t_s)).max() < 6.0
    assert np.abs(np.mean(speed / true_at(client, "speed_m_s", t_s)) - 1.0) < 0.05


def test_a_watch_knows_where_it_is_and_how_the_air_is() -> None:
    client = followed(one("watch"), uuids=["2A67", "2A6D", "2A6E"])
    samples = decoded(client, "2A67")
    t_s, latitude = column(samples, Fix, "latitude_deg")
    _, longitude = column(samples, Fix, "longitude_deg")
    north = (latitude - true_at(client, "latitude_deg", t_s)) * 111_320.0
    east = (longitude - true_at(client, "longitude_deg", t_s)) * 111_320.0 * np.cos(np.radians(latitude))
    assert np.hypot(north, east).max() < 12.0
    t_s, distance = column(samples, Odometer, "distance_m")
    assert np.abs(distance - true_at(client, "distance_m", t_s)).max() < 8.0
    t_s, air = column(decoded(client, "2A6D"), Pressure, "pressure_pa")
    assert np.ptp(air - true_at(client, "pressure_pa", t_s)) < 20.0
    _, warmth = column(decoded(client, "2A6E"), Temperature, "temperature_c")
    assert 14.0 < warmth.min() <= warmth.max() < 26.0


def test_a_treadmill_tells_the_belt_and_the_heart() -> None:
    client = followed(one("treadmill"), uuids=["2ACD"])
    t_s, speed = column(decoded(client, "2ACD"), Odometer, "speed_m_s")
    np.testing.assert_allclose(speed, true_at(client, "speed_m_s", np.floor(t_s)), atol=0.01)
    t_s, distance = column(decoded(client, "2ACD"), Odometer, "distance_m")
    np.testing.assert_allclose(distance, true_at(client, "distance_m", np.floor(t_s)), atol=0.51)
    t_s, bpm = column(decoded(client, "2ACD"), HeartRate, "bpm")
    assert np.abs(bpm - true_at(client, "hr_bpm", t_s - 2.0)).max() < 7.0


def test_a_bicycle_sensor_s_turns_give_the_speed() -> None:
    client = followed(one("cycling-sensor"), uuids=["2A5B"])
    stream = csc.CscStream()
    samples = tuple(s for at_s, p in client.notes["one", full_uuid("2A5B")] for s in stream.feed(p, at_s))
    t_s, speed = column(samples, Cycling, "speed_m_s")
    keep = np.isfinite(speed)
    assert np.mean(keep) > 0.9
    assert np.abs(speed - true_at(client, "speed_m_s", t_s))[keep].max() < 0.15


# ── motion ────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_motion(client: Client, t_s: Array, accel: Array | None, gyro: Array | None, step_m_s2: float) -> None:
    """Compare with the true motion at true instants: bias and noise of the sensor are all that is left."""
    worn = worn_by(client)
    moved = true_motion(worn, t_s)
    if accel is not None:
        off = accel - moved.force_sensor_m_s2 - worn.imu.accel_bias_m_s2
        assert np.abs(off).max() < 6.0 * worn.imu.accel_noise_m_s2 + 0.5 * step_m_s2
    if gyro is not None:
        off = gyro - moved.rate_sensor_rad_s - worn.imu.gyro_bias_rad_s
        assert np.abs(off).max() < 6.0 * worn.imu.gyro_noise_rad_s + 0.5 * np.radians(1.0 / 16.0)


@pytest.mark.parametrize(
    ("name", "kind", "rate"),
    [
        ("polar-h10", PmdType.ACC, 25), ("polar-h10", PmdType.ACC, 200), ("verity-sense", PmdType.ACC, 52),
        ("verity-sense", PmdType.GYRO, 52), ("vantage-v3", PmdType.ACC, 50), ("vantage-v3", PmdType.GYRO, 50),
    ],
)  # fmt: skip
def test_polar_motion_is_the_true_motion_at_the_sensor_s_own_time(name: str, kind: PmdType, rate: int) -> None:
    client, samples = pmd(name, kind, rate)
    found = select(samples, Inertial)
    assert found is not None
    assert len(found.t_s) == pytest.approx(rate * (END_S - 1.0), rel=0.03)
    true_s = true_time(client, found.t_s)
    assert np.diff(true_s) == pytest.approx(np.full(len(true_s) - 1, 1.0 / rate), rel=1e-3)
    rows = true_s > 5.0
    accel = found.accel_m_s2[rows] if kind is PmdType.ACC else None
    gyro = found.gyro_rad_s[rows] if kind is PmdType.GYRO else None
    check_motion(client, true_s[rows], accel, gyro, 9.80665e-3)


def pmd(name: str, kind: PmdType, rate: int) -> tuple[Client, tuple[Samples, ...]]:
    """Return what a sensor sends when its own offer is taken at the nearest rate, decoded."""
    client = Client(one(name, clock_ppm=35.0))
    client.connect()
    client.subscribe(polar.CONTROL)
    client.subscribe(polar.DATA)
    offered = polar_control.parse_control(bytes.fromhex(client.asked(polar.CONTROL, f"01{int(kind):02x}")))
    assert isinstance(offered, polar_control.ControlAnswer)
    chosen = polar_control.choose(offered.settings(), rate_hz=rate)
    request = polar_control.encode_start(kind, chosen).hex()
    answer = polar_control.parse_control(bytes.fromhex(client.asked(polar.CONTROL, request)))
    assert isinstance(answer, polar_control.ControlAnswer)
    assert answer.status is polar_control.PmdStatus.SUCCESS
    stream = polar.PmdStream()
    stream.configure(kind, chosen)
    stream.configure(kind, answer.settings())
    client.run(END_S)
    return client, tuple(s for payload in client.of(polar.DATA) for s in stream.feed(payload))


def true_time(client: Client, device_s: Array) -> Array:
    """Return the true instants of a Polar sensor's stamps: its clock runs 35 ppm fast."""
    start_s = worn_by(client).scenario.place.start_unix_s - polar.UNIX_S_AT_ZERO
    return (device_s - start_s) / (1.0 + 35e-6)


def test_polar_stamps_are_the_time_of_the_last_row_of_a_frame_just_sent() -> None:
    client, samples = pmd("polar-h10", PmdType.ACC, 50)
    ends = [true_time(client, s.t_s)[-1] for s in samples]
    arrivals = [at_s for at_s, _ in client.notes["one", full_uuid(polar.DATA)]]
    np.testing.assert_allclose(ends, arrivals, atol=1e-5)


def test_the_electrocardiogram_peaks_where_the_heart_beats() -> None:
    client = Client(one("polar-h10"))
    client.connect()
    client.subscribe(polar.DATA)
    client.write(polar.CONTROL, polar_control.encode_start(PmdType.ECG))
    client.run(END_S)
    volt, t_s = [], []
    for payload in client.of(polar.DATA):
        frame = polar.parse(payload)
        assert frame.header.type is PmdType.ECG
        values = frame.values[:, 0]
        last_s = true_time(client, np.array([frame.header.device_ns / 1e9]))[0]
        volt.append(values)
        t_s.append(last_s - np.arange(len(values) - 1, -1, -1) / 130.0)
    signal, when = np.concatenate(volt), np.concatenate(t_s)
    assert np.diff(when) == pytest.approx(np.full(len(when) - 1, 1.0 / 130.0), rel=0.02)
    top = (signal[1:-1] > 600) & (signal[1:-1] >= signal[:-2]) & (signal[1:-1] > signal[2:])
    peaks = when[1:-1][top]
    beats = worn_by(client).truth.beats_s
    beats = beats[(beats > when[2]) & (beats < when[-3])]
    assert len(peaks) == pytest.approx(len(beats), abs=1)
    assert np.abs(peaks[:, None] - beats[None, :]).min(axis=1).max() < 1.0 / 130.0 + 0.002


def test_polar_field_pressure_position_and_pulse_are_the_true_ones() -> None:
    client, samples = pmd("vantage-v3", PmdType.MAG, 50)
    found = select(samples, Magnetic)
    assert found is not None
    strength = np.linalg.norm(found.field_ut, axis=1)
    assert np.abs(strength - np.hypot(21.0, 44.0)).max() < 4.0
    attitude = true_motion(worn_by(client), true_time(client, found.t_s)).world_from_sensor
    east_north_up = np.einsum("nij,nj->ni", attitude, found.field_ut)
    np.testing.assert_allclose(east_north_up.mean(axis=0), [0.0, 21.0, -44.0], atol=0.3)
    client, samples = pmd("vantage-v3", PmdType.PRESSURE, 10)
    air = select(samples, Pressure)
    assert air is not None
    off = air.pressure_pa - true_at(client, "pressure_pa", true_time(client, air.t_s))
    assert np.ptp(off) < 20.0
    assert np.abs(off.mean()) < 250.0
    client, samples = pmd("vantage-v3", PmdType.LOCATION, 1)
    fix = select(samples, Fix)
    assert fix is not None
    off = fix.latitude_deg - true_at(client, "latitude_deg", true_time(client, fix.t_s))
    assert np.abs(off * 111_320.0).max() < 10.0
    client, samples = pmd("verity-sense", PmdType.PPI, 1)
    beats = select(samples, HeartRate)
    assert beats is not None
    assert np.abs(60.0 / beats.rr_s[-40:] - true_at(client, "hr_bpm", true_time(client, beats.t_s))[-40:]).max() < 8.0


def test_a_compressed_pulse_decodes_and_beats_with_the_heart() -> None:
    client = Client(one("verity-sense"))
    client.connect()
    client.subscribe(polar.DATA)
    client.write(polar.CONTROL, polar_control.encode_start(PmdType.PPG))
    client.run(END_S)
    rows = np.concatenate([polar.parse(payload).values for payload in client.of(polar.DATA)])
    assert rows.shape[1] == 4
    light = rows[-55 * 60 :, 0] - rows[-55 * 60 :, 0].mean()
    spectrum = np.abs(np.fft.rfft(light))
    rate_bpm = 60.0 * np.fft.rfftfreq(len(light), 1.0 / 55.0)
    found = rate_bpm[20:][np.argmax(spectrum[20:])]
    assert found == pytest.approx(worn_by(client).truth.hr_bpm[70:130].mean(), abs=4.0)


def test_the_open_tracker_s_streams_are_true() -> None:
    client = Client(one("open-tracker", clock_ppm=35.0))
    client.connect()
    client.subscribe(p8.CONTROL)
    client.subscribe(p8.DATA)
    for stream in (p8.MOTION, p8.MAGNETIC, p8.PRESSURE, p8.POSITION):
        client.asked(p8.CONTROL, f"01{stream:02x}000000")
    client.run(END_S)
    worn = worn_by(client)
    packets = [p8.parse(payload) for payload in client.of(p8.DATA)]
    for stream in (p8.MOTION, p8.MAGNETIC, p8.PRESSURE, p8.POSITION):
        mine = [packet for packet in packets if packet.stream == stream]
        assert [packet.seq for packet in mine] == list(range(len(mine)))
        assert [packet.flags for packet in mine[:2]] == [p8.RESTARTED, 0]
    samples = []
    for packet in packets:
        device_s = packet.device_us * 1e-6 + packet.offsets_s()
        true_s = (device_s - worn.clock.boot_us * 1e-6) / (1.0 + 35e-6)
        samples += p8.samples(packet, true_s)
    moved, air, fix = (select(tuple(samples), kind) for kind in (Inertial, Pressure, Fix))
    assert moved is not None
    assert air is not None
    assert fix is not None
    late = moved.t_s > 5.0
    check_motion(client, moved.t_s[late], moved.accel_m_s2[late], moved.gyro_rad_s[late], 9.80665 / 2048.0)
    assert np.ptp(air.pressure_pa - true_at(client, "pressure_pa", air.t_s)) < 25.0
    assert np.abs(fix.latitude_deg - true_at(client, "latitude_deg", fix.t_s)).max() * 111_320.0 < 10.0


def test_a_thingy_s_motion_attitude_steps_and_air_are_true() -> None:
    uuids = [thingy.RAW, thingy.QUATERNION, thingy.EULER, thingy.HEADING, thingy.GRAVITY, thingy.ROTATION]
    client = followed(one("thingy52"), uuids=[*uuids, thingy.STEPS, thingy.PRESSURE, thingy.TEMPERATURE])
    at = {uuid: [t for t, _ in client.notes["one", full_uuid(uuid)]] for uuid in [*uuids, thingy.STEPS]}
    raw = [thingy.parse_raw(payload) for payload in client.of(thingy.RAW)]
    accel, gyro = (np.array([getattr(each, name) for each in raw]) for name in ("accel_m_s2", "gyro_rad_s"))
    check_motion(client, np.array(at[thingy.RAW]), accel, gyro, 9.80665 / 1024.0)
    true = true_motion(worn_by(client), np.array(at[thingy.QUATERNION])).world_from_sensor
    w, x, y, z = np.array([thingy.parse_quaternion(payload) for payload in client.of(thingy.QUATERNION)]).T
    np.testing.assert_allclose(1.0 - 2.0 * (y * y + z * z), true[:, 0, 0], atol=1e-6)
    np.testing.assert_allclose(2.0 * (x * y + w * z), true[:, 1, 0], atol=1e-6)
    np.testing.assert_allclose(2.0 * (y * z + w * x), true[:, 2, 1], atol=1e-6)
    matrix = np.array([thingy.parse_rotation(payload) for payload in client.of(thingy.ROTATION)]).reshape(-1, 3, 3)
    np.testing.assert_allclose(matrix, true, atol=1e-4)
    angles = np.radians([thingy.parse_euler(payload) for payload in client.of(thingy.EULER)])
    np.testing.assert_allclose(np.sin(angles[:, 1]), -true[:, 2, 0], atol=1e-5)
    np.testing.assert_allclose(np.sin(angles[:, 2]) * true[:, 0, 0], np.cos(angles[:, 2]) * true[:, 1, 0], atol=1e-4)
    up = np.array([thingy.parse_gravity(payload) for payload in client.of(thingy.GRAVITY)])
    np.testing.assert_allclose(up, 9.80665 * true[:, 2, :], atol=1e-4)
    heading = np.radians([thingy.parse_heading(payload) for payload in client.of(thingy.HEADING)])
    np.testing.assert_allclose(np.sin(heading) * true[:, 1, 0], np.cos(heading) * true[:, 0, 0], atol=1e-3)
    counted = [thingy.parse_steps(payload) for payload in client.of(thingy.STEPS)]
    steps = step_phase(worn_by(client).truth.pacing, np.array(at[thingy.STEPS]))
    assert [each.steps for each in counted] == np.floor(steps).astype(int).tolist()
    t_s, air = column(decoded(client, thingy.PRESSURE), Pressure, "pressure_pa")
    assert np.ptp(air - true_at(client, "pressure_pa", t_s)) < 20.0


def test_a_bangle_s_pressure_has_its_quirk_and_the_rest_is_true() -> None:
    client = followed(one("bangle-js2"), uuids=["2A67", "2A6D", "2AA1", bangle.ACCELERATION])
    name = client.radio.find("one").advertised.name
    t_s, said = column(decoded(client, "2A6D"), Pressure, "pressure_pa")
    assert 950.0 < said.min() <= said.max() < 1030.0, "hPa where Pa belong"
    corrected = bangle.corrected(tuple(s for s in decoded(client, "2A6D") if isinstance(s, Pressure)), name)
    t_s, meant = column(corrected, Pressure, "pressure_pa")
    assert np.ptp(meant - true_at(client, "pressure_pa", t_s)) < 25.0
    assert {payload[:2].hex() for payload in client.of("2A67")} == {"9d02"}
    field = select(decoded(client, "2AA1"), Magnetic)
    moved = select(decoded(client, bangle.ACCELERATION), Inertial)
    assert field is not None
    assert moved is not None
    assert np.linalg.norm(field.field_ut, axis=1) == pytest.approx(np.full(len(field.t_s), 48.75), abs=2.5)
    assert np.linalg.norm(moved.accel_m_s2, axis=1).max() > 12.0, "a running arm swings"


def test_a_pinetime_s_motion_and_steps_are_true() -> None:
    client = followed(one("pinetime"), uuids=[infinitime.MOTION, infinitime.STEPS])
    found = select(decoded(client, infinitime.MOTION), Inertial)
    assert found is not None
    assert len(found.t_s) == pytest.approx(10 * END_S, rel=0.03)
    check_motion(client, found.t_s, found.accel_m_s2, None, 9.80665 / 1024.0)
    steps = infinitime.parse_steps(client.of(infinitime.STEPS)[-1])
    assert steps == pytest.approx(step_phase(worn_by(client).truth.pacing, np.array([END_S]))[0], abs=4.0)


@pytest.mark.parametrize(("path", "rate"), [("/Meas/IMU9/52", 52), ("/Meas/IMU6/104", 104), ("/Meas/Acc/13", 13)])
def test_a_movesense_s_motion_is_true_at_its_own_time(path: str, rate: int) -> None:
    subscribe = [(movesense.WRITE, movesense.encode_subscribe(7, path))]
    client = followed(one("movesense"), uuids=[movesense.NOTIFY], writes=subscribe)
    stream = movesense.GspStream()
    stream.subscribe(7, path)
    samples = tuple(s for payload in client.of(movesense.NOTIFY) for s in stream.feed(payload))
    found, worn = select(samples, Inertial), worn_by(client)
    assert found is not None
    assert stream.lost == 0
    assert len(found.t_s) == pytest.approx(rate * END_S, rel=0.03)
    true_s = (found.t_s - worn.clock.boot_us * 1e-6) / (1.0 + 12e-6)
    # its stamps are whole ms: find the samples' own instants on the sensor's grid
    grid = np.rint(true_s * rate * (1.0 + 12e-6)) / (rate * (1.0 + 12e-6))
    assert np.abs(grid - true_s).max() < 0.003
    gyro = found.gyro_rad_s if "IMU" in path else None
    check_motion(client, grid, found.accel_m_s2, gyro, 1e-3)


def test_a_movesense_s_heart_rate_is_that_of_the_heart() -> None:
    subscribe = [(movesense.WRITE, movesense.encode_subscribe(7, "/Meas/HR"))]
    client = followed(one("movesense"), uuids=[movesense.NOTIFY], writes=subscribe)
    stream = movesense.GspStream()
    stream.subscribe(7, "/Meas/HR")
    samples = tuple(s for payload in client.of(movesense.NOTIFY) for s in stream.feed(payload))
    beats = select(samples, HeartRate)
    assert beats is not None
    assert beats.bpm[-1] == pytest.approx(worn_by(client).truth.hr_bpm[128], abs=5.0)
    assert beats.rr_s[-60:].sum() == pytest.approx(60.0 / worn_by(client).truth.hr_bpm[100:128].mean() * 60.0, rel=0.03)


def test_every_notification_of_every_model_is_read_without_error() -> None:
    """What has no profile of its own here has a stream object, tried above."""
    stateful = {full_uuid(each) for each in (polar.CONTROL, polar.DATA, movesense.NOTIFY, p8.CONTROL)}
    control = {full_uuid(each) for each in ("2A55", "2AD9", "2ADA", "2AD3", "2A38", "2A2B")}
    from hardware_sim.firmware.models import MODELS

    for name in MODELS:
        client = Client(wearing(Tracker("one", (), firmware=name)))
        client.connect()
        client.subscribe_all()
        client.run(40.0)
        for (_, uuid), notes in client.notes.items():
            if uuid not in stateful | control:
                for at_s, payload in notes:
                    decode(uuid, payload, t_s=at_s)
