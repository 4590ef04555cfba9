"""The desk of what Kadenz believes: opens a belief, corrects it, forgets it, and says what that changes today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.coach import facts_of, state_of
from app.desk.desk import Answer, Desk
from app.me_edits import edited
from app.me_text import response_text
from app.output import CommandError
from app.store import Store
from app.views.beliefs import Known, beliefs_view
from app.views.listing import ListView, notice_alone, spoken
from app.views.phase import Act, Notice, Offer
from app.views.sheet import SheetView
from edge.coach import labels
from edge.coach.corrections import correction_text
from edge.coach.groups import groups_of
from edge.coach.own import CORRECTABLE
from edge.coach.persona import persona
from edge.coach.phrases import say

__all__ = ["ACTS", "failed", "spoken", "view"]


def view(desk: Desk) -> ListView:
    """Return what is believed of the person."""
    with desk.store() as store:
        known = known_of(store, *desk.clock(), desk.words.language)
    return beliefs_view(known, desk.words)


def known_of(store: Store, now_unix_s: float, offset_s: float, language: str = "en") -> Known:
    """Return what is believed at a moment, in a language."""
    facts = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s]
    state = replace(state_of(store, now_unix_s, None, facts, offset_s), language=language)
    found = labels.contradiction(state) if labels.is_open(state) else None
    said = state.profile.experience
    return Known(
        persona(state, facts),
        [(say(language, one.dimension), say(language, one.name), one.because.text) for one in groups_of(state)],
        [(say(language, one.kind), str(one.runs), response_text(one, language)) for one in state.responses if one.runs],
        [(one.name, correction_text(one.name, one.value, language)) for one in state.own.corrections],
        None if found is None else (labels.spoken(said, language), found[0], found[1].text),
        offset_s,
    )


def failed(desk: Desk, notice: Notice) -> ListView:
    """Return the screen with a notice alone."""
    return notice_alone("beliefs", desk.words("What Kadenz believes"), notice)


def _belief(desk: Desk, act: Act) -> Answer:
    words = desk.words
    name, text, *evidence = (str(part) for part in act.value) if isinstance(act.value, tuple) else (str(act.value), "")
    lines = (text, *(words("from {what}", what=one) for one in evidence[:4]))
    if name not in CORRECTABLE:
        return Answer(sheet=SheetView(words("What this rests on"), lines))
    offers = (
        Offer(words("A little more"), Act("correct", (name, "more")), "plus"),
        Offer(words("A little less"), Act("correct", (name, "less")), "minus"),
        Offer(words("Forget what I said of it"), Act("forget", name), "delete-outline"),
    )
    return Answer(sheet=SheetView(words("What this rests on"), lines, (), offers))


STEPS = {"fitness": 1.0, "usual-pace": 5.0, "max-hr": 2.0, "heart-rate": 2.0, "used-to-altitude": 100.0}


def _correct(desk: Desk, act: Act) -> Answer:
    from edge.coach.corrections import learned

    name, way = (str(part) for part in act.value) if isinstance(act.value, tuple) else (str(act.value), "more")
    with desk.store() as store:
        state = state_of(store, desk.clock()[0], None, None, desk.clock()[1])
        value = learned(state, name) + (STEPS[name] if way == "more" else -STEPS[name])
        return _edit(desk, store, ["correct", name, f"{value:g}"])


def _edit(desk: Desk, store: Store, command: list[str]) -> Answer:
    try:
        told = edited(store, command, False, False, desk.clock()[0], desk.words.language)
    except CommandError as problem:
        raise ValueError(str(problem)) from problem
    return Answer(redraw=True, close=True, word=told, undo=Act("undo edit"))


def _forget(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        return _edit(desk, store, ["forget", str(act.value)])


def _experience(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        return _edit(desk, store, ["set", "experience", str(act.value)])


def _keep(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        told = edited(store, ["set", "experience"], True, False, desk.clock()[0], desk.words.language)
    return Answer(redraw=True, word=told)


def _undo(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        told = edited(store, [], False, True, desk.clock()[0], desk.words.language)
    return Answer(redraw=True, word=told)


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "belief": _belief,
    "correct": _correct,
    "forget": _forget,
    "experience": _experience,
    "keep experience": _keep,
    "undo edit": _undo,
}
