"""The transformer of talk tuned on labelled lines, with PyTorch: its first layers are those of multilingual-e5-small.

The rule of this file: only this module needs torch; what it returns are plain arrays. The vectors of the pieces stay as
they are, so that words which no line holds keep their meaning; the lines of `HELD_OUT` writers are not seen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from edge.talk.encoder import HEADS, LABELS, LONGEST
from models.train.e5_file import E5
from models.train.talk_lines import Line, kinds_said
from models.train.talk_passages import as_handed, pieces_of

LAYERS, EPOCHS, RATE, RATE_OF_HEAD = 6, 6, 2e-4, 1.6e-3
BATCH, POOL, WARM = 32, 8, 15
JOINED, TWICE, LEAST_RATE, DROPPED, SOFT, DECAY = 0.4, 0.3, 0.02, 0.1, (0.97, 0.005), 0.01
_EPSILON = 1e-12
_JOINTS = {"en": (", and", ". ", ", ", " but "), "de": (", und", ". ", ", ", " aber ")}
Tensors = dict[str, Any]
"""Tensors of torch by name; torch is imported where it is used."""
Example = tuple[list[int], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines to learn from as pieces, what they tell (n, labels), and their language."""

    pieces: list[list[int]]
    told: npt.NDArray[np.float32]
    languages: list[str]
    joints: dict[str, list[list[int]]]

    def example(self, k: int, chance: random.Random) -> Example:
        """Return a line, in `JOINED` of cases followed by others of its language, as people tell several things."""
        pieces, told, language = list(self.pieces[k]), self.told[k].copy(), self.languages[k]
        if chance.random() < JOINED:
            for _ in range(2 if chance.random() < TWICE else 1):
                other = chance.randrange(len(self.pieces))
                while self.languages[other] != language:
                    other = chance.randrange(len(self.pieces))
                pieces += chance.choice(self.joints[language]) + self.pieces[other]
                told[:-1] = np.maximum(told[:-1], self.told[other][:-1])
            told[-1] = not told[:-1].any()
        return pieces[: LONGEST - 2], told


def lines_of(e5: E5, lines: Sequence[Line]) -> Lines:
    """Return the lines of which any clause is open to the transformer, as pieces."""
    cut, numbers = pieces_of(e5)

    def pieces(text: str) -> list[int]:
        return [numbers[k] for k in cut.numbers(text)]

    passages = [pieces(as_handed(line.text, None).passage) for line in lines]
    rows = [k for k, one in enumerate(passages) if one]
    said = np.array([kinds_said(lines[k]) for k in rows])
    told = np.concatenate([said, ~said.any(axis=1, keepdims=True)], axis=1).astype(np.float32)
    languages = ["en" if "en" in lines[k].writer or lines[k].writer == "own" else "de" for k in rows]
    joints = {language: [pieces(one) for one in ends] for language, ends in _JOINTS.items()}
    return Lines([passages[k] for k in rows], told, languages, joints)


def begun(e5: E5, seed: int) -> Tensors:
    """Return the tensors to tune: the first layers, the places, and a head that knows nothing."""
    import torch

    torch.manual_seed(seed)
    held: Tensors = {"places": e5.vector("emb.pos").reshape(-1, 384)[: LONGEST + 32] + e5.vector("emb.type")[:384]}
    held |= {f"emb_ln_{end}": e5.vector(f"emb.ln.{end}") for end in "wb"}
    for k in range(LAYERS):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            held |= {f"l{k}_{name}_w": e5.matrix(f"l{k}.{name}.w"), f"l{k}_{name}_b": e5.vector(f"l{k}.{name}.b")}
        held |= {f"l{k}_{name}_{end}": e5.vector(f"l{k}.{name}.{end}") for name in ("aln", "oln") for end in "wb"}
    tensors = {name: torch.tensor(value) for name, value in held.items()}
    tensors |= {"head_w": 0.02 * torch.randn(len(LABELS), 2 * 384), "head_b": torch.zeros(len(LABELS))}
    return {name: one.requires_grad_() for name, one in tensors.items()}


