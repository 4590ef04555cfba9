"""A fleet on this machine: `serve` begins the server, `join` a node, `rounds` asks them, `stop` ends all of it.

The rule of this file: everything listens on 127.0.0.1 over TLS and only admitted nodes are heard; a folder holds the
whole fleet, and after `stop` no process of it is left.
"""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.fleet import processes, quiet
from models.fleet.cohorts import Rule
from models.fleet.offers import OFFER, write_offer
from models.fleet.processes import Begun
from models.sharing.contribution import Contribution
from models.sharing.exchange import SharingError

_BEGINS_S = 60.0
_SUPERLINK = "flwr.superlink.cli:flower_superlink"
_SUPERNODE = "flwr.supernode.cli:flower_supernode"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a fleet."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "flower"

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def known(self) -> Path:
        return self.folder / "processes.json"

    @property
    def result(self) -> Path:
        return self.folder / "result.json"

    @property
    def prior(self) -> Path:
        return self.folder / "prior.json"

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Hold the fleet's folder, so that two that join at once do not forget each other."""
    import fcntl

    with (place.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def server_of(place: Place) -> Begun:
    """Return the fleet's server; SharingError where none runs."""
    found = next((one for one in processes.recall(place.known) if one.name == "server"), None)
    if found is None or processes.alive(found) is None:
        raise SharingError(f"no fleet is served from {place.folder.name}: begin with `kadenz fleet serve`")
    return found


def serve(place: Place, port: int | None = None) -> Begun:
    """Begin the server; SharingError where one runs, or it does not answer within a minute."""
    place.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    quiet.silence(place.home)
    from models.fleet import certificates, control

    if any(processes.alive(one) for one in processes.recall(place.known)):
        raise SharingError("a fleet is already served from there: `kadenz fleet stop` ends it")
    paths, port = certificates.make_server(place.folder), port or _free_port()
    options = ["--ssl-certfile", str(paths.certificate), "--ssl-keyfile", str(paths.key)]
    options += ["--ssl-ca-certfile", str(paths.authority), "--enable-supernode-auth"]
    options += ["--disable-runtime-dependency-installation", "--host", "127.0.0.1", "--port", str(port)]
    begun = processes.begin("server", _SUPERLINK, options, port, quiet.environment(place.home), place.log("server"))
    processes.remember(place.known, [begun])
    end = time.monotonic() + _BEGINS_S
    while not control.is_up(port, place.authority):
        if processes.alive(begun) is None or time.monotonic() > end:
            stop(place)
            raise SharingError("the fleet's server did not begin; server.log in its folder says why")
        time.sleep(0.3)
    return begun


def join(place: Place, name: str, contribution: Contribution, rule: Rule, program: str | None = None) -> Begun:
    """Begin a node that offers one contribution by its own rule, and have it admitted; SharingError where it cannot."""
    if not _NAME.fullmatch(name) or name == "server":
        raise SharingError(f"{name!r} is no name for a node: small letters, digits and dashes, not 'server'")
    quiet.silence(place.home)
    from models.fleet import certificates, control, own_code

    server, folder = server_of(place), place.folder / name
    with _alone(place):
        known = processes.recall(place.known)
        if any(one.name == name and processes.alive(one) for one in known):
            raise SharingError(f"{name} is already in the fleet")
        folder.mkdir(exist_ok=True, mode=0o700)
        write_offer(contribution, rule, folder / "offer.json")
        key, public = certificates.make_node(folder)
        control.admit(server.port, place.authority, public, f"{name}-{os.urandom(3).hex()}")
        programs = own_code.write_program(folder / "bin", program or "models.fleet.own_code")
        port = _free_port()
        options = ["--root-certificates", str(place.authority), "--superlink", f"127.0.0.1:{server.port}"]
        options += ["--auth-supernode-private-key", str(key), "--host", "127.0.0.1", "--port", str(port)]
        options += ["--node-config", f'{OFFER}="{folder / "offer.json"}"']
        environment = quiet.environment(place.home, programs)
        begun = processes.begin(name, _SUPERNODE, options, port, environment, place.log(name))
        processes.remember(place.known, [*(one for one in known if one.name != name), begun])
    return begun


def leave(place: Place, name: str) -> None:
    """End one node and delete what it offered."""
    with _alone(place):
        known = processes.recall(place.known)
        for one in known:
            if one.name == name:
                processes.end(processes.family(one))
        (place.folder / name / "offer.json").unlink(missing_ok=True)
        processes.remember(place.known, [one for one in known if one.name != name])


def begin_rounds(place: Place, rule: Rule, rounds: int, least_nodes: int, wait_s: float = 30.0) -> int:
    """Start rounds at the server; return the run's number there."""
    quiet.silence(place.home)
    from models.fleet import control

    place.result.unlink(missing_ok=True)
    run: dict[str, Any] = {**asdict(rule), "rounds": rounds, "least_nodes": least_nodes, "wait_s": wait_s}
    return control.start(server_of(place).port, place.authority, {**run, "result": str(place.result)})


def wait_for(place: Place, run_id: int, longest_s: float) -> dict[str, Any]:
    """Return how a run ended and what went over the wire; SharingError where it failed or took longer."""
    from models.fleet import control

    port, end = server_of(place).port, time.monotonic() + longest_s
    while time.monotonic() < end:
        told = control.told_of(port, place.authority, run_id)
        if told.status in ("completed", "finished"):
            return asdict(told)
        if told.status in ("failed", "stopped"):
            raise SharingError(f"the round {told.status}: {told.details or 'server.log in the folder says why'}")
        time.sleep(0.5)
    raise SharingError(f"the rounds did not end within {longest_s:g} s")


def document_of(place: Place) -> dict[str, Any]:
    """Return the document that the last rounds wrote (`models.fleet.server`); SharingError where none ended."""
    if not place.result.exists():
        raise SharingError("no round has ended here yet")
    found: dict[str, Any] = json.loads(place.result.read_text())
    return found


def status(place: Place) -> list[dict[str, Any]]:
    """Return each process that the fleet began: whether it runs, its memory and its port."""
    return [
        {
            "name": one.name,
            "runs": processes.alive(one) is not None,
            "memory_mb": processes.memory_mb(one),
            "port": one.port,
        }
        for one in processes.recall(place.known)
    ]


def stop(place: Place) -> int:
    """End every process of the fleet, orphans too; return how many were ended. What was offered is deleted."""
    found = {process.pid: process for one in processes.recall(place.known) for process in processes.family(one)}
    found |= {process.pid: process for process in processes.marked(place.folder)}
    ended = processes.end(list(found.values()))
    processes.end(processes.marked(place.folder))
    for one in processes.recall(place.known):
        (place.folder / one.name / "offer.json").unlink(missing_ok=True)
    if place.known.exists():
        processes.remember(place.known, [])
    return ended
