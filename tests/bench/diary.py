"""What the diary costs: one commit of a recording, a close, a check and a read (run it: python tests/bench/diary.py).

Prints medians over one simulated hour of 104 Hz motion with heart rate, fixes and strides at 1 Hz.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from store_cases import second  # noqa: E402

from app.recorder import finish  # noqa: E402
from app.store import Store, examine  # noqa: E402


def timed(what: str, step: Callable[[], object]) -> None:
    """Run a step and print how long it took."""
    begun_s = time.perf_counter()
    step()
    print(f"{what:<52}{time.perf_counter() - begun_s:8.3f} s")


def main(seconds: int = 3600) -> None:
    """Record the hour second by second, then finish, close, check and read it."""
    with tempfile.TemporaryDirectory() as folder:
        diary = Path(folder) / "diary.db"
        store = Store(diary)
        run_id = store.start_run(source="bench", sport="running", start_unix_s=1.7e9)
        costs = []
        for number in range(seconds):
            samples = second(number, 104)
            begun_s = time.perf_counter()
            store.append(run_id, samples)
            costs.append(1e3 * (time.perf_counter() - begun_s))
        costs.sort()
        print(f"{'one commit of one second, median':<52}{statistics.median(costs):8.2f} ms")
        print(f"{'one commit, 95th percentile':<52}{costs[-seconds // 20]:8.2f} ms")
        timed("finish a cut-off run of an hour (summary)", lambda: finish(store, run_id))
        timed("close and seal", store.close)
        print(f"{'file':<52}{diary.stat().st_size / 1e6:8.1f} MB")
        timed("check every byte", lambda: examine(diary))
        with Store(diary) as again:
            timed("read the hour", lambda: again.samples(run_id))
            again.save_decision("{}", "{}", 0.0)
            timed("close and seal after one small write", again.close)


if __name__ == "__main__":
    main()
