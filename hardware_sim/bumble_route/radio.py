"""The virtual radio with a real host stack on both sides: bumble's ATT, SMP and HCI over our own air.

The rule of this file: what a route sees is `central.Central`, as with the plain radio; what happens in between are
HCI commands and events, ATT requests and pairing. It runs in real time (or on a virtual loop) and needs an event loop
from its first call on; whoever drives the schedule drives it too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bumble import core, device, hci, host, keys
from bumble.transport.common import AsyncPipeSink

from hardware_sim import advertising
from hardware_sim.bumble_route.air import AirController, AirLink
from hardware_sim.bumble_route.link import BumbleLink
from hardware_sim.bumble_route.tracker import TrackerHost, new_device
from hardware_sim.central import Advertisement, ConnectError, GattLink
from hardware_sim.fault_plan import FaultPlan
from hardware_sim.faults import AdapterOff, BondLost, BusDeath, Fault, concerns
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import Peripheral, Service, address_of
from hardware_sim.schedule import Schedule
from hardware_sim.transcript import Transcript

if TYPE_CHECKING:
    from bumble.device import Connection

GIVE_UP_S = 20.0
ABORTED = "le-connection-abort-by-local"
_SHORTEST_MS = 7.5  # Core 5.4, vol 6 part B, 4.5.1


class BumbleRadio:
    """The central's side of the air (see `central.Central`), with every peripheral on a host stack of its own."""

    def __init__(
        self,
        peripherals: Sequence[Peripheral],
        *,
        schedule: Schedule | None = None,
        link: LinkModel | None = None,
        faults: Sequence[Fault] = (),
        seed: int = 0,
    ) -> None:
        self.peripherals: tuple[Peripheral, ...] = tuple(peripherals)
        self.schedule = schedule or Schedule()
        self.model = link or LinkModel()
        self.plan = FaultPlan(faults, seed)
        self.transcript = Transcript()
        self.links: dict[str, BumbleLink] = {}
        self.happened: Callable[[Fault], None] = lambda fault: None
        """Called when the adapter goes off or on and when the bus dies; the route sets it."""
        self._air = AirLink(self.model, self.plan, self.schedule, seed)
        self._keys = keys.MemoryKeyStore()
        self._scanners: list[Callable[[Advertisement], None]] = []
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._attempts: dict[str, _Attempt] = {}
        self._tables: dict[str, tuple[Service, ...]] = {}
        self._wanted = ""
        """The address that the controller may connect to; empty while it waits for none."""
        self._failures: dict[str, str] = {}
        self._tasks: set[asyncio.Future[None]] = set()
        self._scanning, self._connecting = asyncio.Lock(), asyncio.Lock()
        self._starting: asyncio.Future[None] | None = None
        self._host: device.Device | None = None
        for fault in faults:
            self._arm(fault)

    def add(self, one: Peripheral) -> None:
        """Bring one more peripheral into reach; it advertises from now on, or from the start on."""
        self.peripherals = (*self.peripherals, one)
        if self._starting is not None:
            self._spawn(self._bring_later(one))

    async def _bring_later(self, one: Peripheral) -> None:
        await self.start()
        await self._bring(one)

    def find(self, name: str) -> Peripheral:
        """Return a peripheral by name or address; KeyError naming those there are."""
        for one in self.peripherals:
            if name in (one.name, one.address):
                return one
        raise KeyError(f"no tracker {name!r}; there are: {', '.join(p.name for p in self.peripherals)}")

    @property
    def adapter_on(self) -> bool:
        """Return whether the adapter is switched on."""
        return not self.plan.adapter_off(self.schedule.clock_s())

    @property
    def bonds(self) -> set[str]:
        """Return the addresses that this host remembers a bond with."""
        return set(self._keys.all_keys)

    def inject(self, fault: Fault) -> None:
        """Let one more fault happen, from its own instants on."""
        self.plan.add(fault)
        self._arm(fault)
        self._air.meet(fault)
        for link in list(self.links.values()):
            link.meet(fault)

    # ── the stacks ─────────────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Power on every host stack; the first scan or connection does it where nobody has."""
        if self._starting is None:
            self._starting = asyncio.ensure_future(self._start())
        await asyncio.shield(self._starting)

    async def _start(self) -> None:
        central = AirController("", self._air)
        central.refuse = self._refuse
        self._host = new_device("host", address_of("host"), _Stack(central))
        self._host.keystore = self._keys
        self._host.on(self._host.EVENT_ADVERTISEMENT, self._advertised)
        self._host.on(self._host.EVENT_CONNECTION, self._linked)
        await self._host.power_on()
        for one in self.peripherals:
            await self._bring(one)

    async def _bring(self, one: Peripheral) -> None:
        stack = _Stack(AirController(one.name, self._air))
        tracker = TrackerHost(one, stack, plan=self.plan, schedule=self.schedule, transcript=self.transcript)
        await tracker.start()

    def stop(self) -> None:
        """End every link, fall silent, and leave nothing behind on the event loop."""
        for wire in list(self._air.wires.values()):
            wire.cut(hci.HCI_ErrorCode.CONNECTION_TERMINATED_BY_LOCAL_HOST_ERROR)
        for one in self._air.controllers:
            one.le_legacy_advertiser.stop()
        for task in [*self._tasks, *([self._starting] if self._starting else [])]:
            task.cancel()

    # ── scanning ───────────────────────────────────────────────────────────────────────────────────────────────

    def scan(self, seen: Callable[[Advertisement], None]) -> Callable[[], None]:
        """Call `seen` for each advertisement from now on; returns what stops it."""
        self._scanners.append(seen)
        self._listen()

        def stop() -> None:
            if seen in self._scanners:
                self._scanners.remove(seen)
                self._listen()

        return stop

    def _listen(self) -> None:
        self._spawn(self._set_scanning())

    async def _set_scanning(self) -> None:
        """Scan while a route scans or waits for a tracker to connect to, as the kernel does."""
        await self.start()
        assert self._host is not None
        async with self._scanning:
            wanted = bool(self._scanners or self._waiting)
            if wanted != self._host.is_scanning:
                await (self._host.start_scanning() if wanted else self._host.stop_scanning())

    def _advertised(self, heard: device.Advertisement) -> None:
        address = str(heard.address)
        said = advertising.decode(bytes(heard.data))
        seen = Advertisement(
            address=address,
            name=said.name,
            rssi_dbm=heard.rssi,
            services=said.services,
            manufacturer=said.manufacturer,
            service_data=said.service_data,
            appearance=said.appearance,
            tx_power_dbm=said.tx_power_dbm,
            random_address=not heard.address.is_public,
        )
        waiting = self._waiting.get(address)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
        for scanner in list(self._scanners):
            scanner(seen)

    # ── connecting ─────────────────────────────────────────────────────────────────────────────────────────────

    def connect(self, address: str, done: Callable[[GattLink | ConnectError], None]) -> Callable[[], None]:
        """Connect when the peripheral is heard next, discover its services, then call `done` once."""
        attempt = _Attempt(done)
        name = next((p.name for p in self.peripherals if p.address == address), address)
        self.note(name, "connecting")
        soon = asyncio.get_running_loop().call_soon
        if not self.adapter_on:
            soon(attempt.fail, ConnectError("Resource Not Ready", error="org.bluez.Error.NotReady"))
        elif address in self._attempts or address in self.links:
            soon(attempt.fail, ConnectError("Operation already in progress", error="org.bluez.Error.InProgress"))
        else:
            self._attempts[address] = attempt
            attempt.task = self._spawn(self._try(address, name, attempt))
        return lambda: self._give_up(address, attempt)

    def _give_up(self, address: str, attempt: _Attempt) -> None:
        attempt.fail(ConnectError(ABORTED))
        if attempt.task is not None:
            attempt.task.cancel()

    async def _try(self, address: str, name: str, attempt: _Attempt) -> None:
        """Make one attempt from waiting for an advertisement to the table of services."""
        link: BumbleLink | None = None
        begun = False
        try:
            async with asyncio.timeout(GIVE_UP_S):
                await self._heard(address)
                connection = await self._made(address)
                begun = True
                link = BumbleLink(self, connection, name)
                await link.begin(self._tables.get(address))
        except (core.BaseBumbleError, hci.HCI_Error, TimeoutError):
            attempt.fail(ConnectError(self._failures.pop(name, ABORTED), flips_connected=begun))
        except asyncio.CancelledError:
            # bumble cancels a request when its link is lost: not a cancellation of this task
            attempt.fail(ConnectError(ABORTED, flips_connected=True))
        finally:
            self._attempts.pop(address, None)
            if attempt.over and link is not None:
                link.end("disconnected by the host")
        if link is not None and not attempt.over:
            self._connected(address, name, link, attempt)

    async def _heard(self, address: str) -> None:
        """Wait until the tracker is heard."""
        self._waiting[address] = asyncio.get_running_loop().create_future()
        self._listen()
        try:
            await self._waiting[address]
        finally:
            del self._waiting[address]
            self._listen()

    async def _made(self, address: str) -> Connection:
        """Return the connection that the controller makes at one of the next advertisements."""
        assert self._host is not None
        interval_ms = max(_SHORTEST_MS, 1000.0 * self.model.interval_s)
        wished = device.ConnectionParametersPreferences(
            connection_interval_min=interval_ms,
            connection_interval_max=interval_ms,
            supervision_timeout=round(1000.0 * self.model.supervision_s),
        )
        async with self._connecting:
            self._wanted = address
            try:
                return await self._host.connect_le(
                    hci.Address(address, hci.Address.RANDOM_DEVICE_ADDRESS), {hci.Phy.LE_1M: wished}
                )
            except asyncio.CancelledError:
                self._spawn(self._cancel())
                raise
            finally:
                self._wanted = ""

    async def _cancel(self) -> None:
        """Let the controller wait for no tracker any more."""
        assert self._host is not None
        try:
            await self._host.send_sync_command(hci.HCI_LE_Create_Connection_Cancel_Command())
        except hci.HCI_Error:
            return  # the connection was made in the same instant: `_linked` ends it

    def _linked(self, connection: Connection) -> None:
        if str(connection.peer_address) != self._wanted:
            self._spawn(connection.disconnect())

    def _refuse(self, name: str) -> bool:
        """Return whether a fault lets the attempt on a tracker fail, and keep the word for it."""
        word = self.plan.connect_failure(name, self.schedule.clock_s())
        if word is not None:
            self._failures[name] = word
        return word is not None

    def _connected(self, address: str, name: str, link: BumbleLink, attempt: _Attempt) -> None:
        self._tables[address] = tuple(link.services)
        link.show(self.plan.table(name, link.services, self.schedule.clock_s()))
        self.links[address] = link
        self.note(name, "connected")
        attempt.succeed(link)
        link.live()

    def unpair(self, address: str) -> None:
        """Forget the bond with a peripheral, and its table of services."""
        self._keys.all_keys.pop(address, None)
        self._tables.pop(address, None)

    # ── what the links tell ────────────────────────────────────────────────────────────────────────────────────

    def knows_bond(self, address: str) -> bool:
        """Return whether this host remembers a bond with an address."""
        return address in self._keys.all_keys

    def remember(self, address: str, name: str, bond: keys.PairingKeys) -> None:
        """Keep the keys of a pairing."""
        self._keys.all_keys[address] = bond
        self.note(name, "bonded")

    def cut_because(self, address: str) -> str:
        """Return the words of the fault that cut the last link to an address; empty where none did."""
        return self._air.causes.pop(address, "")

    def link_ended(self, address: str, name: str, reason: str) -> None:
        """Note the end of a link."""
        self.links.pop(address, None)
        self.note(name, f"disconnected: {reason}")

    def note(self, name: str, what: str, uuid: str = "", payload: bytes = b"") -> None:
        """Note an event in the transcript."""
        self.transcript.add(self.schedule.clock_s(), name, what, uuid, payload)

    def _spawn(self, work: Awaitable[None]) -> asyncio.Future[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # ── faults that happen at an instant ───────────────────────────────────────────────────────────────────────

    def _arm(self, fault: Fault) -> None:
        for one in self.peripherals:
            if concerns(fault, one.name):
                one.meet(fault)
                if isinstance(fault, BondLost):
                    self.schedule.at(fault.at_s, lambda one=one: setattr(one, "bonds", False))  # type: ignore[misc]
        if isinstance(fault, AdapterOff):
            self.schedule.at(fault.from_s, lambda: self._adapter(fault))
            self.schedule.at(fault.to_s, lambda: self.happened(fault))
        if isinstance(fault, BusDeath):
            self.schedule.at(fault.at_s, lambda: self.happened(fault))

    def _adapter(self, fault: AdapterOff) -> None:
        for attempt in list(self._attempts.values()):
            attempt.fail(ConnectError("Resource Not Ready", error="org.bluez.Error.NotReady"))
            if attempt.task is not None:
                attempt.task.cancel()
        for link in list(self.links.values()):
            link.end("the adapter was switched off")
        self.happened(fault)


class _Attempt:
    """One connection attempt: it ends once, well or badly."""

    def __init__(self, done: Callable[[GattLink | ConnectError], None]) -> None:
        self._done, self.over = done, False
        self.task: asyncio.Future[None] | None = None

    def fail(self, error: ConnectError) -> None:
        """End badly, unless it ended before."""
        if not self.over:
            self.over = True
            self._done(error)

    def succeed(self, link: GattLink) -> None:
        """End well."""
        self.over = True
        self._done(link)


class _Stack(host.Host):
    """A host that speaks HCI with a controller, and survives that who gave a command does not wait for its answer."""

    def __init__(self, controller: AirController) -> None:
        super().__init__(controller, AsyncPipeSink(controller))

    def on_command_processed(
        self, event: hci.HCI_Command_Complete_Event[hci.HCI_ReturnParameters] | hci.HCI_Command_Status_Event
    ) -> None:
        """Take the answer to a command."""
        if self.pending_response is not None and self.pending_response.cancelled():
            self.pending_response = None  # the answer then only gives the credit for the next command back
        super().on_command_processed(event)
