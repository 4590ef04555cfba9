"""Today's decision: sane targets for different people, the model that matters, and reasons that hold their numbers."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from coach_people import DAY_S, NOON, TODAY, Riegel, decide, regular, run, state

from edge.coach.types import Decision, Profile, Race, RunFact


def week(runs: list[RunFact], predictor: Riegel | None = None, profile: Profile | None = None) -> list[Decision]:
    """Seven days in which the person does what is suggested, from the day after their last run."""
    done, decisions = list(runs), []
    start = max(r.start_unix_s for r in runs) + 0.8 * DAY_S
    for day in range(7):
        now = start + day * DAY_S
        decision = decide(state(done, profile, now=now), predictor or Riegel())
        decisions.append(decision)
        session = decision.session
        if session is not None and session.distance_m > 0:
            pace = 0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km)
            done.append(run(0.0, session.distance_m, pace, hr=145.0, now=now))
    return decisions


def kinds(decisions: list[Decision]) -> list[str]:
    return [d.session.kind for d in decisions if d.session is not None]


def test_a_week_alternates_hard_and_easy_with_one_long_run_and_a_rest_day() -> None:
    found = kinds(week(regular()))
    assert found.count("long") == 1 and 1 <= found.count("rest") <= 4 and found.count("steady") <= 2
    hard = [k in ("long", "steady", "intervals") for k in found]
    assert not any(a and b for a, b in pairwise(hard))


def test_a_beginner_and_a_marathoner_are_visibly_different() -> None:
    beginner = week([run(d, 3000, 450) for d in (1, 4, 7, 10, 13)], profile=Profile(experience="beginner"))
    marathoner = week([run(d, 30000 if d % 7 == 6 else 13000, 290) for d in range(1, 60)])
    totals = [sum(d.session.distance_m for d in w if d.session) for w in (beginner, marathoner)]
    assert totals[0] < 15000 and totals[1] > 60000
    assert kinds(beginner).count("rest") > kinds(marathoner).count("rest")
    assert "steady" not in kinds(beginner) and {"steady", "intervals"} & set(kinds(marathoner))


def test_easy_is_slower_than_any_race_and_near_what_is_usually_run() -> None:
    for pace in (260, 330, 420):
        runs = [run(d, 9000, pace + (d % 3) * 5, hr=145) for d in range(2, 40, 2)]
        decision = decide(state(runs, Profile(injuries=("calf",))), Riegel())
        session = decision.session
        assert session is not None and session.kind == "easy"
        assert 0.9 * pace < session.pace_low_s_per_km < session.pace_high_s_per_km < 1.25 * pace


def test_taking_the_model_away_changes_the_targets_and_says_so() -> None:
    now = state(regular(), races=[Race(TODAY - 10, 10000.0, 2800.0)])
    with_model, without = decide(now, Riegel(1.15)), decide(now, None)
    assert with_model.session and without.session and with_model.session.kind == without.session.kind != "rest"
    assert with_model.session.pace_low_s_per_km > 1.02 * without.session.pace_low_s_per_km
    assert "F-NO-MODEL" in without.rule_ids and "F-NO-MODEL" not in with_model.rule_ids
    assert any("Riegel's formula" in r.text for r in without.because)
    assert with_model.model_hash == "riegel-test" and without.model_hash == ""


def test_model_answers_are_rounded_before_anything_sees_them() -> None:
    now = state(regular())
    one, other = Riegel(1.10), Riegel(1.10 + 1e-9)
    assert decide(now, one) == decide(now, other)


def test_a_race_day_shows_the_race_with_its_predicted_time() -> None:
    runs = regular()
    races = [Race(TODAY - 30, 10000.0, 2700.0), Race(TODAY, 21097.5, math.nan, "City Half")]
    decision = decide(state(runs, races=races), Riegel())
    session = decision.session
    assert session is not None and session.kind == "race" and "City Half" in decision.show
    assert session.duration_s == pytest.approx(2700 * 2.10975**1.10, abs=1.5)
    assert session.duration_s / 21.0975 == pytest.approx(session.pace_low_s_per_km, rel=0.03)
    assert any(c.content_id == "race-day" for c in decision.content)


def test_with_beta_blockers_effort_is_told_in_words() -> None:
    decision = decide(state(regular(), Profile(beta_blockers=True)), Riegel())
    assert "heart rate" not in decision.show and "talk" in decision.show


def test_heart_rate_from_age_alone_says_how_unsure_it_is() -> None:
    runs = [replace(r, avg_hr_bpm=math.nan, max_hr_bpm=math.nan) for r in regular()]
    decision = decide(state(runs, Profile(age=50)), Riegel())
    reason = next(r for r in decision.because if "your age" in r.text)
    assert "may be off by 18" in reason.text
    unknown = decide(state(runs), Riegel())
    assert unknown.session is not None and math.isnan(unknown.session.hr_low_bpm)


def test_every_reason_has_a_sentence_and_the_numbers_it_speaks_of() -> None:
    for decision in [*week(regular()), decide(state([]), None), decide(state(regular(), now=NOON + 20 * DAY_S), None)]:
        assert decision.because
        for reason in decision.because:
            assert reason.text.endswith((".", "!")) and reason.numbers
            assert all(math.isfinite(value) for _, value in reason.numbers)


def test_a_decision_expires_when_the_local_day_ends() -> None:
    decision = decide(state(regular()), Riegel())
    assert decision.valid_until_unix_s == (TODAY + 1) * DAY_S
    assert decision.propensity == 1.0 and decision.inputs_hash == decide(state(regular()), Riegel()).inputs_hash


def test_there_is_always_something_shorter_and_something_easier() -> None:
    for decision in week(regular()):
        session = decision.session
        assert session is not None
        others = dict(decision.alternatives)
        assert "easier" in others
        if session.kind != "rest":
            assert others["shorter"].distance_m < session.distance_m
            assert others["easier"].pace_low_s_per_km > session.pace_low_s_per_km or session.kind in ("easy", "return")


def test_who_does_what_is_suggested_keeps_the_distance_of_their_weeks() -> None:
    """A plan that takes a little off every usual run would take the runner down in a year."""
    done = regular()
    start = max(r.start_unix_s for r in done) + 0.8 * DAY_S
    before = sum(r.distance_m for r in done if r.start_unix_s > start - 28 * DAY_S) / 4.0
    for day in range(140):
        session = decide(state(done, now=start + day * DAY_S), Riegel()).session
        if session is not None and session.distance_m > 0:
            pace = 0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km)
            done.append(run(0.0, session.distance_m, pace, hr=145.0, now=start + day * DAY_S))
    after = sum(r.distance_m for r in done if r.start_unix_s > start + 112 * DAY_S) / 4.0
    assert 0.8 * before < after < 1.5 * before
