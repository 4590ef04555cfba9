"""Priors shared by people in similar situations: what leaves a device, how it is blurred, merged, and used.

The rule of this package: nothing here reads a diary or asks for consent; `PriorExchange` is the only door through
which a contribution leaves, and it asks for a `Permit`.
"""

from models.sharing.contribution import MOST_NUMBERS, NAMES, Contribution
from models.sharing.exchange import Permit, PriorExchange, SharingError
from models.sharing.shared import GroupShift, SharedPrior
from models.sharing.situation import EVERYBODY, Situation, situation_of

__all__ = [
    "EVERYBODY",
    "MOST_NUMBERS",
    "NAMES",
    "Contribution",
    "GroupShift",
    "Permit",
    "PriorExchange",
    "SharedPrior",
    "SharingError",
    "Situation",
    "situation_of",
]
