"""Flower without its calls home: no telemetry, no look for updates, no installing at run time, no remote default.

The rule of this file: the environment is set before Flower or Ray is imported, and is handed to every process begun.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from models.sharing.exchange import SharingError

#: Nobody listens there: what Flower would send to its makers' cloud ends on this machine.
NOWHERE = "127.0.0.1:9"
SILENT = {
    "FLWR_TELEMETRY_ENABLED": "0",
    "FLWR_TELEMETRY_LOGGING": "0",
    "FLWR_DISABLE_UPDATE_CHECK": "1",
    "FLWR_DISABLE_RUNTIME_DEPENDENCY_INSTALLATION": "1",
    "FLWR_SUPERGRID_API_URL": f"http://{NOWHERE}/v1",
    "FLWR_SUPERGRID_ADDRESS": NOWHERE,
    "FLWR_SUPEREXEC_TASK_POLL_INTERVAL": "0.2",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # on every system: Ray then binds to 127.0.0.1 and nothing else
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}
INSTALL = "the fleet needs Flower: pip install 'kadenz[fleet]'"


def is_installed() -> bool:
    """Return whether Flower can be imported, without importing it."""
    return importlib.util.find_spec("flwr") is not None


def environment(home: Path, programs: Path | None = None) -> dict[str, str]:
    """Return the environment of a process of the fleet: silent, with its Flower home and the programs it may start."""
    path = [str(programs)] if programs else []
    path += [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    return {**os.environ, **SILENT, "FLWR_HOME": str(home), "PATH": os.pathsep.join(path)}


def silence(home: Path) -> None:
    """Silence Flower in this process; SharingError where it is not installed or was imported before."""
    if not is_installed():
        raise SharingError(INSTALL)
    loaded = "flwr.supercore.telemetry" in sys.modules and os.environ.get("FLWR_TELEMETRY_ENABLED") != "0"
    if loaded:
        raise SharingError(
            "Flower was loaded before its telemetry was switched off: begin again in a process of its own"
        )
    os.environ.update(SILENT, FLWR_HOME=str(home))
