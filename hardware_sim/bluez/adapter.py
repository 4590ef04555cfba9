"""The adapter: org.bluez.Adapter1 at /org/bluez/hci0.

The rule of this file: it scans while somebody listens (a discovery session or a passive monitor), and every device
that is heard has one object. Source: BlueZ doc/org.bluez.Adapter.rst.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import ClassVar

from dbus_fast import Variant

from hardware_sim.bluez import errors
from hardware_sim.bluez.agent import AgentManager
from hardware_sim.bluez.device import Device
from hardware_sim.bluez.discovery import FILTERS, RSSI_STEP_DB, Filter, parse
from hardware_sim.bluez.host import Host, Timer
from hardware_sim.bluez.monitor import MonitorManager
from hardware_sim.bluez.tree import Call, Interface, method
from hardware_sim.central import Advertisement

ADAPTER_PATH = "/org/bluez/hci0"
FORGET_S = 30.0
"""A device that is neither paired nor connected is forgotten so long after it was heard last (main.conf)."""
_UUIDS = [f"0000{short}-0000-1000-8000-00805f9b34fb" for short in ("1800", "1801", "180a")]


class Adapter(Interface):
    """An adapter in the role of a central, with the devices that it knows."""

    name = "org.bluez.Adapter1"
    writable: ClassVar[Mapping[str, str]] = {
        "Alias": "s",
        "Powered": "b",
        "Discoverable": "b",
        "DiscoverableTimeout": "u",
        "Pairable": "b",
        "PairableTimeout": "u",
    }

    def __init__(self, host: Host, agents: AgentManager) -> None:
        super().__init__(host.tree, ADAPTER_PATH)
        self._host, self._agents = host, agents
        self.devices: dict[str, Device] = {}
        self.monitors = MonitorManager(host, self.path, self._listen)
        self._filters: dict[str, Filter | None] = {}
        self._sessions: set[str] = set()
        self._blocked = False
        self._stop: Callable[[], None] | None = None
        self._forgetting: dict[str, Timer] = {}
        self.properties.update(_first_properties())
        host.leaves.append(self._leave)
        host.powered = lambda: self.powered

    @property
    def powered(self) -> bool:
        """Return whether the adapter is switched on."""
        return bool(self.properties["Powered"].value)

    def written(self, name: str, value: Variant) -> None:
        """Take a property that a client sets."""
        if name == "Powered":
            if value.value and self._blocked:
                raise errors.BlueZError("Blocked", "Blocked through rfkill")
            self.power(value.value)
        elif name == "Alias" and not value.value:
            self.change(Alias=self.properties["Name"])
        else:
            super().written(name, value)

    def block(self, blocked: bool) -> None:
        """Switch the adapter off so that no client can switch it on, or on again."""
        self._blocked = blocked
        self.power(not blocked)

    def power(self, on: bool) -> None:
        """Switch the adapter on or off; off ends every session and every connection."""
        if on == self.powered:
            return
        if not on:
            self._sessions.clear()
            for device in list(self.devices.values()):
                device.adapter_off()
            self._listen()
        state = "on" if on else "off-blocked" if self._blocked else "off"
        self.change(Powered=Variant("b", on), PowerState=Variant("s", state))
        if on:
            self._listen()

    # ── discovery ──────────────────────────────────────────────────────────────────────────────────────────────

    @method("SetDiscoveryFilter", "a{sv}")
    def set_filter(self, call: Call) -> None:
        """Keep the filter of a client; an empty one takes it away."""
        self._ready()
        chosen = parse(call.arguments[0])
        if chosen is None:
            self._filters.pop(call.sender, None)
        else:
            self._filters[call.sender] = chosen
        call.reply()

    @method("GetDiscoveryFilters", "", "as")
    def filters(self, call: Call) -> None:
        """Name the filters there are."""
        call.reply(list(FILTERS))

    @method("StartDiscovery")
    def start(self, call: Call) -> None:
        """Begin a client's session; it can have one."""
        self._ready()
        if call.sender in self._sessions:
            raise errors.in_progress()
        self._sessions.add(call.sender)
        self._listen()
        call.reply()

    @method("StopDiscovery")
    def stop(self, call: Call) -> None:
        """End a client's session."""
        self._ready()
        if call.sender not in self._sessions:
            raise errors.failed("No discovery started")
        self._sessions.discard(call.sender)
        self._listen()
        call.reply()

    def _ready(self) -> None:
        if not self.powered:
            raise errors.not_ready()

    def _leave(self, client: str) -> None:
        self._filters.pop(client, None)
        if client in self._sessions:
            self._sessions.discard(client)
            self._listen()

    def _listen(self) -> None:
        """Scan while somebody wants it; who stops hearing forgets signal strengths."""
        wanted = self.powered and bool(self._sessions or self.monitors.active)
        if wanted and self._stop is None:
            self._stop = self._host.central.scan(self._heard)
        elif not wanted and self._stop is not None:
            self._stop()
            self._stop = None
        self.change(Discovering=Variant("b", bool(self._sessions) and self.powered))
        if not self._sessions:
            for device in self.devices.values():
                device.unheard()

    def _heard(self, heard: Advertisement) -> None:
        """Report an advertisement that a session or a monitor wants."""
        monitored = self.monitors.matching(heard)
        filters = [self._filters.get(client) for client in self._sessions]
        found = any(one is None or one.matches(heard) for one in filters)
        if not found and not monitored:
            return
        device = self.devices.get(heard.address) or self._create(heard)
        unfiltered = None in filters and not monitored
        every = any(one is not None and one.duplicate_data for one in filters)
        device.heard(heard, step_db=RSSI_STEP_DB if unfiltered else 1, every=every)
        self._forget_later(device)
        for monitor in monitored:
            monitor.found(device.path)

    def _create(self, heard: Advertisement) -> Device:
        device = Device(self._host, self.path, heard, self._agents, self._forget_later)
        self.devices[heard.address] = device
        self.tree.add(device)
        return device

    # ── devices ────────────────────────────────────────────────────────────────────────────────────────────────

    @method("RemoveDevice", "o")
    def remove_device(self, call: Call) -> None:
        """Forget a device and its bond."""
        device = next((one for one in self.devices.values() if one.path == call.arguments[0]), None)
        if device is None:
            raise errors.does_not_exist()
        self._ready()
        device.part()
        self._host.central.unpair(device.address)
        self._forget(device)
        call.reply()

    @method("ConnectDevice", "a{sv}", "o")
    def connect_device(self, call: Call) -> None:
        """Connect to an address that was not necessarily heard."""
        self._ready()
        address = call.arguments[0].get("Address")
        if address is None or address.signature != "s":
            raise errors.invalid_arguments()
        if address.value in self.devices:
            raise errors.already_exists()
        device = self._create(Advertisement(address.value, "", 0))

        def connected(error: errors.BlueZError | None) -> None:
            if error is None:
                call.reply(device.path)
            else:
                self._forget(device)
                call.fail(error)

        device.join(connected)

    def _forget_later(self, device: Device) -> None:
        """Forget a device in a while, unless it is heard, connected or paired until then."""
        timer = self._forgetting.pop(device.address, None)
        if timer is not None:
            timer.cancel()
        if device.temporary:
            self._forgetting[device.address] = self._host.after(FORGET_S, lambda: self._forget_now(device))

    def _forget_now(self, device: Device) -> None:
        if device.temporary and self.devices.get(device.address) is device:
            self._forget(device)

    def _forget(self, device: Device) -> None:
        timer = self._forgetting.pop(device.address, None)
        if timer is not None:
            timer.cancel()
        self.devices.pop(device.address, None)
        device.gone()
        self.tree.remove(device.path)


def _first_properties() -> dict[str, Variant]:
    name = socket.gethostname() or "kadenz"
    return {
        "Address": Variant("s", "00:00:5E:00:53:01"),  # RFC 7042, 2.1.2: addresses for documentation
        "AddressType": Variant("s", "public"),
        "Name": Variant("s", name),
        "Alias": Variant("s", name),
        "Class": Variant("u", 0),
        "Powered": Variant("b", True),
        "PowerState": Variant("s", "on"),
        "Discoverable": Variant("b", False),
        "DiscoverableTimeout": Variant("u", 180),
        "Pairable": Variant("b", True),
        "PairableTimeout": Variant("u", 0),
        "Discovering": Variant("b", False),
        "UUIDs": Variant("as", _UUIDS),
        "Modalias": Variant("s", "usb:v1D6Bp0246d0542"),
        "Roles": Variant("as", ["central"]),
        "ExperimentalFeatures": Variant("as", []),
        "Manufacturer": Variant("q", 0xFFFF),
        "Version": Variant("y", 12),
    }
