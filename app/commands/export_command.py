"""`kadenz export --for physio`: what somebody who helps you needs to see, and nothing more."""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from app.coach import facts_of, state_of
from app.output import CommandError, add_common_options, print_json, say
from app.physio import physio_page, physio_text
from app.store import Store, StoreError, diary_path
from edge.coach.columns import runs_until


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz export`."""
    parser.add_argument("--for", dest="reader", choices=("physio",), required=True, help="who is going to read it")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the page to this file (default: stdout)")
    add_common_options(parser)
    parser.epilog = "The page for a physiotherapist holds pain, load and changes of twelve weeks, and no positions."


def run(args: argparse.Namespace) -> int:
    """Write the page, or print it."""
    now_unix_s = time.time()
    try:
        with Store(diary_path(args.db), create=False) as store:
            facts = facts_of(store)
            state = state_of(store, now_unix_s, facts=facts)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    page = physio_page(state, runs_until(facts, now_unix_s, state.utc_offset_s).facts, state.said)
    if args.json:
        print_json(page)
        return 0
    made = datetime.fromtimestamp(now_unix_s + state.utc_offset_s, UTC).date().isoformat()
    text = physio_text(page, made)
    if args.out is None:
        print(text, end="")
        return 0
    try:
        args.out.write_text(text)
    except OSError as problem:
        raise CommandError(f"{args.out} cannot be written: {problem.strerror or problem}") from problem
    say(f"written: {args.out}")
    return 0
