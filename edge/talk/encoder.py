"""A small transformer that hears a whole utterance: one score for each kind, in the light of all its words.

The rule of this file: the same text gives the same scores, to `QUANTUM`, on every machine; it only scores, and what
becomes of the scores is decided in `listening`.
The layers are those of BERT (Devlin et al. 2019) after the embeddings; the weights began as the first layers of
multilingual-e5-small (Wang et al. 2024, MIT) and were tuned on labelled lines (models/ENCODER_CARD.md).
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

import numpy as np
import numpy.typing as npt
from scipy.special import erf

from edge.coach.said import KINDS
from edge.talk.opinion import beside
from edge.talk.pieces import Pieces

LABELS = (*KINDS, "none")
"""What is scored: each kind, and that nothing is told."""
VERSION = 1
FILE = "encoder.npz"
#: Scores are rounded to this, far above what the order of sums changes.
QUANTUM = 1e-3
#: So many weights share one scale.
BLOCK = 32
HEADS = 12
TERMS = 8
"""How many numbers of an utterance weigh whether a kind is told; `listening.terms` lists them."""
LONGEST = 96
"""Pieces of one passage, its begin and end among them; longer texts are heard in several."""
_EPSILON = 1e-12
_MOST_PASSAGES, _MOST_HEARD = 8, 4_000
_SENTENCE_ENDS = re.compile(r"(?<=[.;!?\n])\s+")
Row = npt.NDArray[np.float32]
Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A matrix (rows, columns) in whole steps; each `BLOCK` of a row has its own `scale` (rows, columns / BLOCK)."""

    steps: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float16]

    def rows(self, chosen: slice | Sequence[int] = slice(None)) -> Row:
        """Return the rows as numbers."""
        steps = self.steps[chosen]
        scaled = steps.reshape(-1, BLOCK).astype(np.float32) * self.scale[chosen].astype(np.float32).reshape(-1, 1)
        return np.asarray(scaled.reshape(steps.shape))


