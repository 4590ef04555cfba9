"""The simulated trackers answer as their documentation says: every request, right or wrong, byte by byte."""

from __future__ import annotations

import dataclasses
import itertools
import struct

import pytest
from radio_client import Att, Client, model, wearing

from hardware_sim import open_tracker as p8
from hardware_sim.faults import ClockReset, Fault, LowBattery, ShortMtu
from hardware_sim.firmware.models import MODELS
from hardware_sim.firmware.pmd import CONTROL, DATA
from hardware_sim.firmware.thingy import uuid as nordic
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import AttError, full_uuid
from hardware_sim.served import peripherals, radio

GSP_WRITE, GSP_NOTIFY = "34800001-7185-4d5d-b431-630e7050e8f0", "34800002-7185-4d5d-b431-630e7050e8f0"
STEPS = "00030001-78fc-48fe-8e23-433b3a1942d0"


def connected(name: str, *faults: Fault, **values: object) -> Client:
    client = Client(wearing(model(name, **values), faults=faults))
    assert not isinstance(client.connect(), Exception)
    return client


def started(name: str, control: str) -> Client:
    client = connected(name)
    client.subscribe(control)
    return client


# ── all of them ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_tracker_answers_every_read_sends_and_stops(name: str) -> None:
    client = connected(name)
    for each in client.links["one"].services:
        for what in each.characteristics:
            if "read" in what.properties:
                assert isinstance(client.read(what.uuid), bytes)
    client.subscribe_all()
    client.wait(20.0)
    assert client.read("2A29")
    assert 0 <= client.read("2A19")[0] <= 100
    client.links["one"].disconnect()
    before = {key: len(notes) for key, notes in client.notes.items()}
    client.wait(5.0)
    assert {key: len(notes) for key, notes in client.notes.items()} == before


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_same_seed_sends_the_same_bytes_however_the_radio_asks(name: str) -> None:
    """A radio asks for 0.5 s at a time; here the second one is asked for 0.37 s, 4 s and so on."""

    def sent(strides: list[float]) -> list[tuple[float, str, bytes]]:
        (one,) = peripherals(wearing(model(name)), 7)
        one.link_mtu = 247
        one.linked(1.0)
        for each in one.services:
            for what in each.characteristics:
                if what.notifies:
                    one.subscribed(what, True, 1.0)
        for request in START.get(name, ()):
            one.write(one.find(request[0]), request[1], 1.0)
        at_s, out = 1.0, []
        while at_s < 61.0:
            stride = strides[len(out) % len(strides)] if len(strides) > 1 else strides[0]
            out += list(one.packets(at_s, at_s + stride))
            at_s += stride
        return [(s.t_s, s.characteristic.uuid, s.payload) for s in out if s.t_s < 61.0]

    usual = sent([0.5])
    assert usual == sent([0.37, 4.0, 1.11])
    assert len(usual) > 20


START = {
    "polar-h10": [(CONTROL, bytes.fromhex("0200"))],
    "verity-sense": [(CONTROL, bytes.fromhex("0202")), (CONTROL, bytes.fromhex("0205"))],
    "vantage-v3": [(CONTROL, bytes.fromhex("0202")), (CONTROL, bytes.fromhex("020a"))],
    "open-tracker": [(p8.CONTROL, bytes([1, stream, 0, 0, 0])) for stream in (1, 3, 4, 5)],
    "movesense": [(GSP_WRITE, b"\x01\x05/Meas/IMU9/52")],
}


def test_building_a_radio_works_nothing_out() -> None:
    made = radio(wearing(*(model(name, name) for name in MODELS)), 1)
    assert all(one.wearing._worn is None for one in made.peripherals)  # type: ignore[attr-defined]


