"""In the run: one cue at a time, each with its reason, none within 20 s of the last.

The rule of this file: cues are looked for in the order of `_RULES`; the first that has something to say
speaks, then silence for `QUIET_S`. A cue expires; nothing is said about a value that is not known. What hurts is
answered at once, whatever was said before (`edge.coach.live_pain`), and every later cue obeys it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import isfinite, isnan, nan

from edge.coach.live_pain import ANSWERS, HELP, Hurt, hurt_again, pain_reasons
from edge.coach.live_place import air_ratio, checked_wbgt_c, height_ratio
from edge.coach.phrases import say
from edge.coach.types import Decision, Reason, Session
from edge.coach.words import OPEN_SHARE
from edge.session import FeatureRow, Features
from edge.track import grade_cost_ratio

QUIET_S = 20.0
HELD_S = 20
"""How many seconds in a row something must be so before it is said."""
CUE_VALID_S = 60.0
REPEAT_S = 240.0
"""The same rule speaks again at the earliest after this many seconds."""
PACE_SLACK_S_PER_KM = 5.0
HEART_SLACK_BPM = 2.0
"""How far outside the band one must be before it is worth a word."""
STEEP = 0.03
RUNNING_M_S = 2.0
"""Faster than this nobody walks."""
MOVED_SHARE = 0.02
"""A band that height or air have moved by this share is worth a word, once."""
SETTLE_S = 120.0
"""Heart rate needs about two minutes to follow the pace; no heart-rate cue before."""


@dataclass(frozen=True, slots=True)
class LiveContext:
    """What the cues need to know besides the samples: the session, when it began, and the place's effect."""

    session: Session
    start_unix_s: float
    altitude_m: float = nan
    pace_slower_percent: float = 0.0
    """How much of the target band's slowness is owed to altitude, in per cent."""
    inputs_hash: str = ""
    used_to_m: float = nan
    """The altitude that the body is used to; NaN: height moves nothing in the run."""
    planned_wbgt_c: float = nan
    """The WBGT that the target holds already; NaN where it holds none."""
    by_effort: bool = False
    """Whether the day has no pace to hold: then none is spoken of."""
    language: str = "en"
    """In which the cues are said, one of `edge.coach.languages`."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said at a second of the run."""

    t_s: float
    decision: Decision


@dataclass(frozen=True, slots=True)
class LiveMemory:
    """What the live coach remembers; saved and restored with the run."""

    last_cue_s: float = -1e9
    held_s: dict[str, int] = field(default_factory=dict)
    spoken_s: dict[str, float] = field(default_factory=dict)
    last_row_s: float = -1e9
    next_km: int = 1
    km_start_s: float = 0.0
    had_heart: bool = False
    hurts: tuple[Hurt, ...] = ()
    """What was said to hurt, the newest last."""
    wbgt_c: float = nan
    """The air that was measured last in this run."""

    @property
    def hurt_level(self) -> int:
        """The strictest answer given so far: 0 continue, 1 ease, 2 walk, 3 stop, 4 seek help."""
        return max((hurt.level for hurt in self.hurts), default=0)


@dataclass(frozen=True, slots=True)
class _Spoken:
    rule_id: str
    text: str
    reasons: tuple[Reason, ...]


def target_band_s_per_km(session: Session, grade: float) -> tuple[float, float]:
    """Return the pace band (faster, slower) in s/km moved by the grade (Minetti cost, limited to +-15 %)."""
    ratio = grade_cost_ratio(min(0.15, max(-0.15, grade))) if isfinite(grade) else 1.0
    return session.pace_low_s_per_km * ratio, session.pace_high_s_per_km * ratio


