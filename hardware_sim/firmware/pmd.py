"""Polar's measurement service (PMD) as a sensor serves it: features, settings, start and stop, data.

The rule of this file: every request gets an answer with a status, whatever its bytes; the answer is indicated where
the client asked for indications. Source: Polar Measurement Data (online_measurement.pdf, v1.0, August 2024), 1 to 5.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from hardware_sim.firmware import pmd_frames
from hardware_sim.firmware.tracker import Item, TrackerFirmware
from hardware_sim.peripheral import Service, characteristic, service

SERVICE = "FB005C80-02E7-F387-1CAD-8ACD2D8DF0C8"
CONTROL = "FB005C81-02E7-F387-1CAD-8ACD2D8DF0C8"
DATA = "FB005C82-02E7-F387-1CAD-8ACD2D8DF0C8"
ECG, PPG, ACC, PPI, GYRO, MAG, SKIN, SDK_MODE, LOCATION, PRESSURE = 0, 1, 2, 3, 5, 6, 7, 9, 10, 11
_KNOWN = {*range(8), 9, 10, 11, 12, 13, 14}
UNIX_S_AT_ZERO = 946_684_800  # 2000-01-01
LEAST_MTU = 70


class Status(IntEnum):
    """What a sensor answers to a request (1.4)."""

    SUCCESS = 0
    INVALID_OPERATION = 1
    INVALID_TYPE = 2
    NOT_SUPPORTED = 3
    INVALID_LENGTH = 4
    INVALID_PARAMETER = 5
    ALREADY_IN_STATE = 6
    INVALID_RESOLUTION = 7
    INVALID_SAMPLE_RATE = 8
    INVALID_RANGE = 9
    INVALID_MTU = 10
    INVALID_CHANNELS = 11
    INVALID_STATE = 12


class _RefusedError(Exception):
    def __init__(self, status: Status) -> None:
        self.status = status


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings that a stream runs with."""

    rate_hz: int = 0
    resolution: int = 0
    range: int = 0
    channels: int = 0


@dataclass(frozen=True, slots=True)
class Stream:
    """One type that a sensor can measure: what it offers, and how its frames are made."""

    frames: Callable[[Chosen, int, float], Iterator[Item]]
    """Makes (instant in s of the last row, content) of settings, room in bytes and the instant of the start."""
    rates: tuple[int, ...] = ()
    resolutions: tuple[int, ...] = ()
    ranges: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()
    frame_type: int = 0
    compressed: bool = False
    factor: Callable[[Chosen], float] | None = None
    """What a count is worth, told when a stream starts; None: nothing is told."""

    def offer(self) -> bytes:
        """Return the list of settings: id, number of values, values."""
        parts = ((0, "<H", self.rates), (1, "<H", self.resolutions), (2, "<H", self.ranges), (4, "<B", self.channels))
        return b"".join(
            bytes([number, len(values)]) + b"".join(struct.pack(form, value) for value in values)
            for number, form, values in parts
            if values
        )


_SIZES = {0: 2, 1: 2, 2: 2, 3: 4, 4: 1, 5: 4}
_FIELDS = {
    0: ("rate_hz", "rates", Status.INVALID_SAMPLE_RATE),
    1: ("resolution", "resolutions", Status.INVALID_RESOLUTION),
    2: ("range", "ranges", Status.INVALID_RANGE),
    4: ("channels", "channels", Status.INVALID_CHANNELS),
}


def pmd_service() -> Service:
    """Return the measurement service."""
    return service(SERVICE, characteristic(CONTROL, "read,write,indicate"), characteristic(DATA, "notify"))


