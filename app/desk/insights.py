"""The desk of insights: trends of the person's own runs, and trials of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from math import isfinite

from app import trials
from app.coach import facts_of, state_of
from app.desk.desk import Answer, Desk
from app.store import Store
from app.views.insights import Doubtful, Trends, insights_view
from app.views.listing import ListView, notice_alone, spoken
from app.views.phase import Act, Notice, Offer, Phase
from app.views.words import Words
from edge.coach.types import RunFact

__all__ = ["ACTS", "failed", "spoken", "view"]
_DAY_S, WEEKS, RUNS = 86400.0, 12, 40
_EPOCH = date(1970, 1, 1)
#: Half of the 90 % interval of one run's mean pace (share), heart rate (bpm) and cadence (spm): the scatter from day to
#: day of runs alike, rounded up (assumptions; the trend's words rest on the mean over a third of the runs).
PACE_DOUBT, CADENCE_DOUBT = 0.04, 3.0


def view(desk: Desk) -> ListView:
    """Return the insights."""
    now_unix_s, offset_s = desk.clock()
    with desk.store() as store:
        facts = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s and f.sport == "running" and f.valid]
        if not facts:
            offer = Offer(desk.words("Bring old runs along"), Act("open", "first-run"), "folder-open-outline")
            return failed(
                desk,
                Notice(
                    Phase.EMPTY,
                    desk.words("Nothing to compare yet"),
                    desk.words("After some runs, trends stand here."),
                    offer,
                ),
            )
        trends = trends_of(store, facts, now_unix_s, offset_s, desk)
    return insights_view(trends, desk.words)


def failed(desk: Desk, notice: Notice) -> ListView:
    """Return the screen with a notice alone."""
    return notice_alone("insights", desk.words("Insights"), notice)


def trends_of(store: Store, facts: Sequence[RunFact], now_unix_s: float, offset_s: float, desk: Desk) -> Trends:
    """Return the trends of a diary's valid runs."""
    latest = facts[-RUNS:]
    state = state_of(store, now_unix_s, None, list(facts), offset_s)
    trial = trials.trial_of(store)
    used = state.where.acclimatised_m
    home = state.where.home_altitude_m
    points: tuple[Doubtful, ...] = ()
    if used is not None and home is not None and abs(used.value - home.value) > 50.0:
        today = float(state.today)
        points = ((today - 1.0, home.low, home.value, home.high), (today, used.low, used.value, used.high))
    running = trial is not None and not trial.over
    return Trends(
        weeks_of(facts, int((now_unix_s + offset_s) // _DAY_S), desk.words),
        [
            _around(f, f.moving_s / f.distance_m * 1000.0, PACE_DOUBT * f.moving_s / f.distance_m * 1000.0)
            for f in latest
            if f.distance_m > 0
        ],
        (),
        [_around(f, f.avg_cadence_spm, CADENCE_DOUBT) for f in latest if isfinite(f.avg_cadence_spm)],
        points,
        desk.words("Heart rate or words for the effort") if running else "",
        0,
    )


def _around(fact: RunFact, value: float, doubt: float) -> Doubtful:
    return fact.start_unix_s / _DAY_S, value - doubt, value, value + doubt


def weeks_of(facts: Sequence[RunFact], today: int, words: Words) -> tuple[tuple[str, float], ...]:
    """Return the distance in m of the last weeks, Monday first, named by the day of their Monday."""
    monday = today - (today + 3) % 7
    starts = [monday - 7 * back for back in range(WEEKS - 1, -1, -1)]
    rows = []
    for start in starts:
        total = sum(
            f.distance_m
            for f in facts
            if start <= (f.start_unix_s + (f.utc_offset_s if isfinite(f.utc_offset_s) else 0.0)) // _DAY_S < start + 7
        )
        rows.append((words.day_short(_EPOCH + timedelta(days=start)), total))
    return tuple(rows)


def _begin(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        trials.start(store, desk.clock()[0])
    return Answer(redraw=True, word=desk.words("The trial begins; you can leave it at any time."))


def _leave(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        trials.leave(store, desk.clock()[0])
    return Answer(redraw=True, word=desk.words("Left."))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {"begin trial": _begin, "leave trial": _leave}
