"""The program that a node runs for each question: always this machine's own Kadenz, never code that a server sent.

The rule of this file: Flower 1.41 hands a node the server's app bundle to unpack and run (only bundles from its makers'
hub can be signed); here the bundle is neither unpacked nor run.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

from flwr.supernode.cli import flwr_clientapp
from flwr.supernode.runtime import run_clientapp as runner

PROGRAM = "flwr-clientapp"


def write_program(folder: Path, module: str = "models.fleet.own_code") -> Path:
    """Write the program that a node starts in Flower's stead; return its folder, the first on the node's PATH."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / PROGRAM
    program.write_text(f"#!{sys.executable}\nfrom {module} import main\n\nmain()\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def _unpacks_nothing(*_: Any, **__: Any) -> None:
    """Leave the server's bundle as it is: bytes."""


def answer_with(app: Any) -> None:
    """Answer one question of Flower's with an app of this machine's."""
    for name in ("install_from_fab", "get_load_client_app_fn", "get_project_dir"):
        if not hasattr(runner, name):
            raise ImportError(
                f"this Flower has no {name} to put Kadenz's own code in place of: 1.41 is the one that has"
            )
    runner.install_from_fab = _unpacks_nothing
    runner.get_load_client_app_fn = lambda **_: lambda *_: app
    flwr_clientapp()


def main() -> None:
    """Answer one question of Flower's with Kadenz's own ClientApp."""
    from models.fleet.client import client_app

    answer_with(client_app())
