"""Scenarios as data: what a file says is what is played, and what it cannot say is refused by file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware_sim import gatt
from hardware_sim.faults import FAULTS, LinkLoss, name_of
from hardware_sim.firmware.models import MODELS, model_of
from hardware_sim.scenario import Tracker
from hardware_sim.scenarios import CLIP, DENVER, FULL_CLIP, INDOOR_WATCH, RALEIGH, SCENARIOS, STRAP, WATCH, scenario
from hardware_sim.served import peripherals, radio
from hardware_sim.world import World

ROOT = Path(__file__).parents[1]
WHOLE = """
name = "mine"
description = "an example"
duration_s = 300.0
days_there = 3.0
indoor = true

[runner]
name = "Ada"
rest_hr_bpm = 50.0
easy_speed_m_s = 3.0
[runner.gait]
cadence_at_3_spm = 172.0

[course]
kind = "street"
lap_m = 1000.0
rise_m = 30.0

[place]
name = "Oslo"
latitude_deg = 59.91
longitude_deg = 10.75
altitude_m = 20.0
start = 2026-05-01T08:00:00+02:00

[weather]
temperature_c = 8.0

[link]
interval_s = 0.05
packet_error_rate = 0.1

[[plan]]
duration_s = 60.0
[[plan]]
repeat = 3
steps = [{ speed_m_s = 4.0, distance_m = 200.0, effort = true }, { speed_m_s = 2.0, duration_s = 20.0 }]

[[tracker]]
name = "strap"
model = "polar-h10"
clock_ppm = -30.0
title = "her strap"
[[tracker]]
name = "clip"
model = "open-tracker"
sends = ["motion"]
placement = "wrist"
address = "c0:11:22:33:44:55"
needs_bond = true

[[fault]]
kind = "link-loss"
tracker = "strap"
from_s = 100.0
to_s = 120.0
[[fault]]
kind = "blackout"
from_s = 200.0
to_s = 210.0
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


def test_every_value_of_a_file_reaches_the_scenario(tmp_path: Path) -> None:
    mine = scenario(written(tmp_path, WHOLE))
    assert (mine.name, mine.duration_s, mine.days_there, mine.indoor) == ("mine", 300.0, 3.0, True)
    assert (mine.runner.name, mine.runner.rest_hr_bpm, mine.runner.max_hr_bpm) == ("Ada", 50.0, 184.0)
    assert (mine.runner.gait.cadence_at_3_spm, mine.runner.gait.duty) == (172.0, 0.68)
    assert mine.course.lap_m == pytest.approx(1000.0, abs=2.0)
    assert (mine.place.name, mine.place.utc_offset_s, mine.place.start_unix_s) == ("Oslo", 7200.0, 1_777_615_200.0)
    assert (mine.weather.temperature_c, mine.weather.humidity_percent) == (8.0, 60.0)
    assert (mine.link.interval_s, mine.link.packet_error_rate, mine.link.supervision_s) == (0.05, 0.1, 4.0)
    assert [step.speed_m_s for step in mine.plan] == [3.0, 4.0, 2.0, 4.0, 2.0, 4.0, 2.0]
    assert mine.plan[1].effort
    strap, clip = mine.trackers
    assert (strap.firmware, strap.model, strap.clock_ppm, strap.sends) == (
        "polar-h10", "her strap", -30.0, ("heart_rate", "battery"),
    )  # fmt: skip
    assert (clip.sends, clip.placement, clip.address, clip.needs_bond) == (
        ("motion",), "wrist", "C0:11:22:33:44:55", True,
    )  # fmt: skip
    assert mine.faults[0] == LinkLoss("strap", 100.0, 120.0)
    assert mine.faults[1].tracker == "", "a fault without a tracker concerns them all"  # type: ignore[union-attr]
    assert radio(mine).model == mine.link


