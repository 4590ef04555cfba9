"""Trackers on a controller that is not ours: bumble's own, over an HCI socket, with bumble's own host as the phone."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("bumble", reason="the realistic route needs the extra `realistic` (bumble)")

from bumble import controller, device, hci, link
from bumble.core import AdvertisingData
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink

from hardware_sim import cli

SERVE = (sys.executable, "-m", "hardware_sim.cli", "serve")


@pytest.fixture
def socket() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="hci-")  # short: a socket's path has room for 107 bytes
    yield str(Path(folder, "hci"))
    shutil.rmtree(folder)


async def phone_on(air: link.LocalLink) -> device.Device:
    radio = controller.Controller("phone", link=air)
    phone = device.Device.with_hci("phone", hci.Address("F0:F1:F2:F3:F4:F5"), radio, AsyncPipeSink(radio))
    await phone.power_on()
    return phone


async def first_heard(phone: device.Device) -> device.Advertisement:
    heard: asyncio.Future[device.Advertisement] = asyncio.get_running_loop().create_future()
    phone.on("advertisement", lambda one: heard.done() or heard.set_result(one))
    await phone.start_scanning()
    async with asyncio.timeout(20):
        return await heard


async def test_a_stock_host_finds_pairs_and_reads_a_tracker_over_a_stock_controller(socket: str) -> None:
    air = link.LocalLink()
    hci_socket = await open_transport(f"unix-server:{socket}")
    controller.Controller("dongle", host_source=hci_socket.source, host_sink=hci_socket.sink, link=air)
    words = (*SERVE, "--transport", f"unix-client:{socket}", "--tracker", "strap")
    child = await asyncio.create_subprocess_exec(*words, stderr=asyncio.subprocess.PIPE)
    try:
        phone = await phone_on(air)
        heard = await first_heard(phone)
        name = heard.data.get(AdvertisingData.COMPLETE_LOCAL_NAME)
        async with asyncio.timeout(20):
            connection = await phone.connect(heard.address)
            peer = device.Peer(connection)
            await peer.request_mtu(517)
            await peer.discover_all()
            assert connection.att_mtu > 23
            rate = peer.get_characteristics_by_uuid(device.core.UUID("2A37"))[0]
            beats: asyncio.Queue[bytes] = asyncio.Queue()
            await connection.pair()
            assert connection.is_encrypted
            await rate.subscribe(beats.put_nowait)
            assert (await beats.get())[1] > 30
            await connection.disconnect()
    finally:
        child.send_signal(signal.SIGINT)
        said = (await child.communicate())[1].decode()
        await asyncio.sleep(0.1)  # bumble's server closes a connection when it sees its end
        hci_socket.server.close()  # type: ignore[attr-defined]
        await hci_socket.close()
    assert child.returncode == 0, said
    assert f"{name}: in reach on unix-client:{socket}" in said
    assert f"{name}: connected" in said and f"{name}: left" in said


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--transport", "unix-client:/nowhere/at-all"], "unix-client:/nowhere/at-all: "),
        (["--transport", "carrier-pigeon:0"], "carrier-pigeon:0: "),
        (["--transport", "usb:0", "--tracker", "nobody"], "no tracker 'nobody' in this scenario; there are: strap"),
        (["--transport", "usb:0", "--tracker", "strap", "--tracker", "watch"], "a controller carries one tracker"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["serve", *words]) == 1
    said = capsys.readouterr().err.strip()
    assert complaint in said
    assert len(said.splitlines()) == 1


def test_help_names_the_transport() -> None:
    told = subprocess.run([*SERVE, "--help"], capture_output=True, text=True, timeout=60, check=True)
    assert "--transport" in told.stdout
