"""Sensors like Polar's: the H10 chest strap, the Verity Sense arm band, the Vantage V3 watch.

The rule of this file: what each one offers is its product page and the measurement document; the numbers are those of
the body that wears it. Sources: polar-ble-sdk, documentation/products; online_measurement.pdf, v1.0, August 2024.
"""

from __future__ import annotations

import functools
import struct
import time
from collections.abc import Callable, Iterator

import numpy as np

from hardware_sim import gatt
from hardware_sim.firmware import pmd_frames
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.heart_strap import CHEST, UPPER_ARM, WRIST, heart_rate_service
from hardware_sim.firmware.inertial import FastSensors, Piece
from hardware_sim.firmware.pmd import (
    ACC,
    ECG,
    GYRO,
    LOCATION,
    MAG,
    PPG,
    PPI,
    PRESSURE,
    Chosen,
    Pmd,
    Stream,
    pmd_service,
)
from hardware_sim.firmware.tracker import (
    Item,
    Source,
    TrackerFirmware,
    battery_service,
    device_information,
    each_second,
    identity,
    serve_battery,
)
from hardware_sim.peripheral import Advertised, Att, AttError, Service, characteristic, full_uuid, service
from hardware_sim.trackers import BLOCK_S, Worn, satellites_lost, seconds

COMPANY = 0x006B
FILES = "0000feee-0000-1000-8000-00805f9b34fb"
"""Polar's file service, which these sensors advertise; nothing of it is simulated."""
_MG, _G = 1000.0 / 9.80665, 1.0 / 9.80665
_DPS, _GAUSS = 180.0 / np.pi, 0.01  # 1 gauss is 100 microtesla
_ECG_ROWS, _ACC_ROWS = 73, 36  # as the H10 sends them
_H10_RATES, _MAG_RATES, _SDK_RATES = (25, 50, 100, 200), (10, 20, 50, 100), (26, 52, 104, 208, 416)
_PPI_FIRST_S, _PPI_EVERY_S = 25.0, 5.0
_KNOTS = 3600.0 / 1852.0


