"""A diary of all real files out as a whole export and back into another, compared table by table, and timed.

`python tests/programs/whole_export.py [FOLDER OF RECORDINGS]` (default: activity_files of KADENZ_DATA).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from test_export_all import tables

from app.exporting.back import take_back
from app.exporting.everything import export_all
from app.importing import find_files, find_tasks, import_tasks
from app.store import Store


def timed(what: str, work: Callable[[], object]) -> None:
    """Do something and print how long it took."""
    begun_s, begun_cpu_s = time.monotonic(), time.process_time()
    work()
    print(
        f"{what}: {time.monotonic() - begun_s:.1f} s, {time.process_time() - begun_cpu_s:.1f} CPU seconds", flush=True
    )


def megabytes(path: Path) -> float:
    """Return the size of a file or a folder in MB."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(one.stat().st_size for one in files if one.is_file()) / 1e6


def main() -> int:
    """Print times, sizes and whether both diaries are the same."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ["KADENZ_DATA"]) / "activity_files"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with Store(home / "one.db") as one:
            list(import_tasks(one, find_tasks(find_files([source])), 0))
        with Store(home / "one.db") as one:
            print(f"{len(one.runs())} runs, {sum(row.samples for row in one.runs())} samples", flush=True)
            timed("out", lambda: export_all(one, home / "out", time.time()))
        with Store(home / "two.db") as two:
            timed("back", lambda: take_back(two, home / "out"))
        sizes = (f"{name} {megabytes(home / name):.1f} MB" for name in ("one.db", "out", "two.db"))
        same = repr(tables(home / "one.db")) == repr(tables(home / "two.db"))
        print(f"{', '.join(sizes)}; the same, table by table: {same}")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
