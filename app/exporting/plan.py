"""The coming days as a calendar that other programs take over (RFC 5545), by the icalendar library.

The rule of this file: a day is one event whose UID is made of the diary and the date, so that the same day exported
again replaces itself; a time of day is local and without zone, since it is to stay at that hour wherever the person is.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import numpy as np

from app.exporting.sessions import because
from app.store import Store
from edge.coach.phrases import say
from edge.coach.rules.limits import ALL_KINDS, Limits
from edge.coach.titles import title_of
from edge.coach.today import sentence_of
from edge.coach.types import Decision, RunFact, Session
from edge.coach.week import Planned, Week
from edge.coach.words import OPEN_SHARE

_EPOCH = date(1970, 1, 1)
_NAME = "calendar"
#: The usual hour is that of so many runs of the last weeks, if most of them start within so many hours of it.
_RUNS, _BACK_DAYS, _NEAR_H, _MOST = 5, 60, 1.5, 0.6
#: Version numbers of events count minutes from here, so that a later export is a later version.
_SEQUENCE_FROM_S = 1_700_000_000.0


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A calendar's bytes, the days in it, and the local hour that sessions start at (NaN: all day)."""

    content: bytes
    days: tuple[date, ...]
    hour: float


def calendar_id(store: Store, now_unix_s: float) -> str:
    """Return the random name of this diary's calendar, made at the first export."""
    known = store.memory(_NAME).decode("ascii", "ignore")
    if known:
        return known
    fresh = secrets.token_hex(8)
    store.save_memory(_NAME, fresh.encode(), now_unix_s)
    return fresh


def usual_hour(facts: Sequence[RunFact], now_unix_s: float) -> float:
    """Return the local hour at which this person runs, to the quarter; NaN where runs are few or scattered."""
    recent = [f for f in facts if f.sport == "running" and now_unix_s - _BACK_DAYS * 86400.0 <= f.start_unix_s]
    hours = np.array([(f.start_unix_s + f.utc_offset_s) % 86400.0 / 3600.0 for f in recent])
    hours = hours[np.isfinite(hours)]
    if len(hours) < _RUNS:
        return math.nan
    apart = np.abs((hours[:, None] - hours[None, :] + 12.0) % 24.0 - 12.0)
    middle = hours[int(np.argmin(np.median(apart, axis=1)))]
    near = np.abs((hours - middle + 12.0) % 24.0 - 12.0) <= _NEAR_H
    return float(round(middle * 4.0) / 4.0 % 24.0) if near.mean() >= _MOST else math.nan


def with_today(week: Week, decision: Decision, day: int) -> Week:
    """Return the week with today as it was decided, by what was chosen for this person too."""
    if decision.session is None or not decision.because:
        return week
    today = Planned(day, decision.session, decision.because[0], decision.rule_ids)
    return replace(week, days=tuple(today if one.day == day else one for one in week.days))


def plan_calendar(week: Week, name: str, hour: float, language: str) -> PlanFile:
    """Return the calendar of a week; `hour` is when sessions start (local), NaN for events of whole days."""
    calendar = icalendar.Calendar()
    for key, value in (
        ("PRODID", "-//Kadenz//Kadenz//EN"), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", "Kadenz"),
    ):  # fmt: skip
        calendar.add(key, value)
    for planned in week.days:
        calendar.add_component(_event(planned, week.made_unix_s, name, hour, language))
    days = tuple(_EPOCH + timedelta(days=planned.day) for planned in week.days)
    return PlanFile(calendar.to_ical(), days, hour)


def uid_of(day: date, name: str) -> str:
    """Return the lasting name of a day's event."""
    return f"{day.isoformat()}-{name}@kadenz"


def _event(planned: Planned, made_unix_s: float, name: str, hour: float, language: str) -> icalendar.Event:
    event, session = icalendar.Event(), planned.session
    day = _EPOCH + timedelta(days=planned.day)
    made = datetime.fromtimestamp(made_unix_s, UTC).replace(microsecond=0)
    event.add("UID", uid_of(day, name))
    event.add("DTSTAMP", made)
    event.add("LAST-MODIFIED", made)
    event.add("SEQUENCE", max(int((made_unix_s - _SEQUENCE_FROM_S) // 60.0), 0))
    rests = session.kind == "rest"
    if rests or not math.isfinite(hour):
        event.add("DTSTART", day)
        event.add("DTEND", day + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
    else:
        minutes = round(hour * 60.0)
        event.add("DTSTART", datetime.combine(day, time(minutes // 60, minutes % 60)))
        event.add("DURATION", timedelta(minutes=math.ceil(_lasts_s(session) / 60.0)))
        event.add("TRANSP", "OPAQUE")
    event.add("SUMMARY", _title(session, language))
    event.add("DESCRIPTION", _text(planned, language))
    event.add("CATEGORIES", ["Kadenz"])
    return event


def _lasts_s(session: Session) -> float:
    """Return how long a session takes in s; where that is not known, an hour."""
    return session.duration_s if session.duration_s > 0.0 else 3600.0


def _title(session: Session, language: str) -> str:
    if session.kind == "rest":
        return say(language, "Rest")
    title = say(language, "Race") if session.kind == "race" else title_of(session, language)
    if session.distance_m > 0.0 and session.kind != "walk-run":
        return f"{title}, {say(language, '{far_m:km}', far_m=session.distance_m)}"
    return f"{title}, {say(language, '{long_s:minutes}', long_s=session.duration_s)}"


def _text(planned: Planned, language: str) -> str:
    """Return what the session is, why, and that it is guidance."""
    session = planned.session
    if session.kind == "race":
        what = say(language, "Race: {far_m:km}.", far_m=session.distance_m)
    else:
        what = sentence_of(session, _limits(planned), language)
    why = because((planned.because,))
    return "\n".join(filter(None, (what, why, say(language, "General guidance, not medical advice."))))


def _limits(planned: Planned) -> Limits:
    """Return what the sentence of a planned session has to know: its rules, and whether effort leads."""
    session = planned.session
    open_end = not session.pace_high_s_per_km < OPEN_SHARE * session.pace_low_s_per_km
    return Limits(math.inf, math.inf, ALL_KINDS, open_end, True, planned.rule_ids, ())
