"""The desk of the first run: five steps, each kept when it is told, old runs brought along with their progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.desk.desk import Answer, Desk
from app.importing import Status, find_files, find_tasks, import_tasks
from app.views.asking import STEPS, Told, first_run_view
from app.views.listing import ListView, spoken
from app.views.phase import Act
from edge.coach.said import Constraint

__all__ = ["ACTS", "spoken", "view"]


def view(desk: Desk) -> ListView:
    """Return the step that is open."""
    if desk.about.isdigit():
        desk.memory["step"], desk.about = int(desk.about), ""
    told: Told = desk.memory.setdefault("told", Told())
    return first_run_view(desk.memory.get("step", 0), replace(told, trackers=desk.settings.trackers), desk.words)


def _step(desk: Desk, act: Act) -> Answer:
    step = int(float(str(act.value)))
    if step < len(STEPS):
        desk.memory["step"] = step
        return Answer(redraw=True)
    desk.memory["step"] = 0
    keep(desk)
    desk.set("first_run_done", "on")
    return Answer(open="today", word=desk.words("Thank you. Today is yours."))


def keep(desk: Desk) -> None:
    """Keep what was told: the profile, and what the rules must hear."""
    told: Told = desk.memory.get("told", Told())
    now_unix_s = desk.clock()[0]
    with desk.store() as store:
        before = store.profile()
        store.save_profile(
            replace(
                before,
                goal=told.goal or before.goal,
                experience=told.experience or before.experience,
                age=float(told.age) if told.age else before.age,
                beta_blockers=told.beta_blockers or before.beta_blockers,
                longest_recent_m=1000.0 * float(told.week_km) / 3.0 if told.week_km else before.longest_recent_m,
            )
        )
        for on, text, constraint in (
            (told.hurts, f"{told.hurts} hurts", told.hurts and Constraint("pain", told.hurts)),
            (told.pregnant, "pregnant", Constraint("pregnancy", situation="pregnant")),
            (told.night_shift, "night shifts", Constraint("shift_work", situation="night")),
        ):
            if on and isinstance(constraint, Constraint):
                store.add_sentence(text, (constraint,), now_unix_s)


def _tell(name: str) -> Callable[[Desk, Act], Answer]:
    def take(desk: Desk, act: Act) -> Answer:
        told: Told = desk.memory.setdefault("told", Told())
        value: object = str(act.value)
        if isinstance(getattr(told, name), bool):
            value = value == "on"
        if name == "age" and value and not (str(value).isdigit() and 5 <= int(str(value)) <= 110):
            raise ValueError(desk.words("an age is 5 to 110 years"))
        desk.memory["told"] = replace(told, **{name: value})  # type: ignore[arg-type]
        return Answer(redraw=True)

    return take


def _tracker(desk: Desk, act: Act) -> Answer:
    return desk.set("trackers", (str(act.value),))


def _import(desk: Desk, act: Act) -> Answer:
    """Bring runs along; how far it has come is in the desk's memory, for the screen to show."""
    told: Told = desk.memory.setdefault("told", Told())
    files = find_files([Path(str(act.value)).expanduser()])
    found = find_tasks(files)
    brought = 0
    with desk.store() as store:
        for number, outcome in enumerate(import_tasks(store, found), start=1):
            brought += outcome.status in (Status.IMPORTED, Status.SALVAGED)
            desk.memory["told"] = replace(told, import_share=number / max(1, len(found)), imported=brought)
            desk.progress()
    desk.memory["told"] = replace(desk.memory["told"], import_share=-1.0, imported=brought)
    return Answer(redraw=True)


def _watch(desk: Desk, act: Act) -> Answer:
    return Answer(open="run", about="watch")


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "step": _step,
    "tell tracker": _tracker,
    "import": _import,
    "watch": _watch,
    **{
        f"tell {name}": _tell(name)
        for name in ("goal", "experience", "week_km", "hurts", "age", "beta_blockers", "pregnant", "night_shift")
    },
}
