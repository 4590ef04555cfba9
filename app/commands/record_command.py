"""`kadenz record`: the recorder process. Acknowledges what is safe on stderr, finishes the run when it ends."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from app.acks import LineWriter, ack_line
from app.output import CommandError, add_common_options, print_json, say
from app.recorder import (
    Ack,
    Hooks,
    Recorder,
    RunPlan,
    Start,
    begin,
    finish,
    finish_cut_off,
    record,
    this_computer,
)
from app.store import Store, StoreError, diary_path
from app.store.guard import RecorderGuard
from edge.samples import DeviceInfo, Gap, Samples

if TYPE_CHECKING:
    from app.sim_link import SimLink
    from hardware_sim.scenario import Scenario


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz record`."""
    parser.add_argument(
        "--sim", metavar="SCENARIO", help="record the simulator (`kadenz sim list` shows its scenarios)"
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, metavar="X", help="simulated seconds per second; 0: as fast as possible"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which simulated run (default: 1)")
    parser.add_argument("--sport", default="running", help="what is recorded (default: running)")
    add_common_options(parser)
    parser.epilog = (
        "Each line `ack N run=ID t=S` on stderr says that the run's first N samples are safe on disk. "
        "A run that was cut off is resumed (within 10 minutes) or finished by the next `kadenz record`."
    )


def _speed(text: str) -> float:
    value = float(text)
    if not 0.0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("the speed is 0 or more")
    return value


def run(args: argparse.Namespace) -> int:
    """Record until the run ends or the person stops it; 1 when the diary did not take everything."""
    if args.sim is None:
        raise CommandError("Bluetooth trackers come with the radio layer; until then: kadenz record --sim default")
    path = diary_path(args.db)
    try:
        with RecorderGuard(path), Store(path) as store:
            run_id = _recorded(store, args)
            if args.json:
                _print_run(store, run_id)
    except StoreError as error:
        raise CommandError(str(error)) from error
    return 0


def _recorded(store: Store, args: argparse.Namespace) -> str:
    found = _scenario(args.sim)
    start = begin(store, _plan(args), this_computer(), say)
    # only now, so that a run that was cut off is taken up before the simulator is even loaded
    from app.sim_link import SimLink
    from device.session import TrackerSession
    from hardware_sim.world import World

    world = World(found, args.seed, start.offset_s)
    live = _Live(sys.stderr.isatty())
    session = TrackerSession(start_s=0.0)
    recorder = Recorder(store, start, session, Hooks(ack=live.ack, stored=live.stored, say=live.say))
    try:
        asyncio.run(_until_stopped(SimLink(world, args.speed), recorder, partial(_finish_cut_off, args, start)))
    finally:
        live.close()
    if recorder.unsaved:
        raise CommandError(
            f"{recorder.unsaved} samples could not be saved; run {start.run_id} stays open, with the rest"
        )
    finish(store, start.run_id)
    say(f"finished run {start.run_id}")
    return start.run_id


def _scenario(name: str) -> Scenario:
    from hardware_sim.scenarios import scenario

    try:
        return scenario(name)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _plan(args: argparse.Namespace) -> RunPlan:
    offset = datetime.now().astimezone().utcoffset()
    return RunPlan(
        source=f"sim:{args.sim}:seed={args.seed}:speed={args.speed:g}",
        sport=args.sport,
        device="Kadenz simulator",
        utc_offset_s=offset.total_seconds() if offset is not None else 0.0,
        pace=args.speed,
    )


def _finish_cut_off(args: argparse.Namespace, start: Start) -> None:
    """Finish the runs that were cut off over a connection of their own, beside the recording, which goes first."""
    if not start.cut_off:
        return
    try:
        with Store(diary_path(args.db)) as store:
            finish_cut_off(store, start, say)
    except StoreError as error:
        say(f"a run that was cut off stays open until the next start: {error}")


async def _until_stopped(link: SimLink, recorder: Recorder, beside: Callable[[], None]) -> None:
    """Record until the link ends or the person, the terminal or the system asks the process to stop."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), stop.set)
    finishing = asyncio.create_task(asyncio.to_thread(beside))
    try:
        await record(link, recorder, stop=stop)
    finally:
        await finishing


class _Live:
    """What the process says while it records: a live line on a terminal, acknowledgement lines elsewhere."""

    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal
        self._writer = LineWriter(sys.stderr.fileno(), end="" if terminal else "\n")
        self._latest: dict[str, float] = {}
        self._ack = Ack("", 0, 0.0)

    def ack(self, ack: Ack) -> None:
        self._ack = ack
        if not self._terminal:
            self._writer.write(ack_line(ack))

    def stored(self, samples: Sequence[Samples]) -> None:
        if not self._terminal:
            return
        for column in (s for s in samples if not isinstance(s, (Gap, DeviceInfo)) and len(s)):
            for name in _SHOWN.keys() & set(column.__slots__):
                self._latest[name] = float(getattr(column, name)[-1])
        shown = "  ".join(_SHOWN[name](value) for name, value in self._latest.items() if value > 0.0)
        minutes, seconds = divmod(int(self._ack.t_s), 60)
        self._writer.write(f"\r\x1b[2K{minutes}:{seconds:02d}  {shown}  safe: {self._ack.sequence} samples")

    def say(self, text: str) -> None:
        say(("\r\x1b[2K" if self._terminal else "") + text)

    def close(self) -> None:
        self._writer.close()
        if self._terminal:
            os.write(sys.stderr.fileno(), b"\n")


#: Column -> how the live line shows its last value.
_SHOWN: dict[str, Callable[[float], str]] = {
    "bpm": lambda bpm: f"{bpm:.0f} bpm",
    "cadence_spm": lambda spm: f"{spm:.0f} steps/min",
    "speed_m_s": lambda speed: f"{3.6 * speed:.1f} km/h",
}


def _print_run(store: Store, run_id: str) -> None:
    from app.documents import run_document

    row = store.run(run_id)
    print_json({"run": run_document(row), "samples": row.samples})
