"""What `models.fleet.simulate` runs in its own process: Flower's simulation engine, and what it took.

The rule of this file: it is imported after `quiet.silence` only.
"""

from __future__ import annotations

import json
import resource
import time
from pathlib import Path
from typing import Any

from flwr.simulation import run_simulation

from models.fleet.client import client_app
from models.fleet.server import server_app


def run_here(run: dict[str, Any], home: Path) -> None:
    """Run the simulation of a configuration and write beside its result what it took."""
    begun = time.monotonic()
    engine = {
        "client_resources": {"num_cpus": 1, "num_gpus": 0},
        "init_args": {
            "num_cpus": int(run["workers"]),
            "logging_level": "ERROR",
            "log_to_driver": False,
            "_node_ip_address": "127.0.0.1",
            "include_dashboard": False,
            "object_store_memory": 200_000_000,
        },
    }
    run_simulation(server_app(run), client_app(run), int(run["least_nodes"]), backend_config=engine)
    took = {
        "engine_s": time.monotonic() - begun,
        "processor_s": _processor_s(resource.RUSAGE_SELF),
        "children_processor_s": _processor_s(resource.RUSAGE_CHILDREN),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0,
    }
    (home / "took.json").write_text(json.dumps(took))


def _processor_s(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime
