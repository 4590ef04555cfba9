"""The battery of a device as BlueZ shows it: org.bluez.Battery1 on the device itself.

The rule of this file: the service stays visible among the others, as in BlueZ from 5.55 on; this interface is added.
Source: BlueZ doc/org.bluez.Battery.rst; Battery Service 1.0, 3.1 (level in percent, one byte).
"""

from __future__ import annotations

from dbus_fast import Variant

from hardware_sim.bluez.host import Host
from hardware_sim.bluez.tree import Interface


class Battery(Interface):
    """The level in percent, once it was read."""

    name = "org.bluez.Battery1"

    def __init__(self, host: Host, device: str) -> None:
        super().__init__(host.tree, device)

    def level(self, payload: bytes) -> None:
        """Take a level; one that is no percentage is left out."""
        if len(payload) != 1 or payload[0] > 100:
            return
        shown = Variant("y", payload[0])
        if self.tree.holds(self):
            self.change(Percentage=shown)
            return
        self.properties["Percentage"] = shown
        self.tree.add(self)
