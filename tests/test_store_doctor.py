"""The doctor and the rebuild as commands: a document for anything, a clear proposal, nothing changed unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from store_cases import SAMPLES_A_SECOND, change, recorded_diary, summary

from app.cli import main
from app.store import Store, examine


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return tmp_path / "diary.db"


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no diary, but a text\n" * 300)


def cut(path: Path) -> None:
    recorded_diary(path, 20)
    path.write_bytes(path.read_bytes()[:-10_000])


def grown(path: Path) -> None:
    recorded_diary(path, 3)
    path.write_bytes(path.read_bytes() + b"\0" * 100)


@pytest.mark.parametrize(
    "make",
    [lambda p: None, lambda p: p.touch(), lambda p: (p / "diary.db").mkdir(parents=True), garbage, cut, grown],
    ids=["missing", "empty", "folder", "text", "cut", "grown"],
)
def test_the_doctor_has_a_document_and_exit_code_1_for_anything_that_is_no_sound_diary(
    diary: Path, make: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    make(diary)
    assert main(["doctor", "--json", "--db", str(diary)]) == 1
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"ok", "runs", "open_runs", "samples", "problems"}
    assert document["ok"] is False and document["problems"]
    assert main(["doctor", "--db", str(diary)]) == 1


def test_an_open_run_is_sound_and_counted(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded_diary(diary, 4, finished=False)
    assert main(["doctor", "--json", "--db", str(diary)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["ok"], document["runs"], document["open_runs"]) == (True, 1, 1)
    assert document["samples"] == 4 * SAMPLES_A_SECOND + 2


def test_a_sound_diary_without_a_seal_gets_one_from_the_doctor(diary: Path) -> None:
    recorded_diary(diary, 4)
    change(diary, "VACUUM")
    before = examine(diary)
    assert before.ok and main(["doctor", "--db", str(diary)]) == 0
    raw = bytearray(diary.read_bytes())
    raw[-100] ^= 1
    diary.write_bytes(raw)
    assert not examine(diary).ok


def test_a_link_to_a_diary_is_the_diary(diary: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "my.db"
    link.parent.mkdir()
    link.symlink_to(diary)
    recorded_diary(diary, 2)
    with Store(link) as store:
        store.save_decision("{}", '{"c": 1}', 1.0)
    assert examine(link) == examine(diary) and examine(diary).ok
    assert [f.name for f in link.parent.iterdir()] == ["my.db"]


def test_the_doctor_proposes_and_makes_the_repair(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded_diary(diary, 6)
    change(diary, "UPDATE segments SET payload = x'00' WHERE id % 4294967296 = 5")
    assert main(["doctor", "--db", str(diary)]) == 1
    assert "--repair" in capsys.readouterr().out
    assert main(["doctor", "--repair", "--db", str(diary)]) == 1
    assert main(["doctor", "--db", str(diary.with_name("diary-repaired.db"))]) == 0


def test_a_rebuild_reports_what_changed_and_then_nothing(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_id = recorded_diary(diary, 30)
    with Store(diary) as store:
        store.replace_summary(run_id, summary(distance_m=1.0))
    assert main(["rebuild", "--json", "--db", str(diary)]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["runs"][0]["id"] == run_id and "distance_m" in first["runs"][0]["changed"]
    assert main(["rebuild", "--json", "--db", str(diary)]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["changed"] == []
