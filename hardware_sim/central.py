"""The seam between a route (D-Bus, bleak backend, host stack) and the radio that it reaches trackers through.

The rule of this file: results come by call-back, on the thread that runs the radio's schedule; nothing here waits.
Two implementations: `radio.Radio` (our own link model) and the bumble route (a real host stack on both sides).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from hardware_sim.peripheral import Att, AttError, Characteristic, Descriptor, Service


@dataclass(frozen=True, slots=True)
class Advertisement:
    """One advertisement as the central received it."""

    address: str
    name: str
    rssi_dbm: int
    services: tuple[str, ...] = ()
    manufacturer: Mapping[int, bytes] = field(default_factory=dict)
    service_data: Mapping[str, bytes] = field(default_factory=dict)
    appearance: int | None = None
    tx_power_dbm: int | None = None
    random_address: bool = True


class ConnectError(Exception):
    """A connection was not made; the text is BlueZ's own word for it, such as le-connection-abort-by-local."""

    def __init__(self, word: str, *, error: str = "org.bluez.Error.Failed", flips_connected: bool = False) -> None:
        super().__init__(word)
        self.error = error
        """D-Bus error name that a route over D-Bus answers with."""
        self.flips_connected = flips_connected
        """True: `Connected` goes true and false again while this fails, as BlueZ does on an abort."""


class LinkGoneError(Exception):
    """The link was lost while a request was under way, or is not there any more."""


Result: TypeAlias = bytes | AttError | LinkGoneError | ConnectError
Done: TypeAlias = Callable[[Result], None]
"""Takes the outcome of a request: the value read (b"" for the others) or the exception."""
Attribute: TypeAlias = Characteristic | Descriptor


class GattLink(Protocol):
    """A connection to one peripheral."""

    notified: Callable[[Characteristic, bytes], None]
    """Called for each notification and indication; the route sets it."""
    lost: Callable[[str], None]
    """Called once when the link ends, whoever ended it, with the reason; the route sets it."""

    @property
    def mtu(self) -> int: ...

    @property
    def services(self) -> Sequence[Service]: ...

    @property
    def bonded(self) -> bool: ...

    def read(self, attribute: Attribute, done: Done) -> None: ...

    def write(self, attribute: Attribute, value: bytes, with_response: bool, done: Done) -> None: ...

    def subscribe(self, characteristic: Characteristic, on: bool, done: Done) -> None: ...

    def pair(self, done: Done) -> None: ...

    def disconnect(self) -> None: ...


class Central(Protocol):
    """An adapter that scans and connects."""

    def scan(self, seen: Callable[[Advertisement], None]) -> Callable[[], None]:
        """Call `seen` for each advertisement from now on; returns what stops it."""
        ...

    def connect(self, address: str, done: Callable[[GattLink | ConnectError], None]) -> Callable[[], None]:
        """Connect and discover services, then call `done` once; returns what gives the attempt up."""
        ...

    def unpair(self, address: str) -> None:
        """Forget the bond with a peripheral."""
        ...


__all__ = [
    "Advertisement",
    "Att",
    "AttError",
    "Attribute",
    "Central",
    "ConnectError",
    "Done",
    "GattLink",
    "LinkGoneError",
    "Result",
]
