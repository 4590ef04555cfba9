"""The memory of a trip watch as text, and back.

The rule of this file: a text that is no such memory is a clear ValueError.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar

from edge.trip_types import Air, Hold, Seen, Stay, TripMemory

_Part = TypeVar("_Part", Stay, Air, Hold, Seen, TripMemory)


def memory_text(memory: TripMemory) -> str:
    """Return the memory as JSON text."""
    return json.dumps(asdict(memory))


def memory_from(text: str) -> TripMemory:
    """Return the memory of a JSON text; raises ValueError where it is none."""
    try:
        stored = json.loads(text)
        parts = {"stay": Stay, "air": Air, "hold": Hold, "seen": Seen, "leap": Seen, "gate": Seen}
        made = {name: None if stored[name] is None else _made(kind, stored[name]) for name, kind in parts.items()}
        lists = {
            name: tuple(float(v) for v in stored[name])
            for name in ("steps_s", "recent_deg", "scene", "supposed")
            if name in stored
        }
        return _made(TripMemory, {**stored, **made, **lists})
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"not the memory of a trip watch: {problem}") from problem


def _made(kind: type[_Part], stored: Mapping[str, Any]) -> _Part:
    """Return a part from its stored fields; those that an older version knew are left out."""
    known = {part.name for part in fields(kind)}
    return kind(**{name: value for name, value in stored.items() if name in known})
