"""Who is asked when a tracker wants to pair: org.bluez.AgentManager1.

The rule of this file: no decision of its own; a client's agent decides, and where there is none nobody does. Source:
BlueZ doc/org.bluez.AgentManager.rst and org.bluez.Agent.rst.
"""

from __future__ import annotations

from collections.abc import Callable

from dbus_fast import Message

from hardware_sim.bluez import errors
from hardware_sim.bluez.host import Host
from hardware_sim.bluez.tree import Call, Interface, method

_AGENT = "org.bluez.Agent1."
_CAPABILITIES = ("", "DisplayOnly", "DisplayYesNo", "KeyboardOnly", "NoInputNoOutput", "KeyboardDisplay")


class AgentManager(Interface):
    """The agents of the clients, and the one that is asked by default.

    `desktop` stands for the agent that a desktop session has: with it, pairing that a client asks for goes through, as
    BlueZ accepts it of itself where any agent is there; but nobody sits in front of it to allow what nobody asked for.
    """

    name = "org.bluez.AgentManager1"

    def __init__(self, host: Host, *, desktop: bool) -> None:
        super().__init__(host.tree, "/org/bluez")
        self._host, self._desktop = host, desktop
        self._agents: dict[str, str] = {}
        self._defaults: list[str] = []
        host.leaves.append(self._leave)

    def any_for(self, client: str) -> bool:
        """Return whether there is an agent when a client asks to pair: its own, or a default one."""
        return client in self._agents or bool(self._defaults) or self._desktop

    def authorize(self, device: str, done: Callable[[bool], None]) -> None:
        """Ask the default agent whether a device may pair that nobody asked to pair; False where there is none."""
        if not self._defaults:
            done(False)
            return
        client = self._defaults[-1]

        def answered(answer: Message | None) -> None:
            done(answer is not None)

        self._host.ask(client, self._agents[client], _AGENT + "RequestAuthorization o", [device], answered)

    @method("RegisterAgent", "os")
    def register(self, call: Call) -> None:
        """Take a client's agent."""
        path, capability = call.arguments
        if call.sender in self._agents:
            raise errors.already_exists()
        if capability not in _CAPABILITIES:
            raise errors.invalid_arguments()
        self._agents[call.sender] = path
        call.reply()

    @method("UnregisterAgent", "o")
    def unregister(self, call: Call) -> None:
        """Let a client's agent go; it is told by Release."""
        self._known(call)
        self._host.ask(call.sender, call.arguments[0], _AGENT + "Release")
        self._leave(call.sender)
        call.reply()

    @method("RequestDefaultAgent", "o")
    def request_default(self, call: Call) -> None:
        """Make a client's agent the one that is asked by default."""
        self._known(call)
        self._defaults = [one for one in self._defaults if one != call.sender] + [call.sender]
        call.reply()

    def _known(self, call: Call) -> None:
        if self._agents.get(call.sender) != call.arguments[0]:
            raise errors.does_not_exist()

    def _leave(self, client: str) -> None:
        self._agents.pop(client, None)
        self._defaults = [one for one in self._defaults if one != client]


class ProfileManager(Interface):
    """Profiles of the classic radio, taken and never used: trackers have none."""

    name = "org.bluez.ProfileManager1"

    def __init__(self, host: Host) -> None:
        super().__init__(host.tree, "/org/bluez")
        self._profiles: dict[tuple[str, str], str] = {}

    @method("RegisterProfile", "osa{sv}")
    def register(self, call: Call) -> None:
        """Take a client's profile."""
        path, uuid, _ = call.arguments
        if (call.sender, path) in self._profiles:
            raise errors.already_exists()
        self._profiles[call.sender, path] = uuid
        call.reply()

    @method("UnregisterProfile", "o")
    def unregister(self, call: Call) -> None:
        """Let a client's profile go."""
        if self._profiles.pop((call.sender, call.arguments[0]), None) is None:
            raise errors.does_not_exist()
        call.reply()
