"""Answers about the day and what is ahead: why rest, why easier, how far, when again, and why no heart rate.

The rule of this file: it reads a decision and what the rules leave; it decides nothing, and names the runs behind it.
"""

from __future__ import annotations

import math
from dataclasses import replace

from edge.coach.ask import words
from edge.coach.ask.questions import Question
from edge.coach.ask.reply import Answer
from edge.coach.beliefs import State
from edge.coach.injury import next_step
from edge.coach.rules import RULES, RUNNING_KINDS, Limits, limits_of
from edge.coach.telling import is_far_below
from edge.coach.today import decide
from edge.coach.types import Decision, RacePredictor, Reason, RunFact
from edge.coach.whatif import local_day
from edge.coach.words import sentence as capital

#: The kinds that this file answers, and of those the ones that need today's decision.
KINDS = ("today", "why_rest", "why_easier", "why_no_heart", "when_again", "how_safe")
#: So many reasons answer a why; the rest waits for `kadenz why`.
MOST_REASONS = 3
_EASY = frozenset({"easy", "return", "first", "walk-run", "rest", "walk", "bike", "pool", "strength"})
_NO_HEART_RULES = ("R-BETA", "R-PREGNANT")
#: Kinds that never have a heart-rate target: they are by feel and short.
_BY_FEEL = frozenset({"walk-run", "walk", "bike", "pool", "strength", "rest"})


def about_today(
    question: Question, runs: list[RunFact], state: State, predictor: RacePredictor | None, next_run_day: int
) -> Answer:
    """Return the answer to a question of `KINDS`; `next_run_day` is the first local day with a planned run, or -1."""
    there, today = replace(state, language=question.language), state.today
    if question.kind == "how_safe":
        return _how_safe(question, there, runs)
    decision = decide(there, predictor)
    if question.kind == "today":
        return _told(question, decision.show, decision.because[:1], runs, today)
    if question.kind == "why_rest":
        return _why_rest(question, decision, runs, today)
    if question.kind == "why_easier":
        return _why_easier(question, decision, runs, today)
    if question.kind == "why_no_heart":
        return _why_no_heart(question, decision, there, runs)
    return _when_again(question, decision, there, runs, next_run_day)


def _told(
    question: Question, text: str, reasons: tuple[Reason, ...], runs: list[RunFact], today: int, known: bool = True
) -> Answer:
    """Return an answer with the numbers of its reasons and the runs they name."""
    ids = {one.run_id for one in runs}
    named = [one for reason in reasons for one in reason.evidence if one in ids]
    evidence = tuple(dict.fromkeys((*named, *_runs_behind(reasons, runs, today))))
    numbers = tuple(number for reason in reasons for number in reason.numbers)
    causes = tuple(dict.fromkeys(one for reason in reasons for one in reason.evidence if one in RULES))
    return Answer(question.kind, known, text, numbers, evidence, causes)


def _runs_behind(reasons: tuple[Reason, ...], runs: list[RunFact], today: int) -> list[str]:
    """Return the runs that a reason counts by days: those in a row, the last hard one, the race."""
    days: set[int] = set()
    for reason in reasons:
        for name, value in reason.numbers:
            if name == "days_in_a_row":
                last = today if any(local_day(one) == today for one in runs) else today - 1
                days |= set(range(last - round(value) + 1, last + 1))
            elif name == "runs_6d":
                days |= set(range(today - 6, today))
            elif name in ("days_since_hard", "days_since_race") and value >= 0.0:
                days.add(today - round(value))
    return [one.run_id for one in runs if local_day(one) in days]


def _because(decision: Decision) -> tuple[Reason, ...]:
    """Return the reasons that took something away, by a rule; without one the first of all."""
    session = decision.session
    near = [r for r in decision.because if session is None or not is_far_below(r, session)]
    ruled = [r for r in near if any(one in RULES and not one.startswith("F-") for one in r.evidence)]
    return tuple((ruled or near)[:MOST_REASONS])


def _why_rest(question: Question, decision: Decision, runs: list[RunFact], today: int) -> Answer:
    say = words.of(question.language)
    if decision.session is not None and decision.session.kind in RUNNING_KINDS | {"walk-run", "race"}:
        return _told(question, f"{say('no rest today')} {decision.show}", (), runs, today)
    reasons = _because(decision)
    return _told(question, " ".join((decision.show, *(capital(r.text) for r in reasons))), reasons, runs, today)


