"""A warning sign can be told without words, by one number, on the morning and in the run, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coach_people import NOON, Riegel, regular, state
from test_pain_tap import Heard

from app.cli import main
from app.pain_tap import PainTap
from app.store import Store
from app.warning_signs import SIGNS, listed, sign_of
from edge.coach.live_pain import ANSWERS
from edge.coach.said import Constraint, Said
from edge.coach.today import decide


@pytest.mark.parametrize("sign", SIGNS, ids=[one.situation for one in SIGNS])
def test_every_sign_that_can_be_pointed_at_stops_training_and_asks_to_seek_help(sign) -> None:  # type: ignore[no-untyped-def]
    decision = decide(state(regular(), said=(Said(sign.constraint, NOON - 3600.0),)), Riegel())
    assert "R-REDFLAG" in decision.rule_ids or "R-AMS" in decision.rule_ids
    assert decision.session is not None and decision.session.kind == "rest" and not decision.alternatives
    assert "km" not in decision.show


@pytest.mark.parametrize("number", range(1, len(SIGNS) + 1))
@pytest.mark.parametrize("language", ["en", "de"])
def test_one_number_is_enough_and_it_is_kept(
    number: int, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["checkin", "--warning", str(number), "--lang", language, "--db", str(tmp_path), "--json"]
    assert main(args) == 0
    shown = capsys.readouterr()
    document = json.loads(shown.out)
    assert document["warning"] and document["constraints"][0]["kind"] == "red_flag" and document["warning"] in shown.err
    with Store(tmp_path / "diary.db") as store:
        assert repr([one.understood for one in store.sentences()]) == repr([(SIGNS[number - 1].constraint,)])


def test_the_list_is_numbered_in_both_languages_and_stores_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(tmp_path / "diary.db").close()
    assert main(["checkin", "--warning", "--lang", "de", "--db", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == listed("de").strip() and listed("de") != listed("en")
    assert main(["checkin", "--warning", "1", "--dry-run", "--db", str(tmp_path)]) == 0
    with Store(tmp_path / "diary.db") as store:
        assert not store.sentences()


@pytest.mark.parametrize("text", ["", "0", "16", "-1", "one", "1.5", "²"])
def test_what_is_no_number_of_the_list_is_no_sign(text: str) -> None:
    assert sign_of(text) is None


@pytest.mark.parametrize("line", ["w 1", "W 3", "w 4.", "h chest", "h brust", "h chest pain", "h my heart is racing",
                                  "w fainted", "h ich kriege keine Luft"])  # fmt: skip
def test_in_the_run_a_warning_sign_stops_at_once_by_number_or_in_words(line: str) -> None:
    heard = Heard()
    cue = heard.tap().line(line)
    assert cue is not None and cue.decision.show == ANSWERS[4][1] and cue.decision.rule_ids[0] == "R-REDFLAG"
    assert "top" in heard.spoken[0][1] and len(heard.kept) == 1
    assert heard.kept[0].kind == "red_flag" or heard.kept[0].area == "chest"


def test_after_a_sign_no_later_tap_in_the_run_is_milder() -> None:
    tap = Heard().tap()
    tap.line("w 2")
    cue = tap.line("h knee 1")
    assert cue is not None and cue.decision.show == ANSWERS[4][1]


def test_w_alone_lists_the_signs_and_keeps_nothing() -> None:
    heard = Heard()
    assert heard.tap().line("w") is None and heard.spoken[0][1] == listed("en") and not heard.kept


def test_a_tap_in_german_words_is_a_tap() -> None:
    spoken: list[str] = []
    kept: list[Constraint] = []
    tap = PainTap(0.0, lambda: 100.0, spoken.append, lambda text, one: kept.append(one), language="de")
    cue = tap.line("h linkes Knie 4/10")
    assert cue is not None and kept[0].area == "knee" and kept[0].side == "left" and kept[0].severity == 4.0
    assert tap.line("h") is None and spoken[-1].startswith("es tut weh")
