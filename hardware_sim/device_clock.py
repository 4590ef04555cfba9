"""A tracker's own clocks: its calendar, and the count since it was switched on.

The rule of this file: both are pure functions of true time and of the faults that concern the tracker.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware_sim.faults import ClockDrift, ClockJump, ClockReset, Fault, Restart

BOOT_US = 800_000
"""What the count since boot says when a restarted tracker is back on the air."""
_MICRO = 1e-6


@dataclass(frozen=True, slots=True)
class DeviceClock:
    """The clocks of one tracker; `faults` may grow while it runs."""

    start_unix_s: float
    boot_us: int
    ppm: float
    faults: list[Fault]

    def calendar_s(self, at_s: float) -> float:
        """Return what the tracker's calendar says at a true instant, as Unix time in s."""
        value, since, rate = self.start_unix_s, 0.0, 1.0 + self.ppm * _MICRO
        for fault in self._until(at_s):
            value, since = value + (fault.at_s - since) * rate, fault.at_s
            if isinstance(fault, ClockReset):
                value = fault.to_unix_s
            value, rate = _changed(fault, value, rate)
        return value + (at_s - since) * rate

    def satellite_s(self, at_s: float) -> float:
        """Return the time that a receiver takes from the satellites, as Unix time in s: faults spoil it, drift not."""
        value = self.start_unix_s + at_s
        for fault in self._until(at_s):
            if isinstance(fault, ClockReset):
                value = fault.to_unix_s + (at_s - fault.at_s)
            value = _changed(fault, value, 1.0)[0]
        return value

    def count_us(self, at_s: float) -> int:
        """Return the count since boot in us at a true instant; it begins again with a restart or a reset."""
        value, since, rate = self.boot_us * _MICRO, 0.0, 1.0 + self.ppm * _MICRO
        for fault in self._until(at_s):
            value, since = value + (fault.at_s - since) * rate, fault.at_s
            if isinstance(fault, ClockReset):
                value = 0.0
            if isinstance(fault, Restart):
                value, since = BOOT_US * _MICRO, fault.at_s + fault.away_s
            value, rate = _changed(fault, value, rate)
        return round((value + (at_s - since) * rate) * 1e6)

    def fault_us(self, booted_s: float, since_s: float) -> int:
        """Return by how many us the faults of the clock put the count wrong, `since_s` s after a boot."""
        at_s = booted_s + since_s
        moved = (
            []
            if not self.faults
            else [f for f in self._until(at_s) if f.at_s >= booted_s and not isinstance(f, Restart)]
        )
        if not moved:
            return 0
        rate = 1.0 + self.ppm * _MICRO
        boot = self.boot_us * _MICRO if booted_s <= 0.0 else BOOT_US * _MICRO
        return round((self.count_us(at_s) * _MICRO - (boot + since_s * rate)) * 1e6)

    def _until(self, at_s: float) -> list[ClockJump | ClockReset | ClockDrift | Restart]:
        kinds = (ClockJump, ClockReset, ClockDrift, Restart)
        return sorted((f for f in self.faults if isinstance(f, kinds) and f.at_s <= at_s), key=lambda f: f.at_s)


def _changed(fault: ClockJump | ClockReset | ClockDrift | Restart, value: float, rate: float) -> tuple[float, float]:
    """Return what a jump makes of a clock's value in s, and a drift of its rate."""
    if isinstance(fault, ClockJump):
        return value + fault.by_s, rate
    if isinstance(fault, ClockDrift):
        return value, rate + fault.ppm * _MICRO
    return value, rate
