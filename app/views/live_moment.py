"""What the recorder told, as the live screen shows it: signals, laps, zones, steps, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite, nan

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
        time=words.clock(max(0.0, row.t_s)) if isfinite(row.t_s) else words.clock(0.0),
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


def steps_of(moment: LiveMoment, words: Words) -> tuple[StepView, ...]:
    """Return the session's steps: to settle in, the session itself, to ease down."""
    distance_m, kind = _number(moment.session, "distance_m"), str(moment.session.get("kind", ""))
    if not distance_m > 0:
        return ()
    gone_m = moment.features.distance_m if isfinite(moment.features.distance_m) else 0.0
    ends = (
        (1000.0, words("settle in"), 0.4),
        (distance_m - 500.0, kind_name(kind, words), 1.0),
        (distance_m, words("ease down"), 0.4),
    )
    steps, before = [], 0.0
    for end_m, name, height in ends:
        if end_m <= before:
            continue
        state = "done" if gone_m >= end_m else "now" if gone_m >= before else "next"
        steps.append(StepView(name, words.short_distance(end_m - before).text, height, end_m - before, state))
        before = end_m
    return tuple(steps)
