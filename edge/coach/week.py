"""The coming days: each decided as if those before it were run as suggested, and what changed since they were shown.

The rule of this file: a plan is only a forecast of decisions, so it can promise nothing that the rules would take
away; a change is a value, "was, now, because", that the person accepts or undoes.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

from edge.coach.phrases import say
from edge.coach.types import Decision, Reason, RunFact, Session
from edge.coach.what_said import said_words
from edge.coach.whatif import Diary, is_other, local_day

DAYS = 7
#: A planned run is taken to start at this local hour, and a day to be decided at that one.
RUN_HOUR, MORNING_HOUR = 18.0, 7.0
Engine = Callable[[Diary, float], Decision]
"""Decides for a diary at a moment in Unix s."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One day: its local day since 1970-01-01, the session, its first reason and the rules that shaped it."""

    day: int
    session: Session
    because: Reason
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The coming days as they looked at a moment (Unix s)."""

    made_unix_s: float
    days: tuple[Planned, ...]

    def on(self, day: int) -> Planned | None:
        """Return what is planned for a local day, None where nothing is."""
        return next((one for one in self.days if one.day == day), None)


@dataclass(frozen=True, slots=True)
class Change:
    """One day that was to be another: what it was, what it is now, and why."""

    day: int
    was: Session
    now: Session
    because: Reason


def week(diary: Diary, now_unix_s: float, utc_offset_s: float, engine: Engine, count: int = DAYS) -> Week:
    """Return the coming days, today first, each decided after the sessions before it."""
    today = int((now_unix_s + utc_offset_s) // 86400)
    days: list[Planned] = []
    for day in range(today, today + count):
        midnight_s = day * 86400.0 - utc_offset_s
        decision = engine(diary, now_unix_s if day == today else midnight_s + MORNING_HOUR * 3600.0)
        session = decision.session
        if session is None:
            break
        days.append(Planned(day, session, decision.because[0], decision.rule_ids))
        diary = _after(diary, session, midnight_s + RUN_HOUR * 3600.0, utc_offset_s)
    return Week(now_unix_s, tuple(days))


def _after(diary: Diary, session: Session, start_unix_s: float, utc_offset_s: float) -> Diary:
    """Return the diary with a session run as suggested, where the latest run was."""
    on_foot = session.distance_m > 0.0 and math.isfinite(session.distance_m)
    if not on_foot:
        return diary
    seconds = session.duration_s if session.duration_s > 0.0 else session.distance_m * 0.36
    last = max(diary.facts, key=lambda f: f.start_unix_s, default=None)
    run = RunFact(
        run_id=f"planned-{start_unix_s:.0f}",
        start_unix_s=start_unix_s,
        utc_offset_s=utc_offset_s,
        sport="running",
        sub_sport="",
        distance_m=session.distance_m,
        moving_s=seconds,
        timer_s=seconds,
        avg_hr_bpm=math.nan,
        max_hr_bpm=math.nan,
        ascent_m=math.nan,
        start_latitude_deg=last.start_latitude_deg if last else math.nan,
        start_longitude_deg=last.start_longitude_deg if last else math.nan,
        altitude_m=last.altitude_m if last else math.nan,
        best_efforts_s={},
        load=seconds / 60.0,
        valid=True,
    )
    return dataclasses.replace(diary, facts=(*diary.facts, run))


def changes(was: Week, now: Week, diary: Diary) -> tuple[Change, ...]:
    """Return the days of both weeks whose session is another one now, each with its reason."""
    cause = _cause(was, now, diary)
    found = []
    for planned in now.days:
        before = was.on(planned.day)
        if before is not None and is_other(before.session, planned.session):
            found.append(Change(planned.day, before.session, planned.session, cause or planned.because))
    return tuple(found)


def _cause(was: Week, now: Week, diary: Diary) -> Reason | None:
    """Return what happened since the first week was made that it did not expect; None where nothing did."""
    told = [one for one in diary.said if was.made_unix_s < one.said_unix_s <= now.made_unix_s]
    if told:
        words = said_words(diary.language, told[-1].constraint)
        return Reason(say(diary.language, "You told me since: {words:word}.", words=words), (), ("you said",))
    today = now.days[0].day if now.days else 0
    for planned in was.days:
        if planned.day < today:
            ran = [f for f in diary.facts if local_day(f) == planned.day and f.sport == "running" and f.valid]
            reason = _not_as_planned(planned.session, ran, diary.language)
            if reason is not None:
                return reason
    return None


def _not_as_planned(session: Session, ran: list[RunFact], language: str) -> Reason | None:
    done_m = sum(f.distance_m for f in ran)
    if abs(done_m - session.distance_m) < max(0.15 * session.distance_m, 500.0):
        return None
    planned = "{planned_m:km} were planned" if session.distance_m > 0.0 else "rest was planned"
    planned = say(language, planned, planned_m=session.distance_m)
    did = say(language, "you ran {done_m:km}" if done_m > 0.0 else "you did not run", done_m=done_m)
    numbers = (("planned_m", session.distance_m), ("done_m", done_m))
    text = say(language, "Where {planned:word}, {did:word}.", planned=planned, did=did)
    return Reason(text, numbers, tuple(f.run_id for f in ran))
