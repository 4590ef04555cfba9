"""Laws of the journal: what is written is read, a torn file gives its whole records, writing never disturbs a run."""

from __future__ import annotations

import errno
import math
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.journal import Event, Journal, JournalError, JournalWriter, read_journal
from device.journal_link import JournalingLink, JournalLink, open_recording
from device.link import LinkEvent, LinkState, Packet
from device.session import TrackerSession
from edge.samples import Columnar
from hardware_sim.scenarios import SCENARIOS
from hardware_sim.world import Frame, World

NAMES = st.sampled_from(["AA:BB:CC:00:11:22", "läufer", "", "phone"])
UUIDS = st.sampled_from(["2A37", "fb005c82-02e7-f387-1cad-8acd2d8df0c8", ""])
TIMES = st.floats(allow_nan=False)
PACKETS = st.builds(Packet, NAMES, UUIDS, TIMES, st.binary(max_size=60))
EVENTS = st.builds(LinkEvent, NAMES, st.sampled_from(LinkState), TIMES, st.text("aé°x ", max_size=20), UUIDS)
ANY = st.lists(PACKETS | EVENTS, max_size=12)
START_BYTES = 20


def written(path: Path, events: list[Event], **options: float) -> Path:
    path.unlink(missing_ok=True)
    with JournalWriter(path, **options) as journal:  # type: ignore[arg-type]
        for event in events:
            journal.write(event)
    assert journal.ended == "closed"
    assert journal.path == path
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journal")


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(events=ANY, started_s=st.just(math.nan) | st.floats(0.0, 4e9))
@settings(deadline=None, max_examples=80)
def test_what_is_written_is_read_bit_for_bit(folder: Path, events: list[Event], started_s: float) -> None:
    journal = read_journal(written(folder / "whole.kj", events, started_unix_s=started_s))
    assert list(journal) == events
    assert list(journal) == events
    assert journal.damage == ""
    assert journal.started_unix_s == pytest.approx(started_s, nan_ok=True, abs=0.0)


@given(events=ANY, cut=st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=120)
def test_any_prefix_of_a_file_reads_as_a_prefix_of_its_events(folder: Path, events: list[Event], cut: float) -> None:
    whole = written(folder / "cut.kj", events).read_bytes()
    size = round(cut * len(whole))
    torn = folder / "torn.kj"
    torn.write_bytes(whole[:size])
    journal = Journal(torn)
    read = list(journal)
    assert read == events[: len(read)]
    assert (journal.damage == "") <= (size >= START_BYTES)
    if size == len(whole):
        assert (read, journal.damage) == (events, "")
    elif journal.damage:
        assert str(torn) in journal.damage


@given(events=st.lists(PACKETS | EVENTS, min_size=1, max_size=6), where=st.floats(0.0, 0.999), bit=st.integers(0, 7))
@settings(deadline=None, max_examples=200)
def test_no_flipped_bit_goes_unnoticed(folder: Path, events: list[Event], where: float, bit: int) -> None:
    whole = bytearray(written(folder / "flip.kj", events).read_bytes())
    at = int(where * len(whole))
    whole[at] ^= 1 << bit
    flipped = folder / "flipped.kj"
    flipped.write_bytes(whole)
    try:
        journal = Journal(flipped)
    except JournalError as problem:
        assert at < START_BYTES
        assert str(flipped) in str(problem)
        return
    read = list(journal)
    assert read == events[: len(read)]
    assert len(read) < len(events)
    named = int(journal.damage.removeprefix(f"{flipped}: byte ").partition(":")[0])
    assert named <= at < len(whole)


def test_a_record_costs_the_payload_and_nineteen_bytes(tmp_path: Path) -> None:
    packets: list[Event] = [Packet("strap", "2A37", float(n), bytes(8)) for n in range(100)]
    size = written(tmp_path / "a.kj", packets).stat().st_size
    assert size == START_BYTES + (7 + 5) + (7 + 4) + 100 * (7 + 12 + 8)


