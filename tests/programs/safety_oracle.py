"""What the rules of docs/coach.md promise, read a second time: from their texts, sharing no code with the rules.

The rule of this file: it looks at what was said, at the runs and at the decision alone, never at limits, injuries or
reasons, and it may be weaker than a rule but never stricter.
"""

from __future__ import annotations

import math

from safety_forms import NOT_RUNNING, forms, offered
from safety_life import DAY, Life, day_of, of, once, words_of
from safety_more import pattern_breaches

from edge.coach.types import Decision, Session

HARD = {"steady", "intervals", "long", "race"}


def breaches(decision: Decision, life: Life) -> list[str]:
    """Return every promise that a decision breaks, by the id of its rule."""
    found = forms(decision)
    if _red_flag(life):
        return found + _help_only(decision)
    sessions = offered(decision)
    kinds = {s.kind for s in sessions}
    runs = [s for s in sessions if s.kind not in NOT_RUNNING]
    if life.patterns and not life.race_today:
        found += pattern_breaches(life.patterns, sessions, life.runs, life.now_s, life.offset_s)
    found += ["R-ALTITUDE arrival ahead of now"] if life.hours_here < 0 else []
    found += [f"R-110 {s}" for s in runs if s.kind != "race" and not _within_110(s, life)]
    if _no_running(life) and runs:
        found.append(f"{_no_running(life)} running {kinds}")
    if _rest_only(life) and kinds != {"rest"}:
        found.append(f"{_rest_only(life)} not rest {kinds}")
    found += _training(life, decision, sessions, kinds)
    if _gentle(life) and kinds & HARD:
        found.append(f"{_gentle(life)} hard {kinds}")
    found += [f"{why} {s.duration_s:.0f} s" for why, most in _most_s(life) for s in sessions if s.duration_s > most + 1]
    if _walk_run(life) and any(s.kind != "walk-run" for s in runs):
        found.append(f"R-PAIN-EASE or R-LADDER {kinds}")
    if _no_heart(life) and any(not math.isnan(s.hr_low_bpm) for s in sessions):
        found.append("R-BETA heart rate")
    if life.race_today and any(s.kind == "race" for s in sessions) and _no_race(life):
        found.append(f"R-RACE-GO {_no_race(life)}")
    return found


def _red_flag(life: Life) -> bool:
    """A red flag, or pain in the chest at any number, that no clinician has cleared since."""
    flagged = False
    for o in life.said:
        c = o.constraint
        if c.kind == "red_flag":
            flagged = "cleared" not in words_of(o)
        elif c.kind == "pain" and ((c.area == "chest" and c.severity != 0) or (c.area == "head" and c.severity >= 7)):
            flagged = True
    return flagged


def _help_only(decision: Decision) -> list[str]:
    found = []
    if (
        {s.kind for s in offered(decision)} != {"rest"}
        or decision.alternatives
        or any(not card.content_id.startswith(("red-flag", "help")) for card in decision.content)
        or decision.forecast
    ):
        found.append(f"R-REDFLAG training {decision.show}")
    help_words = ("call", "help", "doctor", "clinician", "talk to somebody", "ruf ", "hilfe", "ärzt", "arzt")
    if not any(word in decision.show.lower() for word in help_words):
        found.append(f"R-REDFLAG no help {decision.show}")
    if "R-REDFLAG" not in decision.rule_ids:
        found.append("R-REDFLAG not named")
    return found


def _within_110(s: Session, life: Life) -> bool:
    window = [(m, t) for at, m, t in life.runs if life.now_s - 30 * DAY < at <= life.now_s]
    if not window:
        return True
    return s.distance_m <= 1.1 * max(m for m, _ in window) and s.duration_s <= 1.1 * max(t for _, t in window) + 1


