"""Polar's measurement service: encoder and decoder undo each other, stamps follow the documentation, state survives."""

from __future__ import annotations

import itertools
import math
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from device.wire import WireError, polar, polar_control, polar_location
from device.wire.polar_control import ControlAnswer, Operation, PmdStatus, Request, Settings, StreamsStopped
from device.wire.polar_delta import MOST_VALUES, decode_delta, encode_delta
from device.wire.polar_frame import HEADER_BYTES, PmdHeader, PmdType, encode, encode_header, parse, parse_header
from edge.samples import Fix, HeartRate, Inertial, Pressure
from hardware_sim.firmware import pmd_frames

G = 9.80665
SECOND_NS = 1_000_000_000
START_NS = 599_616_000_000_000_000  # 2019-01-01: where an H10 begins that nobody has set

# ── delta compression ──────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], int]:
    """Draw rows (n, channels) of signed integers and the resolution in bits that holds them."""
    bits = draw(st.integers(1, 32))
    shape = draw(st.tuples(st.integers(1, 20), st.integers(1, 8)))
    span = st.integers(-(1 << bits - 1), (1 << bits - 1) - 1)
    return draw(arrays.arrays(np.int64, shape, elements=span)), bits


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(1, 255))
def test_delta_frames_give_back_what_was_packed(table: tuple[np.ndarray, int], block: int) -> None:  # type: ignore[type-arg]
    values, bits = table
    content = encode_delta(values, bits, rows_per_block=block)
    assert np.array_equal(decode_delta(content, values.shape[1], bits), values)


