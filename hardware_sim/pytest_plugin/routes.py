"""How the code under test reaches the trackers of a fixture: over a virtual BlueZ, or inside the process.

The rule of this file: a route carries calls to wherever the radio lives and lets programs run; it knows nothing of what
a test says about trackers.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from hardware_sim.radio import Radio

if TYPE_CHECKING:
    import pytest

    from hardware_sim.bleak_backend import Backend
    from hardware_sim.bluez import VirtualBlueZThread

Value = TypeVar("Value")


class Route(Protocol):
    """What a fixture needs of a route."""

    name: str

    @property
    def environment(self) -> Mapping[str, str]: ...

    def call(self, function: Callable[[], Value]) -> Value: ...

    def advance(self, by_s: float) -> None: ...

    def run(self, main: Coroutine[Any, Any, Value], limit_s: float) -> Value: ...


class BusRoute:
    """A virtual BlueZ on a private D-Bus: unmodified code, in this process and in others, in real time (Linux)."""

    name = "dbus"

    def __init__(self, bluez: VirtualBlueZThread) -> None:
        self._bluez = bluez

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what a program's environment must hold to meet the trackers."""
        return self._bluez.environment

    def call(self, function: Callable[[], Value]) -> Value:
        """Return what a function gives that runs where the radio lives."""
        return self._bluez.call(function)

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once."""
        self._bluez.advance(by_s)

    def run(self, main: Coroutine[Any, Any, Value], limit_s: float) -> Value:
        """Run a coroutine in real time; TimeoutError when it takes longer than `limit_s` s."""

        async def limited() -> Value:
            async with asyncio.timeout(limit_s):
                return await main

        return asyncio.run(limited())


class ProcessRoute:
    """The radio behind bleak's `backend=`, which is bleak's default for the test: this process, virtual time."""

    name = "process"

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    @property
    def environment(self) -> Mapping[str, str]:
        """Raise RuntimeError: no other program reaches these trackers."""
        raise RuntimeError("other programs reach virtual trackers on the dbus route only (Linux, with dbus-daemon)")

    def call(self, function: Callable[[], Value]) -> Value:
        """Return what a function gives that runs where the radio lives."""
        return self.backend.host.call(function)

    def advance(self, by_s: float) -> None:
        """Let `by_s` s happen at once: of the radio, and of the loop where that is virtual."""
        self.backend.host.advance(by_s)

    def run(self, main: Coroutine[Any, Any, Value], limit_s: float) -> Value:
        """Run a coroutine in virtual time; TimeoutError when it takes longer than `limit_s` virtual s."""
        from hardware_sim import virtual_loop

        return virtual_loop.run(main, limit_s=limit_s)


def bus_is_possible() -> bool:
    """Return whether a virtual BlueZ can run here."""
    return sys.platform == "linux" and shutil.which("dbus-daemon") is not None


@contextlib.contextmanager
def opened(name: str, radio: Radio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Route]:
    """Open the route of a name, `auto` for the one that is possible here; ValueError for an unknown name."""
    if name == "auto":
        name = "dbus" if bus_is_possible() else "process"
    if name == "dbus":
        with _bus(radio, monkeypatch) as route:
            yield route
    elif name == "process":
        with _process(radio) as route:
            yield route
    else:
        raise ValueError(f"there is no route {name!r}; there are: auto, dbus, process")


@contextlib.contextmanager
def _bus(radio: Radio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Route]:
    from hardware_sim.bluez import VirtualBlueZThread

    with VirtualBlueZThread(radio) as bluez:
        for name, value in bluez.environment.items():
            monkeypatch.setenv(name, value)
        yield BusRoute(bluez)


@contextlib.contextmanager
def _process(radio: Radio) -> Iterator[Route]:
    try:
        from hardware_sim.bleak_backend import as_default, backend_for
    except ModuleNotFoundError as missing:
        raise ValueError(f"the process route needs bleak 3.1 or later ({missing}): pip install 'bleak>=3.1'") from None

    backend = backend_for(radio)
    with as_default(backend):
        try:
            yield ProcessRoute(backend)
        finally:
            backend.host.leave()


def run_program(
    route: Route, command: Sequence[str | os.PathLike[str]], limit_s: float, **how: Any
) -> subprocess.CompletedProcess[str]:
    """Run another program against the trackers and return how it ended and what it said.

    "python" stands for the interpreter of the tests. `subprocess.TimeoutExpired` after `limit_s` s; RuntimeError on the
    process route.
    """
    first, *rest = [os.fspath(part) for part in command]
    environment = {**os.environ, **(how.pop("env", None) or {}), **route.environment}
    program = sys.executable if first == "python" else first
    how = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL, **how}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [program, *rest], env=environment, timeout=limit_s, check=how.pop("check", False), **how
    )
    return done
