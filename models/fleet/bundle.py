"""What Flower calls an app: two lines that name Kadenz's own code, and the configuration of a run.

The rule of this file: the bundle holds no code of its own and no dependencies; a device does not even open it
(`models.fleet.own_code`).
"""

from __future__ import annotations

from typing import Any

from flwr.cli.build import build_fab_from_files

_APPS = """\
from models.fleet.client import client_app
from models.fleet.server import server_app

client = client_app()
server = server_app()
"""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else repr(value)


def bundle_of(run: dict[str, Any]) -> bytes:
    """Return the bundle of a run with its configuration (flat: texts, numbers, true or false)."""
    lines = [
        "[project]",
        'name = "kadenz-fleet"',
        'version = "1.0.0"',
        'description = "Priors shared by people in similar situations"',
        'license = "Apache-2.0"',
        "dependencies = []",
        "[tool.flwr.app]",
        'publisher = "kadenz"',
        "[tool.flwr.app.components]",
        'serverapp = "kadenz_fleet.apps:server"',
        'clientapp = "kadenz_fleet.apps:client"',
        "[tool.flwr.app.config]",
        *(f"{name} = {_toml(value)}" for name, value in run.items()),
    ]
    files = {
        "pyproject.toml": "\n".join(lines).encode(),
        "kadenz_fleet/__init__.py": b"",
        "kadenz_fleet/apps.py": _APPS.encode(),
    }
    content: bytes = build_fab_from_files(files)[0]
    return content
