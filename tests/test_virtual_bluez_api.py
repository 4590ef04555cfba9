"""The virtual BlueZ as its D-Bus documentation describes it: a bare client, method by method."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import Any
from xml.etree import ElementTree

import pytest
from bluez_client import (
    ADAPTER,
    CHARACTERISTIC,
    CONTROL,
    DEVICE,
    HCI,
    HEART,
    PROPERTIES,
    SECRET,
    WRITABLE,
    Raw,
    air,
    needs_bus,
    path_of,
    raw,
    strap,
    until,
    value_path,
)
from dbus_fast import Message, MessageType, Variant

from hardware_sim.bluez import VirtualBlueZ
from hardware_sim.peripheral import Advertised, Peripheral, characteristic, service

pytestmark = needs_bus
STRAP = strap()
DEV = path_of(STRAP)
MANAGER, AGENT = "org.bluez.AgentManager1", "org.bluez.Agent1"


async def scanned(client: Raw, path: str = DEV) -> None:
    """Scan until a device is there."""
    client.signals.clear()
    await client.call(HCI, f"{ADAPTER}.StartDiscovery")
    await until(lambda: any(s.member == "InterfacesAdded" and s.body[0] == path for s in client.signals))
    await client.call(HCI, f"{ADAPTER}.StopDiscovery")


async def joined(client: Raw, path: str = DEV) -> None:
    """Scan and connect, until the services are there."""
    await scanned(client, path)
    await client.call(path, f"{DEVICE}.Connect")
    await until(lambda: True in client.changes(path, "ServicesResolved"))


def failing(text: str) -> Any:
    return pytest.raises(RuntimeError, match=text)


# ── objects ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_object_describes_itself() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        objects = await client.objects()
        assert len(objects) > 12
        for path, interfaces in objects.items():
            tree = ElementTree.fromstring(await client.call(path, "org.freedesktop.DBus.Introspectable.Introspect"))
            assert {one.get("name") for one in tree.iter("interface")} >= set(interfaces)
        root = ElementTree.fromstring(await client.call("/", "org.freedesktop.DBus.Introspectable.Introspect"))
        assert [node.get("name") for node in root.findall("node")] == ["org"]


async def test_all_properties_are_also_to_be_had_one_by_one() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        for path, interfaces in (await client.objects()).items():
            for name, properties in interfaces.items():
                if name.startswith("org.bluez"):
                    assert await client.call(path, f"{PROPERTIES}.GetAll s", name) == properties
                    for each, value in properties.items():
                        assert await client.get(path, name, each) == value.value


async def test_paths_are_built_from_address_and_handles() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        paths = set(await client.objects())
    services = {f"{DEV}/service{s.handle:04x}" for s in STRAP.services}
    values = {f"{DEV}/service{s.handle:04x}/char{c.handle:04x}" for s in STRAP.services for c in s.characteristics}
    settings = {f"{p}/desc{int(p[-4:], 16) + 2:04x}" for p in values if STRAP_NOTIFIES[p]}
    assert paths == {"/org/bluez", HCI, DEV} | services | values | settings


STRAP_NOTIFIES = {
    f"{DEV}/service{s.handle:04x}/char{c.handle:04x}": c.notifies for s in STRAP.services for c in s.characteristics
}


async def test_services_are_shown_before_they_are_said_to_be_resolved() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        added = [i for i, s in enumerate(client.signals) if s.member == "InterfacesAdded" and "/service" in s.body[0]]
        said = [(i, *s.body[1]) for i, s in enumerate(client.signals) if s.member == "PropertiesChanged"]
        connected = next(i for i, *names in said if "Connected" in names)
        resolved = next(i for i, *names in said if "ServicesResolved" in names)
        assert connected < min(added) and max(added) < resolved


async def test_unknown_things_are_answered_with_the_bus_own_errors() -> None:
    async with air() as bluez, raw(bluez) as client:
        with failing("UnknownObject"):
            await client.call(f"{HCI}/dev_00", f"{DEVICE}.Connect")
        with failing("UnknownMethod"):
            await client.call(HCI, f"{ADAPTER}.Fly")
        with failing("UnknownMethod"):
            await client.call(HCI, f"{ADAPTER}.StartDiscovery s", "loud")
        with failing("InvalidArgs"):
            await client.get(HCI, ADAPTER, "Colour")
        with failing("PropertyReadOnly"):
            await client.call(HCI, f"{PROPERTIES}.Set ssv", ADAPTER, "Address", Variant("s", "x"))
        with failing("InvalidSignature"):
            await client.call(HCI, f"{PROPERTIES}.Set ssv", ADAPTER, "Powered", Variant("s", "x"))


# ── scanning ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_client_has_one_discovery_session_and_may_end_only_its_own() -> None:
    async with air() as bluez, raw(bluez) as client, raw(bluez) as other:
        with failing("Failed: No discovery started"):
            await client.call(HCI, f"{ADAPTER}.StopDiscovery")
        await client.call(HCI, f"{ADAPTER}.StartDiscovery")
        with failing("InProgress: Operation already in progress"):
            await client.call(HCI, f"{ADAPTER}.StartDiscovery")
        with failing("Failed: No discovery started"):
            await other.call(HCI, f"{ADAPTER}.StopDiscovery")
        await other.call(HCI, f"{ADAPTER}.StartDiscovery")
        await client.call(HCI, f"{ADAPTER}.StopDiscovery")
        assert await client.get(HCI, ADAPTER, "Discovering") is True
        await other.call(HCI, f"{ADAPTER}.StopDiscovery")
        assert await client.get(HCI, ADAPTER, "Discovering") is False


async def test_a_client_that_leaves_ends_its_session() -> None:
    async with air() as bluez, raw(bluez) as client:
        async with raw(bluez) as other:
            await other.call(HCI, f"{ADAPTER}.StartDiscovery")
            assert await client.get(HCI, ADAPTER, "Discovering") is True
        await until(lambda: client.changes(HCI, "Discovering")[-1:] == [False])


async def test_the_signal_strength_goes_when_nobody_listens() -> None:
    async with air() as bluez, raw(bluez) as client:
        await scanned(client)
        assert client.changes(DEV, "RSSI")[-1] == "gone"
        with failing("No such property 'RSSI'"):
            await client.get(DEV, DEVICE, "RSSI")


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"UUIDs": Variant("as", ["180d"])}, ["strap"]),
        ({"UUIDs": Variant("as", [])}, ["other", "strap"]),
        ({"RSSI": Variant("n", -20)}, []),
        ({"RSSI": Variant("n", -100)}, ["other", "strap"]),
        ({"Pathloss": Variant("q", 90)}, ["other"]),
        ({"Pattern": Variant("s", "str")}, ["strap"]),
        ({"Pattern": Variant("s", STRAP.address[:8])}, ["strap"]),
        ({"Transport": Variant("s", "bredr")}, []),
        ({"Transport": Variant("s", "le"), "DuplicateData": Variant("b", True)}, ["other", "strap"]),
        ({}, ["other", "strap"]),
    ],
    ids=str,
)
async def test_a_filter_lets_through_what_it_says(given: dict[str, Variant], found: list[str]) -> None:
    shown = Advertised(("181A",), tx_power_dbm=0, interval_s=0.03)
    other = Peripheral("other", [service("181A", characteristic("2A6D", "read"))], advertised=shown)
    async with air(strap(), other) as bluez, raw(bluez) as client:
        await client.call(HCI, f"{ADAPTER}.SetDiscoveryFilter a{{sv}}", given)
        await client.call(HCI, f"{ADAPTER}.StartDiscovery")
        await asyncio.sleep(0.2)
        objects = await client.objects()
    assert {o[DEVICE]["Name"].value for o in objects.values() if DEVICE in o} == set(found)


@pytest.mark.parametrize(
    "given",
    [
        {"Colour": Variant("s", "red")},
        {"RSSI": Variant("s", "loud")},
        {"RSSI": Variant("n", 30)},
        {"Transport": Variant("s", "pigeon")},
        {"RSSI": Variant("n", -50), "Pathloss": Variant("q", 30)},
    ],
    ids=str,
)
async def test_a_filter_that_makes_no_sense_is_refused(given: dict[str, Variant]) -> None:
    async with air() as bluez, raw(bluez) as client:
        with failing("InvalidArguments"):
            await client.call(HCI, f"{ADAPTER}.SetDiscoveryFilter a{{sv}}", given)


async def test_duplicate_data_tells_of_every_advertisement() -> None:
    async with air() as bluez, raw(bluez) as client:
        await client.call(HCI, f"{ADAPTER}.SetDiscoveryFilter a{{sv}}", {"DuplicateData": Variant("b", True)})
        await client.call(HCI, f"{ADAPTER}.StartDiscovery")
        await until(lambda: len(client.changes(DEV, "ManufacturerData")) >= 3)
        await client.call(HCI, f"{ADAPTER}.StopDiscovery")


async def test_a_stranger_is_forgotten_after_30_s_and_one_that_is_connected_or_paired_is_not() -> None:
    async with air() as bluez, raw(bluez) as client:
        await scanned(client)
        bluez.advance(29.0)
        assert DEV in await client.objects()
        bluez.advance(2.0)
        assert DEV not in await client.objects()
        await joined(client)
        bluez.advance(60.0)
        assert DEV in await client.objects()
        await client.call(DEV, f"{DEVICE}.Pair")
        await client.call(DEV, f"{DEVICE}.Disconnect")
        bluez.advance(60.0)
        assert DEV in await client.objects()


# ── connecting ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_connecting_twice_is_in_progress_first_and_fine_afterwards() -> None:
    async with air() as bluez, raw(bluez) as client:
        await scanned(client)
        first = asyncio.ensure_future(client.call(DEV, f"{DEVICE}.Connect"))
        await asyncio.sleep(0)
        with failing("InProgress"):
            await client.call(DEV, f"{DEVICE}.Connect")
        await first
        await client.call(DEV, f"{DEVICE}.Connect")


async def test_disconnecting_gives_an_attempt_up() -> None:
    away = strap()
    async with air(away) as bluez, raw(bluez) as client:
        await scanned(client)
        away.advertised = Advertised(interval_s=100.0)
        await asyncio.sleep(0.1)
        waiting = asyncio.ensure_future(client.message(DEV, f"{DEVICE}.Connect"))
        await asyncio.sleep(0.05)
        await client.call(DEV, f"{DEVICE}.Disconnect")
        answer = await waiting
        assert (answer.error_name, answer.body) == ("org.bluez.Error.Failed", ["Canceled"])


async def test_what_needs_a_link_says_so_without_one() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        await client.call(DEV, f"{DEVICE}.Disconnect")
        await client.call(DEV, f"{DEVICE}.Disconnect")
        path = value_path(STRAP, WRITABLE)
        with failing("Failed: Not connected"):
            await client.call(path, f"{CHARACTERISTIC}.ReadValue a{{sv}}", {})
        with failing("Failed: Not connected"):
            await client.call(path, f"{CHARACTERISTIC}.WriteValue aya{{sv}}", b"x", {})
        with failing("Failed: Not connected"):
            await client.call(path, f"{CHARACTERISTIC}.AcquireWrite a{{sv}}", {})


async def test_the_end_of_a_link_is_told_with_its_reason() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        await client.call(DEV, f"{DEVICE}.Disconnect")
        await until(lambda: any(s.member == "Disconnected" for s in client.signals))
        told = next(s for s in client.signals if s.member == "Disconnected")
        assert told.body[0] == "org.bluez.Reason.Local"
        assert client.changes(DEV, "Connected") == [True, False]
        assert client.changes(DEV, "ServicesResolved") == [True, False]


async def test_removing_a_device_ends_its_link_its_bond_and_its_objects() -> None:
    async with air() as bluez, raw(bluez) as client:
        with failing("DoesNotExist"):
            await client.call(HCI, f"{ADAPTER}.RemoveDevice o", DEV)
        await joined(client)
        await client.call(DEV, f"{DEVICE}.Pair")
        await client.call(HCI, f"{ADAPTER}.RemoveDevice o", DEV)
        assert set(await client.objects()) == {"/org/bluez", HCI}
        assert not bluez.central.bonds  # type: ignore[attr-defined]
        await scanned(client)
        assert await client.get(DEV, DEVICE, "Paired") is False


async def test_a_blocked_device_is_cut_off_and_not_connected_again() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        await client.call(DEV, f"{PROPERTIES}.Set ssv", DEVICE, "Blocked", Variant("b", True))
        assert await client.get(DEV, DEVICE, "Connected") is False
        with failing("NotAvailable"):
            await client.call(DEV, f"{DEVICE}.Connect")


async def test_an_address_can_be_connected_to_unheard() -> None:
    async with air() as bluez, raw(bluez) as client:
        wanted = {"Address": Variant("s", STRAP.address), "AddressType": Variant("s", "random")}
        assert await client.call(HCI, f"{ADAPTER}.ConnectDevice a{{sv}}", wanted) == DEV
        assert await client.get(DEV, DEVICE, "Connected") is True


async def test_an_alias_is_kept_and_an_empty_one_gives_the_name_back() -> None:
    async with air() as bluez, raw(bluez) as client:
        await scanned(client)
        for alias, shown in (("mine", "mine"), ("", "strap")):
            await client.call(DEV, f"{PROPERTIES}.Set ssv", DEVICE, "Alias", Variant("s", alias))
            assert await client.get(DEV, DEVICE, "Alias") == shown


async def test_an_adapter_that_is_switched_off_refuses_and_lets_go() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        await client.call(HCI, f"{PROPERTIES}.Set ssv", ADAPTER, "Powered", Variant("b", False))
        assert await client.get(DEV, DEVICE, "Connected") is False
        for what in ("StartDiscovery", "StopDiscovery"):
            with failing("NotReady: Resource Not Ready"):
                await client.call(HCI, f"{ADAPTER}.{what}")
        with failing("NotReady"):
            await client.call(HCI, f"{ADAPTER}.SetDiscoveryFilter a{{sv}}", {})
        with failing("NotReady"):
            await client.call(DEV, f"{DEVICE}.Connect")
        await client.call(HCI, f"{PROPERTIES}.Set ssv", ADAPTER, "Powered", Variant("b", True))
        await client.call(DEV, f"{DEVICE}.Connect")


# ── values ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_reading_tells_the_value_to_everybody_and_from_an_offset_to_the_caller() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        path = value_path(STRAP, "2A29")
        read = f"{CHARACTERISTIC}.ReadValue a{{sv}}"
        both = await asyncio.gather(client.call(path, read, {}), client.call(path, read, {}))
        assert both == [b"Kadenz", b"Kadenz"]
        assert await client.call(path, read, {"offset": Variant("q", 2)}) == b"denz"
        with failing("InvalidArguments: Invalid offset"):
            await client.call(path, read, {"offset": Variant("q", 7)})
        with failing("InvalidArguments"):
            await client.call(path, read, {"offset": Variant("s", "2")})
        assert client.changes(path, "Value")[0] == b"Kadenz"


async def test_a_write_goes_the_way_that_is_asked_for_or_that_the_flags_say() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        write, path = f"{CHARACTERISTIC}.WriteValue aya{{sv}}", value_path(STRAP, CONTROL)
        for options in ({}, {"type": Variant("s", "request")}, {"type": Variant("s", "command")}):
            await client.call(path, write, b"x", options)
        await asyncio.sleep(0.1)
        lines = bluez.central.transcript.lines()  # type: ignore[attr-defined]
        assert [line.what for line in lines if line.payload == b"x"] == ["write", "write", "command"]
        with failing("NotSupported"):
            await client.call(value_path(STRAP, "2A29"), write, b"x", {})
        with failing("NotPermitted: Write not permitted"):
            await client.call(value_path(STRAP, "2A29"), write, b"x", {"type": Variant("s", "request")})
        with failing("NotAuthorized"):
            await client.call(value_path(STRAP, "2A19"), write, b"x", {"type": Variant("s", "request")})


async def test_the_client_configuration_follows_the_sessions_and_is_not_written() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        path = value_path(STRAP, HEART)
        setting = f"{path}/desc{int(path[-4:], 16) + 2:04x}"
        read = "org.bluez.GattDescriptor1.ReadValue a{sv}"
        assert await client.call(setting, read, {}) == b"\0\0"
        await client.call(path, f"{CHARACTERISTIC}.StartNotify")
        assert await client.call(setting, read, {}) == b"\1\0"
        with failing("NotPermitted: Write not permitted"):
            await client.call(setting, "org.bluez.GattDescriptor1.WriteValue aya{sv}", b"\0\0", {})


async def test_notifying_needs_the_flag_and_a_session_to_end() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        for what in ("StartNotify", "AcquireNotify a{sv}"):
            with failing("NotSupported"):
                await client.call(value_path(STRAP, "2A29"), f"{CHARACTERISTIC}.{what}", *([{}] if "{" in what else []))
        with failing("Failed: No notify session started"):
            await client.call(value_path(STRAP, HEART), f"{CHARACTERISTIC}.StopNotify")


async def test_a_stream_runs_while_any_client_wants_it() -> None:
    async with air() as bluez, raw(bluez) as client, raw(bluez) as other:
        await joined(client)
        path = value_path(STRAP, HEART)
        for one in (client, other, client):
            await one.call(path, f"{CHARACTERISTIC}.StartNotify")
        await client.call(path, f"{CHARACTERISTIC}.StopNotify")
        assert await client.get(path, CHARACTERISTIC, "Notifying") is True
        seen = len(other.changes(path, "Value"))
        await until(lambda: len(other.changes(path, "Value")) > seen + 2)
        await other.call(path, f"{CHARACTERISTIC}.StopNotify")
        assert await client.get(path, CHARACTERISTIC, "Notifying") is False


async def test_a_session_that_was_not_ended_is_taken_up_again_by_the_next_link() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        path = value_path(STRAP, HEART)
        await client.call(path, f"{CHARACTERISTIC}.StartNotify")
        await client.call(DEV, f"{DEVICE}.Disconnect")
        assert await client.get(path, CHARACTERISTIC, "Notifying") is False
        seen = len(client.changes(path, "Value"))
        await client.call(DEV, f"{DEVICE}.Connect")
        await until(lambda: len(client.changes(path, "Value")) > seen + 2)


async def acquired(client: Raw, path: str, what: str) -> tuple[socket.socket, int]:
    answer = await client.message(path, f"{CHARACTERISTIC}.{what} a{{sv}}", {})
    assert answer.message_type == MessageType.METHOD_RETURN, answer.body
    return socket.socket(fileno=answer.unix_fds[0]), answer.body[1]


async def test_an_acquired_stream_is_one_clients_alone_until_it_closes_the_socket() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        path = value_path(STRAP, HEART)
        ours, mtu = await acquired(client, path, "AcquireNotify")
        assert mtu == 247 and await client.get(path, CHARACTERISTIC, "NotifyAcquired") is True
        with failing("NotPermitted: Notify acquired"):
            await client.call(path, f"{CHARACTERISTIC}.StartNotify")
        with failing("NotPermitted: Notify acquired"):
            await client.call(path, f"{CHARACTERISTIC}.AcquireNotify a{{sv}}", {})
        assert len(await asyncio.get_running_loop().sock_recv(ours, 512)) == 4
        assert not client.changes(path, "Value")
        ours.close()
        await until(lambda: client.changes(path, "NotifyAcquired") == [True, False])
        await client.call(path, f"{CHARACTERISTIC}.StartNotify")
        with failing("InProgress"):
            await client.call(path, f"{CHARACTERISTIC}.AcquireNotify a{{sv}}", {})


async def test_an_acquired_socket_closes_with_the_link() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        ours, _ = await acquired(client, value_path(STRAP, HEART), "AcquireNotify")
        await client.call(DEV, f"{DEVICE}.Disconnect")
        async with asyncio.timeout(5):
            while await asyncio.get_running_loop().sock_recv(ours, 512):
                pass
        ours.close()


async def test_packets_of_an_acquired_socket_are_written_without_response() -> None:
    one, taken = strap(), list[bytes]()
    one.on_write(CONTROL, taken.append)
    async with air(one) as bluez, raw(bluez) as client:
        await joined(client)
        path = value_path(one, CONTROL)
        ours, _ = await acquired(client, path, "AcquireWrite")
        with failing("NotPermitted: Write acquired"):
            await client.call(path, f"{CHARACTERISTIC}.WriteValue aya{{sv}}", b"x", {})
        ours.send(b"one")
        ours.send(b"two")
        await until(lambda: len(taken) == 2)
        ours.close()
        await until(lambda: client.changes(path, "WriteAcquired") == [True, False])
        with failing("NotSupported"):
            await client.call(value_path(one, WRITABLE), f"{CHARACTERISTIC}.AcquireWrite a{{sv}}", {})
    assert taken == [b"one", b"two"]


async def test_the_battery_has_an_interface_of_its_own_beside_its_service() -> None:
    one = strap()
    async with air(one) as bluez, raw(bluez) as client:
        await joined(client)
        await until(lambda: any("org.bluez.Battery1" in s.body[1] for s in client.signals if len(s.body) > 1))
        assert await client.get(DEV, "org.bluez.Battery1", "Percentage") == 90
        await client.call(value_path(one, "2A19"), f"{CHARACTERISTIC}.StartNotify")
        one.send("2A19", bytes([55]))
        await until(lambda: client.changes(DEV, "Percentage") == [55])


# ── pairing ────────────────────────────────────────────────────────────────────────────────────────────────────


class Agent:
    """An agent that gives the same answer to everything and keeps what it was asked."""

    def __init__(self, client: Raw, answer: str) -> None:
        self._client, self._answer = client, answer
        self.asked: list[str] = []
        client.bus.add_message_handler(self._take)

    def _take(self, message: Message) -> Message | bool:
        if message.message_type != MessageType.METHOD_CALL or message.interface != AGENT:
            return False
        self.asked.append(message.member or "")
        if self._answer:
            return Message.new_error(message, f"org.bluez.Error.{self._answer}", "no")
        return Message.new_method_return(message)

    async def register(self, *, default: bool = True) -> None:
        await self._client.call("/org/bluez", f"{MANAGER}.RegisterAgent os", "/agent", "NoInputNoOutput")
        if default:
            await self._client.call("/org/bluez", f"{MANAGER}.RequestDefaultAgent o", "/agent")


async def read_secret(client: Raw) -> Any:
    return await client.call(value_path(STRAP, SECRET), f"{CHARACTERISTIC}.ReadValue a{{sv}}", {})


async def test_a_value_that_needs_a_bond_pairs_by_itself_where_the_default_agent_allows_it() -> None:
    async with air() as bluez, raw(bluez) as client:
        agent = Agent(client, "")
        await agent.register()
        await joined(client)
        assert await read_secret(client) == b"secret"
        assert agent.asked == ["RequestAuthorization"]
        assert client.changes(DEV, "Paired") == [True] and client.changes(DEV, "Bonded") == [True]


@pytest.mark.parametrize("answer", ["Rejected", "Canceled"])
async def test_a_default_agent_that_refuses_leaves_the_value_closed(answer: str) -> None:
    async with air() as bluez, raw(bluez) as client:
        agent = Agent(client, answer)
        await agent.register()
        await joined(client)
        with failing("NotPermitted: Not paired"):
            await read_secret(client)
        assert agent.asked == ["RequestAuthorization"] and not client.changes(DEV, "Paired")


async def test_pairing_that_the_client_asks_for_needs_an_agent_and_asks_it_nothing() -> None:
    async with air(agent=False) as bluez, raw(bluez) as client:
        agent = Agent(client, "")
        await joined(client)
        with failing("AuthenticationFailed"):
            await client.call(DEV, f"{DEVICE}.Pair")
        await agent.register(default=False)
        await client.call(DEV, f"{DEVICE}.Pair")
        assert agent.asked == []
        with failing("AlreadyExists"):
            await client.call(DEV, f"{DEVICE}.Pair")


async def test_pairing_can_be_cancelled() -> None:
    async with air() as bluez, raw(bluez) as client:
        await joined(client)
        with failing("DoesNotExist"):
            await client.call(DEV, f"{DEVICE}.CancelPairing")
        pairing = asyncio.ensure_future(client.message(DEV, f"{DEVICE}.Pair"))
        await asyncio.sleep(0)
        with failing("InProgress"):
            await client.call(DEV, f"{DEVICE}.Pair")
        await client.call(DEV, f"{DEVICE}.CancelPairing")
        assert (await pairing).error_name == "org.bluez.Error.AuthenticationCanceled"
        await asyncio.sleep(0.2)
        assert await client.get(DEV, DEVICE, "Paired") is False
        assert not bluez.central.bonds  # type: ignore[attr-defined]


async def test_agents_are_registered_once_and_by_their_owner() -> None:
    async with air() as bluez, raw(bluez) as client, raw(bluez) as other:
        agent = Agent(client, "")
        with failing("DoesNotExist"):
            await client.call("/org/bluez", f"{MANAGER}.RequestDefaultAgent o", "/agent")
        with failing("InvalidArguments"):
            await client.call("/org/bluez", f"{MANAGER}.RegisterAgent os", "/agent", "Telepathy")
        await agent.register()
        with failing("AlreadyExists"):
            await agent.register()
        with failing("DoesNotExist"):
            await other.call("/org/bluez", f"{MANAGER}.UnregisterAgent o", "/agent")
        await client.call("/org/bluez", f"{MANAGER}.UnregisterAgent o", "/agent")
        await until(lambda: agent.asked == ["Release"])


async def test_profiles_are_taken_and_let_go() -> None:
    async with air() as bluez, raw(bluez) as client:
        where, uuid = "/org/bluez", "0000180d-0000-1000-8000-00805f9b34fb"
        for answer in ("", "AlreadyExists"):
            reply = await client.message(
                where, "org.bluez.ProfileManager1.RegisterProfile osa{sv}", "/profile", uuid, {}
            )
            assert (reply.error_name or "").endswith(answer)
        await client.call(where, "org.bluez.ProfileManager1.UnregisterProfile o", "/profile")
        with failing("DoesNotExist"):
            await client.call(where, "org.bluez.ProfileManager1.UnregisterProfile o", "/profile")


async def test_the_bus_is_this_users_alone() -> None:
    async with air() as bluez:
        path = bluez.environment["DBUS_SYSTEM_BUS_ADDRESS"].split("path=")[1].split(",")[0]
        assert os.stat(os.path.dirname(path)).st_mode & 0o077 == 0  # noqa: PTH116, PTH120
        assert isinstance(bluez, VirtualBlueZ)
