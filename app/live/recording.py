"""A recording that a screen may look at: what a screen asks for is done, and what the person did is kept at the end.

The rule of this file: the run begins before anything here has thought; what today's session is comes when it is known.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import nan
from pathlib import Path
from typing import Any

from app.coach import decide_today, state_of
from app.gait_watch import MAY_EASE, GaitWatch, baseline_of
from app.language import SETTINGS
from app.live.context import BY_FEEL, context_of
from app.live.course import Course
from app.live.door import Door
from app.live.moment import line_of
from app.live.run import LiveRun
from app.live.summaries import Summaries
from app.recorder import Start
from app.store import Store, StoreError
from app.views.settings import DEFAULT, settings_from
from device.files.recording import Lap
from edge.coach.live import LiveContext
from edge.coach.live_gait import LiveGait
from edge.coach.said import Constraint
from edge.summary import Pause

_LOG = logging.getLogger(__name__)
TRACKER_AT = "trunk"


@dataclass(slots=True)
class Watched:
    """One recording with its live values and its door; `stop` ends the recording."""

    diary: Path
    run: LiveRun
    stop: Callable[[], None] = lambda: None
    door: Door = field(init=False)

    def __post_init__(self) -> None:
        self.door = Door(self.diary, lambda: line_of(self.run.moment()), self.do)

    def do(self, wanted: dict[str, Any]) -> None:
        """Do what a screen asks for; ValueError for what there is not."""
        name = wanted["do"]
        plain: dict[str, Callable[[], None]] = {
            "lap": self.run.lap,
            "pause": self.run.pause,
            "resume": self.run.resume,
            "stop": self.stop,
        }
        if name in plain:
            plain[name]()
        elif name == "hurts":
            self._hurts(str(wanted["area"]), wanted.get("severity"), str(wanted.get("side", "")))
        elif name in ("heard", "mute"):
            getattr(self.run, name)(str(wanted["rule"]))
        elif name == "fine":
            self.run.watch.fine(self.run.coach)
        else:
            raise ValueError(f"{name!r} is not known")

    def _hurts(self, area: str, severity: object, side: str) -> None:
        felt = float(severity) if isinstance(severity, int | float) else nan
        self.run.hurts(area, felt, side)  # answered first, kept afterwards
        try:
            with Store(self.diary) as store:
                store.add_sentence(
                    f"{area} {felt:g} {side}", (Constraint("pain", area, side, felt, "running"),), time.time()
                )
        except StoreError as problem:
            _LOG.warning("what hurts is not in the diary: %s", problem)

    def think(self, start_unix_s: float, offset_s: float) -> None:
        """Find out what today's session is, over a connection of its own; runs in a thread beside the recording."""
        try:
            with Store(self.diary) as store:
                words = settings_from(store.memory(SETTINGS)).words
                _, decision = decide_today(store, start_unix_s, utc_offset_s=offset_s, language=words.language)
                state = state_of(store, start_unix_s, utc_offset_s=offset_s)
                baseline = baseline_of(store, TRACKER_AT)
        except StoreError as problem:
            _LOG.warning("the run goes by feel: %s", problem)
            return
        language, may_ease = words.language, TRACKER_AT in MAY_EASE
        gait = LiveGait(baseline, start_unix_s, decision.inputs_hash, may_ease=may_ease, language=language)
        context = replace(context_of(decision, start_unix_s), language=language)
        self.run.plan(context, state.max_hr_bpm.value, GaitWatch(gait))

    def keep(self, store: Store, start: Start) -> None:
        """Keep what the person marked, and what the gait taught, in the diary before the run is finished."""
        run = self.run
        run.resume()
        laps = [Lap(lap.from_s, lap.to_s, lap.distance_m, "manual") for lap in run.laps if lap.tapped]
        pauses = [Pause(from_s, to_s) for from_s, to_s in run.pauses if to_s > from_s]
        if laps or pauses:
            store.mark(start.run_id, pauses, laps)
        hurt = any(one.area for one in run.coach.memory.hurts)
        run.watch.keep(store, TRACKER_AT, hurt, time.time())


def watched(diary: Path, start: Start, start_unix_s: float, course: Course | None = None) -> Watched:
    """Return a recording that a screen may look at, by feel until `think` has found the session."""
    try:
        with Store(diary) as store:
            settings = settings_from(store.memory(SETTINGS))
    except StoreError:
        settings = DEFAULT
    often = Summaries(settings.cue_every_km, settings.cue_every_min)
    context = LiveContext(BY_FEEL, start_unix_s, language=settings.language)
    run = LiveRun(start.run_id, context, nan, frozenset(settings.muted), often, settings.words, course)
    return Watched(diary, run)
