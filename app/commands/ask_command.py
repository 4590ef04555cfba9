"""`kadenz ask QUESTION`: a question about your own running, answered from the diary with the runs it rests on."""

from __future__ import annotations

import argparse
from dataclasses import replace

from rich.markup import escape

from app.arguments import day
from app.coach import bundled_predictor, facts_of, state_of
from app.coach_text import console
from app.commands.today_command import moment
from app.output import CommandError, add_common_options, print_json
from app.planning import plan_of
from app.store import Store, StoreError, diary_path
from edge.coach.ask import KINDS, answer, understand
from edge.coach.columns import runs_until
from edge.coach.phrases import say
from edge.coach.rules import RUNNING_KINDS
from edge.coach.whatif import local_day


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz ask`."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help='such as "why was Sunday slow?"')
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="as the diary was that day (default: today)")
    add_common_options(parser)
    asked = "; ".join(english for english, _ in KINDS.values())
    parser.epilog = f"English or German. I can answer: {asked}"


def run(args: argparse.Namespace) -> int:
    """Answer; 0 also where the answer is that it cannot be known."""
    text = " ".join(args.question)
    try:
        with Store(diary_path(args.db), create=False) as store:
            facts = facts_of(store)
            now_unix_s, offset_s = moment(args.date, facts)
            state = state_of(store, now_unix_s, facts=facts, utc_offset_s=offset_s)
            runs = list(runs_until(facts, now_unix_s, state.utc_offset_s).facts)
            question = understand(text, state.today, local_day(runs[-1]) if runs else -1)
            next_run = _next_run_day(store, now_unix_s, offset_s) if question.kind == "when_again" else -1
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    state = replace(state, language=question.language)
    told = answer(question, runs, state, bundled_predictor(), next_run)
    if args.json:
        print_json({"question": text, "language": question.language, "answer": told})
    else:
        out = console()
        out.print(escape(told.text))
        if told.evidence:
            shown = ", ".join(told.evidence[:8]) + (" …" if len(told.evidence) > 8 else "")
            name = say(question.language, "runs" if len(told.evidence) > 1 else "run")
            out.print(f"[dim]{name}: {escape(shown)}[/dim]")
    return 0


def _next_run_day(store: Store, now_unix_s: float, utc_offset_s: float) -> int:
    """Return the first local day of the coming week with running in its plan; -1 where it has none."""
    days = plan_of(store, now_unix_s, None, utc_offset_s=utc_offset_s).week.days
    return next((one.day for one in days if one.session.kind in RUNNING_KINDS), -1)
