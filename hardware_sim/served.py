"""A scenario on the air: its trackers as peripherals, and the radio that they are reached through.

The rule of this file: nothing of the run is worked out before somebody connects, so that building takes no time.
"""

from __future__ import annotations

from hardware_sim.firmware.body import Body, Wearing
from hardware_sim.firmware.models import model_of
from hardware_sim.firmware.tracker import TrackerFirmware
from hardware_sim.link_model import LinkModel
from hardware_sim.radio import Radio
from hardware_sim.scenario import Scenario
from hardware_sim.schedule import Schedule


def peripherals(scenario: Scenario, seed: int = 0) -> tuple[TrackerFirmware, ...]:
    """Return the trackers of a scenario in its order, all worn by the same runner.

    A peripheral's `name` is the tracker's name in the scenario, the name on the air is `advertised.name`. Faults reach
    them through `meet`, which `Radio` calls. ValueError for a model that does not exist.
    """
    body = Body(scenario, seed)
    return tuple(model_of(tracker).build(Wearing(tracker, body)) for tracker in scenario.trackers)


def radio(
    scenario: Scenario, seed: int = 0, *, link: LinkModel | None = None, schedule: Schedule | None = None
) -> Radio:
    """Return a radio with a scenario's trackers and faults; the same seed and requests bring the same bytes.

    After the scenario's plan ends the runner rests, and the trackers go on sending. ValueError for an unknown model.
    """
    return Radio(
        peripherals(scenario, seed), schedule=schedule, link=link or scenario.link, faults=scenario.faults, seed=seed
    )  # fmt: skip
