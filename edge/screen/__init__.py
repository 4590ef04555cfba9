"""How this person likes the screen: which edge is up, how the device is worn, and why the screen shows what it shows.

The rule of this file: an explicit choice wins, then what was learned of the person in this phase, then the sensor.
`Screen` takes inertial samples as they come, gives a decision whenever what is shown changes, and saves and restores.
Axes of the device: x to the right of the upright screen, y to its top, z out of it; at rest the accelerometer reads
+9.81 m/s2 along the axis that points up.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from edge.samples import Column, Inertial
from edge.screen.gravity import Index
from edge.screen.preference import (
    Orientation,
    Phase,
    Preference,
    corrected,
    fixed_edge,
    left_alone,
    nothing_learned,
    share,
)
from edge.screen.turn import TurnRule, rows_needed, verdicts
from edge.screen.worn import KEPT, Worn, block_rows, evidence, features, probability

__all__ = ["Decision", "Orientation", "Phase", "Rule", "Screen", "ScreenState", "TurnRule", "Why", "Worn", "sentence"]

#: A screen that was left alone for this long, in s, was right.
_LEFT_ALONE_S = 10.0
#: A silence of the sensor longer than this, in s, and the direction up is found anew.
_GAP_S = 0.5
#: A screen that is this surely in a pocket is not looked at: that it is left alone says nothing.
_IN_POCKET = 0.9


class Rule(Enum):
    """Which rule decided."""

    CHOSEN = "chosen"
    LEARNED = "learned"
    SENSED = "sensed"
    START = "start"


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that decided and its evidence in numbers; NaN where a number plays no part."""

    rule: Rule
    phase: Phase
    sensed: Orientation | None
    """Which edge the sensor says is up, None while it does not know."""
    times: int = 0
    """How often the person turned the screen to what is shown, in this phase."""
    corrections: int = 0
    """Of how many corrections in this phase."""
    probability: float = float("nan")
    """Of the learned rule."""
    off_deg: float = float("nan")
    """Angle between the edge that is up and the direction up, in the plane of the screen."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the screen shows from `t_s` on, and why."""

    t_s: float
    show: Orientation
    why: Why


@dataclass(frozen=True, slots=True, eq=False)
class ScreenState:
    """Everything a `Screen` remembers: save it, and give it to a new one."""

    shown: Decision
    phase: Phase = Phase.RUNNING
    sensed: Orientation | None = None
    chosen: Orientation | None = None
    preference: Preference = field(default_factory=nothing_learned)
    worn_log: Column = field(default_factory=lambda: np.zeros(len(Worn)))
    roughness_pa: float = float("nan")
    unjudged_s: float = float("nan")
    """Since when, in s, what is shown waits to be left alone or corrected; NaN: it is not waiting."""
    since_gap: int = 0
    """Rows since the start or the last silence."""
    recent: Column = field(default_factory=lambda: np.empty((0, 7)))
    """The last rows: t_s, accelerometer, gyroscope."""


def _start() -> ScreenState:
    return ScreenState(Decision(0.0, Orientation.PORTRAIT, Why(Rule.START, Phase.RUNNING, None)))


