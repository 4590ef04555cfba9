"""Polar's payloads of other people's test vectors: each decodes to what its source states, or the reason is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from device.wire import WireError, advertisement, polar, polar_control, polar_location
from device.wire.polar_delta import decode_delta
from device.wire.polar_frame import PmdHeader, PmdType, parse_header, parse_values
from edge.samples import Altitude, Fix, HeartRate, Inertial, Magnetic, Odometer, Pressure, Temperature

Case = dict[str, Any]
G = 9.80665
KINDS = ("Polar", "BLE advertisement")

#: Where the source's frame or expectation is not one of the wire, and what is checked instead.
REASONS = {
    "testPmdSettingWithRangeMilliUnit": "its frame lacks the two setting ids, which stand as names in the source",
    "test offline type 1 hr data sample": "its type byte is 0x14 (20), the decimal 14 typed as hexadecimal",
    "test raw PPG frame type 14": "its type byte is 0xa5 (type 37): the source parses the content as PPG anyhow",
    "test uncompressed PPG frame type 14 throws error": "its type byte is 0xa5 (type 37), refused for that already",
    "process ppg data": "its content of one byte is no row; the source checks the header only",
    "process location data": "its content of one byte is no row; the source checks the header only",
    "process pressure data": "frame type 3 is not described; the source checks the header only",
    "process control point response when status is success": "nothing stated; its parameters are no settings",
    "process control point response when status is fail": "the same bytes: the failure is one of the radio",
    "test adv contains service": "what is contained is checked; the class that remembers it is the source's own",
    "test advertisement data is updated and cleared": "the fields are checked; their store is the source's own",
    "test processing of consecutive adv packets": "the packets are checked; what is remembered is the source's own",
    "test_parseDeltaFrameAllSamples_withResolution32_realVector1": "expectedSamplesSize is where its count begins",
    "test_parseDeltaFrameAllSamples_multipleDeltas": "expectedSampleSize is where its count begins",
}


def cases(folder: Path) -> dict[str, Case]:
    found = json.loads((folder / "ble_payloads" / "payloads.json").read_text())
    return {case["name"]: case for case in found if case["characteristic"].startswith(KINDS)}


def joined(case: Case) -> bytes:
    return bytes.fromhex("".join(case["frames"].values()))


def expected(case: Case, key: str) -> float:
    text = re.sub(r"(uL|u|f)$", "", case["expected"][key])
    return int(text) if text.lstrip("-").isdigit() else float(text)


def rows(case: Case) -> np.ndarray[Any, Any]:
    """Return the rows of a frame after checking what its source states of the header."""
    frame = polar.parse(joined(case))
    for key in ("timeStamp", "expectedTimeStamp"):
        if key in case.get("expected", {}) and "PPG frame type 10" not in case["name"]:
            assert frame.header.device_ns == int(expected(case, key))
    return frame.values


def fed(case: Case, kind: PmdType, previous_ns: int = 100, factor: float = 1.0) -> tuple[Any, ...]:
    """Return the samples of a frame whose previous one had the stamp that the source states."""
    stream = polar.PmdStream()
    stream.configure(kind, polar.Settings(factor=(factor,)))
    state = json.loads(stream.save())
    state[kind.name][0] = previous_ns
    made = polar.PmdStream.restore(json.dumps(state)).feed(joined(case))
    for samples in made:
        assert len(samples) == 1 or np.allclose(np.diff(samples.t_s), (2.0 - previous_ns / 1e9) / len(samples))
        assert samples.t_s[-1] == 2.0
    return made


# ── frames ─────────────────────────────────────────────────────────────────────────────────────────────────────


def acc_raw(case: Case) -> None:
    want = [[expected(case, f"{axis}Value{n}") for axis in "xyz"] for n in (1, 2)]
    assert rows(case)[:2].tolist() == want
    (inertial,) = fed(case, PmdType.ACC)
    assert isinstance(inertial, Inertial)
    assert inertial.accel_m_s2[:2] == pytest.approx(np.array(want) * G / 1000)
    assert np.isnan(inertial.gyro_rad_s).all()


def acc_delta(case: Case) -> None:
    assert rows(case)[0].tolist() == [expected(case, f"sample0Channel{n}") for n in range(3)]
    (inertial,) = fed(case, PmdType.ACC, factor=2.44e-4)
    assert np.abs(inertial.accel_m_s2).max() <= expected(case, "range") * G
    assert len(inertial) == expected(case, "amountOfSamples") + 56  # where the source's count begins, and its block


def ecg_type_2(case: Case) -> None:
    assert rows(case)[:, 0].tolist() == [expected(case, "ecgValue1"), expected(case, "ecgValue2")]


def coordinates(case: Case) -> None:
    frame = polar.parse(joined(case))
    (row,) = polar_location.coordinates(frame)
    assert row.distance_m == expected(case, "cumulativeDistance")
    assert row.course_deg == pytest.approx(expected(case, "course"))
    assert row.chip_speed_kn == pytest.approx(expected(case, "gpsChipSpeed"))
    assert row.speed_flag == expected(case, "speedFlag")
    assert row.fix
    assert row.unix_s == 1_633_086_874  # 2021-10-01 11:14:34
    fix, odometer = fed(case, PmdType.LOCATION)
    assert isinstance(fix, Fix)
    assert isinstance(odometer, Odometer)
    assert np.isnan(fix.speed_m_s).all()  # 0xffff knots: not known


def dilution(case: Case) -> None:
    (row,) = polar_location.dilutions(polar.parse(joined(case)))
    assert row.dilution == pytest.approx(expected(case, "dilution"))
    assert row.altitude_m == expected(case, "altitude")
    assert row.satellites == expected(case, "numberOfSatellites")
    assert row.fix
    (altitude,) = fed(case, PmdType.LOCATION)
    assert isinstance(altitude, Altitude)
    assert np.isnan(altitude.altitude_m).all()


def receiver_text(case: Case) -> None:
    (message,) = polar_location.texts(polar.parse(joined(case)))
    assert message.period == expected(case, "measurementPeriod")
    assert len(message.text) == expected(case, "nmeaMessageLength")
    assert message.flags == 0x80
    assert message.text == "GPAAM,A,A,0.10,N,WPTNME*32"
    assert fed(case, PmdType.LOCATION) == ()


def gyro_floats(case: Case) -> None:
    factor = expected(case, "factor")
    want = [[1.0, 10.0, 20.0], [10.0, 20.0, 1.1]]
    assert rows(case) == pytest.approx(np.array(want), rel=1e-6)
    (inertial,) = fed(case, PmdType.GYRO, factor=factor)
    assert np.degrees(inertial.gyro_rad_s) == pytest.approx(np.array(want) * factor, rel=1e-6)
    assert np.isnan(inertial.accel_m_s2).all()


def mag(case: Case) -> None:
    want = [expected(case, f"sample0channel{n}") for n in range(3)]
    assert rows(case)[0, :3].tolist() == want
    (magnetic,) = fed(case, PmdType.MAG)
    assert isinstance(magnetic, Magnetic)
    per_count = 100.0 if parse_header(joined(case)).frame_type == 0 else 0.1
    assert magnetic.field_ut[0] == pytest.approx(np.array(want) * per_count)


def offline_heart_rate(case: Case) -> None:
    values = rows(case)[:, 0]
    assert len(values) == expected(case, "expectedSampleSize")
    assert (values[0], values[1], values[-1]) == (0, 255, expected(case, "expectedSampleLast"))


def offline_heart_rate_1(case: Case) -> None:
    with pytest.raises(WireError, match="unknown measurement type 20"):
        polar.parse(joined(case))
    header = PmdHeader(PmdType.OFFLINE_HEART_RATE, 0, 1)
    content = bytes.fromhex(case["frames"]["offlineHrDataFrameContent"])
    assert parse_values(header, content).tolist() == [[72, 86, 71], [81, 64, 82]]


def ppg_gains(values: np.ndarray[Any, Any], case: Case) -> None:
    (row,) = values
    times = {4: 12, 9: 12, 14: 1}[int(re.findall(r"type (\d+)", case["name"])[0])]
    assert row[0] == expected(case, "expectedNumIntTs1")
    for key in case["expected"]:
        if found := re.fullmatch(r"expectedChannel(\d)GainTs(\d+)", key):
            channel, at = int(found[1]), int(found[2])
            assert row[times + 2 * (at - 1) + channel - 1] == expected(case, key)


def ppg_raw_gains(case: Case) -> None:
    ppg_gains(rows(case), case)


def ppg_type_14(case: Case) -> None:
    with pytest.raises(WireError, match="unknown measurement type 37"):
        polar.parse(joined(case))
    ppg_gains(parse_values(PmdHeader(PmdType.PPG, 0, 14), bytes.fromhex(case["frames"]["ppgDataFrameContent"])), case)


def ppg_mode(case: Case) -> None:
    assert rows(case).tolist() == [[0xFFFFFFFF]]


def ppg_delta_0(case: Case) -> None:
    values = rows(case)
    assert values[0].tolist() == [expected(case, f"refSample0Channel{n}") for n in range(4)]
    steps = [expected(case, f"refSample1Channel{n}") for n in range(4)]  # the source states the differences
    assert (values[1] - values[0]).tolist() == steps


def ppg_delta_7(case: Case) -> None:
    first = rows(case)[0]
    assert [first[0], first[1], first[15]] == [expected(case, f"sample0Channel{n}") for n in (0, 1, 15)]
    assert first[16] == expected(case, "sample0ChannelStatus")


def ppg_delta_10(case: Case) -> None:
    values = rows(case)
    assert len(values) == 7
    assert values[0, -1] == expected(case, "expectedStatus")


def refused(case: Case) -> None:
    with pytest.raises(WireError):
        polar.parse(joined(case))


def intervals(case: Case) -> None:
    values = rows(case)
    assert values[:, :3].tolist() == [
        [expected(case, "heartRate"), expected(case, "intervalInMs"), expected(case, "errorEstimate")],
        [expected(case, "heartRate2"), expected(case, "intervalInMs2"), expected(case, "errorEstimate2")],
    ]
    assert values[:, 3:].tolist() == [[1, 1, 1], [0, 0, 0]]
    (beats,) = polar.PmdStream().feed(joined(case))
    assert isinstance(beats, HeartRate)
    assert (beats.bpm.tolist(), beats.rr_s.tolist(), beats.rr_count.tolist()) == ([128, 0], [32.896, 0.001], [1, 1])
    assert np.isnan(beats.t_s).all()
    assert [doubt.stream for doubt in polar.doubts(polar.parse(joined(case)))] == ["heart_rate"]


def pressure(case: Case) -> None:
    factor = expected(case, "factor")
    (samples,) = fed(case, PmdType.PRESSURE, factor=factor)
    assert isinstance(samples, Pressure)
    assert len(samples) == expected(case, "expectedSamplesSize") + rows(case).shape[0] - 1
    assert samples.pressure_pa[0] == pytest.approx(rows(case)[0, 0] * factor * 100.0)
    assert 900.0 < rows(case)[0, 0] < 1100.0


def skin_temperature(case: Case) -> None:
    assert rows(case) == pytest.approx(np.array([[value] for _, value in case["stated"][1:]]), rel=1e-6)
    assert polar.PmdStream().feed(joined(case)) == ()


def temperature(case: Case) -> None:
    (samples,) = fed(case, PmdType.TEMPERATURE)
    assert isinstance(samples, Temperature)
    assert samples.temperature_c == pytest.approx([24.02])


def header_only(case: Case) -> None:
    header = parse_header(joined(case))
    assert header.compressed == (case["expected"]["expectedIsCompressed"] == "true")
    if "expectedTimeStamp" in case["expected"]:
        assert header.device_ns == int(expected(case, "expectedTimeStamp"))
    with pytest.raises(WireError):
        polar.parse(joined(case))


def header_and_row(case: Case) -> None:
    header = parse_header(joined(case))
    assert header.compressed == (case["expected"]["expectedIsCompressed"] == "true")
    assert header.device_ns == int(expected(case, "expectedTimeStamp"))
    assert len(rows(case)) >= case["stated"][0][1]


# ── control point, delta blocks, advertisements ────────────────────────────────────────────────────────────────


def answer(case: Case) -> None:
    message = polar_control.parse_control(joined(case))
    assert message == polar_control.ControlAnswer(1, 0, parameters=bytes.fromhex("0000000070ff")[1:])
    with pytest.raises(WireError):
        message.settings()


def stopped(case: Case) -> None:
    message = polar_control.parse_control(joined(case))
    assert message == polar_control.StreamsStopped(tuple(joined(case)[1:]))
    if case.get("stated"):
        assert message.types == (PmdType.PPG, PmdType.ACC)


def settings(case: Case) -> None:
    want = case["expected"]
    got = polar_control.parse_settings(joined(case))
    ranges = tuple(int(want[f"range{n}"]) for n in range(1, 5))
    assert got == polar_control.Settings(
        (int(want["sampleRate"]),), (int(want["resolution"]),), ranges, channels=(int(want["channels"]),)
    )
    assert polar_control.encode_settings(got) == joined(case)


def settings_in_thousandths(case: Case) -> None:
    raw = joined(case)
    with pytest.raises(WireError):
        polar_control.parse_settings(raw)
    got = polar_control.parse_settings(b"\x03" + raw[:9] + b"\x01" + raw[9:])
    assert got == polar_control.Settings(resolution_bits=(14,), range_milli=(0xFFFFFFFF, 0xFF))


def delta(case: Case) -> None:
    want = case["expected"]
    values = decode_delta(joined(case), int(want["channels"]), int(want["resolution"]))
    assert values.shape[1] == int(want["channels"])
    for key, text in want.items():
        if found := re.fullmatch(r"refSample(\d)Channel(\d)|expectedRefSample(\d)", key):
            row, channel = (found[1], found[2]) if found[3] is None else (0, found[3])
            assert values[int(row), int(channel)] == int(text)
    assert len(values) == int(want.get("amountOfSamples", len(values)))


def manufacturer(case: Case) -> None:
    for label, text in case["frames"].items():
        if label == "adType16bitMoreData":
            assert advertisement.parse_services(bytes.fromhex(text)) == ("180D", "FEEE")
            continue
        company, rest = advertisement.parse_manufacturer(bytes.fromhex(text))
        if label == "manufacturerData2":
            assert (company, rest) == (0xFF00, b"")
            continue
        assert company == advertisement.POLAR_COMPANY
        assert (advertisement.polar_heart_rate(rest) is not None) == ("Hr" in label)
    if case["name"].endswith("SAGRFC31 format"):
        assert advertisement.polar_heart_rate(rest) == advertisement.PolarHeartRate(
            True, True, 2, True, False, 0x0B, 0xB6, 0xAC
        )


def services(case: Case) -> None:
    found = [advertisement.parse_services(bytes.fromhex(text)) for text in case["frames"].values()]
    assert found == [("180D", "FEEE"), ("180D",)]


def advertised_flags(case: Case) -> None:
    got = [advertisement.parse_polar_heart_rate(bytes.fromhex(text)) for text in case["frames"].values()]
    name = {"test battery status": "battery_low", "test status flag": "status"}[case["name"]]
    assert [getattr(each, name) for each in got] == [bool(value) for _, value in case["stated"]]


def advertised_rates(case: Case) -> None:
    got = [advertisement.parse_polar_heart_rate(bytes.fromhex(text)) for text in case["frames"].values()]
    stated = [value for _, value in case["stated"]]
    assert [each for got in got for each in (got.fast_bpm, got.slow_bpm, got.slow_bpm)] == stated


CHECKS: dict[str, Callable[[Case], None]] = {
    "test parse hr from manufacturer data without hr": manufacturer,
    "test parse hr from manufacturer data SAGRFC23 format": manufacturer,
    "test parse hr from manufacturer data SAGRFC31 format": manufacturer,
    "test processing of consecutive adv packets": manufacturer,
    "test adv contains service": services,
    "test advertisement data is updated and cleared": manufacturer,
    "test battery status": advertised_flags,
    "test status flag": advertised_flags,
    "test fast and slow avg hr": advertised_rates,
    "parse reference sample when resolution16 and type is unsigned int": delta,
    "test_parseDeltaFrameAllSamples_withResolution32_realVector1": delta,
    "test_parseDeltaFrameAllSamples_withResolution32": delta,
    "test_parseDeltaFrameAllSamples_multipleDeltas": delta,
    "process control point response when status is success": answer,
    "process control point response when status is fail": answer,
    "process measurement stop control point command from service no content": stopped,
    "process measurement stop control point command": stopped,
    "process ecg data": header_and_row,
    "process ppg data": header_only,
    "process gyro data": header_and_row,
    "process location data": header_only,
    "process pressure data": header_only,
    "testPmdSettingsWithRange": settings,
    "testPmdSettingWithRangeMilliUnit": settings_in_thousandths,
    "process acc raw data frame type 1": acc_raw,
    "process acc compressed data type 0": acc_delta,
    "process raw ecg data type 2": ecg_type_2,
    "process raw location data type 0": coordinates,
    "process raw location data type 1": dilution,
    "process raw location data type 3": receiver_text,
    "process gyro compressed data type 1": gyro_floats,
    "process gyro compressed data type 1 with factor": gyro_floats,
    "process magnetometer compressed data type 0": mag,
    "process magnetometer compressed data type 1": mag,
    "test offline Type0 hr data sample": offline_heart_rate,
    "test offline type 1 hr data sample": offline_heart_rate_1,
    "test raw PPG frame type 4": ppg_raw_gains,
    "test raw PPG frame type 5": ppg_mode,
    "test raw PPG frame type 9": ppg_raw_gains,
    "test compressed PPG frame type 0": ppg_delta_0,
    "test compressed PPG frame type 7": ppg_delta_7,
    "test compressed PPG frame type 10": ppg_delta_10,
    "test uncompressed PPG frame type 10 throws error": refused,
    "test uncompressed PPG frame type 13 throws error": refused,
    "test raw PPG frame type 14": ppg_type_14,
    "test uncompressed PPG frame type 14 throws error": refused,
    "process ppi raw data type 0": intervals,
    "process compressed pressure data type 0 with factor": pressure,
    "process raw pressure data type 0": pressure,
    "dataFromCompressedType0_parse-data_with-compressed-data": skin_temperature,
    "process raw temperature data type 0": temperature,
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_polar_payload_decodes_to_what_its_source_states(name: str, data_folder: Path) -> None:
    CHECKS[name](cases(data_folder)[name])


def test_no_polar_payload_is_left_out(data_folder: Path) -> None:
    assert set(cases(data_folder)) == set(CHECKS)
    assert set(REASONS) <= set(CHECKS)