def test_the_bytes_are_those_of_the_documentation(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kj", [Packet("T", "2A37", 1.5, b"\x06\x48")], started_unix_s=0.0)
    assert path.read_bytes().hex() == (
        "4b4144454e5a4a01" "0000000000000000" "b10e09ce"
        "01" "0100" "a3473cf4" "54"
        "02" "0400" "a39bcef6" "32413337"
        "03" "0e00" "53ae4ff8" "0000" "0000" "000000000000f83f" "0648"
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"SQLite format 3\0", b"KADENZJ\x02" + bytes(12), b"\x00" * 40])
def test_another_file_is_refused_with_its_name_and_byte(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(JournalError, match="other: byte 0"):
        Journal(path)
    with pytest.raises(ValueError, match="cannot be read"):
        Journal(tmp_path / "missing")


# ── writing beside a recording ─────────────────────────────────────────────────────────────────────────────────


def test_a_full_journal_says_so_once_and_keeps_whole_records(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    events: list[Event] = [Packet("strap", "2A37", n / 7.0, bytes(20)) for n in range(500)]
    journal = JournalWriter(tmp_path / "a.kj", max_bytes=4000)
    for event in events:
        journal.write(event)
    journal.close()
    assert "full" in journal.ended
    assert len(caplog.records) == 1
    kept = list(Journal(journal.path))
    assert 90 < len(kept) < 110
    assert kept == events[: len(kept)]
    assert journal.path.stat().st_size <= 4000


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    first = written(tmp_path / "run.kj", [Packet("a", "2A37", 1.0, b"\x00\x50")])
    before = first.read_bytes()
    with JournalWriter(first) as second:
        second.write(Packet("b", "2A37", 2.0, b"\x00\x51"))
    assert first.read_bytes() == before
    assert second.path == tmp_path / "run-2.kj"
    assert [event.tracker for event in Journal(second.path)] == ["b"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_nobody_else_reads_a_journal(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kj", [])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be made"):
        JournalWriter(tmp_path / "none" / "a.kj")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_the_journal_and_not_the_recording(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    journal = JournalWriter(tmp_path / "a.kj")
    os.dup2(os.open("/dev/full", os.O_WRONLY), journal._file.fileno())
    for n in range(50):
        journal.write(Packet("strap", "2A37", float(n), bytes(20)))
    journal.close()
    assert os.strerror(errno.ENOSPC) in journal.ended
    assert len(caplog.records) == 1


def test_what_no_radio_sends_is_left_out_and_counted(tmp_path: Path) -> None:
    with JournalWriter(tmp_path / "a.kj") as journal:
        journal.write(Packet("a", "2A37", 1.0, bytes(70_000)))
        journal.write(Packet("b", "2A37", 2.0, b"\x00\x50"))
    assert journal.left_out == 1
    assert list(Journal(journal.path)) == [Packet("b", "2A37", 2.0, b"\x00\x50")]


def test_a_crash_takes_no_more_than_the_last_second(tmp_path: Path) -> None:
    journal = JournalWriter(tmp_path / "a.kj")
    for n in range(100):
        journal.write(Packet("strap", "2A37", n / 10.0, b"\x00\x50"))
    told = [event.arrival_s for event in Journal(journal.path)]
    assert told[-1] >= 9.0 - 0.11
    journal.close()


# ── replay ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Listed:
    """Events as a link, ending with CLOSED."""

    def __init__(self, events: list[Event]) -> None:
        self._events = events

    async def packets(self) -> AsyncIterator[Event]:
        for event in self._events:
            yield event
        yield LinkEvent("", LinkState.CLOSED, self._events[-1].arrival_s + 1.0, "end")

    async def close(self) -> None: ...


def run_of(name: str, frames: int) -> list[Event]:
    events: list[Event] = []
    for event in World(SCENARIOS[name], 3).events():
        if isinstance(event, Frame):
            events.append(Packet(event.tracker, event.characteristic, event.t_s + 12345.678, event.payload))
        if len(events) == frames:
            break
    return events


def as_text(samples: list[object]) -> list[str]:
    return [
        repr([getattr(one, name).tolist() for name in one.__slots__]) if isinstance(one, Columnar) else repr(one)
        for one in samples
    ]


async def test_a_replay_gives_the_samples_of_the_recording_to_the_last_bit(tmp_path: Path) -> None:
    events = run_of("default" if "default" in SCENARIOS else next(iter(SCENARIOS)), 3000)
    journal, first, again = JournalWriter(tmp_path / "a.kj"), TrackerSession(), TrackerSession()
    live = [one async for event in JournalingLink(Listed(events), journal).packets() for one in first.feed(event)]
    assert journal.ended == "closed"
    replayed = [one async for event in JournalLink(journal.path, 0.0).packets() for one in again.feed(event)]
    assert len(live) > 100
    assert as_text(replayed) == as_text(live)


@pytest.mark.parametrize("speed", [1.0, 4.0])
async def test_a_replay_takes_as_long_as_the_recording_did(tmp_path: Path, speed: float) -> None:
    now_s, events = [50.0], run_of(next(iter(SCENARIOS)), 400)

    async def sleep(duration_s: float) -> None:
        now_s[0] += duration_s

    path = written(tmp_path / "a.kj", events)
    link = JournalLink(path, speed, now_s=lambda: now_s[0], sleep=sleep)
    got = [event async for event in link.packets()]
    assert got[:-1] == events
    lasted_s = (events[-1].arrival_s - events[0].arrival_s) / speed
    assert now_s[0] - 50.0 == pytest.approx(lasted_s, abs=0.01)


async def test_a_damaged_recording_ends_with_the_damage_as_its_cause(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kj", run_of(next(iter(SCENARIOS)), 20))
    path.write_bytes(path.read_bytes()[:-3])
    got = [event async for event in JournalLink(path, 0.0).packets()]
    assert len(got) == 20
    last = got[-1]
    assert isinstance(last, LinkEvent)
    assert last.state is LinkState.CLOSED
    assert "is cut in a record" in last.cause


async def test_a_replay_that_is_closed_ends(tmp_path: Path) -> None:
    link = JournalLink(written(tmp_path / "a.kj", run_of(next(iter(SCENARIOS)), 20)), 0.0)
    got = []
    async for event in link.packets():
        got.append(event)
        if len(got) == 5:
            await link.close()
    assert len(got) == 6
    assert got[-1].cause == "closed"


def test_a_recording_is_known_by_its_beginning(tmp_path: Path) -> None:
    assert isinstance(open_recording(written(tmp_path / "a", [])), Journal)
    (tmp_path / "b").write_bytes(b"PK\x03\x04")
    with pytest.raises(JournalError, match="byte 0"):
        open_recording(tmp_path / "b")
    with pytest.raises(ValueError, match="speed"):
        JournalLink(tmp_path / "a", -1.0)
