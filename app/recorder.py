"""The recorder: what a link delivers becomes acknowledged segments of the diary, less than half a second late.

The rule of this file: a sample is acknowledged when its segment is committed and its number has been written;
what is not acknowledged stays in bounded memory until the diary takes it. The radio's loop only collects
packets; decoding, packing and committing happen in a worker thread, one batch at a time.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from app.store import OpenRun, Store, StoreError
from device.link import Link, LinkEvent, LinkState, Packet
from edge.samples import DeviceInfo, Gap, Samples, stream_name
from edge.summary import RunSummary, summarise

#: How long samples may wait for their commit, in s of arrival time and of real time.
COMMIT_EVERY_S = 0.4
#: An open run of the same source is gone on with when its last sample is not older than this, in s.
RESUME_WITHIN_S = 600.0
#: How much arrival time may be unstored before the link has to wait: a slow disk must not cost more in a kill.
UNSTORED_S = 0.7
#: How long a diary that refused to be written is left alone, in s.
RETRY_EVERY_S = 1.0
#: How many unsaved rows are kept while the diary cannot be written: an hour of 104 Hz motion, about 25 MB.
MAX_UNSAVED_ROWS = 400_000


class Session(Protocol):
    """What the recorder needs of `device.session.TrackerSession`: its times are those of the run."""

    def feed(self, event: Packet | LinkEvent) -> tuple[Samples, ...]: ...


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of this computer: wall time for dates, time since its start for durations."""

    wall_unix_s: Callable[[], float] = time.time
    boot_s: Callable[[], float] = time.monotonic
    boot_id: str = ""
    """Names the start of the computer that `boot_s` counts from; empty where the system does not tell."""


@dataclass(frozen=True, slots=True)
class Ack:
    """What is safe: the run, the number of its last stored sample (counted from 1), that sample's time in s."""

    run_id: str
    sequence: int
    t_s: float


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is to be recorded; `pace` is how many seconds of the run pass in one second (0: as fast as possible)."""

    source: str
    sport: str = "running"
    sub_sport: str = ""
    device: str = ""
    utc_offset_s: float = math.nan
    pace: float = 1.0


@dataclass(frozen=True, slots=True)
class Start:
    """A run ready to be recorded: where it goes on, in s, the stretch that was lost before, and runs to be finished."""

    run_id: str
    offset_s: float
    samples: int
    lost: Gap | None
    cut_off: tuple[str, ...] = ()

    @property
    def resumed(self) -> bool:
        """True when the run was open before."""
        return self.lost is not None


@dataclass(slots=True)
class Hooks:
    """Where the recorder tells what happens: every acknowledgement, every stored batch, every sentence for a person."""

    ack: Callable[[Ack], None] = lambda ack: None
    stored: Callable[[Sequence[Samples]], None] = lambda samples: None
    say: Callable[[str], None] = lambda text: None


def this_computer() -> Clocks:
    """Return the clocks of this computer, with the name of its current start where Linux tells it."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    with contextlib.suppress(OSError):
        return Clocks(boot_id=boot.read_text(encoding="ascii").strip())
    return Clocks()


def begin(store: Store, plan: RunPlan, clocks: Clocks, say: Callable[[str], None]) -> Start:
    """Return the run to record: the open one of the same source when it is recent, else a new one.

    Every other open run was cut off and is named for `finish_cut_off`, so that recording need not wait for it.
    """
    resumed: Start | None = None
    cut_off = []
    for row in reversed(store.open_runs()):
        run = store.open_run(row.run_id)
        if resumed is None and run.source == plan.source and _age_s(run, plan, clocks) <= RESUME_WITHIN_S:
            resumed = _resumed(run, plan, clocks)
            say(f"resumed run {run.run_id}: {run.samples} samples are safe, it goes on at {resumed.offset_s:.1f} s")
        else:
            cut_off.append(run.run_id)
    start = resumed or Start(_new_run(store, plan, clocks), 0.0, 0, None)
    return replace(start, cut_off=tuple(cut_off))


def finish_cut_off(store: Store, start: Start, say: Callable[[str], None]) -> None:
    """Finish the runs that were cut off, each with the summary of what it holds, and say so."""
    for run_id in start.cut_off:
        finish(store, run_id)
        say(f"finished run {run_id}, which was cut off: {store.run(run_id).samples} samples are safe")


