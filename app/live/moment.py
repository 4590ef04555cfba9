"""One moment of a run as plain values, written as one line of JSON: what the recorder tells a screen twice a second."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from app.live.raw import Raw, raw_from
from edge.session import FeatureRow

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason of what was said: its words, its numbers by name, and what it rests on."""

    text: str
    numbers: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the coach said last: second of the run, rule, words and reasons."""

    t_s: float
    rule: str
    text: str
    because: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Lap:
    """One kilometre or lap that is over: from and to in s of the run, metres, mean heart rate in bpm."""

    from_s: float
    to_s: float
    distance_m: float
    heart_bpm: float
    tapped: bool = False


@dataclass(frozen=True, slots=True)
class LiveMoment:
    """A moment: the run's id, the features by name, the band and zones they are held against, and what is around."""

    run_id: str
    row: dict[str, float]
    session: dict[str, Any] = field(default_factory=dict)
    """kind, distance_m, duration_s, pace_low_s_per_km, ... of the session that is run."""
    band_s_per_km: tuple[float, float] = (math.nan, math.nan)
    zones_bpm: tuple[float, ...] = ()
    zones_s: tuple[float, ...] = ()
    past: Points = ()
    ahead: Points = ()
    track: Points = ()
    spoken: Spoken | None = None
    laps: tuple[Lap, ...] = ()
    trackers: tuple[tuple[str, bool], ...] = ()
    """Address or name of each, and whether it is connected."""
    battery: float = math.nan
    gps_accuracy_m: float = math.nan
    safe_samples: int = 0
    raw: Raw = ()
    """The newest values of what the trackers send, by name."""
    trouble: str = ""
    """Why what is recorded is not in the diary yet."""
    stopped_s: float = 0.0
    """How long the timer has stood still by a tap, in s."""
    paused: bool = False
    ended: bool = False

    @property
    def features(self) -> FeatureRow:
        """Return the features as a row; what was not told is NaN."""
        return FeatureRow(*(self.row.get(f.name, math.nan) for f in fields(FeatureRow)))


def line_of(moment: LiveMoment) -> str:
    """Return a moment as one line; NaN is written as null."""
    return json.dumps(_plain(asdict(moment)), separators=(",", ":"), allow_nan=False)


def moment_from(line: str) -> LiveMoment:
    """Return the moment of a line; ValueError where it is none."""
    try:
        told = json.loads(line)
        spoken = told.get("spoken")
        return LiveMoment(
            str(told["run_id"]),
            {str(k): _number(v) for k, v in told["row"].items()},
            {str(k): v if isinstance(v, str) else _number(v) for k, v in told["session"].items()},
            (_number(told["band_s_per_km"][0]), _number(told["band_s_per_km"][1])),
            tuple(map(_number, told["zones_bpm"])),
            tuple(map(_number, told["zones_s"])),
            _points(told["past"]),
            _points(told["ahead"]),
            _points(told["track"]),
            None
            if spoken is None
            else Spoken(
                _number(spoken["t_s"]), str(spoken["rule"]), str(spoken["text"]), tuple(map(_ground, spoken["because"]))
            ),
            tuple(map(_lap, told["laps"])),
            tuple((str(name), bool(on)) for name, on in told["trackers"]),
            _number(told["battery"]),
            _number(told["gps_accuracy_m"]),
            int(told["safe_samples"]),
            raw_from(told["raw"]),
            str(told["trouble"]),
            _number(told["stopped_s"]),
            bool(told["paused"]),
            bool(told["ended"]),
        )
    except (KeyError, TypeError, IndexError, AttributeError, ValueError) as problem:
        raise ValueError(f"no moment of a run: {problem!r}") from problem


def _ground(told: Any) -> Ground:
    numbers = tuple((str(name), _number(value)) for name, value in told["numbers"])
    return Ground(str(told["text"]), numbers, tuple(map(str, told["evidence"])))


def _lap(told: Any) -> Lap:
    numbers = [_number(told[name]) for name in ("from_s", "to_s", "distance_m", "heart_bpm")]
    return Lap(numbers[0], numbers[1], numbers[2], numbers[3], bool(told["tapped"]))


def _number(value: object) -> float:
    return math.nan if value is None else float(value)  # type: ignore[arg-type]


def _points(pairs: Any) -> Points:
    return tuple((_number(x), _number(y)) for x, y in pairs)


def _plain(value: object) -> object:
    match value:
        case float():
            return round(value, 5) if math.isfinite(value) else None
        case dict():
            return {str(k): _plain(v) for k, v in value.items()}
        case tuple() | list():
            return [_plain(v) for v in value]
        case _:
            return value
