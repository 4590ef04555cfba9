"""A virtual BlueZ: org.bluez on a private bus, with a radio behind it.

The rule of this file: it starts, connects and ends the parts; what they do is theirs. Everything runs on one event
loop; D-Bus messages and the radio's calls take turns there.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from dbus_fast import Message, MessageType, NameFlag
from dbus_fast.aio import MessageBus

from hardware_sim.bluez.adapter import Adapter
from hardware_sim.bluez.agent import AgentManager, ProfileManager
from hardware_sim.bluez.bus import Bus
from hardware_sim.bluez.host import Answer, Host, Timer
from hardware_sim.bluez.outbox import Outbox
from hardware_sim.bluez.tree import OBJECTS, Tree, is_call
from hardware_sim.central import Central
from hardware_sim.faults import AdapterOff, BusDeath, Fault
from hardware_sim.schedule import LiveDriver, Schedule

_DAEMON, _DAEMON_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
_RULES = (
    f"type='signal',sender='{_DAEMON}',member='NameOwnerChanged',arg2=''",
    f"type='signal',interface='{OBJECTS}',path_namespace='/'",
)


class VirtualBlueZ:
    """The trackers of a radio as BlueZ shows them, for any program that gets `environment`.

    Use it with `async with`; BusError where there is no dbus-daemon. The radio's time runs from then on, or from
    `begin` with `started=False`. `agent=False` leaves out the agent of a desktop session, as on a headless machine.
    """

    def __init__(self, central: Central, *, agent: bool = True, started: bool = True) -> None:
        self.central = central
        self._agent, self._started = agent, started
        self._bus = Bus()
        self._messages: MessageBus | None = None
        self._outbox: Outbox | None = None
        self._driver: LiveDriver | None = None
        self._off: list[Fault] = []
        self._asked: dict[int, Answer] = {}
        self.adapter: Adapter | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what a program's environment must hold to meet this BlueZ."""
        return {"DBUS_SYSTEM_BUS_ADDRESS": self._bus.address}

    @property
    def bus_pid(self) -> int | None:
        """Return the process id of the private D-Bus daemon, None when it does not run."""
        return self._bus.pid

    async def __aenter__(self) -> Self:
        self._bus.start()
        try:
            await self._connect()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End everything: links, bus, daemon."""
        if self._driver is not None:
            self._driver.stop()
        if self.adapter is not None:
            for device in self.adapter.devices.values():
                device.part()
                device.gone()
        if (stop := getattr(self.central, "stop", None)) is not None:
            stop()
        if self._outbox is not None:
            self._outbox.close()
        if self._messages is not None:
            self._messages.disconnect()
            with contextlib.suppress(Exception):  # what broke the connection was seen when it broke
                await self._messages.wait_for_disconnect()  # type: ignore[no-untyped-call]
        self._bus.stop()

    def begin(self) -> None:
        """Let the radio's time run."""
        schedule = getattr(self.central, "schedule", None)
        if self._driver is None and isinstance(schedule, Schedule):
            self._driver = LiveDriver(schedule, asyncio.get_running_loop())

    def catch_up(self) -> None:
        """Bring the radio's time up to now; whoever acts on the radio from outside calls it first."""
        if self._driver is not None:
            self._driver.catch_up()

    def advance(self, by_s: float) -> None:
        """Let `by_s` s of the radio's time happen at once."""
        if self._driver is None:
            raise RuntimeError("the radio's time does not run yet")
        self._driver.advance(by_s)

    async def _connect(self) -> None:
        messages = MessageBus(bus_address=self._bus.address, negotiate_unix_fd=True)
        self._messages = messages
        await messages.connect()
        self._outbox = Outbox(messages)
        host = Host(Tree(self._outbox.send), self.central, self._after, self._ask, self.catch_up)
        agents = AgentManager(host, desktop=self._agent)
        self.adapter = Adapter(host, agents)
        host.tree.add(agents, ProfileManager(host))
        host.tree.add(self.adapter, self.adapter.monitors)
        messages.add_message_handler(lambda message: self._handle(host, message))
        for rule in _RULES:
            await messages.call(Message(_DAEMON, _DAEMON_PATH, _DAEMON, "AddMatch", signature="s", body=[rule]))
        if hasattr(self.central, "happened"):
            self.central.happened = self._happened
        if self._started:
            self.begin()
        await messages.request_name("org.bluez", NameFlag.DO_NOT_QUEUE)

    # ── messages ───────────────────────────────────────────────────────────────────────────────────────────────

    def _handle(self, host: Host, message: Message) -> bool:
        """Take a message of the bus; True where nobody else is to answer it."""
        if is_call(message):
            self.catch_up()
            host.tree.handle(message)
            return True
        if message.message_type != MessageType.SIGNAL:
            self._answered(message)
        elif self._messages is not None and message.sender != self._messages.unique_name:
            self._signalled(host, message)
        return False

    def _signalled(self, host: Host, message: Message) -> None:
        if message.member == "NameOwnerChanged" and message.sender == _DAEMON:
            self.catch_up()
            host.left(message.body[0])
        elif message.interface == OBJECTS and self.adapter is not None:
            self.catch_up()
            self.adapter.monitors.signalled(message)

    def _ask(self, message: Message, done: Answer) -> None:
        if self._messages is None or self._outbox is None or not self._messages.connected:
            done(None)
        else:
            self._asked[self._outbox.send(message)] = done

    def _answered(self, message: Message) -> None:
        done = self._asked.pop(message.reply_serial or 0, None)
        if done is not None:
            self.catch_up()
            done(message if message.message_type == MessageType.METHOD_RETURN else None)

    # ── the radio ──────────────────────────────────────────────────────────────────────────────────────────────

    def _after(self, delay_s: float, function: Callable[[], None]) -> Timer:
        schedule = getattr(self.central, "schedule", None)
        if isinstance(schedule, Schedule):
            return schedule.after(delay_s, function)
        return asyncio.get_running_loop().call_later(delay_s, function)

    def _happened(self, fault: Fault) -> None:
        """Carry out a fault of the host: the adapter goes off (and on when told again), the bus dies."""
        if isinstance(fault, BusDeath):
            self._bus.kill()
        elif isinstance(fault, AdapterOff) and self.adapter is not None:
            if fault in self._off:
                self._off.remove(fault)
            else:
                self._off.append(fault)
            self.adapter.block(bool(self._off))
