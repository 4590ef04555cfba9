"""`kadenz watch DIR`: imports what a watch or a sync tool drops there, one line for each run, until it is stopped."""

from __future__ import annotations

import argparse
import signal
import threading
import time
from pathlib import Path

from app.commands.import_command import document
from app.importing import Outcome, Status
from app.output import CommandError, add_common_options, iso_time, print_json, say
from app.store import RunRow, Store, StoreError, diary_path
from app.watching import GIVEN_UP_S, POLL_S, SETTLED_S, Watch
from device.files.totals import settled


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `kadenz watch`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to watch, with all folders in it")
    parser.add_argument(
        "--once", action="store_true", help="import what is complete now, then end; with --json as a document"
    )
    parser.add_argument(
        "--every", type=_seconds, default=POLL_S, metavar="S", help=f"look so often, in s (default {POLL_S:g})"
    )
    parser.add_argument(
        "--settled",
        type=_seconds,
        default=SETTLED_S,
        metavar="S",
        help=f"a file must not have changed for so long, in s (default {SETTLED_S:g})",
    )
    add_common_options(parser)
    parser.epilog = (
        "A file is taken once it stands still and reads whole; names such as x.part, x.tmp or x.crdownload are left "
        f"alone. One that stays broken for {GIVEN_UP_S:g} s is taken as far as it reads. Ctrl-C ends it; nothing is "
        "ever deleted or moved."
    )


def _seconds(text: str) -> float:
    value = float(text) if text.replace(".", "", 1).isdigit() else -1.0
    if not 0.05 <= value <= 3600.0:
        raise argparse.ArgumentTypeError(f"{text!r} is no time from 0.05 to 3600 s")
    return value


def run(args: argparse.Namespace) -> int:
    """Watch until a signal comes, or once."""
    if args.json and not args.once:
        say("kadenz watch: --json prints one document, so it needs --once")
        return 2
    if args.once and not args.folder.is_dir():
        raise CommandError(f"there is no folder {args.folder}")
    stopped = threading.Event()
    before = {name: signal.signal(name, lambda *_: stopped.set()) for name in (signal.SIGINT, signal.SIGTERM)}
    watch = Watch(args.folder, settled_s=args.settled)
    try:
        with Store(diary_path(args.db)) as store:
            outcomes = _once(store, watch, args, stopped) if args.once else _on_and_on(store, watch, args, stopped)
    except StoreError as error:
        raise CommandError(str(error)) from error
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    if args.json:
        print_json([document(outcome) for outcome in outcomes])
    return 0


def _once(store: Store, watch: Watch, args: argparse.Namespace, stopped: threading.Event) -> list[Outcome]:
    outcomes: list[Outcome] = []
    while not stopped.is_set():
        for outcome in watch.look(store, time.monotonic()):
            outcomes.append(outcome)
            if not args.json:
                _tell(outcome)
        if watch.trouble:
            raise CommandError(watch.trouble)
        if not watch.unsettled():
            break
        stopped.wait(args.every)
    for path in watch.incomplete():
        say(f"not complete yet: {path}")
    return outcomes


def _on_and_on(store: Store, watch: Watch, args: argparse.Namespace, stopped: threading.Event) -> list[Outcome]:
    say(f"watching {args.folder}; Ctrl-C ends it")
    trouble, first = "", True
    while not stopped.is_set():
        told = ""
        try:
            for outcome in watch.look(store, time.monotonic()):
                # What was there before and is in the diary needs no line.
                if outcome.status is not Status.DUPLICATE or outcome.columns or not first:
                    _tell(outcome)
                if stopped.is_set():
                    break
        except StoreError as problem:
            told = str(problem)
        told = told or watch.trouble
        if told and told != trouble:
            say(f"{told}; trying again")
        trouble = told
        first = first and watch.unsettled()
        stopped.wait(args.every)
    say("stopped")
    return []


def _tell(outcome: Outcome) -> None:
    """Write one line for each run on stdout; what brought none goes to stderr."""
    reasons = "; ".join(outcome.problems)
    note = f" ({reasons})" if reasons else ""
    if outcome.status in (Status.IMPORTED, Status.SALVAGED):
        for row in outcome.runs:
            print(f"{outcome.status.value}: {run_line(row)}, {Path(outcome.file).name}{note}", flush=True)
    else:
        say(f"{outcome.status.value}: {outcome.file}{note}")


def run_line(row: RunRow) -> str:
    """Return a run in one line: id, local start, sport, distance and time."""
    words = [f"{row.run_id}, {iso_time(row.start_unix_s, row.utc_offset_s)[:16].replace('T', ' ')}, {row.sport}"]
    if row.summary is not None:
        summary = row.summary if row.stated is None else settled(row.summary, row.stated, row.sport)
        if summary.distance_m == summary.distance_m:
            words.append(f"{summary.distance_m / 1000.0:.2f} km")
        if summary.timer_s == summary.timer_s:
            minutes, seconds = divmod(round(summary.timer_s), 60)
            words.append(f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}")
    return ", ".join(words)
