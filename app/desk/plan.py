"""The desk of the plan: chooses a day, accepts and undoes changes, moves and skips with a reason.

The rule of this file: whatever is moved goes back through the coach, so that no wish gets past a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import nan

from app.coach import facts_of
from app.desk.desk import Answer, Desk
from app.desk.evidence import named
from app.planning import Plan, accept, choose, plan_of, undo
from app.views.listing import ListView, notice_alone, spoken
from app.views.phase import Act, Notice, Offer, Phase
from app.views.plan import SKIP_WHY, PlanInput, plan_view
from app.views.sheet import SheetView
from app.views.words import Words
from edge.coach.said import Constraint
from edge.coach.types import RunFact, Wished

__all__ = ["ACTS", "failed", "spoken", "view"]
_DAY_S = 86400.0


def view(desk: Desk) -> ListView:
    """Return the plan."""
    now_unix_s, offset_s = desk.clock()
    today = int((now_unix_s + offset_s) // _DAY_S)
    chosen = int(float(desk.about)) if desk.about else int(desk.memory.get("plan day", today))
    with desk.store() as store:
        if not desk.knows_somebody(store):
            return failed(desk, nothing_yet(desk.words))
        plan = plan_of(store, now_unix_s, utc_offset_s=offset_s, language=desk.words.language)
        done: dict[int, list[RunFact]] = {}
        facts = facts_of(store)
        for fact in facts:
            if fact.start_unix_s <= now_unix_s and fact.sport == "running":
                done.setdefault(int((fact.start_unix_s + offset_s) // _DAY_S), []).append(fact)
        races = tuple(store.races())
        reasons = [*(one.because for one in plan.week.days), *(one.because for one in plan.changes)]
        known = named(reasons, facts, store, desk.words)
    desk.memory["plan"] = plan
    planned = {one.day: one for one in plan.week.days}
    return plan_view(PlanInput(today, chosen, planned, done, plan.changes, races, known), desk.words)


def failed(desk: Desk, notice: Notice) -> ListView:
    """Return the plan with a notice alone."""
    return notice_alone("plan", desk.words("Plan"), notice)


def nothing_yet(words: Words) -> Notice:
    """Return what is said to somebody of whom nothing is known."""
    offer = Offer(words("Begin"), Act("open", "first-run"), "arrow-right")
    return Notice(
        Phase.EMPTY, words("There is no plan yet"), words("It begins with a few words of yours, or a first run."), offer
    )


def _plan(desk: Desk) -> Plan:
    if "plan" not in desk.memory:
        view(desk)
    return desk.memory["plan"]  # type: ignore[no-any-return]


def _number(act: Act) -> int:
    return int(float(str(act.value)))


def _day(desk: Desk, act: Act) -> Answer:
    desk.memory["plan day"], desk.about = _number(act), ""
    return Answer(redraw=True)


def _accept(desk: Desk, act: Act) -> Answer:
    plan = _plan(desk)
    with desk.store() as store:
        accept(store, plan.week)
    return Answer(redraw=True, word=desk.words("Accepted."))


def _undo(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        change = undo(store, _plan(desk), _number(act), desk.clock()[0])
    word = (
        desk.words("As it was, as far as the rules allow.")
        if change
        else desk.words("There was no change on that day.")
    )
    return Answer(redraw=True, word=word)


def _move(desk: Desk, act: Act) -> Answer:
    day = _number(act)
    one = _plan(desk).week.on(day)
    if one is None:
        raise ValueError(desk.words("nothing is planned for that day"))
    now_unix_s = desk.clock()[0]
    with desk.store() as store:
        choose(store, Wished(day, "rest", 0.0), now_unix_s)
        choose(store, Wished(day + 1, one.session.kind, one.session.distance_m), now_unix_s)
    return Answer(redraw=True, word=desk.words("Moved. The rules have the last word."))


def _skip(desk: Desk, act: Act) -> Answer:
    words, day = desk.words, _number(act)
    names = {
        "no time": words("no time"),
        "tired": words("tired"),
        "pain": words("something hurts"),
        "ill": words("ill"),
        "weather": words("the weather"),
    }
    offers = tuple(Offer(names[why], Act("skip because", (why, float(day)))) for why in SKIP_WHY)
    return Answer(
        sheet=SheetView(words("Why skip it?"), (words("No excuse is needed; it helps the next days."),), (), offers)
    )


#: Why a day is skipped -> what the coach hears of it, where it is more than a full day.
HEARD: dict[str, Constraint] = {"tired": Constraint("fatigue"), "ill": Constraint("illness")}


def _skip_because(desk: Desk, act: Act) -> Answer:
    why, day = act.value if isinstance(act.value, tuple) else (str(act.value), nan)
    now_unix_s, offset_s = desk.clock()
    with desk.store() as store:
        choose(store, Wished(int(float(day)), "rest", 0.0), now_unix_s)
        if str(why) in HEARD and int(float(day)) == int((now_unix_s + offset_s) // _DAY_S):
            store.add_sentence(f"skipped: {why}", (HEARD[str(why)],), now_unix_s)
    if why == "pain":
        return Answer(open="check-in", close=True)
    return Answer(redraw=True, close=True, word=desk.words("Skipped. Nothing is lost by a day of rest."))


def _report(desk: Desk, act: Act) -> Answer:
    return Answer(open="report", about=str(act.value))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "day": _day,
    "accept": _accept,
    "undo": _undo,
    "move": _move,
    "skip": _skip,
    "skip because": _skip_because,
    "report": _report,
}
