"""The coach as a service: kept, replayed bit for bit, found out when changed; the commands that show it."""

from __future__ import annotations

import argparse
import json
import math
from datetime import date
from pathlib import Path

import pytest
from coach_people import DAY_S, DENVER, NOON, RALEIGH, TODAY, Riegel

from app import coach
from app.arguments import duration_s
from app.cli import main
from app.coach_inputs import inputs_from, text_of
from app.coach_profile import asked
from app.commands import race_command, today_command
from app.store import Store
from device.files.recording import Recording, StatedTotals
from edge.coach.types import Place, Profile, Race
from edge.samples import DeviceInfo, Estimate
from edge.summary import RunSummary

NAN = math.nan


def summary(distance_m: float, pace: float, at: Place, suspect: tuple[str, ...] = ()) -> RunSummary:
    time_s = distance_m / 1000.0 * pace
    kcal = Estimate(400.0, 300.0, 500.0, "test")
    height = at.altitude_m
    return RunSummary(
        time_s, time_s, time_s, distance_m, 20.0, 20.0, 144.0, 160.0, 168.0, kcal, height, height + 20.0,
        at.latitude_deg, at.longitude_deg, 1.0, {1000.0: 0.95 * pace, 5000.0: 4.9 * pace}, suspect,
    )  # fmt: skip


def add(
    store: Store, days_ago: float, distance_m: float = 8000.0, at: Place = RALEIGH, **suspect: tuple[str, ...]
) -> str:
    start = NOON - days_ago * DAY_S
    stated = StatedTotals(*[NAN] * 9)
    recording = Recording("running", "", start, -18000.0, "test", (DeviceInfo("test"),), (), (), stated)
    return store.add_recording(recording, summary(distance_m, 360.0, RALEIGH, **suspect))


def filled(store: Store) -> Store:
    for i in range(30):
        add(store, 1.3 + 1.9 * i, 12500.0 if i % 4 == 3 else 8000.0)
    return store


def test_a_decision_is_kept_and_replays_bit_for_bit() -> None:
    with filled(Store.in_memory()) as store:
        for predictor, here in ((Riegel(), None), (None, None), (Riegel(), DENVER)):
            decision_id, decision = coach.decide_today(store, NOON, here, predictor)
            assert coach.replay(store, decision_id) and coach.diary_agrees(store, decision_id)
            assert json.loads(store.decision(decision_id).document)["show"] == decision.show
        again, _ = coach.decide_today(store, NOON, DENVER, Riegel())
        assert again == decision_id


def test_inputs_come_back_without_losing_a_bit() -> None:
    with filled(Store.in_memory()) as store:
        text = store.decision(coach.decide_today(store, NOON, None, Riegel())[0]).inputs
        inputs = inputs_from(text)
        assert text_of(inputs) == text
        assert repr(inputs.state) == repr(coach.state_of(store, NOON))


@pytest.mark.parametrize("what", ["usual_distance_m", "at_2_8_bpm", "value", "show"])
def test_one_changed_stored_input_is_found_out(what: str) -> None:
    with filled(Store.in_memory()) as store:
        row = store.decision(coach.decide_today(store, NOON, None, Riegel())[0])
        document, inputs = row.document, row.inputs
        if what == "show":
            document = document.replace("km", "miles", 1)
        else:
            spot = inputs.index(f'"{what}":') + len(what) + 3
            digit = next(i for i in range(spot, len(inputs)) if inputs[i].isdigit())
            inputs = inputs[:digit] + str((int(inputs[digit]) + 1) % 10) + inputs[digit + 1 :]
        assert not coach.replay(store, store.save_decision(document, inputs, NOON))


def test_a_later_import_is_told_apart_from_a_changed_decision() -> None:
    with filled(Store.in_memory()) as store:
        decision_id, _ = coach.decide_today(store, NOON, None, Riegel())
        add(store, 0.9, 5000.0)
        assert coach.replay(store, decision_id) and not coach.diary_agrees(store, decision_id)


def test_suspect_and_open_runs_set_no_limit() -> None:
    with filled(Store.in_memory()) as store:
        add(store, 1.0, 40000.0, suspect=("a vehicle",))
        store.start_run(source="record", sport="running", start_unix_s=NOON - 3600)
        state = coach.state_of(store, NOON)
        assert state.history.longest_30d is not None and state.history.longest_30d.distance_m == 12500.0
        assert state.history.left_out == 1


class Broken:
    """A model that fails."""

    model_hash = "broken"

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        raise RuntimeError("wrong shape")


