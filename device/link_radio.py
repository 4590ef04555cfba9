"""Several Bluetooth trackers as one link, on a thread and loop of their own.

The rule of this file: the radio's loop moves bytes into the outbox and nothing else; whoever records takes them
from another loop. Losing Bluetooth is waited out; only having none at the start is an error.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence

import numpy as np

from device.link import LinkEvent, LinkState, Packet
from device.link_central import Central
from device.link_errors import LinkError
from device.link_outbox import CAPACITY, Outbox
from device.link_scan import Scanner
from device.link_talk import in_time
from device.link_tracker import Radio, TrackerTask
from device.supervise import Limits, Report, Supervisor

_OPEN_S = 10.0
_CLOSE_S = 10.0


def _quiet(report: Report | LinkError | None) -> None:
    pass


class TrackerLink:
    """The wanted trackers as a `Link`: packets and events in order of arrival, reconnecting until `close`."""

    def __init__(
        self,
        central: Callable[[], Central],
        trackers: Sequence[str],
        *,
        report: Callable[[Report], None] = _quiet,
        trouble: Callable[[LinkError | None], None] = _quiet,
        now_s: Callable[[], float] = time.monotonic,
        wall_unix_s: Callable[[], float] = time.time,
        limits: Limits | None = None,
        rng: np.random.Generator | None = None,
        own_thread: bool = True,
        capacity: int = CAPACITY,
    ) -> None:
        """Take what makes the adapter and the trackers' addresses; `report` and `trouble` run on the radio's thread.

        `own_thread` False runs the radio in the loop that takes the packets, for tests in virtual time.
        """
        self.trackers = tuple(dict.fromkeys(address.upper() for address in trackers))
        self.outbox = Outbox(capacity)
        self._central, self._report, self._trouble = central, report, trouble
        self._now_s, self._wall_unix_s, self._limits = now_s, wall_unix_s, limits or Limits()
        self._rng = rng or np.random.default_rng()
        self._own_thread = own_thread
        self._stop: Callable[[], None] = lambda: None
        self._stopped = False
        self._opened, self._over = threading.Event(), threading.Event()
        self._failure: Exception | None = None
        self._begun = False

    def open(self) -> None:
        """Start the radio on its own thread and wait until it works; LinkError when there is no Bluetooth."""
        self._begin()
        self._opened.wait()
        if self._failure is not None:
            raise self._failure

    async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
        """Yield packets and link events; the last is CLOSED. LinkError when there is no Bluetooth to begin with."""
        self._begin()
        while True:
            event = await self.outbox.get()
            yield event
            if isinstance(event, LinkEvent) and event.state is LinkState.CLOSED:
                return

    async def close(self) -> None:
        """Disconnect every tracker, streams first; the last event is CLOSED. Returns within about 10 s."""
        self._stopped = True
        self._stop()
        if self._own_thread:
            await asyncio.to_thread(self._over.wait, _CLOSE_S)

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        if self._own_thread:
            threading.Thread(target=lambda: asyncio.run(self._run()), name="bluetooth", daemon=True).start()
        else:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        """Run the radio until `close`; what goes wrong at the start is raised to whoever takes the packets."""
        try:
            central = self._central()
            await in_time(central.open(), _OPEN_S, "opening Bluetooth")
            self._opened.set()
            try:
                await self._keep(central)
            finally:
                with contextlib.suppress(LinkError):
                    await in_time(central.close(), _OPEN_S, "closing Bluetooth")
        except Exception as error:  # handed over to the thread that takes the packets
            self._failure = error
            self.outbox.fail(error)
        else:
            self.outbox.put(LinkEvent("", LinkState.CLOSED, self._now_s(), "closed"))
        finally:
            self._opened.set()
            self._over.set()

    async def _keep(self, central: Central) -> None:
        scanner = Scanner(central, self._trouble)
        radio = Radio(central, scanner, self.outbox, self._now_s, self._wall_unix_s, self._report, self._limits)
        tasks = [TrackerTask(name, radio, Supervisor(self._rng, self._limits)) for name in self.trackers]
        running = [asyncio.create_task(task.run()) for task in tasks]
        scanning = asyncio.create_task(scanner.run())
        loop = asyncio.get_running_loop()

        def stop_all() -> None:
            for task in tasks:
                task.stop()

        def stop() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(stop_all)

        self._stop = stop
        if self._stopped:
            stop()
        try:
            await asyncio.gather(*running)
        finally:
            scanning.cancel()
            await asyncio.wait({scanning, *running}, timeout=self._limits.operation_s)
