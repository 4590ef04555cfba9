"""A watched folder: what a watch or a sync tool drops there becomes runs, once it is complete.

The rule of this file: a file is taken when it has stopped changing and reads whole; one that stays broken is taken
for what it is after a while. Polling alone is trusted: network drives tell nobody of changes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from app.importing import digest, digested, find_tasks
from app.judging import Outcome, judged
from app.store import Store
from device.files.reading import close_archive

#: How often the folder is looked at, how long a file must not have changed, and after how long it is taken broken.
POLL_S, SETTLED_S, GIVEN_UP_S = 2.0, 3.0, 60.0
#: Names under which browsers, sync tools and file managers write what is not complete.
_TEMPORARY = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".opdownload", ".!sync",
              ".syncthing", ".inprogress", ".upload")  # fmt: skip
_PREFIXES = (".", "~", "._")

#: Size in bytes and time of change in ns of a file, by which it is known again.
Mark: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class _Seen:
    """A file in the folder: how it looked, since when in s, and whether it was taken, or tried, as it looks."""

    mark: Mark
    since_s: float
    taken: bool = False
    tried: bool = False


@dataclass(slots=True)
class Watch:
    """What is known of a folder; `look` is called again and again with a clock that only rises."""

    folder: Path
    settled_s: float = SETTLED_S
    given_up_s: float = GIVEN_UP_S
    trouble: str = ""
    """Why the folder cannot be read now, "" while it can."""
    _seen: dict[Path, _Seen] = field(default_factory=dict)

    def look(self, store: Store, now_s: float) -> Iterator[Outcome]:
        """Import what is complete by now and yield what became of it."""
        for path, mark in self._files().items():
            seen = self._seen.get(path)
            if seen is None or seen.mark != mark:
                self._seen[path] = seen = _Seen(mark, now_s)
            settled_s = now_s - seen.since_s
            if seen.taken or settled_s < self.settled_s:
                continue
            last = settled_s >= self.given_up_s
            if seen.tried and not last:
                continue
            found = self._tried(store, path, mark, last)
            seen.tried, seen.taken = True, found is not None
            yield from found or ()

    def unsettled(self) -> bool:
        """Return whether a file in the folder may still become complete soon: it was not yet tried as it looks."""
        return any(not seen.tried for seen in self._seen.values())

    def incomplete(self) -> list[Path]:
        """Return the files that were tried and are not complete."""
        return [path for path, seen in self._seen.items() if seen.tried and not seen.taken]

    def _files(self) -> dict[Path, Mark]:
        found: dict[Path, Mark] = {}
        problems: list[OSError] = []
        for folder, folders, names in os.walk(self.folder, onerror=problems.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                mark = None if is_temporary(name) else _mark(Path(folder, name))
                if mark is not None:
                    found[Path(folder, name)] = mark
        at = next((p for p in problems if Path(os.fsdecode(p.filename or "")) == self.folder), None)
        self.trouble = f"{self.folder} cannot be read: {at.strerror}" if at is not None else ""
        if not self.trouble:
            # A folder that vanished keeps what was known of it: its files were taken.
            self._seen = {path: seen for path, seen in self._seen.items() if path in found}
        return found

    def _tried(self, store: Store, path: Path, mark: Mark, last: bool) -> list[Outcome] | None:
        """Return what became of a file; None where it is not complete, which the last try does not ask."""
        weight_kg = store.profile().weight_kg
        outcomes: list[Outcome] = []
        try:
            for task in find_tasks([path]):
                digests = digested(task, weight_kg) if task.member else digest(task, weight_kg)
                # An archive has its table of contents at its end: where that stands, all of it does.
                cut = isinstance(digests, list) and (not mark[0] or any(not one.reading.whole for one in digests))
                if (cut and not last) or _mark(path) != mark:
                    return None
                outcomes += [judged(store, one) for one in digests]
        finally:
            close_archive()
        return outcomes


def is_temporary(name: str) -> bool:
    """Return whether a name is one under which files are written before they are complete."""
    lower = name.lower()
    return lower.startswith(_PREFIXES) or lower.endswith(_TEMPORARY) or ".syncthing." in lower


def _mark(path: Path) -> Mark | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns
