"""Laws of simulated lives as diaries: what was run and said is there, the truth is not, and nothing is lost twice."""

from __future__ import annotations

import dataclasses
import json
import shlex
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main as kadenz
from app.diaries import profile_of, races_of, write_diary
from app.store import Store, examine
from app.store.schema import TABLES
from hardware_sim import cli
from hardware_sim.commands import generate_command
from hardware_sim.commands.batches import Order, batches
from hardware_sim.lives import RACE, Days, People, draw, live
from hardware_sim.lives.files import Life, write

DAYS, SEED, FIRST_DAY = 40, 8, 18_993
OPTIONS = ["--days", str(DAYS), "--seed", str(SEED), "--every", "10"]


def generate(folder: Path, *options: str) -> int:
    return kadenz(["sim", "generate", "--out", str(folder), *OPTIONS, *options])


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lives")
    assert generate(folder, "--runners", "2") == 0
    return folder


@pytest.fixture
def copy(lives: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lives, tmp_path / "copy"))


def life_of(number: int, days: int = DAYS) -> Life:
    people = draw(SEED, 1, number)
    return Life(people, live(people, days), 0, "first", 10.0)


def homes(folder: Path) -> list[tuple[int, Path]]:
    return [(int(home.name[-5:]), home) for home in sorted(folder.iterdir())]


