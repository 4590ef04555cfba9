"""Altered gait in a recorded run: samples and steps to the watch, its cues to the coach, the baseline kept.

The rule of this file: one baseline a person and place of the tracker, kept in the diary's memories under `name_of`;
a baseline that cannot be read is learned again; it is kept after runs without pain alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.store import Store
from edge.coach.live import Cue, LiveCoach
from edge.coach.live_gait import LiveGait, after_run, fine_again, heeded
from edge.limp_baseline import NOTHING, Baseline, restored, saved
from edge.samples import Inertial, Samples
from edge.session import LiveSession

#: Places of the tracker where false alarms are shown to be few enough that gait alone may ease a run: none so far
#: (docs/signal/limp.md: too few hours were judged), so it asks.
MAY_EASE: frozenset[str] = frozenset()


def name_of(place: str) -> str:
    """Return the name under which the baseline of a place of the tracker ("trunk", "wrist", ...) is kept."""
    return f"gait {place}"


def baseline_of(store: Store, place: str) -> Baseline:
    """Return what the diary knows of the sound gait at a place of the tracker, nothing where that cannot be read."""
    try:
        return restored(store.memory(name_of(place)))
    except ValueError:
        return NOTHING


@dataclass(slots=True)
class GaitWatch:
    """The gait's part of a run: what arrives goes to `gait`, what it says changes what the coach may still say."""

    gait: LiveGait = field(default_factory=LiveGait)

    def feed(self, samples: Sequence[Samples], session: LiveSession, coach: LiveCoach) -> tuple[Cue, ...]:
        """Return the cues of the gait after the session has taken these samples; the coach is quiet after each."""
        moved = [one for one in samples if isinstance(one, Inertial) and len(one)]
        self.gait.spoke(coach.memory.last_cue_s)
        cues = self.gait.feed(_joined(moved), session.state.motion.step_s)
        for cue in cues:
            coach.memory = heeded(coach.memory, cue)
        return cues

    def fine(self, coach: LiveCoach) -> None:
        """Take the answer "no, I am fine"."""
        self.gait.fine()
        coach.memory = fine_again(coach.memory)

    def keep(self, store: Store, place: str, pain_said: bool, now_unix_s: float) -> None:
        """Learn from the run and keep it, where it was sound and nobody said that anything hurts."""
        known = self.gait.baseline
        baseline = after_run(known, self.gait.memory, pain_said)
        if baseline is not known:
            store.save_memory(name_of(place), saved(baseline), now_unix_s)


def _joined(parts: list[Inertial]) -> Inertial:
    if not parts:
        return Inertial(np.empty(0), np.empty((0, 3)), np.empty((0, 3)))
    return Inertial(*(np.concatenate([getattr(one, name) for one in parts]) for name in Inertial.__slots__))
