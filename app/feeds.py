"""Where a recording's packets come from: trackers over Bluetooth, the simulator, a journal of another recording.

The rule of this file: a feed is opened before the run begins, so that a run without a source never begins.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.live_line import FRESH_S, LiveLine
from app.output import CommandError
from app.recorder import RunPlan, Start
from device.link import Link

if TYPE_CHECKING:
    from hardware_sim.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Feed:
    """A source that is ready: what run it makes, and the link once the run's start is known.

    `start_s` gives the arrival time at which the run's time is 0; None: the first packet's.
    """

    plan: RunPlan
    link: Callable[[Start], Link]
    start_s: Callable[[Start], float | None] = lambda start: 0.0
    fresh_s: float = FRESH_S
    closes: bool = False
    """True where ending the link well takes talking to trackers."""
    began_unix_s: float = math.nan
    """When it was recorded, where that is not now."""


def feed_for(args: argparse.Namespace, live: Callable[[], LiveLine]) -> Feed:
    """Return the feed that the options ask for; CommandError where there is none."""
    if args.tracker:
        return _trackers(args, live)
    if args.sim is not None:
        return _simulator(args)
    if args.replay is not None:
        return _replay(args)
    raise CommandError(
        "say what to record: --tracker ADDRESS (kadenz scan shows the trackers around), --replay FILE, or --sim default"
    )


def _utc_offset_s() -> float:
    offset = datetime.now().astimezone().utcoffset()
    return offset.total_seconds() if offset is not None else 0.0


# ── the simulator ──────────────────────────────────────────────────────────────────────────────────────────────


def _simulator(args: argparse.Namespace) -> Feed:
    plan = RunPlan(
        source=f"sim:{args.sim}:seed={args.seed}:speed={args.speed:g}",
        sport=args.sport,
        device="Kadenz simulator",
        utc_offset_s=_utc_offset_s(),
        pace=args.speed,
    )
    found = _scenario(args.sim)

    def link(start: Start) -> Link:
        # only now, so that a run that was cut off is taken up before the simulator is even loaded
        from app.sim_link import SimLink
        from hardware_sim.world import World

        return SimLink(World(found, args.seed, start.offset_s), args.speed)

    return Feed(plan, link, fresh_s=FRESH_S / min(1.0, args.speed or 1.0))


def _scenario(name: str) -> Scenario:
    from hardware_sim.scenarios import scenario

    try:
        return scenario(name)
    except ValueError as error:
        raise CommandError(str(error)) from error


# ── a journal ──────────────────────────────────────────────────────────────────────────────────────────────────


def _replay(args: argparse.Namespace) -> Feed:
    from device.journal import JournalError
    from device.journal_link import JournalLink

    try:
        link = JournalLink(args.replay, args.speed)
    except JournalError as error:
        raise CommandError(str(error)) from error
    # no two replays are one run: a replay begins at its beginning, however the one before ended
    source = f"replay:{args.replay.name}:{time.time_ns()}"
    plan = RunPlan(source, args.sport, device="replay", utc_offset_s=_utc_offset_s(), pace=args.speed)
    began_unix_s = link.recording.started_unix_s
    return Feed(
        plan, lambda start: link, lambda start: None, FRESH_S / min(1.0, args.speed or 1.0), began_unix_s=began_unix_s
    )


# ── Bluetooth ──────────────────────────────────────────────────────────────────────────────────────────────────


def _trackers(args: argparse.Namespace, live: Callable[[], LiveLine]) -> Feed:
    from app.bluetooth import addresses, central, no_bluetooth
    from device.link_errors import LinkError
    from device.link_radio import TrackerLink

    wanted = addresses(args.tracker)
    link = TrackerLink(
        lambda: central(args.adapter),
        wanted,
        report=lambda report: live().report(report),
        trouble=lambda error: live().trouble(error),
    )
    try:
        link.open()
    except LinkError as error:
        raise no_bluetooth(error) from error
    plan = RunPlan(
        source=f"bluetooth:{','.join(sorted(wanted))}",
        sport=args.sport,
        device="trackers",
        utc_offset_s=_utc_offset_s(),
    )
    return Feed(plan, lambda start: link, lambda start: time.monotonic() - start.offset_s, closes=True)
