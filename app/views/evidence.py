"""What opens when a reason is touched: its numbers with their names, the runs and sentences it rests on, its rules.

The rule of this file: a number whose name is not known here is left out, never shown by the name it has inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite

from app.views.evidence_names import number_names
from app.views.words import DASH, Words
from edge.coach.phrases import say
from edge.coach.rules import RULES

MOST_LINES = 8
_SAID = re.compile(r"said (\d+)")


def evidence_lines(
    numbers: Sequence[tuple[str, float]],
    evidence: Sequence[str],
    words: Words,
    known: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the lines of a reason; `known` has in words what its evidence names (ids of runs, "said N")."""
    names, lines = number_names(words), []
    for name, value in numbers:
        if name in names and isfinite(value):
            title, written = names[name]
            text = written(value)
            lines += [f"{title}: {text}"] if DASH not in text else []
    for one in evidence:
        if known and one in known:
            lines.append(known[one])
        elif one in RULES:
            lines.append(words("Rule: {text}", text=say(words.language, RULES[one].text)))
    return tuple(lines[:MOST_LINES])


def sentence_number(evidence: str) -> int:
    """Return the number of the sentence that a piece of evidence names, 0 where it names none."""
    found = _SAID.fullmatch(evidence)
    return int(found[1]) if found else 0
