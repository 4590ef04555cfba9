"""The labelled lines that the opinion on talk learns from, and what the grammar alone makes of them.

The rule of this file: a line is one person's words, its kinds, and who wrote it; who is judged is not learned from.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from edge.coach.said import KINDS
from edge.talk.encoder import Encoder
from edge.talk.grammar import understood_with
from edge.talk.opinion import LABELS, Opinion
from edge.talk.tokens import tokens
from edge.talk.words import spelled

PATH = Path(__file__).with_name("talk_lines.tsv")
#: Writers whose lines nobody has read for the grammar begin so: only they tell how far the grammar is to be trusted.
UNREAD = "talk_"
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance, its kinds, "good", "bad" or "" of sleep and mood, and its writer."""

    text: str
    kinds: frozenset[str]
    turn: str
    writer: str


def read(path: Path = PATH) -> list[Line]:
    """Return the lines of a file in their order; FileNotFoundError where it is not there."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [Line(text, frozenset(kinds.split("+")) - {"none"}, turn, writer) for text, kinds, turn, writer in rows]


def sha256(path: Path = PATH) -> str:
    """Return the SHA-256 of the file of lines."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def words_of(text: str) -> list[str]:
    """Return the words of a line as a clause would hold them, without the signs between."""
    return [word for word in spelled(tokens(text)) if word.isalnum() or word == "'s"]


def targets(lines: list[Line]) -> npt.NDArray[np.float64]:
    """Return (n, labels) of 1 and 0; NaN where a line does not say, as whether a sleep was good."""
    found = np.zeros((len(lines), len(LABELS)))
    for row, line in zip(found, lines, strict=True):
        row[[KINDS.index(kind) for kind in line.kinds]] = 1.0
        row[len(KINDS)] = not line.kinds
        for column, kind in enumerate(("sleep", "mood"), start=len(KINDS) + 1):
            row[column] = float(line.turn == "good") if kind in line.kinds and line.turn else np.nan
    return found


def kinds_said(line: Line) -> Flags:
    """Return whether each kind (kinds,) is told in a line."""
    return np.array([kind in line.kinds for kind in KINDS])


def kinds_heard(text: str, opinion: Opinion | None, third: Encoder | None = None) -> Flags:
    """Return whether each kind (kinds,) is heard in a text, with opinions or by the grammar alone."""
    heard = {one.kind for one in understood_with(text, opinion, third).constraints}
    return np.array([kind in heard for kind in KINDS])
