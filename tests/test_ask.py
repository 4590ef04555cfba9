"""Questions about one's own running: understood in two languages, answered from the diary, never made up."""

from __future__ import annotations

import dataclasses
import json
import math
import re
import string
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from coach_people import DAY_S, DENVER, NOON, RALEIGH, TODAY, FewPlaces, run
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from app.store import Store
from edge.coach.ask import KINDS, Answer, answer, understand
from edge.coach.ask.questions import civil, day_number
from edge.coach.ask.words import SENTENCES
from edge.coach.rules import limits_of
from edge.coach.said import Constraint, Said
from edge.coach.state import state_from
from edge.coach.types import Profile, RunFact

ASKED = [
    ("why was Sunday slow?", "why_slow", "en"),
    ("Why was I so slow on Tuesday", "why_slow", "en"),
    ("how come my last run was so sluggish?", "why_slow", "en"),
    ("what made me slower yesterday?", "why_slow", "en"),
    ("warum war ich am Sonntag so langsam?", "why_slow", "de"),
    ("wieso bin ich gestern so langsam gelaufen", "why_slow", "de"),
    ("why was I so fast yesterday?", "why_fast", "en"),
    ("Warum war der letzte Lauf so schnell?", "why_fast", "de"),
    ("why was my heart rate so high on Monday?", "why_heart", "en"),
    ("why is my HR low today", "why_heart", "en"),
    ("Warum war mein Puls am Dienstag so hoch?", "why_heart", "de"),
    ("weshalb war die Herzfrequenz hoch?", "why_heart", "de"),
    ("how far did I run last week?", "how_far", "en"),
    ("how many km this month?", "how_far", "en"),
    ("wie viel bin ich letzte Woche gelaufen?", "how_far", "de"),
    ("wie weit bin ich im Mai gelaufen", "how_far", "de"),
    ("how often do I run?", "how_often", "en"),
    ("wie oft laufe ich?", "how_often", "de"),
    ("how many runs did I do last month?", "how_often", "en"),
    ("wie viele Läufe waren es diesen Monat?", "how_often", "de"),
    ("what was my longest run this year?", "longest", "en"),
    ("was war mein längster Lauf in diesem Jahr?", "longest", "de"),
    ("what is my best 5 km?", "fastest", "en"),
    ("my fastest half marathon", "fastest", "en"),
    ("was ist meine beste Zeit über 10 km?", "fastest", "de"),
    ("schnellster Lauf im Juni?", "fastest", "de"),
    ("when did I last run 15 km?", "last_time", "en"),
    ("wann bin ich zuletzt 15 km gelaufen?", "last_time", "de"),
    ("am I getting fitter?", "fitter", "en"),
    ("am I improving", "fitter", "en"),
    ("werde ich fitter?", "fitter", "de"),
    ("werde ich schneller?", "fitter", "de"),
    ("what is my usual pace?", "usual", "en"),
    ("was ist mein übliches Tempo?", "usual", "de"),
    ("what altitude am I used to?", "used_to", "en"),
    ("welche Höhe bin ich gewohnt?", "used_to", "de"),
    ("why rest today?", "why_rest", "en"),
    ("Why should I take a day off?", "why_rest", "en"),
    ("why no running today", "why_rest", "en"),
    ("warum ist heute Ruhetag?", "why_rest", "de"),
    ("Wieso soll ich heute nicht laufen?", "why_rest", "de"),
    ("why is today so easy?", "why_easier", "en"),
    ("why not faster today?", "why_easier", "en"),
    ("why only 4 km today", "why_easier", "en"),
    ("warum heute so kurz?", "why_easier", "de"),
    ("warum soll ich heute nur locker laufen?", "why_easier", "de"),
    ("why am I slower than last week?", "why_week", "en"),
    ("why was I so slow this week?", "why_week", "en"),
    ("why was I slower than the week before?", "why_week", "en"),
    ("warum war ich diese Woche so langsam?", "why_week", "de"),
    ("wieso laufe ich langsamer als letzte Woche", "why_week", "de"),
    ("when can I run again?", "when_again", "en"),
    ("how long until I can run again", "when_again", "en"),
    ("when am I allowed back?", "when_again", "en"),
    ("wann darf ich wieder laufen?", "when_again", "de"),
    ("how far is safe?", "how_safe", "en"),
    ("how far can I run today?", "how_safe", "en"),
    ("how many km should I run today", "how_safe", "en"),
    ("wie weit darf ich heute?", "how_safe", "de"),
    ("wie viele km soll ich heute laufen?", "how_safe", "de"),
    ("why is there no heart rate target?", "why_no_heart", "en"),
    ("why do I have no HR today", "why_no_heart", "en"),
    ("warum kein Pulsziel?", "why_no_heart", "de"),
    ("what should I run today?", "today", "en"),
    ("what do I run today", "today", "en"),
    ("was soll ich heute laufen?", "today", "de"),
    ("how far did I run today?", "how_far", "en"),
    ("wie weit bin ich heute gelaufen?", "how_far", "de"),
    ("tell me a joke", "", "en"),
    ("", "", "en"),
    ("Soll ich Aktien kaufen?", "", "en"),
]


