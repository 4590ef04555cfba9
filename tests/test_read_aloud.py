"""What the coach says, read aloud by people who differ: laws of wording, order and of the doors to the profile."""

from __future__ import annotations

import dataclasses
import math
import re
from pathlib import Path

import numpy as np
import pytest
from coach_people import NOON, TODAY, Riegel, regular, says, state
from coach_people import decide as with_cards
from test_own_targets import own

from app.cli import main
from app.coach_text import session_cells
from app.store import Store, StoreError
from app.view import session_text
from app.views.today import session_figures
from app.views.words import Words
from edge.coach.live import LiveCoach, LiveContext
from edge.coach.persona import persona
from edge.coach.plausible import RANGES, implausible, plausible
from edge.coach.said import Constraint, Said
from edge.coach.telling import in_order, is_far_below, worth_reading
from edge.coach.today import REST, decide
from edge.coach.types import Decision, Profile, Race, Reason, RunFact
from edge.coach.words import paces
from edge.session import FeatureRow, Features
from models.person import Context

NOBODY = Profile()


def day(profile: Profile = NOBODY, *said: Constraint) -> Decision:
    base = state(regular(), profile)
    return decide(dataclasses.replace(base, said=tuple(Said(one, NOON - 3600.0) for one in said)), Riegel())


PREGNANT = Constraint("pregnancy", situation="pregnant", value=20.0)


@pytest.mark.parametrize("decision", [day(Profile(beta_blockers=True)), day(Profile(), PREGNANT)])
def test_by_effort_there_is_no_pace_to_hold(decision: Decision) -> None:
    sessions = [decision.session, *(one for _, one in decision.alternatives)]
    for one in sessions:
        assert one is not None and math.isnan(one.hr_low_bpm)
        if one.distance_m > 0.0:
            assert not one.pace_high_s_per_km < 2.0 * one.pace_low_s_per_km
            assert " to " not in session_cells(one)[2]
    assert "by effort" in decision.show and not re.search(r"\d to \d", decision.show)
    assert not any("half marathon" in reason.text for reason in decision.because)


def test_the_screen_shows_no_band_either() -> None:
    beta, pregnant, usual = day(Profile(beta_blockers=True)), day(NOBODY, PREGNANT), day()
    assert beta.session and pregnant.session and usual.session
    assert ", from " in session_text(beta.session) and "–" not in session_text(beta.session)
    assert "by effort" in session_text(pregnant.session)
    assert "pace" not in {caption for _, caption in session_figures(pregnant.session, Words())}
    assert "–" in session_text(usual.session) and "pace" in {
        caption for _, caption in session_figures(usual.session, Words())
    }


def test_in_the_run_no_cue_speaks_of_a_pace_where_effort_leads() -> None:
    decision = day(Profile(beta_blockers=True))
    assert decision.session is not None
    coach = LiveCoach(LiveContext(decision.session, 0.0))
    rows = {name: np.full(600, math.nan) for name in FeatureRow.__slots__}
    climb = {"t_s": np.arange(600.0), "speed_m_s": np.full(600, 4.5), "grade": np.full(600, 0.06)}
    features = Features(**(rows | climb | {"distance_m": 4.5 * np.arange(600.0)}))
    shown = [cue.decision.show for cue in coach.feed(features)]
    assert (
        shown
        and shown[0].startswith("Run by feel")
        and not any(re.search(r"per km|Slow down|is right", s) for s in shown)
    )


def test_what_beta_blockers_change_is_said_first() -> None:
    assert "R-BETA" in day(Profile(beta_blockers=True)).because[0].evidence


def test_a_pregnant_runner_is_told_no_pace_at_all() -> None:
    assert not re.search(r"\d:\d\d", day(Profile(), PREGNANT).show)


def test_a_limit_far_above_the_session_waits_for_why() -> None:
    decision = day()
    assert decision.session is not None
    far = [reason for reason in decision.because if is_far_below(reason, decision.session)]
    assert far and decision.because[-1] == far[-1]
    told = worth_reading(decision.because, decision.session)
    assert told and not set(far) & set(told)


def test_no_reason_of_a_day_speaks_of_weights_in_a_target() -> None:
    assert not any("counts for" in reason.text for reason in day().because)


def test_a_pace_is_never_told_in_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path / "diary.db").close()
    assert main(["me", "correct", "usual-pace", "480", "--db", str(tmp_path)]) == 0
    assert main(["me", "--db", str(tmp_path)]) == 0
    assert main(["me", "correct", "usual-pace", "9", "--db", str(tmp_path)]) == 1
    shown = "".join(capsys.readouterr())
    assert "8:00 /km" in shown and "2:30 /km to 15:00 /km" in shown and "s per km" not in shown and "480" not in shown


def test_a_band_without_a_slow_end_says_so() -> None:
    assert paces(420.0, 840.0) == "7:00 /km or slower" and paces(420.0, 480.0) == "7:00 to 8:00 /km"


@pytest.mark.parametrize("option", ["--max-hr 900", "--max-hr 30", "--weight 900", "--age 3", "--longest-km 999",
                                    "--height 1.80", "--rest-hr 5"])  # fmt: skip
def test_a_number_that_nobody_has_is_refused_at_the_door_with_its_range(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["me", *option.split(), "--db", str(tmp_path)])
    assert ended.value.code == 2
    assert f"{option.split()[1]!r} is not" in capsys.readouterr().err


