"""`kadenz cards`: what was shown and what came of it; say that a card is done or not for you."""

from __future__ import annotations

import argparse
import time

from rich.markup import escape

from app import speaking
from app.cards import catalogue
from app.cards.history import OUTCOMES, CardMemory, let_reading_count, memory_of, note
from app.coach_text import console
from app.commands.today_command import moment
from app.language import add_language_option, date_words, language_for
from app.output import CommandError, add_common_options, iso_time, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.journeys import PREFIX
from edge.coach.phrases import say


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz cards`."""
    for outcome, words in (
        ("done", "you did what it asks"),
        ("refused", "it is not for you"),
        ("opened", "you read it"),
    ):
        parser.add_argument(f"--{outcome}", metavar="CARD", help=f"say of a card that {words}; it then stays away")
    parser.add_argument("--reading", choices=("on", "off"), help="whether opening a card may count; off forgets it")
    parser.add_argument(
        "--unasked", action="store_true", help="bring the one card that is worth speaking up for now, or say why none"
    )
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = "All of it stays in your diary, on this device. A card of safety comes back on another occasion."


def run(args: argparse.Namespace) -> int:
    """Keep what was said of a card, then show the history."""
    now_unix_s = time.time()
    try:
        with Store(diary_path(args.db), create=False) as store:
            if args.reading:
                let_reading_count(store, args.reading == "on", now_unix_s)
            for outcome in OUTCOMES:
                if getattr(args, outcome):
                    note(store, getattr(args, outcome), outcome, now_unix_s)
            language = language_for(args.lang, store)
            told = _unasked(store, now_unix_s, language) if args.unasked else None
            memory = memory_of(store)
    except (StoreError, ValueError) as problem:
        raise CommandError(str(problem)) from problem
    if told is not None:
        if args.json:
            print_json({"say": told[0], "why_not": told[1]})
        else:
            console().print(told[0] or told[1], markup=False)
    elif args.json:
        print_json(document(memory))
    else:
        _tell(memory, language)
    return 0


def _unasked(store: Store, now_unix_s: float, language: str) -> tuple[str, str]:
    """Return what to say unasked, kept as shown, and ""; or "" and why nothing is said."""
    offset_s = moment(None, [])[1]
    card, why, decision = speaking.notice(store, now_unix_s, offset_s, language=language)
    if card is None:
        return "", say(language, "Nothing to say now: {why:word}.", why=say(language, why))
    speaking.said(store, card, decision, now_unix_s, offset_s)
    return f"{card.title}. {card.text}", ""


def document(memory: CardMemory) -> dict[str, object]:
    """Return the history as `kadenz cards --json` prints it, newest first."""
    rows = [
        {"id": one.card_id, "at": iso_time(one.at_unix_s), "outcome": one.outcome, "stamp": one.stamp}
        for one in reversed(memory.shown)
    ]
    return {"reading_counts": memory.reading_counts, "cards_known": len(catalogue().cards), "shown": rows}


def _tell(memory: CardMemory, language: str) -> None:
    out = console()
    if not memory.shown:
        text = "No card was shown yet; `kadenz today` shows one when there is something to say."
        out.print(say(language, text))
    for one in memory.shown[-40:]:
        name = one.card_id.removeprefix(PREFIX)
        day, outcome = date_words(language, iso_time(one.at_unix_s)[:10]), say(language, one.outcome)
        out.print(f"{day}  {outcome:<9} {escape(name)}")
    counts = "Opening a card counts" if memory.reading_counts else "Opening a card does not count"
    out.print(f"\n[dim]{say(language, counts)} (--reading on|off).[/dim]")
