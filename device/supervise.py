"""The life of one tracker's connection as a state machine: when to look, connect, wait, and start again.

The rule of this file: no radio and no waiting here. What happens is told by a method with the time in s; `state`
is what is to be done now and `due_s` when `tick` is to be called at the latest. Only `stop` ends it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from device.link_errors import LinkReason


class State(Enum):
    """What is being done for a tracker."""

    IDLE = "idle"
    SCAN = "looking for it"
    CONNECT = "connecting"
    DISCOVER = "reading what it offers"
    BOND = "pairing"
    CONFIGURE = "starting its streams"
    STREAM = "streaming"
    STALE = "silent: disconnecting"
    BACKOFF = "waiting before the next attempt"
    OFF = "stopped"


@dataclass(frozen=True, slots=True)
class Limits:
    """Durations in s and the numbers behind them."""

    connect_s: float = 20.0
    operation_s: float = 5.0
    bond_s: float = 30.0
    configure_s: float = 60.0
    first_data_s: float = 5.0
    most_first_data_s: float = 30.0
    stale_floor_s: float = 3.0
    stale_periods: float = 5.0
    good_after_s: float = 30.0
    backoff_first_s: float = 0.25
    backoff_most_s: float = 30.0
    hold_most_s: float = 2.0
    """How long in s even an advertisement waits at most after repeated failures."""
    look_again_s: float = 10.0
    """How often in s a tracker that is not seen is looked for among those this computer already holds."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the person may want to know of a tracker: its state, why the last connection or attempt ended."""

    tracker: str
    state: State
    reason: LinkReason | None
    cause: str
    failures: int
    at_s: float
    missing: tuple[str, ...] = ()
    """What the tracker offers and refused to start, in words."""


#: The tracker was there and said no: an advertisement is no news, so the wait is not cut short.
_NO_NEWS = frozenset({LinkReason.NEEDS_BONDING, LinkReason.REFUSED, LinkReason.UNKNOWN_KIND})
_BUSY = frozenset({State.CONNECT, State.DISCOVER, State.BOND, State.CONFIGURE})
_UP = frozenset({State.DISCOVER, State.BOND, State.CONFIGURE, State.STREAM})
_LEARN = 0.2
_LONGEST_PERIOD_S = 10.0


