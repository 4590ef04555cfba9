"""A Movesense sensor with the GATT SensorData Protocol (GSP).

The rule of this file: every command gets an answer; a measurement that does not fit one notification is sent in two.
Sources: Movesense, GATT SensorData Protocol 1; movesense-device-lib, resources/movesense-api/meas. Not compared with a
sensor.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from hardware_sim.firmware.body import Wearing
from hardware_sim.firmware.inertial import Array, FastSensors, grouped
from hardware_sim.firmware.tracker import (
    Item,
    TrackerFirmware,
    battery_service,
    device_information,
    identity,
    serve_battery,
)
from hardware_sim.peripheral import Advertised, characteristic, full_uuid, service
from hardware_sim.trackers import BLOCK_S, seconds

SERVICE = "34802252-7185-4d5d-b431-630e7050e8f0"
WRITE = "34800001-7185-4d5d-b431-630e7050e8f0"
NOTIFY = "34800002-7185-4d5d-b431-630e7050e8f0"
_COMPANY = 0x009F  # Suunto
_ANSWER, _DATA, _DATA_PART_2 = 1, 2, 3
_HELLO, _SUBSCRIBE, _UNSUBSCRIBE, _GET, _PUT_UTC_TIME = 0, 1, 2, 4, 8
_OK, _BAD_REQUEST, _NOT_FOUND, _CONFLICT = 200, 400, 404, 409
_RATES = (13, 26, 52, 104, 208, 416, 833, 1666)
_ARRAYS = {"acc": "a", "gyro": "g", "magn": "m", "imu6": "ag", "imu6m": "am", "imu9": "agm"}


class Movesense(TrackerFirmware):
    """A sensor on a strap: motion, field and heart rate by path, stamped with its time since boot."""

    def __init__(self, wearing: Wearing) -> None:
        name = wearing.tracker.name
        services = (
            service(SERVICE, characteristic(WRITE, "write,write-without-response"), characteristic(NOTIFY, "notify")),
            device_information("Movesense", "Movesense", name, "2.3.1"),
            battery_service(),
        )
        on_air = Advertised((full_uuid("FDF3"), SERVICE), {_COMPANY: b"\x00"}, name=f"Movesense {_serial(name)}")
        super().__init__(wearing, services, on_air, mtu=161)
        self._sensors = FastSensors(wearing)
        self._references: set[int] = set()
        self.takes(WRITE, self._command)
        serve_battery(self)

    def unlinked(self, now_s: float) -> None:
        super().unlinked(now_s)
        self._references.clear()

    def _command(self, value: bytes, now_s: float) -> None:
        """Carry out a command (operation, reference, the rest) and answer it."""
        if len(value) < 2:
            return
        operation, reference = value[0], value[1]
        if operation == _HELLO:
            texts = (_serial(self.name), "Movesense", self.address.replace(":", "-"), "gatt_sensordata_app", "1.1.0")
            self.send(NOTIFY, bytes([_ANSWER, reference, 1]) + b"".join(text.encode() + b"\0" for text in texts))
            return
        status = self._carried_out(operation, reference, value[2:], now_s)
        self.send(NOTIFY, struct.pack("<BBH", _ANSWER, reference, status))

    def _carried_out(self, operation: int, reference: int, rest: bytes, now_s: float) -> int:
        """Return the status of a command, as in HTTP."""
        if operation == _SUBSCRIBE:
            return self._subscribe(reference, rest.decode("ascii", "replace").rstrip("\0"), now_s)
        if operation == _UNSUBSCRIBE:
            if reference not in self._references:
                return _NOT_FOUND
            self._references.discard(reference)
            self.stop((NOTIFY, reference))
            return _OK
        if operation == _PUT_UTC_TIME:
            return _OK if len(rest) == 8 else _BAD_REQUEST
        return _NOT_FOUND if operation == _GET else _BAD_REQUEST

    def _subscribe(self, reference: int, path: str, now_s: float) -> int:
        if reference in self._references:
            return _CONFLICT
        items = self._resource(reference, path, self.soon(now_s))
        if items is None:
            return _NOT_FOUND
        self._references.add(reference)
        self.start((NOTIFY, reference), NOTIFY, items)
        return _OK

    def _resource(self, reference: int, path: str, now_s: float) -> Iterator[Item] | None:
        parts = path.strip("/").lower().split("/")
        if parts[:2] == ["meas", "hr"] and len(parts) == 2:
            return self._heart_rate(reference, now_s)
        if len(parts) != 3 or parts[0] != "meas" or parts[1] not in _ARRAYS or not parts[2].isdigit():
            return None
        rate = int(parts[2])
        return self._motion(reference, _ARRAYS[parts[1]], rate, now_s) if rate in _RATES else None

    def _heart_rate(self, reference: int, now_s: float) -> Iterator[Item]:
        """Yield, for each beat, the average rate and the interval before it in ms."""
        until_s = now_s
        while True:
            begin_s, until_s = until_s, until_s + BLOCK_S
            worn = self.worn(until_s)
            for row, at_s in seconds(worn, begin_s, until_s):
                for interval_s in worn.rr_s[row].tolist() if worn.bpm[row] > 0.0 else ():
                    body = struct.pack("<fH", float(worn.bpm[row]), round(interval_s * 1000.0))
                    yield at_s, bytes([_DATA, reference]) + body

    def _motion(self, reference: int, arrays: str, rate: int, now_s: float) -> Iterator[Item]:
        """Yield a thirteenth of a second at a time: ms since boot of its first row, then each array in whole."""

        def measure(rate_hz: float, block: int) -> Array:
            gyro, accel = self._sensors.imu(rate_hz, block)
            parts = {"a": accel, "g": np.degrees(gyro)}
            if "m" in arrays:
                parts["m"] = self._sensors.field_ut(rate_hz, block)
            return np.stack([parts[one] for one in arrays], axis=1)

        rows = max(1, rate // 13)
        for t_s, values in grouped(self._sensors.pieces(measure, float(rate), now_s), rows):
            stamp = struct.pack("<I", self.clock.count_us(float(t_s[0])) // 1000 & 0xFFFFFFFF)
            body = stamp + values.transpose(1, 0, 2).astype("<f4").tobytes()
            yield from self._split(reference, body, float(t_s[-1]))

    def _split(self, reference: int, body: bytes, at_s: float) -> Iterator[Item]:
        room = self.link_mtu - 3 - 2
        yield at_s, bytes([_DATA, reference]) + body[:room]
        if len(body) > room:
            yield at_s, bytes([_DATA_PART_2, reference]) + body[room : 2 * room]


def _serial(name: str) -> str:
    return f"{int(identity(name), 16):012d}"
