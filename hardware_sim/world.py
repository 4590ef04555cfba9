"""A world plays a scenario: frames in order of arrival, connections made and lost, and the truth beside them.

The rule of this file: the same scenario and seed give the same bytes, wherever the playing begins.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from hardware_sim.faults import Doubled, Garbled, LinkLoss, PacketLoss, Restart
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
        block = max(0, int(self.start_at_s // BLOCK_S) - 1)
        while block * BLOCK_S <= self.duration_s:
            for worn in self._worn:
                waiting += self._arrivals(worn, block)
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
        away = [_away(fault) for fault in self.scenario.faults if isinstance(fault, (LinkLoss, Restart))]
        made = [
            Connection(self.start_at_s, tracker.name, True)
            for tracker in self.trackers
            if not any(lost.tracker == tracker.name and lost.t_s <= self.start_at_s < back.t_s for lost, back in away)
        ]
        made += [change for pair in away for change in pair]
        return [change for change in made if change.t_s <= self.duration_s]

    def _arrivals(self, worn: Worn, block: int) -> list[Frame]:
        """Return what one tracker sends in a block, with the delay of the radio and the faults of the link."""
        from_s, to_s = block * BLOCK_S, (block + 1) * BLOCK_S
        sent = [packet for name in worn.tracker.sends for packet in SENDS[name](worn, from_s, to_s)]
        sent = [packet for packet in sent if packet[0] <= self.duration_s]
        sent.sort(key=lambda packet: packet[0])
        rng = worn.rng(9, block)
        # a connection event every 50 ms, now and then a packet that needs one or two more
        delay = 0.004 + rng.uniform(0.0, 0.05, len(sent)) + 0.05 * rng.geometric(0.93, len(sent)) - 0.05
        arrival = np.maximum.accumulate(np.array([packet[0] for packet in sent]) + delay) if sent else delay
        frames = [Frame(float(t), worn.tracker.name, c, p) for t, (_, c, p) in zip(arrival, sent, strict=True)]
        return list(self._spoiled(frames, worn.rng(10, block)))

    def _spoiled(self, frames: list[Frame], rng: np.random.Generator) -> Iterator[Frame]:
        faults = self.scenario.faults
        luck = rng.random((len(frames), 2))
        for frame, (dropped, broken) in zip(frames, luck.tolist(), strict=True):
            active = [f for f in faults if _concerns(f, frame)]
            if any(isinstance(f, (LinkLoss, Restart)) for f in active):
                continue
            if any(isinstance(f, PacketLoss) and dropped < f.share for f in active):
                continue
            if any(isinstance(f, Garbled) and broken < f.share for f in active):
                yield Frame(frame.t_s, frame.tracker, frame.characteristic, _garbled(frame.payload, rng))
                continue
            yield frame
            if any(isinstance(f, Doubled) for f in active):
                yield Frame(frame.t_s + 0.0007, frame.tracker, frame.characteristic, frame.payload)


def _away(fault: LinkLoss | Restart) -> tuple[Connection, Connection]:
    """Return how a connection is lost and comes back."""
    if isinstance(fault, LinkLoss):
        return Connection(fault.from_s, fault.tracker, False, fault.cause), Connection(fault.to_s, fault.tracker, True)
    back_s = fault.at_s + fault.away_s
    return Connection(fault.at_s, fault.tracker, False, "the tracker switched off"), Connection(
        back_s, fault.tracker, True
    )


def _concerns(fault: object, frame: Frame) -> bool:
    """Return whether a fault of a link touches a frame."""
    if isinstance(fault, (LinkLoss, Doubled, PacketLoss, Garbled)):
        return fault.tracker == frame.tracker and fault.from_s <= frame.t_s < fault.to_s
    if isinstance(fault, Restart):
        return fault.tracker == frame.tracker and fault.at_s <= frame.t_s < fault.at_s + fault.away_s
    return False


def _garbled(payload: bytes, rng: np.random.Generator) -> bytes:
    """Return a payload cut short or with one flipped bit."""
    if rng.random() < 0.5:
        return payload[: int(rng.integers(0, len(payload)))]
    position = int(rng.integers(0, 8 * len(payload)))
    changed = bytearray(payload)
    changed[position // 8] ^= 1 << (position % 8)
    return bytes(changed)
