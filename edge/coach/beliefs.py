"""What is believed of one person: values with doubt, source and date, and nothing computed.

The rule of this file: no behaviour. NaN means "not known"; a belief that cannot be held at all is None.
Days are local calendar days since 1970-01-01.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge.coach.own import NOTHING, Own
from edge.coach.said import Said
from edge.coach.types import Ahead, Forecast, Pattern, Place, Profile, Race, Shown, Wished
from edge.samples import Estimate


@dataclass(frozen=True, slots=True)
class Belief:
    """A value with its 90 % interval, its source ("you said", "measured", "inferred", "people like you"), its date."""

    value: float
    low: float
    high: float
    source: str
    as_of_unix_s: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest valid run of a window: distance in m, time in motion in s, the run's id."""

    distance_m: float
    moving_s: float
    run_id: str


@dataclass(frozen=True, slots=True)
class History:
    """What the diary says about recent training; distances in m, times in s, counts of days; runs on foot only."""

    runs: int
    """Valid runs in the diary up to now."""
    left_out: int
    """Runs that must not count: satellite spikes, vehicles, duplicates."""
    last_run_unix_s: float
    days_since_run: int
    """Whole days since the day of the last valid run; -1 with none."""
    today_m: float
    """What was already run today."""
    longest_30d: Longest | None
    former_longest: Longest | None
    """The longest of the 30 days before the last break of 14 days or more (or up to the last run, if that long ago)."""
    gap_days: int
    """Length of that break in days; 0 with none in the last 120 days."""
    days_since_return: int
    """Days since the run that ended it; -1 while it lasts or with none."""
    distance_7d_m: float
    distance_28d_m: float
    distance_42d_m: float
    load_7d: float
    load_28d: float
    load_42d: float
    weekly_m: float
    """Typical weekly distance: the mean of the last four weeks."""
    best_weekly_m: float
    """The highest weekly distance over four weeks in a row of the last twelve: what the body lately bore."""
    runs_a_week: float
    runs_6d: int
    """Days with a run of the six before today: with one today they make a week."""
    usual_distance_m: float
    """Median distance of the last 20 valid runs within 60 days."""
    days_in_a_row: int
    """Days in a row with a run, up to yesterday or today."""
    long_weekday: int
    """The weekday (0 = Monday) on which the longest runs of the last eight weeks fell; Sunday with too few."""
    days_since_long: int
    days_since_hard: int
    last_was_hard: bool
    hard_7d: int
    days_since_race: int
    """Days since a race, or a run as long as one, within the last 30 days; -1 with none."""
    race_m: float
    """Its distance in m; NaN with none."""
    former_weekly_m: float = float("nan")
    """The highest weekly distance over four weeks in a row of the last 26: what was before a pause; NaN unknown."""
    former_usual_m: float = float("nan")
    """Median distance of the runs of those four weeks."""
    former_runs_a_week: float = float("nan")


@dataclass(frozen=True, slots=True)
class Fitness:
    """Race fitness at sea level, the times it rests on, and the pace usually run (s per km, at sea level)."""

    vdot: Belief | None
    from_race: bool
    bests_s: tuple[tuple[float, float], ...]
    """Race-equivalent times: distance in m and time in s, at sea level."""
    usual_pace_s_per_km: Belief | None


@dataclass(frozen=True, slots=True)
class HeartLine:
    """Heart rate in bpm as a line over speed in m/s at sea level: at 2.8 m/s, its slope, and the doubt of both."""

    at_2_8_bpm: float
    slope_bpm_per_m_s: float
    sd_at_2_8_bpm: float
    residual_sd_bpm: float
    runs: int
    source: str
    as_of_unix_s: float