def test_a_file_that_is_like_another_says_only_what_differs(tmp_path: Path) -> None:
    text = 'like = "dropouts"\nduration_s = 30.0\n[[plan]]\nspeed_m_s = 4.0\nduration_s = 30.0\n'
    mine, base = scenario(written(tmp_path, text)), scenario("dropouts")
    assert (mine.name, mine.trackers, mine.faults, mine.place) == ("mine", base.trackers, base.faults, base.place)
    assert [step.speed_m_s for step in mine.plan] == [4.0]


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('model = "polar-h10"', 'model = "polar"', r"mine.toml: tracker\[0\].model: no model named 'polar'; there are"),
        ('sends = ["motion"]', 'sends = ["smell"]', r"mine.toml: tracker\[1\].sends: no tracker can send 'smell'"),
        ('name = "clip"', 'name = "strap"', r"mine.toml: tracker\[1\].name: 'strap' is there twice"),
        ('name = "clip"\n', "", r"mine.toml: tracker\[1\].name: is missing"),
        ("clock_ppm = -30.0", "clock_ppm = true", r"mine.toml: tracker\[0\].clock_ppm: must be a number, not True"),
        ("clock_ppm = -30.0", "clock_pmp = 1.0", r"mine.toml: tracker\[0\].clock_pmp: unknown; here may be: address, "),
        ('kind = "link-loss"', 'kind = "bad-luck"', r"mine.toml: fault\[0\].kind: no kind named 'bad-luck'; there are"),
        ('tracker = "strap"', 'tracker = "belt"', r"mine.toml: fault\[0\].tracker: no tracker named 'belt'"),
        ("from_s = 100.0\n", "", r"mine.toml: fault\[0\]: fault 'link-loss' needs from_s"),
        ("to_s = 120.0", "to_s = 90.0", r"mine.toml: fault\[0\].to_s: a fault cannot end before it begins"),
        ("to_s = 120.0", 'until_s = "x"', r"mine.toml: fault\[0\].until_s: a fault 'link-loss' has no such value"),
        ('kind = "street"', 'kind = "moon"', r"mine.toml: course.kind: no kind named 'moon'; there are: loop, street"),
        ("lap_m = 1000.0", "lap_m = -1", r"mine.toml: course.lap_m: must be more than 0, not -1"),
        ("+02:00", "", r"mine.toml: place.start: must be an instant with its offset, such as "),
        ("rest_hr_bpm = 50.0", 'rest_hr_bpm = "low"', r"mine.toml: runner.rest_hr_bpm: must be a number, not 'low'"),
        ("cadence_at_3_spm", "cadence", r"mine.toml: runner.gait.cadence: unknown"),
        ("duration_s = 60.0", "duration_s = 60.0\ndistance_m = 5.0", r"mine.toml: plan\[0\]: a step has either "),
        ("repeat = 3", "repeat = 2.5", r"mine.toml: plan\[1\].repeat: must be a whole number, not 2.5"),
        ("duration_s = 20.0", "duration_s = 0", r"mine.toml: plan\[1\].steps\[1\].duration_s: must be more than 0"),
        ("indoor = true", "indoor = 1", "mine.toml: indoor: must be true or false, not 1"),
        ('name = "mine"', "name = 5", "mine.toml: name: must be a text, not 5"),
        ("[link]", "[[link]]", "mine.toml: link: must be a table"),
        ("[[plan]]", "[plan]", "mine.toml"),
        ("days_there = 3.0", "", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_file_and_key(tmp_path: Path, before: str, after: str, complaint: str) -> None:
    assert before in WHOLE
    path = written(tmp_path, WHOLE.replace(before, after, 1))
    if not complaint:
        assert scenario(path).days_there == 1000.0
        return
    with pytest.raises(ValueError, match=complaint):
        scenario(path)


def test_a_file_that_is_not_there_or_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"away.toml: No such file"):
        scenario(tmp_path / "away.toml")
    with pytest.raises(ValueError, match=r"mine.toml: .*line 1"):
        scenario(written(tmp_path, "name = = 1"))
    with pytest.raises(ValueError, match=r"no scenario named 'moon'; there are: default, .* \(or a path"):
        scenario("moon")


def test_the_complete_example_of_the_documentation_is_a_scenario(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "simulator.md").read_text()
    examples = [part.split("```")[0] for part in page.split("```toml\n")[1:]]
    assert len(examples) >= 1
    for text in examples:
        assert radio(scenario(written(tmp_path, text))).peripherals


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_every_shipped_scenario_can_be_aired(name: str) -> None:
    made = peripherals(scenario(name))
    assert [one.name for one in made] == [tracker.name for tracker in scenario(name).trackers]
    assert len({one.address for one in made}) == len(made)
    for one in made:
        handles = [part.handle for each in one.services for part in (each, *each.characteristics)]
        assert handles == sorted(set(handles))
        assert one.find("2A19").notifies
        assert one.read(one.find("2A25"), 0.0)


def test_the_shipped_scenarios_hold_every_model_and_every_fault() -> None:
    worn = {tracker.firmware for played in SCENARIOS.values() for tracker in played.trackers}
    assert worn == set(MODELS)
    assert {name_of(fault) for fault in scenario("faults").faults} == set(FAULTS)
    assert next(iter(SCENARIOS)) == "default"
    assert "2A37" in {
        c.uuid[4:8].upper() for s in peripherals(scenario("default"))[0].services for c in s.characteristics
    }


def test_trackers_and_places_have_names_of_their_own() -> None:
    assert (STRAP.name, WATCH.placement, CLIP.sends) == ("strap", "wrist", ("motion", "battery"))
    assert "location" not in INDOOR_WATCH.sends
    assert "magnetic" in FULL_CLIP.sends
    assert (RALEIGH.start_unix_s, DENVER.altitude_m) == (1_780_484_400.0, 1609.0)
    with pytest.raises(ImportError):
        from hardware_sim.scenarios import MARS  # type: ignore[attr-defined]  # noqa: F401


def test_a_tracker_without_a_model_is_what_it_sends() -> None:
    assert model_of(Tracker("a", ("heart_rate",))).name == "heart-rate-strap"
    assert model_of(Tracker("a", ("location", "battery"))).name == "watch"
    assert model_of(Tracker("a", ("motion",))).name == "open-tracker"
    with pytest.raises(ValueError, match="no model named 'x'"):
        model_of(Tracker("a", (), firmware="x"))


def test_the_scenarios_that_were_there_before_send_the_bytes_they_sent_before() -> None:
    """The bytes are those of the scenarios when they were written in Python."""
    frames = list(World(scenario("dropouts"), 5).frames())
    strap = [frame.payload.hex() for frame in frames if frame.tracker == "strap"]
    steps = [frame.payload.hex() for frame in frames if frame.characteristic == gatt.RUNNING]
    assert strap[60:64] == ["167fe601dc01", "1680dc01e401", "1680da01e601", "1680dd01de01"]
    assert steps[60:62] == ["07790251b800b8050000", "07870251bb00d1050000"]
    assert len(frames) == 5968
