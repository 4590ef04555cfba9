"""A fleet inside one process: Flower's own apps, masks and messages, without its engine.

The rule of this file: nothing is faked but the way between server and devices; who leaves, is slow or lies, and when,
is said by `behaves`. For laws, and for what a device's and a server's own part costs.
"""

from __future__ import annotations

import copy
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from flwr.app import Context, Message, RecordDict
from flwr.clientapp import ClientApp
from flwr.common.constant import SUPERLINK_NODE_ID
from flwr.supercore.task_identity import TaskIdentity

from models.fleet.client import client_app
from models.fleet.cohorts import Rule
from models.fleet.cost import Cost
from models.fleet.offers import PEOPLE, People
from models.fleet.server import one_round

#: What a device makes of its reply (None: no answer), given its node, how many it was asked before, and the reply.
Behaves = Callable[[int, int, Message], "Message | None"]


def honest(_node: int, _asked: int, reply: Message) -> Message:
    """Return the reply as it is."""
    return reply


@dataclass(slots=True)
class InsideGrid:
    """Devices 1 to n that answer at once; counts what they were asked, what went over, and their processor time."""

    people: int
    app: ClientApp
    behaves: Behaves = honest
    asked: dict[int, int] = field(default_factory=dict)
    contexts: dict[int, Context] = field(default_factory=dict)
    device_s: float = 0.0
    bytes_down: int = 0
    bytes_up: int = 0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        TaskIdentity.task_id, TaskIdentity.run_id, TaskIdentity.node_id = 1, 1, SUPERLINK_NODE_ID

    def get_node_ids(self) -> list[int]:
        return list(range(1, self.people + 1))

    def send_and_receive(self, messages: Iterable[Message], *, timeout: float | None = None) -> list[Message]:
        """Return the replies of those who answer; an app that raises gives none, as a device that fails."""
        with self._one_at_a_time:
            replies = [self._ask(message) for message in messages]
        return [reply for reply in replies if reply is not None]

    def _ask(self, message: Message) -> Message | None:
        node = message.metadata.dst_node_id
        message.metadata.__dict__["_message_id"] = str(uuid4())
        before, self.asked[node] = self.asked.get(node, 0), self.asked.get(node, 0) + 1
        self.bytes_down += size_of(message)
        TaskIdentity.node_id, begun = node, time.process_time()
        try:
            reply = self.app(copy.deepcopy(message), self._context(node))  # as over a wire: nothing is shared
        except Exception:  # a device that fails, in whatever way, gives no answer
            return None
        finally:
            self.device_s += time.process_time() - begun
            TaskIdentity.node_id = SUPERLINK_NODE_ID
        shown = self.behaves(node, before, reply)
        self.bytes_up += size_of(shown) if shown is not None else 0
        return shown

    def _context(self, node: int) -> Context:
        if node not in self.contexts:
            place: Any = {"partition-id": node - 1}
            self.contexts[node] = Context(1, node, place, RecordDict(), {})
        return self.contexts[node]


def size_of(message: Message) -> int:
    """Return the bytes of a message's content as it is sent, without the envelope and TLS."""
    return sum(len(one.deflate()) for one in message.content.values())


def cost_of(people: People, rule: Rule, home: Path) -> Cost:
    """Return what one person of simulated people costs in a round; ValueError where not all of them answered."""
    logging.getLogger("flwr").setLevel(logging.WARNING)
    people.save(home / "people.npz")
    count = len(people.numbers)
    run = {PEOPLE: str(home / "people.npz"), "clip_norm": rule.clip_norm, "noise_multiplier": rule.noise_multiplier}
    grid = InsideGrid(count, client_app(run))
    server: Any = grid
    context = Context(1, SUPERLINK_NODE_ID, {}, RecordDict(), {})
    begun = time.process_time()
    _, told = one_round(server, context, grid.get_node_ids(), rule, 1, np.random.default_rng(1))
    spent_s = time.process_time() - begun
    if told.answered != count:
        raise ValueError(f"only {told.answered} of {count} answered in one process")
    device_ms, asked = 1000.0 * grid.device_s / count, sum(grid.asked.values()) / count
    server_ms = 1000.0 * (spent_s - grid.device_s) / count
    return Cost(device_ms, server_ms, grid.bytes_down / count, grid.bytes_up / count, asked)
