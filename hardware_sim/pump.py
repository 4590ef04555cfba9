"""What a peripheral sends of itself, handed to its radio when it is ready for the air.

The rule of this file: both radios (`radio.Radio` and the one with a real host stack) ask peripherals in the same
way, so that a tracker and its faults behave alike on every route.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware_sim.fault_plan import FaultPlan
from hardware_sim.peripheral import Characteristic, Peripheral
from hardware_sim.schedule import Schedule

PUMP_S = 0.5
"""A peripheral is asked for this much of its future at a time, in s."""


class Pump:
    """Asks one connected peripheral for its notifications and passes them on, spoilt as the faults say."""

    def __init__(
        self,
        one: Peripheral,
        plan: FaultPlan,
        schedule: Schedule,
        send: Callable[[Characteristic, bytes], None],
    ) -> None:
        self._peripheral, self._plan, self._schedule, self._send = one, plan, schedule, send
        self._stopped = False
        self._asked_s = 0.0

    def start(self, at_s: float) -> None:
        """Ask for everything from an instant in s on."""
        self._asked_s = at_s
        self._ask()

    def stop(self) -> None:
        """Ask no more; what is still on its way is not sent."""
        self._stopped = True

    def send_at(self, characteristic: Characteristic, payload: bytes, sent_s: float) -> None:
        """Pass on one notification that the peripheral sends at an instant in s."""
        name, answer = self._peripheral.name, "notify" not in characteristic.properties
        for ready_s, changed in self._plan.spoil(name, characteristic.uuid, sent_s, payload, answer=answer):
            self._schedule.at(ready_s, lambda changed=changed: self._pass(characteristic, changed))  # type: ignore[misc]

    def _ask(self) -> None:
        if self._stopped:
            return
        until_s = self._asked_s + PUMP_S
        for sent in self._peripheral.packets(self._asked_s, until_s):
            self.send_at(sent.characteristic, sent.payload, sent.t_s)
        self._asked_s = until_s
        self._schedule.at(until_s, self._ask)

    def _pass(self, characteristic: Characteristic, payload: bytes) -> None:
        if not self._stopped:
            self._send(characteristic, payload)
