"""The desk of privacy: what is kept, a page for the physio, whether reading counts, deleting it all.

The rule of this file: what deletes says what it deleted, and what exports says where it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from app.cards.history import let_reading_count
from app.coach import facts_of, state_of
from app.desk.desk import EXPORTS, FOLDERS, Answer, Desk
from app.desk.turns import Turns
from app.exporting.everything import export_all
from app.exporting.folder import ExportError
from app.forgetting import forget
from app.live.looking import running
from app.physio import physio_page, physio_text
from app.store.forgetting import Wanted
from app.views.listing import ListView, spoken
from app.views.phase import Act
from app.views.settings import DEFAULT
from app.views.settings_lists import privacy_view
from edge.coach.columns import runs_until

__all__ = ["ACTS", "spoken", "view"]


def view(desk: Desk) -> ListView:
    """Return what is kept and where."""
    with desk.store() as store:
        runs = len(store.runs())
    size = sum(file.stat().st_size for file in desk.diary.parent.glob(f"{desk.diary.name}*") if file.is_file())
    return privacy_view(desk.settings, runs, size, str(desk.diary))


def _physio(desk: Desk, act: Act) -> Answer:
    now_unix_s, offset_s = desk.clock()
    with desk.store() as store:
        facts = facts_of(store)
        state = state_of(store, now_unix_s, facts=facts)
    page = physio_page(state, runs_until(facts, now_unix_s, state.utc_offset_s).facts, state.said)
    day = datetime.fromtimestamp(now_unix_s + offset_s, UTC).date().isoformat()
    file = desk.folder(EXPORTS) / f"physio-{day}.txt"
    file.write_text(physio_text(page, day), encoding="utf-8")
    return Answer(word=desk.words("Written: {file}", file=file))


def _export(desk: Desk, act: Act) -> Answer:
    """Write everything as a folder of open formats that another Kadenz imports back."""
    now_unix_s, offset_s = desk.clock()
    day = datetime.fromtimestamp(now_unix_s + offset_s, UTC).date().isoformat()
    target = desk.folder(EXPORTS) / f"everything-{day}"
    try:
        with desk.store() as store:
            export_all(store, target, now_unix_s)
    except ExportError as problem:
        raise ValueError(str(problem)) from problem
    return Answer(word=desk.words("Written: {file}", file=target))


def _reading(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        let_reading_count(store, act.value == "on", desk.clock()[0])
    return desk.set("reading_counts", act.value)


def _delete(desk: Desk, act: Act) -> Answer:
    """Forget everything, in the diary and beside it, as `kadenz forget --all` does; while a run is recorded nothing."""
    if running(desk.diary):
        raise ValueError(desk.words("a run is being recorded: stop it first"))
    gone = forget(desk.diary, Wanted(everything=True), desk.clock()[0])
    for folder in FOLDERS:
        shutil.rmtree(desk.diary.parent / folder, ignore_errors=True)
    words = desk.words
    desk.memory.clear()
    desk.settings, desk.turns = DEFAULT, Turns()
    if gone.left:
        names = ", ".join(one.path.name for one in gone.left)
        word = words("Deleted, but for these files: {names}", names=names)
    else:
        word = words("Everything is deleted. Nothing is left here.")
    return Answer(open="first-run", look=True, word=word)


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "export physio": _physio,
    "export all": _export,
    "reading": _reading,
    "delete all": _delete,
}
