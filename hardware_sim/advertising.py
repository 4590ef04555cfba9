"""Advertising data as it goes over the air: two packets of 31 bytes.

The rule of this file: no state and no library; what does not fit is left out, as on a real radio, the later the
structure the sooner. Layout: Core Specification Supplement 11, part A; sizes: Core 5.4, vol 6 part B, 2.3.1.
"""

from __future__ import annotations

import struct
import uuid as _uuid
from collections.abc import Iterator

from hardware_sim.peripheral import Advertised, Peripheral, full_uuid

LIMIT = 31
"""Bytes of one legacy advertising packet, and of one scan response."""
_FLAGS, _SHORT_NAME, _NAME, _TX_POWER, _APPEARANCE, _MANUFACTURER = 0x01, 0x08, 0x09, 0x0A, 0x19, 0xFF
_UUIDS = {0x02: 2, 0x03: 2, 0x04: 4, 0x05: 4, 0x06: 16, 0x07: 16}
_SERVICE_DATA = {0x16: 2, 0x20: 4, 0x21: 16}
_SIG_TAIL = "-0000-1000-8000-00805f9b34fb"


def encode(one: Peripheral) -> tuple[bytes, bytes]:
    """Return the advertising packet and the scan response of a peripheral, at most 31 bytes each."""
    packets = [b"", b""]
    for structure in _structures(one.advertised, one.advertised.name or one.name):
        place = next((i for i, packet in enumerate(packets) if len(packet) + len(structure) <= LIMIT), None)
        if place is not None:
            packets[place] += structure
    return packets[0], packets[1]


def decode(advertised: bytes, response: bytes = b"") -> Advertised:
    """Return what advertising data says; what is cut short or unknown is passed over."""
    said = [*_split(advertised), *_split(response)]
    names = [value.decode("utf-8", "replace") for kind, value in said if kind in (_NAME, _SHORT_NAME)]
    looks = [int.from_bytes(value, "little") for kind, value in said if kind == _APPEARANCE and len(value) == 2]
    powers = [int.from_bytes(value, "little", signed=True) for kind, value in said if kind == _TX_POWER and value]
    return Advertised(
        services=tuple(uuid for kind, value in said if kind in _UUIDS for uuid in _uuids(value, _UUIDS[kind])),
        manufacturer={
            int.from_bytes(value[:2], "little"): value[2:]
            for kind, value in said
            if kind == _MANUFACTURER and len(value) >= 2
        },
        service_data={
            _long(value[:size]): value[size:]
            for kind, value in said
            if len(value) >= (size := _SERVICE_DATA.get(kind, 1 << 8))
        },
        appearance=looks[0] if looks else None,
        tx_power_dbm=powers[0] if powers else None,
        name=names[0] if names else "",
    )


def _structures(what: Advertised, name: str) -> Iterator[bytes]:
    """Yield the structures, the most important first."""
    yield _structure(_FLAGS, b"\x06")  # general discoverable, no classic Bluetooth
    for kind, size in ((0x03, 2), (0x05, 4), (0x07, 16)):
        uuids = [short for one in what.services if len(short := _short(one)) == size]
        if uuids:
            yield from _list(kind, uuids)
    fits = len(name.encode()) <= LIMIT - 2
    yield _structure(_NAME if fits else _SHORT_NAME, name.encode()[: LIMIT - 2])
    for company, value in what.manufacturer.items():
        yield _structure(_MANUFACTURER, struct.pack("<H", company) + value)
    for one, value in what.service_data.items():
        yield _structure({2: 0x16, 4: 0x20, 16: 0x21}[len(_short(one))], _short(one) + value)
    if what.appearance is not None:
        yield _structure(_APPEARANCE, struct.pack("<H", what.appearance))
    if what.tx_power_dbm is not None:
        yield _structure(_TX_POWER, struct.pack("<b", what.tx_power_dbm))


def _list(kind: int, uuids: list[bytes]) -> Iterator[bytes]:
    """Yield one complete list, or lists marked as incomplete (the number before) where one packet cannot hold it."""
    per_packet = (LIMIT - 5) // len(uuids[0])
    parts = [uuids[i : i + per_packet] for i in range(0, len(uuids), per_packet)]
    for part in parts:
        yield _structure(kind if len(parts) == 1 else kind - 1, b"".join(part))


def _structure(kind: int, value: bytes) -> bytes:
    return bytes((len(value) + 1, kind)) + value


def _split(packet: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 1 < len(packet) and packet[place] > 0 and place + 1 + packet[place] <= len(packet):
        yield packet[place + 1], packet[place + 2 : place + 1 + packet[place]]
        place += 1 + packet[place]


def _uuids(value: bytes, size: int) -> Iterator[str]:
    for place in range(0, len(value) - size + 1, size):
        yield _long(value[place : place + size])


def _short(uuid: str) -> bytes:
    """Return a UUID in its shortest form on the air, little-endian."""
    full = full_uuid(uuid)
    if full.endswith(_SIG_TAIL):
        number = int(full[:8], 16)
        return number.to_bytes(2 if number < 0x10000 else 4, "little")
    return _uuid.UUID(full).bytes[::-1]


def _long(little: bytes) -> str:
    return full_uuid(little[::-1].hex()) if len(little) < 16 else str(_uuid.UUID(bytes=little[::-1]))
