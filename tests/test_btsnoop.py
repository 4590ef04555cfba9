"""Captures: what went over the air comes back as a tracker, and no bytes can break the reader."""

from __future__ import annotations

import asyncio
import itertools
import struct
from pathlib import Path
from typing import Any

import pytest
from bleak import BleakClient, BleakScanner
from bleak.exc import BleakGATTProtocolError
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware_sim.bleak_backend import backend_for
from hardware_sim.btsnoop import peripheral_from_capture, write_capture
from hardware_sim.btsnoop_air import Air
from hardware_sim.btsnoop_file import ACL, Packet, read_packets, write_packets
from hardware_sim.btsnoop_table import Seen
from hardware_sim.link_model import ideal
from hardware_sim.peripheral import AttError, Descriptor, Peripheral, characteristic, service
from hardware_sim.radio import Radio
from hardware_sim.virtual_loop import run

HR, BATTERY, NAME, LONG = "2A37", "2A19", "2A29", "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
CONTROL = "fb005c81-02e7-f387-1cad-8acd2d8df0c8"
HEADER = b"btsnoop\0" + struct.pack(">II", 1, 1002)


def strap() -> Peripheral:
    level = characteristic(BATTERY, "read,notify", b"\x55")
    level.descriptors = (Descriptor("2901", b"level"),)
    one = Peripheral(
        "strap",
        [
            service("180D", characteristic(HR, "notify"), characteristic("2A38", "read", b"\x01")),
            service("180F", level),
            service("fb005c80-02e7-f387-1cad-8acd2d8df0c8",
                    characteristic(CONTROL, "read,write,indicate"), characteristic(LONG, "notify")),
        ],
    )  # fmt: skip
    one.every(1.0, HR, lambda t_s: bytes([0, round(60 + t_s) % 256]))
    one.every(0.37, LONG, lambda t_s: struct.pack("<f", t_s) * 10)

    def control(value: bytes) -> None:
        if value == b"\xff":
            raise AttError(0x80)
        one.send(CONTROL, b"\xf0" + value)

    one.on_write(CONTROL, control)
    return one


def play(one: Peripheral) -> tuple[dict[str, list[tuple[float, bytes]]], Radio, list[str]]:
    """Return what a client got from a tracker on each characteristic, with the times since its first subscription."""
    radio = Radio([one], link=ideal(), seed=4)
    backend, got = backend_for(radio), {}

    async def main() -> list[str]:
        loop = asyncio.get_running_loop()
        device = await BleakScanner.find_device_by_name("strap", backend=backend.scanner)
        assert device is not None
        async with BleakClient(device, backend=backend.client) as client:
            begun_s = loop.time()
            for uuid in (HR, LONG, CONTROL):
                got[uuid] = rows = []

                def take(_: Any, payload: bytearray, rows: list[Any] = rows) -> None:
                    rows.append((loop.time() - begun_s, bytes(payload)))

                await client.start_notify(uuid, take)
            await client.write_gatt_char(CONTROL, b"\x01\x02", response=True)
            with pytest.raises(BleakGATTProtocolError) as refused:
                await client.write_gatt_char(CONTROL, b"\xff", response=True)
            assert refused.value.code == 0x80
            assert await client.read_gatt_char(BATTERY) == b"\x55"
            await asyncio.sleep(30.0)
            return [f"{c.handle} {c.uuid} {sorted(c.properties)}" for s in client.services for c in s.characteristics]

    return got, radio, run(main())


def test_a_capture_of_a_tracker_is_that_tracker_again(tmp_path: Path) -> None:
    got, radio, table = play(strap())
    write_capture(tmp_path / "air.log", radio, begun_unix_s=1_780_000_000.0)
    again = peripheral_from_capture(tmp_path / "air.log")
    assert (again.name, again.address) == ("strap", strap().address)
    assert again.advertised.services == strap().advertised.services
    repeated, _, table_again = play(again)
    assert table_again == table
    for uuid in (HR, LONG):
        want, have = got[uuid], repeated[uuid]
        assert len(want) > 25 and abs(len(have) - len(want)) <= 2
        assert [payload for _, payload in want][: len(have)] == [payload for _, payload in have]
        late_s = [there_s - here_s for (here_s, _), (there_s, _) in zip(want, have, strict=False)]
        assert max(late_s) - min(late_s) < 1e-3 and 0.0 <= min(late_s) <= 0.5
    assert [payload for _, payload in repeated[CONTROL]] == [b"\xf0\x01\x02"]


