"""The person whose pulse is watched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """The range of heart rates in beats/min that is no reason for an alarm."""

    low_bpm: int = 50
    high_bpm: int = 150
