"""Height while running: one row a second, with what is not known told as NaN.

The rule of this file: the row of second k is made of what was measured before k + 1 and leaves once the newest
pressure is `LATENESS_S` past that, so any chunking gives the same rows; gain is counted in blocks of eight rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from edge.altitude import standard_altitude_m
from edge.altitude_noise import Noise, bend_share
from edge.samples import Column, Fix, Pressure, Samples

LATENESS_S = 1.0
BLOCK_ROWS = 8
_RATE_ROWS, _KEPT_ROWS = 24, 48
_HAMPEL_ROWS, _SIGMAS, _LEAST_OFF_M = 9, 5.0, 0.8
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
    rows_m: Column = field(default_factory=lambda: np.full(_KEPT_ROWS, np.nan))
    """Standard altitude in m of the last seconds, gusts left out."""
    row_count: int = 0
    age_s: float = float("nan")
    offset_sum_m: float = 0.0
    offset_squares_m2: float = 0.0
    offset_count: float = 0.0
    bends_m: Column = field(default_factory=lambda: np.empty(0))
    blocks_m: Column = field(default_factory=lambda: np.full(3, np.nan))
    """Means of the last three blocks."""
    extreme_m: float = float("nan")
    low_m: float = float("nan")
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
        return self._until(np.floor(self.state.newest_s - LATENESS_S) if np.isfinite(self.state.newest_s) else -np.inf)

    def finish(self) -> LiveHeights:
        """Return the rows still waiting; call once, at the end of the run."""
        return self._until(np.floor(self.state.newest_s) + 1.0 if np.isfinite(self.state.newest_s) else -np.inf)

    def _until(self, end_s: float) -> LiveHeights:
        """Return the rows of all seconds before `end_s`, whole seconds one by one."""
        rows: list[Column] = []
        while self.state.next_row < end_s:
            self.state, row = _told(self.state)
            rows.append(row)
        table = np.array(rows).reshape(-1, 9)
        return LiveHeights(*table.T)


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


def _told(state: LiveClimbState) -> tuple[LiveClimbState, Column]:
    """Return the state after one second more, and its row (9,)."""
    second = state.next_row
    due, later = _split(state.waiting, second + 1.0)
    heard = float(np.median(due[1])) if due.size else float("nan")
    age = second - float(due[0, -1]) if due.size else state.age_s + 1.0
    rows = np.append(state.rows_m[1:], _calm(state.rows_m, heard))
    fixes, fixes_later = _split(state.fixes, second + 1.0)
    state = _levelled(replace(state, rows_m=rows, waiting=later, fixes=fixes_later, age_s=age), fixes)
    state = replace(state, next_row=second + 1.0, row_count=state.row_count + 1)
    if state.row_count % BLOCK_ROWS == 0:
        state = _counted(state)
    return state, _row(state, second)


def _split(rows: Column, end_s: float) -> tuple[Column, Column]:
    due = rows[0] < end_s
    return rows[:, due], rows[:, ~due]


def _calm(rows_m: Column, heard_m: float) -> float:
    """Return the altitude in m, or NaN where it lies off the last nine seconds by more than they and legs explain.

    After five such rows in a row the new level is believed.
    """
    last = rows_m[-_HAMPEL_ROWS:]
    known = last[np.isfinite(last)]
    if np.isnan(heard_m) or len(known) < 5:
        return heard_m
    middle = float(np.median(known))
    spread = 1.4826 * float(np.median(np.abs(known - middle)))
    return heard_m if abs(heard_m - middle) <= max(_SIGMAS * spread, _LEAST_OFF_M + 0.12 * len(last)) else float("nan")


def _levelled(state: LiveClimbState, fixes: Column) -> LiveClimbState:
    """Return the state with the satellites' altitude over the pressure's added to the sums."""
    here = _latest(state.rows_m)[0]
    if not fixes.size or np.isnan(here):
        return state
    gap = fixes[1] - here
    return replace(
        state,
        offset_sum_m=state.offset_sum_m + float(gap.sum()),
        offset_squares_m2=state.offset_squares_m2 + float((gap**2).sum()),
        offset_count=state.offset_count + fixes.shape[1],
    )


def _latest(rows_m: Column) -> tuple[float, int]:
    """Return the newest known altitude in m within five rows and how many rows ago it was; NaN and -1 without."""
    known = np.flatnonzero(np.isfinite(rows_m[-_STALE_ROWS:]))
    if not len(known):
        return float("nan"), -1
    return float(rows_m[-_STALE_ROWS:][known[-1]]), _STALE_ROWS - 1 - int(known[-1])


def noise_so_far(state: LiveClimbState) -> Noise:
    """Return the noise that the blocks so far show: that of a usual sensor in the first minutes."""
    if len(state.bends_m) < _LEAST_BENDS:
        return Noise(0.3, _UNKNOWN_WANDER_M, 0.0, 1.0)
    sd = 1.4826 * float(np.median(np.abs(state.bends_m)))
    return Noise(0.3, sd / bend_share(float(BLOCK_ROWS)) ** 0.5, 0.0, 1.0)


def _counted(state: LiveClimbState) -> LiveClimbState:
    """Return the state after a whole block: its mean counts as ground once it is a swing away from the last extreme."""
    block = state.rows_m[-BLOCK_ROWS:]
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
        return replace(state, extreme_m=here_m, low_m=here_m)
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


def _row(state: LiveClimbState, second: float) -> Column:
    """Return the nine values of a row in the order of `LiveHeights`."""
    noise = noise_so_far(state)
    count, mean = state.offset_count, state.offset_sum_m / max(state.offset_count, 1.0)
    value, ago = _latest(state.rows_m)
    spread = max(state.offset_squares_m2 / max(count, 1.0) - mean**2, _LEAST_FIX_M2)
    # Errors of fixes hold for about two minutes, so so many of them count as one.
    level_sd = (spread / max(count / _FIX_MEMORY, 1.0)) ** 0.5
    altitude = value + mean if count else float("nan")
    rate, rate_sd = _rate(state.rows_m, noise)
    gain_sd = float(np.hypot(0.5 * noise.threshold_m, noise.left_m * (2.0 * state.swings) ** 0.5))
    known = np.isfinite(state.extreme_m)
    return np.array(
        [
            second,
            altitude,
            float(np.hypot(noise.left_m, level_sd)) if np.isfinite(altitude) else float("nan"),
            state.age_s if ago >= 0 else float("nan"),
            rate,
            rate_sd,
            state.gain_m if known else float("nan"),
            gain_sd if known else float("nan"),
            float(state.row_count % BLOCK_ROWS) if known else float("nan"),
        ]
    )


def _rate(rows_m: Column, noise: Noise) -> tuple[float, float]:
    """Return the slope in m/s of the line through the last rows and its standard deviation; NaN with under twelve."""
    last = rows_m[-_RATE_ROWS:]
    at = np.flatnonzero(np.isfinite(last)).astype(np.float64)
    if len(at) < _RATE_ROWS // 2 or at[-1] < _RATE_ROWS - 1 - _STALE_ROWS:
        return float("nan"), float("nan")
    away = at - at.mean()
    across = float((away**2).sum())
    slow = noise.wander_m * (2.0 * (at[-1] - at[0]) / 60.0) ** 0.5 / (at[-1] - at[0])
    return float((away * last[at.astype(np.intp)]).sum() / across), float(np.hypot(noise.scatter_m / across**0.5, slow))