class Pmd:
    """Serves PMD for a tracker: `normal` streams, and those of the SDK mode where the sensor has one."""

    def __init__(
        self, one: TrackerFirmware, normal: Mapping[int, Stream], sdk: Mapping[int, Stream] | None = None
    ) -> None:
        self._one, self._normal, self._sdk = one, normal, sdk
        self.sdk_mode = False
        self.running: set[int] = set()
        one.answers(CONTROL, lambda now_s: self.features())
        one.takes(CONTROL, self._take)

    def features(self) -> bytes:
        """Return the control point's value: 0x0F and a bit for each type."""
        bits = sum(1 << kind for kind in self._normal) | (1 << SDK_MODE if self._sdk else 0)
        return b"\x0f" + bits.to_bytes(16, "little")

    def stop_all(self) -> None:
        """Stop every stream."""
        for kind in self.running:
            self._one.stop((DATA, kind))
        self.running.clear()

    @property
    def _streams(self) -> Mapping[int, Stream]:
        return self._sdk if self._sdk and self.sdk_mode else self._normal

    def _take(self, request: bytes, now_s: float) -> None:
        op, kind = (request[0] if request else 0), (request[1] if len(request) > 1 else 0)
        try:
            status, more = Status.SUCCESS, self._carried_out(op, kind, request, now_s)
        except _RefusedError as refused:
            status, more = refused.status, b""
        self._one.send(CONTROL, bytes([0xF0, op, kind, status, 0]) + more)

    def _carried_out(self, op: int, kind: int, request: bytes, now_s: float) -> bytes:
        """Return the parameters of the answer; raises _RefusedError with the status of a refusal."""
        if op == 5:
            return bytes(stream | (0x40 if stream in self.running else 0) for stream in self._streams)
        if op == 6:
            return bytes([self.sdk_mode])
        if op not in (1, 2, 3, 4):
            raise _RefusedError(Status.INVALID_OPERATION)
        if len(request) < 2 or (op != 2 and len(request) != 2):
            raise _RefusedError(Status.INVALID_LENGTH)
        if kind == SDK_MODE and op in (2, 3) and self._sdk:
            return self._switch_sdk(op == 2)
        stream = self._stream(kind, self._sdk or {} if op == 4 else self._streams)
        if op in (1, 4):
            return stream.offer()
        return self._start(kind, stream, request[2:], now_s) if op == 2 else self._stop(kind)

    def _stream(self, kind: int, streams: Mapping[int, Stream]) -> Stream:
        if kind not in streams:
            raise _RefusedError(Status.NOT_SUPPORTED if kind in _KNOWN else Status.INVALID_TYPE)
        return streams[kind]

    def _switch_sdk(self, on: bool) -> bytes:
        if on == self.sdk_mode:
            raise _RefusedError(Status.ALREADY_IN_STATE)
        self.stop_all()
        self.sdk_mode = on
        return b""

    def _start(self, kind: int, stream: Stream, wanted: bytes, now_s: float) -> bytes:
        if kind in self.running:
            raise _RefusedError(Status.ALREADY_IN_STATE)
        chosen = chosen_of(stream, wanted)
        if self._one.link_mtu < LEAST_MTU:
            raise _RefusedError(Status.INVALID_MTU)
        room = self._one.link_mtu - 3 - pmd_frames.HEADER_BYTES
        self.running.add(kind)
        self._one.start(
            (DATA, kind), DATA, self._stamped(kind, stream, stream.frames(chosen, room, self._one.soon(now_s)))
        )
        return struct.pack("<BBf", 5, 1, stream.factor(chosen)) if stream.factor else b""

    def _stop(self, kind: int) -> bytes:
        if kind not in self.running:
            raise _RefusedError(Status.ALREADY_IN_STATE)
        self.running.discard(kind)
        self._one.stop((DATA, kind))
        return b""

    def _stamped(self, kind: int, stream: Stream, frames: Iterable[Item]) -> Iterator[Item]:
        """Yield frames with the sensor's time of their last row in ns since 2000."""
        for at_s, content in frames:
            if content is None:
                yield at_s, None
                continue
            device_ns = max(0, round((self._one.clock.calendar_s(at_s) - UNIX_S_AT_ZERO) * 1e9))
            yield at_s, pmd_frames.header(kind, device_ns, stream.frame_type, stream.compressed) + content


def chosen_of(stream: Stream, wanted: bytes) -> Chosen:
    """Return the settings of a start request; what is left out is what the sensor has, where it has but one.

    Raises _RefusedError: a list that is cut has a wrong length, an unknown or double setting is a wrong parameter, a
    value that is not offered has a status of its own.
    """
    found: dict[str, int] = {}
    at = 0
    while at < len(wanted):
        number, size = wanted[at], _SIZES.get(wanted[at], 0)
        if not size or number not in _FIELDS:
            raise _RefusedError(Status.INVALID_PARAMETER)
        if at + 2 + size > len(wanted):
            raise _RefusedError(Status.INVALID_LENGTH)
        name, offered, status = _FIELDS[number]
        value = int.from_bytes(wanted[at + 2 : at + 2 + size], "little")
        if wanted[at + 1] != 1 or name in found:
            raise _RefusedError(Status.INVALID_PARAMETER)
        if value not in getattr(stream, offered):
            raise _RefusedError(status if getattr(stream, offered) else Status.INVALID_PARAMETER)
        found[name] = value
        at += 2 + size
    for name, offered, _ in _FIELDS.values():
        values = getattr(stream, offered)
        if name not in found and len(values) > 1:
            raise _RefusedError(Status.INVALID_PARAMETER)
        found.setdefault(name, values[0] if values else 0)
    return Chosen(**found)
