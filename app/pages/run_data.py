"""All that a run's page is drawn from, gathered once.

The rule of this file: numbers come from the one source that the report command and the app show; lines from edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from app.coach import Predictor, bundled_predictor, facts_of, state_of
from app.desk.desk import Desk
from app.pages import lines
from app.pages.gait_said import Measured, gait_rows
from app.pages.outline import often_started, outline_m, track_of
from app.report import RunReport, report_of
from app.rethink import engine_of
from app.run_numbers import like_runs, numbers_of
from app.store import RunRow, Store
from app.views.report import RunNumbers
from app.views.words import Words
from device.files.recording import Lap
from edge import heart, track
from edge.altitude import Climb, climb, sourced_rows
from edge.clock import merged_pauses_s
from edge.coach.types import RunFact
from edge.coach.week import Change, changes, week
from edge.coach.whatif import Diary, local_day
from edge.samples import Column, HeartRate, select

#: Distances in m that a page tells the fastest time over.
TOLD_M = (1000.0, 1609.344, 3000.0, 5000.0, 10000.0, 15000.0, 21097.5, 42195.0)
DAY_S = 86400.0


@dataclass(frozen=True, slots=True, eq=False)
class RunData:
    """One run: numbers in SI, lines along it, its outline in m, what is like it, what it changed, what is missing."""

    numbers: RunNumbers
    report: RunReport
    along: lines.Along
    pace: lines.Line
    heart: lines.Line
    zones_bpm: Column
    height: lines.Line
    climb: Climb
    altitude_from: str
    cadence: lines.Line
    marks_m: Column
    outline: Column
    laps: tuple[Lap, ...]
    gait: tuple[Measured, ...]
    like: tuple[RunFact, ...]
    fact: RunFact | None
    longest_days: int
    """In so many days no run was longer; -1 where it is not among the long ones, 0 where it is the longest of all."""
    bests: tuple[tuple[float, float], ...]
    """Distances in m with their times in s that no earlier run was faster over."""
    changes: tuple[Change, ...]
    lost: dict[str, tuple[int, float]]
    has_place: bool
    """Whether satellites told anything of the way."""


def run_data(store: Store, run_id: str, desk: Desk, predictor: Predictor = "bundled") -> RunData:
    """Return all of a run; StoreError where there is no such run, or where it is still open."""
    loaded = store.samples(run_id)
    samples = loaded[0]
    report = report_of(store, run_id, loaded)
    facts = facts_of(store)
    numbers = numbers_of(report, facts, day_said(report.row, desk.words))
    pauses_s = merged_pauses_s(np.array([(p.from_s, p.to_s) for p in store.pauses(run_id)], dtype=np.float64))
    course = track.course(samples, report.row.sport, pauses_s)
    along = lines.Along(course, lines.last_s(samples))
    beat = heart.pulse(select(samples, HeartRate), pauses_s)
    source, *rows = sourced_rows(samples)
    height = climb(rows[0], rows[1])
    fact = next((f for f in facts if f.run_id == run_id), None)
    longest_days, bests = _firsts(facts, fact)
    return RunData(
        numbers,
        report,
        along,
        lines.pace_line(course, pauses_s),
        lines.heart_line(beat, along),
        heart.zones_of_maximum_bpm(report.highest.value),
        lines.height_line(height, along),
        height,
        source,
        lines.cadence_line(samples, along),
        np.concatenate(([0.0], np.cumsum(report.split_m))),
        outline_m(samples, desk.settings.home_zone_m, often_started(facts)),
        store.laps(run_id),
        gait_rows(samples, numbers),
        like_runs(facts, fact),
        fact,
        longest_days,
        bests,
        changes_by(store, fact, facts, desk, predictor),
        lines.lost(samples),
        track_of(samples) is not None,
    )


def day_said(row: RunRow, words: Words) -> str:
    """Return the local day and time of a run, in UTC (and saying so) where its offset is unknown."""
    known = math.isfinite(row.utc_offset_s)
    day = datetime.fromtimestamp(row.start_unix_s + (row.utc_offset_s if known else 0.0), UTC)
    return f"{words.date(day.date())} {day.year}, {day:%H:%M}" + ("" if known else " UTC")


def _firsts(facts: list[RunFact], fact: RunFact | None) -> tuple[int, tuple[tuple[float, float], ...]]:
    """Return for how many days a run is the longest, and over which distances it is the fastest up to then."""
    if fact is None or not fact.valid:
        return -1, ()
    before = [f for f in facts if f.start_unix_s < fact.start_unix_s and f.valid and f.sport == fact.sport]
    if len(before) < 3:
        return -1, ()
    longer = [f.start_unix_s for f in before if f.distance_m >= fact.distance_m]
    days = int((fact.start_unix_s - max(longer)) // DAY_S) if longer else 0
    bests = tuple(
        (distance_m, time_s)
        for distance_m, time_s in sorted(fact.best_efforts_s.items())
        if distance_m in TOLD_M
        and (others := [f.best_efforts_s[distance_m] for f in before if distance_m in f.best_efforts_s])
        and time_s < min(others)
    )
    return (days if days >= 21 or not longer else -1), bests


def changes_by(
    store: Store, fact: RunFact | None, facts: list[RunFact], desk: Desk, predictor: Predictor = "bundled"
) -> tuple[Change, ...]:
    """Return which of the days after a run are planned otherwise because of it: decided with and without it.

    Both as it looked when the run ended; all else that was known then is equal. () for a run that does not count.
    """
    if fact is None or not fact.valid:
        return ()
    now_unix_s = fact.start_unix_s + max(fact.timer_s, fact.moving_s, 1.0)
    known = [f for f in facts if f.start_unix_s <= fact.start_unix_s]
    offset_s = fact.utc_offset_s if math.isfinite(fact.utc_offset_s) else math.nan
    state = replace(state_of(store, now_unix_s, None, known, offset_s), language=desk.settings.language)
    engine = engine_of(state, bundled_predictor() if predictor == "bundled" else predictor)
    diary = Diary(tuple(known), state.profile, state.races, state.said, None, state.wished)
    without = replace(diary, facts=tuple(f for f in known if f is not fact))
    was, now = (week(one, now_unix_s, state.utc_offset_s, engine) for one in (without, diary))
    return tuple(change for change in changes(was, now, diary) if change.day > local_day(fact))