def _training(life: Life, decision: Decision, sessions: list[Session], kinds: set[str]) -> list[str]:
    """Return what breaks the rules about the runs done, and a wish to look away that got no answer."""
    found = []
    today = day_of(life, life.now_s)
    if any(o.constraint.kind == "override_request" and day_of(life, o.said_unix_s) == today for o in life.said):
        found += [] if life.race_today or "R-OVERRIDE" in decision.rule_ids else ["R-OVERRIDE not answered"]
    if life.race_today or not life.runs:
        return found
    days = [(day_of(life, at), m) for at, m, _ in life.runs]
    if any(day == today for day, _ in days) and kinds != {"rest"}:
        found.append(f"R-DONE {kinds}")
    if any(today - day <= 2 and m >= 40000.0 for day, m in days) and kinds != {"rest"}:
        found.append(f"R-RECOVER no rest {kinds}")
    if any(today - day <= 10 and m >= 40000.0 for day, m in days) and kinds & HARD:
        found.append(f"R-RECOVER hard {kinds}")
    others = [m for day, m in days if today - 60 < day < today - 1]
    if len(others) > 1 and kinds & HARD and any(day == today - 1 and m >= 2.0 * max(others) for day, m in days):
        found.append(f"R-HARDEASY {kinds}")
    if today - days[-1][0] >= 14:
        former = max(m for day, m in days if day > days[-1][0] - 30)
        found += [f"R-RETURN {s}" for s in sessions if s.distance_m > max(0.6 * former, 5000.0)]
        found += ["R-RETURN hard"] if kinds & HARD else []
    return found


# Pain, by what was said of each place


@once
def _places(life: Life) -> list[tuple[str, str]]:
    pains = [o.constraint for o in of(life, "pain") if o.constraint.area not in ("chest", "head")]
    return list({(c.area or "other", c.side) for c in pains})


@once
def _reports(life: Life, area: str, side: str) -> list[tuple[float, float, frozenset[str]]]:
    """The time, number and words of all that was said of a place; relief is 0, and counts only for the whole place."""
    told = []
    for o in life.said:
        c = o.constraint
        if c.kind == "pain" and (c.area or "other", c.side) == (area, side):
            told.append((o.said_unix_s, 4.0 if math.isnan(c.severity) else c.severity, words_of(o)))
        elif c.kind in ("pain", "pain_resolved"):
            number = 0.0 if c.kind == "pain_resolved" else c.severity
            whole = c.side in ("", "both") or c.side == side
            if number <= 2 and whole and (c.area == area or (c.area == "" and c.side == "")):
                told.append((o.said_unix_s, number, words_of(o)))
    return told


@once
def _sore(life: Life, area: str, side: str) -> tuple[float, float, list[float]]:
    """The last pain of 3 or more: when, how much, and the times of reports of 2 at most on later days."""
    told = _reports(life, area, side)
    last = max((at for at, n, _ in told if n >= 3), default=math.nan)
    if math.isnan(last):
        return math.nan, 0.0, []
    number = max(n for at, n, _ in told if at == last)
    return last, number, [at for at, n, _ in told if n <= 2 and day_of(life, at) > day_of(life, last)]


@once
def _stopped(life: Life) -> bool:
    """Some place hurt 5 or more and nothing better was said of it on a later day, or bone stress is not cleared."""
    for area, side in _places(life):
        _, number, relief = _sore(life, area, side)
        if number >= 5 and not relief:
            return True
    return _bone(life)


@once
def _bone(life: Life) -> bool:
    """Pain at night or at rest in foot, shin, hip or groin, and no clinician's word since."""
    for area, side in _places(life):
        if area not in ("foot", "shin", "hip", "groin"):
            continue
        signs = False
        for _, number, told in _reports(life, area, side):
            if number > 0 and told & {"night", "rest"}:
                signs = True
            elif number <= 2 and "cleared" in told:
                signs = False
        if signs:
            return True
    return False


@once
def _walk_run(life: Life) -> bool:
    """Some place hurt 3 or more, and no run has earned more than walking and jogging: nothing but that."""
    for area, side in _places(life):
        last, _, relief = _sore(life, area, side)
        if math.isnan(last):
            continue
        ran = [at for at, _, _ in life.runs if relief and relief[0] < at <= life.now_s]
        told_after = [at for at in relief if ran and day_of(life, at) > day_of(life, ran[0])]
        if not relief or not told_after or life.now_s - relief[0] < 3 * DAY:
            return True
    return False


