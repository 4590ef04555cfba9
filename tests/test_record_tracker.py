"""`kadenz record --tracker` from the air to the diary: in virtual time on the simulated radio, and over D-Bus."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from app.cli import main
from app.live_line import Latest, LiveLine
from app.store import Store
from device.journal import JournalWriter, read_journal
from device.link import LinkEvent, LinkState, Packet
from device.link_bleak import BleakCentral
from device.link_errors import LinkError, LinkReason
from device.link_radio import TrackerLink
from device.session import TrackerSession
from device.supervise import Report, State
from device.wire import p8
from edge.samples import (
    STREAMS,
    Columnar,
    DeviceInfo,
    Fix,
    Gap,
    HeartRate,
    Inertial,
    Samples,
    heart_rate,
    select,
    stream_name,
)
from hardware_sim import faults
from hardware_sim.bleak_backend import backend_for
from hardware_sim.firmware.models import MODELS
from hardware_sim.pytest_plugin.trackers import VirtualTrackers
from hardware_sim.scenario import Scenario
from hardware_sim.scenarios import scenario
from hardware_sim.served import radio
from hardware_sim.virtual_loop import VirtualLoop

KADENZ = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]
BROKEN = dataclasses.replace(
    scenario("default"),
    duration_s=240.0,
    faults=(
        faults.Blackout("", 40.0, 55.0),
        faults.Doubled("strap", 70.0, 90.0),
        faults.Garbled("watch", 95.0, 110.0, 0.3),
        faults.Restart("clip", 120.0),
        faults.LinkLoss("strap", 140.0, 150.0),
        faults.SilentPeer("watch", 160.0, 175.0),
        faults.Stall("clip", 185.0, 188.0),
        faults.ConnectFailure("strap", 140.0, 200.0, times=2),
    ),
)


def recorded(wanted: Scenario, seconds: float, seed: int = 3) -> tuple[tuple[Samples, ...], list[Packet | LinkEvent]]:
    """Return the samples and events of a scenario that is recorded over bleak and the real link, in virtual time."""
    air, loop = radio(wanted, seed), VirtualLoop()
    backend = backend_for(air)

    async def scene() -> tuple[tuple[Samples, ...], list[Packet | LinkEvent]]:
        link = TrackerLink(
            lambda: BleakCentral(
                scanner_backend=backend.scanner, client_backend=backend.client, adapter_backend=backend.adapter
            ),
            [one.address for one in air.peripherals],
            now_s=loop.time,
            rng=np.random.default_rng(1),
            own_thread=False,
        )
        loop.call_later(seconds, lambda: loop.create_task(link.close()))
        session, events, told = TrackerSession(start_s=0.0), [], []
        async for event in link.packets():
            events.append(event)
            told += session.feed(event)
        return tuple(told), events

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(scene())


def uncovered(samples: Sequence[Samples]) -> list[tuple[str, float, float]]:
    """Return the stretches of the main streams without numbers that no gap tells of."""
    told, found = [one for one in samples if isinstance(one, Gap)], []
    for name, kind, longest_s in (("heart_rate", HeartRate, 2.6), ("fix", Fix, 2.6), ("inertial", Inertial, 0.6)):
        column = select(tuple(samples), kind)
        assert column is not None, name
        for at in np.flatnonzero(np.diff(column.t_s) > longest_s):
            begin, end = float(column.t_s[at]), float(column.t_s[at + 1])
            inside = [g for g in told if g.stream == name and g.from_s < end and g.to_s > begin]
            if end - begin - sum(min(g.to_s, end) - max(g.from_s, begin) for g in inside) > longest_s:
                found.append((name, begin, end))
    return found


def rises(samples: Sequence[Samples]) -> bool:
    columns = [select(tuple(samples), kind) for kind in STREAMS.values()]
    return all((np.diff(column.t_s) > 0.0).all() for column in columns if column is not None)


@pytest.fixture(scope="module")
def broken() -> tuple[tuple[Samples, ...], list[Packet | LinkEvent]]:
    return recorded(BROKEN, 240.0)


def test_every_stretch_without_numbers_is_a_gap_with_its_cause(
    broken: tuple[tuple[Samples, ...], list[Packet | LinkEvent]],
) -> None:
    samples, _ = broken
    assert all(gap.cause for gap in samples if isinstance(gap, Gap))
    assert uncovered(samples) == []


def test_time_never_runs_back_and_nothing_is_told_twice(
    broken: tuple[tuple[Samples, ...], list[Packet | LinkEvent]],
) -> None:
    samples, events = broken
    assert rises(samples)
    doubled = [e for e in events if isinstance(e, Packet) and e.characteristic == "2A37" and 70.0 < e.arrival_s < 90.0]
    heart = select(samples, HeartRate)
    assert heart is not None
    assert len(doubled) >= 2 * ((heart.t_s > 70.0) & (heart.t_s < 90.0)).sum() - 2


def test_each_fault_is_survived_and_all_three_come_back(
    broken: tuple[tuple[Samples, ...], list[Packet | LinkEvent]],
) -> None:
    samples, events = broken
    for kind in (HeartRate, Fix, Inertial):
        column = select(samples, kind)
        assert column is not None
        for begin_s, end_s in ((60.0, 65.0), (205.0, 239.0)):
            assert ((column.t_s > begin_s) & (column.t_s < end_s)).any(), (kind, begin_s)
    ups = [e for e in events if isinstance(e, LinkEvent) and e.state is LinkState.CONNECTED]
    assert len(ups) >= 8
    assert {e.model for e in samples if isinstance(e, DeviceInfo)} >= {"P8", "RW-2"}


SINGLE = {
    "adapter off": ((faults.AdapterOff(20.0, 32.0),), "connection lost"),
    "bond lost": (
        (faults.NeedsBonding(""), faults.BondLost("", 20.0), faults.LinkLoss("strap", 21.0, 25.0)),
        "connection lost",
    ),
    "doubled": ((faults.Doubled("", 20.0, 50.0),), ""),
    "failing attempts": ((faults.ConnectFailure("", 0.0, 30.0, times=5),), ""),
    "frozen": ((faults.Frozen("", 20.0, 40.0),), "frozen: the same values"),
    "lost packets": ((faults.PacketLoss("", 20.0, 50.0, 0.3),), "nothing came for|packets lost before"),
    "oversized": ((faults.Oversized("", 20.0, 50.0, 0.9),), "malformed|quarantined"),
    "short MTU of the strap": ((faults.ShortMtu("strap"),), ""),
    "silent peers": ((faults.SilentPeer("", 20.0, 40.0),), "connection lost: no data"),
    "stale services": ((faults.StaleServices("", 0.0, 10.0),), ""),
    "stall": ((faults.Stall("", 20.0, 27.0),), "connection lost: no data|no data from"),
}


@pytest.mark.parametrize("name", SINGLE)
def test_each_fault_is_named_in_the_diary_and_nobody_stays_away(name: str) -> None:
    met, cause = SINGLE[name]
    samples, _ = recorded(dataclasses.replace(scenario("default"), faults=met), 75.0)
    causes = {gap.cause for gap in samples if isinstance(gap, Gap)}
    assert rises(samples) and uncovered(samples) == []
    assert any(re.search(cause, one) for one in causes) if cause else not causes, causes
    for kind in (HeartRate, Fix, Inertial):
        column = select(samples, kind)
        assert column is not None and column.t_s[-1] > 72.0, kind


#: Model -> the streams that it must bring to the diary, and whether its motion has a gyroscope.
BRINGS = {
    "polar-h10": ("heart_rate inertial battery", False),
    "verity-sense": ("heart_rate inertial magnetic battery", True),
    "vantage-v3": ("heart_rate inertial magnetic pressure fix odometer battery", True),
    "heart-rate-strap": ("heart_rate battery", False),
    "foot-pod": ("stride battery", False),
    "watch": ("fix odometer stride pressure altitude temperature humidity battery", False),
    "thingy52": ("inertial magnetic pressure temperature humidity battery", True),
    "bangle-js2": ("heart_rate fix pressure altitude temperature inertial magnetic battery", False),
    "pinetime": ("heart_rate inertial battery", False),
    "movesense": ("heart_rate inertial magnetic battery", True),
    "treadmill": ("odometer heart_rate battery", False),
    "cycling-sensor": ("cycling battery", False),
    "open-tracker": ("inertial magnetic pressure fix odometer battery", True),
}


def test_every_model_of_the_simulator_has_its_streams_listed() -> None:
    assert set(BRINGS) == set(MODELS)


@pytest.mark.parametrize("model", BRINGS)
def test_every_model_brings_all_its_streams_whole_and_says_who_it_is(model: str) -> None:
    streams, turns = BRINGS[model]
    base, what = scenario("default"), MODELS[model]
    worn = dataclasses.replace(base.trackers[0], name=model, firmware=model, placement=what.placement, sends=what.sends)
    samples, events = recorded(dataclasses.replace(base, trackers=(worn,), faults=()), 45.0)
    assert {stream_name(one) for one in samples if isinstance(one, Columnar)} == set(streams.split())
    assert [one for one in samples if isinstance(one, Gap)] == []
    assert rises(samples)
    assert sum(isinstance(one, DeviceInfo) for one in samples) == 1
    moved = select(samples, Inertial)
    if moved is not None:
        assert 8.0 < np.nanmean(np.linalg.norm(moved.accel_m_s2, axis=1)) < 15.0
        assert (np.isfinite(moved.gyro_rad_s).all(axis=1).mean() > 0.9) == turns
    assert sum(isinstance(one, LinkEvent) and one.state is LinkState.CONNECTED for one in events) == 1


def test_a_frozen_sensor_is_seen_by_nobody() -> None:
    samples, _ = recorded(dataclasses.replace(scenario("default"), faults=SINGLE["frozen"][0]), 45.0)
    heart = select(samples, HeartRate)
    assert heart is not None
    frozen = (heart.t_s > 26.0) & (heart.t_s < 39.5)
    assert not frozen.any()


def test_what_is_recorded_is_what_the_runner_did() -> None:
    samples, _ = recorded(dataclasses.replace(scenario("default"), faults=()), 200.0)
    air = radio(scenario("default"), 3)
    truth = air.peripherals[0].wearing.body.truth(200.0)  # type: ignore[attr-defined]
    heart = select(samples, HeartRate)
    assert heart is not None
    late = heart.t_s > 60.0
    error = heart.bpm[late] - np.interp(heart.t_s[late], truth.t_s, truth.hr_bpm)
    assert abs(error.mean()) < 1.0 and np.abs(error).max() < 6.0
    assert not [g for g in samples if isinstance(g, Gap)]


# ── over D-Bus, the command itself ────────────────────────────────────────────────────────────────────────────────

needs_dbus = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs Linux and dbus-daemon"
)


def begun(virtual_trackers: VirtualTrackers, diary: Path, *names: str) -> subprocess.Popen[str]:
    """Start the command on some trackers of the scenario and return it when all of them stream."""
    where = [virtual_trackers.address(name) for name in names]
    command = [*KADENZ, "record", "--tracker", *where, "--json", "--db", str(diary)]
    environment = os.environ | dict(virtual_trackers.environment)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for name, uuid in STREAMING.items():
            if name in names:
                virtual_trackers.wait_for_subscription(name, uuid, within_s=40.0)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    return process


STREAMING = {"strap": "2A37", "watch": "2A67", "clip": p8.DATA}


@needs_dbus
@pytest.mark.virtual_trackers(route="dbus")
def test_the_command_scans_what_is_on_the_air(virtual_trackers: VirtualTrackers) -> None:
    done = virtual_trackers.run_program([*KADENZ, "scan", "--seconds", "2", "--json"])
    assert done.returncode == 0, done.stderr
    found = {one["address"]: one for one in json.loads(done.stdout)}
    assert set(found) == {virtual_trackers.address(name) for name in STREAMING}
    assert "heart rate" in found[virtual_trackers.address("strap")]["profiles"]
    assert all(one["name"] and -100 <= one["signal_dbm"] < 0 for one in found.values())


@needs_dbus
@pytest.mark.virtual_trackers(route="dbus")
def test_the_command_records_through_a_blackout_and_names_every_gap(
    virtual_trackers: VirtualTrackers, tmp_path: Path
) -> None:
    process = begun(virtual_trackers, tmp_path / "diary.db", *STREAMING)
    time.sleep(2.0)
    virtual_trackers.inject("blackout", for_s=6.0)
    virtual_trackers.wait_until(
        lambda: all(virtual_trackers.connections(name) >= 2 for name in STREAMING), within_s=40.0
    )
    for name, uuid in STREAMING.items():
        virtual_trackers.wait_for_subscription(name, uuid, within_s=20.0)
    time.sleep(3.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    document = json.loads(out)
    assert document["reconnects"] >= 3 and document["gaps"] > 0
    for name in STREAMING:
        assert f"{virtual_trackers.address(name)}: connected again after" in err
    with Store(tmp_path / "diary.db") as store:
        (row,) = store.runs()
        assert row.state == "finished"
        samples, _ = store.samples(row.run_id)
    causes = {gap.cause for gap in samples if isinstance(gap, Gap)}
    assert causes and all("connection lost" in cause for cause in causes), causes
    heart = select(samples, HeartRate)
    assert heart is not None and np.diff(heart.t_s).max() > 5.0 and heart.t_s[-1] - heart.t_s[0] > 8.0


@needs_dbus
@pytest.mark.virtual_trackers(route="dbus", faults=(faults.NeedsBonding("strap", 0.0, 1000.0),))
def test_an_interrupt_ends_the_run_cleanly_also_of_a_tracker_that_had_to_be_paired(
    virtual_trackers: VirtualTrackers, tmp_path: Path
) -> None:
    process = begun(virtual_trackers, tmp_path / "diary.db", "strap")
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0 and "finished run" in err, err
    assert json.loads(out)["run"]["max_hr_bpm"] > 0 and json.loads(out)["gaps"] == 0
    assert [line.what for line in virtual_trackers.events("strap")].count("bonded") == 1
    virtual_trackers.wait_until(lambda: not virtual_trackers.connected("strap"))


# ── a journal ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_journal_replays_to_the_same_diary_at_any_speed(
    broken: tuple[tuple[Samples, ...], list[Packet | LinkEvent]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, events = broken
    with JournalWriter(tmp_path / "run.kj", started_unix_s=1.75e9) as journal:
        for event in events:
            journal.write(event)
    session = TrackerSession()
    expected = [one for event in events for one in session.feed(event)]
    replay = ["record", "--replay", str(tmp_path / "run.kj"), "--speed", "0", "--json", "--db", str(tmp_path / "d.db")]
    assert main(replay) == 0
    document = json.loads(capfd.readouterr().out)
    assert document["run"]["start_time"].startswith("2025-06-15T")
    with Store(tmp_path / "d.db") as store:
        stored, _ = store.samples(document["run"]["id"])
    for kind in STREAMS.values():
        ours, theirs = select(tuple(expected), kind), select(stored, kind)
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            assert np.array_equal(np.sort(ours.t_s), theirs.t_s), kind
    count = sum(isinstance(one, Gap) for one in expected)
    assert count == document["gaps"] == sum(isinstance(one, Gap) for one in stored)
    again = tmp_path / "again.kj"
    assert main([*replay, "--journal", str(again)]) == 0
    capfd.readouterr()
    assert list(read_journal(again)) == list(read_journal(tmp_path / "run.kj"))
    assert main(["record", "--replay", str(tmp_path / "none.kj")]) == 1
    assert "none.kj: cannot be read" in capfd.readouterr().err


def test_a_journal_is_given_away_without_addresses_and_only_from_a_recording(
    broken: tuple[tuple[Samples, ...], list[Packet | LinkEvent]], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with JournalWriter(tmp_path / "run.kj", started_unix_s=1.75e9) as journal:
        for event in broken[1]:
            journal.write(event)
    copy = tmp_path / "copy.kj"
    given = ["record", "--replay", str(tmp_path / "run.kj"), "--anonymous", str(copy), "--json"]
    assert main(given) == 0
    assert json.loads(capfd.readouterr().out)["kept"] == len(list(read_journal(copy))) > 0
    assert all(event.tracker.startswith("tracker-") for event in read_journal(copy) if event.tracker)
    assert main(given) == 1, "what is there already is not written over"
    assert "copy.kj" in capfd.readouterr().err
    assert main(["record", "--anonymous", str(copy)]) == 1
    assert "--replay FILE" in capfd.readouterr().err


# ── without Bluetooth ─────────────────────────────────────────────────────────────────────────────────────────────


def test_without_bluetooth_it_is_one_clear_line_and_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    if sys.platform != "linux":
        pytest.skip("the system bus is Linux's")
    arguments = ["record", "--tracker", "AA:BB:CC:DD:EE:FF", "--db", str(tmp_path / "diary.db")]
    assert main(arguments) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("kadenz record: this computer has no Bluetooth")
    with Store(tmp_path / "diary.db") as store:
        assert store.runs() == []


def test_what_is_no_address_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record", "--tracker", "my strap", "--db", str(tmp_path / "diary.db")]) == 1
    assert "'my strap' is not a Bluetooth address" in capsys.readouterr().err


# ── the live line ─────────────────────────────────────────────────────────────────────────────────────────────────


def beats(t_s: float, bpm: float) -> Samples:
    return heart_rate(np.array([t_s]), np.array([bpm]))


def test_a_value_leaves_the_line_when_it_ages_and_at_once_inside_a_gap() -> None:
    latest = Latest()
    latest.take([beats(1.0, 150.0)], 100.0)
    assert latest.texts(104.9) == ["150 bpm"]
    assert latest.texts(105.1) == []
    latest.take([beats(7.0, 151.0), Gap(7.0, 8.0, "heart_rate", "connection lost")], 106.0)
    assert latest.texts(106.0) == []
    latest.take([Gap(8.0, 9.0, "heart_rate", "connection lost"), beats(9.5, 152.0)], 107.0)
    assert latest.texts(107.0) == ["152 bpm"]
    latest.take([Gap(0.0, 20.0, "stride", "no data")], 107.0)
    assert latest.texts(107.0) == ["152 bpm"]


def told(reports: Sequence[Report | LinkError | None]) -> list[str]:
    said: list[str] = []
    line = LiveLine(terminal=False, now_s=time.monotonic, speak=said.append)
    for report in reports:
        if isinstance(report, Report):
            line.report(report)
        else:
            line.trouble(report)
    line.close()
    return said


def test_losing_and_finding_a_tracker_is_said_once_each() -> None:
    def at(state: State, t_s: float, reason: LinkReason | None = None, cause: str = "") -> Report:
        return Report("AA", state, reason, cause, 1, t_s)

    lost = LinkReason.LOST
    said = told(
        [
            at(State.SCAN, 0.0), at(State.CONNECT, 1.0), at(State.STREAM, 2.0),
            at(State.BACKOFF, 10.0, lost, "out of range"), at(State.CONNECT, 10.3, lost), at(State.BACKOFF, 12.0, lost),
            at(State.SCAN, 12.5, lost), at(State.STREAM, 20.0),
        ]
    )  # fmt: skip
    assert said == ["AA: connected", "AA: out of range; looking for it", "AA: connected again after 10 s"]


def test_bluetooth_going_and_coming_back_is_said_once_each() -> None:
    off = LinkError(LinkReason.OFF)
    assert told([None, off, off, None, None]) == [LinkReason.OFF.sentence, "Bluetooth is back"]
