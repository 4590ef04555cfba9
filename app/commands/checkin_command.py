"""`kadenz checkin`: what you say about yourself, shown as it was understood, kept once you confirm, and reversible."""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Sequence
from datetime import datetime

from app.coach import facts_of
from app.coach_text import console
from app.language import add_language_option, date_words, language_at
from app.output import CommandError, add_common_options, iso_time, print_json, say
from app.store import Store, StoreError, diary_path
from app.talk_text import in_words, tell_of_missing_opinion, urgent
from app.trip_said import bind, keep_said, take_back_said, trip_document
from app.trip_said import in_words as journey_in_words
from app.trips import Trip, home_among
from app.warning_signs import SIGNS, listed, sign_of
from edge.coach.phrases import say as in_language
from edge.coach.said import Constraint
from edge.talk import Taken, Understood, understand

_MOST_CHARS = 10_000
_YES = frozenset({"", "y", "yes", "j", "ja", "ok"})


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz checkin`."""
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help='such as "left knee hurts 4/10 going downhill, slept badly"'
    )
    parser.add_argument("--dry-run", action="store_true", help="show what is understood and store nothing")
    parser.add_argument("--yes", action="store_true", help="keep it without asking")
    parser.add_argument("--list", action="store_true", help="show what you said, with its numbers")
    parser.add_argument(
        "--warning",
        nargs="?",
        const="",
        metavar="N",
        help="tell of a warning sign by its number; without a number they are listed",
    )
    add_language_option(parser)
    parser.add_argument("--undo", nargs="?", type=int, const=0, metavar="N", help="take back sentence N, or the latest")
    add_common_options(parser)
    parser.epilog = "General guidance, not medical advice. What you say stays in your diary on this device."


def run(args: argparse.Namespace) -> int:
    """Understand a sentence and keep it once it is confirmed, or list and take back what was said."""
    text = " ".join(args.text).strip()
    if sum((bool(text), args.list, args.undo is not None, args.warning is not None)) != 1:
        say("kadenz checkin: say something, or use --warning [N], --list or --undo [N]")
        return 2
    args.lang = language_at(args)
    try:
        if args.list:
            return _list(args)
        if args.warning is not None:
            return _warned(args)
        return _undo(args) if args.undo is not None else _check_in(args, text)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem


def _check_in(args: argparse.Namespace, text: str) -> int:
    found = understand(text)
    tell_of_missing_opinion()
    warning = urgent(found.constraints, found.language)
    found, trip = _with_journey(args, text, found)
    if warning:
        _warn(warning, args.json)
    if args.json:
        shown = document(found, warning)
        print_json(shown if trip is None else {**shown, "trip": trip_document(trip)})
    else:
        _tell(found)
        if trip is not None:
            console().print(journey_in_words(trip, found.language), markup=False)
    if args.dry_run or not found.constraints or not _confirmed(args, found):
        return 0
    with Store(diary_path(args.db)) as store:
        number = store.add_sentence(text[:_MOST_CHARS], found.constraints, time.time())
        if trip is not None:
            keep_said(store, trip, number, time.time())
    say(_KEPT[found.language == "de"].format(number=number))
    return 0


def _warned(args: argparse.Namespace) -> int:
    """Answer a sign that was pointed at, and keep it; without a number list them, and ask for one on a terminal."""
    number = args.warning
    if not number:
        if args.json:
            print_json({"signs": [{"number": n, "sign": s.named(args.lang)} for n, s in enumerate(SIGNS, start=1)]})
            return 0
        console().print(listed(args.lang), markup=False)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return 0
        number = input("> ")
    sign = sign_of(number)
    if sign is None:
        raise CommandError(f"{number!r} is no sign: 1 to {len(SIGNS)}, `kadenz checkin --warning` lists them")
    warning = urgent((sign.constraint,), args.lang)
    _warn(warning, args.json)
    if args.json:
        print_json(document(Understood((sign.constraint,), True, "", args.lang), warning))
    if args.dry_run:
        return 0
    with Store(diary_path(args.db)) as store:
        kept = store.add_sentence(sign.named(args.lang), (sign.constraint,), time.time())
    say(_KEPT[args.lang == "de"].format(number=kept))
    return 0


def _with_journey(args: argparse.Namespace, text: str, found: Understood) -> tuple[Understood, Trip | None]:
    """Return what was understood with a journey that the sentence tells; a diary is only opened where there is one."""
    now = time.time()
    today = datetime.fromtimestamp(now).astimezone().date()
    said = bind(text, found, None, now, today)
    path = diary_path(args.db)
    if said.trip is None or not path.exists():
        return said.understood, said.trip
    with Store(path) as store:
        home = home_among(facts_of(store), now)
    said = bind(text, found, home, now, today)
    return said.understood, said.trip


_KEPT = (
    "kept as number {number}; `kadenz checkin --undo {number}` takes it back",
    "gemerkt als Nummer {number}; `kadenz checkin --undo {number}` nimmt es zurück",
)
_NOT_KEPT = ("nothing was kept", "nichts wurde gemerkt")
_RIGHT = ("Is that right? [Y/n] ", "Stimmt das so? [J/n] ")


def _warn(warning: str, to_stderr: bool) -> None:
    """Say at once what cannot wait."""
    if to_stderr:
        say(warning)
    else:
        console().print(warning, style="bold red", markup=False)


def document(found: Understood, warning: str) -> dict[str, object]:
    """Return what `--json` prints: null for a number or word that was not said, "warning" only with a warning sign.

    The strength that a word was taken for ("a bit") is no number that was said: it stands in "taken". "guessed" are the
    numbers of the constraints that the small model alone heard, where there are any.
    """
    listed = [
        {
            "kind": c.kind,
            "area": c.area or None,
            "side": c.side or None,
            "severity": None if isinstance(c.severity, Taken) else c.severity,
            "situation": c.situation or None,
            "value": c.value,
        }
        for c in found.constraints
    ]
    shown: dict[str, object] = {
        "constraints": listed,
        "understood": found.understood,
        "question": found.question or None,
    }
    taken = [
        {"index": k, "severity": c.severity} for k, c in enumerate(found.constraints) if isinstance(c.severity, Taken)
    ]
    guessed = {"guessed": list(found.guessed)} if found.guessed else {}
    return {**shown, **({"taken": taken} if taken else {}), **guessed, **({"warning": warning} if warning else {})}


def _tell(found: Understood) -> None:
    out = console()
    if found.constraints:
        out.print(in_words(found.constraints, found.language), markup=False)
    elif found.understood:
        out.print(
            "Verstanden: nichts, was ich mir merken muss." if found.language == "de" else "Understood: nothing to keep."
        )
    if found.question:
        out.print(found.question, markup=False)


def _confirmed(args: argparse.Namespace, found: Understood) -> bool:
    """Return whether to keep it: asked on a terminal, else only with --yes; a warning sign is always kept."""
    german = found.language == "de"
    if args.yes or any(c.kind == "red_flag" and c.situation != "cleared" for c in found.constraints):
        return True
    if args.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        say(f"{_NOT_KEPT[german]}: --yes")
        return False
    try:
        kept = input(_RIGHT[german]).strip().casefold() in _YES
    except EOFError:
        kept = False
    if not kept:
        say(_NOT_KEPT[german])
    return kept


def _undo(args: argparse.Namespace) -> int:
    with Store(diary_path(args.db)) as store:
        standing = [row for row in store.sentences() if math.isnan(row.taken_back_unix_s)]
        if not standing:
            raise CommandError(in_language(args.lang, "there is nothing to take back"))
        number = args.undo or standing[-1].number
        if number not in {row.number for row in standing}:
            text = "sentence {number:count} is not in the diary, or was taken back before"
            raise CommandError(in_language(args.lang, text, number=number))
        store.take_back(number, time.time())
        take_back_said(store, number, time.time())
        text = next(row.text for row in standing if row.number == number)
    if args.json:
        print_json({"taken_back": number, "text": text})
    else:
        told = in_language(args.lang, 'Taken back: number {number:count}, "{text:word}"', number=number, text=text)
        console().print(told, markup=False)
    return 0


def _list(args: argparse.Namespace) -> int:
    with Store(diary_path(args.db)) as store:
        rows = store.sentences()
    if args.json:
        print_json(
            [
                {
                    "number": r.number,
                    "said": iso_time(r.said_unix_s),
                    "text": r.text,
                    "constraints": _plain(r.understood),
                    "taken_back": not math.isnan(r.taken_back_unix_s),
                }
                for r in rows
            ]
        )
        return 0
    out = console()
    for row in rows:
        gone = "" if math.isnan(row.taken_back_unix_s) else f"  ({in_language(args.lang, 'taken back')})"
        day = date_words(args.lang, iso_time(row.said_unix_s)[:10])
        out.print(f"{row.number:>4}  {day}  {row.text}{gone}", markup=False)
        out.print(f"      {in_words(row.understood, args.lang)}", markup=False, style="dim")
    if not rows:
        text = 'Nothing yet: kadenz checkin "slept badly, left knee 3/10 on stairs"'
        out.print(in_language(args.lang, text), markup=False)
    return 0


def _plain(constraints: Sequence[Constraint]) -> object:
    return document(Understood(tuple(constraints), True, "", "en"), "")["constraints"]
