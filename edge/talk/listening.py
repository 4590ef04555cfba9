"""A third opinion: where a transformer's scores of the whole utterance meet what grammar and second opinion say.

The rule of this file: it may bring what nobody heard but an end of a pain, and take away what it is sure was misheard.
It never takes a warning nor a pain with a number, and what binds a rule only where it is surer still. It hears only the
clauses that are open to it, so that a request to set a rule aside changes nothing of the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from edge.coach.said import KINDS, Constraint
from edge.talk.clauses import Clause
from edge.talk.opinion import Column
from edge.talk.weighing import BRING_WARNING as SECOND_BRINGS_WARNING
from edge.talk.weighing import NEVER_TAKEN as NEVER_TAKEN_BY_SECOND
from edge.talk.weighing import (
    NOT_BESIDE_A_REQUEST,
    Told,
    Views,
    is_in,
    may_be_brought,
    told_by,
    without_ends,
)

#: Log odds above which a kind is brought, and below which it is taken away (models/ENCODER_CARD.md): what binds a rule
#: below the chance of one in twenty, at which none of the held-out lines lost what it truly told.
BRING, BRING_WARNING, TAKE, TAKE_BINDING = 0.6, 0.5, -0.5, -3.0
NEVER_TAKEN = frozenset({"red_flag"})
BINDING = NEVER_TAKEN_BY_SECOND - NEVER_TAKEN
_BOUND, _MANY = 10.0, 3.0
_OVER = frozenset({"yesterday", "gestern"})
_REQUEST = KINDS.index("override_request")


def terms(seen: Column, scores: Column, heard: Sequence[bool]) -> Column:
    """Return the numbers (kinds, TERMS) that weigh whether each kind is told in an utterance.

    Whether the grammar heard it, the transformer's score (`seen`, labels) of it, both, its score of nothing, the
    second opinion's highest `scores` (n, labels) of a clause, how many other kinds were heard, the transformer's best
    score of another kind, and one.
    """
    size = len(KINDS)
    score = np.clip(seen[:size], -_BOUND, _BOUND)
    held = np.asarray(heard, dtype=np.float64)
    ranked = np.sort(score)
    best = np.where(score == ranked[-1], ranked[-2], ranked[-1])
    nothing = np.full(size, np.clip(seen[size], -_BOUND, _BOUND))
    clause = np.clip(scores[:, :size].max(axis=0), -_BOUND, _BOUND)
    counted = np.where(np.arange(size) == _REQUEST, 0.0, held)  # a request changes nothing of the rest
    others = np.minimum(counted.sum() - counted, _MANY)
    return np.stack([held, score, held * score, nothing, clause, others, best, np.ones(size)], axis=1)


def listened(
    meeting: Column, seen: Column, views: Views, found: Told, parts: Sequence[Clause], words: Sequence[str]
) -> Told:
    """Return what was heard with what the transformer brings and takes away; `meeting` (kinds, TERMS) weighs."""
    heard = kinds_in(views.clauses, found)
    odds = np.round((terms(seen, views.scores, heard) * meeting).sum(axis=1), 6)
    after = [
        (at, c)
        for at, c in found
        if not (_is_misheard(c, odds[KINDS.index(c.kind)]) and any(is_in(at, one) for one in views.clauses))
    ]
    due = [
        k for k in np.argsort(-odds, kind="stable").tolist()
        if not heard[k] and (_warns(odds[k], views.odds[:, k]) if KINDS[k] == "red_flag" else odds[k] > BRING)
    ]  # fmt: skip
    for column in sorted(due, key=lambda k: KINDS[k] != "override_request"):
        after = _brought(column, views, after, parts, words)
    return after


def _warns(odds: float, of_clauses: Column) -> bool:
    """Return whether either opinion brings a warning."""
    return odds > BRING_WARNING or bool(np.max(of_clauses) > SECOND_BRINGS_WARNING)


def kinds_in(clauses: Sequence[Clause], found: Told) -> list[bool]:
    """Return whether each kind (kinds,) was heard in the clauses."""
    here = {c.kind for at, c in found if any(is_in(at, one) for one in clauses)}
    return [kind in here for kind in KINDS]


def passage(clauses: Sequence[Clause], words: Sequence[str]) -> str:
    """Return the words of the clauses that are open to an opinion."""
    said = ""
    for before, one in zip((None, *clauses), clauses, strict=False):
        if before is not None:
            said += ", " if before.sentence == one.sentence else ". "
        said += " ".join(words[one.start : one.end])
    return said


def _is_misheard(one: Constraint, odds: float) -> bool:
    """Return whether what was heard is taken away."""
    if one.kind in NEVER_TAKEN or (one.kind == "pain" and not math.isnan(one.severity)):
        return False
    return odds < (TAKE_BINDING if one.kind in BINDING else TAKE)


def _brought(column: int, views: Views, found: Told, parts: Sequence[Clause], words: Sequence[str]) -> Told:
    """Return what was heard with a kind as the clause that tells most of it tells it, if any may."""
    kind = KINDS[column]
    for row in np.argsort(-views.scores[:, column], kind="stable").tolist():
        one = views.clauses[row]
        here = {c.kind for at, c in found if is_in(at, one)}
        beside = kind in NOT_BESIDE_A_REQUEST and "override_request" in here
        over = kind == "weather" and _OVER & set(words[one.start : one.end])
        if beside or over or not may_be_brought(kind, one, here):
            continue
        if kind == "override_request":
            found = [(at, c) for at, c in found if not (is_in(at, one) and c.kind in NOT_BESIDE_A_REQUEST)]
            found = without_ends(found, one, parts)
        return found + told_by(kind, one, views.scores[row], words, found)
    return found
