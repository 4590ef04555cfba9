"""What an import has done so far, in a file beside the diary: killed in the middle, it goes on where it was.

The rule of this file: the diary is the truth and is written first; a line lost with a crash means that a file is read
again and found to be in the diary. The journal goes once everything is done.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from app.judging import Outcome, Status
from app.store import Store, StoreError
from device.files.reading import FileTask

_STALE_S = 30 * 86400.0


class Journal:
    """The lines of one import, by task and, within a task, by reading."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._parts: dict[str, dict[str, dict[str, object]]] = {}
        self._done: set[str] = set()
        self._file: TextIO | None = None
        self.known = 0
        """How many tasks were done before."""
        if path is not None:
            self._load(path)

    @classmethod
    def nowhere(cls) -> Journal:
        """Return a journal that is not kept."""
        return cls(None)

    @classmethod
    def beside(cls, store: Store, paths: Sequence[Path]) -> Journal:
        """Return the journal of importing these paths into a diary; old ones of other imports are removed."""
        if store.where == "memory":
            return cls.nowhere()
        diary = Path(store.where)
        for old in diary.parent.glob(f"{diary.name}.import-*"):
            with suppress(OSError):
                if old.stat().st_mtime < time.time() - _STALE_S:
                    old.unlink()
        named = "\n".join(sorted(str(path.resolve()) for path in paths))
        return cls(diary.with_name(f"{diary.name}.import-{_short(named)}"))

    def _load(self, path: Path) -> None:
        with suppress(OSError):
            for line in path.read_text("utf-8", "replace").splitlines():
                with suppress(ValueError):
                    self._take(json.loads(line))
        self.known = len(self._done)

    def _take(self, row: object) -> None:
        if not isinstance(row, dict) or not isinstance(row.get("task"), str):
            return
        if isinstance(row.get("name"), str):
            self._parts.setdefault(row["task"], {})[row["name"]] = row
        else:
            self._done.add(row["task"])

    def outcomes(self, store: Store, task: FileTask, order: int) -> list[Outcome] | None:
        """Return what became of a task that was done before; None where it was not, or the diary lost a run of it."""
        key = _key(task)
        if key not in self._done:
            return None
        found = [_outcome(store, row, order) for row in self._parts.get(key, {}).values()]
        known = [one for one in found if one is not None]
        return known if len(known) == len(found) else None

    def part(self, store: Store, task: FileTask, name: str, order: int) -> Outcome | None:
        """Return what became of one reading of a task that was left in the middle; None where it is not known."""
        row = self._parts.get(_key(task), {}).get(name)
        return None if row is None else _outcome(store, row, order)

    def note(self, task: FileTask, name: str, outcome: Outcome) -> None:
        """Note what became of one reading."""
        told = {"file": outcome.file, "status": outcome.status.value, "problems": outcome.problems}
        held = {"runs": [run.run_id for run in outcome.runs], "columns": dict(outcome.columns)}
        self._write({"task": _key(task), "name": name, **told, **held})

    def done(self, task: FileTask) -> None:
        """Note that a task is done."""
        self._write({"task": _key(task)})

    def _write(self, row: dict[str, object]) -> None:
        if self._path is None:
            return
        try:
            if self._file is None:
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(json.dumps(row) + "\n")
            self._file.flush()
        except OSError:
            self._path = None  # without a journal an import that is cut off reads again what the diary has

    def close(self, *, finished: bool) -> None:
        """Close the journal, and remove it where everything is done."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if finished and self._path is not None:
            self._path.unlink(missing_ok=True)


def _outcome(store: Store, row: dict[str, object], order: int) -> Outcome | None:
    try:
        rows = tuple(store.run(str(run_id)) for run_id in _texts(row["runs"]))
        columns = row["columns"]
        known = {str(k): str(v) for k, v in columns.items()} if isinstance(columns, dict) else {}
        return Outcome(order, str(row["file"]), Status(row["status"]), _texts(row["problems"]), rows, known)
    except (StoreError, KeyError, ValueError):
        return None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _key(task: FileTask) -> str:
    try:
        state = task.path.stat()
    except OSError:
        return _short(task.name)
    changed = 0 if task.depth else state.st_mtime_ns  # a copy is as old as its unpacking
    return _short(f"{task.name}\n{state.st_size}\n{changed}")


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
