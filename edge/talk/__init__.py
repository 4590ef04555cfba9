"""Talking back: what a person says in English or German becomes typed constraints, by a grammar that can be read."""

from edge.talk.grammar import Understood, understand

__all__ = ["Understood", "understand"]
