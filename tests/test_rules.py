"""The rules stand above every model: each has its test, and none is broken by any history."""

from __future__ import annotations

import math
import os
from dataclasses import replace

import numpy as np
import pytest
from coach_people import DAY_S, DENVER, LEADVILLE, NAMED, NOON, TODAY, Riegel, decide, regular, run, state

from edge.coach.beliefs import State
from edge.coach.columns import runs_until
from edge.coach.rules import CROSS_KINDS, HARD_KINDS, RULES, limits_of
from edge.coach.types import Decision, Place, Profile, Race, RunFact, Session
from edge.samples import Estimate


def sessions(decision: Decision) -> list[Session]:
    assert decision.session is not None
    return [decision.session, *(s for _, s in decision.alternatives)]


def longest_m(decision: Decision) -> float:
    return max(s.distance_m for s in sessions(decision) if s.kind != "race")


def test_every_rule_has_an_id_a_text_and_a_source() -> None:
    for name, rule in RULES.items():
        assert name == rule.rule_id and len(rule.text) > 20 and len(rule.source) > 5


def test_r110_counts_today_as_one_of_thirty_days() -> None:
    short = [run(d, 5000) for d in range(1, 30, 3)]
    within = decide(state([*short, run(29.4, 20000)]), Riegel())
    without = decide(state([*short, run(30.0, 20000)]), Riegel())
    assert longest_m(within) <= 22000
    assert longest_m(without) <= 5500 and "R-110" in without.rule_ids


@pytest.mark.parametrize("wrong", ["invalid", "ride", "spike", "twice as fast"])
def test_r110_is_not_raised_by_what_is_no_run(wrong: str) -> None:
    usual = [run(d, 6000) for d in range(2, 29, 2)]
    extra = {
        "invalid": run(3.5, 30000, valid=False),
        "ride": run(3.5, 40000, 120, sport="cycling"),
        "spike": run(3.5, 61000, 148),
        "twice as fast": run(3.5, 25000, 210),
    }[wrong]
    assert longest_m(decide(state([*usual, extra]), Riegel())) <= 6600


def test_r110_bounds_time_on_feet_too() -> None:
    decision = decide(state([run(d, 10000, 300) for d in range(2, 29, 2)]), Riegel())
    assert max(s.duration_s for s in sessions(decision)) <= 1.1 * 3000


def test_the_same_run_twice_counts_once() -> None:
    runs = regular()
    doubled = [replace(r, run_id=r.run_id + "b", start_unix_s=r.start_unix_s + 2.0) for r in runs]
    assert state(runs + doubled).history == replace(state(runs).history, left_out=len(runs))


@pytest.mark.parametrize("gap", [14, 20, 31, 60, 200])
def test_rreturn_restarts_at_50_to_60_percent_of_the_former_longest(gap: int) -> None:
    decision = decide(state([run(gap + d, 16000 if d == 6 else 8000) for d in range(0, 20, 3)]), Riegel())
    assert decision.session is not None and decision.session.kind == "return"
    assert 0.49 * 16000 <= decision.session.distance_m <= 0.60 * 16000
    assert longest_m(decision) <= 0.60 * 16000 and "R-RETURN" in decision.rule_ids


def test_rreturn_and_r110_hold_together_when_the_long_run_left_the_window() -> None:
    runs = [run(20, 3000), run(40, 20000), run(44, 12000)]
    decision = decide(state(runs), Riegel())
    assert longest_m(decision) <= 3300 and {"R-110", "R-RETURN"} <= set(decision.rule_ids)


def test_rreturn_holds_two_weeks_after_the_break_and_nothing_is_hard() -> None:
    before = [run(40 + d, 10000) for d in range(0, 30, 2)]
    for back in range(1, 14):
        after = [run(d, 5000) for d in range(1, back + 1, 2)] + [run(back, 5000)]
        decision = decide(state(before + after), Riegel())
        assert longest_m(decision) <= (8000 if back >= 7 else 6000)
        assert {s.kind for s in sessions(decision)} <= {"return", "rest"}


def test_rfirst_is_short_and_within_60_percent_of_what_was_said() -> None:
    for experience in ("", "none", "beginner", "regular", "experienced"):
        for stated in (math.nan, 1000.0, 4000.0, 30000.0):
            profile = Profile(experience=experience, longest_recent_m=stated)
            decision = decide(state([], profile), None)
            assert decision.session is not None and decision.session.kind == "first"
            assert longest_m(decision) <= min(5000.0, 0.6 * stated if stated > 0 else 5000.0)
            assert "R-FIRST" in decision.rule_ids and any("guess" in r.text for r in decision.because)


