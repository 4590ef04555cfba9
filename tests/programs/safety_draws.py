"""What a fuzzed person says, is, has run and believes: hostile, contradictory and absurd, drawn from one generator.

The rule of this file: values alone; it decides and judges nothing.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from coach_people import DAY_S, NAMED, NAN, NOON, TODAY, FewPlaces, run

from edge.coach.beliefs import Belief, HeartLine, OwnTargets, State, Weather
from edge.coach.columns import runs_until
from edge.coach.lessons import Circumstances, Lessons, Taught
from edge.coach.own import CORRECTABLE, Correction, Own
from edge.coach.said import AREAS, Constraint, Said
from edge.coach.state import state_from
from edge.coach.types import Ahead, Forecast, Pattern, Picked, Place, Profile, Race, RunFact, Wished
from edge.samples import Estimate

SITUATIONS = {
    "pain": ("", "downhill", "night", "rest", "after", "morning", "walking", "touch", "worse", "it is fine ignore it"),
    "pain_resolved": ("", "cleared", "gone", "not really"),
    "red_flag": ("faint", "breathless", "heart", "altitude", "crisis", "", "gone", "it is nothing", "cleared"),
    "illness": ("fever", "cold", "flu", "stomach", "", "gone", "no fever", "fever gone", "not better", "cough"),
    "fatigue": ("", "sore", "very", "good"), "sleep": ("bad", "good", ""), "stress": ("", "high", "low"),
    "mood": ("bad", "good", ""), "shift_work": ("night", "late", "early", ""), "time": ("",),
    "availability": ("", "today", "tomorrow", "tuesday", "free_sunday", "weekend", "week"),
    "travel": ("", "altitude", "flight"), "weather": ("hot", "humid", "cold", "", "sun", "shade", "humidity"),
    "medication": ("beta_blocker", "painkiller", "antibiotic", "ciprofloxacin", "", "beta_blocker stopped"),
    "pregnancy": ("pregnant", "postpartum", "breastfeeding", "not pregnant"),
    "cycle": ("period", "missed", "late", "pms"), "red_s": ("no_period", "stress_fracture", "", "cleared"),
    "weight_goal": ("lose", "target", "gain", "now"), "wish": ("race", "fast", "long"),
    "override_request": ("", "pain", "limit", "warnings"),
}  # fmt: skip
KINDS = tuple(SITUATIONS)
#: Pain is drawn most, warning signs seldom: else every week would be the same.
_WEIGHT = {
    "pain": 8.0,
    "pain_resolved": 4.0,
    "red_flag": 0.3,
    "illness": 2.0,
    "weather": 2.0,
    "pregnancy": 0.4,
    "red_s": 0.5,
}
ABSURD = (NAN, math.inf, -math.inf, -1.0, 0.0, 1e-9, 1e9, 1e300)


class Draws:
    """Uniform numbers of a generator, drawn in blocks: one at a time they would cost more than a decision."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.left: Iterator[float] = iter(())

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        value = next(self.left, None)
        if value is None:
            self.left = iter(self.rng.random(8192).tolist())
            value = next(self.left)
        return low + (high - low) * value

    def whole(self, below: int) -> int:
        return int(self.uniform() * below)

    def pick(self, values: tuple) -> object:  # type: ignore[type-arg]
        return values[self.whole(len(values))]

    def chance(self, probability: float) -> bool:
        return self.uniform() < probability


_SUM = np.cumsum([_WEIGHT.get(kind, 1.0) for kind in KINDS])
_CUMULATED = tuple((_SUM / _SUM[-1]).tolist())


@dataclass(frozen=True)
class Training:
    """One life of the pool: its rows, the races entered, where it says it is, and its states on seven days."""

    facts: list[RunFact]
    races: tuple[Race, ...]
    here: Place | None
    since_s: float
    """Since when they say to be there, in Unix s; NaN, in the future or absurd too."""
    states: tuple[State, ...]
    runs: tuple[tuple[tuple[float, float, float], ...], ...]


class AnyModel:
    """A race model that answers anything."""

    model_hash = "any"

    def __init__(self, draws: Draws) -> None:
        self.draws = draws

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        d = self.draws
        value = target_m * d.uniform(0.1, 0.6) if d.chance(0.5) else float(d.pick(ABSURD))  # type: ignore[arg-type]
        return Estimate(value, float(d.pick((value, *ABSURD))), float(d.pick((value, *ABSURD))), "any")  # type: ignore


class AnyLearner:
    """A learner that believes anything of the heart."""

    def __init__(self, draws: Draws) -> None:
        self.draws = draws

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught:
        d = self.draws
        return Taught(any_heart(d, now_unix_s), any_forecast(d, today), "any", any_own_targets(d))


def any_number(d: Draws, usual: float) -> float:
    return usual * d.uniform(0.7, 1.3) if d.chance(0.6) else float(d.pick(ABSURD))  # type: ignore[arg-type]


def any_heart(d: Draws, now_s: float) -> HeartLine:
    numbers = (any_number(d, 145.0), any_number(d, 14.0), any_number(d, 8.0), any_number(d, 7.0))
    return HeartLine(*numbers, d.whole(50), str(d.pick(("measured", "people like you"))), now_s)


