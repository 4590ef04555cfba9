"""A recording's streams laid side by side again: one row an instant, as files of activities hold them.

The rule of this file: the way back of `points.to_samples`. What has no place in a row is counted, never dropped
silently; nothing is interpolated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from device.files.pauses import CLOSING_S
from device.files.points import Points
from device.files.recording import Recording
from edge import samples as s
from edge.samples import Column, Columnar
from edge.summary import Pause

#: column of `Points` -> where its values come from, the first that holds any; what the others hold is an extra.
_SOURCES: dict[str, tuple[tuple[type[Columnar], str], ...]] = {
    "latitude_deg": ((s.Fix, "latitude_deg"),),
    "longitude_deg": ((s.Fix, "longitude_deg"),),
    "altitude_m": ((s.Altitude, "altitude_m"), (s.Fix, "altitude_m")),
    "accuracy_m": ((s.Fix, "accuracy_m"),),
    "distance_m": ((s.Odometer, "distance_m"), (s.Stride, "distance_m"), (s.Cycling, "distance_m")),
    "speed_m_s": (
        (s.Odometer, "speed_m_s"), (s.Fix, "speed_m_s"), (s.Stride, "speed_m_s"), (s.Cycling, "speed_m_s"),
    ),
    "heart_rate_bpm": ((s.HeartRate, "bpm"),),
    "cadence": ((s.Stride, "cadence_spm"), (s.Cycling, "cadence_rpm")),
    "power_w": ((s.Power, "power_w"),),
    "temperature_c": ((s.Temperature, "temperature_c"), (s.Pressure, "temperature_c")),
    "vertical_oscillation_m": ((s.Dynamics, "vertical_oscillation_m"),),
    "ground_contact_s": ((s.Dynamics, "ground_contact_s"),),
    "step_length_m": ((s.Dynamics, "step_length_m"),),
}  # fmt: skip
#: What no column of `Points` is for.
_MORE: tuple[tuple[type[Columnar], str], ...] = (
    (s.Pressure, "pressure_pa"), (s.Humidity, "humidity_percent"), (s.Battery, "level_percent"),
)  # fmt: skip
#: Too fast for rows of seconds.
_MOTION = (s.Inertial, s.Magnetic)
#: Streams are of one clock where laying them side by side makes no more than so many times the longest one's rows.
_ONE_CLOCK = 1.2
#: Moments this near to the second are the second itself (0.1 ms: what a float64 of Unix time leaves of a whole one).
_ON_THE_SECOND_S = 1e-4


@dataclass(frozen=True, slots=True)
class Unheld:
    """What a file could not hold: which column or thing, how many values, and why (a key of `WHY`)."""

    what: str
    count: int
    why: str


#: Why something is not in a file, in words with the gaps of `edge.coach.phrases.say`.
WHY = {
    "no place": "{count:count} values of {what:word} have no place in this format",
    "one a second": "{count:count} values of {what:word} came in one second with a later one, which was kept",
    "no position": "{count:count} values of {what:word} stand where no position was known, which GPX cannot write",
    "beyond": "{count:count} values of {what:word} are beyond what this format can write",
    "no time": "{count:count} values of {what:word} have no time",
    "no name": "{what:word} has no name in this format, and stands as something else",
}


@dataclass(frozen=True, slots=True, eq=False)
class Extra:
    """A column that `Points` has none for: its name as stream and column, and its values (n,)."""

    name: str
    values: Column


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Rows of a recording: points (cadence in steps/min where `steps`, else turns/min), more columns, what fell out."""

    points: Points
    steps: bool
    extras: tuple[Extra, ...]
    unheld: tuple[Unheld, ...]


class _Axis:
    """The instants of all rows, and where the times of a stream fall among them."""

    def __init__(self, recording: Recording, kept: list[Columnar], whole_seconds: bool) -> None:
        self._start_s = recording.start_unix_s
        self._seconds = False
        longest = max((len(one) for one in kept), default=0)
        self.time_s = self._all(kept)
        if whole_seconds or len(self.time_s) > _ONE_CLOCK * longest:
            self._seconds = True
            self.time_s = self._all(kept)

    def _all(self, kept: list[Columnar]) -> Column:
        keys = [self._keys(one.t_s) for one in kept]
        return np.unique(np.concatenate([k[np.isfinite(k)] for k in keys])) if keys else np.empty(0)

    def _keys(self, t_s: Column) -> Column:
        unix_s = np.rint((t_s + self._start_s) * 1000.0) / 1000.0
        return seconds_of(unix_s) if self._seconds else unix_s

    def rows(self, t_s: Column) -> NDArray[np.intp]:
        """Return the row of each time (n,) of a whole stream; a time that is not finite has row 0."""
        return np.searchsorted(self.time_s, np.nan_to_num(self._keys(t_s), nan=-np.inf))


def seconds_of(unix_s: Column) -> Column:
    """Return the whole second that stands for each time (n,) of one stream, less than one second away.

    A sensor that tells once a second does so at its own moment within the second, with some jitter: seconds are parted
    half a second from that moment, so that none stands empty while the next one has two values.
    """
    turns = np.exp(2j * np.pi * (unix_s[np.isfinite(unix_s)] % 1.0))
    moment_s = float(np.angle(turns.mean()) / (2.0 * np.pi)) if len(turns) else 0.0
    return np.rint(unix_s - (moment_s if abs(moment_s) > _ON_THE_SECOND_S else 0.0))


