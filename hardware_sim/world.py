"""A world plays a scenario: frames in order of arrival, connections made and lost, and the truth beside them.

The rule of this file: the same scenario and seed give the same bytes, wherever the playing begins.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from hardware_sim.offline import Chances, Spoiler
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.trackers import BLOCK_S, SENDS, Worn, wear
from hardware_sim.truth import Truth, happen


@dataclass(frozen=True, slots=True)
class Frame:
    """One notification as it reaches the host: arrival in s of the scenario, tracker, characteristic, bytes."""

    t_s: float
    tracker: str
    characteristic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Connection:
    """A tracker's connection made (`up`) or lost at an instant in s, with the cause of a loss."""

    t_s: float
    tracker: str
    up: bool
    cause: str = ""


class World:
    """One run of a scenario; `start_at_s` begins in the middle with the bytes of the whole run's rest."""

    def __init__(self, scenario: Scenario, seed: int = 0, start_at_s: float = 0.0) -> None:
        if not start_at_s >= 0.0:
            raise ValueError(f"a world cannot begin before its start: {start_at_s!r}")
        unknown = [s for t in scenario.trackers for s in t.sends if s not in SENDS]
        if unknown:
            raise ValueError(f"no tracker can send {unknown[0]!r}; known: {', '.join(SENDS)}")
        self.scenario = scenario
        self.seed = seed
        self.start_at_s = start_at_s
        self.truth: Truth = happen(scenario, np.random.default_rng((seed, 1)))
        self._worn = tuple(
            wear(t, scenario, self.truth, (seed, zlib.crc32(t.name.encode()))) for t in scenario.trackers
        )
        self._spoilers = tuple(Spoiler(scenario, tracker) for tracker in scenario.trackers)
        self._frozen: dict[tuple[str, float], dict[str, bytes]] = {}

    @property
    def duration_s(self) -> float:
        """Return when the run ends, in s of the scenario."""
        return self.truth.duration_s

    @property
    def start_unix_s(self) -> float:
        """Return the Unix time in s of second 0."""
        return self.scenario.place.start_unix_s

    @property
    def trackers(self) -> tuple[Tracker, ...]:
        """Return the trackers in the order of the scenario."""
        return self.scenario.trackers

    def frames(self) -> Iterator[Frame]:
        """Yield every notification in order of arrival."""
        return (event for event in self.events() if isinstance(event, Frame))

    def events(self) -> Iterator[Frame | Connection]:
        """Yield notifications and changes of connections in order of arrival."""
        waiting: list[Frame | Connection] = [*self._connections()]
        needed_s = min((s.needed_from_s(self.start_at_s) for s in self._spoilers), default=self.start_at_s)
        block = max(0, int(needed_s // BLOCK_S) - 1)
        while block * BLOCK_S <= self.duration_s:
            for worn, spoiler in zip(self._worn, self._spoilers, strict=True):
                waiting += self._arrivals(worn, spoiler, block)
            block += 1
            waiting.sort(key=attrgetter("t_s"))
            yield from self._due(waiting, block * BLOCK_S)
            waiting = [event for event in waiting if event.t_s >= block * BLOCK_S]
        yield from self._due(waiting, np.inf)

    def _due(self, waiting: list[Frame | Connection], until_s: float) -> Iterator[Frame | Connection]:
        for event in waiting:
            if event.t_s >= until_s:
                return
            if event.t_s >= self.start_at_s:
                yield event

    def _connections(self) -> list[Connection]:
        """Return the changes of connections within the run; at the beginning those connect that are in reach."""
        made, changes = [], []
        for tracker, spoiler in zip(self.trackers, self._spoilers, strict=True):
            if not any(one.from_s <= self.start_at_s < one.to_s for one in spoiler.outages):
                made.append(Connection(self.start_at_s, tracker.name, True))
            for one in spoiler.outages:
                if one.from_s > 0.0:
                    changes.append(Connection(one.from_s, tracker.name, False, one.cause))
                changes.append(Connection(one.to_s, tracker.name, True))
        return [change for change in [*made, *changes] if change.t_s <= self.duration_s]

    def _arrivals(self, worn: Worn, spoiler: Spoiler, block: int) -> list[Frame]:
        """Return what one tracker sends in a block, with the delay of the radio and the faults of the link."""
        sent = [packet for packet in self._sent(worn, spoiler, block) if packet[0] <= self.duration_s]
        sent.sort(key=lambda packet: packet[0])
        rng = worn.rng(9, block)
        # a connection event every 50 ms, now and then a packet that needs one or two more
        delay = 0.004 + rng.uniform(0.0, 0.05, len(sent)) + 0.05 * rng.geometric(0.93, len(sent)) - 0.05
        sent_s = np.array([packet[0] for packet in sent])
        ready_s = spoiler.ready_s(sent_s)
        delay = np.where(ready_s > sent_s, 0.0, delay * spoiler.slowness(sent_s))
        arrival = np.maximum.accumulate(ready_s + delay)
        chances = Chances(worn.rng(10, block), worn.rng(12, block))
        luck = chances.usual.random((len(sent), 2)).tolist()
        return [
            Frame(at_s, worn.tracker.name, characteristic, arrived)
            for t_s, (_, characteristic, payload), (dropped, broken) in zip(arrival.tolist(), sent, luck, strict=True)
            for at_s, arrived in spoiler.arrived(t_s, payload, (dropped, broken), chances)
        ]

    def _sent(self, worn: Worn, spoiler: Spoiler, block: int) -> Iterator[tuple[float, str, bytes]]:
        """Yield what leaves one tracker in a block: a frozen one repeats what it sent last."""
        for name in worn.tracker.sends:
            for t_s, characteristic, payload in SENDS[name](worn, block * BLOCK_S, (block + 1) * BLOCK_S):
                if not spoiler.sent(name, t_s):
                    continue
                since_s = spoiler.frozen_from_s(t_s)
                if since_s is not None:
                    payload = self._last(worn, since_s).get(characteristic, payload)
                yield t_s, characteristic, payload

    def _last(self, worn: Worn, before_s: float) -> dict[str, bytes]:
        """Return the last bytes that a tracker sent on each characteristic before an instant in s."""
        key = (worn.tracker.name, before_s)
        if key not in self._frozen:
            found: dict[str, tuple[float, bytes]] = {}
            for name in worn.tracker.sends:
                for block in range(int(before_s // BLOCK_S), -1, -1):
                    sent = [s for s in SENDS[name](worn, block * BLOCK_S, (block + 1) * BLOCK_S) if s[0] < before_s]
                    if sent:
                        t_s, characteristic, payload = max(sent, key=lambda packet: packet[0])
                        if t_s > found.get(characteristic, (-1.0, b""))[0]:
                            found[characteristic] = (t_s, payload)
                        break
            self._frozen[key] = {characteristic: payload for characteristic, (_, payload) in found.items()}
        return self._frozen[key]
