"""`kadenz bench signal`: goals, controls, pages and pictures hold whatever the parts measure."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from app.bench import page
from app.bench.figures import Bars, Confusion, Control, Figure, Line, Plot, Say, Section
from app.cli import main

XY = np.array([0.0, 1.0, 2.0])
SECTION = Section(
    name="gait",
    data="3 walks, simulated",
    figures=(
        Figure("count error", 1.8, "%", at_most=2.0, peer="plain peaks", peer_value=3.1, note="of | three walks"),
        Figure("coverage", 0.91, at_least=0.94),
        Figure("time", 0.2, "ms"),
    ),
    controls=(Control("tempo off", 4.0, 1.8),),
    pictures=(
        Plot("errors", "Errors", "walk", "error in %", (Line("ours", XY, XY), Line("peer", XY, XY + 1, points=True))),
        Bars("walks", "By walk", "error in %", ("a", "b", "c"), ("ours", "peer"), np.ones((3, 2))),
        Confusion("labels", "Labels", ("still", "run"), np.array([[9, 1], [0, 10]])),
    ),
    notes=("a note",),
)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for the measuring modules: one part measures, one cannot."""

    def fails(recordings: Path, quick: bool, say: Say) -> Section:
        raise ValueError("no walk in the folder")

    for name, measure in (("gait", lambda recordings, quick, say: SECTION), ("heart", fails)):
        module = types.ModuleType(f"app.bench.{name}_bench")
        module.measure = measure  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return tmp_path


def test_a_goal_is_reached_within_its_limits_and_never_by_nan() -> None:
    assert [one.reached for one in SECTION.figures] == [True, False, True]
    assert not Figure("x", math.nan, at_most=1.0).reached
    assert Figure("x", math.nan).reached


def test_a_control_must_come_out_worse() -> None:
    assert SECTION.controls[0].worse
    assert not Control("x", 1.8, 1.8).worse
    assert Control("x", 0.5, 0.9, more_is_worse=False).worse


def test_every_row_shows_measurement_goal_peer_and_verdict() -> None:
    shown = list(page.rows(SECTION))
    assert shown[0] == ("count error", "1.8 %", "≤ 2", "plain peaks 3.1 %", "reached")
    assert shown[1][2:] == ("≥ 0.94", "", "not reached")
    assert shown[3][4].startswith("worse")


def test_a_part_that_cannot_be_measured_never_stops_the_others(parts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["bench", "signal", "--data", str(parts), "--part", "heart", "--part", "gait", "--json"]
    assert main(words) == 1
    out = capsys.readouterr()
    document = json.loads(out.out)
    assert document["failed"] == {"heart": "no walk in the folder"}
    assert document["parts"]["gait"]["figures"][0]["reached"] is True
    assert document["parts"]["gait"]["controls"][0]["worse"] is True
    assert "heart: no walk in the folder" in out.err


def test_a_page_begins_with_the_goals_that_are_missed_and_numbers_its_notes() -> None:
    text = page.page("the signal core", [SECTION], "kadenz bench signal", "2026-01-01")
    assert "1 of 2 goals reached, not reached:\n- gait: coverage: 0.91, goal ≥ 0.94" in text
    assert "| count error [1] |" in text and "- [1] of | three walks" in text


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib (extra bench) is not installed")
def test_pages_and_pictures_are_written(parts: Path) -> None:
    words = ["bench", "signal", "--data", str(parts), "--part", "gait"]
    assert main([*words, "--page", str(parts / "s.md"), "--pictures", str(parts / "drawn")]) == 0
    text = (parts / "s.md").read_text()
    assert "kadenz bench signal --part gait" in text and "## Gait" in text and "of | three walks" in text
    assert "](drawn/gait_errors.png)" in text and str(parts) not in text
    drawn = sorted(path.name for path in (parts / "drawn").iterdir())
    assert drawn == ["gait_errors.png", "gait_labels.png", "gait_walks.png"]
    assert all(path.read_bytes()[:4] == b"\x89PNG" for path in (parts / "drawn").iterdir())


def test_a_missing_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "signal", "--data", "/nowhere/at/all"]) == 1
    assert "/nowhere/at/all" in capsys.readouterr().err
