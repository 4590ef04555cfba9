"""Device Information: the text characteristics 0x2A24 to 0x2A29.

The rule of this file: text as the tracker says it, without what a screen or terminal would obey: control
characters are left out. Source: Device Information Service 1.2.
"""

from __future__ import annotations

from dataclasses import fields, replace

from device.wire.errors import MOST_BYTES
from edge.samples import DeviceInfo

MODEL, SERIAL, FIRMWARE, HARDWARE, SOFTWARE, MANUFACTURER = "2A24", "2A25", "2A26", "2A27", "2A28", "2A29"
_FIELD = {MODEL: "model", SERIAL: "serial", FIRMWARE: "firmware", MANUFACTURER: "manufacturer"}


def parse(payload: bytes) -> str:
    """Return the text up to a first zero byte, printable characters only; what is no UTF-8 becomes U+FFFD."""
    text = payload[:MOST_BYTES].partition(b"\0")[0].decode("utf-8", "replace")
    return "".join(character for character in text if character.isprintable()).strip()


def encode(text: str) -> bytes:
    """Return the payload of a text; ValueError above 512 bytes."""
    payload = text.encode("utf-8")
    if len(payload) > MOST_BYTES:
        raise ValueError(f"text of {len(payload)} bytes does not fit a characteristic of {MOST_BYTES}")
    return payload


def samples(characteristic: str, text: str) -> tuple[DeviceInfo, ...]:
    """Return who a text of one characteristic says the tracker is; none for hardware and software revision."""
    name = _FIELD.get(characteristic)
    return (replace(DeviceInfo(), **{name: text}),) if name else ()


def joined(*parts: DeviceInfo) -> DeviceInfo:
    """Return one value from several that each say a part; the first that says something of a field counts."""
    return DeviceInfo(*(next(filter(None, (getattr(p, f.name) for p in parts)), "") for f in fields(DeviceInfo)))