def by_hand(content: bytes, channels: int, bits: int) -> list[list[int]]:
    """Return the rows of a delta frame, bit by bit as the documentation tells it."""
    size = -(-bits // 8)
    cut = [content[at : at + size] for at in range(0, size * channels, size)]
    rows = [[int.from_bytes(part, "little", signed=True) for part in cut]]
    at = size * channels
    while at < len(content):
        width, count = content[at], content[at + 1]
        packed = int.from_bytes(content[at + 2 : at + 2 + (width * count * channels + 7) // 8], "little")
        for row in range(count):
            steps = [packed >> (row * channels + axis) * width & (1 << width) - 1 for axis in range(channels)]
            signed = [step - (1 << width) if width and step >> width - 1 else step for step in steps]
            rows.append([value + step for value, step in zip(rows[-1], signed, strict=True)])
        at += 2 + (width * count * channels + 7) // 8
    return rows


@st.composite
def loose_content(draw: st.DrawFn) -> bytes:
    """Draw the content of a frame of three 16-bit channels with blocks of any width, also wider than needed."""
    blocks = draw(st.lists(st.tuples(st.integers(0, 32), st.integers(0, 12)), max_size=12))
    content = draw(st.binary(min_size=6, max_size=6))
    for width, count in blocks:
        size = (width * count * 3 + 7) // 8
        content += bytes([width, count]) + draw(st.binary(min_size=size, max_size=size))
    return content


@settings(max_examples=50, deadline=None)
@given(loose_content())
def test_blocks_of_any_width_are_read_bit_by_bit_as_documented(content: bytes) -> None:
    assert decode_delta(content, 3, 16).tolist() == by_hand(content, 3, 16)


def test_the_documents_own_delta_frame_reads_as_it_says() -> None:
    """Figure 3 of online_measurement.pdf: reference (-48, 357, 4068), 8 bits, first two differences; then it is cut."""
    content = bytes.fromhex("d0ff6501e40f 0802 fc07ff 0c13f2")
    assert decode_delta(content, 3, 16).tolist() == [[-48, 357, 4068], [-52, 364, 4067], [-40, 383, 4053]]
    with pytest.raises(WireError):
        decode_delta(bytes.fromhex("d0ff6501e40f081dfc07ff0c13f211f11af9eef8ef0c0309f2"), 3, 16)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([2, 3]), st.sampled_from([1, 30, 3000]), st.integers(60, 234))
def test_the_host_reads_what_a_firmware_compressed(seed: int, size: int, step: int, room: int) -> None:
    """The simulator's firmware was written from the document separately; it shares no code with the host."""
    walk = np.cumsum(np.random.default_rng(seed).integers(-step, step + 1, (400, 3)), axis=0).clip(-32768, 32767)
    pieces = ((np.arange(400.0) + 400 * n, walk) for n in itertools.count())
    frames = list(itertools.islice(pmd_frames.compressed(pieces, size, room), 4))
    rows = np.concatenate([decode_delta(content, 3, 8 * size) for _, content in frames])
    assert np.array_equal(rows, np.tile(walk, (4, 1))[: len(rows)])
    assert len(rows) == frames[-1][0] + 1


@pytest.mark.parametrize(
    "content",
    ["", "0100", "010002000300" + "08", "010002000300" + "0801aabb", "010002000300" + "2101" + "00" * 13],
)
def test_a_cut_or_too_wide_block_is_a_wire_error(content: str) -> None:
    with pytest.raises(WireError):
        decode_delta(bytes.fromhex(content), 3, 16)


def test_no_frame_promises_more_values_than_any_notification_holds() -> None:
    rows_at_width_0 = bytes(6) + bytes([0, 255]) * 5
    assert len(decode_delta(rows_at_width_0, 3, 16)) == 1 + 5 * 255 <= MOST_VALUES // 3
    with pytest.raises(WireError, match="values"):
        decode_delta(bytes(6) + bytes([0, 255]) * 250, 3, 16)


@pytest.mark.parametrize("block", [0, 256])
def test_the_encoder_refuses_what_does_not_fit(block: int) -> None:
    with pytest.raises(ValueError, match="rows in a block"):
        encode_delta(np.zeros((3, 3), dtype=np.int64), 16, rows_per_block=block)
    with pytest.raises(ValueError, match="16 bits"):
        encode_delta(np.array([[40_000, 0, 0]]), 16)


# ── frames ─────────────────────────────────────────────────────────────────────────────────────────────────────

COUNTED = [
    (PmdType.ECG, 0, False, 1, 24),
    (PmdType.PPG, 0, False, 4, 24),
    (PmdType.PPG, 0, True, 4, 24),
    (PmdType.ACC, 0, False, 3, 8),
    (PmdType.ACC, 0, True, 3, 16),
    (PmdType.ACC, 1, False, 3, 16),
    (PmdType.ACC, 1, True, 3, 16),
    (PmdType.ACC, 2, False, 3, 24),
    (PmdType.ACC, 2, True, 3, 24),
    (PmdType.GYRO, 0, False, 3, 16),
    (PmdType.GYRO, 0, True, 3, 16),
    (PmdType.MAG, 0, False, 3, 16),
    (PmdType.MAG, 0, True, 3, 16),
    (PmdType.MAG, 1, False, 4, 16),
    (PmdType.MAG, 1, True, 4, 16),
]
FLOATS = [
    (kind, frame_type, compressed, channels)
    for kind, frame_type, channels in (
        (PmdType.GYRO, 1, 3),
        (PmdType.PRESSURE, 0, 1),
        (PmdType.SKIN_TEMPERATURE, 0, 1),
        (PmdType.TEMPERATURE, 0, 1),
    )
    for compressed in (False, True)
]


@settings(max_examples=20, deadline=None)
@given(st.data())
@pytest.mark.parametrize(("kind", "frame_type", "compressed", "channels", "bits"), COUNTED)
def test_frames_of_counts_give_back_what_was_packed(
    kind: PmdType, frame_type: int, compressed: bool, channels: int, bits: int, data: st.DataObject
) -> None:
    half = 1 << bits - 1
    shape = (data.draw(st.integers(1, 40)), channels)
    values = data.draw(arrays.arrays(np.int64, shape, elements=st.integers(-half, half - 1)))
    header = PmdHeader(kind, data.draw(st.integers(0, (1 << 64) - 1)), frame_type, compressed)
    back = parse(encode(header, values))
    assert back.header == header
    assert np.array_equal(back.values, values)


@settings(max_examples=20, deadline=None)
@given(st.data())
@pytest.mark.parametrize(("kind", "frame_type", "compressed", "channels"), FLOATS)
def test_frames_of_floats_give_back_what_was_packed(
    kind: PmdType, frame_type: int, compressed: bool, channels: int, data: st.DataObject
) -> None:
    shape = (data.draw(st.integers(1, 40)), channels)
    values = data.draw(arrays.arrays(np.float64, shape, elements=st.floats(width=32, allow_nan=False)))
    back = parse(encode(PmdHeader(kind, 1, frame_type, compressed), values))
    assert np.array_equal(back.values, values)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 255), st.integers(0, 65535), st.integers(0, 65535), *[st.integers(0, 1)] * 3)
    ).map(lambda rows: np.array(rows or [(0,) * 6]))
)
def test_pulse_intervals_give_back_what_was_packed(values: np.ndarray) -> None:  # type: ignore[type-arg]
    assert np.array_equal(parse(encode(PmdHeader(PmdType.PPI, 5, 0), values)).values, values)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64))
