"""How far an import has come and how long it will take: a bar on a terminal, now and then a line elsewhere.

The rule of this file: it writes to stderr only, and says nothing of an import that is over in seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from app.judging import Outcome
from app.output import say
from device.files.reading import FileTask

_EVERY_S = 10.0


def expected(found: Sequence[FileTask]) -> int:
    """Return how many outcomes the tasks will have, as far as can be told before they are read."""
    return sum(1 + 2 * len(task.routes) for task in found)


def watched(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass outcomes on and show how far they have come."""
    return _barred(outcomes, total) if sys.stderr.isatty() else lined(outcomes, total, say, time.monotonic)


def _barred(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    parts = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*parts, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("reading", total=total)
        for done, outcome in enumerate(outcomes, start=1):
            yield outcome
            progress.update(bar, completed=done, total=max(total, done))


def lined(
    outcomes: Iterable[Outcome], total: int, tell: Callable[[str], None], clock: Callable[[], float]
) -> Iterator[Outcome]:
    """Pass outcomes on; every ten seconds tell how many are done and the time left."""
    begun_s = told_s = clock()
    for done, outcome in enumerate(outcomes, start=1):
        yield outcome
        now_s = clock()
        if now_s - told_s >= _EVERY_S:
            told_s = now_s
            left_s = (now_s - begun_s) * max(total - done, 0) / done
            tell(f"{done} of {max(total, done)} files read, about {left_words(left_s)} left")


def left_words(left_s: float) -> str:
    """Return a time in s as words, as exact as a guess is."""
    if left_s < 90.0:
        return f"{max(5 * round(left_s / 5.0), 5)} s"
    return f"{round(left_s / 60.0)} min" if left_s < 5400.0 else f"{left_s / 3600.0:.1f} h"
