"""Polar's sensors."""

from __future__ import annotations

from hardware_sim.firmware.heart_strap import HeartRateStrap


class H10(HeartRateStrap):
    """x."""
