"""What was shown before, and what may therefore be shown again: nothing done, refused or old comes back early.

The rule of this file: pure functions of values. A day is a local day; what was shown earlier today stays on the screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.types import Shown

DAY_S = 86400.0
SEEN = frozenset({"shown", "opened"})
#: So long every showing is kept; longer ago only the latest of each card and outcome.
KEPT_WHOLE_DAYS = 9.0
#: Longer ago than this nothing is kept: no cool-down is longer.
KEPT_DAYS = 400.0


@dataclass(frozen=True, slots=True)
class Rests:
    """How many days a card stays away: after it was shown, done or refused; and how its group behaves."""

    shown_days: float
    done_days: float
    refused_days: float
    safety: bool = False
    """A new occasion (another stamp) brings a safety card back at once, whatever was said of the last one."""
    once: bool = False
    """Only once for one occasion."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Now in Unix s and the offset of the local clock in s."""

    now_unix_s: float
    utc_offset_s: float

    def day(self, unix_s: float) -> int:
        """Return the local day of a moment."""
        return int((unix_s + self.utc_offset_s) // DAY_S)

    @property
    def today(self) -> int:
        """The local day of now."""
        return self.day(self.now_unix_s)


def stays_away(card_id: str, rests: Rests, stamp: str, history: Sequence[Shown], moment: Moment) -> str:
    """Return why a card must not be shown now; "" where it may.

    Done and refused hold from the moment they are said; having been shown holds from the next day on.
    """
    now = moment.now_unix_s
    own = [one for one in history if one.card_id == card_id and one.at_unix_s < now]
    if not own:
        return ""
    said = [one for one in own if not rests.safety or one.stamp == stamp]
    for outcome, days in (("done", rests.done_days), ("refused", rests.refused_days)):
        if any(one.outcome == outcome and now < one.at_unix_s + days * DAY_S for one in said):
            return outcome
    before = [one for one in own if one.outcome in SEEN and moment.day(one.at_unix_s) < moment.today]
    if not before:
        return ""
    if rests.once and any(one.stamp == stamp for one in before):
        return "shown once already"
    last = max(before, key=lambda one: one.at_unix_s)
    if moment.today >= moment.day(last.at_unix_s) + math.ceil(rests.shown_days):
        return ""
    return "" if rests.safety and last.stamp != stamp else "shown lately"


def shown_on(history: Sequence[Shown], moment: Moment, day: int) -> frozenset[str]:
    """Return the ids of the cards shown on a local day, up to now."""
    return frozenset(
        one.card_id
        for one in history
        if one.outcome in SEEN and one.at_unix_s < moment.now_unix_s and moment.day(one.at_unix_s) == day
    )


def shown_by_day(history: Sequence[Shown], moment: Moment, days: int) -> dict[int, set[str]]:
    """Return the ids of the cards shown on each of the last local days up to now, by day; silent days are left out."""
    found: dict[int, set[str]] = {}
    first_s = moment.now_unix_s - days * DAY_S
    for one in history:
        if first_s <= one.at_unix_s < moment.now_unix_s and one.outcome in SEEN:
            found.setdefault(moment.day(one.at_unix_s), set()).add(one.card_id)
    return found


def compact(history: Sequence[Shown], moment: Moment) -> tuple[Shown, ...]:
    """Return what of a history still matters now, oldest first.

    Kept are the last days whole, then for each card, outcome and occasion the latest within `KEPT_DAYS`.
    """
    now = moment.now_unix_s
    first_s, whole_s = now - KEPT_DAYS * DAY_S, now - KEPT_WHOLE_DAYS * DAY_S
    known = [one for one in history if first_s < one.at_unix_s < now]
    known.sort(key=lambda one: (one.at_unix_s, one.card_id, one.outcome))
    kept: dict[tuple[str, str, str, int], Shown] = {}
    for one in known:
        day = moment.day(one.at_unix_s) if one.at_unix_s > whole_s else -1
        kept[(one.card_id, one.outcome, one.stamp, day)] = one
    return tuple(sorted(kept.values(), key=lambda one: (one.at_unix_s, one.card_id, one.outcome)))