def rows(diary: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a diary but its random name."""
    connection = sqlite3.connect(f"file:{diary}?mode=ro", uri=True)
    try:
        names = [table.name for table in TABLES if table.name != "meta"]
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in names}
    finally:
        connection.close()


def test_a_diary_holds_every_run_at_its_time_and_distance(lives: Path) -> None:
    for number, home in homes(lives):
        life = life_of(number)
        far_m = life.days.distance_m[0][life.days.ran[0]]
        with Store(home / "diary.db", create=False) as store:
            runs = store.runs()
        assert [run.file_name for run in runs] == sorted(path.name for path in home.glob("*.fit"))
        assert [run.start_unix_s // 86400 - FIRST_DAY for run in runs] == np.flatnonzero(life.days.ran[0]).tolist()
        for run, whole_m in zip(runs, far_m, strict=True):
            assert run.summary is not None and run.stated is not None and run.valid and run.state == "finished"
            assert run.stated.distance_m == pytest.approx(whole_m, abs=0.0051)  # FIT counts cm
            assert run.summary.distance_m == pytest.approx(whole_m, abs=0.0051)


def test_a_diary_is_what_import_would_have_made_of_the_files(lives: Path, tmp_path: Path) -> None:
    home = lives / "runner-00000"
    with Store(home / "diary.db") as made, Store(tmp_path / "diary.db") as other:
        other.save_profile(made.profile())
        for race in made.races():
            other.add_race(race)
        for said in made.sentences():
            other.add_sentence(said.text, said.understood, said.said_unix_s)
    assert kadenz(["import", str(home), "--db", str(tmp_path), "--json"]) == 0
    assert rows(tmp_path / "diary.db") == rows(home / "diary.db")


def test_what_was_said_in_the_evening_is_in_the_diary_on_its_day(lives: Path) -> None:
    for number, home in homes(lives):
        life = life_of(number)
        pain = life.days.pain_said[life.row]
        with Store(home / "diary.db") as store:
            told = {
                int(one.said_unix_s // 86400): one.constraint for one in store.said() if one.constraint.kind == "pain"
            }
        said = {life.days.start_day + int(day): pain[day] for day in np.flatnonzero(np.nan_to_num(pain) >= 1.0)}
        assert {day: one.severity for day, one in told.items()} == said


def test_every_diary_is_sound(lives: Path) -> None:
    for _, home in homes(lives):
        health = examine(home / "diary.db")
        assert health.ok and health.runs == len(list(home.glob("*.fit"))) > 0 and not health.open_runs


def test_the_same_seed_gives_the_same_diary_in_other_batches(lives: Path, tmp_path: Path) -> None:
    order = Order(SEED, 2, DAYS, FIRST_DAY, "first", 10.0, tmp_path, beside=write_diary)
    written = [one for some in batches(order, workers=2) for one in some]
    assert [one.home.name for one in written] == ["runner-00000", "runner-00001"]
    for _, home in homes(lives):
        assert rows(home / "diary.db") == rows(tmp_path / home.name / "diary.db")
        for path in home.glob("*.*"):
            assert path.name == "diary.db" or path.read_bytes() == (tmp_path / home.name / path.name).read_bytes()


def test_a_second_generation_adds_nothing_and_keeps_what_was_said_since(copy: Path) -> None:
    diary = copy / "runner-00001" / "diary.db"
    with Store(diary) as store:
        store.save_profile(dataclasses.replace(store.profile(), weight_kg=61.0))
    before = rows(diary)
    assert generate(copy, "--runners", "2") == 0
    assert rows(diary) == before and examine(diary).ok


def test_what_a_stopped_generation_left_out_is_added(copy: Path, lives: Path) -> None:
    home = copy / "runner-00000"
    (home / "diary.db").unlink()
    first = min(home.glob("*.fit"))
    first.write_bytes(first.read_bytes()[:100])
    assert generate(copy, "--runners", "2") == 0
    assert rows(home / "diary.db") == rows(lives / "runner-00000" / "diary.db")
    assert first.read_bytes() == (lives / "runner-00000" / first.name).read_bytes()


@pytest.mark.parametrize("options", [
    ("--seed", "9"), ("--days", "41"), ("--every", "5"), ("--world", "second"), ("--first-day", "2022-01-02"),
])  # fmt: skip
def test_a_folder_of_another_life_is_refused_and_left_alone(
    options: tuple[str, str], copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*.*")}
    assert generate(copy, *options) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("kadenz sim: generate: ") and "another life" in told and "\n" not in told
    assert {path: path.read_bytes() for path in copy.rglob("*.*")} == before


def test_nothing_is_written_where_the_last_of_the_folders_is_of_another_life(copy: Path) -> None:
    shutil.rmtree(copy / "runner-00000")
    assert generate(copy, "--runners", "2", "--seed", "9") == 1
    assert [home.name for home in copy.iterdir()] == ["runner-00001"]


@pytest.mark.parametrize(("name", "content", "word"), [
    ("truth.json", "{", "damaged"), ("truth.json", "[]", "another life"), ("a.fit", "mine", "something else"),
])  # fmt: skip
def test_a_folder_of_something_else_is_refused(
    name: str, content: str, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "runner-00000").mkdir()
    (tmp_path / "runner-00000" / name).write_text(content)
    assert generate(tmp_path, "--runners", "1") == 1
    assert word in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*.*")] == [name]


@pytest.mark.parametrize(("only", "endings"), [("fit", {".fit", ".json"}), ("diary", {".db", ".json"})])
def test_only_one_kind_is_written_where_only_one_is_wanted(only: str, endings: set[str], tmp_path: Path) -> None:
    assert generate(tmp_path, "--runners", "1", "--days", "12", "--only", only) == 0
    assert {path.suffix for path in tmp_path.rglob("*.*")} == endings


def test_json_is_one_document_that_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate(tmp_path, "--runners", "2", "--days", "12", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["runners"] == 2 and told["simulated"] is True and told["seconds"] >= 0.0
    assert [Path(one["folder"]).name for one in told["folders"]] == ["runner-00000", "runner-00001"]
    assert told["holds"] == ["*.fit", "truth.json", "diary.db"]
    assert told["runs"] == sum(one["runs"] for one in told["folders"]) == len(list(tmp_path.rglob("*.fit")))


def test_long_work_tells_how_far_it_is_and_how_long_it_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generate_command, "_SAY_EVERY_S", 0.0)
    assert generate(tmp_path, "--runners", "3", "--days", "5", "--json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out) and [line.split(" of ")[0] for line in err.splitlines()] == ["1", "2"]
    assert all("of 3 runners" in line and "left" in line for line in err.splitlines())


def test_a_diary_is_for_kadenz_alone_and_wrong_usage_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "--out", str(tmp_path), "--runners", "1", "--days", "9"]) == 0
    assert {path.suffix for path in tmp_path.rglob("*.*")} == {".fit", ".json"}
    for call, words in ((cli.main, ["generate"]), (kadenz, ["sim", "generate"])):
        for option in (["--only", "gpx"], ["--nonsense"]):
            with pytest.raises(SystemExit) as ended:
                call([*words, "--out", str(tmp_path), *option])
            assert ended.value.code == 2
    capsys.readouterr()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), None])
def test_what_the_disk_refuses_is_one_line(
    error: OSError | None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if error is None:
        (tmp_path / "taken").write_text("a file")
    else:
        monkeypatch.setattr(Path, "write_bytes", lambda *_: _raise(error))
    assert generate(tmp_path / ("taken" if error is None else "new"), "--runners", "1", "--days", "9") == 1
    told = capsys.readouterr().err
    assert told.startswith("kadenz sim: generate: ") and told.count("\n") == 1 and "Errno" not in told


@pytest.mark.parametrize("options", [
    ("--first-day", "2006-12-31"), ("--first-day", "2099-12-20"), ("--first-day", "9999-01-01"), ("--days", "100000"),
    ("--every", "nan"), ("--runners", "0"), ("--days", "0"), ("--seed", "-1"), ("--seed", "99999999999999999999"),
])  # fmt: skip
def test_what_makes_no_sense_is_one_line_and_writes_nothing(
    options: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate(tmp_path / "new", "--runners", "1", *options) == 1
    told = capsys.readouterr().err
    assert told.startswith("kadenz sim: generate: ") and told.count("\n") == 1 and not (tmp_path / "new").exists()


def test_the_first_and_the_last_day_of_a_watch_can_be_lived(tmp_path: Path) -> None:
    for day in ("2007-01-01", "2099-11-22"):
        assert generate(tmp_path / day, "--runners", "1", "--first-day", day) == 0
        with Store(tmp_path / day / "runner-00000" / "diary.db", create=False) as store:
            names = [time.strftime("%Y-%m-%dT%H%M%S.fit", time.gmtime(run.start_unix_s)) for run in store.runs()]
            assert [run.file_name for run in store.runs()] == names


def _raise(error: Exception) -> None:
    raise error


def test_a_diary_that_cannot_be_used_is_one_line(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "runner-00000" / "diary.db").write_bytes(b"no diary" * 1000)
    assert generate(copy, "--runners", "1") == 1
    told = capsys.readouterr().err
    assert "not a Kadenz diary" in told and told.count("\n") == 1


PEOPLE = draw(SEED, 60)
LIVED = live(PEOPLE, 400)


@st.composite
def a_life(draw_: st.DrawFn) -> Iterator[Life]:
    return Life(PEOPLE, LIVED, draw_(st.integers(0, len(PEOPLE) - 1)), "first", 10.0)


@given(a_life())
@settings(deadline=None)
def test_a_profile_is_what_the_person_could_say(life: Life) -> None:
    profile, row = profile_of(life), life.row
    last = slice(-7, None)
    assert profile.age <= PEOPLE.body.age_y[row] + 400 / 365.25 < profile.age + 1.0 and profile.age % 1.0 == 0.0
    assert (profile.sex == "f") == PEOPLE.body.female[row]
    assert np.min(LIVED.weight_kg[row, last]) - 0.05 <= profile.weight_kg <= np.max(LIVED.weight_kg[row, last]) + 0.05
    assert profile.rest_hr_bpm == pytest.approx(np.median(LIVED.rest_hr_bpm[row, last]), abs=0.5)
    assert profile.beta_blockers == (PEOPLE.heart.beta_blocker[row] > 0.0)
    assert np.isnan(profile.max_hr_bpm) and profile.goal
    assert bool(profile.injuries) == (_last_said(LIVED.pain_said[row, last]) >= 1.0)
    assert (profile.experience == "none") == (life.runs == 0)


def _last_said(said: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = said[~np.isnan(said)]
    return float(known[-1]) if len(known) else 0.0


@given(a_life())
@settings(deadline=None)
def test_races_are_entered_on_their_day_with_their_time(life: Life) -> None:
    for race in races_of(life):
        column = race.day - LIVED.start_day
        assert LIVED.kind[life.row, column] == RACE
        assert race.distance_m == pytest.approx(LIVED.distance_m[life.row, column], rel=0.01)
        assert race.time_s == pytest.approx(LIVED.duration_s[life.row, column], abs=0.5)
    finished = (LIVED.kind[life.row] == RACE) & (LIVED.duration_s[life.row] < 6.4 * 3600.0)
    assert len(races_of(life)) >= np.count_nonzero(finished)


def test_people_of_every_experience_and_with_pain_and_races_are_among_them() -> None:
    profiles = [profile_of(Life(PEOPLE, LIVED, row, "first", 10.0)) for row in range(len(PEOPLE))]
    assert {profile.experience for profile in profiles} >= {"beginner", "regular", "experienced"}
    assert any(profile.injuries for profile in profiles) and any(profile.beta_blockers for profile in profiles)
    assert np.count_nonzero(LIVED.kind == RACE) > 20


def test_the_truth_never_enters_the_diary(tmp_path: Path) -> None:
    people = draw(SEED, 1)
    days = live(people, 60)
    other_people, other_days = _with_other_truth(people, days)
    for name, life in (("one", Life(people, days, 0, "first", 10.0)), ("other", _life(other_people, other_days))):
        write(life, tmp_path / name, beside=write_diary)
    one, other = (tmp_path / name / "runner-00000" for name in ("one", "other"))
    assert (one / "truth.json").read_bytes() != (other / "truth.json").read_bytes()
    assert rows(one / "diary.db") == rows(other / "diary.db")


def _life(people: People, days: Days) -> Life:
    return Life(people, days, 0, "first", 10.0)


def _with_other_truth(people: People, days: Days) -> tuple[People, Days]:
    """Return the same person and days with the truth and the hidden traits of somebody else."""
    other = draw(SEED + 1, 1)
    hidden = {name: getattr(other, name) for name in ("talent", "frailty", "life")}
    heart = dataclasses.replace(people.heart, max_bpm=people.heart.max_bpm + 9.0, bend=people.heart.bend + 0.2)
    return dataclasses.replace(people, heart=heart, **hidden), dataclasses.replace(days, truth=live(other, 60).truth)


def test_every_command_opens_such_a_diary(lives: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(copy / "runner-00001")
    for words in (["today", "--date", "2022-02-10"], ["report"], ["me"], ["doctor"]):
        assert kadenz([*words, "--db", home, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)


def test_the_command_that_it_proposes_decides_for_the_day_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate(tmp_path / "a b", "--runners", "1", "--days", "12", "--only", "diary") == 0
    words = shlex.split(capsys.readouterr().out.splitlines()[-1].removeprefix("try: "))
    assert words[0] == "kadenz" and kadenz([*words[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["valid_until"].startswith("2022-01-14")


def test_help_tells_of_diaries(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        kadenz(["sim", "generate", "--help"])
    told = capsys.readouterr().out
    assert "--only" in told and "diary.db" in told
