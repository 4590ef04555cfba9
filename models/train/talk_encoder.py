"""The file of the transformer that hears a whole utterance: pieces, weights in whole steps, and how it meets the rest.

The rule of this file: what the transformer says of a line on which the meeting is learned comes from weights that have
not seen its writer, and so does the second opinion.
"""

from __future__ import annotations

import dataclasses
import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from edge.coach.said import KINDS
from edge.talk.encoder import LABELS, TERMS, VERSION, Encoder, packed, read
from edge.talk.listening import terms
from edge.talk.opinion import Opinion, bundled
from edge.talk.pieces import WORD, name_of
from models.train import talk_lines, talk_training, talk_tuning
from models.train.e5_file import E5
from models.train.talk_lines import Flags, Line, kinds_heard, kinds_said
from models.train.talk_passages import LATIN, as_handed, pieces_of
from models.train.talk_training import MEETING_LOOSENESS, logistic, zipped

#: Writers whose lines the weights have not seen: on them the meeting is learned.
HELD_OUT = ("talk_en6", "talk_de6")
#: Pieces of letters that are at least so likely are kept, beside those of the lines, for words nobody wrote yet.
_LIKELY = -12.5
#: Steps to each side of 0: the vectors come in these, and what was tuned needs finer ones than it began with.
_LEVELS_OF_VECTORS, _LEVELS = 8, 63
_JOINED, _STEPS_OF_MEETING = 0.4, 200
_JOINTS = (", ", ". ", "; ")
Weights = Mapping[str, npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The file, and the held-out lines as each hears them: kinds told, by the grammar, with the second, with both."""

    file: bytes
    kept: int
    lines: list[Line]
    said: Flags
    alone: Flags
    second: Flags
    both: Flags


def trained(e5: E5, path: Path | None, tell: Callable[[str], None] = lambda text: None) -> Trained:
    """Return the encoder: tuned, or with the tuned weights of a file; and what it brings on held-out lines."""
    every = talk_lines.read()
    seen = [line for line in every if line.writer not in HELD_OUT]
    held_out = [line for line in every if line.writer in HELD_OUT]
    if path is not None and path.exists():
        with np.load(path, allow_pickle=False) as stored:
            weights = {name: stored[name] for name in stored.files}
    else:
        weights = talk_tuning.tuned(e5, seen, tell=tell)
        if path is not None:
            np.savez(path, **weights)  # type: ignore[arg-type]
    shipped = bundled()[0]
    if shipped is None:
        raise FileNotFoundError("the second opinion comes first: python -m models.train talk")
    tell("the second opinion without the held-out lines")
    opinion = dataclasses.replace(talk_training.learned_without(every, HELD_OUT), meeting=shipped.meeting)
    kept = kept_pieces(e5, [as_handed(line.text, None).passage for line in seen])
    bare = np.zeros((len(KINDS), TERMS))
    encoder = read(io.BytesIO(encoder_bytes(e5, weights, kept, bare, talk_lines.sha256())))
    halves = held_out[::2], held_out[1::2]
    tell("meeting")
    judged = [
        kinds_heard(line.text, opinion, dataclasses.replace(encoder, meeting=meeting))
        for meeting, half in zip([learned_meeting(encoder, opinion, one) for one in halves[::-1]], halves, strict=True)
        for line in half
    ]
    lines = [line for half in halves for line in half]
    meeting = learned_meeting(encoder, opinion, held_out)
    return Trained(
        encoder_bytes(e5, weights, kept, meeting, talk_lines.sha256()),
        len(kept),
        lines,
        np.array([kinds_said(line) for line in lines]),
        np.array([kinds_heard(line.text, None) for line in lines]),
        np.array([kinds_heard(line.text, opinion) for line in lines]),
        np.array(judged),
    )


def kept_pieces(e5: E5, texts: Sequence[str]) -> list[int]:
    """Return the numbers of the pieces that are kept: of the texts, the likely ones, and the marks."""
    cut, numbers = pieces_of(e5)
    used = {numbers[k] for text in texts for k in cut.numbers(text)}
    spoken = [k for k in numbers if LATIN.fullmatch(e5.pieces[k])]
    likely = {k for k in spoken if e5.likely[k] > _LIKELY or len(e5.pieces[k].strip(WORD)) == 1}
    return sorted(used | likely | {*e5.marks, e5.unknown})


def encoder_bytes(e5: E5, weights: Weights, kept: Sequence[int], meeting: npt.NDArray[np.float64], data: str) -> bytes:
    """Return the encoder as an .npz file, the same bytes for the same weights; `data` is the SHA-256 of the lines."""
    new = {old: k for k, old in enumerate(kept)}
    vectors = packed(e5.matrix("emb.word")[list(kept)], _LEVELS_OF_VECTORS)
    layers = sum(name.endswith("_q_w") for name in weights)
    columns: dict[str, npt.NDArray[np.generic]] = {
        "version": np.array(VERSION),
        "labels": np.array(" ".join(LABELS)),
        "data_sha256": np.array(data),
        "layers": np.array(layers),
        "pieces": np.frombuffer("\n".join(_named(e5, k) for k in kept).encode(), dtype=np.uint8),
        "likely": np.array([e5.likely[k] for k in kept], dtype=np.float16),
        "marks": np.array([*(new[k] for k in e5.marks), new[e5.unknown]]),
        "vectors": vectors.steps,
        "vectors.scale": vectors.scale,
        "places": _half(weights["places"]),
        "norm": _half(np.stack([weights["emb_ln_w"], weights["emb_ln_b"]])),
        "head": _half(weights["head_w"]),
        "head_bias": _half(weights["head_b"]),
        "meeting": meeting,
    }
    for k in range(layers):
        columns |= _layer(weights, k)
    return zipped(columns)


def _named(e5: E5, k: int) -> str:
    return e5.pieces[k] if k in {*e5.marks, e5.unknown} else name_of(e5.pieces[k])


def _layer(weights: Weights, k: int) -> dict[str, npt.NDArray[np.generic]]:
    def both(end: str, *names: str) -> npt.NDArray[np.float32]:
        return np.concatenate([weights[f"l{k}_{name}_{end}"] for name in names])

    found: dict[str, npt.NDArray[np.generic]] = {}
    for name, parts in {"attend": ("q", "k", "v"), "out": ("ao",), "wide": ("fi",), "narrow": ("fo",)}.items():
        table = packed(both("w", *parts), _LEVELS)
        found |= {
            f"{k}.{name}": table.steps,
            f"{k}.{name}.scale": table.scale,
            f"{k}.{name}_bias": _half(both("b", *parts)),
        }
    norms = [weights[f"l{k}_{name}_{end}"] for name in ("aln", "oln") for end in ("w", "b")]
    return found | {f"{k}.norms": _half(np.stack(norms))}


def _half(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float16]:
    return np.asarray(values, dtype=np.float16)


def learned_meeting(
    encoder: Encoder, opinion: Opinion, lines: Sequence[Line], seed: int = 1
) -> npt.NDArray[np.float64]:
    """Return how each kind's terms (kinds, TERMS) weigh, from lines that neither encoder nor opinion has seen."""
    chance = random.Random(seed)
    drawn, told = [], []
    for line in lines:
        said, text = kinds_said(line), line.text
        if chance.random() < _JOINED:
            other = chance.choice([one for one in lines if one.writer == line.writer])
            said, text = said | kinds_said(other), f"{text}{chance.choice(_JOINTS)}{other.text}"
        handed = as_handed(text, opinion)
        if handed.scores is not None:
            drawn.append(terms(encoder.scores(handed.passage), handed.scores, handed.kinds))
            told.append(said)
    every, due = np.array(drawn), np.array(told, dtype=np.float64)
    rows = []
    for kind in range(len(KINDS)):
        table = sparse.csr_matrix(every[:, kind, :-1])
        weights, bias = logistic(table, due[:, [kind]], MEETING_LOOSENESS, _STEPS_OF_MEETING)
        rows.append([*weights.ravel(), *bias])
    return np.array([[float(f"{value:.6g}") for value in row] for row in rows])