@once
def _just_back(life: Life) -> bool:
    """Less than three weeks since the first better day after pain of 3 or more."""
    for area, side in _places(life):
        last, _, relief = _sore(life, area, side)
        if not math.isnan(last) and (not relief or life.now_s - relief[0] < 21 * DAY):
            return True
    return False


# Illness, medicines, the day


@once
def _fever_rest(life: Life) -> bool:
    ill = of(life, "illness")
    fever = [o for o in ill if "fever" in words_of(o) and not words_of(o) & {"no", "without", "gone", "over"}]
    if not fever:
        return False
    last = fever[-1].said_unix_s
    ends = [o.said_unix_s for o in ill if o.said_unix_s > last and words_of(o) & {"gone", "over", "no", "without",
            "resolved", "ended", "recovered", "cleared", "stopped"}]  # fmt: skip
    return life.now_s < (ends[-1] + 24 * 3600.0 if ends else last + 48 * 3600.0)


@once
def _ill_rest(life: Life) -> bool:
    """Flu, stomach, covid or a cough within a day, nothing said since."""
    ill = of(life, "illness")
    if not ill or life.now_s - ill[-1].said_unix_s >= DAY:
        return False
    said = words_of(ill[-1])
    return bool(said & {"flu", "stomach", "covid", "cough"}) and not said & {"gone", "over", "recovered", "resolved"}


@once
def _mountain(life: Life) -> bool:
    """A headache said above 2,000 m within three days and nothing of its end."""
    if not life.here_m > 2000.0:
        return False
    heads = [o for o in life.said if o.constraint.area == "head" and o.constraint.kind in ("pain", "pain_resolved")]
    over = [o for o in of(life, "illness") if words_of(o) & {"gone", "over", "recovered", "resolved", "ended",
            "cleared", "stopped"}] + [o for o in of(life, "red_flag") if "cleared" in words_of(o)]  # fmt: skip
    if not heads or heads[-1].constraint.kind == "pain_resolved" or heads[-1].constraint.severity == 0:
        return False
    at = heads[-1].said_unix_s
    return life.now_s - at < 3 * DAY and not any(o.said_unix_s >= at for o in over)


@once
def _energy(life: Life) -> bool:
    reds = of(life, "red_s")
    return bool(reds) and "cleared" not in words_of(reds[-1]) and life.now_s - reds[-1].said_unix_s < 60 * DAY


@once
def _bmi(life: Life) -> float:
    height, weight = life.profile.height_m, life.profile.weight_kg
    told = [o for o in of(life, "weight_goal") if words_of(o) & {"now", "current", "weigh", "weight", "measured"}]
    if told or not (1.0 <= height <= 2.5 and 20 <= weight <= 300):
        return math.nan
    return weight / height**2


@once
def _pregnant(life: Life) -> bool:
    told = of(life, "pregnancy")
    return bool(told) and "pregnant" in words_of(told[-1]) and not words_of(told[-1]) & {"no", "not"} and (
        life.now_s - told[-1].said_unix_s < 60 * DAY
    )  # fmt: skip


@once
def _weeks_after_birth(life: Life) -> float:
    """Weeks since a birth as said last; NaN with none."""
    told = of(life, "pregnancy")
    if not told or not words_of(told[-1]) & {"postpartum", "birth"} or words_of(told[-1]) & {"no", "not"}:
        return math.nan
    weeks = told[-1].constraint.value
    return (weeks if 0 <= weeks <= 150 else 0.0) + (life.now_s - told[-1].said_unix_s) / (7 * DAY)


def _said_within(life: Life, kind: str, hours: float, chosen: set[str]) -> bool:
    return any(life.now_s - o.said_unix_s < hours * 3600 and words_of(o) & chosen for o in of(life, kind))


@once
def _tired(life: Life) -> bool:
    bad = (
        ("sleep", {"bad"}),
        ("stress", {"high"}),
        ("mood", {"bad"}),
        ("shift_work", {"night"}),
        ("fatigue", {"sore"}),
    )
    return any(_said_within(life, kind, 24, chosen) for kind, chosen in bad)


