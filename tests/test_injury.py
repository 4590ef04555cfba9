"""Injuries as a machine per body area: pain moves it down at once, only time, runs and words move it up."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from coach_people import DAY_S, NOON, Riegel, regular, run, says, state
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.beliefs import Injury
from edge.coach.injury import DAYS_ON_RUNG, LADDER, area_of, injuries_of
from edge.coach.said import AREAS, Constraint, Said
from edge.coach.substitutes import SUBSTITUTES
from edge.coach.today import decide
from edge.coach.types import Profile, Session

ORDER = {"sound": 0, "watch": 1, "full": 2, "easy": 3, "short easy": 4, "walk-run": 5, "eased": 6, "walk": 7,
         "stopped": 8, "clinician": 9}  # fmt: skip


def machine(said: list[Said], run_days: tuple[float, ...] = (), now: float = NOON) -> tuple[Injury, ...]:
    starts = np.sort(np.array([NOON - ago * DAY_S for ago in run_days]))
    return injuries_of(said, starts, now, 0.0)


def only(said: list[Said], run_days: tuple[float, ...] = (), now: float = NOON) -> str:
    found = machine(said, run_days, now)
    return found[0].state if found else "sound"


def knee(severity: float, days_ago: float, how: str = "") -> Said:
    return says("pain", days_ago, area="knee", side="left", severity=severity, how=how)


@pytest.mark.parametrize(("severity", "expected"), [
    (0.0, "sound"), (1.0, "watch"), (2.0, "watch"), (2.9, "watch"), (3.0, "eased"), (4.9, "eased"), (5.0, "stopped"),
    (10.0, "stopped"), (math.nan, "eased"),
])  # fmt: skip
def test_a_pain_has_its_state_by_its_number(severity: float, expected: str) -> None:
    assert only([knee(severity, 0.2)]) == expected


def test_pain_that_grows_from_day_to_day_stops_below_5() -> None:
    assert only([knee(3.0, 1.2), knee(4.0, 0.2)]) == "stopped"
    assert only([knee(4.0, 1.2), knee(3.0, 0.2)]) == "eased"


def test_pain_stopped_for_7_days_or_eased_for_14_goes_to_a_clinician() -> None:
    assert only([knee(6.0, 6.9)]) == "stopped" and only([knee(6.0, 7.1)]) == "clinician"
    assert only([knee(4.0, 13.9)]) == "eased" and only([knee(4.0, 14.1)]) == "clinician"


def test_silence_proves_nothing_but_a_small_pain_is_forgotten() -> None:
    for days in (1.0, 10.0, 60.0, 400.0):
        assert only([knee(6.0, days)]) in ("stopped", "clinician")
    assert only([knee(2.0, 6.9)]) == "watch" and only([knee(2.0, 7.1)]) == "sound"
    assert machine([knee(6.0, 20.0)])[0].question


def test_a_ladder_is_history_after_a_year_without_a_word_and_a_pain_is_not() -> None:
    for days, expected in ((300.0, "walk"), (366.0, "sound")):
        assert only([knee(6.0, days + 9.0), knee(0.0, days)]) == expected
        assert only([knee(6.0, days)]) == "clinician"
    assert only([knee(6.0, 380.0), knee(0.0, 370.0), knee(4.0, 3.0)]) == "eased"


@pytest.mark.parametrize("area", ["foot", "shin", "hip", "groin"])
@pytest.mark.parametrize("how", ["night", "rest"])
def test_signs_of_bone_stress_end_only_with_a_clinicians_word(area: str, how: str) -> None:
    said = [says("pain", 20.0, area=area, severity=1.0, how=how), says("pain_resolved", 3.0, area=area)]
    found = machine(said)
    assert found[0].state == "clinician" and found[0].bone
    assert only([*said, says("pain_resolved", 1.0, area=area, how="cleared")]) == "walk"


def test_nothing_is_lifted_on_the_day_it_hurt() -> None:
    assert only([knee(7.0, 0.3), says("pain_resolved", 0.2, area="knee", side="left")]) == "stopped"
    assert only([knee(7.0, 1.3), says("pain_resolved", 0.2, area="knee", side="left")]) == "walk"


def test_a_clinicians_word_lifts_nothing_on_the_day_it_hurt_either_but_ends_the_signs_of_bone_stress() -> None:
    cleared = says("pain_resolved", 0.2, area="knee", side="left", how="cleared")
    assert only([knee(4.0, 0.3), cleared]) == "eased" and only([knee(4.0, 1.3), cleared]) == "walk-run"
    sore, cleared = says("pain", 1.3, area="shin", severity=4.0, how="night"), replace(cleared.constraint, area="shin")
    same_day = Said(replace(cleared, side=""), sore.said_unix_s + 3600.0)
    (found,) = machine([sore, same_day])
    assert found.state == "clinician" and not found.bone
    assert only([sore, same_day, says("pain_resolved", 0.2, area="shin")]) == "walk"


def climb(good: bool = True, runs: bool = True) -> list[str]:
    """The states of 40 days: 6/10, a better day, then a run every second day and a word every day."""
    states = []
    said = [knee(6.0, 40.0), says("pain_resolved", 39.0, area="knee", side="left")]
    run_days = tuple(float(d) for d in range(38, 0, -2)) if runs else ()
    for ago in range(39, -1, -1):
        now = NOON - ago * DAY_S
        if good:
            said.append(says("pain", ago + 0.1, area="knee", side="left", severity=1.0))
        states.append(only(said, tuple(d for d in run_days if d > ago), now))
    return states


def test_the_ladder_is_climbed_rung_by_rung_in_no_less_than_its_days() -> None:
    states = climb()
    assert [s for i, s in enumerate(states) if i == 0 or states[i - 1] != s] == [*LADDER, "watch"]
    for rung, days in zip(LADDER, DAYS_ON_RUNG, strict=True):
        assert states.count(rung) >= days


def test_without_runs_or_without_words_no_rung_is_earned() -> None:
    assert set(climb(good=False)) == {"walk"}
    assert set(climb(runs=False)) == {"walk", "walk-run"}


def test_a_setback_falls_off_the_ladder() -> None:
    said = [knee(6.0, 20.0), says("pain_resolved", 19.0, area="knee", side="left"), knee(1.0, 16.0)]
    assert only(said) == "walk-run"
    assert only([*said, knee(4.0, 1.0)]) == "eased"
    assert only([*said, knee(6.0, 1.0)]) == "stopped"


def test_a_setback_on_the_rung_of_walking_stops() -> None:
    said = [knee(6.0, 3.0), says("pain_resolved", 1.0, area="knee", side="left")]
    assert only(said) == "walk" and only([*said, knee(2.0, 0.2)]) == "walk"
    assert only([*said, knee(3.0, 0.2)]) == only([*said, knee(math.nan, 0.2)]) == "stopped"


def test_relief_of_one_side_is_none_of_the_other() -> None:
    both = says("pain", 2.0, area="knee", side="both", severity=6.0)
    assert only([both, says("pain_resolved", 0.2, area="knee", side="left")]) == "stopped"
    assert only([knee(6.0, 2.0), says("pain_resolved", 0.2, area="knee", side="right")]) == "stopped"
    assert only([knee(6.0, 2.0), says("pain_resolved", 0.2, area="knee")]) == "walk"
    assert only([knee(6.0, 2.0), says("pain_resolved", 0.2)]) == "walk"


def test_every_injury_says_its_doubt_source_date_and_what_comes_next() -> None:
    (found,) = machine([knee(4.0, 1.2)])
    assert (found.severity.low, found.severity.value, found.severity.high) == (3.0, 4.0, 5.0)
    assert found.severity.source == "you said" and found.severity.as_of_unix_s == NOON - 1.2 * DAY_S
    assert found.next_step_when and "left knee" in found.question


def test_the_profiles_free_text_is_watched_in_its_area() -> None:
    assert (
        area_of("Runner's knee, left") == "knee" and area_of("Schienbein") == "shin" and area_of("something") == "other"
    )
    found = state([], Profile(injuries=("bad knee",))).injuries
    assert [(i.area, i.state, i.severity.source) for i in found] == [("knee", "watch", "your profile")]


sayings = st.lists(
    st.tuples(
        st.floats(0.0, 60.0), st.sampled_from(["pain", "pain_resolved"]), st.sampled_from([*AREAS, ""]),
        st.sampled_from(["", "left", "right", "both"]), st.one_of(st.just(math.nan), st.floats(0.0, 10.0)),
        st.sampled_from(["", "night", "worse", "cleared", "downhill"]),
    ), max_size=12,
)  # fmt: skip


def as_said(rows: list[tuple[float, str, str, str, float, str]]) -> list[Said]:
    found = [
        Said(Constraint(kind, area, side, math.nan if kind == "pain_resolved" else severity, how), NOON - ago * DAY_S)
        for ago, kind, area, side, severity, how in rows
    ]
    return sorted(found, key=lambda one: one.said_unix_s)


@settings(max_examples=150, deadline=None)
@given(sayings, st.lists(st.floats(0.0, 60.0), max_size=20))
def test_a_worse_pain_now_never_brings_a_looser_state(
    rows: list[tuple[float, str, str, str, float, str]], run_days: list[float]
) -> None:
    said = as_said(rows)
    for area in ("knee", "shin"):
        ranks = []
        for severity in (0.0, 2.0, 3.0, 5.0, 9.0):
            found = machine([*said, says("pain", 0.0, area=area, side="left", severity=severity)], tuple(run_days))
            mine = [i.state for i in found if (i.area, i.side) == (area, "left")]
            ranks.append(ORDER[mine[0]] if mine else 0)
        assert ranks == sorted(ranks)


@settings(max_examples=100, deadline=None)
@given(sayings)
def test_without_any_word_of_relief_time_and_runs_lift_nothing(
    rows: list[tuple[float, str, str, str, float, str]],
) -> None:
    said = [o for o in as_said(rows) if o.constraint.kind == "pain" and o.constraint.severity > 2.0]
    early = {(i.area, i.side): ORDER[i.state] for i in machine(said) if i.severity.value >= 3.0}
    late = {(i.area, i.side): ORDER[i.state] for i in machine(said, tuple(range(60)), NOON + 30 * DAY_S)}
    assert all(late[key] >= rank for key, rank in early.items() if rank >= ORDER["eased"])


# What the coach makes of it


def kinds(said: list[Said]) -> set[str]:
    decision = decide(state(regular(), said=said), Riegel())
    assert decision.session is not None
    return {s.kind for s in (decision.session, *(other for _, other in decision.alternatives))}


@pytest.mark.parametrize("area", [a for a in AREAS if a not in ("chest", "head")])
def test_a_stopped_place_has_a_substitute_that_spares_it_and_no_running(area: str) -> None:
    found = kinds([says("pain", 0.2, area=area, severity=6.0)])
    assert found <= {"rest", *(kind for kind, _ in SUBSTITUTES[area])} and len(found) > 1


def test_two_sore_places_are_both_spared() -> None:
    said = [says("pain", 0.2, area="knee", severity=6.0), says("pain", 0.2, area="achilles", severity=6.0)]
    assert kinds(said) == {"rest", "pool"}


def test_substitutes_are_sessions_without_distance_or_target() -> None:
    decision = decide(state(regular(), said=[knee(6.0, 0.2)]), Riegel())
    others = [s for _, s in decision.alternatives if s.kind != "rest"]
    assert others and all(
        s.distance_m == 0.0 and s.duration_s == 1800.0 and math.isnan(s.pace_low_s_per_km) for s in others
    )
    assert any("no breaststroke" in r.text for r in decision.because)


def test_an_eased_place_walks_and_jogs_by_turns_at_most() -> None:
    decision = decide(state(regular(first_ago=3.0), said=[knee(4.0, 0.2)]), Riegel())
    assert isinstance(decision.session, Session) and decision.session.kind == "walk-run"
    assert decision.session.duration_s <= 1800.0 and "R-PAIN-EASE" in decision.rule_ids


def test_each_rung_allows_what_it_is_called() -> None:
    allowed = {
        "walk": {"walk"},
        "walk-run": {"walk", "walk-run"},
        "short easy": {"easy"},
        "easy": {"easy"},
        "full": {"easy"},
    }
    seen = set()
    for ago in range(38, -1, -1):
        said = [knee(6.0, 40.0), says("pain_resolved", 39.0, area="knee", side="left")]
        said += [knee(1.0, d + 0.1) for d in range(38, ago - 1, -1)]
        runs = [run(float(d), 4000.0) for d in range(70, ago, -2)]
        now = NOON - ago * DAY_S
        person = state(runs, said=said, now=now)
        rung = person.injuries[0].state if person.injuries else "sound"
        decision = decide(person, Riegel())
        assert decision.session is not None
        if rung in allowed:
            offered = {s.kind for s in (decision.session, *(s for _, s in decision.alternatives))}
            assert offered <= allowed[rung] | {"rest", "pool", "strength"}
            assert all(s.duration_s <= 1800.0 for _, s in decision.alternatives if rung == "short easy")
            seen.add(rung)
    assert seen == set(allowed)
