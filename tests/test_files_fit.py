"""Laws of the FIT reader, on files that are written here byte by byte."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest
from fit_writer import (
    ENUM,
    SINT8,
    START,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    UNIX_START,
    FitWriter,
    activity,
    crc_of,
    write_event,
    write_head,
    write_records,
    write_session,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from device.files.fit import FitReading, read_fit
from device.files.fit_wire import crc16, read_parts
from device.files.points import Points
from device.files.recording import Recording
from edge.samples import (
    Altitude,
    Cycling,
    DeviceInfo,
    Dynamics,
    Fix,
    Gap,
    HeartRate,
    Odometer,
    Power,
    Stride,
    select,
)
from edge.summary import summarise

WHOLE = activity(60)


def only(reading: FitReading) -> Recording:
    assert len(reading.recordings) == 1
    return reading.recordings[0]


def rows(recording: Recording) -> int:
    odometer = select(recording.samples, Odometer)
    return 0 if odometer is None else len(odometer)


@given(st.binary(max_size=5000))
def test_the_checksum_is_that_of_the_bitwise_definition(content: bytes) -> None:
    assert crc16(content) == crc_of(content)


@pytest.mark.parametrize("little", [True, False])
def test_an_activity_is_read_the_same_in_either_byte_order(little: bool) -> None:
    reading = read_fit(activity(60, little=little).content())
    r = only(reading)
    assert reading.whole and reading.problems == () and reading.kind == "activity"
    assert (r.sport, r.sub_sport, r.device) == ("running", "", "garmin fenix5")
    assert (r.start_unix_s, r.utc_offset_s) == (UNIX_START, 7200.0)
    fix, stride = select(r.samples, Fix), select(r.samples, Stride)
    altitude, heart, odometer = (select(r.samples, k) for k in (Altitude, HeartRate, Odometer))
    assert fix is not None and stride is not None and altitude is not None and heart is not None
    assert odometer is not None
    np.testing.assert_allclose(fix.latitude_deg[[0, 60]], [0.1, 0.1 + 180.0 / 111_195.0], atol=1e-6)
    np.testing.assert_allclose(stride.cadence_spm, 170.0)
    np.testing.assert_allclose(altitude.altitude_m, 100.0)
    np.testing.assert_allclose(heart.bpm, 150.0)
    np.testing.assert_allclose(odometer.distance_m, 3.0 * np.arange(61))
    np.testing.assert_allclose(odometer.speed_m_s, 3.0)
    assert (r.stated.timer_s, r.stated.distance_m, r.stated.avg_hr_bpm) == (60.0, 180.0, 150.0)
    assert (r.stated.avg_cadence_spm, r.stated.calories_kcal) == (170.0, 300.0)
    assert [(lap.from_s, lap.to_s, lap.distance_m, lap.trigger) for lap in r.laps] == [(0.0, 60.0, 180.0, "manual")]


def test_a_file_cut_at_any_byte_keeps_every_record_before_the_cut() -> None:
    short = activity(20)
    content = short.content()
    records = [mark for mark in short.marks if content[mark] == 2]
    size = 1 + 22
    for cut in range(1, len(content)):
        reading = read_fit(content[:cut])
        kept = sum(1 for mark in records if mark + size <= cut)
        assert sum(rows(r) for r in reading.recordings) == kept, cut
        assert not reading.whole and reading.problems, cut


def test_a_cut_file_knows_its_totals_from_its_records() -> None:
    content = WHOLE.content()
    r = only(read_fit(content[: WHOLE.marks[-4]]))
    summary = summarise(r.samples, r.sport, r.pauses)
    assert summary.timer_s == pytest.approx(60.0, abs=1.0)
    assert summary.distance_m == pytest.approx(180.0, rel=0.01)
    assert summary.avg_hr_bpm == 150.0


@given(st.integers(0, len(WHOLE.content()) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_never_raise(at: int, junk: bytes) -> None:
    content = bytearray(WHOLE.content())
    content[at : at + len(junk)] = junk
    for r in read_fit(bytes(content)).recordings:
        summarise(r.samples, r.sport, r.pauses)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_behind_a_header_never_raise(body: bytes) -> None:
    head = struct.pack("<BBHI4sH", 14, 0x20, 2132, len(body), b".FIT", 0)
    reading = read_fit(head + body + struct.pack("<H", crc_of(head + body)))
    assert isinstance(reading.whole, bool)
    assert read_fit(body).recordings == () or body


def test_a_wrong_checksum_is_named_and_nothing_is_lost() -> None:
    reading = read_fit(WHOLE.content(crc=0x1234))
    assert reading.whole and rows(only(reading)) == 61
    assert "checksum" in reading.problems[0]


def test_bytes_behind_the_file_are_named_and_nothing_is_lost() -> None:
    reading = read_fit(WHOLE.content() + b"\0" * 83)
    assert not reading.whole and rows(only(reading)) == 61
    assert "83 bytes" in reading.problems[0]


def test_bytes_before_the_header_are_named_and_nothing_is_lost() -> None:
    reading = read_fit(b"garbage" + WHOLE.content())
    assert not reading.whole and rows(only(reading)) == 61


def test_two_files_in_one_are_two_recordings() -> None:
    reading = read_fit(activity(60).content() + activity(90, start=START + 86400).content())
    assert reading.whole and [rows(r) for r in reading.recordings] == [61, 91]
    assert reading.recordings[1].start_unix_s == UNIX_START + 86400


def test_a_second_file_is_found_behind_a_damaged_first() -> None:
    first = activity(60).content()
    reading = read_fit(first[:700] + activity(90, start=START + 86400).content())
    assert not reading.whole and rows(reading.recordings[-1]) == 91


def test_a_recording_that_was_never_closed_is_read_to_its_end() -> None:
    fit = FitWriter()
    write_head(fit)
    write_event(fit, START, 0)
    write_records(fit, START, range(61))
    reading = read_fit(fit.content(size=0)[:-2])
    assert not reading.whole and rows(only(reading)) == 61
    assert "states no length" in reading.problems[0]


def test_a_file_without_its_header_is_read() -> None:
    reading = read_fit(WHOLE.content()[14:-2])
    assert not reading.whole and rows(only(reading)) == 61


def test_a_damaged_header_length_is_guessed() -> None:
    reading = read_fit(b"\xff" + WHOLE.content()[1:])
    assert not reading.whole and rows(only(reading)) == 61


@pytest.mark.parametrize(
    ("kind", "name"),
    [(2, "settings"), (5, "workout"), (6, "course"), (9, "weight"), (15, "monitoring"), (32, "monitoring")],
)
def test_other_files_are_named(kind: int, name: str) -> None:
    fit = FitWriter()
    write_head(fit, kind=kind)
    write_records(fit, START, range(3))
    reading = read_fit(fit.content())
    assert (reading.kind, reading.recordings, reading.whole) == (name, (), True)


def test_an_activity_without_records_has_the_totals_it_states() -> None:
    fit = FitWriter()
    write_head(fit)
    write_session(fit, START, 600)
    r = only(read_fit(fit.content()))
    assert r.stated.distance_m == 1800.0 and all(isinstance(s, (DeviceInfo, Gap)) for s in r.samples)


def test_sessions_of_a_multi_sport_file_share_the_records_out() -> None:
    fit = FitWriter()
    write_head(fit)
    write_records(fit, START, range(181))
    write_session(fit, START, 60, sport=5)
    write_session(fit, START + 60, 60, sport=2)
    write_session(fit, START + 120, 60, sport=1)
    recordings = read_fit(fit.content()).recordings
    assert [r.sport for r in recordings] == ["swimming", "cycling", "running"]
    assert [r.start_unix_s - UNIX_START for r in recordings] == [0.0, 60.0, 120.0]
    for r in recordings:
        summary = summarise(r.samples, r.sport, r.pauses)
        assert summary.distance_m == pytest.approx(180.0, abs=0.1)
        assert summary.duration_s == pytest.approx(60.0, abs=0.1)
    assert select(recordings[1].samples, Cycling) is not None
    assert select(recordings[0].samples, Stride) is None


def test_a_session_message_may_stand_before_its_records() -> None:
    fit = FitWriter()
    write_head(fit)
    write_session(fit, START, 60)
    write_records(fit, START, range(61))
    assert rows(only(read_fit(fit.content()))) == 61


def test_timer_events_are_pauses_and_smart_recording_is_none() -> None:
    fit = FitWriter()
    write_head(fit)
    write_event(fit, START, 0)
    write_records(fit, START, [*range(0, 100, 20), 100])
    write_event(fit, START + 100, 4)
    write_event(fit, START + 160, 0)
    write_records(fit, START, range(160, 221))
    write_event(fit, START + 220, 4)
    r = only(read_fit(fit.content()))
    assert [(p.from_s, p.to_s) for p in r.pauses[:-1]] == [(100.0, 160.0)]
    assert summarise(r.samples, r.sport, r.pauses).timer_s == pytest.approx(160.0, abs=0.1)


def test_without_timer_events_a_silence_of_a_steady_recorder_is_a_pause() -> None:
    fit = FitWriter()
    write_head(fit)
    write_records(fit, START, [*range(60), *range(120, 180)])
    r = only(read_fit(fit.content()))
    assert [(p.from_s, p.to_s) for p in r.pauses] == [(60.0, 120.0)]


@pytest.mark.parametrize(("written", "metres", "sport", "steps"), [
    (85, 3.0, 1, 170.0), (170, 3.0, 1, 170.0), (45, 0.8, 1, 90.0), (55, 1.3, 11, 110.0), (112, 1.3, 11, 112.0),
])  # fmt: skip
def test_strides_and_steps_are_told_apart(written: int, metres: float, sport: int, steps: float) -> None:
    fit = FitWriter()
    write_head(fit)
    write_records(fit, START, range(61), metres=metres, cadence=written)
    write_session(fit, START, 60, sport=sport, metres=metres)
    stride = select(only(read_fit(fit.content())).samples, Stride)
    assert stride is not None
    np.testing.assert_allclose(stride.cadence_spm, steps)


def test_enhanced_fields_win_and_invalid_values_are_not_measured() -> None:
    fit = FitWriter()
    write_head(fit)
    fields = [(253, 4, UINT32), (2, 2, UINT16), (78, 4, UINT32), (3, 1, UINT8), (73, 4, UINT32), (13, 1, SINT8)]
    fit.define(2, 20, fields)
    fit.data(2, START, 3000, 3500, 0xFF, 3500, 0x7F)
    fit.data(2, START + 1, 3000, 0xFFFFFFFF, 140, 0xFFFFFFFF, 21)
    r = only(read_fit(fit.content()))
    altitude, heart, odometer = (select(r.samples, k) for k in (Altitude, HeartRate, Odometer))
    assert altitude is not None and heart is not None and odometer is not None
    np.testing.assert_allclose(altitude.altitude_m, [200.0, 100.0])
    np.testing.assert_allclose(heart.t_s, [1.0])
    np.testing.assert_allclose(odometer.speed_m_s, [3.5])


def test_compressed_time_stamps_roll_over_after_32_seconds() -> None:
    fit = FitWriter()
    write_head(fit)
    fit.define(2, 20, [(253, 4, UINT32), (3, 1, UINT8)])
    fit.data(2, START, 120)
    fit.define(3, 20, [(3, 1, UINT8)])
    for second in (10, 20, 40, 60):
        fit.data(3, 130, header=0x80 | (3 << 5) | ((START + second) & 0x1F))
    heart = select(only(read_fit(fit.content())).samples, HeartRate)
    assert heart is not None
    np.testing.assert_allclose(heart.t_s, [0.0, 10.0, 20.0, 40.0, 60.0])


def test_beat_intervals_stand_with_the_record_before_them() -> None:
    fit = FitWriter()
    write_head(fit)
    fit.define(2, 20, [(253, 4, UINT32), (3, 1, UINT8)])
    fit.define(3, 78, [(0, 10, UINT16)])
    for second in range(3):
        fit.data(2, START + second, 120)
        fit.data(3, struct.pack("<5H", 500, 510, 0xFFFF, 0xFFFF, 0xFFFF))
    heart = select(only(read_fit(fit.content())).samples, HeartRate)
    assert heart is not None
    np.testing.assert_allclose(heart.rr_s, [0.5, 0.51] * 3)
    np.testing.assert_allclose(heart.rr_count, [2, 2, 2])


def test_late_heart_rate_is_unpacked_from_twelve_bits() -> None:
    fit = FitWriter()
    write_head(fit)
    write_session(fit, START, 10, sport=5)
    fit.define(6, 132, [(253, 4, UINT32), (9, 4, UINT32), (6, 1, UINT8)])
    fit.data(6, START, 1024 * 3, 100)
    ticks = [(1024 * 3 + 1024 * i) % 4096 for i in range(1, 9)]
    packed = b"".join(
        bytes([low & 0xFF, low >> 8 | (high & 0xF) << 4, high >> 4])
        for low, high in zip(ticks[::2], ticks[1::2], strict=True)
    )
    fit.define(7, 132, [(10, 12, 0x0D), (6, 8, UINT8)])
    fit.data(7, packed, bytes(range(101, 109)))
    heart = select(only(read_fit(fit.content())).samples, HeartRate)
    assert heart is not None
    np.testing.assert_allclose(heart.t_s, np.arange(9.0), atol=1e-6)
    np.testing.assert_allclose(heart.bpm, 100.0 + np.arange(9))


def test_developer_fields_fill_what_the_device_has_not() -> None:
    fit = FitWriter()
    write_head(fit)
    fit.define(5, 206, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 16, STRING), (8, 8, STRING)])
    fit.data(5, 0, 0, 0x84, b"Power", b"Watts")
    fit.data(5, 0, 1, 0x84, b"Ground Time", b"ms")
    fit.define(2, 20, [(253, 4, UINT32)], developer=[(0, 2, 0), (1, 2, 0)])
    for second in range(3):
        fit.data(2, START + second, extra=struct.pack("<HH", 250 + second, 240))
    r = only(read_fit(fit.content()))
    power, dynamics = select(r.samples, Power), select(r.samples, Dynamics)
    assert power is not None and dynamics is not None
    np.testing.assert_allclose(power.power_w, [250.0, 251.0, 252.0])
    np.testing.assert_allclose(dynamics.ground_contact_s, 0.24)


def test_records_of_one_second_become_one_row() -> None:
    fit = FitWriter()
    write_head(fit)
    fit.define(2, 20, [(253, 4, UINT32), (3, 1, UINT8)])
    fit.define(3, 20, [(253, 4, UINT32), (5, 4, UINT32)])
    for second in range(3):
        fit.data(2, START + second, 120)
        fit.data(3, START + second, second * 300)
    r = only(read_fit(fit.content()))
    heart, odometer = select(r.samples, HeartRate), select(r.samples, Odometer)
    assert heart is not None and odometer is not None and len(heart) == len(odometer) == 3


def test_records_without_any_time_are_spread_over_their_session() -> None:
    fit = FitWriter()
    write_head(fit)
    fit.define(2, 20, [(3, 1, UINT8)])
    for _ in range(61):
        fit.data(2, 140)
    write_session(fit, START, 60)
    reading = read_fit(fit.content())
    heart = select(only(reading).samples, HeartRate)
    assert heart is not None and "spread" in reading.problems[0]
    np.testing.assert_allclose(heart.t_s, np.arange(61.0))


def test_a_clock_that_counts_from_power_on_is_dated_by_the_local_time() -> None:
    fit = FitWriter()
    fit.define(0, 0, [(0, 1, ENUM), (4, 4, UINT32)])
    fit.data(0, 4, 1000)
    write_records(fit, 1000, range(61))
    fit.define(5, 34, [(253, 4, UINT32), (5, 4, UINT32)])
    fit.data(5, 1060, START + 60)
    r = only(read_fit(fit.content()))
    assert r.start_unix_s == UNIX_START and math.isnan(r.utc_offset_s)


def test_a_week_counter_that_rolled_over_is_moved_on() -> None:
    start = START - 1024 * 7 * 86400
    fit = FitWriter()
    write_head(fit, start=start)
    write_records(fit, start, range(61))
    reading = read_fit(fit.content())
    assert only(reading).start_unix_s == UNIX_START and "1024 weeks" in reading.problems[0]


def test_every_layout_is_one_table_however_often_it_is_defined() -> None:
    fit = FitWriter()
    write_head(fit)
    for second in range(5):
        write_records(fit, START, [second])
    parts, _ = read_parts(fit.content())
    assert len(parts[0].of(20)) == 1 and parts[0].count(20) == 5


def test_points_without_rows_can_be_taken_from() -> None:
    none = Points(np.empty(0))
    assert len(none.take(slice(None))) == len(none.take(np.zeros(0, dtype=bool))) == 0
