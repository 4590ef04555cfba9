"""Programs that know nothing of us meet the realistic route: bleak, bleakheart, and Debian's bluetoothctl."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

pytest.importorskip("bumble", reason="the realistic route needs the extra `realistic` (bumble)")
if shutil.which("dbus-daemon") is None:
    pytest.skip("dbus-daemon is not installed", allow_module_level=True)

from bumble_people import strap

from hardware_sim.bluez.thread import VirtualBlueZThread
from hardware_sim.bumble_route.radio import BumbleRadio
from hardware_sim.faults import Blackout
from hardware_sim.link_model import LinkModel

PROGRAMS = Path(__file__).parent / "programs" / "realistic"
RUN = (sys.executable, "-m", "hardware_sim.cli", "run", "--realistic")


def output(words: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """What a program prints that ends well within a minute."""
    ended = subprocess.run(
        words, env={**os.environ, **(environment or {})}, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_bleak_program_pairs_streams_and_comes_back_after_a_blackout() -> None:
    one = strap()
    radio = BumbleRadio([one], link=LinkModel(supervision_s=1.0), faults=[Blackout("", 5.0, 7.0)])
    with VirtualBlueZThread(radio) as bluez:
        program = [sys.executable, "-W", "error", str(PROGRAMS / "regain.py"), "60"]
        told = json.loads(output(program, dict(bluez.environment)))
        events = [line.what for line in radio.transcript.lines()]
        bluez.call(radio.stop)
    assert told["services"] == ["180d", "180f", "5c80"]
    assert (told["place"], told["battery"]) == ("01", "50")
    assert told["links"] == 2
    numbers = told["numbers"]
    assert numbers == sorted(set(numbers)), "nothing doubled, nothing out of order"
    assert events.count("bonded") == 1
    assert "disconnected: supervision timeout" in events


@pytest.mark.skipif(importlib.util.find_spec("bleakheart") is None, reason="bleakheart is not installed")
def test_bleakheart_reads_a_polar_strap_over_real_att() -> None:
    told = json.loads(output([*RUN, "--", sys.executable, str(PROGRAMS / "heart.py")]))
    assert 0 < told["battery"] <= 100
    assert "ACC" in told["kinds"]
    assert told["start"] == [0, "SUCCESS"]
    assert min(told["samples"]) > 0
    assert told["beat"] == ["HR"]


def test_the_exit_code_is_passed_on() -> None:
    ended = subprocess.run([*RUN, "--", sys.executable, "-c", "raise SystemExit(7)"], timeout=60, check=False)
    assert ended.returncode == 7


class Terminal:
    """A program that is typed at; what it prints is kept without its colours."""

    def __init__(self, *words: str) -> None:
        self._child = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._printed: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._child.stdout is not None
        for character in iter(lambda: self._child.stdout.read(1), ""):  # type: ignore[union-attr]
            self._printed.append(character)

    @property
    def text(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]|[\x01\x02\r]", "", "".join(self._printed))

    def type(self, line: str, until: str) -> re.Match[str]:
        """Type a line and wait until something new is printed."""
        assert self._child.stdin is not None
        before = len(self.text)
        if line:
            self._child.stdin.write(line + "\n")
            self._child.stdin.flush()
        deadline_s = time.monotonic() + 20.0
        while time.monotonic() < deadline_s:
            found = re.search(until, self.text[before if line else 0 :])
            if found is not None:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{line!r} brought no {until!r}:\n{self.text[before:]}")

    def end(self) -> int:
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.close()
        code = self._child.wait(20)
        self._reader.join(5)
        self._child.stdout.close()
        return code

    def kill(self) -> None:
        if self._child.poll() is None:
            self._child.terminate()
            self._child.wait(10)


@pytest.fixture
def bluetoothctl() -> Iterator[Terminal]:
    if shutil.which("bluetoothctl") is None:
        pytest.skip("bluetoothctl (Debian: bluez) is not installed")
    terminal = Terminal(*RUN, "--", "bluetoothctl")
    yield terminal
    terminal.kill()


def test_bluetoothctl_scans_connects_lists_reads_listens_and_pairs(bluetoothctl: Terminal) -> None:
    bluetoothctl.type("", until="Agent registered")
    found = bluetoothctl.type("scan on", until=r"\[NEW\] Device (\S+) (Polar H10 \S+)")
    address, name = found.groups()
    bluetoothctl.type("devices", until=f"Device {address} {name}")
    told = bluetoothctl.type(f"info {address}", until=r"Connected: no[\s\S]*Heart Rate[\s\S]*RSSI: -\d+")
    assert "Paired: no" in told.string
    bluetoothctl.type(f"connect {address}", until=r"ServicesResolved: yes")
    assert "Connection successful" in bluetoothctl.text
    bluetoothctl.type("scan off", until="Discovery stopped")
    bluetoothctl.type("menu gatt", until="list-attributes")
    listed = bluetoothctl.type(
        f"list-attributes {address}", until=r"Client Characteristic[\s\S]*Battery Level[\s\S]*2902"
    )
    assert "Manufacturer Name String" in listed.string
    bluetoothctl.type("select-attribute 00002a29-0000-1000-8000-00805f9b34fb", until="char0")
    bluetoothctl.type("read", until=r"50 6f 6c 61 72")
    bluetoothctl.type("select-attribute 00002a37-0000-1000-8000-00805f9b34fb", until="char0")
    bluetoothctl.type("notify on", until=r"Notify started[\s\S]*Value:\n[\s\S]*1[0-9a-f] [0-9a-f]{2}")
    bluetoothctl.type("notify off", until="Notify stopped")
    bluetoothctl.type("back", until="Menu main")
    bluetoothctl.type(f"pair {address}", until="Pairing successful")
    bluetoothctl.type(f"info {address}", until="Bonded: yes")
    bluetoothctl.type(f"disconnect {address}", until="Successful disconnected")
    assert bluetoothctl.end() == 0
