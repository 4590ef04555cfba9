"""Height while running: one row a second, with what is not known told as NaN.

The rule of this file: the row of second k is made of what was measured before k + 1 and leaves once the newest
pressure is `LATENESS_S` past that, so any chunking gives the same rows; gain is counted in
blocks of eight rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from edge.altitude import standard_altitude_m
from edge.altitude.noise import Noise, bend_share
from edge.clock import LATENESS_S
from edge.samples import Column, Fix, Pressure, Samples

BLOCK_ROWS = 8
_RATE_ROWS, _KEPT_ROWS = 24, 48
_HAMPEL_ROWS, _LEAST_KNOWN, _SIGMAS, _LEAST_OFF_M = 9, 5, 5.0, 1.9
_STALE_ROWS = 5
_UNKNOWN_WANDER_M, _LEAST_BENDS, _KEPT_BENDS = 1.0, 12, 128
_FIX_MEMORY, _LEAST_FIX_M2 = 120.0, 9.0
_LONGEST_S = 6.0 * 3600.0
_OUTSIDE_M = (-450.0, 9000.0)


@dataclass(frozen=True, slots=True, eq=False)
class LiveHeights:
    """Height at every second, (n,) each; NaN where it is not known, ages in s."""

    t_s: Column
    altitude_m: Column
    """Altitude set right by all fixes so far; NaN before the first and without pressure."""
    altitude_sd_m: Column
    altitude_age_s: Column
    climb_rate_m_s: Column
    """Vertical speed over the last 24 s; NaN until 12 of them are known."""
    climb_rate_sd_m_s: Column
    gain_m: Column
    """Ascent so far, counted to the last whole block."""
    gain_sd_m: Column
    gain_age_s: Column

    def __len__(self) -> int:
        return len(self.t_s)


@dataclass(frozen=True, slots=True, eq=False)
class LiveClimbState:
    """All that a `LiveClimb` remembers: plain arrays and numbers."""

    next_row: float = 0.0
    """The next second to tell."""
    newest_s: float = float("-inf")
    waiting: Column = field(default_factory=lambda: np.empty((2, 0)))
    """Pressure samples of seconds not yet told: times in s and standard altitudes in m."""
    fixes: Column = field(default_factory=lambda: np.empty((2, 0)))
    """Satellite altitudes not yet used: times in s and m."""
    raw_m: Column = field(default_factory=lambda: np.full(_KEPT_ROWS, np.nan))
    """Standard altitude in m of the last seconds, as heard."""
    heard_s: float = float("-inf")
    """When the newest told pressure was measured."""
    level_sums: Column = field(default_factory=lambda: np.zeros(3))
    """Of satellite minus standard altitudes: sum in m, sum of squares in m2, how many."""
    bends_m: Column = field(default_factory=lambda: np.empty(0))
    blocks_m: Column = field(default_factory=lambda: np.full(3, np.nan))
    """Means of the last three blocks."""
    extreme_m: float = float("nan")
    rising: bool = False
    gain_m: float = 0.0
    swings: int = 0


class LiveClimb:
    """Turns pressure and fixes into one row of `LiveHeights` a second; `state` saves it, the constructor restores."""

    def __init__(self, state: LiveClimbState | None = None) -> None:
        self.state = state or LiveClimbState()

    def feed(self, samples: tuple[Samples, ...]) -> LiveHeights:
        """Return the rows that these samples complete; samples may be up to a second late, NaN are passed over.

        Raises ValueError, and changes nothing, for pressure over six hours after all before.
        """
        self.state = _with(self.state, samples)
        return self.advance(self.state.newest_s)

    def advance(self, now_s: float) -> LiveHeights:
        """Return the rows that are due when another stream's newest sample is at a time in s."""
        self.state = replace(self.state, newest_s=max(self.state.newest_s, now_s))
        return self._until(np.floor(self.state.newest_s - LATENESS_S))

    def finish(self) -> LiveHeights:
        """Return the rows still waiting; call once, at the end of the run."""
        return self._until(np.floor(self.state.newest_s) + 1.0 if np.isfinite(self.state.newest_s) else -np.inf)

    def _until(self, end_s: float) -> LiveHeights:
        """Return the rows of all seconds before `end_s`."""
        second = np.arange(self.state.next_row, max(end_s, self.state.next_row))
        if not len(second):
            return LiveHeights(*np.empty((9, 0)))
        self.state, heights = _told(self.state, second)
        return heights