def test_any_bytes_are_a_frame_or_a_wire_error(payload: bytes) -> None:
    try:
        frame = parse(payload)
    except WireError:
        return
    assert frame.header == parse_header(payload)
    assert encode_header(frame.header)[1:] == payload[1:HEADER_BYTES]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(PmdType)),
    st.integers(0, 255),
    st.integers(0, (1 << 64) - 1),
    st.binary(max_size=300),
)
def test_any_content_of_any_type_is_samples_or_a_wire_error(
    kind: PmdType, frame_type: int, device_ns: int, content: bytes
) -> None:
    payload = struct.pack("<BQB", kind, device_ns, frame_type) + content
    stream = polar.PmdStream()
    try:
        made = stream.feed(payload)
    except WireError:
        assert stream.save() == "{}"
        return
    polar.doubts(parse(payload))
    for samples in made:
        assert not any(np.isinf(getattr(samples, name)).any() for name in samples.__slots__)


# ── times ──────────────────────────────────────────────────────────────────────────────────────────────────────


def acc(device_ns: int, rows: int, start: int = 0) -> bytes:
    values = np.arange(start, start + 3 * rows).reshape(rows, 3)
    return encode(PmdHeader(PmdType.ACC, device_ns, 1), values)


def inertial(made: tuple[object, ...]) -> Inertial:
    (samples,) = made
    assert isinstance(samples, Inertial)
    return samples


def test_a_frames_stamp_is_its_last_row_and_the_first_frame_goes_back_at_the_rate() -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=(50,)))
    t_s = inertial(stream.feed(acc(START_NS, 10))).t_s
    assert t_s - START_NS / SECOND_NS == pytest.approx(np.arange(-9, 1) * 0.02, abs=2e-7)


@pytest.mark.parametrize("rate_hz", [(), (52,)])
def test_later_rows_are_spread_evenly_between_the_two_stamps(rate_hz: tuple[int, ...]) -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=rate_hz))
    stream.feed(acc(START_NS, 4))
    t_s = inertial(stream.feed(acc(START_NS + SECOND_NS, 50))).t_s
    assert t_s - START_NS / SECOND_NS == pytest.approx(np.arange(1, 51) / 50.0, abs=3e-7)
    assert t_s[-1] == (START_NS + SECOND_NS) / SECOND_NS


def test_a_lost_frame_leaves_a_hole_and_is_not_stretched_over() -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=(50,)))
    stream.feed(acc(START_NS, 50))
    t_s = inertial(stream.feed(acc(START_NS + 3 * SECOND_NS, 50))).t_s
    assert t_s[0] - START_NS / SECOND_NS == pytest.approx(2.02, abs=1e-6)


def test_a_clock_that_is_set_back_goes_on_from_its_new_time() -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=(50,)))
    stream.feed(acc(START_NS + 900 * SECOND_NS, 50))
    t_s = inertial(stream.feed(acc(START_NS, 50))).t_s
    assert t_s[[0, -1]] - START_NS / SECOND_NS == pytest.approx([-0.98, 0.0], abs=1e-6)


