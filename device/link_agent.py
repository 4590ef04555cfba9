"""A pairing agent on Linux, so that trackers that pair without a number pair without a desktop.

The rule of this file: it lives as long as a pairing that Kadenz began, and answers nobody else's. NoInputNoOutput:
nothing is shown, nothing is typed, and a request that would need either is refused. Where BlueZ has no agent manager,
there is simply no agent. Source: BlueZ doc/org.bluez.Agent.rst, org.bluez.AgentManager.rst.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator

from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

_log = logging.getLogger(__name__)
PATH = "/kadenz/pairing_agent"
#: What needs no person; the rest (PIN code, passkey, comparing numbers) does.
_GRANTED = frozenset({"RequestAuthorization", "AuthorizeService", "Cancel", "Release"})


def answer(call: Message) -> Message | None:
    """Return the reply to a call of the agent, None for a message that is none."""
    if call.message_type is not MessageType.METHOD_CALL or call.path != PATH or call.interface != "org.bluez.Agent1":
        return None
    if call.member in _GRANTED:
        return Message.new_method_return(call)
    return Message.new_error(call, "org.bluez.Error.Rejected", "there is nobody to show or type a number")


@contextlib.asynccontextmanager
async def pairing_agent() -> AsyncIterator[bool]:
    """Have an agent inside the block; gives False where the system takes none.

    It has to be the default one: BlueZ asks the agent of the D-Bus connection that pairs, which is bleak's, not ours.
    """
    bus = MessageBus(bus_type=BusType.SYSTEM)
    try:
        registered = await _register(bus)
        yield registered
        if registered:
            await _call(bus, "UnregisterAgent", "o", PATH)
    finally:
        bus.disconnect()


async def _register(bus: MessageBus) -> bool:
    try:
        await bus.connect()
        bus.add_message_handler(answer)
        registered = await _call(bus, "RegisterAgent", "os", PATH, "NoInputNoOutput")
        return registered and await _call(bus, "RequestDefaultAgent", "o", PATH)
    except (OSError, EOFError) as error:
        _log.debug("no pairing agent: %s", error)
        return False


async def _call(bus: MessageBus, member: str, signature: str, *body: str) -> bool:
    message = Message(
        destination="org.bluez",
        path="/org/bluez",
        interface="org.bluez.AgentManager1",
        member=member,
        signature=signature,
        body=list(body),
    )
    reply = await bus.call(message)
    if reply is None or reply.message_type is MessageType.ERROR:
        _log.debug("%s: %s", member, reply and reply.error_name)
        return False
    return True
