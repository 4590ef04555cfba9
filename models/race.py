"""Race times from a runner's best times: the bundled model, its laws of use and its errors.

The rule of this file: everything that is learned and computed is inside race.onnx (models/train makes it); here the
question is checked, packed and asked. Times come back rounded to 0.1 s, so that they replay bit for bit.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from edge.samples import Estimate
from models.model_file import session, unusable

Array = NDArray[np.float64]
Sexes = Sequence[str | None]

MODEL_FILE = Path(__file__).with_name("race.onnx")
#: Distances in m between which the model may be asked; below 5 km no survey runner stands behind it.
RANGE_M = (800.0, 42195.0)
AGE_RANGE = (5.0, 110.0)
WEEKLY_KM_RANGE = (0.0, 400.0)
#: The share of runners like this who beat the time: up to the half marathon, and over the marathon (the safe time);
#: between the two it goes from one to the other. models/train/race_interval.py says why.
SLOW_SIDE, SAFE_SIDE = 0.55, 0.61
_WEEKLY = ("weekly distance in km", WEEKLY_KM_RANGE)
#: Men's world records, m and s (World Athletics, 2024), and how much faster a time may be before it must be a mistake.
_RECORDS = ((800.0, 100.91), (1500.0, 206.0), (5000.0, 755.36), (10000.0, 1571.0), (21097.5, 3402.0), (42195.0, 7235.0))
_RECORD_MARGIN = 0.9
_SLOWEST_M_S = 0.8
_INPUTS = ["distance_m", "best_time_s", "person"]
_SEXES: dict[str | None, float] = {"f": 1.0, "m": 0.0, None: math.nan, "": math.nan}


@functools.cache
def fastest_believable_s(distance_m: float) -> float:
    """Return the time in s over a distance in m below which a best must be a mistake: 10 % under the world record."""
    metres, seconds = np.log(np.array(_RECORDS)).T
    return _RECORD_MARGIN * float(np.exp(np.interp(math.log(distance_m), metres, seconds)))


def slowest_believable_s(distance_m: float) -> float:
    """Return the time in s over a distance in m above which nobody has run: slower than 0.8 m/s."""
    return distance_m / _SLOWEST_M_S


def _in_range(distance_m: float, what: str) -> float:
    metres = float(distance_m)
    if not RANGE_M[0] <= metres <= RANGE_M[1]:
        raise ValueError(f"{what} of {metres:g} m is outside {RANGE_M[0]:g} m to {RANGE_M[1]:g} m")
    return metres


def _best_column(distance_m: float, times_s: ArrayLike) -> Array:
    """Return the bests (n,) over one distance; ValueError names the first time that nobody can have run."""
    metres = _in_range(distance_m, "a best")
    column = np.atleast_1d(np.asarray(times_s, dtype=np.float64))
    if column.ndim != 1:
        raise ValueError(f"bests over {metres:g} m have {column.ndim} dimensions, not one")
    wrong = ~np.isnan(column) & ~((column >= fastest_believable_s(metres)) & (column <= slowest_believable_s(metres)))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        _check_best(metres, float(column[row]), row)
    return column


def _check_best(distance_m: float, time_s: float, row: int) -> None:
    if not fastest_believable_s(distance_m) <= time_s <= slowest_believable_s(distance_m):
        raise ValueError(f"a best of {time_s:g} s over {distance_m:g} m cannot be right (row {row})")


def _checked(value: float, what: str, limits: tuple[float, float]) -> float:
    """Return a value about the person, NaN where unknown; ValueError names one outside the limits."""
    if not (math.isnan(value) or limits[0] <= value <= limits[1]):
        raise ValueError(f"{what} {value:g} is outside {limits[0]:g} to {limits[1]:g}")
    return value


def _female(sex: str | None) -> float:
    if sex not in _SEXES:
        raise ValueError(f'sex {sex!r} is not "f", "m" or None')
    return _SEXES[sex]


def _person_column(values: ArrayLike | None, count: int, what: str, limits: tuple[float, float]) -> Array:
    """Return a column (n,) about the person, NaN where unknown; ValueError names a value outside the limits."""
    if values is None:
        return np.full(count, np.nan)
    column = np.broadcast_to(np.asarray(values, dtype=np.float64), (count,))
    wrong = ~np.isnan(column) & ~((column >= limits[0]) & (column <= limits[1]))
    if wrong.any():
        _checked(float(column[wrong][0]), what, limits)
    return column


def _female_column(sex: Sexes | str | None, count: int) -> Array:
    """Return 1 for "f", 0 for "m", NaN for None or "" (n,); ValueError names anything else."""
    given: Iterable[str | None] = [sex] * count if sex is None or isinstance(sex, str) else sex
    given = [None if isinstance(s, float) and math.isnan(s) else s for s in given]
    column = np.array([_female(s) for s in given])
    if len(column) != count:
        raise ValueError(f"sex has {len(column)} values for {count} rows")
    return column


class RaceModel:
    """The race model in memory; implements `edge.coach.types.RacePredictor`."""

    def __init__(self, model: bytes) -> None:
        self._session: Any = session(model)
        self._hash = hashlib.sha256(model).hexdigest()[:16]
        names = sorted(i.name for i in self._session.get_inputs())
        if names != sorted(_INPUTS):
            raise ValueError(f"it takes {', '.join(names)}, not {', '.join(_INPUTS)}")

    @classmethod
    def load(cls, path: Path = MODEL_FILE) -> RaceModel:
        """Return the model of a file; ModelError names the file and the reason where that fails."""
        try:
            return cls(path.read_bytes())
        except Exception as problem:  # onnxruntime's own errors share no base class of their own
            raise unusable("race model", path, problem) from problem

    @property
    def model_hash(self) -> str:
        """The first 16 hexadecimal digits of the model file's SHA-256."""
        return self._hash

    @property
    def notes(self) -> dict[str, str]:
        """What the model file says of itself: training data, fit, versions."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    def predict_times(
        self,
        bests: Mapping[float, ArrayLike],
        target_m: float,
        age: ArrayLike | None = None,
        sex: Sexes | str | None = None,
        weekly_km: ArrayLike | None = None,
    ) -> tuple[Array, Array, Array]:
        """Return times, lows and highs in s, each (n,): the 90 % interval; NaN for a row without any best.

        `bests` maps distances in m (800 to 42195) to times in s (n,), NaN where unknown; age in years, sex "f", "m"
        or None, weekly distance in km, each per row, one for all or None. ValueError names a value that cannot be
        right. A time is what 55 % of such runners beat, over the marathon 61 %. From 5 km to the marathon the interval
        rests on held-out runners (CARD.md); below 5 km it is continued from there.
        """
        target = _in_range(target_m, "a target")
        if not bests:
            raise ValueError("no best time is given")
        columns = [_best_column(distance, times) for distance, times in bests.items()]
        count = max(len(column) for column in columns)
        times_s = np.stack([np.broadcast_to(column, (count,)) for column in columns], axis=1)
        person = [
            _person_column(age, count, "age", AGE_RANGE),
            _female_column(sex, count),
            _person_column(weekly_km, count, *_WEEKLY),
        ]
        answer = self._ask(np.array([*map(float, bests), target]), times_s, np.stack(person, axis=1))
        answer[np.isnan(times_s).all(axis=1)] = np.nan
        return answer[:, 0], answer[:, 1], answer[:, 2]

    def _ask(self, distance_m: Array, times_s: Array, person: Array) -> Array:
        known = np.concatenate([np.nan_to_num(times_s, nan=0.0), np.zeros((len(times_s), 1))], axis=1)
        question = {
            "distance_m": distance_m[:, None],
            "best_time_s": known,
            "person": np.nan_to_num(person, nan=-1.0),
        }
        return np.array(self._session.run(None, question)[0], dtype=np.float64)

    def predict(self, bests_s: dict[float, float], target_m: float, age: float, sex: str, weekly_km: float) -> Estimate:
        """Return the time in s of one runner with its 90 % interval; bests outside 800 m to 42195 m are left out.

        NaN where no best is left. ValueError as in `predict_times`.
        """
        usable = {d: t for d, t in sorted(bests_s.items()) if RANGE_M[0] <= d <= RANGE_M[1] and not math.isnan(t)}
        if not usable:
            return Estimate(math.nan, math.nan, math.nan, "race model: no best time to go by")
        for distance_m, best_s in usable.items():
            _check_best(distance_m, best_s, 0)
        person = [_checked(age, "age", AGE_RANGE), _female(sex), _checked(weekly_km, *_WEEKLY)]
        distances = np.array([*usable, _in_range(target_m, "a target")])
        answer = self._ask(distances, np.array([[*usable.values()]]), np.array([person]))
        time_s, low_s, high_s = answer[0].tolist()
        return Estimate(time_s, low_s, high_s, f"race model {self._hash}")


@functools.cache
def bundled() -> RaceModel:
    """Return the bundled model, loaded once; ModelError where it cannot be."""
    return RaceModel.load()


def predict_times(
    bests: Mapping[float, ArrayLike],
    target_m: float,
    age: ArrayLike | None = None,
    sex: Sexes | str | None = None,
    weekly_km: ArrayLike | None = None,
) -> tuple[Array, Array, Array]:
    """Return times, lows and highs in s (n,) by the bundled model: see `RaceModel.predict_times`."""
    return bundled().predict_times(bests, target_m, age, sex, weekly_km)