@pytest.mark.parametrize(("text", "kind", "language"), ASKED)
def test_a_question_is_understood(text: str, kind: str, language: str) -> None:
    told = understand(text, TODAY, TODAY - 2)
    assert told.kind == kind and (not kind or told.language == language)


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_every_kind_are_of_that_kind(kind: str) -> None:
    assert [understand(text, TODAY).kind for text in KINDS[kind]] == [kind, kind]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("yesterday", 1, 1),
        ("gestern", 1, 1),
        ("vorgestern", 2, 2),
        ("today", 0, 0),
        ("on Sunday", 3, 3),
        ("am Mittwoch", 0, 0),
        ("last week", 9, 3),
        ("letzte Woche", 9, 3),
        ("this week", 2, 0),
        ("last run", 5, 5),
        ("in den letzten 7 Tagen", 6, 0),
    ],
)
def test_days_are_found_by_name(text: str, first: int, last: int) -> None:
    told = understand(f"how far did I run {text}?", TODAY, TODAY - 5)
    assert (TODAY - told.from_day, TODAY - told.to_day) == (first, last) and told.named


@pytest.mark.parametrize(
    "text", ["2025-11-03", "3 November", "November 3rd", "3. November 2025", "the 3rd of November"]
)
def test_a_date_is_the_last_such_day(text: str) -> None:
    told = understand(f"why was {text} slow", TODAY)
    assert date.fromordinal(date(1970, 1, 1).toordinal() + told.from_day) == date(2025, 11, 3)


@given(st.integers(-100_000, 150_000))
def test_calendar_days_are_those_of_the_standard_library(day: int) -> None:
    expected = date.fromordinal(date(1970, 1, 1).toordinal() + day)
    assert civil(day) == (expected.year, expected.month, expected.day) and day_number(*civil(day)) == day


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_no_text_makes_it_fail(text: str) -> None:
    told = answered(text, [run(d, 8000.0, 360.0, hr=140.0) for d in range(1, 20, 2)])
    assert told.text and "nan" not in told.text.replace("finance", "")


def test_both_languages_say_the_same_with_the_same_numbers() -> None:
    for english, german in SENTENCES.values():
        fields = [
            sorted({name for _, name, _, _ in string.Formatter().parse(text) if name}) for text in (english, german)
        ]
        assert fields[0] == fields[1] and english != german


def ordered(runs: list[RunFact]) -> list[RunFact]:
    return sorted(runs, key=lambda one: one.start_unix_s)


