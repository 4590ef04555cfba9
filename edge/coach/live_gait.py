"""Altered gait in the run: it asks, eases, or has the runner walk, by how sure it is; "I am fine" silences it.

The rule of this file: below the confidence of easing it asks; a cue comes with the block of steps that gives reason for
it; at most `MOST_ASKED` questions and `MOST_TOLD` cues a run; who says "fine" hears no more unless it grows. A tracker
that was moved to another place is not judged by what was learned at the first: from then on it only asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from edge.coach.live import QUIET_S, Cue, LiveMemory
from edge.coach.live_pain import EASE, Hurt
from edge.coach.phrases import say
from edge.coach.types import Decision, Reason
from edge.limp import RUN_HZ, Altered, GaitState, LimpFilter, LimpState
from edge.limp_baseline import NOTHING, USUAL, Baseline, LimpModel, learned
from edge.limp_evidence import Past
from edge.samples import Column, Inertial, in_time_order

CUE_VALID_S = 60.0
ASK_AGAIN_S = 600.0
TELL_AGAIN_S = 120.0
"""Still altered so long after easing was said: walk."""
MOST_ASKED = 2
MOST_TOLD = 3
GROWN = 1.5
"""After "I am fine": how many times larger the deviation must be, or as sure as easing where it only asked."""
_WINDOW_S = 5.0
_MOVED_COS = 0.5
"""Cosine of the angle (60 degrees) between mean forces of running from which the tracker lies differently."""
_MOVED_WINDOWS = 2

ASK, TELL_EASE, TELL_WALK = "L-GAIT-ASK", "L-GAIT-EASE", "L-GAIT-WALK"
_WORDS = {
    ASK: "Your stride has changed: does anything hurt?",
    TELL_EASE: "Ease off: slower, shorter steps, and walk if anything hurts",
    TELL_WALK: "Walk now; stop for today if walking hurts or the stride stays uneven",
}
NEW_HERE = "your sound runs do not know this pace or slope yet, so the gait alone cannot tell a limp from it here"
"""Said where the tracker's place needs 20 min of a kind of running before it can tell."""
_WHAT = {"push": "how hard each foot pushes", "sway": "how the body turns with each foot", "": "the stride"}


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """How the tracker lies: samples not yet in a window (4, n), mean force's direction in runs, windows unlike it."""

    waiting: Column = field(default_factory=lambda: np.empty((4, 0)))
    along: Column = field(default_factory=lambda: np.zeros(3))
    unlike: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class GaitMemory:
    """What the gait's watch remembers; saved and restored with the run."""

    limp: LimpState = field(default_factory=LimpState)
    lying: Lying = field(default_factory=Lying)
    moved: bool = False
    sound: Baseline = NOTHING
    """What this run said of the gait before the tracker was moved."""
    asked_s: tuple[float, ...] = ()
    told_s: tuple[float, ...] = ()
    fine_at: Altered | None = None
    """What was told when the runner said that all was fine; None where that was not said."""
    newest: Altered | None = None
    last_cue_s: float = -1e9


