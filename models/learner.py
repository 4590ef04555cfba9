"""One person as the coach asks for them: what their runs teach the prior, and what their habits say of today.

The rule of this file: the same lessons give the same belief, bit for bit, whether they were taken in one go or day by
day with the memory kept in between; where the past changed, it begins again. What is told is on a stated quantum.
"""

from __future__ import annotations

import hashlib
import math
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.coach.beliefs import HeartLine
from edge.coach.lessons import Circumstances, Lessons, Taught
from edge.coach.types import Forecast
from edge.samples import Estimate
from models import adapt, conformal
from models.adapt import CENTRE_M_S, SLOPE, Person, Run
from models.conformal import Correction
from models.own_targets import own_targets
from models.person import Context, Prior, prior_of, reach_of, spread_of
from models.person_climate import usual_temperature_c, usual_year_c
from models.sharing.shared import GroupShift, moved
from models.tomorrow import Forecast as Told
from models.tomorrow import Tomorrow
from models.tomorrow_prior import POPULATION

#: Shorter runs say little of the heart; the prior was made without them too.
SHORTEST_S = 600.0
#: What is told is rounded to this: bpm, probability, m, s per km. A replay must not hang on the last bit of a sum.
BPM, CHANCE, METRES, SECONDS = 0.01, 0.001, 10.0, 1.0
DAY_S = 86400.0
#: Home's altitude in m and latitude in degrees enter the prior on this grid: home is inferred, and moves a little.
HOME_M, HOME_DEG = 100.0, 1.0
#: A day's longest distance and its slowest and fastest pace that the forecast takes for true: km, s per km.
_KM, _PACE_S_KM = (0.0, 400.0), (120.0, 2000.0)
_MAGIC = b"KZL1"
_HEAD = struct.Struct("<4s3H")
_KEY = struct.Struct("<16sq")
_KEPT_AT_MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class _Kept:
    """A state after so many lessons, and the digest of those lessons."""

    key: bytes
    count: int
    states: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is believed of one person after all lessons: the belief, the correction of its intervals, the prior."""

    person: Person
    correction: Correction
    prior: Prior

    def expected_hr(self, run: Run) -> Estimate:
        """Return the mean heart rate in bpm to expect of a run, with its calibrated 90 % interval."""
        low, high = reach_of(self.person.runs)
        factor = self.correction.factor
        return adapt.expected_hr(self.person, run, (low * factor, high * factor))


class PersonLearner:
    """Learns one person from the lessons of their diary; implements `edge.coach.lessons.Learner`.

    `memory` is what to keep for the next time (under 5 KB); bytes that are damaged or of something else are as none.
    `model` is another model file than the bundled one, `shared` what people like this one shared.
    """

    def __init__(self, memory: bytes = b"", model: Path | None = None, shared: GroupShift | None = None) -> None:
        self.memory, self._model, self._shared = memory, model, shared

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught:
        """Return the heart-rate line and today's forecast after all lessons; `memory` then holds them."""
        kept = _unpacked(self.memory)
        known, of_person = learn(lessons, person, kept[0] if kept else None, self._model, self._shared)
        habits, of_habits = _habits(lessons, today, kept[1] if kept else None)
        self.memory = _packed(of_person, of_habits)
        told = None if habits is None else _forecast(habits.forecast(today))
        own = own_targets(known.person, known.prior, person.profile, lessons, now_unix_s)
        return Taught(_line(known, lessons, now_unix_s), told, known.prior.source, own)


def learn(
    lessons: Lessons,
    person: Circumstances,
    kept: _Kept | None = None,
    model: Path | None = None,
    shared: GroupShift | None = None,
) -> tuple[Known, _Kept]:
    """Return what is believed after all lessons, and what to keep of it; goes on from a kept state of the same past."""
    runs = runs_of(lessons)
    context = _context(person)
    prior = _moved(prior_of(context) if model is None else prior_of(context, model), model, shared)
    head = repr((context, prior.model_hash)).encode()
    columns = np.array([[getattr(run, name) for name in Run.__slots__] for run in runs])
    begin_s = runs[0].start_unix_s if runs else 0.0
    belief, correction, done = prior.begin(begin_s), Correction(), 0
    if kept is not None and kept.count <= len(runs) and kept.key == _digest(head, columns[: kept.count]):
        belief, correction, done = Person.from_bytes(kept.states[0]), Correction.from_bytes(kept.states[1]), kept.count
    for run in runs[done:]:
        correction = _corrected(belief, correction, run)
        belief = adapt.update(belief, run)
    states = (belief.to_bytes(), correction.to_bytes())
    return Known(belief, correction, prior), _Kept(_digest(head, columns), len(runs), states)


