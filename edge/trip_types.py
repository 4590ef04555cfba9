"""What the background tells of a trip, and what is remembered between two samples of it.

The rule of this file: no behaviour. Times are Unix s, angles degrees (WGS 84), heights m; NaN means "not measured".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan
from typing import Protocol, TypeAlias

from edge.coach.types import Place, Places
from edge.samples import Estimate


class Ground(Places, Protocol):
    """The seam to a place table that also tells how far in km a point lies from its nearest place."""

    def distance_km(self, latitude_deg: float, longitude_deg: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Background:
    """One sample of what a phone or watch notices by the way; any of it may be missing."""

    unix_s: float
    pressure_pa: float = nan
    latitude_deg: float = nan
    longitude_deg: float = nan
    accuracy_m: float = nan
    altitude_m: float = nan
    """Height of the satellite fix."""
    speed_m_s: float = nan
    steps: float = nan
    """Steps since the sample before; NaN where nothing counts them."""
    utc_offset_s: float = nan


@dataclass(frozen=True, slots=True)
class Arrived:
    """The person is at another place than before: where, how high, since when, from what, and how sure (0 to 1)."""

    place: Place
    altitude_m: Estimate
    since_unix_s: float
    told_unix_s: float
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Left:
    """The person was seen far from where they stayed, for the first time at `since_unix_s`."""

    since_unix_s: float


@dataclass(frozen=True, slots=True)
class Passing:
    """No stay: "flight", "height near by" (a cable car, a hill) or "on the way".

    The height is in m against the stay, NaN where it is not known.
    """

    kind: str
    since_unix_s: float
    height_m: float


@dataclass(frozen=True, slots=True)
class Asks:
    """Not sure enough to act: "are you at about so many m, and staying?" """

    altitude_m: Estimate
    since_unix_s: float
    source: str


TripEvent: TypeAlias = Arrived | Left | Passing | Asks


@dataclass(frozen=True, slots=True)
class Stay:
    """Where the person is taken to be: the point, its height, since when (NaN: always), and the air there."""

    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    since_unix_s: float = nan
    height_m: float = nan
    """The pressure height last measured there, and when."""
    height_unix_s: float = nan
    utc_offset_s: float = nan
    left: bool = False


@dataclass(frozen=True, slots=True)
class Air:
    """The pressure as a height in the standard atmosphere, the level it stands at, and the climb it is in."""

    unix_s: float = nan
    height_m: float = nan
    level_m: float = nan
    level_unix_s: float = nan
    """Since when the height stands within `trip_air.LEVEL_M` of the level."""
    climb_from_m: float = nan
    climb_from_unix_s: float = nan
    lifted_unix_s: float = nan
    """Since when it is a height that a cabin or a cable car brought about; NaN when it is none."""
    flew: bool = False
    """A flight's cabin was left again."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A place on trial: agreeing fixes in a row, what was walked there, and for how long it must hold."""

    latitude_deg: float
    longitude_deg: float
    first_unix_s: float
    last_unix_s: float
    need_s: float
    height_m: float
    """Pressure height at its start; NaN without pressure."""
    fixes: int = 1
    steps: float = 0.0
    altitude_sum_m: float = 0.0
    altitudes: int = 0
    asked: bool = False
    tries: int = 1
    """Samples since its start, with or without a fix: behind walls most bring none."""
    walls: float = 0.0
    """Log likelihood ratio of its fixes: under the open sky against behind walls."""
    open: float = 0.0
    """The most that `walls` came to: who walked in from the open sky stays."""
    foot: float = 0.0
    """Log likelihood ratio of a walk before its first fix, and of speeds since: on foot against seated."""
    steps_after: float = nan
    """Steps since its first fix; NaN where nothing counts them."""
    lost: int = 0
    """Samples in a row, up to now, without a fix that an open sky would bring."""
    accuracy_m: float = nan
    """Of its first fix."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last fix that was believed."""

    latitude_deg: float
    longitude_deg: float
    unix_s: float
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class TripMemory:
    """All that is remembered from sample to sample; saved and restored with `edge.trip.TripWatch`."""

    stay: Stay | None = None
    air: Air = field(default_factory=Air)
    hold: Hold | None = None
    seen: Seen | None = None
    now_unix_s: float = nan
    flew: bool = False
    """A flight was noticed since the stay: by its speed, its cabin, a jump no car makes, or the time zone."""
    walked: float = 0.0
    """Steps since the flight was last noticed in the air, or NaN where nothing counts them."""
    good_unix_s: float = nan
    """When the last accurate fix on the ground came."""
    road_fixes: int = 0
    """Fixes in a row at the speed of a road; below 0 at that of an aircraft."""
    steps_s: tuple[float, ...] = ()
    """Times of the last samples with steps, and then as many counts."""
    recent_deg: tuple[float, ...] = ()
    """The last fixes as they came, latitude and longitude in turn: the same again to the last digit is an old one."""
    asked_level_m: float = nan
    passing: str = ""
    slow: bool = False
    """The device gives no fixes in bursts when asked for them."""
    leap: Seen | None = None
    """A fix so far from the last believed one that it takes more fixes there to be believed."""
    leaps: int = 0
    """Fixes there so far."""
    silent: int = 0
    """Samples without a believed fix since the last one: a flight has none, a house one in five."""
    off_s: float = 0.0
    """The longest time without any sample since then."""
    landed_unix_s: float = nan
    """When the flight was last noticed."""
    unsure_unix_s: float = nan
    """When a ride was told only by what lies between two fixes: it may be over."""
    gate: Seen | None = None
    """The first believed fix after the flight."""
    scene: tuple[float, ...] = ()
    """Chances of each `trip_scene.Scene`; empty where nobody flew or rode."""
    supposed: tuple[float, ...] = ()
    """The same, were the leap under way a flight; empty without one."""
