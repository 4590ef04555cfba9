"""The faults of a scenario as a world without a radio meets them: outages, and what becomes of notifications.

The rule of this file: chance is drawn anew for each block of time, so that a world that begins in the middle meets the
same faults. A host is assumed that connects again as soon as it can, and pairs where it is asked to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hardware_sim.faults import (
    AdapterOff,
    Blackout,
    BondLost,
    BusDeath,
    ConnectFailure,
    ConnectionInterval,
    Doubled,
    Fault,
    Frozen,
    Garbled,
    LinkLoss,
    NeedsBonding,
    Oversized,
    PacketLoss,
    Reordered,
    Restart,
    ShortMtu,
    SilentPeer,
    StaleServices,
    Stall,
    active,
    concerns,
)
from hardware_sim.scenario import Scenario, Tracker

Array = NDArray[np.float64]
USUAL_INTERVAL_S = 0.05
_AGAIN_S = 0.0007
_NO_ANSWER_S = 30.0  # Core 5.4, vol 3 part F, 3.3.3
_TRY_S = 1.0
_PAIR_S = 5.0
_BURST_S = 0.003


@dataclass(frozen=True, slots=True)
class Outage:
    """A tracker has no connection from one instant to another in s, and why."""

    from_s: float
    to_s: float
    cause: str


def outages(scenario: Scenario, tracker: Tracker) -> tuple[Outage, ...]:
    """Return when a tracker has no connection, in order of time and without overlap."""
    mine = [fault for fault in scenario.faults if concerns(fault, tracker.name)]
    found = [one for fault in mine if (one := _outage(fault, scenario, tracker)) is not None]
    begun = [Outage(0.0, 0.0, "")] if any(isinstance(f, ConnectFailure) and active(f, 0.0) for f in mine) else []
    failures = [fault for fault in mine if isinstance(fault, ConnectFailure)]
    merged: list[Outage] = []
    for one in sorted([*begun, *found], key=lambda one: one.from_s):
        late = Outage(one.from_s, _connected_s(one.to_s, failures), one.cause or "connecting failed")
        if merged and late.from_s <= merged[-1].to_s:
            merged[-1] = Outage(merged[-1].from_s, max(merged[-1].to_s, late.to_s), merged[-1].cause)
        else:
            merged.append(late)
    return tuple(merged)


def _outage(fault: Fault, scenario: Scenario, tracker: Tracker) -> Outage | None:
    if isinstance(fault, LinkLoss):
        return Outage(fault.from_s, fault.to_s, fault.cause)
    if isinstance(fault, Restart):
        return Outage(fault.at_s, fault.at_s + fault.away_s, "the tracker switched off")
    if isinstance(fault, AdapterOff):
        return Outage(fault.from_s, fault.to_s, "the adapter was switched off")
    if isinstance(fault, BusDeath):
        return Outage(fault.at_s, np.inf, "the system bus died")
    if isinstance(fault, NeedsBonding):
        return Outage(fault.from_s, fault.to_s, "the tracker asks for a bond")
    if isinstance(fault, BondLost) and tracker.needs_bond:
        return Outage(fault.at_s, fault.at_s + _PAIR_S, "the tracker lost its bond")
    if isinstance(fault, Blackout):
        lost_s = fault.from_s + scenario.link.supervision_s
        return Outage(lost_s, fault.to_s, "supervision timeout") if lost_s <= fault.to_s else None
    if isinstance(fault, SilentPeer):
        lost_s = fault.from_s + _NO_ANSWER_S
        return Outage(lost_s, fault.to_s, "the tracker did not answer within 30 s") if lost_s <= fault.to_s else None
    return None


def _connected_s(tried_s: float, failures: Sequence[ConnectFailure]) -> float:
    """Return when a connection stands that is first tried at an instant in s and then each second."""
    for fault in failures:
        if active(fault, tried_s):
            tried_s = min(tried_s + fault.times * _TRY_S, fault.to_s)
    return tried_s


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance of one block: of packet loss and broken packets, and of the other faults."""

    usual: np.random.Generator
    extra: np.random.Generator