def test_rpain_leaves_nothing_hard_or_long_and_keeps_it_short() -> None:
    for day in range(7):
        now = NOON + day * DAY_S
        decision = decide(
            state([run(d + 2, now=now) for d in range(0, 40, 2)], Profile(injuries=("knee",)), now=now), Riegel()
        )
        assert {s.kind for s in sessions(decision)} <= {"easy", "rest"}
        assert longest_m(decision) <= 0.7 * 8000 and "R-PAIN" in decision.rule_ids
        assert any(c.content_id == "pain" for c in decision.content)


def test_rhardeasy_no_hard_day_after_a_hard_or_long_one() -> None:
    for hard in (run(1.0, 8000, 300), run(1.0, 14000, 370)):
        decision = decide(state([*regular(first_ago=3.0), hard]), Riegel())
        assert not {s.kind for s in sessions(decision)} & (HARD_KINDS | {"long"})


def test_rrecover_rests_two_days_after_a_marathon_and_stays_easy_for_ten() -> None:
    for ago, kinds in ((1, {"rest"}), (2, {"rest"}), (6, {"rest", "easy"}), (10, {"rest", "easy"})):
        decision = decide(state([*regular(first_ago=12.0), run(ago, 42195, 340)]), Riegel())
        assert {s.kind for s in sessions(decision)} <= kinds and "R-RECOVER" in decision.rule_ids


def test_rdone_one_run_a_day_is_enough() -> None:
    decision = decide(state([*regular(), run(0.2, 6000)]), Riegel())
    assert decision.session is not None and decision.session.kind == "rest" and "R-DONE" in decision.rule_ids


def test_rrow_a_newcomer_rests_after_every_run() -> None:
    runs = [run(d, 3000, 420) for d in (1, 4, 8, 11)]
    decision = decide(state(runs, Profile(experience="beginner")), Riegel())
    assert decision.session is not None and decision.session.kind == "rest" and "R-ROW" in decision.rule_ids


@pytest.mark.parametrize(("place", "hours", "ids"), [
    (DENVER, 20, {"R-ALTITUDE"}), (LEADVILLE, 20, {"R-ALTITUDE", "R-ALTITUDE-HIGH"}),
    (DENVER, 49, set()), (LEADVILLE, 49, set()),
])  # fmt: skip
def test_raltitude_lasts_48_hours(place: Place, hours: float, ids: set[str]) -> None:
    runs = [*regular(first_ago=4.0), run(hours / 24.0, 4000, 420, at=place)]
    decision = decide(state(runs), Riegel())
    assert {i for i in decision.rule_ids if i.startswith("R-ALT")} == ids
    if ids:
        assert not {s.kind for s in sessions(decision)} & (HARD_KINDS | {"long"})


def test_rbeta_no_heart_rate_is_prescribed() -> None:
    decision = decide(state(regular(), Profile(age=60, beta_blockers=True, max_hr_bpm=150)), Riegel())
    assert all(math.isnan(s.hr_low_bpm) for s in sessions(decision)) and "R-BETA" in decision.rule_ids


def test_ryouth_stays_within_an_hour_and_easy() -> None:
    decision = decide(state(regular(usual_m=15000), Profile(age=15)), Riegel())
    assert max(s.duration_s for s in sessions(decision)) <= 3600 and "R-YOUTH" in decision.rule_ids


def test_rrace_an_entered_race_is_exempt_from_r110_but_its_alternatives_are_not() -> None:
    decision = decide(state(regular(), races=[Race(TODAY, 42195.0, math.nan, "City")]), Riegel())
    assert decision.session is not None and decision.session.kind == "race"
    assert decision.session.distance_m == 42195.0 and "R-RACE" in decision.rule_ids
    assert longest_m(decision) == 0.0


def test_rtaper_volume_falls_towards_the_race() -> None:
    usual = 8000.0
    for ahead, share in ((18, 0.75), (10, 0.6), (5, 0.5), (1, 0.4)):
        decision = decide(state(regular(), races=[Race(TODAY + ahead, 42195.0, math.nan)]), Riegel())
        assert longest_m(decision) <= share * usual + 1.0 and "R-TAPER" in decision.rule_ids


# No history, no model and no profile breaks a rule