def test_a_tracker_goes_on_after_the_plan_with_a_runner_at_rest() -> None:
    played = dataclasses.replace(wearing(model("heart-rate-strap"), model("foot-pod", "pod")), duration_s=60.0)
    client = Client(played)
    for tracker, what in (("one", "2A37"), ("pod", "2A53")):
        client.connect(tracker)
        client.subscribe(what, tracker)
    client.run(7000.0)
    pulse, steps = client.of("2A37"), client.of("2A53", "pod")
    assert len(pulse) == pytest.approx(7000, abs=3)
    assert len(steps) == pytest.approx(7000, abs=3)
    assert 50 <= pulse[-1][1] <= 75, "the heart is at rest"
    assert len({each[1:] for each in pulse[-600:]}) > 100, "and never the same number over and over"
    speed, strides = struct.unpack_from("<HB", steps[-1], 1)
    assert (speed, strides) == (0, 0)
    assert struct.unpack_from("<I", steps[-1], 6) == struct.unpack_from("<I", steps[-600], 6)
    gaps = [
        b[0] - a[0]
        for a, b in zip(
            client.notes["one", full_uuid("2A37")], client.notes["one", full_uuid("2A37")][1:], strict=False
        )
    ]
    assert max(gaps) < 1.1


def test_what_is_private_needs_a_bond_where_the_scenario_says_so() -> None:
    client = connected("pinetime", needs_bond=True)
    with pytest.raises(AttError) as refused:
        client.read(STEPS)
    assert refused.value.code == Att.INSUFFICIENT_AUTHENTICATION
    with pytest.raises(AttError):
        client.subscribe("2A37")
    done: list[object] = []
    client.links["one"].pair(done.append)
    client.wait(1.0)
    assert len(client.read(STEPS)) == 4
    client.subscribe("2A37")
    free = connected("pinetime")
    assert len(free.read(STEPS)) == 4


def test_the_battery_falls_when_a_fault_says_so_and_the_tracker_tells() -> None:
    client = connected("foot-pod", LowBattery("one", 30.0, 3.0))
    client.subscribe("2A19")
    assert client.read("2A19")[0] >= 60
    client.run(35.0)
    assert client.of("2A19")[-1] == b"\x03"
    assert client.read("2A19") == b"\x03"


# ── heart rate, running ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_heart_rate_control_point_begins_the_energy_anew_and_refuses_all_else() -> None:
    client = connected("heart-rate-strap")
    client.subscribe("2A37")
    client.run(300.0)
    with_energy = [p for p in client.of("2A37") if p[0] & 0x08]
    assert len(with_energy) == pytest.approx(30, abs=1), "one measurement in ten carries the energy"
    assert int.from_bytes(with_energy[-1][2:4], "little") == pytest.approx(61.0 * 3.6 * 2.78 * 300.0 / 1000.0, rel=0.1)
    client.write("2A39", b"\x01")
    client.wait(11.0)
    assert int.from_bytes([p for p in client.of("2A37") if p[0] & 0x08][-1][2:4], "little") < 10
    assert client.refusal("2A39", "02") == Att.CONTROL_POINT_NOT_SUPPORTED
    assert client.read("2A38") == b"\x01"


def test_a_foot_pod_answers_its_control_point_as_the_specification_says() -> None:
    client = connected("foot-pod")
    assert client.refusal("2A55", "04") == Att.CCCD_IMPROPERLY_CONFIGURED
    client.subscribe("2A55")
    client.subscribe("2A53")
    assert client.asked("2A55", "04") == "100401010203"
    assert client.asked("2A55", "0302") == "100301"
    assert client.read("2A5D") == b"\x02"
    assert client.asked("2A55", "0363") == "100303", "a place that it does not know"
    assert client.asked("2A55", "01e8030000") == "100101", "100.0 m from now on"
    client.wait(2.0)
    assert int.from_bytes(client.of("2A53")[-1][6:10], "little") == pytest.approx(1000, abs=80)
    assert client.asked("2A55", "0100") == "100103"
    assert client.asked("2A55", "02") == "100202", "no calibration"
    assert client.read("2A54") == b"\x17\x00"


# ── Polar ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "features"),
    [("polar-h10", "0f0500"), ("verity-sense", "0f6e02"), ("vantage-v3", "0f6c0c")],
)
def test_polar_features_are_one_bit_for_each_type(name: str, features: str) -> None:
    read = connected(name).read(CONTROL)
    assert read[:3].hex() == features
    assert len(read) == 17


