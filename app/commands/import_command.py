"""`kadenz import PATH…`: files and folders of FIT, GPX and TCX into the diary, every one with a status."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.documents import Document, run_document
from app.exporting.back import Returned, take_back, told
from app.exporting.folder import ExportError, is_export
from app.importing import Outcome, Status, find_files, find_tasks, import_tasks
from app.output import CommandError, add_common_options, print_json, say
from app.store import Store, StoreError, diary_path
from device.files.reading import FileTask


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `kadenz import`."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a file or a folder (one of `kadenz export --all` too); .gz and .zip are opened",
    )
    add_common_options(parser)
    parser.epilog = (
        "Each file is imported, salvaged (what stands before a defect is kept), duplicate, skipped (with what it is) "
        "or rejected. Exit code 0 when every file has a status, 1 when a PATH is missing."
    )


def run(args: argparse.Namespace) -> int:
    """Import and report; the folder of a whole export is taken over first."""
    exports = [path for path in args.paths if is_export(path)]
    if exports:
        code = _taken_back(args, exports)
        args.paths = [path for path in args.paths if path not in exports]
        if not args.paths:
            return code
    try:
        found = find_tasks(find_files(args.paths))
    except FileNotFoundError as problem:
        raise CommandError(f"there is no {problem}") from problem
    try:
        with Store(diary_path(args.db)) as store:
            outcomes = list(_told(_watched(import_tasks(store, found), found), quiet=args.json))
    except StoreError as error:
        raise CommandError(str(error)) from error
    if args.json:
        print_json([document(o) for o in sorted(outcomes, key=lambda o: o.order)])
    else:
        print(summary_line(outcomes))
    return 0


def _taken_back(args: argparse.Namespace, folders: Sequence[Path]) -> int:
    """Take whole exports over, each with a line; CommandError, with the diary as it was, for one that is not whole."""
    try:
        with Store(diary_path(args.db)) as store:
            for folder in folders:
                returned = take_back(store, folder)
                say(f"{folder}: {told(returned)}")
                if args.json and len(args.paths) == 1:
                    print_json({"export": str(folder), **plain_counts(returned)})
    except (StoreError, ExportError) as error:
        raise CommandError(str(error)) from error
    return 0


def plain_counts(returned: Returned) -> Document:
    """Return what came back with an export as it is printed."""
    return {"runs": list(returned.runs), "added": dict(returned.added), "known": dict(returned.known)}


def document(outcome: Outcome) -> Document:
    """Return one file of the JSON list."""
    return {
        "file": outcome.file,
        "status": outcome.status.value,
        "problems": list(outcome.problems),
        "runs": [run_document(row) for row in outcome.runs],
    }


def summary_line(outcomes: Sequence[Outcome]) -> str:
    """Return what became of all files in one sentence."""
    counts = Counter(o.status for o in outcomes)
    runs = sum(len(o.runs) for o in outcomes if o.status in (Status.IMPORTED, Status.SALVAGED))
    parts = [f"{counts[s]} {s.value}" for s in Status if counts[s]]
    return f"{len(outcomes)} files: {', '.join(parts) or 'nothing to do'}; {runs} new runs"


def _told(outcomes: Iterable[Outcome], *, quiet: bool) -> Iterator[Outcome]:
    """Pass outcomes on and tell the person about each that is not plain success."""
    for outcome in outcomes:
        if not quiet and (outcome.status is not Status.IMPORTED or outcome.problems):
            reasons = "; ".join(outcome.problems)
            say(f"{outcome.status.value}: {outcome.file}" + (f" ({reasons})" if reasons else ""))
        yield outcome


def _watched(outcomes: Iterable[Outcome], found: Sequence[FileTask]) -> Iterator[Outcome]:
    """Pass outcomes on under a progress bar where there is a terminal to show it on."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("reading", total=len(found))
        for outcome in outcomes:
            yield outcome
            progress.update(bar, completed=min(progress.tasks[0].completed + 1, len(found)))
