"""The services of a device: org.bluez.GattService1, GattCharacteristic1 and GattDescriptor1.

The rule of this file: an object is known by its handle and outlives the link; what it does needs one. Source: BlueZ
doc/org.bluez.GattCharacteristic.rst and its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dbus_fast import Variant

from hardware_sim.bluez import errors
from hardware_sim.bluez.battery import Battery
from hardware_sim.bluez.host import Host
from hardware_sim.bluez.sessions import Sessions
from hardware_sim.bluez.tree import Call, Interface, method
from hardware_sim.central import AttError, Attribute, Done, GattLink, Result
from hardware_sim.peripheral import CCCD, Att, Characteristic, Descriptor, Service, full_uuid

if TYPE_CHECKING:
    from hardware_sim.bluez.device import Device

_BATTERY, _LEVEL = full_uuid("180F"), full_uuid("2A19")
_NEEDS_BOND = (Att.INSUFFICIENT_AUTHENTICATION, Att.INSUFFICIENT_ENCRYPTION)
FLAGS = (
    "broadcast",
    "read",
    "write-without-response",
    "write",
    "notify",
    "indicate",
    "authenticated-signed-writes",
    "extended-properties",
    "reliable-write",
    "writable-auxiliaries",
)


class GattService(Interface):
    """A primary service."""

    name = "org.bluez.GattService1"

    def __init__(self, host: Host, device: str, service: Service) -> None:
        super().__init__(host.tree, f"{device}/service{service.handle:04x}")
        self.properties = {
            "Handle": Variant("q", service.handle),
            "UUID": Variant("s", service.uuid),
            "Device": Variant("o", device),
            "Primary": Variant("b", True),
            "Includes": Variant("ao", []),
        }


class _Valued(Interface):
    """A thing with a value: reads and writes over the link of its device."""

    def __init__(self, host: Host, device: Device, path: str, attribute: Attribute) -> None:
        super().__init__(host.tree, path)
        self.device, self.attribute = device, attribute
        self.watched: Callable[[bytes], None] = lambda value: None
        """Called with each value that comes in."""
        self._reading: list[tuple[int, Call]] = []
        self._writing = False

    def link(self) -> GattLink:
        """Return the link; raises "Not connected" without one."""
        if self.device.link is None:
            raise errors.failed("Not connected")
        return self.device.link

    def secured(self, act: Callable[[Done], None], done: Done) -> None:
        """Do something; where it needs a bond, try to bond and do it once more."""

        def first(result: Result) -> None:
            if isinstance(result, AttError) and result.code in _NEEDS_BOND:
                self.device.secure(lambda bonded: act(done) if bonded and self.device.link else done(result))
            else:
                done(result)

        act(first)

    def _read(self, call: Call) -> None:
        """Read; calls for the same place while one is under way share its answer."""
        link, offset = self.link(), _offset(call.arguments[0])
        if any(place != offset for place, _ in self._reading):
            raise errors.in_progress()
        self._reading.append((offset, call))
        if len(self._reading) == 1:
            self.secured(lambda done: link.read(self.attribute, done), self._read_done)

    def _read_done(self, result: Result) -> None:
        waiting, self._reading = self._reading, []
        offset = waiting[0][0]
        if isinstance(result, bytes) and offset > len(result):
            result = AttError(Att.INVALID_OFFSET)
        error = errors.of_result(result)
        if error is not None or not isinstance(result, bytes):
            for _, call in waiting:
                call.end(error)
            return
        self.tell(result)
        for _, call in waiting:
            call.reply(result[offset:])

    def _write(self, call: Call, value: bytes, with_response: bool) -> None:
        link = self.link()

        def done(result: Result) -> None:
            self._writing = False
            call.end(errors.of_result(result))

        self._writing = with_response
        self.secured(lambda ended: link.write(self.attribute, value, with_response, ended), done)

    def tell(self, value: bytes) -> None:
        """Say a value, even where it is the same as before: each notification counts."""
        shown = Variant("ay", value, False)
        self.properties["Value"] = shown
        self.watched(value)
        self.tree.signal(self.path, _PROPERTIES, "PropertiesChanged", "sa{sv}as", self.name, {"Value": shown}, [])


class GattDescriptor(_Valued):
    """A descriptor; the client configuration is read from the sessions of its characteristic and never written."""

    name = "org.bluez.GattDescriptor1"

    def __init__(self, host: Host, owner: GattCharacteristic, descriptor: Descriptor) -> None:
        super().__init__(host, owner.device, f"{owner.path}/desc{descriptor.handle:04x}", descriptor)
        self._owner = owner
        self._configures = full_uuid(descriptor.uuid) == full_uuid(CCCD)
        self.properties = {
            "Handle": Variant("q", descriptor.handle),
            "UUID": Variant("s", full_uuid(descriptor.uuid)),
            "Characteristic": Variant("o", owner.path),
        }

    @method("ReadValue", "a{sv}", "ay")
    def read(self, call: Call) -> None:
        """Read the value."""
        if not self._configures:
            self._read(call)
            return
        self.link()
        indicates = "notify" not in self._owner.flags
        on = self._owner.sessions.notifying
        call.reply(bytes([(2 if indicates else 1) if on else 0, 0]))

    @method("WriteValue", "aya{sv}")
    def write(self, call: Call) -> None:
        """Write the value."""
        self.link()
        if self._configures:
            raise errors.not_permitted("Write not permitted")
        if self._writing:
            raise errors.in_progress()
        self._write(call, bytes(call.arguments[0]), True)


class GattCharacteristic(_Valued):
    """A characteristic, with who listens to it."""

    name = "org.bluez.GattCharacteristic1"

    def __init__(self, host: Host, device: Device, service: GattService, one: Characteristic, guarded: bool) -> None:
        super().__init__(host, device, f"{service.path}/char{one.handle:04x}", one)
        self.flags = tuple(flag for flag in FLAGS if flag in one.properties)
        self.characteristic = one
        self.sessions = Sessions(host, self)
        self._guarded = guarded
        self.properties = {
            "Handle": Variant("q", one.handle),
            "UUID": Variant("s", one.uuid),
            "Service": Variant("o", service.path),
            "Flags": Variant("as", list(self.flags)),
        }
        no = Variant("b", False)
        self.properties |= {"MTU": Variant("q", device.link.mtu)} if device.link else {}
        self.properties |= {"Notifying": no} if one.notifies else {}
        self.properties |= {"NotifyAcquired": no} if "notify" in self.flags else {}
        self.properties |= {"WriteAcquired": no} if "write-without-response" in self.flags else {}

    @method("ReadValue", "a{sv}", "ay")
    def read(self, call: Call) -> None:
        """Read the value."""
        self._read(call)

    @method("WriteValue", "aya{sv}")
    def write(self, call: Call) -> None:
        """Write the value: with a response, without one, or as the flags say."""
        self.link()
        if self.sessions.write_acquired:
            raise errors.not_permitted("Write acquired")
        if self._writing:
            raise errors.in_progress()
        offset, kind = _offset(call.arguments[1]), _kind(call.arguments[1])
        self._may_write()
        if kind is None:
            kind = "request" if {"write", "reliable-write"} & set(self.flags) else "command"
            if kind == "command" and "write-without-response" not in self.flags:
                raise errors.not_supported()
        if kind == "command" and offset:
            raise errors.not_supported()
        value = bytes(call.arguments[0])
        if kind == "command" and len(value) > self.link().mtu - 3:
            raise errors.failed("Failed to initiate write")
        self._write(call, value, kind != "command")

    @method("StartNotify")
    def start_notify(self, call: Call) -> None:
        """Begin a client's session."""
        self.sessions.start(call)

    @method("StopNotify")
    def stop_notify(self, call: Call) -> None:
        """End a client's session."""
        self.sessions.stop(call)

    @method("AcquireNotify", "a{sv}", "hq")
    def acquire_notify(self, call: Call) -> None:
        """Hand out a socket that each notification comes from as one packet."""
        self.link()
        self.sessions.acquire_notify(call)

    @method("AcquireWrite", "a{sv}", "hq")
    def acquire_write(self, call: Call) -> None:
        """Hand out a socket whose packets are written without response."""
        self.link()
        self._may_write()
        self.sessions.acquire_write(call)

    def _may_write(self) -> None:
        # ExportClaimedServices=read-only is BlueZ's default (main.conf): its battery plug-in claims that service
        if self._guarded:
            raise errors.not_authorized()


