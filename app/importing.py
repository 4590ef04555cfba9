"""Files become runs of the diary: read in worker processes, judged and written here, one at a time in order.

The rule of this file: one bad file never stops a batch; every file gets a status and, if it needs one, a reason.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.import_journal import Journal
from app.judging import Digest, judged
from app.judging import Outcome as Outcome
from app.judging import Status as Status
from app.judging import status_of as status_of
from app.store import Store
from device.files.archives import find
from device.files.reading import UNREADABLE, FileTask, read_task
from device.files.recording import FileReading
from edge.summary import summarise

_LOG = logging.getLogger(__name__)
# Below this many files the start of worker processes costs more than it gains.
_ALONE = 12
# Read here and not in a worker, so that its samples are never held twice.
_LARGE_BYTES = 48 << 20
_MOST_WORKERS = 6
_RANKS = {".fit": 0, ".tcx": 1, ".gpx": 2}


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
    """Return what there is to read, archive members each on their own; copies it needs last as long as the list."""
    return find(files)


def import_tasks(
    store: Store, found: Sequence[FileTask], workers: int | None = None, journal: Journal | None = None
) -> Iterator[Outcome]:
    """Read each task, write its runs into the diary, and yield what became of it, the richest formats first.

    With a journal, what it knows to be done is handed out as it was, and what is done now is noted in it.
    """
    weight_kg = store.profile().weight_kg
    journal = journal or Journal.nowhere()
    # Where one activity is there in two formats, the one that holds more is to be the run.
    order = sorted(range(len(found)), key=lambda i: (_rank(found[i]), i))
    left = []
    for i in order:
        past = journal.outcomes(store, found[i], i)
        if past is None:
            left.append(i)
        else:
            yield from past
    digests = _digests([found[i] for i in left], weight_kg, _worker_count([found[i] for i in left], workers))
    for i, several in zip(left, digests, strict=True):
        for digest in several:
            outcome = journal.part(store, found[i], digest.reading.name, i) or judged(store, digest, i)
            journal.note(found[i], digest.reading.name, outcome)
            yield outcome
        journal.done(found[i])


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
    return list(digested(task, weight_kg))


def digested(task: FileTask, weight_kg: float) -> Iterator[Digest]:
    """Yield the readings of one task one by one, each with its summaries."""
    try:
        for reading in read_task(task):
            yield Digest(reading, tuple(summarise(r.samples, r.sport, r.pauses, weight_kg) for r in reading.recordings))
    except Exception as problem:  # the last net: a fault of ours in one file must not lose the others
        _LOG.exception("could not read a file")
        sentence = f"could not be read: {type(problem).__name__} inside Kadenz; please report it"
        yield Digest(FileReading(task.name, UNREADABLE, (), (sentence,), False, ""), ())


def _digests(found: Sequence[FileTask], weight_kg: float, workers: int) -> Iterator[Iterable[Digest]]:
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
        yield digested(task, weight_kg)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of readers started clean: this process may hold threads and an open diary."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this reader end when the import is killed: its queue would keep it waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_ended, args=(parent,), daemon=True).start()


def _ended(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _pooled(
    pool: ProcessPoolExecutor, rest: deque[FileTask], weight_kg: float, in_flight: int
) -> Iterator[Iterable[Digest]]:
    """Yield digests in order with a bounded number of tasks in flight; takes each from `rest` when it is done."""
    waiting: deque[Future[list[Digest]] | None] = deque()
    ahead = 0
    while rest:
        while ahead < len(rest) and len(waiting) < in_flight:
            task = rest[ahead]
            waiting.append(None if _large(task) else pool.submit(digest, task, weight_kg))
            ahead += 1
        head = waiting[0]
        done: Iterable[Digest] = digested(rest[0], weight_kg) if head is None else head.result()
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
    """Return whether a file holds much once unpacked: a health export, or as its size or its gzip trailer tells."""
    if task.health:
        return True
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
