"""One activity from several sources becomes one run that keeps the richest columns, and says where each came from.

The rule of this file: a run keeps its id and whatever it holds that is richer; only whole streams change hands, so
that no row mixes two clocks or two sensors.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.store import RunRow, Store
from app.store.runs import Richer
from device.files.recording import Recording, StatedTotals, shifted
from edge.samples import STREAMS, Columnar, DeviceInfo, Gap, Samples, column_names, select, stream_name
from edge.summary import RunSummary, summarise

# Two recordings are one activity within these: formats cut the first and last seconds, and measure distance anew.
_SAME_TIME_S, _SAME_SHARE = 60.0, 0.8
_SAME_START_S = 2.0
_SAME_M, _SAME_M_SHARE = 100.0, 0.1
_FOOT = frozenset({"running", "walking", "hiking"})
_UNNAMED = frozenset({"generic", ""})
# A stream takes the place of another when it holds so many times its values over as long a time.
_RICHER, _AS_LONG = 1.5, 0.95
# The part of a run's file name that names what another file brought: " + name (stream, stream)".
_BROUGHT = re.compile(r" \+ (.+?) \(([a-z_]+(?:, [a-z_]+)*)\)")


def find_twin(store: Store, recording: Recording, summary: RunSummary) -> RunRow | None:
    """Return the run of the diary that is the same activity, None where there is none.

    Same family of sports (a file that names none fits any), start and end within 60 s of each other and four
    fifths in common, distances within 10 % or 100 m where both are known.
    """
    start_s = recording.start_unix_s
    for row in store.runs(since_unix_s=start_s - _SAME_TIME_S, until_unix_s=start_s + _SAME_TIME_S):
        if row.summary is not None and _one_family(row.sport, recording.sport):
            shift_s = row.start_unix_s - start_s
            if _same_span(row.summary.duration_s, summary.duration_s, shift_s) and _same_distance(
                row.summary.distance_m, summary.distance_m
            ):
                return row
    return None


def _one_family(a: str, b: str) -> bool:
    """Return whether two formats may call one activity by these sports; a file that names none fits any."""
    return a == b or a in _UNNAMED or b in _UNNAMED or (a in _FOOT and b in _FOOT)


def _same_span(stored_s: float, ours_s: float, shift_s: float) -> bool:
    """Return whether two stretches, one `shift_s` later than the other, cover the same time; unknown ones do."""
    stored_s, ours_s = (0.0 if math.isnan(s) else s for s in (stored_s, ours_s))
    common_s = min(stored_s + shift_s, ours_s) - max(shift_s, 0.0)
    ends_apart_s = abs(stored_s + shift_s - ours_s)
    return ends_apart_s <= _SAME_TIME_S and common_s >= _SAME_SHARE * max(stored_s, ours_s)


def _same_distance(stored_m: float, ours_m: float) -> bool:
    return not abs(stored_m - ours_m) > max(_SAME_M, _SAME_M_SHARE * max(stored_m, ours_m))


def find_shorter(store: Store, recording: Recording, summary: RunSummary, file_name: str) -> RunRow | None:
    """Return the run that a file of this name gave when it was not yet complete; None where there is none.

    It began within 2 s of this one, ended a minute and more before it, and is of one family of sports with it.
    """
    start_s = recording.start_unix_s
    for row in store.runs(since_unix_s=start_s - _SAME_START_S, until_unix_s=start_s + _SAME_START_S):
        known = row.summary is not None and row.source == "import" and row.state == "finished"
        if known and row.file_name == file_name and _one_family(row.sport, recording.sport):
            assert row.summary is not None
            if row.summary.duration_s < summary.duration_s - _SAME_TIME_S:
                return row
    return None


def lengthen(store: Store, row: RunRow, recording: Recording, summary: RunSummary) -> None:
    """Give a run that was cut short the samples of its complete file; it keeps its id."""
    samples = shifted(recording.samples, recording.start_unix_s - row.start_unix_s)
    named = (recording.sport, recording.sub_sport, row.file_name)
    store.enrich(row.run_id, Richer(samples, summary, recording.stated, *named))


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """What two recordings of one activity make: samples since the stored start, and the streams of the new one."""

    samples: tuple[Samples, ...]
    taken: tuple[str, ...]


def merged(stored: Sequence[Samples], new: Sequence[Samples]) -> Merged:
    """Return the richer stream of each kind; of both alike the stored one stays."""
    kept: list[Samples] = [one for one in stored if isinstance(one, (DeviceInfo, Gap))]
    taken = []
    for name, kind in STREAMS.items():
        ours, theirs = (_of_kind(part, kind) for part in (stored, new))
        if theirs is not None and _richer(ours, theirs):
            kept.append(theirs)
            taken.append(name)
        elif ours is not None:
            kept.append(ours)
    if taken:
        kept += [one for one in new if isinstance(one, DeviceInfo) and one not in kept]
    return Merged(tuple(kept), tuple(taken))


def _of_kind(samples: Sequence[Samples], kind: type[Columnar]) -> Columnar | None:
    found: Columnar | None = select(tuple(samples), kind)
    return found if found is not None and len(found) else None


def _richer(ours: Columnar | None, theirs: Columnar) -> bool:
    if ours is None:
        return _values(theirs) > 0
    long_s = float(np.ptp(ours.t_s))
    return _values(theirs) >= _RICHER * _values(ours) and float(np.ptp(theirs.t_s)) >= _AS_LONG * long_s


def _values(stream: Columnar) -> int:
    """Return how many values a stream holds beside its times."""
    return sum(int(np.isfinite(getattr(stream, name)).sum()) for name in column_names(type(stream))[1:])


def enrich(store: Store, row: RunRow, recording: Recording, file_name: str) -> dict[str, str]:
    """Give a run of the diary what another recording of it holds more; returns the file that each column is from.

    Nothing is returned, and nothing changed, where the other holds nothing more or the run is not an imported one.
    """
    if row.source != "import" or row.state != "finished":
        return {}
    stored, damage = store.samples(row.run_id)
    if damage:
        return {}
    found = merged(stored, shifted(recording.samples, recording.start_unix_s - row.start_unix_s))
    if not found.taken:
        return {}
    named = row.sport not in _UNNAMED or recording.sport in _UNNAMED
    sport, sub_sport = (row.sport, row.sub_sport) if named else (recording.sport, recording.sub_sport)
    credited = f"{row.file_name} + {file_name} ({', '.join(found.taken)})"
    summary = summarise(found.samples, sport, store.pauses(row.run_id), store.profile().weight_kg)
    totals = _stated(row.stated, recording.stated)
    store.enrich(row.run_id, Richer(found.samples, summary, totals, sport, sub_sport, credited))
    return columns(found.samples, credited)


def _stated(ours: StatedTotals | None, theirs: StatedTotals) -> StatedTotals:
    if ours is None:
        return theirs
    gaps = {
        f.name: getattr(theirs, f.name)
        for f in dataclasses.fields(StatedTotals)
        if math.isnan(getattr(ours, f.name)) and math.isfinite(getattr(theirs, f.name))
    }
    return dataclasses.replace(ours, **gaps)


def columns(samples: Iterable[Samples], file_name: str) -> dict[str, str]:
    """Return the measured columns of a run, as stream.column, with the file that each came from."""
    found = {}
    origins = streams_from(file_name)
    own = _BROUGHT.sub("", file_name)
    for one in samples:
        if isinstance(one, (DeviceInfo, Gap)):
            continue
        stream = stream_name(one)
        for name in column_names(type(one))[1:]:
            if name != "rr_count" and np.isfinite(getattr(one, name)).any():
                found[f"{stream}.{name}"] = origins.get(stream, own)
    return found


def streams_from(file_name: str) -> Mapping[str, str]:
    """Return the streams that other files brought to a run, with those files, from its file name in the diary."""
    return {stream: m[1] for m in _BROUGHT.finditer(file_name) for stream in m[2].split(", ")}