class Spoiler:
    """What becomes of the notifications of one tracker on their way."""

    def __init__(self, scenario: Scenario, tracker: Tracker) -> None:
        self.outages = outages(scenario, tracker)
        self._faults = tuple(fault for fault in scenario.faults if concerns(fault, tracker.name))
        self._supervision_s = scenario.link.supervision_s
        self._last_stream = tracker.sends[-1] if len(tracker.sends) > 1 else ""
        self._stale = tuple(self._without_last())

    def needed_from_s(self, start_s: float) -> float:
        """Return from when on in s the tracker has to be played to have all that arrives from `start_s` on."""
        held = [f.from_s for f in self._faults if isinstance(f, (Stall, Blackout)) and f.from_s <= start_s <= f.to_s]
        late = [start_s - f.by_s for f in self._faults if isinstance(f, Reordered)]
        return min([start_s, *held, *late])

    def sent(self, name: str, sent_s: float) -> bool:
        """Return whether a stream's packet leaves the tracker: not in silence, in a blackout, behind an old table."""
        if any(isinstance(f, SilentPeer) and active(f, sent_s) for f in self._faults):
            return False
        if any(isinstance(f, Blackout) and active(f, sent_s) and self._lasts(f) for f in self._faults):
            return False
        return name != self._last_stream or not any(begin <= sent_s < end for begin, end in self._stale)

    def ready_s(self, sent_s: Array) -> Array:
        """Return when packets (n,) sent at instants in s can go; what was held back goes in one burst."""
        ready = sent_s.copy()
        for fault in self._faults:
            if isinstance(fault, Stall) or (isinstance(fault, Blackout) and not self._lasts(fault)):
                held = (sent_s >= fault.from_s) & (sent_s < fault.to_s)
                part = (sent_s[held] - fault.from_s) / (fault.to_s - fault.from_s)
                ready[held] = fault.to_s + _BURST_S * part
        return ready

    def slowness(self, sent_s: Array) -> Array:
        """Return how many times the usual connection interval it is for packets (n,)."""
        factor = np.ones(len(sent_s))
        for fault in self._faults:
            if isinstance(fault, ConnectionInterval):
                factor[(sent_s >= fault.from_s) & (sent_s < fault.to_s)] = fault.interval_s / USUAL_INTERVAL_S
        return factor

    def frozen_from_s(self, sent_s: float) -> float | None:
        """Return since when the tracker repeats itself at an instant in s, None while it measures."""
        return next((f.from_s for f in self._faults if isinstance(f, Frozen) and active(f, sent_s)), None)

    def arrived(
        self, at_s: float, payload: bytes, luck: tuple[float, float], rng: Chances
    ) -> Iterator[tuple[float, bytes]]:
        """Yield instants in s and bytes of what arrives in the place of a notification due at an instant in s."""
        if any(one.from_s <= at_s < one.to_s for one in self.outages):
            return
        now = [fault for fault in self._faults if active(fault, at_s)]
        if any(isinstance(f, PacketLoss) and luck[0] < f.share for f in now):
            return
        if any(isinstance(f, Garbled) and luck[1] < f.share for f in now):
            yield at_s, garbled(payload, rng.usual)
            return
        for fault in now:
            payload, at_s = _changed(fault, payload, at_s, rng.extra)
        yield at_s, payload
        if any(isinstance(f, Doubled) for f in now):
            yield at_s + _AGAIN_S, payload

    def _lasts(self, fault: Blackout) -> bool:
        return fault.to_s - fault.from_s >= self._supervision_s

    def _without_last(self) -> Iterator[tuple[float, float]]:
        """Yield the connections that were made with an old table, from and to in s."""
        made = [0.0, *(one.to_s for one in self.outages)]
        lost = [*(one.from_s for one in self.outages), np.inf]
        for begin_s, end_s in zip(made, lost, strict=True):
            if any(isinstance(f, StaleServices) and active(f, begin_s) for f in self._faults):
                yield begin_s, end_s


def _changed(fault: Fault, payload: bytes, at_s: float, rng: np.random.Generator) -> tuple[bytes, float]:
    """Return what a fault makes of a notification's bytes and arrival."""
    if isinstance(fault, ShortMtu):
        return payload[: fault.mtu - 3], at_s
    if isinstance(fault, Oversized) and rng.random() < fault.share:
        return payload + rng.bytes(int(rng.integers(1, 21))), at_s
    if isinstance(fault, Reordered) and rng.random() < fault.share:
        return payload, at_s + float(rng.uniform(0.1, 1.0)) * fault.by_s
    return payload, at_s


def garbled(payload: bytes, rng: np.random.Generator) -> bytes:
    """Return a payload cut short or with one flipped bit."""
    if rng.random() < 0.5:
        return payload[: int(rng.integers(0, len(payload)))]
    position = int(rng.integers(0, 8 * len(payload)))
    changed = bytearray(payload)
    changed[position // 8] ^= 1 << (position % 8)
    return bytes(changed)
