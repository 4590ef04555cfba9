"""A connection of the central's host stack to one tracker: every request is a real ATT or SMP exchange.

The rule of this file: one ATT request at a time, in the order in which they were asked for; the result comes by
call-back; whatever ends the link ends it once, and every request under way is told.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bumble import att, core, gatt, hci

from hardware_sim.bumble_route.table import discover
from hardware_sim.central import Attribute, ConnectError, Done, LinkGoneError, Result
from hardware_sim.faults import ConnectionInterval, Fault, begins_s, concerns, ends_s
from hardware_sim.peripheral import Att, AttError, Characteristic, Service

if TYPE_CHECKING:
    from bumble.device import Connection

    from hardware_sim.bumble_route.radio import BumbleRadio

HOST_MTU = 517
"""What the host offers, as BlueZ does; the tracker's own MTU decides."""
_REASONS = {
    hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR: "supervision timeout",
    hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR: "the tracker ended the connection",
    hci.HCI_ErrorCode.REMOTE_DEVICE_TERMINATED_CONNECTION_DUE_TO_POWER_OFF_ERROR: "the tracker switched off",
    hci.HCI_ErrorCode.CONNECTION_TERMINATED_BY_LOCAL_HOST_ERROR: "disconnected by the host",
    hci.HCI_ErrorCode.CONNECTION_TERMINATED_DUE_TO_MIC_FAILURE_ERROR: "the keys of both sides differ",
}
_SILENT = "the tracker did not answer within 30 s"
_BOND_LOST = "authentication failure: the tracker lost its bond"


