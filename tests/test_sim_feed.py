"""Laws of the feed: samples as a host decodes them, each with what is so; the same seed gives the same lines."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import fitdecode
import numpy as np
import pytest

from app.cli import main
from app.sample_feed import SCHEMA, TRUTHS, VERSION, arrivals
from edge.samples import STREAMS, Gap
from hardware_sim.scenarios import scenario
from hardware_sim.world import World

SHORT = """
name = "short"
duration_s = 60.0
[place]
name = "Innsbruck"
latitude_deg = 47.2692
longitude_deg = 11.4041
altitude_m = 574.0
start = 2026-03-14T07:30:00+01:00
[course]
kind = "loop"
lap_m = 1000.0
[[plan]]
duration_s = 60.0
[[tracker]]
name = "strap"
model = "polar-h10"
sends = ["heart_rate"]
[[tracker]]
name = "watch"
model = "watch"
sends = ["location", "running"]
[[tracker]]
name = "clip"
model = "open-tracker"
sends = ["motion"]
imu_hz = 26.0
"""


@pytest.fixture
def short(tmp_path: Path) -> str:
    (tmp_path / "short.toml").write_text(SHORT)
    return str(tmp_path / "short.toml")


def fed(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert main(["sim", "feed", "--jsonl", *words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_feed_begins_with_its_schema_and_ends_with_its_count(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, *between, last = fed(["--scenario", short, "--seed", "3"], capsys)
    assert (first["schema"], first["version"], first["kind"], first["seed"]) == (SCHEMA, VERSION, "start", 3)
    assert last["kind"] == "end" and last["samples"] == sum(line["kind"] == "sample" for line in between)
    streams = {line["stream"] for line in between if line["kind"] == "sample"}
    assert {"heart_rate", "fix", "stride", "inertial"} <= streams <= set(STREAMS)


def test_every_sample_says_when_what_and_what_is_so(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = fed(["--scenario", short], capsys)
    samples = [line for line in lines if line["kind"] == "sample"]
    assert all(set(line) == {"kind", "t", "at", "stream", "values", "truth"} for line in samples)
    assert all(np.diff([line["at"] for line in samples]) >= 0)
    truth = World(scenario(short)).truth
    for line in samples:
        names = TRUTHS.get(STREAMS[str(line["stream"])], ())
        told = line["truth"]
        assert isinstance(told, dict) and set(told) == set(names)
        for name in names:
            assert told[name] == pytest.approx(float(np.interp(float(line["t"]), truth.t_s, getattr(truth, name))))  # type: ignore[arg-type]


def test_the_samples_are_those_that_a_host_decodes(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = fed(["--scenario", short, "--fault", "link-loss tracker=strap from_s=10 to_s=25"], capsys)
    beats = [line for line in lines if line.get("stream") == "heart_rate" and line["kind"] == "sample"]
    assert all(not 12.0 < float(line["t"]) < 24.0 for line in beats)  # type: ignore[arg-type]
    gaps = [line for line in lines if line["kind"] == "gap" and line["stream"] == "heart_rate"]
    assert gaps and {"t", "to_s", "cause"} <= set(gaps[0])
    rr = [line["values"]["rr_s"] for line in beats]  # type: ignore[index]
    assert sum(len(one) for one in rr) > 50 and all(0.2 < value < 2.0 for one in rr for value in one)


def test_the_same_seed_gives_the_same_lines_and_another_another(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, other = (fed(["--scenario", short, "--seed", seed], capsys) for seed in ("1", "1", "2"))
    assert one == two != other


def test_a_speed_is_kept_to(short: str, capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()
    lines = fed(["--scenario", short, "--speed", "30"], capsys)
    assert time.monotonic() - begun >= 59.0 / 30.0
    assert lines == fed(["--scenario", short], capsys)


@pytest.mark.skipif(os.name != "posix", reason="a pipe of a shell")
def test_a_reader_that_has_enough_ends_it_quietly(short: str) -> None:
    words = [sys.executable, "-m", "app.cli", "sim", "feed", "--jsonl", "--scenario", short, "--speed", "200"]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None and child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    assert (child.stderr.read(), child.wait()) == (b"", 0)
    child.stderr.close()


def test_files_hold_the_samples_and_the_truth_beside_them(
    short: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", "feed", "--fit", str(tmp_path / "out"), "--scenario", short, "--seed", "5"]) == 0
    assert "inertial" in capsys.readouterr().err
    truth = json.loads((tmp_path / "out" / "short-5.truth.json").read_text())
    assert truth["simulated"] and truth["schema"] == SCHEMA and truth["fit"] == "short-5.fit"
    content = (tmp_path / "out" / truth["fit"]).read_bytes()
    records = [
        f
        for f in fitdecode.FitReader(io.BytesIO(content))
        if isinstance(f, fitdecode.FitDataMessage) and f.name == "record"
    ]
    rate = {
        int(f.get_value("timestamp").timestamp() - truth["start_unix_s"]): f.get_value("heart_rate", fallback=None)
        for f in records
    }
    heard = {
        second: bpm for second, bpm in rate.items() if bpm is not None and 10 <= second < len(truth["columns"]["t_s"])
    }
    off = [abs(bpm - truth["columns"]["hr_bpm"][second]) for second, bpm in heard.items()]
    assert len(heard) > 40 and float(np.median(off)) < 8.0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--scenario", "nowhere"], "nowhere"),
        (["--scenario", "default", "--scenario", "denver"], "one scenario"),
        (["--fault", "rain"], "rain"),
    ],
)
def test_what_cannot_be_played_is_one_clear_line(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sim", "feed", "--jsonl", *words]) == 1
    out, err = capsys.readouterr()
    assert not out and told in err and len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [[], ["--jsonl", "--fit", "x"], ["--jsonl", "--speed", "-1"], ["--jsonl", "--speed", "fast"]]
)
def test_wrong_usage_is_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sim", "feed", *words])
    assert ended.value.code == 2


def test_gaps_arrive_too() -> None:
    world = World(scenario("dropouts"), 0)
    assert any(isinstance(one, Gap) for arrived in arrivals(world) for one in arrived.samples)
