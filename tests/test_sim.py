"""The runner in a box: same seed same bytes, physics that agree with themselves, bytes as the pages say."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import p8_golden as golden
import pytest

from hardware_sim import course, effort, gatt, open_tracker, runner, sensors, weather
from hardware_sim.clock import VirtualClock
from hardware_sim.gait import GRAVITY_M_S2, HAND, motion, step_phase
from hardware_sim.history import weeks
from hardware_sim.runner import RALEIGH_RUNNER, someone
from hardware_sim.scenarios import DENVER, RALEIGH, SCENARIOS, scenario
from hardware_sim.world import Connection, Frame, World

NAMES = sorted(SCENARIOS)


def short(name: str, seconds: float = 90.0) -> World:
    return World(dataclasses.replace(scenario(name), duration_s=seconds), seed=3)


def test_the_promised_scenarios_are_there() -> None:
    assert {"default", "denver", "raleigh", "intervals", "hills", "flat10k", "treadmill", "dropouts"} <= set(NAMES)
    with pytest.raises(ValueError, match="there are: default"):
        scenario("moon")


@pytest.mark.parametrize("name", NAMES)
def test_frames_come_in_order_from_the_scenario_s_trackers(name: str) -> None:
    world = short(name)
    frames = list(world.frames())
    assert all(a.t_s <= b.t_s for a, b in itertools.pairwise(frames))
    assert {f.tracker for f in frames} == {t.name for t in world.trackers}
    assert all(0.0 <= f.t_s <= world.duration_s + 1.0 for f in frames)
    assert max(len(f.payload) for f in frames) <= 244


@pytest.mark.parametrize("name", ["default", "dropouts"])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_run(name: str) -> None:
    first, again = World(scenario(name), 5), World(scenario(name), 5)
    assert list(first.events()) == list(again.events())
    other = World(scenario(name), 6)
    assert list(other.frames()) != list(first.frames())
    assert abs(other.truth.distance_m[-1] - first.truth.distance_m[-1]) > 0.1


@pytest.mark.parametrize("start_s", [0.0, 3.3, 10.0, 259.9, 481.0, 899.0])
def test_a_world_begun_in_the_middle_sends_the_rest_of_the_same_bytes(start_s: float) -> None:
    whole = [f for f in World(scenario("dropouts"), 2).frames() if f.t_s >= start_s]
    assert list(World(scenario("dropouts"), 2, start_at_s=start_s).frames()) == whole


def test_connections_are_told_where_faults_break_them() -> None:
    events = [e for e in World(scenario("dropouts"), 1).events() if isinstance(e, Connection)]
    assert [(e.t_s, e.up) for e in events if e.tracker == "strap"] == [(0.0, True), (240.0, False), (280.0, True)]
    silent = [f.t_s for f in World(scenario("dropouts"), 1).frames() if f.tracker == "strap"]
    assert not [t for t in silent if 240.0 <= t < 280.0]


def test_a_treadmill_has_no_satellites() -> None:
    assert gatt.LOCATION not in {f.characteristic for f in short("treadmill").frames()}


def test_ten_repeats_of_the_hill_climb_four_hundred_metres_and_ten_flat_kilometres_none() -> None:
    hills, flat = World(scenario("hills"), 1).truth, World(scenario("flat10k"), 1).truth
    assert np.maximum(np.diff(hills.altitude_m), 0.0).sum() == pytest.approx(400.0, abs=4.0)
    assert np.ptp(flat.altitude_m) == 0.0
    assert flat.distance_m[-1] == pytest.approx(10_000.0, abs=5.0)


# ── physics ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("placement", ["trunk", "wrist"])
def test_the_gyroscope_is_the_derivative_of_the_orientation(placement: str) -> None:
    truth = World(scenario("raleigh"), 1).truth
    t_s = np.arange(30.0, 34.0, 0.0005)
    moved = motion(RALEIGH_RUNNER.gait, truth.pacing, t_s, placement, truth.strikes, np.eye(3))
    between = np.einsum("nji,njk->nik", moved.world_from_sensor[:-1], moved.world_from_sensor[1:])
    turned = np.stack([between[:, 2, 1], between[:, 0, 2], between[:, 1, 0]], axis=1) / 0.0005
    halfway = 0.5 * (moved.rate_sensor_rad_s[:-1] + moved.rate_sensor_rad_s[1:])
    np.testing.assert_allclose(turned, halfway, atol=2e-3)


def test_the_specific_force_carries_the_weight_and_moves_the_body_along() -> None:
    truth = World(scenario("flat10k"), 1).truth
    t_s = np.arange(120.0, 720.0, 0.002)
    moved = motion(RALEIGH_RUNNER.gait, truth.pacing, t_s, "trunk", truth.strikes, np.eye(3))
    world = np.einsum("nij,nj->ni", moved.world_from_sensor, moved.force_sensor_m_s2)
    assert world[:, 2].mean() == pytest.approx(GRAVITY_M_S2, rel=0.01)
    assert np.abs(world[:, :2].mean(axis=0)).max() < 0.2
    assert np.percentile(world[:, 2], 2) < 1.5, "in flight nothing carries the body"


def test_the_wrist_s_force_includes_the_arm_s_swing() -> None:
    truth = World(scenario("flat10k"), 1).truth
    t_s = np.arange(60.0, 64.0, 0.0005)
    gait = RALEIGH_RUNNER.gait
    short_arm = dataclasses.replace(gait, forearm_m=0.0)
    arm = motion(gait, truth.pacing, t_s, "wrist", truth.strikes, np.eye(3))
    shoulder = motion(short_arm, truth.pacing, t_s, "wrist", truth.strikes, np.eye(3))
    lever = gait.forearm_m * HAND
    position = arm.world_from_sensor @ lever  # of the wrist against the shoulder
    accel = np.diff(position, n=2, axis=0) / 0.0005**2
    extra = np.einsum("nij,nj->ni", arm.world_from_sensor, arm.force_sensor_m_s2 - shoulder.force_sensor_m_s2)
    np.testing.assert_allclose(extra[1:-1], accel, atol=0.05)


def test_steps_follow_the_cadence() -> None:
    truth = World(scenario("default"), 1).truth
    steps = step_phase(truth.pacing, np.array([60.0, 360.0]))
    assert (steps[1] - steps[0]) / 5.0 == pytest.approx(truth.cadence_spm[60:361].mean(), rel=0.002)


def test_beats_follow_the_heart_rate() -> None:
    truth = World(scenario("intervals"), 4).truth
    for begin in (300, 1200, 2400):
        beats = ((truth.beats_s >= begin) & (truth.beats_s < begin + 60)).sum()
        assert beats == pytest.approx(truth.hr_bpm[begin : begin + 60].mean(), abs=1.6)


def test_the_air_thins_with_height_and_back() -> None:
    assert weather.pressure_pa(101_325.0, np.array([1609.0]))[0] == pytest.approx(83_400.0, abs=150.0)
    heights = np.array([-100.0, 0.0, 1609.0, 4000.0])
    np.testing.assert_allclose(
        weather.altitude_m(101_000.0, weather.pressure_pa(101_000.0, heights)), heights, atol=1e-6
    )


def test_an_altitude_takes_what_the_literature_says_and_gives_a_third_back() -> None:
    fresh, used = (effort.aerobic_share(RALEIGH_RUNNER, 1609.0, days) for days in (0.0, 60.0))
    assert 1.0 - fresh == pytest.approx(0.082, abs=0.002)  # Wehrlin & Hallen 2006
    assert (1.0 - used) / (1.0 - fresh) == pytest.approx(2.0 / 3.0, abs=0.01)
    assert effort.aerobic_share(RALEIGH_RUNNER, 250.0, 0.0) == 1.0


def test_denver_costs_heartbeats_at_the_home_pace() -> None:
    home, away = World(scenario("raleigh"), 1).truth, World(scenario("denver"), 1).truth
    at_home, in_denver = home.hr_bpm[200:470].mean(), away.hr_bpm[200:470].mean()
    assert 4.0 < in_denver - at_home < 14.0
    assert away.altitude_m.mean() == pytest.approx(1612.0, abs=5.0)


def test_hills_slow_the_runner_and_raise_the_oxygen_cost() -> None:
    assert effort.cost_j_kg_m(0.0) == pytest.approx(3.6)
    assert effort.cost_j_kg_m(0.1) > 1.4 * 3.6
    truth = World(scenario("hills"), 1).truth
    assert truth.speed_m_s[truth.grade > 0.06].mean() < 0.8 * truth.speed_m_s[np.abs(truth.grade) < 0.02].mean()


def test_people_differ_and_stay_in_human_ranges() -> None:
    people = [someone(np.random.default_rng(seed)) for seed in range(200)]
    assert len({person.gait.cadence_at_3_spm for person in people}) == 200
    assert all(35.0 <= p.rest_hr_bpm <= 90.0 and p.max_hr_bpm > p.rest_hr_bpm + 60.0 for p in people)
    assert all(1.3 < p.easy_speed_m_s < 4.8 and 40.0 < p.weight_kg < 140.0 for p in people)
    speeds = np.array([0.0, 1.2, 2.0, 3.0, 4.0, 5.0])
    assert all((np.diff(runner.cadence_spm(p.gait, speeds)) > 0.0).all() for p in people)


def test_a_lap_closes_and_its_street_goes_up_and_down() -> None:
    street = course.street("street", 1000.0, 40.0)
    assert street.lap_m == pytest.approx(1000.0, abs=2.0)
    assert np.ptp(street.height_m) == pytest.approx(40.0, abs=0.1)
    step = np.hypot(np.diff(street.east_m, append=0.0), np.diff(street.north_m, append=0.0))
    np.testing.assert_allclose(step, street.spacing_m, atol=0.02)


def test_wandering_errors_have_the_size_and_memory_that_were_asked() -> None:
    column = sensors.wander(np.random.default_rng(1), 200_000, 2.2, 45.0)
    assert column.std() == pytest.approx(2.2, rel=0.1)
    assert np.corrcoef(column[:-45], column[45:])[0, 1] == pytest.approx(np.exp(-1.0), abs=0.08)


# ── the weeks before ──────────────────────────────────────────────────────────────────────────────────────────────


def test_six_weeks_of_history_have_runs_of_every_kind_before_the_flight() -> None:
    runs = weeks(1)
    assert [r.start_unix_s for r in runs] == sorted(r.start_unix_s for r in runs)
    assert 18 <= len(runs) <= 24
    assert {r.kind for r in runs} == {"easy", "steady", "intervals", "long", "race"}
    assert runs[-1].start_unix_s < DENVER.start_unix_s - 1.5 * 86_400.0
    assert all(r.start_unix_s > DENVER.start_unix_s - 43 * 86_400.0 for r in runs)
    (race,) = (r for r in runs if r.kind == "race")
    assert race.distance_m == pytest.approx(5000.0, abs=6.0)
    assert race.duration_s == min(r.duration_s for r in runs)
    assert max(runs, key=lambda r: r.distance_m).kind == "long"


def test_history_repeats_itself_only_for_the_same_seed() -> None:
    once, twice, other = weeks(4, weeks=2), weeks(4, weeks=2), weeks(5, weeks=2)
    assert [r.distance_m for r in once] == [r.distance_m for r in twice]
    assert [r.distance_m for r in once] != [r.distance_m for r in other]
    np.testing.assert_array_equal(once[0].columns().latitude_deg, twice[0].columns().latitude_deg)
    assert len(weeks(4, weeks=1)) >= 2
    with pytest.raises(ValueError):
        weeks(4, weeks=0)


def test_the_columns_of_a_past_run_agree_with_its_row() -> None:
    for run in weeks(2, weeks=2):
        columns = run.columns()
        assert columns.t_s[-1] == run.duration_s
        assert columns.distance_m[-1] == pytest.approx(run.distance_m, rel=0.012)
        assert columns.hr_bpm.mean() == pytest.approx(run.avg_hr_bpm, abs=0.5)
        assert abs(columns.latitude_deg[0] - RALEIGH.latitude_deg) < 2e-4
        assert np.abs(columns.altitude_m - run.truth().altitude_m).max() < 10.0


# ── bytes as the pages say ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("payload", "golden_hex"),
    [
        (gatt.heart_rate(75, [1.0, 2.0]), "164b00040008"),
        (gatt.heart_rate(200, contact=None), "00c8"),
        (gatt.heart_rate(300, contact=False), "052c01"),
        (gatt.running(2.5, 90, 0.85, 1000.0), "078002" "5a5500" "10270000"),
        (gatt.running(1.5, 60, np.nan, np.nan), "0080013c"),
        (gatt.pressure(101325.0), "02760f00"),
        (gatt.elevation(-100.0), "f0d8ff"),
        (gatt.temperature(21.48), "6408"),
        (gatt.humidity(50.0), "8813"),
        (gatt.battery(63.4), "3f"),
        (
            gatt.location(
                speed_m_s=2.78, distance_m=1000.0, latitude_deg=39.7007, longitude_deg=-104.969, elevation_m=1609.0,
                heading_deg=90.0, utc_unix_s=DENVER.start_unix_s, barometric=True,
            ),
            "df06" "1601" "102700" "98d8a917" "70006fc1" "847402" "2823" "ea0706060d1e00",
        ),
    ],
)  # fmt: skip
def test_standard_payloads_are_encoded_byte_for_byte(payload: bytes, golden_hex: str) -> None:
    assert payload.hex() == golden_hex


def test_open_tracker_packets_are_the_golden_bytes() -> None:
    gyro, accel = np.radians([[1.0, -1.0, 0.0]]), np.array([[0.0, 0.0, 9.80665]])
    rows = open_tracker.motion_rows(gyro, accel)
    assert open_tracker.motion(0x0102, 1_000_000, 19_230.77, rows, 1).hex() == golden.MOTION
    field = np.array([[21.0, -44.0, 0.1]])
    assert open_tracker.magnetic(5, 2_000_000, 100_000, field).hex() == golden.MAGNETIC
    air = np.array([101325.0, 101324.9])
    assert open_tracker.pressure(65535, 2_000_000, 100_000, air).hex() == golden.PRESSURE
    body = gatt.location(
        speed_m_s=2.78, latitude_deg=39.7007, longitude_deg=-104.969, elevation_m=1609.0, barometric=True
    )
    assert open_tracker.position(0, 2_000_000, body, 3.5).hex() == golden.POSITION
    assert open_tracker.features().hex() == golden.FEATURES


def test_the_firmware_answers_control_and_time_as_the_page_says() -> None:
    firmware = open_tracker.Firmware(device_us=1_000_000)
    assert firmware.read_time().hex() == golden.TIME[:12] + "000000000000"
    firmware.write_time(bytes.fromhex(golden.TIME[12:]))
    assert firmware.read_time().hex() == golden.TIME
    assert firmware.write_control(bytes.fromhex(golden.START_MOTION)).hex() == golden.STARTED_MOTION
    assert firmware.write_control(bytes.fromhex("0301")).hex() == "830100830713"
    assert firmware.write_control(bytes.fromhex("01010100ff")).hex() == "810100c10313", "too fast: the nearest it can"
    assert firmware.write_control(bytes.fromhex("0109000000")).hex() == "810902"
    assert firmware.write_control(bytes.fromhex("0101")).hex() == "810103"
    assert firmware.write_control(bytes.fromhex("0200")).hex() == "820000"
    assert firmware.write_control(bytes.fromhex("0301")).hex() == "830100000000"
    assert firmware.write_control(b"").hex() == "800001"


# ── time and commands ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_virtual_clock_passes_only_when_told() -> None:
    clock = VirtualClock(5.0)
    await clock.sleep(2.5)
    clock.remind(8.0)
    clock.remind(9.0)
    assert (clock.now_s, clock.next_due_s()) == (7.5, 8.0)
    assert clock.advance_to(8.5) == 8.5
    assert clock.next_due_s() == 9.0
    assert clock.advance_to(1.0) == 8.5
    with pytest.raises(ValueError):
        clock.advance(-1.0)


def test_a_world_refuses_what_it_cannot_play() -> None:
    with pytest.raises(ValueError):
        World(scenario("default"), start_at_s=-1.0)
    nonsense = dataclasses.replace(scenario("default").trackers[0], sends=("smell",))
    with pytest.raises(ValueError, match="smell"):
        World(dataclasses.replace(scenario("default"), trackers=(nonsense,)))


def test_the_list_names_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from app.cli import main

    assert main(["sim", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in rows} == set(SCENARIOS)
    default = next(row for row in rows if row["name"] == "default")
    assert default["duration_s"] >= 600.0
    assert main(["sim", "list"]) == 0
    assert "denver" in capsys.readouterr().out


def test_frames_are_values() -> None:
    assert Frame(1.0, "strap", "2A37", b"\0") == Frame(1.0, "strap", "2A37", b"\0")
