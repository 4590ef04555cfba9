"""What a person corrected, what was asked of them, and what was new to them when.

The rule of this file: values alone. Days are local days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What may be corrected: its name, unit, and the valid range in that unit (assumptions wide enough for everyone).
CORRECTABLE = {
    "fitness": ("VDOT", 10.0, 86.0),
    "usual-pace": ("s per km", 150.0, 900.0),
    "heart-rate": ("beats/min at the usual pace", 70.0, 215.0),
    "max-hr": ("beats/min", 100.0, 240.0),
    "used-to-altitude": ("m", -430.0, 6000.0),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What the person said instead of a learned belief: name of `CORRECTABLE`, value in its unit, when in Unix s."""

    name: str
    value: float
    set_unix_s: float

    def __post_init__(self) -> None:
        if self.name not in CORRECTABLE:
            raise ValueError(f"{self.name!r} cannot be corrected; one of {', '.join(CORRECTABLE)} can")
        unit, low, high = CORRECTABLE[self.name]
        if not low <= self.value <= high:
            raise ValueError(f"{self.name} {self.value:g} is outside {low:g} to {high:g} {unit}")


@dataclass(frozen=True, slots=True)
class Introduced:
    """An element or a question that was new to this person on a local day, and its moment in Unix s."""

    element: str
    day: int
    at_unix_s: float


@dataclass(frozen=True, slots=True)
class Own:
    """The corrections, the latest of a name last, and what was introduced, asked or answered, oldest first."""

    corrections: tuple[Correction, ...] = ()
    introduced: tuple[Introduced, ...] = ()
    learned: tuple[tuple[str, float], ...] = ()
    """In a state: what was learned of each name that is corrected, in its unit; NaN where nothing was."""

    def day_of(self, element: str) -> int:
        """Return the local day on which an element was introduced; -1 where it never was."""
        return next((one.day for one in self.introduced if one.element == element), -1)


NOTHING = Own()
