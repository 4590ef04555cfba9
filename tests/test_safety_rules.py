"""The rules about what a person says of their body and their day: each by its own law."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from coach_people import DAY_S, LEADVILLE, NOON, TODAY, Riegel, regular, run, says, state
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.rules import HARD_KINDS, RULES, limits_of
from edge.coach.said import AREAS, KINDS, Said
from edge.coach.today import decide
from edge.coach.types import Decision, Place, Profile, Race, Session

HARD = HARD_KINDS | {"long", "race"}
RACE = Race(TODAY, 10000.0, math.nan, "City run")


def sessions(decision: Decision) -> list[Session]:
    assert decision.session is not None
    return [decision.session, *(s for _, s in decision.alternatives)]


def told(*said: Said, profile: Profile | None = None, races: tuple[Race, ...] = (), here: Place | None = None,
         days: int = 0) -> Decision:  # fmt: skip
    now = NOON + days * DAY_S
    return decide(state(regular(), profile, races, here, now, sorted(said, key=lambda o: o.said_unix_s)), Riegel())


def kinds(decision: Decision) -> set[str]:
    return {s.kind for s in sessions(decision)}


def hard_week(*said: Said, profile: Profile | None = None) -> set[str]:
    """The kinds offered on any of the next seven days, were nothing else said and the saying always of today."""
    found: set[str] = set()
    for day in range(7):
        moved = [replace(o, said_unix_s=o.said_unix_s + day * DAY_S) for o in said]
        now = NOON + day * DAY_S
        runs = [run(d + 2, now=now) for d in range(0, 40, 2)] + [run(9.0, 14000.0, now=now)]
        found |= kinds(decide(state(runs, profile, now=now, said=moved), Riegel()))
    return found


def test_the_week_that_the_laws_rest_on_does_hold_hard_and_long_days() -> None:
    assert hard_week() & HARD


# R-REDFLAG


@pytest.mark.parametrize("said", [
    says("red_flag", how="faint"), says("red_flag", how="heart"), says("pain", area="chest", severity=1.0),
    says("pain", area="chest"), says("pain", area="head", severity=8.0),
    says("pain", area="calf", side="left", severity=3.0, how="swollen"), says("red_flag", 300.0, how="breathless"),
])  # fmt: skip
def test_a_red_flag_stops_and_seeks_help_and_nothing_of_training_is_shown(said: Said) -> None:
    decision = told(said)
    assert kinds(decision) == {"rest"} and not decision.alternatives and not decision.content
    assert decision.rule_ids == ("R-REDFLAG",) and decision.forecast is None
    assert any(word in decision.show for word in ("call", "doctor", "clinician"))
    assert not any(word in decision.show for word in ("km", "pace", "easy"))


def test_a_red_flag_stays_until_a_clinician_cleared_it_and_then_comes_a_gentle_week() -> None:
    flag = says("red_flag", 20.0, how="faint")
    for how in ("gone", "it is nothing", ""):
        assert told(flag, says("red_flag", 10.0, how=how)).rule_ids == ("R-REDFLAG",)
    assert told(flag, says("pain_resolved", 10.0), says("override_request", 0.1)).rule_ids == ("R-REDFLAG",)
    cleared = told(flag, says("red_flag", 2.0, how="cleared"))
    assert not kinds(cleared) & HARD and "R-REDFLAG" in cleared.rule_ids and cleared.show.startswith(("Easy", "Rest"))
    assert "R-REDFLAG" not in told(flag, says("red_flag", 8.0, how="cleared")).rule_ids


def test_a_new_red_flag_after_the_all_clear_is_a_red_flag() -> None:
    said = (says("red_flag", 9.0), says("red_flag", 8.0, how="cleared"), says("pain", 1.0, area="chest"))
    assert told(*said).rule_ids == ("R-REDFLAG",)


# R-FEVER, R-ILL


def test_with_fever_there_is_rest_until_two_days_after_it_is_gone() -> None:
    for days in (0.1, 1.0, 6.9):
        assert kinds(told(says("illness", days, how="fever"))) == {"rest"}
    gone = says("illness", 1.9, how="fever gone")
    assert kinds(told(says("illness", 5.0, how="fever"), gone)) == {"rest"}
    free = told(says("illness", 5.0, how="fever"), says("illness", 2.1, how="fever gone"))
    assert kinds(free) != {"rest"} and not kinds(free) & HARD and "R-FEVER" in free.rule_ids
    assert told(says("illness", 0.1, how="fever")).show == "Rest today: no training until you are well."


@pytest.mark.parametrize("how", ["flu", "stomach", "covid", "cough", ""])
def test_ill_below_the_neck_is_rest(how: str) -> None:
    assert kinds(told(says("illness", 0.1, how=how))) == {"rest"}
    assert "R-ILL" in told(says("illness", 0.1, how=how)).rule_ids


def test_a_cold_above_the_neck_is_short_and_easy_and_soon_forgotten() -> None:
    assert not hard_week(says("illness", 0.1, how="cold")) & HARD
    assert "R-ILL" not in told(says("illness", 2.5, how="cold")).rule_ids


def test_not_better_is_not_over() -> None:
    assert kinds(told(says("illness", 1.0, how="flu"), says("illness", 0.5, how="not gone"))) == {"rest"}


# Medicines


def test_painkillers_mask_pain_for_a_day() -> None:
    assert not hard_week(says("medication", 0.1, how="painkiller")) & HARD
    assert "R-MEDS" not in told(says("medication", 1.1, how="painkiller")).rule_ids


def test_with_a_fluoroquinolone_thirty_days_are_gentle_and_a_sore_tendon_rests() -> None:
    drug = says("medication", 20.0, how="ciprofloxacin")
    assert "R-MEDS" in told(drug).rule_ids and not kinds(told(drug)) & HARD
    assert kinds(told(drug, says("pain", 0.1, area="achilles", severity=1.0))) == {"rest"}
    assert "R-MEDS" not in told(says("medication", 31.0, how="ciprofloxacin")).rule_ids


def test_beta_blockers_that_were_said_take_heart_rate_away_until_they_are_stopped() -> None:
    drug = says("medication", 200.0, how="beta_blocker")
    decision = told(drug)
    assert all(math.isnan(s.hr_low_bpm) for s in sessions(decision)) and "R-BETA" in decision.rule_ids
    assert "R-BETA" not in told(drug, says("medication", 1.0, how="beta_blocker stopped")).rule_ids


# Pregnancy, birth, weight and energy


def test_pregnancy_is_by_effort_within_an_hour_without_heart_rate_or_race() -> None:
    said = says("pregnancy", 5.0, how="pregnant", value=12.0)
    assert not hard_week(said) & HARD
    decision = told(said)
    assert all(math.isnan(s.hr_low_bpm) and s.duration_s <= 3600.0 for s in sessions(decision))
    assert any("bleeding" in r.text for r in decision.because)
    assert "race" not in kinds(told(said, races=(RACE,)))
    assert kinds(told(said, here=LEADVILLE)) == {"rest"}


@pytest.mark.parametrize(("weeks", "allowed"), [
    (0, {"rest", "walk"}), (5, {"rest", "walk"}), (7, {"rest", "walk", "bike", "pool", "strength"}),
    (11, {"rest", "walk", "bike", "pool", "strength"}), (13, {"rest", "walk", "walk-run", "bike", "pool", "strength"}),
    (20, {"rest", "easy"}),
])  # fmt: skip
def test_after_birth_running_comes_back_from_twelve_weeks_on(weeks: int, allowed: set[str]) -> None:
    decision = told(says("pregnancy", 0.5, how="postpartum", value=float(weeks)))
    assert kinds(decision) <= allowed and "R-POSTPARTUM" in decision.rule_ids
    assert any("clinician" in r.text for r in decision.because)


def test_an_impossible_week_of_pregnancy_is_still_a_pregnancy() -> None:
    for weeks in (43.0, 54.0, 140.0):
        assert "R-PREGNANT" in told(says("pregnancy", 5.0, how="pregnant", value=weeks)).rule_ids


def test_a_pregnancy_not_spoken_of_again_ends_in_a_careful_return() -> None:
    decision = told(says("pregnancy", 200.0, how="pregnant", value=20.0))
    assert "R-POSTPARTUM" in decision.rule_ids and not kinds(decision) & HARD


def test_underweight_is_spared_and_sent_to_a_clinician() -> None:
    thin = Profile(age=30, weight_kg=47.0, height_m=1.70)
    assert not hard_week(profile=thin) & HARD
    decision = told(profile=thin)
    assert "R-UNDERWEIGHT" in decision.rule_ids and all(s.duration_s <= 2700 for s in sessions(decision))
    assert (
        "R-UNDERWEIGHT"
        in told(says("weight_goal", how="target", value=50.0), profile=replace(thin, weight_kg=60)).rule_ids
    )
    assert (
        "R-UNDERWEIGHT"
        in told(says("weight_goal", how="lose", value=10.0), profile=replace(thin, weight_kg=60)).rule_ids
    )
    assert "R-UNDERWEIGHT" not in told(profile=replace(thin, weight_kg=60)).rule_ids


@pytest.mark.parametrize("said", [
    says("cycle", 10.0, how="missed"), says("red_s", 10.0, how="no_period"), says("red_s", 80.0, how="stress_fracture"),
])  # fmt: skip
def test_signs_of_reds_are_spared_for_three_months(said: Said) -> None:
    decision = told(said)
    assert "R-REDS" in decision.rule_ids and not kinds(decision) & HARD
    assert any("eat enough" in r.text and "clinician" in r.text for r in decision.because)


def test_weight_that_falls_by_more_than_one_percent_a_week_is_a_sign() -> None:
    fast = (says("weight_goal", 14.0, how="now", value=70.0), says("weight_goal", 0.5, how="now", value=68.0))
    slow = (says("weight_goal", 14.0, how="now", value=70.0), says("weight_goal", 0.5, how="now", value=69.0))
    assert "R-REDS" in told(*fast).rule_ids and "R-REDS" not in told(*slow).rule_ids


def test_no_weight_goal_ever_brings_more_training_or_a_word_about_eating_less() -> None:
    for how, value in (("lose", 5.0), ("target", 55.0), ("lose", 30.0)):
        plain, wished = told(), told(says("weight_goal", 0.1, how=how, value=value), profile=Profile())
        assert plain.session is not None and wished.session is not None
        assert wished.session.distance_m <= plain.session.distance_m
        words = " ".join([wished.show, *(r.text for r in wished.because), *(c.text for c in wished.content)]).lower()
        assert not any(word in words for word in ("calorie", "deficit", "eat less", "burn"))


# The day


@pytest.mark.parametrize(("said", "rule_id"), [
    (says("fatigue"), "R-FATIGUE"), (says("sleep", how="bad"), "R-SLEEP"), (says("sleep", value=4.0), "R-SLEEP"),
    (says("stress"), "R-STRESS"), (says("mood", how="bad"), "R-STRESS"), (says("shift_work", how="night"), "R-SHIFT"),
])  # fmt: skip
def test_a_bad_day_is_an_easy_day_and_the_next_is_free_again(said: Said, rule_id: str) -> None:
    assert not hard_week(said) & HARD
    assert rule_id in told(said).rule_ids
    assert rule_id not in told(replace(said, said_unix_s=NOON - 1.1 * DAY_S)).rule_ids


def test_a_good_night_takes_nothing_away() -> None:
    for said in (says("sleep", how="good"), says("mood", how="good"), says("fatigue", how="good")):
        assert told(said) == replace(told(), inputs_hash=told(said).inputs_hash)


@pytest.mark.parametrize("minutes", [30.0, 20.0, 12.0])
def test_little_time_limits_every_session_of_the_day(minutes: float) -> None:
    decision = told(says("time", value=minutes))
    assert all(s.duration_s <= 60.0 * minutes for s in sessions(decision)) and "R-TIME" in decision.rule_ids


def test_no_time_is_rest_and_absurd_times_are_no_licence() -> None:
    for value in (0.0, 5.0, -10.0):
        assert kinds(told(says("time", value=value))) == {"rest"}
    for value in (1e9, 1e300, math.nan):
        wished, plain = told(says("time", value=value)), told()
        assert wished.session is not None and wished.session == plain.session
    with pytest.raises(ValueError, match="infinite"):
        says("time", value=math.inf)


def test_a_day_that_is_none_for_running_is_rest() -> None:
    assert kinds(told(says("availability", how="today"))) == {"rest"}
    assert kinds(told(says("availability", how="wednesday"))) == {"rest"}  # noon of the tests is a Wednesday
    assert kinds(told(says("availability", 1.0, how="tomorrow"))) == {"rest"}
    for how in ("thursday", "free_wednesday", "weekend"):
        assert "R-AVAILABLE" not in told(says("availability", how=how)).rule_ids
    assert "R-AVAILABLE" not in told(says("availability", how="week", value=3.0)).rule_ids


def test_a_race_day_that_was_said_to_be_none_for_running_holds_no_race() -> None:
    assert kinds(told(says("availability", how="today"), races=(RACE,))) == {"rest"}


def test_an_override_request_changes_nothing_and_is_answered() -> None:
    sore = says("pain", 0.5, area="knee", side="left", severity=6.0)
    before, after = told(sore), told(sore, says("override_request", 0.1, how="pain"))
    assert after.session == before.session and after.alternatives == before.alternatives
    assert "R-OVERRIDE" in after.rule_ids and any("changes no rule" in r.text for r in after.because)


# Altitude and mountain sickness


def test_a_headache_high_up_is_mountain_sickness_until_it_is_gone() -> None:
    ache = says("pain", 0.5, area="head", severity=3.0)
    high = told(ache, here=LEADVILLE)
    assert kinds(high) == {"rest"} and "R-AMS" in high.rule_ids and any("go down" in r.text for r in high.because)
    assert "R-AMS" not in told(ache).rule_ids
    assert "R-AMS" not in told(ache, says("pain_resolved", 0.1, area="head"), here=LEADVILLE).rule_ids
    assert "R-AMS" in told(says("travel", 1.0, how="altitude", value=3000.0), ache).rule_ids


def test_unsteady_or_confused_at_altitude_is_a_call_for_help() -> None:
    decision = told(says("illness", 0.1, how="altitude confusion"), here=LEADVILLE)
    assert "go down now" in decision.show and not decision.alternatives


def test_an_altitude_that_was_said_counts_before_any_run_there() -> None:
    decision = told(says("travel", 0.5, how="altitude", value=2600.0))
    assert {"R-ALTITUDE", "R-ALTITUDE-HIGH"} <= set(decision.rule_ids) and not kinds(decision) & HARD
    assert "R-ALTITUDE" not in told(says("travel", 0.5, how="altitude", value=7.0)).rule_ids


# Races


@pytest.mark.parametrize("said", [
    says("illness", 0.5, how="fever"), says("pain", 0.5, area="knee", severity=5.0),
    says("pain", 0.5, area="knee", severity=3.0), says("pain", 0.5, area="shin", severity=2.0, how="night"),
    says("red_s", 5.0), says("pregnancy", 1.0, how="postpartum", value=15.0), says("red_flag", how="faint"),
])  # fmt: skip
def test_no_race_is_started_against_the_body(said: Said) -> None:
    decision = told(said, races=(RACE,))
    assert "race" not in kinds(decision) and decision.session is not None and decision.session.kind == "rest"
    assert {"R-RACE-GO", "R-REDFLAG"} & set(decision.rule_ids)


def test_a_race_is_a_go_on_conditions_that_are_said() -> None:
    decision = told(races=(RACE,))
    assert decision.session is not None and decision.session.kind == "race" and "R-RACE-GO" in decision.rule_ids
    assert any("no chest pain" in r.text for r in decision.because)


# All of them


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.sampled_from(["", *AREAS]), st.floats(0, 10), st.floats(0.0, 30.0),
                  st.sampled_from(["", "bad", "fever", "night", "pregnant", "hot", "today", "cold"])), max_size=6),
    st.sampled_from(KINDS), st.sampled_from(["bad", "fever", "night", "pregnant", "hot", "today", "downhill", ""]),
)  # fmt: skip
def test_saying_more_never_loosens_what_is_left_of_the_day(
    rows: list[tuple[str, str, float, float, str]], kind: str, how: str
) -> None:
    said = sorted((says(k, d, area=a, severity=s, how=h) for k, a, s, d, h in rows), key=lambda o: o.said_unix_s)
    more = says(kind, 0.0, area="knee" if kind == "pain" else "", severity=6.0, how=how)
    if kind in ("pain_resolved", "pregnancy"):  # a place that is well again; a birth instead of a pregnancy
        return
    before, after = limits_of(state(regular(), said=said)), limits_of(state(regular(), said=[*said, more]))
    assert after.kinds <= before.kinds and after.distance_m <= before.distance_m
    assert after.duration_s <= before.duration_s and after.race_allowed <= before.race_allowed
    assert bool(after.seek_help) >= bool(before.seek_help)


def test_every_rule_of_a_decision_stands_in_the_table() -> None:
    text = (Path(__file__).parents[1] / "docs" / "coach.md").read_text()
    for rule_id, rule in RULES.items():
        assert f"| {rule_id} |" in text and rule.source


def test_the_state_takes_back_what_was_taken_back_and_ignores_the_future() -> None:
    later = says("red_flag", -1.0)
    assert told(later).rule_ids == told().rule_ids
