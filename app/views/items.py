"""Richer items of a list: figures, splits, zones, a profile, a track, a week, a change, a belief, a tracker.

The rule of this file: values as they are drawn and written, nothing that a screen would have to work out.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.views.phase import Act, Because, Offer
from app.views.words import Amount

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class HeadlineItem:
    """One sentence in large letters, and a smaller one below."""

    title: str
    text: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class FiguresItem:
    """Numbers with their captions, in as many columns as there is room for."""

    figures: tuple[tuple[Amount, str], ...]
    size: float = 30.0


@dataclass(frozen=True, slots=True)
class Split:
    """One kilometre or lap: its name, pace and heart rate as written, length of its bar 0 to 1, zone 0 to 5."""

    name: str
    pace: str
    heart: str
    share: float
    zone: int = 0
    climb: str = ""


@dataclass(frozen=True, slots=True)
class SplitsItem:
    """Splits below each other; the fastest is marked."""

    title: str
    splits: tuple[Split, ...]
    fastest: int = -1


@dataclass(frozen=True, slots=True)
class ZonesItem:
    """Time in zones: shares 0 to 1 and times as written, zone 1 first; `text` on what the limits rest on."""

    title: str
    shares: tuple[float, ...]
    times: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """Heights over distance, with what is written above."""

    title: str
    value: str
    points: Points
    text: str = ""


@dataclass(frozen=True, slots=True)
class TrackItem:
    """A track's outline in m, home clipped."""

    title: str
    points: Points
    text: str = ""


@dataclass(frozen=True, slots=True)
class TapsItem:
    """A question with small numbers or words to tap: (text, act, chosen) each."""

    title: str
    taps: tuple[tuple[str, Act, bool], ...]
    text: str = ""
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the plan: short name, number, icon, bars of plan and done (0 to 1), what is touched, marks."""

    name: str
    number: str
    icon: str
    planned: float
    done: float
    act: Act
    said: str
    today: bool = False
    chosen: bool = False
    changed: bool = False
    race: bool = False


@dataclass(frozen=True, slots=True)
class WeekItem:
    """Seven days beside each other."""

    title: str
    value: str
    days: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True)
class MonthItem:
    """Weeks of seven days below each other; None where a day is of another month."""

    title: str
    names: tuple[str, ...]
    weeks: tuple[tuple[DayCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """A change of the plan: was, now, why, and what can be answered."""

    day: str
    was: str
    now: str
    because: Because
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class BeliefItem:
    """A belief: what it is of, its value in words, where it lies in its doubt, who says so and since when.

    `low`, `at`, `high`: places on the bar, 0 to 1; all NaN where the value has no scale.
    """

    title: str
    value: str
    source: str
    source_icon: str
    text: str = ""
    low: float = float("nan")
    at: float = float("nan")
    high: float = float("nan")
    range_text: str = ""
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class DeviceItem:
    """A tracker: name, what it gives, signal bars 0 to 4 (-1 unknown), battery 0 to 1 (NaN unknown), state in words."""

    name: str
    text: str
    bars: int
    battery: str
    battery_share: float
    state: str
    good: bool
    act: Act
    chosen: bool = False
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class RawItem:
    """What a tracker sends right now: lines of values over time, a name and the newest value of each."""

    title: str
    lines: tuple[tuple[str, str, tuple[float, ...]], ...]
    text: str = ""


RichItem = (
    HeadlineItem
    | FiguresItem
    | SplitsItem
    | ZonesItem
    | ProfileItem
    | TrackItem
    | TapsItem
    | WeekItem
    | MonthItem
    | ChangeItem
    | BeliefItem
    | DeviceItem
    | RawItem
)
