"""One owner of the scanner: it runs while anybody looks and nobody connects.

The rule of this file: nobody else starts or stops the scan. Scanning beside a connection attempt is what adapters
do worst, so an attempt has the adapter to itself. Source: bleak issues 361, 694, 971.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

from device.link_central import Advertisement, Central
from device.link_errors import LinkError, LinkReason

Seen = Callable[[Advertisement], None]
_SWITCH_S = 5.0
_RETRY_S = 1.0


class Scanner:
    """The scan of one adapter; `trouble` hears of every failure to scan, and None when it works again."""

    def __init__(self, central: Central, trouble: Callable[[LinkError | None], None]) -> None:
        self._central, self._trouble = central, trouble
        self._looking: dict[int, Seen] = {}
        self._pauses = 0
        self._running = False
        self._changed, self._quiet = asyncio.Event(), asyncio.Event()
        self._quiet.set()
        self._connecting = asyncio.Lock()

    @contextlib.contextmanager
    def looking(self, seen: Seen) -> Iterator[None]:
        """Have advertisements told to `seen` inside the block."""
        self._looking[id(seen)] = seen
        self._changed.set()
        try:
            yield
        finally:
            del self._looking[id(seen)]
            self._changed.set()

    @contextlib.asynccontextmanager
    async def adapter(self) -> AsyncIterator[None]:
        """Have the adapter for a connection attempt: one at a time, with the scan stopped."""
        async with self._connecting:
            self._pauses += 1
            self._changed.set()
            try:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(2.0 * _SWITCH_S):
                        await self._quiet.wait()
                yield
            finally:
                self._pauses -= 1
                self._changed.set()

    async def run(self) -> None:
        """Start and stop the scan as it is wanted, until cancelled; an adapter that fails is tried again."""
        try:
            while True:
                self._changed.clear()
                retry = await self._switch()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_RETRY_S if retry else None):
                        await self._changed.wait()
        finally:
            await self._stop()

    async def _switch(self) -> bool:
        """Bring the scan to what is wanted; return whether to try again soon."""
        wanted = bool(self._looking) and not self._pauses
        if wanted and not self._running:
            return not await self._start()
        if not wanted and self._running:
            await self._stop()
        if not self._running:
            self._quiet.set()
        return False

    async def _start(self) -> bool:
        self._quiet.clear()
        try:
            async with asyncio.timeout(_SWITCH_S):
                await self._central.start_scan(self._tell)
        except (LinkError, TimeoutError) as error:
            self._quiet.set()
            self._trouble(
                error if isinstance(error, LinkError) else LinkError(LinkReason.TIMED_OUT, "starting the scan")
            )
            await self._stop()
            return False
        self._running = True
        self._trouble(None)
        return True

    async def _stop(self) -> None:
        self._running = False
        with contextlib.suppress(LinkError, TimeoutError):
            async with asyncio.timeout(_SWITCH_S):
                await self._central.stop_scan()

    def _tell(self, advertisement: Advertisement) -> None:
        for seen in tuple(self._looking.values()):
            seen(advertisement)
