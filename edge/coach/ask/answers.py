"""Answers in words, English and German, each with the runs it rests on, or with what cannot be known.

The rule of this file: every number has its unit and comes from the diary or from a stated belief; none is made up.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from edge.coach.ask import about_today, words
from edge.coach.ask.causes import Cause, Explained, explained, explained_week
from edge.coach.ask.questions import Question
from edge.coach.ask.reply import Answer
from edge.coach.beliefs import State
from edge.coach.heart import line_bpm
from edge.coach.types import RacePredictor, RunFact
from edge.coach.whatif import local_day


def answer(
    question: Question,
    runs: list[RunFact],
    state: State,
    predictor: RacePredictor | None = None,
    next_run_day: int = -1,
) -> Answer:
    """Return the answer from the valid runs of a diary, oldest first, and what is believed now.

    Questions about today are answered by today's decision; `next_run_day` is the first local day planned with a run.
    """
    say = words.of(question.language)
    if question.kind in about_today.KINDS:
        return about_today.about_today(question, runs, state, predictor, next_run_day)
    if question.kind not in _ANSWERS:
        return Answer("", False, say("not understood"))
    return _ANSWERS[question.kind](question, runs, state, say)


Say = Callable[..., str]


def _between(question: Question, runs: list[RunFact]) -> list[RunFact]:
    return [one for one in runs if question.from_day <= local_day(one) <= question.to_day]


def _unknown(question: Question, say: Say, name: str, **values: object) -> Answer:
    return Answer(question.kind, False, say(name, **values))


def _why_pace(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    asked = _between(question, runs)
    if not asked:
        return _unknown(question, say, "no run then", days=words.days(question, say))
    run = max(asked, key=lambda one: one.distance_m)
    found = explained(run, runs, state)
    if found is None:
        return _unknown(question, say, "too few runs")
    head = say("beside usual", day=words.day(local_day(run), question.language), own=words.pace(found.own_s_per_km),
               usual=words.pace(found.usual_s_per_km), percent=100.0 * abs(found.slower),
               how=say("slower") if found.slower >= 0 else say("faster"))  # fmt: skip
    wanted = found.slower >= 0.01 if question.kind == "why_slow" else found.slower <= -0.01
    if not wanted:
        return _facts(question, f"{head} {say('not so')}", run, found, ())
    told = [words.cause(cause, say) for cause in found.causes]
    names = tuple(cause.name for cause in found.causes)
    if not told:
        return _facts(question, f"{head} {say('no cause')}", run, found, (), known=False)
    rest = say("rest unknown", percent=100.0 * abs(found.unexplained)) if abs(found.unexplained) >= 0.03 else ""
    return _facts(question, " ".join(part for part in (head, *told, rest) if part), run, found, names)


def _why_week(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    """Compare the runs of the last seven days with those of the seven before."""
    new = [one for one in runs if state.today - 7 < local_day(one) <= state.today]
    old = [one for one in runs if state.today - 14 < local_day(one) <= state.today - 7]
    found = explained_week(new, old, runs, state)
    if found is None:
        counts = (words.runs(len(new), say, True), words.runs(len(old), say, True))
        return _unknown(question, say, "too few in the weeks", new=counts[0], old=counts[1])
    head = say("weeks beside", new=words.runs(len(new), say, True), old=words.runs(len(old), say, True),
               own=words.pace(found.own_s_per_km), usual=words.pace(found.usual_s_per_km),
               percent=100.0 * abs(found.slower),
               how=say("slower") if found.slower >= 0 else say("faster"))  # fmt: skip
    numbers = (
        ("pace_s_per_km", found.own_s_per_km),
        ("usual_s_per_km", found.usual_s_per_km),
        ("slower", found.slower),
    )
    evidence = tuple(one.run_id for one in (*new, *old))
    if found.slower < 0.01:
        return Answer(question.kind, True, f"{head} {say('not so')}", numbers, evidence)
    return _with_causes(Answer(question.kind, True, head, numbers, evidence), found, say)


def _with_causes(told: Answer, found: Explained, say: Say) -> Answer:
    """Return an answer with the causes that were found after its head, or that none can be known."""
    causes: tuple[Cause, ...] = found.causes
    if not causes:
        return replace(told, known=False, text=f"{told.text} {say('no cause')}")
    rest = say("rest unknown", percent=100.0 * abs(found.unexplained)) if abs(found.unexplained) >= 0.03 else ""
    parts = (told.text, *(words.cause(cause, say) for cause in causes), rest)
    return replace(told, text=" ".join(part for part in parts if part), causes=tuple(cause.name for cause in causes))


def _facts(
    question: Question, text: str, run: RunFact, found: Explained, names: tuple[str, ...], known: bool = True
) -> Answer:
    numbers = (
        ("pace_s_per_km", found.own_s_per_km),
        ("usual_s_per_km", found.usual_s_per_km),
        ("slower", found.slower),
    )
    evidence = dict.fromkeys((run.run_id, *(one for cause in found.causes for one in cause.evidence)))
    return Answer(question.kind, known, text, numbers, tuple(evidence), names)


def _why_heart(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    asked = [one for one in _between(question, runs) if math.isfinite(one.avg_hr_bpm)]
    if not asked:
        return _unknown(question, say, "no heart then", days=words.days(question, say))
    run, line = max(asked, key=lambda one: one.distance_m), state.heart
    if line.runs < 3:
        return _unknown(question, say, "too few runs")
    speed = run.distance_m / run.moving_s
    expected, doubt = line_bpm(line, speed), 1.645 * line.residual_sd_bpm
    off = run.avg_hr_bpm - expected
    head = say("heart beside", day=words.day(local_day(run), question.language), bpm=run.avg_hr_bpm, expected=expected,
               low=expected - doubt, high=expected + doubt)  # fmt: skip
    verdict = say("heart as usual") if abs(off) <= doubt else say("heart above" if off > 0 else "heart below")
    found = explained(run, runs, state)
    told = (
        [words.cause(c, say) for c in found.causes if c.share == 0.0 or c.name in ("hills", "altitude")]
        if found
        else []
    )
    names = tuple(c.name for c in found.causes if c.share == 0.0 or c.name in ("hills", "altitude")) if found else ()
    tail = told if off > doubt else []
    more = say("heart unknown") if abs(off) > doubt else ""
    numbers = (("heart_rate_bpm", run.avg_hr_bpm), ("expected_bpm", expected))
    text = " ".join(part for part in (head, verdict, *tail, more) if part)
    return Answer(question.kind, True, text, numbers, (run.run_id,), names if off > doubt else ())


def _how_far(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    asked = _between(question, runs)
    total_m, total_s = sum(one.distance_m for one in asked), sum(one.moving_s for one in asked)
    when = words.days(question, say)
    if not asked:
        return Answer(question.kind, True, say("no run then", days=when), (("distance_m", 0.0), ("runs", 0.0)))
    text = say("total", days=when, km=total_m / 1000.0, runs=words.runs(len(asked), say), hours=words.duration(total_s))
    numbers = (("distance_m", total_m), ("moving_s", total_s), ("runs", float(len(asked))))
    return Answer(question.kind, True, text, numbers, tuple(one.run_id for one in asked))


def _how_often(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    asked = _between(question, runs)
    first = max(question.from_day, local_day(runs[0]) if runs else question.to_day)
    weeks = max((question.to_day - first + 1) / 7.0, 1.0)
    rate = len({local_day(one) for one in asked}) / weeks
    text = say("often", days=words.days(question, say), runs=words.runs(len(asked), say, True), rate=rate)
    return Answer(question.kind, True, text, (("runs", float(len(asked))), ("runs_a_week", rate)))


def _longest(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    run = max(_between(question, runs), key=lambda one: one.distance_m, default=None)
    if run is None:
        return _unknown(question, say, "no run then", days=words.days(question, say))
    text = say("longest", days=words.days(question, say), km=run.distance_m / 1000.0, time=words.duration(run.moving_s),
               day=words.date(local_day(run)))  # fmt: skip
    return Answer(question.kind, True, text, (("distance_m", run.distance_m),), (run.run_id,))


def _fastest(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    asked, far = _between(question, runs), question.distance_m
    if math.isnan(far):
        run = min(asked, key=lambda one: one.moving_s / one.distance_m, default=None)
        if run is None:
            return _unknown(question, say, "no run then", days=words.days(question, say))
        own = 1000.0 * run.moving_s / run.distance_m
        text = say("fastest", pace=words.pace(own), km=run.distance_m / 1000.0, day=words.date(local_day(run)))
        return Answer(question.kind, True, text, (("pace_s_per_km", own),), (run.run_id,))
    found = [(t, one) for one in asked for d, t in one.best_efforts_s.items() if abs(d / far - 1.0) < 0.01 and t > 0]
    found += [(one.moving_s * far / one.distance_m, one) for one in asked if abs(one.distance_m / far - 1.0) < 0.02]
    if not found:
        return _unknown(question, say, "no such distance", km=far / 1000.0)
    time_s, run = min(found, key=lambda pair: pair[0])
    text = say("best", km=far / 1000.0, time=words.duration(time_s, exact=True), day=words.date(local_day(run)))
    return Answer(question.kind, True, text, (("distance_m", far), ("time_s", time_s)), (run.run_id,))


def _last_time(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    least = 0.0 if math.isnan(question.distance_m) else 0.98 * question.distance_m
    run = next((one for one in reversed(runs) if one.distance_m >= least), None)
    if run is None:
        return _unknown(question, say, "never so far", km=least / 0.98 / 1000.0)
    text = say(
        "last time", day=words.date(local_day(run)), km=run.distance_m / 1000.0, time=words.duration(run.moving_s)
    )
    return Answer(question.kind, True, text, (("distance_m", run.distance_m),), (run.run_id,))


def _fitter(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    """Compare the pace at the same heart rate: the last six weeks with the six before."""
    today = state.today
    heard = [one for one in runs if math.isfinite(one.avg_hr_bpm) and one.avg_hr_bpm > 60.0 and one.moving_s >= 600.0]
    new = [_metres_a_beat(one) for one in heard if local_day(one) > today - 42]
    old = [_metres_a_beat(one) for one in heard if today - 84 < local_day(one) <= today - 42]
    if len(new) < 5 or len(old) < 5:
        return _unknown(
            question,
            say,
            "too few to compare",
            new=words.runs(len(new), say, True),
            old=words.runs(len(old), say, True),
        )
    gain = words.median(new) / words.median(old) - 1.0
    spread = 1.4826 * words.median([abs(x - words.median(new)) for x in new]) / words.median(new)
    sure = abs(gain) > 2.0 * spread * math.sqrt(1.57 / len(new) + 1.57 / len(old))
    name = ("fitter" if gain > 0 else "less fit") if sure else "as fit"
    text = say(name, percent=100.0 * abs(gain), new=len(new), old=len(old))
    return Answer(
        question.kind, True, text, (("gain", gain), ("new_runs", float(len(new))), ("old_runs", float(len(old))))
    )


def _metres_a_beat(run: RunFact) -> float:
    return run.distance_m / (run.avg_hr_bpm * run.moving_s / 60.0)


def _usual(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    usual = state.fitness.usual_pace_s_per_km
    if usual is None:
        return _unknown(question, say, "too few runs")
    text = say("usual", pace=words.pace(usual.value), low=words.pace(usual.low), high=words.pace(usual.high))
    numbers: tuple[tuple[str, float], ...] = (("pace_s_per_km", usual.value),)
    if state.heart.runs >= 3:
        bpm = line_bpm(state.heart, 1000.0 / usual.value)
        text, numbers = (
            f"{text} {say('usual heart', bpm=bpm, runs=state.heart.runs)}",
            (*numbers, ("heart_rate_bpm", bpm)),
        )
    return Answer(question.kind, True, text, numbers, usual.evidence)


def _used_to(question: Question, runs: list[RunFact], state: State, say: Say) -> Answer:
    used = state.where.acclimatised_m
    if used is None:
        return _unknown(question, say, "no altitude")
    text = say("used to", metres=used.value, low=used.low, high=used.high)
    return Answer(question.kind, True, text, (("used_to_m", used.value),), used.evidence)


_ANSWERS: dict[str, Callable[[Question, list[RunFact], State, Say], Answer]] = {
    "why_slow": _why_pace, "why_fast": _why_pace, "why_week": _why_week, "why_heart": _why_heart, "how_far": _how_far,
    "how_often": _how_often, "longest": _longest, "fastest": _fastest, "last_time": _last_time, "fitter": _fitter,
    "usual": _usual, "used_to": _used_to,
}  # fmt: skip