class PolarSensor(TrackerFirmware):
    """What Polar's sensors have in common: heart rate, PMD, battery, identity, and a heart rate on the air."""

    model, place, firmware = "", CHEST, ""
    on_air = "Polar"

    def __init__(self, wearing: Wearing, *more: Service) -> None:
        name = wearing.tracker.name
        services = (
            heart_rate_service(self.place, energy=self.place == CHEST),
            pmd_service(),
            device_information("Polar Electro Oy", self.model, name, self.firmware, "00760690.03"),
            battery_service(),
            *more,
        )
        found_by = (full_uuid("180D"), FILES)
        super().__init__(wearing, services, Advertised(found_by, name=f"{self.on_air} {identity(name)}"))
        self.sensors = FastSensors(wearing)
        self.takes("2A39", self._reset_energy)
        serve_battery(self)

    def advertises(self, now_s: float) -> Advertised:
        """Return what is broadcast: flags, a code of the sensor, and the heart rate, averaged fast and slowly."""
        worn = self.worn(now_s)
        bpm = worn.bpm[max(0, int(now_s) - 12) : int(now_s) + 1]
        fast, slow = (min(255, round(float(part.mean()))) if len(part) else 0 for part in (bpm[-3:], bpm))
        flags = 0x22 | (int(now_s) & 7) << 2
        data = bytes([flags, int(identity(self.name)[:2], 16), fast, slow])
        return Advertised(self.advertised.services, {COMPANY: data}, name=self.advertised.name)

    def unlinked(self, now_s: float) -> None:
        super().unlinked(now_s)
        self.pmd.running.clear()

    @functools.cached_property
    def pmd(self) -> Pmd:
        """Return what serves PMD."""
        raise NotImplementedError

    def _reset_energy(self, value: bytes, now_s: float) -> None:
        if value != b"\x01":
            raise AttError(Att.CONTROL_POINT_NOT_SUPPORTED)

    # ── streams ────────────────────────────────────────────────────────────────────────────────────────────────

    def compressed(self, kind: int, rates: tuple[int, ...], ranges: tuple[int, ...]) -> Stream:
        """Return a compressed stream of 16-bit counts of three axes; a count is worth the range over 32768."""

        def frames(chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
            return pmd_frames.compressed(self._axes(kind, chosen, now_s), 2, room)

        return Stream(frames, rates, (16,), ranges, (3,), 0, True, factor=lambda chosen: chosen.range / 32768.0)

    def _axes(self, kind: int, chosen: Chosen, now_s: float) -> Iterator[Piece]:
        """Yield instants and counts (n, 3) of an axis sensor in its own unit: g, deg/s or gauss."""
        measure, unit = {
            ACC: (self.sensors.accel_m_s2, _G),
            GYRO: (self.sensors.gyro_rad_s, _DPS),
            MAG: (self.sensors.field_ut, _GAUSS),
        }[kind]
        scale = unit * 32768.0 / chosen.range
        for t_s, values in self.sensors.pieces(measure, float(chosen.rate_hz), now_s):
            yield t_s, np.clip(np.rint(values * scale), -32768, 32767).astype(np.int64)  # type: ignore[operator]

    def intervals(self) -> Stream:
        """Return the stream of pulse intervals: after 25 s, then every 5 s what beats there were."""

        def frames(chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
            at_s = now_s + _PPI_FIRST_S
            while True:
                beats = self.worn(at_s).truth.beats_s
                first, last = np.searchsorted(beats, (max(1.0, at_s - _PPI_EVERY_S), at_s))
                rr_ms = np.rint(np.diff(beats[max(0, first - 1) : last]) * 1000.0).astype(int)
                rows = [struct.pack("<BHHB", 0, ms, 10, 0x06) for ms in rr_ms[: room // 6].tolist()]
                yield at_s, b"".join(rows) or None
                at_s += _PPI_EVERY_S

        return Stream(frames)


class H10(PolarSensor):
    """A chest strap like the Polar H10: ECG at 130 Hz, acceleration in mg, beat intervals."""

    model, place, firmware, on_air = "H10", CHEST, "3.1.1", "Polar H10"

    def __init__(self, wearing: Wearing) -> None:
        super().__init__(wearing)
        self.sends("2A37", "heart_rate")
        _ = self.pmd

    @functools.cached_property
    def pmd(self) -> Pmd:
        return Pmd(
            self,
            {
                ECG: Stream(self._ecg, (130,), (14,)),
                ACC: Stream(self._acceleration, _H10_RATES, (16,), (2, 4, 8), frame_type=1),
            },
        )

    def _acceleration(self, chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
        limit = chosen.range * 1000

        def pieces() -> Iterator[Piece]:
            for t_s, accel in self.sensors.pieces(self.sensors.accel_m_s2, float(chosen.rate_hz), now_s):
                yield t_s, np.clip(np.rint(accel * _MG), -limit, limit).astype(np.int64)  # type: ignore[operator]

        return pmd_frames.raw(pieces(), min(_ACC_ROWS, room // 6), 2)

    def _ecg(self, chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
        return pmd_frames.raw(
            self.sensors.pieces(self._microvolt, float(chosen.rate_hz), now_s), min(_ECG_ROWS, room // 3), 3
        )

    def _microvolt(self, rate_hz: float, block: int) -> pmd_frames.Counts:
        times = self.sensors.times(rate_hz, block)
        noise = self.sensors.chance(30, rate_hz, block).normal(0.0, 8.0, len(times))
        return pmd_frames.ecg_uv(self.worn(float(times[-1])).truth.beats_s, times, noise)


class VeritySense(PolarSensor):
    """An arm band like the Polar Verity Sense: optical heart rate, motion, field, pulse; a mode for developers."""

    model, place, firmware, on_air = "Verity Sense", UPPER_ARM, "2.2.6", "Polar Sense"

    def __init__(self, wearing: Wearing) -> None:
        super().__init__(wearing)
        self.flows("2A37", optical_heart_rate(self, lambda: not self.pmd.sdk_mode))
        _ = self.pmd

    @functools.cached_property
    def pmd(self) -> Pmd:
        pulse = Stream(self._pulse, (55,), (22,), (), (4,), 0, True)
        normal = {
            PPG: pulse,
            ACC: self.compressed(ACC, (52,), (8,)),
            PPI: self.intervals(),
            GYRO: self.compressed(GYRO, (52,), (2000,)),
            MAG: self.compressed(MAG, _MAG_RATES, (50,)),
        }
        sdk = {
            PPG: Stream(self._pulse, (28, 44, 55, 135, 176), (22,), (), (4,), 0, True),
            ACC: self.compressed(ACC, _SDK_RATES, (2, 4, 8, 16)),
            GYRO: self.compressed(GYRO, _SDK_RATES, (250, 500, 1000, 2000)),
            MAG: self.compressed(MAG, _MAG_RATES, (50,)),
        }
        return Pmd(self, normal, sdk)

    def _pulse(self, chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
        return pmd_frames.compressed(self.sensors.pieces(self._light, float(chosen.rate_hz), now_s), 3, room)

    def _light(self, rate_hz: float, block: int) -> pmd_frames.Counts:
        times = self.sensors.times(rate_hz, block)
        noise = self.sensors.chance(31, rate_hz, block).normal(0.0, 60.0, (len(times), 4))
        return pmd_frames.pulse_counts(self.worn(float(times[-1])).truth.beats_s, times, noise)


class VantageV3(PolarSensor):
    """A watch like the Polar Vantage V3 while it shares: heart rate, motion, field, air, position."""

    model, place, firmware, on_air = "Vantage V3", WRIST, "2.0.21", "Polar Vantage V3"

    def __init__(self, wearing: Wearing) -> None:
        super().__init__(wearing, service("1805", characteristic("2A2B", "read,notify")))
        self.flows("2A37", optical_heart_rate(self))
        self.answers("2A2B", lambda now_s: gatt.current_time(self.clock.calendar_s(now_s)))
        _ = self.pmd

    @functools.cached_property
    def pmd(self) -> Pmd:
        return Pmd(
            self,
            {
                ACC: self.compressed(ACC, (50,), (8,)),
                PPI: self.intervals(),
                GYRO: self.compressed(GYRO, (50,), (2000,)),
                MAG: self.compressed(MAG, (10, 20, 50), (50,)),
                LOCATION: Stream(self._location, (1,)),
                PRESSURE: Stream(self._pressure, (1, 10), (32,), (), (1,)),
            },
        )

    def _pressure(self, chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
        def pieces() -> Iterator[Piece]:
            for t_s, air in self.sensors.pieces(self.sensors.pressure_pa, float(chosen.rate_hz), now_s):
                yield t_s, air / 100.0  # type: ignore[operator]

        return pmd_frames.floats(pieces(), chosen.rate_hz)

    def _location(self, chosen: Chosen, room: int, now_s: float) -> Iterator[Item]:
        until_s = now_s
        while True:
            begin_s, until_s = until_s, until_s + BLOCK_S
            worn = self.worn(until_s)
            for row, at_s in seconds(worn, begin_s, until_s):
                yield at_s, coordinates(worn, row, at_s)


def coordinates(worn: Worn, row: int, at_s: float) -> bytes:
    """Return the content of a LOCATION frame of type 0: place, time, distance, speeds, course, fix."""
    own, lost = worn.watch, satellites_lost(worn, at_s)
    seen = row if lost is None else max(0, int(lost.from_s - worn.phase_s))
    unix_s = worn.clock.satellite_s(at_s)
    moment = time.gmtime(unix_s)
    packed = int(unix_s % 1.0 * 1000.0) | moment.tm_hour << 10 | moment.tm_min << 15 | moment.tm_sec << 21
    speed = float(own.speed_m_s[row])
    return struct.pack(
        "<ddHBBIIffffHHBbB",
        float(own.latitude_deg[seen]), float(own.longitude_deg[seen]),
        moment.tm_year, moment.tm_mon, moment.tm_mday, packed,
        round(float(own.distance_m[row]) * 10.0),
        speed, speed, speed, 1.0,
        round(float(own.heading_deg[seen]) * 100.0) % 36000, min(0xFFFE, round(speed * _KNOTS * 100.0)),
        int(lost is None), 0, 0,
    )  # fmt: skip


def optical_heart_rate(one: TrackerFirmware, on: Callable[[], bool] = lambda: True) -> Source:
    """Return a source of heart rates without beat intervals, as optical sensors send them, while `on` says so."""

    def payload(worn: Worn, row: int, at_s: float) -> bytes | None:
        return gatt.heart_rate(float(worn.bpm[row])) if worn.bpm[row] > 0.0 and on() else None

    return each_second(one, payload)
