"""What the fixture `virtual_trackers` gives to a test: trackers to act on, and what the code under test did with them.

The rule of this file: a method that a test calls says in its docstring what it does on both routes; times are in s of
the radio, counted from the moment of the call unless a name says otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import math
import os
import subprocess
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hardware_sim import faults as catalogue
from hardware_sim.faults import Fault
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import Peripheral, full_uuid
from hardware_sim.pytest_plugin import routes
from hardware_sim.pytest_plugin.routes import ProcessRoute, Route
from hardware_sim.radio import Radio
from hardware_sim.transcript import Line, Transcript

if TYPE_CHECKING:
    import pytest

    from hardware_sim.bleak_backend import Backend

Value = TypeVar("Value")
Main = Coroutine[Any, Any, Value] | Callable[[], Coroutine[Any, Any, Value]]
_POLL_S = 0.02
_LONGEST_S = 6 * 3600.0
_INSTANTS = ("from_s", "to_s", "at_s")


class VirtualTrackers:
    """The trackers of one test; one is named as in its scenario ("strap"), by its address, or by the object itself."""

    def __init__(self, radio: Radio, route: Route) -> None:
        self.radio, self._route = radio, route
        self._kept = _Kept()
        radio.transcript = self._kept

    # ── what there is ──────────────────────────────────────────────────────────────────────────────────────────

    @property
    def route(self) -> str:
        """Return the name of the route: "dbus" or "process"."""
        return self._route.name

    @property
    def now_s(self) -> float:
        """Return the radio's time in s since the fixture was made."""
        return self._route.call(lambda: self.radio.schedule.now_s)

    @property
    def trackers(self) -> tuple[Peripheral, ...]:
        """Return every tracker in reach."""
        return self.radio.peripherals

    def tracker(self, name: str | Peripheral) -> Peripheral:
        """Return a tracker by name or address; KeyError naming those there are."""
        return name if isinstance(name, Peripheral) else self.radio.find(name)

    def address(self, tracker: str | Peripheral) -> str:
        """Return the Bluetooth address of a tracker."""
        return self.tracker(tracker).address

    def add(self, peripheral: Peripheral) -> Peripheral:
        """Bring a peripheral of one's own into reach and return it."""
        self._route.call(lambda: self.radio.add(peripheral))
        return peripheral

    # ── how code under test reaches it ─────────────────────────────────────────────────────────────────────────

    @property
    def client_backend(self) -> type:
        """Return what goes into `BleakClient(…, backend=…)` on the process route; RuntimeError on the other."""
        return self._backend.client

    @property
    def scanner_backend(self) -> type:
        """Return what goes into `BleakScanner(…, backend=…)` on the process route; RuntimeError on the other."""
        return self._backend.scanner

    @property
    def adapter_backend(self) -> type:
        """Return what goes into `BleakAdapter.get(backend=…)` on the process route; RuntimeError on the other."""
        return self._backend.adapter

    @property
    def _backend(self) -> Backend:
        if not isinstance(self._route, ProcessRoute):
            raise RuntimeError("on the dbus route bleak finds the trackers by itself; no backend is needed")
        return self._route.backend

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what another program's environment must hold; RuntimeError on the process route."""
        return self._route.environment

    def run(self, main: Main[Value], *, limit_s: float = 0.0) -> Value:
        """Run a coroutine, or a function that makes one, and return its result: on virtual time on the process route.

        TimeoutError when it takes longer than `limit_s` s; the limit is 6 h of virtual or 60 s of real time by default.
        """
        limit_s = limit_s or (_LONGEST_S if self.route == "process" else 60.0)
        return self._route.run(main() if callable(main) else main, limit_s)

    def run_program(
        self, command: Sequence[str | os.PathLike[str]], *, limit_s: float = 60.0, **how: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run another program against the trackers (dbus route); what it printed is in the result as text.

        "python" stands for the interpreter of the tests; other keywords go to `subprocess.run`.
        """
        return routes.run_program(self._route, command, limit_s, **how)

    # ── what happens to trackers ───────────────────────────────────────────────────────────────────────────────

    def drop(self, tracker: str | Peripheral, *, for_s: float = 5.0, cause: str = "supervision timeout") -> None:
        """Lose the link to a tracker now; it is out of reach for so many s."""
        self.inject("link-loss", tracker, for_s=for_s, cause=cause)

    def send(self, tracker: str | Peripheral, uuid: str, payload: bytes) -> None:
        """Notify a payload now; it arrives where the client is subscribed."""
        self._route.call(lambda: self.tracker(tracker).send(uuid, payload))

    def set_battery(self, tracker: str | Peripheral, percent: float) -> None:
        """Let the battery stand at so many per cent from now on, and tell the client that is subscribed."""
        self._route.call(lambda: self.tracker(tracker).set_battery(percent))

    def inject(
        self, fault: str | Fault, tracker: str | Peripheral = "", *, for_s: float | None = None, **arguments: Any
    ) -> Fault:
        """Let a fault happen (names: `hardware_sim.faults.FAULTS`) and return it; no tracker means every tracker.

        It begins now and lasts `for_s` s, or to the end of the test; `from_s`, `to_s` and `at_s` count from now too.
        A `Fault` is taken as it is.
        """

        def there() -> Fault:
            one = fault
            if isinstance(one, str):
                one = _from_now(one, tracker, self.radio.schedule.now_s, for_s, arguments)
            self.radio.inject(one)
            return one

        if isinstance(tracker, Peripheral):
            tracker = tracker.name
        elif tracker:
            tracker = self.tracker(tracker).name
        return self._route.call(there)

    def advance(self, seconds: float) -> None:
        """Let time happen at once: what trackers send meanwhile arrives in a burst. ValueError when negative.

        On virtual time the program's own timers are due after it; `await asyncio.sleep(seconds)` is the finer way.
        """
        self._route.advance(seconds)

    # ── what the code under test did ───────────────────────────────────────────────────────────────────────────

    def connected(self, tracker: str | Peripheral) -> bool:
        """Return whether the client is connected to a tracker."""
        address = self.address(tracker)
        return self._route.call(lambda: address in self.radio.links)

    def connections(self, tracker: str | Peripheral) -> int:
        """Return how often the client has connected to a tracker."""
        return sum(line.what == "connected" for line in self.events(tracker))

    def subscribed(self, tracker: str | Peripheral, uuid: str) -> bool:
        """Return whether the client is subscribed to a characteristic of a tracker."""
        one, wanted = self.tracker(tracker), full_uuid(uuid)

        def there() -> bool:
            link = self.radio.links.get(one.address)
            return link is not None and any(each.uuid == wanted for each in link.subscriptions)

        return self._route.call(there)

    def written(self, tracker: str | Peripheral, uuid: str) -> list[bytes]:
        """Return every value that the client has written to a characteristic, oldest first."""
        return [line.payload for line in self.events(tracker, uuid) if line.what in ("write", "command")]

    def events(self, tracker: str | Peripheral = "", uuid: str = "") -> list[Line]:
        """Return what went over the air except notifications, oldest first; of one tracker, on one characteristic."""
        name = self.tracker(tracker).name if tracker else ""
        wanted = full_uuid(uuid) if uuid else ""
        lines = self._route.call(lambda: list(self._kept.events))
        return [line for line in lines if name in ("", line.tracker) and wanted in ("", line.uuid)]

    def transcript(self, last: int = 200) -> str:
        """Return the last so many lines of what went over the air as text."""
        return self._route.call(lambda: self.radio.transcript.text(last))

    # ── waiting for it ─────────────────────────────────────────────────────────────────────────────────────────

    def wait_until(self, condition: Callable[[], bool], *, within_s: float = 10.0, what: str = "") -> None:
        """Return when a condition holds; AssertionError when it does not within so many real s.

        For tests whose code under test runs in a thread or a program; in a coroutine: `await until(…)`.
        """
        _refuse_in_a_loop()
        end_s = time.monotonic() + within_s
        while not condition():
            if time.monotonic() > end_s:
                raise AssertionError(f"{what or 'the condition'} did not hold within {within_s:g} s")
            time.sleep(_POLL_S)

    async def until(self, condition: Callable[[], bool], *, within_s: float = 10.0, what: str = "") -> None:
        """Return when a condition holds; AssertionError when it does not within so many s of the running loop."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + within_s
        while not condition():
            if loop.time() > end_s:
                raise AssertionError(f"{what or 'the condition'} did not hold within {within_s:g} s")
            await asyncio.sleep(_POLL_S)

    def wait_for_subscription(self, tracker: str | Peripheral, uuid: str, *, within_s: float = 10.0) -> None:
        """Return when the client has subscribed; AssertionError when it does not within so many real s."""
        self.wait_until(**self._subscription(tracker, uuid), within_s=within_s)

    def until_subscribed(self, tracker: str | Peripheral, uuid: str, *, within_s: float = 10.0) -> Awaitable[None]:
        """Wait in a coroutine until the client has subscribed; AssertionError when it does not within so many s."""
        return self.until(**self._subscription(tracker, uuid), within_s=within_s)

    def _subscription(self, tracker: str | Peripheral, uuid: str) -> Any:
        name = self.tracker(tracker).name
        return {
            "condition": lambda: self.subscribed(tracker, uuid),
            "what": f"a subscription to {uuid} of {name}",
        }


class _Kept(Transcript):
    """A transcript that keeps every event which is not a notification."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Line] = []

    def add(self, t_s: float, tracker: str, what: str, uuid: str, payload: bytes) -> None:
        super().add(t_s, tracker, what, uuid, payload)
        if what != "notify":
            self.events.append(Line(t_s, tracker, what, uuid, payload))


def wanted(
    scenario: str | None = "",
    *,
    default: str = "auto",
    seed: int = 0,
    faults: Sequence[Fault] = (),
    peripherals: Sequence[Peripheral | Callable[[], Peripheral]] = (),
    link: LinkModel | None = None,
    route: str = "",
) -> Callable[[pytest.MonkeyPatch], contextlib.AbstractContextManager[VirtualTrackers]]:
    """Return what opens the trackers that a test asked for; ValueError or TypeError where that cannot be.

    `scenario` is a name or a TOML file; without it and with `peripherals` there are only those. A peripheral may be
    given as a function that makes it, so that tests share no state.
    """
    known = tuple(catalogue.FAULTS.values())
    for one in faults:
        if not isinstance(one, known):
            raise TypeError(f"{one!r} is no fault; make one with hardware_sim.faults.fault(name, …)")
    own = [one if isinstance(one, Peripheral) else one() for one in peripherals]
    chosen = scenario if scenario or scenario is None else (None if own else "default")
    radio = _radio(chosen, own, seed, faults, link)

    @contextlib.contextmanager
    def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualTrackers]:
        with routes.opened(route or default, radio, monkeypatch) as way:
            yield VirtualTrackers(radio, way)

    return opened


def _radio(
    scenario: str | None, own: Sequence[Peripheral], seed: int, faults: Sequence[Fault], link: LinkModel | None
) -> Radio:
    if scenario is None:
        return Radio(own, link=link, faults=faults, seed=seed)
    from hardware_sim.scenarios import scenario as of_name
    from hardware_sim.served import peripherals

    chosen = of_name(os.fspath(scenario) if isinstance(scenario, Path) else scenario)
    served = peripherals(chosen, seed)
    return Radio([*served, *own], link=link, faults=[*chosen.faults, *faults], seed=seed)


def _from_now(
    name: str, tracker: str | Peripheral, now_s: float, for_s: float | None, arguments: dict[str, Any]
) -> Fault:
    """Return a fault whose instants count from now."""
    kind = catalogue.FAULTS.get(name)
    has = set(inspect.signature(kind).parameters) if kind is not None else set()
    given = {key: value + now_s if key in _INSTANTS else value for key, value in arguments.items()}
    for key in {"from_s", "at_s"} & has:
        given.setdefault(key, now_s)
    if "to_s" in has:
        given.setdefault("to_s", given["from_s"] + (math.inf if for_s is None else for_s))
    if "tracker" in has:
        given.setdefault("tracker", str(tracker))
    return catalogue.fault(name, **given)


def _refuse_in_a_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("inside a coroutine wait with `await virtual_trackers.until(…)` or `until_subscribed(…)`")
