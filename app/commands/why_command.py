"""`kadenz why ID`: everything that a stored decision rests on, computed again to prove it."""

from __future__ import annotations

import argparse
import json

from rich.markup import escape
from rich.padding import Padding

from app.coach import diary_agrees, replay
from app.coach_text import console
from app.language import add_language_option, date_words, language_for
from app.output import CommandError, add_common_options, print_json
from app.store import DecisionRow, Store, StoreError, diary_path
from app.views.evidence import evidence_lines
from app.views.evidence_names import number_names
from app.views.words import words
from edge.coach.phrases import say
from edge.coach.rules import RULES
from edge.coach.sources import source_words


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz why`."""
    parser.add_argument("id", nargs="?", metavar="ID", help="the decision, as `kadenz today` names it (default: last)")
    add_language_option(parser)
    add_common_options(parser)


def run(args: argparse.Namespace) -> int:
    """Show a stored decision with its evidence, and compute it again."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            row = _row(store, args.id)
            language = language_for(args.lang, store)
            story = story_of(store, row, language)
    except StoreError as problem:
        raise CommandError(str(problem)) from problem
    if args.json:
        print_json(story)
    else:
        _tell(story, language)
    return 0


def _row(store: Store, decision_id: str | None) -> DecisionRow:
    if decision_id:
        return store.decision(decision_id)
    latest = store.decisions(1)
    if not latest:
        raise CommandError("no decision was made yet; `kadenz today` makes one")
    return latest[0]


def story_of(store: Store, row: DecisionRow, language: str = "en") -> dict[str, object]:
    """Return a stored decision's document with its rules in words, its inputs, and whether it can be replayed.

    The rules are told in a language; the reasons stand in the one in which the decision was made.
    """
    shown = json.loads(row.document)
    same = replay(store, row.decision_id)
    ids = [i for i in shown["rule_ids"] if i in RULES]
    return {
        "id": row.decision_id,
        **shown,
        "rules": [{"id": i, **_rule(i, language)} for i in ids],
        "inputs": json.loads(row.inputs),
        "replayed": same,
        "diary_unchanged": same and diary_agrees(store, row.decision_id),
    }


def _rule(rule_id: str, language: str) -> dict[str, object]:
    return {"text": say(language, RULES[rule_id].text), "source": say(language, RULES[rule_id].source)}


def _tell(story: dict[str, object], language: str) -> None:
    out, until = console(), str(story["valid_until"])
    until = f"{date_words(language, until[:10])} {until[11:16]}" if language == "de" else until
    head = say(language, "({id:word}, until {until:word})", id=str(story["id"]), until=until)
    out.print(f"[bold]{escape(str(story['show']))}[/bold]  [dim]{head}[/dim]\n")
    _tell_reasons(story["because"], language)
    for card in _items(story["content"]):
        out.print(f"\n[bold]{escape(str(card['title']))}[/bold]: {escape(str(card['text']))}")
        _tell_reasons(card["because"], language)
    out.print(f"\n[bold]{say(language, 'Rules')}[/bold]")
    for rule in _items(story["rules"]):
        out.print(Padding(f"{rule['id']}: {escape(str(rule['text']))}", (0, 0, 0, 2)))
        out.print(Padding(f"[dim]{escape(str(rule['source']))}[/dim]", (0, 0, 0, 4)))
    model = say(language, "no race model took part")
    if story["model_hash"]:
        model = say(language, "model {model:word}", model=str(story["model_hash"]))
    made = say(language, "{model:word}, inputs {inputs:word}", model=model, inputs=str(story["inputs_hash"]))
    out.print(f"\n[dim]{escape(made)}[/dim]")
    out.print(_proof(bool(story["replayed"]), bool(story["diary_unchanged"]), language))


def _tell_reasons(reasons: object, language: str) -> None:
    out = console()
    for reason in _items(reasons):
        out.print(Padding(f"- {escape(str(reason['text']))}", (0, 0, 0, 2)))
        numbers = reason["numbers"]
        if isinstance(numbers, dict) and numbers:
            listed = "; ".join(_numbers(numbers, language))
            out.print(Padding(f"[dim]{escape(listed)}[/dim]", (0, 0, 0, 4)))
        evidence = reason["evidence"]
        if isinstance(evidence, list) and evidence:
            told = ", ".join(source_words(language, str(one)) for one in evidence)
            told = say(language, "from {evidence:word}", evidence=told)
            out.print(Padding(f"[dim]{escape(told)}[/dim]", (0, 0, 0, 4)))


def _numbers(numbers: dict[str, float | None], language: str) -> list[str]:
    """Return the numbers of a reason in words; those that have no name in words are told by `--json` alone."""
    known = {name: value for name, value in numbers.items() if value is not None}
    told = list(evidence_lines(tuple(known.items()), (), words(language)))
    more = len(known.keys() - number_names(words(language)).keys())
    text = "{more:count} more number with --json" if more == 1 else "{more:count} more numbers with --json"
    return [*told, *([say(language, text, more=more)] if more else [])]


def _items(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _proof(same: bool, unchanged: bool, language: str) -> str:
    if not same:
        text = "Computed again it is NOT the same: an input was changed, or the coach has a new version."
        return f"[bold]{say(language, text)}[/bold]"
    diary = "and the diary still says the same" if unchanged else "though the diary has changed since (runs were added)"
    text = "Computed again from its stored inputs: the same, bit for bit, {diary:word}."
    return say(language, text, diary=say(language, diary))