class Supervisor:
    """One tracker's state; each method returns the state that follows. What does not fit the state is ignored."""

    def __init__(self, rng: np.random.Generator, limits: Limits | None = None) -> None:
        self.state = State.IDLE
        self.due_s = math.inf
        self.failures = 0
        """Attempts that failed since the last good stretch of streaming."""
        self.reason: LinkReason | None = None
        """Why the last attempt or connection ended; None while there was none."""
        self.cause = ""
        self.bond_is_stale = False
        """True when the bond that this computer remembers is to be forgotten before the next attempt."""
        self._rng, self._limits = rng, limits or Limits()
        self._streaming_since_s = math.nan
        self._data_s = math.nan
        self._period_s = 1.0
        self._hold_until_s = -math.inf
        self._bonded = self._unbonded = self._refreshed = self._seen = False
        self._silent_starts = 0

    # ── what the person and the radio say ──────────────────────────────────────────────────────────────────────

    def start(self, now_s: float) -> State:
        """Begin to look for the tracker."""
        return self._enter(State.SCAN, now_s) if self.state is State.IDLE else self.state

    def stop(self, now_s: float) -> State:
        """End for good: the person's word, from any state."""
        return self._enter(State.OFF, now_s)

    def advertised(self, now_s: float) -> State:
        """Take an advertisement: it ends the search, and the wait as soon as repeated failures allow."""
        if self.state is State.SCAN:
            return self._enter(State.CONNECT, now_s)
        if self.state is State.BACKOFF and self.reason not in _NO_NEWS:
            self._seen = True
            if now_s >= self._hold_until_s:
                return self._enter(State.CONNECT, now_s)
            self.due_s = min(self.due_s, self._hold_until_s)
        return self.state

    def connecting(self, now_s: float) -> State:
        """Note that the adapter is free and the attempt begins: its time counts from here."""
        return self._enter(State.CONNECT, now_s) if self.state is State.CONNECT else self.state

    def connected(self, now_s: float) -> State:
        """Note that the connection stands; what the tracker offers is read next."""
        if self.state is not State.CONNECT:
            return self.state
        self._bonded = False
        self._data_s, self._streaming_since_s, self._period_s = math.nan, math.nan, 1.0
        return self._enter(State.DISCOVER, now_s)

    def discovered(self, now_s: float) -> State:
        """Note that the services are known; the streams are started next."""
        return self._enter(State.CONFIGURE, now_s) if self.state is State.DISCOVER else self.state

    def needs_bond(self, now_s: float) -> State:
        """Take a refusal for want of pairing: pair once; then forget the old bond and look again, once; then it fails.

        A tracker that has lost its bond refuses although this computer thinks that they are paired.
        """
        if self.state not in (State.DISCOVER, State.CONFIGURE):
            return self.state
        if not self._bonded:
            self._bonded = True
            return self._enter(State.BOND, now_s)
        return self._rebond(now_s) if not self._unbonded else self.failed(LinkReason.NEEDS_BONDING, now_s)

    def _rebond(self, now_s: float) -> State:
        self._unbonded = self.bond_is_stale = True
        return self._enter(State.SCAN, now_s)

    def bonded(self, now_s: float) -> State:
        """Note that the tracker is paired; the streams are started again."""
        return self._enter(State.CONFIGURE, now_s) if self.state is State.BOND else self.state

    def configured(self, now_s: float) -> State:
        """Note that every stream is started; data must follow."""
        if self.state is not State.CONFIGURE:
            return self.state
        self._streaming_since_s = now_s
        self._enter(State.STREAM, now_s)
        if not math.isnan(self._data_s):
            self.due_s = now_s + self._silence_limit_s()
        return self.state

    def data(self, now_s: float) -> State:
        """Note a payload of a steady stream."""
        passed_s = now_s - self._data_s
        if 0.0 <= passed_s < _LONGEST_PERIOD_S:
            self._period_s += _LEARN * (passed_s - self._period_s)
        self._data_s = now_s
        if self.state is State.STREAM:
            self._silent_starts = 0
            self.due_s = now_s + self._silence_limit_s()
        return self.state

    def unsteady(self) -> State:
        """Note that none of the streams is steady: silence means nothing here, until data come."""
        if self.state is State.STREAM and math.isnan(self._data_s):
            self.due_s = math.inf
        return self.state

    def lost(self, now_s: float, cause: str = "") -> State:
        """Take the end of a connection that stood; one that ends over pairing has a bond that only we remember."""
        over_pairing = self.state is State.BOND or (self.state is State.CONFIGURE and self._bonded)
        if over_pairing and not self._unbonded:
            return self._rebond(now_s)
        return self._fall(LinkReason.LOST, now_s, cause) if self.state in _UP else self.state

    def failed(self, reason: LinkReason, now_s: float, cause: str = "") -> State:
        """Take the failure of an attempt."""
        return self._fall(reason, now_s, cause) if self.state in _BUSY else self.state

    @property
    def may_refresh(self) -> bool:
        """Return whether services that cannot be would be read anew, rather than be a failure."""
        return not self._refreshed

    def stale_services(self, reason: LinkReason, now_s: float) -> State:
        """Take services that cannot be: look again at once with the memory cleared, once; then it is a failure."""
        if self.state not in (State.DISCOVER, State.CONFIGURE):
            return self.state
        if self._refreshed:
            return self._fall(reason, now_s, "")
        self._refreshed = True
        return self._enter(State.SCAN, now_s)

    def disconnected(self, now_s: float) -> State:
        """Note that a silent tracker is disconnected; the next attempt waits for its turn."""
        return self._fall(LinkReason.SILENT, now_s, self.cause) if self.state is State.STALE else self.state

    def tick(self, now_s: float) -> State:
        """Let time pass: what is overdue is given up, what has waited long enough goes on."""
        if now_s < self.due_s:
            return self.state
        if self.state in _BUSY:
            return self._fall(LinkReason.TIMED_OUT, now_s, self.state.value)
        if self.state is State.STREAM:
            return self._silent(now_s)
        if self.state is State.STALE:
            return self.disconnected(now_s)
        if self.state is State.BACKOFF:
            return self._enter(State.CONNECT if self._seen else State.SCAN, now_s)
        return self._enter(self.state, now_s)

    # ── inside ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _enter(self, state: State, now_s: float) -> State:
        self.state = state
        self.due_s = now_s + self._allowed_s(state)
        return state

    def _allowed_s(self, state: State) -> float:
        limits = self._limits
        first_data_s = min(limits.most_first_data_s, limits.first_data_s * 2.0**self._silent_starts)
        return {
            State.SCAN: limits.look_again_s,
            State.CONNECT: limits.connect_s,
            State.DISCOVER: limits.configure_s,
            State.BOND: limits.bond_s,
            State.CONFIGURE: limits.configure_s,
            State.STREAM: first_data_s,
            State.STALE: limits.operation_s,
        }.get(state, math.inf)

    def _silence_limit_s(self) -> float:
        return max(self._limits.stale_floor_s, self._limits.stale_periods * self._period_s)

    def _silent(self, now_s: float) -> State:
        never = math.isnan(self._data_s)
        self._silent_starts = min(8, self._silent_starts + 1) if never else 0
        since_s = self._streaming_since_s if never else self._data_s
        self.cause = f"{'no first' if never else 'no'} data for {now_s - since_s:.1f} s"
        return self._enter(State.STALE, now_s)

    def _fall(self, reason: LinkReason, now_s: float, cause: str) -> State:
        """Wait before the next attempt: twice as long after each failure, anew after a good stretch."""
        limits = self._limits
        if self._data_s - self._streaming_since_s >= limits.good_after_s:
            self.failures = 0
            self._unbonded = self._refreshed = False
        self._streaming_since_s = math.nan
        self.failures += 1
        self.reason, self.cause, self._seen = reason, cause, False
        longest_s = min(limits.backoff_most_s, limits.backoff_first_s * 2.0 ** min(16, self.failures - 1))
        self._enter(State.BACKOFF, now_s)
        self.due_s = now_s + max(limits.backoff_first_s, longest_s * float(self._rng.uniform(0.5, 1.0)))
        self._hold_until_s = min(self.due_s, now_s + min(limits.hold_most_s, 0.25 * (self.failures - 1)))
        return self.state
