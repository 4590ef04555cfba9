"""Which faults a hunt tries, in which order: each kind alone first, then those that follow each other, then chance.

The rule of this file: every fault here passes, so that a good program recovers from all of them; what no program can
survive (a dead bus, a tracker that needs a bond nobody gives) is not hunted with.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator

from hardware_sim.faults import (
    AdapterOff,
    Blackout,
    ClockJump,
    ClockReset,
    ConnectFailure,
    ConnectionInterval,
    Doubled,
    Fault,
    Garbled,
    LinkLoss,
    LowBattery,
    Oversized,
    PacketLoss,
    Reordered,
    Restart,
    SilentPeer,
    StaleServices,
    Stall,
)
from hardware_sim.hunt.trial import Anchor, Event

Schedule = tuple[Event, ...]
_BROKEN_SHARE = 0.35  # a flipped bit is one of many: only trying often shows the one that matters
_ABORT = "Software caused connection abort"  # BlueZ's word where the host gives up, which clients do not retry alone
LONGEST_S = 6.0
"""No schedule lasts longer than this, in s after the first data."""


def singles(wanted: Collection[tuple[str, str]]) -> Iterator[Schedule]:
    """Yield one schedule for each kind of fault, those first that break the most programs.

    `wanted` are the (tracker, UUID) that the program subscribes to.
    """
    every, trackers = "", sorted({tracker for tracker, _ in wanted})
    yield (Event(LinkLoss(every, 1.2, 2.2)),)
    yield (Event(Garbled(every, 1.0, 6.0, 0.7)),)
    yield (Event(Doubled(every, 1.0, 6.0)),)
    yield (Event(Blackout(every, 1.0, 6.0)),)
    yield (Event(LinkLoss(every, 1.2, 2.2)), Event(SilentPeer(every, 1.3, 4.0)))
    yield (Event(SilentPeer(every, 1.0, 6.0)),)
    yield (Event(Restart(every, 1.5, 1.5)),)
    yield (Event(ConnectFailure(every, 0.0, 30.0, times=1), Anchor.START),)
    yield (Event(LinkLoss(every, 1.2, 2.0)), Event(ConnectFailure(every, 1.2, 6.0, times=2)))
    yield (Event(LinkLoss(every, 1.2, 1.6)), Event(ConnectFailure(every, 1.2, 5.2, _ABORT, times=99)))
    yield (Event(LinkLoss(every, 1.0, 1.4)), Event(LinkLoss(every, 3.0, 3.4)), Event(LinkLoss(every, 5.0, 5.4)))
    yield (Event(AdapterOff(1.0, 3.0)),)
    yield (Event(ClockReset(every, 2.0)),)
    yield (Event(ClockJump(every, 2.0, 3600.0)),)
    yield (Event(ClockJump(every, 2.0, -3600.0)),)
    yield (Event(Reordered(every, 1.0, 6.0, 0.5, 2.5)),)
    yield (Event(Stall(every, 1.0, 5.0)),)
    yield (Event(Stall(every, 1.0, 3.6)),)  # short enough for a watchdog of 3 s, so that a burst follows
    yield (Event(Blackout(every, 1.0, 2.9)),)
    yield (Event(PacketLoss(every, 1.0, 6.0, 0.5)),)
    yield (Event(Oversized(every, 1.0, 6.0, 0.7)),)
    for tracker, uuid in sorted(wanted):
        yield (Event(LinkLoss(tracker, 1.2, 1.8)), Event(StaleServices(tracker, 1.2, 3.0, uuid)))
    yield (Event(LinkLoss(every, 1.2, 1.8)), Event(Doubled(every, 1.8, 6.0)))
    for share in (0.8, 0.9, 1.0):
        yield (Event(Garbled(every, 0.5, LONGEST_S, share)),)
    yield (Event(LowBattery(every, 2.0)),)
    yield (Event(ConnectionInterval(every, 1.0, 5.0, 1.0)),)
    yield (Event(ConnectFailure(every, 0.0, 30.0, "org.bluez.Error.InProgress", 1), Anchor.START),)
    for tracker in trackers if len(trackers) > 1 else ():
        yield (Event(LinkLoss(tracker, 1.2, 2.2)),)
        yield (Event(Blackout(tracker, 1.0, 6.0)),)


def _lasting(kind: Callable[..., Fault], shortest: float, longest: float) -> Callable[[str, random.Random], Fault]:
    def make(tracker: str, rng: random.Random) -> Fault:
        length = rng.uniform(shortest, longest)
        begin = rng.uniform(0.5, max(0.6, LONGEST_S - length))
        return kind(tracker, round(begin, 2), round(begin + length, 2))

    return make


def _sharing(kind: Callable[..., Fault]) -> Callable[[str, random.Random], Fault]:
    def make(tracker: str, rng: random.Random) -> Fault:
        begin = rng.uniform(0.5, 3.0)
        return kind(tracker, round(begin, 2), round(begin + rng.uniform(1.0, 3.0), 2), round(rng.uniform(0.2, 0.9), 1))

    return make


_MAKERS: tuple[Callable[[str, random.Random], Fault], ...] = (
    _lasting(LinkLoss, 0.1, 2.5),
    _lasting(LinkLoss, 0.1, 2.5),
    _lasting(Blackout, 0.5, 5.0),
    _lasting(SilentPeer, 1.0, 4.0),
    _lasting(Stall, 0.5, 4.0),
    _lasting(Doubled, 1.0, 4.0),
    _lasting(StaleServices, 0.5, 2.0),
    _sharing(Garbled),
    _sharing(Oversized),
    _sharing(Reordered),
    _sharing(PacketLoss),
    lambda tracker, rng: Restart(tracker, round(rng.uniform(0.5, 4.0), 2), round(rng.uniform(0.2, 2.0), 2)),
    lambda tracker, rng: ClockReset(tracker, round(rng.uniform(0.5, 5.0), 2)),
    lambda tracker, rng: ClockJump(tracker, round(rng.uniform(0.5, 5.0), 2), rng.choice((-3600.0, -2.0, 5.0, 86400.0))),
    lambda tracker, rng: ConnectFailure(tracker, 0.0, LONGEST_S, times=rng.randint(1, 3)),
    lambda tracker, rng: AdapterOff(a := round(rng.uniform(0.5, 3.0), 2), round(a + rng.uniform(0.5, 2.0), 2)),
)


def by_chance(trackers: tuple[str, ...], rng: random.Random) -> Schedule:
    """Return a schedule drawn by chance: two to five faults in order of time, or broken packets all along."""
    if rng.random() < _BROKEN_SHARE:
        return (Event(Garbled("", 0.5, LONGEST_S, 1.0)),)
    names = ("", *trackers)
    faults = [rng.choice(_MAKERS)(rng.choice(names), rng) for _ in range(rng.randint(2, 5))]
    return tuple(Event(fault) for fault in sorted(faults, key=lambda f: getattr(f, "from_s", getattr(f, "at_s", 0.0))))