def moved_ratio(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> float:
    """Return how many times the morning's pace (s/km) is right here by height and air, grade aside."""
    height = height_ratio(context.altitude_m, row.altitude_m, context.used_to_m)
    return height * air_ratio(context.planned_wbgt_c, memory.wbgt_c)


def moved_band_s_per_km(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> tuple[float, float]:
    """Return the pace band (faster, slower) in s/km right here: moved by grade, height and air."""
    fast, slow = target_band_s_per_km(context.session, row.grade)
    ratio = moved_ratio(row, memory, context)
    return fast * ratio, slow * ratio


class LiveCoach:
    """Turns features into cues; `memory` saves it, the constructor restores it."""

    def __init__(self, context: LiveContext, memory: LiveMemory | None = None) -> None:
        self.context = _without_open_band(context)
        self.memory = memory or LiveMemory()

    def feed(self, features: Features) -> tuple[Cue, ...]:
        """Return the cues that these rows (one a second) give rise to, in order."""
        return tuple(c for c in (self._second(features.row(i)) for i in range(len(features))) if c is not None)

    def hurts(self, area: str, severity: float, side: str = "", t_s: float = nan) -> Cue:
        """Return at once what to do about a pain (0 to 10, NaN when not said) of a body area at second `t_s` of the
        run.

        It waits for no silence, and nothing later in the run takes it back. Raises ValueError for an unknown area or
        side, or a severity outside 0 to 10.
        """
        at_s = t_s if isfinite(t_s) else max(self.memory.last_row_s, 0.0)
        hurt = hurt_again(self.memory.hurts, area, severity, side, at_s)
        memory = replace(self.memory, hurts=(*self.memory.hurts, hurt), last_cue_s=max(at_s, self.memory.last_row_s))
        self.memory = replace(memory, held_s={})
        rule_id, text = ANSWERS[memory.hurt_level]
        reasons = pain_reasons(hurt, memory.hurt_level, self.context.language)
        return Cue(at_s, _decision(_said(self.context, rule_id, text, reasons), at_s, self.context))

    def warns(self, t_s: float = nan) -> Cue:
        """Return at once what to do about a warning sign that was told at second `t_s` of the run: stop, seek help.

        Nothing later in the run takes it back.
        """
        at_s = t_s if isfinite(t_s) else max(self.memory.last_row_s, 0.0)
        sign = Hurt("other", "", nan, at_s, HELP)
        last_s = max(at_s, self.memory.last_row_s)
        self.memory = replace(self.memory, hurts=(*self.memory.hurts, sign), last_cue_s=last_s, held_s={})
        rule_id, text = ANSWERS[HELP]
        told = say(self.context.language, "you told of a warning sign")
        reason = Reason(told, (("level", float(HELP)),), (rule_id,))
        return Cue(at_s, _decision(_said(self.context, rule_id, text, (reason,)), at_s, self.context))

    def air(self, wbgt_c: float) -> None:
        """Take the WBGT in degrees C as it is measured now; the band moves with it. ValueError for one no air has."""
        self.memory = replace(self.memory, wbgt_c=round(checked_wbgt_c(wbgt_c), 1))

    def _second(self, measured: FeatureRow) -> Cue | None:
        row = _on_quantum(measured)
        memory = _remember(self.memory, row, self.context)
        spoken = None
        if row.t_s - memory.last_cue_s >= QUIET_S:
            rules = _RULES_WITH_PAIN[memory.hurt_level]
            spoken = next((s for s in (rule(row, memory, self.context) for rule in rules) if s is not None), None)
        if spoken is not None:
            memory = replace(
                memory, last_cue_s=row.t_s, spoken_s={**memory.spoken_s, spoken.rule_id: row.t_s}, held_s={}
            )
        finished_km = isfinite(row.distance_m) and row.distance_m >= memory.next_km * 1000.0
        if finished_km:
            memory = replace(memory, next_km=int(row.distance_m // 1000) + 1, km_start_s=row.t_s)
        self.memory = memory
        return None if spoken is None else Cue(row.t_s, _decision(spoken, row.t_s, self.context))


def _said(context: LiveContext, rule_id: str, text: str, reasons: tuple[Reason, ...], **values: float | str) -> _Spoken:
    """Return what is said, in the language of the run."""
    return _Spoken(rule_id, say(context.language, text, **values), reasons)


def _without_open_band(context: LiveContext) -> LiveContext:
    """Return the context without a pace where its band has no slow end: by effort, no pace is spoken of."""
    session = context.session
    if not session.pace_high_s_per_km >= OPEN_SHARE * session.pace_low_s_per_km:
        return context
    return replace(context, session=replace(session, pace_low_s_per_km=nan, pace_high_s_per_km=nan), by_effort=True)


def _on_quantum(row: FeatureRow) -> FeatureRow:
    """Return the row on a fixed quantum (1e-4 SI; NaN for an infinity): a replay hangs on no last bit of a sum."""
    numbers = (getattr(row, name) for name in FeatureRow.__slots__)
    return FeatureRow(*(round(number, 4) if isfinite(number) else nan for number in numbers))


def _remember(memory: LiveMemory, row: FeatureRow, context: LiveContext) -> LiveMemory:
    """Return the memory with the count of seconds in a row that each condition has held."""
    session = context.session
    fast, slow = moved_band_s_per_km(row, memory, context)
    pace = 1000.0 / row.speed_m_s if row.speed_m_s > 0.5 else nan
    held = {
        "heart high": row.t_s > SETTLE_S and row.heart_rate_bpm > session.hr_high_bpm + HEART_SLACK_BPM,
        "fast": pace < fast - PACE_SLACK_S_PER_KM,
        "slow": pace > slow + PACE_SLACK_S_PER_KM,
        "climb": row.grade > STEEP,
        "moved": abs(moved_ratio(row, memory, context) - 1.0) >= MOVED_SHARE,
        "heart lost": memory.had_heart and isnan(row.heart_rate_bpm),
    }
    counted = {name: memory.held_s.get(name, 0) + 1 for name, is_so in held.items() if is_so}
    heart = memory.had_heart or isfinite(row.heart_rate_bpm)
    return replace(memory, held_s=counted, had_heart=heart, last_row_s=row.t_s)


def _decision(spoken: _Spoken, t_s: float, context: LiveContext) -> Decision:
    return Decision(
        show=spoken.text,
        session=None,
        valid_until_unix_s=context.start_unix_s + t_s + CUE_VALID_S,
        because=spoken.reasons,
        alternatives=(),
        content=(),
        rule_ids=(spoken.rule_id, "L-QUIET-20"),
        model_hash="",
        propensity=1.0,
        inputs_hash=context.inputs_hash,
    )


def _may_repeat(rule_id: str, row: FeatureRow, memory: LiveMemory) -> bool:
    return row.t_s - memory.spoken_s.get(rule_id, -1e9) >= REPEAT_S


def _start(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if row.t_s < 5.0 or "L-START" in memory.spoken_s:
        return None
    session = context.session
    low, high = session.pace_low_s_per_km, session.pace_high_s_per_km
    if not (isfinite(low) and isfinite(high)):
        reason = Reason(say(context.language, "Kadenz does not know your pace yet"), (("runs_known", 0.0),))
        if context.by_effort:
            reason = Reason(say(context.language, "today your breath leads, not the pace"), (("by_effort", 1.0),))
        return _said(context, "L-START", "Run by feel, easy enough to talk", (reason,))
    numbers = (("pace_low_s_per_km", low), ("pace_high_s_per_km", high))
    reasons = (*_altitude_reasons(context), Reason(say(context.language, "this is today's target"), numbers))
    return _said(context, "L-START", "Settle in at {low:clock} to {high:clock} per km", reasons, low=low, high=high)


def _altitude_reasons(context: LiveContext) -> tuple[Reason, ...]:
    """Return what the altitude does to the band; nothing where it does not matter."""
    if not (context.pace_slower_percent >= 1.0 and isfinite(context.altitude_m)):
        return ()
    text = say(
        context.language,
        "at {here_m:metres} the air gives you less oxygen, so the band is {slower:count} % slower than at home",
        here_m=context.altitude_m, slower=context.pace_slower_percent,
    )  # fmt: skip
    numbers = (("altitude_m", context.altitude_m), ("slower_percent", context.pace_slower_percent))
    return (Reason(text, numbers),)


def _heart_high(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("heart high", 0) < HELD_S or not _may_repeat("L-EASE-HR", row, memory):
        return None
    limit = context.session.hr_high_bpm
    over = row.heart_rate_bpm - limit
    reason = "your heart rate is {over:count} bpm above the band of up to {limit:count}"
    reason = say(context.language, reason, over=over, limit=limit)
    if row.grade > STEEP:
        reason += say(context.language, " and the road climbs {grade:count} %", grade=100 * row.grade)
    numbers = (("heart_rate_bpm", row.heart_rate_bpm), ("hr_high_bpm", limit), ("held_s", float(HELD_S)))
    return _said(context, "L-EASE-HR", "Ease off a little", (Reason(reason, numbers),))


def _climb(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("climb", 0) < HELD_S or not _may_repeat("L-CLIMB", row, memory):
        return None
    fast, slow = moved_band_s_per_km(row, memory, context)
    if not (isfinite(fast) and isfinite(slow)):
        return None
    reason = "the road climbs {grade:count} % and the same effort is slower uphill"
    reason = say(context.language, reason, grade=100 * row.grade)
    numbers = (("grade", row.grade), ("pace_low_s_per_km", fast), ("pace_high_s_per_km", slow))
    text = "Let the pace go: {fast:clock} to {slow:clock} is right here"
    return _said(context, "L-CLIMB", text, (Reason(reason, numbers),), fast=fast, slow=slow)


def _moved(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("moved", 0) < HELD_S or "L-PLACE" in memory.spoken_s:
        return None
    fast, slow = moved_band_s_per_km(row, memory, context)
    if not (isfinite(fast) and isfinite(slow)):
        return None
    ratio = moved_ratio(row, memory, context)
    language = context.language
    numbers = [("ratio", ratio), ("pace_low_s_per_km", fast), ("pace_high_s_per_km", slow)]
    causes = []
    if height_ratio(context.altitude_m, row.altitude_m, context.used_to_m) != 1.0:
        causes.append(say(language, "you are at {here_m:metres} now", here_m=row.altitude_m))
        numbers.append(("altitude_m", row.altitude_m))
    if isfinite(memory.wbgt_c):
        causes.append(say(language, "the air has a WBGT of {wbgt_c:count} °C", wbgt_c=memory.wbgt_c))
        numbers.append(("wbgt_c", memory.wbgt_c))
    text = "{causes:word}, so the same effort is {by:percent} {way:word} than this morning's band"
    way, joined = say(language, "slower" if ratio > 1.0 else "faster"), say(language, " and ").join(causes)
    reason = Reason(say(language, text, causes=joined, by=abs(ratio - 1.0), way=way), tuple(numbers))
    return _said(context, "L-PLACE", "{fast:clock} to {slow:clock} is right here", (reason,), fast=fast, slow=slow)


def _slope_words(grade: float, language: str) -> str:
    """Return what the slope does to the band, in words; nothing where it is flat."""
    if not abs(grade) >= 0.005:
        return ""
    text = " on this climb of {grade:rate} %" if grade > 0 else " on this descent of {grade:rate} %"
    return say(language, text, grade=100 * abs(grade))


def _too_fast(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("fast", 0) < HELD_S or not _may_repeat("L-FAST", row, memory):
        return None
    fast, _ = moved_band_s_per_km(row, memory, context)
    pace = 1000.0 / row.speed_m_s
    slope = _slope_words(row.grade, context.language)
    reason = "you run {pace:clock} and the band begins at {fast:clock}{slope:word}"
    reason = say(context.language, reason, pace=pace, fast=fast, slope=slope)
    reasons = [Reason(reason, (("pace_s_per_km", pace), ("pace_low_s_per_km", fast)))]
    if "L-FAST" not in memory.spoken_s:  # said once, not with every cue
        reasons += _altitude_reasons(context)
    by_s = max(1, round(fast - pace))
    return _said(context, "L-FAST", "Slow down by {by:count} s per km", tuple(reasons), by=by_s)


def _too_slow(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("slow", 0) < HELD_S or not _may_repeat("L-SLOW", row, memory) or row.t_s < SETTLE_S:
        return None
    if not row.heart_rate_bpm < context.session.hr_high_bpm - 5.0:
        return None
    _, slow = moved_band_s_per_km(row, memory, context)
    pace = 1000.0 / row.speed_m_s
    reason = say(
        context.language,
        "you run {pace:clock}, the band ends at {slow:clock}{slope:word}, and your heart rate leaves room",
        pace=pace, slow=slow, slope=_slope_words(row.grade, context.language),
    )  # fmt: skip
    numbers = (("pace_s_per_km", pace), ("pace_high_s_per_km", slow), ("heart_rate_bpm", row.heart_rate_bpm))
    return _said(context, "L-SLOW", "You may pick it up a little, if it feels easy", (Reason(reason, numbers),))


def _heart_lost(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if memory.held_s.get("heart lost", 0) < 5 or not _may_repeat("L-NO-HR", row, memory):
        return None
    reason = say(context.language, "no heart rate has come for {age:count} s", age=row.heart_rate_age_s)
    reasons = (Reason(reason, (("age_s", row.heart_rate_age_s),)),)
    return _said(context, "L-NO-HR", "Run by feel: you should be able to talk", reasons)


def _kilometre(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    if not (isfinite(row.distance_m) and row.distance_m >= memory.next_km * 1000.0):
        return None
    took = row.t_s - memory.km_start_s
    left = context.session.distance_m - row.distance_m
    language = context.language
    reason = say(language, "kilometre {number:count} took {took:clock}", number=memory.next_km, took=took)
    if isfinite(row.heart_rate_bpm):
        reason += say(language, " at {bpm:count} bpm", bpm=row.heart_rate_bpm)
    todo = "{left_m:km} to go" if left > 100.0 else "that was the distance: ease down"
    numbers = (("kilometre", float(memory.next_km)), ("split_s", took), ("left_m", left))
    text, todo = "{number:count} km done, {todo:word}", say(language, todo, left_m=left)
    return _said(context, "L-KM", text, (Reason(reason, numbers),), number=memory.next_km, todo=todo)


_RULES: tuple[Callable[[FeatureRow, LiveMemory, LiveContext], _Spoken | None], ...] = (
    _heart_lost,
    _heart_high,
    _start,
    _kilometre,
    _moved,
    _too_fast,
    _climb,
    _too_slow,
)


def _still_running(row: FeatureRow, memory: LiveMemory, context: LiveContext) -> _Spoken | None:
    """Return the reminder for somebody who still runs though walking, stopping or help was the answer."""
    if not row.speed_m_s > RUNNING_M_S or memory.hurt_level < 2:
        return None
    rule_id, text = ANSWERS[memory.hurt_level]
    reasons = pain_reasons(memory.hurts[-1], memory.hurt_level, context.language)
    return _said(context, rule_id, text, reasons)


#: What may still be said after each answer to a pain: nothing that asks for more, after a stop nothing of training.
_RULES_WITH_PAIN = (
    _RULES,
    (_heart_lost, _heart_high, _kilometre, _too_fast),
    (_still_running,),
    (_still_running,),
    (_still_running,),
)
