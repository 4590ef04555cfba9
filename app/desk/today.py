"""Today's desk: decides the day, takes the check-in, cards done or refused, another session instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC

from app.cards.history import note
from app.coach import decide_today, facts_of
from app.desk.desk import Answer, Desk
from app.desk.evidence import named
from app.planning import choose
from app.views.phase import Act, Notice, Offer, Phase
from app.views.today import CheckIn, RunLine, TodayView, session_line, spoken, today_view
from app.views.words import Words
from edge.coach.said import Constraint
from edge.coach.types import Decision, RunFact, Wished

__all__ = ["ACTS", "failed", "spoken", "view"]
_DAY_S = 86400.0


def view(desk: Desk) -> TodayView:
    """Return Today, decided now and kept in the diary."""
    now_unix_s, offset_s = desk.clock()
    words = desk.words
    with desk.store() as store:
        if not desk.knows_somebody(store):
            return failed(desk, nobody(words))
        decision_id, decision = decide_today(store, now_unix_s, utc_offset_s=offset_s, language=words.language)
        finished = [f for f in facts_of(store) if f.start_unix_s <= now_unix_s]
        reasons = [*decision.because, *(reason for card in decision.content for reason in card.because)]
        known = named(reasons, finished, store, words)
    desk.memory["decision"] = (decision_id, decision)
    others = [(str(i), name, session) for i, (name, session) in enumerate(decision.alternatives)]
    shown = today_view(
        decision,
        words,
        now_unix_s=now_unix_s,
        utc_offset_s=offset_s,
        check_in=_answered(desk, now_unix_s + offset_s),
        last_run=run_line(finished[-1], words) if finished else None,
        others=others,
        known=known,
    )
    return replace(shown, counterfactual=decision.otherwise.text if decision.otherwise else "")


def run_line(fact: RunFact, words: Words) -> RunLine:
    """Return a run in one line."""
    from datetime import datetime

    day = datetime.fromtimestamp(fact.start_unix_s + (fact.utc_offset_s or 0.0), tz=UTC).date()
    pace = fact.moving_s / fact.distance_m * 1000.0 if fact.distance_m > 0 else float("nan")
    text = ", ".join(a.text for a in (words.pace(pace), words.bpm(fact.avg_hr_bpm)) if a.value != "–")
    return RunLine(fact.run_id, f"{words.weekday(day)}: {words.distance(fact.distance_m).text}", text)


def failed(desk: Desk, notice: Notice) -> TodayView:
    """Return Today with a notice alone."""
    from datetime import datetime

    now_unix_s, offset_s = desk.clock()
    day = datetime.fromtimestamp(now_unix_s + offset_s, tz=UTC).date()
    return TodayView(desk.words.date(day), "", "", "", "run", (), (), notice=notice, phase=notice.phase)


def nobody(words: Words) -> Notice:
    """Return what is said to somebody of whom nothing is known."""
    return Notice(
        Phase.EMPTY,
        words("Kadenz does not know you yet"),
        words("Tell a little of yourself, or bring your old runs along. Everything stays on this device."),
        Offer(words("Begin"), Act("open", "first-run"), "arrow-right"),
    )


def _answered(desk: Desk, local_s: float) -> CheckIn:
    day, answers = desk.memory.get("check-in", (-1, CheckIn()))
    return answers if day == int(local_s // _DAY_S) else CheckIn()


#: The three taps: (group, answer) -> what the coach hears.
HEARD: dict[tuple[str, str], Constraint | None] = {
    ("sleep", "bad"): Constraint("sleep", situation="bad"),
    ("sleep", "good"): Constraint("sleep", situation="good"),
    ("sore", "sore"): Constraint("fatigue", situation="sore"),
    ("mood", "low"): Constraint("mood", situation="bad"),
    ("mood", "good"): Constraint("mood", situation="good"),
}


def _check_in(name: str) -> Callable[[Desk, Act], Answer]:
    def take(desk: Desk, act: Act) -> Answer:
        now_unix_s, offset_s = desk.clock()
        answers = replace(_answered(desk, now_unix_s + offset_s), **{name: str(act.value)})
        desk.memory["check-in"] = (int((now_unix_s + offset_s) // _DAY_S), answers)
        heard = HEARD.get((name, str(act.value)))
        if heard is None:
            return Answer(redraw=True)
        with desk.store() as store:
            number = store.add_sentence(f"{name}: {act.value}", (heard,), now_unix_s)
        return Answer(redraw=True, word=desk.words("Noted."), undo=Act("take back", float(number)))

    return take


def _take_back(desk: Desk, act: Act) -> Answer:
    desk.memory.pop("check-in", None)
    return desk.take_back(act)


def _card(done: bool) -> Callable[[Desk, Act], Answer]:
    def keep(desk: Desk, act: Act) -> Answer:
        now_unix_s, offset_s = desk.clock()
        with desk.store() as store:
            note(store, str(act.value), "done" if done else "refused", now_unix_s, offset_s)
        return Answer(redraw=True)

    return keep


def _decision(desk: Desk) -> Decision:
    if "decision" not in desk.memory:
        view(desk)
    return desk.memory["decision"][1]  # type: ignore[no-any-return]


def _instead(desk: Desk, act: Act) -> Answer:
    now_unix_s, offset_s = desk.clock()
    _, session = _decision(desk).alternatives[int(str(act.value))]
    day = int((now_unix_s + offset_s) // _DAY_S)
    with desk.store() as store:
        choose(store, Wished(day, session.kind, session.distance_m), now_unix_s)
    return Answer(redraw=True, word=desk.words("Today: {session}", session=session_line(session, desk.words)))


def _start(desk: Desk, act: Act) -> Answer:
    return Answer(open="run", about="start")


def _report(desk: Desk, act: Act) -> Answer:
    return Answer(open="report", about=str(act.value))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "check-in sleep": _check_in("sleep"),
    "check-in sore": _check_in("sore"),
    "check-in mood": _check_in("mood"),
    "take back": _take_back,
    "card done": _card(True),
    "card refused": _card(False),
    "instead": _instead,
    "start": _start,
    "report": _report,
}
