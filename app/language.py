"""In which language a command speaks: as asked, else as the app is set, else as the system is, else English.

The rule of this file: a choice is read where it was kept; nothing is kept here.
"""

from __future__ import annotations

import argparse
import json
import os

from app.store import Store, StoreError, diary_path
from edge.coach.languages import LANGUAGES, language_of

#: Under this name the app keeps its settings in the diary (`app.desk`).
SETTINGS = "app settings"


def add_language_option(parser: argparse.ArgumentParser) -> None:
    """Add `--lang`."""
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        help="the language of what is shown (default: the one set in the app, else your system's)",
    )


def default_language() -> str:
    """Return the language of the system's messages where the coach speaks it, else English."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return language_of(next((name for name in named if name), ""))


def language_for(asked: str | None, store: Store | None = None) -> str:
    """Return the language that was asked for, else the one that the diary's app is set to, else the system's."""
    return asked or (stored_language(store) if store is not None else "") or default_language()


def language_at(args: argparse.Namespace) -> str:
    """Return the language for a command that has not opened the diary of its `--db` yet; it makes none."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            return language_for(args.lang, store)
    except StoreError:
        return language_for(args.lang)


def stored_language(store: Store) -> str:
    """Return the language that the app of a diary is set to, "" where none was kept."""
    kept = store.memory(SETTINGS)
    try:
        found = json.loads(kept) if kept else {}
    except ValueError:
        return ""
    language = found.get("language", "") if isinstance(found, dict) else ""
    return language if language in LANGUAGES else ""


def date_words(language: str, iso_day: str) -> str:
    """Return a day "2026-11-25" as a language writes it: "25.11.2026" in German."""
    year, month, day = iso_day.split("-")
    return f"{day}.{month}.{year}" if language == "de" else iso_day


def number_words(language: str, value: float, digits: int) -> str:
    """Return a number with so many digits behind the mark, as a language writes it."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "de" else text
