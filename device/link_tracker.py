"""One tracker's connection, kept up until the person stops it: the state machine's hands.

The rule of this file: `supervise` decides, this does; every step ends by its deadline, and whatever a step raises
becomes a word to the state machine. Call-backs only copy bytes and the time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from device.link import LinkEvent, LinkState, Packet
from device.link_central import Advertisement, Central, Characteristic, Peripheral
from device.link_errors import LinkError, LinkReason
from device.link_outbox import Outbox
from device.link_profiles import Tries, recipes_for, set_up, wind_down
from device.link_recipe import Setup
from device.link_scan import Scanner
from device.link_talk import Talk, in_time
from device.supervise import Limits, Report, State, Supervisor

_log = logging.getLogger(__name__)
_FAREWELL_S = 2.0
_CLEAN_UP_S = 2.0
DEVICE_NAME = "2A00"
"""What a tracker calls itself; taken from its advertisement, since systems keep the characteristic to themselves."""
_DEFECTS_TOLD = 3


@dataclass(slots=True)
class Radio:
    """What all trackers of one adapter share; `now_s` is the clock that arrivals are stamped with."""

    central: Central
    scanner: Scanner
    outbox: Outbox
    now_s: Callable[[], float]
    wall_unix_s: Callable[[], float]
    report: Callable[[Report], None]
    limits: Limits = field(default_factory=Limits)


class TrackerTask:
    """Keeps one tracker connected; `run` ends after `stop`, and never else."""

    def __init__(self, tracker: str, radio: Radio, machine: Supervisor) -> None:
        self.tracker, self.machine = tracker, machine
        self._radio = radio
        self._peripheral: Peripheral | None = None
        self._talk: Talk | None = None
        self._setup = Setup()
        self._told_up = self._introduced = self._forgotten = False
        self._news, self._gone = asyncio.Event(), asyncio.Event()
        self._lost_cause = self._name = ""
        self._told_state = State.IDLE
        self._advertised: frozenset[str] = frozenset()
        self._absent: set[str] = set()
        self._tries = Tries(radio.now_s)
        self._step: asyncio.Future[None] | None = None
        self.defects = 0
        """Steps that ended with an error that is none of a link."""

    async def run(self) -> None:
        """Look, connect, stream and start again until `stop`."""
        self.machine.start(self._now_s())
        steps = {
            State.SCAN: self._look,
            State.BACKOFF: self._wait_out,
            State.CONNECT: self._connect,
            State.DISCOVER: self._discover,
            State.BOND: self._bond,
            State.CONFIGURE: self._configure,
            State.STREAM: self._stream,
            State.STALE: self._let_go,
        }
        try:
            while (state := self.machine.state) is not State.OFF:
                self._tell_state()
                self._step = asyncio.ensure_future(steps[state]())
                await asyncio.wait({self._step})
                await self._judge(self._step)
        finally:
            if self._step is not None:
                self._step.cancel()
            self._told_up = False  # the person's own word is no loss
            await self._part("stopped", farewell=True)
            self._tell_state()

    def stop(self) -> None:
        """End the connection for good; `run` returns when the tracker has been told."""
        self.machine.stop(self._now_s())
        if self._step is not None:
            self._step.cancel()

    async def _judge(self, step: asyncio.Future[None]) -> None:
        """Make a failure of whatever a step raised: a defect of ours or of a library must not end the recording."""
        error = None if step.cancelled() else step.exception()
        if error is None:
            return
        self.defects += 1
        _log.error("a step of the link failed", exc_info=error if self.defects <= _DEFECTS_TOLD else None)
        self.machine.failed(LinkReason.FAILED, self._now_s(), type(error).__name__)
        self.machine.lost(self._now_s(), type(error).__name__)
        await asyncio.sleep(self._radio.limits.backoff_first_s)

    # ── steps ──────────────────────────────────────────────────────────────────────────────────────────────────

    async def _look(self) -> None:
        if self.machine.bond_is_stale:
            self.machine.bond_is_stale = False
            await self._part(LinkReason.NEEDS_BONDING.sentence)
            with contextlib.suppress(LinkError):
                forgetting = self._radio.central.forget_bond(self.tracker)
                await in_time(forgetting, self._radio.limits.operation_s, "forgetting the bond")
            self._forgotten = True
        with self._radio.scanner.looking(self._seen):
            if not self._forgotten:  # what was just forgotten may still look connected, and has to advertise anew
                await self._take_if_held()
            self._forgotten = False
            await self._pause()

    async def _take_if_held(self) -> None:
        """Go on at once with a tracker that this computer is connected to already: such a one does not advertise."""
        with contextlib.suppress(LinkError):
            held = await in_time(self._radio.central.held(), self._radio.limits.operation_s, "asking for trackers")
            if self.tracker in held:
                self.machine.advertised(self._now_s())

    async def _wait_out(self) -> None:
        reason = self.machine.reason
        await self._part(self.machine.cause or (reason.sentence if reason else ""))
        with self._radio.scanner.looking(self._seen):
            while self.machine.state is State.BACKOFF:
                await self._pause()

    async def _connect(self) -> None:
        async with self._radio.scanner.adapter():
            if self.machine.connecting(self._now_s()) is not State.CONNECT:
                return
            self._gone, self._lost_cause = asyncio.Event(), ""
            gone = self._gone
            try:
                connecting = self._radio.central.connect(self.tracker, lambda: self._lost(gone))
                self._peripheral = await in_time(connecting, self._radio.limits.connect_s, "connecting", _CLEAN_UP_S)
            except LinkError as error:
                self.machine.failed(error.reason, self._now_s(), error.detail)
                return
        self.machine.connected(self._now_s())
        if gone.is_set():
            self.machine.lost(self._now_s(), self._lost_cause)

    async def _discover(self) -> None:
        assert self._peripheral is not None
        limits = self._radio.limits
        self._talk = Talk(self._peripheral, self._heard, self._gone, limits.operation_s, self._radio.wall_unix_s)
        self._setup = Setup()
        if not recipes_for(self._talk.services):
            await self._look_again(LinkReason.UNKNOWN_KIND)
            return
        missing = {one.service for one in recipes_for(self._advertised)} - self._talk.services - self._absent
        if missing and self.machine.may_refresh:
            self._absent |= missing  # a tracker may advertise what it does not have: asked once, then believed
            await self._look_again(LinkReason.STALE_SERVICES)
            return
        self.machine.discovered(self._now_s())

    async def _bond(self) -> None:
        assert self._talk is not None
        try:
            await self._talk.pair(self._radio.limits.bond_s)
        except LinkError as error:
            if error.reason is LinkReason.LOST or self._gone.is_set():
                self.machine.lost(self._now_s(), error.detail)
                return
            self._tries.unpaired(self._setup)
            self.machine.failed(LinkReason.NEEDS_BONDING, self._now_s(), error.detail)
        else:
            self.machine.bonded(self._now_s())

    async def _configure(self) -> None:
        assert self._talk is not None
        if not self._introduced and self._name:
            name = Packet(self.tracker, DEVICE_NAME, self._now_s(), self._name.encode())
            self._radio.outbox.put(name)
        try:
            await set_up(self._talk, self._setup, self._tries, introduce=not self._introduced)
        except LinkError as error:
            await self._refused(error)
        else:
            self._introduced = True
            if self.machine.configured(self._now_s()) is State.STREAM:
                if not self._setup.steady:
                    self.machine.unsteady()
                self._up()

    async def _refused(self, error: LinkError) -> None:
        """Answer what went wrong while starting the streams."""
        if error.reason is LinkReason.NEEDS_BONDING:
            self.machine.needs_bond(self._now_s())
        elif error.reason is LinkReason.STALE_SERVICES:
            await self._look_again(LinkReason.STALE_SERVICES)
        elif error.reason is LinkReason.LOST or self._gone.is_set():
            self.machine.lost(self._now_s(), self._lost_cause or error.detail)
        else:
            self.machine.failed(error.reason, self._now_s(), error.detail)

    async def _look_again(self, reason: LinkReason) -> None:
        """Have the computer forget what the tracker offered, once, and find it anew."""
        if self.machine.stale_services(reason, self._now_s()) is State.SCAN:
            await self._part(reason.sentence)
            with contextlib.suppress(LinkError):
                forgetting = self._radio.central.forget_services(self.tracker)
                await in_time(forgetting, self._radio.limits.operation_s, "clearing the service cache")
            self._forgotten = True

    async def _stream(self) -> None:
        assert self._talk is not None
        polling = asyncio.create_task(self._setup.poll(self._talk))
        try:
            while self.machine.state is State.STREAM:
                await self._pause()
        finally:
            polling.cancel()
            await asyncio.wait({polling}, timeout=_FAREWELL_S)

    async def _let_go(self) -> None:
        await self._part(self.machine.cause, farewell=True)
        self.machine.disconnected(self._now_s())

    # ── what comes in ──────────────────────────────────────────────────────────────────────────────────────────

    def _seen(self, advertisement: Advertisement) -> None:
        if advertisement.address == self.tracker:
            self._name = advertisement.name or self._name
            self._advertised |= frozenset(advertisement.services)
            self.machine.advertised(self._now_s())
            self._news.set()

    def _heard(self, characteristic: Characteristic, payload: bytes) -> None:
        now_s = self._now_s()
        self._radio.outbox.put(Packet(self.tracker, characteristic.uuid, now_s, payload))
        if characteristic.uuid in self._setup.steady:
            self.machine.data(now_s)

    def _lost(self, gone: asyncio.Event) -> None:
        gone.set()
        if gone is self._gone:
            self.machine.lost(self._now_s(), "out of range or switched off")
            self._news.set()

    # ── bookkeeping ────────────────────────────────────────────────────────────────────────────────────────────

    def _now_s(self) -> float:
        return self._radio.now_s()

    async def _pause(self) -> None:
        """Wait until something happens or the state is due, then let the machine know the time."""
        self._news.clear()
        ahead_s = self.machine.due_s - self._now_s()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, ahead_s) if math.isfinite(ahead_s) else None):
                await self._news.wait()
        self.machine.tick(self._now_s())

    def _up(self) -> None:
        self._told_up = True
        self._radio.outbox.put(LinkEvent(self.tracker, LinkState.CONNECTED, self._now_s()))

    async def _part(self, cause: str, farewell: bool = False) -> None:
        """Say that the connection is over and end what is left of it, streams first where the tracker still hears."""
        peripheral, self._peripheral = self._peripheral, None
        talk, self._talk = self._talk, None
        if self._told_up:
            self._told_up = False
            self._radio.outbox.put(LinkEvent(self.tracker, LinkState.LOST, self._now_s(), cause))
        if peripheral is None:
            return
        with contextlib.suppress(LinkError):
            if farewell and talk is not None and not self._gone.is_set():
                await in_time(wind_down(talk, self._setup), _FAREWELL_S, "stopping streams")
        with contextlib.suppress(LinkError):
            await in_time(peripheral.disconnect(), self._radio.limits.operation_s, "disconnecting")

    def _tell_state(self) -> None:
        machine = self.machine
        if machine.state is not self._told_state:
            self._told_state = machine.state
            _log.debug("%s: %s", self.tracker, machine.state.value)
            missing = tuple(f"{name}: {reason.sentence}" for name, reason in self._setup.refused.items())
            self._radio.report(
                Report(
                    self.tracker, machine.state, machine.reason, machine.cause, machine.failures, self._now_s(), missing
                )
            )
