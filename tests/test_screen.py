"""The screen is drawn from the diary, in a process of its own, without a display."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest

from app.cli import main
from app.view import pace_text, session_text
from edge.coach.types import Session

OFFSCREEN = {"SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1", "KIVY_NO_CONFIG": "1", "KIVY_NO_ARGS": "1"}


def test_without_kivy_the_app_says_so_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app"]) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1 and said[0].startswith("kadenz app: no screen can be opened here")


@pytest.mark.skipif(find_library("GL") is None or find_library("EGL") is None, reason="no OpenGL library here")
def test_today_is_drawn_into_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "today.png"
    command = [sys.executable, "-m", "app.cli", "app", "--db", str(tmp_path / "diary.db"), "--picture", str(picture)]
    environment = os.environ | OFFSCREEN | {"HOME": str(tmp_path), "KIVY_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    assert width == 780 and height > 600


def test_a_session_is_one_line_of_text() -> None:
    easy = Session("easy", 6800.0, 2628.0, 361.0, 412.0, 134.0, 147.0)
    assert session_text(easy) == "6.80 km, 6:01–6:52 per km, 134–147 bpm"
    nan = float("nan")
    assert session_text(Session("rest", 0.0, 0.0, nan, nan, nan, nan)) == "rest"
    assert session_text(Session("first", nan, 1200.0, nan, nan, nan, nan)) == "20 min"
    assert pace_text(nan) == "–" and pace_text(299.6) == "5:00"
