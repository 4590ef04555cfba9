"""The laws of turning the screen: a lock wins, what was learned comes next, and nothing turns under a finger."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.turns import Turns, kept_text, preference_from
from app.views.phase import Act
from app.views.turning import ALERT_S, REST_S, Turning, turned, wanted
from app.views.words import Words
from edge.screen.preference import Orientation, Phase, corrected, nothing_learned


def learned(times: int):
    known = nothing_learned()
    for _ in range(times):
        known = corrected(known, Phase.RUNNING, Orientation.LANDSCAPE_LEFT, Orientation.PORTRAIT)
    return known


def test_a_lock_wins_over_what_was_learned() -> None:
    assert wanted("portrait", learned(6), Phase.RUNNING) == ("portrait", "you")


def test_what_was_learned_counts_only_once_it_is_sure_and_only_in_its_phase() -> None:
    assert wanted("learned", learned(0), Phase.RUNNING) == ("system", "system")
    assert wanted("learned", learned(6), Phase.RUNNING) == ("landscape", "learned")
    assert wanted("learned", learned(6), Phase.STANDING) == ("system", "system")
    assert wanted("system", learned(6), Phase.RUNNING) == ("system", "system")
    assert wanted("learned", None, Phase.RUNNING) == ("system", "system")


@pytest.mark.parametrize(
    "hindrance", [{"finger_down": True}, {"last_alert_s": 100.0 - ALERT_S / 2}], ids=["finger", "alert"]
)
def test_nothing_turns_under_a_finger_or_beside_an_alert(hindrance: dict[str, float]) -> None:
    before = Turning()
    assert turned(before, ("landscape", "learned"), 100.0, **hindrance) == before


def test_it_does_not_turn_twice_in_a_short_while() -> None:
    first = turned(Turning(), ("landscape", "you"), 100.0)
    assert first.way == "landscape"
    assert turned(first, ("portrait", "you"), 100.0 + REST_S / 2) == first
    assert turned(first, ("portrait", "you"), 100.0 + REST_S + 0.1).way == "portrait"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "because you turned it so 6 times"), ("de", "weil du ihn 6 Mal")]
)
def test_a_learned_turn_says_why(language: str, said: str) -> None:
    now = turned(Turning(), ("landscape", "learned"), 100.0, corrections=6.0, words=Words(language))
    assert said in now.why


def test_what_is_turned_by_hand_holds_in_its_phase_and_is_learned_after_three_times() -> None:
    turns, now = Turns(phase=Phase.RUNNING), 1000.0
    for _ in range(3):
        turns.by_hand("landscape")
        due = turns.step("learned", now, False, float("-inf"), Words())
        if turns.shape == "portrait":
            assert due is not None and due.way == "landscape" and due.source == "you" and due.why == ""
        turns.shape, now = "landscape", now + 60.0
    turns.held, turns.phase, turns.shape = None, Phase.STANDING, "portrait"
    assert turns.step("learned", now, False, float("-inf"), Words()) is None  # learned of the run alone
    turns.phase, now = Phase.RUNNING, now + 60.0
    due = turns.step("learned", now, False, float("-inf"), Words())
    assert due is not None and due.way == "landscape" and "3 times" in due.why


def test_what_was_learned_is_kept_and_what_cannot_be_read_is_nothing() -> None:
    known = learned(4)
    back = preference_from(kept_text(known))
    assert all((getattr(back, name) == getattr(known, name)).all() for name in type(known).__slots__)
    for bad in (b"", b"{", b"[]", b'{"weight": [1]}', kept_text(known).replace(b"0.0", b"NaN")):
        assert (preference_from(bad).corrections == 0).all()


def test_a_hand_moves_a_lock_with_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "diary.db", lambda: (0.0, 0.0))
    desk.set("turning", "portrait")
    answer = desk.ask(Act("turn"))
    assert desk.settings.turning == "landscape" and answer.undo == Act("turn", "portrait")
    desk.ask(answer.undo)
    assert desk.settings.turning == "portrait"
    assert Desk(desk.diary).turns.known.corrections.sum() == 2
