"""Wire formats, one module per profile, no I/O."""

from device.wire.errors import WireError
from device.wire.profiles import decode, parse

__all__ = ["WireError", "decode", "parse"]
