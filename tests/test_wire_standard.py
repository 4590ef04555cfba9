"""The standard profiles byte by byte: treadmill, cycling, clocks, device information, places; encode is the inverse."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import astuple
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.wire import (
    WireError,
    battery,
    csc,
    current_time,
    decode,
    device_information,
    environment,
    heart_rate,
    location,
    parse,
    quirks,
    running,
    sensor_place,
    treadmill,
)
from device.wire.plausible import _LIMITS, Doubt, believe, heart_rate_doubts
from device.wire.profiles import FACTS, PROFILES, profile
from edge.samples import (
    STREAMS,
    Cycling,
    DeviceInfo,
    Fix,
    HeartRate,
    Inertial,
    Magnetic,
    Odometer,
    Stride,
    Temperature,
    column_names,
)

NAN = math.nan
u8, u16, u32 = st.integers(0, 0xFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
s16 = st.integers(-0x8000, 0x7FFF)


def bytes_of(text: str) -> bytes:
    return bytes.fromhex(text)


# ── treadmill ─────────────────────────────────────────────────────────────────────────────────────────────────────

#: one field each: flags, body, index of the field, value
TREADMILL = [
    ("0000", "e204", 0, 1250 / 360),
    ("0300", "b004", 1, 1200 / 360),
    ("0500", "881301", 2, 70536.0),
    ("0900", "ceff1e00", 3, -5.0),
    ("0900", "ceff1e00", 4, 3.0),
    ("0900", "ff7fff7f", 3, NAN),
    ("0900", "ff7fff7f", 4, NAN),
    ("1100", "64003200", 5, 10.0),
    ("1100", "64003200", 6, 5.0),
    ("2100", "2c01", 7, 300.0),
    ("4100", "3601", 8, 310.0),
    ("8100", "f40158020a", 9, 500.0),
    ("8100", "f40158020a", 10, 600.0),
    ("8100", "f40158020a", 11, 10.0),
    ("8100", "ffffffffff", 9, NAN),
    ("8100", "ffffffffff", 10, NAN),
    ("8100", "ffffffffff", 11, NAN),
    ("0101", "8c", 12, 140.0),
    ("0102", "55", 13, 8.5),
    ("0104", "0807", 14, 1800.0),
    ("0108", "5802", 15, 600.0),
    ("0110", "9cfffa00", 16, -100.0),
    ("0110", "9cfffa00", 17, 250.0),
    ("0110", "ff7fff7f", 16, NAN),
    ("0110", "ff7fff7f", 17, NAN),
]


@pytest.mark.parametrize(("flags", "body", "index", "value"), TREADMILL)
def test_each_treadmill_field_stands_where_its_flag_says(flags: str, body: str, index: int, value: float) -> None:
    read = astuple(treadmill.parse(bytes_of(flags + body)))
    np.testing.assert_equal(read[index], value)
    with pytest.raises(WireError):
        treadmill.parse(bytes_of(flags + body)[:-1])


def test_treadmill_speed_is_there_while_the_first_bit_is_not_set() -> None:
    assert not treadmill.parse(bytes_of("00002003")).more_follows
    assert treadmill.parse(bytes_of("0100")).more_follows
    assert treadmill.encode(treadmill.TreadmillMeasurement()) == bytes_of("0100")
    assert treadmill.encode(treadmill.TreadmillMeasurement(speed_m_s=8.0 / 3.6)) == bytes_of("00002003")


def test_a_treadmill_gives_an_odometer_and_a_pulse_only_where_it_feels_one() -> None:
    moved, beats = decode("2ACD", bytes_of("04012003881300" + "8c"), t_s=3.0)
    assert isinstance(moved, Odometer)
    assert (moved.t_s[0], moved.distance_m[0], moved.speed_m_s[0]) == (3.0, 5000.0, 800 / 360)
    assert isinstance(beats, HeartRate)
    assert (beats.bpm[0], beats.rr_count[0], len(beats.rr_s)) == (140.0, 0.0, 0)
    (alone,) = decode("2ACD", bytes_of("0401200388130000"))
    assert isinstance(alone, Odometer)
    assert decode("2ACD", bytes_of("0100")) == ()


@st.composite
def treadmills(draw: st.DrawFn) -> treadmill.TreadmillMeasurement:
    values: list[float] = []
    here: dict[int, bool] = {}
    for field in treadmill._FIELDS:
        present = here.setdefault(field.flag, draw(st.booleans()))
        bits = 8 * field.size
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if field.signed else (0, (1 << bits) - 1)
        raw = draw(st.integers(low, high))
        values.append(raw / field.per_unit if present and raw != field.unknown else NAN)
    return treadmill.TreadmillMeasurement(*values)


@given(treadmills())
def test_treadmill_survives_encoding_unless_half_of_a_pair_without_a_sign_for_unknown(
    said: treadmill.TreadmillMeasurement,
) -> None:
    assert repr(treadmill.parse(treadmill.encode(said))) == repr(said)


def test_half_a_pair_that_cannot_say_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="descent"):
        treadmill.encode(treadmill.TreadmillMeasurement(ascent_m=3.0))
    with pytest.raises(ValueError, match="longitude"):
        location.encode(location.LocationMeasurement(latitude_deg=3.0))
    with pytest.raises(ValueError, match="not known"):
        treadmill.encode(treadmill.TreadmillMeasurement(force_n=32767.0, power_w=0.0))


# ── cycling ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("00", (None, NAN, None, NAN)),
        ("010a000000a000", (10, 160 / 1024, None, NAN)),
        ("02f70050c1", (None, NAN, 247, 49488 / 1024)),
        ("03d9000000770c01000098", (217, 3191 / 1024, 1, 38.0)),
        ("01ffff00014599", (16842751, 39237 / 1024, None, NAN)),
    ],
)
def test_cycling_payloads_say_what_the_table_says(payload: str, expected: tuple[object, ...]) -> None:
    np.testing.assert_equal(astuple(csc.parse(bytes_of(payload))), expected)
    if len(payload) > 2:
        with pytest.raises(WireError):
            csc.parse(bytes_of(payload)[:-1])


@given(st.one_of(st.none(), st.tuples(u32, u16)), st.one_of(st.none(), st.tuples(u16, u16)))
def test_cycling_survives_encoding(wheel: tuple[int, int] | None, crank: tuple[int, int] | None) -> None:
    said = csc.CyclingMeasurement(
        wheel[0] if wheel else None,
        wheel[1] / 1024 if wheel else NAN,
        crank[0] if crank else None,
        crank[1] / 1024 if crank else NAN,
    )
    assert repr(csc.parse(csc.encode(said))) == repr(said)


def test_one_cycling_payload_tells_a_distance_and_no_speed() -> None:
    (row,) = decode("2A5B", bytes_of("010a000000a000"), t_s=2.0)
    assert isinstance(row, Cycling)
    np.testing.assert_equal(
        [row.t_s[0], row.cadence_rpm[0], row.speed_m_s[0], row.distance_m[0]], [2.0, NAN, NAN, 10 * csc.WHEEL_M]
    )


def turn(wheel: int, wheel_ticks: int, crank: int = 0, crank_ticks: int = 0) -> bytes:
    return csc.encode(
        csc.CyclingMeasurement(wheel % (1 << 32), wheel_ticks % 65536 / 1024, crank % 65536, crank_ticks % 65536 / 1024)
    )


@given(
    st.integers(0, (1 << 32) - 1), u16, u16, u16,
    st.lists(st.tuples(st.integers(1, 20), st.integers(1, 3), st.integers(1024, 1 << 18)), min_size=1, max_size=9),
)  # fmt: skip
def test_turns_are_counted_through_every_wrap_of_counters_and_clock(
    wheel: int, ticks: int, crank: int, crank_ticks: int, steps: list[tuple[int, int, int]]
) -> None:
    stream, t_s, metres = csc.CscStream(2.0), 100.0, 0.0
    stream.feed(turn(wheel, ticks, crank, crank_ticks), t_s)
    for turns, crank_turns, spent in steps:
        wheel, ticks, crank, crank_ticks = wheel + turns, ticks + spent, crank + crank_turns, crank_ticks + spent
        t_s, metres = t_s + spent / 1024, metres + 2.0 * turns
        (row,) = stream.feed(turn(wheel, ticks, crank, crank_ticks), t_s)
        assert row.speed_m_s[0] == pytest.approx(2.0 * turns * 1024 / spent)
        assert row.cadence_rpm[0] == pytest.approx(60.0 * crank_turns * 1024 / spent)
        assert row.distance_m[0] == pytest.approx(metres)


def test_a_wheel_that_stands_is_unknown_first_and_zero_when_it_is_certain() -> None:
    stream = csc.CscStream(2.0)
    stream.feed(turn(5, 1000), 0.0)
    stream.feed(turn(6, 2024), 1.0)
    speeds = [stream.feed(turn(6, 2024), t_s)[0].speed_m_s[0] for t_s in (2.0, 3.0, 4.0, 5.0)]
    np.testing.assert_equal(speeds, [NAN, NAN, 0.0, 0.0])
    assert stream.distance_m == 2.0


def test_a_counter_that_begins_anew_makes_no_speed_and_keeps_the_distance() -> None:
    stream = csc.CscStream(2.0)
    stream.feed(turn(5000, 1000, 70, 1000), 0.0)
    stream.feed(turn(5002, 2024, 71, 2024), 1.0)
    (row,) = stream.feed(turn(1, 300, 1, 300), 2.0)
    np.testing.assert_equal([row.speed_m_s[0], row.cadence_rpm[0], row.distance_m[0]], [NAN, NAN, 4.0])
    (row,) = stream.feed(turn(2, 1324, 2, 1324), 3.0)
    np.testing.assert_allclose([row.speed_m_s[0], row.cadence_rpm[0], row.distance_m[0]], [2.0, 60.0, 6.0])


def test_a_cycling_stream_goes_on_after_save_and_restore_and_a_bad_payload() -> None:
    stream = csc.CscStream(2.1)
    stream.feed(turn(5, 1000, 1, 1), 0.0)
    again = csc.CscStream.restore(stream.save())
    with pytest.raises(WireError):
        again.feed(b"\x03\x00", 0.5)
    assert repr(stream.feed(turn(7, 3000, 2, 999), 1.0)) == repr(again.feed(turn(7, 3000, 2, 999), 1.0))
    assert stream.save() == again.save()


# ── clocks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_clock_bytes_say_what_the_table_says() -> None:
    christmas = current_time.parse_date_time(bytes_of("e3070c190a1e2d"))
    assert christmas == current_time.DateTime(2019, 12, 25, 10, 30, 45)
    assert christmas.unix_s == 1577269845.0
    now = current_time.parse(bytes_of("ea0706060d1e0006800f"))
    assert (now.date_time.year, now.weekday, now.fraction_s, now.reasons) == (2026, 6, 0.5, 15)
    assert now.unix_s == 1780752600.5
    assert current_time.parse_local(bytes_of("0804")) == current_time.LocalTime(7200.0, 3600.0)
    assert math.isnan(current_time.parse_date_time(bytes(7)).unix_s)
    assert math.isnan(current_time.parse_date_time(bytes_of("e707021d000000")).unix_s), "no 29 February 2023"
    np.testing.assert_equal(astuple(current_time.parse_local(bytes_of("80ff"))), (NAN, NAN))


@pytest.mark.parametrize(
    ("uuid", "payload"),
    [
        ("2A08", "e3070c190a1e"), ("2A08", "e3070c190a1e2d00"), ("2A08", "e3070d190a1e2d"), ("2A08", "e3070c20001e2d"),
        ("2A08", "e3070c19181e2d"), ("2A08", "e3070c190a3c2d"), ("2A08", "e3070c190a1e3c"), ("2A08", "01000c190a1e2d"),
        ("2A2B", "ea0706060d1e00068000"[:-2]), ("2A2B", "ea0706060d1e00088000"), ("2A0F", "08"), ("2A0F", "3904"),
        ("2A0F", "0803"),
    ],
)  # fmt: skip
def test_what_is_no_date_or_clock_is_a_wire_error(uuid: str, payload: str) -> None:
    with pytest.raises(WireError):
        decode(uuid, bytes_of(payload))


@given(st.floats(-1.2e10, 2.5e11), st.integers(-48, 56).map(lambda quarters: quarters * 900.0), st.integers(0, 15))
def test_any_moment_survives_the_clock_to_one_256th_of_a_second(unix_s: float, zone_s: float, reasons: int) -> None:
    said = current_time.current_time(unix_s, zone_s, reasons)
    assert current_time.parse(current_time.encode(said)) == said
    assert 0.0 <= unix_s + zone_s - said.unix_s < 1 / 256 + 1e-4


@given(st.integers(-48, 56), st.sampled_from([0, 2, 4, 8]))
def test_local_time_survives_encoding(zone: int, daylight: int) -> None:
    said = current_time.LocalTime(zone * 900.0, daylight * 900.0)
    assert current_time.parse_local(current_time.encode_local(said)) == said
    assert current_time.encode_local(current_time.LocalTime(NAN, NAN)) == b"\x80\xff"


# ── who and where the tracker is, what it can ─────────────────────────────────────────────────────────────────────


def test_device_information_fills_the_field_that_its_characteristic_names() -> None:
    assert decode("2A29", b"Polar Electro Oy\0") == (DeviceInfo(manufacturer="Polar Electro Oy"),)
    assert decode("2a24", b"H10") == (DeviceInfo(model="H10"),)
    assert decode("2A25", b"A1B2") == (DeviceInfo(serial="A1B2"),)
    assert decode("00002a26-0000-1000-8000-00805f9b34fb", b"3.1.1") == (DeviceInfo(firmware="3.1.1"),)
    assert (decode("2A27", b"rev C"), decode("2A28", b"1.0")) == ((), ())
    assert (parse("2A27", b"rev C"), parse("2A28", b"1.0")) == ("rev C", "1.0")
    both = device_information.joined(DeviceInfo("Polar"), DeviceInfo("", "H10"), DeviceInfo("other", "other", "3"))
    assert both == DeviceInfo("Polar", "H10", "3")


@given(st.binary(max_size=600))
def test_device_text_never_holds_what_a_terminal_obeys(payload: bytes) -> None:
    text = device_information.parse(payload)
    assert text.isprintable()
    assert len(text) <= 512


@given(st.text(st.characters(exclude_categories=("C", "Z")), max_size=120))
def test_device_text_survives_encoding(text: str) -> None:
    assert device_information.parse(device_information.encode(text)) == text


def test_places_have_names_and_unknown_ones_none() -> None:
    assert sensor_place.parse_body(b"\x01") is sensor_place.BodyPlace.CHEST
    assert sensor_place.parse_sensor(b"\x02") is sensor_place.SensorPlace.IN_SHOE
    assert sensor_place.parse_body(b"\x07") is None
    assert sensor_place.parse_sensor(b"\x11") is None
    for place in (*sensor_place.BodyPlace, *sensor_place.SensorPlace):
        read = sensor_place.parse_body if isinstance(place, sensor_place.BodyPlace) else sensor_place.parse_sensor
        assert read(sensor_place.encode(place)) is place


@given(st.integers(0, 31), st.integers(0, 7), st.integers(0, (1 << 21) - 1))
def test_features_survive_encoding(runs: int, cycles: int, locates: int) -> None:
    for read, write, bits, size in (
        (running.parse_feature, running.encode_feature, runs, 2),
        (csc.parse_feature, csc.encode_feature, cycles, 2),
        (location.parse_feature, location.encode_feature, locates, 4),
    ):
        payload = bits.to_bytes(size, "little")
        assert write(read(payload)) == payload  # type: ignore[operator]
        with pytest.raises(WireError):
            read(payload[:-1])


def test_position_quality_bytes_say_what_the_table_says_and_survive_encoding() -> None:
    payload = bytes_of("ff01" + "050a" + "2c01" + "c8000000" + "2c010000" + "0a14")
    read = location.parse_quality(payload)
    assert astuple(read) == (5.0, 10.0, 30.0, 2.0, 3.0, 2.0, 4.0, 3)
    assert location.encode_quality(read) == payload
    np.testing.assert_equal(astuple(location.parse_quality(bytes_of("0300050a"))), (5.0, 10.0, *[NAN] * 5, 0))
    with pytest.raises(WireError):
        location.parse_quality(payload[:-1])


@given(s16, s16, s16)
def test_magnetic_field_survives_encoding_and_is_in_microtesla(x: int, y: int, z: int) -> None:
    payload = environment.encode_magnetic((x / 10, y / 10, z / 10))
    (row,) = decode("2AA1", payload)
    assert isinstance(row, Magnetic)
    np.testing.assert_allclose(row.field_ut, [[x / 10, y / 10, z / 10]], atol=1e-9)
    assert payload == b"".join(n.to_bytes(2, "little", signed=True) for n in (x, y, z))


def test_pressure_trend_and_energy_reset_have_their_bytes() -> None:
    assert environment.parse_trend(b"\x01") is environment.PressureTrend.CONTINUOUSLY_FALLING
    assert environment.parse_trend(b"\x2a") is environment.PressureTrend.UNKNOWN
    assert all(environment.parse_trend(environment.encode_trend(t)) is t for t in environment.PressureTrend)
    assert heart_rate.encode_reset_energy() == b"\x01"


def test_every_byte_is_a_battery_level_and_survives_encoding() -> None:
    for level in range(256):
        assert battery.encode(battery.parse(bytes([level]))) == bytes([level])
    with pytest.raises(ValueError, match="battery"):
        battery.encode(256)


@pytest.mark.parametrize(
    "encode",
    [
        lambda: treadmill.encode(treadmill.TreadmillMeasurement(speed_m_s=math.inf)),
        lambda: csc.encode(csc.CyclingMeasurement(1 << 32, 0.0)),
        lambda: csc.encode(csc.CyclingMeasurement(1)),
        lambda: current_time.date_time(NAN),
        lambda: current_time.current_time(1e12),
        lambda: current_time.encode_date_time(current_time.DateTime(2026, 13, 1, 0, 0, 0)),
        lambda: current_time.encode_local(current_time.LocalTime(100_000.0, 0.0)),
        lambda: device_information.encode("x" * 513),
        lambda: environment.encode_magnetic((4000.0, 0.0, 0.0)),
        lambda: location.encode_quality(location.PositionQuality(satellites_used=256.0)),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(encode: Any) -> None:
    with pytest.raises(ValueError):
        encode()


# ── the contract ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from(sorted(FACTS)), st.binary(max_size=40))
def test_facts_give_a_fact_or_a_wire_error_and_no_stream(uuid: str, payload: bytes) -> None:
    try:
        decoded = decode(uuid, payload)
    except WireError:
        return
    assert all(isinstance(samples, DeviceInfo) for samples in decoded)
    parse(uuid, payload)


def test_a_characteristic_is_either_a_stream_or_a_fact() -> None:
    assert not set(PROFILES) & set(FACTS)
    with pytest.raises(WireError):
        profile("2A29")
    with pytest.raises(WireError):
        decode("2AFF", b"")


def test_a_payload_longer_than_any_characteristic_is_a_wire_error() -> None:
    beats = b"\x10\x50" + bytes(510)
    assert decode("2A37", beats)
    for read in (decode, parse):
        with pytest.raises(WireError):
            read("2A37", beats + bytes(2))
        with pytest.raises(WireError):
            read("2A29", b"x" * 513)


@pytest.mark.parametrize("uuid", ["2A37", "2a37", "0x2A37", "00002a37-0000-1000-8000-00805f9b34fb"])
def test_any_spelling_of_a_uuid_is_understood(uuid: str) -> None:
    assert decode(uuid, bytearray(b"\x00\x64"))[0].bpm[0] == 100.0  # type: ignore[union-attr]
    assert decode(uuid, memoryview(b"\x00\x64"))[0].bpm[0] == 100.0  # type: ignore[union-attr, arg-type]


def test_listed_trackers_count_steps_and_are_not_doubled() -> None:
    said = running.parse(bytes_of("000a0054"))
    doubled, listed = running.samples(said, 0.0)[0], running.samples(said, 0.0, counts_steps=True)[0]
    assert isinstance(doubled, Stride)
    assert isinstance(listed, Stride)
    assert (doubled.cadence_spm[0], listed.cadence_spm[0]) == (168.0, 84.0)
    assert quirks.counts_steps(DeviceInfo("Wahoo Fitness", "TICKR X"))
    assert quirks.counts_steps(DeviceInfo(), "TICKR X A23F")
    assert quirks.counts_steps(DeviceInfo(), "Wahoo TICKR X 2")
    assert not quirks.counts_steps(DeviceInfo("Stryd", "Stryd"), "Stryd")
    assert not quirks.counts_steps(DeviceInfo("Wahoo Fitness", "TICKR"), "TICKR 1234")


# ── what to believe ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_column_of_every_stream_has_a_limit() -> None:
    for kind in STREAMS.values():
        limited = {limit.column for limit in _LIMITS[kind]}
        assert limited == set(column_names(kind)) - {"t_s", "rr_s", "rr_count"}


def columns(kind: type[Any], rows: int, value: float) -> list[np.ndarray]:
    wide = {"accel_m_s2", "gyro_rad_s", "field_ut"}
    return [np.full((rows, 3) if name in wide else rows, value) for name in column_names(kind)]


@pytest.mark.parametrize("kind", [k for k in STREAMS.values() if k is not HeartRate])
@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e30, -1e30])
def test_nothing_beyond_all_measure_is_believed_and_its_neighbours_stay(kind: type[Any], value: float) -> None:
    for name in column_names(kind):
        made = kind(*columns(kind, 3, NAN))
        made = dataclasses.replace(made, t_s=np.arange(3.0))
        column = getattr(made, name).copy()
        column[1] = value
        kept, doubt = believe(dataclasses.replace(made, **{name: column}))
        if name == "t_s" and np.isfinite(value):
            continue
        assert kept is not None
        assert kept.t_s.tolist() == [0.0, 2.0]
        assert isinstance(doubt, Doubt)


def test_one_bad_axis_is_enough_and_nan_passes() -> None:
    moved = Inertial(np.arange(2.0), np.array([[0.0, 0.0, 9.8], [0.0, 400.0, 9.8]]), np.full((2, 3), NAN))
    kept, doubt = believe(moved)
    assert isinstance(kept, Inertial)
    assert kept.accel_m_s2.tolist() == [[0.0, 0.0, 9.8]]
    assert doubt == Doubt("inertial", "implausible acceleration in m/s2: 400")
    assert believe(Temperature(np.zeros(1), np.array([NAN])))[1] is None


@pytest.mark.parametrize("t_s", [NAN, math.inf])
def test_a_row_without_a_time_is_not_believed(t_s: float) -> None:
    kept, doubt = believe(Fix(np.array([t_s]), *(np.array([v]) for v in (1.0, 2.0, 3.0, 4.0, 5.0))))
    assert kept is None
    assert doubt == Doubt("fix", "a time that is none")


@pytest.mark.parametrize(
    ("payload", "causes"),
    [
        ("0400", ["no skin contact"]),
        ("0600", []),
        ("0000", []),
        ("0455", []),
    ],
)
def test_no_skin_contact_is_named_where_there_is_no_rate_either(payload: str, causes: list[str]) -> None:
    said = heart_rate.parse(bytes_of(payload))
    assert [doubt.cause for doubt in heart_rate_doubts(said)] == causes
    assert profile("2A37").doubts(said) == heart_rate_doubts(said)
