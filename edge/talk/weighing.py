"""A second opinion: where a small model and the grammar meet, clause by clause, by one table of what may be changed.

The rule of this file: the model may bring what the grammar did not hear, and take away what it is sure was misheard;
never a pain, a warning, a request or what else binds a rule, and never does it bring an end of a pain. What is denied,
somebody else's, a mere "if" or long past stays what the grammar says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from edge.coach.said import KINDS, Constraint
from edge.talk.clauses import Clause
from edge.talk.opinion import LABELS, Column, Opinion
from edge.talk.pains import hurting_in

Told = list[tuple[int, Constraint]]
#: Log odds above which a kind is brought, and below which it is taken away (models/TALK_CARD.md, measured by writer);
#: more is asked where the grammar knows every word of a clause.
BRING, BRING_WHERE_KNOWN = 0.8, 1.3
BRING_WARNING, TAKE = -1.0, -0.8
NEVER_TAKEN = frozenset(
    {"pain", "pain_resolved", "red_flag", "override_request", "illness", "medication", "pregnancy", "red_s"}
)
NEVER_BROUGHT = frozenset({"pain_resolved"})
#: A clause that denies one of these gets no warning and no pain of the model.
_DENIED_SIGNS = (
    "red_flag", "HURT", "PULLED", "BLEED", "SWOLLEN", "COUGH", "FLUTTER", "CONFUSED", "STAGGER", "VOMIT", "OUTOFBREATH",
)  # fmt: skip
#: What a clause that asks to set a rule aside does not tell besides.
NOT_BESIDE_A_REQUEST = frozenset({"wish", "time", "pain_resolved"})
#: What a clause tells of where a kind would only say the same again: feeling dreadful with a fever is no mood.
_TOLD_BY = {"pain": frozenset({"pain_resolved", "red_flag"}), "mood": frozenset({"illness", "red_flag"})}
_TURNED = ("sleep", "mood")
_POSSIBLE = frozenset({"free", "can", "works", "available", "open", "frei", "kann", "geht", "passt", "moeglich"})
_IMPOSSIBLE = frozenset(
    {"not", "cant", "no", "never", "nothing", "out", "nicht", "nichts", "kein", "keine", "nie", "weg"}
)
_LASTING = frozenset({"for", "after", "within", "nach", "seit", "innerhalb", "ueber"})


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """The clauses that are open to an opinion, its scores of them (n, labels), and the log odds of kinds (n, kinds)."""

    clauses: tuple[Clause, ...]
    scores: Column
    odds: Column


def open_clauses(parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int]) -> tuple[Clause, ...]:
    """Return the clauses that models may have an opinion of; `asked` ask to set a rule aside."""
    return tuple(one for index, one in enumerate(parts) if one.counts and index not in asked and _has_words(one, words))


def views(
    opinion: Opinion, found: Told, parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int]
) -> Views | None:
    """Return what a model thinks of each clause, None where none is open to it."""
    clauses = open_clauses(parts, words, asked)
    if not clauses:
        return None
    heard = np.array([[_holds(one, kind, found) for kind in KINDS] for one in clauses], dtype=bool)
    scores = opinion.scores([words[one.start : one.end] for one in clauses])
    return Views(clauses, scores, opinion.told(scores, heard))


def weighed(views: Views, found: Told, parts: Sequence[Clause], words: Sequence[str]) -> Told:
    """Return what was heard with what a model brings and takes away."""
    changed = list(found)
    for one, score, odds in zip(views.clauses, views.scores, views.odds, strict=True):
        after = _changed(changed, one, score, dict(zip(KINDS, odds.tolist(), strict=True)), words)
        asks = _holds(one, "override_request", after) and not _holds(one, "override_request", changed)
        changed = without_ends(after, one, parts) if asks else after
    return changed


def _has_words(one: Clause, words: Sequence[str]) -> bool:
    return any(word.isalpha() for word in words[one.start : one.end])


def is_in(at: int, one: Clause) -> bool:
    """Return whether a position is within a clause."""
    return one.start <= at < one.end


def _holds(one: Clause, kind: str, found: Told) -> bool:
    return any(c.kind == kind and is_in(at, one) for at, c in found)


def _changed(found: Told, one: Clause, score: Column, odds: dict[str, float], words: Sequence[str]) -> Told:
    """Return all that was heard with one clause changed."""
    kept = [(at, c) for at, c in found if not (is_in(at, one) and may_be_taken(c.kind) and odds[c.kind] < TAKE)]
    here = {c.kind for at, c in kept if is_in(at, one)}
    brought = [kind for kind in KINDS if kind not in here and _is_brought(kind, odds[kind], here, one)]
    if "override_request" in brought:
        kept = [(at, c) for at, c in kept if not (is_in(at, one) and c.kind in NOT_BESIDE_A_REQUEST)]
        brought = [kind for kind in brought if kind not in NOT_BESIDE_A_REQUEST]
    return kept + [pair for kind in brought for pair in told_by(kind, one, score, words, kept)]


def told_by(kind: str, one: Clause, score: Column, words: Sequence[str], found: Told) -> Told:
    """Return what a clause tells of a kind that was not heard in it, without what was `found` already."""
    new = [pair for pair in _as_told(kind, one, score, words) if _is_new(pair[1], found)]
    return [pair for pair in new if not (kind == "time" and _lasts(one, words, found))]


def _lasts(one: Clause, words: Sequence[str], found: Told) -> bool:
    """Return whether minutes tell how long something of the body took: "my speech was slurred for ten minutes"."""
    minutes = one.measure("min")
    body = any(c.kind in {"pain", "pain_resolved", "red_flag"} for _, c in found)
    return body and minutes is not None and bool(_LASTING & set(words[max(minutes.start - 1, 0) : minutes.start]))


def _is_new(one: Constraint, found: Told) -> bool:
    """Return whether nothing of the kind was told, or of a pain none in this place; a bare pain stands alone."""
    if one.kind != "pain":
        return all(c.kind != one.kind or c.situation == "cleared" for _, c in found)
    told = [c.area for _, c in found if c.kind in {"pain", "pain_resolved", "red_flag"}]
    return one.area not in told if one.area else not told


def without_ends(found: Told, one: Clause, parts: Sequence[Clause]) -> Told:
    """Leave out the ends of pains in the sentence of a request: "plan it anyway, my knee is fine"."""
    same = [part for part in parts if part.sentence == one.sentence]
    return [(at, c) for at, c in found if c.kind != "pain_resolved" or not any(is_in(at, part) for part in same)]


def may_be_taken(kind: str) -> bool:
    """Return whether a model may take a kind away that was heard."""
    return kind not in NEVER_TAKEN


def may_be_brought(kind: str, one: Clause, here: Set[str]) -> bool:
    """Return whether a clause that was heard to tell of `here` may be said to tell of a kind as well."""
    if kind in NEVER_BROUGHT or one.denies(kind):
        return False
    if kind == "override_request" and one.has("CLEARED"):  # a clinician's word is none of one's own
        return False
    if kind in {"red_flag", "pain"} and one.denies(*_DENIED_SIGNS):
        return False
    return kind == "red_flag" or not (one.has("NEUTRAL") or here & _TOLD_BY.get(kind, frozenset()))


def _is_brought(kind: str, odds: float, here: set[str], one: Clause) -> bool:
    least = BRING_WARNING if kind == "red_flag" else BRING if one.unknown else BRING_WHERE_KNOWN
    return may_be_brought(kind, one, here) and odds > least


def _as_told(kind: str, one: Clause, score: Column, words: Sequence[str]) -> Told:
    """Return a kind as a clause tells of it: places, sides, strengths and numbers are the grammar's own."""
    if kind == "pain":
        return hurting_in(one, words)
    if kind == "red_flag":
        chest = one.has("AREA:chest")
        return [(one.start, Constraint(kind, "chest" if chest else "", situation="chest_pain" if chest else ""))]
    minutes = one.measure("min") if kind == "time" else None
    value = math.nan if minutes is None else minutes.value
    return [(one.start, Constraint(kind, situation=_situation(kind, one, score, words), value=value))]


def _situation(kind: str, one: Clause, score: Column, words: Sequence[str]) -> str:
    """Return how a kind is told, as far as words of the grammar say so, "" where they do not."""
    if kind in _TURNED:
        return "good" if score[LABELS.index(f"{kind}:good")] > 0.0 else "bad"
    if kind == "wish":
        return next((i.name for i in one.all("W", "WISHES") if i.name), "")
    if kind != "availability":
        return ""
    day = next((i.name for i in one.all("DAYWORD") if i.name), "")
    said = set(words[one.start : one.end])
    possible = bool(_POSSIBLE & said) and not _IMPOSSIBLE & said and all(i.tag != "NEG" for i in one.items)
    return f"free_{day or 'today'}" if possible else day
