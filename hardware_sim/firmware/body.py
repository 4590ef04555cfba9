"""The runner whom simulated trackers measure, and a tracker worn by that runner.

The rule of this file: nothing is worked out before somebody asks, and what was worked out never changes; time may run
for hours beyond the plan of the scenario.
"""

from __future__ import annotations

import zlib

import numpy as np

from hardware_sim.faults import Fault
from hardware_sim.rest import longer
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.trackers import Worn, wear, worn_longer
from hardware_sim.truth import Truth, happen

_MARGIN_S = 30.0


class Body:
    """One runner during one scenario: the truth, made when first asked for and continued as time goes on."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self._truth: Truth | None = None
        self._hours = 0

    def truth(self, until_s: float = 0.0) -> Truth:
        """Return the truth up to an instant in s at least: the same rows whenever it is asked."""
        if self._truth is None:
            self._truth = happen(self.scenario, np.random.default_rng((self.seed, 1)))
        while self._truth.duration_s < until_s:
            self._hours += 1
            self._truth = longer(self.scenario, self._truth, np.random.default_rng((self.seed, 2, self._hours)))
        return self._truth


class Wearing:
    """One tracker on a body: what its sensors make of the truth, and the faults that it carries out itself."""

    def __init__(self, tracker: Tracker, body: Body) -> None:
        self.tracker, self.body = tracker, body
        self.faults: list[Fault] = []
        self._worn: Worn | None = None

    @property
    def seed(self) -> tuple[int, ...]:
        """Return the seed of this tracker on this body."""
        return self.body.seed, zlib.crc32(self.tracker.name.encode())

    def worn(self, until_s: float = 0.0) -> Worn:
        """Return what the senders need up to an instant in s at least."""
        if self._worn is None:
            self._worn = wear(self.tracker, self.body.scenario, self.body.truth(), self.seed, self.faults)
        while self._worn.truth.duration_s < until_s + _MARGIN_S:
            longer_truth = self.body.truth(self._worn.truth.duration_s + 1.0)
            self._worn = worn_longer(self._worn, longer_truth)
        return self._worn
