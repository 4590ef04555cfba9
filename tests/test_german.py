"""Nothing that the coach says in German holds English: decisions, pages, the coming days, and cues of the run."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections.abc import Iterator
from math import nan
from pathlib import Path

import numpy as np
import pytest
from coach_people import DENVER, LEADVILLE, NOON, RALEIGH, Riegel, decide, regular, run, says, state
from test_live_coach import EASY, rows

sys.path.insert(0, str(Path(__file__).parent))
from programs.coach import placeholder

from app import coach_text
from app.bench.people_cast import CAST, state_of
from app.language import date_words, language_for, stored_language
from app.store import Store
from app.views.settings import Settings
from edge.coach import phrases
from edge.coach.beliefs import State
from edge.coach.live import Cue, LiveCoach, LiveContext
from edge.coach.live_gait import ASK, TELL_EASE, TELL_WALK, LiveGait, _decision
from edge.coach.persona import persona
from edge.coach.said import AREAS, SIDES
from edge.coach.sources import source_words
from edge.coach.types import Decision, Pattern, Profile, Race
from edge.coach.whatif import Diary, counterfactual
from edge.limp import Altered, GaitState

DAY = 86400.0


def wrong(text: str) -> list[str]:
    """Return what is English, missing or without unit in a German text."""
    found = [fault for line in text.splitlines() for fault in (*placeholder.faults(line), *placeholder.english(line))]
    return [f"{fault}: {text}" for fault in found]


class Noting(dict[str, str]):
    """The German table, noting what was asked for and is not there."""

    def __init__(self, table: dict[str, str]) -> None:
        super().__init__(table)
        self.missed: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        if key not in self and not phrases.is_bare(key):
            self.missed.add(key)
        return super().get(key, default or key)


@pytest.fixture
def noting(monkeypatch: pytest.MonkeyPatch) -> Noting:
    table = Noting(phrases.GERMAN)
    monkeypatch.setattr(phrases, "GERMAN", table)
    return table


def people() -> Iterator[State]:
    """Yield people on dates of all kinds: levels, ages, places, weather, races, pain, and what they told."""
    yield from (state_of(one) for one in CAST)
    yield state([])
    yield state([run(1.0)], Profile(experience="beginner"))
    yield state([run(40.0), run(43.0)])
    yield state(regular(at=DENVER), Profile(age=34.0, experience="regular"))
    yield state(regular(first_ago=1.0), Profile(age=70.0, beta_blockers=True, experience="experienced"))
    yield state(regular(usual_m=14000.0), Profile(experience="beginner", max_hr_bpm=190.0))
    yield state(regular(), here=LEADVILLE)
    yield state(regular(at=LEADVILLE), here=RALEIGH)
    for ahead, far_m in ((0, 10000.0), (3, 42195.0), (12, 21097.5)):
        yield state(regular(), races=(Race(int(NOON // DAY) + ahead, far_m, nan, ""),))
    yield state(regular(), said=(says("weather", how="hot", value=31.0),))
    for kind, how in (("fatigue", ""), ("sleep", "bad"), ("stress", ""), ("illness", "fever"), ("illness", "cold"),
                      ("shift_work", "night"), ("shift_work", "tonight"), ("weight_goal", "lose"),
                      ("weight_goal", "gain"),
                      ("pregnancy", "pregnant"), ("medication", "painkiller"), ("medication", "antibiotic"),
                      ("red_s", "no_period"), ("red_flag", "chest_pain"), ("override_request", "")):  # fmt: skip
        yield state(regular(), said=(says(kind, how=how),))
    for area in AREAS:
        for severity in (2.0, 4.0, 6.0):
            yield state(regular(), said=(says("pain", 1.1, area=area, side="left", severity=severity),))
    for dose, most in (("distance", 6.0), ("descent", 20.0), ("speed", 3.0), ("surface", 0.4), ("row", 2.0)):
        found = Pattern("knee", "left", dose, 0.91, most, 4, dose != "speed", ("you said",))
        yield dataclasses.replace(state(regular()), patterns=(found,))


def texts_of(one: Decision) -> Iterator[str]:
    """Yield every text of a decision."""
    yield one.show
    yield from (reason.text for reason in one.because)
    for name, session in one.alternatives:
        yield phrases.say("de", name)
        yield ", ".join(coach_text.session_cells(session, "de"))
    if one.otherwise is not None:
        yield one.otherwise.text
    for card in one.content:
        yield from (card.title, card.text, *(reason.text for reason in card.because))


def test_no_decision_in_german_holds_english_a_gap_or_a_number_without_unit(noting: Noting) -> None:
    faults, count = [], 0
    for person in people():
        found = [text for text in texts_of(decide(dataclasses.replace(person, language="de"), Riegel())) if text]
        faults += [one for text in found for one in wrong(text)]
        count += len(found)
    assert count > 300 and not faults, faults[:5]
    assert not noting.missed


def test_german_and_english_give_the_same_session_and_reasons() -> None:
    for person in people():
        english, german = (
            decide(dataclasses.replace(person, language=language), Riegel()) for language in ("en", "de")
        )
        assert english.session == german.session and english.rule_ids == german.rule_ids
        assert [r.numbers for r in english.because] == [r.numbers for r in german.because]


def test_a_persons_own_page_holds_no_english(noting: Noting) -> None:
    for person in people():
        german = dataclasses.replace(person, language="de")
        for entry in persona(german, regular()):
            text = f"{entry.text}; {entry.tells}; {source_words('de', entry.source)}"
            assert not wrong(text), wrong(text)
    assert not noting.missed


def test_what_one_change_would_have_made_of_today_is_told_in_german(noting: Noting) -> None:
    told = []
    for facts in (regular(first_ago=1.0), regular(first_ago=0.2), [run(30.0)]):
        said = (says("pain", area="calf", side="both", severity=4.0), says("sleep", how="bad"))
        race = (Race(int(NOON // DAY) + 4, 10000.0, nan, ""),)
        for profile, races, heard in ((Profile(), (), ()), (Profile(), race, ()), (Profile(), (), said)):
            diary = Diary(tuple(facts), profile, races, heard, None, (), "de")

            def engine(changed: Diary) -> Decision:
                person = state(changed.facts, changed.profile, changed.races, changed.here, said=changed.said)
                return decide(dataclasses.replace(person, language="de"), None)

            found = counterfactual(diary, engine(diary), engine, int(NOON // DAY), RALEIGH)
            told += [] if found is None else [found.text]
    assert told and not [one for text in told for one in wrong(text)]
    assert not noting.missed


def cues() -> Iterator[Cue]:
    """Yield cues of every rule in German: paces, hearts, slopes, heights, air, kilometres, pain and the stride."""
    by_effort = dataclasses.replace(EASY, pace_high_s_per_km=900.0)
    unknown = dataclasses.replace(EASY, pace_low_s_per_km=nan, pace_high_s_per_km=nan)
    for session in (EASY, by_effort, unknown):
        context = LiveContext(session, 1e6, 1609.0, 4.0, used_to_m=100.0, language="de")
        for speed, heart, grade, height in (
            (2.8, 142.0, 0.0, 1609.0), (4.0, 165.0, 0.05, 1609.0), (2.0, 120.0, -0.04, 1609.0), (2.8, nan, 0.0, 2600.0),
            (2.0, 120.0, 0.0, 600.0), (4.0, 142.0, 0.02, 1609.0),
        ):  # fmt: skip
            coach = LiveCoach(context)
            coach.air(27.0)
            hearts = np.where(np.arange(2000) < 100, 140.0, heart)
            yield from coach.feed(
                rows(2000, speed_m_s=speed, heart_rate_bpm=hearts, grade=grade, altitude_m=height,
                     distance_m=np.arange(2000) * speed)
            )  # fmt: skip
    for area in AREAS:
        for side in ("", *SIDES):
            coach = LiveCoach(LiveContext(EASY, 1e6, language="de"))
            yield from (coach.hurts(area, severity, side, 10.0) for severity in (1.0, nan, 3.5, 5.0, 8.0))
    yield LiveCoach(LiveContext(EASY, 1e6, language="de")).warns(5.0)
    for what in ("push", "sway", ""):
        altered = Altered(60.0, 0.9, "", what, GaitState.EASE, 1.4)
        for rule_id in (ASK, TELL_EASE, TELL_WALK):
            yield Cue(60.0, _decision(rule_id, altered, LiveGait(language="de")))


def test_no_cue_in_german_holds_english(noting: Noting) -> None:
    found = list(cues())
    rules = {cue.decision.rule_ids[0] for cue in found}
    assert {"L-START", "L-KM", "L-FAST", "L-SLOW", "L-CLIMB", "L-PLACE", "L-EASE-HR", "L-NO-HR", "L-HURTS"} <= rules
    faults = [one for cue in found for text in texts_of(cue.decision) for one in wrong(text)]
    assert not faults, faults[:5]
    assert not noting.missed


NOW_S = 1.78e9
PAGES = (["today", "--week"], ["why"], ["me"])


@pytest.mark.parametrize("number", [1, 2])
def test_no_page_in_german_holds_english(
    number: int, tmp_path: Path, noting: Noting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW_S)
    monkeypatch.setattr(coach_text, "WIDTH", 400)
    monkeypatch.setitem(os.environ, "COLUMNS", "400")
    placeholder.write(tmp_path, 0, number, NOW_S)
    placeholder.spoken(["checkin", "--yes", "left knee hurts 4/10, slept badly", "--db", str(tmp_path)])
    for page in PAGES:
        text = placeholder.spoken([*page, "--lang", "de", "--db", str(tmp_path)])
        faults = [one for line in text.splitlines() for one in wrong(line)]
        assert text.strip() and not faults, faults[:5]
    assert not noting.missed


def test_the_language_is_as_asked_else_as_the_app_is_set_else_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    with Store(tmp_path / "diary.sqlite3") as store:
        assert language_for(None, store) == "en" and stored_language(store) == ""
        store.save_memory("app settings", Settings(language="de").text(), NOW_S)
        assert language_for(None, store) == "de" and language_for("en", store) == "en"
        store.save_memory("app settings", b"[1, 2", NOW_S)
        assert language_for(None, store) == "en"
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    assert language_for(None) == "de"


def test_a_date_is_written_as_the_language_writes_it() -> None:
    assert date_words("de", "2026-11-05") == "05.11.2026" and date_words("en", "2026-11-05") == "2026-11-05"


@pytest.mark.parametrize(
    ("source", "german"),
    [
        ("you said", "deine Angabe"),
        ("your last 12 runs", "deine letzten 12 Läufe"),
        ("measured, 7 runs with heart rate", "gemessen, 7 Läufe mit Puls"),
        (
            "temperature: you said; humidity: not known; sun: sun",
            "Temperatur: von dir; Luftfeuchte: unbekannt; Sonne: ja",
        ),
        ("Hunter and Smith 2007: runners find their own best step rate", "Hunter und Smith 2007"),
        ("R-110", "R-110"),
    ],
)
def test_a_source_is_named_in_german(source: str, german: str) -> None:
    assert source_words("de", source) == german and source_words("en", source) == source