def finish(store: Store, run_id: str) -> RunSummary:
    """Finish a run with the summary of the samples that the diary holds, and return it."""
    samples, _ = store.samples(run_id)
    summary = summarise(samples, store.run(run_id).sport, store.pauses(run_id), store.profile().weight_kg)
    store.finish_run(run_id, summary)
    return summary


def _new_run(store: Store, plan: RunPlan, clocks: Clocks) -> str:
    return store.start_run(
        source=plan.source,
        sport=plan.sport,
        sub_sport=plan.sub_sport,
        start_unix_s=clocks.wall_unix_s(),
        utc_offset_s=plan.utc_offset_s,
        device=plan.device,
        boot_id=clocks.boot_id,
        boot_s=clocks.boot_s(),
    )


def _elapsed_s(run: OpenRun, clocks: Clocks) -> float:
    """Return how long ago the run began in s: by the clock that nobody sets, else by the wall clock."""
    if clocks.boot_id and run.boot_id == clocks.boot_id and not math.isnan(run.boot_s):
        return clocks.boot_s() - run.boot_s
    return clocks.wall_unix_s() - run.start_unix_s


def _last_s(run: OpenRun) -> float:
    return 0.0 if math.isnan(run.last_s) else run.last_s


def _age_s(run: OpenRun, plan: RunPlan, clocks: Clocks) -> float:
    """Return how long ago the last stored sample was taken, in s; infinite when the clock says the future."""
    elapsed = _elapsed_s(run, clocks)
    if elapsed < 0.0:
        return math.inf
    return elapsed - (_last_s(run) / plan.pace if plan.pace else 0.0)


def _resumed(run: OpenRun, plan: RunPlan, clocks: Clocks) -> Start:
    last = _last_s(run)
    # As fast as possible means that the run's own time stands still while nobody records.
    offset = max(last, _elapsed_s(run, clocks) * plan.pace) if plan.pace else last
    return Start(run.run_id, offset, run.samples, Gap(last, offset, "all", "the recorder was not running"))


@dataclass(slots=True)
class _Unsaved:
    """Samples that wait for the diary, bounded: the oldest give way and leave a gap per stream."""

    samples: list[Samples] = field(default_factory=list)
    rows: int = 0
    dropped: dict[str, Gap] = field(default_factory=dict)

    def add(self, samples: Sequence[Samples], limit: int) -> None:
        """Add samples; raises nothing, whatever the limit."""
        self.samples += samples
        self.rows += sum(_rows(s) for s in samples)
        while self.rows > limit:
            self._drop(self.samples.pop(0))

    def all(self) -> list[Samples]:
        """Return everything that waits, the gaps of what gave way first."""
        return [*self.dropped.values(), *self.samples]

    def clear(self) -> None:
        """Forget what the diary now holds."""
        self.samples, self.rows, self.dropped = [], 0, {}

    def _drop(self, oldest: Samples) -> None:
        self.rows -= _rows(oldest)
        if isinstance(oldest, Gap):
            self.dropped[f"gap {oldest}"] = oldest
        elif not isinstance(oldest, DeviceInfo) and len(oldest):
            name, first, last = stream_name(oldest), float(np.nanmin(oldest.t_s)), float(np.nanmax(oldest.t_s))
            before = self.dropped.get(name)
            cause = "the diary could not be written for too long"
            self.dropped[name] = Gap(before.from_s if before else first, last, name, cause)


def _rows(samples: Samples) -> int:
    return 1 if isinstance(samples, (Gap, DeviceInfo)) else len(samples)