def _with(state: LiveClimbState, samples: tuple[Samples, ...]) -> LiveClimbState:
    """Return the state with new samples waiting, in order of time and value."""
    air = [np.stack([s.t_s, standard_altitude_m(s.pressure_pa)]) for s in samples if type(s) is Pressure]
    sky = [np.stack([s.t_s, s.altitude_m]) for s in samples if type(s) is Fix]
    waiting = _sorted(np.concatenate([state.waiting, *air], axis=1))
    fixes = _sorted(np.concatenate([state.fixes, *sky], axis=1))
    waiting = waiting[:, waiting[0] >= state.next_row]
    ahead_s = np.diff(waiting[0], prepend=max(state.newest_s, 0.0))
    if (ahead_s > _LONGEST_S).any():
        raise ValueError(
            f"pressure at {waiting[0, np.argmax(ahead_s > _LONGEST_S)]} s is over six hours after the last"
        )
    newest = max(state.newest_s, float(waiting[0, -1])) if waiting.size else state.newest_s
    return replace(state, waiting=waiting, fixes=fixes, newest_s=newest)


def _sorted(rows: Column) -> Column:
    """Return the columns (2, n) that are finite and possible, by time and then value."""
    fine = np.isfinite(rows).all(axis=0) & (rows[1] >= _OUTSIDE_M[0]) & (rows[1] <= _OUTSIDE_M[1])
    rows = rows[:, fine]
    return rows[:, np.lexsort((rows[1], rows[0]))]


def _told(state: LiveClimbState, second: Column) -> tuple[LiveClimbState, LiveHeights]:
    """Return the state after these seconds (n,), and their rows."""
    due = state.waiting[0] < second[-1] + 1.0
    heard, last_s = _medians(state.waiting[:, due], second)
    raw = np.concatenate([state.raw_m, heard])
    calm = _calm(raw)[-len(second) - _KEPT_ROWS + _HAMPEL_ROWS :]
    newest = np.maximum.accumulate(np.append(state.heard_s, last_s))[1:]
    value = _latest(calm)[-len(second) :]
    state, level, level_sd = _levelled(state, second, value)
    state, scores = _counted(state, second, calm)
    told = _heights(state, second, value, level, level_sd, newest, scores, calm)
    state = replace(
        state,
        next_row=float(second[-1]) + 1.0,
        waiting=state.waiting[:, ~due],
        raw_m=raw[-_KEPT_ROWS:],
        heard_s=float(newest[-1]),
    )
    return state, told


