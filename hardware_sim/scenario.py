"""A scenario: who runs where on which day, wearing what, and what goes wrong.

The rule of this file: only values; `scenarios` gives the ones that ship, `world` plays them, `served` airs them.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from hardware_sim.course import Course
from hardware_sim.effort import Step
from hardware_sim.faults import Fault
from hardware_sim.link_model import LinkModel
from hardware_sim.runner import Runner
from hardware_sim.weather import Weather


@dataclass(frozen=True, slots=True)
class Tracker:
    """One tracker: what it sends (names in `trackers.SENDS`), where it is worn, and its clock."""

    name: str
    sends: tuple[str, ...]
    placement: str = "trunk"
    imu_hz: float = 52.0
    clock_ppm: float = 12.0
    model: str = ""
    """What a person calls it."""
    firmware: str = ""
    """Which model of `firmware.MODELS` it is as a peripheral; found from `sends` where empty."""
    address: str = ""
    """Its Bluetooth address; made from its name where empty."""
    needs_bond: bool = False
    """True: what is private is given to a bonded host only."""


@dataclass(frozen=True, slots=True)
class StartPlace:
    """Where and when the run starts: degrees (WGS 84), altitude in m, Unix time in s, local time minus UTC in s."""

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    utc_offset_s: float
    start_unix_s: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that is decided before the start; `duration_s` is the longest it can last."""

    name: str
    description: str
    runner: Runner
    course: Course
    plan: tuple[Step, ...]
    trackers: tuple[Tracker, ...]
    duration_s: float
    place: StartPlace
    weather: Weather = dataclasses.field(default_factory=Weather)
    days_there: float = 1000.0
    """Days since arrival at the place, which decides how far the person is acclimatised."""
    indoor: bool = False
    """True on a treadmill: no satellites, and the speed is the belt's."""
    faults: tuple[Fault, ...] = ()
    link: LinkModel = dataclasses.field(default_factory=LinkModel)
    """The air between the trackers and the host."""
