"""Which way this person wants the screen: what they turn by hand is kept and learned from, and can be taken back.

The rule of this file: it decides and remembers; a platform's adapter turns, and only when `app.views.turning` lets it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.store import Store, StoreError
from app.views.turning import LANDSCAPE, Turning, turned, wanted
from app.views.words import Words
from edge.screen.preference import FOLLOW, Orientation, Phase, Preference, corrected, fixed_edge, nothing_learned

_LOG = logging.getLogger(__name__)
MEMORY = "screen turning"
EDGES = {"portrait": Orientation.PORTRAIT, "landscape": Orientation.LANDSCAPE_LEFT}


def kept_text(known: Preference) -> bytes:
    """Return what was learned as it is stored."""
    columns = {name: getattr(known, name).tolist() for name in Preference.__slots__}
    return json.dumps(columns, sort_keys=True).encode()


def preference_from(stored: bytes) -> Preference:
    """Return what was learned; what cannot be read is nothing learned."""
    empty = nothing_learned()
    if not stored:
        return empty
    try:
        kept = json.loads(stored)
        columns = {name: np.array(kept[name], dtype=float) for name in Preference.__slots__}
    except (ValueError, KeyError, TypeError):
        return empty
    whole = all(columns[name].shape == getattr(empty, name).shape for name in columns)
    sound = whole and all(np.isfinite(one).all() and (one >= 0).all() for one in columns.values())
    return Preference(**columns) if sound and (columns["rule"] <= FOLLOW).all() else empty


@dataclass(slots=True)
class Turns:
    """What is learned and what holds: `phase` is what the person is doing, `shape` how the screen is now."""

    known: Preference = field(default_factory=nothing_learned)
    phase: Phase = Phase.STANDING
    shape: str = "portrait"
    now: Turning = field(default_factory=Turning)
    held: tuple[Phase, str] | None = None
    """The way that was turned to by hand, and the phase for which it holds."""

    @classmethod
    def of(cls, open_store: Callable[[], Store]) -> Turns:
        """Return what a diary knows."""
        try:
            with open_store() as store:
                return cls(preference_from(store.memory(MEMORY)))
        except StoreError as problem:
            _LOG.warning("how the screen is liked cannot be read: %s", problem)
            return cls()

    def by_hand(self, way: str) -> None:
        """Take that the person turned the screen: it holds in this phase, and is learned from."""
        self.held = (self.phase, way)
        self.known = corrected(self.known, self.phase, EDGES[way], None)

    def step(self, setting: str, now_s: float, finger_down: bool, last_alert_s: float, words: Words) -> Turning | None:
        """Return the turn that is due now, None where the screen stays as it is."""
        asked = wanted(setting, self.known, self.phase)
        if self.held is not None and self.held[0] is self.phase and setting not in EDGES:
            asked = (self.held[1], "you")
        count = self._count()
        before = self.now
        self.now = turned(
            before, asked, now_s, finger_down=finger_down, last_alert_s=last_alert_s, corrections=count, words=words
        )
        return self.now if self.now.way not in (before.way, "system") and self.now.way != self.shape else None

    def _count(self) -> float:
        """Return how often the person turned to the edge that was learned, in this phase."""
        edge = fixed_edge(self.known, self.phase)
        if edge is None:
            return 0.0
        edges = LANDSCAPE if edge in LANDSCAPE else (edge,)
        return float(sum(self.known.times[self.phase.value, one.value] for one in edges))
