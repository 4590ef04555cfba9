"""What one trial is given and what it showed: a command, faults and chance; printed lines and what the air saw.

The rule of this file: values only; `running` makes observations of plans, `verdicts` judges them.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from enum import Enum

from hardware_sim.faults import Fault, ends_s
from hardware_sim.scenario import Scenario
from hardware_sim.transcript import Line


class Anchor(Enum):
    """What the times of a fault count from."""

    START = "start"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Event:
    """One fault of a schedule and what its times count from."""

    fault: Fault
    anchor: Anchor = Anchor.DATA


@dataclass(frozen=True, slots=True)
class Plan:
    """What one trial does: the command, the scenario, chance, the faults and how long after the first data."""

    command: tuple[str, ...]
    scenario: Scenario
    seed: int
    events: tuple[Event, ...] = ()
    seconds: float = 14.0
    wanted: frozenset[tuple[str, str]] = frozenset()
    """(tracker, UUID) that the program subscribes to when nothing is wrong; empty: not known yet."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One line on standard output and when it came, in s of the radio."""

    t_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What one trial showed; times in s of the radio."""

    plan: Plan
    printed: tuple[Printed, ...]
    complaints: tuple[str, ...]
    """Lines on standard error."""
    air: tuple[Line, ...]
    anchor_s: float
    end_s: float
    exit_code: int
    ended_alone: bool
    """True: the program ended before it was asked to."""
    killed: bool
    """True: it had to be killed, since it did not end when interrupted."""
    left_subscribed: frozenset[tuple[str, str]]
    """(tracker, UUID) that were subscribed to when the program was asked to end."""

    @property
    def quiet_from_s(self) -> float:
        """Return when the last fault was over, in s."""
        shift = {Anchor.START: 0.0, Anchor.DATA: self.anchor_s}
        ends = (ends_s(event.fault) + shift[event.anchor] for event in self.plan.events)
        return max([self.anchor_s, *(end for end in ends if math.isfinite(end))])


def shifted(fault: Fault, by_s: float) -> Fault:
    """Return a fault later by so many s."""
    times = {name: getattr(fault, name) + by_s for name in ("from_s", "to_s", "at_s") if hasattr(fault, name)}
    return dataclasses.replace(fault, **times)
