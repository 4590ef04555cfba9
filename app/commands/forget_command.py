"""`kadenz forget`: runs and all that rests on them leave the diary and its files; or positions become coarse."""

from __future__ import annotations

import argparse
import math
import sys
import time
from datetime import date
from pathlib import Path

from app.arguments import day
from app.forgetting import Forgotten, Going, forget, what_goes
from app.forgetting_files import BACKUP, COPY
from app.language import add_language_option, language_at
from app.output import CommandError, add_common_options, print_json, say
from app.store import StoreError, diary_path
from app.store.forgetting import Wanted
from edge.coach import phrases
from edge.coarse import NARROWEST_M, WIDEST_M

_EPOCH = date(1970, 1, 1)
#: So wide are cells where nobody says: a village, or a quarter of a town.
USUAL_M = 1000.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz forget`."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--before", type=day, metavar="DAY", help="runs that began before this local day (YYYY-MM-DD)")
    which.add_argument("--run", action="append", default=[], metavar="ID", help="this run (may be given several times)")
    which.add_argument("--all", action="store_true", help="everything, what you said, entered and chose included")
    parser.add_argument(
        "--coarsen",
        nargs="?",
        type=_cells,
        const=USUAL_M,
        default=math.nan,
        metavar="METRES",
        help=f"keep the runs, put positions into cells so wide (default: {USUAL_M:g}); alone: of every run",
    )
    parser.add_argument(
        "--also", action="append", type=Path, default=[], metavar="FOLDER", help="journals, copies here"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would go, and do nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Also journals of frames, copies of the diary and exports beside it, and what was learned from the runs. What "
        "you said yourself stays, except with --all. It cannot be undone. Backups with a passphrase stay as they are; "
        "so may old blocks of an SSD and snapshots of the file system: see docs/privacy.md."
    )


def _cells(text: str) -> float:
    try:
        metres = float(text.removesuffix("m"))
    except ValueError:
        metres = math.nan
    if not NARROWEST_M <= metres <= WIDEST_M:
        raise argparse.ArgumentTypeError(f"{text!r} is not a width of {NARROWEST_M:g} to {WIDEST_M:g} m")
    return metres


def wanted_from(args: argparse.Namespace) -> Wanted | None:
    """Return which runs the options mean; None where they mean none."""
    before = None if args.before is None else (args.before - _EPOCH).days
    every = args.all or (not math.isnan(args.coarsen) and before is None and not args.run)
    if before is None and not args.run and not every:
        return None
    return Wanted(tuple(args.run), before, every, args.coarsen)


def run(args: argparse.Namespace) -> int:
    """Show what would go, ask, and let it go."""
    wanted = wanted_from(args)
    if wanted is None:
        say("kadenz forget: say what: --run ID, --before DAY, --all or --coarsen (see --help)")
        return 2
    diary = diary_path(args.db)
    args.lang = language_at(args)
    try:
        going = what_goes(diary, wanted, args.also)
        if args.dry_run or going.nothing:
            _show(args, going)
            return 0
        if not args.yes:
            _ask(args, going)
        done = forget(diary, wanted, time.time(), args.also)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    return _told(args, done)


def _ask(args: argparse.Namespace, going: Going) -> None:
    if args.json or not sys.stdin.isatty():
        raise CommandError("nothing was touched: nobody is there to be asked, so add --yes (or --dry-run to look)")
    for line in lines(going, args.lang):
        say(line)
    question = phrases.say(args.lang, "This cannot be undone. Go on? Type yes: ")
    sys.stderr.write(question)
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in ("yes", "ja"):
        raise CommandError("nothing was touched")


def _show(args: argparse.Namespace, going: Going) -> None:
    if args.json:
        print_json(document(going))
        return
    for line in lines(going, args.lang):
        print(line)


def _told(args: argparse.Namespace, done: Forgotten) -> int:
    """Say what went; 1 where a file still holds something of it."""
    if args.json:
        left = [{"path": str(one.path), "why": one.why} for one in done.left]
        sizes = {"bytes_before": done.bytes_before, "bytes_after": done.bytes_after}
        print_json({**document(done.going), "done": True, "finished_earlier": done.finished, "left": left, **sizes})
    else:
        for line in lines(done.going, args.lang):
            print(line)
        print(phrases.say(args.lang, "Done."))
    locked = {one.path for one in done.going.files if one.kind == BACKUP}
    for one in done.left:
        say(f"{one.path}: {one.why}")
    return 1 if any(one.path not in locked for one in done.left) else 0


def document(going: Going) -> dict[str, object]:
    """Return what goes as `--json` prints it."""
    t = going.touched
    return {
        "runs": [one.run_id for one in t.spans],
        "samples": sum(one.samples for one in t.spans),
        "decisions": len(t.decisions),
        "learned": list(t.memories),
        "files": [{"path": str(one.path), "kind": one.kind, "bytes": one.size} for one in going.files],
        "everything": going.wanted.everything and not going.wanted.coarsens,
        "coarse_m": going.wanted.coarse_m,
        "unfinished": t.due,
    }


def lines(going: Going, language: str) -> list[str]:
    """Return what goes as lines for a person."""
    t, wanted = going.touched, going.wanted
    found = []
    if t.due:
        found.append(phrases.say(language, "An earlier forgetting was cut off: it is finished with this."))
    if going.nothing:
        return [phrases.say(language, "There is nothing of that in the diary.")]
    counts = {"runs": float(len(t.spans)), "samples": float(sum(one.samples for one in t.spans))}
    if wanted.coarsens:
        text = "Runs whose positions go into cells of {cell_m:metres}: {runs:count}; times, heights, heart rate stay."
        found.append(phrases.say(language, text, **counts, cell_m=wanted.coarse_m))
    else:
        found.append(phrases.say(language, "Runs that go: {runs:count}, with {samples:count} samples.", **counts))
    if wanted.everything and not wanted.coarsens:
        found.append(phrases.say(language, "All that you said, entered and chose goes too, and all settings."))
    if t.decisions:
        text = "Decisions that rest on them: {decisions:count}; only number and time stay, so they tell no reasons."
        found.append(phrases.say(language, text, decisions=float(len(t.decisions))))
    if t.memories:
        text = "What was kept or learned of them goes; learning goes on with what stays: {names:word}."
        found.append(phrases.say(language, text, names=", ".join(t.memories)))
    return [*found, *(_file_line(one.kind, str(one.path), language) for one in going.files)]


def _file_line(kind: str, path: str, language: str) -> str:
    if kind == BACKUP:
        return phrases.say(language, "{file:word} stays: a backup is locked, and may still hold them.", file=path)
    if kind == COPY:
        return phrases.say(language, "{file:word}: the same is taken out of this copy.", file=path)
    return phrases.say(language, "{file:word} goes ({kind:word}).", file=path, kind=phrases.say(language, kind))
