"""The memory of a trip watch as text, and back.

The rule of this file: a text that is no such memory is a clear ValueError.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from edge.trip_types import Air, Hold, Seen, Stay, TripMemory


def memory_text(memory: TripMemory) -> str:
    """Return the memory as JSON text."""
    return json.dumps(asdict(memory))


def memory_from(text: str) -> TripMemory:
    """Return the memory of a JSON text; raises ValueError where it is none."""
    try:
        stored = json.loads(text)
        parts = {"stay": Stay, "air": Air, "hold": Hold, "seen": Seen, "leap": Seen, "gate": Seen}
        made = {name: None if stored[name] is None else kind(**stored[name]) for name, kind in parts.items()}
        lists = {
            name: tuple(float(v) for v in stored[name]) for name in ("steps_s", "recent_deg", "scene") if name in stored
        }
        return TripMemory(**{**stored, **made, **lists})
    except (TypeError, KeyError, AttributeError) as problem:
        raise ValueError(f"not the memory of a trip watch: {problem}") from problem
