"""What the coach knows and says, as values.

The rule of this file: no behaviour. A `Decision` holds everything needed to show it, to expire it, to
argue with it and to compute it again bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from edge.samples import Estimate


@dataclass(frozen=True, slots=True)
class Place:
    """A named point: degrees (WGS 84) and altitude in m."""

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class RunFact:
    """One recording as the coach sees it: a row of the diary, nothing more. NaN where unknown."""

    run_id: str
    start_unix_s: float
    utc_offset_s: float
    sport: str
    sub_sport: str
    distance_m: float
    moving_s: float
    timer_s: float
    avg_hr_bpm: float
    max_hr_bpm: float
    ascent_m: float
    start_latitude_deg: float
    start_longitude_deg: float
    altitude_m: float
    best_efforts_s: dict[float, float]
    load: float
    valid: bool
    """False for satellite spikes, rides recorded as runs, duplicates: such a row sets no limit and no record."""
    altitude_min_m: float = float("nan")
    altitude_max_m: float = float("nan")
    avg_cadence_spm: float = float("nan")


@dataclass(frozen=True, slots=True)
class Race:
    """A race that the person entered or ran: day as days since 1970-01-01 (local), distance in m, time in s or NaN."""

    day: int
    distance_m: float
    time_s: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the person said; NaN or empty where they did not."""

    age: float = float("nan")
    sex: str = ""
    """ "f", "m" or "" when not said."""
    weight_kg: float = float("nan")
    experience: str = ""
    """ "none", "beginner", "regular", "experienced" or ""."""
    goal: str = ""
    longest_recent_m: float = float("nan")
    injuries: tuple[str, ...] = ()
    beta_blockers: bool = False
    max_hr_bpm: float = float("nan")
    rest_hr_bpm: float = float("nan")
    height_m: float = float("nan")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its sentence, the numbers it rests on, and where they come from (run ids, rule, table)."""

    text: str
    numbers: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One suggested session. Paces in s per km (low = faster), heart rate in bpm; NaN where none is given."""

    kind: str
    """ "rest", "easy", "long", "steady", "intervals", "first", "return", "race" or "walk-run"; without running "walk",
    "bike", "pool" or "strength", whose distance is 0."""
    distance_m: float
    duration_s: float
    pace_low_s_per_km: float
    pace_high_s_per_km: float
    hr_low_bpm: float
    hr_high_bpm: float


@dataclass(frozen=True, slots=True)
class Wished:
    """What the person wants on a local day (since 1970-01-01): a kind of session and its distance in m."""

    day: int
    kind: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class Content:
    """A card beside the session (altitude, heat, first week): title, text, and why it is shown now."""

    content_id: str
    title: str
    text: str
    because: tuple[Reason, ...]
    valid_until_unix_s: float
    tone: str = ""
    """ "calm", "warm", "plain" or "urgent"."""
    action: str = ""
    """The one thing that the card asks for, in a few words; also said in the text."""
    stamp: str = ""
    """What of the person's situation it was shown for; another stamp is another occasion."""
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of a card, or of a journey ("journey:ID"), at a moment in Unix s.

    `outcome` is "shown", "opened", "done" or "refused" for a card; for a journey "begun" or the exit that ended it.
    """

    card_id: str
    at_unix_s: float
    outcome: str = "shown"
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a journey stands: "begun" today, "on", or the exit that ends it today; its step from 1, and how many."""

    journey_id: str
    name: str
    state: str
    step: int
    steps: int
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A place that the person is going to: its name or "", altitude in m, arrival in Unix s, and how that is known."""

    name: str
    altitude_m: float
    arrival_unix_s: float
    source: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What this day brings by the person's habits alone, as it looks in its morning; 80 % intervals, NaN if unknown."""

    day: int
    run_probability: float
    distance_m: Estimate
    """Of the day, run or not: the median, with the mass at zero in its interval."""
    distance_if_run_m: Estimate
    pace_s_per_km: Estimate
    heart_rate_bpm: Estimate


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What one change in the diary would have made of today: its sentence, the session's kind then, and the numbers."""

    text: str
    kind: str
    numbers: tuple[tuple[str, float], ...]
    evidence: tuple[str, ...] = ()
    """The runs that the sentence changes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the coach shows, until when, why, what else was possible, and what it was computed from."""

    show: str
    session: Session | None
    valid_until_unix_s: float
    because: tuple[Reason, ...]
    alternatives: tuple[tuple[str, Session], ...]
    content: tuple[Content, ...]
    rule_ids: tuple[str, ...]
    model_hash: str
    propensity: float
    inputs_hash: str
    forecast: Forecast | None = None
    """What habit alone would bring today, to be compared with what came; None where nothing is learned of habits."""
    otherwise: Counterfactual | None = None
    """What would have made it another session, proved by deciding again; None where no single change does."""
    journeys: tuple[Standing, ...] = ()
    """The journeys that begin, go on or end today."""
    introduced: tuple[str, ...] = ()
    """What is new to this person today, or asked of them for the first time."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Which of the options that the rules left is shown first, with which chance, and what chose it."""

    name: str
    propensity: float
    options: tuple[str, ...]
    context: tuple[float, ...]
    """What the day is like: tired, bright, busy, about -2 to 2; 0 as usual."""
    model_hash: str
    seed: int
    by: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A dose (distance, descent, speed, surface, row) after which one place hurts, as this person's runs show it."""

    area: str
    side: str
    dose: str
    most: float
    """The greatest dose that is borne: km, m down a km, m/s, share of hard ground, days run in a row before."""
    chance: float
    named: bool
    """Whether the evidence reaches what it takes to name it; else it is only a reason to be careful."""
    painful_runs: int
    evidence: tuple[str, ...]
    """The painful runs it rests on, newest last."""


class Chooser(Protocol):
    """The seam to `models.choose`: one of a few safe options, in the rule's order, for a day like this."""

    def pick(self, options: tuple[str, ...], context: tuple[float, ...], seed: int) -> Picked: ...


class Places(Protocol):
    """The seam to a place table: which named place is near a point, and how high the ground is there."""

    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place: ...

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate: ...


class RacePredictor(Protocol):
    """The seam to `models.race`: bests in m -> s, result in s with a 90 % interval."""

    @property
    def model_hash(self) -> str: ...

    def predict(
        self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float
    ) -> Estimate: ...
