"""Lines as the transformer of talk is given them: the words of the clauses open to it, in pieces.

The rule of this file: what is learned from is made by the code that will ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from edge.coach.said import KINDS
from edge.talk.clauses import Clause
from edge.talk.grammar import Opinions, understood_by
from edge.talk.listening import kinds_in, passage
from edge.talk.opinion import Opinion
from edge.talk.pieces import Pieces, name_of
from edge.talk.weighing import Told, open_clauses
from models.train.e5_file import E5

LATIN = re.compile(r"▁?[a-zA-ZäöüÄÖÜß0-9.,;:!?'’()%/+\-]*")
"""Pieces of English and German, and of others that are written alike."""


@dataclass(slots=True)
class Handed:
    """What is handed to the opinions: the kinds that the grammar heard, the second's scores, and the open clauses."""

    kinds: tuple[bool, ...] = (False,) * len(KINDS)
    scores: npt.NDArray[np.float64] | None = None
    passage: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Listening(Opinions):
    handed: Handed

    def weigh(self, found: Told, parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int]) -> Told:
        clauses = open_clauses(parts, words, asked)
        self.handed.kinds = tuple(kinds_in(clauses, found))
        self.handed.passage = passage(clauses, words)
        if clauses and self.of_clauses is not None:
            self.handed.scores = self.of_clauses.scores([words[one.start : one.end] for one in clauses])
        return found


def as_handed(text: str, opinion: Opinion | None) -> Handed:
    """Return what the opinions are handed of a text."""
    heard = _Listening(text, opinion, None, Handed())
    understood_by(heard)
    return heard.handed


def pieces_of(e5: E5) -> tuple[Pieces, list[int]]:
    """Return the table of pieces in lower case without umlauts, and the number in the file of each: the likeliest."""
    best: dict[str, int] = {}
    for k, name in enumerate(e5.pieces):
        plain = name_of(name) if LATIN.fullmatch(name) else name
        if name and k != e5.unknown and (plain not in best or e5.likely[k] > e5.likely[best[plain]]):
            best[plain] = k
    numbers = [e5.unknown, *best.values()]
    names = [e5.pieces[e5.unknown], *best]
    return Pieces(names, [float(e5.likely[k]) for k in numbers], 0), numbers
