"""`kadenz checkin`, as a person uses it: shown, confirmed, reversible; a dry run stores nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import main
from app.store import Store, diary_path

KEYS = {"kind", "area", "side", "severity", "situation", "value"}


def said(db: Path) -> list[str]:
    with Store(diary_path(db)) as store:
        return [one.constraint.kind for one in store.said()]


def test_a_dry_run_prints_the_shape_of_the_contract_and_stores_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "d.db"
    assert (
        main(["checkin", "left knee hurts 4/10 going downhill, slept badly", "--dry-run", "--json", "--db", str(db)])
        == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"constraints", "understood", "question"}
    assert all(set(one) == KEYS for one in found["constraints"])
    knee = {"kind": "pain", "area": "knee", "side": "left", "severity": 4.0, "situation": "downhill", "value": None}
    assert found["constraints"][0] == knee and found["understood"] is True and found["question"] is None
    assert not db.exists()


def test_a_word_of_strength_is_no_number_that_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, severity, taken in (
        ("my left hip aches a bit", None, [{"index": 0, "severity": 2.0}]),
        ("hip 2/10", 2.0, None),
    ):
        assert main(["checkin", text, "--dry-run", "--json", "--db", str(tmp_path / "d.db")]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["constraints"][0]["severity"] == severity and found.get("taken") == taken
    assert main(["checkin", "my left hip aches a bit", "--yes", "--db", str(tmp_path / "d.db")]) == 0
    assert "pain about 2 of 10" in capsys.readouterr().out


def test_what_is_confirmed_is_kept_and_can_be_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "d.db"
    assert main(["checkin", "linkes Knie 4/10 bergab", "--yes", "--db", str(db)]) == 0
    assert "Knie links, Schmerz 4 von 10, bergab." in capsys.readouterr().out
    assert said(db) == ["pain"]
    assert main(["checkin", "--list", "--db", str(db), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["taken_back"] is False
    assert main(["checkin", "--undo", "--db", str(db)]) == 0
    assert said(db) == []
    assert main(["checkin", "--undo", "--db", str(db)]) == 1
    assert "nothing to take back" in capsys.readouterr().err


def test_without_a_yes_nothing_is_kept_but_a_warning_sign(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "d.db"
    assert main(["checkin", "slept badly", "--db", str(db)]) == 0
    assert "nothing was kept" in capsys.readouterr().err
    assert main(["checkin", "chest pain on the climb", "--db", str(db)]) == 0
    assert capsys.readouterr().out.startswith("Stop.")
    assert said(db) == ["red_flag"]


def test_a_warning_sign_speaks_first_even_in_a_dry_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkin", "Brustschmerzen", "--dry-run", "--json", "--db", str(tmp_path / "d.db")]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("Stopp.") and json.loads(out)["warning"].startswith("Stopp.")


def test_saying_nothing_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkin"]) == 2
    assert main(["checkin", "tired", "--list"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "no pain today",
        "heute keine Schmerzen",
        "3 times a week",
        "30 minutes tomorrow",
        "moving to 2300 m",
        "ignore my heart",
        "frei am Samstag",
    ],
)
def test_no_placeholder_is_shown(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checkin", text, "--dry-run", "--db", str(tmp_path / "d.db")]) == 0
    shown = capsys.readouterr().out
    assert "nan" not in shown.lower() and "None" not in shown and "_" not in shown
