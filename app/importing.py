"""Files become runs of the diary: read in worker processes, judged and written here, one at a time in order.

The rule of this file: one bad file never stops a batch; every file gets a status and, if it needs one, a reason.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.store import RunRow, Store
from device.files.reading import UNREADABLE, FileTask, read_task, tasks
from device.files.recording import FileReading, Recording
from edge.samples import DeviceInfo, Gap
from edge.summary import RunSummary, summarise

_LOG = logging.getLogger(__name__)
# Below this many files the start of worker processes costs more than it gains.
_ALONE = 12
# Read here and not in a worker, so that its samples are never held twice.
_LARGE_BYTES = 48 << 20
_MOST_WORKERS = 6
_RANKS = {".fit": 0, ".tcx": 1, ".gpx": 2}
_MOST_PROBLEMS = 12
# Two recordings are one activity within these: formats cut the first and last seconds, and measure distance anew.
_SAME_TIME_S, _SAME_SHARE = 60.0, 0.8
_SAME_M, _SAME_M_SHARE = 100.0, 0.1
_FOOT = frozenset({"running", "walking", "hiking"})
_UNNAMED = frozenset({"generic", ""})


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


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files among the paths and in their folders, sorted; raises FileNotFoundError naming a missing one."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                found += [Path(folder, name) for name in sorted(names)]
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(str(path))
    return list(dict.fromkeys(found))


def find_tasks(files: Sequence[Path]) -> list[FileTask]:
    """Return what there is to read, archive members each on their own."""
    return [task for path in files for task in tasks(path)]


def import_tasks(store: Store, found: Sequence[FileTask], workers: int | None = None) -> Iterator[Outcome]:
    """Read each task, write its runs into the diary, and yield what became of it, the richest formats first."""
    weight_kg = store.profile().weight_kg
    # Where one activity is there in two formats, the one that holds more is to be the run.
    order = sorted(range(len(found)), key=lambda i: (_rank(found[i]), i))
    digests = _digests([found[i] for i in order], weight_kg, _worker_count(found, workers))
    for i, several in zip(order, digests, strict=True):
        for digest in several:
            yield judged(store, digest, i)


def _rank(task: FileTask) -> int:
    name = (task.member or task.path.name).lower().removesuffix(".gz")
    return _RANKS.get(Path(name).suffix, 3)


def _worker_count(found: Sequence[FileTask], wanted: int | None) -> int:
    """Return how many worker processes to use, 0 for none."""
    if wanted is not None:
        return wanted
    if len(found) < _ALONE:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_WORKERS)


def digest(task: FileTask, weight_kg: float) -> list[Digest]:
    """Return the readings of one task with their summaries; never raises for what a file holds."""
    try:
        return [
            Digest(reading, tuple(summarise(r.samples, r.sport, r.pauses, weight_kg) for r in reading.recordings))
            for reading in read_task(task)
        ]
    except Exception as problem:  # the last net: a fault of ours in one file must not lose the others
        _LOG.exception("could not read a file")
        sentence = f"could not be read: {type(problem).__name__} inside Kadenz; please report it"
        return [Digest(FileReading(task.name, UNREADABLE, (), (sentence,), False, ""), ())]


def _digests(found: Sequence[FileTask], weight_kg: float, workers: int) -> Iterator[list[Digest]]:
    """Yield the digests of the tasks in their order, read by so many workers (0: by this process)."""
    rest = deque(found)
    while workers and rest:
        with _pool(workers) as pool:
            try:
                yield from _pooled(pool, rest, weight_kg, 3 * workers)
            except BrokenProcessPool:
                # A worker died (out of memory, as a rule): its file is read alone, then a new pool goes on.
                _LOG.warning("a reader process died; going on with a new one")
                yield _alone(rest.popleft(), weight_kg)
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
    for task in rest:
        yield digest(task, weight_kg)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of readers started clean: this process may hold threads and an open diary."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(workers, mp_context=context)


def _pooled(
    pool: ProcessPoolExecutor, rest: deque[FileTask], weight_kg: float, in_flight: int
) -> Iterator[list[Digest]]:
    """Yield digests in order with a bounded number of tasks in flight; takes each from `rest` when it is done."""
    waiting: deque[Future[list[Digest]] | None] = deque()
    ahead = 0
    while rest:
        while ahead < len(rest) and len(waiting) < in_flight:
            task = rest[ahead]
            waiting.append(None if _large(task) else pool.submit(digest, task, weight_kg))
            ahead += 1
        head = waiting[0]
        done = digest(rest[0], weight_kg) if head is None else head.result()
        waiting.popleft()
        rest.popleft()
        ahead -= 1
        yield done


def _alone(task: FileTask, weight_kg: float) -> list[Digest]:
    """Return the digest of one task from a process of its own, which it may take down."""
    with _pool(1) as pool:
        try:
            return pool.submit(digest, task, weight_kg).result()
        except BrokenProcessPool:
            sentence = "the process that read it died (out of memory?)"
            return [Digest(FileReading(task.name, UNREADABLE, (), (sentence,), False, ""), ())]


def _large(task: FileTask) -> bool:
    """Return whether a file is large once unpacked, as far as its size or its gzip trailer tells."""
    try:
        size = task.path.stat().st_size
        if task.member or size < 18:
            return False
        if task.path.suffix.lower() == ".gz":
            with task.path.open("rb") as source:
                source.seek(-4, os.SEEK_END)
                size = max(size, int.from_bytes(source.read(4), "little"))
    except OSError:
        return False
    return size > _LARGE_BYTES


def judged(store: Store, found: Digest, order: int = 0) -> Outcome:
    """Write what a reading holds into the diary and return what became of the file."""
    reading = found.reading
    problems = [*reading.problems[:_MOST_PROBLEMS]]
    if len(reading.problems) > _MOST_PROBLEMS:
        problems.append(f"and {len(reading.problems) - _MOST_PROBLEMS} more")

    def outcome(status: Status, runs: Sequence[str] = ()) -> Outcome:
        rows = tuple(store.run(run_id) for run_id in dict.fromkeys(runs))
        return Outcome(order, reading.name, status, tuple(problems), rows)

    status = status_of(reading)
    if status in (Status.SKIPPED, Status.REJECTED):
        problems[:0] = [reading.kind] if status is Status.SKIPPED else []
        return outcome(status)
    kept = [(r, s) for r, s in zip(reading.recordings, found.summaries, strict=True) if reading.whole or _has_rows(r)]
    known = store.has_file(reading.sha256)
    if known:
        problems.append(f"the same file is in the diary already (run {', '.join(known)})")
        return outcome(Status.DUPLICATE, known)
    new, same = _stored(store, reading, kept, problems)
    if not new:
        return outcome(Status.DUPLICATE, same)
    return outcome(status, new)


def _stored(
    store: Store, reading: FileReading, kept: list[tuple[Recording, RunSummary]], problems: list[str]
) -> tuple[list[str], list[str]]:
    """Store the sessions that are new; return the ids of the new runs and of those that were there."""
    new: list[str] = []
    same: list[str] = []
    for recording, summary in kept:
        twin = find_twin(store, recording, summary)
        if twin is not None:
            source = f" from {twin.file_name}" if twin.file_name else ""
            problems.append(f"the same activity is in the diary as run {twin.run_id}{source}")
            same.append(twin.run_id)
            continue
        new.append(
            store.add_recording(recording, summary, file_name=Path(reading.name).name, file_sha256=reading.sha256)
        )
    return new, same


def find_twin(store: Store, recording: Recording, summary: RunSummary) -> RunRow | None:
    """Return the run of the diary that is the same activity, None where there is none.

    Same family of sports (a file that names none fits any), start and end within 60 s of each other and four
    fifths in common, distances within 10 % or 100 m where both are known.
    """
    start_s = recording.start_unix_s
    for row in store.runs(since_unix_s=start_s - _SAME_TIME_S, until_unix_s=start_s + _SAME_TIME_S):
        if row.summary is not None and _one_family(row.sport, recording.sport):
            shift_s = row.start_unix_s - start_s
            if _same_span(row.summary.duration_s, summary.duration_s, shift_s) and _same_distance(
                row.summary.distance_m, summary.distance_m
            ):
                return row
    return None


def _one_family(a: str, b: str) -> bool:
    """Return whether two formats may call one activity by these sports; a file that names none fits any."""
    return a == b or a in _UNNAMED or b in _UNNAMED or (a in _FOOT and b in _FOOT)


def _same_span(stored_s: float, ours_s: float, shift_s: float) -> bool:
    """Return whether two stretches, one `shift_s` later than the other, cover the same time; unknown ones do."""
    stored_s, ours_s = (0.0 if math.isnan(s) else s for s in (stored_s, ours_s))
    common_s = min(stored_s + shift_s, ours_s) - max(shift_s, 0.0)
    ends_apart_s = abs(stored_s + shift_s - ours_s)
    return ends_apart_s <= _SAME_TIME_S and common_s >= _SAME_SHARE * max(stored_s, ours_s)


def _same_distance(stored_m: float, ours_m: float) -> bool:
    return not abs(stored_m - ours_m) > max(_SAME_M, _SAME_M_SHARE * max(stored_m, ours_m))


def _has_rows(recording: Recording) -> bool:
    return any(not isinstance(s, (DeviceInfo, Gap)) for s in recording.samples)


def status_of(reading: FileReading) -> Status:
    """Return what is to become of a file that no other has brought before: anything but a duplicate."""
    if reading.whole and reading.recordings:
        return Status.IMPORTED
    if any(_has_rows(r) for r in reading.recordings):
        return Status.SALVAGED
    if reading.kind == UNREADABLE or (reading.kind == "activity" and reading.problems):
        return Status.REJECTED
    return Status.SKIPPED
