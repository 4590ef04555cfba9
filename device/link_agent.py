"""A pairing agent on Linux, so that trackers that pair without a number pair without a desktop.

The rule of this file: NoInputNoOutput only: nothing is shown, nothing is typed, and a request that would need
either is refused. Where BlueZ has no agent manager, there is simply no agent. Source: BlueZ doc/org.bluez.Agent.rst.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator

from dbus_fast import BusType, DBusError, Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

_log = logging.getLogger(__name__)
PATH = "/kadenz/pairing_agent"
_REJECTED = "org.bluez.Error.Rejected"


class PairingAgent(ServiceInterface):
    """Says yes to what needs no person, no to the rest."""

    def __init__(self) -> None:
        super().__init__("org.bluez.Agent1")

    @method("Release")
    def release(self) -> None:
        """Take note that BlueZ needs the agent no more."""

    @method("Cancel")
    def cancel(self) -> None:
        """Take note that a request was withdrawn."""

    @method("RequestAuthorization")
    def request_authorization(self, device: "o") -> None:  # type: ignore[name-defined] # noqa: F821, UP037
        """Authorize a pairing that Kadenz itself began (Just Works)."""

    @method("AuthorizeService")
    def authorize_service(self, device: "o", uuid: "s") -> None:  # type: ignore[name-defined] # noqa: F821, UP037
        """Authorize a service of a tracker that is paired."""

    @method("RequestConfirmation")
    def request_confirmation(self, device: "o", passkey: "u") -> None:  # type: ignore[name-defined] # noqa: F821, UP037
        """Refuse: there is nobody to compare numbers."""
        raise DBusError(_REJECTED, "no display")

    @method("RequestPasskey")
    def request_passkey(self, device: "o") -> "u":  # type: ignore[name-defined] # noqa: F821, UP037
        """Refuse: there is nobody to type a number."""
        raise DBusError(_REJECTED, "no keyboard")

    @method("RequestPinCode")
    def request_pin_code(self, device: "o") -> "s":  # type: ignore[name-defined] # noqa: F821, UP037
        """Refuse: there is nobody to type a number."""
        raise DBusError(_REJECTED, "no keyboard")


@contextlib.asynccontextmanager
async def pairing_agent() -> AsyncIterator[bool]:
    """Have an agent registered inside the block; gives False where the system takes none."""
    bus = MessageBus(bus_type=BusType.SYSTEM)
    try:
        registered = await _register(bus)
        yield registered
        if registered:
            await _call(bus, "UnregisterAgent", "o", [PATH])
    finally:
        bus.disconnect()


async def _register(bus: MessageBus) -> bool:
    try:
        await bus.connect()
        bus.export(PATH, PairingAgent())
        return await _call(bus, "RegisterAgent", "os", [PATH, "NoInputNoOutput"])
    except (OSError, EOFError, DBusError) as error:
        _log.debug("no pairing agent: %s", error)
        return False


async def _call(bus: MessageBus, member: str, signature: str, body: list[str]) -> bool:
    message = Message(
        destination="org.bluez",
        path="/org/bluez",
        interface="org.bluez.AgentManager1",
        member=member,
        signature=signature,
        body=body,
    )
    reply = await bus.call(message)
    if reply is None or reply.message_type is MessageType.ERROR:
        _log.debug("%s: %s", member, reply and reply.error_name)
        return False
    return True
