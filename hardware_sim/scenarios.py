"""The scenarios that ship, by name, and those of one's own, by path.

The rule of this file: the scenarios are data (`scenario_data/*.toml`), read when they are asked for and then kept.
`default` is always there: a steady run with a chest strap, a watch and a motion clip.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hardware_sim.scenario import Scenario, StartPlace, Tracker

if TYPE_CHECKING:
    STRAP: Tracker
    WATCH: Tracker
    INDOOR_WATCH: Tracker
    CLIP: Tracker
    FULL_CLIP: Tracker
    RALEIGH: StartPlace
    DENVER: StartPlace

_FOLDER = Path(__file__).parent / "scenario_data"
_TRACKERS = {
    "STRAP": ("default", "strap"),
    "WATCH": ("default", "watch"),
    "INDOOR_WATCH": ("treadmill", "watch"),
    "CLIP": ("default", "clip"),
    "FULL_CLIP": ("open", "clip"),
}


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(sorted((path.stem for path in _FOLDER.glob("*.toml")), key=lambda name: (name != "default", name)))


@functools.cache
def _shipped(name: str) -> Scenario:
    from hardware_sim.scenario_file import read

    return read(_FOLDER / f"{name}.toml", scenario)


class _Shipped(Mapping[str, Scenario]):
    """The scenarios that ship; each is read when it is first asked for."""

    def __getitem__(self, name: str) -> Scenario:
        if name not in _names():
            raise KeyError(name)
        return _shipped(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())


SCENARIOS: Mapping[str, Scenario] = _Shipped()


def scenario(name: str | Path) -> Scenario:
    """Return the scenario of that name, or of that .toml file; ValueError saying what is wrong or which there are."""
    path = Path(name)
    if path.suffix == ".toml":
        from hardware_sim.scenario_file import read

        return read(path, scenario)
    if str(name) not in SCENARIOS:
        raise ValueError(
            f"no scenario named {str(name)!r}; there are: {', '.join(SCENARIOS)} (or a path to a .toml file)"
        )
    return SCENARIOS[str(name)]


def __getattr__(name: str) -> Tracker | StartPlace:
    """Return one of the trackers and places of the shipped scenarios that have a name of their own."""
    if name in _TRACKERS:
        where, who = _TRACKERS[name]
        return next(tracker for tracker in SCENARIOS[where].trackers if tracker.name == who)
    if name in ("RALEIGH", "DENVER"):
        return SCENARIOS["default" if name == "RALEIGH" else "denver"].place
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
