"""A small model's opinion of a clause: one score per kind, linear over its words, word pairs and letter groups.

The rule of this file: the same words give the same scores on every machine: whole-number weights, a stable hash, and
no order in the sums. It only gives an opinion; what becomes of it is decided in `weighing`.
"""

from __future__ import annotations

import functools
import importlib.resources
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import IO, TypeVar

import numpy as np
import numpy.typing as npt

from edge.coach.said import KINDS

LABELS = (*KINDS, "none", "sleep:good", "mood:good")
"""What is scored: each kind, that nothing is told, and of sleep and mood that they are good."""
TERMS = 8
"""How many numbers of a clause weigh whether a kind is told; `terms` lists them."""
VERSION = 2
FILE = "opinion.npz"
UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
"""What a file that is missing, damaged or of something else raises."""
_MOST_WORDS, _LONGEST_WORD = 60, 30
_LETTERS = (3, 4, 5)
_BOUND = 10.0
Column = npt.NDArray[np.float64]
Model = TypeVar("Model")


def features(words: Sequence[str]) -> set[str]:
    """Return the features of a clause; a number is "#".

    Its words, pairs of neighbours and of next but one, and groups of three to five letters.
    """
    plain = ["#" if word[:1].isdigit() else word[:_LONGEST_WORD] for word in words[:_MOST_WORDS]]
    found = {f"w:{word}" for word in plain}
    edged = ["^", *plain, "$"]
    found |= {f"b:{one} {other}" for one, other in pairwise(edged)}
    found |= {f"s:{one} {other}" for one, other in zip(edged, edged[2:], strict=False)}
    for word in plain:
        if word.isalpha():
            whole = f"_{word}_"
            found |= {f"c:{whole[k : k + n]}" for n in _LETTERS for k in range(len(whole) - n + 1)}
    return found


def key(feature: str) -> int:
    """Return the number of a feature, 32 bits, the same on every machine."""
    return zlib.crc32(feature.encode())


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """The weights: `keys` (n,) sorted, `weights` (n, labels) in steps of `step` (labels,), `bias`, and how they meet.

    `meeting` (kinds, TERMS) weighs a score against what the grammar heard.
    """

    keys: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.int8]
    step: Column
    bias: Column
    meeting: Column

    def scores(self, clauses: Sequence[Sequence[str]]) -> Column:
        """Return the log odds (n, labels) of every label for each clause of words."""
        found = np.empty((len(clauses), len(LABELS)))
        for row, words in enumerate(clauses):
            sought = np.array([key(one) for one in features(words)], dtype=np.uint32)
            at = np.minimum(np.searchsorted(self.keys, sought), len(self.keys) - 1)
            known = at[self.keys[at] == sought]
            found[row] = self.weights[known].sum(axis=0, dtype=np.int64) * self.step + self.bias
        return found

    def told(self, scores: Column, heard: npt.NDArray[np.bool_]) -> Column:
        """Return the log odds (n, kinds) that a kind is told, given the scores and what the grammar `heard`."""
        return np.asarray(np.round((terms(scores, heard) * self.meeting).sum(axis=2), 6))


def terms(scores: Column, heard: npt.NDArray[np.bool_]) -> Column:
    """Return the numbers (n, kinds, TERMS) that weigh whether each kind is told.

    Whether the grammar heard it, the model's score, both, the score of nothing, how many other kinds were heard,
    whether none was, the best score of another kind, and one.
    """
    size = len(KINDS)
    score = np.clip(scores[:, :size], -_BOUND, _BOUND)
    heard_here = heard.astype(np.float64)
    others = heard_here.sum(axis=1, keepdims=True) - heard_here
    ranked = np.sort(score, axis=1)
    best = np.where(score == ranked[:, -1:], ranked[:, -2:-1], ranked[:, -1:])
    nothing = np.broadcast_to(np.clip(scores[:, size : size + 1], -_BOUND, _BOUND), score.shape)
    parts = (heard_here, score, heard_here * score, nothing, np.minimum(others, 2.0), others == 0.0, best)
    return np.stack([*parts, np.ones_like(score)], axis=2)


def read(file: IO[bytes]) -> Opinion:
    """Return the opinion of a file; one of `UNREADABLE` where it is none of this version."""
    with np.load(file, allow_pickle=False) as stored:
        if int(stored["version"].item()) != VERSION or tuple(str(stored["labels"].item()).split()) != LABELS:
            raise ValueError("made for another version of the kinds")
        opinion = Opinion(
            stored["keys"].astype(np.uint32),
            stored["weights"].astype(np.int8),
            *(stored[name].astype(np.float64) for name in ("step", "bias", "meeting")),
        )
    one = (len(LABELS),)
    shapes = (opinion.weights.shape, opinion.step.shape, opinion.bias.shape, opinion.meeting.shape)
    if shapes != ((len(opinion.keys), *one), one, one, (len(KINDS), TERMS)) or not len(opinion.keys):
        raise ValueError("its tables do not fit together")
    return opinion


def beside(file: str, reader: Callable[[IO[bytes]], Model]) -> tuple[Model | None, str]:
    """Return the model of a file of this package, and "" or why it cannot be used."""
    try:
        with (importlib.resources.files("edge.talk") / file).open("rb") as opened:
            return reader(opened), ""
    except UNREADABLE as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        return None, f"{file}: {reason}"


@functools.cache
def bundled() -> tuple[Opinion | None, str]:
    """Return the opinion that comes with the package, and "" or why it cannot be used; read once, on first use."""
    return beside(FILE, read)
