"""Unmodified bleak over the virtual BlueZ: what a program does with a tracker, and what it is told when it fails."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest
from bleak import BleakClient, BleakScanner
from bleak.args.bluez import BlueZScannerArgs, OrPattern
from bleak.assigned_numbers import AdvertisementDataType
from bleak.exc import (
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakGATTProtocolError,
)
from bleak_retry_connector import establish_connection
from bluez_client import (
    CONTROL,
    HEART,
    QUICK,
    SECRET,
    WRITABLE,
    air,
    bleak_on,
    connected,
    found,
    needs_bus,
    number,
    strap,
    until,
)

from hardware_sim.bluez import BusError, VirtualBlueZ, VirtualBlueZThread
from hardware_sim.faults import ConnectFailure, LinkLoss
from hardware_sim.link_model import ideal
from hardware_sim.peripheral import AttError, Peripheral, characteristic, service
from hardware_sim.radio import Radio

pytestmark = needs_bus
HIDE_AND_SEEK = {"use_start_notify": False}


async def test_a_program_finds_a_tracker_with_all_that_it_advertises() -> None:
    async with air(strap(), strap("other")):
        seen = await BleakScanner.discover(0.5, return_adv=True)
    assert {device.name for device, _ in seen.values()} == {"strap", "other"}
    device, told = next(pair for pair in seen.values() if pair[0].name == "strap")
    assert told.service_uuids == ["0000180d-0000-1000-8000-00805f9b34fb"]
    assert told.manufacturer_data == {0x006B: b"\x01\x02"}
    assert -90 < told.rssi < -40 and device.address == strap().address


async def test_the_table_that_bleak_shows_is_the_trackers() -> None:
    one = strap()
    async with air(one), connected() as client:
        shown = {c.handle: (c.uuid, set(c.properties)) for s in client.services for c in s.characteristics}
        assert shown == {c.handle: (c.uuid, set(c.properties)) for s in one.services for c in s.characteristics}
        assert {s.handle for s in client.services} == {s.handle for s in one.services}
        heart = client.services.get_characteristic(HEART)
        assert heart is not None
        assert [(d.handle, d.uuid[4:8]) for d in heart.descriptors] == [(heart.handle + 2, "2902")]
        assert heart.max_write_without_response_size == 244


async def test_values_are_read_and_written_as_the_tracker_keeps_them() -> None:
    one = strap()
    commands: list[bytes] = []
    one.on_write(CONTROL, commands.append)
    async with air(one), connected() as client:
        assert await client.read_gatt_char("2A29") == b"Kadenz"
        await client.write_gatt_char(WRITABLE, b"new", response=True)
        assert await client.read_gatt_char(WRITABLE) == b"new"
        await client.write_gatt_char(CONTROL, b"\x01", response=True)
        await client.write_gatt_char(CONTROL, b"\x02", response=False)
        await until(lambda: len(commands) == 2)
    assert commands == [b"\x01", b"\x02"]


@pytest.mark.parametrize("code", [0x02, 0x03, 0x06, 0x07, 0x08, 0x0D, 0x0E, 0x11, 0x80, 0x9F, 0xFD, 0xFE, 0xFF])
async def test_an_error_of_the_tracker_reaches_bleak_with_its_code(code: int) -> None:
    one = strap()

    def refuse(_: bytes) -> None:
        raise AttError(code)

    one.on_write(CONTROL, refuse)
    async with air(one), connected() as client:
        with pytest.raises(BleakGATTProtocolError) as refused:
            await client.write_gatt_char(CONTROL, b"\x01", response=True)
    assert refused.value.code == code


@pytest.mark.parametrize("how", [{}, HIDE_AND_SEEK], ids=["StartNotify", "AcquireNotify"])
async def test_a_stream_arrives_whole_and_in_order(how: dict[str, bool]) -> None:
    got: list[int] = []
    async with air(strap(period_s=0.002)), connected() as client:
        await client.start_notify(HEART, lambda _, payload: got.append(number(payload)), bluez=how)  # type: ignore[arg-type]
        await until(lambda: len(got) >= 300)
        await client.stop_notify(HEART)
        stopped = len(got)
        await asyncio.sleep(0.1)
    assert got == list(range(got[0], got[0] + len(got)))
    assert len(got) - stopped <= 1


async def test_a_burst_is_never_cut_however_busy_the_client_is() -> None:
    one, got = strap(), list[int]()
    async with air(one, link=ideal()) as bluez, connected() as client:
        await client.start_notify(CONTROL, lambda _, payload: got.append(number(payload)))
        for count in range(5000):
            one.send(CONTROL, count.to_bytes(4, "little"))
        bluez.catch_up()
        await until(lambda: len(got) == 5000, 20)
    assert got == list(range(5000))


async def test_a_full_socket_of_acquire_notify_drops_what_comes_as_bluetoothd_does() -> None:
    one, got = strap(period_s=1000.0), list[int]()
    async with air(one) as bluez, connected() as client:
        await client.start_notify(HEART, lambda _, payload: got.append(number(payload)), bluez=HIDE_AND_SEEK)  # type: ignore[arg-type]
        for count in range(3000):
            one.send(HEART, count.to_bytes(4, "little"))
        bluez.advance(30.0)
        await until(lambda: len(got) > 50)
        await asyncio.sleep(0.2)
    assert got == list(range(len(got)))
    assert len(got) < 3000


async def test_a_lost_link_calls_back_and_the_stream_goes_on_after_reconnecting() -> None:
    lost, got = list[BleakClient](), list[int]()
    async with air(strap()) as bluez:
        device = await found()
        client = BleakClient(device, disconnected_callback=lost.append)
        await client.connect()
        await client.start_notify(HEART, lambda _, payload: got.append(number(payload)))
        await until(lambda: len(got) > 3)
        now_s = bluez.central.schedule.now_s  # type: ignore[attr-defined]
        bluez.central.inject(LinkLoss("strap", now_s, now_s + 0.3))  # type: ignore[attr-defined]
        await until(lambda: lost)
        assert not client.is_connected
        before = len(got)
        await client.connect()
        await client.start_notify(HEART, lambda _, payload: got.append(number(payload)))
        await until(lambda: len(got) > before + 3)
        await client.disconnect()
    steps = {later - earlier for earlier, later in itertools.pairwise(got)}
    assert min(steps) == 1 and max(steps) >= 5, "the stream has a gap and no repetition"
    assert len(lost) == 2


async def test_pairing_opens_what_needs_a_bond() -> None:
    async with air(), connected() as client:
        with pytest.raises(BleakDBusError, match="Not paired"):
            await client.read_gatt_char(SECRET)
        with pytest.raises(BleakDBusError, match="Not paired"):
            await client.start_notify(SECRET, lambda *_: None)
        await client.pair()
        assert await client.read_gatt_char(SECRET) == b"secret"


async def test_a_bond_lives_on_and_unpairing_ends_it() -> None:
    async with air() as bluez:
        async with BleakClient(await found(), pair=True) as client:
            assert await client.read_gatt_char(SECRET) == b"secret"
        async with connected() as client:
            assert await client.read_gatt_char(SECRET) == b"secret"
            await client.unpair()
        assert not bluez.central.bonds  # type: ignore[attr-defined]
        async with connected() as client:
            with pytest.raises(BleakDBusError, match="Not paired"):
                await client.read_gatt_char(SECRET)


async def test_without_any_agent_pairing_fails_as_on_a_headless_machine() -> None:
    async with air(agent=False), connected() as client:
        with pytest.raises(BleakDBusError, match="Authentication Failed"):
            await client.pair()
        assert client.is_connected


async def test_a_passive_scan_sees_what_matches_its_patterns_only() -> None:
    other = Peripheral("other", [service("181A", characteristic("2A6D", "read"))])
    pattern = OrPattern(0, AdvertisementDataType.COMPLETE_LIST_SERVICE_UUID16, b"\x0d\x18")
    names: set[str | None] = set()
    async with (
        air(strap(), other),
        BleakScanner(
            lambda device, _: names.add(device.name),
            scanning_mode="passive",
            bluez=BlueZScannerArgs(or_patterns=[pattern]),
        ),
    ):
        await until(lambda: names)
        await asyncio.sleep(0.4)
    assert names == {"strap"}


async def test_a_scan_can_be_limited_to_a_service() -> None:
    other = Peripheral("other", [service("181A", characteristic("2A6D", "read"))])
    async with air(strap(), other):
        seen = await BleakScanner.discover(0.5, service_uuids=["0000181a-0000-1000-8000-00805f9b34fb"])
    assert [device.name for device in seen] == ["other"]


async def test_one_connects_by_address_alone() -> None:
    async with air(strap()), BleakClient(strap().address, timeout=5.0) as client:
        assert await client.read_gatt_char("2A38") == b"\x01"


async def test_an_aborted_attempt_is_tried_again_by_bleak_itself() -> None:
    fault = ConnectFailure("strap", 0.0, 60.0, "le-connection-abort-by-local", times=2)
    async with air(faults=[fault]), connected() as client:
        assert client.is_connected


async def test_bleak_retry_connector_gets_through_three_failures() -> None:
    words = ("le-connection-abort-by-remote", "Software caused connection abort", "br-connection-canceled")
    faults = [ConnectFailure("strap", 0.0, 60.0, word, times=1) for word in words]
    async with air(faults=faults) as bluez:
        client = await establish_connection(BleakClient, await found(), "strap", max_attempts=4)
        assert await client.read_gatt_char("2A38") == b"\x01"
        await client.disconnect()
        text = bluez.central.transcript.text()  # type: ignore[attr-defined]
    assert text.count(" connected") == 1


async def test_a_table_that_changed_is_seen_with_the_next_connection() -> None:
    one = strap()
    whole = one.services
    async with air(one):
        one.services = whole[:-1]
        async with connected() as client:
            assert client.services.get_service("180A") is None
            with pytest.raises(BleakCharacteristicNotFoundError):
                await client.read_gatt_char("2A29")
        one.services = whole
        async with connected() as client:
            assert await client.read_gatt_char("2A29") == b"Kadenz"


async def test_a_thread_of_its_own_serves_like_the_loop_does() -> None:
    radio, got = Radio([strap()], link=QUICK), list[int]()
    with VirtualBlueZThread(radio) as served:
        async with bleak_on(served.environment), connected() as client:
            assert served.call(lambda: len(radio.links)) == 1
            await client.start_notify(HEART, lambda _, payload: got.append(number(payload)))
            served.advance(1.0)
            await until(lambda: len(got) >= 20)
    assert got == list(range(got[0], got[0] + len(got)))


async def test_a_machine_without_dbus_daemon_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BusError, match="apt install dbus-daemon"):
        async with VirtualBlueZ(Radio([strap()])):
            pass


async def test_nothing_is_left_behind() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    async with air() as bluez, connected() as client:
        pid, address = bluez.bus_pid, bluez.environment["DBUS_SYSTEM_BUS_ADDRESS"]
        await client.start_notify(HEART, lambda *_: None, bluez=HIDE_AND_SEEK)  # type: ignore[arg-type]
    folder = Path(address.split("path=")[1].split(",")[0]).parent
    assert pid is not None and not Path(f"/proc/{pid}").exists() and not folder.exists()
    assert len(set(Path("/proc/self/fd").iterdir())) <= len(before) + 1, "descriptors leak"
