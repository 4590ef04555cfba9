"""Talking back: what a person says in English or German becomes typed constraints, by a grammar that can be read."""

from edge.talk.grammar import Understood, understand
from edge.talk.strength import Taken

__all__ = ["Taken", "Understood", "understand"]
