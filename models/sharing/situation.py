"""The situation of a person: five words of a small vocabulary, chosen on the device, and the groups that they name.

The rule of this file: the groups of a situation are nested, from everybody to those who share all five words, so that
a group that is too small always has a larger one to fall back to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.groups import VOCABULARY, Group

#: The group that everybody is in.
EVERYBODY = "everybody"
#: In this order the words narrow the group: what moves a heart rate and a pace most comes first.
NARROWING = ("level", "age", "home", "goal", "injury")


@dataclass(frozen=True, slots=True)
class Situation:
    """One word of `edge.coach.groups.VOCABULARY` for each of its dimensions; ValueError names a word of another."""

    level: str
    age: str
    goal: str
    injury: str
    home: str

    def __post_init__(self) -> None:
        for dimension, words in VOCABULARY.items():
            word = getattr(self, dimension)
            if word not in words:
                raise ValueError(f"{dimension} {word!r} is none of {', '.join(words)}")

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups that this person is in, the widest first: each is within the one before."""
        parts = [f"{dimension} {getattr(self, dimension)}" for dimension in NARROWING]
        return (EVERYBODY, *("; ".join(parts[: count + 1]) for count in range(len(parts))))


def situation_of(groups: Sequence[Group]) -> Situation:
    """Return the situation that `edge.coach.groups.groups_of` tells."""
    return Situation(**{one.dimension: one.name for one in groups})


def is_group(name: str) -> bool:
    """Return whether a text names a group of `Situation.groups`."""
    if name == EVERYBODY:
        return True
    parts = name.split("; ")
    named = dict(zip(NARROWING, parts, strict=False))
    return len(parts) <= len(NARROWING) and all(
        part in {f"{dimension} {word}" for word in VOCABULARY[dimension]} for dimension, part in named.items()
    )
