"""The seam to every tracker, simulated, built in or over Bluetooth: payloads in, nothing else out.

The rule of this file: a link moves bytes with their arrival time and decides nothing about them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Packet:
    """One notification: which tracker, which characteristic, when it arrived (monotonic s), its bytes."""

    tracker: str
    characteristic: str
    arrival_s: float
    payload: bytes


class LinkState(Enum):
    """What a link may report between packets."""

    CONNECTED = "connected"
    LOST = "lost"
    CLOSED = "closed"
    DROPPED = "dropped"
    """Packets of one characteristic were let go on this computer; the connection stands."""


@dataclass(frozen=True, slots=True)
class LinkEvent:
    """A change of a tracker's connection at an arrival time in s, with the cause in words."""

    tracker: str
    state: LinkState
    arrival_s: float
    cause: str = ""
    characteristic: str = ""
    """Which characteristic it concerns; empty: all of the tracker."""


class Link(Protocol):
    """A source of packets and link events in order of arrival; ends after `CLOSED`."""

    def packets(self) -> AsyncIterator[Packet | LinkEvent]: ...

    async def close(self) -> None: ...
