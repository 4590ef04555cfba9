"""The pytest plugin: what a stranger's test can do with `virtual_trackers`, on both routes."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from bleak import BleakClient, BleakScanner

from hardware_sim.faults import LinkLoss
from hardware_sim.peripheral import Peripheral, characteristic, service
from hardware_sim.pytest_plugin.routes import bus_is_possible
from hardware_sim.pytest_plugin.trackers import VirtualTrackers

pytest_plugins = ["pytester"]

HR, BATTERY, CONTROL = "2A37", "2A19", "2A39"
on_the_bus = pytest.mark.skipif(not bus_is_possible(), reason="needs Linux and dbus-daemon")


def pod() -> Peripheral:
    one = Peripheral(
        "pod",
        [
            service("180D", characteristic(HR, "notify"), characteristic(CONTROL, "write")),
            service("180F", characteristic(BATTERY, "read,notify", b"\x64")),
        ],
    )
    one.every(0.2, HR, lambda t_s: bytes([0, 60]))
    return one


ROUTES = [
    pytest.param("process", marks=pytest.mark.virtual_trackers(peripherals=[pod], route="process")),
    pytest.param("dbus", marks=[pytest.mark.virtual_trackers(peripherals=[pod], route="dbus"), on_the_bus]),
]


async def watch(seconds: float, seen: list[bytes], levels: list[int] | None = None) -> None:
    """A small bleak program that knows nothing of simulators and connects again when it must."""
    loop = asyncio.get_running_loop()
    end_s = loop.time() + seconds
    while loop.time() < end_s:
        device = await BleakScanner.find_device_by_name("pod")
        if device is None:
            continue
        async with BleakClient(device) as client:
            await client.write_gatt_char(CONTROL, b"\x01", response=True)
            if levels is not None:
                await client.start_notify(BATTERY, lambda _, payload: levels.append(payload[0]))
            await client.start_notify(HR, lambda _, payload: seen.append(bytes(payload)))
            while client.is_connected and loop.time() < end_s:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("route", ROUTES)
def test_unmodified_code_meets_the_trackers_and_is_seen(virtual_trackers: VirtualTrackers, route: str) -> None:
    seen: list[bytes] = []
    virtual_trackers.run(watch(1.5, seen))
    assert virtual_trackers.route == route
    assert len(seen) >= 3
    assert virtual_trackers.written("pod", CONTROL) == [b"\x01"]
    assert not virtual_trackers.connected("pod")
    assert "notify" in virtual_trackers.transcript()


@pytest.mark.parametrize("route", ROUTES)
def test_a_test_acts_while_the_program_runs(virtual_trackers: VirtualTrackers, route: str) -> None:
    seen: list[bytes] = []
    levels: list[int] = []

    async def scene() -> None:
        program = asyncio.create_task(watch(4.0, seen, levels))
        await virtual_trackers.until_subscribed("pod", HR)
        assert virtual_trackers.connected("pod") and virtual_trackers.subscribed("pod", BATTERY)
        virtual_trackers.set_battery("pod", 7.0)
        virtual_trackers.send("pod", HR, b"\x00\xc8")
        await virtual_trackers.until(lambda: b"\x00\xc8" in seen and levels == [7], what="what was sent")
        virtual_trackers.drop("pod", for_s=0.2)
        assert not virtual_trackers.subscribed("pod", HR)
        await virtual_trackers.until(lambda: virtual_trackers.connections("pod") == 2, what="a second connection")
        await program

    virtual_trackers.run(scene)
    assert virtual_trackers.written("pod", CONTROL) == [b"\x01", b"\x01"]


@pytest.mark.parametrize("route", ROUTES)
async def test_a_coroutine_is_a_test_too(virtual_trackers: VirtualTrackers, route: str) -> None:
    seen: list[bytes] = []
    await watch(2.0, seen)
    assert seen


@pytest.mark.parametrize("route", ROUTES)
def test_time_that_is_advanced_brings_what_would_have_come(virtual_trackers: VirtualTrackers, route: str) -> None:
    seen: list[bytes] = []

    async def scene() -> None:
        program = asyncio.create_task(watch(3.0, seen))
        await virtual_trackers.until_subscribed("pod", HR)
        before_s = virtual_trackers.now_s
        virtual_trackers.advance(60.0)
        assert virtual_trackers.now_s - before_s >= 60.0
        await virtual_trackers.until(lambda: len(seen) >= 300, what="a minute of notifications")
        await program

    virtual_trackers.run(scene)


@pytest.mark.parametrize("route", ROUTES)
def test_a_fault_by_name_begins_now(virtual_trackers: VirtualTrackers, route: str) -> None:
    virtual_trackers.advance(100.0)
    made = virtual_trackers.inject("link-loss", "pod", for_s=3.0)
    assert isinstance(made, LinkLoss) and made.tracker == "pod"
    assert 100.0 <= made.from_s < 110.0 and made.to_s == pytest.approx(made.from_s + 3.0)
    with pytest.raises(ValueError, match="no fault named"):
        virtual_trackers.inject("gremlins")
    with pytest.raises(KeyError, match="pod"):
        virtual_trackers.drop("nobody")


@pytest.mark.virtual_trackers(scenario=None, route="process")
def test_a_peripheral_of_ones_own_takes_few_lines(virtual_trackers: VirtualTrackers) -> None:
    scale = Peripheral("scale", [service("181D", characteristic("2A9D", "indicate"))])
    scale.every(1.0, "2A9D", lambda t_s: bytes([0, 0x10, 0x27]))
    virtual_trackers.add(scale)
    got: list[bytes] = []

    async def program() -> None:
        async with BleakClient(scale.address) as client:
            await client.start_notify("2A9D", lambda _, payload: got.append(bytes(payload)))
            await asyncio.sleep(3600.0)

    virtual_trackers.run(program)
    assert len(got) == pytest.approx(3600, abs=2)


@pytest.mark.virtual_trackers(route="process")
def test_without_a_word_there_is_the_default_scenario(virtual_trackers: VirtualTrackers) -> None:
    assert {one.name for one in virtual_trackers.trackers} >= {"strap"}

    async def program() -> list[str]:
        return [d.address for d in await BleakScanner.discover(3.0, service_uuids=["180d"])]

    assert virtual_trackers.address("strap") in virtual_trackers.run(program)


@pytest.mark.virtual_trackers("default", seed=5, route="process")
def test_what_a_firmware_sends_of_its_battery_is_set_by_the_test(virtual_trackers: VirtualTrackers) -> None:
    async def program() -> list[int]:
        async with BleakClient(virtual_trackers.address("strap")) as client:
            got: list[int] = []
            await client.start_notify(BATTERY, lambda _, payload: got.append(payload[0]))
            await asyncio.sleep(1.0)
            virtual_trackers.set_battery("strap", 3.0)
            await asyncio.sleep(600.0)
            return [got[-1], (await client.read_gatt_char(BATTERY))[0]]

    assert virtual_trackers.run(program) == [3, 3]


@on_the_bus
@pytest.mark.virtual_trackers(peripherals=[pod], route="dbus")
def test_a_program_is_run_and_waited_for(virtual_trackers: VirtualTrackers) -> None:
    program = "import asyncio, bleak; print([d.name for d in asyncio.run(bleak.BleakScanner.discover(1.0))])"
    done = virtual_trackers.run_program(["python", "-c", program])
    assert (done.returncode, done.stdout.strip()) == (0, "['pod']"), done.stderr
    with subprocess.Popen(
        [sys.executable, "-c", _SUBSCRIBES], env={**virtual_trackers.environment}, stdout=subprocess.DEVNULL
    ) as background:
        virtual_trackers.wait_for_subscription("pod", HR, within_s=30.0)
        background.terminate()
    with pytest.raises(RuntimeError, match="no backend is needed"):
        _ = virtual_trackers.client_backend


_SUBSCRIBES = textwrap.dedent("""
    import asyncio, bleak
    async def main():
        async with bleak.BleakClient(await bleak.BleakScanner.find_device_by_name("pod")) as client:
            await client.start_notify("2A37", lambda *_: None)
            await asyncio.sleep(60.0)
    asyncio.run(main())
