"""A conversation with one connected tracker: read, write, subscribe, ask and be answered, each with a deadline.

The rule of this file: no operation waits longer than its deadline or than the connection lives; what a tracker
sends goes out as packets, whatever it is the answer to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from device.link_central import Characteristic, Peripheral
from device.link_errors import LinkError, LinkReason
from device.wire.profiles import short_uuid

T = TypeVar("T")
Heard = Callable[[Characteristic, bytes], None]


class Talk:
    """One connection's conversation; `heard` gets every payload, `gone` is set when the connection ends."""

    def __init__(
        self,
        peripheral: Peripheral,
        heard: Heard,
        gone: asyncio.Event,
        operation_s: float = 5.0,
        wall_unix_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.offered = peripheral.characteristics()
        self.wall_unix_s = wall_unix_s
        """The time of day in s since 1970, for trackers that want to be told."""
        self.paired = False
        """True once `pair` has succeeded on this connection."""
        self._peripheral, self._heard, self._gone, self._operation_s = peripheral, heard, gone, operation_s
        self._answers: dict[int, asyncio.Queue[bytes]] = {}
        self._subscribed: set[int] = set()

    @property
    def services(self) -> frozenset[str]:
        """Return the UUIDs of the services that the tracker offers."""
        return frozenset(one.service for one in self.offered)

    def find(self, service: str, uuid: str) -> Characteristic | None:
        """Return a characteristic of a service, None where the tracker has none."""
        wanted = (short_uuid(service), short_uuid(uuid))
        return next((one for one in self.offered if (one.service, one.uuid) == wanted), None)

    def need(self, service: str, uuid: str) -> Characteristic:
        """Return a characteristic of a service; LinkError (stale services) where the tracker has none."""
        found = self.find(service, uuid)
        if found is None:
            raise LinkError(LinkReason.STALE_SERVICES, f"no characteristic {short_uuid(uuid)}")
        return found

    async def read(self, one: Characteristic) -> bytes:
        """Return the value of a characteristic, which also goes out as a packet."""
        value = await self._in_time(self._peripheral.read(one), f"reading {one.uuid}")
        self._heard(one, value)
        return value

    async def write(self, one: Characteristic, payload: bytes) -> None:
        """Write a value, with a response where the characteristic has one."""
        response = "write" in one.properties
        await self._in_time(self._peripheral.write(one, payload, response=response), f"writing {one.uuid}")

    async def subscribe(self, one: Characteristic) -> None:
        """Have what a characteristic notifies go out as packets, from now on."""
        if one.handle not in self._subscribed:
            self._answers.setdefault(one.handle, asyncio.Queue(64))
            await self._in_time(self._peripheral.subscribe(one, lambda value: self._take(one, value)), one.uuid)
            self._subscribed.add(one.handle)

    async def unsubscribe(self, one: Characteristic) -> None:
        """Have a characteristic be silent again."""
        self._subscribed.discard(one.handle)
        await self._in_time(self._peripheral.unsubscribe(one), f"ending {one.uuid}")

    async def ask(
        self,
        one: Characteristic,
        payload: bytes,
        answers: Callable[[bytes], bool],
        more: Callable[[bytes], bool] = lambda value: False,
        on: Characteristic | None = None,
    ) -> tuple[bytes, ...]:
        """Return the parts of what answers a request on a characteristic that is subscribed to.

        The request is written to that one, or to `on` where the tracker takes commands elsewhere.
        """
        waiting = self._answers[one.handle]
        while not waiting.empty():
            waiting.get_nowait()
        await self.write(on or one, payload)

        async def answered() -> tuple[bytes, ...]:
            parts: list[bytes] = []
            while not parts or more(parts[-1]):
                value = await waiting.get()
                parts += [value] if answers(value) else []
            return tuple(parts)

        return await self._in_time(answered(), f"the answer to {payload[:2].hex()}")

    def tell(self, one: Characteristic, payload: bytes) -> None:
        """Have something that is written go out as a packet too, for whoever has to know it to read what follows."""
        self._heard(one, payload)

    async def pair(self, deadline_s: float) -> None:
        """Pair with the tracker."""
        await self._in_time(self._peripheral.pair(), "pairing", deadline_s)
        self.paired = True

    async def disconnect(self) -> None:
        """End the connection; LinkError when that takes too long."""
        await in_time(self._peripheral.disconnect(), self._operation_s, "disconnecting")

    def _take(self, one: Characteristic, value: bytes) -> None:
        waiting = self._answers[one.handle]
        if waiting.full():
            waiting.get_nowait()
        waiting.put_nowait(value)
        self._heard(one, value)

    async def _in_time(self, operation: Awaitable[T], what: str, deadline_s: float | None = None) -> T:
        """Return an operation's result, unless its deadline passes or the connection ends before."""
        return await in_time(operation, self._operation_s if deadline_s is None else deadline_s, what, gone=self._gone)


async def in_time(
    operation: Awaitable[T],
    deadline_s: float,
    what: str,
    clean_up_s: float = 0.0,
    *,
    gone: asyncio.Event | None = None,
) -> T:
    """Return an operation's result; LinkError when `deadline_s` s pass or `gone` is set before it is there.

    A cancelled operation has `clean_up_s` s to tidy up; one that ignores it is left behind, so that nothing can hold
    the link up.
    """
    doing = asyncio.ensure_future(operation)
    doing.add_done_callback(_taken)
    going = asyncio.ensure_future(gone.wait()) if gone is not None else None
    try:
        both = {doing} if going is None else {doing, going}
        await asyncio.wait(both, timeout=deadline_s, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        doing.cancel()
        if clean_up_s:
            await asyncio.wait({doing}, timeout=clean_up_s)
        if going is not None and going.done():
            raise LinkError(LinkReason.LOST, f"while {what}")
        raise LinkError(LinkReason.TIMED_OUT, what)
    finally:
        doing.cancel()
        if going is not None:
            going.cancel()


def _taken(done: asyncio.Future[T]) -> None:
    """Look at an abandoned operation's exception, so that asyncio does not report it as forgotten."""
    if not done.cancelled():
        done.exception()
