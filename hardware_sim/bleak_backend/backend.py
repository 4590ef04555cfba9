"""The in-process route: a virtual radio behind bleak's own `backend=`, for unit tests, Windows and macOS.

The rule of this file: it is the only door to the route; bleak is needed from here on and nowhere else in the package.

    backend = backend_for(Radio([peripheral]))
    async with BleakScanner(backend=backend.scanner): ...
    async with BleakClient(address, backend=backend.client): ...
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from unittest import mock

import bleak
import bleak.backends.adapter
import bleak.backends.client
import bleak.backends.scanner

from hardware_sim.bleak_backend.client import VirtualRadioClient
from hardware_sim.bleak_backend.host import Host
from hardware_sim.bleak_backend.scanner import VirtualRadioAdapter, VirtualRadioScanner
from hardware_sim.central import Central
from hardware_sim.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Backend:
    """The classes that bleak takes as `backend=`, all bound to one radio, and the host that they share."""

    client: type[VirtualRadioClient]
    scanner: type[VirtualRadioScanner]
    adapter: type[VirtualRadioAdapter]
    host: Host


def backend_for(central: Central, *, schedule: Schedule | None = None) -> Backend:
    """Return bleak classes that reach the peripherals of a radio.

    The radio lives on whichever event loop the program runs, real or virtual; one loop at a time. `schedule` is what
    drives the radio: its own `schedule` unless given; a central that runs by itself has none.
    """
    host = Host(central, schedule if schedule is not None else getattr(central, "schedule", None))
    return Backend(
        type("VirtualRadioClient", (VirtualRadioClient,), {"host": host}),
        type("VirtualRadioScanner", (VirtualRadioScanner,), {"host": host}),
        type("VirtualRadioAdapter", (VirtualRadioAdapter,), {"host": host}),
        host,
    )


@contextlib.contextmanager
def as_default(backend: Backend) -> Iterator[None]:
    """Let bleak choose this backend wherever a program names none, in this process, until the block ends."""
    name = "virtual radio"
    with contextlib.ExitStack() as stack:
        for kind, chosen in (("client", backend.client), ("scanner", backend.scanner), ("adapter", backend.adapter)):
            asked = f"get_platform_{kind}_backend_type"
            for module in (bleak, getattr(bleak.backends, kind)):
                stack.enter_context(mock.patch.object(module, asked, lambda chosen=chosen: (chosen, name)))
        yield
