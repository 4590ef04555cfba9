"""`kadenz ask QUESTION`: a question about your own running, answered from the diary with the runs it rests on."""

from __future__ import annotations

import argparse
import time

from rich.markup import escape

from app.coach import facts_of, state_of
from app.coach_text import console
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.ask import KINDS, answer, understand
from edge.coach.columns import runs_until
from edge.coach.whatif import local_day


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz ask`."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help='such as "why was Sunday slow?"')
    add_common_options(parser)
    asked = "; ".join(english for english, _ in KINDS.values())
    parser.epilog = f"English or German. I can answer: {asked}"


def run(args: argparse.Namespace) -> int:
    """Answer; 0 also where the answer is that it cannot be known."""
    text, now_unix_s = " ".join(args.question), time.time()
    try:
        with Store(diary_path(args.db), create=False) as store:
            facts = facts_of(store)
            state = state_of(store, now_unix_s, facts=facts)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    runs = list(runs_until(facts, now_unix_s, state.utc_offset_s).facts)
    question = understand(text, state.today, local_day(runs[-1]) if runs else -1)
    told = answer(question, runs, state)
    if args.json:
        print_json({"question": text, "language": question.language, "answer": told})
    else:
        out = console()
        out.print(escape(told.text))
        if told.evidence:
            shown = ", ".join(told.evidence[:8]) + (" …" if len(told.evidence) > 8 else "")
            out.print(f"[dim]{'runs' if len(told.evidence) > 1 else 'run'}: {escape(shown)}[/dim]")
    return 0