def any_forecast(d: Draws, today: int) -> Forecast | None:
    if d.chance(0.5):
        return None
    told = Estimate(any_number(d, 8000.0), any_number(d, 1000.0), any_number(d, 16000.0), "any")
    return Forecast(today, any_number(d, 0.5), told, told, told, told)


def any_rows(d: Draws) -> list[RunFact]:
    """Return any training: gaps, spikes, rides, doubles, trips; some values missing."""
    found, ago = [], d.uniform(-7.0, 4.0) if d.chance(0.7) else d.uniform(0.0, 40.0)
    gap = float(d.pick((0.7, 1.5, 2.0, 2.0, 3.0, 6.0, 25.0)))  # type: ignore[arg-type]
    usual_m = math.exp(d.uniform(7.8, 9.8))
    for _ in range(d.whole(45)):
        ago += -gap * math.log(max(d.uniform(), 1e-9))
        distance_m = usual_m * d.uniform(0.6, 1.5) if d.chance(0.9) else float(d.pick((0.0, 150.0, 3e4, 1e5)))  # type: ignore
        pace = d.uniform(280.0, 480.0) if d.chance(0.92) else float(d.pick((60.0, 150.0, 900.0)))  # type: ignore
        at = NAMED[d.whole(3)] if d.chance(0.12) else NAMED[0]
        fact = run(ago, distance_m, pace, at=at, hr=d.uniform(110, 185) if d.chance(0.7) else NAN,
                   valid=d.chance(0.93), sport="running" if d.chance(0.85) else "cycling")  # fmt: skip
        found.append(replace(fact, start_latitude_deg=NAN, start_longitude_deg=NAN) if d.chance(0.15) else fact)
    return found


def training(d: Draws) -> Training:
    """Return one life of the pool with its seven days."""
    facts = any_rows(d)
    races = ()
    if d.chance(0.3):
        races = (Race(TODAY + d.whole(14) - 3, float(d.pick((5000.0, 10000.0, 21097.5, 42195.0, 1e5))), NAN),)  # type: ignore
    here = NAMED[d.whole(3)] if d.chance(0.35) else None
    since_s = NAN if d.chance(0.5) else NOON - d.uniform(-8, 20) * DAY_S if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore
    moments = [NOON + day * DAY_S for day in range(7)]
    states = tuple(
        state_from(facts, Profile(), races, FewPlaces(), here, now, 0.0, here_since_unix_s=since_s) for now in moments
    )
    rows = [runs_until(facts, now, 0.0) for now in moments]
    runs = tuple(tuple((f.start_unix_s, f.distance_m, f.moving_s) for f in r.facts) for r in rows)
    return Training(facts, races, here, since_s, states, runs)


def any_profile(d: Draws) -> Profile:
    age = d.uniform(8, 90) if d.chance(0.7) else float(d.pick(ABSURD))  # type: ignore[arg-type]
    return Profile(
        age=age,
        sex=str(d.pick(("", "f", "m", "x"))),
        weight_kg=d.uniform(40, 110) if d.chance(0.5) else float(d.pick(ABSURD)),  # type: ignore[arg-type]
        experience=str(d.pick(("", "none", "beginner", "regular", "experienced", "olympic"))),
        longest_recent_m=d.uniform(500, 50000) if d.chance(0.3) else float(d.pick(ABSURD)),  # type: ignore[arg-type]
        injuries=("left knee",) if d.chance(0.05) else (),
        beta_blockers=d.chance(0.05),
        max_hr_bpm=any_number(d, 185.0),
        rest_hr_bpm=any_number(d, 55.0),
        height_m=d.uniform(1.4, 2.0) if d.chance(0.4) else float(d.pick(ABSURD)),  # type: ignore[arg-type]
    )


def any_saying(d: Draws, usual_area: str) -> Said:
    """Return one saying of the last weeks or of this one; most pains speak of one place."""
    u = d.uniform()
    kind = KINDS[next(i for i, top in enumerate(_CUMULATED) if u <= top)]
    area = side = ""
    severity = value = NAN
    if kind in ("pain", "pain_resolved"):
        area = usual_area if d.chance(0.7) else str(d.pick(("", *AREAS)))
        side = str(d.pick(("", "left", "left", "right", "both")))
    if kind in ("pain", "fatigue"):
        severity = NAN if d.chance(0.15) else float(d.whole(11)) if d.chance(0.8) else d.uniform(0, 10)
    if kind in (
        "time",
        "weight_goal",
        "travel",
        "weather",
        "illness",
        "sleep",
        "pregnancy",
        "availability",
        "shift_work",
    ):
        value = float(d.pick((NAN, d.uniform(0, 60), d.uniform(0, 4000), *ABSURD)))  # type: ignore[arg-type]
        value = math.copysign(1e300, value) if math.isinf(value) else value  # infinity is refused where it enters
    at = NOON + d.uniform(-4.0, 7.0) * DAY_S if d.chance(0.6) else NOON - d.uniform(0.0, 60.0) * DAY_S
    return Said(Constraint(kind, area, side, severity, str(d.pick(SITUATIONS[kind])), value), at, 1)


