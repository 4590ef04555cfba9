"""What the objects of the virtual BlueZ share: the tree they stand in, the radio behind them, the time, the clients.

The rule of this file: one host per bus; nothing here knows an object by its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from dbus_fast import Message, MessageType

from hardware_sim.bluez.tree import Tree
from hardware_sim.central import Central

Answer = Callable[[Message | None], None]
"""Takes what a client answered, None where it did not."""


class Timer(Protocol):
    """A call that is to come."""

    def cancel(self) -> None: ...


class Host:
    """The surroundings of every object: `leaves` are called with the unique name of each client that goes."""

    def __init__(
        self,
        tree: Tree,
        central: Central,
        after: Callable[[float, Callable[[], None]], Timer],
        ask: Callable[[Message, Answer], None],
        begun: Callable[[], None],
    ) -> None:
        self.tree, self.central = tree, central
        self.after = after
        """Make a call in so many s of the radio's time."""
        self._ask = ask
        self.begun = begun
        """Bring the radio's time up to date; whoever acts from outside of it calls it first."""
        self.leaves: list[Callable[[str], None]] = []
        self.powered: Callable[[], bool] = lambda: True
        """Whether the adapter is switched on; the adapter sets it."""

    def left(self, client: str) -> None:
        """Note that a client is gone from the bus."""
        for leave in list(self.leaves):
            leave(client)

    def ask(self, client: str, path: str, method: str, body: Sequence[object] = (), done: Answer | None = None) -> None:
        """Call a method of a client, named "interface.Method signature"; `done` gets its answer, None for an error."""
        where, _, signature = method.partition(" ")
        interface, _, member = where.rpartition(".")
        message = Message(
            client, path, interface, member, MessageType.METHOD_CALL, signature=signature, body=list(body)
        )
        self._ask(message, done or (lambda answer: None))
