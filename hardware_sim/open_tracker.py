"""The firmware side of the Kadenz open tracker (P8): its characteristics and their bytes.

The rule of this file: written from docs/p8.md alone, as firmware for a small board would be; it shares no code
with the host that reads it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SERVICE = "04750001-aef1-481c-8965-3125387e2702"
FEATURES = "04750002-aef1-481c-8965-3125387e2702"
TIME = "04750003-aef1-481c-8965-3125387e2702"
CONTROL = "04750004-aef1-481c-8965-3125387e2702"
DATA = "04750005-aef1-481c-8965-3125387e2702"

MOTION, ACCELERATION, MAGNETIC, PRESSURE, POSITION = 1, 2, 3, 4, 5
RESTARTED, OVERFLOWED, CLIPPED = 0x01, 0x02, 0x04
HEADER_BYTES = 13
ROWS_PER_PACKET = 19  # (244 - 13) // 12 six-axis rows

OK, UNKNOWN_OPERATION, UNKNOWN_STREAM, BAD_PARAMETER, BUSY = range(5)
_RAD_S = 16.0 * 180.0 / np.pi
_M_S2 = 2048.0 / 9.80665


def header(stream: int, flags: int, seq: int, device_us: int, dt_us: float, rows: int) -> bytes:
    """Return the 13 bytes before the rows: stream, flags, sequence, device time of the first row, spacing, count."""
    when = (device_us & 0xFFFFFFFFFFFF).to_bytes(6, "little")
    return struct.pack("<BBH", stream, flags, seq & 0xFFFF) + when + struct.pack("<HB", round(dt_us / 10.0), rows)


def motion_rows(gyro_rad_s: NDArray[np.float64], accel_m_s2: NDArray[np.float64]) -> NDArray[np.int16]:
    """Return six-axis rows (n, 6) as the sensor counts them: gyroscope 1/16 deg/s, accelerometer 1/2048 g."""
    counts = np.hstack([gyro_rad_s * _RAD_S, accel_m_s2 * _M_S2])
    return np.clip(np.rint(counts), -32768, 32767).astype("<i2")


def motion(seq: int, device_us: int, dt_us: float, rows: NDArray[np.int16], flags: int = 0) -> bytes:
    """Return one packet of the motion stream from rows (n, 6)."""
    return header(MOTION, flags, seq, device_us, dt_us, len(rows)) + rows.tobytes()


def magnetic_rows(field_ut: NDArray[np.float64]) -> NDArray[np.int16]:
    """Return rows (n, 3) of a field in microtesla in counts of 0.1 microtesla."""
    return np.clip(np.rint(field_ut * 10.0), -32768, 32767).astype("<i2")


def pressure_rows(pressure_pa: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Return pressures (n,) in Pa in counts of 0.1 Pa."""
    return np.rint(pressure_pa * 10.0).astype("<u4")


def magnetic(seq: int, device_us: int, dt_us: float, field_ut: NDArray[np.float64], flags: int = 0) -> bytes:
    """Return one packet of the magnetic stream from a field (n, 3) in microtesla."""
    rows = magnetic_rows(field_ut)
    return header(MAGNETIC, flags, seq, device_us, dt_us, len(rows)) + rows.tobytes()


def pressure(seq: int, device_us: int, dt_us: float, pressure_pa: NDArray[np.float64], flags: int = 0) -> bytes:
    """Return one packet of the pressure stream from values (n,) in Pa."""
    rows = pressure_rows(pressure_pa)
    return header(PRESSURE, flags, seq, device_us, dt_us, len(rows)) + rows.tobytes()


def position(seq: int, device_us: int, location: bytes, accuracy_m: float, flags: int = 0) -> bytes:
    """Return one packet of the position stream: a 0x2A67 body and the horizontal accuracy in cm."""
    accuracy = min(65535, round(accuracy_m * 100.0))
    return header(POSITION, flags, seq, device_us, 0.0, 1) + location + struct.pack("<H", accuracy)


def features() -> bytes:
    """Return the features value: version 1, no options, and one entry for each stream of this firmware."""
    entries = (
        (MOTION, 19, 961, 3846),
        (ACCELERATION, 38, 961, 3846),
        (MAGNETIC, 38, 961, 10000),
        (PRESSURE, 57, 4000, 50000),
        (POSITION, 1, 0, 0),
    )
    return bytes([1, 0]) + b"".join(struct.pack("<BBHH", *entry) for entry in entries)


@dataclass(slots=True)
class Firmware:
    """The state behind control and time: what runs, how fast, and how the device's clock relates to UTC."""

    device_us: int = 0
    unix_ms: int = 0
    """Unix time in ms at `set_us`; 0 while nobody has told."""
    set_us: int = 0
    running: dict[int, tuple[int, int]] | None = None

    def read_time(self) -> bytes:
        """Return the time value: device time in us (u48) and Unix time in ms (u48, 0 = not set)."""
        unix_ms = self.unix_ms + (self.device_us - self.set_us) // 1000 if self.unix_ms else 0
        return self.device_us.to_bytes(6, "little") + unix_ms.to_bytes(6, "little")

    def write_time(self, value: bytes) -> None:
        """Take a Unix time in ms (u48); the device clock itself never steps."""
        self.unix_ms, self.set_us = int.from_bytes(value[:6], "little"), self.device_us

    def write_control(self, request: bytes, fits: Mapping[int, int] | None = None) -> bytes:
        """Return the response to a control request; a malformed one gets a status, never a crash.

        `fits` says how many rows of a stream a packet of the link takes; a stream of which none fits does not start.
        """
        running = self.running = {} if self.running is None else self.running
        op, stream = (request[0], request[1]) if len(request) >= 2 else (0, 0)
        if op == 1:
            return self._start(running, stream, request[2:], fits or {})
        if op == 2:
            for known in [stream] if stream else list(running):
                running.pop(known, None)
            return bytes([0x82, stream, OK])
        if op == 3:
            dt, rows = running.get(stream, (0, 0))
            return bytes([0x83, stream, OK]) + struct.pack("<HB", dt, rows)
        return bytes([0x80 | (op & 0x7F), stream, UNKNOWN_OPERATION])

    def _start(
        self, running: dict[int, tuple[int, int]], stream: int, arguments: bytes, fits: Mapping[int, int]
    ) -> bytes:
        known = {row[0]: row for row in struct.iter_unpack("<BBHH", features()[2:])}
        if stream not in known:
            return bytes([0x81, stream, UNKNOWN_STREAM])
        _, most_rows, fastest, slowest = known[stream]
        most_rows = min(most_rows, fits.get(stream, most_rows))
        if len(arguments) != 3 or most_rows < 1:
            return bytes([0x81, stream, BAD_PARAMETER])
        dt, rows = struct.unpack("<HB", arguments)
        running[stream] = (min(max(dt, fastest), slowest), min(rows or most_rows, most_rows))
        return bytes([0x81, stream, OK]) + struct.pack("<HB", *running[stream])
