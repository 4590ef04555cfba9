"""The door by Flower: `PriorExchange` as a node of a fleet on this machine.

The rule of this file: the permit is of the purpose "fleet" or nothing is written; the fleet's shared prior is believed
only where its file can be read whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from models.fleet import loopback
from models.fleet.cohorts import Rule
from models.fleet.loopback import Place
from models.sharing.contribution import Contribution
from models.sharing.exchange import Permit, require
from models.sharing.files import shared_prior
from models.sharing.shared import SharedPrior


@dataclass(frozen=True, slots=True)
class FleetExchange:
    """`PriorExchange` by a fleet: the node of one person, by that device's own rule."""

    place: Place
    name: str
    rule: Rule = field(default_factory=Rule)
    purpose: str = "fleet"

    def offer(self, contribution: Contribution, permit: Permit) -> None:
        """Join with the contribution; SharingError without consent to the fleet, or where none is served."""
        require(permit, self.purpose)
        loopback.join(self.place, self.name, contribution, self.rule)

    def fetch(self) -> SharedPrior | None:
        """Return the shared prior that the fleet's last rounds made, None where there is none."""
        return shared_prior(self.place.prior) if self.place.prior.exists() else None