def forward(tensors: Tensors, vectors: Any, pieces: Any, there: Any, learns: bool) -> Any:
    """Return the log odds (n, labels) of passages of pieces (n, length), `there` where they are no filling."""
    import torch
    from torch.nn import functional

    held = vectors[pieces] + tensors["places"][: pieces.shape[1]]
    held = functional.dropout(_normed(tensors, "emb_ln", held), DROPPED, learns)
    for k in range(LAYERS):
        held = _layer(tensors, f"l{k}", held, there[:, None, None, :], learns)
    weight = there.unsqueeze(-1).float()
    mean, most = (held * weight).sum(1) / weight.sum(1), (held + (weight - 1.0) * 1e4).max(1).values
    seen = functional.dropout(torch.cat([mean, most], 1), DROPPED, learns)
    return functional.linear(seen, tensors["head_w"], tensors["head_b"])


def _layer(tensors: Tensors, name: str, held: Any, there: Any, learns: bool) -> Any:
    from torch.nn import functional

    count, length, size = held.shape

    def turned(part: str, value: Any) -> Any:
        return functional.linear(value, tensors[f"{name}_{part}_w"], tensors[f"{name}_{part}_b"])

    def heads(part: str) -> Any:
        return turned(part, held).view(count, length, HEADS, -1).transpose(1, 2)

    seen = functional.scaled_dot_product_attention(heads("q"), heads("k"), heads("v"), attn_mask=there)
    seen = turned("ao", seen.transpose(1, 2).reshape(count, length, size))
    held = _normed(tensors, f"{name}_aln", held + functional.dropout(seen, DROPPED, learns))
    rest = turned("fo", functional.gelu(turned("fi", held)))
    return _normed(tensors, f"{name}_oln", held + functional.dropout(rest, DROPPED, learns))


def _normed(tensors: Tensors, name: str, held: Any) -> Any:
    from torch.nn import functional

    return functional.layer_norm(held, held.shape[-1:], tensors[f"{name}_w"], tensors[f"{name}_b"], _EPSILON)


def tuned(
    e5: E5, lines: Sequence[Line], seed: int = 3, tell: Callable[[str], None] = lambda text: None
) -> dict[str, npt.NDArray[np.float32]]:
    """Return the tuned weights by name; some 50 minutes of two cores."""
    import torch
    from torch.nn import functional

    chance, held, tensors = random.Random(seed), lines_of(e5, lines), begun(e5, seed)
    vectors = torch.tensor(e5.matrix("emb.word"))
    body = [one for name, one in tensors.items() if not name.startswith("head")]
    groups = [{"params": body, "lr": RATE}, {"params": [tensors["head_w"], tensors["head_b"]], "lr": RATE_OF_HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = EPOCHS * (len(held.pieces) // BATCH)
    for step, examples in zip(range(steps), _batches(held, chance), strict=False):
        now = min(step / (steps // WARM), 1.0) * max(LEAST_RATE, 1.0 - step / steps)
        for group, rate in zip(optimizer.param_groups, (RATE, RATE_OF_HEAD), strict=True):
            group["lr"] = rate * now
        pieces, there = _filled(examples, e5.marks)
        due = torch.tensor(np.array([told for _, told in examples])) * SOFT[0] + SOFT[1]
        odds = forward(tensors, vectors, torch.tensor(pieces), torch.tensor(there), True)
        loss = functional.binary_cross_entropy_with_logits(odds, due, reduction="none").sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(tensors.values()), 1.0)
        optimizer.step()
        if step % 100 == 99:
            tell(f"tuned {step + 1} of {steps} steps, loss {float(loss):.2f}")
    return {name: one.detach().numpy() for name, one in tensors.items()}


def _batches(held: Lines, chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches of examples of like length, without end."""
    while True:
        order = list(range(len(held.pieces)))
        chance.shuffle(order)
        for start in range(0, len(order) - BATCH * POOL, BATCH * POOL):
            pool = sorted(
                (held.example(k, chance) for k in order[start : start + BATCH * POOL]), key=lambda e: len(e[0])
            )
            batches = [pool[k : k + BATCH] for k in range(0, len(pool), BATCH)]
            chance.shuffle(batches)
            yield from batches


def _filled(examples: Sequence[Example], marks: tuple[int, int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return passages with their marks, filled to one length, and where they are no filling."""
    length = 2 + max(len(pieces) for pieces, _ in examples)
    pieces, there = np.full((len(examples), length), marks[1]), np.zeros((len(examples), length), dtype=bool)
    for row, (one, _) in enumerate(examples):
        pieces[row, : len(one) + 2], there[row, : len(one) + 2] = [marks[0], *one, marks[1]], True
    return pieces, there
