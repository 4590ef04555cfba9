"""`kadenz backup FILE`: the whole diary in one file that opens with a passphrase only."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.backup_file import BackupError
from app.backups import back_up
from app.language import add_language_option, language_at
from app.output import CommandError, add_common_options, print_json, say
from app.passphrases import VARIABLE, passphrase_from, weak
from app.store import StoreError, diary_path
from edge.coach import phrases


def add_passphrase_options(parser: argparse.ArgumentParser) -> None:
    """Add `--passphrase-file` and `--lang`; a passphrase itself is never an argument, which other people could read."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="its first line is the passphrase (default: ask)"
    )
    add_language_option(parser)
    add_common_options(parser)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz backup`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup to write, such as kadenz-2026-11.backup")
    add_passphrase_options(parser)
    parser.epilog = (
        f"The passphrase is asked for twice, or comes from --passphrase-file or {VARIABLE}. A recording may go on "
        "meanwhile. The file is a tar archive of parts in the age format, which tells how to open it without Kadenz."
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup and say what is in it."""
    diary = diary_path(args.db)
    if not diary.is_file():
        raise CommandError(f"there is no diary at {diary}")
    args.lang = language_at(args)
    passphrase = passphrase_from(args.passphrase_file, twice=True)
    if weak(passphrase):
        say(
            phrases.say(
                args.lang,
                "This passphrase is easy to guess: several words in a row that nobody would expect are better.",
            )
        )
    try:
        made = back_up(diary, args.file, passphrase)
    except (StoreError, BackupError) as problem:
        raise CommandError(str(problem)) from problem
    except OSError as problem:
        raise CommandError(f"no backup was made: {problem.strerror or problem}") from problem
    if args.json:
        print_json({"file": str(made.path), "bytes": made.size, "diary": made.health})
    else:
        text = (
            "Written: {file:word} (runs: {runs:count}, samples: {samples:count}). Without the passphrase nobody can "
            "open it, so keep both, apart from each other."
        )
        counts = {"runs": float(made.health.runs), "samples": float(made.health.samples)}
        print(phrases.say(args.lang, text, file=str(made.path), **counts))
    if not made.health.ok:
        tell_damage(args.lang)
    return 0


def tell_damage(language: str) -> None:
    """Say that the diary of a backup was damaged before."""
    say(
        phrases.say(language, "The diary in it has damage, which was there when it was made: `kadenz doctor` tells it.")
    )
