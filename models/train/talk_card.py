"""models/TALK_CARD.md: what the second opinion on talk is, and what it brings, judged on writers it has not read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from edge.coach.said import KINDS
from edge.talk.weighing import BRING, BRING_WARNING, BRING_WHERE_KNOWN, NEVER_BROUGHT, NEVER_TAKEN, TAKE
from models.train.talk_lines import UNREAD, Flags, Line, kinds_heard, kinds_said, sha256
from models.train.talk_training import FOLDS, Fitted

_EVERY = 4
_WARNING = KINDS.index("red_flag")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Lines of writers that the opinion had not read (n,): kinds said, heard by the grammar, and with the opinion."""

    lines: list[Line]
    said: Flags
    alone: Flags
    both: Flags


def judge(fitted: Fitted, tell: Callable[[str], None] = lambda text: None) -> Judged:
    """Return every third line of every writer as both hear it, by the opinion learned without that writer."""
    chosen: list[int] = []
    both = []
    for fold, opinion in zip(FOLDS, fitted.opinions, strict=False):
        rows = [k for k, line in enumerate(fitted.lines) if line.writer in fold][::_EVERY]
        both += [kinds_heard(fitted.lines[k].text, opinion) for k in rows]
        chosen += rows
        tell(f"judged {' and '.join(fold)}")
    lines = [fitted.lines[k] for k in chosen]
    return Judged(lines, np.array([kinds_said(line) for line in lines]), fitted.heard[chosen], np.array(both))


def card(fitted: Fitted, judged: Judged, file: bytes) -> str:
    """Return the text of TALK_CARD.md."""
    writers = sorted({line.writer for line in fitted.lines})
    counts = ", ".join(f"{name} {sum(line.writer == name for line in fitted.lines)}" for name in writers)
    return _TEXT.format(
        size=len(file),
        sha=hashlib.sha256(file).hexdigest(),
        features=len(fitted.shipped.keys),
        lines=len(fitted.lines),
        data=sha256(),
        counts=counts,
        judged=len(judged.lines),
        hands=len({line.writer for line in judged.lines}),
        writers=_by_writer(judged),
        kinds=_by_kind(judged),
        never_taken=", ".join(sorted(NEVER_TAKEN)),
        never_brought=", ".join(sorted(NEVER_BROUGHT)),
        bring=BRING,
        known=BRING_WHERE_KNOWN,
        warning=BRING_WARNING,
        take=TAKE,
    )


def _by_writer(judged: Judged) -> str:
    names = np.array([line.writer for line in judged.lines])
    rows = [_row(name.removeprefix(UNREAD), judged, names == name) for name in sorted(set(names.tolist()))]
    return "\n".join([*rows, _row("all", judged, np.ones(len(names), dtype=bool))])


def _row(name: str, judged: Judged, rows: Flags) -> str:
    said, alone, both = judged.said[rows], judged.alone[rows], judged.both[rows]
    right = [f"{100.0 * (heard == said).all(axis=1).mean():.1f}" for heard in (alone, both)]
    due = said[:, _WARNING]
    missed = [str(int((due & ~heard[:, _WARNING]).sum())) for heard in (alone, both)]
    invented = [str(int((~due & heard[:, _WARNING]).sum())) for heard in (alone, both)]
    cells = [name, str(len(said)), *right, str(int(due.sum())), " → ".join(missed), " → ".join(invented)]
    return f"| {' | '.join(cells)} |"


def _by_kind(judged: Judged) -> str:
    rows = []
    for k, kind in enumerate(KINDS):
        said, alone, both = judged.said[:, k], judged.alone[:, k], judged.both[:, k]
        missed = [int((said & ~heard).sum()) for heard in (alone, both)]
        extra = [int((~said & heard).sum()) for heard in (alone, both)]
        rows.append(f"| {kind} | {int(said.sum())} | {missed[0]} → {missed[1]} | {extra[0]} → {extra[1]} |")
    return "\n".join(rows)


_TEXT = """# The second opinion on talk

Written by `python -m models.train talk --report`; do not edit. Every number below was computed by that command.

`edge/talk/opinion.npz`: {size} bytes, sha256 `{sha}`.

## What it does

For each clause of a sentence it scores every kind of news, "none", and of sleep and mood whether they are good: one
ridge logistic regression each (English and German in one) over words, pairs of neighbours and of next but one, and
groups of three to five letters; the {features} features that weigh most, by their CRC-32, in weights of 8 bits. Eight numbers a kind, learned
on lines of writers that the weights had not read, weigh the scores against what the grammar heard. NumPy alone.

What may come of it (`edge/talk/weighing.py`), in log odds: a kind is brought above {bring}, above {known}
where the grammar knows every word of the clause, a warning above {warning}; one that the grammar
heard is taken away below {take}. Never taken away:
{never_taken}. Never brought: {never_brought}.
Clauses about somebody else, a mere "if", the past and requests to set a rule aside stay what the grammar says; a clause
that denies a sign gets no warning and no pain. Areas, sides, strengths and minutes are the grammar's own.
`kadenz checkin` shows all of it and keeps nothing without a yes but warnings; `--json` lists under "guessed" what the
model alone brought.

## Data

`models/train/talk_lines.tsv`, {lines} labelled lines made for this project, none of a real runner: {counts}.
sha256 `{data}`. Writers `talk_*` had seen neither the grammar nor the others' lines; `en3`, `en4`, `de3`, `de4` were
asked for what others would not think of, and are harder. The rest was read while the grammar was built: it teaches the
words, but not how far the grammar is to be trusted. Sets F, G, H, I of tests/sentences are not among them.

## How it was judged

{judged} lines, every fourth of the {hands} writers, each pair (one English, one German) by an opinion learned without
both.
Right: exactly the labelled kinds. Warnings missed and invented: grammar alone → with the opinion. Labels were given by
the writers and not mended; some are a matter of taste.

| writer | lines | grammar alone right % | with the opinion right % | warnings | missed | invented |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
{writers}

| kind | lines | missed | too many |
| --- | ---: | ---: | ---: |
{kinds}

## Limits

- Written lines of {hands} hands, no spoken ones; other languages and heavy dialect are not in them.
- It hears words, not the world: who is meant, and irony, it does not know.
- What it brings has no finer meaning than its kind where the grammar has no word for it.
- The meeting was learned on lines that the grammar had not read; once the grammar learns from them, train again on
  others, or the grammar is trusted too much.
- General guidance, not a medical device: a warning in unusual words can still be missed.
"""
