"""The desk of saying how one is: understood first, kept once it is confirmed, taken back with one touch.

The rule of this file: a warning sign is answered at once and kept at once; asking to ignore one changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.desk.desk import Answer, Desk
from app.talk_text import in_words, urgent
from app.views.asking import check_in_view
from app.views.listing import ListView, spoken
from app.views.phase import Act, Offer
from app.views.sheet import SheetView, hurts_sheet
from app.warning_signs import SIGNS
from edge.coach.said import Constraint
from edge.talk import Understood, understand

__all__ = ["ACTS", "spoken", "view"]


def view(desk: Desk) -> ListView:
    """Return the screen with what was said and understood."""
    text, found = desk.memory.get("said", ("", None))
    if found is None:
        return check_in_view(desk.words)
    language = desk.words.language
    heard = [in_words((one,), language) for one in found.constraints]
    return check_in_view(desk.words, heard, found.question, urgent(found.constraints, language), text)


def _say(desk: Desk, act: Act) -> Answer:
    text = str(act.value).strip()
    if not text:
        return Answer()
    found = understand(text)
    desk.memory["said"] = (text, found)
    if any(one.kind == "red_flag" for one in found.constraints):
        return _keep(desk, act)
    return Answer(redraw=True)


def _keep(desk: Desk, act: Act) -> Answer:
    text, found = desk.memory.get("said", ("", None))
    if not isinstance(found, Understood) or not found.constraints:
        return Answer(redraw=True)
    with desk.store() as store:
        number = store.add_sentence(text, found.constraints, desk.clock()[0])
    warned = any(one.kind == "red_flag" for one in found.constraints)
    if not warned:
        desk.memory.pop("said", None)
    return Answer(redraw=True, word=desk.words("Noted."), undo=Act("take back", float(number)))


def _drop(desk: Desk, act: Act) -> Answer:
    desk.memory.pop("said", None)
    return Answer(redraw=True, word=desk.words("Forgotten. Say it in other words, or touch."))


def _take_back(desk: Desk, act: Act) -> Answer:
    desk.memory.pop("said", None)
    return desk.take_back(act)


def _hurts(desk: Desk, act: Act) -> Answer:
    desk.memory["hurts"] = {}
    return Answer(sheet=hurts_sheet(desk.words))


def refined(desk: Desk, act: Act) -> Answer:
    """Take one more detail of what hurts."""
    kept = desk.memory.setdefault("hurts", {})
    name = act.name.removeprefix("hurts ")
    kept[name] = float(str(act.value)) if name == "severity" else str(act.value)
    sheet = hurts_sheet(desk.words, kept.get("area", ""), kept.get("side", ""), kept.get("severity", -1.0))
    return Answer(sheet=sheet)


def told_pain(desk: Desk, act: Act) -> Answer:
    """Keep what hurts."""
    kept = desk.memory.pop("hurts", {})
    severity = kept.get("severity", float("nan"))
    pain = Constraint("pain", kept.get("area", "other"), kept.get("side", ""), severity)
    with desk.store() as store:
        number = store.add_sentence(f"touch: {pain.area} {pain.side} {severity:g}", (pain,), desk.clock()[0])
    return Answer(redraw=True, close=True, word=desk.words("Noted."), undo=Act("take back", float(number)))


def _warning(desk: Desk, act: Act) -> Answer:
    language = desk.words.language
    offers = tuple(Offer(sign.named(language), Act("warning sign", sign.situation), "alert") for sign in SIGNS)
    return Answer(sheet=SheetView(desk.words("What is it?"), (), (), offers))


def _sign(desk: Desk, act: Act) -> Answer:
    sign = next(one for one in SIGNS if one.situation == act.value)
    with desk.store() as store:
        store.add_sentence(sign.named(desk.words.language), (sign.constraint,), desk.clock()[0])
    return Answer(open="today", close=True)


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "say": _say,
    "keep": _keep,
    "drop": _drop,
    "take back": _take_back,
    "hurts": _hurts,
    "hurts area": refined,
    "hurts side": refined,
    "hurts severity": refined,
    "hurts now": told_pain,
    "warning": _warning,
    "warning sign": _sign,
}
