"""The same calendar day for people who differ: session, targets and words, as a table; made-up people.

The rule of this file: the table is what the coach says, never written by hand; `usual` is whom the others are beside.
"""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

from app.bench.figures import Figure, Say, Section
from app.bench.people_cast import CAST, Somebody, state_of
from app.cards import catalogue
from app.coach import bundled_predictor
from edge.coach.today import decide
from edge.coach.types import Decision, RacePredictor


def decided(one: Somebody, predictor: RacePredictor | None) -> Decision:
    """Return the decision of the day for somebody."""
    return decide(state_of(one), predictor, catalogue())


def said(decision: Decision) -> tuple[str, str, str]:
    """Return session, targets and words of a decision: what differs between people."""
    session = decision.session
    targets = "" if session is None else repr(dataclasses.replace(session, kind=""))
    words = " ".join((decision.show, *(reason.text for reason in decision.because), *_titles(decision)))
    return (session.kind if session is not None else "none"), targets, words


def _titles(decision: Decision) -> tuple[str, ...]:
    return tuple(card.title for card in decision.content)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return the table, and how many pairs differ in session, in targets and in words."""
    race = bundled_predictor()
    day = {one.name: decided(one, race) for one in CAST}
    pairs = list(itertools.combinations((said(decision) for decision in day.values()), 2))
    figures = [
        Figure(f"pairs that differ in {what}", 100.0 * sum(a[k] != b[k] for a, b in pairs) / len(pairs), "%")
        for k, what in enumerate(("session", "targets", "words"))
    ]
    either = 100.0 * sum(a != b for a, b in pairs) / len(pairs)
    figures.append(Figure("pairs that differ in any of them", either, "%", at_least=100.0))
    notes = tuple(f"**{name}**: {_line(decision)}" for name, decision in day.items())
    return Section(
        "people", f"{len(CAST)} made-up people on one Wednesday, {len(pairs)} pairs", tuple(figures), notes=notes
    )


def _line(decision: Decision) -> str:
    """Return what somebody reads first: the session, up to three reasons, and the cards' titles."""
    because = " ".join(reason.text for reason in decision.because[:3])
    cards = "; ".join(_titles(decision)) or "none"
    return f"{decision.show} Because: {because} Rules: {', '.join(decision.rule_ids)}. Cards: {cards}."
