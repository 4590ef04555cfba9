"""Talking back: what a person says becomes typed constraints, by a grammar that can be read and two opinions of it."""

from edge.talk.encoder import bundled as bundled_encoder
from edge.talk.grammar import Understood, understand
from edge.talk.opinion import bundled as bundled_opinion
from edge.talk.strength import Taken

__all__ = ["Taken", "Understood", "bundled_encoder", "bundled_opinion", "understand"]
