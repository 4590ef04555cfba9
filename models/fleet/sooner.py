"""Parts of Flower's SecAgg+ in whose place stand ours, which give the same bytes sooner.

The rule of this file: in a box alone, where nothing is secret; a fleet of real devices keeps Flower's own. The
protocol, its messages and its keys are Flower's; where this Flower has no such part, it is another one than Kadenz
knows, and nothing is put anywhere.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any

from models.fleet.shamir import combine_shares, create_shares

_DEVICE = "flwr.client.mod.secure_aggregation.secaggplus_mod"
_SERVER = "flwr.server.workflow.secure_aggregation.secaggplus_workflow"


def install() -> None:
    """Put ours in place; ImportError where there is no such place."""
    _put(_DEVICE, "create_shares", create_shares)
    _put(_SERVER, "combine_shares", combine_shares)
    reads = getattr(importlib.import_module(_DEVICE), "bytes_to_private_key", None)
    if not hasattr(reads, "cache_info"):  # a device reads its own key for each neighbour
        _put(_DEVICE, "bytes_to_private_key", lru_cache(maxsize=1)(reads) if reads else None)


def _put(module: str, name: str, own: Any) -> None:
    found = importlib.import_module(module)
    if not hasattr(found, name):
        raise ImportError(f"this Flower has no {name} to put Kadenz's own in place of: 1.41 is the one that has")
    setattr(found, name, own)