def laid(recording: Recording, *, whole_seconds: bool) -> Laid:
    """Return the rows of a recording: one an instant, to the millisecond; one a second where streams keep their own
    clocks, or where `whole_seconds` asks for it.
    """
    streams: dict[type[Columnar], Columnar] = {}
    for kind in s.STREAMS.values():
        found = s.select(recording.samples, kind)
        if found is not None and len(found):
            streams[kind] = found
    kept = [one for kind, one in streams.items() if kind not in _MOTION]
    axis = _Axis(recording, kept, whole_seconds)
    unheld = [
        Unheld(s.stream_name(one), len(one), "no place") for kind, one in streams.items() if kind in _MOTION
    ] + _gaps(recording)
    columns: dict[str, Column] = {}
    extras: list[Extra] = []
    for name, sources in _SOURCES.items():
        for kind, attribute in sources:
            column = _column(axis, streams.get(kind), attribute, unheld)
            if column is not None and name not in columns:
                columns[name] = column
            elif column is not None:
                extras.append(Extra(f"{s.stream_name(streams[kind])}.{attribute}", column))
    for kind, attribute in _MORE:
        column = _column(axis, streams.get(kind), attribute, unheld)
        if column is not None:
            extras.append(Extra(f"{s.stream_name(streams[kind])}.{attribute}", column))
    return Laid(Points(axis.time_s, **columns), s.Stride in streams, tuple(extras), tuple(unheld))


def _column(axis: _Axis, stream: Columnar | None, attribute: str, unheld: list[Unheld]) -> Column | None:
    """Return a column of a stream on the axis, None where it holds nothing; notes what two rows would share."""
    if stream is None:
        return None
    values = getattr(stream, attribute)
    known = np.isfinite(values)
    name = f"{s.stream_name(stream)}.{attribute}"
    timed = known & np.isfinite(stream.t_s)
    if (lost := int(known.sum() - timed.sum())) > 0:
        unheld.append(Unheld(name, lost, "no time"))
    if not timed.any():
        return None
    rows = axis.rows(stream.t_s)[timed]
    column = np.full(len(axis.time_s), np.nan)
    column[rows] = values[timed]
    if (lost := len(rows) - len(np.unique(rows))) > 0:
        unheld.append(Unheld(name, lost, "one a second"))
    return column


def _gaps(recording: Recording) -> list[Unheld]:
    """Return how many causes of lost stretches no format has a place for: the stretch itself has no values."""
    gaps = sum(isinstance(one, s.Gap) for one in recording.samples)
    return [Unheld("gap.cause", gaps, "no place")] if gaps else []


def beats(recording: Recording, time_s: Column) -> tuple[Column, Column]:
    """Return which row (n,) each beat interval belongs to, and the intervals (n,) in s; empty without any.

    `time_s` are the rows' instants in Unix s; an interval belongs to the last row not after its own heart rate.
    """
    heart = s.select(recording.samples, s.HeartRate)
    if heart is None or not len(heart.rr_s) or int(heart.rr_count.sum()) != len(heart.rr_s) or not len(time_s):
        return np.empty(0), np.empty(0)
    unix_s = np.rint((heart.t_s + recording.start_unix_s) * 1000.0) / 1000.0
    own = np.repeat(seconds_of(unix_s), heart.rr_count.astype(np.int64))
    return np.clip(np.searchsorted(time_s, own, side="right") - 1, 0, None).astype(np.float64), heart.rr_s


def real_pauses(recording: Recording) -> tuple[Pause, ...]:
    """Return the pauses without the mark of a millisecond that only says that the timer is known."""
    return tuple(p for p in recording.pauses if p.to_s - p.from_s > 1.5 * CLOSING_S)


def stops(recording: Recording) -> tuple[Pause, ...]:
    """Return the pauses and the stretches in which nothing was recorded at all, joined, in order."""
    silent = [Pause(g.from_s, g.to_s) for g in recording.samples if isinstance(g, s.Gap) and g.stream == "all"]
    joined: list[Pause] = []
    for one in sorted([*real_pauses(recording), *silent], key=lambda p: p.from_s):
        if joined and one.from_s <= joined[-1].to_s:
            joined[-1] = Pause(joined[-1].from_s, max(joined[-1].to_s, one.to_s))
        elif one.to_s > one.from_s:
            joined.append(one)
    return tuple(joined)


def without_place(rows: Laid, recording: Recording, names: Iterable[str]) -> Iterator[Unheld]:
    """Yield what a text format has no place for: the columns of these names, every extra one, beat intervals."""
    for name in names:
        if count := int(np.count_nonzero(np.isfinite(getattr(rows.points, name)))):
            yield Unheld(name, count, "no place")
    for extra in rows.extras:
        yield Unheld(extra.name, int(np.count_nonzero(np.isfinite(extra.values))), "no place")
    heart = s.select(recording.samples, s.HeartRate)
    if heart is not None and len(heart.rr_s):
        yield Unheld("heart_rate.rr_s", len(heart.rr_s), "no place")
