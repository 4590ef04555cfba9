"""The laws of layout, in a process of its own for each language (`tests/test_app_screens.py` tells why)."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_app_screens import run_with_kivy


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_screen_keeps_the_laws(language: str, tmp_path: Path) -> None:
    run_with_kivy("test_laws.py", tmp_path, f"--language={language}")