class Screen:
    """Decides which edge of one device's screen is up, live, at a nominal rate in Hz (20 to 500)."""

    def __init__(self, rate_hz: float, state: ScreenState | None = None, rule: TurnRule | None = None) -> None:
        if not 20.0 <= rate_hz <= 500.0:
            raise ValueError(f"rate_hz must be within 20..500 Hz, is {rate_hz}")
        self.rate_hz, self.rule = rate_hz, rule or TurnRule()
        self.state = state or _start()
        self._kept = max(rows_needed(rate_hz, self.rule), 2 * block_rows(rate_hz))

    @property
    def decision(self) -> Decision:
        """Return what is shown now and why."""
        return self.state.shown

    @property
    def worn(self) -> dict[Worn, float]:
        """Return the probability of each way to wear the device; equal ones while nothing is known."""
        return dict(zip(Worn, probability(self.state.worn_log).tolist(), strict=True))

    def feed(self, inertial: Inertial, phase: Phase | None = None) -> tuple[Decision, ...]:
        """Return the decisions that these samples lead to, oldest first; `phase` holds from the first of them on.

        Raises ValueError where the columns are not (n, 3) or time does not rise.
        """
        rows = _rows(inertial, self.state.recent)
        out: list[Decision] = []
        if phase is not None and len(rows):
            out += self.enter(phase, float(rows[0, 0]))
        edges = np.flatnonzero(np.diff(rows[:, 0], prepend=_last_s(self.state, rows)) > _GAP_S)
        for part in np.split(rows, edges):
            restart = len(edges) > 0 and len(part) > 0 and part[0, 0] in rows[edges, 0]
            out += self._take(part, restart)
        return tuple(out)

    def breathe(self, pressure_pa: Column) -> None:
        """Take the air pressure (n,) in Pa of the last few seconds as evidence of cloth around the device."""
        if len(pressure_pa) >= 8 and bool(np.isfinite(pressure_pa).all()):
            rough = float(np.std(np.diff(pressure_pa)) / np.sqrt(2.0))
            self.state = replace(self.state, roughness_pa=rough)

    def enter(self, phase: Phase, t_s: float) -> tuple[Decision, ...]:
        """Return the decision that a new phase brings, if what is shown changes."""
        if phase is self.state.phase:
            return ()
        self.state = replace(self.state, phase=phase)
        return self._show(t_s)

    def correct(self, wanted: Orientation, t_s: float) -> Decision:
        """Return the decision after the person turned the screen to `wanted`: shown at once, and learned from.

        It stands until the sensor, the phase or a further correction says otherwise by the rules learned so far. While
        an explicit choice holds it is learned from and not shown.
        """
        state = self.state
        learned = corrected(state.preference, state.phase, wanted, state.sensed)
        if state.chosen is not None:
            self.state = replace(state, preference=learned)
            return state.shown
        why = _why(replace(state, preference=learned), Rule.LEARNED, wanted)
        self.state = replace(state, preference=learned, shown=Decision(t_s, wanted, why), unjudged_s=float("nan"))
        return self.state.shown

    def choose(self, wanted: Orientation, t_s: float) -> Decision:
        """Return the decision after an explicit choice: it wins over everything until it is revoked."""
        self.state = replace(self.state, chosen=wanted)
        self._show(t_s)
        return self.state.shown

    def revoke(self, t_s: float) -> Decision:
        """Return the decision after the explicit choice was taken back."""
        self.state = replace(self.state, chosen=None)
        self._show(t_s)
        return self.state.shown

    def _take(self, rows: Column, restart: bool) -> list[Decision]:
        """Return the decisions of rows without a silence within them."""
        state = replace(self.state, recent=self.state.recent[:0], since_gap=0) if restart else self.state
        old = len(state.recent)
        whole = np.concatenate([state.recent, rows])
        step_s = np.diff(whole[:, 0], prepend=whole[:1, 0] - 1.0 / self.rate_hz)
        edge, found, up = verdicts(whole[:, 1:4], whole[:, 4:], step_s, self.rate_hz, self.rule)
        self.state = replace(state, recent=whole[-self._kept :], since_gap=state.since_gap + len(rows))
        if state.sensed is None:
            edge = _begun(edge, found, old)
        events = _changes(edge[old:], -1 if state.sensed is None else state.sensed.value)
        out: list[Decision] = []
        for at, is_block in self._moments(events, state.since_gap, len(rows)):
            if is_block:
                self._feel(whole[: old + at], up[: old + at])
            else:
                out += self._turned(float(rows[at, 0]), Orientation(int(edge[old + at])), up[old + at])
        if len(rows):
            self._judge(float(rows[-1, 0]))
        return out

    def _moments(self, events: Index, since_gap: int, count: int) -> list[tuple[int, bool]]:
        """Return the rows at which something happens in order, and whether it is the end of a block."""
        size = block_rows(self.rate_hz)
        ends = np.arange(size - since_gap % size, count + 1, size)
        return sorted([(int(at), False) for at in events] + [(int(end), True) for end in ends])

    def _feel(self, rows: Column, up: Column) -> None:
        """Add the evidence of the block that ends here to how the device is worn."""
        block = slice(len(rows) - block_rows(self.rate_hz), None)
        told = evidence(
            features(rows[None, block, 1:4], rows[None, block, 4:], up[None, block]), self.state.roughness_pa
        )
        self.state = replace(self.state, worn_log=KEPT * self.state.worn_log + told[0])

    def _turned(self, t_s: float, sensed: Orientation, up: Column) -> tuple[Decision, ...]:
        """Return what a turn of the device leads to."""
        self._judge(t_s)
        self.state = replace(self.state, sensed=sensed)
        axis = abs(up[1]) if sensed.value % 2 == 0 else abs(up[0])
        return self._show(t_s, float(np.degrees(np.arccos(min(1.0, axis / np.hypot(up[0], up[1]))))))

    def _judge(self, t_s: float) -> None:
        """Learn from a screen that was in view and left alone."""
        state = self.state
        if t_s - state.unjudged_s >= _LEFT_ALONE_S:
            self.state = replace(state, unjudged_s=float("nan"))
            if probability(state.worn_log)[Worn.POCKET.value] < _IN_POCKET:
                learned = left_alone(state.preference, state.phase, state.shown.show, state.sensed)
                self.state = replace(self.state, preference=learned)

    def _show(self, t_s: float, off_deg: float = float("nan")) -> tuple[Decision, ...]:
        """Return the decision that the rules lead to now, if it changes what is shown."""
        state = self.state
        rule, show = _ruled(state)
        if show is state.shown.show and rule is state.shown.why.rule:
            return ()
        shown = Decision(t_s, show, replace(_why(state, rule, show), off_deg=off_deg))
        self.state = replace(state, shown=shown, unjudged_s=t_s if show is not state.shown.show else state.unjudged_s)
        return (shown,) if show is not state.shown.show else ()