def _medians(waiting: Column, second: Column) -> tuple[Column, Column]:
    """Return the median altitude in m of every second, NaN without samples, and the time in s of its last sample."""
    middle, last_s = np.full(len(second), np.nan), np.full(len(second), -np.inf)
    if not waiting.size:
        return middle, last_s
    row = (np.floor(waiting[0]) - second[0]).astype(np.intp)
    order = np.lexsort((waiting[1], row))
    first = np.flatnonzero(np.diff(row, prepend=-1))
    last = np.append(first[1:], len(row)) - 1
    value = waiting[1][order]
    middle[row[first]] = 0.5 * (value[(first + last) // 2] + value[(first + last + 1) // 2])
    last_s[row[first]] = waiting[0][last]
    return middle, last_s


def _windows(rows: Column, width: int) -> Column:
    return np.lib.stride_tricks.sliding_window_view(rows, width)


def _known_median(windows: Column) -> tuple[Column, Column]:
    """Return the median (n,) of the known values of every window, NaN without any, and how many are known."""
    count = np.isfinite(windows).sum(axis=1)
    ordered, row = np.sort(windows, axis=1), np.arange(len(windows))
    low, high = np.maximum(count - 1, 0) // 2, np.minimum(count // 2, windows.shape[1] - 1)
    return 0.5 * (ordered[row, low] + ordered[row, high]), count


def _calm(raw_m: Column) -> Column:
    """Return the altitude in m of all rows but the first nine, NaN where one is off the nine before it.

    Off is what lies further from their median than they scatter and legs explain; a level that stays is believed
    after five seconds.
    """
    before, here = _windows(raw_m, _HAMPEL_ROWS)[:-1], raw_m[_HAMPEL_ROWS:]
    middle, count = _known_median(before)
    spread = 1.4826 * _known_median(np.abs(before - middle[:, None]))[0]
    off = (np.abs(here - middle) > np.maximum(_SIGMAS * spread, _LEAST_OFF_M)) & (count >= _LEAST_KNOWN)
    return np.where(off, np.nan, here)


def _latest(rows_m: Column) -> Column:
    """Return the newest known altitude in m within five rows of every row but the first four; NaN without."""
    windows = _windows(rows_m, _STALE_ROWS)
    known = np.isfinite(windows)
    back = np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), windows[np.arange(len(windows)), _STALE_ROWS - 1 - back], np.nan)


def _levelled(state: LiveClimbState, second: Column, value: Column) -> tuple[LiveClimbState, Column, Column]:
    """Return the state with these seconds' fixes counted, and the satellites' level in m and its sd at each second."""
    due = (state.fixes[0] < second[-1] + 1.0) & (state.fixes[0] >= second[0])
    row = (np.floor(state.fixes[0, due]) - second[0]).astype(np.intp)
    gap = state.fixes[1, due] - value[row]
    row, gap = row[np.isfinite(gap)], gap[np.isfinite(gap)]
    sums = np.cumsum(np.column_stack([state.level_sums, [gap, gap**2, np.ones(len(gap))]]), axis=1)
    total, squares, count = sums[:, np.searchsorted(row, np.arange(len(second)), side="right")]
    some = np.maximum(count, 1.0)
    spread2 = np.maximum(squares / some - (total / some) ** 2, _LEAST_FIX_M2)
    later = state.fixes[0] >= second[-1] + 1.0
    state = replace(state, level_sums=sums[:, -1], fixes=state.fixes[:, later])
    # Errors of fixes hold for about two minutes, so that many of them count as one.
    return state, np.where(count > 0, total / some, np.nan), np.sqrt(spread2 / np.maximum(count / _FIX_MEMORY, 1.0))


def noise_so_far(state: LiveClimbState) -> Noise:
    """Return the noise that the blocks so far show: that of a usual sensor in the first minutes."""
    if len(state.bends_m) < _LEAST_BENDS:
        return Noise(0.3, _UNKNOWN_WANDER_M, 0.0, 1.0)
    sd = 1.4826 * float(np.median(np.abs(state.bends_m)))
    return Noise(0.3, sd / float(bend_share(np.asarray(BLOCK_ROWS))) ** 0.5, 0.0, 1.0)


def _counted(state: LiveClimbState, second: Column, calm: Column) -> tuple[LiveClimbState, Column]:
    """Return the state after the blocks that end in these seconds, and gain, swings, scatter and wander (4, n)."""
    ends = np.flatnonzero((second + 1.0) % BLOCK_ROWS == 0)
    at = np.searchsorted(ends, np.arange(len(second)), side="right")
    scores = [_score(state)]
    for end in ends.tolist():
        stop = len(calm) - len(second) + end + 1
        state = _block_counted(state, calm[stop - BLOCK_ROWS : stop])
        scores.append(_score(state))
    return state, np.array(scores)[at].T


def _score(state: LiveClimbState) -> tuple[float, float, float, float]:
    noise = noise_so_far(state)
    gain = state.gain_m if np.isfinite(state.extreme_m) else float("nan")
    return gain, float(state.swings), noise.scatter_m, noise.wander_m


