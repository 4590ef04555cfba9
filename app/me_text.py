"""The living persona as a person reads it, and as `kadenz me --json` prints it.

The rule of this file: what is not known says so and what would tell; a number never stands without its unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from app.language import date_words
from app.output import iso_time
from edge.coach import labels
from edge.coach.beliefs import Response, State
from edge.coach.corrections import correction_text
from edge.coach.entry import Entry
from edge.coach.groups import groups_of
from edge.coach.persona import persona
from edge.coach.phrases import say
from edge.coach.responses import FEWEST, FEWEST_MONTHS
from edge.coach.sources import source_words
from edge.coach.types import RunFact

_DAY_S = 86400.0


def persona_document(state: State, facts: Sequence[RunFact]) -> dict[str, object]:
    """Return the persona as values: state, groups, responses, corrections, what was new when, and open questions."""
    found = labels.contradiction(state) if labels.is_open(state) else None
    return {
        "state": persona(state, facts),
        "groups": groups_of(state),
        "responses": state.responses,
        "corrections": state.own.corrections,
        "learned": dict(state.own.learned),
        "introduced": state.own.introduced,
        "questions": [] if found is None else [{"experience": state.profile.experience, "runs_say": found[0],
                                                "because": found[1].text}],
    }  # fmt: skip


def tell_persona(state: State, facts: Sequence[RunFact], out: Console, shared: Sequence[str] = ()) -> None:
    """Print the persona in the language of the state; `shared` is what people like this one shared, in lines."""
    language = state.language
    note = say(language, "each with its doubt; nine times in ten it lies within")
    out.print(f"\n[bold]{say(language, 'What I believe of you')}[/bold] ({note})")
    parts = [(say(language, one.part), _text(one, language), _source(one, state)) for one in persona(state, facts)]
    _table(out, parts, language)
    note = say(language, "what followed in your diary, not a proof of cause")
    out.print(f"\n[bold]{say(language, 'What runs do to you')}[/bold] ({note})")
    _table(out, [_response_row(one, language) for one in state.responses if one.runs], language)
    out.print(f"\n[bold]{say(language, 'People like you')}[/bold]")
    groups = groups_of(state)
    rows = [(say(language, one.dimension), say(language, one.name), one.because.text) for one in groups]
    _table(out, rows, language)
    for line in shared:
        out.print(f"  {line}", markup=False)
    _tell_corrections(state, out)
    if state.own.introduced:
        note = say(language, "one personal element a week at most")
        out.print(f"\n[bold]{say(language, 'New to you, and when')}[/bold] ({note})")
        new = [(_element(one.element, language), _iso_day(one.day * _DAY_S, language)) for one in state.own.introduced]
        _table(out, [(*one, "") for one in new], language)
    _tell_question(state, out)


def _tell_corrections(state: State, out: Console) -> None:
    if not state.own.corrections:
        return
    language, was = state.language, {name: value for name, value in state.own.learned if math.isfinite(value)}
    out.print(f"\n[bold]{say(language, 'You corrected')}[/bold] ({say(language, 'this wins')})")
    rows = []
    for one in state.own.corrections:
        beside = say(language, "nothing learned")
        if one.name in was:
            learned = correction_text(one.name, round(was[one.name], 1), language)
            beside = say(language, "learned: {value:word}", value=learned)
        value = correction_text(one.name, one.value, language)
        rows.append((say(language, one.name), value, f"{_day(one.set_unix_s, state)}; {beside}"))
    _table(out, rows, language)


def _tell_question(state: State, out: Console) -> None:
    found = labels.contradiction(state) if labels.is_open(state) else None
    if found is None:
        return
    text = say(
        state.language,
        'You said "{label:word}"; {why:word}. Your word stands until you say `kadenz me set experience {other:word}` '
        "or `kadenz me set experience --keep`.",
        label=labels.spoken(state.profile.experience, state.language), why=found[1].text, other=found[0],
    )  # fmt: skip
    out.print(f"\n{text}", markup=False)


def _element(name: str, language: str) -> str:
    """Return what was new in words: the element, and what it was about."""
    element, mark, about = name.partition(": ")
    about = (
        " ".join(labels.GERMAN.get(word, say(language, word)) for word in about.split()) if language == "de" else about
    )
    return say(language, element) + mark + about


def _response_row(one: Response, language: str) -> tuple[str, str, str]:
    runs = say(language, "{runs:count} run" if one.runs == 1 else "{runs:count} runs", runs=one.runs)
    return say(language, one.kind), runs, response_text(one, language)


def response_text(one: Response, language: str = "en") -> str:
    """Return what follows a kind of run in words, each number with its interval."""
    parts = []
    if one.next_bpm is not None:
        b = one.next_bpm
        parts.append(_next_run(b.value, b.low, b.high, language))
    if one.pain_share is not None:
        b = one.pain_share
        text = "you told of a new pain after {middle:count} % of them ({low:count} to {high:count} %)"
        parts.append(say(language, text, middle=100.0 * b.value, low=100.0 * b.low, high=100.0 * b.high))
    few = (
        "too few runs to compare yet (it takes {fewest:count} runs with another within two days, from {months:count} "
        "months)"
    )
    return "; ".join(parts) or say(language, few, fewest=FEWEST, months=FEWEST_MONTHS)


def _next_run(value: float, low: float, high: float, language: str) -> str:
    """Return how the heart beats on the next run, in words; what may be nothing is called nothing."""
    if low <= 0.0 <= high:
        return say(language, "next run's heart rate as usual (within {most:beats})", most=max(-low, high))
    first, last = sorted((abs(low), abs(high)))
    return say(
        language,
        "next run's heart rate {by:beats} {way:word} ({first:count} to {last:beats})",
        by=abs(value), way=say(language, "higher" if value > 0.0 else "lower"), first=first, last=last,
    )  # fmt: skip


def _text(entry: Entry, language: str) -> str:
    if not entry.tells:
        return entry.text
    return say(language, "{text:word}; {tells:word} would tell", text=entry.text, tells=entry.tells)


def _source(entry: Entry, state: State) -> str:
    if not math.isfinite(entry.as_of_unix_s):
        return ""
    return f"{source_words(state.language, entry.source)}, {_day(entry.as_of_unix_s, state)}"


def _day(unix_s: float, state: State) -> str:
    return date_words(state.language, iso_time(unix_s, state.utc_offset_s)[:10])


def _iso_day(unix_s: float, language: str) -> str:
    return date_words(language, iso_time(unix_s)[:10])


def _table(out: Console, rows: Sequence[tuple[str, str, str]], language: str) -> None:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for row in rows:
        table.add_row(*(cell.replace("[", "(") for cell in row))
    out.print(table if rows else f"  {say(language, 'nothing yet')}")
