"""The btsnoop file format: what Android's "HCI snoop log" and Linux' `btmon -w` write.

The rule of this file: bytes are untrusted; a file that is none is refused, one that is cut off is read up to there.
Source: RFC 1761 with the link types of btsnoop (1001 HCI, 1002 HCI UART/H4, 2001 Linux monitor) and its epoch, the
year 0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

COMMAND, ACL, EVENT = 1, 2, 4
_MAGIC = b"btsnoop\0"
_BARE, _H4, _MONITOR = 1001, 1002, 2001
_UNIX_EPOCH_US = 0x00DCDDB30F2F8000
_MONITOR_KINDS = {2: (COMMAND, False), 3: (EVENT, True), 4: (ACL, False), 5: (ACL, True)}


@dataclass(frozen=True, slots=True)
class Packet:
    """One HCI packet: when (Unix time in s), from the controller or to it, its kind (H4 numbers) and its bytes."""

    unix_s: float
    received: bool
    kind: int
    payload: bytes


def read_packets(content: bytes) -> Iterator[Packet]:
    """Yield the packets of a capture in its order; ValueError where the content is no btsnoop file."""
    if len(content) < 16 or not content.startswith(_MAGIC):
        raise ValueError("not a btsnoop capture: it does not begin with btsnoop")
    link = int.from_bytes(content[12:16], "big")
    if link not in (_BARE, _H4, _MONITOR):
        raise ValueError(f"a btsnoop capture of link type {link} cannot be read; known are 1001, 1002 and 2001")
    return _records(content, link)


def _records(content: bytes, link: int) -> Iterator[Packet]:
    offset = 16
    while offset + 24 <= len(content):
        _, length, flags, _, stamp_us = struct.unpack_from(">IIIIq", content, offset)
        body = content[offset + 24 : offset + 24 + length]
        offset += 24 + length
        if len(body) < length:
            return
        kind, received, payload = _sorted(link, flags, body)
        if kind:
            yield Packet((stamp_us - _UNIX_EPOCH_US) / 1e6, received, kind, payload)


def _sorted(link: int, flags: int, body: bytes) -> tuple[int, bool, bytes]:
    """Return the kind of a record's packet (0 for what is none), its direction and its bytes."""
    received = bool(flags & 1)
    if link == _MONITOR:
        kind, received = _MONITOR_KINDS.get(flags & 0xFFFF, (0, False))
        return kind, received, body
    if link == _H4:
        return (body[0], received, body[1:]) if body else (0, received, b"")
    if flags & 2:
        return (EVENT if received else COMMAND), received, body
    return ACL, received, body


def write_packets(path: Path, packets: Iterable[Packet]) -> None:
    """Write a capture of link type H4, which Wireshark and Android's tools read too."""
    with path.open("wb") as file:
        file.write(_MAGIC + struct.pack(">II", 1, _H4))
        for one in packets:
            body = bytes([one.kind]) + one.payload
            flags = int(one.received) | (0 if one.kind == ACL else 2)
            stamp_us = round(one.unix_s * 1e6) + _UNIX_EPOCH_US
            file.write(struct.pack(">IIIIq", len(body), len(body), flags, 0, stamp_us) + body)
