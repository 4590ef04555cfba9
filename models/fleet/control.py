"""What is asked of a fleet's server by its keeper: admit a node, start a round, see who is there and how far it is.

The rule of this file: the server is reached over TLS on the loopback interface, and its certificate must be its own
fleet's; whoever else can reach that port on this machine could ask the same (Flower 1.41 knows no keeper's password
without its makers' login).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from flwr.common.serde import fab_to_proto
from flwr.proto.control_pb2 import ListNodesRequest, ListRunsRequest, RegisterNodeRequest, StartRunRequest
from flwr.supercore.control import ControlHttpClient
from flwr.supercore.fab import Fab
from flwr.supercore.interceptors import RuntimeVersionHttpInterceptor

from models.fleet.bundle import bundle_of
from models.sharing.exchange import SharingError


@dataclass(frozen=True, slots=True)
class RunTold:
    """How far a run is, and what went over the wire."""

    status: str
    details: str
    bytes_sent: int
    bytes_received: int
    client_s: float


@contextmanager
def _client(port: int, authority: Path) -> Iterator[ControlHttpClient]:
    client = ControlHttpClient.from_server_address(
        f"127.0.0.1:{port}", False, authority.read_bytes(), [RuntimeVersionHttpInterceptor(component_name="flwr CLI")]
    )
    try:
        yield client
    except httpx.HTTPError as problem:
        raise SharingError(f"the fleet's server did not answer: {type(problem).__name__}") from None
    finally:
        client.close()


def is_up(port: int, authority: Path) -> bool:
    """Return whether the fleet's own server answers on a port."""
    try:
        with _client(port, authority) as client:
            client.ListNodes(ListNodesRequest())
    except SharingError:
        return False
    return True


def admit(port: int, authority: Path, public_key: bytes, name: str) -> int:
    """Admit a node by its public key; return its number at the server."""
    with _client(port, authority) as client:
        told = client.RegisterNode(RegisterNodeRequest(public_key=public_key, name=name))
    if not told.node_id:
        raise SharingError(f"the fleet's server did not admit {name}")
    return int(told.node_id)


def nodes(port: int, authority: Path) -> dict[str, str]:
    """Return every admitted node's name and whether it is online."""
    with _client(port, authority) as client:
        return {one.name: one.status for one in client.ListNodes(ListNodesRequest()).nodes_info}


def start(port: int, authority: Path, run: dict[str, Any]) -> int:
    """Start a run with its configuration; return its number."""
    content = bundle_of(run)
    fab = Fab(hashlib.sha256(content).hexdigest(), content, {})
    with _client(port, authority) as client:
        told = client.StartRun(StartRunRequest(fab=fab_to_proto(fab)))
    if not told.HasField("run_id"):
        raise SharingError("the fleet's server did not start the round")
    return int(told.run_id)


def told_of(port: int, authority: Path, run_id: int) -> RunTold:
    """Return how far a run is."""
    with _client(port, authority) as client:
        run = client.ListRuns(ListRunsRequest(run_id=run_id)).run_dict[run_id]
    status = run.status.status if run.status.status != "finished" else run.status.sub_status or "finished"
    return RunTold(status, run.status.details, run.bytes_sent, run.bytes_recv, run.clientapp_runtime)
