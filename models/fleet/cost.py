"""What one person's part of a round costs, without Flower's engine: values only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one person costs in a round: device and server in ms of a processor, bytes down and up, messages."""

    device_ms: float
    server_ms: float
    bytes_down: float
    bytes_up: float
    messages: float