def _ruled(state: ScreenState) -> tuple[Rule, Orientation]:
    """Return which rule holds and what it wants shown."""
    fixed = fixed_edge(state.preference, state.phase)
    if state.chosen is not None:
        return Rule.CHOSEN, state.chosen
    if fixed is not None:
        return Rule.LEARNED, fixed
    if state.sensed is None:
        return state.shown.why.rule, state.shown.show
    return Rule.SENSED, state.sensed


def _why(state: ScreenState, rule: Rule, show: Orientation) -> Why:
    known, phase = state.preference, state.phase
    times = int(known.times[phase.value, show.value])
    return Why(rule, phase, state.sensed, times, int(known.corrections[phase.value]), share(known, phase))


def _last_s(state: ScreenState, rows: Column) -> float:
    return float(state.recent[-1, 0]) if len(state.recent) else float(rows[0, 0]) if len(rows) else 0.0


def _rows(inertial: Inertial, recent: Column) -> Column:
    """Return the samples as rows (n, 7), checked."""
    for name in ("accel_m_s2", "gyro_rad_s"):
        if getattr(inertial, name).shape != (len(inertial.t_s), 3):
            raise ValueError(f"{name} must be (n, 3), is {getattr(inertial, name).shape}")
    rows = np.column_stack([inertial.t_s, inertial.accel_m_s2, inertial.gyro_rad_s])
    times = np.concatenate([recent[-1:, 0], inertial.t_s])
    bad = np.flatnonzero(~(np.diff(times) > 0.0)) if np.isfinite(times).all() else np.flatnonzero(~np.isfinite(times))
    if len(bad):
        raise ValueError(f"t_s must be finite and rise: it does not at row {int(bad[0])}")
    return rows


def _begun(edge: Index, found: Index, old: int) -> Index:
    """Return the edges (n,) that count with the first new one put in where it is found, if none came before."""
    first = np.flatnonzero(found[old:] >= 0)
    if not len(first):
        return edge
    told = edge.copy()
    told[old + first[0]] = np.where(edge[old + first[0]] >= 0, edge[old + first[0]], found[old + first[0]])
    return told


def _changes(edge: Index, before: int) -> Index:
    """Return the rows at which the edge that counts becomes another one."""
    told = np.flatnonzero(edge >= 0)
    return np.asarray(told[np.diff(edge[told], prepend=before) != 0])


_NAMES = ("portrait", "landscape, turned left", "upside down", "landscape, turned right")
_PHASES = ("running", "standing", "mounted")


def sentence(decision: Decision) -> str:
    """Return the decision and its reason in one English sentence."""
    why, name = decision.why, _NAMES[decision.show.value]
    if why.rule is Rule.CHOSEN:
        return f"{name} because you chose it"
    if why.rule is Rule.LEARNED:
        return (
            f"{name} because you turned it so {why.times} of {why.corrections} times while {_PHASES[why.phase.value]}"
        )
    if why.rule is Rule.SENSED:
        return f"{name} because the device was turned so"
    return f"{name} until the device says how it is held"
