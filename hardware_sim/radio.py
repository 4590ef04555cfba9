"""The virtual radio: peripherals advertise, a central scans and connects, packets come out with delay and faults.

The rule of this file: one thread, no waiting, no clock of its own; everything happens as calls of the schedule, so the
same seed and the same requests give the same bytes at the same times. `central` says what a route sees of it.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence

from hardware_sim.central import Advertisement, ConnectError, GattLink
from hardware_sim.fault_plan import FaultPlan
from hardware_sim.faults import (
    AdapterOff,
    BondLost,
    BusDeath,
    Fault,
    concerns,
)
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import Peripheral
from hardware_sim.radio_link import RadioLink
from hardware_sim.schedule import Schedule
from hardware_sim.transcript import Transcript

GIVE_UP_S = 20.0


class Radio:
    """The central's side of the air (see `central.Central`), with every peripheral in reach."""

    def __init__(
        self,
        peripherals: Sequence[Peripheral],
        *,
        schedule: Schedule | None = None,
        link: LinkModel | None = None,
        faults: Sequence[Fault] = (),
        seed: int = 0,
    ) -> None:
        self.peripherals: tuple[Peripheral, ...] = ()
        self.schedule = schedule or Schedule()
        self.model = link or LinkModel()
        self.plan = FaultPlan(faults, seed)
        self.transcript = Transcript()
        self.links: dict[str, RadioLink] = {}
        self.bonds: set[str] = set()
        """Addresses that this host remembers a bond with."""
        self.happened: Callable[[Fault], None] = lambda fault: None
        """Called when the adapter goes off or on and when the bus dies; the route sets it."""
        self._seed = seed
        self._rng: dict[str, random.Random] = {}
        self._scanners: list[Callable[[Advertisement], None]] = []
        self._waiting: dict[str, _Attempt] = {}
        for one in peripherals:
            self.add(one)
        for fault in faults:
            self._arm(fault)

    def add(self, one: Peripheral) -> None:
        """Bring one more peripheral into reach; it advertises from now on."""
        self._rng[one.address] = random.Random(zlib.crc32(f"{self._seed} {one.address}".encode()))
        self.peripherals = (*self.peripherals, one)
        for fault in self.plan.faults:
            if concerns(fault, one.name):
                one.meet(fault)
        self._advertise(one)

    def find(self, name: str) -> Peripheral:
        """Return a peripheral by name or address; KeyError naming those there are."""
        for one in self.peripherals:
            if name in (one.name, one.address):
                return one
        raise KeyError(f"no tracker {name!r}; there are: {', '.join(p.name for p in self.peripherals)}")

    @property
    def adapter_on(self) -> bool:
        """Return whether the adapter is switched on."""
        return not self.plan.adapter_off(self.schedule.now_s)

    def inject(self, fault: Fault) -> None:
        """Let one more fault happen, from its own instants on."""
        self.plan.add(fault)
        for one in self.peripherals:
            if concerns(fault, one.name):
                one.meet(fault)
        self._arm(fault)
        for link in list(self.links.values()):
            link.meet(fault)

    # ── advertising and scanning ───────────────────────────────────────────────────────────────────────────────

    def _advertise(self, one: Peripheral) -> None:
        """Send one advertisement where somebody listens, and plan the next."""
        rng = self._rng[one.address]
        if self._listens(one) and self._on_air(one):
            heard = self._advertisement(one, rng)
            attempt = self._waiting.pop(one.address, None)
            for seen in list(self._scanners):
                seen(heard)
            if attempt is not None:
                self._establish(one, attempt)
        # Core 5.4, vol 6 part B, 4.4.2.2: a pseudo-random delay of 0 to 10 ms after each interval
        self.schedule.after(one.advertised.interval_s + rng.uniform(0.0, 0.01), lambda: self._advertise(one))

    def _listens(self, one: Peripheral) -> bool:
        return bool(self._scanners) or one.address in self._waiting

    def _on_air(self, one: Peripheral) -> bool:
        now_s = self.schedule.now_s
        return one.address not in self.links and self.adapter_on and not self.plan.away(one.name, now_s)

    def _advertisement(self, one: Peripheral, rng: random.Random) -> Advertisement:
        what = one.advertises(self.schedule.now_s)
        return Advertisement(
            address=one.address,
            name=what.name or one.name,
            rssi_dbm=self.model.rssi_dbm + round(rng.gauss(0.0, 2.5)),
            services=what.services,
            manufacturer=what.manufacturer,
            service_data=what.service_data,
            appearance=what.appearance,
            tx_power_dbm=what.tx_power_dbm,
        )

    def scan(self, seen: Callable[[Advertisement], None]) -> Callable[[], None]:
        """Call `seen` for each advertisement from now on; returns what stops it."""
        self._scanners.append(seen)

        def stop() -> None:
            if seen in self._scanners:
                self._scanners.remove(seen)

        return stop

    # ── connecting ─────────────────────────────────────────────────────────────────────────────────────────────

    def connect(self, address: str, done: Callable[[GattLink | ConnectError], None]) -> Callable[[], None]:
        """Connect when the peripheral is heard next, discover its services, then call `done` once."""
        attempt = _Attempt(done)
        name = next((p.name for p in self.peripherals if p.address == address), address)
        self.transcript.add(self.schedule.now_s, name, "connecting", "", b"")
        if not self.adapter_on:
            self.schedule.after(0.0, lambda: attempt.fail("Resource Not Ready", "org.bluez.Error.NotReady"))
        elif address in self._waiting or address in self.links:
            self.schedule.after(
                0.0, lambda: attempt.fail("Operation already in progress", "org.bluez.Error.InProgress")
            )
        else:
            self._waiting[address] = attempt
            self.schedule.after(GIVE_UP_S, lambda: self._give_up(address, attempt))
        return lambda: self._give_up(address, attempt, silently=True)

    def _give_up(self, address: str, attempt: _Attempt, silently: bool = False) -> None:
        if self._waiting.get(address) is attempt:
            del self._waiting[address]
        attempt.over = attempt.over or silently
        attempt.fail("le-connection-abort-by-local", flips_connected=False)

    def _establish(self, one: Peripheral, attempt: _Attempt) -> None:
        word = self.plan.connect_failure(one.name, self.schedule.now_s)
        if word is not None:
            self.schedule.after(self.model.connect_s, lambda: attempt.fail(word, flips_connected="abort" in word))
            return
        self.schedule.after(self.model.connect_s, lambda: self._connected(one, attempt))

    def _connected(self, one: Peripheral, attempt: _Attempt) -> None:
        if attempt.over:
            return
        if not self._on_air(one):
            attempt.fail("le-connection-abort-by-local", flips_connected=True)
            return
        link = RadioLink(self, one, self._rng[one.address])
        self.links[one.address] = link
        self.transcript.add(self.schedule.now_s, one.name, "connected", "", b"")
        one.outlet, one.link_mtu = link.notify, link.mtu
        one.linked(self.schedule.now_s)
        attempt.succeed(link)
        link.begin()

    def unpair(self, address: str) -> None:
        """Forget the bond with a peripheral."""
        self.bonds.discard(address)

    # ── faults that happen at an instant ───────────────────────────────────────────────────────────────────────

    def _arm(self, fault: Fault) -> None:
        if isinstance(fault, AdapterOff):
            self.schedule.at(fault.from_s, lambda: self._adapter(fault, "the adapter was switched off"))
            self.schedule.at(fault.to_s, lambda: self.happened(fault))
        if isinstance(fault, BusDeath):
            self.schedule.at(fault.at_s, lambda: self.happened(fault))
        if isinstance(fault, BondLost):
            for one in self.peripherals:
                if concerns(fault, one.name):
                    self.schedule.at(fault.at_s, lambda one=one: setattr(one, "bonds", False))  # type: ignore[misc]

    def _adapter(self, fault: AdapterOff, reason: str) -> None:
        for attempt in self._waiting.values():
            attempt.fail("Resource Not Ready", "org.bluez.Error.NotReady")
        self._waiting.clear()
        for link in list(self.links.values()):
            link.close(reason)
        self.happened(fault)


class _Attempt:
    """One connection attempt: it ends once, well or badly."""

    def __init__(self, done: Callable[[GattLink | ConnectError], None]) -> None:
        self._done, self.over = done, False

    def fail(self, word: str, error: str = "org.bluez.Error.Failed", *, flips_connected: bool = False) -> None:
        """End badly, unless it ended before."""
        if not self.over:
            self.over = True
            self._done(ConnectError(word, error=error, flips_connected=flips_connected))

    def succeed(self, link: GattLink) -> None:
        """End well."""
        self.over = True
        self._done(link)