def _block_counted(state: LiveClimbState, block: Column) -> LiveClimbState:
    """Return the state after a whole block: its mean counts as ground once it is a swing away from the last extreme."""
    known = np.isfinite(block)
    if known.sum() < BLOCK_ROWS // 2:
        return replace(state, blocks_m=np.append(state.blocks_m[1:], np.nan))
    blocks = np.append(state.blocks_m[1:], float(block[known].mean()))
    bend = float(blocks[1] - 0.5 * (blocks[0] + blocks[2])) / 1.5**0.5
    bends = np.append(state.bends_m, bend)[-_KEPT_BENDS:] if np.isfinite(bend) else state.bends_m
    return _swung(replace(state, blocks_m=blocks, bends_m=bends), float(blocks[-1]))


def _swung(state: LiveClimbState, here_m: float) -> LiveClimbState:
    """Return the state with the gain grown where the altitude is a threshold above its last low, or still rising."""
    if np.isnan(state.extreme_m):
        return replace(state, extreme_m=here_m)
    threshold = noise_so_far(state).threshold_m
    if state.rising:
        if here_m > state.extreme_m:
            return replace(state, gain_m=state.gain_m + here_m - state.extreme_m, extreme_m=here_m)
        turned = state.extreme_m - here_m >= threshold
        return replace(state, rising=False, extreme_m=here_m, swings=state.swings + 1) if turned else state
    if here_m < state.extreme_m:
        return replace(state, extreme_m=here_m)
    if here_m - state.extreme_m >= threshold:
        gain = state.gain_m + here_m - state.extreme_m
        return replace(state, rising=True, gain_m=gain, extreme_m=here_m, swings=state.swings + 1)
    return state


def _heights(
    state: LiveClimbState,
    second: Column,
    value: Column,
    level: Column,
    level_sd: Column,
    newest: Column,
    scores: Column,
    calm: Column,
) -> LiveHeights:
    """Return the rows of these seconds."""
    gain, swings, scatter, wander = scores
    left = np.hypot(scatter * (1.0 / BLOCK_ROWS) ** 0.5, wander)
    known, counted = np.isfinite(value), np.isfinite(gain)
    rate, rate_sd = _rates(calm[-len(second) - _RATE_ROWS + 1 :], scatter, wander)
    altitude = value + level
    return LiveHeights(
        second,
        altitude,
        np.where(np.isfinite(altitude), np.hypot(left, level_sd), np.nan),
        np.where(known, np.maximum(second - newest, 0.0), np.nan),
        rate,
        rate_sd,
        gain,
        np.where(counted, np.hypot(2.0 * left, left * np.sqrt(2.0 * swings)), np.nan),
        np.where(counted, (second + 1.0) % BLOCK_ROWS, np.nan),
    )


def _rates(calm: Column, scatter: Column, wander: Column) -> tuple[Column, Column]:
    """Return the slope in m/s of the line through the last 24 rows and its standard deviation; NaN with under twelve.

    The wander's part is how far a Gauss-Markov process of 60 s moves over the window.
    """
    windows = _windows(calm, _RATE_ROWS)
    known = np.isfinite(windows)
    count = known.sum(axis=1)
    fresh = (count >= _RATE_ROWS // 2) & known[:, -_STALE_ROWS:].any(axis=1)
    at = (
        np.arange(_RATE_ROWS)
        - np.where(known, np.arange(_RATE_ROWS), 0).sum(axis=1)[:, None] / np.maximum(count, 1)[:, None]
    )
    away = np.where(known, at, 0.0)
    across = np.maximum((away**2).sum(axis=1), 1.0)
    # Set off by the newest row, so that the sum of large altitudes costs no digits.
    rise = np.where(known, windows - np.where(known[:, -1:], windows[:, -1:], 0.0), 0.0)
    slow = wander * (2.0 / (60.0 * _RATE_ROWS)) ** 0.5
    rate = (away * rise).sum(axis=1) / across
    return np.where(fresh, rate, np.nan), np.where(fresh, np.hypot(scatter / np.sqrt(across), slow), np.nan)