class Table:
    """The objects of one device's services."""

    def __init__(self, host: Host, device: Device) -> None:
        self._host, self._device = host, device
        self._shapes: dict[str, tuple[object, ...]] = {}
        self._characteristics: dict[int, GattCharacteristic] = {}
        self._battery: Battery | None = None

    def show(self, link: GattLink) -> None:
        """Show the services of a new link: those that are known are kept, the others come and go."""
        shapes = {f"{self._device.path}/service{s.handle:04x}": _shape(s) for s in link.services}
        for path in [p for p, shape in self._shapes.items() if shapes.get(p) != shape]:
            self._drop(path)
        for service in link.services:
            path = f"{self._device.path}/service{service.handle:04x}"
            if path not in self._shapes:
                self._create(service)
            self._bind(service)
        self._shapes = shapes
        mtu = Variant("q", link.mtu)
        for one in self._characteristics.values():
            one.change(MTU=mtu)
            one.sessions.linked()
        self._watch_battery(link)

    def hide(self) -> None:
        """End what needs a link."""
        for one in self._characteristics.values():
            one.sessions.unlinked()
            one.properties.pop("MTU", None)

    def forget(self) -> None:
        """End everything: the device is forgotten."""
        for one in self._characteristics.values():
            one.sessions.forget()

    def notified(self, characteristic: Characteristic, payload: bytes) -> None:
        """Pass on a notification."""
        one = self._characteristics.get(characteristic.handle)
        if one is not None:
            one.sessions.notified(payload)

    def _create(self, service: Service) -> None:
        shown = GattService(self._host, self._device.path, service)
        objects: list[Interface] = [shown]
        for each in service.characteristics:
            one = GattCharacteristic(self._host, self._device, shown, each, service.uuid == _BATTERY)
            self._characteristics[each.handle] = one
            objects.append(one)
            objects.extend(GattDescriptor(self._host, one, d) for d in _descriptors(each))
        self._device.tree.add(*objects)

    def _bind(self, service: Service) -> None:
        """Let known objects stand for the attributes of this link."""
        for each in service.characteristics:
            one = self._characteristics[each.handle]
            one.attribute = one.characteristic = each
            for descriptor in each.descriptors:
                found = self._device.tree.objects[f"{one.path}/desc{descriptor.handle:04x}"][GattDescriptor.name]
                assert isinstance(found, GattDescriptor)
                found.attribute = descriptor

    def _drop(self, path: str) -> None:
        for handle in [h for h, one in self._characteristics.items() if one.path.startswith(path + "/")]:
            self._characteristics.pop(handle).sessions.forget()
        self._device.tree.remove(path)

    def _watch_battery(self, link: GattLink) -> None:
        """Read the level as BlueZ's battery plug-in does, and show it as org.bluez.Battery1.

        The plug-in subscribes too; here only clients do, so that a test sees what its program subscribed to.
        """
        owner = next((one for one in self._characteristics.values() if one.characteristic.uuid == _LEVEL), None)
        if owner is not None and "read" in owner.flags:
            owner.watched = self._level
            link.read(owner.characteristic, lambda result: self._level(result) if isinstance(result, bytes) else None)

    def _level(self, value: bytes) -> None:
        if self._device.tree.holds(self._device):
            self._battery = self._battery or Battery(self._host, self._device.path)
            self._battery.level(value)


def _descriptors(one: Characteristic) -> list[Descriptor]:
    """Return the descriptors of a characteristic with the client configuration that its server keeps."""
    configuration = [Descriptor(CCCD, b"", one.handle + 2)] if one.notifies else []
    return [*configuration, *(d for d in one.descriptors if full_uuid(d.uuid) != full_uuid(CCCD))]


def _shape(service: Service) -> tuple[object, ...]:
    return (
        service.uuid,
        tuple(
            (c.handle, c.uuid, c.properties, tuple((d.handle, d.uuid) for d in c.descriptors))
            for c in service.characteristics
        ),
    )


def _offset(options: Mapping[str, Variant]) -> int:
    given = options.get("offset")
    if given is None:
        return 0
    if given.signature != "q":
        raise errors.invalid_arguments()
    return int(given.value)


def _kind(options: Mapping[str, Variant]) -> str | None:
    given = options.get("type")
    if given is None:
        return None
    if given.signature != "s" or given.value.lower() not in ("request", "command", "reliable"):
        raise errors.not_supported() if given.signature == "s" else errors.invalid_arguments()
    return str(given.value).lower()


_PROPERTIES = "org.freedesktop.DBus.Properties"
