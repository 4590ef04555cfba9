"""Each fault that a host can see, as unmodified bleak sees it over the virtual BlueZ."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakBluetoothNotAvailableError, BleakDBusError, BleakError
from bluez_client import HEART, SECRET, air, connected, found, needs_bus, number, strap, until

from hardware_sim import faults
from hardware_sim.bluez import VirtualBlueZ
from hardware_sim.faults import Fault
from hardware_sim.radio import Radio

pytestmark = needs_bus
ALWAYS = (0.0, 1000.0)


class Scene:
    """A client that is subscribed to the stream of a tracker, and what reached it: (instant in s, bytes)."""

    def __init__(self, bluez: VirtualBlueZ, client: BleakClient) -> None:
        assert isinstance(bluez.central, Radio)
        self.bluez, self.client, self.radio = bluez, client, bluez.central
        self.got: list[tuple[float, bytes]] = []
        self.lost: list[float] = []

    def inject(self, make: Callable[[float], Fault]) -> None:
        """Let a fault happen that is made for the present instant."""
        self.bluez.catch_up()
        self.radio.inject(make(self.radio.schedule.now_s))

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the whole notifications."""
        return [number(payload) for _, payload in self.got if len(payload) == 4]


@asynccontextmanager
async def scene(*planned: Fault, period_s: float = 0.05) -> AsyncIterator[Scene]:
    """Connect and subscribe."""
    async with air(strap(period_s=period_s), faults=planned) as bluez:
        lost: list[float] = []
        async with connected(lost=lambda _: lost.append(time.monotonic())) as client:
            here = Scene(bluez, client)
            here.lost = lost
            await client.start_notify(HEART, lambda _, payload: here.got.append((time.monotonic(), bytes(payload))))
            yield here


@pytest.mark.parametrize(
    "make",
    [
        lambda now_s: faults.LinkLoss("strap", now_s + 0.1, now_s + 0.3),
        lambda now_s: faults.Restart("strap", now_s + 0.1, 0.2),
        lambda now_s: faults.Blackout("strap", now_s + 0.1, now_s + 0.8),
        lambda now_s: faults.AdapterOff(now_s + 0.1, now_s + 0.3),
    ],
    ids=["link-loss", "restart", "blackout", "adapter-off"],
)
async def test_what_cuts_the_link_calls_back_once_and_lets_one_come_back(make: Callable[[float], Fault]) -> None:
    async with scene() as here:
        await until(lambda: len(here.got) > 2)
        here.inject(make)
        await until(lambda: here.lost)
        assert not here.client.is_connected
        before = len(here.got)
        await asyncio.sleep(0.8)
        assert len(here.got) == before, "nothing arrives over a link that is gone"
        again = BleakClient(await found())
        await again.connect()
        assert await again.read_gatt_char("2A38") == b"\x01"
        await again.disconnect()
    assert len(here.lost) == 1


async def test_a_switched_off_adapter_is_not_available_until_it_is_on_again() -> None:
    async with scene() as here:
        here.inject(lambda now_s: faults.AdapterOff(now_s, now_s + 0.5))
        await until(lambda: here.lost)
        with pytest.raises(BleakBluetoothNotAvailableError):
            await BleakScanner.discover(0.1)
        await asyncio.sleep(0.6)
        assert await BleakScanner.discover(0.3)


async def test_the_death_of_the_bus_is_the_end_for_every_program() -> None:
    async with scene() as here:
        await until(lambda: len(here.got) > 2)
        here.inject(lambda now_s: faults.BusDeath(now_s + 0.1))
        await until(lambda: here.lost)
        assert not here.client.is_connected
        with pytest.raises((BleakError, OSError)):
            await BleakScanner.discover(0.1)


async def test_a_silent_tracker_leaves_a_request_open_until_the_link_is_given_up() -> None:
    async with scene() as here:
        here.inject(lambda now_s: faults.SilentPeer("strap", now_s, now_s + 100.0))
        asking = asyncio.ensure_future(here.client.read_gatt_char("2A38"))
        done, _ = await asyncio.wait([asking], timeout=0.5)
        assert not done and here.client.is_connected
        before = len(here.got)
        here.bluez.advance(31.0)
        with pytest.raises(BleakError):
            await asyncio.wait_for(asking, 5)
        await until(lambda: here.lost)
        assert len(here.got) - before <= 2


async def test_a_stall_ends_in_a_burst_with_nothing_missing() -> None:
    async with scene() as here:
        await until(lambda: len(here.got) > 2)
        here.inject(lambda now_s: faults.Stall("strap", now_s + 0.6, now_s + 1.4))
        await until(lambda: len(here.got) > 40)
        waits = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(here.got)]
        assert max(waits) > 0.5 and sum(wait < 0.02 for wait in waits) > 8
        assert here.numbers == list(range(here.numbers[0], here.numbers[0] + len(here.got)))


async def test_a_short_blackout_delays_and_loses_nothing() -> None:
    async with scene() as here:
        await until(lambda: len(here.got) > 2)
        here.inject(lambda now_s: faults.Blackout("strap", now_s, now_s + 0.3))
        await until(lambda: len(here.got) > 20)
        assert here.numbers == list(range(here.numbers[0], here.numbers[0] + len(here.got)))
        assert not here.lost