@pytest.mark.parametrize(
    ("name", "request_hex", "answer"),
    [
        ("polar-h10", "0100", "f001000000" "00018200" "01010e00"),
        ("polar-h10", "0102", "f001020000" "0004190032006400c800" "01011000" "0203020004000800"),
        ("polar-h10", "0105", "f001050300"),  # known, but not of this sensor
        ("polar-h10", "013f", "f0013f0200"),  # no such type
        ("polar-h10", "7f00", "f07f000100"),  # no such operation
        ("polar-h10", "01", "f001000400"),  # too short
        ("polar-h10", "", "f000000100"),
        ("polar-h10", "0200" "00018200" "01010e00", "f002000000"),
        ("polar-h10", "0200", "f002000000"),  # one value each: nothing to choose
        ("polar-h10", "0202", "f002020500"),  # four rates: one has to be chosen
        ("polar-h10", "0202" "0001c800" "01011000" "02010800", "f002020000"),
        ("polar-h10", "0202" "00013200" "02010800", "f002020000"),
        ("polar-h10", "0202" "00013300" "02010800", "f002020800"),  # 51 Hz
        ("polar-h10", "0202" "00013200" "02010300", "f002020900"),  # 3 g
        ("polar-h10", "0202" "00013200" "01010800" "02010800", "f002020700"),  # 8 bits
        ("polar-h10", "0202" "00013200" "00013200" "02010800", "f002020500"),  # twice the same
        ("polar-h10", "0202" "00023200" "02010800", "f002020500"),  # two values of one
        ("polar-h10", "0202" "000132", "f002020400"),  # cut
        ("polar-h10", "0202" "090132", "f002020500"),  # no such setting
        ("polar-h10", "0300", "f003000600"),  # nothing to stop
        ("polar-h10", "0209", "f002090300"),  # no SDK mode
        ("polar-h10", "05", "f005000000" "0002"),
        ("verity-sense", "0102", "f001020000" "00013400" "01011000" "02010800" "040103"),
        ("verity-sense", "0202" "00013400" "01011000" "02010800" "040103", "f002020000" "0501" "00008039"),
        ("verity-sense", "0205", "f002050000" "0501" "00007a3d"),
        ("verity-sense", "0202" "040102", "f002020b00"),  # two channels
        ("verity-sense", "0103", "f001030000"),  # pulse intervals have no settings
        ("verity-sense", "0203", "f002030000"),
        ("verity-sense", "0402", "f004020000" "00051a0034006800d000a001" "01011000" "02040200040008001000" "040103"),
        ("verity-sense", "06", "f006000000" "00"),
        ("vantage-v3", "0206" "00010a00", "f002060000" "0501" "0000c83a"),
        ("vantage-v3", "0101", "f001010300"),
    ],
)  # fmt: skip
def test_polar_control_requests_are_answered_byte_for_byte(name: str, request_hex: str, answer: str) -> None:
    assert started(name, CONTROL).asked(CONTROL, request_hex) == answer


def test_a_polar_stream_starts_once_stops_once_and_ends_with_the_connection() -> None:
    client = started("polar-h10", CONTROL)
    client.subscribe(DATA)
    assert client.asked(CONTROL, "0200") == "f002000000"
    assert client.asked(CONTROL, "0200") == "f002000600", "already in this state"
    assert client.asked(CONTROL, "05") == "f0050000004002"
    client.wait(3.0)
    assert client.asked(CONTROL, "0300") == "f003000000"
    count = len(client.of(DATA))
    assert count >= 3
    client.wait(3.0)
    assert len(client.of(DATA)) <= count + 1
    client.asked(CONTROL, "0200")
    client.links["one"].disconnect()
    client.connect()
    client.subscribe(CONTROL)
    assert client.asked(CONTROL, "0200") == "f002000000", "a lost connection stops the stream"


