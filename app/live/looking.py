"""A screen's side of the door: finds the recorder of a diary, starts one, reads its moments, asks it to do things.

The rule of this file: reading happens in a thread of its own; the newest moment is a value, its age is beside it.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.live.door import door_file
from app.live.moment import LiveMoment, moment_from

START_S = 20.0


class NoRecorderError(OSError):
    """No recorder of this diary can be reached."""


def start_recorder(diary: Path, options: Sequence[str]) -> None:
    """Start a recorder in a process and session of its own, which outlives whoever started it."""
    command = [sys.executable, "-m", "app.cli", "record", "--db", str(diary), "--door", *options]
    log = diary.with_name(diary.name + ".recorder.log")
    with log.open("ab") as out:
        recorder = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=out, start_new_session=True
        )
    threading.Thread(target=recorder.wait, name="recorder", daemon=True).start()  # nobody else would bury it


class Looking:
    """A connection to the recorder of a diary; `newest` is the last moment that came, None before the first."""

    def __init__(self, diary: Path, wait_s: float = START_S) -> None:
        self.newest: LiveMoment | None = None
        self.came_s = float("-inf")
        self.gone = False
        self._socket = _connected(diary, wait_s)
        self._thread = threading.Thread(target=self._read, name="looking", daemon=True)
        self._thread.start()

    @property
    def age_s(self) -> float:
        """Return how old the newest moment is, in s of the clock."""
        return time.monotonic() - self.came_s

    def do(self, name: str, **what: Any) -> None:
        """Ask the recorder to do something; NoRecorderError where it is gone."""
        try:
            self._socket.sendall(json.dumps({"do": name, **what}).encode() + b"\n")
        except OSError as problem:
            self.gone = True
            raise NoRecorderError(str(problem)) from problem

    def close(self) -> None:
        """Look away; the recorder goes on."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(2.0)

    def _read(self) -> None:
        with contextlib.suppress(OSError), self._socket.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                with contextlib.suppress(ValueError):
                    self.newest, self.came_s = moment_from(line), time.monotonic()
        self.gone = True


def running(diary: Path) -> str:
    """Return the id of the run that a recorder of this diary records now, "" where none does."""
    told = _told(diary)
    if told is None:
        return ""
    try:
        with socket.create_connection(("127.0.0.1", int(told["port"])), 1.0):
            return str(told["run_id"])
    except OSError:
        return ""


def _told(diary: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(door_file(diary).read_text())
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and {"port", "key", "run_id"} <= told.keys() else None


def _connected(diary: Path, wait_s: float) -> socket.socket:
    end_s = time.monotonic() + wait_s
    while True:
        told = _told(diary)
        if told is not None:
            with contextlib.suppress(OSError):
                found = socket.create_connection(("127.0.0.1", int(told["port"])), 2.0)
                found.settimeout(None)
                found.sendall(str(told["key"]).encode() + b"\n")
                return found
        if time.monotonic() >= end_s:
            raise NoRecorderError("the recorder did not answer")
        time.sleep(0.1)
