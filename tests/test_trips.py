"""A trip is met before the hard session: told, read from a calendar, or noticed; and never twice, nor at home."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from coach_people import NOON

from app.calendars import read_calendar
from app.cli import main
from app.coach import decide_today, replay
from app.past import recording_of
from app.place_names import place_in
from app.store import Store
from app.trips import Trip, keep, trips_of
from edge.coach.types import Decision, Place
from edge.summary import summarise
from edge.trip import TripWatch
from edge.trip_memory import memory_from, memory_text
from hardware_sim.history import weeks

sys.path.insert(0, str(Path(__file__).parent / "programs"))
import trips as program

DAY_S = 86400.0
RALEIGH = Place("Raleigh", 35.772, -78.639, 96.0, "US")

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261205
SUMMARY:Meeting
LOCATION:Hotel Teatro\\, 1100 14th St\\, Denver\\, CO 80202\\, USA
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20261202T150000Z
LOCATION:https://zoom.us/j/1
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20261203T150000Z
LOCATION:München
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20261203T150000Z
LOCATION:Raleigh\\, NC
END:VEVENT
END:VCALENDAR
"""
NOW_S = 1795608000.0 - 3 * DAY_S  # some days before


@pytest.mark.parametrize(("text", "name", "country"), [
    ("Denver, CO", "Denver", "US"), ("Denver", "Denver", "US"), ("München", "Munich", "DE"), ("Wien", "Vienna", "AT"),
    ("Hotel Teatro, 1100 14th St, Denver, CO 80202, USA", "Denver", "US"), ("Bogotá, Kolumbien", "Bogotá", "CO"),
    ("1100 14th St, Denver, Colorado", "Denver", "US"),
])  # fmt: skip
def test_a_location_is_understood_as_people_write_it(text: str, name: str, country: str) -> None:
    found = place_in(text)
    assert found is not None and (found.name, found.country) == (name, country)


def test_a_text_without_a_known_place_is_none() -> None:
    assert place_in("Conference room 4") is None and place_in("") is None


def test_a_calendar_gives_trips_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.ics"
    path.write_text(ICS)
    found = read_calendar(path, RALEIGH, NOW_S)
    assert [t.place.name for t in found.trips] == ["Denver"]
    assert dict(found.left_out) == {"online": 1, "cancelled": 1, "near home": 1}
    path.write_text("not a calendar")
    with pytest.raises(ValueError, match=r"mine\.ics"):
        read_calendar(path, RALEIGH, NOW_S)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as diary:
        for past in weeks(3, 6, until_unix_s=NOON):
            recording = recording_of(past)
            diary.add_recording(recording, summarise(recording.samples, "running", (), 70.0), source="test")
        yield diary


def hard(decision: Decision) -> bool:
    sessions = [decision.session, *(s for _, s in decision.alternatives)]
    return any(s is not None and s.kind in ("steady", "intervals") for s in sessions)


def test_a_runner_from_raleigh_is_met_before_denver_there_and_not_after(store: Store) -> None:
    denver = place_in("Denver, CO")
    assert denver is not None
    lands_s, leaves_s = NOON + 1.2 * DAY_S, NOON + 8.0 * DAY_S
    keep(store, (Trip(denver, lands_s, leaves_s, "calendar"),), NOON)
    before = decide_today(store, NOON, predictor=None)[1]
    assert any("altitude" in c.content_id for c in before.content) and "R-ALTITUDE" not in before.rule_ids
    for hours in (3.0, 26.0, 45.0):
        there = decide_today(store, lands_s + hours * 3600.0, predictor=None)[1]
        assert "R-ALTITUDE" in there.rule_ids and not hard(there)
        assert replay(store, store.decisions()[0].decision_id)
    later = decide_today(store, lands_s + 5.0 * DAY_S, predictor=None)[1]
    assert "R-ALTITUDE" not in later.rule_ids
    home = decide_today(store, leaves_s + DAY_S, predictor=None)[1]
    assert "R-ALTITUDE" not in home.rule_ids and not any("altitude" in c.content_id for c in home.content)


def test_the_two_days_at_a_place_that_is_only_named_count_from_its_first_naming(store: Store) -> None:
    keep(store, (), NOON)
    denver = place_in("Denver, CO")
    first = decide_today(store, NOON + 20 * DAY_S, denver, None)[1]
    second = decide_today(store, NOON + 23 * DAY_S, denver, None)[1]
    assert "R-ALTITUDE" in first.rule_ids and "R-ALTITUDE" not in second.rule_ids


def test_a_trip_to_the_coast_brings_no_altitude(store: Store) -> None:
    boston = place_in("Boston, MA")
    assert boston is not None
    keep(store, (Trip(boston, NOON + 1.2 * DAY_S, NOON + 5 * DAY_S, "you said"),), NOON)
    for day in (0.0, 2.0):
        decision = decide_today(store, NOON + day * DAY_S, predictor=None)[1]
        assert "R-ALTITUDE" not in decision.rule_ids
        assert not any("altitude" in c.content_id for c in decision.content)


def test_a_memory_that_cannot_be_read_holds_no_trips(store: Store) -> None:
    store.save_memory("trips", b"{broken", NOON)
    assert trips_of(store) == ()


def test_the_watch_is_saved_and_restored_and_a_broken_memory_is_refused() -> None:
    watch = TripWatch(program.places.load(), RALEIGH)
    text = memory_text(watch.memory)
    assert memory_text(memory_from(text)) == text
    with pytest.raises(ValueError, match="memory of a trip watch"):
        memory_from("{}")


def test_most_trips_are_found_and_lifts_fronts_and_passing_flights_are_none() -> None:
    trips, nuisances = program.measure(12, 14, 7, lambda line: None)
    figures = program.document(trips, nuisances, 7)
    assert sum(o.found_s <= 120.0 for o in trips) >= 10
    assert figures["told_where_the_person_is_not"] == 0
    assert not [o.kind for o in nuisances if o.false and o.kind in ("lift", "cable car", "weather front", "flight")]


def test_the_command_keeps_lists_and_removes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--db", str(tmp_path), "--json"]
    assert main(["trip", "add", "Denver, CO", "--arrive", "2030-12-01", *words]) == 0
    assert json.loads(capsys.readouterr().out)["trips"][0]["altitude_m"] > 1500.0
    assert main(["trip", "remove", "2", *words]) == 1 and "no journey 2" in capsys.readouterr().err
    assert main(["trip", "remove", "1", *words]) == 0
    assert json.loads(capsys.readouterr().out)["trips"] == []
    assert main(["trip", "add", "Denver", "--arrive", "soon", *words]) == 1
    assert main(["trip", "import", str(tmp_path / "none.ics"), *words]) == 1
