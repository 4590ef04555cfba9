"""The recorder's door: a screen sees the run, asks for things, and may die without the run noticing."""

from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.live.door import door_file
from app.live.looking import Looking, running, start_recorder
from app.live.moment import Ground, LiveMoment, Spoken, line_of, moment_from
from app.store import Store


def test_a_moment_survives_its_line() -> None:
    moment = LiveMoment(
        "r",
        {"t_s": 3.0, "speed_m_s": math.nan},
        {"kind": "easy", "distance_m": 5000.0},
        (300.0, 330.0),
        past=((0.0, 1.0),),
        spoken=Spoken(1.0, "L-KM", "1 km", (Ground("because", (("left_m", 900.0),), ("run 1",)),)),
    )
    again = moment_from(line_of(moment))
    assert line_of(again) == line_of(moment)
    assert math.isnan(again.features.speed_m_s) and again.features.t_s == 3.0


@pytest.mark.parametrize("line", ["", "{}", "[]", '{"run_id": "r"}', "null"])
def test_a_line_that_is_no_moment_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        moment_from(line)


def _until(what, seconds: float = 30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


@pytest.fixture
def diary(tmp_path: Path):
    path = tmp_path / "diary.db"
    yield path
    told = door_file(path)
    if told.exists():
        import json

        os.kill(int(json.loads(told.read_text())["pid"]), signal.SIGTERM)


def test_a_run_goes_on_without_its_screen_and_is_found_again(diary: Path) -> None:
    start_recorder(diary, ["--sim", "default", "--speed", "30"])
    first = Looking(diary)
    before = _until(lambda: first.newest if first.newest and first.newest.features.t_s > 20 else None)
    first.close()  # the screen is gone
    second = Looking(diary)
    after = _until(
        lambda: second.newest if second.newest and second.newest.features.t_s > before.features.t_s else None
    )
    assert after.run_id == before.run_id == running(diary)
    second.do("lap")
    second.do("hurts", area="knee", severity=6, side="left")
    spoken = _until(
        lambda: second.newest.spoken if second.newest.spoken and second.newest.spoken.rule == "L-HURTS" else None
    )
    assert "knee" in spoken.because[0].text
    second.do("nonsense")
    second.do("pause")
    _until(lambda: second.newest.paused)
    second.do("resume")
    second.do("stop")
    _until(lambda: second.gone)
    second.close()
    _until(lambda: not door_file(diary).exists())

    def finished():
        with Store(diary) as store:
            row = store.run(before.run_id)
            return row if row.state == "finished" else None

    _until(finished)
    with Store(diary) as store:
        assert len(store.laps(before.run_id)) == 1
        assert len(store.pauses(before.run_id)) == 1
        assert [one.constraint.area for one in store.said()] == ["knee"]


def test_a_stranger_without_the_key_sees_nothing(diary: Path) -> None:
    start_recorder(diary, ["--sim", "default", "--speed", "10"])
    looking = Looking(diary)
    import json

    told = json.loads(door_file(diary).read_text())
    assert door_file(diary).stat().st_mode & 0o077 == 0
    with socket.create_connection(("127.0.0.1", told["port"]), 5.0) as stranger:
        stranger.sendall(b"guess\n")
        stranger.settimeout(5.0)
        assert stranger.recv(100) == b""
    looking.do("stop")
    _until(lambda: looking.gone)
    looking.close()


def test_a_recorder_without_a_door_tells_nobody(tmp_path: Path) -> None:
    diary = tmp_path / "diary.db"
    command = [sys.executable, "-m", "app.cli", "record", "--sim", "default", "--speed", "0", "--seconds", "1"]
    subprocess.run([*command, "--db", str(diary)], check=True, timeout=120, capture_output=True)
    assert not door_file(diary).exists()