def test_types_have_stamps_and_settings_of_their_own() -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=(50,)))
    stream.configure(PmdType.GYRO, Settings(rate_hz=(100,), factor=(0.07,)))
    stream.feed(acc(START_NS, 50))
    gyro = inertial(stream.feed(encode(PmdHeader(PmdType.GYRO, START_NS, 0, True), np.full((2, 3), 100))))
    assert np.degrees(gyro.gyro_rad_s) == pytest.approx(7.0)
    assert gyro.t_s[1] - gyro.t_s[0] == pytest.approx(0.01, abs=3e-7)
    t_s = inertial(stream.feed(acc(START_NS + SECOND_NS, 50))).t_s
    assert t_s[0] - START_NS / SECOND_NS == pytest.approx(0.02, abs=3e-7)


def test_pulse_intervals_go_back_from_the_stamp_beat_by_beat() -> None:
    beats = np.array([[60, 1000, 5, 0, 1, 1], [61, 980, 5, 0, 1, 1], [62, 960, 5, 0, 1, 1]])
    (samples,) = polar.PmdStream().feed(encode(PmdHeader(PmdType.PPI, START_NS, 0), beats))
    assert isinstance(samples, HeartRate)
    assert samples.t_s - START_NS / SECOND_NS == pytest.approx([-1.94, -0.96, 0.0], abs=1e-6)
    assert samples.rr_s.tolist() == [1.0, 0.98, 0.96]


def test_a_start_forgets_the_stamp_and_keeps_what_is_not_told_anew() -> None:
    stream = polar.PmdStream()
    stream.configure(PmdType.ACC, Settings(rate_hz=(50,)))
    stream.feed(acc(START_NS, 50))
    stream.configure(PmdType.ACC, Settings(factor=(2.0,)))
    samples = inertial(stream.feed(acc(START_NS + 60 * SECOND_NS, 2, start=1000)))
    assert samples.accel_m_s2[0, 0] == pytest.approx(2.0 * G)
    assert samples.t_s[1] - samples.t_s[0] == pytest.approx(0.02, abs=3e-7)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from([PmdType.ACC, PmdType.GYRO, PmdType.MAG]), st.integers(1, 5)), max_size=12),
    st.integers(0, 12),
)
def test_saving_and_restoring_in_the_middle_changes_nothing(frames: list[tuple[PmdType, int]], cut: int) -> None:
    payloads = [
        encode(PmdHeader(kind, START_NS + n * SECOND_NS, 0, True), np.full((rows, 3), n))
        for n, (kind, rows) in enumerate(frames)
    ]
    one, two = polar.PmdStream(), polar.PmdStream()
    for stream in (one, two):
        stream.configure(PmdType.GYRO, Settings(rate_hz=(5,), factor=(0.5,), security=(bytes(range(16)),)))
    whole = [samples for payload in payloads for samples in one.feed(payload)]
    parts = [samples for payload in payloads[:cut] for samples in two.feed(payload)]
    two = polar.PmdStream.restore(two.save())
    parts += [samples for payload in payloads[cut:] for samples in two.feed(payload)]
    assert two.save() == one.save()
    for a, b in zip(whole, parts, strict=True):
        assert all(np.array_equal(getattr(a, n), getattr(b, n), equal_nan=True) for n in a.__slots__)


def test_floats_that_are_no_numbers_become_nan() -> None:
    values = np.array([[1013.25], [math.inf], [math.nan]])
    (samples,) = polar.PmdStream().feed(encode(PmdHeader(PmdType.PRESSURE, START_NS, 0), values))
    assert isinstance(samples, Pressure)
    assert samples.pressure_pa[0] == pytest.approx(101_325.0)
    assert np.isnan(samples.pressure_pa[1:]).all()


# ── control point ──────────────────────────────────────────────────────────────────────────────────────────────

