"""What goes wrong with trackers, as data: which, when, how.

The rule of this file: a fault is a frozen value with times in s of the scenario; `world` carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class LinkLoss:
    """The connection to a tracker is gone from one instant to another; what it sends meanwhile is lost."""

    tracker: str
    from_s: float
    to_s: float
    cause: str = "supervision timeout"


@dataclass(frozen=True, slots=True)
class SatelliteLoss:
    """No satellites in view; `frozen` receivers go on sending their last known position, others leave it out."""

    from_s: float
    to_s: float
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The tracker's calendar clock jumps by `by_s` s."""

    tracker: str
    at_s: float
    by_s: float


@dataclass(frozen=True, slots=True)
class Restart:
    """The tracker restarts: its device time and sequence numbers begin again; it is away for `away_s` s."""

    tracker: str
    at_s: float
    away_s: float = 4.0


@dataclass(frozen=True, slots=True)
class Doubled:
    """Every notification arrives twice (bleak #2002) between two instants."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class PacketLoss:
    """Notifications vanish at random with this probability between two instants."""

    tracker: str
    from_s: float
    to_s: float
    share: float


@dataclass(frozen=True, slots=True)
class Garbled:
    """Notifications arrive cut short or with flipped bits with this probability between two instants."""

    tracker: str
    from_s: float
    to_s: float
    share: float


Fault: TypeAlias = LinkLoss | SatelliteLoss | ClockJump | Restart | Doubled | PacketLoss | Garbled
