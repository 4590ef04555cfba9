"""Packets of several trackers in, samples on one time line out; every loss a Gap with its cause.

The rule of this file: nothing is invented and nothing is silent. Time is arrival time, or the device's own time
where it sends one, in s since the first packet. The same packets give the same samples however they are chunked.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable

from device.channel import Counts
from device.ledger import Ledger
from device.link import LinkEvent, LinkState, Packet
from device.readers import ArrivalReader, Clocks, OpenTrackerReader, Who
from device.readers_timed import GSP_DATA, GSP_WRITE, PMD_CONTROL, PMD_DATA, MovesenseReader, PolarReader
from device.wire import device_information, p8
from device.wire.profiles import FACTS, PROFILES, short_uuid
from edge.samples import DeviceInfo, Samples

_P8_DATA = short_uuid(p8.DATA)
_DEVICE_NAME = "2A00"
_TEXTS = frozenset({"2A24", "2A25", "2A26", "2A29"})
#: What is read or answered while a tracker is set up, and holds no samples.
_OF_THE_SETUP = frozenset({short_uuid(uuid) for uuid in (p8.FEATURES, p8.CONTROL, p8.TIME)}) | set(FACTS)


class TrackerSession:
    """Turns packets and link events into samples; one session for all trackers of a run.

    When two trackers send the same stream, the first keeps it until it falls silent; then the other takes over.
    """

    def __init__(self, *, start_s: float | None = None) -> None:
        """Begin with the first packet, or count from `start_s` (arrival time line) when a run is resumed."""
        self._begin(Ledger(math.nan if start_s is None else start_s))

    def _begin(self, ledger: Ledger) -> None:
        self._ledger, self._clocks = ledger, Clocks()
        self._arrival = ArrivalReader(ledger)
        self._open_tracker = OpenTrackerReader(ledger, self._clocks)
        self._polar = PolarReader(ledger, self._clocks)
        self._movesense = MovesenseReader(ledger, self._clocks)
        self._who: dict[str, Who] = {}
        self._told_who: dict[str, DeviceInfo] = {}

    @property
    def counts(self) -> Counts:
        """Return what the session met, in packets."""
        return self._ledger.counts

    @property
    def battery_percent(self) -> dict[str, float]:
        """Return the last battery level of each tracker that told one, in per cent."""
        return self._ledger.battery_percent

    def who(self, tracker: str) -> Who:
        """Return what a tracker says of itself so far."""
        return self._who.get(tracker, Who())

    def feed(self, event: Packet | LinkEvent) -> tuple[Samples, ...]:
        """Return the samples and gaps that a packet or link event brings, in time order within each stream."""
        if math.isnan(self._ledger.start_s) and isinstance(event, Packet):
            self._ledger.start_s = event.arrival_s
        told = [*self._polar.overdue(event.arrival_s), *self._ledger.watch(event.arrival_s)]
        if isinstance(event, LinkEvent):
            return (*told, *self._link(event))
        self.counts.packets += 1
        return (*told, *self._packet(event))

    def feed_all(self, events: Iterable[Packet | LinkEvent]) -> tuple[Samples, ...]:
        """Return what `feed` returns for each event, joined."""
        return tuple(samples for event in events for samples in self.feed(event))

    def finish(self, arrival_s: float) -> tuple[Samples, ...]:
        """Return what waits and the gaps that are still open when the session ends at an arrival time in s."""
        ledger, waiting = self._ledger, self._polar.lost("")
        return (*waiting, *ledger.settle(), *ledger.watch(arrival_s), *ledger.still_silent(arrival_s))

    def _link(self, event: LinkEvent) -> list[Samples]:
        ledger = self._ledger
        if event.state is LinkState.CONNECTED:
            return [*self._introduced(event.tracker)]
        if event.state is LinkState.DROPPED:
            key = short_uuid(event.characteristic)
            return [*ledger.dropped(event.tracker, key, event.arrival_s, event.cause)]
        if event.state is LinkState.CLOSED:
            return [*self.finish(event.arrival_s)]
        cause = f"connection lost: {event.cause}" if event.cause else "connection lost"
        return [*self._polar.lost(event.tracker), *ledger.lost(event.tracker, event.arrival_s, cause)]

    def _packet(self, packet: Packet) -> list[Samples]:
        key = short_uuid(packet.characteristic)
        if key == _P8_DATA:
            return self._open_tracker.read(packet)
        if key == PMD_DATA:
            return self._polar.read(packet)
        if key == GSP_DATA:
            return self._movesense.read(packet)
        if key in PROFILES:
            return self._arrival.read(packet, key, PROFILES[key], self.who(packet.tracker))
        self._aside(packet, key)
        return []

    def _aside(self, packet: Packet, key: str) -> None:
        """Take what holds no samples: who the tracker is, how its streams were started."""
        if key == PMD_CONTROL:
            self._polar.control(packet)
        elif key == GSP_WRITE:
            self._movesense.command(packet)
        elif key == _DEVICE_NAME or key in _TEXTS:
            self._who[packet.tracker] = _known_better(self.who(packet.tracker), key, packet.payload)
        elif key not in _OF_THE_SETUP:
            self.counts.unknown += 1

    def _introduced(self, tracker: str) -> tuple[DeviceInfo, ...]:
        """Return who a tracker is, once, when it has said something new of itself."""
        device = self.who(tracker).device
        if device in (DeviceInfo(), self._told_who.get(tracker)):
            return ()
        self._told_who[tracker] = device
        return (device,)

    # ── state ──────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self) -> str:
        """Return the whole state as text for `restore`."""
        return json.dumps(
            {
                "ledger": self._ledger.save(),
                "clocks": self._clocks.save(),
                "arrival": self._arrival.save(),
                "polar": self._polar.save(),
                "movesense": self._movesense.save(),
                "who": {tracker: dataclasses.asdict(who) for tracker, who in self._who.items()},
                "told_who": {tracker: dataclasses.asdict(device) for tracker, device in self._told_who.items()},
            }
        )

    @classmethod
    def restore(cls, saved: str) -> TrackerSession:
        """Return the session that `save` described; ValueError where the text is none."""
        state = json.loads(saved)
        session = cls()
        session._begin(Ledger.restore(state["ledger"]))
        session._clocks.restore(state["clocks"])
        session._arrival.restore(state["arrival"])
        session._polar.restore(state["polar"])
        session._movesense.restore(state["movesense"])
        session._who = {t: Who(DeviceInfo(**row["device"]), row["name"]) for t, row in state["who"].items()}
        session._told_who = {tracker: DeviceInfo(**row) for tracker, row in state["told_who"].items()}
        return session


def _known_better(who: Who, key: str, payload: bytes) -> Who:
    text = device_information.parse(payload)
    if key == _DEVICE_NAME:
        return dataclasses.replace(who, name=text or who.name)
    (part,) = device_information.samples(key, text)
    return dataclasses.replace(who, device=device_information.joined(part, who.device))
