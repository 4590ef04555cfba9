"""Fuzzes the run itself: taps of pain, verdicts of the gait, air and rows of any numbers; judged by what was said.

The rule of this file: the judge knows the sentences of docs/coach.md, and nothing of the memory of the live coach.
"""

from __future__ import annotations

import math

from safety_draws import ABSURD, NAN, Draws
from safety_forms import is_clean

from edge.coach.live import Cue, LiveCoach, LiveContext
from edge.coach.live_gait import LiveGait, heeded
from edge.coach.said import AREAS, Constraint, Said
from edge.coach.types import Session
from edge.limp import Altered, GaitState
from edge.session import FeatureRow

BONES = ("foot", "shin", "hip", "groin")
CONTINUE, EASE, WALK, STOP, HELP = range(5)
LEVELS = {"Go on easy": CONTINUE, "Ease off:": EASE, "Walk now": WALK, "Stop running": STOP, "Stop now": HELP}
#: Cues that ask for more, or set a pace.
ASKS_FOR_MORE = ("L-SLOW", "L-START", "L-CLIMB", "L-PLACE")
ROWS = 30


def asked(area: str, severity: float) -> int:
    """Return the least that a pain must bring: 0 to 4, as the text of the taps says."""
    if area == "chest":
        return CONTINUE if severity == 0.0 else HELP
    if area == "head" and not severity < 5.0:
        return HELP
    if math.isnan(severity):
        return WALK
    if severity >= 5.0 or (area in BONES and severity >= 4.0):
        return STOP
    if severity >= 4.0 or (area in BONES and severity >= 3.0):
        return WALK
    return EASE if severity >= 3.0 else CONTINUE


def level_in(cue: Cue) -> int:
    return next((level for begin, level in LEVELS.items() if cue.decision.show.startswith(begin)), -1)


def any_row(d: Draws, t_s: float) -> FeatureRow:
    speed = d.uniform(0.0, 6.0) if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore[arg-type]
    numbers = [d.uniform(60, 220) if d.chance(0.7) else float(d.pick(ABSURD)) for _ in range(2)]  # type: ignore
    grade = d.uniform(-0.3, 0.3) if d.chance(0.8) else float(d.pick(ABSURD))  # type: ignore[arg-type]
    far_m = 3.0 * t_s if d.chance(0.9) else float(d.pick((NAN, -1.0, 0.0, 1e6)))  # type: ignore[arg-type]
    return FeatureRow(t_s, speed, 0.0, far_m, numbers[0], 1.0, numbers[1], 0.0, d.uniform(0, 4000), 0.0, grade)


def any_verdict(d: Draws, t_s: float) -> Altered:
    state = (GaitState.NONE, GaitState.ASK, GaitState.EASE)[d.whole(3)]
    numbers = [d.uniform() if d.chance(0.8) else float(d.pick(ABSURD)) for _ in range(2)]  # type: ignore[arg-type]
    return Altered(t_s, numbers[0], "", str(d.pick(("push", "sway", ""))), state, numbers[1])


class Run:
    """One run of a session with what was said in it, and what breaks a promise."""

    def __init__(self, d: Draws, session: Session, start_unix_s: float) -> None:
        height_m = d.uniform(0, 4000) if d.chance(0.7) else NAN
        used_m = d.uniform(0, 3000) if d.chance(0.5) else NAN
        self.d, self.start_s = d, start_unix_s
        self.coach = LiveCoach(LiveContext(session, start_unix_s, height_m, d.uniform(0, 20), "", used_m))
        self.gait = LiveGait(may_ease=d.chance(0.7))
        self.least, self.eased, self.last_s = CONTINUE, False, -1e9
        self.found: list[str] = []
        self.said: list[Said] = []

    def play(self) -> None:
        """Play some stretches of the run, each with something said before it."""
        t_s = 0.0
        for _ in range(1 + self.d.whole(4)):
            begin_s = t_s + self.d.uniform(0, 300)
            (self.tap, self.verdict, self.air)[self.d.whole(3)](begin_s)
            for second in range(ROWS):
                t_s = math.floor(begin_s) + 1.0 + second
                self.row(t_s)

    def tap(self, t_s: float) -> None:
        area = str(self.d.pick((*AREAS, "elbow")))
        number = self.d.uniform(0, 10) if self.d.chance(0.8) else float(self.d.pick(ABSURD))  # type: ignore[arg-type]
        side = str(self.d.pick(("", "left", "right")))
        try:
            cue = self.coach.hurts(area, number, side, t_s)
        except ValueError:
            self.found += [f"a tap is refused: {area} {number}"] if area in AREAS and 0 <= number <= 10 else []
            return
        if area not in AREAS or number < 0 or number > 10:
            self.found.append(f"a tap of nothing is taken: {area} {number}")
        self.least = max(self.least, asked(area, number))
        self.last_s = t_s
        self.said.append(Said(Constraint("pain", area, side, number, "running"), self.start_s + t_s, 9))
        if level_in(cue) < self.least:
            self.found.append(f"L-HURTS {area} {number}: {cue.decision.show!r}, at least {self.least}")
        if not is_clean(cue.decision.show) or not all(is_clean(r.text) for r in cue.decision.because):
            self.found.append(f"words of a tap {cue.decision.show!r} {cue.decision.because}")

    def verdict(self, t_s: float) -> None:
        cue = self.gait._block(any_verdict(self.d, t_s))
        if cue is None:
            return
        ease = cue.decision.rule_ids[0] != "L-GAIT-ASK"
        if ease and not self.gait.may_ease:
            self.found.append("the gait eases where it may only ask")
        self.coach.memory = heeded(self.coach.memory, cue)
        self.eased, self.last_s = self.eased or ease, t_s
        if self.d.chance(0.2):
            self.gait.fine()

    def air(self, t_s: float) -> None:
        try:
            self.coach.air(self.d.uniform(-10, 40) if self.d.chance(0.8) else float(self.d.pick(ABSURD)))  # type: ignore
        except ValueError:
            return

    def row(self, t_s: float) -> None:
        cue = self.coach._second(any_row(self.d, t_s))
        if cue is None:
            return
        rule_id, show = cue.decision.rule_ids[0], cue.decision.show
        if cue.t_s - self.last_s < 20.0:
            self.found.append(f"L-QUIET-20: {show!r} {cue.t_s - self.last_s:.0f} s after the last")
        self.last_s = cue.t_s
        careful = self.least >= EASE or self.eased
        if careful and rule_id in ASKS_FOR_MORE:
            self.found.append(f"{rule_id} after a pain or an altered gait: {show!r}")
        if self.least >= WALK and rule_id not in ("L-HURTS", "R-REDFLAG"):
            self.found.append(f"{rule_id} after walking was asked for: {show!r}")
        if rule_id == "R-REDFLAG" or self.least == HELP:
            self.found += [] if level_in(cue) == HELP else [f"no help: {show!r}"]
        if self.least > level_in(cue) >= 0:
            self.found.append(f"looser than before: {show!r}")
        if not is_clean(show) or not all(is_clean(r.text) for r in cue.decision.because):
            self.found.append(f"words of a cue {show!r} {cue.decision.because}")


def played(d: Draws, session: Session, start_unix_s: float) -> Run:
    """Return a run that was played."""
    run = Run(d, session, start_unix_s)
    run.play()
    return run
