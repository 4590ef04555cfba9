"""A virtual BlueZ on a private D-Bus: the radio's trackers for any unmodified program on Linux.

The rule of this package: it follows BlueZ's D-Bus documentation, not its clients, and reaches the radio only through
`central`. `VirtualBlueZ` runs on the loop of who uses it, `VirtualBlueZThread` on its own.
"""

from __future__ import annotations

from hardware_sim.bluez.bus import BusError
from hardware_sim.bluez.facade import VirtualBlueZ
from hardware_sim.bluez.thread import VirtualBlueZThread

__all__ = ["BusError", "VirtualBlueZ", "VirtualBlueZThread"]
