"""Many lives as files, of either world: some people at a time, in several processes where there is much to do.

The rule of this file: a batch is drawn anew from its seed wherever it is written, so nothing but an order is handed
over, and neither the size of the batches nor the number of processes changes a byte.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hardware_sim.lives.draw import draw
from hardware_sim.lives.files import Beside, Life, home_of, marks, refuse_other, write
from hardware_sim.lives.first import FIRST
from hardware_sim.lives.living import live
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World

WORLDS: dict[str, World] = {"first": FIRST, "second": SECOND}
_MOST_WORKERS = 6
# Below so many days of people the start of processes costs more than it gains.
_ALONE_DAYS = 1500
# People in a batch: living few at a time is slow, and a large batch tells late how far it is.
_MOST_PEOPLE, _BATCHES_A_WORKER = 8, 4


@dataclass(frozen=True, slots=True)
class Order:
    """Which lives to write where: people first to first + runners - 1 of a seed, from `start_day` on."""

    seed: int
    runners: int
    days: int
    start_day: int
    world: Literal["first", "second"]
    every_s: float
    folder: Path
    fit: bool = True
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One life that was written: its folder and its number of runs."""

    home: Path
    runs: int


def batch(order: Order, first: int, count: int) -> list[Written]:
    """Write the lives of some people of an order; ValueError and OSError as `files.write`."""
    people = draw(order.seed, count, first)
    days = live(people, order.days, WORLDS[order.world], start_day=order.start_day)
    lives = [Life(people, days, row, order.world, order.every_s) for row in range(count)]
    return [Written(write(life, order.folder, order.fit, order.beside), life.runs) for life in lives]


def batches(order: Order, workers: int | None = None) -> Iterator[list[Written]]:
    """Write all lives of an order and yield the batches in order, by so many processes (0: by this one, None: chosen).

    ValueError where an order makes no sense or a folder holds another life; OSError where the disk will not.
    """
    _refuse_others(order)
    count = _workers(order) if workers is None else workers
    size = max(1, min(_MOST_PEOPLE, order.runners // (_BATCHES_A_WORKER * max(count, 1))))
    parts = [(first, min(size, order.runners - first)) for first in range(0, order.runners, size)]
    if not count:
        yield from (batch(order, first, some) for first, some in parts)
        return
    with _pool(count) as pool:
        waiting: list[Future[list[Written]]] = [pool.submit(batch, order, *part) for part in parts]
        for future in waiting:
            yield future.result()


def _refuse_others(order: Order) -> None:
    """Raise ValueError before anything is written where one of the folders holds another life."""
    for number in range(order.runners):
        mine = marks(order.world, order.seed, number, order.start_day, order.every_s, order.days)
        refuse_other(home_of(order.folder, number), mine)


def _workers(order: Order) -> int:
    if order.runners < 2 or order.runners * order.days < _ALONE_DAYS:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 0 if cores < 2 else min(cores, _MOST_WORKERS, order.runners)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Hold processes started clean; what is not begun when the block ends early is never begun."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_stop_at_once)
    try:
        yield pool
    except BrokenProcessPool as died:
        raise OSError("a process that wrote lives died (out of memory?): what is written is whole") from died
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _stop_at_once() -> None:
    """Let Ctrl-C end this process without a word; what it was writing is whole or is written again next time."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
