"""`generate`: runners that never were, as FIT files with the truth beside them.

The rule of this file: it reads the command line and says how far it is; how people live is `lives`' business, and what
else is written for each is the business of who calls `run`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError

if TYPE_CHECKING:
    from hardware_sim.commands.batches import Order, Written
    from hardware_sim.lives.files import Beside

DESCRIPTION = (
    "Draw runners and let them live: a folder for each runner with a FIT file for every run, and truth.json, which "
    "tells what no watch can know: the body's traits, fitness by day, injuries, illnesses, trips. The same seed "
    "gives the same runners and the same bytes, however many are drawn. All of it is simulated."
)
EPILOG = (
    "Worlds: first (impulse and response) and second (critical speed), which share no equation. A folder that holds "
    "another life is refused; the same life is written again as it was."
)
_SAY_EVERY_S = 2.0
_MOST_RUNNERS = 100_000
# Days since 1970-01-01: no receiver wrote FIT before 2007, and readers take times after 2099 for damage.
_EARLIEST, _LATEST = 13_514, 47_482


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `generate`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.add_argument("--runners", type=int, default=10, metavar="N", help="how many runners (default: 10)")
    parser.add_argument("--days", type=int, default=90, metavar="D", help="how many days of each (default: 90)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="which runners (default: 1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")
    parser.add_argument("--first-day", default="2022-01-01", metavar="DATE", help="the first day (default: 2022-01-01)")
    parser.add_argument("--every", type=float, default=1.0, metavar="S", help="seconds between samples (default: 1)")
    parser.add_argument("--world", choices=("first", "second"), default="first", help="which physiology")
    parser.add_argument("--json", action="store_true", help="print one JSON document; what happens goes to stderr")


def run(args: argparse.Namespace, beside: Beside | None = None, fit: bool = True, names: Sequence[str] = ()) -> int:
    """Write the files, and for each life what `beside` writes, which is files of these `names`.

    CommandError where an option makes no sense, a folder holds another life, or it cannot be written.
    """
    started_s = time.monotonic()
    try:
        written = list(_told(_order(args, beside, fit), started_s))
    except OSError as error:
        raise CommandError(_refusal(error)) from error
    except ValueError as error:
        raise CommandError(str(error)) from error
    holds = (*(("*.fit",) if fit else ()), "truth.json", *names)
    _report(args, written, time.monotonic() - started_s, holds)
    return 0


def _order(args: argparse.Namespace, beside: Beside | None, fit: bool) -> Order:
    from hardware_sim.commands.batches import Order

    if not (1 <= args.runners <= _MOST_RUNNERS and 0.5 <= args.every <= 60.0):
        raise ValueError(f"1 to {_MOST_RUNNERS} runners, and 0.5 to 60 s between samples")
    first_day = _day(args.first_day)
    if first_day < _EARLIEST or first_day + args.days > _LATEST:
        raise ValueError("a watch's files are of 2007 to 2099: choose another --first-day, or fewer --days")
    return Order(args.seed, args.runners, args.days, first_day, args.world, args.every, args.out, fit, beside)


def _told(order: Order, started_s: float) -> Iterator[Written]:
    """Pass on what was written and say on stderr how far it is, where it takes longer than some seconds."""
    from hardware_sim.commands.batches import batches

    done = runs = 0
    said_s = started_s
    for some in batches(order):
        yield from some
        done, runs, now_s = done + len(some), runs + sum(one.runs for one in some), time.monotonic()
        if now_s - said_s >= _SAY_EVERY_S and done < order.runners:
            said_s, left_s = now_s, (now_s - started_s) * (order.runners - done) / done
            print(f"{done} of {order.runners} runners, {runs} runs; {_about(left_s)} left", file=sys.stderr, flush=True)


def _about(left_s: float) -> str:
    """Return a time in words that do not promise more than a guess can hold."""
    if left_s < 90.0:
        return f"about {max(5, 5 * round(left_s / 5.0))} s"
    return f"about {round(left_s / 60.0)} min" if left_s < 5400.0 else f"about {left_s / 3600.0:.1f} h"


def _report(args: argparse.Namespace, written: list[Written], took_s: float, holds: Sequence[str]) -> None:
    runs = sum(one.runs for one in written)
    if not args.json:
        print(f"{len(written)} simulated runners, {args.days} days, {runs} runs in {args.out}: {', '.join(holds)}")
        return
    document = {
        "simulated": True,
        "runners": len(written),
        "days": args.days,
        "runs": runs,
        "out": str(args.out),
        "seconds": round(took_s, 1),
        "holds": list(holds),
        "folders": [{"folder": str(one.home), "runs": one.runs} for one in written],
    }
    print(json.dumps(document))


def _refusal(error: OSError) -> str:
    """Return what the disk or the system refused, in one line."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def _day(text: str) -> int:
    """Return the days since 1970-01-01 of an ISO date."""
    return (
        datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    ).days
