"""What the fast sensors of a worn tracker measure at any rate: motion, magnetic field, air.

The rule of this file: sample number i of a rate is measured at one true instant, whoever asks and whenever a stream
began; noise is drawn by blocks of numbers. So streams of one sensor agree, and the same seed gives the same values.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hardware_sim.firmware.body import Wearing
from hardware_sim.gait import Motion
from hardware_sim.trackers import EARTH_FIELD_UT, true_motion

Array = NDArray[np.float64]
Measure = Callable[[float, int], NDArray[np.generic]]
"""Returns the values (n, ...) of a block of numbers at a rate in Hz."""
Piece = tuple[Array, NDArray[np.generic]]
"""Instants in s (n,) and values (n, ...)."""
BLOCK_S = 30.0
_KEPT = 4
Made = TypeVar("Made")
Values = TypeVar("Values", bound=NDArray[np.generic])
_IMU, _FIELD, _AIR = 20, 21, 22  # purposes of chance, beside those of `trackers`


class FastSensors:
    """The fast sensors of one tracker, with their last few blocks at hand."""

    def __init__(self, wearing: Wearing) -> None:
        self._wearing = wearing
        self._kept: OrderedDict[tuple[str, float, int], object] = OrderedDict()

    def _rate(self, rate_hz: float) -> float:
        """Return the samples per true second of a nominal rate: the tracker's crystal paces them."""
        return rate_hz * (1.0 + self._wearing.tracker.clock_ppm * 1e-6)

    def number(self, rate_hz: float, at_s: float) -> int:
        """Return the number of the first sample at or after an instant in s."""
        return max(0, int(np.ceil(at_s * self._rate(rate_hz) - 1e-9)))

    def times(self, rate_hz: float, block: int) -> Array:
        """Return the true instants in s of a block's samples (n,)."""
        count = _per_block(rate_hz)
        return np.asarray(np.arange(block * count, (block + 1) * count) / self._rate(rate_hz))

    def pieces(self, measure: Measure, rate_hz: float, from_s: float) -> Iterator[Piece]:
        """Yield instants in s (n,) and values (n, ...) block by block from an instant on, without end."""
        number, count = self.number(rate_hz, from_s), _per_block(rate_hz)
        block, skip = divmod(number, count)
        while True:
            yield self.times(rate_hz, block)[skip:], measure(rate_hz, block)[skip:]
            block, skip = block + 1, 0

    def latest(self, measure: Callable[[float, int], Values], rate_hz: float, at_s: float) -> Values:
        """Return the values of the last sample before an instant in s."""
        block, row = divmod(max(0, self.number(rate_hz, at_s) - 1), _per_block(rate_hz))
        found: Values = measure(rate_hz, block)[row]
        return found

    def imu(self, rate_hz: float, block: int) -> tuple[Array, Array]:
        """Return gyroscope in rad/s and accelerometer in m/s2, (n, 3) each, of a block."""

        def made() -> tuple[Array, Array]:
            moved = self._moved(rate_hz, block)
            noise = self.chance(_IMU, rate_hz, block)
            return self._wearing.worn().imu.measure(moved.rate_sensor_rad_s, moved.force_sensor_m_s2, noise)

        return self._keep(("imu", rate_hz, block), made)

    def gyro_rad_s(self, rate_hz: float, block: int) -> Array:
        """Return angular rates (n, 3) in rad/s."""
        return self.imu(rate_hz, block)[0]

    def accel_m_s2(self, rate_hz: float, block: int) -> Array:
        """Return specific forces (n, 3) in m/s2."""
        return self.imu(rate_hz, block)[1]

    def attitude(self, rate_hz: float, block: int) -> Array:
        """Return the rotations (n, 3, 3) from the sensor to east-north-up."""
        return self._moved(rate_hz, block).world_from_sensor

    def field_ut(self, rate_hz: float, block: int) -> Array:
        """Return the magnetic field (n, 3) in microtesla in the sensor's axes."""
        attitude = self._moved(rate_hz, block).world_from_sensor
        return np.asarray(EARTH_FIELD_UT @ attitude + self.chance(_FIELD, rate_hz, block).normal(
            0.0, 0.4, (len(attitude), 3)))  # fmt: skip

    def pressure_pa(self, rate_hz: float, block: int) -> Array:
        """Return the air pressure (n,) in Pa, with the barometer's bias and 2 Pa of noise."""
        times = self.times(rate_hz, block)
        worn = self._wearing.worn(float(times[-1]))
        bias = float(np.mean(worn.watch.pressure_pa[:300] - worn.truth.pressure_pa[:300]))
        noise = self.chance(_AIR, rate_hz, block).normal(0.0, 2.0, len(times))
        return np.asarray(np.interp(times, worn.truth.t_s, worn.truth.pressure_pa) + bias + noise)

    def _moved(self, rate_hz: float, block: int) -> Motion:
        def made() -> Motion:
            times = self.times(rate_hz, block)
            return true_motion(self._wearing.worn(float(times[-1])), times)

        return self._keep(("motion", rate_hz, block), made)

    def chance(self, purpose: int, rate_hz: float, block: int) -> np.random.Generator:
        """Return the generator of one purpose in one block of a rate: the same whoever asks."""
        return np.random.default_rng((*self._wearing.seed, purpose, round(rate_hz * 1000.0), block))

    def _keep(self, key: tuple[str, float, int], made: Callable[[], Made]) -> Made:
        if key not in self._kept:
            self._kept[key] = made()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]  # type: ignore[return-value]


def _per_block(rate_hz: float) -> int:
    return max(1, round(rate_hz * BLOCK_S))


def grouped(pieces: Iterator[Piece], rows: int) -> Iterator[Piece]:
    """Yield instants and values in groups of exactly so many rows, across the bounds of the pieces."""
    t_s, values = next(pieces)
    while True:
        at = 0
        while at + rows <= len(t_s):
            yield t_s[at : at + rows], values[at : at + rows]
            at += rows
        more_t, more = next(pieces)
        t_s, values = np.concatenate([t_s[at:], more_t]), np.concatenate([values[at:], more])
