"""The Kadenz open tracker (P8) as a peripheral: features, time, control and data.

The rule of this file: docs/p8.md is the source; the bytes of packets are `open_tracker`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from hardware_sim import open_tracker as p8
from hardware_sim.faults import Restart
from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.inertial import FastSensors, grouped
from hardware_sim.firmware.tracker import (
    Item,
    TrackerFirmware,
    battery_service,
    device_information,
    identity,
    serve_battery,
)
from hardware_sim.peripheral import Advertised, Att, AttError, characteristic, full_uuid, service
from hardware_sim.trackers import BLOCK_S, location_body, seconds

_WIDTH = {p8.MOTION: 12, p8.ACCELERATION: 6, p8.MAGNETIC: 6, p8.PRESSURE: 4, p8.POSITION: 31}


class OpenTracker(TrackerFirmware):
    """The open tracker: everything is stopped after a connection, and starts by the control characteristic."""

    def __init__(self, wearing: Wearing) -> None:
        name, bonded = wearing.tracker.name, wearing.tracker.needs_bond
        services = (
            service(
                p8.SERVICE,
                characteristic(p8.FEATURES, "read", p8.features()),
                characteristic(p8.TIME, "read,write"),
                characteristic(p8.CONTROL, "write,indicate", bonded=bonded),
                characteristic(p8.DATA, "notify", bonded=bonded),
            ),
            device_information("Kadenz", "P8", name, "1.0.0"),
            battery_service(),
        )
        on_air = Advertised((full_uuid(p8.SERVICE),), name=f"Kadenz P8 {identity(name)[-4:]}")
        super().__init__(wearing, services, on_air)
        self._sensors = FastSensors(wearing)
        self._measures: dict[int, Callable[[float, int], NDArray[np.generic]]] = {
            p8.MOTION: self._motion_rows,
            p8.ACCELERATION: self._acceleration_rows,
            p8.MAGNETIC: self._field_rows,
            p8.PRESSURE: self._air_rows,
        }
        self._board = p8.Firmware()
        self._told_s = 0.0
        self.answers(p8.TIME, self._read_time)
        self.takes(p8.TIME, self._write_time)
        self.takes(p8.CONTROL, self._control)
        serve_battery(self)

    def unlinked(self, now_s: float) -> None:
        super().unlinked(now_s)
        self._board.running = {}

    def _read_time(self, now_s: float) -> bytes:
        if any(isinstance(f, Restart) and self._told_s < f.at_s <= now_s for f in self.wearing.faults):
            self._board.unix_ms = 0
        self._board.device_us = self.clock.count_us(now_s)
        return self._board.read_time()

    def _write_time(self, value: bytes, now_s: float) -> None:
        if len(value) != 6:
            raise AttError(Att.INVALID_LENGTH)
        self._board.device_us = self.clock.count_us(now_s)
        self._board.write_time(value)
        self._told_s = now_s

    def _control(self, request: bytes, now_s: float) -> None:
        if full_uuid(p8.CONTROL) not in self.subscriptions:
            raise AttError(Att.CCCD_IMPROPERLY_CONFIGURED)
        before = dict(self._board.running or {})
        answer = self._board.write_control(request, self._most_rows())
        self.send(p8.CONTROL, answer)
        running = self._board.running or {}
        for stream in before.keys() - running.keys():
            self.stop(stream)
        if request[:1] == b"\x01" and answer[2] == p8.OK:
            self.start(request[1], p8.DATA, self._stream(request[1], *running[request[1]], self.soon(now_s)))

    def _most_rows(self) -> dict[int, int]:
        """Return how many rows of each stream fit into a packet of this link."""
        room = self.link_mtu - 3 - p8.HEADER_BYTES
        return {stream: room // width for stream, width in _WIDTH.items()}

    def _stream(self, stream: int, spacing: int, rows: int, now_s: float) -> Iterator[Item]:
        if stream == p8.POSITION:
            return self._positions(now_s)
        return self._packets(stream, spacing * 1e-5, max(1, rows), now_s)

    def _packets(self, stream: int, spacing_s: float, rows: int, now_s: float) -> Iterator[Item]:
        """Yield the packets of a stream of rows that are `spacing_s` s of the device apart."""
        pieces = self._sensors.pieces(self._measures[stream], 1.0 / spacing_s, now_s)
        for seq, (t_s, content) in enumerate(grouped(pieces, rows)):
            flags = p8.RESTARTED if seq == 0 else 0
            device_us = self.clock.count_us(float(t_s[0]))
            head = p8.header(stream, flags, seq, device_us, spacing_s * 1e6, rows)
            yield float(t_s[-1]), head + content.tobytes()

    def _motion_rows(self, rate_hz: float, block: int) -> NDArray[np.int16]:
        return p8.motion_rows(*self._sensors.imu(rate_hz, block))

    def _acceleration_rows(self, rate_hz: float, block: int) -> NDArray[np.int16]:
        return self._motion_rows(rate_hz, block)[:, 3:]

    def _field_rows(self, rate_hz: float, block: int) -> NDArray[np.int16]:
        return p8.magnetic_rows(self._sensors.field_ut(rate_hz, block))

    def _air_rows(self, rate_hz: float, block: int) -> NDArray[np.uint32]:
        return p8.pressure_rows(self._sensors.pressure_pa(rate_hz, block))

    def _positions(self, now_s: float) -> Iterator[Item]:
        """Yield a position packet each second."""
        seq, until_s = 0, now_s
        while True:
            begin_s, until_s = until_s, until_s + BLOCK_S
            worn = self.worn(until_s)
            for row, at_s in seconds(worn, begin_s, until_s):
                body, accuracy = location_body(worn, row, at_s), float(worn.watch.accuracy_m[row])
                yield at_s, p8.position(seq, self.clock.count_us(at_s), body, accuracy, int(seq == 0))
                seq += 1
