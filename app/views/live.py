"""The run as it goes on: one second of features against its target, in words and shares, for the live screen.

The rule of this file: a value that is unknown or too old is a dash, never the last number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isfinite, nan

from app.views.evidence import evidence_lines
from app.views.phase import Because, Notice, Phase
from app.views.speaking import is_warning
from app.views.words import DASH, Amount, Words
from edge.coach.types import Decision
from edge.samples import Column
from edge.session import FeatureRow

PAGES = ("run", "zones", "climb", "steps", "map")
STANDING_M_S = 0.5
GPS_GOOD_M, GPS_POOR_M = 8.0, 25.0


@dataclass(frozen=True, slots=True)
class BandView:
    """The target: the verdict in words, its two ends as written, where the runner is (0 slow end, 1 fast end)."""

    words: str
    slow: str
    fast: str
    along: float
    good: bool


@dataclass(frozen=True, slots=True)
class CoachView:
    """What the coach says now: the words, why, and the kind that "Not for me" mutes."""

    kind: str
    title: str
    because: tuple[Because, ...]
    safety: bool = False
    """True for what cannot be muted."""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the session: words, how long as written, share of its bar (0 to 1), done, now or to come."""

    title: str
    amount: str
    height: float
    length: float
    state: str
    """ "done", "now" or "next"."""


@dataclass(frozen=True, slots=True)
class LapView:
    """One kilometre or lap: its number, time or pace as written, heart rate, pace as a share of the slowest."""

    number: int
    pace: str
    heart: str
    share: float


@dataclass(frozen=True, slots=True)
class Signals:
    """What reaches us: satellites ("good", "poor", "none"), trackers connected of known, the weakest battery (0..1)."""

    gps: str = "none"
    trackers: int = 0
    of: int = 0
    battery: float = nan


@dataclass(frozen=True, slots=True)
class LiveView:
    """Everything the live screen shows."""

    title: str
    left: str
    pace: Amount
    distance: Amount
    time: str
    cadence: Amount
    heart: Amount
    zone_at: float
    """Zone and share of it, 0 to 5; NaN where the heart rate is not known."""
    zone_name: str
    band: BandView
    height: Amount
    grade: Amount
    ahead: str
    gain: Amount
    past: tuple[tuple[float, float], ...] = ()
    to_come: tuple[tuple[float, float], ...] = ()
    track: tuple[tuple[float, float], ...] = ()
    coach: CoachView | None = None
    signals: Signals = Signals()
    notice: Notice | None = None
    steps: tuple[StepView, ...] = ()
    next_text: str = ""
    laps: tuple[LapView, ...] = ()
    zone_shares: tuple[float, ...] = ()
    zone_times: tuple[str, ...] = ()
    paused: bool = False
    locked: bool = False
    page: str = "run"
    idle: bool = False
    """True before a run: there is nothing to pause."""
    phase: Phase = Phase.READY


def pace_s_per_km(row: FeatureRow) -> float:
    """Return the pace in s/km, NaN when standing or unknown."""
    return 1000.0 / row.speed_m_s if row.speed_m_s > STANDING_M_S else nan


def band_view(pace_s: float, band_s: tuple[float, float], words: Words) -> BandView:
    """Return the verdict on a pace against a band (faster, slower) in s/km."""
    fast, slow = band_s
    if not (isfinite(fast) and isfinite(slow)):
        return BandView(words("by feel"), "", "", nan, True)
    slow_text, fast_text = words.pace(slow).value, words.pace(fast).value
    if not isfinite(pace_s):
        return BandView(DASH, slow_text, fast_text, nan, True)
    along = (slow - pace_s) / (slow - fast) if slow > fast else 0.5
    if pace_s < fast:
        said, good = words("{seconds} s too fast", seconds=words.number(max(1, round(fast - pace_s)))), False
    elif pace_s > slow:
        said, good = words("{seconds} s too slow", seconds=words.number(max(1, round(pace_s - slow)))), False
    else:
        said, good = words("on target"), True
    return BandView(said, slow_text, fast_text, along, good)


