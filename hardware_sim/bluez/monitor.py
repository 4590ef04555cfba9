"""Passive scanning: org.bluez.AdvertisementMonitorManager1.

The rule of this file: a monitor is an object of the client's; it is read when the client shows it, and an advertisement
matches when it has the bytes of any of its patterns. Source: BlueZ doc/org.bluez.AdvertisementMonitor*.rst, AD types:
Supplement to the Bluetooth Core Specification, part A.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dbus_fast import Message, Variant

from hardware_sim.bluez import errors
from hardware_sim.bluez.host import Host
from hardware_sim.bluez.tree import OBJECTS, Call, Interface, method
from hardware_sim.central import Advertisement
from hardware_sim.peripheral import full_uuid

_MONITOR = "org.bluez.AdvertisementMonitor1"
_SIG_TAIL = "-0000-1000-8000-00805f9b34fb"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Bytes that an AD structure of one type has from a place on."""

    start: int
    kind: int
    content: bytes

    def found_in(self, structures: Iterable[tuple[int, bytes]]) -> bool:
        """Return whether any of the structures has them."""
        end = self.start + len(self.content)
        return any(kind == self.kind and payload[self.start : end] == self.content for kind, payload in structures)


class Monitor:
    """One monitor of a client."""

    def __init__(self, host: Host, client: str, path: str, patterns: tuple[Pattern, ...]) -> None:
        self._host, self.client, self.path, self.patterns = host, client, path, patterns
        self._told: set[str] = set()

    def found(self, device: str) -> None:
        """Tell the client once of each device."""
        if device not in self._told:
            self._told.add(device)
            self.tell("DeviceFound o", device)

    def tell(self, what: str, *arguments: object) -> None:
        """Call a method of the client's monitor."""
        self._host.ask(self.client, self.path, f"{_MONITOR}.{what}", arguments)


class MonitorManager(Interface):
    """The monitors of all clients."""

    name = "org.bluez.AdvertisementMonitorManager1"

    def __init__(self, host: Host, path: str, changed: Callable[[], None]) -> None:
        super().__init__(host.tree, path)
        self._host, self._changed = host, changed
        self._roots: set[tuple[str, str]] = set()
        self._monitors: dict[tuple[str, str], Monitor] = {}
        self.properties["SupportedMonitorTypes"] = Variant("as", ["or_patterns"])
        self.properties["SupportedFeatures"] = Variant("as", [])
        host.leaves.append(self._leave)

    @property
    def active(self) -> bool:
        """Return whether there is any monitor."""
        return bool(self._monitors)

    def matching(self, heard: Advertisement) -> list[Monitor]:
        """Return the monitors that an advertisement matches."""
        if not self._monitors:
            return []
        structures = list(ad_structures(heard))
        return [m for m in self._monitors.values() if any(p.found_in(structures) for p in m.patterns)]

    @method("RegisterMonitor", "o")
    def register(self, call: Call) -> None:
        """Take the monitors below a path of a client, those that are there and those that come."""
        root = (call.sender, call.arguments[0])
        if root in self._roots:
            raise errors.already_exists()
        self._roots.add(root)
        call.reply()
        self._host.ask(*root, f"{OBJECTS}.GetManagedObjects", (), lambda answer: self._shown(root[0], answer))

    @method("UnregisterMonitor", "o")
    def unregister(self, call: Call) -> None:
        """Let the monitors below a path of a client go."""
        root = (call.sender, call.arguments[0])
        if root not in self._roots:
            raise errors.does_not_exist()
        self._roots.discard(root)
        self._drop(lambda client, path: client == root[0] and _under(path, root[1]))
        call.reply()

    def signalled(self, message: Message) -> None:
        """Take an InterfacesAdded or InterfacesRemoved signal of a client."""
        client, path = message.sender or "", message.body[0]
        if not any(owner == client and _under(path, root) for owner, root in self._roots):
            return
        if message.member == "InterfacesRemoved":
            self._drop(lambda owner, gone: (owner, gone) == (client, path))
        elif _MONITOR in message.body[1]:
            self._take(client, path, message.body[1][_MONITOR])

    def _shown(self, client: str, answer: Message | None) -> None:
        if answer is None or answer.signature != "a{oa{sa{sv}}}":
            return
        for path, interfaces in answer.body[0].items():
            if _MONITOR in interfaces:
                self._take(client, path, interfaces[_MONITOR])

    def _take(self, client: str, path: str, properties: dict[str, Variant]) -> None:
        """Activate a monitor that makes sense, release one that does not."""
        if (client, path) in self._monitors:
            return
        shown, given = properties.get("Type"), properties.get("Patterns")
        patterns = given.value if given is not None and given.signature == "a(yyay)" else []
        monitor = Monitor(
            self._host, client, path, tuple(Pattern(start, kind, bytes(content)) for start, kind, content in patterns)
        )
        if shown is None or shown.value != "or_patterns" or not patterns:
            monitor.tell("Release")
            return
        self._monitors[client, path] = monitor
        monitor.tell("Activate")
        self._changed()

    def _leave(self, client: str) -> None:
        self._roots = {root for root in self._roots if root[0] != client}
        self._drop(lambda owner, path: owner == client)

    def _drop(self, chosen: Callable[[str, str], bool]) -> None:
        kept = {key: monitor for key, monitor in self._monitors.items() if not chosen(*key)}
        if len(kept) != len(self._monitors):
            self._monitors = kept
            self._changed()


def _under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")


def ad_structures(heard: Advertisement) -> Iterator[tuple[int, bytes]]:
    """Yield the AD structures of an advertisement as (type, bytes)."""
    yield 0x01, b"\x06"
    for uuid in heard.services:
        short = _short(uuid)
        yield (0x03 if len(short) == 2 else 0x07), short
    for company, content in heard.manufacturer.items():
        yield 0xFF, company.to_bytes(2, "little") + content
    for uuid, content in heard.service_data.items():
        short = _short(uuid)
        yield (0x16 if len(short) == 2 else 0x21), short + content
    if heard.tx_power_dbm is not None:
        yield 0x0A, heard.tx_power_dbm.to_bytes(1, "little", signed=True)
    if heard.appearance is not None:
        yield 0x19, heard.appearance.to_bytes(2, "little")
    yield 0x09, heard.name.encode()


def _short(uuid: str) -> bytes:
    """Return a UUID as it goes over the air: 2 bytes where it is one of the SIG's, else 16, lowest byte first."""
    full = full_uuid(uuid)
    if full.startswith("0000") and full.endswith(_SIG_TAIL):
        return int(full[4:8], 16).to_bytes(2, "little")
    return bytes.fromhex(full.replace("-", ""))[::-1]
