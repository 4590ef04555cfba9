"""An asyncio event loop on virtual time: when nothing is ready, time jumps to the next timer.

The rule of this file: a wait costs no time, work does not make time pass, and nothing is guessed: while a thread of the
loop works or a socket is watched, time passes at its real pace, because its end cannot be known before.
Not on virtual time: `time.monotonic` and `time.time` (read `loop.time()` instead), and other programs, which
`asyncio.create_subprocess_exec` refuses to start.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, NoReturn, TypeVar

_Result = TypeVar("_Result")
PATIENCE_S = 5.0
"""So long, in real s, a foreign thread may take to wake a loop that has nothing left to wait for."""


class StuckError(RuntimeError):
    """Nothing is scheduled, no thread works and no socket is watched: the program would wait for ever."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps; it starts at 0 s."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._at_work = 0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Return the virtual time in s since the loop was made."""
        return self._now_s

    def pass_s(self, seconds: float) -> None:
        """Let so many s pass at once; who waits for an instant in between is served at its end."""
        self._now_s += seconds

    @property
    def at_work(self) -> bool:
        """Return whether a thread that the loop started is still at work."""
        return self._at_work > 0

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run a function in a thread; time passes at its real pace until it returns."""
        future = super().run_in_executor(executor, func, *args)
        self._at_work += 1
        future.add_done_callback(self._rested)
        return future

    def _rested(self, future: asyncio.Future[Any]) -> None:
        self._at_work -= 1

    async def subprocess_exec(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise NotImplementedError: virtual time cannot wait for another program."""
        raise NotImplementedError("a loop on virtual time starts no other program; use the D-Bus route (`run`) for it")

    subprocess_shell = subprocess_exec


class _Jumping(selectors.DefaultSelector):
    """Waits for sockets as every selector, and for time by letting it jump."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        if ready or (timeout is not None and timeout <= 0.0):
            return ready
        if self._loop.at_work or len(self.get_map()) > 1:  # the loop's own wake-up socket is always there
            return self._really(timeout)
        if timeout is None:
            return self._last_chance()
        self._loop.pass_s(timeout)
        return ready

    def _really(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        begun_s = time.monotonic()
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(timeout)
        self._loop.pass_s(time.monotonic() - begun_s)
        return ready

    def _last_chance(self) -> list[tuple[selectors.SelectorKey, int]]:
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(PATIENCE_S)
        if not ready:
            raise StuckError("nothing is scheduled and nothing is under way: the program would wait for ever")
        return ready


def run(main: Coroutine[Any, Any, _Result], *, limit_s: float | None = None, debug: bool | None = None) -> _Result:
    """Run a coroutine to its end on virtual time, as `asyncio.run` does on real time, and return its result.

    TimeoutError when it is not done after `limit_s` virtual s; StuckError when nothing could ever wake it.
    """

    async def limited() -> _Result:
        async with asyncio.timeout(limit_s):
            return await main

    with asyncio.Runner(loop_factory=VirtualLoop, debug=debug) as runner:
        return runner.run(limited())
