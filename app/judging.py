"""What becomes of one reading: a status, a reason where it needs one, and its runs in the diary.

The rule of this file: whoever else imports into the same diary, one activity is one run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from app.store import RunRow, Store
from app.store.guard import locked
from app.twins import enrich, find_shorter, find_twin, lengthen
from device.files.reading import UNREADABLE
from device.files.recording import FileReading, Recording
from edge.samples import DeviceInfo, Gap
from edge.summary import RunSummary

_MOST_PROBLEMS = 12


class Status(Enum):
    """What became of a file."""

    IMPORTED = "imported"
    SALVAGED = "salvaged"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, eq=False)
class Digest:
    """One reading with the summaries of its recordings, as a worker hands it over."""

    reading: FileReading
    summaries: tuple[RunSummary, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its place in the order found, status, sentences, and its runs in the diary."""

    order: int
    file: str
    status: Status
    problems: tuple[str, ...]
    runs: tuple[RunRow, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Where a duplicate brought something: each measured column of its run with the file that it came from."""


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Hold the lock that all importers of one diary take, so that what two of them bring is compared in turn."""
    if store.where == "memory":
        yield
        return
    diary = Path(store.where)
    handle = os.open(diary.with_name(diary.name + ".importing"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locked(handle, wait=True)
        yield
    finally:
        os.close(handle)


def judged(store: Store, found: Digest, order: int = 0) -> Outcome:
    """Write what a reading holds into the diary and return what became of the file."""
    reading = found.reading
    problems = [*reading.problems[:_MOST_PROBLEMS]]
    if len(reading.problems) > _MOST_PROBLEMS:
        problems.append(f"and {len(reading.problems) - _MOST_PROBLEMS} more")
    columns: dict[str, str] = {}

    def outcome(status: Status, runs: Sequence[str] = ()) -> Outcome:
        rows = tuple(store.run(run_id) for run_id in dict.fromkeys(runs))
        return Outcome(order, reading.name, status, tuple(problems), rows, columns)

    status = status_of(reading)
    if status in (Status.SKIPPED, Status.REJECTED):
        problems[:0] = [reading.kind] if status is Status.SKIPPED else []
        return outcome(status)
    kept = [(r, s) for r, s in zip(reading.recordings, found.summaries, strict=True) if reading.whole or has_rows(r)]
    with alone(store):
        known = store.has_file(reading.sha256)
        if len(known) >= len(kept):
            problems.append(f"the same file is in the diary already (run {', '.join(known)})")
            return outcome(Status.DUPLICATE, known)
        new, same = _stored(store, reading, kept, problems, columns)
    if not new:
        return outcome(Status.DUPLICATE, same)
    return outcome(status, new)


def _stored(
    store: Store,
    reading: FileReading,
    kept: list[tuple[Recording, RunSummary]],
    problems: list[str],
    columns: dict[str, str],
) -> tuple[list[str], list[str]]:
    """Store the sessions that are new; return the ids of the new runs and of those that were there."""
    new: list[str] = []
    same: list[str] = []
    file_name = Path(reading.name).name
    for recording, summary in kept:
        shorter = find_shorter(store, recording, summary, file_name)
        if shorter is not None:
            lengthen(store, shorter, recording, summary)
            problems.append(f"run {shorter.run_id} from an earlier state of this file goes on now")
            new.append(shorter.run_id)
            continue
        twin = find_twin(store, recording, summary)
        if twin is None:
            new.append(store.add_recording(recording, summary, file_name=file_name, file_sha256=reading.sha256))
            continue
        source = f" from {twin.file_name}" if twin.file_name else ""
        problems.append(f"the same activity is in the diary as run {twin.run_id}{source}")
        same.append(twin.run_id)
        brought = enrich(store, twin, recording, file_name)
        if brought:
            theirs = [name for name, origin in brought.items() if origin == file_name]
            problems.append(f"run {twin.run_id} now has its {', '.join(theirs)}")
            columns.update(brought)
    return new, same


def has_rows(recording: Recording) -> bool:
    """Return whether a recording holds any row of samples."""
    return any(not isinstance(s, (DeviceInfo, Gap)) for s in recording.samples)


def status_of(reading: FileReading) -> Status:
    """Return what is to become of a file that no other has brought before: anything but a duplicate."""
    if reading.whole and reading.recordings:
        return Status.IMPORTED
    if any(has_rows(r) for r in reading.recordings):
        return Status.SALVAGED
    if reading.kind == UNREADABLE or (reading.kind == "activity" and reading.problems):
        return Status.REJECTED
    return Status.SKIPPED
