"""A label that the runs contradict: asked about once, never overruled in silence.

The rule of this file: pure functions; what was asked and answered is part of the state (`edge.coach.own`).
"""

from __future__ import annotations

from edge.coach.beliefs import State
from edge.coach.performance import race_time_s
from edge.coach.phrases import say
from edge.coach.sources import source_words
from edge.coach.types import Content, Reason

#: Beginners whose race fitness is above this, or who run this much with this many runs, are more than the label says
#: (assumptions: VDOT 38 is 10 km in 52:20 by Daniels and Gilbert; 25 km a week is where the plan calls nobody new).
BEYOND_VDOT, BEYOND_WEEKLY_M, BEYOND_RUNS = 38.0, 25000.0, 20
#: Those who say "experienced" and run less than this over four weeks are asked whether it still holds.
BELOW_WEEKLY_M, BELOW_RUNS = 5000.0, 8
CARD = "question-experience"
#: How a label is spoken; "none" alone would read like a missing word.
SPOKEN = {"none": "new to running", "beginner": "beginner", "experienced": "experienced"}
GERMAN = {"none": "neu beim Laufen", "beginner": "am Anfang", "experienced": "erfahren", "regular": "regelmäßig"}


def spoken(label: str, language: str) -> str:
    """Return how a label is spoken in a language."""
    return (GERMAN if language == "de" else SPOKEN).get(label, label)


def asked(label: str) -> str:
    """Return the element under which the question about a label is remembered."""
    return f"asked: experience {label}"


def kept(label: str) -> str:
    """Return the element under which it is remembered that a label is to stay."""
    return f"kept: experience {label}"


def contradiction(state: State) -> tuple[str, Reason] | None:
    """Return the label that the runs speak for and why, where the stated one contradicts them; None where not."""
    said, history, fitness = state.profile.experience, state.history, state.fitness.vdot
    if said in ("none", "beginner"):
        if fitness is not None and fitness.low >= BEYOND_VDOT:
            time_s = max(race_time_s(fitness.low, 10000.0), 0.0)
            text = "your runs show at least 10 km in {time_s:clock} ({source:word})"
            text = say(state.language, text, time_s=time_s, source=source_words(state.language, fitness.source))
            return "regular", Reason(text, (("vdot", fitness.low), ("time_s", time_s)), fitness.evidence)
        if history.weekly_m >= BEYOND_WEEKLY_M and history.runs >= BEYOND_RUNS:
            text = "you run {week:count} km in a usual week, {runs:count} runs so far"
            text = say(state.language, text, week=history.weekly_m / 1000.0, runs=history.runs)
            return "regular", Reason(text, (("weekly_m", history.weekly_m), ("runs", float(history.runs))), ())
    little = history.runs >= BELOW_RUNS and history.weekly_m < BELOW_WEEKLY_M
    if said == "experienced" and little and history.gap_days == 0 and history.days_since_run < 8:
        text = say(state.language, "your last four weeks had {week_m:km} a week", week_m=history.weekly_m)
        return "regular", Reason(text, (("weekly_m", history.weekly_m),), ())
    return None


def is_open(state: State) -> bool:
    """Return whether the stated label is contradicted and the person has not said that it is to stay."""
    return contradiction(state) is not None and state.own.day_of(kept(state.profile.experience)) < 0


def question(state: State) -> Content | None:
    """Return the question about the label, on the one local day on which it is asked; None on every other."""
    found, label = contradiction(state), state.profile.experience
    day = state.own.day_of(asked(label))
    if found is None or not is_open(state) or day not in (-1, state.today):
        return None
    other, why = found
    action = say(state.language, "kadenz me set experience {other:word}, or --keep", other=other)
    text = say(
        state.language,
        'You said "{label:word}"; {why:word}. Shall I plan for "{other:word}"? Until you say so, your word stands. '
        "({action:word})",
        label=spoken(label, state.language), why=why.text, other=spoken(other, state.language), action=action,
    )  # fmt: skip
    title = say(state.language, "One question")
    return Content(CARD, title, text, (why,), state.end_of_day_unix_s, "plain", action, label)
