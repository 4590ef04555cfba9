"""`kadenz trial start|status|rate N|leave`: two ways of guiding a run, compared on one person."""

from __future__ import annotations

import argparse
import math
import time

from app import trials
from app.coach import facts_of
from app.coach_text import console
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.columns import local_offset
from models.trial import Trial


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz trial`."""
    parser.add_argument("what", nargs="?", default="status", choices=("start", "status", "rate", "leave"))
    parser.add_argument("rating", nargs="?", type=float, metavar="N", help="how the run went, 0 to 10 (with rate)")
    add_common_options(parser)
    parser.epilog = "It changes how a session is told, never the session. Leave at any time; it stays in your diary."


def run(args: argparse.Namespace) -> int:
    """Begin, rate or leave the trial, then show how it stands."""
    now_unix_s = time.time()
    try:
        with Store(diary_path(args.db), create=args.what == "start") as store:
            today = int((now_unix_s + local_offset(facts_of(store))) // 86400)
            trial = _after(store, args, today, now_unix_s)
    except (StoreError, ValueError) as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(document(trial, today))
    else:
        _tell(trial, today)
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


def _tell(trial: Trial | None, today: int) -> None:
    out = console()
    if trial is None:
        out.print("No trial is running; `kadenz trial start` compares heart rate with effort words on you.")
        return
    found = trial.finding()
    state = "left" if trial.left else "over" if trial.over else f"today: {trial.style(today)}"
    out.print(f"Comparing {trial.first} with {trial.second}: {found.pairs} pairs of runs, {state}.")
    named = {"first": f"{trial.first} goes better", "second": f"{trial.second} goes better"}
    out.print(f"What is known: {named.get(found.verdict, found.verdict)}.")
    if found.pairs:
        out.print(
            f"Difference {10.0 * found.difference:+.1f} of 10, 95 % interval {10.0 * found.low:+.1f} to "
            f"{10.0 * found.high:+.1f}, valid however often you look."
        )
