"""Times as files state them become rising Unix times, or the row is left out and the reason named.

The rule of this file: a time is mended only where the recording itself proves how (a counter that
rolled over, a known unit, an anchor); a row whose time cannot be believed is dropped, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

#: The FIT epoch, 1989-12-31T00:00:00Z, in Unix seconds (FIT Protocol, type date_time).
FIT_EPOCH_S = 631065600.0
#: GPS receivers count weeks modulo 1024; after a rollover the date is off by this (IS-GPS-200, 20.3.3.3.1.1).
ROLLOVER_S = 1024 * 7 * 86400.0
#: Times before 1990 or after 2100 are no recording's.
POSSIBLE_S = (631152000.0, 4102444800.0)
#: No receiver wrote FIT or TCX before 2007, and GPX came in 2002: an older date is a rolled-over week.
OLDEST_S = {"fit": 1167609600.0, "tcx": 1167609600.0, "gpx": 946684800.0}
# A silence of a week parts what cannot belong to one recording.
_APART_S = 7 * 86400.0


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Which rows stay (indices in rising time), their Unix times in s, and what had to be done."""

    rows: NDArray[np.int64]
    time_s: Column
    problems: tuple[str, ...]


def settle_times(time_s: Column, form: str, hint_s: float = float("nan")) -> Clock:
    """Return rising times for the rows of a recording in file order; `hint_s` is the file's own date, or NaN."""
    problems: list[str] = []
    times = np.array(time_s, dtype=np.float64)
    missing = int(np.isnan(times).sum())
    if missing and missing < len(times):
        problems.append(f"{missing} rows without a time were left out")
    times = _possible(times, hint_s, problems)
    times = _one_stretch(times, problems)
    times = _unrolled(times, form, hint_s, problems)
    rows = np.flatnonzero(np.isfinite(times))
    rows, rising = _in_order(rows, times[rows], problems)
    return Clock(rows, rising, tuple(problems))


def _believable(times: Column) -> NDArray[np.bool_]:
    return np.asarray((times >= POSSIBLE_S[0]) & (times < POSSIBLE_S[1]))


def _possible(times: Column, hint_s: float, problems: list[str]) -> Column:
    """Return the times with impossible ones mended from an anchor, or NaN."""
    good, known = _believable(times), np.isfinite(times)
    wrong = known & ~good
    if not wrong.any():
        return times
    if good.sum() >= wrong.sum():
        problems.append(f"{int(wrong.sum())} rows with an impossible date were left out")
        return np.where(good, times, np.nan)
    scaled = times / 1000.0
    if _believable(scaled[wrong]).all():
        problems.append("times are in milliseconds")
        return scaled
    return _anchored(times, hint_s, problems)


def _anchored(times: Column, hint_s: float, problems: list[str]) -> Column:
    """Return times counted from zero set before the one absolute time that the recording holds."""
    relative = (times >= 0.0) & (times < _APART_S * 4)
    others = times[np.isfinite(times) & ~relative]
    # Keep (the app) writes the end of the run, in tenths of a second read as thousandths, as the first time.
    anchors = [a for t in others for a in (t, t / 10.0, t / 100.0, t / 1000.0) if _believable(np.array([a]))[0]]
    if not relative.any():
        problems.append("no time in it is possible")
        return np.full(len(times), np.nan)
    out = np.where(relative, times, np.nan)
    if anchors:
        problems.append("times count from the start; the date is taken from the one absolute time in the file")
        return np.asarray(out + round(anchors[0] - float(np.nanmax(out)), 3))
    if np.isfinite(hint_s):
        problems.append("times count from the start; the date is taken from the head of the file")
        return np.asarray(out + hint_s - float(np.nanmin(out)))
    problems.append("times count from the start; the file does not know its date")
    return out


