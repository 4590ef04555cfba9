"""The in-process route: what a bleak program sees of a virtual radio through `backend=`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from hardware_sim.bleak_backend import Backend, as_default, backend_for
from hardware_sim.faults import fault
from hardware_sim.peripheral import Advertised, AttError, Descriptor, Peripheral, characteristic, service
from hardware_sim.radio import Radio
from hardware_sim.virtual_loop import run

HR, BATTERY, CONTROL, SECRET, ASKED = "2A37", "2A19", "2A39", "2A29", "2A53"
HR_FULL = "00002a37-0000-1000-8000-00805f9b34fb"
Program = Callable[[Backend], Awaitable[Any]]


def strap() -> Peripheral:
    described = characteristic(BATTERY, "read,notify", b"\x55")
    described.descriptors = (Descriptor("2901", b"battery"),)
    one = Peripheral(
        "strap",
        [
            service("180D", characteristic(HR, "notify"), characteristic(CONTROL, "write,write-without-response")),
            service("180F", described),
            service("180A", characteristic(SECRET, "read", b"Maker", bonded=True)),
            service("1814", characteristic(ASKED, "indicate,read", b"\x01")),
        ],
        address="C0:00:00:00:00:01",
        advertised=Advertised(("180D",), {107: b"\x01\x02"}, {"180F": b"\x55"}, tx_power_dbm=4),
    )
    one.every(1.0, HR, lambda t_s: bytes([0, round(60 + t_s) % 256]))
    return one


def play(program: Program, *faults: Any, peripherals: list[Peripheral] | None = None, limit_s: float = 900.0) -> Any:
    backend = backend_for(Radio(peripherals or [strap()], faults=faults, seed=1))

    async def main() -> Any:
        return await program(backend)

    return run(main(), limit_s=limit_s)


async def found(backend: Backend, name: str = "strap") -> Any:
    device = await BleakScanner.find_device_by_name(name, backend=backend.scanner)
    assert device is not None
    return device


def test_a_scan_shows_what_the_tracker_advertises() -> None:
    async def program(backend: Backend) -> Any:
        return await BleakScanner.discover(2.0, return_adv=True, backend=backend.scanner)

    ((device, seen),) = play(program).values()
    assert (device.address, device.name, seen.local_name) == ("C0:00:00:00:00:01", "strap", "strap")
    assert seen.service_uuids == ["0000180d-0000-1000-8000-00805f9b34fb"]
    assert seen.manufacturer_data == {107: b"\x01\x02"}
    assert seen.service_data == {"0000180f-0000-1000-8000-00805f9b34fb": b"\x55"}
    assert seen.tx_power == 4 and -100 <= seen.rssi < 0


@pytest.mark.parametrize(("wanted", "there"), [("180d", 1), ("180D", 1), ("1816", 0)])
def test_a_scan_keeps_to_the_services_that_were_asked_for(wanted: str, there: int) -> None:
    async def program(backend: Backend) -> Any:
        return await BleakScanner.discover(2.0, service_uuids=[wanted], backend=backend.scanner)

    assert len(play(program)) == there


def test_the_table_of_services_has_every_attribute_at_its_handle() -> None:
    async def program(backend: Backend) -> Any:
        async with BleakClient(await found(backend), backend=backend.client) as client:
            battery = client.services.get_characteristic("2a19")
            assert battery is not None and client.name == "strap" and client.mtu_size == 247
            assert battery.max_write_without_response_size == 244
            texts = [await client.read_gatt_descriptor(d) for d in battery.descriptors]
            await client.start_notify(battery, lambda *_: None)
            texts.append(await client.read_gatt_descriptor(battery.handle + 2))
            return (
                [s.handle for s in client.services],
                battery.handle,
                [d.uuid[4:8] for d in battery.descriptors],
                texts,
            )

    services, handle, descriptors, texts = play(program)
    assert services == [1, 7, 12, 15]
    assert (handle, descriptors) == (8, ["2902", "2901"])
    assert texts == [b"\x00\x00", b"battery", b"\x01\x00"]


def test_only_the_services_that_were_asked_for_are_resolved() -> None:
    async def program(backend: Backend) -> Any:
        async with BleakClient(await found(backend), services=["180f"], backend=backend.client) as client:
            return [s.uuid[4:8] for s in client.services]

    assert play(program) == ["180f"]


def test_values_are_read_written_and_notified() -> None:
    one, got = strap(), []
    taken: list[bytes] = []
    one.on_write(CONTROL, taken.append)

    async def program(backend: Backend) -> None:
        async with BleakClient(one.address, backend=backend.client) as client:
            assert await client.read_gatt_char(BATTERY) == b"\x55"
            await client.write_gatt_char(CONTROL, b"\x01", response=True)
            await client.write_gatt_char(CONTROL, bytearray(b"\x02"), response=False)
            await client.start_notify(HR_FULL, lambda who, payload: got.append((who.uuid, payload)))
            await asyncio.sleep(10.0)
            await client.stop_notify(HR)
            await asyncio.sleep(10.0)

    play(program, peripherals=[one])
    assert taken == [b"\x01", b"\x02"]
    assert [uuid for uuid, _ in got] == [HR_FULL] * len(got) and 9 <= len(got) <= 11
    assert all(isinstance(payload, bytearray) for _, payload in got)
    rates = [payload[1] for _, payload in got]
    assert rates == list(range(rates[0], rates[0] + len(rates)))


def test_indications_arrive_like_notifications() -> None:
    one, got = strap(), []

    async def program(backend: Backend) -> None:
        async with BleakClient(one.address, backend=backend.client) as client:
            await client.start_notify(ASKED, lambda _, payload: got.append(bytes(payload)))
            one.send(ASKED, b"\x07")
            await asyncio.sleep(1.0)

    play(program, peripherals=[one])
    assert got == [b"\x07"]


def test_a_refusal_of_the_tracker_carries_its_code() -> None:
    one = strap()

    def refuse(value: bytes) -> None:
        raise AttError(0x80)

    one.on_write(CONTROL, refuse)

    async def program(backend: Backend) -> Any:
        codes = []
        async with BleakClient(one.address, backend=backend.client) as client:
            for attempt in (
                lambda: client.write_gatt_char(CONTROL, b"\x01", response=True),
                lambda: client.read_gatt_char(HR),
                lambda: client.read_gatt_char(SECRET),
                lambda: client.write_gatt_char(CONTROL, bytes(513), response=True),
            ):
                with pytest.raises(BleakGATTProtocolError) as refused:
                    await attempt()
                codes.append(int(refused.value.code))
        return codes

    assert play(program, peripherals=[one]) == [0x80, 0x02, 0x05, 0x0D]


def test_what_bluez_refuses_by_itself_is_refused_here() -> None:
    async def program(backend: Backend) -> None:
        async with BleakClient(await found(backend), backend=backend.client) as client:
            with pytest.raises(BleakDBusError, match="NotSupported"):
                await client.start_notify(SECRET, lambda *_: None)
            with pytest.raises(BleakDBusError, match="No notify session"):
                await client.stop_notify(HR)
            with pytest.raises(BleakDBusError, match="Failed to initiate write"):
                await client.write_gatt_char(CONTROL, bytes(245), response=False)
            with pytest.raises(BleakCharacteristicNotFoundError):
                await client.read_gatt_char("2AAA")
            with pytest.raises(BleakError, match="already connected"):
                await client.connect()
        with pytest.raises(BleakError):
            await client.read_gatt_char(BATTERY)

    play(program)


def test_a_bond_opens_what_is_protected_and_outlives_the_link() -> None:
    async def program(backend: Backend) -> Any:
        device, values = await found(backend), []
        async with BleakClient(device, backend=backend.client) as client:
            await client.pair()
            values.append(await client.read_gatt_char(SECRET))
        async with BleakClient(device, backend=backend.client) as client:
            values.append(await client.read_gatt_char(SECRET))
            await client.unpair()
            assert not client.is_connected
        async with BleakClient(device, pair=True, backend=backend.client) as client:
            values.append(await client.read_gatt_char(SECRET))
        return values

    assert play(program) == [b"Maker"] * 3


def test_a_lost_link_is_told_once_and_ends_what_was_under_way() -> None:
    told = []

    async def program(backend: Backend) -> float:
        loop = asyncio.get_running_loop()
        async with BleakClient(await found(backend), told.append, backend=backend.client) as client:
            while client.is_connected:
                try:
                    await client.read_gatt_char(BATTERY)
                except BleakError:
                    break
            assert not client.is_connected and told == [client]
            with pytest.raises(BleakError):
                await client.start_notify(HR, lambda *_: None)
        return loop.time()

    assert play(program, fault("link-loss", tracker="strap", from_s=20.0, to_s=25.0)) == pytest.approx(20.0, abs=0.5)
    assert len(told) == 1


def test_the_callback_also_tells_ones_own_disconnect() -> None:
    told = []

    async def program(backend: Backend) -> None:
        client = BleakClient(await found(backend), told.append, backend=backend.client)
        await client.connect()
        await client.disconnect()
        await client.disconnect()

    play(program)
    assert len(told) == 1


def test_an_aborted_attempt_is_repeated_inside_connect_and_fires_the_callback() -> None:
    told = []

    async def program(backend: Backend) -> None:
        async with BleakClient(await found(backend), told.append, backend=backend.client) as client:
            assert client.is_connected and len(told) == 2

    failing = fault("connect-failure", tracker="strap", from_s=0.0, to_s=1e9, times=2)
    play(program, failing)


def test_other_failures_to_connect_carry_bluez_own_word() -> None:
    async def program(backend: Backend) -> None:
        client = BleakClient(await found(backend), backend=backend.client)
        with pytest.raises(BleakDBusError, match="le-connection-abort-by-peer"):
            await client.connect()
        await client.connect()
        assert client.is_connected
        await client.disconnect()

    word = "le-connection-abort-by-peer"
    play(program, fault("connect-failure", tracker="strap", from_s=0.0, to_s=1e9, word=word, times=1))


def test_an_address_that_nobody_advertises_is_not_found() -> None:
    async def program(backend: Backend) -> None:
        with pytest.raises(BleakDeviceNotFoundError):
            await BleakClient("C0:00:00:00:00:99", timeout=5.0, backend=backend.client).connect()

    play(program)


def test_a_tracker_that_went_away_lets_connect_run_into_its_deadline() -> None:
    async def program(backend: Backend) -> float:
        client = BleakClient(await found(backend), timeout=12.0, backend=backend.client)
        await asyncio.sleep(10.0)
        begun_s = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError):
            await client.connect()
        assert not client.is_connected
        return asyncio.get_running_loop().time() - begun_s

    assert play(program, fault("link-loss", tracker="strap", from_s=5.0, to_s=1e9)) == pytest.approx(12.0)


def test_an_attempt_that_is_given_up_leaves_no_link_behind() -> None:
    async def program(backend: Backend) -> None:
        device = await found(backend)
        for wait_s in (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5):
            client = BleakClient(device, backend=backend.client)
            attempt = asyncio.create_task(client.connect())
            await asyncio.sleep(wait_s)
            attempt.cancel()
            await asyncio.gather(attempt, return_exceptions=True)
            if client.is_connected:
                await client.disconnect()
            await asyncio.sleep(2.0)
            assert backend.host.links == {}
        async with BleakClient(device, backend=backend.client) as client:
            assert await client.read_gatt_char(BATTERY) == b"\x55"

    play(program)


def test_an_adapter_that_is_off_is_said_so_and_comes_back() -> None:
    told = []

    async def program(backend: Backend) -> None:
        device = await found(backend)
        client = BleakClient(device, told.append, backend=backend.client)
        await client.connect()
        await asyncio.sleep(12.0)
        assert not client.is_connected and len(told) == 1
        with pytest.raises(BleakBluetoothNotAvailableError):
            await BleakScanner.discover(1.0, backend=backend.scanner)
        with pytest.raises(BleakBluetoothNotAvailableError):
            await client.connect()
        await asyncio.sleep(20.0)
        await client.connect()
        await client.disconnect()

    play(program, fault("adapter-off", from_s=10.0, to_s=30.0))


def test_two_clients_share_one_link_and_lose_it_together() -> None:
    told, got = [], {"a": 0, "b": 0}

    def count(who: str) -> Callable[..., None]:
        def take(*_: object) -> None:
            got[who] += 1

        return take

    async def program(backend: Backend) -> None:
        device = await found(backend)
        first = BleakClient(device, told.append, backend=backend.client)
        second = BleakClient(device, told.append, backend=backend.client)
        await first.connect()
        await second.connect()
        await first.start_notify(HR, count("a"))
        await second.start_notify(HR, count("b"))
        await asyncio.sleep(5.0)
        await first.stop_notify(HR)
        await asyncio.sleep(5.0)
        (connected,) = await (await BleakAdapter.get(backend=backend.adapter)).get_connected_devices()
        assert (connected.address, connected.name) == (device.address, "strap")
        await first.disconnect()
        assert not second.is_connected

    play(program)
    assert len(told) == 2
    assert 4 <= got["a"] <= 6 and 9 <= got["b"] <= 11


def test_a_callback_that_raises_is_reported_and_stops_nothing() -> None:
    reported: list[dict[str, Any]] = []
    got = []

    def take(_: object, payload: bytearray) -> None:
        got.append(payload)
        raise ZeroDivisionError

    async def program(backend: Backend) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
        async with BleakClient(await found(backend), backend=backend.client) as client:
            await client.start_notify(HR, take)
            await asyncio.sleep(5.0)

    play(program)
    assert len(got) >= 4
    assert [type(r["exception"]) for r in reported] == [ZeroDivisionError] * len(got)


def test_the_same_seed_brings_the_same_bytes_at_the_same_instants() -> None:
    faults = (
        fault("garbled", tracker="strap", from_s=5.0, to_s=40.0, share=0.5),
        fault("link-loss", tracker="strap", from_s=20.0, to_s=22.0),
        fault("doubled", tracker="strap", from_s=30.0, to_s=50.0),
    )

    def once() -> list[tuple[float, bytes]]:
        got = []

        async def program(backend: Backend) -> None:
            loop = asyncio.get_running_loop()
            device = await found(backend)
            while loop.time() < 60.0:
                async with BleakClient(device, backend=backend.client) as client:
                    await client.start_notify(HR, lambda _, payload: got.append((loop.time(), bytes(payload))))
                    while client.is_connected and loop.time() < 60.0:
                        await asyncio.sleep(0.5)

        play(program, *faults)
        return got

    first = once()
    assert len(first) > 60
    assert first == once()


def test_a_program_that_ran_before_on_another_loop_leaves_no_link() -> None:
    backend = backend_for(Radio([strap()]))

    async def leaves() -> None:
        await BleakClient("C0:00:00:00:00:01", backend=backend.client).connect()

    async def comes() -> bytearray:
        async with BleakClient("C0:00:00:00:00:01", backend=backend.client) as client:
            return await client.read_gatt_char(BATTERY)

    run(leaves())
    assert run(comes()) == b"\x55"
    assert asyncio.run(comes()) == b"\x55"


def test_bleak_chooses_the_radio_by_default_only_while_it_is_told_to() -> None:
    import bleak

    before = bleak.get_platform_client_backend_type
    backend = backend_for(Radio([strap()]))

    async def unaware() -> bytearray:
        device = await BleakScanner.find_device_by_name("strap")
        assert device is not None
        async with BleakClient(device) as client:
            assert client.backend_id == "virtual radio"
            return await client.read_gatt_char(BATTERY)

    with as_default(backend):
        assert run(unaware()) == b"\x55"
    assert bleak.get_platform_client_backend_type is before


def test_the_retry_connector_connects_through_failures_unmodified() -> None:
    retry = pytest.importorskip("bleak_retry_connector", reason="bleak-retry-connector is not installed")

    async def program(backend: Backend) -> bytearray:
        class Bound(retry.BleakClientWithServiceCache):  # type: ignore[misc, name-defined]
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, backend=backend.client, **kwargs)

        client = await retry.establish_connection(Bound, await found(backend), "strap")
        value: bytearray = await client.read_gatt_char(BATTERY)
        await client.disconnect()
        return value

    word = "le-connection-abort-by-peer"
    failing = fault("connect-failure", tracker="strap", from_s=0.0, to_s=1e9, word=word, times=2)
    assert play(program, failing) == b"\x55"
