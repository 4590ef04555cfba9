"""A trip is met before the hard session: told, read from a calendar, or noticed; and never twice, nor at home."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from coach_people import NOON

from app.calendars import read_calendar
from app.cli import main
from app.coach import decide_today, replay
from app.output import iso_time
from app.past import recording_of
from app.place_names import place_in
from app.store import Store
from app.trip_feed import Feed, kept
from app.trip_run import background
from app.trip_said import bind
from app.trips import Trip, keep, trips_of
from edge.coach.types import Decision, Place
from edge.samples import Estimate, Fix
from edge.summary import summarise
from edge.talk import understand
from edge.trip import Arrived, TripWatch
from edge.trip_memory import memory_from, memory_text
from hardware_sim.history import weeks
from hardware_sim.travel import Journey, Spot
from hardware_sim.travel_phone import Phone
from hardware_sim.travel_plans import trip

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


def phone_lines(seed: int, number: int) -> tuple[list[str], float, float]:
    """Return the lines of a simulated phone on a trip by road, which asks nothing back, the arrival and the end."""
    rng = np.random.default_rng((seed, number))
    phone = Phone(denver_by_car(rng), rng, NOON)
    rows = []
    for t_s in np.arange(60.0, phone.journey.duration_s, 30.0):
        heard = phone.sample(float(t_s))
        if heard is not None:
            row = {k: v for k, v in asdict(heard).items() if k != "outdoors" and v == v}
            rows.append(json.dumps(row))
    first = next(i for i, leg in enumerate(phone.journey.legs) if leg.label == "arrived")
    return rows, NOON + phone.journey.starts_s[first], NOON + phone.journey.duration_s


def denver_by_car(rng: np.random.Generator) -> Journey:
    home, goal = Spot(38.88, -99.33, 610.0), Spot(39.739, -104.985, 1609.0)  # Hays, Kansas
    return trip("by car", home, goal, program.ground, rng, [])


def test_a_phone_s_samples_bring_the_altitude_card_before_the_hard_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, arrives_s, _ = phone_lines(5, 1)
    feed = tmp_path / "phone.jsonl"
    feed.write_text("\n".join([*lines[:50], "not JSON", '{"unix_s": 1, "secret": 2}', *lines[50:]]))
    assert main(["trip", "watch", str(feed), "--db", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["left_out"] == 2 and [e["event"] for e in told["events"]].count("arrived") == 1
    with Store(tmp_path / "diary.db") as diary:
        (known,) = trips_of(diary)
        assert known.source == "noticed" and abs(known.place.altitude_m - 1609.0) < 150.0
        assert abs(known.arrive_unix_s - arrives_s) < 600.0
        decision = decide_today(diary, arrives_s + 3600.0, predictor=None)[1]
    assert "R-ALTITUDE" in decision.rule_ids and not hard(decision)
    assert any("altitude" in c.content_id for c in decision.content)


def test_a_feed_that_is_cut_in_two_finds_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, _, _ = phone_lines(5, 1)
    found = []
    for name, parts in (("whole", [lines]), ("halves", [lines[:700], lines[700:]])):
        folder = tmp_path / name
        folder.mkdir()
        for part in parts:
            feed = folder / "phone.jsonl"
            feed.write_text("\n".join(part))
            assert main(["trip", "watch", str(feed), "--db", str(folder), "--lines"]) == 0
        capsys.readouterr()
        with Store(folder / "diary.db") as diary:
            found.append([(t.place, t.arrive_unix_s) for t in trips_of(diary)])
    assert found[0] == found[1] and len(found[0]) == 1


def test_a_run_elsewhere_is_noticed_from_its_positions(store: Store) -> None:
    keep(store, (), NOON)
    t_s = np.arange(0.0, 900.0)
    fix = Fix(
        t_s, 39.739 + 3e-5 * t_s, np.full(900, -104.985), np.full(900, 1609.0), np.full(900, 3.3), np.full(900, 6.0)
    )
    row = store.runs()[0]
    rows = background(replace(row, sport="running", start_unix_s=NOON), [fix])
    feed = Feed(store, RALEIGH)
    told = [event for sample in rows for event in feed.feed(sample) if isinstance(event, Arrived)]
    assert len(told) == 1 and told[0].told_unix_s - NOON <= 120.0
    assert [t.source for t in trips_of(store)] == ["noticed"]
    keep(store, (), NOON)


def test_an_arrival_at_home_ends_the_trip(store: Store) -> None:
    denver = place_in("Denver, CO")
    assert denver is not None
    keep(store, (Trip(denver, NOON, NOON + 5 * DAY_S, "you said"),), NOON)
    at = NOON + DAY_S
    kept(store, Arrived(RALEIGH, Estimate(96.0, 0.0, 200.0, "test"), at, at + 60.0, "position", 0.99), RALEIGH)
    assert [t.leave_unix_s for t in trips_of(store)] == [at]
    keep(store, (), NOON)


SERIES = r"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:w
DTSTART;TZID=America/Denver:20261130T090000
DTEND;TZID=America/Denver:20261130T170000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=America/Denver:20261207T090000
LOCATION:Boulder\, Colorado\, USA
END:VEVENT
BEGIN:VEVENT
UID:w
RECURRENCE-ID;TZID=America/Denver:20261214T090000
DTSTART;TZID=America/Denver:20261215T090000
DTEND;TZID=America/Denver:20261215T170000
LOCATION:Denver\, CO
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Lunch
DTSTART:20261301T090000
LOCATION:Denver
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Open
DTSTART:20261201T090000
BEGIN:VEVENT
UID:4
DTSTART;TZID=Europe/Zurich:20270105T090000
DTEND;TZID=Europe/Zurich:20270105T170000
RRULE:FREQ=DAILY;UNTIL=20270108T235959Z
LOCATION:St. Moritz\, Graubünden\, Schweiz
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20270201
DTEND;VALUE=DATE:20270205
LOCATION:Portland\, Maine
END:VEVENT
END:VCALENDAR
"""


