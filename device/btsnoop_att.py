"""The attribute protocol of a captured connection: which handle is which characteristic, and what was notified.

The rule of this file: a listener; it knows what was said and asks nothing. Lengths are checked before use, and a
message that does not have its form says nothing. Source: Core Specification 5.4 vol 3 part F 3.4, part G 4.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from device.wire import device_information, movesense, polar
from device.wire.profiles import short_uuid

_FIND_ANSWER, _READ_TYPE, _TYPE_ANSWER = 0x05, 0x08, 0x09
_READ, _READ_ANSWER, _WRITE, _WRITE_COMMAND = 0x0A, 0x0B, 0x12, 0x52
_NOTIFICATION, _INDICATION, _MULTIPLE = 0x1B, 0x1D, 0x23
_DECLARATION = "2803"
#: What the host writes that says how the data are to be read, and what it reads of who the tracker is.
_COMMANDS = frozenset({polar.CONTROL, movesense.WRITE})
_WHO = frozenset(
    {"2A00", "2A19", device_information.MODEL, device_information.FIRMWARE, device_information.MANUFACTURER}
)


class Attributes:
    """One connection's attributes: `names` maps handles to UUIDs and is filled from the discovery that passes by."""

    def __init__(self, names: dict[int, str]) -> None:
        self._names = names
        self._asked, self._reads = "", 0

    def feed(self, message: bytes, received: bool) -> list[tuple[str, bytes]]:
        """Return name and value of what a message brings: notifications and indications of the tracker.

        Also what the host wrote to a maker's control, and what it read of the tracker's name, model and battery.
        """
        code = message[0] if message else 0
        if not received:
            return self._sent(code, message)
        if code in (_FIND_ANSWER, _TYPE_ANSWER):
            self._learn(code, message)
        if code in (_NOTIFICATION, _INDICATION) and len(message) >= 3:
            return [(self._name(_number(message[1:3])), message[3:])]
        if code == _READ_ANSWER and self._name(self._reads) in _WHO:
            return [(self._name(self._reads), message[1:])]
        return [(self._name(handle), value) for handle, value in _several(message)] if code == _MULTIPLE else []

    def _sent(self, code: int, message: bytes) -> list[tuple[str, bytes]]:
        if code == _READ_TYPE:
            self._asked = _uuid(message[5:])
        if code == _READ:
            self._reads = _number(message[1:3])
        name = self._name(_number(message[1:3]))
        return [(name, message[3:])] if code in (_WRITE, _WRITE_COMMAND) and name in _COMMANDS else []

    def _name(self, handle: int) -> str:
        return self._names.get(handle, f"handle 0x{handle:04X}")

    def _learn(self, code: int, message: bytes) -> None:
        if code == _FIND_ANSWER:
            size = {1: 4, 2: 18}.get(message[1] if len(message) > 1 else 0, 0)
            found = [(_number(each[:2]), _uuid(each[2:])) for each in _pieces(message[2:], size)]
        elif self._asked == _DECLARATION:
            size = message[1] if len(message) > 1 and message[1] in (7, 21) else 0
            found = [(_number(each[3:5]), _uuid(each[5:])) for each in _pieces(message[2:], size)]
        else:
            size = message[1] if len(message) > 1 and message[1] > 2 else 0
            found = [(_number(each[:2]), self._asked) for each in _pieces(message[2:], size)]
        self._names.update((handle, uuid) for handle, uuid in found if uuid)


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _pieces(raw: bytes, size: int) -> Iterator[bytes]:
    """Yield whole pieces of a size; none where it is 0."""
    for at in range(0, len(raw) - size + 1, size) if size else ():
        yield raw[at : at + size]


def _several(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield handle and value of each part of a multiple notification; a cut one ends it."""
    at = 1
    while at + 4 <= len(message):
        length = _number(message[at + 2 : at + 4])
        if at + 4 + length > len(message):
            return
        yield _number(message[at : at + 2]), message[at + 4 : at + 4 + length]
        at += 4 + length


def _uuid(raw: bytes) -> str:
    """Return a UUID of 2 or 16 bytes as the wire layer spells it, "" for any other length."""
    if len(raw) == 2:
        return f"{_number(raw):04X}"
    if len(raw) != 16:
        return ""
    text = raw[::-1].hex().upper()
    return short_uuid("-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:])))