sixteen = st.integers(0, 0xFFFF)
any_settings = st.builds(
    Settings,
    *[st.lists(sixteen, max_size=5).map(tuple)] * 3,
    st.lists(st.integers(0, 0xFFFFFFFF), max_size=3).map(tuple),
    st.lists(st.integers(0, 255), max_size=3).map(tuple),
    st.lists(st.floats(2.0**-100, 2.0**100, width=32), max_size=2).map(tuple),
    st.lists(st.binary(min_size=16, max_size=16), max_size=2).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(any_settings, st.integers(0, 255), st.integers(0, 255))
def test_settings_and_requests_give_back_what_was_packed(chosen: Settings, operation: int, kind: int) -> None:
    assert polar_control.parse_settings(polar_control.encode_settings(chosen)) == chosen
    request = Request(operation, kind, chosen)
    assert polar_control.parse_request(polar_control.encode_request(request)) == request


@settings(max_examples=50, deadline=None)
@given(
    st.one_of(
        st.builds(
            ControlAnswer,
            st.integers(0, 255),
            st.integers(0, 255),
            st.just(PmdStatus.SUCCESS),
            st.booleans(),
            st.binary(),
        ),
        st.builds(ControlAnswer, st.integers(0, 255), st.integers(0, 255), st.sampled_from(list(PmdStatus)[1:])),
        st.builds(StreamsStopped, st.lists(st.integers(0, 63)).map(tuple)),
    )
)
def test_answers_give_back_what_was_packed(message: ControlAnswer | StreamsStopped) -> None:
    assert polar_control.parse_control(polar_control.encode_control(message)) == message


@settings(max_examples=50, deadline=None)
@given(st.frozensets(st.sampled_from(sorted(PmdType))))
def test_features_give_back_what_was_packed(types: frozenset[PmdType]) -> None:
    assert polar_control.parse_features(polar_control.encode_features(types)) == types


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_at_the_control_point_are_a_value_or_a_wire_error(payload: bytes) -> None:
    for read in (
        polar_control.parse_control,
        polar_control.parse_features,
        polar_control.parse_request,
        polar_control.parse_settings,
    ):
        try:
            read(payload)
        except WireError:
            continue


def test_the_documents_own_examples_read_as_it_says() -> None:
    """Figures 1 to 6 of online_measurement.pdf, as literals."""
    features = polar_control.parse_features(bytes.fromhex("0f6e0000000000000000000000000000 00".replace(" ", "")))
    assert features == {PmdType.PPG, PmdType.ACC, PmdType.PPI, PmdType.GYRO, PmdType.MAG}
    offer = polar_control.parse_control(bytes.fromhex("f001020000000419003200 6400c800010110000203020004000800"))
    assert isinstance(offer, ControlAnswer)
    assert offer.settings() == Settings((25, 50, 100, 200), (16,), (2, 4, 8))
    start = polar_control.choose(offer.settings(), rate_hz=52)
    assert start == Settings((50,), (16,), (8,))
    verity = Settings((52,), (16,), (8,), channels=(3,))
    assert polar_control.encode_start(PmdType.ACC, verity) == bytes.fromhex("0202 00013400 01011000 02010800 040103")
    begun = polar_control.parse_control(bytes.fromhex("f002020000 050140da7f39"))
    assert isinstance(begun, ControlAnswer)
    assert begun.settings().factor == (pytest.approx(0.000244, abs=1e-9),)
    assert polar_control.encode_get_settings(PmdType.ACC) == bytes.fromhex("0102")
    assert polar_control.encode_start(PmdType.SDK_MODE) == bytes.fromhex("0209")
    assert polar_control.encode_stop(PmdType.SDK_MODE) == bytes.fromhex("0309")
    told = polar_control.parse_control(bytes.fromhex("f002020000 01"))  # an H10 adds one reserved byte
    assert told == ControlAnswer(Operation.START, PmdType.ACC, parameters=b"\x01")


def test_a_start_that_was_refused_says_why() -> None:
    told = polar_control.parse_control(bytes.fromhex("f002020a"))
    assert told == ControlAnswer(Operation.START, PmdType.ACC, PmdStatus.INVALID_MTU)


def test_an_answer_in_parts_is_joined_and_a_missing_part_is_seen() -> None:
    whole = polar_control.encode_settings(Settings((25, 50), (16,)))
    parts = (ControlAnswer(1, 2, more=True, parameters=whole[:5]), ControlAnswer(1, 2, parameters=whole[5:]))
    assert polar_control.join(parts).settings() == Settings((25, 50), (16,))
    for wrong in ((), parts[:1], parts[::-1], (parts[0], ControlAnswer(1, 5))):
        with pytest.raises(WireError):
            polar_control.join(wrong)


@pytest.mark.parametrize("factor", ["00000000", "0000c07f", "0000807f", "000080bf"])
def test_a_factor_that_is_no_factor_is_refused(factor: str) -> None:
    with pytest.raises(WireError):
        polar_control.parse_settings(bytes.fromhex("0501" + factor))


# ── positions ──────────────────────────────────────────────────────────────────────────────────────────────────

coordinate = st.builds(
    polar_location.Coordinate,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.integers(0, 4_000_000_000_000).map(lambda ms: ms / 1000.0),
    st.integers(0, 0xFFFFFFFF).map(lambda raw: raw / 10.0),
    *[st.floats(-100, 100, width=32)] * 4,
    *[st.integers(0, 0xFFFF).map(lambda raw: raw / 100.0)] * 2,
    st.booleans(),
    st.integers(-128, 127),
    st.integers(0, 255),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(coordinate, min_size=1, max_size=4).map(tuple))
def test_coordinates_give_back_what_was_packed(rows: tuple[polar_location.Coordinate, ...]) -> None:
    frame = parse(polar_location.encode_coordinates(9, rows))
    assert polar_location.coordinates(frame) == rows
    fix, _ = polar.samples(frame, np.arange(float(len(rows))))
    assert isinstance(fix, Fix)
    assert fix.latitude_deg.tolist() == [row.latitude_deg for row in rows]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(
            polar_location.Dilution,
            st.integers(0, 0xFFFF).map(lambda raw: raw / 100.0),
            st.integers(-0x8000, 0x7FFF),
            st.integers(0, 255),
            st.booleans(),
        ),
        min_size=1,
    ).map(tuple)
)
def test_dilutions_give_back_what_was_packed(rows: tuple[polar_location.Dilution, ...]) -> None:
    assert polar_location.dilutions(parse(polar_location.encode_dilutions(9, rows))) == rows


