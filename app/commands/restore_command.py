"""`kadenz restore FILE`: the diary of a backup, put in place once every byte of it is proved."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.backup_file import BackupError
from app.backups import refuse_existing, restore
from app.commands.backup_command import add_passphrase_options, tell_damage
from app.language import language_at
from app.output import CommandError, print_json
from app.passphrases import VARIABLE, passphrase_from
from app.store import StoreError, diary_path
from edge.coach import phrases


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz restore`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup that `kadenz backup` wrote")
    parser.add_argument("--replace", action="store_true", help="put it in the place of the diary that is there")
    add_passphrase_options(parser)
    parser.epilog = (
        f"The passphrase is asked for, or comes from --passphrase-file or {VARIABLE}. The backup is proved before "
        "anything is touched, and a diary that is replaced is kept aside until the new one has been opened."
    )


def run(args: argparse.Namespace) -> int:
    """Restore and say what is there now."""
    diary = diary_path(args.db)
    if not args.file.is_file():
        raise CommandError(f"there is no backup at {args.file}")
    try:
        refuse_existing(diary, args.replace)
        done = restore(args.file, diary, passphrase_from(args.passphrase_file, twice=False), args.replace)
    except (StoreError, BackupError) as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json({"db": str(done.path), "replaced": done.replaced, "diary": done.health})
    else:
        args.lang = language_at(args)
        text = "Restored: {file:word} (runs: {runs:count}, samples: {samples:count})."
        counts = {"runs": float(done.health.runs), "samples": float(done.health.samples)}
        print(phrases.say(args.lang, text, file=str(done.path), **counts))
    if not done.health.ok:
        tell_damage(language_at(args))
    return 0
