"""Trackers on real radios: each peripheral's host drives a controller through one of bumble's HCI transports.

The rule of this file: there is no central and no air of ours here; who connects is a phone, a watch or another
machine. A controller carries one tracker. What faults do to payloads and answers holds; the link itself is real.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

from bumble import core, host
from bumble.transport import open_transport

from hardware_sim.bumble_route.tracker import TrackerHost
from hardware_sim.fault_plan import FaultPlan
from hardware_sim.faults import BondLost, Fault, concerns
from hardware_sim.peripheral import Peripheral
from hardware_sim.schedule import LiveDriver, Schedule
from hardware_sim.transcript import Transcript


class TransportError(Exception):
    """A controller cannot be reached; the text names its transport and what was wrong."""


async def serve(
    pairs: Sequence[tuple[Peripheral, str]],
    faults: Sequence[Fault],
    seed: int,
    until: asyncio.Event,
    told: Callable[[Peripheral, str], None],
) -> None:
    """Advertise each peripheral through its transport (such as usb:0) until an event; TransportError where one fails.

    `told` is called with a peripheral and a word whenever it is in reach, connected or left.
    """
    schedule, plan = Schedule(), FaultPlan(faults, seed)
    async with AsyncExitStack() as open_ones:
        driver = LiveDriver(schedule, asyncio.get_running_loop())
        open_ones.callback(driver.stop)
        for one, name in pairs:
            stack = await _stack(name, open_ones)
            tracker = TrackerHost(one, stack, plan=plan, schedule=schedule, transcript=Transcript())
            tracker.linked = lambda up, one=one: told(one, "connected" if up else "left")  # type: ignore[misc]
            await _start(tracker, name)
            told(one, f"in reach on {name}")
        for fault in faults:
            _meet(fault, [one for one, _ in pairs], schedule)
        await until.wait()


async def _stack(name: str, open_ones: AsyncExitStack) -> host.Host:
    try:
        transport = await open_transport(name)
    except Exception as error:  # each transport has its own library, and some of bumble's raise a plain Exception
        raise TransportError(f"{name}: {error or type(error).__name__}") from error
    open_ones.push_async_callback(transport.close)
    return host.Host(transport.source, transport.sink)


async def _start(tracker: TrackerHost, name: str) -> None:
    try:
        async with asyncio.timeout(10.0):
            await tracker.start()
    except TimeoutError as error:
        raise TransportError(f"{name}: the controller does not answer") from error
    except core.BaseBumbleError as error:
        raise TransportError(f"{name}: {error}") from error


def _meet(fault: Fault, trackers: Sequence[Peripheral], schedule: Schedule) -> None:
    """Let the peripherals know of a fault, as a radio does."""
    for one in trackers:
        if concerns(fault, one.name):
            one.meet(fault)
            if isinstance(fault, BondLost):
                schedule.at(fault.at_s, lambda one=one: setattr(one, "bonds", False))  # type: ignore[misc]
