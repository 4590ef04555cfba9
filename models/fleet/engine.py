"""Flower's simulation runtime for thousands of virtual nodes on two cores: its state, messages and apps, our hands.

The rule of this file: Flower asks and adds up as always; in place of two of its parts that grow with the square of the
fleet, or cost more than the work, stand two that do the same: who hands a question to its node, and the processes that
answer it (pipes, no sockets). A process answers with the app of its own machine, as a node does.
"""

from __future__ import annotations

import importlib
import importlib.util
import multiprocessing
import pickle
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Queue
from types import ModuleType
from typing import Any

from flwr.app import Context, Message
from flwr.server.superlink.fleet.vce.backend import Backend
from flwr.supercore.date import now

#: Between two looks for questions, and between two writings of how far it is.
_LOOK_S, _TELL_S = 0.02, 0.5
#: Processes beyond the cores, so that none waits for the runtime to take its answer.
_SPARE = 1
#: Questions that wait at each process's pipe, so that it never waits for one.
_ON_THE_WAY = 4
_RAY = "flwr.server.superlink.fleet.vce.backend.raybackend"


def deliver(state: Any, waiting: Queue[Message], nodes: dict[int, int], stop: threading.Event) -> None:
    """Hand each question to its node once; Flower's own looks through all questions for each node, again and again."""
    while not stop.is_set():
        with state.lock:
            asked = [one for one in state.message_ins_store.values() if one.metadata.delivered_at == ""]
            for message in asked:
                message.metadata.delivered_at = now().isoformat()
        for message in asked:
            if message.metadata.dst_node_id in nodes:
                waiting.put(message)
        stop.wait(_LOOK_S)


def _answers(run: dict[str, Any], pipe: Connection, not_ours: list[Connection]) -> None:
    """Answer questions with this machine's app until the pipe is closed; called in a process of its own."""
    from models.fleet.client import client_app

    for one in not_ours:  # else a pipe would stay open when the runtime is gone
        one.close()
    app, contexts = client_app(run), dict[int, Context]()
    while True:
        try:
            message, context = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        context = contexts.setdefault(context.node_id, context)
        try:
            answer: object = app(message, context)
        except Exception as problem:  # what a device fails with is told, as over a wire
            answer = f"{type(problem).__name__}: {problem}"
        pipe.send_bytes(pickle.dumps(answer))


class _Hand:
    """One process that answers, and the pipe to it."""

    def __init__(self, run: dict[str, Any], before: list[_Hand]) -> None:
        ways = multiprocessing.get_context("fork")  # before any thread of Flower's, with all that is loaded
        self.pipe, theirs = ways.Pipe()
        not_ours = [self.pipe, *(one.pipe for one in before)]
        self.process = ways.Process(target=_answers, args=(run, theirs, not_ours), daemon=True)
        self.process.start()
        self._one_at_a_time = threading.Lock()
        theirs.close()

    def ask(self, message: Message, context: Context) -> object:
        question = pickle.dumps((message, context))
        with self._one_at_a_time:
            self.pipe.send_bytes(question)
            answer = self.pipe.recv_bytes()
        return pickle.loads(answer)

    def end(self) -> None:
        self.pipe.close()
        self.process.join(2.0)
        self.process.kill()
        self.process.join()


class Hands(Backend):  # type: ignore[misc]  # typed without Flower
    """Flower's backend on processes and pipes; tells in a file how many questions were answered."""

    def __init__(self, run: dict[str, Any], told: Path) -> None:
        self._told = told
        self._answered, self._told_at = 0, 0.0
        self._lock = threading.Lock()
        self._hands: list[_Hand] = []
        for _ in range(int(run["workers"]) + _SPARE):
            self._hands.append(_Hand(run, self._hands))

    def build(self, app_fn: Any) -> None:
        """Do nothing: the processes stand ready, each with its own app."""

    @property
    def num_workers(self) -> int:
        """How many questions are on their way at once."""
        return _ON_THE_WAY * len(self._hands)

    def is_worker_idle(self) -> bool:
        """Return whether a question may come: they queue at the pipes."""
        return True

    def process_message(self, message: Message, context: Context) -> tuple[Message, Context]:
        """Return a node's answer; its state stays in the process that always answers for it."""
        answer = self._hands[context.node_id % len(self._hands)].ask(message, context)
        self._tell()
        if isinstance(answer, Message):
            return answer, context
        raise RuntimeError(answer)

    def _tell(self) -> None:
        with self._lock:
            self._answered += 1
            if time.monotonic() - self._told_at < _TELL_S:
                return
            self._told_at = time.monotonic()
            beside = self._told.with_suffix(".part")
            beside.write_text(str(self._answered))
            beside.replace(self._told)

    def terminate(self) -> None:
        """End the processes."""
        for hand in self._hands:
            hand.end()


def install(run: dict[str, Any], told: Path) -> None:
    """Put both in Flower's place, so that Ray is not even loaded; ImportError where this Flower has no such place."""
    runtime = importlib.import_module("flwr.server.superlink.fleet.vce.vce_api")
    if not hasattr(runtime, "add_messages_to_queue") or importlib.util.find_spec(_RAY) is None:
        raise ImportError("this Flower's simulation is another one: 1.41 is the one that Kadenz knows")
    runtime.add_messages_to_queue = deliver  # type: ignore[attr-defined]
    backend = ModuleType(_RAY)
    hands = Hands(run, told)
    backend.RayBackend = lambda _: hands  # type: ignore[attr-defined]
    sys.modules[_RAY] = backend
