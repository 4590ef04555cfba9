"""`sim serve`: keep a virtual Bluetooth adapter up and print the environment that reaches it.

The rule of this file: stdout carries what a shell can evaluate (or one JSON document), stderr what a person reads.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shlex
import signal
import sys
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError, on_air, real_radio

if TYPE_CHECKING:
    from hardware_sim.bluez import VirtualBlueZ
    from hardware_sim.bumble_route.radio import BumbleRadio
    from hardware_sim.peripheral import Peripheral
    from hardware_sim.radio import Radio

DESCRIPTION = (
    "Keep the trackers of a scenario in reach until Ctrl-C, and print what to export in another shell. "
    "Programs that are started there find them as BlueZ would show them."
)
EPILOG = "example: %(prog)s > /tmp/trackers.sh &   then, where the program is started: . /tmp/trackers.sh"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `serve`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    on_air.configure(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document instead, and keep running")
    real_radio.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted; 0 then."""
    if args.transport:
        return real_radio.run(args)
    from hardware_sim.bluez import BusError

    try:
        asyncio.run(_serve(args))
    except BusError as error:
        raise CommandError(str(error)) from error
    return 0


async def _serve(args: argparse.Namespace) -> None:
    from hardware_sim.bluez import VirtualBlueZ

    radio = on_air.central(args)
    enough = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, enough.set)
    async with VirtualBlueZ(radio, agent=not args.no_agent) as bluez:
        _tell(bluez, radio, as_json=args.json)
        await enough.wait()


def _tell(bluez: VirtualBlueZ, radio: Radio | BumbleRadio, *, as_json: bool) -> None:
    """Print how to reach the trackers, and which there are."""
    trackers = [(one, _advertised_name(one)) for one in radio.peripherals]
    if as_json:
        rows = [{"tracker": one.name, "name": name, "address": one.address} for one, name in trackers]
        print(json.dumps({"environment": dict(bluez.environment), "trackers": rows}), flush=True)
    else:
        for key, value in bluez.environment.items():
            print(f"export {key}={shlex.quote(value)}", flush=True)
    with contextlib.suppress(BrokenPipeError):
        for one, name in trackers:
            print(f"{one.name:<12} {one.address}  {name}", file=sys.stderr)
        print("in reach until Ctrl-C", file=sys.stderr, flush=True)


def _advertised_name(one: Peripheral) -> str:
    return one.advertised.name or one.name
