"""The processes of a fleet on this machine: begun, named in a file, seen, and ended to the last child.

The rule of this file: a process is known by its number and the moment it began, so that a number used again by another
program is never ended; nothing is found by its name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.sharing.exchange import SharingError

if TYPE_CHECKING:
    import psutil

_GRACE_S = 8.0


@dataclass(frozen=True, slots=True)
class Begun:
    """One process that a fleet began: `server`, or a node by its name."""

    name: str
    pid: int
    created_unix_s: float
    port: int


def begin(name: str, entry: str, options: list[str], port: int, environment: dict[str, str], log: Path) -> Begun:
    """Begin a program of Flower's (`module:function`) in a session of its own; SharingError where it ends at once."""
    import psutil

    module, function = entry.split(":")
    command = [sys.executable, "-c", f"from {module} import {function} as begin; begin()", *options]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment, start_new_session=True
        )
    try:
        return Begun(name, process.pid, psutil.Process(process.pid).create_time(), port)
    except psutil.NoSuchProcess:
        raise SharingError(f"{name} ended as soon as it began; {log.name} says why") from None


def alive(one: Begun) -> psutil.Process | None:
    """Return the process where it is still the same one and runs."""
    import psutil

    try:
        process = psutil.Process(one.pid)
        same = abs(process.create_time() - one.created_unix_s) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def family(one: Begun) -> list[psutil.Process]:
    """Return a process and all that it began, the youngest last."""
    process = alive(one)
    return [process, *process.children(recursive=True)] if process else []


def marked(folder: Path) -> list[psutil.Process]:
    """Return every process of this user that was begun for the fleet of a folder, orphans of a killed node too."""
    import psutil

    mark, found = str(folder / "flower"), []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get("FLWR_HOME") == mark:
                found.append(process)
        except psutil.Error:
            continue
    return found


def end(processes: list[psutil.Process]) -> int:
    """End processes, asked first and then made to; return how many there were."""
    import psutil

    for process in processes:
        _signal(process, ask=True)
    _, left = psutil.wait_procs(processes, timeout=_GRACE_S)
    for process in left:
        _signal(process, ask=False)
    psutil.wait_procs(left, timeout=_GRACE_S)
    return len(processes)


def _signal(process: psutil.Process, ask: bool) -> None:
    import psutil

    try:
        if ask:
            process.terminate()
        else:
            process.kill()
    except psutil.NoSuchProcess:
        return


def memory_mb(one: Begun) -> float:
    """Return the resident memory of a process and its children; 0 where it is gone."""
    import psutil

    total = 0.0
    for process in family(one):
        try:
            total += process.memory_info().rss / 1e6
        except psutil.NoSuchProcess:
            continue
    return total


def remember(path: Path, begun: list[Begun]) -> None:
    """Write which processes a fleet began."""
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps([asdict(one) for one in begun], indent=1))
    beside.replace(path)


def recall(path: Path) -> list[Begun]:
    """Return which processes a fleet began; none where it never was."""
    return [Begun(**one) for one in json.loads(path.read_text())] if path.exists() else []
