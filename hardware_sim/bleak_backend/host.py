"""The host's side of the in-process route: one radio, the event loop that drives it, and links that clients share.

The rule of this file: it knows asyncio and the radio but not bleak; everything happens on the loop of the program, and
a call-back of the program that raises is reported to that loop and stops nothing else.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Callable
from typing import TypeVar

from hardware_sim.central import Advertisement, Attribute, Central, ConnectError, Done, GattLink, LinkGoneError, Result
from hardware_sim.faults import BusDeath, Fault
from hardware_sim.peripheral import AttError, Characteristic
from hardware_sim.schedule import LiveDriver, Schedule
from hardware_sim.virtual_loop import VirtualDriver, VirtualLoop

_Value = TypeVar("_Value")
Take = Callable[[bytearray], None]


class Host:
    """What all bleak objects of one radio have in common; it follows the program from one event loop to the next."""

    def __init__(self, central: Central, schedule: Schedule | None) -> None:
        self.central = central
        self.links: dict[str, SharedLink] = {}
        self.names: dict[str, str] = {}
        """Address -> the name that was heard last."""
        self.bus_died = False
        self._schedule = schedule
        self._loop: asyncio.AbstractEventLoop | None = None
        self._driver: LiveDriver | VirtualDriver | None = None
        if hasattr(central, "happened"):
            central.happened = self._happened

    @property
    def powered(self) -> bool:
        """Return whether the adapter is switched on."""
        return bool(getattr(self.central, "adapter_on", True))

    def attend(self) -> asyncio.AbstractEventLoop:
        """Let the radio live on the running loop, up to now; RuntimeError while it lives on another running one."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop is not None and self._loop.is_running():
                raise RuntimeError("a virtual radio serves one running event loop at a time")
            self.leave()
            self._loop = loop
            self._driver = _driver(self._schedule, loop) if self._schedule is not None else None
        elif self._driver is not None:
            self._driver.catch_up()
        return loop

    def leave(self) -> None:
        """Let go of the loop: the radio's time stands still and links end, as those of a program that ended."""
        if self._driver is not None:
            self._driver.stop()
        self._loop = self._driver = None
        for shared in list(self.links.values()):
            shared.users.clear()
            shared.link.disconnect()
        self.links.clear()

    def call(self, function: Callable[[], _Value]) -> _Value:
        """Return what a function that touches the radio returns; run on the loop's thread where one is running."""
        loop = self._loop
        if loop is None or not loop.is_running():
            return function()
        if loop is _running_loop():
            self.attend()
            return function()
        answer: concurrent.futures.Future[_Value] = concurrent.futures.Future()
        loop.call_soon_threadsafe(self._answer, function, answer)
        return answer.result(timeout=30.0)

    def _answer(self, function: Callable[[], _Value], answer: concurrent.futures.Future[_Value]) -> None:
        self.attend()
        try:
            answer.set_result(function())
        except Exception as error:
            answer.set_exception(error)

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once, and of the loop's where that is virtual."""
        if not by_s >= 0.0:
            raise ValueError(f"a clock does not run backwards: {by_s!r}")
        self.call(lambda: self._advance(by_s))

    def _advance(self, by_s: float) -> None:
        if self._driver is None:
            if self._schedule is not None:
                self._schedule.advance(by_s)
        else:
            self._driver.advance(by_s)

    def guard(self, function: Callable[[], object]) -> None:
        """Call back into the program; what it raises goes to the loop's exception handler, as BlueZ's route has it."""
        try:
            function()
        except Exception as error:
            if self._loop is not None:
                context = {"message": "a bleak call-back raised", "exception": error}
                self._loop.call_exception_handler(context)

    async def request(self, ask: Callable[[Done], None]) -> bytes:
        """Return the outcome of a request; raises AttError, LinkGoneError or ConnectError."""
        answer: asyncio.Future[Result] = self.attend().create_future()

        def done(result: Result) -> None:
            if not answer.done():
                answer.set_result(result)

        ask(done)
        result = await answer
        if isinstance(result, Exception):
            raise result
        return result

    async def find(self, address: str, timeout_s: float) -> Advertisement | None:
        """Return the first advertisement of an address, None when it is not heard in time."""
        heard: asyncio.Future[Advertisement] = self.attend().create_future()

        def seen(one: Advertisement) -> None:
            self.names[one.address] = one.name
            if one.address.upper() == address.upper() and not heard.done():
                heard.set_result(one)

        stop = self.central.scan(seen)
        try:
            async with asyncio.timeout(timeout_s):
                return await heard
        except TimeoutError:
            return None
        finally:
            stop()

    async def connect(self, address: str) -> SharedLink:
        """Return a link, the one that is there already where another client has one; raises ConnectError."""
        loop = self.attend()
        if (there := self.links.get(address)) is not None:
            return there
        made: asyncio.Future[SharedLink | ConnectError] = loop.create_future()

        def done(result: GattLink | ConnectError) -> None:
            outcome = result if isinstance(result, ConnectError) else SharedLink(self, address, result)
            if not made.done():
                made.set_result(outcome)
            elif isinstance(outcome, SharedLink):
                outcome.link.disconnect()

        give_up = self.central.connect(address, done)
        try:
            outcome = await made
        except asyncio.CancelledError:
            give_up()
            if made.done() and not made.cancelled() and isinstance(late := made.result(), SharedLink):
                late.link.disconnect()
            raise
        if isinstance(outcome, ConnectError):
            raise outcome
        return outcome

    def _happened(self, fault: Fault) -> None:
        if isinstance(fault, BusDeath):
            self.bus_died = True
            for shared in list(self.links.values()):
                shared.link.disconnect()