def test_each_connection_of_a_capture_is_played_in_its_turn(tmp_path: Path) -> None:
    one = strap()
    radio = Radio([one], link=ideal())

    async def program(address: str, backend: Any) -> list[int]:
        firsts = []
        for _ in range(3):
            rates: list[int] = []
            async with BleakClient(address, backend=backend.client) as client:
                await client.start_notify(HR, lambda _, payload, rates=rates: rates.append(payload[1]))
                await asyncio.sleep(5.5)
            firsts.append(rates[0])
            await asyncio.sleep(10.0)
        return firsts

    rates = run(program(one.address, backend_for(radio)))
    assert len(set(rates)) == 3
    write_capture(tmp_path / "air.log", radio)
    again = peripheral_from_capture(tmp_path / "air.log")
    assert run(program(again.address, backend_for(Radio([again], link=ideal())))) == rates


def test_a_capture_with_several_trackers_wants_an_address(tmp_path: Path) -> None:
    trackers = [Peripheral(name, [service("180F", characteristic(BATTERY, "read", b"\x10"))]) for name in ("a", "b")]
    radio = Radio(trackers, link=ideal())
    backend = backend_for(radio)

    async def both() -> None:
        for one in trackers:
            async with BleakClient(one.address, backend=backend.client) as client:
                await client.read_gatt_char(BATTERY)

    run(both())
    write_capture(tmp_path / "air.log", radio)
    with pytest.raises(ValueError, match="several trackers"):
        peripheral_from_capture(tmp_path / "air.log")
    chosen = peripheral_from_capture(tmp_path / "air.log", address=trackers[1].address.lower())
    assert (chosen.name, chosen.find(BATTERY).value) == ("b", b"\x10")
    with pytest.raises(ValueError, match="no connection with 00:"):
        peripheral_from_capture(tmp_path / "air.log", address="00:00:00:00:00:00")


def heart_beats(handle: int, fragments: int) -> list[Packet]:
    """Return two notifications in a connection whose beginning is not in the capture, in so many fragments each."""
    packets = []
    for beat in (61, 62):
        frame = struct.pack("<HHBHBB", 5, 4, 0x1B, handle, 0, beat)
        cuts = [round(place * len(frame) / fragments) for place in range(fragments + 1)]
        for begin, end in itertools.pairwise(cuts):
            word = 0x0040 | (0x2000 if begin == 0 else 0x1000)
            packets.append(Packet(beat, True, ACL, struct.pack("<HH", word, end - begin) + frame[begin:end]))
    return packets


@pytest.mark.parametrize("fragments", [1, 2, 3, 9])
def test_a_capture_without_discovery_asks_what_a_handle_is(tmp_path: Path, fragments: int) -> None:
    write_packets(tmp_path / "air.log", heart_beats(0x12, fragments))
    with pytest.raises(ValueError, match="handle 0x0012"):
        peripheral_from_capture(tmp_path / "air.log")
    one = peripheral_from_capture(tmp_path / "air.log", uuids={0x12: HR})
    assert one.find(HR).properties == ("notify",) and one.find(HR).handle == 0x11
    assert [note.payload for note in one._seen.sessions[0].notes] == [b"\x00\x3d", b"\x00\x3e"]


@pytest.mark.parametrize(("link", "flags", "body"), [(1001, 1, b""), (1002, 1, b"\x02"), (2001, 5, b"")])
def test_every_kind_of_capture_is_read(tmp_path: Path, link: int, flags: int, body: bytes) -> None:
    records = b""
    for one in heart_beats(0x12, 1):
        whole = body + one.payload
        records += struct.pack(">IIIIq", len(whole), len(whole), flags, 0, 0x00DCDDB30F2F8000) + whole
    path = tmp_path / "air.log"
    path.write_bytes(b"btsnoop\0" + struct.pack(">II", 1, link) + records)
    assert len(peripheral_from_capture(path, uuids={0x12: HR})._seen.sessions[0].notes) == 2


@pytest.mark.parametrize("content", [b"", b"btsnoop", b"\0" * 64, b"btsnoop\0" + struct.pack(">II", 1, 7)])
def test_what_is_no_capture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="btsnoop"):
        list(read_packets(content))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([1, 2, 4]), st.booleans(), st.binary(max_size=60)), max_size=12))
def test_no_packet_breaks_the_reader(rows: list[tuple[int, bool, bytes]]) -> None:
    air = Air(Packet(float(place), received, kind, body) for place, (kind, received, body) in enumerate(rows))
    for connection in air.connections:
        Seen().feed(connection)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.binary(min_size=1, max_size=40)), max_size=20), st.integers(0, 255))
def test_no_attribute_packet_breaks_the_table(rows: list[tuple[bool, bytes]], kind: int) -> None:
    packets = []
    for received, body in rows:
        pdu = bytes([kind]) + body[1:] if received else body
        frame = struct.pack("<HH", len(pdu), 4) + pdu
        packets.append(Packet(0.0, received, ACL, struct.pack("<HH", 0x2040, len(frame)) + frame))
    for connection in Air(packets).connections:
        seen = Seen()
        seen.feed(connection)
        try:
            seen.table()
        except ValueError as unnamed:
            assert "does not show" in str(unnamed)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    list(read_packets(HEADER + content))
