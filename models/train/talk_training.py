"""The opinion on talk: ridge logistic regressions over words, pairs and letter groups, and how they meet the grammar.

The rule of this file: what the model says of a line, wherever it is judged or weighed against the grammar, comes from
weights that have not seen its writer.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from edge.coach.said import KINDS
from edge.talk.opinion import LABELS, TERMS, VERSION, Opinion, features, key, terms
from models.train.talk_lines import UNREAD, Flags, Line, kinds_heard, kinds_said, targets, words_of

#: Chosen by cross-validation: 1 / L2 of the weights, and of the meeting, which has few numbers.
LOOSENESS, MEETING_LOOSENESS = 1.0, 10.0
#: A feature is kept that two lines hold; of those the ones that weigh most.
_LEAST_LINES, _MOST_FEATURES = 2, 24_000
_STEPS, _STEPS_OF_MEETING = 40, 120
_STORED_AT = (2026, 1, 1, 0, 0, 0)
_MOST_INT8 = 127.0
#: Who is judged together: two languages share few words.
FOLDS = tuple((f"{UNREAD}en{k}", f"{UNREAD}de{k}") for k in range(1, 7))
Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The lines, and for each fold and for all (the last) the opinion learned without it; `heard` by the grammar."""

    lines: list[Line]
    heard: Flags
    opinions: list[Opinion]

    @property
    def shipped(self) -> Opinion:
        """Return the opinion learned from all lines."""
        return self.opinions[-1]


def train(lines: list[Line], tell: Callable[[str], None] = lambda text: None) -> Fitted:
    """Return the opinions of each fold and of all lines; some minutes of one core."""
    said = [words_of(line.text) for line in lines]
    drawn = [sorted(features(words)) for words in said]
    writers = np.array([line.writer for line in lines])
    unread = np.array([line.writer.startswith(UNREAD) for line in lines])
    heard = np.zeros((len(lines), len(KINDS)), dtype=bool)
    heard[unread] = [kinds_heard(line.text, None) for line in lines if line.writer.startswith(UNREAD)]
    tell("heard by the grammar")
    models = []
    scores = np.zeros((len(lines), len(LABELS)))
    for fold in (*FOLDS, ()):
        out = np.isin(writers, fold)
        models.append(_fit([drawn[k] for k in np.flatnonzero(~out)], [lines[k] for k in np.flatnonzero(~out)]))
        scores[out] = models[-1].scores([said[k] for k in np.flatnonzero(out)])
        tell(f"learned without {' and '.join(fold) or 'nobody'}")
    told = np.array([kinds_said(line) for line in lines])
    met = [unread & ~np.isin(writers, fold) for fold in (*FOLDS, ())]
    meetings = [_meeting(scores[rows], heard[rows], told[rows]) for rows in met]
    opinions = [Opinion(m.keys, m.weights, m.step, m.bias, meet) for m, meet in zip(models, meetings, strict=True)]
    return Fitted(lines, heard, opinions)


def learned_without(lines: list[Line], writers: Sequence[str]) -> Opinion:
    """Return the opinion learned without the lines of some writers, meeting nothing yet."""
    seen = [line for line in lines if line.writer not in writers]
    return _fit([sorted(features(words_of(line.text))) for line in seen], seen)


def _fit(drawn: Sequence[Sequence[str]], lines: list[Line]) -> Opinion:
    """Return the opinion learned from the features of lines, of whole numbers, meeting nothing yet."""
    count = Counter(one for row in drawn for one in row)
    names = sorted(one for one, n in count.items() if n >= _LEAST_LINES)
    column = {name: k for k, name in enumerate(names)}
    at = [[column[one] for one in row if one in column] for row in drawn]
    ends = np.cumsum([0, *map(len, at)])
    flat = np.fromiter((k for row in at for k in row), dtype=np.int64, count=int(ends[-1]))
    table = sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(drawn), len(names)))
    weights, bias = logistic(table, targets(lines), LOOSENESS, _STEPS)
    worth = (weights**2).sum(axis=1) * np.array([count[name] for name in names])
    kept = np.argsort(-worth, kind="stable")[:_MOST_FEATURES]
    keys = np.array([key(names[k]) for k in kept], dtype=np.uint32)
    keys, first = np.unique(keys, return_index=True)  # of two features with one number the first is kept
    chosen = weights[kept[first]]
    step = np.maximum(np.abs(chosen).max(axis=0), 1e-6) / _MOST_INT8
    whole = np.round(chosen / step).astype(np.int8)
    return Opinion(keys, whole, _short(step), _short(bias), np.zeros((len(KINDS), TERMS)))


def _short(values: Column) -> Column:
    return np.array([float(f"{value:.6g}") for value in values.ravel().tolist()]).reshape(values.shape)


def logistic(table: sparse.csr_matrix, wanted: Column, looseness: float, steps: int) -> tuple[Column, Column]:
    """Return the weights (k, labels) and constants (labels,) of ridge logistic regressions; NaN is not learned from."""
    size, labels = table.shape[1], wanted.shape[1]
    known = ~np.isnan(wanted)
    sign = 2.0 * np.nan_to_num(wanted) - 1.0
    turned = table.T.tocsr()

    def loss(flat: Column) -> tuple[float, Column]:
        held = flat.reshape(size + 1, labels)
        margin = sign * (table @ held[:-1] + held[-1])
        cost = (np.logaddexp(0.0, -margin) * known).sum() + 0.5 / looseness * (held[:-1] ** 2).sum()
        slope = -sign * known / (1.0 + np.exp(np.minimum(margin, 500.0)))
        return float(cost), np.vstack([turned @ slope + held[:-1] / looseness, slope.sum(axis=0)]).ravel()

    begun = np.zeros((size + 1) * labels)
    found = optimize.minimize(loss, begun, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    whole = found.x.reshape(size + 1, labels)
    return whole[:-1], whole[-1]


def _meeting(scores: Column, heard: Flags, told: Flags) -> Column:
    """Return how each kind's terms (kinds, TERMS) weigh, learned from lines that the model has not seen."""
    drawn = terms(scores, heard)
    rows = []
    for kind in range(len(KINDS)):
        table = sparse.csr_matrix(drawn[:, kind, :-1])
        weights, bias = logistic(table, told[:, [kind]].astype(np.float64), MEETING_LOOSENESS, _STEPS_OF_MEETING)
        rows.append([*weights.ravel(), *bias])
    return _short(np.array(rows))


def npz_bytes(opinion: Opinion, data_sha256: str) -> bytes:
    """Return the opinion as an .npz file, the same bytes on every run."""
    columns: dict[str, npt.NDArray[np.generic]] = {
        "version": np.array(VERSION),
        "labels": np.array(" ".join(LABELS)),
        "data_sha256": np.array(data_sha256),
        "keys": opinion.keys,
        "weights": opinion.weights,
        "step": opinion.step,
        "bias": opinion.bias,
        "meeting": opinion.meeting,
    }
    return zipped(columns)


def zipped(columns: Mapping[str, npt.NDArray[np.generic]]) -> bytes:
    """Return arrays as an .npz file, the same bytes for the same arrays."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, column in columns.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(column), version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _STORED_AT), content.getvalue(), zipfile.ZIP_DEFLATED)
    return stored.getvalue()
