"""Laws of the recorder: what it acknowledges is stored, what it cannot store it keeps, what was cut off it takes up."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from store_cases import same

from app import recorder as module
from app.acks import LineWriter, ack_line
from app.cli import main
from app.recorder import Ack, Clocks, Hooks, Recorder, RunPlan, Start, begin, finish_cut_off, record
from app.sim_link import SimLink
from app.store import Store, StoreError, examine
from app.store.guard import RecorderGuard
from device.link import LinkEvent, LinkState, Packet
from device.session import TrackerSession
from edge.samples import STREAMS, Gap, HeartRate, Pressure, Samples, heart_rate, select
from hardware_sim.scenarios import scenario
from hardware_sim.world import World

KADENZ = [sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())"]
PLAN = RunPlan("test")


class Beats:
    """A link of one heart-rate packet a second, as fast as it is taken, from one second to another."""

    def __init__(self, first: int, last: int, *, ends: bool = True) -> None:
        self.times, self.ends, self.closed = range(first, last), ends, asyncio.Event()

    async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
        for second in self.times:
            yield Packet("strap", "beat", float(second), bytes([60 + second % 60]))
        if not self.ends:
            await self.closed.wait()
        yield LinkEvent("", LinkState.CLOSED, float(self.times.stop))

    async def close(self) -> None:
        self.closed.set()


class BeatSession:
    def feed(self, event: Packet | LinkEvent) -> tuple[Samples, ...]:
        if isinstance(event, LinkEvent):
            return ()
        return (heart_rate(np.array([event.arrival_s]), np.array([float(event.payload[0])])),)


class Clock:
    """Clocks that a test sets."""

    def __init__(self, wall_unix_s: float = 1.7e9, boot_s: float = 1000.0, boot_id: str = "boot") -> None:
        self.wall_unix_s, self.boot_s, self.boot_id = wall_unix_s, boot_s, boot_id

    def later(self, by_s: float, wall_jump_s: float = 0.0) -> Clock:
        self.wall_unix_s, self.boot_s = self.wall_unix_s + by_s + wall_jump_s, self.boot_s + by_s
        return self

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.wall_unix_s, lambda: self.boot_s, self.boot_id)


def recorded(store: Store, start: Start, link: Beats) -> tuple[list[Ack], list[str]]:
    acks: list[Ack] = []
    said: list[str] = []
    recorder = Recorder(store, start, BeatSession(), Hooks(ack=acks.append, say=said.append))
    asyncio.run(record(link, recorder))
    return acks, said


def quiet(_: str) -> None:
    pass


# What is stored


def test_the_diary_holds_exactly_what_the_session_made_of_the_packets() -> None:
    world = World(scenario("default"), 4, start_at_s=690.0)
    session = TrackerSession(start_s=0.0)
    expected: list[Samples] = []

    async def all_events() -> None:
        async for event in SimLink(world, 0).packets():
            expected.extend(session.feed(event))

    asyncio.run(all_events())
    with Store.in_memory() as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        acks: list[Ack] = []
        recorder = Recorder(store, start, TrackerSession(start_s=0.0), Hooks(ack=acks.append))
        asyncio.run(record(SimLink(World(scenario("default"), 4, start_at_s=690.0), 0), recorder))
        samples, problems = store.samples(start.run_id)
        count = store.run(start.run_id).samples
    assert problems == () and acks[-1].sequence == count
    for kind in STREAMS.values():
        whole, stored = select(tuple(expected), kind), select(samples, kind)
        assert (whole is None) == (stored is None)
        if whole is not None and stored is not None:
            order = np.argsort(whole.t_s, kind="stable")
            assert np.array_equal(stored.t_s, whole.t_s[order]), kind
            if kind is Pressure:
                assert same(stored, whole)
    assert sum(isinstance(s, Gap) for s in samples) == sum(isinstance(s, Gap) for s in expected)


def test_acknowledgements_rise_and_the_last_is_the_number_of_stored_samples(tmp_path: Path) -> None:
    with Store(tmp_path / "diary.db") as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        acks, said = recorded(store, start, Beats(0, 60))
        numbers = [ack.sequence for ack in acks]
        assert numbers == sorted(set(numbers)) and numbers[-1] == 60 == store.run(start.run_id).samples
        assert acks[-1].t_s == 59.0 and said == []
    assert examine(tmp_path / "diary.db").samples == 60


def test_no_segment_of_a_recording_spans_more_than_a_second(tmp_path: Path) -> None:
    with Store(tmp_path / "diary.db") as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        recorder = Recorder(store, start, TrackerSession(start_s=0.0), Hooks())
        asyncio.run(record(SimLink(World(scenario("default"), 1, start_at_s=700.0), 0), recorder))
        rows = store._connection.execute("SELECT to_s - from_s FROM segments WHERE stream != 'gap'").fetchall()
    assert len(rows) > 50 and max(row[0] for row in rows) <= 1.0


def test_a_silent_link_does_not_hold_back_what_it_sent_before() -> None:
    async def scene() -> list[Ack]:
        acks: list[Ack] = []
        with Store.in_memory() as store:
            start = begin(store, PLAN, Clock().clocks, quiet)
            stop = asyncio.Event()
            recorder = Recorder(store, start, BeatSession(), Hooks(ack=acks.append))
            task = asyncio.create_task(record(Beats(0, 1, ends=False), recorder, stop=stop))
            for _ in range(100):
                await asyncio.sleep(0.02)
                if acks:
                    break
            before_stop = list(acks)
            stop.set()
            await task
            return before_stop

    assert [ack.sequence for ack in asyncio.run(scene())] == [1]


def test_a_link_that_fails_is_told_after_everything_before_it_is_stored() -> None:
    class Failing(Beats):
        async def packets(self) -> AsyncIterator[Packet | LinkEvent]:
            async for event in super().packets():
                if isinstance(event, LinkEvent):
                    raise OSError("the radio is gone")
                yield event

    with Store.in_memory() as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        with pytest.raises(OSError, match="radio"):
            recorded(store, start, Failing(0, 7))
        assert store.run(start.run_id).samples == 7


# What was cut off


def cut_off(store: Store, clock: Clock, seconds: int = 20) -> Start:
    """Record some seconds and leave the run open, as a kill does."""
    start = begin(store, PLAN, clock.clocks, quiet)
    recorded(store, start, Beats(0, seconds))
    clock.later(seconds)
    return start


@pytest.mark.parametrize("wall_jump_s", [0.0, 3600.0, -3600.0, -7200.0])
def test_a_run_is_resumed_where_it_was_even_when_the_wall_clock_jumped(wall_jump_s: float) -> None:
    clock, said = Clock(), list[str]()
    with Store.in_memory() as store:
        first = cut_off(store, clock)
        again = begin(store, PLAN, clock.later(30.0, wall_jump_s).clocks, said.append)
        assert again.run_id == first.run_id and again.resumed
        assert again.offset_s == pytest.approx(50.0) and "resumed run" in said[0]
        acks, _ = recorded(store, again, Beats(50, 60))
        samples, _ = store.samples(first.run_id)
        beats, gaps = select(samples, HeartRate), [s for s in samples if isinstance(s, Gap)]
    assert beats is not None and beats.t_s.tolist() == [*range(20), *range(50, 60)]
    assert acks[-1].sequence == 31 and acks[0].sequence > 20
    assert gaps == [Gap(19.0, pytest.approx(50.0), "all", "the recorder was not running")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "boot_id", "jump_s"),
    [
        (lambda clock: clock.later(601.0), "boot", 0.0),
        (lambda clock: clock.later(10.0), "another boot", 3600.0),
        (lambda clock: clock.later(10.0), "another boot", -3600.0),
    ],
    ids=["too old", "clock one hour on after a restart", "clock one hour back after a restart"],
)
def test_a_run_that_cannot_be_gone_on_with_is_finished(
    change: Callable[[Clock], object], boot_id: str, jump_s: float
) -> None:
    clock, said = Clock(), list[str]()
    with Store.in_memory() as store:
        first = cut_off(store, clock)
        change(clock)
        clock.boot_id, clock.wall_unix_s = boot_id, clock.wall_unix_s + jump_s
        again = begin(store, PLAN, clock.clocks, said.append)
        assert again.run_id != first.run_id and not again.resumed and again.offset_s == 0.0
        finish_cut_off(store, again, said.append)
        assert said == [f"finished run {first.run_id}, which was cut off: 20 samples are safe"]
        row = store.run(first.run_id)
        assert row.state == "finished" and row.summary is not None and row.summary.avg_hr_bpm > 0


def test_a_run_of_another_source_is_finished_and_a_second_open_one_too() -> None:
    clock = Clock()
    with Store.in_memory() as store:
        cut_off(store, clock)
        store.start_run(source="test", sport="running", start_unix_s=clock.wall_unix_s - 5.0)
        other = begin(store, replace(PLAN, source="other"), clock.clocks, quiet)
        finish_cut_off(store, other, quiet)
        assert [row.run_id for row in store.open_runs()] == [other.run_id]


def test_simulated_time_goes_on_at_its_own_pace_and_stands_still_at_full_speed() -> None:
    for pace, expected in ((20.0, 20.0 * 3.0), (0.0, 19.0)):
        clock = Clock()
        with Store.in_memory() as store:
            plan = replace(PLAN, pace=pace)
            start = begin(store, plan, clock.clocks, quiet)
            recorded(store, start, Beats(0, 20))
            assert begin(store, plan, clock.later(3.0).clocks, quiet).offset_s == pytest.approx(expected)


# Trouble


def test_what_a_full_disk_refuses_is_kept_told_once_and_stored_when_there_is_room(tmp_path: Path) -> None:
    acks, said = list[Ack](), list[str]()
    with Store(tmp_path / "diary.db") as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        recorder = Recorder(store, start, TrackerSession(start_s=0.0), Hooks(acks.append, say=said.append), 0.0)
        events = list(events_of(60.0))
        recorder.take(events[:50])
        store._connection.execute("PRAGMA max_page_count = 16")
        for at in range(50, len(events), 5):
            recorder.take(events[at : at + 5])
        assert recorder.unsaved > 0 and len(said) == 1 and "disk is full" in said[0]
        assert store.run(start.run_id).samples == acks[-1].sequence
        store._connection.execute("PRAGMA max_page_count = 100000")
        recorder.take([])
        assert recorder.unsaved == 0 and said[1].startswith("saved again")
        assert store.run(start.run_id).samples == acks[-1].sequence
        session = TrackerSession(start_s=0.0)
        sent = [s for event in events for s in session.feed(event)]
        assert acks[-1].sequence == sum(1 if isinstance(s, Gap) else len(s) for s in sent)  # type: ignore[arg-type]
    assert examine(tmp_path / "diary.db").ok


def test_a_diary_in_trouble_is_left_alone_for_a_second_and_tried_once_more_at_the_end(tmp_path: Path) -> None:
    said = list[str]()
    with Store(tmp_path / "diary.db", busy_wait_s=0.1) as store, Store(tmp_path / "diary.db") as holder:
        start = begin(store, PLAN, Clock().clocks, quiet)
        recorder = Recorder(store, start, BeatSession(), Hooks(say=said.append))
        begun_s = time.monotonic()
        with holder.writing():
            for second in range(200):
                recorder.take([Packet("strap", "beat", float(second), b"x")])
        assert time.monotonic() - begun_s < 10.0 and recorder.unsaved == 200
        asyncio.run(record(Beats(200, 201), recorder))
        assert recorder.unsaved == 0 and store.run(start.run_id).samples == 201


def events_of(seconds: float) -> Sequence[Packet | LinkEvent]:
    async def gathered() -> list[Packet | LinkEvent]:
        world = World(scenario("default"), 2, start_at_s=scenario("default").duration_s - seconds)
        return [event async for event in SimLink(world, 0).packets()]

    return asyncio.run(gathered())


def test_memory_is_bounded_and_what_gave_way_is_a_gap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "MAX_UNSAVED_ROWS", 10)
    with Store(tmp_path / "diary.db", busy_wait_s=0.0) as store, Store(tmp_path / "diary.db") as holder:
        start = begin(store, PLAN, Clock().clocks, quiet)
        recorder = Recorder(store, start, BeatSession(), Hooks(), 0.0)
        with holder.writing():
            for second in range(30):
                recorder.take([Packet("strap", "beat", float(second), b"x")])
                assert recorder.unsaved <= 10
        recorder.take([])
        samples, _ = store.samples(start.run_id)
    beats = select(samples, HeartRate)
    assert beats is not None and beats.t_s.tolist() == list(range(20, 30))
    assert samples[-1] == Gap(0.0, 19.0, "heart_rate", "the diary could not be written for too long")


def test_damage_is_not_waited_out(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        start = begin(store, PLAN, Clock().clocks, quiet)
        module.finish(store, start.run_id)
        with pytest.raises(StoreError, match="is finished"):
            recorded(store, start, Beats(0, 3))


def test_a_reader_that_stops_reading_holds_up_nothing() -> None:
    reading, writing = os.pipe()
    lines = LineWriter(writing)
    begun_s = time.monotonic()
    for number in range(200_000):
        lines.write(ack_line(Ack("run", number, 1.0)))
    lines.close(0.1)
    assert time.monotonic() - begun_s < 10.0
    os.close(reading)


def test_the_last_acknowledgement_is_always_written() -> None:
    reading, writing = os.pipe()
    lines = LineWriter(writing)
    for number in range(1, 100):
        lines.write(ack_line(Ack("run", number, 1.5)))
    lines.close()
    os.close(writing)
    with os.fdopen(reading) as reader:
        assert reader.read().endswith("ack 99 run=run t=1.500\n")


def test_a_second_recorder_is_refused(tmp_path: Path) -> None:
    with RecorderGuard(tmp_path / "diary.db"), pytest.raises(StoreError, match="another recorder"):
        RecorderGuard(tmp_path / "diary.db")
    RecorderGuard(tmp_path / "diary.db").close()


# The command


def test_without_sim_the_command_says_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["record"]) == 1
    assert "--sim default" in capsys.readouterr().err
    assert main(["record", "--sim", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


def acknowledged(process: subprocess.Popen[str], count: int) -> list[str]:
    """Return the lines of stderr up to the given number of acknowledgements."""
    assert process.stderr is not None
    lines: list[str] = []
    while sum(line.startswith("ack ") for line in lines) < count:
        line = process.stderr.readline()
        assert line, "".join(lines)
        lines.append(line)
    return lines


def test_a_killed_recorder_is_resumed_by_the_next_and_finished_by_sigterm(tmp_path: Path) -> None:
    command = [*KADENZ, "record", "--sim", "default", "--speed", "20", "--json", "--db", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        lines = acknowledged(first, 4)
        first.kill()
    last = int(lines[-1].split()[1])
    health = examine(tmp_path / "diary.db")
    assert health.ok and health.open_runs == 1 and health.samples >= last
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as second:
        lines = acknowledged(second, 2)
        assert lines[0].startswith("resumed run") and int(lines[1].split()[1]) > last
        second.send_signal(signal.SIGTERM)
        document = json.loads(second.communicate()[0])
    assert second.returncode == 0 and document["run"]["duration_s"] > 0
    health = examine(tmp_path / "diary.db")
    assert (health.ok, health.runs, health.open_runs, health.samples) == (True, 1, 0, document["samples"])


def test_a_run_of_another_source_is_finished_beside_the_new_recording(tmp_path: Path) -> None:
    with Store(tmp_path / "diary.db") as store:
        cut = cut_off(store, Clock())
    command = [*KADENZ, "record", "--sim", "default", "--speed", "20", "--db", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        lines = acknowledged(process, 3)
        process.send_signal(signal.SIGINT)
        lines += process.communicate()[1].splitlines(keepends=True)
    assert process.returncode == 0
    assert f"finished run {cut.run_id}, which was cut off: 20 samples are safe\n" in lines
    with Store(tmp_path / "diary.db") as store:
        assert [row.state for row in store.runs()] == ["finished"] * 2 and store.check().ok
