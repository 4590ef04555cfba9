"""`kadenz import PATH…`: files, folders and whole archives into the diary, every file with a status."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from app.coach import facts_of
from app.coach_text import console
from app.commands import checkin_command
from app.documents import Document, run_document
from app.exporting.back import Returned, take_back, told
from app.exporting.folder import ExportError, is_export
from app.findings import Finding, findings
from app.import_journal import Journal
from app.import_progress import expected, watched
from app.importing import Outcome, Status, find_files, find_tasks, import_tasks
from app.language import add_language_option, language_at
from app.output import CommandError, add_common_options, print_json, say
from app.store import Store, StoreError, diary_path
from edge.coach.phrases import say as in_words

# Of more than so many of one kind only the count is told; --json holds each.
_MOST_TOLD = 20
_NOTHING = frozenset({"", "n", "no", "none", "nothing", "nope", "nein", "nichts", "nix", "nö"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `kadenz import`."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a file, a folder (one of `kadenz export --all` too) or an archive; .gz and .zip are opened",
    )
    parser.add_argument(
        "--findings", action="store_true", help="show what the diary's runs say about you; with --json as a document"
    )
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Archives as you download them: Strava, Garmin, Apple Health, Polar, Suunto. Each file is imported, salvaged "
        "(what stands before a defect is kept), duplicate, skipped (with what it is) or rejected; killed in the "
        "middle, the same command goes on. Exit code 0 when every file has a status, 1 when a PATH is missing."
    )


def run(args: argparse.Namespace) -> int:
    """Import and report, or show the findings alone; the folder of a whole export is taken over first."""
    if not args.paths and not args.findings:
        say("kadenz import: name a file, a folder or an archive, or use --findings")
        return 2
    exports = [path for path in args.paths if is_export(path)]
    if exports:
        code = _taken_back(args, exports)
        args.paths = [path for path in args.paths if path not in exports]
        if not args.paths:
            return code
    language = language_at(args)
    try:
        files = find_files(args.paths)
    except FileNotFoundError as problem:
        raise CommandError(f"there is no {problem}") from problem
    try:
        with Store(diary_path(args.db), create=bool(args.paths)) as store:
            outcomes = _imported(store, args.paths, files) if args.paths else []
            said = findings(facts_of(store), time.time())
    except StoreError as error:
        raise CommandError(str(error)) from error
    if args.json:
        found = sorted(outcomes, key=lambda o: o.order)
        print_json([document(o) for o in found] if args.paths else findings_document(said, language))
        return 0
    if args.paths:
        _tell(outcomes)
        print(summary_line(outcomes))
    if args.findings or any(_brought(o) for o in outcomes):
        _show(said, language)
        _ask(args, language)
    return 0


def _imported(store: Store, paths: Sequence[Path], files: Sequence[Path]) -> list[Outcome]:
    found = find_tasks(files)
    journal = Journal.beside(store, paths)
    if journal.known:
        say(f"going on where it stopped: {journal.known} of {len(found)} files are done")
    for task in found:
        if task.health:
            say(f"{task.name} is read twice to its end before its first workout comes")
    finished = False
    try:
        outcomes = list(watched(import_tasks(store, found, journal=journal), expected(found)))
        finished = True
    finally:
        journal.close(finished=finished)
    return outcomes


def _brought(outcome: Outcome) -> bool:
    return outcome.status in (Status.IMPORTED, Status.SALVAGED) or bool(outcome.columns)


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
    """Return one file of the JSON list; "columns" is there only where a duplicate brought some."""
    told: Document = {
        "file": outcome.file,
        "status": outcome.status.value,
        "problems": list(outcome.problems),
        "runs": [run_document(row) for row in outcome.runs],
    }
    return {**told, "columns": dict(outcome.columns)} if outcome.columns else told


def findings_document(said: Sequence[Finding], language: str) -> Document:
    """Return what `--findings --json` prints."""
    return {
        "findings": [{"kind": f.kind, "text": f.text(language), "values": f.values, "runs": list(f.runs)} for f in said]
    }


def summary_line(outcomes: Sequence[Outcome]) -> str:
    """Return what became of all files in one sentence."""
    counts = Counter(o.status for o in outcomes)
    runs = sum(len(o.runs) for o in outcomes if o.status in (Status.IMPORTED, Status.SALVAGED))
    parts = [f"{counts[s]} {s.value}" for s in Status if counts[s]]
    richer = len({row.run_id for o in outcomes if o.columns for row in o.runs})
    line = f"{len(outcomes)} files: {', '.join(parts) or 'nothing to do'}; {runs} new runs"
    return f"{line}, {richer} made richer" if richer else line


def _tell(outcomes: Sequence[Outcome]) -> None:
    """Tell of every file that is not plain success, the worst last; of many alike only how many."""
    for status in (Status.SKIPPED, Status.DUPLICATE, Status.IMPORTED, Status.SALVAGED, Status.REJECTED):
        several = [o for o in outcomes if o.status is status and (status is not Status.IMPORTED or o.problems)]
        if len(several) > _MOST_TOLD and status not in (Status.SALVAGED, Status.REJECTED):
            kinds = Counter(_kind(o) for o in several).most_common(8)
            say(f"{status.value}: {len(several)} files ({'; '.join(f'{n} {kind}' for kind, n in kinds)})")
            continue
        for outcome in several:
            reasons = "; ".join(outcome.problems)
            say(f"{status.value}: {outcome.file}" + (f" ({reasons})" if reasons else ""))


def _kind(outcome: Outcome) -> str:
    if outcome.status is Status.SKIPPED:
        return outcome.problems[0]
    if outcome.status is Status.IMPORTED:
        return "with a note"
    return "that made a run richer" if outcome.columns else "in the diary already"


def _show(said: Sequence[Finding], language: str) -> None:
    if not said:
        return
    out = console()
    out.print(in_words(language, "What your past runs say:"), markup=False)
    for finding in said:
        rest = finding.runs[0] if len(finding.runs) == 1 else f"{finding.runs[0]} … {finding.runs[-1]}"
        out.print(f"- {finding.text(language)}", markup=False)
        out.print(f"  {len(finding.runs)}: {rest}", markup=False, style="dim")


def _ask(args: argparse.Namespace, language: str) -> None:
    """Ask the one question on a terminal; the answer goes the way of `kadenz checkin`."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        answer = input(in_words(language, "Does anything hurt? (Enter: nothing) ")).strip()
    except EOFError:
        return
    if answer.casefold().rstrip(".!") in _NOTHING:
        return
    parser = argparse.ArgumentParser()
    checkin_command.configure(parser)
    given = [] if args.db is None else ["--db", str(args.db)]
    checkin_command.run(parser.parse_args([*given, "--lang", language, "--", answer]))