class LiveGait:
    """Turns motion samples and steps into cues; `memory` saves it, the constructor restores it.

    Without `may_ease` it only asks, however sure it is: where its false alarms are too many, or not yet counted.
    `model` is that of the tracker's place (`edge.limp_baseline.model_of`).
    """

    def __init__(
        self,
        baseline: Baseline = NOTHING,
        start_unix_s: float = 0.0,
        inputs_hash: str = "",
        memory: GaitMemory | None = None,
        *,
        may_ease: bool = True,
        language: str = "en",
        model: LimpModel = USUAL,
    ) -> None:
        self.may_ease, self.language, self.model = may_ease, language, model
        self.baseline, self.start_unix_s, self.inputs_hash = baseline, start_unix_s, inputs_hash
        self.memory = memory or GaitMemory()

    def feed(self, samples: Inertial, step_s: Column) -> tuple[Cue, ...]:
        """Return the cues that these samples and the steps decided so far give rise to, in order.

        `step_s` (k,) as in `edge.limp.LimpFilter.feed`.
        """
        self.memory = replace(self.memory, lying=_waiting(self.memory.lying, samples))
        cues: list[Cue] = []
        begin_s = -np.inf
        for end_s in _window_ends(self.memory.lying, step_s):
            cues += self._told(_between(samples, begin_s, end_s), step_s[step_s < end_s])
            self.memory = _window(self.memory, end_s, step_s)
            begin_s = end_s
        return (*cues, *self._told(_between(samples, begin_s, np.inf), step_s))

    def _told(self, samples: Inertial, step_s: Column) -> list[Cue]:
        watch = LimpFilter(NOTHING if self.memory.moved else self.baseline, self.memory.limp, self.model)
        told = watch.feed(samples, step_s)
        self.memory = replace(self.memory, limp=watch.state)
        return [cue for cue in map(self._block, told) if cue is not None]

    def fine(self) -> None:
        """Take the answer "no, I am fine": silence for this run unless the deviation grows."""
        self.memory = replace(self.memory, fine_at=self.memory.newest)

    def spoke(self, t_s: float) -> None:
        """Take that another cue was spoken at a second: a question waits `QUIET_S` after it."""
        self.memory = replace(self.memory, last_cue_s=max(self.memory.last_cue_s, t_s))

    def _block(self, told: Altered) -> Cue | None:
        if told.state is GaitState.EASE and not self.may_ease:
            told = replace(told, state=GaitState.ASK)
        told = replace(told, confidence=round(told.confidence, 3), size=round(told.size, 3))
        self.memory = memory = replace(self.memory, newest=told)
        rule_id = _rule_of(told, memory)
        if not rule_id:
            return None
        at_s = (told.t_s,)
        if rule_id == ASK:
            self.memory = replace(memory, asked_s=memory.asked_s + at_s, last_cue_s=told.t_s)
        else:
            self.memory = replace(memory, told_s=memory.told_s + at_s, last_cue_s=told.t_s)
        return Cue(told.t_s, _decision(rule_id, told, self))


def _rule_of(told: Altered, memory: GaitMemory) -> str:
    """Return the rule that speaks at this block, empty where none does."""
    if told.state is GaitState.NONE or not _grown(told, memory.fine_at):
        return ""
    if told.state is GaitState.EASE:
        due = not memory.told_s or told.t_s - memory.told_s[-1] >= TELL_AGAIN_S
        if not due or len(memory.told_s) >= MOST_TOLD:
            return ""
        return TELL_WALK if memory.told_s else TELL_EASE
    last_s = max((*memory.asked_s, *memory.told_s), default=-1e9)
    late = told.t_s - last_s >= ASK_AGAIN_S and told.t_s - memory.last_cue_s >= QUIET_S
    return ASK if late and len(memory.asked_s) < MOST_ASKED else ""


def _grown(told: Altered, fine_at: Altered | None) -> bool:
    """Return whether it is worth a word after "I am fine"; always where that was not said."""
    if fine_at is None:
        return True
    surer = told.state is GaitState.EASE and fine_at.state is not GaitState.EASE
    return told.size >= GROWN * fine_at.size and (surer or fine_at.state is told.state)


def _decision(rule_id: str, told: Altered, gait: LiveGait) -> Decision:
    numbers = (("confidence", told.confidence), ("size", told.size))
    since = "this run's first minutes" if gait.memory.moved or not gait.baseline.run.blocks else "your sound runs"
    text = "left and right differ in {what:word} in another way than in {since:word}"
    text = say(gait.language, text, what=say(gait.language, _WHAT[told.what]), since=say(gait.language, since))
    sources = ("Robadey et al. 2018", "Menz et al. 2003")
    reasons = [Reason(text, numbers, sources)]
    if not told.known:
        reasons.append(Reason(say(gait.language, NEW_HERE), (), sources))
    return Decision(
        show=say(gait.language, _WORDS[rule_id]),
        session=None,
        valid_until_unix_s=gait.start_unix_s + told.t_s + CUE_VALID_S,
        because=tuple(reasons),
        alternatives=(),
        content=(),
        rule_ids=(rule_id,),
        model_hash="",
        propensity=1.0,
        inputs_hash=gait.inputs_hash,
    )