""")


@pytest.mark.virtual_trackers(peripherals=[pod], route="process")
def test_the_process_route_says_what_it_cannot_do(virtual_trackers: VirtualTrackers) -> None:
    with pytest.raises(RuntimeError, match="dbus route only"):
        virtual_trackers.run_program(["true"])

    async def waits() -> None:
        virtual_trackers.wait_for_subscription("pod", HR)

    with pytest.raises(RuntimeError, match="until_subscribed"):
        virtual_trackers.run(waits)

    async def stuck() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(TimeoutError):
        virtual_trackers.run(stuck, limit_s=60.0)


def stranger(pytester: pytest.Pytester, code: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(textwrap.dedent(code))
    plain = ("-p", "no:asyncio", "-p", "no:hypothesispytest", "-p", "no:cacheprovider")
    return pytester.runpytest_subprocess(*plain, *options)


def test_a_failure_shows_what_went_over_the_air(pytester: pytest.Pytester) -> None:
    result = stranger(
        pytester,
        """
        from bleak import BleakClient
        from hardware_sim.peripheral import Peripheral, characteristic, service

        def test_app(virtual_trackers):
            pod = virtual_trackers.add(Peripheral("pod", [service("180F", characteristic("2A19", "read", b"d"))]))

            async def program():
                async with BleakClient(pod.address) as client:
                    return await client.read_gatt_char("2A19")

            assert virtual_trackers.run(program) == b"e"
        """,
        "-o",
        "virtual_trackers_route=process",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*virtual trackers, process route: what went over the air*", "*pod*read*2A19 64*"])


WRONG = {
    'scenario="nowhere"': "*no scenario named 'nowhere'*",
    'faults=["link-loss"]': "*is no fault; make one with hardware_sim.faults.fault*",
    'route="pigeon"': "*there is no route 'pigeon'*",
    "colour=3": "*unexpected keyword argument 'colour'*",
}


def test_a_wrong_wish_is_answered_in_one_line(pytester: pytest.Pytester) -> None:
    tests = [
        f"@pytest.mark.virtual_trackers({mark})\ndef test_{number}(virtual_trackers):\n    pass\n"
        for number, mark in enumerate(WRONG)
    ]
    result = stranger(pytester, "\n".join(["import pytest", *tests]))
    result.assert_outcomes(errors=len(WRONG))
    result.stdout.fnmatch_lines(list(WRONG.values()))


def test_the_plugin_costs_nothing_where_no_test_asks_for_it(pytester: pytest.Pytester) -> None:
    heavy = {"numpy", "bleak", "dbus_fast", "bumble"}
    code = f"import sys\ndef test_nothing():\n    assert not {heavy!r} & set(sys.modules)\n"
    stranger(pytester, code).assert_outcomes(passed=1)


def test_the_examples_of_the_documentation_run(pytester: pytest.Pytester) -> None:
    page = (Path(__file__).parents[1] / "docs" / "virtual-bluetooth.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", page, re.S)
    tests = {f"test_{number}": block for number, block in enumerate(blocks)}
    assert sum("def test_" in block for block in blocks) >= 3
    pytester.makepyfile(**tests)
    command = ("-p", "no:cacheprovider", "-p", "no:asyncio", "-o", "virtual_trackers_route=process")
    result = pytester.runpytest_subprocess(*command)
    result.assert_outcomes(passed=sum(block.count("\ndef test_") for block in blocks))
