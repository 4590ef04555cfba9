"""The desk of the live run: starts the recorder or finds the one that runs, shows what it tells, asks it to act.

The rule of this file: the recorder is a process of its own; whatever happens here, it goes on, and is found again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.desk.check_in import refined
from app.desk.desk import Answer, Desk
from app.live.looking import Looking, NoRecorderError, running, start_recorder
from app.views.examples.run import waiting
from app.views.live import LiveView, spoken
from app.views.live_moment import moment_view
from app.views.phase import Act, Notice, Offer, Phase
from app.views.sheet import hurts_sheet

__all__ = ["ACTS", "failed", "spoken", "view"]


def view(desk: Desk) -> LiveView:
    """Return the run as it is now; starts it where that was asked for."""
    words, about = desk.words, desk.about
    desk.about = ""
    looking: Looking | None = desk.memory.get("looking")
    if looking is None and (about in ("start", "watch") or running(desk.diary)):
        try:
            looking = desk.memory["looking"] = look(desk, about)
        except NoRecorderError:
            return failed(
                desk,
                Notice(Phase.ERROR, words("The recorder did not start"), words("Its last words are beside the diary.")),
            )
    if looking is None:
        return idle(desk)
    moment = looking.newest
    if moment is None:
        return replace(waiting(words), idle=False)
    if looking.gone or moment.ended:
        desk.memory.pop("looking")
        desk.memory["finished"] = moment.run_id
    page, locked = desk.memory.get("page", "run"), desk.memory.get("locked", False)
    return moment_view(moment, words, age_s=looking.age_s, page=page, locked=locked)


def look(desk: Desk, about: str) -> Looking:
    """Return a connection to the recorder, which is started where none runs."""
    if not running(desk.diary):
        start_recorder(desk.diary, options(desk, about))
    return Looking(desk.diary)


def options(desk: Desk, about: str) -> list[str]:
    """Return what the recorder is to record, as options of `kadenz record`."""
    sim, speed = desk.memory.get("sim", ("", 1.0))
    chosen = desk.settings.trackers
    simulated = [one[4:] for one in chosen if one.startswith("sim:")]
    if about == "watch" or sim or simulated or not chosen:
        name = sim or (simulated[0] if simulated else "default")
        return ["--sim", name, "--speed", f"{speed:g}"]
    return ["--tracker", *chosen]


def idle(desk: Desk) -> LiveView:
    """Return the screen before a run."""
    words = desk.words
    chosen = ", ".join(desk.settings.trackers) or words("the simulated tracker, as none is chosen")
    offer = Offer(words("Devices"), Act("open", "devices"), "bluetooth")
    notice = Notice(Phase.EMPTY, words("Ready when you are"), words("Records from: {trackers}", trackers=chosen), offer)
    return replace(waiting(words), notice=notice, phase=Phase.EMPTY, idle=True)


def failed(desk: Desk, notice: Notice) -> LiveView:
    """Return the screen with a notice."""
    return replace(waiting(desk.words), notice=notice, phase=notice.phase, idle=True)


def _do(name: str) -> Callable[[Desk, Act], Answer]:
    def ask(desk: Desk, act: Act) -> Answer:
        looking: Looking | None = desk.memory.get("looking")
        if looking is None:
            raise ValueError(desk.words("no run is being recorded"))
        looking.do(name)
        return Answer(redraw=True, word=desk.words("Lap.") if name == "lap" else "")

    return ask


def _rule(name: str) -> Callable[[Desk, Act], Answer]:
    def ask(desk: Desk, act: Act) -> Answer:
        looking: Looking | None = desk.memory.get("looking")
        if looking is not None:
            looking.do(name, rule=str(act.value))
        if name == "mute":
            desk.set("muted", tuple(sorted({*desk.settings.muted, str(act.value)})))
            return Answer(redraw=True, word=desk.words("Not any more. Voice and alerts brings it back."))
        return Answer(redraw=True)

    return ask


def _page(desk: Desk, act: Act) -> Answer:
    desk.memory["page"] = str(act.value)
    return Answer(redraw=True)


def _lock(locked: bool) -> Callable[[Desk, Act], Answer]:
    def keep(desk: Desk, act: Act) -> Answer:
        desk.memory["locked"] = locked
        return Answer(redraw=True)

    return keep


def _hurts(desk: Desk, act: Act) -> Answer:
    desk.memory["hurts"] = {}
    return Answer(sheet=hurts_sheet(desk.words))


def _tell(desk: Desk) -> None:
    kept, looking = desk.memory.get("hurts", {}), desk.memory.get("looking")
    if isinstance(looking, Looking) and kept.get("area"):
        looking.do("hurts", area=kept["area"], severity=kept.get("severity"), side=kept.get("side", ""))


def _hurts_now(desk: Desk, act: Act) -> Answer:
    _tell(desk)
    desk.memory.pop("hurts", None)
    return Answer(close=True, redraw=True)


def _start(desk: Desk, act: Act) -> Answer:
    return Answer(open="run", about="start")


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "start": _start,
    "lap": _do("lap"),
    "pause": _do("pause"),
    "resume": _do("resume"),
    "stop": _do("stop"),
    "heard": _rule("heard"),
    "mute": _rule("mute"),
    "page": _page,
    "lock": _lock(True),
    "unlock": _lock(False),
    "hurts": _hurts,
    "hurts area": refined,
    "hurts side": refined,
    "hurts severity": refined,
    "hurts now": _hurts_now,
}