async def test_doubled_notifications_come_twice() -> None:
    async with scene(faults.Doubled("strap", *ALWAYS)) as here:
        await until(lambda: len(here.got) >= 12)
        counted = [here.numbers.count(one) for one in dict.fromkeys(here.numbers)]
    assert set(counted[1:-1]) == {2}


async def test_lost_packets_are_missing_and_the_others_are_not() -> None:
    async with scene(faults.PacketLoss("strap", *ALWAYS, share=0.4), period_s=0.01) as here:
        await until(lambda: len(here.got) >= 60)
    numbers = here.numbers
    assert numbers == sorted(set(numbers))
    assert 0.4 < len(numbers) / (numbers[-1] - numbers[0] + 1) < 0.8


async def test_garbled_payloads_arrive_as_they_are() -> None:
    async with scene(faults.Garbled("strap", *ALWAYS, share=1.0), period_s=0.01) as here:
        await until(lambda: len(here.got) >= 60)
    lengths = {len(payload) for _, payload in here.got}
    assert lengths == {0, 1, 2, 3, 4}


async def test_oversized_payloads_arrive_whole() -> None:
    async with scene(faults.Oversized("strap", *ALWAYS, share=1.0)) as here:
        await until(lambda: len(here.got) >= 5)
    assert all(len(payload) > 4 for _, payload in here.got)


async def test_a_frozen_tracker_repeats_itself() -> None:
    async with scene() as here:
        await until(lambda: len(here.got) > 2)
        here.inject(lambda now_s: faults.Frozen("strap", now_s, now_s + 60.0))
        before = len(here.got)
        await until(lambda: len(here.got) > before + 15)
        assert len(set(here.numbers[before + 12 :])) == 1


async def test_late_notifications_overtake_each_other() -> None:
    async with scene(faults.Reordered("strap", *ALWAYS, share=0.5, by_s=0.3), period_s=0.02) as here:
        await until(lambda: len(here.got) >= 50)
    assert here.numbers != sorted(here.numbers)
    assert len(set(here.numbers)) == len(here.numbers)


async def test_a_long_connection_interval_brings_notifications_in_bunches() -> None:
    async with scene(faults.ConnectionInterval("strap", *ALWAYS, interval_s=0.4)) as here:
        await until(lambda: len(here.got) >= 24, 8)
        waits = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(here.got)]
    assert sum(wait > 0.25 for wait in waits) >= 3 and sum(wait < 0.05 for wait in waits) >= 12


async def test_a_short_mtu_is_told_and_cuts_what_is_longer() -> None:
    one, got = strap(period_s=1000.0), list[bytes]()
    async with air(one, faults=[faults.ShortMtu("strap")]), connected() as client:
        heart = client.services.get_characteristic(HEART)
        assert heart is not None and heart.max_write_without_response_size == 20
        await client.start_notify(HEART, lambda _, payload: got.append(bytes(payload)))
        one.send(HEART, bytes(100))
        await until(lambda: got)
    assert got == [bytes(20)]


async def test_an_old_table_hides_a_service_until_the_next_connection() -> None:
    async with air(faults=[faults.StaleServices("strap", 0.0, 1.5)]) as bluez:
        async with connected() as client:
            assert client.services.get_service("180A") is None
        bluez.advance(2.0)
        async with connected() as client:
            assert await client.read_gatt_char("2A29") == b"Kadenz"


async def test_a_tracker_that_suddenly_needs_bonding_refuses_until_paired() -> None:
    async with air(faults=[faults.NeedsBonding("strap")]), connected() as client:
        with pytest.raises(BleakDBusError, match="Not paired"):
            await client.read_gatt_char("2A38")
        await client.pair()
        assert await client.read_gatt_char("2A38") == b"\x01"


async def test_a_lost_bond_ends_each_link_until_the_host_forgets_it_too() -> None:
    async with air() as bluez:
        async with BleakClient(await found(), pair=True) as client:
            assert await client.read_gatt_char(SECRET) == b"secret"
        bluez.catch_up()
        radio = bluez.central
        assert isinstance(radio, Radio)
        radio.inject(faults.BondLost("strap", radio.schedule.now_s))
        bluez.advance(0.1)
        lost: list[BleakClient] = []
        client = BleakClient(await found(), disconnected_callback=lost.append)
        await client.connect()
        await until(lambda: lost)
        await client.unpair()
        async with BleakClient(await found(), pair=True) as client:
            assert await client.read_gatt_char(SECRET) == b"secret"


@pytest.mark.parametrize("word", ["br-connection-canceled", "Software caused connection abort", "Page Timeout"])
async def test_connecting_fails_with_the_word_that_was_asked_for(word: str) -> None:
    async with air(faults=[faults.ConnectFailure("strap", 0.0, 60.0, word, times=1)]):
        device = await found()
        with pytest.raises(BleakDBusError, match=word):
            await BleakClient(device).connect()
        client = BleakClient(device)
        await client.connect()
        await client.disconnect()


def test_every_fault_of_the_radio_is_met_here() -> None:
    of_the_tracker = {"ClockJump", "ClockReset", "ClockDrift", "LowBattery", "SatelliteLoss"}
    text = Path(__file__).read_text()
    missing = [
        kind.__name__
        for kind in faults.FAULTS.values()
        if f"faults.{kind.__name__}(" not in text and kind.__name__ not in of_the_tracker
    ]
    assert not missing
