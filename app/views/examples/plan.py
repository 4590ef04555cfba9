"""The plan of an invented runner in November 2026: a week half done, a change to answer, a race ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import nan

from app.views.examples.lists import states
from app.views.listing import ListView
from app.views.phase import Act, Notice, Offer, Phase
from app.views.plan import EPOCH, PlanInput, plan_view
from app.views.words import Words
from edge.coach.types import Race, Reason, RunFact, Session
from edge.coach.week import Change, Planned

TODAY = (date(2026, 11, 25) - EPOCH).days


def session(kind: str, km: float, fast: float = 365.0, slow: float = 400.0) -> Session:
    """Return a session of some km in a band of paces in s/km."""
    if kind == "rest":
        return Session("rest", 0.0, nan, nan, nan, nan, nan)
    return Session(kind, 1000.0 * km, km * (fast + slow) / 2.0, fast, slow, 128.0, 146.0)


def ran(day: int, km: float, pace_s: float) -> RunFact:
    """Return a run of some km on a day."""
    start = day * 86400.0 + 64_800.0
    numbers = (1000.0 * km, km * pace_s, km * pace_s, 141.0, 158.0, 40.0, nan, nan, 90.0)
    return RunFact(f"r{day}", start, 0.0, "running", "", *numbers, {}, 50.0, True)


def example(words: Words) -> PlanInput:
    """Return the week with its change."""
    easy = Reason(
        words("Two easy days follow every hard one."),
        (),
        (words("Tuesday: {distance}", distance=words.short_distance(9000.0).text),),
    )
    kinds = (
        ("easy", 7.0),
        ("rest", 0.0),
        ("steady", 8.0),
        ("easy", 6.0),
        ("long", 15.0),
        ("rest", 0.0),
        ("easy", 8.0),
        ("intervals", 9.0),
        ("rest", 0.0),
        ("easy", 8.0),
        ("rest", 0.0),
        ("long", 16.0),
    )
    planned = {TODAY + i: Planned(TODAY + i, session(kind, km), easy, ()) for i, (kind, km) in enumerate(kinds)}
    done: dict[int, list[RunFact]] = {}
    for back, km, pace_s in (
        (1, 9.0, 338.0),
        (2, 6.0, 372.0),
        (4, 13.2, 366.0),
        (6, 7.1, 361.0),
        (8, 9.0, 344.0),
        (11, 12.1, 369.0),
        (13, 6.5, 377.0),
        (15, 8.0, 350.0),
        (18, 11.0, 371.0),
        (20, 7.0, 366.0),
    ):
        done[TODAY - back] = [ran(TODAY - back, km, pace_s)]
    why = Reason(words("You said that the left knee hurts 4 of 10."), (), (words("Said on Tuesday"),))
    change = Change(TODAY + 2, session("intervals", 9.0, 290.0, 300.0), session("steady", 8.0), why)
    race = Race(TODAY + 46, 21097.5, nan, words("Half marathon"))
    return PlanInput(TODAY, TODAY, planned, done, (change,), (race,))


def examples(words: Words) -> dict[str, ListView]:
    """Return the plan in every state."""
    plan = example(words)
    offer = Offer(words("Begin"), Act("open", "first-run"), "arrow-right")
    nothing = Notice(
        Phase.EMPTY, words("There is no plan yet"), words("It begins with a few words of yours, or a first run."), offer
    )
    shown = states(plan_view(plan, words), words)
    past = replace(plan, chosen=TODAY - 1, changes=())
    return {
        **shown,
        "past": plan_view(past, words),
        "empty": replace(shown["error"], notice=nothing, phase=Phase.EMPTY),
    }
