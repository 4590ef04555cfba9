"""Virtual time: a wait costs nothing, order is kept, and real work is waited for."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim import virtual_loop
from hardware_sim.schedule import Schedule
from hardware_sim.virtual_loop import StuckError, VirtualDriver, VirtualLoop, run


def test_two_hours_of_sleep_take_two_hours_on_the_loop_and_none_on_the_wall() -> None:
    async def sleeper() -> float:
        loop = asyncio.get_running_loop()
        before_s = loop.time()
        await asyncio.sleep(7200.0)
        return loop.time() - before_s

    begun_s = time.monotonic()
    assert run(sleeper()) == pytest.approx(7200.0, abs=1e-6)
    assert time.monotonic() - begun_s < 60.0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.0, 1e5), min_size=1, max_size=30))
def test_timers_ring_in_order_and_at_their_instants(delays_s: list[float]) -> None:
    async def ring() -> list[tuple[float, float]]:
        loop = asyncio.get_running_loop()
        rung: list[tuple[float, float]] = []

        async def wait(delay_s: float) -> None:
            await asyncio.sleep(delay_s)
            rung.append((delay_s, loop.time()))

        await asyncio.gather(*(wait(d) for d in delays_s))
        return rung

    rung = run(ring())
    assert [d for d, _ in rung] == sorted(delays_s)
    assert all(at_s == pytest.approx(d, abs=1e-6) for d, at_s in rung)


def test_a_timeout_ends_a_wait_at_its_instant() -> None:
    async def impatient() -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(5.0):
                await asyncio.sleep(10.0)
        return asyncio.get_running_loop().time()

    assert run(impatient()) == pytest.approx(5.0)


def test_time_does_not_jump_while_a_thread_works() -> None:
    release = threading.Event()

    async def both() -> tuple[str, float]:
        work = asyncio.create_task(asyncio.to_thread(release.wait, 30.0))
        await asyncio.sleep(0.05)
        early = asyncio.get_running_loop().time()
        release.set()
        await work
        await asyncio.sleep(3600.0)
        return "done", early

    word, early_s = run(both())
    assert word == "done"
    assert 0.05 <= early_s < 20.0


def test_a_watched_socket_is_waited_for_in_real_time() -> None:
    here, there = socket.socketpair()
    here.setblocking(False)
    sender = threading.Timer(0.05, lambda: there.send(b"hello"))

    async def receive() -> bytes:
        sender.start()
        async with asyncio.timeout(30.0):
            return await asyncio.get_running_loop().sock_recv(here, 16)

    try:
        assert run(receive()) == b"hello"
    finally:
        sender.join()
        here.close()
        there.close()


def test_a_program_that_waits_for_nothing_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virtual_loop, "PATIENCE_S", 0.01)

    async def stuck() -> None:
        await asyncio.get_running_loop().create_future()

    with pytest.raises(StuckError, match="wait for ever"):
        run(stuck())


def test_a_limit_in_virtual_time_ends_a_program_that_never_does() -> None:
    async def forever() -> None:
        while True:
            await asyncio.sleep(1.0)

    with pytest.raises(TimeoutError):
        run(forever(), limit_s=3600.0)


def test_no_other_program_is_started_on_virtual_time() -> None:
    async def start() -> None:
        await asyncio.create_subprocess_exec("true")

    with pytest.raises(NotImplementedError, match="D-Bus route"):
        run(start())


def test_time_passed_by_hand_serves_everyone_who_waited() -> None:
    async def skip() -> list[str]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        order: list[str] = []
        loop.call_later(30.0, order.append, "second")
        loop.call_later(10.0, order.append, "first")
        loop.pass_s(60.0)
        await asyncio.sleep(0.0)
        return order

    assert run(skip()) == ["first", "second"]


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 1e4), st.lists(st.floats(0.0, 1e4), min_size=1, max_size=20), st.floats(0.0, 1.0))
def test_a_schedule_is_moved_with_the_loop_whenever_it_joined(late_s: float, due_s: list[float], nap_s: float) -> None:
    schedule, made = Schedule(), []

    async def main() -> None:
        await asyncio.sleep(late_s)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        VirtualDriver(schedule, loop)
        for instant_s in due_s:
            schedule.at(instant_s, lambda: made.append(schedule.now_s))
        begun_s = loop.time()
        await asyncio.sleep(nap_s)
        assert sorted(d for d in due_s if d < nap_s - 1e-6) == made[: sum(d < nap_s - 1e-6 for d in due_s)]
        assert all(d <= nap_s + 1e-6 for d in made)
        await asyncio.sleep(1e4 + 1.0)
        assert loop.time() - begun_s == pytest.approx(1e4 + 1.0 + nap_s)

    run(main())
    assert made == sorted(due_s)


def test_a_call_of_a_schedule_that_raises_is_reported_and_stops_nothing() -> None:
    schedule, made, reported = Schedule(), [], []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.set_exception_handler(lambda _, context: reported.append(context["exception"]))
        VirtualDriver(schedule, loop)
        schedule.at(1.0, lambda: made.append(1 / 0))
        schedule.at(1.0, lambda: made.append(2.0))
        await asyncio.sleep(5.0)

    run(main())
    assert made == [2.0] and [type(one) for one in reported] == [ZeroDivisionError]


def test_a_thread_that_works_does_not_hold_a_schedule_up() -> None:
    schedule, release = Schedule(), threading.Event()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        VirtualDriver(schedule, loop)
        schedule.at(0.05, release.set)
        assert await asyncio.to_thread(release.wait, 30.0)

    run(main())
