"""One page for a physiotherapist: pain, load and what changed, from the diary.

The rule of this file: no positions, no names of places, no heart data; only what a clinician needs to see what hurt
when, and how much was run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from edge.coach.beliefs import State
from edge.coach.said import Said
from edge.coach.types import RunFact
from edge.coach.whatif import local_day
from edge.coach.words import km

WEEKS = 12
_EPOCH = date(1970, 1, 1)
_TOLD = frozenset({"pain", "pain_resolved", "illness", "medication", "fatigue", "red_flag", "pregnancy"})


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A week from Monday: km, runs, the longest run in m, metres of climb, and the worst pain said (NaN: none)."""

    monday: str
    km: float
    runs: int
    longest_m: float
    ascent_m: float
    worst_pain: float


@dataclass(frozen=True, slots=True)
class PhysioPage:
    """What the page holds: weeks, the oldest first; what was said; what the coach does about it now."""

    age: float
    sex: str
    weeks: tuple[WeekLoad, ...]
    said: tuple[tuple[str, str], ...]
    """Day and words."""
    injuries: tuple[str, ...]
    changes: tuple[str, ...]


def physio_page(state: State, runs: Sequence[RunFact], said: Sequence[Said]) -> PhysioPage:
    """Return the page of the last twelve weeks; `runs` are the valid ones, oldest first."""
    monday = state.today - (state.today + 3) % 7
    weeks = tuple(_week(monday - 7 * back, runs, said, state.utc_offset_s) for back in range(WEEKS - 1, -1, -1))
    since = monday - 7 * (WEEKS - 1)
    told = tuple(
        (_date(day), _words(one)) for one in said if one.constraint.kind in _TOLD and (day := _day(one, state)) >= since
    )
    injuries = tuple(
        " ".join(part for part in (one.side, one.area) if part)
        + f": {one.state}, last {one.severity.value:.0f} of 10, since {_date(_local(one.began_unix_s, state))}. "
        + f"Next: {one.next_step_when}."
        for one in state.injuries
        if math.isfinite(one.severity.value)
    )
    return PhysioPage(state.profile.age, state.profile.sex, weeks, told, injuries, _changes(weeks))


def _local(unix_s: float, state: State) -> int:
    return int((unix_s + state.utc_offset_s) // 86400) if math.isfinite(unix_s) else state.today


def _day(one: Said, state: State) -> int:
    return _local(one.said_unix_s, state)


def _date(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()


def _words(one: Said) -> str:
    said = one.constraint
    words = [word for word in (said.side, said.area, said.kind.replace("_", " "), said.situation) if word]
    return " ".join(words) + (f", {said.severity:.0f} of 10" if math.isfinite(said.severity) else "")


def _week(monday: int, runs: Sequence[RunFact], said: Sequence[Said], offset_s: float) -> WeekLoad:
    own = [one for one in runs if monday <= local_day(one) < monday + 7]
    pains = [
        one.constraint.severity
        for one in said
        if one.constraint.kind == "pain" and monday <= (one.said_unix_s + offset_s) // 86400 < monday + 7
    ]
    known = [pain for pain in pains if math.isfinite(pain)]
    climbs = [one.ascent_m for one in own if math.isfinite(one.ascent_m)]
    return WeekLoad(
        _date(monday),
        round(sum(one.distance_m for one in own) / 1000.0, 1),
        len(own),
        max((one.distance_m for one in own), default=0.0),
        float(round(sum(climbs))),
        max(known, default=math.nan),
    )


def _changes(weeks: tuple[WeekLoad, ...]) -> tuple[str, ...]:
    """Return what changed much against the four weeks before: distance by half, the longest run by a quarter."""
    told = []
    for at in range(4, len(weeks)):
        before, week = weeks[at - 4 : at], weeks[at]
        usual = sum(one.km for one in before) / 4.0
        if usual >= 5.0 and not 0.5 * usual <= week.km <= 1.5 * usual:
            told.append(f"week of {week.monday}: {week.km:.1f} km, {usual:.1f} km a week in the four before.")
        longest = max(one.longest_m for one in before)
        if longest > 0.0 and week.longest_m > 1.25 * longest:
            told.append(f"week of {week.monday}: longest run {km(week.longest_m)}, {km(longest)} in the four before.")
    return tuple(told)


def physio_text(page: PhysioPage, made: str) -> str:
    """Return the page in Markdown."""
    who = [f"{page.age:.0f} years" if math.isfinite(page.age) else "", {"f": "female", "m": "male"}.get(page.sex, "")]
    shown = ", ".join(word for word in who if word)
    lines = [f"# Running and pain, {WEEKS} weeks to {made}", "", *([shown, ""] if shown else [])]
    lines += ["## What hurts now", "", *(f"- {one}" for one in page.injuries or ("Nothing that was told.",)), ""]
    lines += ["## Weeks", "", "| week from | km | runs | longest km | climb m | worst pain said, 0 to 10 |"]
    lines += ["|---|---|---|---|---|---|"]
    for week in page.weeks:
        pain = f"{week.worst_pain:.0f}" if math.isfinite(week.worst_pain) else ""
        cells = (
            week.monday,
            f"{week.km:.1f}",
            str(week.runs),
            f"{week.longest_m / 1000.0:.1f}",
            f"{week.ascent_m:.0f}",
            pain,
        )
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "## What changed much", "", *(f"- {one}" for one in page.changes or ("Nothing.",)), ""]
    lines += ["## What was told", "", *(f"- {day}: {words}" for day, words in page.said or (("", "Nothing."),))]
    lines += ["", "From the runner's own diary (Kadenz). No positions, no heart data. Not a medical document."]
    return "\n".join(line.replace("- : ", "- ") for line in lines) + "\n"
