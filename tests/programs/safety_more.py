"""What patterns of pain, a chooser, and a model of one person may never do, by a reading of the promises alone.

The rule of this file: it may be weaker than a rule but never stricter; what is compared is a decision with the thing
and the same decision without it.
"""

from __future__ import annotations

import math

from safety_forms import NOT_RUNNING, offered

from edge.coach.rules.limits import Limits
from edge.coach.types import Decision, Pattern, Picked, Session

DAY_S = 86400.0
HARD = {"steady", "intervals", "long"}
LOW = NOT_RUNNING | {"walk-run"}


def pattern_breaches(
    patterns: tuple[Pattern, ...],
    sessions: list[Session],
    runs: tuple[tuple[float, float, float], ...],
    now_s: float,
    offset_s: float,
) -> list[str]:
    """Return what sessions (races left out) ask for beyond what a pattern says is borne."""
    found = []
    for one in patterns:
        if not math.isfinite(one.most):
            continue
        for s in sessions:
            far = one.dose == "distance" and one.most > 0.0 and s.distance_m > 1000.0 * one.most + 1e-6
            fast = one.dose == "speed" and one.most > 0.0 and s.kind in HARD
            row = one.dose == "row" and s.kind not in LOW and _in_a_row(runs, now_s, offset_s) >= max(one.most, 1.0)
            found += [f"R-PATTERN {one.dose} {one.most:g}: {s}"] if s.kind != "race" and (far or fast or row) else []
    return found


def _in_a_row(runs: tuple[tuple[float, float, float], ...], now_s: float, offset_s: float) -> int:
    """Return the days run in a row up to yesterday."""
    ran = {int((at + offset_s) // DAY_S) for at, _, _ in runs}
    today, count = int((now_s + offset_s) // DAY_S), 0
    while today - 1 - count in ran:
        count += 1
    return count


def loosened(limits: Limits, without: Limits) -> list[str]:
    """Return what a pattern gave that was not left without it."""
    looser = {
        "distance": limits.distance_m > without.distance_m,
        "duration": limits.duration_s > without.duration_s,
        "kinds": not limits.kinds <= without.kinds,
        "effort": without.effort_only and not limits.effort_only,
        "heart rate": limits.heart_rate_allowed and not without.heart_rate_allowed,
        "race": limits.race_allowed and not without.race_allowed,
        "help": limits.seek_help != without.seek_help,
        "rules": not set(without.rule_ids) <= set(limits.rule_ids),
    }
    return [f"R-PATTERN loosens {name}" for name, so in looser.items() if so]


def harder(decision: Decision, without: Decision, what: str) -> list[str]:
    """Return where a decision with something asks for hard, or any, running that is not offered without it."""
    kinds, others = {s.kind for s in offered(decision)}, {s.kind for s in offered(without)}
    found = [f"{what} brings hard running {kinds}"] if kinds & HARD and not others & HARD else []
    return found + ([f"{what} brings running {kinds}"] if kinds - LOW and not others - LOW else [])


def moved_rules(decision: Decision, without: Decision) -> list[str]:
    """Return where a model of the person changed a rule or the kind of what is offered."""
    rules, others = ({i for i in d.rule_ids if i.startswith("R-")} for d in (decision, without))
    found = [f"a model moves rules: {sorted(rules ^ others)}"] if rules != others else []
    kinds = [s.kind for s in offered(decision)] != [s.kind for s in offered(without)]
    return found + (["a model changes what is offered"] if kinds else [])


def pick_breaches(before: Decision, after: Decision, picked: Picked) -> list[str]:
    """Return where a pick gave what the rules had not left, lost what they had, or is logged with no chance."""
    told = {repr(s) for s in offered(before)}, {repr(s) for s in offered(after)}
    return [f"choose {picked.name}: {what}" for what, so in (
        ("a session that was not left", not told[1] <= told[0]),
        ("a session is lost", not told[0] <= told[1]),
        ("a chance that is none", not 0.0 < after.propensity <= 1.0),
        ("other rules", after.rule_ids != before.rule_ids),
        ("other cards", after.content != before.content),
        ("more than planned", _more(before.session, after.session)),
    ) if so]  # fmt: skip


def _more(planned: Session | None, shown: Session | None) -> bool:
    if planned is None or shown is None:
        return planned is not shown
    return shown.distance_m > planned.distance_m or shown.duration_s > planned.duration_s + 60.0
