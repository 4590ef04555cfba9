"""The hunt: fault schedules against an unmodified bleak program, until one breaks it; then the smallest that does."""

from hardware_sim.hunt.report import as_pytest, replay, write_pytest
from hardware_sim.hunt.search import Budget, Found, Hunt, Hunted, NothingToHuntError
from hardware_sim.hunt.trial import Anchor, Event
from hardware_sim.hunt.verdicts import Verdict

__all__ = [
    "Anchor",
    "Budget",
    "Event",
    "Found",
    "Hunt",
    "Hunted",
    "NothingToHuntError",
    "Verdict",
    "as_pytest",
    "replay",
    "write_pytest",
]
