"""Programs and libraries that we did not write, unmodified, against the trackers of the default scenario.

bleak's examples are in tests/programs/others/bleak; the rest is brought by
`python tests/programs/fetch_others.py FOLDER` and found through KADENZ_OTHERS=FOLDER.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bluez_client import needs_bus
from terminal import Terminal

pytestmark = needs_bus
RUN = (sys.executable, "-m", "hardware_sim.cli", "run")
OURS = Path(__file__).parent / "programs" / "others"
HEART, SPEED = "00002a37-0000-1000-8000-00805f9b34fb", "00002a53-0000-1000-8000-00805f9b34fb"
STRAP, STRAP_ADDRESS, WATCH = "Polar H10 E79BCD2D", "FE:A7:E7:9B:CD:2D", "RW-2 4A26"
CUT = ("--fault", "link-loss tracker=strap from_s=5 to_s=8")
#: example of bleak -> its arguments, options of `sim run`, and what it must print
BLEAK = {
    "discover": ((), (), [STRAP, WATCH, "manufacturer_data={107:", "0000180d-"]),
    "scan_iterator": ((), (), [r"5 advertisement packets:(\n .*rssi=-\d+.*){5}", "Found it BLEDevice"]),
    "service_explorer": (
        ("--name", STRAP),
        (),
        [r"\[Service\] 0000180d", r"2a24.*H10", r"Client Characteristic Configuration", "disconnected"],
    ),
    "enable_notifications": (("--name", STRAP, HEART), (), [r"(Heart Rate Measurement: bytearray.*\n.*){3}"]),
    "async_callback_with_queue": (("--address", STRAP_ADDRESS, HEART), (), [r"(Received callback data.*\n.*){5}"]),
    "two_devices": ((STRAP, HEART, WATCH, SPEED), (), [f"{STRAP} received", f"{WATCH} received"]),
    "disconnect_callback": (("--name", STRAP), CUT, ["Disconnected callback called!", "Connected: False"]),
}
#: example of bleakheart -> what it must print before Enter is typed
BLEAKHEART = {
    "heartrate_callback": [r"(\('HR', \d+, \(\d+, \d+\).*\n){3}"],
    "heartrate_queue": [r"(\('HR', \d+, \(\d+, \d+\).*\n){3}"],
    "batterylevel": [r"Battery level \d+%"],
    "listmeasurements": [r"'ECG'", r"'ACC'"],
    "accel_callback": [r"SUCCESS", r"\('ACC', \d+, \[\(-?\d+, -?\d+, -?\d+\)"],
    "ecg_queue": [r"SUCCESS", r"\('ECG', \d+, \[-?\d+"],
}
#: program of ours around another's library -> the library, and what it must print
LIBRARIES = {
    "bleakheart_program": (
        "bleakheart",
        [r"battery \d+", r"\('HR', ", "measurements .*'ACC'", r"started \(0", r"(ACC \d+\n){3}", "stopped"],
    ),
    "polar_python_program": ("polar_python", ["ECG .*130", r"(?s)(acc \d+.*){2}", r"(?s)(ecg \d+.*){3}", r"hr \d+ \["]),
    "pycycling_program": ("pycycling", [r"battery \d+", r"(HeartRateMeasurement\(.*bpm=\d+.*\n?){2}"]),
    "blehrm_program": ("blehrm", ["PolarH10", r"Battery:.*\d+", r"(ibi \d+.*\n){3}"]),
    "btleplug_program": ("bleak_py", [STRAP_ADDRESS, "model H10", r"(beat [0-9a-f]+\n){2}", "connected False"]),
    "adafruit_program": ("adafruit_ble_heart_rate", [f"found {STRAP}", "worn Chest", r"heart_rate=\d+"]),
}


def brought(what: str) -> Path:
    """Return something that fetch_others.py brought; skips where it is not here."""
    folder = os.environ.get("KADENZ_OTHERS", "")
    path = Path(folder, what)
    if not folder or not path.exists():
        pytest.skip(f"{what} is not here: python tests/programs/fetch_others.py FOLDER, then KADENZ_OTHERS=FOLDER")
    return path


def printed(python: Path | str, program: Path, *words: str, options: tuple[str, ...] = ()) -> str:
    """Return what a program prints under `sim run`; it must end well within a minute."""
    command = [*RUN, *options, "--", str(python), "-u", str(program), *words]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout + ended.stderr


@pytest.mark.parametrize("name", BLEAK)
def test_an_example_of_bleak_does_what_it_is_for(name: str) -> None:
    words, options, wanted = BLEAK[name]
    text = printed(sys.executable, OURS / "bleak" / f"{name}.py", *words, options=options)
    assert all(re.search(one, text) for one in wanted), text
    assert "Traceback" not in text


def test_an_example_that_scans_for_ever_ends_with_an_interrupt() -> None:
    python, program = sys.executable, OURS / "bleak" / "detection_callback.py"
    terminal = Terminal(*RUN, "--", str(python), "-u", str(program))
    try:
        terminal.type("", until=rf"{STRAP_ADDRESS}, name: {STRAP}")
        terminal.send_signal(signal.SIGINT)
        assert terminal.end() == 128 + signal.SIGINT
    finally:
        terminal.kill()


@pytest.mark.parametrize("name", BLEAKHEART)
def test_an_example_of_bleakheart_streams_until_enter(name: str) -> None:
    python, program = brought("venv/bin/python"), brought(f"bleakheart/{name}.py")
    terminal = Terminal(*RUN, "--", str(python), "-u", str(program))
    try:
        for one in BLEAKHEART[name]:
            terminal.type("", until=one)
        if "Enter" in terminal.text:
            terminal.enter()
        assert terminal.end() == 0
    finally:
        terminal.kill()


@pytest.mark.parametrize("name", LIBRARIES)
def test_another_library_reads_the_strap(name: str) -> None:
    library, wanted = LIBRARIES[name]
    if not list(brought("venv").glob(f"lib/*/site-packages/{library}*")):
        pytest.skip(f"{library} could not be installed")
    text = printed(brought("venv/bin/python"), OURS / f"{name}.py")
    assert all(re.search(one, text) for one in wanted), text


@pytest.mark.skipif(shutil.which("bluetoothctl") is None, reason="bluetoothctl is not installed (Debian: bluez)")
def test_bluetoothctl_scans_connects_reads_listens_pairs_and_removes() -> None:
    terminal = Terminal(*RUN, "--", "bluetoothctl")
    try:
        terminal.type("", until="Agent registered")
        address = terminal.type("scan on", until=r"\[NEW\] Device (\S+) Polar H10 \S+").group(1)
        terminal.type(f"info {address}", until=r"Connected: no[\s\S]*Heart Rate[\s\S]*RSSI: -\d+")
        terminal.type("scan off", until="Discovery stopped")
        terminal.type(f"connect {address}", until="ServicesResolved: yes")
        terminal.type("menu gatt", until="list-attributes")
        terminal.type(f"list-attributes {address}", until=r"Heart Rate Measurement[\s\S]*Battery Level")
        terminal.type(f"select-attribute {HEART.replace('2a37', '2a29')}", until="char0")
        terminal.type("read", until="50 6f 6c 61 72")
        terminal.type(f"select-attribute {HEART}", until="char0")
        terminal.type("notify on", until=r"Notify started[\s\S]*Value:\n[\s\S]*1[0-9a-f] [0-9a-f]{2}")
        terminal.type("notify off", until="Notify stopped")
        terminal.type("acquire-notify", until="AcquireNotify success: fd")
        terminal.type("", until=r"AcquireNotify success[\s\S]*1[0-9a-f] [0-9a-f]{2}")
        terminal.type("release-notify", until="NotifyAcquired: no")
        terminal.type("back", until="Menu main")
        terminal.type(f"info {address}", until=r"Connected: yes[\s\S]*Battery Percentage: 0x")
        terminal.type(f"pair {address}", until="Pairing successful")
        terminal.type(f"disconnect {address}", until="Successful disconnected")
        terminal.type(f"remove {address}", until="Device has been removed")
        assert terminal.end() == 0
    finally:
        terminal.kill()
