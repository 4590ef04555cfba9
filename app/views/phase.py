"""What a screen says when it cannot show all: loading, empty, no sensor, stale, error, offline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """How complete what a screen shows is."""

    READY = "ready"
    LOADING = "loading"
    EMPTY = "empty"
    NO_SENSOR = "no-sensor"
    STALE = "stale"
    ERROR = "error"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Act:
    """What a person asks for by touching: a name that the desk knows, and what it is about."""

    name: str
    value: str | float | tuple[str | float, ...] = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on: the words of a button and what it asks for."""

    text: str
    act: Act
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence on what is missing and why, with at most one way on."""

    phase: Phase
    title: str
    text: str = ""
    offer: Offer | None = None
    share: float = -1.0
    """How far long work has come, 0 to 1; below 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Because:
    """A reason in words, and the evidence that opens when it is touched."""

    text: str
    evidence: tuple[str, ...] = ()