def _one_stretch(times: Column, problems: list[str]) -> Column:
    """Return the times without those that a silence of a week parts from the greater number."""
    known = np.sort(times[np.isfinite(times)])
    if len(known) == 0 or known[-1] - known[0] < _APART_S:
        return times
    cuts = np.flatnonzero(np.diff(known) > _APART_S) + 1
    if len(cuts) == 0:
        return times
    parts = np.split(known, cuts)
    best = max(parts, key=len)
    keep = (times >= best[0]) & (times <= best[-1])
    problems.append(f"{int(np.isfinite(times).sum() - keep.sum())} rows from another week were left out")
    return np.where(keep, times, np.nan)


def _unrolled(times: Column, form: str, hint_s: float, problems: list[str]) -> Column:
    """Return the times moved on by 1024 weeks where the date proves a rolled-over week counter."""
    known = times[np.isfinite(times)]
    if len(known) == 0 or known[0] < POSSIBLE_S[0]:
        return times
    weeks = round((hint_s - known[0]) / ROLLOVER_S) if np.isfinite(hint_s) else 0
    proven = weeks >= 1 and abs(hint_s - known[0] - weeks * ROLLOVER_S) < 2 * 86400.0
    if not proven and known[0] >= OLDEST_S[form]:
        return times
    shift = (weeks if proven else 1) * ROLLOVER_S
    problems.append("the receiver's week counter had rolled over: dates were moved on by 1024 weeks")
    return times + shift


def _in_order(rows: NDArray[np.int64], times: Column, problems: list[str]) -> tuple[NDArray[np.int64], Column]:
    """Return rows and times in rising order: blocks out of order are sorted, a clock set back is set forward."""
    back = np.flatnonzero(np.diff(times) < 0.0) + 1
    if len(back) == 0:
        return rows, times
    firsts, lasts = np.concatenate(([0], back)), np.concatenate((back, [len(times)])) - 1
    lone = _lone(times, firsts, lasts)
    if lone.any():
        problems.append(f"{int(lone.sum())} rows out of order in time were left out")
        return _in_order(rows[~lone], times[~lone], problems)
    index = np.argsort(times, kind="stable")
    # Stretches that were swapped fall into place in one piece each; two clocks would interleave row by row.
    if int((np.diff(index) != 1).sum()) <= 3 * len(back):
        problems.append("stretches that stand out of order in time were put in order")
        return rows[index], times[index]
    return _set_forward(rows, times, back, problems)


def _lone(times: Column, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return a mask (n,) of short blocks (one or two rows, of at least three blocks' worth of rows in all)."""
    mask = np.zeros(len(times), dtype=bool)
    short = (lasts - firsts < 2) & (len(times) > 3 * (lasts - firsts + 1))
    for first, last in zip(firsts[short], lasts[short], strict=True):
        mask[first : last + 1] = True
    # Where most blocks are short there is no order to keep to: sort instead.
    return mask if mask.sum() < 0.2 * len(times) else np.zeros(len(times), dtype=bool)


def _set_forward(
    rows: NDArray[np.int64], times: Column, back: NDArray[np.int64], problems: list[str]
) -> tuple[NDArray[np.int64], Column]:
    """Return times in which every step back is one usual step forward instead; steps back below 5 s drop rows."""
    steps = np.diff(times)
    usual = float(np.median(steps[steps > 0.0])) if (steps > 0.0).any() else 1.0
    if len(back) > 0.2 * len(times):
        problems.append("times run in no order: rows were sorted by time")
        index = np.argsort(times, kind="stable")
        return rows[index], times[index]
    if -steps[back - 1].min() <= 5.0:
        keep = times >= np.maximum.accumulate(times)
        problems.append(f"{int((~keep).sum())} rows whose time steps back were left out")
        return rows[keep], times[keep]
    shift = np.zeros(len(times))
    shift[back] = usual - steps[back - 1]
    problems.append(
        f"the clock stepped back {len(back)} times (up to {-steps[back - 1].min():.0f} s): later rows follow on"
    )
    return rows, times + np.cumsum(shift)
