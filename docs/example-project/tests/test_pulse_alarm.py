"""The program meets straps that behave, straps that do not, and one from a capture."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from app.__main__ import run
from device.strap import CONTROL_POINT, MEASUREMENT, watch

from hardware_sim.btsnoop import peripheral_from_capture
from hardware_sim.faults import fault
from hardware_sim.peripheral import Peripheral, characteristic, service
from models.person import Person

HERE = Path(__file__).parent


def my_strap() -> Peripheral:
    """A peripheral of one's own: 80 bpm with skin contact, once a second."""
    strap = Peripheral("my strap", [service("180D", characteristic("2A37", "notify"), characteristic("2A39", "write"))])
    strap.every(1.0, "2A37", lambda t_s: bytes([0b110, 80]))
    return strap


def test_a_strap_of_the_default_scenario_is_read(virtual_trackers):
    seen = []

    async def program():
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(lambda bpm, contact: seen.append(bpm), stop))
        await virtual_trackers.until(lambda: len(seen) >= 3, within_s=20.0, what="three measurements")
        stop.set()
        await watching

    virtual_trackers.run(program)
    assert all(30 < bpm < 220 for bpm in seen)


@pytest.mark.virtual_trackers(peripherals=[my_strap])
def test_the_alarm_comes_and_goes(virtual_trackers):
    told = []

    async def program():
        running = asyncio.create_task(run(Person(50, 150), 4.0, told.append))
        await virtual_trackers.until_subscribed("my strap", MEASUREMENT)
        virtual_trackers.send("my strap", MEASUREMENT, bytes([0b110, 190]))
        await virtual_trackers.until(lambda: "high: 190 bpm" in told, what="the alarm")
        virtual_trackers.send("my strap", MEASUREMENT, bytes([0b100, 0]))
        await running

    virtual_trackers.run(program)
    assert told[-2:] == ["no skin contact", "in range: 80 bpm"]
    assert virtual_trackers.written("my strap", CONTROL_POINT) == [b"\x01"]


@pytest.mark.virtual_trackers(peripherals=[my_strap])
def test_a_strap_that_was_away_is_found_again(virtual_trackers):
    seen = []

    async def program():
        stop = asyncio.Event()
        watching = asyncio.create_task(watch(lambda bpm, contact: seen.append(bpm), stop))
        await virtual_trackers.until_subscribed("my strap", MEASUREMENT)
        virtual_trackers.drop("my strap", for_s=1.0)
        await virtual_trackers.until(lambda: virtual_trackers.connections("my strap") == 2, within_s=20.0)
        await virtual_trackers.until_subscribed("my strap", MEASUREMENT)
        before = len(seen)
        await virtual_trackers.until(lambda: len(seen) > before, what="data after the loss")
        stop.set()
        await watching

    virtual_trackers.run(program)


@pytest.mark.virtual_trackers(
    peripherals=[my_strap],
    seed=3,
    faults=[
        fault("garbled", tracker="my strap", from_s=0.0, to_s=600.0, share=0.5),
        fault("connect-failure", tracker="my strap", from_s=0.0, to_s=600.0, times=2),
        fault("link-loss", tracker="my strap", from_s=200.0, to_s=230.0),
    ],
    route="process",
)
def test_an_hour_of_a_bad_strap_on_virtual_time(virtual_trackers):
    virtual_trackers.run(run(Person(0, 255), 3600.0, lambda text: None))
    assert virtual_trackers.connections("my strap") == 2


@pytest.mark.virtual_trackers(scenario=None)
def test_what_happened_in_the_field_does_not_happen_again(virtual_trackers):
    """The capture holds an empty and a cut measurement, one in the wide format, and a loss of contact."""
    virtual_trackers.add(peripheral_from_capture(HERE / "field.btsnoop"))
    told = []
    virtual_trackers.run(run(Person(50, 90), 6.0, told.append))
    assert told == ["high: 171 bpm", "no skin contact", "in range: 86 bpm"]


def test_the_program_itself_runs_unmodified(virtual_trackers):
    if virtual_trackers.route != "dbus":
        pytest.skip("other programs reach virtual trackers over D-Bus only")
    done = virtual_trackers.run_program(
        ["python", "-m", "app", "--low", "0", "--high", "1", "--seconds", "4"], cwd=HERE.parent
    )
    assert done.returncode == 0, done.stderr
    assert "high: " in done.stdout
