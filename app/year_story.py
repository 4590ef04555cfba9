"""A simulated year as a picture story: pages in Markdown, pictures by matplotlib (extra `bench`).

The rule of this file: it tells what happened and what was said, with the truth beside it; it decides nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.drawing import draw
from app.bench.figures import Line, Picture, Plot, Section
from app.year import Day, Year
from edge.coach.rules import RULES
from edge.coach.words import clock, km, metres
from edge.samples import Column

_EPOCH = date(1970, 1, 1)
#: Rules that speak on most days; the others are turning points when they begin to speak.
_DAILY = frozenset({"R-110", "R-HARDEASY", "R-ROW", "R-DONE", "R-RECOVER"})
_MOST_TURNS = 40


def write_story(year: Year, folder: Path) -> Path:
    """Write the story and its pictures to a folder and return the page; OSError where the disk will not."""
    folder.mkdir(parents=True, exist_ok=True)
    section = Section(year.cast.name, "simulated", (), (), _pictures(year))
    drawn = draw(section, folder)
    page = folder / f"{year.cast.name}.md"
    page.write_text(_page(year, [path.name for path in drawn]))
    return page


def _page(year: Year, pictures: list[str]) -> str:
    profile, days = year.profile, year.days
    who = f"{profile.age:.0f}, {'a woman' if profile.sex == 'f' else 'a man'}, {profile.experience}"
    lines = [
        f"# {year.cast.title}",
        "",
        f"Written by `kadenz sim year --seed {year.seed} --person {year.cast.name} --days {len(days)}`. Everybody and "
        "everything here is simulated; the coach saw only what a diary holds, the truth is shown for the reader.",
        "",
        f"Runner {year.number} of seed {year.seed}: {who}; says no more than that. The diary begins six weeks earlier.",
        "",
        *_sums(year),
        "",
        *(f"![{picture.title}]({name})" for picture, name in zip(_pictures(year), pictures, strict=True)),
        "",
        "## Turning points",
        "",
        *_turns(year),
        "",
        "## What it came to believe",
        "",
        *_beliefs(days),
        "",
    ]
    return "\n".join(lines)


def _sums(year: Year) -> list[str]:
    days = year.days
    wished = [d.decision.session.distance_m for d in days if d.decision.session is not None]
    done = sum(d.done_m for d in days)
    followed = sum(d.followed for d in days)
    painful = sum(d.pain >= 1.0 for d in days)
    high = sum(d.altitude_m > 1500.0 for d in days)
    return [
        f"- {km(sum(wished))} suggested, {km(done)} run; followed on {followed} of {len(days)} days.",
        f"- {painful} days with pain of 1 or more, {sum(d.ill for d in days)} ill, {high} above 1,500 m.",
    ]


def _turns(year: Year) -> list[str]:
    """Return the days on which a rule began to speak, the person said something new, or the race was run."""
    told, before, pained = [], frozenset[str](), False
    for one in year.days:
        rules = frozenset(one.decision.rule_ids) - _DAILY
        new = sorted(rules - before)
        hurts = any(c.kind == "pain" for c in one.said)
        if new or (hurts and not pained) or any(c.kind == "illness" for c in one.said):
            told.append(_turn(year, one, new))
        before, pained = rules, hurts or (pained and one.pain > 0.0)
    shown = told[:_MOST_TURNS]
    return shown + ([f"- … and {len(told) - len(shown)} more"] if len(told) > len(shown) else [])


def _turn(year: Year, one: Day, new: list[str]) -> str:
    when = f"{_EPOCH + timedelta(days=one.day):%a %d %b}, day {one.day - year.first_day + 1}"
    because = next((r.text for r in one.decision.because if set(r.evidence) & set(new)), one.decision.because[0].text)
    texts = f" Rules: {', '.join(new)}." if new else ""
    did = f" Did: {km(one.done_m)}." if one.done_m > 0.0 else " Did: no run."
    said = "".join(f" Said: {' '.join(w for w in (c.side, c.area, c.kind.replace('_', ' ')) if w)}"
                   + (f" {c.severity:.0f} of 10." if math.isfinite(c.severity) else ".") for c in one.said)  # fmt: skip
    return f"- **{when}**: {one.decision.show} *Because: {because}*{texts}{did}{said}"


def _beliefs(days: tuple[Day, ...]) -> list[str]:
    lines = ["| day | 10 km believed | true | easy heart rate believed | true | used to |", "|---|---|---|---|---|---|"]
    for at in sorted({0, 6, 27, len(days) // 4, len(days) // 2, 3 * len(days) // 4, len(days) - 1}):
        if at < len(days):
            lines.append(_belief(at, days[at]))
    return lines


def _belief(at: int, one: Day) -> str:
    believed = clock(one.believed_10k_s) if math.isfinite(one.believed_10k_s) else "not yet"
    used = metres(one.used_to_m) if math.isfinite(one.used_to_m) else "not yet"
    heart = f"{one.believed_easy_bpm:.0f} | {one.true_easy_bpm:.0f} beats/min"
    return f"| {at + 1} | {believed} | {clock(one.true_10k_s)} | {heart} | {used} |"


def _pictures(year: Year) -> tuple[Picture, ...]:
    days = year.days
    day = np.arange(1.0, len(days) + 1.0)
    taken = np.array([d.followed or d.done_m > 0.0 for d in days])
    wished = taken * np.array([d.decision.session.distance_m if d.decision.session else 0.0 for d in days]) / 1000.0
    done = np.array([d.done_m for d in days]) / 1000.0
    whole = len(days) // 7
    week, weeks = np.arange(7 * whole) // 7, np.arange(1.0, whole + 1.0)
    plan = Plot("plan", "Km a week: run, and suggested for those days (simulated)", "week", "km", (
        Line("suggested", weeks, _sums_by(week, wished)),
        Line("run", weeks, _sums_by(week, done)),
    ))  # fmt: skip
    fitness = Plot("fitness", "10 km time, believed and true (simulated)", "day", "min", (
        Line("believed", day, np.array([d.believed_10k_s for d in days]) / 60.0),
        Line("true", day, np.array([d.true_10k_s for d in days]) / 60.0),
    ))  # fmt: skip
    heart = Plot("heart", "Easy heart rate, believed and true (simulated)", "day", "beats/min", (
        Line("believed", day, np.array([d.believed_easy_bpm for d in days])),
        Line("true", day, np.array([d.true_easy_bpm for d in days])),
    ))  # fmt: skip
    return (plan, fitness, heart, _safety(days, day))


def _sums_by(week: NDArray[np.int64], km_of_day: Column) -> Column:
    return np.bincount(week, km_of_day[: len(week)]).astype(np.float64)


def _safety(days: tuple[Day, ...], day: Column) -> Plot:
    """Return on which days which rule spoke, and the true pain."""
    lines = [Line("true pain, 0 to 10", day, np.array([d.pain for d in days]))]
    for place, rule in enumerate(_spoken(days)):
        at = np.array([k for k, d in enumerate(days) if rule in d.decision.rule_ids], dtype=np.float64) + 1.0
        lines.append(Line(rule, at, np.full(len(at), -1.0 - place), points=True))
    return Plot("safety", "Which rules spoke, and the pain that was there (simulated)", "day", "", tuple(lines))


def _spoken(days: tuple[Day, ...]) -> Iterator[str]:
    told = {rule for d in days for rule in d.decision.rule_ids}
    return (rule for rule in RULES if rule in told and rule not in _DAILY)


def year_document(year: Year, page: Path) -> dict[str, object]:
    """Return the year in numbers as `kadenz sim year --json` prints it."""
    days = year.days
    rules: dict[str, int] = {}
    for one in days:
        for rule in one.decision.rule_ids:
            rules[rule] = rules.get(rule, 0) + 1
    wished = [d.decision.session.distance_m for d in days if d.decision.session is not None]
    return {
        "simulated": True,
        "person": year.cast.name,
        "seed": year.seed,
        "days": len(days),
        "suggested_m": float(sum(wished)),
        "done_m": sum(d.done_m for d in days),
        "followed_days": sum(d.followed for d in days),
        "pain_days": sum(d.pain >= 1.0 for d in days),
        "rules": rules,
        "page": str(page),
    }
