"""What an answer is, as a value.

The rule of this file: no behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said: whether anything is known, the sentences, the numbers and the runs they rest on."""

    kind: str
    known: bool
    text: str
    numbers: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    """Of a why-question: the names of the causes, the greatest first."""
