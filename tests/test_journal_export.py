"""Laws of an export: nothing says whose, where or when, and what is left decodes as it did."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.journal import Event, Journal, JournalError, JournalWriter
from device.journal_export import Anonymiser, export_anonymous
from device.link import LinkEvent, LinkState, Packet
from device.session import TrackerSession
from device.wire import location, movesense, p8, polar, polar_location
from edge.samples import HeartRate

HOME = "AA:BB:CC:DD:EE:FF"
JULY_2026_S = 1_783_000_000.0


def exported(tmp_path: Path, events: list[Event], seed: int = 1) -> list[Event]:
    source, target = tmp_path / "private.kj", tmp_path / f"public-{seed}.kj"
    source.unlink(missing_ok=True)
    target.unlink(missing_ok=True)
    with JournalWriter(source, started_unix_s=JULY_2026_S) as journal:
        for event in events:
            journal.write(event)
    told = export_anonymous(source, target, seed)
    out = Journal(target)
    kept = list(out)
    assert (told.kept, told.left_out) == (len(kept), len(events) - len(kept))
    assert math.isnan(out.started_unix_s)
    return kept


def fixed(latitude_deg: float, longitude_deg: float, **more: float) -> bytes:
    return location.encode(
        location.LocationMeasurement(
            latitude_deg=latitude_deg, longitude_deg=longitude_deg, status=location.POSITION_OK, **more
        )
    )


def metres(places_deg: np.ndarray) -> np.ndarray:
    """Distances from point to point of (n, 2) latitude and longitude in deg."""
    steps = np.radians(np.diff(places_deg, axis=0))
    east = steps[:, 1] * np.cos(np.radians(places_deg[:-1, 0]))
    return np.asarray(6371e3 * np.hypot(steps[:, 0], east))


def track(points: int = 40) -> np.ndarray:
    angle = np.linspace(0.0, 5.0, points)
    return np.column_stack([47.3 + 0.01 * np.sin(angle), 8.5 + 0.015 * np.cos(angle)])


def places(events: list[Event]) -> np.ndarray:
    found = []
    for event in events:
        if isinstance(event, Packet) and event.characteristic == "2A67":
            where = location.parse(event.payload)
            found.append((where.latitude_deg, where.longitude_deg))
    return np.array(found)


# ── whose ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_name_address_or_serial_number_is_left(tmp_path: Path) -> None:
    events: list[Event] = [
        LinkEvent(HOME, LinkState.CONNECTED, 100.0, "Annas Uhr is there"),
        Packet(HOME, "2A00", 100.1, b"Annas Uhr"),
        Packet(HOME, "2A25", 100.2, b"SN-0815-4711"),
        Packet(HOME, "00002a29-0000-1000-8000-00805f9b34fb", 100.3, b"Polar Electro Oy"),
        Packet(HOME, "2A23", 100.4, bytes.fromhex("ffeeddccbbaa")),
        Packet(HOME, "2A2B", 100.4, bytes.fromhex("ea07070a0b0c0d010000")),
        Packet(HOME, "6e400003-b5a3-f393-e0a9-e50e24dcca9e", 100.5, b"$GNGGA,113000,4718.0,N,00830.0,E"),
        Packet(HOME, "handle 0x0042", 100.6, b"Annas Uhr"),
        Packet(HOME, movesense.NOTIFY, 100.7, b"\x01\x01\x04SN-0815-4711\x00"),
        Packet(HOME, movesense.WRITE, 100.8, movesense.encode_put_time(3, JULY_2026_S)),
        Packet(HOME, "2A37", 101.0, b"\x00\x50"),
        LinkEvent(HOME, LinkState.LOST, 102.0, f"Annas Uhr ({HOME}, dev_{HOME.replace(':', '_')}) went away"),
    ]
    kept = exported(tmp_path, events)
    content = (tmp_path / "public-1.kj").read_bytes()
    for secret in (b"Annas", b"AA:BB", b"AA_BB", b"0815", b"Polar", b"GNGGA", b"\xff\xee\xdd"):
        assert secret not in content
    assert [event.tracker for event in kept] == ["tracker-1"] * 3
    assert [event.arrival_s for event in kept] == [0.0, 1.0, 2.0]
    assert kept[1] == Packet("tracker-1", "2A37", 1.0, b"\x00\x50")
    assert kept[2].cause == "the tracker (tracker-1, dev_an address) went away"  # type: ignore[union-attr]


def test_movesense_streams_stay_readable(tmp_path: Path) -> None:
    events: list[Event] = [
        Packet(HOME, movesense.WRITE, 1.0, movesense.encode_subscribe(5, "/Meas/HR")),
        Packet(HOME, movesense.NOTIFY, 1.1, b"\x01\x05\xc8\x00"),
        Packet(HOME, movesense.NOTIFY, 2.0, b"\x02\x05" + movesense.encode_heart_rate(61.0, (0.98,))),
    ]
    kept = exported(tmp_path, events)
    assert [e.payload for e in kept if isinstance(e, Packet)] == [e.payload for e in events if isinstance(e, Packet)]


# ── where ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(5))
def test_the_track_keeps_its_shape_at_another_place(tmp_path: Path, seed: int) -> None:
    was = track()
    kept = exported(tmp_path, [Packet(HOME, "2A67", float(n), fixed(*place)) for n, place in enumerate(was)], seed)
    now = places(kept)
    assert metres(now) == pytest.approx(metres(was), rel=0.01)
    assert np.diff(now[:, 0]) == pytest.approx(np.diff(was[:, 0]), abs=3e-7)
    assert np.hypot(*(now[0] - was[0])) > 1.0
    assert (np.abs(now[:, 0]) < 60.0).all()
    assert (np.abs(now[:, 1]) <= 180.0).all()


def test_all_ways_to_tell_a_place_move_alike(tmp_path: Path) -> None:
    was = (47.3, 8.5)
    p8_body = p8.pack_position(location.parse(fixed(*was)), 3.0)
    p8_packet = p8.DataPacket(p8.POSITION, 0, 7, 5_000_000, 0, 1, p8_body)
    row = polar_location.Coordinate(*was, JULY_2026_S, 12.0, 1.0, 0.0, 0.0, 0.0, 90.0, 5.0, True, 0, 0)
    events: list[Event] = [
        Packet("watch", "2A67", 1.0, fixed(*was, speed_m_s=2.5, utc_unix_s=JULY_2026_S)),
        Packet("tracker", p8.DATA, 1.0, p8.encode(p8_packet)),
        Packet("polar", polar.DATA, 1.0, polar_location.encode_coordinates(836_315_200 * 10**9, (row,))),
    ]
    kept = [event for event in exported(tmp_path, events) if isinstance(event, Packet)]
    first = location.parse(kept[0].payload)
    second, accuracy_m = p8.position(p8.parse(kept[1].payload))
    (third,) = polar_location.coordinates(polar.parse(kept[2].payload))
    here = (first.latitude_deg, first.longitude_deg)
    assert (second.latitude_deg, second.longitude_deg) == pytest.approx(here, abs=1e-7)
    assert (third.latitude_deg, third.longitude_deg) == pytest.approx(here, abs=1e-7)
    assert (first.speed_m_s, accuracy_m, third.course_deg) == (2.5, 3.0, 90.0)
    assert abs(here[0] - was[0]) + abs(here[1] - was[1]) > 1.0


@pytest.mark.parametrize("none", [(0.0, 0.0), (214.7483647, 214.7483647), (-91.0, 5.0)])
def test_what_stands_for_no_position_does_not_tell_the_offset(tmp_path: Path, none: tuple[float, float]) -> None:
    payloads = [fixed(*none), fixed(47.3, 8.5), fixed(*none)]
    now = places(exported(tmp_path, [Packet(HOME, "2A67", float(n), each) for n, each in enumerate(payloads)]))
    assert now[0] == pytest.approx(none)
    assert now[2] == pytest.approx(none)
    assert np.abs(now[1] - (47.3, 8.5)).sum() > 1.0


def test_what_does_not_parse_and_could_hold_a_place_is_left_out(tmp_path: Path) -> None:
    events: list[Event] = [
        Packet(HOME, "2A67", 1.0, fixed(47.3, 8.5)[:-1]),
        Packet(HOME, p8.DATA, 2.0, b"\x05\x00" + bytes(30)),
        Packet(HOME, polar.DATA, 3.0, b"\x0a" + bytes(20)),
        Packet(HOME, polar.DATA, 4.0, polar_location.encode_texts(5, (polar_location.ReceiverText(1, 0, "$GNGGA"),))),
        Packet(HOME, "2A37", 5.0, b"\x01"),  # broken, but only a heart rate: what a diagnosis wants
    ]
    assert [event.arrival_s for event in exported(tmp_path, events)] == [4.0]


# ── when ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_dates_begin_at_2000_and_keep_their_distances(tmp_path: Path) -> None:
    times_s = JULY_2026_S + np.array([0.0, 1.0, 2.0, 60.0])
    payloads = [fixed(47.3, 8.5, utc_unix_s=float(t)) for t in times_s]
    kept = exported(tmp_path, [Packet(HOME, "2A67", float(n), each) for n, each in enumerate(payloads)])
    now = [location.parse(event.payload).utc_unix_s for event in kept if isinstance(event, Packet)]
    assert now == [946684800.0, 946684801.0, 946684802.0, 946684860.0]


def test_a_clock_that_is_set_meanwhile_does_not_tell_the_date(tmp_path: Path) -> None:
    """An H10 begins in 2019 and is set to today: the known first date must not give away the second."""
    reset_ns, today_ns = 599_616_000 * 10**9, 836_315_200 * 10**9
    stamps = [reset_ns, reset_ns + 10**9, today_ns, today_ns + 10**9]
    header = [polar.PmdHeader(polar.PmdType.ACC, stamp, 1) for stamp in stamps]
    frames = [polar.encode(each, np.array([[1.0, 2.0, 1000.0]])) for each in header]
    kept = exported(tmp_path, [Packet(HOME, polar.DATA, float(n), each) for n, each in enumerate(frames)])
    now = [polar.parse(event.payload) for event in kept if isinstance(event, Packet)]
    assert [frame.header.device_ns for frame in now] == [reset_ns, reset_ns + 10**9] * 2
    assert all(frame.values.tolist() == [[1.0, 2.0, 1000.0]] for frame in now)


# ── what is left ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_export_decodes_to_the_same_heart_rate_and_gaps(tmp_path: Path) -> None:
    beats = [Packet(HOME, "2A37", 900.0 + n, bytes([0x10, 60 + n % 40]) + b"\xc0\x03") for n in range(60)]
    events: list[Event] = [*beats[:30], LinkEvent(HOME, LinkState.LOST, 930.5, "out of reach"), *beats[40:]]
    before = TrackerSession().feed_all(events)
    after = TrackerSession().feed_all(exported(tmp_path, events))
    rates = [[one.bpm.tolist() for one in out if isinstance(one, HeartRate)] for out in (before, after)]
    assert rates[0] == rates[1]
    assert len(before) == len(after)


def test_the_same_seed_gives_the_same_export_and_another_another(tmp_path: Path) -> None:
    events: list[Event] = [Packet(HOME, "2A67", 1.0, fixed(47.3, 8.5))]
    assert exported(tmp_path, events, 1) == exported(tmp_path, events, 1)
    assert exported(tmp_path, events, 1) != exported(tmp_path, events, 2)


def test_an_export_is_never_written_over_a_file(tmp_path: Path) -> None:
    with JournalWriter(tmp_path / "a.kj"):
        pass
    (tmp_path / "b.kj").write_text("mine")
    with pytest.raises(JournalError, match="is there already"):
        export_anonymous(tmp_path / "a.kj", tmp_path / "b.kj")
    assert (tmp_path / "b.kj").read_text() == "mine"


@given(
    packets=st.lists(
        st.tuples(
            st.sampled_from(["2A67", p8.DATA, polar.DATA, movesense.NOTIFY, movesense.WRITE, "2A37", "2A00", "x"]),
            st.binary(max_size=80),
        ),
        max_size=10,
    )
)
@settings(deadline=None, max_examples=300)
def test_no_bytes_break_an_export(packets: list[tuple[str, bytes]]) -> None:
    clean = Anonymiser(np.random.default_rng(1))
    for n, (characteristic, payload) in enumerate(packets):
        kept = clean.event(Packet(HOME, characteristic, float(n), payload))
        assert kept is None or (kept.tracker, kept.arrival_s) == ("tracker-1", float(n))
