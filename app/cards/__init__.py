"""The catalogue of cards: what the coach says beside the session, as data in English and German."""

from app.cards.catalogue import catalogue

__all__ = ["catalogue"]
