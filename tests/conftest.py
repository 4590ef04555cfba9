"""Where the real recordings are, and nothing of the person's own diary in reach of a test."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest


class NoKivy(importlib.abc.MetaPathFinder):
    """Everything but the screen works where kivy cannot be imported: here it never can."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".")[0] == "kivy":
            raise ImportError(f"{fullname} is blocked in this process; tests of the screen start one of their own")
        return None


#: Tests below `tests/ui` run in processes of their own (`tests/test_app_screens.py`), where kivy may be imported.
WITH_KIVY = os.environ.get("KADENZ_TESTS_WITH_KIVY") == "1"
collect_ignore = [] if WITH_KIVY else ["ui"]
if not WITH_KIVY:
    sys.meta_path.insert(0, NoKivy())


def real_data_folder() -> Path | None:
    """Return the folder of real recordings, or None where there is none."""
    folder = Path(os.environ.get("KADENZ_DATA", Path(__file__).parents[1] / ".." / "shared" / "data")).resolve()
    return folder if folder.is_dir() else None


@pytest.fixture
def data_folder() -> Path:
    folder = real_data_folder()
    if folder is None:
        pytest.skip("no real recordings here: set KADENZ_DATA to their folder")
    return folder


@pytest.fixture(autouse=True)
def own_diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test gets a diary folder of its own."""
    monkeypatch.setenv("KADENZ_HOME", str(tmp_path / "kadenz-home"))
    return tmp_path / "kadenz-home"
