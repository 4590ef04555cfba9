"""Altered gait through the session: a limp is answered within a minute of the run, the coach then asks for less."""

from __future__ import annotations

from itertools import pairwise
from math import nan

import numpy as np

from app.bench import limp_bench as bench
from app.gait_watch import GaitWatch, baseline_of, name_of
from app.store import Store
from edge.coach.live import Cue, LiveCoach, LiveContext
from edge.coach.live_gait import TELL_EASE, LiveGait
from edge.coach.types import Session
from edge.limp_baseline import NOTHING, Baseline, saved
from edge.session import LiveSession

CONTEXT = LiveContext(Session("easy", nan, 3600.0, nan, nan, nan, nan), 0.0)


def run(one: bench.Recorded, baseline: Baseline) -> tuple[GaitWatch, LiveCoach, list[Cue], float]:
    """Return the watch, the coach, its cues and the longest wait in s for one, second by second through the session."""
    watch, coach, session = GaitWatch(LiveGait(baseline)), LiveCoach(CONTEXT), LiveSession()
    cues: list[Cue] = []
    late_s = 0.0
    for begin_s, end_s in pairwise(np.arange(0.0, one.samples.t_s[-1] + 2.0)):
        samples, _ = one.part(begin_s, end_s)
        coach.feed(session.feed((samples,)))
        new = watch.feed((samples,), session, coach)
        late_s = max([late_s, *(end_s - cue.t_s for cue in new)])
        cues += new
    return watch, coach, cues, late_s


def test_a_limp_in_the_samples_of_a_run_is_answered_within_a_minute_and_nothing_is_learned_of_it() -> None:
    store = Store.in_memory()
    sound, one = GaitWatch(LiveGait()), bench.simulated(1, 0, "trunk", 720)
    assert sound.gait.feed(one.samples, one.step_s) == ()
    sound.keep(store, "trunk", False, 1.0)
    known = baseline_of(store, "trunk")
    assert known.run.blocks >= 100.0
    watch, coach, cues, late_s = run(bench.simulated(1, 1, "trunk", 160, 0.2), known)
    told_s = [cue.t_s for cue in cues if cue.decision.rule_ids[0] == TELL_EASE]
    assert told_s and 60.0 <= told_s[0] <= 140.0
    assert late_s <= 5.0
    assert coach.memory.hurt_level == 1
    watch.keep(store, "trunk", False, 2.0)
    assert saved(baseline_of(store, "trunk")) == saved(known)
    watch.fine(coach)
    assert coach.memory.hurt_level == 0


def test_a_baseline_that_cannot_be_read_is_learned_again() -> None:
    store = Store.in_memory()
    assert baseline_of(store, "wrist") is NOTHING
    store.save_memory(name_of("wrist"), b"KL01 of an older version", 1.0)
    assert baseline_of(store, "wrist") is NOTHING