def test_a_client_that_asks_for_no_indications_is_served_too() -> None:
    """As programs in the wild do it: write the start, then listen to the data alone."""
    client = connected("polar-h10")
    client.write(CONTROL, bytes.fromhex("02000001820001010e00"))
    client.subscribe(DATA)
    client.wait(3.0)
    assert len(client.of(DATA)) >= 3
    assert not client.of(CONTROL)


@pytest.mark.parametrize(("mtu", "ecg", "acc"), [(247, 229, 226), (232, 229, 226), (185, 181, 178), (70, 67, 64)])
def test_polar_frames_fit_the_link(mtu: int, ecg: int, acc: int) -> None:
    client = connected("polar-h10", ShortMtu("one", mtu=mtu))
    client.subscribe(CONTROL)
    client.subscribe(DATA)
    client.asked(CONTROL, "0200")
    client.asked(CONTROL, "02020001c80002010800")
    client.wait(5.0)
    assert {len(payload) for payload in client.of(DATA) if payload[0] == 0} == {ecg}
    assert {len(payload) for payload in client.of(DATA) if payload[0] == 2} == {acc}


@pytest.mark.parametrize("mtu", [23, 69])
def test_a_link_too_small_for_a_frame_is_refused(mtu: int) -> None:
    client = connected("verity-sense", ShortMtu("one", mtu=mtu))
    client.subscribe(CONTROL)
    assert client.asked(CONTROL, "0202").startswith("f002020a00")


def test_compressed_frames_never_exceed_the_link() -> None:
    for mtu in (72, 100, 247):
        client = connected("verity-sense", ShortMtu("one", mtu=mtu))
        client.subscribe(CONTROL)
        client.subscribe(DATA)
        client.asked(CONTROL, "0202")
        client.wait(30.0)
        sizes = [len(payload) for payload in client.of(DATA)]
        assert max(sizes) <= mtu - 3
        assert len(sizes) > 20


def test_sdk_mode_offers_more_and_silences_the_heart_rate() -> None:
    client = started("verity-sense", CONTROL)
    client.subscribe("2A37")
    client.subscribe(DATA)
    client.asked(CONTROL, "0202")
    assert client.asked(CONTROL, "0209") == "f002090000"
    assert client.asked(CONTROL, "0209") == "f002090600"
    assert client.asked(CONTROL, "06") == "f00600000001"
    client.wait(1.0)
    pulses, frames = len(client.of("2A37")), len(client.of(DATA))
    assert client.asked(CONTROL, "02020001a00102011000") == "f00202000005010000003a"
    client.wait(5.0)
    assert len(client.of("2A37")) == pulses
    assert len(client.of(DATA)) > frames + 20
    assert client.asked(CONTROL, "0103") == "f001030300", "no pulse intervals in this mode"
    assert client.asked(CONTROL, "0309") == "f003090000"
    client.wait(3.0)
    assert len(client.of("2A37")) > pulses


def test_a_polar_sensor_advertises_its_name_services_and_the_heart_rate_of_now() -> None:
    (one,) = peripherals(wearing(model("polar-h10")), 1)
    early, late = one.advertises(20.0), one.advertises(600.0)
    assert early.name.startswith("Polar H10 ")
    assert len(early.name) == len("Polar H10 12345678")
    assert full_uuid("180D") in early.services
    assert full_uuid("FEEE") in early.services
    assert (early.manufacturer[0x006B][2], late.manufacturer[0x006B][2]) != (0, 0)
    assert late.manufacturer[0x006B][2] == pytest.approx(140, abs=12)
    assert early.manufacturer[0x006B][0] & 0x40 == 0


def test_polar_stamps_fall_back_to_2019_with_the_clock() -> None:
    client = connected("polar-h10", ClockReset("one", 30.0))
    client.subscribe(CONTROL)
    client.subscribe(DATA)
    client.asked(CONTROL, "0200")
    client.run(60.0)
    stamps = [int.from_bytes(payload[1:9], "little") / 1e9 for payload in client.of(DATA)]
    began = wearing().place.start_unix_s - 946_684_800
    fresh = 1_546_300_800 - 946_684_800
    assert stamps[0] == pytest.approx(began + 1.0, abs=1.5)
    assert stamps[-1] == pytest.approx(fresh + 30.0, abs=1.5)
    steps = [b - a for a, b in itertools.pairwise(stamps)]
    assert sum(step < 0.0 for step in steps) == 1
    assert all(step == pytest.approx(73 / 130, abs=0.001) for step in steps if step > 0.0)


