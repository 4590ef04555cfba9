"""What forgetting and backups cost, and what the byte search finds before and after (python tests/bench/forget.py).

Simulated runs with fixes and heart rate at 1 Hz, as files bring them; every tenth is looked for by the search.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [
    str(Path(__file__).parents[2]),
    str(Path(__file__).parents[1]),
    str(Path(__file__).parents[1] / "programs"),
]

from byte_search import hits, needles_of  # noqa: E402
from forget_cases import DAY_S, START_S, imported, rows  # noqa: E402

from app.backups import back_up, restore  # noqa: E402
from app.coach import decide_today  # noqa: E402
from app.forgetting import forget, what_goes  # noqa: E402
from app.store import Store  # noqa: E402
from app.store.forgetting import Wanted  # noqa: E402

Result = TypeVar("Result")


def timed(what: str, step: Callable[[], Result]) -> Result:
    """Run a step, print how long it took, and return what it returned."""
    begun_s = time.perf_counter()
    result = step()
    print(f"{what:<60}{time.perf_counter() - begun_s:8.2f} s", flush=True)
    return result


def make(diary: Path, runs: int, seconds: int) -> list[str]:
    """Make a diary of simulated runs a day apart with a decision every twentieth day."""
    names = []
    with Store(diary) as store:
        for number in range(runs):
            names.append(imported(store, number, START_S + number * DAY_S + 17.125 * number, seconds))
            if number % 20 == 19:
                decide_today(store, START_S + (number + 0.6) * DAY_S, predictor=None)
    return names


def main(runs: int = 1000, seconds: int = 1800, made: str = "") -> None:
    """Make the diary once (or take the folder of one that was `made`), and try each way on a copy of it."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(made or name) / ("" if made else "source") / "diary.db"
        source.parent.mkdir(exist_ok=True)
        if not made:
            timed(f"make {runs} runs of {seconds} s", lambda: make(source, runs, seconds))
        with Store(source) as store:
            names = [row.run_id for row in store.runs()]
        print(f"{source.stat().st_size / 1e6:.1f} MB")
        half = Wanted(before_day=int((START_S + runs // 2 * DAY_S) // DAY_S))
        for what, wanted, gone in (
            ("one run", Wanted((names[runs // 2],)), [names[runs // 2]]),
            ("half of them (--before)", half, names[: runs // 2 : 10]),
            ("everything (--all)", Wanted(everything=True), names[::10]),
            ("positions of all (--coarsen 1000)", Wanted(everything=True, coarse_m=1000.0), names[::10]),
        ):
            home = Path(name) / "home"
            shutil.copytree(source.parent, home)
            looked_for = needles_of(source, gone, wanted.coarsens)
            before = len(hits(home, looked_for))
            timed(f"{what}: look", lambda: what_goes(home / "diary.db", wanted))  # noqa: B023
            done = timed(f"{what}: forget", lambda: forget(home / "diary.db", wanted, START_S))  # noqa: B023
            after = len(hits(home, looked_for))
            size = f"{done.bytes_before / 1e6:.1f} to {done.bytes_after / 1e6:.1f} MB"
            print(f"{what}: {size}; {len(looked_for)} needles, found {before} times before, {after} after", flush=True)
            shutil.rmtree(home)
        file, target = Path(name) / "a.backup", Path(name) / "restored" / "diary.db"
        made = timed("backup", lambda: back_up(source, file, "orbit velvet canyon"))
        timed("restore", lambda: restore(file, target, "orbit velvet canyon"))
        print(f"backup of {made.size / 1e6:.1f} MB; every table equal: {rows(target, ()) == rows(source, ())}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
