"""The run in the recorder's process: stored samples to features, cues, laps, and a `LiveMoment` for whoever asks.

The rule of this file: it sees only what the diary holds already, and what goes wrong here never reaches the recorder.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from app.gait_watch import GaitWatch
from app.live.course import Course
from app.live.moment import Ground, Lap, LiveMoment, Points, Spoken
from app.live.raw import RawTail
from app.live.summaries import BY_TIME, Summaries, by_time
from app.recorder import Ack
from app.views.speaking import is_warning
from app.views.words import Words
from edge.coach.live import Cue, LiveCoach, LiveContext, moved_band_s_per_km
from edge.heart import zone_of, zones_of_maximum_bpm
from edge.samples import Battery, Fix, Samples
from edge.session import FeatureRow, Features, LiveSession
from edge.track.rows import local_m

_LOG = logging.getLogger(__name__)
DRAWN = 160
"""How many points a profile or a track has at most."""
LAP_M = 1000.0
FRESH_FIX_S = 10.0


@dataclass(slots=True)
class _Way:
    """Where the run went, thinned as it grows: (distance m, height m) and (latitude, longitude) in degrees."""

    heights: list[tuple[float, float]] = field(default_factory=list)
    places: list[tuple[float, float]] = field(default_factory=list)
    step_m: float = 20.0
    _next_m: float = 0.0

    def row(self, row: FeatureRow) -> None:
        """Take a second."""
        if not (math.isfinite(row.distance_m) and row.distance_m >= self._next_m):
            return
        self._next_m = row.distance_m + self.step_m
        self.heights.append((row.distance_m, row.altitude_m))
        if len(self.heights) > DRAWN:
            self.heights, self.step_m = self.heights[::2], 2.0 * self.step_m

    def fix(self, fix: Fix) -> None:
        """Take fixes; a position is kept in memory alone, for the outline."""
        self.places += list(zip(fix.latitude_deg.tolist(), fix.longitude_deg.tolist(), strict=True))
        if len(self.places) > 8 * DRAWN:
            self.places = self.places[::2]

    def outline(self) -> Points:
        """Return the track in (east m, north m)."""
        if len(self.places) < 2:
            return ()
        at = np.array(self.places[:: max(1, len(self.places) // DRAWN)])
        place = local_m(at[:, 0], at[:, 1], np.median(at, axis=0))
        return tuple((float(x), float(y)) for x, y in place)


@dataclass(slots=True)
class LiveRun:
    """The run so far; `moment` may be called from any thread, `stored` from the recorder's worker alone."""

    run_id: str
    context: LiveContext
    max_hr_bpm: float
    muted: frozenset[str] = frozenset()
    summaries: Summaries = field(default_factory=Summaries)
    words: Words = field(default_factory=Words)
    course: Course | None = None
    watch: GaitWatch = field(default_factory=GaitWatch)
    said: Callable[[Cue], None] = lambda cue: None
    session: LiveSession = field(default_factory=LiveSession)
    coach: LiveCoach = field(init=False)
    row: FeatureRow | None = field(default=None, init=False)
    spoken: Spoken | None = field(default=None, init=False)
    laps: list[Lap] = field(default_factory=list, init=False)
    zones_s: list[float] = field(default_factory=lambda: [0.0] * 5, init=False)
    trackers: dict[str, bool] = field(default_factory=dict, init=False)
    trouble: str = ""
    paused_at_s: float = field(default=math.nan, init=False)
    pauses: list[tuple[float, float]] = field(default_factory=list, init=False)
    ended: bool = field(default=False, init=False)
    _way: _Way = field(default_factory=_Way, init=False)
    _raw: RawTail = field(default_factory=RawTail, init=False)
    _lap_from: tuple[float, float] = field(default=(0.0, 0.0), init=False)
    _hearts: list[float] = field(default_factory=list, init=False)
    _battery: dict[str, float] = field(default_factory=dict, init=False)
    _fix: tuple[float, float] = field(default=(-math.inf, math.nan), init=False)
    _safe: int = field(default=0, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def __post_init__(self) -> None:
        self.coach = LiveCoach(self.context)

    def plan(self, context: LiveContext, max_hr_bpm: float, watch: GaitWatch) -> None:
        """Take today's session once it is known; what was said so far is remembered."""
        with self._lock:
            self.context, self.max_hr_bpm, self.watch = context, max_hr_bpm, watch
            self.coach = LiveCoach(context, self.coach.memory)

    # ── what the recorder tells ────────────────────────────────────────────────────────────────────────────────

    def ack(self, ack: Ack) -> None:
        """Take an acknowledgement."""
        self._safe = ack.sequence

    def stored(self, samples: Sequence[Samples]) -> None:
        """Take what the diary holds now; a fault here is logged and the run goes on without new values."""
        with self._lock:
            try:
                self._take(samples)
            except Exception:
                _LOG.exception("the live values of this batch are lost; the recording is not")

    def _take(self, samples: Sequence[Samples]) -> None:
        for one in samples:
            if isinstance(one, Fix) and len(one):
                self._way.fix(one)
                if self.course is not None:
                    self.course.fix(one)
                self._fix = (float(one.t_s[-1]), float(one.accuracy_m[-1]))
            elif isinstance(one, Battery) and len(one):
                self._battery["any"] = float(one.level_percent[-1]) / 100.0
        self._raw.take(samples)
        rows = self.session.feed(tuple(samples))
        gait = self.watch.feed(samples, self.session, self.coach)
        self._rows(rows)
        for cue in gait:
            self._say(cue)

    def _rows(self, rows: Features) -> None:
        for i in range(len(rows)):
            row = rows.row(i)
            self.row = row
            self._way.row(row)
            self._zone(row)
            self._kilometre(row)
        if not math.isnan(self.paused_at_s):
            return
        for cue in self.coach.feed(rows):
            self._say(cue)
        self._summarise()

    def _say(self, cue: Cue) -> None:
        rule = cue.decision.rule_ids[0] if cue.decision.rule_ids else ""
        numbers = {name: value for reason in cue.decision.because for name, value in reason.numbers}
        if rule in self.muted or not self.summaries.lets(rule, numbers.get("kilometre", math.nan)):
            return
        grounds = tuple(Ground(r.text, r.numbers, r.evidence) for r in cue.decision.because)
        self.spoken = Spoken(cue.t_s, rule, cue.decision.show, grounds)
        self.said(cue)

    def _summarise(self) -> None:
        """Say a summary by time where one is due and nothing else was just said."""
        if self.row is None or BY_TIME in self.muted or self.coach.memory.hurt_level:
            return
        self.summaries, due = self.summaries.due(self.row, self.coach.memory.last_cue_s)
        if due:
            self.spoken = by_time(self.row, self.words)
            self.coach.memory = replace(self.coach.memory, last_cue_s=self.row.t_s)

    def _zone(self, row: FeatureRow) -> None:
        zone = zone_of(row.heart_rate_bpm, zones_of_maximum_bpm(self.max_hr_bpm))
        if zone and math.isnan(self.paused_at_s):
            self.zones_s[zone - 1] += 1.0
        if math.isfinite(row.heart_rate_bpm):
            self._hearts.append(row.heart_rate_bpm)

    def _kilometre(self, row: FeatureRow) -> None:
        _, from_m = self._lap_from
        if math.isfinite(row.distance_m) and row.distance_m - from_m >= LAP_M:
            self._close_lap(row, tapped=False)

    def _close_lap(self, row: FeatureRow, tapped: bool) -> None:
        from_s, from_m = self._lap_from
        heart = sum(self._hearts) / len(self._hearts) if self._hearts else math.nan
        distance = row.distance_m if math.isfinite(row.distance_m) else from_m
        self.laps.append(Lap(from_s, row.t_s, distance - from_m, heart, tapped))
        self._lap_from, self._hearts = (row.t_s, distance), []

    # ── what the person does ───────────────────────────────────────────────────────────────────────────────────

    def lap(self) -> None:
        """End a lap here."""
        with self._lock:
            if self.row is not None:
                self._close_lap(self.row, tapped=True)

    def pause(self) -> None:
        """Stop the timer; what arrives is recorded all the same."""
        with self._lock:
            if math.isnan(self.paused_at_s):
                self.paused_at_s = self._now_s()

    def resume(self) -> None:
        """Let the timer go on."""
        with self._lock:
            if not math.isnan(self.paused_at_s):
                self.pauses.append((self.paused_at_s, self._now_s()))
                self.paused_at_s = math.nan

    def _now_s(self) -> float:
        return 0.0 if self.row is None else self.row.t_s  # before the first second, the run stands at 0 s

    def _stopped_s(self) -> float:
        on = 0.0 if math.isnan(self.paused_at_s) else self._now_s() - self.paused_at_s
        return sum((to_s - from_s for from_s, to_s in self.pauses), on)

    def hurts(self, area: str, severity: float, side: str) -> Cue:
        """Answer a pain at once; ValueError for a place, side or number that there is not."""
        with self._lock:
            cue = self.coach.hurts(area, severity, side)
            self._say(cue)
            return cue

    def heard(self, rule: str) -> None:
        """Take the last words away."""
        with self._lock:
            if self.spoken is not None and self.spoken.rule == rule:
                self.spoken = None

    def mute(self, rule: str) -> None:
        """Say nothing of this kind any more; what keeps somebody safe cannot be muted."""
        with self._lock:
            if not is_warning(rule):
                self.muted = self.muted | {rule}
            self.heard(rule)

    # ── what a screen is told ──────────────────────────────────────────────────────────────────────────────────

    def moment(self) -> LiveMoment:
        """Return the moment as it is now."""
        with self._lock:
            row = self.row
            numbers = {} if row is None else {name: getattr(row, name) for name in FeatureRow.__slots__}
            band = (
                (math.nan, math.nan) if row is None else moved_band_s_per_km(row, self.coach.memory, self.coach.context)
            )
            zones = (*zones_of_maximum_bpm(self.max_hr_bpm).tolist(), self.max_hr_bpm)
            at_s, accuracy_m = self._fix
            fresh = row is not None and row.t_s - at_s <= FRESH_FIX_S
            return LiveMoment(
                self.run_id,
                numbers,
                asdict(self.context.session),
                band,
                tuple(float(z) for z in zones),
                tuple(self.zones_s),
                tuple(self._way.heights),
                () if row is None or self.course is None else self.course.ahead(row.distance_m, row.altitude_m),
                self._way.outline(),
                self.spoken,
                tuple(self.laps[-60:]),
                tuple(self.trackers.items()),
                min(self._battery.values(), default=math.nan),
                (accuracy_m if math.isfinite(accuracy_m) else 0.0) if fresh else math.nan,
                self._safe,
                self._raw.told(),
                self.trouble,
                self._stopped_s(),
                not math.isnan(self.paused_at_s),
                self.ended,
            )