# ── the open tracker ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_open_tracker_answers_control_over_the_air_as_its_page_says() -> None:
    client = connected("open-tracker")
    assert client.refusal(p8.CONTROL, "0101000000") == Att.CCCD_IMPROPERLY_CONFIGURED
    client.subscribe(p8.CONTROL)
    client.subscribe(p8.DATA)
    assert client.asked(p8.CONTROL, "0301") == "830100000000"
    assert client.asked(p8.CONTROL, "0101830713") == "810100830713"
    assert client.asked(p8.CONTROL, "0109000000") == "810902"
    assert client.asked(p8.CONTROL, "0101") == "810103"
    assert client.asked(p8.CONTROL, "09") == "800001"
    client.wait(5.0)
    first, second = client.of(p8.DATA)[:2]
    assert (first[0], first[1], first[2:4], second[1], second[2:4]) == (1, 1, b"\0\0", 0, b"\1\0")
    assert {len(payload) for payload in client.of(p8.DATA)} == {13 + 19 * 12}
    assert client.asked(p8.CONTROL, "0200") == "820000"
    count = len(client.of(p8.DATA))
    client.wait(3.0)
    assert len(client.of(p8.DATA)) <= count + 2


@pytest.mark.parametrize(("mtu", "rows"), [(28, 1), (64, 4), (23, 0)])
def test_the_open_tracker_sends_as_many_rows_as_fit(mtu: int, rows: int) -> None:
    client = connected("open-tracker", ShortMtu("one", mtu=mtu))
    client.subscribe(p8.CONTROL)
    client.subscribe(p8.DATA)
    answer = client.asked(p8.CONTROL, "0101000000")
    assert answer == (f"810100c103{rows:02x}" if rows else "810103")
    assert client.asked(p8.CONTROL, "0104000000")[:6] == "810400", "one pressure always fits"
    client.wait(2.0)
    assert max(len(payload) for payload in client.of(p8.DATA)) <= mtu - 3


def test_the_open_tracker_keeps_the_time_that_it_is_told() -> None:
    client = connected("open-tracker")
    before = client.read(p8.TIME)
    assert before[6:] == bytes(6)
    client.write(p8.TIME, (1_780_000_000_000).to_bytes(6, "little"))
    client.wait(10.0)
    after = client.read(p8.TIME)
    passed_us = int.from_bytes(after[:6], "little") - int.from_bytes(before[:6], "little")
    assert passed_us == pytest.approx(10_000_000, abs=200_000)
    assert int.from_bytes(after[6:], "little") == pytest.approx(1_780_000_010_000, abs=100)
    assert client.refusal(p8.TIME, "00") == Att.INVALID_LENGTH


# ── the makers' own ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_thingy_takes_a_configuration_within_its_limits_and_follows_it_at_once() -> None:
    client = connected("thingy52")
    assert client.read(nordic("0401")).hex() == "6400f401f4010a0001"
    client.subscribe(nordic("0406"))
    client.wait(10.0)
    slow = len(client.of(nordic("0406")))
    assert slow == pytest.approx(100, abs=8)
    client.write(nordic("0401"), struct.pack("<4HB", 100, 500, 500, 50, 0))
    client.wait(10.0)
    assert len(client.of(nordic("0406"))) - slow == pytest.approx(500, abs=30)
    assert client.refusal(nordic("0401"), struct.pack("<4HB", 100, 500, 500, 4, 0).hex()) == Att.OUT_OF_RANGE
    assert client.refusal(nordic("0401"), "00") == Att.INVALID_LENGTH
    assert client.refusal(nordic("0206"), struct.pack("<4H4B", 50, 50, 100, 200, 1, 0, 0, 0).hex()) == Att.OUT_OF_RANGE
    client.write(nordic("0206"), struct.pack("<4H4B", 1000, 50, 1000, 1000, 1, 0, 0, 0))
    client.subscribe(nordic("0202"))
    client.wait(5.0)
    assert len(client.of(nordic("0202"))) == pytest.approx(100, abs=12)


