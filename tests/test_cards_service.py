"""Cards in the diary: kept, replayed, not repeated, made again from decisions, spoken in the language asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coach_people import DAY_S, DENVER, NOON, Riegel
from test_coach_service import add, filled, run_json

from app import coach
from app.cards import history as cards_history
from app.cards import table
from app.cli import main
from app.coach_inputs import inputs_from
from app.store import Store
from edge.coach.types import Decision

OFFSET = -18000.0


def decided(store: Store, days: float, language: str = "en", here: object = DENVER) -> tuple[str, Decision]:
    return coach.decide_today(store, NOON + days * DAY_S, here, Riegel(), OFFSET, language)  # type: ignore[arg-type]


def ids(decision: Decision) -> list[str]:
    return [card.content_id for card in decision.content]


def test_the_next_days_bring_other_cards_and_every_day_replays_bit_for_bit() -> None:
    with filled(Store.in_memory()) as store:
        days = [decided(store, d) for d in range(6)]
        assert ids(days[0][1])[0] == "altitude-up"
        assert not any("altitude-up" in ids(one) for _, one in days[1:])
        everything = [card_id for _, one in days for card_id in ids(one)]
        assert len(everything) == len(set(everything))
        assert all(coach.replay(store, decision_id) for decision_id, _ in days)
        inputs = inputs_from(store.decision(days[3][0]).inputs)
        assert {"altitude-up"} < {one.card_id for one in inputs.state.shown}


def test_what_is_on_the_screen_stays_that_day_unless_it_is_refused() -> None:
    with filled(Store.in_memory()) as store:
        first = decided(store, 0.0)[1]
        assert ids(decided(store, 0.1)[1]) == ids(first)
        cards_history.note(store, "altitude-up", "refused", NOON + 0.15 * DAY_S, OFFSET)
        assert "altitude-up" not in ids(decided(store, 0.2)[1])
        assert "altitude-up" not in ids(decided(store, 2.0)[1])


def test_a_lost_or_damaged_history_is_made_again_from_decisions_and_outcomes() -> None:
    with filled(Store.in_memory()) as store:
        for day in range(4):
            decided(store, day)
        cards_history.note(store, "altitude-up", "done", NOON + 3.5 * DAY_S, OFFSET)
        kept = {(o.card_id, o.outcome, o.stamp) for o in cards_history.memory_of(store).shown}
        for damage in (b"", b"{", b"[]", b'{"shown": [[1]]}'):
            store.save_memory(cards_history.MEMORY, damage, NOON)
            again = {(o.card_id, o.outcome, o.stamp) for o in cards_history.memory_of(store).shown}
            assert again == kept


def test_what_is_opened_counts_only_while_the_person_lets_it() -> None:
    with filled(Store.in_memory()) as store:
        decided(store, 0.0)
        assert cards_history.note(store, "altitude-up", "opened", NOON + 60.0, OFFSET)
        cards_history.let_reading_count(store, False, NOON + 120.0)
        assert not cards_history.note(store, "altitude-up", "opened", NOON + 180.0, OFFSET)
        assert "opened" not in {o.outcome for o in cards_history.memory_of(store).shown}
        with pytest.raises(ValueError, match="no card"):
            cards_history.note(store, "hills-down", "done", NOON, OFFSET)


def test_a_changed_language_or_history_in_the_stored_inputs_is_found_out() -> None:
    with filled(Store.in_memory()) as store:
        decided(store, 0.0)
        row = store.decision(decided(store, 1.0, "de")[0])
        for old, new in (('"language":"de"', '"language":"en"'), ('"altitude-up"', '"altitude-down"')):
            assert old in row.inputs
            changed = store.save_decision(row.document, row.inputs.replace(old, new), NOON)
            assert not coach.replay(store, changed)
        other = row.inputs.replace('"catalogue_hash":"', '"catalogue_hash":"0')
        assert not coach.replay(store, store.save_decision(row.document, other, NOON))


def test_today_speaks_german_cards_and_cards_shows_and_takes_what_came_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    db = str(tmp_path / "diary.db")
    with Store(Path(db)) as store:
        filled(store)
        add(store, 1.0)
    place = ("--place", "39.74,-104.99", "--date", "2025-11-19", "--db", db)
    german = run_json(capsys, "today", *place, "--lang", "de")["content"]
    assert "Sauerstoff" in german[0]["text"] and german[0]["action"] and german[0]["tone"]  # type: ignore[index]
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert run_json(capsys, "today", *place)["content"] == german
    assert main(["today", *place]) == 0 and "Warum" in capsys.readouterr().out
    told = run_json(capsys, "cards", "--db", db, "--done", "altitude-up")
    assert told["shown"][0]["outcome"] == "done" and told["reading_counts"] is True  # type: ignore[index]
    assert main(["cards", "--db", db]) == 0 and "altitude-up" in capsys.readouterr().out
    assert main(["cards", "--db", db, "--done", "nothing"]) == 1


def test_the_table_in_the_docs_is_the_one_that_the_command_writes() -> None:
    page = (Path(__file__).parents[1] / "docs" / "content.md").read_text("utf-8")
    assert table.table() in page
    assert json.dumps(table.table(), ensure_ascii=False).count("safety") > 20
