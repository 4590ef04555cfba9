"""Laws of the import of captures: what was notified comes out byte for byte, and nothing in a file can break it."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.btsnoop import Capture, import_btsnoop
from device.journal import Event, JournalError
from device.journal_link import JournalLink
from device.link import LinkEvent, LinkState, Packet
from device.session import TrackerSession
from device.wire import polar
from edge.samples import Inertial

STRAP = "11:22:33:44:55:66"
YEAR_0_TO_1970_US = 0x00DCDDB30F2F8000
BEGUN_US = YEAR_0_TO_1970_US + 1_700_000_000_000_000
Framed = tuple[int, bool, bytes]


def event(code: int, body: bytes) -> Framed:
    return 4, True, bytes([code, len(body)]) + body


def connected(handle: int = 0x40, subevent: int = 0x01, role: int = 0) -> Framed:
    address = bytes.fromhex("665544332211")
    return event(0x3E, bytes([subevent, 0]) + struct.pack("<HBB", handle, role, 1) + address + bytes(20))


def lost(reason: int, handle: int = 0x40) -> Framed:
    return event(0x05, struct.pack("<BHB", 0, handle, reason))


def att(message: bytes, *, received: bool = True, link: int = 0x40, piece: int = 1000) -> list[Framed]:
    """An attribute protocol message as ACL frames, cut into pieces of so many bytes."""
    whole = struct.pack("<HH", len(message), 4) + message
    frames = []
    for at in range(0, len(whole), piece):
        boundary = 0x1000 if at else (0x2000 if received else 0x0000)
        part = whole[at : at + piece]
        frames.append((2, received, struct.pack("<HH", link | boundary, len(part)) + part))
    return frames


def notified(handle: int, value: bytes, *, link: int = 0x40, piece: int = 1000) -> list[Framed]:
    return att(bytes([0x1B]) + struct.pack("<H", handle) + value, link=link, piece=piece)


def characteristics(*found: tuple[int, bytes]) -> list[Framed]:
    """Discovery of characteristics as `Read By Type`: value handle and UUID in 2 or 16 bytes."""
    asked = att(bytes.fromhex("0801 00ff ff03 28".replace(" ", "")), received=False)
    size = 5 + len(found[0][1])
    answer = bytes([0x09, size]) + b"".join(struct.pack("<HBH", h - 1, 0x10, h) + uuid for h, uuid in found)
    return asked + att(answer)


def h4(frames: Iterable[Framed]) -> bytes:
    out = bytearray(b"btsnoop\0" + struct.pack(">II", 1, 1002))
    for n, (kind, received, payload) in enumerate(frames):
        body = bytes([kind]) + payload
        flags = int(received) | (2 if kind == 4 else 0)
        out += struct.pack(">IIIIq", len(body), len(body), flags, 0, BEGUN_US + n * 100_000) + body
    return bytes(out)


def monitor(frames: Iterable[Framed]) -> bytes:
    out = bytearray(b"btsnoop\0" + struct.pack(">II", 1, 2001))
    for n, (kind, received, payload) in enumerate(frames):
        opcode = 3 if kind == 4 else 5 if received else 4
        out += struct.pack(">IIIIq", len(payload), len(payload), opcode, 0, BEGUN_US + n * 100_000) + payload
    return bytes(out)


RUN = [
    connected(),
    *characteristics((0x12, bytes.fromhex("372a")), (0x15, bytes.fromhex("192a"))),
    *notified(0x12, b"\x06\x48"),
    *notified(0x15, b"\x5a"),
    lost(0x08),
    connected(subevent=0x0A),
    *notified(0x12, b"\x06\x49"),
    lost(0x16),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("captures")


def read(folder: Path, content: bytes) -> tuple[list[Event], Capture]:
    path = folder / "capture.log"
    path.write_bytes(content)
    capture = import_btsnoop(path)
    return list(capture), capture


# ── what is told ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", [h4, monitor])
def test_notifications_come_out_with_their_tracker_characteristic_and_time(folder: Path, form: object) -> None:
    events, capture = read(folder, form(RUN))  # type: ignore[operator]
    assert events == [
        LinkEvent(STRAP, LinkState.CONNECTED, 0.0),
        Packet(STRAP, "2A37", pytest.approx(0.3), b"\x06\x48"),
        Packet(STRAP, "2A19", pytest.approx(0.4), b"\x5a"),
        LinkEvent(STRAP, LinkState.LOST, pytest.approx(0.5), "out of reach (0x08)"),
        LinkEvent(STRAP, LinkState.CONNECTED, pytest.approx(0.6)),
        Packet(STRAP, "2A37", pytest.approx(0.7), b"\x06\x49"),
        LinkEvent(STRAP, LinkState.LOST, pytest.approx(0.8), "ended by this host (0x16)"),
    ]
    assert capture.started_unix_s == 1_700_000_000.0
    assert capture.damage == ""


@given(value=st.binary(min_size=1, max_size=500), piece=st.integers(1, 600), between=st.booleans())
@settings(deadline=None, max_examples=60)
def test_any_fragmentation_gives_the_same_packet(folder: Path, value: bytes, piece: int, between: bool) -> None:
    parts = notified(0x12, value, piece=piece)
    other = att(b"\x0a\x01\x00", received=False) if between else []
    events, _ = read(folder, h4([connected(), *parts[:1], *other, *parts[1:]]))
    assert [one.payload for one in events if isinstance(one, Packet)] == [value]


@pytest.mark.parametrize("discovery", ["characteristics", "information"])
def test_a_maker_s_own_uuid_is_read_from_the_discovery(folder: Path, discovery: str) -> None:
    raw = bytes.fromhex(polar.DATA.replace("-", ""))[::-1]
    if discovery == "characteristics":
        found = characteristics((0x21, raw))
    else:
        found = att(b"\x05\x02" + struct.pack("<H", 0x21) + raw)
    events, _ = read(folder, h4([connected(), *found, *notified(0x21, b"\x00")]))
    assert events[1:] == [Packet(STRAP, polar.DATA, pytest.approx(len(found) * 0.1 + 0.1), b"\x00")]


def test_a_discovery_later_in_the_capture_names_what_came_before(folder: Path) -> None:
    found = characteristics((0x12, bytes.fromhex("372a")))
    events, _ = read(folder, h4([connected(), *notified(0x12, b"\x06\x48"), lost(0x13), connected(), *found]))
    assert [one.characteristic for one in events if isinstance(one, Packet)] == ["2A37"]


def test_what_the_capture_does_not_name_is_called_by_its_number(folder: Path) -> None:
    events, _ = read(folder, h4([*notified(0x42, b"\x01"), *notified(0x42, b"\x02", link=0x41)]))
    assert [(one.tracker, getattr(one, "characteristic", "")) for one in events] == [
        ("connection 0x0040", "handle 0x0042"),
        ("connection 0x0041", "handle 0x0042"),
    ]


def test_several_values_in_one_message_and_indications_count_too(folder: Path) -> None:
    several = att(b"\x23" + struct.pack("<HH", 0x12, 2) + b"\x06\x48" + struct.pack("<HH", 0x15, 1) + b"\x5a")
    indicated = att(b"\x1d" + struct.pack("<H", 0x12) + b"\x06\x50")
    events, _ = read(folder, h4([*RUN[:3], *several, *indicated]))
    assert [one.payload for one in events if isinstance(one, Packet)] == [b"\x06\x48", b"\x5a", b"\x06\x50"]


def test_what_the_phone_serves_itself_is_not_a_tracker_s(folder: Path) -> None:
    own = att(b"\x1b\x12\x00\x01", received=False)
    assert read(folder, h4([connected(role=1), *own]))[0] == []


def test_the_start_of_a_maker_s_stream_is_kept_so_that_its_frames_decode(folder: Path) -> None:
    control, data = (bytes.fromhex(uuid.replace("-", ""))[::-1] for uuid in (polar.CONTROL, polar.DATA))
    start = bytes.fromhex("0202 00 01 3400 01 01 1000 02 01 0800 04 01 03".replace(" ", ""))
    frame = bytes.fromhex("02" + "0048c2b06a46f40a" + "01") + struct.pack("<6h", 0, 0, 1000, 0, 0, 1001)
    capture = [
        connected(),
        *characteristics((0x20, control), (0x23, data)),
        *att(b"\x12\x20\x00" + start, received=False),
        *notified(0x23, frame),
    ]
    events, _ = read(folder, h4(capture))
    assert [one.payload for one in events if isinstance(one, Packet)] == [start, frame]
    session = TrackerSession()
    told = [*session.feed_all(events), *session.finish(9.0)]
    (rows,) = (one for one in told if isinstance(one, Inertial))
    assert rows.accel_m_s2[:, 2] == pytest.approx([9.80665, 9.81646], abs=1e-4)
    assert rows.t_s[1] - rows.t_s[0] == pytest.approx(1.0 / 52.0, abs=1e-6)  # the rate of the host's request


# ── what is wrong ──────────────────────────────────────────────────────────────────────────────────────────────


@given(cut=st.integers(0, len(h4(RUN))))
@settings(deadline=None, max_examples=80)
def test_any_prefix_of_a_capture_reads_as_a_prefix_of_its_events(folder: Path, cut: int) -> None:
    whole, content = read(folder, h4(RUN))[0], h4(RUN)[:cut]
    if cut < 16:
        with pytest.raises(JournalError, match="byte 0"):
            read(folder, content)
        return
    events, capture = read(folder, content)
    named = [e for e in events if isinstance(e, LinkEvent) or not e.characteristic.startswith("handle")]
    assert named == whole[: len(named)] or len(named) < len(events)
    assert len(events) <= len(whole)
    assert capture.damage == "" or "cut in a record" in capture.damage


@given(flips=st.lists(st.tuples(st.integers(16, len(h4(RUN)) - 1), st.integers(0, 255)), max_size=8))
@settings(deadline=None, max_examples=200)
def test_a_spoiled_capture_is_read_as_far_as_it_goes(folder: Path, flips: list[tuple[int, int]]) -> None:
    content = bytearray(h4(RUN))
    for at, value in flips:
        content[at] = value
    events, _ = read(folder, bytes(content))
    arrivals = [one.arrival_s for one in events]
    assert arrivals == sorted(arrivals)
    TrackerSession().feed_all(events)


@given(messages=st.lists(st.binary(max_size=40), max_size=12), received=st.booleans())
@settings(deadline=None, max_examples=150)
def test_no_message_of_a_tracker_breaks_the_import(folder: Path, messages: list[bytes], received: bool) -> None:
    frames = [connected()]
    for message in messages:
        frames += att(message, received=received)
    read(folder, h4(frames))


@pytest.mark.parametrize(("version", "link"), [(2, 1002), (1, 1001), (1, 0)])
def test_other_data_links_are_refused(folder: Path, version: int, link: int) -> None:
    with pytest.raises(JournalError, match="byte 8: btsnoop version"):
        read(folder, b"btsnoop\0" + struct.pack(">II", version, link))


async def test_a_capture_replays_as_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(h4(RUN))
    got = [one async for one in JournalLink(tmp_path / "a.log", 0.0).packets()]
    assert got[:-1] == list(Capture(tmp_path / "a.log"))
    assert got[-1] == LinkEvent("", LinkState.CLOSED, got[-2].arrival_s, "end of the recording")


# ── a stack that is not ours ───────────────────────────────────────────────────────────────────────────────────


async def test_the_capture_of_another_stack_holds_what_its_client_was_notified_of(tmp_path: Path) -> None:
    pytest.importorskip("bumble", reason="needs bumble, the extra `realistic`")
    from bumble.controller import Controller
    from bumble.device import Device, Peer
    from bumble.gatt import Characteristic, Service
    from bumble.hci import Address
    from bumble.host import Host
    from bumble.link import LocalLink
    from bumble.snoop import BtSnooper
    from bumble.transport.common import AsyncPipeSink

    air, devices = LocalLink(), []
    for name, address in (("phone", "C0:00:00:00:00:01"), ("strap", "C0:00:00:00:00:02")):
        controller = Controller(name, link=air)
        controller.random_address = Address(address)
        host = Host(controller, AsyncPipeSink(controller))
        devices.append(Device(name=name, address=Address(address), host=host))
    phone, strap = devices
    rate = Characteristic("2A37", Characteristic.Properties.NOTIFY, Characteristic.READABLE, b"\x00\x00")
    own = Characteristic(polar.DATA, Characteristic.Properties.NOTIFY, Characteristic.READABLE, b"\x00")
    strap.add_services([Service("180D", [rate]), Service(polar.SERVICE, [own])])
    got: list[bytes] = []
    with (tmp_path / "other.log").open("wb") as file:
        phone.host.snooper = BtSnooper(file)
        await phone.power_on()
        await strap.power_on()
        await strap.start_advertising()
        connection = await phone.connect(strap.random_address)
        async with Peer(connection) as peer:
            for service in peer.services:
                for each in service.characteristics:
                    if each.properties & Characteristic.Properties.NOTIFY:
                        await each.subscribe(got.append)
        for n in range(20):
            await strap.notify_subscribers(rate, bytes([0, 60 + n]))
            await strap.notify_subscribers(own, bytes([n]) * 100)
        async with asyncio.timeout(5.0):
            while len(got) < 40:
                await asyncio.sleep(0.01)
        await connection.disconnect()
    events = list(Capture(tmp_path / "other.log"))
    packets = [one for one in events if isinstance(one, Packet)]
    assert [one.payload for one in packets] == got
    assert {one.characteristic for one in packets} == {"2A37", polar.DATA}
    assert {one.tracker for one in events} == {"C0:00:00:00:00:02"}
    assert [one.state for one in events if isinstance(one, LinkEvent)] == [LinkState.CONNECTED, LinkState.LOST]
