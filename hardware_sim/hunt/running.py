"""One run of a program against the virtual radio with a schedule of faults.

The rule of this file: it observes and judges nothing. Faults are timed from the moment the program receives what it
subscribes to, so that a slow start of an interpreter does not move them.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import pty
import signal
import tty
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hardware_sim.bluez import VirtualBlueZ
from hardware_sim.hunt.trial import Anchor, Observation, Plan, Printed, shifted
from hardware_sim.link_model import LinkModel
from hardware_sim.radio import Radio
from hardware_sim.served import radio as radio_of

START_LIMIT_S = 15.0
"""How long a program may take to subscribe before faults are timed from the start."""
STOP_LIMIT_S = 4.0
_LOOK_EVERY_S = 1.0
_TAIL_BYTES = 1 << 16
LINK = LinkModel(supervision_s=2.0, connect_s=0.08)
"""The link of a hunt: a short supervision timeout, so that losses show early."""


async def run(plan: Plan, enough: Callable[[Observation], bool] = lambda seen: False) -> Observation:
    """Return what a program does under a plan; it is started, interrupted at the end, and never outlives the trial.

    `enough` is asked now and then with what was seen so far; the trial ends when it says so.
    """
    at_start = [event.fault for event in plan.events if event.anchor is Anchor.START]
    scenario = dataclasses.replace(plan.scenario, faults=(*plan.scenario.faults, *at_start))
    radio = radio_of(scenario, plan.seed, link=LINK)
    async with VirtualBlueZ(radio) as bluez:
        child = await _Child.start(plan.command, {**os.environ, **bluez.environment}, radio)
        try:
            return await _observed(plan, radio, child, enough)
        finally:
            await child.end()


async def _observed(plan: Plan, radio: Radio, child: _Child, enough: Callable[[Observation], bool]) -> Observation:
    watch = _Subscriptions(radio)
    anchor_s = await _first_data(plan, radio, watch, child)
    for event in plan.events:
        if event.anchor is Anchor.DATA:
            radio.inject(shifted(event.fault, anchor_s))
    end_s = anchor_s + plan.lasts_s()
    while not child.ended and (left_s := end_s - radio.schedule.now_s) > 0.0:
        await child.ends_within(min(_LOOK_EVERY_S, left_s))
        if not child.ended and enough(_seen(plan, radio, child, watch, anchor_s)):
            break
    seen = _seen(plan, radio, child, watch, anchor_s)
    killed = not await child.interrupt()
    return dataclasses.replace(
        seen,
        printed=tuple(child.printed),
        complaints=tuple(child.complaints),
        air=tuple(radio.transcript.lines()),
        exit_code=child.exit_code,
        killed=killed,
    )


def _seen(plan: Plan, radio: Radio, child: _Child, watch: _Subscriptions, anchor_s: float) -> Observation:
    """Return what has been seen by now."""
    return Observation(
        plan=plan,
        printed=tuple(child.printed),
        complaints=tuple(child.complaints),
        air=tuple(radio.transcript.lines()),
        anchor_s=anchor_s,
        end_s=radio.schedule.now_s,
        exit_code=child.exit_code,
        ended_alone=child.ended,
        killed=False,
        left_subscribed=watch.open(),
    )


async def _first_data(plan: Plan, radio: Radio, watch: _Subscriptions, child: _Child) -> float:
    """Wait until everything wanted was subscribed to once; return that instant in s of the radio."""
    while not child.ended and radio.schedule.now_s < START_LIMIT_S:
        if plan.wanted and plan.wanted <= watch.open():
            return radio.schedule.now_s
        if not plan.wanted and (seen := watch.steady_since_s()) is not None:
            return seen
        await child.ends_within(0.02)
    return radio.schedule.now_s


class _Subscriptions:
    """Who is subscribed to what, as the links know it."""

    def __init__(self, radio: Radio) -> None:
        self._radio = radio
        self._seen: frozenset[tuple[str, str]] = frozenset()
        self._since_s = 0.0

    def open(self) -> frozenset[tuple[str, str]]:
        """Return (tracker, UUID) of every live subscription."""
        links = self._radio.links.values()
        return frozenset((link.peripheral.name, one.uuid) for link in links for one in link.subscriptions)

    def steady_since_s(self) -> float | None:
        """Return since when the subscriptions have not changed, once that is a second ago; None without any."""
        now, now_s = self.open(), self._radio.schedule.now_s
        if now != self._seen:
            self._seen, self._since_s = now, now_s
        return self._since_s if now and now_s - self._since_s >= 1.0 else None


@dataclass(slots=True)
class _Child:
    """The program as a process: its output on a terminal, so that lines come as they are printed."""

    process: asyncio.subprocess.Process
    radio: Radio
    printed: list[Printed] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    _terminal: int = -1
    _partial: bytes = b""

    @classmethod
    async def start(cls, command: Sequence[str], environment: Mapping[str, str], radio: Radio) -> _Child:
        """Start the program in a session of its own."""
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=dict(environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=theirs,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        except OSError:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        child = cls(process, radio, _terminal=ours)
        os.set_blocking(ours, False)
        asyncio.get_running_loop().add_reader(ours, child._read)
        child._readers = [asyncio.create_task(child._listen())]
        return child

    @property
    def ended(self) -> bool:
        """Return whether the program has ended."""
        return self.process.returncode is not None

    @property
    def exit_code(self) -> int:
        """Return the exit code, negative for a signal, 0 while it runs."""
        return self.process.returncode or 0

    def _read(self) -> None:
        try:
            fresh = os.read(self._terminal, _TAIL_BYTES)
        except BlockingIOError:
            return
        except OSError:
            fresh = b""  # the other end is closed
        if not fresh:
            asyncio.get_running_loop().remove_reader(self._terminal)
            return
        *lines, self._partial = (self._partial + fresh).split(b"\n")
        now_s = self.radio.schedule.now_s
        self.printed += [Printed(now_s, line.decode(errors="replace").strip()) for line in lines if line.strip()]

    async def _listen(self) -> None:
        assert self.process.stderr is not None
        with contextlib.suppress(ValueError):  # a line longer than the reader's limit: the rest is not needed
            async for line in self.process.stderr:
                self.complaints.append(line.decode(errors="replace").rstrip())

    async def ends_within(self, seconds: float) -> bool:
        """Return whether the program ends within so many s."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                await self.process.wait()
        return self.ended

    async def interrupt(self) -> bool:
        """Ask the program to end, as Ctrl-C does; False where it had to be killed."""
        if not self.ended:
            self._signal(signal.SIGINT)
        well = await self.ends_within(STOP_LIMIT_S)
        await self.end()
        return well

    async def end(self) -> None:
        """Make sure that the program and what it started is gone and its output read."""
        self._signal(signal.SIGKILL)
        await self.process.wait()
        for reader in self._readers:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(reader, 1.0)
        if self._terminal >= 0:
            self._read()
            asyncio.get_running_loop().remove_reader(self._terminal)
            os.close(self._terminal)
            self._terminal = -1

    def _signal(self, which: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, which)
