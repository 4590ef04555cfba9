"""A fleet in a box: Flower's simulation, one virtual node for each simulated runner, on this machine alone.

The rule of this file: it runs in a process of its own (`python -m models.fleet.simulate FILE`), so that nothing of it
is left when it ends, is stopped (Ctrl-C) or loses the one that began it; nothing of it listens anywhere.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.fleet.cohorts import Rule
from models.fleet.offers import PEOPLE, People
from models.fleet.quiet import INSTALL, environment, is_installed, silence
from models.sharing.exchange import SharingError

#: A simulation that takes longer is ended.
LONGEST_S = 4.0 * 3600.0
#: The file in which the simulation tells how many questions were answered.
TOLD = "told.txt"
#: What a device is asked in a round: SecAgg+ asks four times.
_QUESTIONS = {True: 4, False: 1}
_LOOK_S, _GRACE_S = 0.5, 8.0
#: Hears, now and then, which share of the questions was answered.
Hears = Callable[[float], None]


def silent(_share: float) -> None:
    """Hear nothing."""


def simulate(
    people: People, rule: Rule, rounds: int, workers: int = 2, longest_s: float = LONGEST_S, hears: Hears = silent
) -> dict[str, Any]:
    """Return the document of `models.fleet.server.write_result` with what it took; SharingError when it fails."""
    if not is_installed():
        raise SharingError(INSTALL)
    with tempfile.TemporaryDirectory(prefix="kadenz-fleet-") as folder:
        home = Path(folder)
        people.save(home / "people.npz")
        run = {
            **asdict(rule),
            "rounds": rounds,
            "least_nodes": len(people.numbers),
            "wait_s": 60.0,
            "result": str(home / "result.json"),
            PEOPLE: str(home / "people.npz"),
            "workers": workers,
        }
        (home / "run.json").write_text(json.dumps(run))
        begun = time.monotonic()
        _in_a_process(home, longest_s, len(people.numbers) * rounds * _QUESTIONS[rule.is_secure], hears)
        document: dict[str, Any] = json.loads((home / "result.json").read_text())
        took = json.loads((home / "took.json").read_text()) if (home / "took.json").exists() else {}
        return {**document, "took": {**took, "wall_s": time.monotonic() - begun}}


def _in_a_process(home: Path, longest_s: float, questions: int, hears: Hears) -> None:
    command = [sys.executable, "-m", "models.fleet.simulate", str(home)]
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(
            command, env=environment(home), stdout=log, stderr=log, cwd=_root(), start_new_session=True
        )
        try:
            _wait(process, home / TOLD, longest_s, questions, hears)
        finally:
            _end(process)
    if process.returncode or not (home / "result.json").exists():
        last = [line for line in (home / "log.txt").read_text().splitlines() if line.strip()][-1:]
        raise SharingError(f"Flower's simulation ended without a result: {last[0] if last else 'it said nothing'}")


def _wait(process: subprocess.Popen[bytes], told: Path, longest_s: float, questions: int, hears: Hears) -> None:
    end = time.monotonic() + longest_s
    while time.monotonic() < end:
        try:
            process.wait(_LOOK_S)
            return
        except subprocess.TimeoutExpired:
            if told.exists():
                hears(min(1.0, int(told.read_text()) / questions))
    raise SharingError(f"the simulation took longer than {longest_s:g} s and was ended")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the simulation where it still runs; its own processes end with the pipes to it."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _root() -> Path:
    return Path(__file__).parents[2]


def _end_with(parent: int) -> None:
    """End this process, and the engine with it, when the one that began it is gone."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)


def _main(home: Path) -> None:
    """Run the simulation that `run.json` in a folder tells of; called in a process of its own."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    silence(home)
    from models.fleet.simulated import run_here

    run_here(json.loads((home / "run.json").read_text()), home)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
