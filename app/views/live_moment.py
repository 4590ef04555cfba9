"""What the recorder told, as the live screen shows it: signals, laps, zones, steps, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from math import isfinite, nan

from app.exporting.sessions import steps_of as session_steps
from app.live.moment import Lap, LiveMoment
from app.views.evidence import evidence_lines
from app.views.live import (
    GPS_GOOD_M,
    GPS_POOR_M,
    CoachView,
    LapView,
    LiveView,
    Signals,
    StepView,
    live_view,
)
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.speaking import is_warning
from app.views.today import kind_name
from app.views.words import Words
from device.files.workout import Workout
from edge.coach.types import Session

SPOKEN_S = 45.0
"""How long words of the coach stay when nobody answers them."""
STALE_S = 5.0
#: Grace in s before a sensor that is gone is told: a strap that drops out for a moment is no news.
GRACE_S = 8.0


def gps_of(accuracy_m: float) -> str:
    """Return how good the position is: "good", "poor" or "none"."""
    if not isfinite(accuracy_m):
        return "none"
    return "good" if accuracy_m <= GPS_GOOD_M else "poor" if accuracy_m <= GPS_POOR_M else "none"


def moment_view(
    moment: LiveMoment, words: Words, *, age_s: float = 0.0, page: str = "run", locked: bool = False
) -> LiveView:
    """Return the live screen of a moment that is `age_s` old."""
    row = moment.features
    session = moment.session
    left = _number(session, "distance_m") - row.distance_m
    fresh = moment.spoken is not None and row.t_s - moment.spoken.t_s <= SPOKEN_S
    shown = live_view(
        row,
        words,
        title=kind_name(str(session.get("kind", "easy")), words),
        band_s_per_km=moment.band_s_per_km,
        zones_bpm=moment.zones_bpm,
        distance_left_m=left,
        past=moment.past,
        to_come=moment.ahead,
    )
    whole = sum(moment.zones_s)
    on = sum(is_on for _, is_on in moment.trackers)
    return replace(
        shown,
        time=words.clock(max(0.0, row.t_s - moment.stopped_s) if isfinite(row.t_s) else 0.0),
        track=moment.track,
        coach=coach_of(moment, words) if fresh else None,
        signals=Signals(gps_of(moment.gps_accuracy_m), on, len(moment.trackers), moment.battery),
        notice=notice_of(moment, words, age_s),
        steps=steps_of(moment, words),
        laps=tuple(lap_view(i + 1, lap, words) for i, lap in enumerate(moment.laps)),
        zone_shares=tuple(z / whole for z in moment.zones_s) if whole > 0 else (),
        zone_times=tuple(words.clock(z) for z in moment.zones_s) if whole > 0 else (),
        paused=moment.paused,
        locked=locked,
        page=page,
        phase=Phase.STALE if age_s > STALE_S else Phase.READY,
    )


def _number(session: Mapping[str, object], name: str) -> float:
    value = session.get(name, nan)
    return float(value) if isinstance(value, int | float) else nan


def coach_of(moment: LiveMoment, words: Words) -> CoachView | None:
    """Return what the coach said last."""
    spoken = moment.spoken
    if spoken is None:
        return None
    because = tuple(Because(one.text, evidence_lines(one.numbers, one.evidence, words)) for one in spoken.because)
    return CoachView(spoken.rule, spoken.text, because, is_warning(spoken.rule))


def notice_of(moment: LiveMoment, words: Words, age_s: float) -> Notice | None:
    """Return the one thing that is missing most."""
    row = moment.features
    if moment.trouble:
        return Notice(Phase.ERROR, words("Not saved yet"), moment.trouble)
    if age_s > STALE_S:
        text = words("The recorder has not told anything for {time}; what it holds is safe.", time=words.clock(age_s))
        return Notice(Phase.STALE, words("Values are old"), text)
    if not isfinite(row.t_s):
        return Notice(Phase.LOADING, words("Looking for your trackers"), words("You can start running at once."))
    gone = isfinite(row.heart_rate_age_s) and row.heart_rate_age_s > GRACE_S
    if gone:
        offer = Offer(words("Devices"), Act("open", "devices"), "bluetooth")
        return Notice(
            Phase.NO_SENSOR,
            words("The heart-rate strap is out of reach"),
            words("Run by feel. Kadenz keeps looking for it."),
            offer,
        )
    return None


def lap_view(number: int, lap: Lap, words: Words) -> LapView:
    """Return a lap as written."""
    took = lap.to_s - lap.from_s
    pace = took / lap.distance_m * 1000.0 if lap.distance_m > 0 else nan
    return LapView(
        number, words.pace(pace).value, words.bpm(lap.heart_bpm).text, min(1.0, 300.0 / pace) if pace > 0 else 0.0
    )


#: How high the bar of a step is drawn, by its intensity.
BAR_HEIGHTS = {"active": 1.0, "interval": 1.0, "recovery": 0.35, "warmup": 0.5, "cooldown": 0.4}


def steps_of(moment: LiveMoment, words: Words) -> tuple[StepView, ...]:
    """Return the session's steps, those that a watch gets, and which of them is gone through now."""
    session = _session(moment)
    if session is None:
        return ()
    steps = Workout("", "", tuple(session_steps(session, words.language))).unrolled()
    row, shown = moment.features, []
    gone_m, gone_s = (value if isfinite(value) else 0.0 for value in (row.distance_m, row.t_s))
    open_step = True
    for step in steps:
        by_time = isfinite(step.duration_s)
        length, gone = (step.duration_s, gone_s) if by_time else (step.distance_m, gone_m)
        done = open_step and isfinite(length) and gone >= length
        state = "done" if done else "now" if open_step else "next"
        open_step = done
        if done:
            gone_m, gone_s = (gone_m, gone_s - length) if by_time else (gone_m - length, gone_s)
        amount = words.clock(length) if by_time else words.short_distance(length).text
        shown.append(StepView(step.name, amount, BAR_HEIGHTS.get(step.intensity, 0.6), length, state))
    return tuple(shown)


def _session(moment: LiveMoment) -> Session | None:
    """Return the session of a moment where it has a length to be parted."""
    told = moment.session
    numbers = [_number(told, field.name) for field in fields(Session)[1:]]
    session = Session(str(told.get("kind", "")), *numbers)
    if session.kind in ("", "rest") or not (session.distance_m > 0.0 or session.duration_s > 0.0):
        return None
    return session
