"""`kadenz trial start|status|rate N|leave`: two ways of guiding a run, compared on one person."""

from __future__ import annotations

import argparse
import math
import time

from app import trials
from app.coach import facts_of
from app.coach_text import console
from app.language import add_language_option, language_for, number_words
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.columns import local_offset
from edge.coach.phrases import say
from models.trial import Trial


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz trial`."""
    parser.add_argument("what", nargs="?", default="status", choices=("start", "status", "rate", "leave"))
    parser.add_argument("rating", nargs="?", type=float, metavar="N", help="how the run went, 0 to 10 (with rate)")
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = "It changes how a session is told, never the session. Leave at any time; it stays in your diary."


def run(args: argparse.Namespace) -> int:
    """Begin, rate or leave the trial, then show how it stands."""
    now_unix_s = time.time()
    try:
        with Store(diary_path(args.db), create=args.what == "start") as store:
            today = int((now_unix_s + local_offset(facts_of(store))) // 86400)
            language = language_for(args.lang, store)
            trial = _after(store, args, today, now_unix_s)
    except (StoreError, ValueError) as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(document(trial, today))
    else:
        _tell(trial, today, language)
    return 0


def _after(store: Store, args: argparse.Namespace, today: int, now_unix_s: float) -> Trial | None:
    if args.what == "start":
        return trials.start(store, now_unix_s)
    if args.what == "leave":
        return trials.leave(store, now_unix_s)
    if args.what == "rate":
        return trials.rate(store, today, math.nan if args.rating is None else args.rating, now_unix_s)
    return trials.trial_of(store)


def document(trial: Trial | None, today: int) -> dict[str, object]:
    """Return the trial as `--json` prints it."""
    if trial is None:
        return {"running": False}
    found = trial.finding()
    return {
        "running": not trial.over,
        "left": trial.left,
        "compared": [trial.first, trial.second],
        "style_today": trial.style(today),
        "pairs": found.pairs,
        "difference": found.difference,
        "low": found.low,
        "high": found.high,
        "verdict": found.verdict,
    }


def _tell(trial: Trial | None, today: int, language: str) -> None:
    out = console()
    if trial is None:
        text = "No trial is running; `kadenz trial start` compares heart rate with effort words on you."
        out.print(say(language, text))
        return
    found, first, second = trial.finding(), say(language, trial.first), say(language, trial.second)
    state = say(language, "trial left" if trial.left else "trial over")
    if not trial.over and not trial.left:
        state = say(language, "today: {style:word}", style=say(language, str(trial.style(today))))
    text = "Comparing {first:word} with {second:word}: {pairs:count} pairs of runs, {state:word}."
    out.print(say(language, text, first=first, second=second, pairs=found.pairs, state=state))
    better = {"first": first, "second": second}.get(found.verdict)
    known = say(language, "{style:word} goes better", style=better) if better else say(language, found.verdict)
    out.print(say(language, "What is known: {known:word}.", known=known))
    if found.pairs:
        text = "Difference {middle:word} of 10, 95 % interval {low:word} to {high:word}, valid however often you look."
        middle, low, high = (_signed(10.0 * one, language) for one in (found.difference, found.low, found.high))
        out.print(say(language, text, middle=middle, low=low, high=high))


def _signed(value: float, language: str) -> str:
    return f"{'+' if value >= 0.0 else ''}{number_words(language, value, 1)}"
