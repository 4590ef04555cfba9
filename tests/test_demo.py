"""The whole way through the house: simulated bytes to decisions in the diary, the same story for the same seed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest

from app.coach import replay
from app.demo import Story, Watchers, story_document, tell
from app.output import plain
from app.report import report_of
from app.store import Store
from edge.coach.live import LiveCoach, LiveContext
from edge.session import LiveSession
from hardware_sim.scenarios import STRAP, WATCH, scenario

LIGHT = dataclasses.replace(scenario("denver"), trackers=(STRAP, WATCH))
RUN_KEYS = {
    "id", "sport", "sub_sport", "start_time", "duration_s", "timer_s", "moving_s", "distance_m", "ascent_m",
    "descent_m", "avg_hr_bpm", "max_hr_bpm", "avg_cadence_spm", "calories_kcal", "start_latitude_deg",
    "start_longitude_deg", "altitude_min_m", "altitude_max_m", "device", "stated",
}  # fmt: skip


def told(seed: int) -> tuple[Store, Story]:
    store = Store.in_memory()
    return store, tell(store, LIGHT, seed, 0.0, None, Watchers())


def text(store: Store, story: Story) -> str:
    return json.dumps(plain(story_document(store, story)), sort_keys=True)


@pytest.fixture(scope="module")
def first() -> Iterator[tuple[Store, Story]]:
    store, story = told(1)
    with store:
        yield store, story


def test_the_same_seed_tells_the_same_story(first: tuple[Store, Story]) -> None:
    assert text(*told(1)) == text(*first)


def test_every_decision_says_what_why_until_when_and_by_which_rule(first: tuple[Store, Story]) -> None:
    document = json.loads(text(*first))
    assert len(document["decisions"]) >= 3
    for decision in document["decisions"]:
        assert decision["show"] and decision["because"] and decision["valid_until"] and decision["rule_ids"]
    assert document["run"].keys() >= RUN_KEYS


def test_denver_is_met_with_its_card_before_the_run(first: tuple[Store, Story]) -> None:
    _, story = first
    decision = story.morning[1]
    assert any("Denver" in card.title for card in decision.content)
    assert decision.session is not None and decision.session.kind not in ("intervals", "steady", "race")
    assert any("less oxygen" in reason.text for reason in story.cues[0].decision.because)


def test_what_was_recorded_is_what_was_run(first: tuple[Store, Story]) -> None:
    store, story = first
    run, session = store.run(story.run_id), story.morning[1].session
    assert run.summary is not None and session is not None
    assert run.summary.distance_m == pytest.approx(session.distance_m, rel=0.02)
    assert 1600.0 < run.summary.altitude_min_m < run.summary.altitude_max_m < 1630.0
    assert run.state == "finished" and store.check().ok


def test_the_decisions_replay_bit_for_bit_from_the_diary(first: tuple[Store, Story]) -> None:
    store, story = first
    assert replay(store, story.morning[0]) and replay(store, story.tomorrow[0])


def test_the_cues_of_the_run_replay_from_the_recorded_samples(first: tuple[Store, Story]) -> None:
    store, story = first
    samples, damaged = store.samples(story.run_id)
    assert not damaged
    morning = story.morning[1]
    assert morning.session is not None
    numbers = {name: value for reason in morning.because for name, value in reason.numbers}
    context = LiveContext(
        morning.session, LIGHT.place.start_unix_s, LIGHT.place.altitude_m, 100.0 * numbers["pace_change"],
        morning.inputs_hash,
    )  # fmt: skip
    session, coach = LiveSession(), LiveCoach(context)
    again = [*coach.feed(session.feed(samples)), *coach.feed(session.finish())]
    assert [(c.t_s, c.decision) for c in again] == [(c.t_s, c.decision) for c in story.cues]


def test_the_report_adds_up_to_the_run(first: tuple[Store, Story]) -> None:
    store, story = first
    report, summary = report_of(store, story.run_id), store.run(story.run_id).summary
    assert summary is not None and not report.damaged
    assert report.split_m.sum() == pytest.approx(summary.distance_m, abs=0.5)
    assert report.split_s.sum() == pytest.approx(summary.moving_s, rel=0.01)
    assert report.zones_s.sum() == pytest.approx(summary.timer_s, rel=0.02)
    assert report.effort.ascent.low <= summary.ascent_m <= report.effort.ascent.high
    assert report.highest.low < report.highest.value < report.highest.high
    pace = 1000.0 * summary.moving_s / summary.distance_m
    assert report.effort.flat_pace_s_per_km == pytest.approx(pace, rel=0.05)
    assert 20.0 < report.effort.load < 150.0
