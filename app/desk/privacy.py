"""The desk of privacy: what is kept, a page for the physio, whether reading counts, deleting it all.

The rule of this file: what deletes says what it deleted, and what exports says where it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from app.cards.history import let_reading_count
from app.coach import facts_of, state_of
from app.desk.desk import Answer, Desk
from app.live.looking import running
from app.physio import physio_page, physio_text
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


def out_folder(desk: Desk) -> Path:
    """Return the folder that exports go to, beside the diary."""
    folder = desk.diary.parent / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _physio(desk: Desk, act: Act) -> Answer:
    now_unix_s, offset_s = desk.clock()
    with desk.store() as store:
        facts = facts_of(store)
        state = state_of(store, now_unix_s, facts=facts)
    page = physio_page(state, runs_until(facts, now_unix_s, state.utc_offset_s).facts, state.said)
    day = datetime.fromtimestamp(now_unix_s + offset_s, UTC).date().isoformat()
    file = out_folder(desk) / f"physio-{day}.txt"
    file.write_text(physio_text(page, day), encoding="utf-8")
    return Answer(word=desk.words("Written: {file}", file=file))


def _export(desk: Desk, act: Act) -> Answer:
    """Copy the diary as it is: everything is in that one file, which any SQLite opens."""
    target = out_folder(desk) / f"{desk.diary.stem}-copy.db"
    with desk.store():  # closed: what waits in the log is in the file
        pass
    shutil.copyfile(desk.diary, target)
    return Answer(word=desk.words("Written: {file}", file=target))


def _reading(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        let_reading_count(store, act.value == "on", desk.clock()[0])
    return desk.set("reading_counts", act.value)


def _delete(desk: Desk, act: Act) -> Answer:
    """Delete the diary with everything beside it; while a run is recorded nothing is deleted."""
    if running(desk.diary):
        raise ValueError(desk.words("a run is being recorded: stop it first"))
    files = [file for file in desk.diary.parent.glob(f"{desk.diary.name}*") if file.is_file()]
    files += [file for file in (desk.diary.parent / "exports").glob("*") if file.is_file()]
    for file in files:
        file.unlink()
    desk.memory.clear()
    desk.settings = DEFAULT
    word = desk.words.n(
        "{count} file deleted. Nothing is left here.", "{count} files deleted. Nothing is left here.", len(files)
    )
    return Answer(open="first-run", look=True, word=word)


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "export physio": _physio,
    "export all": _export,
    "reading": _reading,
    "delete all": _delete,
}
