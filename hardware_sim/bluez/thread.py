"""A virtual BlueZ on a thread of its own, for tests and programs whose own loop must not serve it.

The rule of this file: everything that touches the radio runs on that thread; `call` brings it there and back.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from hardware_sim.bluez.facade import VirtualBlueZ
from hardware_sim.central import Central

T = TypeVar("T")
_WAIT_S = 60.0


class VirtualBlueZThread:
    """A `VirtualBlueZ` with its own thread and loop, from `start` to `close`; also a context manager."""

    def __init__(self, central: Central, *, agent: bool = True, started: bool = True) -> None:
        self._bluez = VirtualBlueZ(central, agent=agent, started=started)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="virtual-bluez", daemon=True)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what a program's environment must hold to meet this BlueZ."""
        return self._bluez.environment

    def start(self) -> Self:
        """Start; BusError where there is no dbus-daemon."""
        self._thread.start()
        try:
            self._run(self._bluez.__aenter__())
        except BaseException:
            self._end()
            raise
        return self

    def close(self) -> None:
        """End it; does nothing the second time."""
        if self._thread.is_alive():
            self._run(self._bluez.close())
            self._end()

    def call(self, function: Callable[[], T]) -> T:
        """Call a function on the radio's thread, at the radio's present instant, and return what it returns."""

        async def there() -> T:
            self._bluez.catch_up()
            result = function()
            self._bluez.catch_up()
            return result

        return self._run(there())

    def begin(self) -> None:
        """Let the radio's time run, where it does not yet."""
        self.call(self._bluez.begin)

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once."""
        self.call(lambda: self._bluez.advance(by_s))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_WAIT_S)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_WAIT_S)
        self._loop.close()
