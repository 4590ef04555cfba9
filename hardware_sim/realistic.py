"""A scenario on the realistic route, where bumble is installed.

The rule of this file: it imports nothing of bumble until asked, and says what to install where it is missing.
"""

from __future__ import annotations

import importlib.util
import logging
from typing import TYPE_CHECKING

from hardware_sim.link_model import LinkModel
from hardware_sim.scenario import Scenario
from hardware_sim.schedule import Schedule

if TYPE_CHECKING:
    from hardware_sim.bumble_route.radio import BumbleRadio

MISSING = (
    "the realistic route needs bumble, which is not installed: install the extra `realistic` "
    "(pip install 'kadenz[realistic]' or 'kadenz-sim[realistic]')"
)


class MissingError(ValueError):
    """Bumble is not installed; the text says how to get it."""


def need_bumble() -> None:
    """Return where bumble is installed; MissingError with what to do where it is not."""
    if importlib.util.find_spec("bumble") is None:
        raise MissingError(MISSING)


def radio(
    scenario: Scenario, seed: int = 0, *, link: LinkModel | None = None, schedule: Schedule | None = None
) -> BumbleRadio:
    """Return a radio with a scenario's trackers on real host stacks ; MissingError without bumble.

    It takes the place of `served.radio`: the same trackers, faults and link model.
    """
    need_bumble()
    from hardware_sim.bumble_route.radio import BumbleRadio
    from hardware_sim.served import peripherals

    # what bumble warns of (a packet for a link that has just gone) is no news to who runs a program against it
    logging.getLogger("bumble").setLevel(logging.ERROR)
    trackers = peripherals(scenario, seed)
    return BumbleRadio(
        trackers, schedule=schedule, link=link or scenario.link, faults=scenario.faults, seed=seed
    )  # fmt: skip
