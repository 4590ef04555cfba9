"""Laws of the tap "it hurts" on a terminal: answered within 2 s of a real recording, and kept."""

from __future__ import annotations

import asyncio
import math
import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands import record_command
from app.live_line import LiveLine
from app.pain_tap import PainTap
from app.recorder import Hooks, Recorder, RunPlan, begin, record, this_computer
from app.sim_link import SimLink
from app.store import Store
from device.session import TrackerSession
from edge.coach.live_pain import ANSWERS
from edge.coach.said import Constraint
from hardware_sim.scenarios import scenario
from hardware_sim.world import World


class Heard:
    """Whoever listens: what was said and when, and what was kept."""

    def __init__(self) -> None:
        self.spoken: list[tuple[float, str]] = []
        self.kept: list[Constraint] = []

    def tap(self, t_s: float = 100.0) -> PainTap:
        return PainTap(
            0.0,
            lambda: t_s,
            lambda text: self.spoken.append((time.monotonic(), text)),
            lambda text, pain: self.kept.append(pain),
        )


@pytest.mark.parametrize(("line", "level"), [
    ("h knee 2", 0), ("h knee 3 left", 1), ("h left knee 4/10", 2), ("h knee", 2), ("H CALF 6 right", 3),
    ("h chest 1", 4), ("h elbow 4", 2), ("h wrist 2", 0),
])  # fmt: skip
def test_a_tap_is_answered_by_rule_and_kept(line: str, level: int) -> None:
    heard = Heard()
    cue = heard.tap().line(line)
    assert cue is not None and cue.t_s == 100.0 and cue.decision.show == ANSWERS[level][1]
    assert ANSWERS[level][1] in heard.spoken[0][1] and len(heard.kept) == 1 and heard.kept[0].kind == "pain"


@pytest.mark.parametrize("line", ["h", "h 4", "h street 4", "h knee 11", "h knee -1"])
def test_what_is_no_tap_is_told_how_to_tap_and_nothing_is_kept(line: str) -> None:
    heard = Heard()
    assert heard.tap().line(line) is None
    assert "such as" in heard.spoken[0][1] and not heard.kept


@settings(deadline=None)  # the first words that are read build their tables
@given(st.text(max_size=60))
def test_no_line_breaks_the_listening(text: str) -> None:
    Heard().tap().line(text)
    Heard().tap().line("h " + text)


def test_the_tap_is_answered_within_two_seconds_of_a_recording_that_runs() -> None:
    heard = Heard()
    tapped: list[float] = []
    with Store.in_memory() as store:
        start = begin(store, RunPlan("test", pace=20.0), this_computer(), lambda text: None)
        read, write = os.pipe()
        with os.fdopen(read) as lines, os.fdopen(write, "w", buffering=1) as hand:
            thread = heard.tap().listen(lines)
            acks: list[float] = []

            def acknowledged(ack: object) -> None:
                acks.append(time.monotonic())
                if len(acks) == 2:
                    tapped.append(time.monotonic())
                    hand.write("h knee 6 left\n")

            recorder = Recorder(store, start, TrackerSession(start_s=0.0), Hooks(ack=acknowledged))

            async def recorded() -> None:
                stop = asyncio.Event()
                asyncio.get_running_loop().call_later(2.5, stop.set)
                await record(SimLink(World(scenario("default"), 1), 20.0), recorder, stop=stop)

            asyncio.run(recorded())
            hand.close()
            thread.join(2.0)
    assert tapped and heard.spoken and heard.spoken[0][0] - tapped[0] < 2.0
    assert heard.spoken[0][1].startswith(ANSWERS[3][1]) and heard.kept[0].severity == 6.0
    assert len([at for at in acks if at > heard.spoken[0][0]]) >= 1  # the recording went on


def test_kadenz_record_keeps_the_tap_in_the_diary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Typed:
        lines = iter(["h knee 4 left\n"])

        def isatty(self) -> bool:
            return True

        def __iter__(self) -> object:
            return self.lines

    path = tmp_path / "diary.db"
    Store(path).close()
    monkeypatch.setattr(record_command.sys, "stdin", Typed())
    spoken: list[str] = []
    record_command._taps(type("Args", (), {"db": path})(), LiveLine(False, speak=spoken.append))
    deadline = time.monotonic() + 5.0
    found: list[object] = []
    while not found and time.monotonic() < deadline:
        time.sleep(0.05)
        with Store(path) as store:
            found = list(store.said())
    assert len(found) == 1 and found[0].constraint.area == "knee" and not math.isnan(found[0].constraint.severity)
    assert any(text.startswith(ANSWERS[2][1]) for text in spoken)
