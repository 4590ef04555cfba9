"""A trial of one as a service, and speaking unasked: begun, rated, left; two lines in today; quiet at night."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coach_people import DAY_S, NOON
from test_coach_service import filled

from app import speaking, trials
from app.cli import main
from app.store import Store
from edge.coach.types import Profile


def test_a_trial_is_kept_rated_and_left_and_two_lines_tell_of_it() -> None:
    with Store.in_memory() as store:
        assert trials.trial_of(store) is None and trials.lines(None, 1, True) is None
        begun = trials.start(store, 5.0)
        assert trials.lines(begun, 10, False) is None
        told = trials.lines(begun, 10, True)
        assert told is not None and "We compare" in told[0] and "kadenz trial leave" in told[1]
        first = begun.style(10)
        second = trials.rate(store, 10, 9.0, 6.0).style(11)
        assert {first, second} == {trials.HEART, trials.EFFORT}
        with pytest.raises(ValueError, match="already"):
            trials.rate(store, 10, 9.0, 6.0)
        assert len(trials.rate(store, 12, 2.0, 7.0).differences) == 1
        with pytest.raises(ValueError, match="running"):
            trials.start(store, 8.0)
        left = trials.leave(store, 9.0)
        assert left.over and trials.lines(trials.trial_of(store), 13, True) is None
        with pytest.raises(ValueError, match="no trial"):
            trials.rate(store, 14, 5.0, 10.0)


@pytest.mark.parametrize("rating", [-1.0, 11.0, float("nan")])
def test_a_rating_beyond_ten_is_refused(rating: float) -> None:
    with Store.in_memory() as store:
        trials.start(store, 5.0)
        with pytest.raises(ValueError, match="0 to 10"):
            trials.rate(store, 3, rating, 6.0)


def test_the_command_begins_rates_and_leaves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "d.sqlite")
    assert main(["trial", "rate", "5", "--db", path]) == 1
    assert main(["trial", "start", "--db", path]) == 0
    assert main(["trial", "rate", "7", "--db", path]) == 0
    capsys.readouterr()
    assert main(["trial", "status", "--json", "--db", path]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["running"] and told["pairs"] == 0 and told["verdict"] == "not known"
    assert main(["trial", "leave", "--json", "--db", path]) == 0
    assert json.loads(capsys.readouterr().out)["left"]


def test_what_is_said_unasked_is_said_once_and_not_in_quiet_hours() -> None:
    with Store.in_memory() as store:
        store.save_profile(Profile(experience="none"))
        night = NOON + 11.5 * 3600.0
        card, why, _ = speaking.notice(store, night, 0.0, None)
        assert card is None and why in ("quiet hours", "nothing new to say")
        card, why, decision = speaking.notice(store, NOON, 0.0, None)
        assert card is not None and why == ""
        assert speaking.notice(store, NOON, 0.0, None)[0] == card  # looking changes nothing
        brought = [card.content_id]
        for _ in range(5):
            speaking.said(store, card, decision, NOON + len(brought), 0.0)
            card, why, decision = speaking.notice(store, NOON + 60.0, 0.0, None)
            if card is None:
                break
            brought.append(card.content_id)
        assert card is None and why == "nothing new to say" and len(set(brought)) == len(brought)


def test_with_nothing_to_say_it_says_so() -> None:
    with filled(Store.in_memory()) as store:
        for days in range(3):
            card, why, _ = speaking.notice(store, NOON + days * DAY_S, 0.0, None)
            assert (card is None) == bool(why)
