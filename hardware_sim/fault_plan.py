"""The faults of a run as the radio asks for them: what holds now, what a payload becomes.

The rule of this file: no time of its own and no action; what becomes of a notification depends on the seed, on what it
is and when it was sent, never on what came before it, so that the same client meets the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

from hardware_sim.faults import (
    AdapterOff,
    Blackout,
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
    ends_s,
)
from hardware_sim.peripheral import Service, full_uuid

Kind = TypeVar("Kind")
_AGAIN_S = 0.0007
_AWAY = (LinkLoss, Restart)


class FaultPlan:
    """All faults of one radio; `add` brings in another while it runs."""

    def __init__(self, faults: Sequence[Fault], seed: int) -> None:
        self.faults: list[Fault] = list(faults)
        self._seed = seed
        self._failed: dict[int, int] = {}
        self._last: dict[tuple[str, str], bytes] = {}

    def add(self, fault: Fault) -> None:
        """Take one more fault."""
        self.faults.append(fault)

    def of(self, tracker: str, kind: type[Kind]) -> list[Kind]:
        """Return the faults of a kind that concern a tracker."""
        return [f for f in self.faults if isinstance(f, kind) and concerns(f, tracker)]

    def now(self, tracker: str, kind: type[Kind], at_s: float) -> Kind | None:
        """Return the first fault of a kind that holds for a tracker at an instant in s."""
        return next((f for f in self.of(tracker, kind) if active(f, at_s)), None)  # type: ignore[arg-type]

    def adapter_off(self, at_s: float) -> bool:
        """Return whether the adapter is switched off at an instant in s."""
        return self.now("", AdapterOff, at_s) is not None

    def away(self, tracker: str, at_s: float) -> bool:
        """Return whether a tracker is switched off or out of reach at an instant in s."""
        return any(self.now(tracker, kind, at_s) for kind in (*_AWAY, Blackout))

    def dead_until_s(self, tracker: str, at_s: float) -> float:
        """Return the end in s of the blackout that holds at an instant, the instant itself without one."""
        until_s = at_s
        while (dark := self.now(tracker, Blackout, until_s)) is not None:
            until_s = dark.to_s
        return until_s

    def interval_s(self, tracker: str, usual_s: float, at_s: float) -> float:
        """Return the connection interval in s at an instant."""
        changed = self.now(tracker, ConnectionInterval, at_s)
        return changed.interval_s if changed else usual_s

    def mtu(self, tracker: str, usual: int, at_s: float) -> int:
        """Return the MTU in bytes of a link made at an instant."""
        short = self.now(tracker, ShortMtu, at_s)
        return min(usual, short.mtu) if short else usual

    def silent(self, tracker: str, at_s: float) -> bool:
        """Return whether a tracker answers nothing at an instant in s."""
        return self.now(tracker, SilentPeer, at_s) is not None

    def table(self, tracker: str, services: Sequence[Service], at_s: float) -> Sequence[Service]:
        """Return the table that is shown to who connects at an instant in s: an old one lacks a service."""
        stale = self.now(tracker, StaleServices, at_s)
        if stale is None or len(services) < 2:
            return services
        if not stale.without:
            return services[:-1]
        hidden = full_uuid(stale.without)
        return [one for one in services if hidden not in (one.uuid, *(each.uuid for each in one.characteristics))]

    def needs_bonding(self, tracker: str, at_s: float) -> bool:
        """Return whether every value of a tracker needs a bonded link at an instant in s."""
        return self.now(tracker, NeedsBonding, at_s) is not None

    def connect_failure(self, tracker: str, at_s: float) -> str | None:
        """Return the word with which connecting fails at an instant in s, None where it succeeds; counts it."""
        for place, fault in enumerate(self.faults):
            if not isinstance(fault, ConnectFailure) or not concerns(fault, tracker) or not active(fault, at_s):
                continue
            if self._failed.get(place, 0) < fault.times:
                self._failed[place] = self._failed.get(place, 0) + 1
                return fault.word
        return None

    def spoil(
        self, tracker: str, stream: str, sent_s: float, payload: bytes, *, answer: bool = False
    ) -> Iterator[tuple[float, bytes]]:
        """Yield what becomes of a notification: instants in s at which it is ready for the air, and its bytes.

        An `answer` is no measurement: it is indicated and confirmed, so that it neither freezes nor gets lost.
        """
        held = [f for f in self.faults if concerns(f, tracker) and active(f, sent_s)]
        if not held:
            self._last[tracker, stream] = payload
            yield sent_s, payload
            return
        kinds = {type(f): f for f in held}
        if answer:
            kinds = {kind: fault for kind, fault in kinds.items() if kind not in (Frozen, PacketLoss)}
        chance = random.Random(f"{self._seed} {tracker} {stream} {sent_s:.4f} {payload.hex()}")
        if SilentPeer in kinds or LinkLoss in kinds or Restart in kinds or _drawn(chance, kinds.get(PacketLoss)):
            return
        if Frozen in kinds:
            payload = self._last.get((tracker, stream), payload)
        self._last[tracker, stream] = payload
        ready_s = _held_until_s(chance, sent_s, kinds)
        changed = _changed(chance, payload, kinds)
        yield ready_s, changed
        if Doubled in kinds:
            yield ready_s + _AGAIN_S, changed


def _drawn(chance: random.Random, fault: PacketLoss | Garbled | Oversized | Reordered | object | None) -> bool:
    return fault is not None and chance.random() < fault.share  # type: ignore[attr-defined]


def _held_until_s(chance: random.Random, sent_s: float, kinds: dict[type, Fault]) -> float:
    if Stall in kinds:
        return ends_s(kinds[Stall])
    late = kinds.get(Reordered)
    if isinstance(late, Reordered) and _drawn(chance, late):
        return sent_s + chance.uniform(0.1, 1.0) * late.by_s
    return sent_s


def _changed(chance: random.Random, payload: bytes, kinds: dict[type, Fault]) -> bytes:
    if _drawn(chance, kinds.get(Garbled)):
        return garbled(payload, chance)
    if _drawn(chance, kinds.get(Oversized)):
        return payload + chance.randbytes(chance.randint(1, 20))
    return payload


def garbled(payload: bytes, chance: random.Random) -> bytes:
    """Return a payload cut short or with one flipped bit, half of them in its first three bytes."""
    if not payload or chance.random() < 0.5:
        return payload[: chance.randrange(max(1, len(payload)))]
    reach = min(3, len(payload)) if chance.random() < 0.5 else len(payload)
    place = chance.randrange(8 * reach)
    changed = bytearray(payload)
    changed[place // 8] ^= 1 << (place % 8)
    return bytes(changed)