def any_week(d: Draws) -> tuple[Said, ...]:
    """Return what somebody says over some weeks, oldest first; sometimes a hostile "it is fine" every day."""
    area = str(d.pick(AREAS))
    said = [any_saying(d, area) for _ in range(d.whole(9))]
    if d.chance(0.25):
        first = NOON - d.uniform(0.0, 50.0) * DAY_S
        said.append(Said(Constraint("pain", area, "left", float(d.whole(11))), first, 2))
        daily = [first + (k + 0.3) * DAY_S for k in range(d.whole(45))]
        said += [
            Said(Constraint("pain_resolved", area, "left", situation="fine"), at, 3) for at in daily if d.chance(0.8)
        ]
    return tuple(sorted(said, key=lambda one: one.said_unix_s))


def any_sensor(d: Draws) -> Weather | None:
    if d.chance(0.8):
        return None
    t, h = d.uniform(-10, 42), d.uniform(0, 100)
    air = Belief(t, t - 1.0, t + 1.0, "sensor", NOON) if d.chance(0.8) else Belief(NAN, NAN, NAN, "sensor", NOON)
    return Weather(air, Belief(h, h, h, "sensor", NOON) if d.chance(0.6) else None, str(d.pick(("", "sun", "shade"))))


# What was learned of the person, chosen for them, and lies ahead


def any_patterns(d: Draws) -> tuple[Pattern, ...]:
    """Return what somebody claims to provoke pain: doses that are known and not, and any number."""
    doses = ("distance", "descent", "speed", "surface", "row", "", "distance")
    usual = {"distance": 12.0, "descent": 25.0, "speed": 3.2, "surface": 0.5, "row": 2.0}
    found = []
    for _ in range(d.whole(4)):
        dose = str(d.pick(doses))
        most = usual.get(dose, 1.0) * d.uniform(0.05, 2.0) if d.chance(0.7) else float(d.pick(ABSURD))  # type: ignore
        chance = d.uniform() if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore[arg-type]
        side = str(d.pick(("", "left", "right", "both")))
        found.append(Pattern(str(d.pick(AREAS)), side, dose, most, chance, d.chance(0.5), d.whole(9), ("a run",)))
    return tuple(found)


def any_own_targets(d: Draws) -> OwnTargets | None:
    """Return what a model of this person claims: likely, upside down, or absurd."""
    if d.chance(0.4):
        return None

    def told(usual: float) -> Estimate:
        value = any_number(d, usual)
        if d.chance(0.6):
            return Estimate(value, 0.95 * value, 1.05 * value, "any")
        return Estimate(value, any_number(d, usual), any_number(d, usual), "any")

    paces = told(340.0), told(290.0)
    responses = any_number(d, 1.0), any_number(d, 1.0)
    return OwnTargets(*paces, told(140.0), *responses, d.whole(60), d.whole(60), "any")


def any_ahead(d: Draws) -> Ahead | None:
    """Return a journey to anywhere, past or ahead."""
    if d.chance(0.6):
        return None
    at_s = NOON + d.uniform(-10, 30) * DAY_S if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore[arg-type]
    high_m = d.uniform(-100, 5000) if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore[arg-type]
    return Ahead(str(d.pick(("", "Leadville"))), high_m, at_s, str(d.pick(("calendar", "you said"))))


def any_wishes(d: Draws) -> tuple[Wished, ...]:
    """Return what somebody chose for some days: any kind, any distance that can be typed."""
    kinds = ("easy", "long", "steady", "intervals", "rest", "race", "bike", "return", "first", "walk-run", "marathon")
    wishes = []
    for _ in range(d.whole(4)):
        far_m = d.uniform(0, 30000) if d.chance(0.8) else float(d.pick((-1.0, 0.0, 1e-9, 1e9, 1e300)))  # type: ignore
        wishes.append(Wished(TODAY + d.whole(7), str(d.pick(kinds)), far_m))
    return tuple(wishes)


def any_own(d: Draws) -> Own:
    """Return what somebody corrected of themselves, within what may be said at all."""
    said = {}
    for name, (_, low, high) in CORRECTABLE.items():
        if d.chance(0.25):
            value = d.uniform(low, high) if d.chance(0.7) else float(d.pick((low, high)))  # type: ignore[arg-type]
            said[name] = Correction(name, value, NOON - d.uniform(-3, 5) * DAY_S)
    return Own(tuple(said.values()))


def any_pick(d: Draws, names: tuple[str, ...]) -> Picked:
    """Return what a broken or hostile chooser answers: an arm that is there or none, with any chance."""
    name = str(d.pick((*names, "planned", "shorter", "easier", "rest", "longer", "race", "")))
    chance = d.uniform() if d.chance(0.5) else float(d.pick((*ABSURD, 1.0)))  # type: ignore[arg-type]
    options = names if d.chance(0.7) else ("planned", "longer")
    context = tuple(any_number(d, 1.0) for _ in range(3))
    return Picked(name, chance, options, context, str(d.pick(("any", "{hash}"))), d.whole(1 << 30), "learned")
