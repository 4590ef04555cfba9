"""Bytes are not trusted: nothing but WireError, whatever arrives; and the cases of other projects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import p8_golden as golden
import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.wire import WireError, decode, p8
from device.wire.plausible import believe
from device.wire.profiles import PROFILES
from edge.samples import DeviceInfo, Gap, stream_name

SEEDS = {
    "2A37": ["0064", "1e4b010000040008"],
    "2A53": ["038002b4550010270000"],
    "2A67": ["ff06160110270098d8a91770006fc1847402282307ea0706060d1e00"],
    p8.DATA.upper(): [golden.MOTION, golden.MAGNETIC, golden.PRESSURE, golden.POSITION],
}


@given(st.sampled_from(sorted(PROFILES)), st.binary(max_size=260))
def test_bytes_cause_samples_or_wire_error_and_nothing_else(uuid: str, payload: bytes) -> None:
    try:
        decoded = decode(uuid, payload, t_s=1.0)
    except WireError:
        return
    for samples in decoded:
        assert not isinstance(samples, (Gap, DeviceInfo))
        assert stream_name(samples) in PROFILES[uuid].streams
        assert not np.isinf(samples.t_s).any()
        kept, doubt = believe(samples)
        assert kept is not None or doubt is not None


def mutated(rng: np.random.Generator, payload: bytes) -> bytes:
    """Return a payload cut, lengthened, with flipped bits or with a byte at a border value."""
    changed = bytearray(payload)
    kind = int(rng.integers(0, 4))
    if kind == 0:
        return bytes(changed[: int(rng.integers(0, len(changed) + 1))])
    if kind == 1:
        return bytes(changed) + rng.bytes(int(rng.integers(1, 30)))
    at = int(rng.integers(0, len(changed)))
    changed[at] = changed[at] ^ (1 << int(rng.integers(0, 8))) if kind == 2 else int(rng.choice([0, 1, 127, 128, 255]))
    return bytes(changed)


def test_twenty_thousand_mutated_payloads_cause_nothing_but_wire_errors() -> None:
    rng = np.random.default_rng(20260601)
    whole = 0
    for number in range(20_000):
        uuid = list(SEEDS)[number % len(SEEDS)]
        payload = bytes.fromhex(SEEDS[uuid][number % len(SEEDS[uuid])])
        for _ in range(int(rng.integers(1, 4))):
            payload = mutated(rng, payload or b"\0")
        try:
            decode(uuid, payload)
            whole += 1
        except WireError:
            pass
    assert 1_000 < whole < 19_000, "the mutations must reach both ends"


# ── cases of other projects ───────────────────────────────────────────────────────────────────────────────────────

OURS = ("2A37", "2A53", "2A67", "2A6D", "2A6C", "2A6E", "2A6F", "2A19")


def shared_cases(folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for case in json.loads((folder / "ble_payloads" / "payloads.json").read_text()):
        uuid = next((u for u in OURS if str(case["characteristic"]).startswith(f"0x{u}")), None)
        if uuid is not None:
            yield uuid, case


#: Cases in which the source feeds a parser less or more than the specification asks for.
REFUSED = {
    ("0x2A37 Heart Rate Measurement", "test parse with insufficient data"),
    ("0x2A37 Heart Rate Measurement", "test parse with unsupported flag combinations"),
    ("0x2A53 RSC Measurement", "test parse with insufficient data"),
    ("0x2A19 Battery Level", "test parse with more than one byte returns null"),
    # these four bytes are a Battery Level Status (0x2BED) in the source's test, not a level
    ("0x2A19 Battery Level", "processServiceData"),
}


@pytest.mark.real
def test_every_shared_case_of_these_profiles_is_read_or_refused_as_it_should(data_folder: Path) -> None:
    read = 0
    for uuid, case in shared_cases(data_folder):
        refused = (case["characteristic"], case["name"]) in REFUSED
        for frame in case["frames"].values():  # type: ignore[attr-defined]
            read += 1
            if refused:
                with pytest.raises(WireError):
                    decode(uuid, bytes.fromhex(frame))
            else:
                assert decode(uuid, bytes.fromhex(frame))
    assert read >= 40


@pytest.mark.real
def test_shared_single_numbers_have_the_expected_value(data_folder: Path) -> None:
    checked = 0
    for uuid, case in shared_cases(data_folder):
        try:
            expected = float(case.get("expected"))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
        (samples,) = decode(uuid, bytes.fromhex(case["frames"]["value"]))  # type: ignore[index]
        column = {"2A6D": "pressure_pa", "2A6C": "altitude_m", "2A6E": "temperature_c"}
        column |= {"2A6F": "humidity_percent", "2A19": "level_percent"}
        assert getattr(samples, column[uuid])[0] == pytest.approx(expected, abs=1e-9)
        checked += 1
    assert checked >= 10