def zone_at(bpm: float, zones_bpm: Column | Sequence[float]) -> float:
    """Return zone and share of it, 0 to 5, for the lower limits of zones 1 to 5 and the maximum (6 values, bpm)."""
    edges = [float(edge) for edge in zones_bpm]
    if not isfinite(bpm) or len(edges) < 6 or not all(map(isfinite, edges)):
        return nan
    if bpm < edges[0]:
        return 0.0
    for i in range(5):
        if bpm < edges[i + 1]:
            return i + (bpm - edges[i]) / (edges[i + 1] - edges[i])
    return 4.999


def zone_name(at: float, words: Words) -> str:
    """Return what a place on the ring is called."""
    return words("Zone {number}", number=min(5, int(at) + 1)) if isfinite(at) else words("no signal")


def coach_view(decision: Decision | None, words: Words) -> CoachView | None:
    """Return what the coach says now; None where it says nothing."""
    if decision is None or not decision.show:
        return None
    kind = decision.rule_ids[0] if decision.rule_ids else ""
    reasons = tuple(Because(r.text, evidence_lines(r.numbers, r.evidence, words)) for r in decision.because)
    return CoachView(kind, decision.show, reasons, is_warning(kind))


def live_view(
    row: FeatureRow,
    words: Words,
    *,
    title: str,
    band_s_per_km: tuple[float, float],
    zones_bpm: Sequence[float],
    distance_left_m: float = nan,
    cue: Decision | None = None,
    past: Sequence[tuple[float, float]] = (),
    to_come: Sequence[tuple[float, float]] = (),
) -> LiveView:
    """Return what the live screen shows of one second; trackers, steps and pages are set by the caller."""
    at = zone_at(row.heart_rate_bpm, zones_bpm)
    pace = pace_s_per_km(row)
    left = words("{distance} left", distance=words.short_distance(max(0.0, distance_left_m)).text)
    return LiveView(
        title=title,
        left=left if isfinite(distance_left_m) else "",
        pace=words.pace(pace),
        distance=words.distance(row.distance_m),
        time=words.clock(row.t_s),
        cadence=words.cadence(row.cadence_spm),
        heart=words.bpm(row.heart_rate_bpm),
        zone_at=at,
        zone_name=zone_name(at, words),
        band=band_view(pace, band_s_per_km, words),
        height=words.height(row.altitude_m),
        grade=words.grade(row.grade),
        ahead=ahead_text(to_come, words),
        gain=words.height(row.gain_m),
        past=tuple(past),
        to_come=tuple(to_come),
        coach=coach_view(cue, words),
    )


def nothing_told(words: Words) -> LiveView:
    """Return the live screen before the first second is known: nothing that was not told."""
    row = FeatureRow(*(nan for _ in FeatureRow.__slots__))
    shown = live_view(row, words, title=words("Run"), band_s_per_km=(nan, nan), zones_bpm=())
    notice = Notice(Phase.LOADING, words("Looking for your trackers"), words("You can start running at once."))
    zero = words.distance(0.0)
    return replace(shown, distance=zero, time=words.clock(0.0), notice=notice, phase=Phase.LOADING)


def ahead_text(to_come: Sequence[tuple[float, float]], words: Words) -> str:
    """Return the climb of the next kilometre (or mile) in words; empty where the course is not known."""
    unit_m = 1000.0 if words.units == "metric" else 1609.344
    near = [h for x, h in to_come if isfinite(h) and x <= to_come[0][0] + unit_m]
    if len(near) < 2:
        return ""
    up = sum(max(0.0, b - a) for a, b in pairwise(near))
    climb = words.height(up).text
    return (
        words("+{climb} in the next km", climb=climb)
        if unit_m == 1000.0
        else words("+{climb} in the next mile", climb=climb)
    )


def spoken(view: LiveView, words: Words) -> str:
    """Return the screen in one breath, for a voice."""
    parts = [words("{distance} in {time}", distance=view.distance.text, time=view.time)]
    if view.pace.value != DASH:
        parts.append(words("pace {pace}, {verdict}", pace=view.pace.text, verdict=view.band.words))
    if view.heart.value != DASH:
        parts.append(words("heart rate {bpm}, {zone}", bpm=view.heart.text, zone=view.zone_name))
    if view.coach is not None:
        parts.append(view.coach.title)
    return ". ".join(parts) + "."
