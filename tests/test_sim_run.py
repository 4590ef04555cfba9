"""`sim run` and `sim serve`: any program meets the trackers, and is itself untouched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bluez_client import needs_bus
from terminal import Terminal

pytestmark = needs_bus
SIM = (sys.executable, "-m", "hardware_sim.cli")
RUN, SERVE = (*SIM, "run"), (*SIM, "serve")
SCAN = """
import asyncio
from bleak import BleakScanner
for device, told in asyncio.run(BleakScanner.discover(1.0, return_adv=True)).values():
    print(device.address, device.name, told.service_uuids)
"""
COUNT = """
import asyncio, sys
from bleak import BleakClient, BleakScanner
async def main():
    device = await BleakScanner.find_device_by_filter(lambda d, a: sys.argv[1] in a.service_uuids, timeout=10)
    got = []
    async with BleakClient(device) as client:
        await client.start_notify(sys.argv[2], lambda c, payload: got.append(payload))
        while len(got) < 3:
            await asyncio.sleep(0.05)
    print(device.name, len(got))
asyncio.run(main())
"""


def sim(*words: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, **how)  # type: ignore[call-overload, no-any-return]


def python(program: str, *words: str) -> tuple[str, ...]:
    return (*RUN, "--", sys.executable, "-c", program, *words)


def test_without_a_scenario_a_heart_rate_strap_is_in_reach() -> None:
    ended = sim(*python(SCAN))
    assert ended.returncode == 0, ended.stderr
    assert "0000180d-0000-1000-8000-00805f9b34fb" in ended.stdout


def test_the_programs_environment_differs_by_the_address_of_the_bus_alone() -> None:
    ended = sim(*python("import json, os; print(json.dumps(dict(os.environ)))"), env={"PATH": os.environ["PATH"]})
    told = json.loads(ended.stdout)
    assert told.pop("DBUS_SYSTEM_BUS_ADDRESS").startswith("unix:path=")
    told.pop("LC_CTYPE", None)  # Python sets it for itself in a C locale (PEP 538)
    assert told == {"PATH": os.environ["PATH"]}


def test_input_and_output_are_the_programs_own() -> None:
    ended = sim(*RUN, "--", "sh", "-c", "cat; echo oops >&2", input="hello")
    assert (ended.stdout, ended.stderr, ended.returncode) == ("hello", "oops\n", 0)


@pytest.mark.parametrize("code", [0, 1, 2, 7, 255])
def test_the_exit_code_is_the_programs(code: int) -> None:
    assert sim(*RUN, "--", "sh", "-c", f"exit {code}").returncode == code


def test_a_program_that_a_signal_ended_counts_as_shells_count_it() -> None:
    assert sim(*RUN, "--", "sh", "-c", "kill -9 $$").returncode == 128 + signal.SIGKILL


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = sim(*RUN, "--", "no-such-program")
    assert ended.returncode == 127 and ended.stderr.strip() == "no-such-program: No such file or directory"
    (tmp_path / "text").write_text("nothing to run")
    ended = sim(*RUN, "--", str(tmp_path / "text"))
    assert ended.returncode == 126 and "Permission denied" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_reaches_the_program(number: signal.Signals) -> None:
    script = f"trap 'echo caught; exit 9' {number.name[3:]}; echo ready; for i in $(seq 200); do sleep 0.05; done"
    terminal = Terminal(*RUN, "--", "sh", "-c", script)
    try:
        terminal.type("", until="ready")
        terminal.send_signal(number)
        terminal.type("", until="caught")
        assert terminal.end() == 9
    finally:
        terminal.kill()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--scenario", "nowhere", "--", "true"), "nowhere"),
        (("--fault", "gremlins", "--", "true"), "no fault named 'gremlins'"),
        (("--fault", "link-loss tracker=strap", "--", "true"), "link-loss"),
        (("--fault", "link-loss tracker=nobody from_s=1 to_s=2", "--", "true"), "no such tracker"),
        (("--fault", "link-loss strap", "--", "true"), "KEY=VALUE"),
        (("--fault", "short-mtu mtu=some", "--", "true"), "some"),
        ((), "nothing to run"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(words: tuple[str, ...], said: str) -> None:
    ended = sim(*RUN, *words)
    assert ended.returncode == 1 and said in ended.stderr and len(ended.stderr.splitlines()) == 1


def test_faults_happen_and_the_transcript_tells_of_them(tmp_path: Path) -> None:
    program = """
