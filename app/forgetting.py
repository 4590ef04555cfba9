"""Forgetting as a service: what would go, and the going of it; nothing is printed, and a screen may call it.

The rule of this file: files beside the diary go first, then copies, then the rows, then the bytes that the rows left. A
kill at any point leaves something of what was to go and all of what was to stay, and the same call again finishes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.backup_file import sync_folder
from app.forgetting_files import BACKUP, COPY, LOG, Beside, beside
from app.forgetting_memories import edit_of
from app.store import Store, StoreError, examine
from app.store.errors import StoreReason
from app.store.forgetting import Touched, Wanted, is_due, remove, touched, wipe
from app.store.guard import RecorderGuard


@dataclass(frozen=True, slots=True)
class Going:
    """What of a diary would go, or become coarse, and which files beside it are touched."""

    diary: Path
    wanted: Wanted
    touched: Touched
    files: tuple[Beside, ...]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to do at all."""
        t = self.touched
        found = t.spans or t.decisions or t.memories or t.due or self.wanted.everything
        return not (found or any(one.kind not in (BACKUP, LOG) for one in self.files))


@dataclass(frozen=True, slots=True)
class Left:
    """A file that may still hold something of what was forgotten, and why it was left, in a sentence."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: `finished` is whether an earlier forgetting was finished with it; sizes of the diary in bytes."""

    going: Going
    finished: bool
    bytes_before: int
    bytes_after: int
    left: tuple[Left, ...]


def what_goes(diary: Path, wanted: Wanted, also: Sequence[Path] = ()) -> Going:
    """Return what `forget` would do, and do nothing. Raises StoreError for no diary, an unknown run, damaged rows."""
    with Store(diary, create=False) as store:
        found = touched(store, wanted, edit_of(wanted))
    return Going(diary, wanted, found, beside(diary, wanted, found, also))


def forget(diary: Path, wanted: Wanted, now_unix_s: float, also: Sequence[Path] = ()) -> Forgotten:
    """Take the runs, and all that rests on them, out of the diary and the files beside it; returns what went.

    Raises StoreError as `what_goes` does, and while a recorder writes to the diary: nothing is touched then. After a
    kill, a full disk or a lock the same call again goes on; after an earlier one's kill any call finishes it too.
    """
    if not diary.is_file():
        raise StoreError(f"there is no diary at {diary}", StoreReason.MISSING)
    with RecorderGuard(diary):
        going = what_goes(diary, wanted, also)
        before = diary.stat().st_size
        left = [problem for one in going.files if (problem := _done_with(one, wanted, now_unix_s))]
        for folder in {one.path.parent for one in going.files}:
            sync_folder(folder)
        _forget_in(diary, wanted, now_unix_s)
        return Forgotten(going, going.touched.due, before, diary.stat().st_size, tuple(left))


def _done_with(one: Beside, wanted: Wanted, now_unix_s: float) -> Left | None:
    """Remove a file, or take the runs out of a copy of the diary; returns it with the reason where that cannot be."""
    if one.kind == BACKUP:
        return Left(one.path, "a backup, locked by its passphrase, may still hold them")
    try:
        if one.kind != COPY:
            one.path.unlink()
        else:
            _forget_in_copy(one.path, wanted, now_unix_s)
    except (OSError, StoreError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        return Left(one.path, f"it could not be changed ({why})")
    return None


def _forget_in_copy(copy: Path, wanted: Wanted, now_unix_s: float) -> None:
    """Take the runs out of another diary in the folder; one that lacks some of them is done when the others are out."""
    with Store(copy, create=False) as store:
        known = {row.run_id for row in store.runs()}
    there = Wanted(
        tuple(name for name in wanted.run_ids if name in known),
        wanted.before_day,
        wanted.everything,
        wanted.coarse_m,
    )
    if _forget_in(copy, there, now_unix_s):
        return
    damage = next(iter(examine(copy).problems), "")
    if damage:
        raise StoreError(f"it is damaged: {damage}", StoreReason.DAMAGED)


def _forget_in(diary: Path, wanted: Wanted, now_unix_s: float) -> bool:
    """Remove the rows of one diary and wipe what they left; returns whether there was anything to remove."""
    with Store(diary, create=False) as store:
        edit = edit_of(wanted)
        found = touched(store, wanted, edit)
        if found.spans or found.decisions or found.memories or wanted.everything:
            today = datetime.fromtimestamp(now_unix_s, UTC).date().isoformat()
            remove(store, wanted, edit, now_unix_s, today)
        if not is_due(store):
            return False
        wipe(store, diary)
        return True
