"""The makers' own profiles: literals of their documents, encoders that decoders undo, any bytes survived."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from device.wire import WireError, advertisement, bangle, decode, infinitime, movesense, p8, thingy
from device.wire.plausible import believe
from device.wire.profiles import PROFILES
from edge.samples import HeartRate, Humidity, Inertial, Magnetic, Pressure, Temperature

G = 9.80665
sixteen, thirty_two = st.integers(-0x8000, 0x7FFF), st.integers(-(1 << 31), (1 << 31) - 1)


def told(uuid: str, payload: str) -> tuple[Any, ...]:
    made = decode(uuid, bytes.fromhex(payload), t_s=7.5)
    assert all(samples.t_s.tolist() == [7.5] for samples in made)
    return made


# ── Thingy:52 ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_thingys_raw_motion_is_acceleration_rotation_and_field() -> None:
    inertial, magnetic = told("ef680406-9b35-4933-9b10-52ffa9740042", "0004 00fc 0002 2000 e0ff 4001 1000 f0ff 0800")
    assert isinstance(inertial, Inertial)
    assert inertial.accel_m_s2.tolist() == [[G, -G, G / 2]]
    assert np.degrees(inertial.gyro_rad_s) == pytest.approx(np.array([[1.0, -1.0, 10.0]]))
    assert isinstance(magnetic, Magnetic)
    assert magnetic.field_ut.tolist() == [[1.0, -1.0, 0.5]]


def test_a_thingys_environment_is_whole_and_hundredths() -> None:
    (pressure,) = told(thingy.PRESSURE, "f5030000 19")
    assert isinstance(pressure, Pressure)
    assert pressure.pressure_pa.tolist() == [101_325.0]
    (temperature,) = told(thingy.TEMPERATURE, "1519")
    assert isinstance(temperature, Temperature)
    assert temperature.temperature_c.tolist() == [21.25]
    (humidity,) = told(thingy.HUMIDITY, "2d")
    assert isinstance(humidity, Humidity)
    assert humidity.humidity_percent.tolist() == [45.0]
    assert thingy.parse_gas(bytes.fromhex("90010a00")) == (400, 10)


@pytest.mark.parametrize(
    ("payload", "temperature_c"), [("fb00", -5.0), ("fb e7", -5.25), ("00e7", -0.25), ("fa4b", -5.25), ("8000", -128.0)]
)
def test_a_thingy_below_zero_is_read_however_the_fraction_is_cast(payload: str, temperature_c: float) -> None:
    assert thingy.parse_temperature(bytes.fromhex(payload)) == temperature_c


@pytest.mark.parametrize(
    ("uuid", "payload"), [(thingy.PRESSURE, "f503000064"), (thingy.TEMPERATURE, "1564"), (thingy.ORIENTATION, "04")]
)
def test_a_thingy_value_that_cannot_be_is_a_wire_error(uuid: str, payload: str) -> None:
    with pytest.raises(WireError):
        decode(uuid, bytes.fromhex(payload))


def test_a_thingys_attitude_steps_and_taps_read_as_documented() -> None:
    assert thingy.parse_quaternion(bytes.fromhex("00000040 000000c0 00000020 00000000")) == (1.0, -1.0, 0.5, 0.0)
    assert thingy.parse_euler(bytes.fromhex("00000100 0000ffff 00805a00")) == (1.0, -1.0, 90.5)
    assert thingy.parse_heading(bytes.fromhex("00800e01")) == 270.5
    assert thingy.parse_rotation(bytes.fromhex("0040" + "0000" * 3 + "00c0" + "0000" * 4))[:5] == (1, 0, 0, 0, -1)
    assert thingy.parse_gravity(struct.pack("<3f", 0.0, 0.0, 9.8125)) == (0.0, 0.0, 9.8125)
    assert thingy.parse_steps(bytes.fromhex("0a000000 e8030000")) == thingy.StepCount(10, 1.0)
    assert thingy.parse_tap(bytes.fromhex("0502")) == (5, 2)
    assert thingy.parse_orientation(b"\x03") == 3


@given(st.tuples(*[sixteen] * 9))
def test_a_thingys_raw_motion_gives_back_what_was_packed(counts: tuple[int, ...]) -> None:
    payload = struct.pack("<9h", *counts)
    assert thingy.encode_raw(thingy.parse_raw(payload)) == payload
    assert thingy.encode_rotation(thingy.parse_rotation(payload)) == payload


@given(st.tuples(*[thirty_two] * 4))
def test_a_thingys_attitude_gives_back_what_was_packed(counts: tuple[int, ...]) -> None:
    payload = struct.pack("<4i", *counts)
    assert thingy.encode_quaternion(thingy.parse_quaternion(payload)) == payload
    assert thingy.encode_euler(thingy.parse_euler(payload[:12])) == payload[:12]
    assert thingy.encode_heading(thingy.parse_heading(payload[:4])) == payload[:4]


@given(
    st.integers(-12800, 12799),
    st.integers(0, (1 << 31) * 100 - 1),
    st.integers(0, 255),
    st.integers(0, 0xFFFFFFFF),
    st.integers(0, 0xFFFFFFFF),
)
def test_a_thingys_environment_and_steps_give_back_what_was_packed(
    centi_c: int, pascal: int, humidity: int, steps: int, ms: int
) -> None:
    assert thingy.parse_temperature(thingy.encode_temperature(centi_c / 100.0)) == centi_c / 100.0
    assert thingy.parse_pressure(thingy.encode_pressure(pascal)) == pascal
    assert thingy.parse_humidity(thingy.encode_humidity(humidity)) == humidity
    count = thingy.StepCount(steps, ms / 1000.0)
    assert thingy.parse_steps(thingy.encode_steps(count)) == count


@given(
    st.builds(
        thingy.MotionConfig,
        st.integers(100, 5000),
        st.integers(100, 5000),
        st.integers(100, 1000),
        st.integers(5, 200),
        st.booleans(),
    ),
    st.builds(
        thingy.EnvironmentConfig,
        st.integers(100, 60_000),
        st.integers(50, 60_000),
        st.integers(100, 60_000),
        st.integers(200, 60_000),
        st.integers(1, 3),
        st.tuples(*[st.integers(0, 255)] * 3),
    ),
)
def test_a_thingys_configurations_give_back_what_was_packed(
    motion: thingy.MotionConfig, environment: thingy.EnvironmentConfig
) -> None:
    assert thingy.parse_motion_config(thingy.encode_motion_config(motion)) == motion
    assert thingy.parse_environment_config(thingy.encode_environment_config(environment)) == environment


def test_a_thingy_is_never_configured_beyond_its_limits() -> None:
    assert thingy.encode_motion_config(thingy.MotionConfig(100, 200, 300, 60, True)).hex() == "6400c8002c013c0001"
    with pytest.raises(ValueError, match="rate"):
        thingy.encode_motion_config(thingy.MotionConfig(100, 200, 300, 201, True))


# ── InfiniTime, Bangle.js ──────────────────────────────────────────────────────────────────────────────────────


def test_a_pinetimes_motion_is_1024_to_the_g_and_has_no_gyroscope() -> None:
    (inertial,) = told("00030002-78fc-48fe-8e23-433b3a1942d0", "0004 00fc 0200")
    assert isinstance(inertial, Inertial)
    assert inertial.accel_m_s2.tolist() == [[G, -G, G / 512]]
    assert np.isnan(inertial.gyro_rad_s).all()
    assert told(infinitime.STEPS, "39300000") == ()
    assert infinitime.parse_steps(bytes.fromhex("39300000")) == 12345


@given(st.tuples(sixteen, sixteen, sixteen), st.integers(0, 0xFFFFFFFF))
def test_three_axis_payloads_give_back_what_was_packed(counts: tuple[int, int, int], steps: int) -> None:
    payload = struct.pack("<3h", *counts)
    assert infinitime.encode_motion(infinitime.parse_motion(payload)) == payload
    assert bangle.encode_acceleration(bangle.parse_acceleration(payload)) == payload
    assert bangle.encode_temperature(bangle.parse_temperature(payload[:2])) == payload[:2]
    assert infinitime.parse_steps(infinitime.encode_steps(steps)) == steps


def test_a_bangles_acceleration_is_in_thousandths_of_g_and_its_temperature_in_tenths() -> None:
    (inertial,) = told("e95dca4b-251d-470a-a062-fa1922dfa9a8", "e803 18fc 0a00")
    assert inertial.accel_m_s2 == pytest.approx(np.array([[G, -G, G / 100]]))
    assert np.isnan(inertial.gyro_rad_s).all()
    (temperature,) = told("2A1F", "cdff")
    assert temperature.temperature_c.tolist() == [-5.1]


def test_a_bangles_pressure_says_what_its_bytes_say_and_is_corrected_when_the_watch_is_known() -> None:
    """btadv writes 1013.2 hPa as 10132 tenths; the standard field is tenths of Pa."""
    stated = told("2A6D", "94270000")
    assert stated[0].pressure_pa.tolist() == [1013.2]
    kept, doubt = believe(stated[0])
    assert kept is None
    assert doubt is not None
    (meant,) = bangle.corrected(stated, "Bangle.js 1a2b")
    assert isinstance(meant, Pressure)
    assert meant.pressure_pa.tolist() == pytest.approx([101_320.0])
    assert believe(meant)[1] is None
    assert bangle.corrected(stated, "Some other watch") == stated
    (right,) = bangle.corrected(told("2A6D", "02760f00"), "Bangle.js 1a2b")
    assert isinstance(right, Pressure)
    assert right.pressure_pa.tolist() == [101_325.0]


def test_a_bangles_position_of_17_bytes_and_heart_rate_of_2_read_as_sent() -> None:
    body = (
        struct.pack("<HHii", 0x029D, 278, 397_007_000, -1_049_690_000) + (160_900).to_bytes(3, "little") + b"\x10\x27"
    )
    (fix,) = decode("2A67", body)
    assert len(body) == 17
    assert (fix.latitude_deg[0], fix.altitude_m[0], fix.speed_m_s[0]) == (39.7007, 1609.0, 2.78)  # type: ignore[union-attr]
    (beats,) = told("2A37", "0048")
    assert beats.bpm.tolist() == [72]


# ── Movesense ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_movesense_commands_are_operation_reference_and_path() -> None:
    assert movesense.encode_hello(1) == b"\x00\x01"
    assert movesense.encode_subscribe(99, "/Meas/IMU9/104") == b"\x01\x63/Meas/IMU9/104"
    assert movesense.encode_unsubscribe(99) == b"\x02\x63"
    assert movesense.encode_get(7, "/Meas/Temp") == b"\x04\x07/Meas/Temp"
    assert movesense.encode_put_time(3, 1.5) == bytes.fromhex("0803 60e3160000000000")
    assert movesense.parse_command(b"\x01\x63/Meas") == (movesense.Command.SUBSCRIBE, 99, b"/Meas")


def test_movesense_answers_have_a_status_and_hello_has_texts() -> None:
    assert movesense.parse_notification(bytes.fromhex("0163c800")).status() == 200
    said = movesense.parse_hello(b"\x01230730000001\x00Movesense\x000C:8C\x00app\x001.0\x00")
    assert said == movesense.Hello(1, ("230730000001", "Movesense", "0C:8C", "app", "1.0"))
    assert movesense.GspStream().feed(bytes.fromhex("0163c800")) == ()


@pytest.mark.parametrize("path", ["/Meas/ECG/125", "/Meas/IMU9", "/Meas/HR/5", "/Meas/Acc/0", "/Time", "", "/Meas"])
def test_a_movesense_path_that_is_not_read_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"path|invalid literal"):
        movesense.GspStream().subscribe(1, path)


def gsp(path: str, reference: int = 9) -> movesense.GspStream:
    stream = movesense.GspStream()
    stream.subscribe(reference, path)
    return stream


def imu9(start_ms: int, seed: int = 0) -> tuple[tuple[bytes, ...], tuple[np.ndarray[Any, Any], ...]]:
    values = np.random.default_rng(seed).normal(0, 9, (3, 8, 3)).astype(np.float32).astype(np.float64)
    return movesense.encode_measurement(9, start_ms, tuple(values)), tuple(values)


def test_a_movesense_measurement_in_two_notifications_is_joined() -> None:
    stream, (parts, (accel, gyro, field)) = gsp("/Meas/IMU9/104"), imu9(5000)
    assert [part[0] for part in parts] == [2, 3]
    assert stream.feed(parts[0]) == ()
    inertial, magnetic = stream.feed(parts[1])
    assert isinstance(inertial, Inertial)
    assert isinstance(magnetic, Magnetic)
    assert np.array_equal(inertial.accel_m_s2, accel)
    assert np.degrees(inertial.gyro_rad_s) == pytest.approx(gyro)
    assert np.array_equal(magnetic.field_ut, field)
    assert inertial.t_s == pytest.approx(5.0 + np.arange(8) / 104)


def test_a_movesense_first_part_without_a_second_is_counted_and_not_mixed() -> None:
    stream, (lost, _), (parts, (accel, *_)) = gsp("/Meas/IMU9/104"), imu9(5000), imu9(5077, 1)
    assert [stream.feed(part) for part in (lost[0], parts[0])] == [(), ()]
    inertial, _ = stream.feed(parts[1])
    assert isinstance(inertial, Inertial)
    assert np.array_equal(inertial.accel_m_s2, accel)
    assert stream.lost == 1
    with pytest.raises(WireError, match="without the first"):
        stream.feed(parts[1])


def test_a_movesense_that_always_sends_fewer_rows_is_understood_after_two() -> None:
    stream = gsp("/Meas/Acc/104")
    sent = [movesense.encode_measurement(9, 1000 + n * 38, (np.full((4, 3), float(n)),))[0] for n in range(4)]
    made = [stream.feed(payload) for payload in sent]
    assert [len(samples) for samples in made] == [0, 0, 1, 1]
    assert stream.lost == 2


@pytest.mark.parametrize(
    ("path", "arrays_sent", "kinds"),
    [
        ("/Meas/Acc/52", 1, [Inertial]),
        ("/Meas/Gyro/52", 1, [Inertial]),
        ("/Meas/Magn/52", 1, [Magnetic]),
        ("/Meas/IMU6/52", 2, [Inertial]),
        ("/Meas/IMU6m/52", 2, [Inertial, Magnetic]),
        ("/Meas/IMU9/52", 3, [Inertial, Magnetic]),
    ],
)
def test_each_movesense_path_brings_its_arrays(path: str, arrays_sent: int, kinds: list[type]) -> None:
    (payload,) = movesense.encode_measurement(9, 20, tuple(np.full((4, 3), n + 1.0) for n in range(arrays_sent)))
    assert [type(samples) for samples in gsp(path).feed(payload)] == kinds


def test_a_movesense_clock_goes_on_over_its_32_bits_and_begins_anew_after_a_boot() -> None:
    stream, rows = gsp("/Meas/Acc/13"), (np.zeros((1, 3)),)
    starts = []
    for ms in ((1 << 32) - 77, 0, 77, 3_000_000_000, 3_000_000_077, 10):
        (payload,) = movesense.encode_measurement(9, ms, rows)
        (samples,) = stream.feed(payload)
        assert isinstance(samples, Inertial)
        starts.append(float(samples.t_s[0]))
    wrap_s = (1 << 32) / 1000.0
    assert starts == pytest.approx([wrap_s - 0.077, wrap_s, wrap_s + 0.077, 3e6, 3e6 + 0.077, 0.01])


def test_movesense_heart_rate_and_temperature_read_as_documented() -> None:
    (beats,) = gsp("/Meas/HR").feed(b"\x02\x09" + movesense.encode_heart_rate(61.5, (0.98, 0.97)))
    assert isinstance(beats, HeartRate)
    assert (beats.bpm.tolist(), beats.rr_s.tolist(), beats.rr_count.tolist()) == ([61.5], [0.98, 0.97], [2.0])
    assert math.isnan(beats.t_s[0])
    (timed,) = gsp("/Meas/Temp").feed(b"\x02\x09" + struct.pack("<If", 2500, 293.15))
    assert isinstance(timed, Temperature)
    assert timed.t_s.tolist() == [2.5]
    assert timed.temperature_c == pytest.approx([20.0], abs=1e-4)
    (untimed,) = gsp("/Meas/Temp").feed(b"\x02\x09" + struct.pack("<f", 293.15))
    assert math.isnan(untimed.t_s[0])  # type: ignore[union-attr]


@settings(max_examples=50, deadline=None)
@given(
    arrays.arrays(
        np.float32, st.tuples(st.just(3), st.integers(1, 12), st.just(3)), elements=st.floats(-99, 99, width=32)
    ),
    st.integers(0, (1 << 32) - 1),
    st.integers(100, 244),
)
def test_movesense_measurements_give_back_what_was_packed(values: Any, ms: int, most_bytes: int) -> None:
    if 4 + values.size * 4 > 2 * (most_bytes - 2):
        with pytest.raises(ValueError, match="two notifications"):
            movesense.encode_measurement(9, ms, tuple(values), most_bytes=most_bytes)
        return
    sent = movesense.encode_measurement(9, ms, tuple(values), most_bytes=most_bytes)
    body = b"".join(movesense.parse_notification(part).body for part in sent)
    got = movesense.parse_arrays(movesense.resource("/Meas/IMU9/52"), body)
    assert np.array_equal(np.stack(list(got.values())), values)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10))
def test_saving_a_movesense_in_the_middle_changes_nothing(cut: int) -> None:
    payloads = [part for n in range(5) for part in imu9((1 << 32) - 200 + 77 * n, n)[0]]
    one, two = gsp("/Meas/IMU9/104"), gsp("/Meas/IMU9/104")
    whole = [samples for payload in payloads for samples in one.feed(payload)]
    parts = [samples for payload in payloads[:cut] for samples in two.feed(payload)]
    two = movesense.GspStream.restore(two.save())
    parts += [samples for payload in payloads[cut:] for samples in two.feed(payload)]
    assert one.save() == two.save()
    assert len(whole) == 10
    for a, b in zip(whole, parts, strict=True):
        assert all(np.array_equal(getattr(a, name), getattr(b, name), equal_nan=True) for name in a.__slots__)


# ── any bytes ──────────────────────────────────────────────────────────────────────────────────────────────────

READERS: list[Callable[[bytes], object]] = [
    movesense.parse_command,
    movesense.parse_notification,
    movesense.parse_hello,
    movesense.parse_heart_rate,
    movesense.parse_temperature,
    thingy.parse_motion_config,
    thingy.parse_environment_config,
    advertisement.parse_manufacturer,
    advertisement.polar_heart_rate,
    advertisement.parse_polar_heart_rate,
    advertisement.parse_services,
    advertisement.parse_fields,
    p8.parse_features,
    p8.parse_response,
    p8.parse_time,
]
MAKERS = [uuid for uuid in PROFILES if uuid.startswith(("EF68", "0003", "E95D", "0475")) or uuid == "2A1F"]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_are_a_wire_error(payload: bytes) -> None:
    for read in READERS:
        try:
            read(payload)
        except WireError:
            continue
    for uuid in MAKERS:
        try:
            decode(uuid, payload)
        except WireError:
            continue


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["/Meas/IMU9/104", "/Meas/Acc/13", "/Meas/HR", "/Meas/Temp"]),
    st.lists(st.tuples(st.sampled_from([1, 2, 3, 4]), st.sampled_from([9, 10]), st.binary(max_size=300)), max_size=8),
)
def test_any_sequence_of_movesense_bytes_is_samples_or_a_wire_error(
    path: str, sent: list[tuple[int, int, bytes]]
) -> None:
    stream = gsp(path)
    for code, reference, body in sent:
        try:
            made = stream.feed(bytes([code, reference]) + body)
        except WireError:
            continue
        for samples in made:
            assert not any(np.isinf(getattr(samples, name)).any() for name in samples.__slots__)


def test_every_maker_is_read_by_the_one_function() -> None:
    assert len(MAKERS) == 18
    assert set(MAKERS) >= {thingy.RAW, thingy.PRESSURE, infinitime.MOTION, bangle.ACCELERATION, bangle.TEMPERATURE}


# ── advertisements ─────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.builds(
        advertisement.PolarHeartRate,
        st.booleans(),
        st.booleans(),
        st.integers(0, 7),
        st.booleans(),
        st.booleans(),
        *[st.integers(0, 255)] * 3,
    ),
    st.binary(max_size=20),
)
def test_an_advertised_heart_rate_gives_back_what_was_packed(
    heart_rate: advertisement.PolarHeartRate, other: bytes
) -> None:
    section = advertisement.encode_polar_heart_rate(heart_rate)
    assert advertisement.parse_polar_heart_rate(section) == heart_rate
    assert advertisement.polar_heart_rate(bytes([0x72, len(other)]) + other + section) == heart_rate


def test_the_fields_of_an_advertisement_are_told_apart() -> None:
    fields = advertisement.parse_fields(bytes.fromhex("020106 03030d18 04096162 63 0000"))
    assert fields == ((1, b"\x06"), (3, b"\x0d\x18"), (9, b"abc"))
    with pytest.raises(WireError):
        advertisement.parse_fields(bytes.fromhex("0509"))
