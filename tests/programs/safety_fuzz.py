"""Fuzzes the coach's rules: athlete-weeks with hostile sayings, absurd profiles and any model output.

    python tests/programs/safety_fuzz.py --weeks 1000000 --seed 1 [--processes 2] [--lives 3000] [--json]

A week is seven daily decisions of one person. Its training (runs with gaps, spikes, rides and doubles, trips, entered
races) comes from a pool of lives whose states are computed once through `state_from`; sayings, profile, weather, what a
learner believes of the heart and what the race model answers are drawn anew each week. One week in 64 goes through
`state_from` as a whole, with a learner that answers anything. `safety_oracle` judges; exit code 1 on any breach.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from coach_people import DAY_S, NAMED, NAN, NOON, TODAY, FewPlaces, Riegel, run
from safety_oracle import Life, breaches

from edge.coach import rules
from edge.coach.beliefs import Belief, HeartLine, State, Weather
from edge.coach.columns import runs_until
from edge.coach.injury import injuries_of
from edge.coach.lessons import Circumstances, Lessons, Taught
from edge.coach.said import AREAS, Constraint, Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Forecast, Place, Profile, Race, RacePredictor, RunFact
from edge.coach.weather import weather_of
from edge.samples import Estimate

WHOLE_EVERY = 64
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
        return Taught(any_heart(self.draws, now_unix_s), any_forecast(self.draws, today), "any")


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
    moments = [NOON + day * DAY_S for day in range(7)]
    states = tuple(state_from(facts, Profile(), races, FewPlaces(), here, now, 0.0) for now in moments)
    rows = [runs_until(facts, now, 0.0) for now in moments]
    runs = tuple(tuple((f.start_unix_s, f.distance_m, f.moving_s) for f in r.facts) for r in rows)
    return Training(facts, races, here, states, runs)


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


def unsafe_wbgt_c(said: tuple[Said, ...], sensor: Weather | None, now_s: float) -> float:
    """Return the WBGT in degrees C to be reckoned with at the least, by formulas of its own; NaN unknown."""
    today = [o.constraint for o in said if o.constraint.kind == "weather" and o.said_unix_s // DAY_S == now_s // DAY_S]
    typed = [c.value for c in today if -50 <= c.value <= 60 and c.situation != "humidity"]
    air = sensor.temperature_c.high if sensor and sensor.temperature_c else max(typed, default=NAN)
    damp = sensor.humidity_percent.high if sensor and sensor.humidity_percent else NAN
    if math.isnan(damp):
        told = [c.value for c in today if c.situation == "humidity" and 0 <= c.value <= 100]
        damp = told[-1] if told and not any(c.situation == "humid" for c in today) else 40.0
    sun = (sensor.sun if sensor else "") or next(
        (c.situation for c in reversed(today) if c.situation in ("sun", "shade")), ""
    )
    vapour = damp / 100 * 6.105 * math.exp(17.27 * air / (237.7 + air)) if air < 50 else NAN
    if sun == "shade":  # no wet bulb lies below the dew point
        return 0.3 * air + 0.7 * min(air, _dew_point_c(vapour))
    return 0.567 * air + 0.393 * vapour + 3.94 - 0.01


def _dew_point_c(vapour_hpa: float) -> float:
    if not vapour_hpa > 0.1:
        return -40.0
    ratio = math.log(vapour_hpa / 6.105)
    return 237.7 * ratio / (17.27 - ratio)


def week(d: Draws, pool: list[Training], number: int, seen: Counter[str]) -> list[str]:
    """Return the breaches of one athlete-week."""
    life, profile, said, sensor = pool[d.whole(len(pool))], any_profile(d), any_week(d), any_sensor(d)
    predictor: RacePredictor | None = (None, Riegel(), AnyModel(d))[d.whole(3)]
    whole = number % WHOLE_EVERY == 0
    found = []
    for day in range(7):
        base = life.states[day]
        now = base.now_unix_s
        told = tuple(o for o in said if o.said_unix_s <= now)
        if whole:
            learner = AnyLearner(d)
            state = state_from(
                life.facts, profile, life.races, FewPlaces(), life.here, now, 0.0, learner, said, measured=sensor
            )
        else:
            starts = np.array([at for at, _, _ in life.runs[day]])
            state = replace(
                base,
                profile=profile,
                said=told,
                heart=any_heart(d, now),
                forecast=any_forecast(d, base.today),
                injuries=injuries_of(told, starts, now, 0.0, profile.injuries),
                weather=weather_of(told, base.where, now, 0.0, sensor),
            )
        decision = decide(state, predictor)
        here, used = state.where.here_altitude_m, state.where.acclimatised_m
        arrived = state.where.arrived_unix_s
        facts = Life(
            profile, told, life.runs[day], now, 0.0,
            here.value if here else NAN, used.value if used else NAN,
            (now - arrived) / 3600.0 if math.isfinite(arrived) else NAN,
            unsafe_wbgt_c(told, sensor, now), any(r.day == state.today for r in life.races),
        )  # fmt: skip
        seen.update((decision.session.kind if decision.session else "none", *decision.rule_ids))
        broken = breaches(decision, facts)
        if broken:
            found.append(f"week {number} day {day}: {broken[:3]} said {told} profile {profile} show {decision.show}")
    return found


def fuzz(weeks: int, seed: int, lives: int) -> tuple[list[str], Counter[str], float, float]:
    """Return the breaches, how often each kind and rule was seen, the s for the pool and for the weeks."""
    d = Draws(np.random.default_rng(seed))
    begun = time.perf_counter()
    pool = [training(d) for _ in range(lives)]
    made = time.perf_counter()
    seen: Counter[str] = Counter()
    found: list[str] = []
    for number in range(weeks):
        found += week(d, pool, number, seen)
    return found, seen, made - begun, time.perf_counter() - made


def controls(weeks: int, seed: int, lives: int) -> dict[str, int]:
    """Return how many breaches are found with each rule taken away in turn: 0 means that its promise is not tested."""
    whole, found = rules._RULES, {}
    for rule in whole:
        rules._RULES = tuple(r for r in whole if r is not rule)
        found[rule.__name__] = len(fuzz(weeks, seed, lives)[0])
    rules._RULES = whole
    return found


def _share(arguments: tuple[int, int, int]) -> tuple[list[str], Counter[str], float, float]:
    return fuzz(*arguments)


def main() -> int:
    """Run the program of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--weeks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--lives", type=int, default=0, help="size of the pool (default: a 100th of the weeks, 100 to 4000)"
    )
    parser.add_argument("--controls", action="store_true", help="take each rule away in turn and count the breaches")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.controls:
        print(json.dumps(controls(args.weeks, args.seed, args.lives or 60), indent=1))
        return 0
    share, lives = -(-args.weeks // args.processes), args.lives or min(max(args.weeks // 100, 100), 4000)
    jobs = [(share, args.seed * 1000 + k, lives // args.processes) for k in range(args.processes)]
    begun = time.perf_counter()
    if args.processes == 1:
        results = [fuzz(*jobs[0])]
    else:
        with multiprocessing.get_context("spawn").Pool(args.processes) as workers:
            results = workers.map(_share, jobs)
    took_s = time.perf_counter() - begun
    found = [text for r in results for text in r[0]]
    seen = sum((r[1] for r in results), Counter())
    weeks = share * args.processes
    report = {
        "weeks": weeks, "decisions": 7 * weeks, "violations": len(found), "seed": args.seed,
        "seconds": round(took_s, 1),
        "weeks_per_s": round(weeks / took_s, 1), "seen": dict(seen.most_common()),
    }  # fmt: skip
    print(json.dumps(report) if args.json else "\n".join([*found[:20], json.dumps(report, indent=1)]))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
