"""What `models.fleet.simulate` runs in its own process: Flower's simulation engine, and what it took.

The rule of this file: it is imported after `quiet.silence` only.
"""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

from flwr.app import Context
from flwr.serverapp import ServerApp
from flwr.simulation import run_simulation

from models.fleet import engine, sooner
from models.fleet.client import client_app
from models.fleet.server import server_app
from models.fleet.simulate import TOLD

#: Flower knows no other name; what stands behind it are our own processes (`models.fleet.engine`).
_BACKEND = "processes"
#: Between two looks of a cohort for its answers: Flower's 0.1 s would be half of what a large fleet costs.
_LOOK_S = 0.5


def run_here(run: dict[str, Any], home: Path) -> None:
    """Run the simulation of a configuration and write beside its result what it took."""
    begun = time.monotonic()
    sooner.install()
    engine.install(run, home / TOLD)
    run_simulation(_patient(server_app(run)), client_app(run), int(run["least_nodes"]), backend_name=_BACKEND)
    took = {
        "engine_s": time.monotonic() - begun,
        "processor_s": _processor_s(resource.RUSAGE_SELF),
        "children_processor_s": _processor_s(resource.RUSAGE_CHILDREN),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0,
        "child_peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0,
    }
    (home / "took.json").write_text(json.dumps(took))


def _patient(app: ServerApp) -> ServerApp:
    """Return an app that looks less often for answers."""
    patient = ServerApp()

    def main(grid: Any, context: Context) -> None:
        grid.pull_interval = _LOOK_S
        app(grid, context)

    patient.main()(main)
    return patient


def _processor_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime
