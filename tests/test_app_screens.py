"""The screens' tests, each file in a process of its own: everything else must pass where kivy cannot be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(file.name for file in (ROOT / "tests" / "ui").glob("test_*.py") if file.name != "test_laws.py")


@pytest.mark.parametrize("file", FILES)
def test_the_screens_keep(file: str, tmp_path: Path) -> None:
    run_with_kivy(file, tmp_path)


def run_with_kivy(file: str, tmp_path: Path, *options: str) -> None:
    environment = {**os.environ, "KADENZ_TESTS_WITH_KIVY": "1", "KIVY_HOME": str(tmp_path), "KIVY_NO_ARGS": "1"}
    environment.pop("PYTEST_XDIST_WORKER", None)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"tests/ui/{file}", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
