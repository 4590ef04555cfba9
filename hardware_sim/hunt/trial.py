"""What one trial is given and what it showed: a command, faults and chance; printed lines and what the air saw.

The rule of this file: values only; `running` makes observations of plans, `verdicts` judges them.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from enum import Enum

from hardware_sim.faults import Fault, begins_s, ends_s
from hardware_sim.scenario import Scenario
from hardware_sim.transcript import Line

RECOVERY_S = 8.0
"""How long in s after the last fault a program may take until data flow again."""
_SHORTEST_S, _MARGIN_S = 9.0, 0.5


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

    def quiet_after_s(self, anchor_s: float = 0.0) -> float:
        """Return when the last fault is over in s, where the first data come at `anchor_s`."""
        shift = {Anchor.START: 0.0, Anchor.DATA: anchor_s}
        ends = (ends_s(event.fault) + shift[event.anchor] for event in self.events)
        return max([anchor_s, *(end for end in ends if math.isfinite(end))])

    def lasts_s(self) -> float:
        """Return how long the trial goes on after the first data in s: until there was time to recover."""
        return min(self.seconds, max(_SHORTEST_S, self.quiet_after_s() + RECOVERY_S + _MARGIN_S))


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
        return self.plan.quiet_after_s(self.anchor_s)


def shifted(fault: Fault, by_s: float) -> Fault:
    """Return a fault later by so many s."""
    times = {name: getattr(fault, name) + by_s for name in ("from_s", "to_s", "at_s") if hasattr(fault, name)}
    return _changed(fault, times)


def lasting(fault: Fault, length_s: float) -> Fault:
    """Return a fault with a duration that lasts so many s instead."""
    return _changed(fault, {"to_s": round(begins_s(fault) + length_s, 2)})


def _changed(fault: Fault, times: dict[str, float]) -> Fault:
    return dataclasses.replace(fault, **times)  # type: ignore[arg-type]