def _why_easier(question: Question, decision: Decision, runs: list[RunFact], today: int) -> Answer:
    say = words.of(question.language)
    if decision.session is not None and decision.session.kind not in _EASY:
        return _told(question, f"{say('not easier today')} {decision.show}", (), runs, today)
    reasons = _because(decision)
    return _told(question, " ".join((decision.show, *(capital(r.text) for r in reasons))), reasons, runs, today)


def _why_no_heart(question: Question, decision: Decision, state: State, runs: list[RunFact]) -> Answer:
    say, session, today = words.of(question.language), decision.session, state.today
    if session is not None and math.isfinite(session.hr_low_bpm):
        numbers = (("hr_low_bpm", session.hr_low_bpm), ("hr_high_bpm", session.hr_high_bpm))
        text = say("there is one", low=session.hr_low_bpm, high=session.hr_high_bpm)
        return Answer(question.kind, True, text, numbers)
    ruled = tuple(r for r in decision.because if set(r.evidence) & set(_NO_HEART_RULES))
    if ruled:
        return _told(question, " ".join(r.text for r in ruled[:1]), ruled[:1], runs, today)
    if session is not None and session.kind == "rest":
        return Answer(question.kind, True, say("rest has none"))
    if session is None or session.kind in _BY_FEEL:
        return Answer(question.kind, True, f"{say('by feel')} {decision.show}")
    if state.max_hr_bpm.source == "people like you" and not state.heart.runs:
        return Answer(question.kind, True, say("no heart known"), (("runs_with_heart_rate", 0.0),))
    return Answer(question.kind, False, say("no heart cause"))


def _when_again(question: Question, decision: Decision, state: State, runs: list[RunFact], next_run_day: int) -> Answer:
    say, session, today = words.of(question.language), decision.session, state.today
    if session is not None and session.kind in RUNNING_KINDS | {"walk-run", "race"}:
        return _told(question, f"{say('run today')} {decision.show}", decision.because[:1], runs, today)
    if {"R-REDFLAG", "R-BONE", "R-CLINICIAN"} & set(decision.rule_ids):
        return _told(question, f"{say('after a clinician')} {decision.show}", _because(decision)[:1], runs, today)
    hurts = [one for one in state.injuries if one.state not in ("watch", "full")]
    if hurts:
        steps = [capital(next_step(one, state.now_unix_s, question.language)) for one in hurts]
        text = " ".join((say("by the ladder"), *(f"{step}." for step in steps)))
        return Answer(question.kind, True, text, (("places", float(len(hurts))),))
    reasons = _because(decision)[:1]
    if next_run_day > state.today:
        ahead = next_run_day - today
        when = say("tomorrow") if ahead == 1 else say("in days", days=ahead)
        text = say("next run", day=words.date(next_run_day), when=when)
        return _told(question, " ".join((text, *(r.text for r in reasons))), reasons, runs, today)
    return _told(
        question, " ".join((say("no day known"), *(r.text for r in reasons))), reasons, runs, today, known=False
    )


def _how_safe(question: Question, state: State, runs: list[RunFact]) -> Answer:
    say, limits, today = words.of(question.language), limits_of(state), state.today
    if limits.seek_help or not limits.kinds & (RUNNING_KINDS | {"walk-run"}):
        return _told(question, " ".join((say("no running today"), *_texts(limits))), limits.reasons[-1:], runs, today)
    binding = min(
        (r for r in limits.reasons if "limit_m" in dict(r.numbers)),
        key=lambda r: dict(r.numbers)["limit_m"],
        default=None,
    )
    if not math.isfinite(limits.distance_m):
        return Answer(question.kind, False, say("no limit known"))
    text = say("at most", km=math.floor(limits.distance_m / 100.0) / 10.0)
    if math.isfinite(limits.duration_s):
        text += " " + say("and minutes", minutes=math.floor(limits.duration_s / 60.0))
    because = "" if binding is None else binding.text + " "
    whole = f"{text} {because}{say('no promise')}"
    numbers = (("limit_m", limits.distance_m),)
    found = _told(question, whole, () if binding is None else (binding,), runs, today)
    return replace(found, numbers=numbers)


def _texts(limits: Limits) -> tuple[str, ...]:
    return (
        (limits.seek_help,)
        if limits.seek_help
        else tuple(r.text for r in limits.reasons if r.evidence[:1] != ("R-110",))[:2]
    )
