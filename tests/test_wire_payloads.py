"""Payloads of other projects' tests: each is read to what its source expects, or the reason why not stands here.

The cases are compared field by field through the tables below, so that a new case of the same kind is judged too.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from device.wire import WireError, decode, parse
from device.wire.csc import CscStream

OURS = (
    "2A37", "2A38", "2A53", "2A54", "2A5C", "2A5D", "2A67", "2A69", "2A6A", "2A6C", "2A6D", "2A6E", "2A6F",
    "2A19", "2A24", "2A25", "2A26", "2A27", "2A28", "2A29", "2A2B", "2A08", "2A0F", "2A5B", "2ACD", "2AA1", "2AA3",
)  # fmt: skip
CYCLING_FILES = ("incyclist characteristics/csc/", "incyclist csc/")

#: (characteristic, name) -> why these bytes must be refused
REFUSED = {
    ("2A37", "test parse with insufficient data"): "one byte is no measurement",
    (
        "2A37",
        "test parse with unsupported flag combinations",
    ): "the flags promise energy and intervals that are missing",
    ("2A53", "test parse with insufficient data"): "two bytes are no measurement",
    ("2A5B", "test parse with invalid data length returns null"): "the flags promise wheel data that are missing",
    ("2A19", "test parse with more than one byte returns null"): "a level is one byte",
    ("2A19", "processServiceData"): "in the source these are a Battery Level Status, 0x2BED",
}
#: (characteristic, name, field) -> why the source's own value is not what these bytes say
NOT_THE_BYTES = {
    ("2A19", "getBatteryLevel_should_return_newest_battery_level_value", "bleBattClient.getBatteryLevel()"):
        "the source sends 0 first and 100 after; the case holds the first payload alone",
    ("2A19", "getBatteryLevel_should_return_undefined_battery_percentage", "bleBattClient.getBatteryLevel()"):
        "the source delivers the byte with an error status; the byte itself says 100",
    ("2A53", "processServiceData_whenUnknownCharacteristic_doesNotEmitNotification", "values.isEmpty()"):
        "the source sends the bytes under another UUID; as 0x2A53 they are a measurement",
    ("2A5B", "test parse with wheel revolutions only", "result?.speed"):
        "one payload has counters, no speed: 0 would be a number that nobody measured",
    ("2A5B", "test parse with wheel revolutions only", "result?.cadence"):
        "no crank in the payload: 0 would be a number that nobody measured",
}  # fmt: skip


def number(value: Any) -> Any:
    """Return what is absent as None, an enum by its name, anything else as it is."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return getattr(value, "name", value)


