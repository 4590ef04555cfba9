"""Which languages the laws are tried in: both, or the one that `--language` names."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--language", choices=("en", "de"), help="try the laws in this language alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "language_tried" in metafunc.fixturenames:
        one = metafunc.config.getoption("--language")
        metafunc.parametrize("language_tried", [one] if one else ["en", "de"])
