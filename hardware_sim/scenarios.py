"""The scenarios that ship, by name.

The rule of this file: data only. `default` is always there: a steady run with a chest strap and a watch.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

from hardware_sim.course import loop, street
from hardware_sim.effort import Step
from hardware_sim.faults import ClockJump, Doubled, Garbled, LinkLoss, PacketLoss, Restart, SatelliteLoss
from hardware_sim.runner import RALEIGH_RUNNER
from hardware_sim.scenario import Scenario, StartPlace, Tracker
from hardware_sim.weather import Weather

STRAP = Tracker("strap", ("heart_rate", "battery"), model="chest strap")
WATCH = Tracker("watch", ("location", "running", "pressure", "battery"), placement="wrist", model="watch")
INDOOR_WATCH = Tracker("watch", ("running", "pressure", "battery"), placement="wrist", model="watch")
CLIP = Tracker("clip", ("motion", "battery"), model="Kadenz open tracker")
FULL_CLIP = Tracker("clip", ("motion", "air", "position", "magnetic", "battery"), model="Kadenz open tracker")

RALEIGH = StartPlace("Raleigh", 35.7796, -78.6382, 96.0, -4 * 3600.0, 1_780_484_400.0)  # 2026-06-03 07:00 EDT
DENVER = StartPlace("Denver", 39.7007, -104.9690, 1609.0, -6 * 3600.0, 1_780_752_600.0)  # 2026-06-06 07:30 MDT

_GREENWAY = loop("greenway loop", 4800.0, (16.0, 9.0, 6.0))
_PARK = loop("park loop", 4200.0, (6.0, 3.0))
_FLAT = loop("lake loop", 2500.0)
_EASY = RALEIGH_RUNNER.easy_speed_m_s


def _intervals() -> tuple[Step, ...]:
    hard, jog = Step(4.15, distance_m=800.0), Step(2.2, duration_s=120.0)
    return (Step(_EASY, duration_s=600.0), *(s for _ in range(6) for s in (hard, jog)), Step(2.5, duration_s=360.0))


def _default() -> Scenario:
    return Scenario(
        name="default",
        description="a steady 12-minute run with a chest strap, a watch and a motion clip",
        runner=RALEIGH_RUNNER,
        course=_GREENWAY,
        plan=(Step(_EASY, duration_s=720.0),),
        trackers=(STRAP, WATCH, CLIP),
        duration_s=720.0,
        place=RALEIGH,
    )


def _denver() -> Scenario:
    home_pace, eased, calm = Step(_EASY, duration_s=480.0), Step(2.62, duration_s=780.0), Step(2.45, duration_s=420.0)
    return dataclasses.replace(
        _default(),
        name="denver",
        description="the Raleigh runner one day after landing in Denver: an easy run at 1,609 m",
        course=_PARK,
        plan=(home_pace, eased, calm),
        duration_s=1680.0,
        place=DENVER,
        weather=Weather(101_400.0, -60.0, 17.0, 30.0),
        days_there=1.0,
    )


def _others() -> tuple[Scenario, ...]:
    base = _default()
    again = dataclasses.replace
    flat = "ten flat kilometres at a steady pace"
    hills = "ten repeats of a 40 m hill, one kilometre each, up and down"
    return (
        again(base, name="raleigh", description="an easy half hour at home, rolling ground",
              plan=(Step(_EASY, duration_s=1800.0),), duration_s=1800.0),
        again(base, name="intervals", description="six times 800 m fast with jogged recoveries",
              course=_FLAT, plan=_intervals(), duration_s=3600.0),
        again(base, name="hills", description=hills, course=street("hill street", 1000.0, 40.0),
              plan=(Step(2.7, distance_m=10_000.0),), duration_s=5400.0),
        again(base, name="flat10k", description=flat, course=_FLAT,
              plan=(Step(3.2, distance_m=10_000.0),), duration_s=4200.0),
        again(base, name="treadmill", description="twenty minutes indoors, no satellites", course=_FLAT,
              plan=(Step(_EASY, duration_s=1200.0),), trackers=(STRAP, INDOOR_WATCH, CLIP), duration_s=1200.0,
              weather=Weather(temperature_c=21.0), indoor=True),
        again(base, name="open", description="the Kadenz open tracker alone, with every stream it has",
              plan=(Step(_EASY, duration_s=600.0),), trackers=(STRAP, FULL_CLIP), duration_s=600.0),
    )  # fmt: skip


def _dropouts() -> Scenario:
    return dataclasses.replace(
        _default(),
        name="dropouts",
        description="strap lost for 40 s, satellites lost, watch clock jumping, a restart, doubled and broken packets",
        plan=(Step(_EASY, duration_s=900.0),),
        duration_s=900.0,
        faults=(
            LinkLoss("strap", 240.0, 280.0),
            SatelliteLoss(330.0, 390.0),
            ClockJump("watch", 420.0, 3600.0),
            Restart("clip", 480.0),
            Doubled("strap", 540.0, 570.0),
            PacketLoss("clip", 600.0, 660.0, 0.1),
            Garbled("watch", 700.0, 740.0, 0.2),
            LinkLoss("watch", 780.0, 800.0, "out of range"),
        ),
    )


SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {s.name: s for s in (_default(), _denver(), *_others(), _dropouts())}
)


def scenario(name: str) -> Scenario:
    """Return the scenario of that name; ValueError with the known names where there is none."""
    if name not in SCENARIOS:
        raise ValueError(f"no scenario named {name!r}; there are: {', '.join(SCENARIOS)}")
    return SCENARIOS[name]
