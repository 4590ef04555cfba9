"""`sim serve --transport …`: simulated trackers on real Bluetooth controllers, for phones and other machines.

The rule of this file: it chooses and prints; `bumble_route.serve` does it. What it prints goes to stderr, for a person.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError, on_air

if TYPE_CHECKING:
    from hardware_sim.peripheral import Peripheral


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options that name controllers and the trackers on them."""
    parser.add_argument(
        "--transport",
        action="append",
        default=[],
        metavar="T",
        help="no virtual adapter: advertise a tracker through this real controller, such as usb:0 or "
        "serial:/dev/ttyACM0,1000000 (bumble's names; needs the extra `realistic`); may be repeated",
    )
    parser.add_argument(
        "--tracker",
        action="append",
        default=[],
        metavar="NAME",
        help="with --transport: which tracker of the scenario (default: its first ones, in order)",
    )


def run(args: argparse.Namespace) -> int:
    """Advertise until interrupted; 0 then. CommandError where a controller or a tracker is not there."""
    from hardware_sim.realistic import MissingError, need_bumble

    try:
        need_bumble()
    except MissingError as error:
        raise CommandError(str(error)) from error
    asyncio.run(_serve(args))
    return 0


async def _serve(args: argparse.Namespace) -> None:
    from hardware_sim.bumble_route.serve import TransportError, serve

    enough = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, enough.set)
    scenario = on_air.chosen_scenario(args)
    try:
        await serve(_pairs(args), scenario.faults, args.seed, enough, _tell)
    except TransportError as error:
        raise CommandError(str(error)) from error


def _pairs(args: argparse.Namespace) -> list[tuple[Peripheral, str]]:
    """Return each tracker with its controller; CommandError where one is left over."""
    from hardware_sim.served import peripherals

    trackers = {one.name: one for one in peripherals(on_air.chosen_scenario(args), args.seed)}
    names = args.tracker or list(trackers)[: len(args.transport)]
    if unknown := [name for name in names if name not in trackers]:
        raise CommandError(f"no tracker {unknown[0]!r} in this scenario; there are: {', '.join(trackers)}")
    if len(names) != len(args.transport):
        raise CommandError(
            f"a controller carries one tracker: {len(args.transport)} of --transport, but {len(names)} trackers"
        )
    return [(trackers[name], transport) for name, transport in zip(names, args.transport, strict=True)]


def _tell(one: Peripheral, what: str) -> None:
    print(f"{one.name:<12} {one.address}  {one.advertised.name or one.name}: {what}", file=sys.stderr, flush=True)
