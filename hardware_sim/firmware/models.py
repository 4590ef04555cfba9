"""Every tracker model by name.

The rule of this file: a model is a class of peripheral and the words that describe it; its module is imported when it
is first built.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from hardware_sim.scenario import Tracker

if TYPE_CHECKING:
    from hardware_sim.firmware.body import Wearing
    from hardware_sim.firmware.tracker import TrackerFirmware


@dataclass(frozen=True, slots=True)
class Model:
    """One model: what it is, where it is worn, and what a world without a radio lets it send."""

    name: str
    description: str
    module: str
    made_by: str
    placement: str = "trunk"
    sends: tuple[str, ...] = ("battery",)
    called: str = ""
    """What a person calls it."""

    def build(self, wearing: Wearing) -> TrackerFirmware:
        """Return the peripheral of a tracker of this model."""
        module = importlib.import_module(f"hardware_sim.firmware.{self.module}")
        built: TrackerFirmware = getattr(module, self.made_by)(wearing)
        return built


_HEART = ("heart_rate", "battery")
_WATCH = ("location", "running", "pressure", "battery")
_ALL = (
    Model("polar-h10", "a chest strap like the Polar H10: heart rate, beats, ECG, acceleration", "polar", "H10",
          sends=_HEART, called="chest strap"),
    Model("verity-sense", "an arm band like the Polar Verity Sense: heart rate, acceleration, gyroscope, field, pulse",
          "polar", "VeritySense", placement="wrist", sends=_HEART, called="arm band"),
    Model("vantage-v3", "a watch like the Polar Vantage V3 while it shares: motion, field, air, position",
          "polar", "VantageV3", placement="wrist", sends=_HEART, called="watch"),
    Model("heart-rate-strap", "a chest strap with the standard service alone", "heart_strap", "HeartRateStrap",
          sends=_HEART, called="chest strap"),
    Model("foot-pod", "a foot pod (Running Speed and Cadence) with its control point", "watch", "FootPod",
          sends=("running", "battery"), called="foot pod"),
    Model("watch", "a watch with standard location, running and air services", "watch", "Watch",
          placement="wrist", sends=_WATCH, called="watch"),
    Model("thingy52", "a Nordic Thingy:52: motion, attitude, steps, air", "thingy", "Thingy",
          called="Thingy:52"),
    Model("bangle-js2", "a Bangle.js 2 with btadv: all its sensors once a second, pressure quirk included", "hackable",
          "Bangle", placement="wrist", sends=_HEART, called="Bangle.js 2"),
    Model("pinetime", "a PineTime with InfiniTime: steps, acceleration, heart rate, clock", "hackable", "PineTime",
          placement="wrist", sends=_HEART, called="PineTime"),
    Model("movesense", "a Movesense sensor (GATT SensorData Protocol): motion and heart rate by path", "movesense",
          "Movesense", sends=_HEART, called="Movesense"),
    Model("treadmill", "a treadmill (Fitness Machine Service)", "machines", "Treadmill", called="treadmill"),
    Model("cycling-sensor", "a bicycle's speed and cadence sensor", "machines", "CyclingSensor",
          called="bicycle sensor"),
    Model("open-tracker", "the Kadenz open tracker (P8): motion, field, air, position", "open_board", "OpenTracker",
          sends=("motion", "battery"), called="Kadenz open tracker"),
)  # fmt: skip
MODELS: Mapping[str, Model] = MappingProxyType({model.name: model for model in _ALL})


def model_of(tracker: Tracker) -> Model:
    """Return a tracker's model; the nearest to what it sends where it names none; ValueError for an unknown one."""
    if tracker.firmware:
        if tracker.firmware not in MODELS:
            raise ValueError(
                f"tracker {tracker.name!r}: no model named {tracker.firmware!r}; there are: {', '.join(MODELS)}"
            )
        return MODELS[tracker.firmware]
    if {"motion", "magnetic", "air", "position"} & set(tracker.sends):
        return MODELS["open-tracker"]
    return MODELS["heart-rate-strap" if "heart_rate" in tracker.sends else "watch"]