class Recorder:
    """One run being recorded: batches of packets in, acknowledged segments out. One thread at a time uses it."""

    def __init__(
        self, store: Store, start: Start, session: Session, hooks: Hooks, retry_every_s: float = RETRY_EVERY_S
    ) -> None:
        self._store, self._start, self._session, self._hooks = store, start, session, hooks
        self._retry_every_s, self._retry_at_s = retry_every_s, -math.inf
        self._unsaved = _Unsaved()
        if start.lost is not None:
            self._unsaved.add([start.lost], MAX_UNSAVED_ROWS)
        self._trouble = ""
        self._last_s = start.offset_s

    @property
    def unsaved(self) -> int:
        """Return how many rows wait for the diary."""
        return self._unsaved.rows

    def take(self, batch: Sequence[Packet | LinkEvent]) -> None:
        """Decode a batch, store it with everything that waits, and acknowledge; a diary in trouble is tried again."""
        fresh = [samples for arrived in batch for samples in self._session.feed(arrived)]
        self._unsaved.add(fresh, MAX_UNSAVED_ROWS)
        if time.monotonic() >= self._retry_at_s:
            self.flush()

    def flush(self) -> None:
        """Store everything that waits and acknowledge it, or say why it has to wait."""
        waiting = self._unsaved.all()
        if not waiting:
            return
        try:
            sequence = self._store.append(self._start.run_id, waiting)
        except StoreError as error:
            if not error.may_pass:
                raise
            self._retry_at_s = time.monotonic() + self._retry_every_s
            self._report(error)
        else:
            self._acknowledge(sequence, waiting)

    def _acknowledge(self, sequence: int, stored: Sequence[Samples]) -> None:
        self._unsaved.clear()
        self._retry_at_s = -math.inf
        self._last_s = max([self._last_s, *(_end_s(s) for s in stored)])
        self._hooks.ack(Ack(self._start.run_id, sequence, self._last_s))
        if self._trouble:
            self._trouble = ""
            self._hooks.say("saved again: the diary holds everything that waited")
        self._hooks.stored(stored)

    def _report(self, error: StoreError) -> None:
        if str(error) != self._trouble:
            self._trouble = str(error)
            self._hooks.say(f"not saved yet: {error}; recording goes on in memory ({self._unsaved.rows} samples wait)")


def _end_s(samples: Samples) -> float:
    if isinstance(samples, (Gap, DeviceInfo)):
        return -math.inf
    return float(np.nanmax(samples.t_s, initial=-np.inf))


class _Inbox:
    """Packets between the radio's loop and the worker; the link waits rather than that too much is unacknowledged."""

    def __init__(self) -> None:
        self.waiting: list[Packet | LinkEvent] = []
        self.ended = False
        self._taken: list[Packet | LinkEvent] = []
        self._due, self._room = asyncio.Event(), asyncio.Event()

    async def put(self, arrived: Packet | LinkEvent) -> None:
        """Add a packet; waits while all that is not yet stored spans `UNSTORED_S`."""
        self.waiting.append(arrived)
        if arrived.arrival_s - self.waiting[0].arrival_s >= COMMIT_EVERY_S:
            self._due.set()
        while not self.ended and arrived.arrival_s - self._oldest_s(arrived) >= UNSTORED_S:
            self._room.clear()
            await self._room.wait()

    async def batch(self) -> list[Packet | LinkEvent]:
        """Return what waits when a batch is full, when 0.4 s of real time are over, or at the end."""
        self._taken = []
        self._room.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._due.wait(), None if self.ended else COMMIT_EVERY_S)
        self._taken, self.waiting = self.waiting, []
        if not self.ended:
            self._due.clear()
        return self._taken

    def _oldest_s(self, newest: Packet | LinkEvent) -> float:
        """Return the arrival time in s of the oldest packet that is not stored; asking for a batch stores the last."""
        return (self._taken or self.waiting or [newest])[0].arrival_s

    def end(self, _: object = None) -> None:
        """Let `batch` return at once from now on."""
        self.ended = True
        self._due.set()
        self._room.set()


async def record(link: Link, recorder: Recorder, *, stop: asyncio.Event | None = None) -> None:
    """Record until the link closes or `stop` is set; on return everything that could be saved is acknowledged."""
    inbox = _Inbox()
    pump = asyncio.create_task(_pump(link, inbox))
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    pump.add_done_callback(inbox.end)
    stopping.add_done_callback(inbox.end)
    try:
        while not inbox.ended or inbox.waiting:
            await asyncio.to_thread(recorder.take, await inbox.batch())
        await asyncio.to_thread(recorder.flush)
        if pump.done():
            pump.result()
    finally:
        for task in (pump, stopping):
            task.cancel()
        await asyncio.gather(pump, stopping, return_exceptions=True)
        await link.close()


async def _pump(link: Link, inbox: _Inbox) -> None:
    async for arrived in link.packets():
        await inbox.put(arrived)
        if isinstance(arrived, LinkEvent) and arrived.state is LinkState.CLOSED:
            return