Read = Callable[[Any], Any]
POSITION_STATUS = ("NO_POSITION", "POSITION_OK", "ESTIMATED_POSITION", "LAST_KNOWN_POSITION")
#: what other projects call a field -> how to get it from our measurement in their unit
SIG: dict[str, dict[str, Read]] = {
    "2A37": {
        "heart_rate": lambda m: m.bpm,
        "sensor_contact": lambda m: {None: "NOT_SUPPORTED", False: "NOT_DETECTED", True: "DETECTED"}[m.contact],
        "energy_expended": lambda m: m.energy_kj,
        "rr_intervals": lambda m: m.rr_s,
    },
    "2A53": {
        "instantaneous_speed": lambda m: m.speed_m_s,
        "instantaneous_cadence": lambda m: m.strides_per_min,
        "instantaneous_stride_length": lambda m: m.stride_m,
        "total_distance": lambda m: m.distance_m,
    },
    "2A54": {
        "instantaneous_stride_length_supported": lambda f: f.stride_length,
        "total_distance_supported": lambda f: f.distance,
        "walking_or_running_status_supported": lambda f: f.walking_or_running,
        "calibration_procedure_supported": lambda f: f.calibration,
        "multiple_sensor_locations_supported": lambda f: f.several_locations,
    },
    "2A5B": {
        "cumulative_wheel_revolutions": lambda m: m.wheel_revolutions,
        "last_wheel_event_time": lambda m: m.wheel_event_s,
        "cumulative_crank_revolutions": lambda m: m.crank_revolutions,
        "last_crank_event_time": lambda m: m.crank_event_s,
    },
    "2A5C": {
        "wheel_revolution_data_supported": lambda f: f.wheel,
        "crank_revolution_data_supported": lambda f: f.crank,
        "multiple_sensor_locations_supported": lambda f: f.several_locations,
    },
    "2A67": {
        "instantaneous_speed": lambda m: m.speed_m_s,
        "total_distance": lambda m: m.distance_m,
        "latitude": lambda m: m.latitude_deg,
        "longitude": lambda m: m.longitude_deg,
        "elevation": lambda m: m.elevation_m,
        "heading": lambda m: m.heading_deg,
        "rolling_time": lambda m: m.rolling_s,
        "utc_time": lambda m: m.utc_unix_s,
        "position_status": lambda m: POSITION_STATUS[m.status],
        "speed_and_distance_format": lambda m: "FORMAT_3D" if m.three_d else "FORMAT_2D",
        "elevation_source": lambda m: (
            "POSITIONING_SYSTEM", "BAROMETRIC_AIR_PRESSURE", "DATABASE_SERVICE", "OTHER"
        )[m.elevation_source],
        "heading_source": lambda m: (
            "HEADING_BASED_ON_MOVEMENT", "HEADING_BASED_ON_MAGNETIC_COMPASS"
        )[m.heading_source],
    },
    "2A69": {
        "number_of_beacons_in_solution": lambda q: q.satellites_used,
        "number_of_beacons_in_view": lambda q: q.satellites_in_view,
        "time_to_first_fix": lambda q: q.first_fix_s,
        "ehpe": lambda q: q.horizontal_error_m,
        "evpe": lambda q: q.vertical_error_m,
        "hdop": lambda q: q.horizontal_dilution,
        "vdop": lambda q: q.vertical_dilution,
        "position_status": lambda q: POSITION_STATUS[q.status],
    },
    "2ACD": {
        "instantaneous_speed": lambda m: m.speed_m_s * 3.6,
        "average_speed": lambda m: m.average_speed_m_s * 3.6,
        "total_distance": lambda m: m.distance_m,
        "inclination": lambda m: m.inclination_percent,
        "ramp_angle_setting": lambda m: m.ramp_angle_deg,
        "positive_elevation_gain": lambda m: m.ascent_m,
        "negative_elevation_gain": lambda m: m.descent_m,
        "instantaneous_pace": lambda m: m.pace_s_per_500_m,
        "average_pace": lambda m: m.average_pace_s_per_500_m,
        "total_energy": lambda m: m.energy_kcal,
        "energy_per_hour": lambda m: m.energy_kcal_per_h,
        "energy_per_minute": lambda m: m.energy_kcal_per_min,
        "heart_rate": lambda m: m.bpm,
        "metabolic_equivalent": lambda m: m.metabolic_equivalent,
        "elapsed_time": lambda m: m.elapsed_s,
        "remaining_time": lambda m: m.remaining_s,
        "force_on_belt": lambda m: m.force_n,
        "power_output": lambda m: m.power_w,
    },
}  # fmt: skip
#: names that say nothing which the other fields do not say
REDUNDANT = {"flags", "features", "status", "notifying", "values.size", "response.isValid()", "success"}
#: what the Java and Kotlin tests call a field, without "n.", "result?." and "toInt()"
STATED: dict[str, dict[str, Read]] = {
    "2A37": {
        "heartRate": lambda m: m.bpm,
        "sensorContact": lambda m: bool(m.contact),
        "contactDetected": lambda m: m.contact,
        "energyExpanded": lambda m: m.energy_kj,
        "energyExpended": lambda m: m.energy_kj,
    },
    "2A53": {
        "speed": lambda m: m.speed_m_s * 256,
        "cadence": lambda m: m.strides_per_min,
        "strideLength": lambda m: 0 if math.isnan(m.stride_m) else m.stride_m * 100,
        "totalDistance": lambda m: 0 if math.isnan(m.distance_m) else m.distance_m * 10,
        "strideLengthPresent": lambda m: not math.isnan(m.stride_m),
        "totalDistancePresent": lambda m: not math.isnan(m.distance_m),
        "running": lambda m: m.running,
    },
    "2A19": {"": lambda level: level, "expectedBatteryLevel": lambda level: level},
}


