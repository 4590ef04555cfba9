"""What the host needs of a Bluetooth adapter and of a connected tracker: the seam behind the link.

The rule of this file: no library's types. One implementation speaks to the operating system (`link_bleak`);
tests bring another. Every method may raise `LinkError`, and none waits for ever: the caller sets the deadline.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Advertisement:
    """What a tracker says of itself to everybody: address, name, signal in dBm, services, battery in % or NaN."""

    address: str
    name: str
    signal_dbm: float
    services: tuple[str, ...]
    """UUIDs as `device.wire.profiles.short_uuid` spells them."""
    battery_percent: float = math.nan


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One characteristic of a connected tracker; the handle tells it from others of the same UUID."""

    handle: int
    uuid: str
    service: str
    properties: frozenset[str]
    """Lower case, as the specification names them: "read", "write", "write-without-response", "notify", "indicate"."""

    @property
    def notifies(self) -> bool:
        """Return whether it can be subscribed to."""
        return bool(self.properties & {"notify", "indicate"})


class Peripheral(Protocol):
    """A connected tracker."""

    def characteristics(self) -> tuple[Characteristic, ...]: ...

    async def read(self, characteristic: Characteristic) -> bytes: ...

    async def write(self, characteristic: Characteristic, payload: bytes, *, response: bool) -> None: ...

    async def subscribe(self, characteristic: Characteristic, heard: Callable[[bytes], None]) -> None: ...

    async def unsubscribe(self, characteristic: Characteristic) -> None: ...

    async def pair(self) -> None: ...

    async def disconnect(self) -> None: ...


class Central(Protocol):
    """One Bluetooth adapter; one scan and one `connect` at a time."""

    async def open(self) -> None: ...

    async def start_scan(self, seen: Callable[[Advertisement], None]) -> None: ...

    async def stop_scan(self) -> None: ...

    async def held(self) -> frozenset[str]: ...

    async def connect(self, address: str, lost: Callable[[], None]) -> Peripheral: ...

    async def forget_services(self, address: str) -> None: ...

    async def forget_bond(self, address: str) -> None: ...

    async def close(self) -> None: ...