class SharedLink:
    """A link and the clients that use it: whoever ends it ends it for all, and each has its own subscriptions."""

    def __init__(self, host: Host, address: str, link: GattLink) -> None:
        self.link, self.ended = link, False
        self.users: dict[object, Callable[[], None]] = {}
        """Client -> what to call when the link ends."""
        self._host, self._address = host, address
        self._listeners: dict[int, dict[object, Take]] = {}
        host.links[address] = self
        link.notified, link.lost = self._notified, self._lost

    def listening(self, characteristic: Characteristic, user: object | None = None) -> bool:
        """Return whether a client (any client without one) is subscribed to a characteristic."""
        there = self._listeners.get(characteristic.handle, {})
        return bool(there) if user is None else user in there

    async def listen(self, characteristic: Characteristic, user: object, take: Take) -> None:
        """Subscribe a client; the first one subscribes at the peripheral. Raises what `Host.request` raises."""
        there = self._listeners.setdefault(characteristic.handle, {})
        first = not there
        there[user] = take
        if not first:
            return
        try:
            await self._host.request(lambda done: self.link.subscribe(characteristic, True, done))
        except (AttError, LinkGoneError):
            there.pop(user, None)
            raise

    async def unlisten(self, characteristic: Characteristic, user: object) -> None:
        """Unsubscribe a client; the last one unsubscribes at the peripheral."""
        there = self._listeners.get(characteristic.handle, {})
        there.pop(user, None)
        if not there:
            await self._host.request(lambda done: self.link.subscribe(characteristic, False, done))

    async def read(self, attribute: Attribute) -> bytes:
        """Return a value; raises what `Host.request` raises."""
        return await self._host.request(lambda done: self.link.read(attribute, done))

    async def write(self, attribute: Attribute, value: bytes, with_response: bool) -> None:
        """Write a value; raises what `Host.request` raises."""
        await self._host.request(lambda done: self.link.write(attribute, value, with_response, done))

    async def pair(self) -> None:
        """Pair and bond; raises what `Host.request` raises."""
        await self._host.request(self.link.pair)

    def _notified(self, characteristic: Characteristic, payload: bytes) -> None:
        for take in list(self._listeners.get(characteristic.handle, {}).values()):
            self._host.guard(lambda take=take: take(bytearray(payload)))  # type: ignore[misc]

    def _lost(self, reason: str) -> None:
        self.ended = True
        self._host.links.pop(self._address, None)
        self._listeners.clear()
        for tell in list(self.users.values()):
            self._host.guard(tell)
        self.users.clear()


def _driver(schedule: Schedule, loop: asyncio.AbstractEventLoop) -> LiveDriver | VirtualDriver:
    return VirtualDriver(schedule, loop) if isinstance(loop, VirtualLoop) else LiveDriver(schedule, loop)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


__all__ = ["Host", "SharedLink"]