def answered(text: str, runs: list[RunFact], said: tuple[Said, ...] = (), profile: Profile | None = None) -> Answer:
    kept = ordered(runs)
    told = state_from(kept, profile or Profile(), (), FewPlaces(), None, NOON, 0.0, None, said)
    last = int(kept[-1].start_unix_s // DAY_S) if kept else -1
    return answer(understand(text, TODAY, last), kept, told)


def test_why_rest_is_answered_with_the_runs_in_a_row() -> None:
    runs = [run(d, 9000.0, 350.0, hr=145.0) for d in (1, 2, 3, 4, 6, 8, 10, 12, 15, 17, 19, 22, 24, 26)]
    told = answered("why rest today?", runs)
    assert told.known and set(told.evidence) >= {one.run_id for one in runs[:3]} and "in a row" in told.text


def test_why_rest_on_a_day_with_a_run_invents_no_reason() -> None:
    told = answered("why rest today?", usual(np.random.default_rng(1)))
    assert told.text.startswith("Today is no rest day.") and not told.causes


def test_how_far_is_safe_is_the_limit_of_the_rules_and_names_its_run() -> None:
    runs = usual(np.random.default_rng(1))
    told = answered("how far is safe?", runs)
    limits = limits_of(state_from(ordered(runs), Profile(), (), FewPlaces(), None, NOON, 0.0, None))
    longest = max((one for one in runs if one.start_unix_s > NOON - 30 * DAY_S), key=lambda one: one.distance_m)
    assert dict(told.numbers)["limit_m"] == limits.distance_m and told.evidence == (longest.run_id,)
    assert "cannot be known" in told.text


def test_with_chest_pain_no_distance_is_named_and_no_day_promised() -> None:
    chest = (Said(Constraint("red_flag", "chest", situation="chest_pain"), NOON - 3600.0),)
    for text in ("how far is safe?", "when can I run again?"):
        told = answered(text, usual(np.random.default_rng(1)), chest)
        assert "km" not in told.text and "at most" not in told.text, told.text


def test_when_again_after_an_injury_is_the_next_step_and_no_date() -> None:
    knee = (Said(Constraint("pain", "knee", "left", 6.0, "running"), NOON - 3600.0),)
    told = answered("when can I run again?", usual(np.random.default_rng(1)), knee)
    assert told.text.startswith("No date can be known") and not re.search(r"\d{4}-\d\d", told.text)


@pytest.mark.parametrize(
    ("profile", "hr", "expected"),
    [
        (Profile(beta_blockers=True), 145.0, "beta-blockers"),
        (Profile(), 145.0, "There is one today"),
        (Profile(), math.nan, "neither your highest heart rate nor a run with heart rate"),
    ],
)
def test_why_no_heart_rate_target(profile: Profile, hr: float, expected: str) -> None:
    runs = [dataclasses.replace(one, avg_hr_bpm=hr, max_hr_bpm=hr) for one in usual(np.random.default_rng(1))]
    told = answered("why is there no heart-rate target?", runs, (), profile)
    assert expected in told.text


def test_a_slower_week_is_explained_by_what_was_planted_in_it_or_not_at_all() -> None:
    def weeks(climb: float, slow: float) -> list[RunFact]:
        return [
            dataclasses.replace(run(d, 8000.0, 350.0 * (slow if d < 7 else 1.0), hr=145.0),
                                ascent_m=8.0 * (climb if d < 7 else 6.0))
            for d in (1, 3, 5, 8, 10, 12, 15, 17, 19)
        ]  # fmt: skip

    hilly = weeks(36.0, 1.0 + 7.92 * 0.030)
    told = answered("why am I slower than last week?", hilly)
    assert told.causes == ("hills",) and set(told.evidence) == {one.run_id for one in hilly[:6]}
    unknown = answered("why am I slower than last week?", weeks(6.0, 1.08))
    assert not unknown.known and "cannot be known" in unknown.text and not unknown.causes
    assert "not out of the ordinary" in answered("why am I slower than last week?", weeks(6.0, 1.0)).text
    assert not answered("why am I slower than last week?", weeks(6.0, 1.0)[:3]).known


def test_german_answers_write_a_decimal_comma() -> None:
    told = answered("wie weit darf ich heute laufen?", usual(np.random.default_rng(1)))
    assert re.search(r"\d,\d km", told.text) and not re.search(r"\d\.\d km", told.text)


def usual(rng: np.random.Generator, count: int = 16) -> list[RunFact]:
    """Runs on every other day before yesterday, with scatter, heart rate and a little climb."""
    runs = []
    for k in range(count):
        pace = 350.0 * math.exp(0.015 * rng.normal())
        one = run(3.0 + 2.0 * k, 8000.0 * math.exp(0.1 * rng.normal()), pace, hr=145.0 + 3.0 * rng.normal(), at=RALEIGH)
        runs.append(dataclasses.replace(one, ascent_m=6.0 * one.distance_m / 1000.0))
    return runs


def planted(cause: str, rng: np.random.Generator) -> tuple[RunFact, tuple[Said, ...]]:
    """Return yesterday's run, slow for one reason, and what was said."""
    said: tuple[Said, ...] = ()
    one = dataclasses.replace(run(1.0, 8000.0, 350.0 * 1.001, hr=145.0), ascent_m=48.0)
    if cause == "hills":
        climb = rng.uniform(25.0, 45.0)
        slow = 1.0 + 7.92 * (climb - 6.0) / 1000.0
        return dataclasses.replace(one, ascent_m=8.0 * climb, moving_s=one.moving_s * slow), said
    if cause == "easier":
        slow = rng.uniform(1.10, 1.2)
        return dataclasses.replace(one, moving_s=one.moving_s * slow, avg_hr_bpm=145.0 - rng.uniform(16.0, 22.0)), said
    if cause == "long":
        far = rng.uniform(2.0, 3.0)
        share = far * far**0.06
        moved = dataclasses.replace(one, distance_m=8000.0 * far, moving_s=one.moving_s * share, ascent_m=48.0 * far)
        return moved, said
    if cause == "altitude":
        high = run(1.0, 8000.0, 350.0 * 1.06, hr=147.0, at=DENVER)
        return dataclasses.replace(high, ascent_m=48.0, altitude_min_m=1600.0, altitude_max_m=1620.0), said
    told = Said(Constraint("sleep", situation="bad"), NOON - 1.2 * DAY_S)
    return dataclasses.replace(one, moving_s=one.moving_s * 1.06), (told,)


CAUSES = {"hills": "hills", "easier": "easier", "long": "long", "altitude": "altitude", "sleep": "said sleep"}


def test_planted_causes_are_found_and_none_is_invented() -> None:
    """Simulated: 5 causes, 40 people each; the first cause named is the one that was planted."""
    right = total = 0
    for seed in range(40):
        for cause, name in CAUSES.items():
            rng = np.random.default_rng([seed, len(cause)])
            slow, said = planted(cause, rng)
            told = answered("why was yesterday slow?", [*usual(rng), slow], said)
            total += 1
            right += told.causes[:1] == (name,)
            assert slow.run_id in told.evidence
    assert right / total >= 0.95, right / total


def test_slow_without_a_reason_cannot_be_known() -> None:
    invented = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        slow = dataclasses.replace(run(1.0, 8000.0, 350.0 * 1.07, hr=145.0), ascent_m=48.0)
        told = answered("why was yesterday slow?", [*usual(rng), slow])
        invented += bool(told.causes)
        assert "cannot be known" in told.text or "explains" in told.text or told.causes
    assert invented == 0


def test_what_was_not_slow_is_not_explained() -> None:
    told = answered("why was yesterday slow?", [*usual(np.random.default_rng(1)), run(1.0, 8000.0, 340.0, hr=145.0)])
    assert told.known and not told.causes and "not out of the ordinary" in told.text


def test_sums_and_bests_are_those_of_the_diary() -> None:
    runs = [run(1, 5000.0, 300.0), run(2, 10000.0, 330.0), run(9, 21097.5, 345.0), run(40, 5000.0, 290.0)]
    week = dict(answered("how far did I run in the last 7 days?", runs).numbers)
    assert week == {"distance_m": 15000.0, "moving_s": 4800.0, "runs": 2.0}
    best = answered("what is my best 5 km?", runs)
    assert dict(best.numbers)["time_s"] == 1450.0 and best.evidence == (runs[3].run_id,)
    assert not answered("what is my best marathon?", runs).known
    assert answered("longest run?", runs).evidence == (runs[2].run_id,)
    assert answered("when did I last run 10 km?", runs).evidence == (runs[1].run_id,)


def test_fitter_needs_runs_and_says_what_they_show() -> None:
    def trained(gain: float) -> list[RunFact]:
        return [run(d, 8000.0, 360.0 / (1.0 + gain * (d < 42)), hr=145.0 + d % 3) for d in range(1, 84, 3)]

    assert dict(answered("am I getting fitter?", trained(0.06)).numbers)["gain"] == pytest.approx(0.06, abs=0.02)
    assert answered("am I getting fitter?", trained(0.06)).text.startswith("Yes")
    assert answered("am I getting fitter?", trained(-0.06)).text.startswith("No")
    assert "no difference" in answered("am I getting fitter?", trained(0.0)).text
    assert not answered("am I getting fitter?", trained(0.06)[:4]).known


def test_the_command_answers_in_the_language_of_the_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(tmp_path / "diary.db").close()
    assert (
        main(["ask", "wie", "viel", "bin", "ich", "letzte", "Woche", "gelaufen?", "--db", str(tmp_path), "--json"]) == 0
    )
    document = json.loads(capsys.readouterr().out)
    assert document["language"] == "de" and document["answer"]["kind"] == "how_far"
    assert document["answer"]["numbers"] == [["distance_m", 0.0], ["runs", 0.0]]
    assert main(["ask", "why was Sunday slow?", "--db", str(tmp_path)]) == 0
    assert "no run" in capsys.readouterr().out
