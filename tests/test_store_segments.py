"""Laws of the segments: what goes in comes out to the bit, cut wherever the span says."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from store_cases import SAMPLES_A_SECOND, same, second

from app.store.segments import SegmentError, in_time_order, packed, samples_of, segments_of
from edge.samples import STREAMS, DeviceInfo, Fix, Gap, HeartRate, Inertial, Samples, column_names, stream_name

any_bits = st.integers(0, 2**64 - 1).map(lambda bits: np.uint64(bits).view(np.float64))
WIDE = {"accel_m_s2", "gyro_rad_s", "field_ut"}


@st.composite
def any_samples(draw: st.DrawFn) -> Samples:
    kind = draw(st.sampled_from(sorted(STREAMS.values(), key=lambda k: k.__name__)))
    rows = draw(st.integers(1, 12))
    columns = []
    for name in column_names(kind):
        shape = (rows, 3) if name in WIDE else (rows,)
        columns.append(draw(hnp.arrays(np.float64, shape, elements=any_bits)))
    if kind is HeartRate:
        columns[2] = draw(hnp.arrays(np.float64, rows, elements=st.integers(0, 3).map(float)))
        columns[3] = draw(hnp.arrays(np.float64, int(columns[2].sum()), elements=any_bits))
    return kind(*columns)


@given(any_samples())
@settings(max_examples=150, deadline=None)
def test_a_payload_gives_back_the_same_bits(samples: Samples) -> None:
    (back,) = samples_of(stream_name(samples), packed(samples))  # type: ignore[arg-type]
    assert same(back, samples)


@given(
    st.lists(st.floats(-1e4, 1e4) | st.just(float("nan")), min_size=1, max_size=40), st.sampled_from([0.0, 1.0, 60.0])
)
@settings(max_examples=150, deadline=None)
def test_no_segment_spans_more_than_asked_and_none_loses_a_row(times: list[float], span_s: float) -> None:
    counts = np.arange(len(times)) % 3.0
    beats = HeartRate(np.array(times), np.arange(len(times)) + 60.0, counts, np.arange(counts.sum()))
    segments = list(segments_of([beats], span_s))
    parts = [s for segment in segments for s in samples_of(segment.stream, segment.payload)]
    assert all(not segment.to_s - segment.from_s > span_s for segment in segments)
    for name in column_names(HeartRate):
        assert np.array_equal(np.concatenate([getattr(p, name) for p in parts]), getattr(beats, name), equal_nan=True)


def test_a_second_of_a_run_becomes_one_segment_per_stream() -> None:
    segments = list(segments_of(second(3), 1.0))
    assert [s.stream for s in segments] == ["inertial", "fix", "heart_rate", "stride"]
    assert sum(s.count for s in segments) == SAMPLES_A_SECOND


def test_gaps_and_devices_come_back_as_they_were() -> None:
    values = [
        Gap(1.25, float("inf"), "fix", "lost: ünder a bridge"),
        DeviceInfo("maker", serial="7"),
        Gap(0.1, 0.3, "all", ""),
    ]
    back = [s for segment in segments_of(values, 1.0) for s in samples_of(segment.stream, segment.payload)]
    assert back == [values[1], values[0], values[2]]


def test_empty_streams_leave_no_segment() -> None:
    assert list(segments_of([Inertial(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))], 1.0)) == []


def test_beat_intervals_that_do_not_add_up_are_kept_in_one_piece() -> None:
    odd = HeartRate(np.arange(9.0), np.full(9, 60.0), np.ones(9), np.arange(4.0))
    (segment,) = segments_of([odd], 1.0)
    assert same(samples_of("heart_rate", segment.payload)[0], odd)


def test_parts_of_a_stream_come_back_in_time_order_with_their_beat_intervals() -> None:
    late = HeartRate(np.array([5.0, 6.0]), np.array([150.0, 151.0]), np.array([1.0, 2.0]), np.array([0.5, 0.6, 0.7]))
    early = HeartRate(np.array([1.0]), np.array([140.0]), np.array([2.0]), np.array([0.1, 0.2]))
    whole = in_time_order([late, early])
    assert whole.t_s.tolist() == [1.0, 5.0, 6.0] and whole.bpm.tolist() == [140.0, 150.0, 151.0]
    assert whole.rr_s.tolist() == [0.1, 0.2, 0.5, 0.6, 0.7]


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_bytes_that_are_no_payload_raise_only_a_segment_error(raw: bytes) -> None:
    with pytest.raises(SegmentError):
        samples_of("fix", raw)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_payload_raises_a_segment_error_or_decodes(data: st.DataObject) -> None:
    payload = bytearray(packed(second(1)[2]))  # type: ignore[arg-type]
    payload[data.draw(st.integers(0, len(payload) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with contextlib.suppress(SegmentError):
        assert isinstance(samples_of("fix", bytes(payload))[0], Fix)
