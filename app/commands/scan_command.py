"""`kadenz scan`: which trackers are around: name, address, signal, battery, and what Kadenz can read of them."""

from __future__ import annotations

import argparse
import asyncio
import math
from collections.abc import Sequence

from rich.console import Console
from rich.live import Live
from rich.table import Table

from app.bluetooth import Around, Found, central, look_around, no_bluetooth
from app.output import print_json, say
from app.view import DASH
from device.link_errors import LinkError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz scan`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else")
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="N", help="how long to listen (default: 10)")
    parser.add_argument("--battery", action="store_true", help="connect to each recognised tracker and ask its battery")
    parser.add_argument("--all", action="store_true", help="also show devices that Kadenz cannot read")
    parser.add_argument("--adapter", default="", metavar="NAME", help="which Bluetooth adapter, such as hci1 (Linux)")
    parser.epilog = (
        "Record from what you found with: kadenz record --tracker ADDRESS. A tracker that another app or device holds "
        "does not show up. Without hardware: kadenz sim run -- kadenz scan"
    )


def _seconds(text: str) -> float:
    value = float(text)
    if not 0.0 < value <= 3600.0:
        raise argparse.ArgumentTypeError("seconds are above 0 and at most 3600")
    return value


def run(args: argparse.Namespace) -> int:
    """Listen and show what is around; 0 also when nothing is, 1 when there is no Bluetooth."""
    around, console = Around(), Console()
    live = Live(console=console, auto_refresh=False) if console.is_terminal and not args.json else None

    def tick() -> None:
        if live is not None:
            live.update(table(around.list(args.all)), refresh=True)

    if live is not None:
        live.start()
    try:
        asyncio.run(look_around(central(args.adapter), around, args.seconds, tick, battery=args.battery))
    except LinkError as error:
        raise no_bluetooth(error) from error
    finally:
        if live is not None:
            live.stop()
    _print(around.list(args.all), args.json, live is None, console)
    return 0


def _print(found: Sequence[Found], as_json: bool, plain: bool, console: Console) -> None:
    if as_json:
        print_json([_document(one) for one in found])
        return
    if plain and found:
        print("\n".join(plain_lines(found)))
    if found:
        say(f"record with: kadenz record --tracker {' '.join(one.address for one in found if one.profiles)}".rstrip())
    else:
        say("no tracker heard: wake it (wear it, moisten the strap), bring it near, and end other apps that hold it")


def _document(one: Found) -> dict[str, object]:
    return {
        "address": one.address,
        "name": one.name or None,
        "signal_dbm": one.signal_dbm,
        "battery_percent": one.battery_percent,
        "profiles": one.profiles,
    }


def table(found: Sequence[Found]) -> Table:
    """Return the live table of what is around."""
    shown = Table(box=None, padding=(0, 1), title="trackers around" if found else "listening …", title_justify="left")
    for heading in ("name", "address", "signal", "battery", "readable"):
        # an address is there to be copied: it is never cut
        whole = heading in ("address", "signal", "battery")
        shown.add_column(
            heading,
            style="bold" if heading == "name" else None,
            no_wrap=whole,
            min_width=17 if heading == "address" else None,
        )
    for one in found:
        shown.add_row(*cells(one))
    return shown


def cells(one: Found) -> tuple[str, str, str, str, str]:
    """Return one row: name, address, signal, battery and profiles in words."""
    charge = DASH if math.isnan(one.battery_percent) else f"{one.battery_percent:.0f} %"
    name = "".join(c for c in one.name if c.isprintable()) or DASH
    return name, one.address, f"{one.signal_dbm:.0f} dBm", charge, ", ".join(one.profiles) or DASH


def plain_lines(found: Sequence[Found]) -> list[str]:
    """Return the table as lines for a pipe."""
    rows = [cells(one) for one in found]
    widths = [max(len(row[k]) for row in rows) for k in range(5)]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]