def packed(matrix: Row, levels: int) -> Table:
    """Return a matrix in steps, `levels` to each side of 0; its columns are a multiple of `BLOCK`."""
    blocks = np.asarray(matrix, dtype=np.float32).reshape(-1, BLOCK)
    scale = (np.abs(blocks).max(axis=1) / levels).astype(np.float16)
    safe = np.where(scale == 0.0, 1.0, scale).astype(np.float32)[:, None]
    steps = np.clip(np.rint(blocks / safe), -levels, levels).astype(np.int8)
    return Table(steps.reshape(matrix.shape), scale.reshape(len(matrix), -1))


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: its matrices (out, in), and its vectors."""

    attend: Row
    attend_bias: Row
    out: Row
    out_bias: Row
    wide: Row
    wide_bias: Row
    narrow: Row
    narrow_bias: Row
    norms: Row
    """(4, size): weight and constant after attention, weight and constant after the rest."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """The pieces, their vectors, the layers, and the head (labels, 2 x size) over mean and maximum of a passage."""

    pieces: Pieces
    marks: tuple[int, int]
    """The pieces that begin and end a passage."""
    vectors: Table
    places: Row
    norm: Row
    layers: tuple[Layer, ...]
    head: Row
    head_bias: Row
    meeting: Column
    """How the terms of `listening` weigh for each kind, (kinds, TERMS)."""
    _heard: dict[str, Column] = field(default_factory=dict)

    def scores(self, text: str) -> Column:
        """Return the log odds (labels,) of each kind in a text, and that nothing is told; NaN where nothing is said."""
        if text not in self._heard:
            if len(self._heard) >= _MOST_HEARD:
                self._heard.clear()
            self._heard[text] = self._scores(text)
        return self._heard[text].copy()

    def _scores(self, text: str) -> Column:
        each = [self._passage(numbers) for numbers in islice(self._passages(text), _MOST_PASSAGES)]
        if not each:
            return np.full(len(LABELS), math.nan)
        found = np.max(each, axis=0)
        found[-1] = min(float(one[-1]) for one in each)
        return np.asarray(np.rint(found / QUANTUM) * QUANTUM)

    def _passages(self, text: str) -> Iterator[list[int]]:
        """Yield the pieces of a text, of as many sentences as have room where it is long, and of stretches of those."""
        room = LONGEST - 2
        held: list[int] = []
        for sentence in map(self.pieces.numbers, _SENTENCE_ENDS.split(text)):
            if held and len(held) + len(sentence) > room:
                yield held
                held = []
            held = held + sentence
            while len(held) > room:
                yield held[:room]
                held = held[room:]
        if held:
            yield held

    def _passage(self, numbers: Sequence[int]) -> Column:
        held = self.vectors.rows([self.marks[0], *numbers, self.marks[1]])
        held = _normed(held + self.places[: len(held)], self.norm)
        for layer in self.layers:
            held = _after(layer, held)
        seen = np.concatenate([held.mean(axis=0), held.max(axis=0)])
        return np.asarray(self.head @ seen + self.head_bias, dtype=np.float64)


def _after(layer: Layer, held: Row) -> Row:
    """Return the vectors (n, size) of the pieces after one layer."""
    count, size = held.shape
    query, key, value = (
        part.reshape(count, HEADS, -1).transpose(1, 0, 2)
        for part in np.split(held @ layer.attend.T + layer.attend_bias, 3, axis=1)
    )
    weights = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(size / HEADS))
    weights = np.exp(weights - weights.max(axis=2, keepdims=True))
    seen = (weights / weights.sum(axis=2, keepdims=True)) @ value
    held = _normed(held + seen.transpose(1, 0, 2).reshape(count, size) @ layer.out.T + layer.out_bias, layer.norms[:2])
    wide = held @ layer.wide.T + layer.wide_bias
    wide = wide * np.float32(0.5) * (1.0 + erf(wide * np.float32(math.sqrt(0.5))))
    return _normed(held + wide @ layer.narrow.T + layer.narrow_bias, layer.norms[2:])


def _normed(held: Row, norm: Row) -> Row:
    apart = held - held.mean(axis=1, keepdims=True)
    return np.asarray(apart / np.sqrt((apart**2).mean(axis=1, keepdims=True) + _EPSILON) * norm[0] + norm[1])


def read(file: IO[bytes]) -> Encoder:
    """Return the encoder of a file; one of `opinion.UNREADABLE` where it is none of this version."""
    with np.load(file, allow_pickle=False) as stored:
        if int(stored["version"].item()) != VERSION or tuple(str(stored["labels"].item()).split()) != LABELS:
            raise ValueError("made for another version of the kinds")
        held = {name: stored[name] for name in stored.files}
    names = held["pieces"].tobytes().decode().split("\n")
    first, last, unknown = (int(k) for k in held["marks"])
    if not len(names) == len(held["likely"]) == len(held["vectors"]) or max(first, last, unknown) >= len(names):
        raise ValueError("its tables do not fit together")
    return Encoder(
        Pieces(names, held["likely"].tolist(), unknown),
        (first, last),
        Table(held["vectors"], held["vectors.scale"]),
        _plain(held, "places"),
        _plain(held, "norm"),
        tuple(_layer(held, k) for k in range(int(held["layers"].item()))),
        _plain(held, "head"),
        _plain(held, "head_bias"),
        held["meeting"].astype(np.float64),
    )


def _plain(held: Mapping[str, npt.NDArray[np.generic]], name: str) -> Row:
    return held[name].astype(np.float32)


def _layer(held: Mapping[str, npt.NDArray[np.generic]], number: int) -> Layer:
    def matrix(name: str) -> Row:
        steps, scale = held[f"{number}.{name}"], held[f"{number}.{name}.scale"]
        return Table(steps.astype(np.int8), scale.astype(np.float16)).rows()

    def vector(name: str) -> Row:
        return _plain(held, f"{number}.{name}")

    return Layer(
        matrix("attend"),
        vector("attend_bias"),
        matrix("out"),
        vector("out_bias"),
        matrix("wide"),
        vector("wide_bias"),
        matrix("narrow"),
        vector("narrow_bias"),
        vector("norms"),
    )


@functools.cache
def bundled() -> tuple[Encoder | None, str]:
    """Return the encoder that comes with the package, and "" or why it cannot be used; read once, on first use."""
    return beside(FILE, read)
