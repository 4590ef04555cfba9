"""What a card may ask and say about a person today: one flat value with a unit in every name.

The rule of this file: values alone. NaN or "" means "not known"; a card then says it another way or not at all.
The suffix of a name is its unit, and only formats of that unit can show it (`edge.coach.template`).
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

_NAN = math.nan


@dataclass(frozen=True, slots=True)
class Facts:
    """One moment of one person as cards see it; flags are words such as "rule:R-PAIN" or "said:sleep:bad"."""

    now_unix_s: float
    utc_offset_s: float
    flags: frozenset[str] = frozenset()
    here_name: str = ""
    home_name: str = ""
    ahead_name: str = ""
    race_name: str = ""
    injury_area: str = ""
    injury_words: str = ""
    """What the profile says of injuries, in the person's own words."""
    altitude_source: str = ""
    model_source: str = ""
    here_m: float = _NAN
    here_low_m: float = _NAN
    here_high_m: float = _NAN
    home_m: float = _NAN
    used_to_m: float = _NAN
    change_m: float = _NAN
    """Here minus used to: above 0 when higher."""
    hours_here_hours: float = _NAN
    here_days: float = _NAN
    """Days since arrival; NaN at home."""
    arrived_day: float = _NAN
    slower_share: float = _NAN
    slower_low_share: float = _NAN
    slower_high_share: float = _NAN
    faster_share: float = _NAN
    power_lost_share: float = _NAN
    rise_bpm: float = _NAN
    settled_days: float = _NAN
    ahead_m: float = _NAN
    """Altitude of a place that the person is going to; the next three likewise."""
    ahead_up_m: float = _NAN
    ahead_days: float = _NAN
    ahead_day: float = _NAN
    temperature_c: float = _NAN
    runs_known: float = _NAN
    longest_m: float = _NAN
    former_longest_m: float = _NAN
    usual_distance_m: float = _NAN
    weekly_distance_m: float = _NAN
    runs_a_week: float = _NAN
    since_run_days: float = _NAN
    last_run_day: float = _NAN
    since_long_days: float = _NAN
    since_race_days: float = _NAN
    raced_m: float = _NAN
    in_a_row_days: float = _NAN
    gap_days: float = _NAN
    since_return_days: float = _NAN
    returned_day: float = _NAN
    usual_pace_s_per_km: float = _NAN
    cadence_spm: float = _NAN
    step_m: float = _NAN
    climb_m: float = _NAN
    """Usual climb of a run in m per km."""
    race_m: float = _NAN
    to_race_days: float = _NAN
    race_day: float = _NAN
    session_m: float = _NAN
    session_s: float = _NAN
    said_s: float = _NAN
    """Time that the person said they have today."""
    injury_severity: float = _NAN
    injury_days: float = _NAN
    injury_began_day: float = _NAN
    age_years: float = _NAN
    body_mass_index: float = _NAN
    doubt_share: float = _NAN
    """Half the 90 % interval of this person's predicted half marathon over its value, in steps of 0.01: the race
    model's, and a fixed one by rule without it, together with that of the easy pace where a model knows the person."""
    heart_doubt_bpm: float = _NAN
    """How far a single run's heart rate may be off this person's line, in steps of 0.5 (90 %): learned, or by rule."""
    own_slower_share: float = _NAN
    """How much slower a model of this person expects them to be here, in steps of 0.005; by rule `slower_share`."""
    heat_response_share: float = _NAN
    """What warmth does to this person's heart rate over what it does to others, in steps of 0.01; 1 by rule."""

    @property
    def today(self) -> int:
        """The local day, as days since 1970-01-01."""
        return int((self.now_unix_s + self.utc_offset_s) // 86400)

    @property
    def end_of_day_unix_s(self) -> float:
        """The Unix time in s at which the local day ends."""
        return (self.today + 1) * 86400.0 - self.utc_offset_s

    def number(self, name: str) -> float:
        """Return a numeric fact; NaN when not known. KeyError names what is no number."""
        if name not in NUMBERS:
            raise KeyError(f"{name!r} is no number of a person")
        return float(getattr(self, name))

    def word(self, name: str) -> str:
        """Return a word of a person; "" when not known. KeyError names what is no word."""
        if name not in WORDS:
            raise KeyError(f"{name!r} is no word of a person")
        return str(getattr(self, name))


NUMBERS = frozenset(
    f.name for f in dataclasses.fields(Facts) if f.type == "float" and f.name not in ("now_unix_s", "utc_offset_s")
)
WORDS = frozenset(f.name for f in dataclasses.fields(Facts) if f.type == "str")
