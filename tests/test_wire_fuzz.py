"""Bytes are not trusted: nothing but WireError, whatever arrives. The full-size run is tests/fuzz/wire.py."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from device.wire import WireError, decode
from device.wire.plausible import believe
from device.wire.profiles import FACTS, PROFILES
from edge.samples import DeviceInfo, Gap, stream_name

FUZZ = Path(__file__).parent / "fuzz"


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


def fuzz(*arguments: str) -> dict[str, Any]:
    """Return what the fuzz program says of a run; its limit on time is not a matter for a test."""
    command = [sys.executable, str(FUZZ / "wire.py"), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def reduced() -> dict[str, Any]:
    return fuzz("--cases", "40000", "--seed", "20260601")


def test_forty_thousand_broken_payloads_cause_nothing_but_wire_errors_and_nothing_out_of_range(
    reduced: dict[str, Any],
) -> None:
    assert reduced["failures"] == []
    assert reduced["cases"] == 40_000


def test_the_breaks_reach_both_ends_of_every_stream(reduced: dict[str, Any]) -> None:
    assert set(reduced["by_target"]) >= {*PROFILES, *FACTS}
    assert 0.2 < reduced["refused"] / reduced["cases"] < 0.8
    streams = [uuid for uuid, profile in PROFILES.items() if profile.streams]
    assert all(reduced["believed"][uuid] > 20 for uuid in (*streams, "CscStream", "PmdStream", "GspStream"))


def test_a_payload_in_its_proper_form_is_never_refused(reduced: dict[str, Any]) -> None:
    assert {name: count for name, count in reduced["proper_refused"].items() if count} == {}


def test_the_same_seed_brings_the_same_cases_however_they_are_spread() -> None:
    one, two = fuzz("--cases", "3000", "--only", "2A"), fuzz("--cases", "3000", "--only", "2A", "--jobs", "2")
    assert (one["refused"], one["believed"]) == (two["refused"], two["believed"])


PLANTED = """
import numpy as np, wire
from edge.samples import Battery
from targets import Target
def careless(payload):
    return (Battery(np.array([0.0]), np.array([float(payload[3])])),)
wire.believe = lambda samples: (samples, None)
wire.targets = lambda: [Target("careless", lambda: careless, lambda rng: rng.randbytes(6))]
print(sorted(failure.problem.partition(":")[0] for failure in wire.chunk(1, 0, 500, "").failures))
"""


def test_a_careless_decoder_is_caught_in_both_ways() -> None:
    done = subprocess.run([sys.executable, "-c", PLANTED], cwd=FUZZ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['IndexError', 'out of range']"
