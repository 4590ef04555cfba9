"""Files beside the diary that hold something of its runs: journals, copies, exports, logs and left-over drafts.

The rule of this file: a file is known by its first bytes, never by its name alone, except for what Kadenz itself names
after the diary; nothing outside the given folders is looked at, and no folder within them but `exports`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from app.backup_file import is_backup
from app.store.forgetting import Touched, Wanted
from app.store.schema import APPLICATION_ID
from device.journal import MAGIC, JournalError, read_journal
from device.link import Packet

JOURNAL, COPY, EXPORT, LOG, DRAFT, BACKUP = "journal", "copy", "export", "log", "draft", "backup"
#: A journal begins a little before its run, and its clock and the run's may differ so much, in s.
_SLACK_S = 120.0
_EXPORTS = "exports"
#: What Kadenz writes beside a diary and finishes by renaming; one that is there was left by a kill.
_DRAFTS = (".new", ".restoring", ".backing-up")
_LOGS = (".recorder.log", ".live")
_PHYSIO = re.compile(r"physio-(\d{4}-\d{2}-\d{2})\.txt")
_SQLITE, _CHUNK = b"SQLite format 3\0", 1 << 20


@dataclass(frozen=True, slots=True)
class Beside:
    """One file beside the diary: where, what it is, and its size in bytes.

    A `COPY` of the diary has the same runs taken out; a `BACKUP` is locked by its passphrase and stays; all else goes.
    """

    path: Path
    kind: str
    size: int


def beside(diary: Path, wanted: Wanted, found: Touched, also: Sequence[Path] = ()) -> tuple[Beside, ...]:
    """Return the files in the diary's folder, its `exports` and the folders `also` that hold something of the runs."""
    diary = diary.resolve()
    folders = dict.fromkeys([diary.parent, diary.parent / _EXPORTS, *(folder.resolve() for folder in also)])
    seen = []
    for path in _files(folders):
        kind = "" if _belongs(path, diary) else _kind(path, diary, wanted, found)
        if kind:
            seen.append(Beside(path, kind, path.stat().st_size))
    return tuple(seen)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _belongs(path: Path, diary: Path) -> bool:
    """Return whether a file is the diary itself, or SQLite's or a lock's."""
    return path.name in {diary.name + end for end in ("", "-wal", "-shm", "-journal", ".recorder", ".making")} and (
        path.parent == diary.parent
    )


def _kind(path: Path, diary: Path, wanted: Wanted, found: Touched) -> str:
    if path.parent == diary.parent and path.name.startswith(diary.name):
        ending = path.name[len(diary.name) :]
        if ending in _LOGS:
            return LOG
        if ending.removesuffix("-wal").removesuffix("-shm").endswith(_DRAFTS) or _is_orphan(path):
            return DRAFT
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith(MAGIC[:7]):
        return JOURNAL if _journal_is_meant(path, wanted, found) else ""
    if head.startswith(_SQLITE) and int.from_bytes(head[68:72], "big") == APPLICATION_ID:
        return DRAFT if path.name.endswith(_DRAFTS) else COPY
    if is_backup(head):
        return BACKUP
    return EXPORT if path.parent == diary.parent / _EXPORTS and _export_is_meant(path, wanted, found) else ""


def _is_orphan(path: Path) -> bool:
    """Return whether a file is the log of a diary that is not there any more."""
    diary = path.name.removesuffix("-wal")
    return diary != path.name and not path.with_name(diary).exists()


def _journal_is_meant(path: Path, wanted: Wanted, found: Touched) -> bool:
    """Return whether a journal is of a run that is meant; one that does not tell its time may be of any of them."""
    if wanted.everything:
        return True
    try:
        journal = read_journal(path)
        arrivals = [event.arrival_s for event in journal if isinstance(event, Packet)]
    except JournalError:
        return bool(found.spans)
    begin_s = journal.started_unix_s
    if math.isnan(begin_s):
        return bool(found.spans)
    end_s = begin_s + (max(arrivals) - min(arrivals) if arrivals else 0.0)
    return any(one.start_unix_s - _SLACK_S <= end_s and one.end_unix_s + _SLACK_S >= begin_s for one in found.spans)


def _export_is_meant(path: Path, wanted: Wanted, found: Touched) -> bool:
    """Return whether an export names a run that is meant, or sums up a time with it."""
    if wanted.everything and not wanted.coarsens:
        return True
    names = [one.run_id.encode() for one in found.spans]
    if any(name in path.name.encode() for name in names) or _holds(path, names):
        return True
    page = _PHYSIO.fullmatch(path.name)
    if page is None or wanted.coarsens or not found.spans:  # a page for a physio holds no position
        return False
    return date.fromisoformat(page[1]) >= datetime.fromtimestamp(found.from_unix_s - 86400.0, UTC).date()


def _holds(path: Path, names: Sequence[bytes]) -> bool:
    """Return whether a file holds any of some texts."""
    if not names:
        return False
    meant = re.compile(b"|".join(re.escape(name) for name in names))
    overlap = max(len(name) for name in names)
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(_CHUNK):
            if meant.search(before + chunk):
                return True
            before = chunk[-overlap:]
    return False