def _moved(prior: Prior, model: Path | None, shared: GroupShift | None) -> Prior:
    """Return the prior after what people like this one shared; as it is where rules stand in for the model."""
    if shared is None or prior.model_hash == "rules":
        return prior
    return moved(prior, spread_of(model), shared)


def expected_of_last(lessons: Lessons, person: Circumstances, shared: GroupShift | None = None) -> Estimate | None:
    """Return the mean heart rate in bpm to expect of the last lesson's run from those before it.

    With its 90 % interval; None where it is too short to say, or the first.
    """
    last = len(lessons) - 1
    if last < 1 or lessons.moving_s[last] < SHORTEST_S:
        return None
    known, _ = learn(lessons.first(last), person, shared=shared)
    return _rounded(known.expected_hr(_run(lessons, last)), BPM)


def runs_of(lessons: Lessons) -> list[Run]:
    """Return the lessons that teach the heart-rate line, as runs at sea level in the warmth usual there and then."""
    return [_run(lessons, at) for at in np.flatnonzero(lessons.moving_s >= SHORTEST_S).tolist()]


def _run(lessons: Lessons, at: int) -> Run:
    start_s, before_s = float(lessons.start_unix_s[at]), float(lessons.start_unix_s[at - 1]) if at else math.nan
    return Run(
        start_s,
        float(lessons.sea_level_m[at]),
        float(lessons.moving_s[at]),
        float(lessons.avg_hr_bpm[at]),
        float(lessons.ascent_m[at]),
        0.0,  # height is in the distance at sea level
        usual_temperature_c(float(lessons.latitude_deg[at]), float(lessons.longitude_deg[at]), start_s),
        (start_s - before_s) / DAY_S,
    )


def _context(person: Circumstances) -> Context:
    said = Context.of(person.profile)
    values = {name: getattr(said, name) for name in Context.__slots__}
    values["altitude_m"] = _on(person.home_altitude_m, HOME_M)
    values["temperature_c"] = usual_year_c(_on(person.home_latitude_deg, HOME_DEG))
    return Context(**values)


def _corrected(belief: Person, correction: Correction, run: Run) -> Correction:
    """Return the correction after a run whose heart rate was expected with an interval."""
    if math.isnan(run.hr_bpm):
        return correction
    told = adapt.expected_hr(belief, run, (-1.0, 1.0))
    score = (run.hr_bpm - told.value) / (0.5 * (told.high - told.low))
    return conformal.corrected(correction, conformal.inside(score, reach_of(belief.runs), correction))


def _line(known: Known, lessons: Lessons, now_unix_s: float) -> HeartLine:
    """Return the line of a usual run: 45 min, flat, 17 degrees C, rested, at 2.8 m/s."""
    person = adapt.later(known.person, max(now_unix_s, known.person.as_of_unix_s))
    usual = np.array(adapt.heart_row(Run(0.0, CENTRE_M_S * 2700.0, 2700.0)))
    heard = np.flatnonzero(np.isfinite(lessons.avg_hr_bpm) & (lessons.moving_s >= SHORTEST_S))
    return HeartLine(
        _on(float(usual @ person.mean), BPM),
        _on(max(float(person.mean[SLOPE]), 0.0), BPM),
        _on(math.sqrt(float(usual @ person.covariance @ usual)), BPM),
        _on(math.sqrt(person.scatter_bpm2), BPM),
        len(heard),
        "measured" if len(heard) else "people like you",
        float(lessons.start_unix_s[heard[-1]]) if len(heard) else now_unix_s,
    )