def heeded(memory: LiveMemory, cue: Cue) -> LiveMemory:
    """Return the live coach's memory after a cue of the gait: quiet after it, and nothing that asks for more."""
    rests = memory.hurts
    if cue.decision.rule_ids[0] != ASK:  # a question after an answer lifts nothing
        rests = (Hurt("", "", float("nan"), cue.t_s, EASE), *(hurt for hurt in memory.hurts if hurt.area))
    return replace(memory, hurts=rests, last_cue_s=max(memory.last_cue_s, cue.t_s), held_s={})


def fine_again(memory: LiveMemory) -> LiveMemory:
    """Return the live coach's memory after "I am fine": what was said to hurt still holds."""
    return replace(memory, hurts=tuple(hurt for hurt in memory.hurts if hurt.area))


def after_run(baseline: Baseline, memory: GaitMemory, pain_said: bool) -> Baseline:
    """Return the baseline after a run: unchanged where pain was said, or where it eased and nobody said "fine".

    What it only asked about, and the runner called fine, is learned too: a hill that was new, or shoes.
    """
    if pain_said or (memory.told_s and memory.fine_at is None):
        return baseline
    if memory.moved:
        return learned(baseline, memory.sound)
    known = learned(baseline, memory.limp.own)
    return known if memory.fine_at is None or memory.told_s else learned(known, memory.limp.doubted)


def _between(samples: Inertial, begin_s: float, end_s: float) -> Inertial:
    inside = (samples.t_s >= begin_s) & (samples.t_s < end_s)
    return Inertial(samples.t_s[inside], samples.accel_m_s2[inside], samples.gyro_rad_s[inside])


def _waiting(lying: Lying, samples: Inertial) -> Lying:
    """Return how the tracker lies with these samples waiting for the steps of their window."""
    if not len(samples):
        return lying
    fresh = np.concatenate([samples.t_s[None], samples.accel_m_s2.T])
    fresh = fresh[:, np.isfinite(fresh).all(axis=0)]
    return replace(lying, waiting=np.stack(in_time_order(*np.concatenate([lying.waiting, fresh], axis=1))))


def _window_ends(lying: Lying, step_s: Column) -> Column:
    """Return the ends in s of the windows whose steps are decided and whose samples wait."""
    if not lying.waiting.size or not len(step_s):
        return np.empty(0)
    ends = _WINDOW_S * (np.unique(np.floor(lying.waiting[0] / _WINDOW_S)) + 1.0)
    return np.asarray(ends[ends <= step_s[-1]])


def _window(memory: GaitMemory, end_s: float, step_s: Column) -> GaitMemory:
    """Return the memory after a window: where the tracker lies otherwise while running, the gait begins anew."""
    rows = memory.lying.waiting
    inside = rows[0] < end_s
    lying = replace(memory.lying, waiting=rows[:, ~inside])
    count = int(np.sum((step_s >= end_s - _WINDOW_S) & (step_s < end_s)))
    if count >= RUN_HZ * _WINDOW_S:
        lying = _compared(lying, rows[1:, inside].mean(axis=1))
    if lying.unlike < _MOVED_WINDOWS:
        return replace(memory, lying=lying)
    sound = memory.sound if memory.moved else memory.limp.own
    return replace(
        memory, moved=True, sound=sound, limp=_anew(memory.limp), lying=replace(Lying(), waiting=lying.waiting)
    )


def _compared(lying: Lying, force: Column) -> Lying:
    """Return how the tracker lies after a window of running with this mean force (3,)."""
    now = force / max(float(np.linalg.norm(force)), 1e-9)
    if not lying.along.any():
        return replace(lying, along=now)
    like = float(lying.along @ now) >= _MOVED_COS * float(np.linalg.norm(lying.along))
    return Lying(lying.waiting, 0.9 * lying.along + 0.1 * now, 0) if like else replace(lying, unlike=lying.unlike + 1)


def _anew(limp: LimpState) -> LimpState:
    """Return the state of the gait that begins again at another place of the tracker."""
    return replace(limp, own=NOTHING, doubted=NOTHING, first=NOTHING, last=Past(), before=Past(), altered=0.0)
