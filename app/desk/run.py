"""The desk of the live run: starts the recorder or finds the one that runs, shows what it tells, asks it to act.

The rule of this file: the recorder is a process of its own; whatever happens here, it goes on, and is found again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite
from pathlib import Path

from app.desk.check_in import refined
from app.desk.desk import COURSES, Answer, Desk
from app.desk.watching import Watching
from app.live.looking import Looking, NoRecorderError, running, start_recorder
from app.live.moment import LiveMoment
from app.views.live import LiveView, nothing_told, spoken
from app.views.live_moment import moment_view
from app.views.phase import Act, Notice, Offer, Phase
from app.views.sheet import hurts_sheet
from app.views.speaking import told

__all__ = ["ACTS", "failed", "spoken", "view"]
CLOSING_S = 60.0
"""For so long a run may take to be finished before its report is opened all the same."""
SIMULATED = ("--sim", "denver", "--speed", "20")
WATCH_S = 20.0
"""How long somebody new watches a simulated run before the first question."""


def view(desk: Desk) -> LiveView:
    """Return the run as it is now; starts it where that was asked for."""
    words, about = desk.words, desk.about
    desk.about = ""
    if about == "watch" or "watching" in desk.memory:
        return watched(desk)
    if closing := desk.memory.get("closing"):
        return closed(desk, *closing)
    looking: Looking | None = desk.memory.get("looking")
    if looking is None and (about == "start" or running(desk.diary)):
        try:
            looking = desk.memory["looking"] = look(desk)
        except NoRecorderError:
            return failed(
                desk,
                Notice(Phase.ERROR, words("The recorder did not start"), words("Its last words are beside the diary.")),
            )
    if looking is None:
        return idle(desk)
    moment = looking.newest
    if moment is None:
        return nothing_told(words)
    if looking.gone or moment.ended:
        desk.memory.pop("looking").close()
        desk.memory["closing"] = (moment, time.monotonic())
    page, locked = desk.memory.get("page", "run"), desk.memory.get("locked", False)
    spoken_now = moment.spoken
    if spoken_now is not None and desk.memory.get("said at") != (spoken_now.t_s, spoken_now.rule):
        desk.memory["said at"] = (spoken_now.t_s, spoken_now.rule)
        now_unix_s, offset_s = desk.clock()
        way = told(spoken_now.rule, spoken_now.text, desk.settings, (now_unix_s + offset_s) % 86400.0 / 3600.0)
        desk.memory["say"], desk.memory["feel"] = way.aloud, way.felt
        desk.memory["alert"] = time.monotonic()
    return moment_view(moment, words, age_s=looking.age_s, page=page, locked=locked)


def closed(desk: Desk, moment: LiveMoment, since_s: float) -> LiveView:
    """Return the last moment of a run until the diary holds it as finished; then its report is opened."""
    with desk.store() as store:
        done = store.run(moment.run_id).state == "finished"
    if done or time.monotonic() - since_s > CLOSING_S:
        desk.memory.pop("closing")
        desk.memory["finished"] = moment.run_id
    words = desk.words
    notice = Notice(
        Phase.LOADING,
        words("Saving the run"),
        words("{count} samples are safe.", count=words.number(moment.safe_samples)),
    )
    return replace(moment_view(moment, words), notice=notice)


def watched(desk: Desk) -> LiveView:
    """Return a run that is only watched: simulated for somebody new, or one that is replayed."""
    watching: Watching | None = desk.memory.get("watching")
    if watching is None:
        try:
            watching = desk.memory["watching"] = Watching.begun(SIMULATED, WATCH_S, "first-run")
        except (NoRecorderError, OSError):
            desk.memory["go"] = "first-run"
            return failed(desk, Notice(Phase.ERROR, desk.words("The recorder did not start")))
    if watching.over:
        desk.memory.pop("watching").end()
        desk.memory["go"] = watching.then
    moment = watching.looking.newest
    words = desk.words
    left = words.number(max(0.0, watching.left_s))
    limited = isfinite(watching.seconds)
    title = words("A simulated run, coached: {seconds} s", seconds=left) if limited else words("A recording, replayed")
    skip = Offer(words("Skip") if limited else words("End"), Act("skip watching"), "skip-next")
    notice = Notice(Phase.READY, title, "", skip)
    if moment is None:
        return replace(nothing_told(words), notice=notice)
    return replace(moment_view(moment, words), notice=notice, idle=False)


def _skip_watching(desk: Desk, act: Act) -> Answer:
    watching: Watching | None = desk.memory.pop("watching", None)
    if watching is not None:
        watching.end()
    return Answer(open=watching.then if watching is not None else "first-run")


def look(desk: Desk) -> Looking:
    """Return a connection to the recorder, which is started where none runs."""
    if not running(desk.diary):
        start_recorder(desk.diary, [*options(desk), *course_options(desk)])
    return Looking(desk.diary)


def options(desk: Desk) -> list[str]:
    """Return what the recorder is to record, as options of `kadenz record`."""
    sim, speed = desk.memory.get("sim", ("", 1.0))
    chosen = desk.settings.trackers
    simulated = [one[4:] for one in chosen if one.startswith("sim:")]
    if sim or simulated or not chosen:
        name = sim or (simulated[0] if simulated else "default")
        return ["--sim", name, "--speed", f"{speed:g}"]
    return ["--tracker", *chosen]


def course_options(desk: Desk) -> list[str]:
    """Return the course that was chosen, as options of `kadenz record`."""
    file = desk.diary.parent / COURSES / Path(desk.settings.course).name
    return ["--course", str(file)] if desk.settings.course and file.is_file() else []


def idle(desk: Desk) -> LiveView:
    """Return the screen before a run."""
    words = desk.words
    chosen = ", ".join(desk.settings.trackers) or words("the simulated tracker, as none is chosen")
    offer = Offer(words("Devices"), Act("open", "devices"), "bluetooth")
    notice = Notice(Phase.EMPTY, words("Ready when you are"), words("Records from: {trackers}", trackers=chosen), offer)
    return replace(nothing_told(words), notice=notice, phase=Phase.EMPTY, idle=True)


def failed(desk: Desk, notice: Notice) -> LiveView:
    """Return the screen with a notice."""
    return replace(nothing_told(desk.words), notice=notice, phase=notice.phase, idle=True)


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
    "skip watching": _skip_watching,
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