def test_a_movesense_answers_each_command_by_its_reference() -> None:
    client = started("movesense", GSP_NOTIFY)
    hello = bytes.fromhex(_answer(client, b"\x00\x01"))
    assert hello[:3] == b"\x01\x01\x01"
    assert hello[3:].split(b"\0")[1] == b"Movesense"
    assert _answer(client, b"\x01\x05/Meas/Acc/104") == "0105c800"
    assert _answer(client, b"\x01\x05/Meas/HR") == "01059901", "the reference is taken"
    assert _answer(client, b"\x01\x06/Meas/Acc/51") == "01069401", "no such rate"
    assert _answer(client, b"\x01\x06/Nothing") == "01069401"
    assert _answer(client, b"\x02\x05") == "0105c800"
    assert _answer(client, b"\x02\x05") == "01059401"
    assert _answer(client, b"\x08\x07" + bytes(8)) == "0107c800"
    assert _answer(client, b"\x09\x08") == "01089001"


def _answer(client: Client, command: bytes) -> str:
    client.write(GSP_WRITE, command)
    client.wait(0.05)
    answers = [payload for payload in client.of(GSP_NOTIFY) if payload[0] == 1]
    client.notes[("one", GSP_NOTIFY)].clear()
    return answers[-1].hex()


def test_a_movesense_splits_what_does_not_fit() -> None:
    client = connected("movesense", ShortMtu("one", mtu=100))
    client.subscribe(GSP_NOTIFY)
    client.write(GSP_WRITE, b"\x01\x09/Meas/IMU9/52", command=True)
    client.wait(3.0)
    data = [payload for payload in client.of(GSP_NOTIFY) if payload[0] != 1]
    assert [payload[0] for payload in data[:4]] == [2, 3, 2, 3]
    assert [len(payload) for payload in data[:2]] == [97, 2 + 4 + 4 * 36 - 95]


def test_a_pinetime_takes_the_time() -> None:
    client = connected("pinetime")
    client.write("2A2B", bytes.fromhex("ea07010203040500000000"[:20]))
    client.wait(2.0)
    assert client.read("2A2B")[:6].hex() == "ea0701020304"
    assert client.refusal("2A2B", "ea07") == Att.INVALID_LENGTH
    assert client.refusal("2A2B", "ea070d0203040500000000") == Att.OUT_OF_RANGE


def test_a_treadmill_gives_control_but_takes_no_targets() -> None:
    client = connected("treadmill")
    assert client.refusal("2AD9", "00") == Att.CCCD_IMPROPERLY_CONFIGURED
    client.subscribe("2AD9")
    assert client.asked("2AD9", "07") == "800705", "control was not asked for"
    assert client.asked("2AD9", "00") == "800001"
    assert client.asked("2AD9", "07") == "800701"
    assert client.asked("2AD9", "02e803") == "800202"


def test_a_real_link_carries_the_same_bytes_later_and_in_the_same_order() -> None:
    played = wearing(model("heart-rate-strap"))
    direct, usual = Client(played), Client(played, link=LinkModel(connect_s=0.0))
    for client in (direct, usual):
        client.connect()
        client.subscribe("2A37")
        client.run(60.0)
    late, early = usual.notes["one", full_uuid("2A37")], direct.notes["one", full_uuid("2A37")]
    carried = [payload for _, payload in early][-len(late) :]
    assert len(late) > 50
    assert [payload for _, payload in late] in (carried, [payload for _, payload in early][-len(late) - 1 : -1])
    assert all(0.0 <= a - b < 0.5 for (a, _), (b, _) in zip(late[-40:], early[-40:], strict=True))