class BumbleLink:
    """A connection (see `central.GattLink`) over bumble's host stack."""

    def __init__(self, radio: BumbleRadio, connection: Connection, name: str) -> None:
        self.notified: Callable[[Characteristic, bytes], None] = lambda characteristic, payload: None
        self.lost: Callable[[str], None] = lambda reason: None
        self._radio, self._connection, self._name = radio, connection, name
        self._client = connection.gatt_client
        self._loop = asyncio.get_running_loop()
        self._services: Sequence[Service] = ()
        self._requests: deque[tuple[Callable[[], Awaitable[bytes]], Done]] = deque()
        self._came: deque[tuple[Characteristic, bytes]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._reason = ""
        self._open, self._refused = True, False
        connection.on(connection.EVENT_DISCONNECTION, self._ended)

    @property
    def mtu(self) -> int:
        """Return the ATT MTU of the link in bytes, as both sides agreed."""
        return self._connection.att_mtu

    @property
    def services(self) -> Sequence[Service]:
        """Return the table that discovery found."""
        return self._services

    @property
    def bonded(self) -> bool:
        """Return whether the link is encrypted with a bond."""
        return self._connection.is_encrypted

    async def begin(self, known: tuple[Service, ...] | None) -> None:
        """Agree on the MTU, encrypt where there is a bond, and discover the services unless they are known."""
        await self._client.request_mtu(HOST_MTU)
        if self._radio.knows_bond(str(self._connection.peer_address)):
            try:
                await self._connection.encrypt()
            except hci.HCI_Error:
                self._refused = True
        self._services = known if known is not None else await discover(self._client)

    def live(self) -> None:
        """Let faults happen to the link, now that a route has it."""
        for fault in self._radio.plan.faults:
            self.meet(fault)
        if self._refused:
            self._radio.schedule.at(self._radio.schedule.clock_s() + 0.1, lambda: self.end(_BOND_LOST))

    def show(self, services: Sequence[Service]) -> None:
        """Show another table than the one that discovery found."""
        self._services = services

    def meet(self, fault: Fault) -> None:
        """Have the connection interval changed when a fault says so."""
        now_s = self._radio.schedule.clock_s()
        if isinstance(fault, ConnectionInterval) and concerns(fault, self._name) and ends_s(fault) > now_s:
            for at_s in (max(begins_s(fault), now_s), ends_s(fault)):
                if at_s < float("inf"):
                    self._radio.schedule.at(at_s, lambda: self._spawn(self._update_interval()))

    async def _update_interval(self) -> None:
        now_s, model = self._radio.schedule.clock_s(), self._radio.model
        interval_ms = 1000.0 * self._radio.plan.interval_s(self._name, model.interval_s, now_s)
        timeout_ms = 1000.0 * max(model.supervision_s, 0.0025 * interval_ms)
        try:
            await self._connection.update_parameters(interval_ms, interval_ms, 0, timeout_ms)
        except (hci.HCI_Error, core.BaseBumbleError, asyncio.CancelledError):
            return  # the link has gone meanwhile

    # ── what a route asks ──────────────────────────────────────────────────────────────────────────────────────

    def read(self, attribute: Attribute, done: Done) -> None:
        """Read a value, in several requests where it is longer than one packet."""
        handle = _value_handle(attribute)
        self._request(lambda: self._client.read_value(handle), done)

    def write(self, attribute: Attribute, value: bytes, with_response: bool, done: Done) -> None:
        """Write a value; without response the result comes as soon as it is handed over."""
        handle = _value_handle(attribute)
        if with_response:
            self._request(lambda: self._write(handle, value), done)
        elif not self._open or len(value) > self.mtu - 3:
            refusal = AttError(Att.INVALID_LENGTH) if self._open else LinkGoneError("not connected")
            self._loop.call_soon(done, refusal)
        else:
            command = att.ATT_Write_Command(attribute_handle=handle, attribute_value=value)
            self._client.send_gatt_pdu(bytes(command))
            self._loop.call_soon(done, b"")

    async def _write(self, handle: int, value: bytes) -> bytes:
        await self._client.write_value(handle, value, with_response=True)
        return b""

    def subscribe(self, characteristic: Characteristic, on: bool, done: Done) -> None:
        """Switch notifications on or off, or indications where there are no notifications, as BlueZ does."""
        self._request(lambda: self._subscribe(characteristic, on), done)

    async def _subscribe(self, characteristic: Characteristic, on: bool) -> bytes:
        if not characteristic.notifies:
            raise att.ATT_Error(Att.REQUEST_NOT_SUPPORTED)
        handle = _value_handle(characteristic)
        for subscribers in (self._client.notification_subscribers, self._client.indication_subscribers):
            subscribers[handle] = {lambda value: self._arrived(characteristic, value)} if on else {_ignored}
        bits = gatt.ClientCharacteristicConfigurationBits
        kind = bits.NOTIFICATION if "notify" in characteristic.properties else bits.INDICATION
        # the configuration is the first descriptor, right after the value: see `peripheral.number`
        return await self._write(handle + 1, (kind if on else bits.DEFAULT).to_bytes(2, "little"))

    def _arrived(self, characteristic: Characteristic, value: bytes) -> None:
        """Pass on a notification; one that came after an answer waits until who asked has the answer."""
        self._radio.note(self._name, "notify", characteristic.uuid, value)
        self._came.append((characteristic, value))
        answer = self._client.pending_response
        if answer is None or not answer.done():
            self._pass_on()

    def _pass_on(self) -> None:
        while self._came and self._open:
            self.notified(*self._came.popleft())

    def pair(self, done: Done) -> None:
        """Pair without input or output, and bond."""
        self._spawn(self._pair(done))

    async def _pair(self, done: Done) -> None:
        bonded = self._loop.create_future()
        self._connection.once(self._connection.EVENT_PAIRING, bonded.set_result)
        result: Result = b""
        try:
            await self._connection.pair()
            self._radio.remember(str(self._connection.peer_address), self._name, await bonded)
        except (core.BaseBumbleError, hci.HCI_Error) as error:
            result = ConnectError(f"pairing failed: {error}", error="org.bluez.Error.AuthenticationFailed")
        except asyncio.CancelledError:
            result = LinkGoneError("the link was lost while pairing")
        done(result if self._open else LinkGoneError("the link was lost while pairing"))

    def disconnect(self) -> None:
        """End the link from this side."""
        self.end("disconnected by the host")

    # ── the end ────────────────────────────────────────────────────────────────────────────────────────────────

    def end(self, reason: str) -> None:
        """Ask the controller to end the link; `lost` is called when it has."""
        if self._open and not self._reason:
            self._reason = reason
            self._spawn(self._disconnect())

    async def _disconnect(self) -> None:
        try:
            await self._connection.disconnect()
        except (core.BaseBumbleError, hci.HCI_Error, asyncio.CancelledError):
            return  # it has ended by itself meanwhile

    def _ended(self, reason: int) -> None:
        said = self._reason or self._radio.cut_because(str(self._connection.peer_address))
        self._close(said or _REASONS.get(hci.HCI_ErrorCode(reason), f"disconnected, reason 0x{reason:02x}"))

    def _close(self, reason: str) -> None:
        if not self._open:
            return
        self._open = False
        self._radio.link_ended(str(self._connection.peer_address), self._name, reason)
        waiting, self._requests = self._requests, deque()
        for task in self._tasks - {asyncio.current_task()}:
            task.cancel()
        for _, done in waiting:
            done(LinkGoneError(reason))
        self.lost(reason)

    # ── one request at a time ──────────────────────────────────────────────────────────────────────────────────

    def _request(self, act: Callable[[], Awaitable[bytes]], done: Done) -> None:
        if not self._open:
            self._loop.call_soon(done, LinkGoneError("not connected"))
            return
        self._requests.append((act, done))
        if len(self._requests) == 1:
            self._spawn(self._serve())

    async def _serve(self) -> None:
        while self._open and self._requests:
            act, done = self._requests[0]
            result: Result
            try:
                result = await act()
            except att.ATT_Error as refused:
                result = AttError(refused.error_code)
            except core.TimeoutError:
                self.end(_SILENT)
                return  # the request is told when the link has ended
            if not self._open:
                return
            self._requests.popleft()
            done(result)
            self._pass_on()

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _value_handle(attribute: Attribute) -> int:
    return attribute.handle + 1 if isinstance(attribute, Characteristic) else attribute.handle


def _ignored(value: bytes) -> None:
    """Take a notification that was under way when the subscription ended."""