def shared_cases(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the 16-bit UUID and the case of every shared case that concerns these profiles."""
    for case in json.loads((folder / "ble_payloads" / "payloads.json").read_text()):
        what = str(case["characteristic"])
        uuid = "2A5B" if what.startswith(CYCLING_FILES) else what[2:6].upper() if what.startswith("0x") else ""
        if uuid in OURS:
            yield uuid, case


def same(measured: Any, expected: Any) -> bool:
    measured = number(measured)
    if isinstance(expected, (int, float)) and isinstance(measured, (int, float)):
        return measured == pytest.approx(expected, rel=1e-9, abs=1e-9)
    return bool(measured == expected)


def expected_value(text: str) -> Any:
    """Return the value that a Python repr of the source stands for: number, None, enum name, tuple or Unix time."""
    if moment := re.search(r"datetime\(([\d, ]+)\)", text):
        return datetime(*(int(part) for part in moment[1].split(",")), tzinfo=UTC).timestamp()
    if text.startswith("("):
        return tuple(float(part) for part in text.strip("()").split(",") if part.strip())
    if re.fullmatch(r"[A-Z]\w*\.\w+", text):
        return text.split(".")[1]
    words = {"None": None, "True": True, "False": False}
    return words[text] if text in words else float(text)


def check_sig(uuid: str, case: dict[str, Any], measured: Any) -> int:
    """Check one case of bluetooth-sig-python, a repr as expectation; return how many values were compared."""
    expected = str(case["expected"])
    if uuid not in SIG:
        shown = measured.unix_s if hasattr(measured, "unix_s") else measured
        assert same(shown, expected_value(expected)), (uuid, case, measured)
        return 1
    pairs = re.findall(r"(\w+)=(datetime\.\w+\([^)]*\)|datetime\([^)]*\)|\([^)]*\)|[^,()]+(?:\([^)]*\))?)", expected)
    pairs = [(name, text) for name, text in pairs if name not in REDUNDANT]
    assert pairs, f"no field understood in {expected}"
    for name, text in pairs:
        assert same(SIG[uuid][name](measured), expected_value(text)), (uuid, case["name"], name, text, measured)
    return len(pairs)


def check_stated(uuid: str, case: dict[str, Any], measured: Any) -> int:
    """Check the assertions of a Java or Kotlin test; return how many values were compared."""
    compared = 0
    for said, value in case.get("stated", []):
        name = re.sub(r"^!?(n|result\??|response)\.|\.toInt\(\)$|\?$", "", said).removeprefix("result")
        if said in REDUNDANT or (uuid, case["name"], said) in NOT_THE_BYTES or said.startswith(("values.", "hrData")):
            continue
        wanted = not value if said.startswith("!") else value
        assert same(STATED[uuid][name](measured), wanted), (uuid, case["name"], said, value, measured)
        compared += 1
    return compared


def check_polar(uuid: str, case: dict[str, Any]) -> int:
    """Check the numbered expectations of a Polar test, one per frame; return how many values were compared."""
    measured = [parse(uuid, bytes.fromhex(frame)) for frame in case["frames"].values()]
    intervals = [rr for m in measured for rr in getattr(m, "rr_s", ())]
    compared = 0
    for name, text in case["expected"].items():
        value = {"true": True, "false": False}.get(text) if text in ("true", "false") else float(text)
        if name in REDUNDANT:
            continue
        if found := re.fullmatch(r"sample(\d+)ExpectedRRin(1024|Ms)Unit", name):
            rr = intervals[int(found[1]) - 1]
            shown: Any = rr * 1024 if found[2] == "1024" else math.floor(rr * 1000)
        elif found := re.fullmatch(r"(?:expected)?(\w+?)(\d)?", name):
            field = {"HeartRate": "heartRate", "BatteryLevel": ""}.get(found[1], found[1])
            shown = STATED[uuid][field](measured[int(found[2] or 1) - 1])
        assert same(shown, value), (uuid, case["name"], name, shown, value)
        compared += 1
    return compared


@pytest.mark.real
def test_every_case_is_read_to_what_its_source_expects_or_refused_for_a_reason(data_folder: Path) -> None:
    cases = values = 0
    for uuid, case in shared_cases(data_folder):
        cases += 1
        for frame in case["frames"].values():
            payload = bytes.fromhex(frame)
            if (uuid, case["name"]) in REFUSED:
                with pytest.raises(WireError):
                    decode(uuid, payload)
                continue
            decode(uuid, payload)
            measured = parse(uuid, payload)
            if isinstance(case.get("expected"), str):
                values += check_sig(uuid, case, measured)
            values += check_stated(uuid, case, measured)
        if isinstance(case.get("expected"), dict) and (uuid, case["name"]) not in REFUSED:
            values += check_polar(uuid, case)
    assert cases >= 60
    assert values >= 120


@pytest.mark.real
def test_every_reason_belongs_to_a_case(data_folder: Path) -> None:
    names = {(uuid, case["name"]) for uuid, case in shared_cases(data_folder)}
    assert set(REFUSED) <= names
    assert {(uuid, name) for uuid, name, _ in NOT_THE_BYTES} <= names


def test_the_cycling_cases_in_a_row_turn_counters_into_speed_and_cadence() -> None:
    """incyclist measurement.unit.test.ts lines 10 to 15: 217, 219, 220 wheel turns; 1 and 3 crank turns."""
    stream = CscStream(wheel_circumference_m=2.0)
    rows = [
        stream.feed(bytes.fromhex(payload), t_s)[0]
        for t_s, payload in enumerate(("03d9000000770c01000098", "01db0000001812", "03dc000000911403004e9f"))
    ]
    assert math.isnan(rows[0].speed_m_s[0])
    assert rows[1].speed_m_s[0] == pytest.approx(2 * 2.0 / ((0x1218 - 0x0C77) / 1024))
    assert rows[2].speed_m_s[0] == pytest.approx(2.0 / ((0x1491 - 0x1218) / 1024))
    assert rows[2].cadence_rpm[0] == pytest.approx(60 * 2 / ((0x9F4E - 0x9800) / 1024))
    assert [row.distance_m[0] for row in rows] == [0.0, 4.0, 6.0]