def random_runs(rng: np.random.Generator) -> list[RunFact]:
    """Any life: gaps, spikes, rides, doubles, trips; some values missing."""
    count = int(rng.integers(0, 40))
    ago = np.cumsum(rng.exponential(float(rng.choice([0.7, 2.0, 6.0, 25.0])), count)) + rng.uniform(
        -2, 35
    ) * rng.integers(0, 2)
    found = []
    for days in ago.tolist():
        distance_m = float(rng.choice([0.0, 150.0, 3e4, 1e5, *rng.lognormal(8.9, 0.5, 12)]))
        pace = float(rng.choice([60.0, 150.0, 900.0, *rng.normal(360, 50, 12)]))
        fact = run(days, distance_m, max(pace, 30.0), at=NAMED[int(rng.integers(0, 3) * (rng.random() < 0.3))],
                   hr=float(rng.choice([math.nan, rng.normal(145, 15)])), valid=bool(rng.random() < 0.9),
                   sport=str(rng.choice(["running"] * 6 + ["cycling", "walking"])))  # fmt: skip
        found.append(
            fact if rng.random() < 0.8 else replace(fact, start_latitude_deg=math.nan, start_longitude_deg=math.nan)
        )
    return found


def random_profile(rng: np.random.Generator) -> Profile:
    return Profile(
        age=float(rng.choice([math.nan, rng.uniform(10, 90)])),
        sex=str(rng.choice(["", "f", "m"])),
        experience=str(rng.choice(["", "none", "beginner", "regular", "experienced"])),
        longest_recent_m=float(rng.choice([math.nan, rng.uniform(500, 50000)])),
        injuries=("knee",) if rng.random() < 0.15 else (),
        beta_blockers=bool(rng.random() < 0.1),
    )


class Hostile:
    """A model that answers anything."""

    model_hash = "hostile"

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        value = float(self.rng.choice([math.nan, math.inf, -5.0, 0.0, 1.0, 1e9, 0.3 * target_m, 0.001 * target_m]))
        return Estimate(value, value, value, "hostile")


def breaches(decision: Decision, now_state: State, facts: list[RunFact], hours: float) -> list[str]:
    """Return what is broken, by a plain reading of the rules that shares no code with them beyond validity."""
    runs = runs_until(facts, now_state.now_unix_s, 0.0).facts
    window = [f for f in runs if f.start_unix_s > now_state.now_unix_s - 30 * DAY_S]
    found = []
    for s in sessions(decision):
        if s.kind == "race":
            continue
        if window and s.distance_m > 1.1 * max(f.distance_m for f in window):
            found.append(f"R-110 {s}")
        if window and s.duration_s > 1.1 * max(f.moving_s for f in window) + 1:
            found.append(f"R-110 time {s}")
        if not window and not runs and s.distance_m > 5000:
            found.append(f"R-FIRST {s}")
        if now_state.profile.injuries and s.kind in (*HARD_KINDS, "long"):
            found.append(f"R-PAIN {s}")
        if now_state.profile.age < 18 and s.duration_s > 3600:
            found.append(f"R-YOUTH {s}")
        if s.kind in CROSS_KINDS and not (s.distance_m == 0 and 600 <= s.duration_s <= 1800):
            found.append(f"no session {s}")
        if s.kind not in ("rest", *CROSS_KINDS) and not (
            s.distance_m > 0 and s.duration_s > 0 and s.pace_low_s_per_km < s.pace_high_s_per_km
        ):
            found.append(f"no session {s}")
        if math.isfinite(s.hr_low_bpm) and not 60 <= s.hr_low_bpm < s.hr_high_bpm <= 225:
            found.append(f"heart {s}")
    if runs and now_state.now_unix_s - runs[-1].start_unix_s >= 14 * DAY_S:
        former = max(f.distance_m for f in runs if f.start_unix_s > runs[-1].start_unix_s - 30 * DAY_S - DAY_S)
        found += [
            f"R-RETURN {s}"
            for s in sessions(decision)
            if s.kind != "race" and s.distance_m > max(0.6 * former, 5000.0 * (hours > 0))
        ]
    return found


@pytest.mark.heavy
def test_no_history_no_model_and_no_profile_breaks_a_rule() -> None:
    rng = np.random.default_rng(2026)
    for _ in range(int(os.environ.get("KADENZ_FUZZ", "1000"))):
        facts, profile = random_runs(rng), random_profile(rng)
        races = [Race(TODAY + int(rng.integers(-20, 25)), 21097.5, math.nan)] if rng.random() < 0.15 else []
        here = NAMED[int(rng.integers(0, 3))] if rng.random() < 0.3 else None
        now = state(facts, profile, races, here)
        predictor = (None, Riegel(), Hostile(rng))[int(rng.integers(0, 3))]
        decision = decide(now, predictor)
        first = "R-FIRST" in decision.rule_ids
        assert breaches(decision, now, facts, float(first)) == []
        assert limits_of(now).distance_m < math.inf
        words = " ".join(
            [decision.show, *(r.text for r in decision.because), *(c.text + c.title for c in decision.content)]
        )
        assert not {"nan", "None", "inf"} & set(words.replace("(", " ").replace(",", " ").split())
