"""Laws of `kadenz predict`: what it answers, says and refuses."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from app.arguments import duration_s
from app.cli import main
from app.commands.predict_command import best, distance
from app.store import Store, diary_path
from edge.coach.types import Race
from models import race

USUAL = ["predict", "--best", "5000=19:30", "--best", "half=1:35:00", "--target", "marathon"]


@pytest.fixture(autouse=True)
def fresh_model():
    race.bundled.cache_clear()
    yield
    race.bundled.cache_clear()


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main([*arguments, "--json"]) == 0
    out = capsys.readouterr()
    assert out.err == ""
    return json.loads(out.out)


def test_the_document_holds_time_interval_model_and_reasons(capsys):
    found = document(capsys, *USUAL, "--age", "40", "--sex", "m", "--weekly-km", "50")
    assert set(found) == {"time_s", "low_s", "high_s", "model_hash", "because"}
    assert 3 * 3600 < found["low_s"] < found["time_s"] < found["high_s"] < 4.2 * 3600
    assert found["model_hash"] == race.bundled().model_hash
    assert all(set(reason) == {"text", "numbers", "evidence"} for reason in found["because"])
    said = " ".join(reason["text"] for reason in found["because"])
    assert "5 km in 19:30" in said
    assert "half marathon in 1:35:00" in said
    assert "50.0 km a week" in said


def test_the_document_is_what_the_model_says(capsys):
    found = document(capsys, *USUAL)
    time_s, low_s, high_s = race.predict_times({5000.0: 1170.0, 21097.5: 5700.0}, 42195.0)
    assert (found["time_s"], found["low_s"], found["high_s"]) == (time_s[0], low_s[0], high_s[0])
    assert document(capsys, *USUAL) == found


def test_each_reason_is_a_difference_between_two_answers(capsys):
    found = document(capsys, *USUAL, "--weekly-km", "90")
    without = document(capsys, *USUAL)
    reason = next(r for r in found["because"] if "a week" in r["text"])
    assert reason["numbers"]["without_s"] == without["time_s"]
    assert reason["numbers"]["change_s"] == pytest.approx(found["time_s"] - without["time_s"])
    assert reason["numbers"]["change_s"] < 0


def test_people_read_the_time_the_pace_the_interval_and_why(capsys):
    assert main(USUAL) == 0
    out = capsys.readouterr().out
    assert out.startswith("Marathon: 3:")
    assert "/km)" in out
    assert "Nine of ten: " in out
    assert out.count("because: ") >= 4
    assert "not medical advice" in out


def test_a_marathon_time_says_why_it_is_on_the_safe_side_and_a_shorter_one_has_nothing_to_say(capsys):
    said = {
        target: " ".join(reason["text"] for reason in document(capsys, *USUAL[:-1], target)["because"])
        for target in ("marathon", "10k")
    }
    assert "on the safe side, because" in said["marathon"]
    assert "61 of 100" in said["marathon"]
    assert "safe side" not in said["10k"]


def test_of_two_times_over_one_distance_the_faster_counts(capsys):
    twice = ["predict", "--best", "10k=45:00", "--best", "10k=42:00", "--target", "half"]
    once = ["predict", "--best", "10k=42:00", "--target", "half"]
    assert document(capsys, *twice) == document(capsys, *once)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("5k", 5000.0),
        ("10K", 10000.0),
        ("15 km", 15000.0),
        ("7.5km", 7500.0),
        ("half", 21097.5),
        ("Marathon", 42195.0),
        ("mile", 1609.344),
        ("10mi", 16093.44),
        ("5000", 5000.0),
        ("800m", 800.0),
    ],
)
def test_distances_are_read_as_runners_write_them(text: str, metres: float):
    assert distance(text) == pytest.approx(metres)


@pytest.mark.parametrize(
    ("text", "seconds"), [("1:35:00", 5700.0), ("19:30", 1170.0), ("1170", 1170.0), ("19:30.5", 1170.5)]
)
def test_times_are_read_as_runners_write_them(text: str, seconds: float):
    assert duration_s(text) == seconds


def test_a_best_is_a_distance_and_a_time():
    assert best("half=1:35:00") == (21097.5, 5700.0)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--best", "half=1:35"], "half=1:35"),
        (["--best", "5k=ten"], "'ten'"),
        (["--best", "5k=1:75"], "'1:75'"),
        (["--best", "5k"], "'5k' is not a best time"),
        (["--best", "5q=20:00"], "'5q'"),
        (["--best", "5k=8:00"], "8:00 over 5000 m cannot be right"),
        (["--best", "400m=1:10"], "'400m' is 400 m"),
        (["--best", "5k=20:00", "--age", "3"], "'3' is not an age"),
        (["--best", "5k=20:00", "--sex", "x"], "'x'"),
        (["--best", "5k=20:00", "--weekly-km", "lots"], "'lots'"),
        (["--best", "5k=20:00", "--target", "100k"], "'100k' is 100000 m"),
    ],
)
def test_wrong_usage_is_exit_2_and_names_the_value(arguments: list[str], named: str, capsys):
    target = [] if "--target" in arguments else ["--target", "marathon"]
    with pytest.raises(SystemExit) as stopped:
        main(["predict", *arguments, *target])
    assert stopped.value.code == 2
    assert named in capsys.readouterr().err


def test_without_bests_and_without_a_diary_it_says_so(capsys):
    assert main(["predict", "--target", "10k"]) == 1
    assert "no --best" in capsys.readouterr().err


def test_without_bests_an_empty_diary_is_not_enough(capsys):
    Store(diary_path(None)).close()
    assert main(["predict", "--target", "10k"]) == 1
    assert "no recent effort" in capsys.readouterr().err


def test_without_bests_the_diary_answers(capsys):
    with Store(diary_path(None)) as store:
        store.add_race(Race(19_990, 10000.0, 2700.0, "town race"))
    found = document(capsys, "predict", "--target", "half", "--date", "2024-10-04")
    assert 5400 < found["time_s"] < 6600
    assert "10 km in 45:00" in found["because"][0]["text"]


def test_a_missing_model_is_one_clear_line(capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    gone = race.RaceModel.load.__func__
    monkeypatch.setattr(race.RaceModel, "load", classmethod(lambda cls: gone(cls, tmp_path / "race.onnx")))
    assert main(USUAL) == 1
    error = capsys.readouterr().err
    assert "race.onnx" in error
    assert error.count("\n") == 1


def test_no_reason_holds_a_number_without_a_value(capsys):
    for reason in document(capsys, *USUAL)["because"]:
        assert all(math.isfinite(value) for value in reason["numbers"].values())
