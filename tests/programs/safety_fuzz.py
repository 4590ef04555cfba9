"""Fuzzes the coach's rules: athlete-weeks with hostile sayings, absurd profiles and any model output.

    python tests/programs/safety_fuzz.py --weeks 1000000 --seed 1 [--processes 2] [--keep FILE] [--json]

A week is seven daily decisions of one person. Its training (runs with gaps, spikes, rides and doubles, trips, arrivals,
entered races) comes from a pool of lives whose states are computed once through `state_from`; sayings, profile, wishes,
weather, corrections, journeys ahead, patterns of pain, what learners believe and what the race model answers are drawn
anew each week. One week in 64 goes through `state_from` as a whole, one in 16 has the cards, half speak German; on one
day of each week a chooser picks anything, and on another the same day is decided without patterns and without the model
of the person. One week in sixteen is run: taps and verdicts of the gait in the run, and what was tapped is said.
`safety_oracle` and `safety_more` judge; exit code 1 on any breach.

Weeks are played in shards, each by its own seed (`--seed`, number of the shard), so that any of them can be played
again alone (`--only N`). `--keep FILE` writes each shard as a line of JSON once it is over: the same command goes on
where it was cut, and `--sum` tells what the file holds.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import json
import math
import multiprocessing
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from coach_people import DAY_S, NAN, FewPlaces, Riegel
from safety_draws import (
    AnyLearner,
    AnyModel,
    Draws,
    Training,
    any_ahead,
    any_forecast,
    any_heart,
    any_own,
    any_own_targets,
    any_patterns,
    any_pick,
    any_profile,
    any_sensor,
    any_week,
    any_wishes,
    training,
)
from safety_life import Life
from safety_live import played
from safety_more import harder, loosened, moved_rules, pick_breaches
from safety_oracle import breaches

from app.cards import catalogue
from edge.coach import rules
from edge.coach.beliefs import State, Weather
from edge.coach.catalogue import Catalogue
from edge.coach.choosing import put_first
from edge.coach.corrections import with_own
from edge.coach.injury import injuries_of
from edge.coach.own import NOTHING, Own
from edge.coach.said import Said
from edge.coach.state import state_from
from edge.coach.today import NO_CARDS, proposal
from edge.coach.types import Ahead, Decision, Pattern, Profile, RacePredictor, Wished
from edge.coach.weather import weather_of

WHOLE_EVERY, CARDS_EVERY, RUN_EVERY = 64, 16, 16
#: What falls over falls over for a runner too.
CRASHES = (ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RuntimeError)
SHARD_WEEKS, OWN_LIVES = 2000, 30
_ROOT = Path(__file__).parents[2]


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


@dataclass
class Person:
    """What is drawn for one week."""

    life: Training
    profile: Profile
    said: tuple[Said, ...]
    sensor: Weather | None
    predictor: RacePredictor | None
    patterns: tuple[Pattern, ...]
    ahead: Ahead | None
    wished: tuple[Wished, ...]
    own: Own
    language: str
    cards: Catalogue
    whole: bool


def any_person(d: Draws, pool: list[Training], number: int) -> Person:
    """Return somebody for a week."""
    predictor: RacePredictor | None = (None, Riegel(), AnyModel(d))[d.whole(3)]
    return Person(
        pool[d.whole(len(pool))], any_profile(d), any_week(d), any_sensor(d), predictor,
        any_patterns(d) if d.chance(0.4) else (), any_ahead(d), any_wishes(d) if d.chance(0.3) else (),
        any_own(d) if d.chance(0.2) else NOTHING, "de" if d.chance(0.5) else "en",
        catalogue() if number % CARDS_EVERY == 1 else NO_CARDS, number % WHOLE_EVERY == 0,
    )  # fmt: skip


def state_on(d: Draws, who: Person, day: int) -> State:
    """Return the state of a day of the week."""
    base, life = who.life.states[day], who.life
    now = base.now_unix_s
    told = tuple(o for o in who.said if o.said_unix_s <= now)
    if who.whole:
        state = state_from(
            life.facts, who.profile, life.races, FewPlaces(), life.here, now, 0.0, AnyLearner(d), who.said,
            who.wished, who.sensor, life.since_s,
        )  # fmt: skip
        state = replace(state, patterns=who.patterns, ahead=who.ahead, language=who.language)
    else:
        starts = np.array([at for at, _, _ in life.runs[day]])
        state = replace(
            base,
            profile=who.profile,
            said=told,
            wished=who.wished,
            heart=any_heart(d, now),
            forecast=any_forecast(d, base.today),
            injuries=injuries_of(told, starts, now, 0.0, who.profile.injuries),
            weather=weather_of(told, base.where, now, 0.0, who.sensor),
            patterns=who.patterns,
            ahead=who.ahead,
            own_targets=any_own_targets(d),
            language=who.language,
        )
    return with_own(state, who.own) if who.own is not NOTHING else state


def facts_on(who: Person, state: State, day: int) -> Life:
    """Return what is true of a day, as the oracle is told it."""
    where = state.where
    here, used, arrived = where.here_altitude_m, where.acclimatised_m, where.arrived_unix_s
    now = state.now_unix_s
    return Life(
        who.profile, state.said, who.life.runs[day], now, 0.0,
        here.value if here else NAN, used.value if used else NAN,
        (now - arrived) / 3600.0 if math.isfinite(arrived) else NAN,
        unsafe_wbgt_c(state.said, who.sensor, now), any(r.day == state.today for r in who.life.races), who.patterns,
    )  # fmt: skip


def compared(state: State, who: Person, decision: Decision) -> list[str]:
    """Return what patterns loosened and what a model of the person moved: the same day without each."""
    found = []
    steady = None if isinstance(who.predictor, AnyModel) else who.predictor  # one that answers the same again
    with_all = decision if steady is who.predictor else proposal(state, steady)
    if state.patterns:
        without = replace(state, patterns=())
        found += loosened(rules.limits_of(state), rules.limits_of(without))
        found += harder(with_all, proposal(without, steady), "a pattern")
    if state.own_targets is not None:
        found += moved_rules(with_all, proposal(replace(state, own_targets=None), steady))
    return found


def chosen(d: Draws, state: State, decision: Decision) -> tuple[Decision, list[str]]:
    """Return the decision after a chooser that picks anything, and what it broke."""
    picked = any_pick(d, tuple(name for name, _ in decision.alternatives))
    after = put_first(decision, state, picked)
    return after, pick_breaches(decision, after, picked)


def week(d: Draws, pool: list[Training], number: int, seen: Counter[str]) -> list[str]:
    """Return the breaches of one athlete-week."""
    who, found = any_person(d, pool, number), []
    picks, compares, runs = d.whole(7), d.whole(7), number % RUN_EVERY == 2
    for day in range(7):
        try:
            broken = on_day(d, who, day, (day == picks, day == compares, runs and day == picks), seen)
        except CRASHES as problem:
            where = traceback.extract_tb(problem.__traceback__)[-1]
            broken = [f"{type(problem).__name__} {problem} in {Path(where.filename).name}:{where.lineno}"]
        if broken:
            found.append(f"week {number} day {day}: {broken[:3]} {replace(who, life=None, cards=None)}"[:4000])  # type: ignore
    return found


def on_day(d: Draws, who: Person, day: int, does: tuple[bool, bool, bool], seen: Counter[str]) -> list[str]:
    """Return the breaches of a day; `does` says whether somebody picks, whether it is compared, whether it is run."""
    picks, compares, runs = does
    state = state_on(d, who, day)
    decision = proposal(state, who.predictor, who.cards)
    broken = compared(state, who, decision) if compares else []
    if picks:
        before = decision
        decision, more = chosen(d, state, decision)
        broken += more
        seen.update(("picked",) if decision is not before else ())
    broken += breaches(decision, facts_on(who, state, day))
    session = decision.session
    seen.update((session.kind if session else "none", *decision.rule_ids))
    if runs and session is not None and session.distance_m > 0:
        run = played(d, session, state.now_unix_s + 3600.0)
        broken += run.found
        who.said = tuple(sorted((*who.said, *run.said), key=lambda one: one.said_unix_s))
        seen.update(("run", *(("tapped",) if run.said else ())))
    return broken


def _frozen() -> None:
    """Keep the collector from walking the pool again and again."""
    gc.collect()
    gc.freeze()


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


# Shards


@dataclass(frozen=True)
class Shard:
    """So many weeks with a seed of their own, on the pool of the whole and some lives of their own."""

    seed: int
    number: int
    weeks: int
    lives: int


@functools.cache
def _pool(seed: int, lives: int) -> list[Training]:
    d = Draws(np.random.default_rng((seed, 1 << 40)))
    pool = [training(d) for _ in range(lives)]
    _frozen()
    return pool


def played_shard(shard: Shard) -> dict[str, object]:
    """Return what came of a shard, as it is kept."""
    begun = time.perf_counter()
    common, d = _pool(shard.seed, shard.lives), Draws(np.random.default_rng((shard.seed, shard.number)))
    pool = [*common, *(training(d) for _ in range(min(OWN_LIVES, shard.weeks // 50)))]
    made, made_cpu = time.perf_counter(), time.process_time()
    seen: Counter[str] = Counter()
    found = [text for number in range(shard.weeks) for text in week(d, pool, number, seen)]
    return {
        "shard": shard.number, "seed": shard.seed, "lives": shard.lives, "weeks": shard.weeks,
        "decisions": 7 * shard.weeks, "found": found, "seen": dict(seen), "code": code_hash(),
        "seconds": time.perf_counter() - begun, "weeks_s": time.perf_counter() - made,
        "weeks_cpu_s": time.process_time() - made_cpu,
    }  # fmt: skip


@functools.cache
def code_hash() -> str:
    """Return 12 digits of the SHA-256 of what decides and judges: shards of other code are not summed."""
    files = [*sorted((_ROOT / "edge").rglob("*.py")), *sorted(Path(__file__).parent.glob("safety_*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def shards_of(weeks: int, seed: int, lives: int) -> list[Shard]:
    """Return the shards of so many weeks; the last may be shorter."""
    starts = range(0, weeks, SHARD_WEEKS)
    return [Shard(seed, at // SHARD_WEEKS, min(SHARD_WEEKS, weeks - at), lives) for at in starts]


def kept(file: Path | None) -> list[dict[str, object]]:
    """Return the shards that a file holds; a line that was cut is left out."""
    lines = file.read_text().splitlines() if file and file.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def report_of(results: list[dict[str, object]], wanted: int, took_s: float) -> dict[str, object]:
    """Return the sum: the weeks are those that were really played."""
    found = [text for r in results for text in r["found"]]  # type: ignore[attr-defined]
    weeks = sum(int(r["weeks"]) for r in results)  # type: ignore[call-overload]
    cpu_s = sum(float(r["weeks_cpu_s"]) for r in results)  # type: ignore[arg-type]
    seen = sum((Counter(r["seen"]) for r in results), Counter())  # type: ignore[call-overload]
    return {
        "weeks": weeks, "weeks_asked": wanted, "decisions": 7 * weeks, "violations": len(found),
        "seed": results[0]["seed"] if results else 0, "code": results[0]["code"] if results else "",
        "shards": len(results), "seconds": round(took_s, 1), "weeks_per_s": round(weeks / max(took_s, 1e-9), 1),
        "weeks_per_cpu_s": round(weeks / max(cpu_s, 1e-9), 1), "seen": dict(seen.most_common()), "found": found[:20],
    }  # fmt: skip


def results_of(shards: list[Shard], processes: int, file: Path | None) -> Iterator[dict[str, object]]:
    """Yield what came of each shard, as they end, and keep it in the file."""

    def keep(result: dict[str, object]) -> dict[str, object]:
        if file:
            with file.open("a") as out:
                out.write(json.dumps(result) + "\n")
        return result

    if processes == 1:
        yield from (keep(played_shard(one)) for one in shards)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as workers:
        yield from (keep(one) for one in workers.imap_unordered(played_shard, shards))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--weeks", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument(
        "--lives", type=int, default=0, help="of the common pool (default: a 25th of the weeks, 60-600)"
    )
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write each shard there, and go on from it")
    parser.add_argument("--sum", action="store_true", help="only tell what FILE holds")
    parser.add_argument("--only", type=int, metavar="N", help="play this shard alone")
    parser.add_argument("--controls", action="store_true", help="take each rule away in turn and count the breaches")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Run the program of the command line."""
    args = _arguments()
    if args.controls:
        print(json.dumps(controls(args.weeks, args.seed, args.lives or 60), indent=1))
        return 0
    lives = args.lives or min(max(args.weeks // 25, 60), 600)
    shards = shards_of(args.weeks, args.seed, lives)
    begun = time.perf_counter()
    same = {"seed": args.seed, "lives": lives, "code": code_hash()}
    results = [one for one in kept(args.keep) if args.sum or all(one[name] == told for name, told in same.items())]
    before = sum(float(one["seconds"]) for one in results)  # type: ignore[arg-type]
    if not args.sum:
        done = {one["shard"] for one in results}
        todo = [s for s in shards if s.number not in done and args.only in (None, s.number)]
        for one in results_of(todo, args.processes, args.keep):
            results.append(one)
            print(f"{sum(int(r['weeks']) for r in results)} of {args.weeks} weeks", file=sys.stderr)  # type: ignore
    report = report_of(results, args.weeks, before + time.perf_counter() - begun)
    shown = {name: value for name, value in report.items() if name != "found"}
    print(json.dumps(report) if args.json else "\n".join([*report["found"], json.dumps(shown, indent=1)]))  # type: ignore
    return 1 if report["violations"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
