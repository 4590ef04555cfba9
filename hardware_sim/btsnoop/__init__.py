"""Captures: one from the field becomes a tracker, and a radio's air becomes a capture."""

from hardware_sim.btsnoop.capture import CapturedTracker, peripheral_from_capture, write_capture

__all__ = ["CapturedTracker", "peripheral_from_capture", "write_capture"]