def test_series_are_followed_and_one_damaged_event_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "series.ics"
    path.write_text(SERIES, encoding="utf-8")
    found = read_calendar(path, RALEIGH, NOW_S)
    shown = [(t.place.name, iso_time(t.arrive_unix_s)[:16], iso_time(t.leave_unix_s)[:16]) for t in found.trips]
    assert shown == [
        ("Boulder", "2026-11-30T16:00", "2026-12-01T00:00"),
        ("Denver", "2026-12-15T16:00", "2026-12-16T00:00"),
        ("Boulder", "2026-12-21T16:00", "2026-12-22T00:00"),
        ("St. Moritz", "2027-01-05T08:00", "2027-01-08T16:00"),
        ("Portland", "2027-02-01T17:00", "2027-02-05T05:00"),
    ]
    assert [line.partition(":")[0] for line in found.damaged] == ['line 17 ("Lunch")', 'line 23 ("Open")']


@pytest.mark.parametrize(("text", "place", "arrive", "leave"), [
    ("flying to Denver on Friday for 5 days", "Denver", "2026-11-27", "2026-12-02"),
    ("morgen nach St. Moritz, 4 Tage", "St. Moritz", "2026-11-27", "2026-12-01"),
    ("vom 3. bis 7. Dezember in Flagstaff, Arizona", "Flagstaff", "2026-12-03", "2026-12-07"),
    ("Flug nach Mexiko-Stadt am 5.1.2027, zurück am 12.1.", "Mexico City", "2027-01-05", "2027-01-12"),
    ("going to Durham tomorrow", "", "", ""), ("not flying to Denver on Friday", "", "", ""),
    ("want to run to Boston tomorrow", "", "", ""), ("back from Denver yesterday", "", "", ""),
    ("left knee hurts 4/10 since Friday", "", "", ""), ("am Montag nach Hause", "", "", ""),
])  # fmt: skip
def test_a_journey_in_a_sentence_takes_a_place_away_and_a_day(text: str, place: str, arrive: str, leave: str) -> None:
    said = bind(text, understand(text), RALEIGH, 1795608000.0, date(2026, 11, 26)).trip
    if said is None:
        assert not place
        return
    shown = (said.place.name, iso_time(said.arrive_unix_s)[:10], iso_time(said.leave_unix_s)[:10])
    assert shown == (place, arrive, leave)


def test_a_journey_without_a_day_or_a_place_is_asked_for_once() -> None:
    for text, asked in (
        ("flying to Denver", "When do you arrive in Denver?"),
        ("Flug am Montag", "Wohin reist du?"),
    ):
        found = bind(text, understand(text), RALEIGH, 1795608000.0, date(2026, 11, 26))
        assert found.trip is None and found.understood.question == asked


def test_a_journey_said_to_checkin_is_kept_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--db", str(tmp_path), "--json"]
    assert main(["checkin", "flying to Denver tomorrow for 5 days", "--yes", *words]) == 0
    assert json.loads(capsys.readouterr().out)["trip"]["place"] == "Denver"
    with Store(tmp_path / "diary.db") as diary:
        assert [t.place.name for t in trips_of(diary)] == ["Denver"]
    assert main(["checkin", "--undo", *words]) == 0
    with Store(tmp_path / "diary.db") as diary:
        assert trips_of(diary) == ()