latin = st.text(st.characters(max_codepoint=255), max_size=80)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.builds(polar_location.ReceiverText, st.integers(0, 0xFFFFFFFF), st.integers(0, 255), latin), min_size=1
    ).map(tuple)
)
def test_receiver_texts_give_back_what_was_packed(rows: tuple[polar_location.ReceiverText, ...]) -> None:
    assert polar_location.texts(parse(polar_location.encode_texts(9, rows))) == rows


@settings(max_examples=50, deadline=None)
@given(latin)
def test_any_receiver_text_is_read_without_error(text: str) -> None:
    polar_location.text_fixes(text)
    polar_location.text_fixes(f"$GPGGA,1,{text}*00")


def test_a_gga_sentence_is_a_fix_when_its_check_sum_is_right() -> None:
    sentence = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47"
    (fix,) = polar_location.text_fixes(sentence)
    assert fix.latitude_deg == pytest.approx(48.1173)
    assert fix.longitude_deg == pytest.approx(11.516667)
    assert fix.altitude_m == 545.4
    assert polar_location.text_fixes(sentence.replace("*47", "*48")) == ()
    payload = polar_location.encode_texts(START_NS, (polar_location.ReceiverText(1000, 0, sentence),))
    (made,) = polar.PmdStream().feed(payload)
    assert isinstance(made, Fix)
    assert made.t_s.tolist() == [START_NS / SECOND_NS]


def test_a_position_without_a_fix_is_doubted() -> None:
    row = polar_location.Coordinate(60.0, 25.0, 0.0, 0.0, *[0.0] * 6, False, 0, 0)
    frame = parse(polar_location.encode_coordinates(9, (row,)))
    assert [doubt.stream for doubt in polar.doubts(frame)] == ["fix"]
