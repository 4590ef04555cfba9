"""The door: the only way by which a contribution leaves a device and a shared prior comes back.

The rule of this file: a door is narrow, and opens only for a `Permit`, which the diary gives where consent stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from models.sharing.contribution import Contribution
from models.sharing.shared import SharedPrior

#: What a person can consent to, each on its own: files that they hand over themselves, and a fleet of machines.
PURPOSES = ("file", "fleet")


class SharingError(Exception):
    """It could not be shared, merged or used; the text is the one line that the person reads."""


@dataclass(frozen=True, slots=True)
class Permit:
    """That a person consented to a purpose, and when; made by the diary's consents alone. ValueError for nonsense."""

    purpose: str
    given_unix_s: float

    def __post_init__(self) -> None:
        if self.purpose not in PURPOSES or not math.isfinite(self.given_unix_s):
            raise ValueError(f"{self.purpose!r} is none of {', '.join(PURPOSES)}, or was never given")


class PriorExchange(Protocol):
    """Where contributions go and a shared prior comes from: files, or a fleet by Flower."""

    @property
    def purpose(self) -> str:
        """The purpose of `PURPOSES` that a permit must be of."""
        ...

    def offer(self, contribution: Contribution, permit: Permit) -> None:
        """Hand a contribution over; SharingError where the permit is of another purpose or it cannot be handed over."""
        ...

    def fetch(self) -> SharedPrior | None:
        """Return the shared prior that is there, None where there is none; SharingError where it cannot be believed."""
        ...


def require(permit: Permit, purpose: str) -> None:
    """Raise SharingError where a permit is of another purpose than a door's own."""
    if permit.purpose != purpose:
        raise SharingError(f"consent was given for {permit.purpose!r}, not for {purpose!r}: nothing left this device")
