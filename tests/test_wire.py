"""Payloads byte by byte: tables of what each characteristic's bytes say, and encode as the inverse of decode."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
import p8_golden as golden
import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.wire import WireError, decode, environment, heart_rate, location, p8, running
from device.wire.plausible import believe, location_doubts
from edge.samples import (
    Altitude,
    Battery,
    Fix,
    HeartRate,
    Humidity,
    Inertial,
    Magnetic,
    Odometer,
    Pressure,
    Stride,
    Temperature,
)


def one(uuid: str, payload: str) -> object:
    samples = decode(uuid, bytes.fromhex(payload), t_s=7.5)
    assert len(samples) == 1
    assert samples[0].t_s[0] == 7.5
    return samples[0]


@pytest.mark.parametrize(
    ("payload", "bpm", "rr_s"),
    [
        ("0064", 100, []),
        ("01c800", 200, []),
        ("0e4b8000", 75, []),
        ("105a00080010", 90, [2.0, 4.0]),
        ("04ff", 255, []),
        ("018080", 32896, []),
        ("090000ffff", 0, []),
        ("1000ffff", 0, [65535 / 1024]),
        ("110000ffff7f80", 0, [65535 / 1024, 32895 / 1024]),
        ("164b", 75, []),
        ("1e4b010000040008", 75, [1.0, 2.0]),
    ],
)
def test_heart_rate_payloads_say_what_the_table_says(payload: str, bpm: float, rr_s: list[float]) -> None:
    measured = one("2A37", payload)
    assert isinstance(measured, HeartRate)
    assert measured.bpm.tolist() == [bpm]
    assert measured.rr_s.tolist() == rr_s
    assert measured.rr_count.tolist() == [len(rr_s)]


def test_heart_rate_keeps_contact_and_energy() -> None:
    assert heart_rate.parse(bytes.fromhex("0e4b8000")) == heart_rate.HeartRateMeasurement(75, True, 128)
    assert heart_rate.parse(bytes.fromhex("0455")) == heart_rate.HeartRateMeasurement(85, False)
    assert heart_rate.parse(bytes.fromhex("0055")) == heart_rate.HeartRateMeasurement(85)


@pytest.mark.parametrize(
    ("payload", "speed", "cadence", "distance"),
    [
        ("000a0014", 10 / 256, 40, math.nan),
        ("018002b45500", 2.5, 360, math.nan),
        ("028002b410270000", 2.5, 360, 1000.0),
        ("038002b4550010270000", 2.5, 360, 1000.0),
        ("07341256890704030201", 4660 / 256, 172, 1690906.0),
    ],
)
def test_running_payloads_double_strides_to_steps(payload: str, speed: float, cadence: float, distance: float) -> None:
    measured = one("2A53", payload)
    assert isinstance(measured, Stride)
    np.testing.assert_array_equal(
        [measured.speed_m_s[0], measured.cadence_spm[0], measured.distance_m[0]], [speed, cadence, distance]
    )


def test_running_keeps_stride_length_and_features() -> None:
    assert running.parse(bytes.fromhex("018002b45500")).stride_m == 0.85
    feature = running.parse_feature(bytes.fromhex("0700"))
    assert (feature.stride_length, feature.distance, feature.walking_or_running) == (True, True, True)
    assert (feature.calibration, feature.several_locations) == (False, False)


def test_location_with_speed_and_distance_is_an_odometer() -> None:
    measured = one("2A67", "03009001102700")
    assert isinstance(measured, Odometer)
    assert (measured.distance_m[0], measured.speed_m_s[0]) == (1000.0, 4.0)


def test_location_with_everything_is_a_fix_and_an_odometer() -> None:
    body = "ff06160110270098d8a91770006fc1847402282307ea0706060d1e00"
    fix, odometer = decode("2A67", bytes.fromhex(body))
    assert isinstance(fix, Fix)
    assert isinstance(odometer, Odometer)
    assert (fix.latitude_deg[0], fix.longitude_deg[0], fix.altitude_m[0]) == (39.7007, -104.969, 1609.0)
    assert (fix.speed_m_s[0], odometer.distance_m[0]) == (2.78, 1000.0)
    said = location.parse(bytes.fromhex(body))
    assert (said.heading_deg, said.rolling_s, said.utc_unix_s) == (90.0, 7, 1_780_752_600.0)
    assert (said.status, said.three_d, said.elevation_source) == (1, True, 1)


def test_the_bangle_flags_are_read_in_order() -> None:
    (fix,) = decode("2A67", bytes.fromhex("9d02160198d8a91770006fc18474022823"))
    assert isinstance(fix, Fix)
    assert (fix.latitude_deg[0], fix.altitude_m[0]) == (39.7007, 1609.0)


def test_an_impossible_date_does_not_cost_the_position() -> None:
    said = location.parse(bytes.fromhex("440098d8a91770006fc1ea0702300d1e00"))
    assert said.latitude_deg == 39.7007
    assert math.isnan(said.utc_unix_s)


@pytest.mark.parametrize(
    ("uuid", "payload", "kind", "column", "value"),
    [
        ("2A6D", "02760f00", Pressure, "pressure_pa", 101325.0),
        ("2A6D", "00000000", Pressure, "pressure_pa", 0.0),
        ("2A6C", "50c300", Altitude, "altitude_m", 500.0),
        ("2A6C", "f0d8ff", Altitude, "altitude_m", -100.0),
        ("2A6E", "6408", Temperature, "temperature_c", 21.48),
        ("2A6E", "ff7f", Temperature, "temperature_c", 327.67),
        ("2A6E", "0080", Temperature, "temperature_c", math.nan),
        ("2A6F", "8813", Humidity, "humidity_percent", 50.0),
        ("2A6F", "ffff", Humidity, "humidity_percent", math.nan),
        ("2A19", "64", Battery, "level_percent", 100.0),
        ("2A19", "ff", Battery, "level_percent", 255.0),
    ],
)
def test_single_numbers_are_scaled_to_si(uuid: str, payload: str, kind: type, column: str, value: float) -> None:
    measured = one(uuid, payload)
    assert isinstance(measured, kind)
    np.testing.assert_array_equal(getattr(measured, column), [value])


@pytest.mark.parametrize(
    "uuid", ["2A37", "2a37", "0x2A37", "00002a37-0000-1000-8000-00805f9b34fb", "00002A37-0000-1000-8000-00805F9B34FB"]
)
def test_a_characteristic_is_known_by_every_spelling_of_its_uuid(uuid: str) -> None:
    assert isinstance(one(uuid, "0064"), HeartRate)


@pytest.mark.parametrize(
    ("uuid", "payload"),
    [
        ("2A37", ""), ("2A37", "00"), ("2A37", "ff64"), ("2A37", "0164"), ("2A37", "106400"),
        ("2A53", "0080"), ("2A53", "01800203"), ("2A53", "0280020310"),
        ("2A67", "03"), ("2A67", "030090"), ("2A67", "0400aabb"),
        ("2A6D", "000000"), ("2A6D", "0000000000"), ("2A6C", "0000"), ("2A6E", "00"), ("2A6F", "000000"),
        ("2A19", ""), ("2A19", "666c"),
        ("FFFF", "00"), ("04750001-aef1-481c-8965-3125387e2702", "00"),
        (p8.DATA, "01010201"), (p8.DATA, golden.MOTION[:-2]), (p8.DATA, golden.MOTION + "00"),
        (p8.DATA, "09" + golden.MOTION[2:]), (p8.DATA, golden.PRESSURE[:20] + "0000" + golden.PRESSURE[24:]),
        (p8.DATA, "0100000000000000000000" + "0000"), (p8.DATA, golden.POSITION[:-2]),
    ],
)  # fmt: skip
def test_what_is_too_short_too_long_or_unknown_is_a_wire_error(uuid: str, payload: str) -> None:
    with pytest.raises(WireError):
        decode(uuid, bytes.fromhex(payload))


def test_open_tracker_motion_bytes_are_turned_into_si_units() -> None:
    measured = one(p8.DATA, golden.MOTION)
    assert isinstance(measured, Inertial)
    np.testing.assert_allclose(measured.gyro_rad_s, [[math.radians(1.0), -math.radians(1.0), 0.0]], atol=1e-15)
    np.testing.assert_allclose(measured.accel_m_s2, [[0.0, 0.0, 9.80665]], atol=1e-12)
    packet = p8.parse(bytes.fromhex(golden.MOTION))
    assert (packet.stream, packet.flags, packet.seq, packet.device_us, packet.spacing_us, packet.rows) == (
        1, 1, 258, 1_000_000, 19_230, 1,
    )  # fmt: skip


def test_open_tracker_field_pressure_and_position_bytes_are_turned_into_si_units() -> None:
    field = one(p8.DATA, golden.MAGNETIC)
    assert isinstance(field, Magnetic)
    np.testing.assert_allclose(field.field_ut, [[21.0, -44.0, 0.1]], atol=1e-12)
    air = one(p8.DATA, golden.PRESSURE)
    assert isinstance(air, Pressure)
    assert air.pressure_pa.tolist() == [101325.0, 101324.9]
    assert air.t_s.tolist() == [7.5, 7.6]
    fix = one(p8.DATA, golden.POSITION)
    assert isinstance(fix, Fix)
    assert (fix.latitude_deg[0], fix.longitude_deg[0], fix.accuracy_m[0]) == (39.7007, -104.969, 3.5)


def test_acceleration_alone_has_no_angular_rate() -> None:
    packet = p8.DataPacket(p8.ACCELERATION, 0, 1, 0, 10_000, 2, p8.pack_acceleration(np.ones((2, 3)) * 9.80665))
    (measured,) = decode(p8.DATA, p8.encode(packet))
    assert isinstance(measured, Inertial)
    np.testing.assert_allclose(measured.accel_m_s2, 9.80665)
    assert np.isnan(measured.gyro_rad_s).all()


def test_open_tracker_features_time_and_control_read_and_write_the_golden_bytes() -> None:
    offered = p8.parse_features(bytes.fromhex(golden.FEATURES))
    assert offered.version == 1
    assert [s.stream for s in offered.streams] == [1, 2, 3, 4, 5]
    assert offered.streams[0] == p8.StreamOffer(1, 19, 9_610, 38_460)
    assert p8.parse_time(bytes.fromhex(golden.TIME)) == (1.0, 1_780_752_600.0)
    assert p8.encode_time(1_780_752_600.0).hex() == golden.TIME[12:]
    assert p8.encode_start(p8.MOTION, 19_230, 19).hex() == golden.START_MOTION
    assert p8.parse_response(bytes.fromhex(golden.STARTED_MOTION)) == p8.ControlResponse(
        p8.START, p8.MOTION, p8.ControlStatus.OK, 19_230, 19
    )
    assert math.isnan(p8.parse_time(bytes(12))[1])
    assert (p8.encode_stop().hex(), p8.encode_get(4).hex()) == ("0200", "0304")


@pytest.mark.parametrize("payload", ["", "8101", "010100", "8101ff"])
def test_a_response_that_is_none_is_a_wire_error(payload: str) -> None:
    with pytest.raises(WireError):
        p8.parse_response(bytes.fromhex(payload))


# ── encode is the inverse ─────────────────────────────────────────────────────────────────────────────────────────

u8, u16, u32 = st.integers(0, 0xFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)


def maybe(numbers: st.SearchStrategy[int], per_unit: float) -> st.SearchStrategy[float]:
    return st.one_of(st.just(math.nan), numbers.map(lambda n: n / per_unit))


@given(u16, st.sampled_from([None, True, False]), st.one_of(st.none(), u16), st.lists(u16, max_size=9))
def test_heart_rate_survives_encoding(bpm: int, contact: bool | None, energy: int | None, rr: list[int]) -> None:
    said = heart_rate.HeartRateMeasurement(bpm, contact, energy, tuple(r / 1024 for r in rr))
    assert heart_rate.parse(heart_rate.encode(said)) == said


@given(u16, u8, st.booleans(), maybe(u16, 100.0), maybe(u32, 10.0))
def test_running_survives_encoding(speed: int, strides: int, runs: bool, stride: float, distance: float) -> None:
    said = running.RunningMeasurement(speed / 256, strides, runs, stride, distance)
    assert repr(running.parse(running.encode(said))) == repr(said)


@st.composite
def locations(draw: st.DrawFn) -> location.LocationMeasurement:
    s32, s24 = st.integers(-(2**31), 2**31 - 1), st.integers(-(2**23), 2**23 - 1)
    latitude = draw(maybe(s32, 1e7))
    return location.LocationMeasurement(
        speed_m_s=draw(maybe(u16, 100.0)),
        distance_m=draw(maybe(st.integers(0, 0xFFFFFF), 10.0)),
        latitude_deg=latitude,
        longitude_deg=math.nan if math.isnan(latitude) else draw(s32) / 1e7,
        elevation_m=draw(maybe(s24, 100.0)),
        heading_deg=draw(maybe(u16, 100.0)),
        rolling_s=draw(st.one_of(st.none(), u8)),
        utc_unix_s=draw(st.one_of(st.just(math.nan), st.integers(0, 4_000_000_000).map(float))),
        status=draw(st.integers(0, 3)),
        three_d=draw(st.booleans()),
        elevation_source=draw(st.integers(0, 3)),
        heading_source=draw(st.integers(0, 1)),
    )


@given(locations())
def test_location_survives_encoding(said: location.LocationMeasurement) -> None:
    assert repr(location.parse(location.encode(said))) == repr(said)


@given(u32, st.integers(-(2**23), 2**23 - 1), st.integers(-(2**15), 2**15 - 1), u16)
def test_environment_survives_encoding(pressure: int, elevation: int, temperature: int, humidity: int) -> None:
    for raw, size, parse, encode in (
        (pressure, 4, environment.parse_pressure, environment.encode_pressure),
        (elevation, 3, environment.parse_elevation, environment.encode_elevation),
        (temperature, 2, environment.parse_temperature, environment.encode_temperature),
        (humidity, 2, environment.parse_humidity, environment.encode_humidity),
    ):
        payload = raw.to_bytes(size, "little", signed=raw < 0)
        assert encode(parse(payload)) == payload


@given(
    st.sampled_from([(1, 12), (2, 6), (3, 6), (4, 4)]), u8, u16, st.integers(0, 2**48 - 1), st.integers(1, 0xFFFF),
    st.integers(1, 18), st.data(),
)  # fmt: skip
def test_open_tracker_packets_survive_decoding(
    kind: tuple[int, int], flags: int, seq: int, device_us: int, spacing: int, rows: int, data: st.DataObject
) -> None:
    body = data.draw(st.binary(min_size=rows * kind[1], max_size=rows * kind[1]))
    said = p8.DataPacket(kind[0], flags, seq, device_us, spacing * 10, rows, body)
    payload = p8.encode(said)
    assert p8.parse(payload) == said
    (samples,) = decode(p8.DATA, payload)
    if kind[0] == p8.MOTION:
        assert p8.pack_motion(samples.gyro_rad_s, samples.accel_m_s2) == body
    elif kind[0] == p8.MAGNETIC:
        assert p8.pack_magnetic(samples.field_ut) == body
    elif kind[0] == p8.PRESSURE:
        assert p8.pack_pressure(samples.pressure_pa) == body


@given(locations(), maybe(st.integers(0, 0xFFFE), 100.0))
def test_open_tracker_positions_survive_encoding(said: location.LocationMeasurement, accuracy_m: float) -> None:
    packet = p8.DataPacket(p8.POSITION, 0, 9, 77, 0, 1, p8.pack_position(said, accuracy_m))
    assert repr(p8.position(p8.parse(p8.encode(packet)))) == repr((said, accuracy_m))


@pytest.mark.parametrize(
    "encode",
    [
        lambda: heart_rate.encode(heart_rate.HeartRateMeasurement(70000)),
        lambda: running.encode(running.RunningMeasurement(300.0, 80)),
        lambda: running.encode(running.RunningMeasurement(math.nan, 80)),
        lambda: environment.encode_pressure(-1.0),
        lambda: p8.encode(p8.DataPacket(1, 0, 0, 0, 15, 1, b"")),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(encode: object) -> None:
    with pytest.raises(ValueError):
        encode()  # type: ignore[operator]


# ── what to believe ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("uuid", "payload", "stream"),
    [
        ("2A37", "0000", "heart_rate"),
        ("2A37", "04ff", "heart_rate"),
        ("2A53", "00801614", "stride"),
        ("2A53", "008002f0", "stride"),
        ("2A6D", "92270000", "pressure"),  # hPa times 10 in a 0.1 Pa field, as btadv sends it
        ("2A67", "04000000000000000000", "fix"),
        ("2A67", "04000000007f00000000", "fix"),
        ("2A67", "03009006102700", "odometer"),
        ("2A6C", "ffff7f", "altitude"),
        ("2A6E", "ff7f", "temperature"),
        ("2A19", "ff", "battery"),
    ],
)
def test_what_cannot_be_is_doubted_and_not_kept(uuid: str, payload: str, stream: str) -> None:
    (samples,) = decode(uuid, bytes.fromhex(payload))
    kept, doubt = believe(samples)
    assert kept is None
    assert doubt is not None
    assert doubt.stream == stream


def test_believable_rows_of_a_batch_are_kept_and_foreign_beats_dropped() -> None:
    air = Pressure(np.arange(3.0), np.array([101325.0, 5.0, 101320.0]), np.full(3, np.nan))
    kept, doubt = believe(air)
    assert isinstance(kept, Pressure)
    assert kept.pressure_pa.tolist() == [101325.0, 101320.0]
    assert doubt is not None
    assert "5" in doubt.cause
    beats = HeartRate(np.arange(2.0), np.array([60.0, 300.0]), np.array([2.0, 1.0]), np.array([1.0, 60.0, 0.9]))
    kept_beats, _ = believe(beats)
    assert isinstance(kept_beats, HeartRate)
    assert (kept_beats.bpm.tolist(), kept_beats.rr_s.tolist(), kept_beats.rr_count.tolist()) == ([60.0], [1.0], [1.0])


def test_a_last_known_position_is_doubted() -> None:
    assert location_doubts(location.LocationMeasurement(latitude_deg=1.0, longitude_deg=1.0, status=3))
    assert not location_doubts(location.LocationMeasurement(latitude_deg=1.0, longitude_deg=1.0, status=1))


def test_the_specification_page_shows_the_golden_bytes_and_the_uuids() -> None:
    page = (Path(__file__).parents[1] / "docs" / "p8.md").read_text()
    shown = {literal.replace(" ", "") for literal in re.findall(r"`([0-9a-f ]{6,})`", page)}
    assert {value for name, value in vars(golden).items() if name.isupper()} <= shown
    for uuid in (p8.SERVICE, p8.FEATURES, p8.TIME, p8.CONTROL, p8.DATA):
        assert f"`{uuid}`" in page
