"""A simulated year as a picture story: pages in Markdown, pictures by matplotlib (extra `bench`).

The rule of this file: it tells what happened and what was said, with the truth beside it; it decides nothing.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path

from app.year import Day, Year
from app.year_picture import DAILY, draw_year
from edge.coach.said import Constraint
from edge.coach.words import clock, km, metres
from edge.samples import Estimate

_EPOCH = date(1970, 1, 1)
_MOST_TURNS = 40


def write_story(year: Year, folder: Path) -> Path:
    """Write the story and its picture to a folder and return the page; OSError where the disk will not."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = draw_year(year, folder / f"{year.cast.name}.png")
    page = folder / f"{year.cast.name}.md"
    page.write_text(_page(year, picture.name))
    return page


def _page(year: Year, picture: str) -> str:
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
        f"![A year in one picture: km a week run and suggested, the 10 km time, the easy heart rate and the weight "
        f"believed and true, pain and the rules that spoke (simulated)]({picture})",
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
        rules = frozenset(one.decision.rule_ids) - DAILY
        new = sorted(rules - before)
        hurts = any(c.kind == "pain" for c in one.said)
        if new or (hurts and not pained) or any(c.kind == "illness" for c in one.said):
            told.append(_turn(year, one, new))
        before, pained = rules, hurts or (pained and one.pain > 0.0)
    shown = told[:_MOST_TURNS]
    return shown + ([f"- … and {len(told) - len(shown)} more"] if len(told) > len(shown) else [])


def _turn(year: Year, one: Day, new: list[str]) -> str:
    when = f"{_EPOCH + timedelta(days=one.day):%a %d %b}, day {one.day - year.first_day + 1}"
    because = one.decision.because[0]
    also = [r.text for r in one.decision.because[1:] if set(r.evidence) & set(new)][:2]
    texts = f" Rules that begin to speak: {', '.join(new)}." if new else ""
    did = f" Did: {km(one.done_m)}." if one.done_m > 0.0 else " Did: no run."
    said = "".join(f" Said: {_said(c)}." for c in one.said)
    return f"- **{when}**: {one.decision.show} *Because: {' '.join((because.text, *also))}*{texts}{did}{said}"


def _said(constraint: Constraint) -> str:
    """Return what the person said in a few words."""
    kind, value = constraint.kind, constraint.value
    if kind == "weight_goal":
        return f"weighs {value:.1f} kg"
    severity = f" {constraint.severity:.0f} of 10" if math.isfinite(constraint.severity) else ""
    words = (constraint.side, constraint.area, kind.replace("_", " "), constraint.situation)
    return " ".join(word for word in words if word) + severity


def _beliefs(days: tuple[Day, ...]) -> list[str]:
    lines = [
        "In brackets the interval that was believed; a truth outside is marked.",
        "",
        "| day | 10 km believed | true | easy heart rate believed | true | used to |",
        "|---|---|---|---|---|---|",
    ]
    for at in sorted({0, 6, 27, len(days) // 4, len(days) // 2, 3 * len(days) // 4, len(days) - 1}):
        if at < len(days):
            lines.append(_belief(at, days[at]))
    inside = [_inside(d.believed_10k_s, d.true_10k_s) for d in days if math.isfinite(d.believed_10k_s.value)]
    heart = [_inside(d.believed_easy_bpm, d.true_easy_bpm) for d in days]
    share = f"{sum(inside)} of {len(inside)} days for the 10 km" if inside else "never known for the 10 km"
    lines += ["", f"The truth lay inside on {share}, on {sum(heart)} of {len(heart)} for the heart rate."]
    return lines


def _belief(at: int, one: Day) -> str:
    believed, heart = one.believed_10k_s, one.believed_easy_bpm
    ten = "not yet"
    if math.isfinite(believed.value):
        ten = f"{clock(believed.value)} ({clock(believed.low)} to {clock(believed.high)})"
    used = metres(one.used_to_m) if math.isfinite(one.used_to_m) else "not yet"
    beats = f"{heart.value:.0f} ({heart.low:.0f} to {heart.high:.0f})"
    true_10k = clock(one.true_10k_s) + _mark(believed, one.true_10k_s)
    true_bpm = f"{one.true_easy_bpm:.0f} beats/min" + _mark(heart, one.true_easy_bpm)
    return f"| {at + 1} | {ten} | {true_10k} | {beats} | {true_bpm} | {used} |"


def _inside(believed: Estimate, truth: float) -> bool:
    return believed.low <= truth <= believed.high


def _mark(believed: Estimate, truth: float) -> str:
    return "" if _inside(believed, truth) or not math.isfinite(believed.value) else " (outside)"


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
