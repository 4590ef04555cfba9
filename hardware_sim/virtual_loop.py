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
from contextvars import Context
from typing import Any, NoReturn, TypeVar

from hardware_sim.schedule import Schedule

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
        self.driver: VirtualDriver | None = None
        """What moves a schedule with this loop."""
        self.woken = False
        """True once something was asked of the loop since this was last set to False."""
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Return the virtual time in s since the loop was made."""
        return self._now_s

    def pass_s(self, seconds: float) -> None:
        """Let so many s pass at once; who waits for an instant in between is served at its end."""
        self._now_s += seconds

    def pass_until(self, at_s: float) -> None:
        """Let time pass up to an instant in s; it never runs back."""
        self._now_s = max(self._now_s, at_s)

    @property
    def at_work(self) -> bool:
        """Return whether a thread that the loop started is still at work."""
        return self._at_work > 0

    def call_soon(self, callback: Callable[..., object], *args: Any, context: Context | None = None) -> asyncio.Handle:  # type: ignore[override]
        """Call a function in the next round of the loop."""
        self.woken = True
        return super().call_soon(callback, *args, context=context)

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Call a function in the next round of the loop, from another thread."""
        self.woken = True
        return super().call_soon_threadsafe(callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call a function at an instant in s of virtual time."""
        self.woken = True
        return super().call_at(when, callback, *args, context=context)

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


class VirtualDriver:
    """Moves a schedule with a loop on virtual time, as `schedule.LiveDriver` does with others, without timers.

    The loop makes the schedule's calls itself on its way to the next timer, so that a call which wakes nobody costs no
    round of the loop.
    """

    def __init__(self, schedule: Schedule, loop: VirtualLoop) -> None:
        self._schedule, self._loop = schedule, loop
        self._begun_s = loop.time() - schedule.now_s
        self._running = False
        schedule.clock_s = self._clock_s
        loop.driver = self

    def due_s(self) -> float | None:
        """Return when the next call is due in s of the loop, None without one."""
        due_s = self._schedule.next_s()
        return None if due_s is None else self._begun_s + due_s

    def catch_up(self) -> None:
        """Make the calls that are due by the loop's clock; what one raises goes to the loop's exception handler."""
        self._run_until(self._clock_s())

    def drive(self, until_s: float | None) -> bool:
        """Make calls, each at its instant, up to an instant in s of the loop; True as soon as one wakes the loop."""
        schedule, loop = self._schedule, self._loop
        loop.woken = False
        while loop.driver is self and (due_s := schedule.next_s()) is not None:
            if until_s is not None and self._begun_s + due_s > until_s:
                return False
            loop.pass_until(self._begun_s + due_s)
            self._run_until(due_s)  # not the loop's clock: the difference of the clocks is rounded
            if loop.woken:
                return True
        return False

    def _clock_s(self) -> float:
        return max(self._schedule.now_s, self._loop.time() - self._begun_s)

    def _run_until(self, until_s: float) -> None:
        if self._running:
            return
        self._running = True
        try:
            self._schedule.run_until(until_s)
        except Exception as error:
            self._loop.call_exception_handler({"message": "a call of the radio raised", "exception": error})
        finally:
            self._running = False

    def advance(self, by_s: float) -> None:
        """Let `by_s` s happen at once, of the loop's time too."""
        self._loop.pass_s(by_s)
        self.catch_up()

    def stop(self) -> None:
        """Let the schedule's time stand still."""
        self._schedule.clock_s = lambda: self._schedule.now_s
        self._loop.driver = None


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
        until_s = None if timeout is None else self._loop.time() + timeout
        if self._loop.driver is not None and self._loop.driver.drive(until_s):
            return ready
        if until_s is None:
            return self._last_chance()
        self._loop.pass_until(until_s)
        return ready

    def _really(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        begun_s, driver = time.monotonic(), self._loop.driver
        due_s = driver.due_s() if driver is not None else None
        if due_s is not None:
            to_call = max(0.0, due_s - self._loop.time())
            timeout = to_call if timeout is None else min(timeout, to_call)
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(timeout)
        self._loop.pass_s(time.monotonic() - begun_s)
        if driver is not None:
            driver.catch_up()
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
