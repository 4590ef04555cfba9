"""`kadenz why ID`: everything that a stored decision rests on, computed again to prove it."""

from __future__ import annotations

import argparse
import json

from rich.markup import escape
from rich.padding import Padding

from app.coach import diary_agrees, replay
from app.coach_text import console
from app.output import CommandError, add_common_options, print_json
from app.store import DecisionRow, Store, StoreError, diary_path
from edge.coach.rules import RULES


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz why`."""
    parser.add_argument("id", nargs="?", metavar="ID", help="the decision, as `kadenz today` names it (default: last)")
    add_common_options(parser)


def run(args: argparse.Namespace) -> int:
    """Show a stored decision with its evidence, and compute it again."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            row = _row(store, args.id)
            story = story_of(store, row)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(story)
    else:
        _tell(story)
    return 0


def _row(store: Store, decision_id: str | None) -> DecisionRow:
    if decision_id:
        return store.decision(decision_id)
    latest = store.decisions(1)
    if not latest:
        raise CommandError("no decision was made yet; `kadenz today` makes one")
    return latest[0]


def story_of(store: Store, row: DecisionRow) -> dict[str, object]:
    """Return a stored decision's document with its rules in words, its inputs, and whether it can be replayed."""
    shown = json.loads(row.document)
    same = replay(store, row.decision_id)
    ids = [i for i in shown["rule_ids"] if i in RULES]
    return {
        "id": row.decision_id,
        **shown,
        "rules": [{"id": i, "text": RULES[i].text, "source": RULES[i].source} for i in ids],
        "inputs": json.loads(row.inputs),
        "replayed": same,
        "diary_unchanged": same and diary_agrees(store, row.decision_id),
    }


def _tell(story: dict[str, object]) -> None:
    out = console()
    out.print(f"[bold]{escape(str(story['show']))}[/bold]  [dim]({story['id']}, until {story['valid_until']})[/dim]\n")
    _tell_reasons(story["because"])
    for card in _items(story["content"]):
        out.print(f"\n[bold]{escape(str(card['title']))}[/bold]: {escape(str(card['text']))}")
        _tell_reasons(card["because"])
    out.print("\n[bold]Rules[/bold]")
    for rule in _items(story["rules"]):
        out.print(Padding(f"{rule['id']}: {escape(str(rule['text']))}", (0, 0, 0, 2)))
        out.print(Padding(f"[dim]{escape(str(rule['source']))}[/dim]", (0, 0, 0, 4)))
    model = story["model_hash"] or "no race model took part"
    out.print(f"\n[dim]model {escape(str(model))}, inputs {story['inputs_hash']}[/dim]")
    out.print(_proof(bool(story["replayed"]), bool(story["diary_unchanged"])))


def _tell_reasons(reasons: object) -> None:
    out = console()
    for reason in _items(reasons):
        out.print(Padding(f"- {escape(str(reason['text']))}", (0, 0, 0, 2)))
        numbers = reason["numbers"]
        if isinstance(numbers, dict) and numbers:
            listed = ", ".join(f"{name} {value:g}" for name, value in numbers.items() if value is not None)
            out.print(Padding(f"[dim]{escape(listed)}[/dim]", (0, 0, 0, 4)))
        evidence = reason["evidence"]
        if isinstance(evidence, list) and evidence:
            out.print(Padding(f"[dim]from {escape(', '.join(map(str, evidence)))}[/dim]", (0, 0, 0, 4)))


def _items(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _proof(same: bool, unchanged: bool) -> str:
    if not same:
        return "[bold]Computed again it is NOT the same: an input was changed, or the coach has a new version.[/bold]"
    diary = "and the diary still says the same" if unchanged else "though the diary has changed since (runs were added)"
    return f"Computed again from its stored inputs: the same, bit for bit, {diary}."
