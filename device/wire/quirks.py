"""Trackers that break a specification, by the name they give themselves.

The rule of this file: one line per tracker and deviation, with its source; a tracker that is not listed is taken
at its word.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.samples import DeviceInfo


@dataclass(frozen=True, slots=True)
class Tracker:
    """How a tracker is recognised: the beginning of its model or advertised name, in lower case."""

    begins: str
    source: str


#: 0x2A53 cadence in steps/min of both feet, where the specification asks for strides of one leg.
COUNTS_STEPS = (Tracker("tickr x", "OpenTracks 3c23a9f halves the cadence of Wahoo TICKR X"),)


def counts_steps(who: DeviceInfo, advertised_name: str = "") -> bool:
    """Return whether the running cadence of a tracker already counts both feet, so that it is not doubled."""
    model = who.model.lower().removeprefix("wahoo ")
    name = advertised_name.lower().removeprefix("wahoo ")
    return any(said.startswith(tracker.begins) for tracker in COUNTS_STEPS for said in (model, name))