def _habits(lessons: Lessons, today: int, kept: _Kept | None) -> tuple[Tomorrow | None, _Kept]:
    """Return the habits as of yesterday evening, None before the first day with a run, and what to keep of them."""
    days = _days(lessons, today)
    if not len(days):
        return None, _Kept(_digest(b"habits", days), 0, (b"",))
    habits, done = Tomorrow(POPULATION), 0
    if kept is not None and 0 < kept.count <= len(days) and kept.key == _digest(b"habits", days[: kept.count]):
        habits, done = Tomorrow.restore(POPULATION, kept.states[0]), kept.count
    for day, km, pace_s_km, bpm in days[done:].tolist():
        habits.update(int(day), km, pace_s_km, bpm)
    state = habits.save()
    if days[-1, 0] < today - 1:  # the days of rest since are not kept: they may yet get a late import
        habits.update(today - 1, 0.0, math.nan, math.nan)
    return habits, _Kept(_digest(b"habits", days), len(days), (state,))


def _days(lessons: Lessons, today: int) -> NDArray[np.float64]:
    """Return (days, 4): each local day before today with runs, its km, pace in s per km and mean heart rate in bpm."""
    days, place = np.unique(lessons.day, return_inverse=True)
    km = np.bincount(place, lessons.distance_m) / 1000.0
    moving_s = np.bincount(place, lessons.moving_s)
    heard_s = np.where(np.isfinite(lessons.avg_hr_bpm), lessons.moving_s, 0.0)
    beats, of_s = np.bincount(place, heard_s * np.nan_to_num(lessons.avg_hr_bpm)), np.bincount(place, heard_s)
    bpm = np.divide(beats, of_s, out=np.full(len(days), np.nan), where=of_s > 0.0)
    pace_s_km = np.clip(moving_s / np.maximum(km, 1e-3), *_PACE_S_KM)
    return np.stack([days.astype(np.float64), np.clip(km, *_KM), pace_s_km, bpm], axis=1)[days < today]


def _forecast(told: Told) -> Forecast:
    return Forecast(
        told.day,
        _on(told.run_probability, CHANCE),
        _rounded(told.km, METRES, 1000.0),
        _rounded(told.km_if_run, METRES, 1000.0),
        _rounded(told.pace_s_km, SECONDS),
        _rounded(told.heart_bpm, 1.0),
    )


def _rounded(told: Estimate, quantum: float, units: float = 1.0) -> Estimate:
    value, low, high = (_on(units * one, quantum) for one in (told.value, told.low, told.high))
    return Estimate(value, low, high, told.source)


def _on(value: float, quantum: float) -> float:
    return round(round(value / quantum) * quantum, 6) if math.isfinite(value) else math.nan


def _digest(head: bytes, columns: NDArray[np.float64]) -> bytes:
    return hashlib.sha256(head + np.ascontiguousarray(columns).tobytes()).digest()[:16]


def _packed(*parts: _Kept) -> bytes:
    head = _HEAD.pack(_MAGIC, *(len(state) for part in parts for state in part.states))
    return head + b"".join(_KEY.pack(part.key, part.count) + b"".join(part.states) for part in parts)


def _unpacked(memory: bytes) -> tuple[_Kept, _Kept] | None:
    """Return what was kept of the person and of the habits; None where the bytes are damaged or of something else."""
    if not _HEAD.size <= len(memory) <= _KEPT_AT_MOST or memory[:4] != _MAGIC:
        return None
    _, *sizes = _HEAD.unpack_from(memory)
    if len(memory) != _HEAD.size + 2 * _KEY.size + sum(sizes):
        return None
    second = _HEAD.size + _KEY.size + sizes[0] + sizes[1]
    kept = (_read(memory, _HEAD.size, sizes[:2]), _read(memory, second, sizes[2:]))
    try:
        Person.from_bytes(kept[0].states[0]), Correction.from_bytes(kept[0].states[1])
        if kept[1].count:
            Tomorrow.restore(POPULATION, kept[1].states[0])
    except ValueError:
        return None
    return kept


def _read(memory: bytes, offset: int, sizes: list[int]) -> _Kept:
    key, count = _KEY.unpack_from(memory, offset)
    edges = offset + _KEY.size + np.concatenate([[0], np.cumsum(sizes)])
    return _Kept(key, count, tuple(memory[a:b] for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)))