import asyncio
from bleak import BleakClient, BleakScanner
async def main():
    gone = asyncio.Event()
    device = await BleakScanner.find_device_by_filter(lambda d, a: "Polar" in (d.name or ""), timeout=10)
    async with BleakClient(device, disconnected_callback=lambda c: gone.set()) as client:
        await asyncio.wait_for(gone.wait(), 20)
asyncio.run(main())
"""
    fault = ("--fault", "link-loss tracker=strap from_s=4 to_s=5", "--fault", "packet-loss from_s=0 to_s=9 share=0.5")
    words = (*RUN, *fault, "--transcript", str(tmp_path / "air.txt"), "--", sys.executable, "-c", program)
    ended = sim(*words)
    assert ended.returncode == 0, ended.stderr
    lines = (tmp_path / "air.txt").read_text().splitlines()
    cut = next(line for line in lines if "disconnected: supervision timeout" in line)
    assert cut.split()[:3] == ["4.000", "s", "strap"]


def test_the_same_seed_sends_the_same_bytes(tmp_path: Path) -> None:
    told = []
    for run in range(2):
        path = tmp_path / f"{run}.txt"
        words = (*RUN, "--seed", "7", "--transcript", str(path), "--", sys.executable, "-c", COUNT)
        ended = sim(*words, "0000180d-0000-1000-8000-00805f9b34fb", "2A37")
        assert ended.returncode == 0, ended.stderr
        told.append([line.split("notify")[1] for line in path.read_text().splitlines() if " notify " in line])
    shared = [one for one in told[0] if one in told[1]]
    assert len(shared) >= 2, "a program that starts a moment later misses a notification, and meets the same ones"


def test_two_programs_share_the_adapter_while_it_is_served() -> None:
    served = subprocess.Popen([*SERVE, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert served.stdout is not None
        told = json.loads(served.stdout.readline())
        environment = {**os.environ, **told["environment"]}
        wanted = {"0000180d-0000-1000-8000-00805f9b34fb": "2A37", "00001814-0000-1000-8000-00805f9b34fb": "2A53"}
        running = [
            subprocess.Popen([sys.executable, "-c", COUNT, *pair], env=environment, stdout=subprocess.PIPE, text=True)
            for pair in wanted.items()
        ]
        said = [one.communicate(timeout=40)[0] for one in running]
        assert [one.returncode for one in running] == [0, 0]
        assert {line.rpartition(" ")[0] for line in said} <= {one["name"] for one in told["trackers"]}
    finally:
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
        assert served.stdout is not None
        served.stdout.close()


def test_what_serve_prints_can_be_evaluated_by_a_shell(tmp_path: Path) -> None:
    told = tmp_path / "trackers.sh"
    script = f"""
{" ".join(SERVE)} >{told} 2>{tmp_path}/reach & server=$!
while ! [ -s {told} ]; do sleep 0.05; done
. {told}
{sys.executable} -c '{SCAN}'
kill $server; wait $server
"""
    ended = sim("sh", "-c", script)
    assert "0000180d" in ended.stdout, ended.stderr
    assert told.read_text().startswith("export DBUS_SYSTEM_BUS_ADDRESS=")
    assert "strap" in (tmp_path / "reach").read_text() and "Ctrl-C" in (tmp_path / "reach").read_text()


def test_help_says_how_it_is_used() -> None:
    for words in (RUN, SERVE):
        ended = sim(*words, "--help")
        assert ended.returncode == 0 and "--scenario" in ended.stdout and "example:" in ended.stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="script (Debian: bsdutils) is not installed")
def test_an_interrupt_typed_at_the_terminal_is_not_sent_twice(tmp_path: Path) -> None:
    program = tmp_path / "program.sh"
    program.write_text("trap 'echo caught' INT; echo ready; for i in $(seq 20); do sleep 0.05; done; exit 5")
    terminal = Terminal("script", "-qec", f"exec {' '.join(RUN)} -- sh {program}", "/dev/null")
    try:
        terminal.type("", until="ready")
        terminal.enter("\x03")
        terminal.type("", until="caught")
        assert terminal.end() == 5
        assert terminal.text.count("caught") == 1
    finally:
        terminal.kill()
