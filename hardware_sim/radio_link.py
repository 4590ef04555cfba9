"""A connection over the virtual radio: one request at a time, notifications as their connection events come.

The rule of this file: a request is carried over, carried out by the peripheral and answered, each in its own event;
whatever ends the link ends it once, and every request under way is told.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hardware_sim.central import Attribute, Done, LinkGoneError
from hardware_sim.faults import Blackout, Fault, LinkLoss, Restart, begins_s, concerns, ends_s
from hardware_sim.link_model import Air
from hardware_sim.peripheral import Att, AttError, Characteristic, Descriptor, Peripheral, Service
from hardware_sim.pump import Pump

if TYPE_CHECKING:
    from hardware_sim.radio import Radio

ATT_TIMEOUT_S = 30.0  # Core 5.4, vol 3 part F, 3.3.3
_PAIRING_EVENTS = 8


class RadioLink:
    """A connection (see `central.GattLink`): one request at a time, notifications as their events come."""

    def __init__(self, radio: Radio, one: Peripheral, rng: random.Random) -> None:
        self.peripheral = one
        self.notified: Callable[[Characteristic, bytes], None] = lambda characteristic, payload: None
        self.lost: Callable[[str], None] = lambda reason: None
        self.subscriptions: set[Characteristic] = set()
        self._radio, self._open = radio, True
        self._schedule, self._plan, self._model = radio.schedule, radio.plan, radio.model
        now_s = radio.schedule.now_s
        self._services = self._plan.table(one.name, one.services, now_s)
        self._mtu = self._plan.mtu(one.name, one.mtu, now_s)
        self._encrypted = one.address in radio.bonds and one.bonds
        self._up, self._down = Air(radio.model, rng, now_s), Air(radio.model, rng, now_s)
        for air in (self._up, self._down):
            air.interval_s = lambda at_s: self._plan.interval_s(one.name, self._model.interval_s, at_s)
            air.dead_until_s = lambda at_s: self._plan.dead_until_s(one.name, at_s)
        self._requests: deque[tuple[Attribute, Callable[[], bytes], Done]] = deque()
        self._pump = Pump(one, radio.plan, radio.schedule, self._send)

    @property
    def mtu(self) -> int:
        """Return the ATT MTU of the link in bytes."""
        return self._mtu

    @property
    def services(self) -> Sequence[Service]:
        """Return the table that discovery found."""
        return self._services

    @property
    def bonded(self) -> bool:
        """Return whether the link is encrypted with a bond."""
        return self._encrypted

    def begin(self) -> None:
        """Let the link live: faults that lie ahead, and what the peripheral sends of itself."""
        for fault in self._plan.faults:
            self.meet(fault)
        if self._radio.schedule.now_s >= 0.0 and self.peripheral.address in self._radio.bonds and not self._encrypted:
            self._schedule.after(0.1, lambda: self.close("authentication failure: the tracker lost its bond"))
        self._pump.start(self._schedule.now_s)

    def meet(self, fault: Fault) -> None:
        """Plan the end of the link that a fault brings."""
        name, now_s = self.peripheral.name, self._schedule.now_s
        if not concerns(fault, name) or (ends_s(fault) <= now_s and not isinstance(fault, Restart)):
            return
        begin_s = max(begins_s(fault), now_s)
        if isinstance(fault, LinkLoss):
            self._schedule.at(begin_s, lambda: self.close(fault.cause))
        elif isinstance(fault, Restart) and fault.at_s >= now_s:
            self._schedule.at(fault.at_s, lambda: self.close("the tracker switched off"))
        elif isinstance(fault, Blackout) and fault.to_s - begin_s >= self._model.supervision_s:
            self._schedule.at(begin_s + self._model.supervision_s, lambda: self.close("supervision timeout"))

    # ── what the peripheral sends ──────────────────────────────────────────────────────────────────────────────

    def notify(self, characteristic: Characteristic, payload: bytes) -> None:
        """Send a notification now."""
        self._pump.send_at(characteristic, payload, self._schedule.now_s)

    def _send(self, characteristic: Characteristic, payload: bytes) -> None:
        if not self._open or characteristic not in self.subscriptions:
            return
        out_s = self._down.out_s(self._schedule.now_s)
        if out_s <= self._schedule.now_s:
            self._arrive(characteristic, payload)
        else:
            self._schedule.at(out_s, lambda: self._arrive(characteristic, payload))

    def _arrive(self, characteristic: Characteristic, payload: bytes) -> None:
        if not self._open or characteristic not in self.subscriptions:
            return
        payload = payload[: self._mtu - 3]
        self._note("notify", characteristic, payload)
        self.notified(characteristic, payload)

    # ── what the central asks ──────────────────────────────────────────────────────────────────────────────────

    def read(self, attribute: Attribute, done: Done) -> None:
        """Read a value; the result is the value or the AttError of the peripheral."""

        def act() -> bytes:
            if isinstance(attribute, Descriptor):
                return attribute.value
            self._allow(attribute, "read", Att.READ_NOT_PERMITTED)
            value = self.peripheral.read(attribute, self._schedule.now_s)
            self._note("read", attribute, value)
            return value

        self._request(attribute, act, done)

    def write(self, attribute: Attribute, value: bytes, with_response: bool, done: Done) -> None:
        """Write a value; without response the result comes as soon as it is handed over."""

        def act() -> bytes:
            if isinstance(attribute, Descriptor):
                raise AttError(Att.WRITE_NOT_PERMITTED)
            self._allow(attribute, "write" if with_response else "write-without-response", Att.WRITE_NOT_PERMITTED)
            self._note("write" if with_response else "command", attribute, value)
            self.peripheral.write(attribute, value, self._schedule.now_s)
            return b""

        if with_response:
            self._request(attribute, act, done)
            return
        self._schedule.at(self._up.out_s(self._schedule.now_s), lambda: self._command(act))
        self._schedule.after(0.0, lambda: done(b"" if self._open else LinkGoneError("not connected")))

    def subscribe(self, characteristic: Characteristic, on: bool, done: Done) -> None:
        """Switch notifications or indications on or off."""

        def act() -> bytes:
            if not characteristic.notifies:
                raise AttError(Att.REQUEST_NOT_SUPPORTED)
            self._guard(characteristic)
            self._note("subscribe" if on else "unsubscribe", characteristic, b"")
            (self.subscriptions.add if on else self.subscriptions.discard)(characteristic)
            self.peripheral.subscribed(characteristic, on, self._schedule.now_s)
            return b""

        self._request(characteristic, act, done)

    def pair(self, done: Done) -> None:
        """Pair without input or output, and bond."""

        def paired() -> None:
            if self._open:
                self.peripheral.bonds = self._encrypted = True
                self._radio.bonds.add(self.peripheral.address)
                self._radio.transcript.add(self._schedule.now_s, self.peripheral.name, "bonded", "", b"")
            done(b"" if self._open else LinkGoneError("the link was lost while pairing"))

        interval = self._plan.interval_s(self.peripheral.name, self._model.interval_s, self._schedule.now_s)
        self._schedule.after(_PAIRING_EVENTS * interval, paired)

    def disconnect(self) -> None:
        """End the link from this side."""
        self.close("disconnected by the host")

    def close(self, reason: str) -> None:
        """End the link; requests under way fail."""
        if not self._open:
            return
        self._open = False
        self._pump.stop()
        self._radio.links.pop(self.peripheral.address, None)
        self.peripheral.outlet = None
        self.subscriptions.clear()
        self.peripheral.unlinked(self._schedule.now_s)
        self._radio.transcript.add(self._schedule.now_s, self.peripheral.name, f"disconnected: {reason}", "", b"")
        waiting, self._requests = self._requests, deque()
        for _, _, done in waiting:
            done(LinkGoneError(reason))
        self.lost(reason)

    def _allow(self, characteristic: Characteristic, wanted: str, code: int) -> None:
        """Raise AttError where a characteristic lacks a property, or needs a bond that is not there."""
        if wanted not in characteristic.properties:
            raise AttError(code)
        self._guard(characteristic)

    def _guard(self, characteristic: Characteristic) -> None:
        needed = characteristic.bonded or self._plan.needs_bonding(self.peripheral.name, self._schedule.now_s)
        if needed and not self._encrypted:
            raise AttError(Att.INSUFFICIENT_AUTHENTICATION)

    def _request(self, attribute: Attribute, act: Callable[[], bytes], done: Done) -> None:
        if not self._open:
            self._schedule.after(0.0, lambda: done(LinkGoneError("not connected")))
            return
        self._requests.append((attribute, act, done))
        if len(self._requests) == 1:
            self._next()

    def _next(self) -> None:
        """Carry the oldest request over: one is under way at a time (Core 5.4, vol 3 part F, 3.3.2)."""
        now_s = self._schedule.now_s
        if self._plan.silent(self.peripheral.name, now_s):
            self._schedule.after(ATT_TIMEOUT_S, lambda: self.close("the tracker did not answer within 30 s"))
            return
        self._schedule.at(self._up.out_s(now_s), self._perform)

    def _perform(self) -> None:
        if not self._open or not self._requests:
            return
        attribute, act, _ = self._requests[0]
        result: bytes | AttError
        try:
            result = act()
        except AttError as refused:
            self._note(f"refused 0x{refused.code:02x}", attribute, b"")
            result = refused
        interval = self._plan.interval_s(self.peripheral.name, self._model.interval_s, self._schedule.now_s)
        self._schedule.after(interval, lambda: self._answer(result))

    def _answer(self, result: bytes | AttError) -> None:
        if not self._open or not self._requests:
            return
        _, _, done = self._requests.popleft()
        if self._requests:
            self._next()
        done(result)

    def _command(self, act: Callable[[], bytes]) -> None:
        if not self._open or self._plan.silent(self.peripheral.name, self._schedule.now_s):
            return
        try:
            act()
        except AttError:
            return  # a command has no answer, not even a refusal

    def _note(self, what: str, characteristic: Attribute, payload: bytes) -> None:
        self._radio.transcript.add(self._schedule.now_s, self.peripheral.name, what, characteristic.uuid, payload)