def _too_hot(life: Life) -> bool:
    return life.wbgt_high_c >= 28.0


# What follows from it


@once
def _rest_only(life: Life) -> str:
    if _fever_rest(life):
        return "R-FEVER"
    if _ill_rest(life):
        return "R-ILL"
    if _mountain(life):
        return "R-AMS"
    today = day_of(life, life.now_s)
    if any(
        o.constraint.situation == "today" and day_of(life, o.said_unix_s) == today for o in of(life, "availability")
    ):
        return "R-AVAILABLE"
    return "R-BONE" if _bone(life) else ""


@once
def _no_running(life: Life) -> str:
    if _rest_only(life):
        return _rest_only(life)
    if _stopped(life):
        return "R-PAIN-STOP"
    if _weeks_after_birth(life) < 12:
        return "R-POSTPARTUM"
    if _pregnant(life) and (life.wbgt_high_c >= 23.0 or (life.here_m > 2500 and not life.used_m >= life.here_m - 300)):
        return "R-PREGNANT"
    return "R-HEAT" if _too_hot(life) else ""


@once
def _gentle(life: Life) -> str:
    """Return the rule that forbids anything hard or long, or a race that is not forbidden by its own rule."""
    if life.race_today:
        return ""
    high = life.here_m > 1800 and not life.used_m > life.here_m - 300 and 0 <= life.hours_here < 48
    checks = (
        ("R-PAIN", bool(life.profile.injuries)), ("R-LADDER", _just_back(life)), ("R-YOUTH", life.profile.age < 18),
        ("R-PREGNANT", _pregnant(life)), ("R-POSTPARTUM", _weeks_after_birth(life) < 26), ("R-REDS", _energy(life)),
        ("R-UNDERWEIGHT", not life.profile.age < 18 and _bmi(life) < 18.5), ("R-ALTITUDE", high), ("day", _tired(life)),
        ("R-HEAT", life.wbgt_high_c >= 23.0),
        ("R-MEDS", _said_within(life, "medication", 24, {"painkiller", "antibiotic", "ciprofloxacin"})),
        ("R-MEDS", _said_within(life, "medication", 14 * 24, {"antibiotic", "ciprofloxacin"})),
        ("R-FEVER", _said_within(life, "illness", 48, {"flu", "stomach", "covid", "cough", "cold"})),
    )  # fmt: skip
    return next((rule for rule, holds in checks if holds), "")


def _most_s(life: Life) -> list[tuple[str, float]]:
    """Return the longest a session may take in s, by rule; races are not looked at here."""
    found = []
    if life.race_today:
        return found
    if life.profile.age < 18:
        found.append(("R-YOUTH", 3600.0))
    if _pregnant(life):
        found.append(("R-PREGNANT", 3600.0))
    if _energy(life) or (not life.profile.age < 18 and _bmi(life) < 18.5):
        found.append(("R-REDS", 2700.0))
    today = day_of(life, life.now_s)
    told = [o.constraint.value for o in of(life, "time") if day_of(life, o.said_unix_s) == today]
    found += [("R-TIME", max(value, 0.0) * 60.0) for value in told if math.isfinite(value)]
    return found


def _no_heart(life: Life) -> bool:
    beta = [o for o in of(life, "medication") if words_of(o) & {"beta", "bisoprolol"}]
    said = bool(beta) and not words_of(beta[-1]) & {"stopped", "over", "ended", "gone"}
    return life.profile.beta_blockers or said or _pregnant(life)


@once
def _no_race(life: Life) -> str:
    if _no_running(life):
        return _no_running(life)
    checks = (
        ("R-LADDER", _walk_run(life)), ("R-PREGNANT", _pregnant(life)), ("R-POSTPARTUM", _weeks_after_birth(life) < 26),
        ("R-REDS", _energy(life)), ("R-UNDERWEIGHT", not life.profile.age < 18 and _bmi(life) < 18.5),
    )  # fmt: skip
    return next((rule for rule, holds in checks if holds), "")