@dataclass(frozen=True, slots=True)
class OwnTargets:
    """What a model of this one person expects on flat ground, in cool air near the sea, with 90 % intervals.

    Paces in s per km, easy heart rate in bpm; all on a stated quantum (1 s, 1 bpm, 0.01).
    """

    easy_pace_s_per_km: Estimate
    steady_pace_s_per_km: Estimate
    easy_hr_bpm: Estimate
    altitude_response: float
    """Expected rise of heart rate with height over that of somebody of whom nothing is known; 1 is usual."""
    heat_response: float
    """The same for warmth."""
    runs: int
    """How many runs of ten minutes and more it rests on."""
    heart_runs: int
    model_hash: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Home, here, and what the body is used to; altitudes in m. `arrived_unix_s` is NaN at home."""

    home: Place | None
    home_altitude_m: Belief | None
    here: Place | None
    here_altitude_m: Belief | None
    here_source: str
    arrived_unix_s: float
    acclimatised_m: Belief | None


@dataclass(frozen=True, slots=True)
class Injury:
    """One body area that hurts or is coming back: where, in which state since when, and what brings the next one.

    `state` is "watch", "eased", "stopped", "clinician", or a step of the ladder: "walk", "walk-run", "short easy",
    "easy", "full". What is sound is not listed.
    """

    area: str
    side: str
    """ "left", "right", "both" or "" when not said."""
    state: str
    since_unix_s: float
    severity: Belief
    """The last pain that was said, 0 to 10, with its doubt, source and date."""
    step: int
    """The rung of the ladder, 0 to 4; -1 off it."""
    began_unix_s: float
    """When the first pain of this episode was said."""
    evidence: tuple[str, ...]
    """The sentences it rests on ("said 12"), newest last; "your profile" for what was typed there."""
    next_step_when: str
    """What brings the next state, in words."""
    question: str
    """The one question to ask the person now; "" with none."""
    bone: bool = False
    """Whether signs of bone stress were said: only a clinician ends it."""


@dataclass(frozen=True, slots=True)
class Weather:
    """The air today, each value with its source ("sensor", "you said", "climate table"); None where unknown."""

    temperature_c: Belief | None = None
    humidity_percent: Belief | None = None
    sun: str = ""
    """ "sun", "shade" or "" when not known."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How this person runs, beside how far: medians of the last 20 valid runs within 60 days; NaN where not known."""

    cadence_spm: float
    step_m: float
    climb_m: float
    """Climb in m per km."""
    tried: tuple[str, ...]
    """What the diary shows that they have done in the last year: "long", "hills", "trail", "treadmill", "track"."""


@dataclass(frozen=True, slots=True)
class Response:
    """What follows a kind of run in this person: n of pairs, and 90 % intervals as beliefs; None with too few.

    `next_bpm`: beats/min of the next run, within two days, beside the own line, less what other runs of those weeks
    show; `pain_share`: share of runs, none in a fortnight before, after which a new pain was said before the next run.
    """

    kind: str
    runs: int
    pairs: int
    next_bpm: Belief | None
    pain_share: Belief | None


@dataclass(frozen=True, slots=True)
class State:
    """All that a decision rests on: one person at one moment."""

    now_unix_s: float
    utc_offset_s: float
    profile: Profile
    races: tuple[Race, ...]
    history: History
    fitness: Fitness
    heart: HeartLine
    max_hr_bpm: Belief
    where: Whereabouts
    forecast: Forecast | None = None
    """None where no model learns the person's habits."""
    said: tuple[Said, ...] = ()
    """What the person said up to now and did not take back, oldest first."""
    wished: tuple[Wished, ...] = ()
    """What the person chose for days instead of what was planned."""
    learned_by: str = "rules"
    """Whose the heart-rate line is: a model with its hash, or rules and why."""
    injuries: tuple[Injury, ...] = ()
    """What hurts or is coming back, by body area; what is sound is not listed."""
    weather: Weather = Weather()
    habits: Habits | None = None
    ahead: Ahead | None = None
    """The next place that the person is going to, where one is known."""
    shown: tuple[Shown, ...] = ()
    """Which cards were shown before, and what came of them, oldest first; only what still matters."""
    language: str = "en"
    patterns: tuple[Pattern, ...] = ()
    """What provokes pain in this person's runs, as far as it is known; it only ever takes away."""
    own_targets: OwnTargets | None = None
    """None where no model knows the person: rules stand in."""
    own: Own = NOTHING
    """What the person corrected, and what was new to them when."""
    responses: tuple[Response, ...] = ()
    """What each kind of run does to this person."""

    @property
    def today(self) -> int:
        """The local day, as days since 1970-01-01."""
        return int((self.now_unix_s + self.utc_offset_s) // 86400)

    @property
    def end_of_day_unix_s(self) -> float:
        """The Unix time in s at which the local day ends."""
        return (self.today + 1) * 86400.0 - self.utc_offset_s
