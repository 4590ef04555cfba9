"""The pytest plugin of the simulator: `def test_app(virtual_trackers): ...`.

The rule of this file: importing it costs nothing; the radio, NumPy and bleak are imported when a test asks for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hardware_sim.pytest_plugin.trackers import VirtualTrackers

FIXTURE = "virtual_trackers"
ROUTES = ("auto", "dbus", "process")
_MARK = (
    'virtual_trackers(scenario="default", seed=0, faults=(), peripherals=(), link=None, route="auto"): '
    "which trackers the fixture `virtual_trackers` brings, what goes wrong with them, and how the program reaches them"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting `virtual_trackers_route`."""
    parser.addini(
        "virtual_trackers_route",
        "how tests reach virtual trackers: dbus (a virtual BlueZ, Linux), process (bleak's backend= on virtual time), "
        "or auto (dbus where it is possible)",
        default="auto",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", _MARK)


@pytest.fixture
def virtual_trackers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualTrackers]:
    """Simulated trackers that bleak code reaches while the test runs (see hardware_sim.pytest_plugin.trackers)."""
    from hardware_sim.installed import refusal
    from hardware_sim.pytest_plugin.trackers import wanted

    if why := refusal():
        pytest.fail(why, pytrace=False)
    mark = request.node.get_closest_marker(FIXTURE)
    default = str(request.config.getini("virtual_trackers_route"))
    with contextlib.ExitStack() as stack:
        try:
            opened = wanted(*(mark.args if mark else ()), default=default, **(mark.kwargs if mark else {}))
            trackers = stack.enter_context(opened(monkeypatch))
        except (TypeError, ValueError) as problem:
            pytest.fail(f"virtual_trackers: {problem}", pytrace=False)
        yield trackers


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what went over the air beside a failure."""
    report = yield
    trackers = getattr(item, "funcargs", {}).get(FIXTURE)
    if report.when == "call" and report.failed and trackers is not None:
        report.sections.append(
            (f"virtual trackers, {trackers.route} route: what went over the air", trackers.transcript())
        )
    return report