def test_a_failing_model_leaves_the_rules_and_says_so() -> None:
    with filled(Store.in_memory()) as store:
        decision_id, decision = coach.decide_today(store, NOON + DAY_S, None, Broken())
        assert decision.model_hash == "" and coach.replay(store, decision_id)
        if decision.session is not None and decision.session.kind != "rest":
            assert "F-NO-MODEL" in decision.rule_ids


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_today_prints_one_document_for_the_day_after_the_last_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "diary.db"
    with Store(db) as store:
        filled(store)
    day = (date(1970, 1, 1).fromordinal(date(1970, 1, 1).toordinal() + TODAY)).isoformat()
    shown = run_json(capsys, "today", "--db", str(db), "--date", day)
    keys = {"id", "kind", "distance_m", "duration_s", "pace_low_s_per_km", "pace_high_s_per_km", "hr_low_bpm",
            "hr_high_bpm", "because", "valid_until", "rule_ids", "alternatives", "content", "model_hash"}  # fmt: skip
    assert keys <= shown.keys()
    assert "R-110" in shown["rule_ids"]  # type: ignore[operator]
    there = run_json(capsys, "today", "--db", str(db), "--date", day, "--place", "39.74,-104.99")
    assert there["content"][0]["id"] == "altitude-up"  # type: ignore[index]
    assert run_json(capsys, "why", str(shown["id"]), "--db", str(db))["replayed"] is True
    assert main(["today", "--db", str(db), "--date", day]) == 0
    assert "Because" in capsys.readouterr().out
    assert main(["why", "--db", str(db)]) == 0
    assert "bit for bit" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "name"), [("-13.53,-71.97", "Cusco"), ("39.74,-104.99", "Denver"), ("Leadville, US", "Leadville")]
)
def test_a_place_is_a_point_of_any_sign_or_a_name(text: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run_json(capsys, "today", "--place", text)
    assert shown["content"][0]["id"] == "altitude-unknown-home"  # type: ignore[index]
    assert today_command.place_of(text).name == name


@pytest.mark.parametrize("text", ["91,0", "0,181", "nowhere at all", "nan,nan"])
def test_what_is_no_place_is_refused_in_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["today", "--place", text]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_runs_of_the_asked_day_itself_are_still_to_come() -> None:
    with Store.in_memory() as store:
        add(store, 1.0)
        facts = coach.facts_of(store)
    now, offset = today_command.moment(date.fromordinal(date(1970, 1, 1).toordinal() + TODAY), facts)
    assert offset == -18000.0 and now == TODAY * DAY_S + 18000.0
    now, _ = today_command.moment(date.fromordinal(date(1970, 1, 1).toordinal() + TODAY - 1), facts)
    assert now < NOON - DAY_S


def test_with_no_data_options_give_a_first_session_and_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    first = run_json(capsys, "today", "--experience", "beginner", "--longest-km", "4", "--injury", "left knee")
    assert first["kind"] == "first" and 0 < float(str(first["distance_m"])) <= 2400
    assert "R-PAIN" in first["rule_ids"]  # type: ignore[operator]
    me = run_json(capsys, "me", "--age", "44")
    assert me["profile"]["experience"] == "beginner" and me["profile"]["age"] == 44  # type: ignore[index]
    assert run_json(capsys, "me", "--injury", "none")["profile"]["injuries"] == []  # type: ignore[index]


def test_questions_are_asked_once_and_answers_kept() -> None:
    answers = iter(["regular", "10 km", "7,5 km", "no"])
    profile = asked(Profile(), lambda question: next(answers))
    assert (profile.experience, profile.goal, profile.longest_recent_m) == ("regular", "10 km", 7500.0)
    assert profile.injuries == ()


def test_a_race_is_entered_listed_and_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["race", "add", "--distance", "half", "--date", "2027-04-18", "--name", "City", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"date": "2027-04-18", "distance_m": 21097.5, "time_s": None, "name": "City"}
    ]
    assert main(["race", "add", "--distance", "10k", "--date", "2026-10-04", "--time", "5:00"]) == 1
    assert "not a running time" in capsys.readouterr().err
    assert main(["race", "list"]) == 0
    assert "half marathon" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "metres"),
    [("10k", 10000), ("7.5 km", 7500), ("marathon", 42195), ("5 mi", 8046.72), ("5000", 5000), ("800m", 800)],
)
def test_distances_are_read_as_people_write_them(text: str, metres: float) -> None:
    assert race_command.distance(text) == pytest.approx(metres)


@pytest.mark.parametrize("text", ["", "far", "-5k", "1", "nan", "1e9", "10kk"])
def test_what_is_no_distance_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        race_command.distance(text)


@pytest.mark.parametrize(("text", "seconds"), [("19:30", 1170), ("1:35:00", 5700), ("0:59", 59)])
def test_times_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds


def test_a_race_of_today_reaches_the_decision() -> None:
    with filled(Store.in_memory()) as store:
        store.add_race(Race(TODAY, 21097.5, NAN, "City"))
        _, decision = coach.decide_today(store, NOON, None, Riegel())
    assert decision.session is not None and decision.session.kind == "race"
