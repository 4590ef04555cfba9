"""The desk of the welcome after a break."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.coach import decide_today, facts_of
from app.desk.desk import Answer, Desk
from app.views.asking import welcome_view
from app.views.listing import ListView, notice_alone, spoken
from app.views.phase import Act, Notice
from app.views.today import because_of

__all__ = ["ACTS", "failed", "spoken", "view"]
BREAK_DAYS = 14
_DAY_S = 86400.0


def away_days(desk: Desk) -> int:
    """Return the days since the last run; 0 where there is none."""
    with desk.store() as store:
        runs = [f for f in facts_of(store) if f.start_unix_s <= desk.clock()[0] and f.sport == "running"]
    return int((desk.clock()[0] - runs[-1].start_unix_s) // _DAY_S) if runs else 0


def view(desk: Desk) -> ListView:
    """Return the welcome."""
    now_unix_s, offset_s = desk.clock()
    words = desk.words
    with desk.store() as store:
        facts = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s and f.sport == "running"]
        _, decision = decide_today(store, now_unix_s, utc_offset_s=offset_s, language=words.language)
    last = facts[-1].start_unix_s if facts else now_unix_s
    before = [f.distance_m for f in facts if last - f.start_unix_s < 28 * _DAY_S]
    ran = words("{distance} a week", distance=words.short_distance(sum(before) / 4.0).text)
    reasons = tuple(because_of(r, words) for r in decision.because[:2])
    return welcome_view(int((now_unix_s - last) // _DAY_S), ran, decision.show, reasons, words)


def failed(desk: Desk, notice: Notice) -> ListView:
    """Return the screen with a notice alone."""
    return notice_alone("welcome", desk.words("Welcome back"), notice)


def _why(desk: Desk, act: Act) -> Answer:
    if act.value in ("hurt", "ill"):
        return Answer(open="check-in")
    return Answer(word=desk.words("Thank you. We begin where you are."))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {"back why": _why}
