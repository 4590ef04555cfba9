"""The realistic route where bumble is not installed: one clear line that says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hardware_sim import cli, realistic
from hardware_sim.scenarios import scenario


def test_without_bumble_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "bumble", None)
    with pytest.raises(realistic.MissingError, match="realistic"):
        realistic.radio(scenario("default"))
    assert cli.main(["run", "--realistic", "--", "true"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "install the extra `realistic`" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_nothing_imports_bumble_before_it_is_asked_for() -> None:
    program = (
        "import sys, hardware_sim.realistic, hardware_sim.served, hardware_sim.cli; print('bumble' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.strip() == "False"
