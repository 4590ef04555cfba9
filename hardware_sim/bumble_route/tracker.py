"""A peripheral on a host stack of its own: GATT server, advertising, bonds, and what it sends of itself.

The rule of this file: the peripheral decides what a request gets; bumble carries it. The same host runs on a virtual
controller (see `air`) and on a real one (see `serve`). Handles are the peripheral's own: the services
that every server has (0x1800, 0x1801) come after them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from bumble import att, device, gatt, gatt_server, hci, host, keys, pairing

from hardware_sim import advertising
from hardware_sim.fault_plan import FaultPlan
from hardware_sim.peripheral import CCCD, Att, AttError, Characteristic, Descriptor, Peripheral, Service, full_uuid
from hardware_sim.pump import Pump
from hardware_sim.schedule import Schedule
from hardware_sim.transcript import Transcript

if TYPE_CHECKING:
    from bumble.device import Connection

PROPERTIES = {
    "broadcast": gatt.Characteristic.Properties.BROADCAST,
    "read": gatt.Characteristic.Properties.READ,
    "write-without-response": gatt.Characteristic.Properties.WRITE_WITHOUT_RESPONSE,
    "write": gatt.Characteristic.Properties.WRITE,
    "notify": gatt.Characteristic.Properties.NOTIFY,
    "indicate": gatt.Characteristic.Properties.INDICATE,
    "authenticated-signed-writes": gatt.Characteristic.Properties.AUTHENTICATED_SIGNED_WRITES,
    "extended-properties": gatt.Characteristic.Properties.EXTENDED_PROPERTIES,
}
_ANY = att.Attribute.READABLE | att.Attribute.WRITEABLE
_COMMAND: ContextVar[bool] = ContextVar("command", default=False)
"""Whether the write under way is a command, without an answer; bumble carries each write out in its own task."""


def pairing_config(connection: Connection) -> pairing.PairingConfig:
    """Return how both sides pair: without input or output ("Just Works"), with a bond, under their own addresses."""
    key = pairing.PairingDelegate.KeyDistribution.DISTRIBUTE_ENCRYPTION_KEY
    no_screen = pairing.PairingDelegate.NO_OUTPUT_NO_INPUT
    return pairing.PairingConfig(mitm=False, delegate=pairing.PairingDelegate(no_screen, key, key))


def new_device(name: str, address: str, stack: host.Host) -> device.Device:
    """Return a device with a static random address, keys kept in memory and no services yet."""
    made = device.Device(
        config=device.DeviceConfiguration(
            name=name,
            address=hci.Address(address, hci.Address.RANDOM_DEVICE_ADDRESS),
            gap_service_enabled=False,
            gatt_service_enabled=False,
        ),
        host=stack,
    )
    made.keystore = keys.MemoryKeyStore()
    made.pairing_config_factory = pairing_config
    return made


class TrackerHost:
    """One peripheral, reachable through the controller of its host."""

    def __init__(
        self, one: Peripheral, stack: host.Host, *, plan: FaultPlan, schedule: Schedule, transcript: Transcript
    ) -> None:
        self.peripheral = one
        self.linked: Callable[[bool], None] = lambda up: None
        """Called when a central has connected (True) and when it is gone (False)."""
        self._plan, self._schedule, self._transcript = plan, schedule, transcript
        self._device = new_device(one.advertised.name or one.name, one.address, stack)
        self._connection: Connection | None = None
        self._pump: Pump | None = None
        self._values: dict[Characteristic, gatt.Characteristic[bytes]] = {}
        self._indicating: set[asyncio.Task[None]] = set()
        self._device.add_services([self._service(each) for each in one.services])
        self._device.add_default_services()
        stack.long_term_key_provider = self._long_term_key
        self._device.on(self._device.EVENT_CONNECTION, self._connected)

    async def start(self) -> None:
        """Power on and advertise whenever no central is connected."""
        await self._device.power_on()
        advertised, response = advertising.encode(self.peripheral)
        interval_ms = 1000.0 * self.peripheral.advertised.interval_s
        await self._device.start_advertising(
            auto_restart=True,
            advertising_data=advertised,
            scan_response_data=response,
            advertising_interval_min=interval_ms,
            advertising_interval_max=interval_ms,
        )

    # ── the connection ─────────────────────────────────────────────────────────────────────────────────────────

    def _connected(self, connection: Connection) -> None:
        one, now_s = self.peripheral, self._schedule.clock_s()
        self._connection = connection
        connection.gatt_server = _Gate(self._device, self)  # type: ignore[assignment]
        self._device.gatt_server.max_mtu = self._plan.mtu(one.name, one.mtu, now_s)
        connection.on(connection.EVENT_DISCONNECTION, self._disconnected)
        connection.on(connection.EVENT_PAIRING, self._paired)
        connection.on(connection.EVENT_CONNECTION_ATT_MTU_UPDATE, lambda: self._agreed(connection.att_mtu))
        self._pump = Pump(one, self._plan, self._schedule, self._send)
        one.outlet, one.link_mtu = self._send_now, connection.att_mtu
        one.linked(now_s)
        self.linked(True)
        self._pump.start(now_s)

    def _agreed(self, mtu: int) -> None:
        self.peripheral.link_mtu = mtu

    def _disconnected(self, reason: int) -> None:
        if self._pump is not None:
            self._pump.stop()
        for task in self._indicating:
            task.cancel()
        self._connection, self.peripheral.outlet = None, None
        self.peripheral.unlinked(self._schedule.clock_s())
        self.linked(False)

    def _paired(self, bond: keys.PairingKeys) -> None:
        if self._connection is not None and isinstance(self._device.keystore, keys.MemoryKeyStore):
            self._device.keystore.all_keys[str(self._connection.peer_address)] = bond
        self.peripheral.bonds = True

    async def _long_term_key(self, handle: int, rand: bytes, ediv: int) -> bytes | None:
        """Return the key of the pairing under way or of the bond; none where the tracker has lost it."""
        connection = self._device.lookup_connection(handle)
        if connection is None:
            return None
        fresh = self._device.smp_manager.get_long_term_key(connection, rand, ediv)
        if fresh is not None or not self.peripheral.bonds:
            return fresh
        return await self._device.get_long_term_key(handle, rand, ediv)

    # ── what it sends ──────────────────────────────────────────────────────────────────────────────────────────

    def _send_now(self, characteristic: Characteristic, payload: bytes) -> None:
        if self._pump is not None:
            self._pump.send_at(characteristic, payload, self._schedule.clock_s())

    def _send(self, characteristic: Characteristic, payload: bytes) -> None:
        connection, value = self._connection, self._values[characteristic]
        if connection is None:
            return
        server = self._device.gatt_server
        wanted = server.read_cccd(connection, value)[0]
        if wanted & gatt.ClientCharacteristicConfigurationBits.NOTIFICATION:
            short = payload[: connection.att_mtu - 3]
            pdu = att.ATT_Handle_Value_Notification(attribute_handle=value.handle, attribute_value=short)
            server.send_gatt_pdu(connection, bytes(pdu))
        elif wanted & gatt.ClientCharacteristicConfigurationBits.INDICATION:
            task = asyncio.get_running_loop().create_task(self._indicate(connection, value, payload))
            self._indicating.add(task)
            task.add_done_callback(self._indicating.discard)

    async def _indicate(self, connection: Connection, value: gatt.Characteristic[bytes], payload: bytes) -> None:
        try:
            await self._device.gatt_server.indicate_subscriber(connection, value, payload)
        except TimeoutError:
            await connection.disconnect()  # Core 5.4, vol 3 part F, 3.3.3: no transaction may follow one that timed out

    # ── what it is asked ───────────────────────────────────────────────────────────────────────────────────────

    def silent(self) -> bool:
        """Return whether a fault keeps the tracker from answering."""
        return self._plan.silent(self.peripheral.name, self._schedule.clock_s())

    def note(self, what: str, characteristic: Characteristic, payload: bytes) -> None:
        """Note an event in the transcript."""
        self._transcript.add(self._schedule.clock_s(), self.peripheral.name, what, characteristic.uuid, payload)

    def _service(self, one: Service) -> gatt.Service:
        return gatt.Service(_short(one.uuid), [self._characteristic(each) for each in one.characteristics])

    def _characteristic(self, one: Characteristic) -> gatt.Characteristic[bytes]:
        properties = gatt.Characteristic.Properties(0)
        for name in one.properties:
            properties |= PROPERTIES.get(name, gatt.Characteristic.Properties(0))
        value: gatt.Characteristic[bytes] = gatt.Characteristic(
            _short(one.uuid),
            properties,
            _ANY,
            att.AttributeValue(
                read=lambda connection: self._read(one, connection),
                write=lambda connection, written: self._write(one, connection, written),
            ),
        )
        configuration = [self._configuration(one, value)] if one.notifies else []
        value.descriptors = [*configuration, *(_descriptor(each) for each in one.descriptors)]
        self._values[one] = value
        return value

    def _configuration(self, one: Characteristic, value: gatt.Characteristic[bytes]) -> gatt.Descriptor:
        server = self._device.gatt_server
        return gatt.Descriptor(
            CCCD,
            _ANY,
            att.AttributeValueV2(
                read=lambda bearer: server.read_cccd(bearer, value),
                write=lambda bearer, written: self._configure(one, value, bearer, written),
            ),
        )

    def _read(self, one: Characteristic, connection: Connection) -> bytes:
        if "read" not in one.properties:
            raise att.ATT_Error(Att.READ_NOT_PERMITTED)
        self._guard(one, connection)
        try:
            value = self.peripheral.read(one, self._schedule.clock_s())
        except AttError as refused:
            raise att.ATT_Error(refused.code) from None
        self.note("read", one, value)
        return value

    def _write(self, one: Characteristic, connection: Connection, written: bytes) -> None:
        self._guard(one, connection)
        self.note("command" if _COMMAND.get() else "write", one, written)
        try:
            self.peripheral.write(one, written, self._schedule.clock_s())
        except AttError as refused:
            raise att.ATT_Error(refused.code) from None

    def _configure(
        self, one: Characteristic, value: gatt.Characteristic[bytes], bearer: att.Bearer, written: bytes
    ) -> None:
        self._guard(one, self._connection)
        if len(written) != 2:
            raise att.ATT_Error(Att.INVALID_LENGTH)
        on = written[0] & 0b11 != 0
        self.note("subscribe" if on else "unsubscribe", one, b"")
        self._device.gatt_server.write_cccd(bearer, value, written)
        try:
            self.peripheral.subscribed(one, on, self._schedule.clock_s())
        except AttError as refused:
            raise att.ATT_Error(refused.code) from None

    def _guard(self, one: Characteristic, connection: Connection | None) -> None:
        """Refuse what needs a bond while the link is not encrypted."""
        needed = one.bonded or self._plan.needs_bonding(self.peripheral.name, self._schedule.clock_s())
        if needed and (connection is None or not connection.is_encrypted):
            raise att.ATT_Error(Att.INSUFFICIENT_AUTHENTICATION)


class _Gate:
    """What stands before bumble's server: silence, and writes of the wrong kind, which it would let through."""

    def __init__(self, device_: device.Device, tracker: TrackerHost) -> None:
        self._server: gatt_server.Server = device_.gatt_server
        self._tracker = tracker

    def on_gatt_pdu(self, bearer: att.Bearer, pdu: att.ATT_PDU) -> None:
        """Take one ATT packet from the central."""
        if self._tracker.silent():
            return
        if isinstance(pdu, att.ATT_Write_Request) and self._lacks(pdu.attribute_handle, "write"):
            self._refuse(bearer, pdu)
        elif isinstance(pdu, att.ATT_Write_Command) and self._lacks(pdu.attribute_handle, "write-without-response"):
            return
        else:
            _COMMAND.set(isinstance(pdu, att.ATT_Write_Command))
            self._server.on_gatt_pdu(bearer, pdu)

    def _lacks(self, handle: int, name: str) -> bool:
        attribute = self._server.get_attribute(handle)
        return isinstance(attribute, gatt.Characteristic) and not attribute.properties & PROPERTIES[name]

    def _refuse(self, bearer: att.Bearer, pdu: att.ATT_Write_Request) -> None:
        answer = att.ATT_Error_Response(
            request_opcode_in_error=pdu.op_code,
            attribute_handle_in_error=pdu.attribute_handle,
            error_code=Att.WRITE_NOT_PERMITTED,
        )
        self._server.send_response(bearer, answer)


def _descriptor(one: Descriptor) -> gatt.Descriptor:
    def refuse(connection: Connection, written: bytes) -> None:
        raise att.ATT_Error(Att.WRITE_NOT_PERMITTED)

    return gatt.Descriptor(_short(one.uuid), _ANY, att.AttributeValue(read=lambda connection: one.value, write=refuse))


def _short(uuid: str) -> str:
    """Return a UUID as it goes over the air: four digits for one that the Bluetooth SIG has assigned."""
    return uuid[4:8] if uuid == full_uuid(uuid[4:8]) else uuid