def test_a_resting_heart_rate_above_the_highest_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["me", "--rest-hr", "115", "--max-hr", "110", "--db", str(tmp_path)]) == 1
    assert "is not below" in capsys.readouterr().err


@pytest.mark.parametrize("field", RANGES)
def test_no_profile_with_an_impossible_number_is_stored_and_none_breaks_the_coach(field: str, tmp_path: Path) -> None:
    for wrong in (-1.0, 1e6, math.inf):
        profile = dataclasses.replace(Profile(), **{field: wrong})  # type: ignore[arg-type]
        assert implausible(profile) and not implausible(plausible(profile))
        with Store(tmp_path / "diary.db") as store, pytest.raises(StoreError):
            store.save_profile(profile)
        Context.of(profile).row()


def weighed(*kilograms: float, every_days: float = 7.0) -> tuple[Said, ...]:
    """Return a weighing every so many days, the last one yesterday."""
    ago = [1.0 + every_days * k for k in range(len(kilograms))][::-1]
    return tuple(says("weight_goal", at, how="now", value=kg) for at, kg in zip(ago, kilograms, strict=True))


def weight_of(*said: Said, profile: Profile = NOBODY) -> list[str]:
    return [one.text for one in persona(state(regular(), profile, said=said), []) if one.part == "weight"]


def test_the_course_of_weight_is_told_with_its_doubt_and_steady_is_steady() -> None:
    falling = weight_of(*weighed(72.0, 71.7, 71.4, 71.2, 70.9, 70.6))
    assert falling[0] == "70.6 kg, as you told me" and falling[1].startswith("falling by about 0.3 kg a week, between")
    assert weight_of(*weighed(70.0, 70.4, 69.9, 70.1, 70.0))[1].startswith("steady")
    assert len(weight_of(*weighed(70.0, 71.0))) == 1


@pytest.mark.parametrize(
    ("profile", "more"),
    [
        (Profile(age=16.0), None),
        (Profile(height_m=1.80), says("weight_goal", 2.0, how="target", value=55.0)),
        (NOBODY, says("pregnancy", 2.0, how="pregnant", value=20.0)),
        (NOBODY, says("red_s", 2.0, how="eating_less")),
        (Profile(height_m=1.80), None),
    ],
)
def test_no_course_of_weight_is_told_where_it_could_do_harm(profile: Profile, more: Said | None) -> None:
    said = (*weighed(58.0, 57.9, 57.7, 57.6, 57.5), *([] if more is None else [more]))
    assert len(weight_of(*said, profile=profile)) == 1


def test_every_measured_part_has_its_doubt() -> None:
    for one in persona(state(regular()), regular()):
        if math.isfinite(one.value) and one.source.startswith("measured"):
            assert one.low < one.value < one.high, one.text


def test_a_race_soon_after_a_long_pause_is_spoken_of_before_its_day() -> None:
    runs = regular(first_ago=50.0)
    soon = decide(state(runs, races=(Race(TODAY + 7, 42195.0, math.nan),)), Riegel())
    far = decide(state(runs, races=(Race(TODAY + 120, 42195.0, math.nan),)), Riegel())
    assert any("is soon" in one.text for one in soon.because)
    assert not any("is soon" in one.text for one in (*far.because, *day().because))


def test_where_the_own_runs_tell_the_pace_the_steps_to_it_wait_for_why() -> None:
    base = dataclasses.replace(state(regular()), own_targets=own())
    decision = decide(base, Riegel())
    told = " ".join(one.text for one in worth_reading(decision.because, decision.session))
    whole = " ".join(one.text for one in decision.because)
    assert "on the flat" in told and "half marathon" not in told and "half marathon" in whole


def test_a_heart_that_beats_above_the_band_at_the_whole_pace_is_told_what_leads() -> None:
    fast = [dataclasses.replace(one, avg_hr_bpm=172.0, max_hr_bpm=186.0) for one in regular()]
    calm = decide(state(regular(), Profile(max_hr_bpm=190.0)), Riegel())
    decision = decide(state(fast, Profile(max_hr_bpm=190.0)), Riegel())
    assert any("let heart rate lead" in one.text for one in decision.because)
    assert not any("let heart rate lead" in one.text for one in calm.because)


BURDENS = [
    says("shift_work", how="night"),
    says("sleep", how="bad"),
    says("weather", how="hot", value=34.0),
    says("pain", area="knee", severity=6.0),
]


@pytest.mark.parametrize("said", BURDENS)
@pytest.mark.parametrize("runs", [regular(), regular(first_ago=0.8), []], ids=["regular", "just ran", "nobody"])
def test_no_card_sends_a_person_running_on_a_day_without_running(said: Said, runs: list[RunFact]) -> None:
    decision = with_cards(state(runs, said=(said,)), Riegel())
    assert decision.session is not None
    if decision.session.distance_m == 0.0:
        for card in decision.content:
            assert not re.search(r"\b([Rr]un (one|two|by)|easy run when|[Jj]og)\b", card.text), card.text


def test_what_a_place_does_to_the_body_is_said_first_where_one_trains_and_after_the_reason_of_a_rest() -> None:
    plan, place = Reason("a usual run", (), ("plan",)), Reason("you are at 3,097 m", (), ("R-ALTITUDE",))
    easy = dataclasses.replace(REST, kind="easy")
    assert in_order((plan, place), easy) == (place, plan)
    assert in_order((plan, place), REST) == (plan, place)
