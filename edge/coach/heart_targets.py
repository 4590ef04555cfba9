"""Heart rate of a session: by the person's own line, or by their maximum.

The rule of this file: heart rates in bpm; a band comes with the reason that holds its numbers, or is not given.
"""

from __future__ import annotations

import math

from edge.coach.beliefs import State
from edge.coach.heart import line_bpm
from edge.coach.novelty import HEART_BAND, may_show
from edge.coach.own_targets import Band, own_heart
from edge.coach.phrases import say
from edge.coach.rules import Limits
from edge.coach.sources import source_words
from edge.coach.types import Reason

#: Share of maximal heart rate that easy running stays below (Daniels: 65 to 79 %), and its lower end.
EASY_HR_SHARE = (0.65, 0.80)
STEADY_HR_SHARE = (0.78, 0.88)
HARD_HR_SHARE = (0.85, 0.95)
#: A heart-rate target outside is no target.
HR_RANGE_BPM = (60.0, 225.0)
AGE_HR_DOUBT_BPM = 21.0
#: From so much on between the two, pace and heart rate are said to disagree (assumption: half a run's scatter).
LEADS_FROM_BPM = 4.0
NOT_GIVEN = (math.nan, math.nan)


def heart_band(kind: str, band: Band, state: State, limits: Limits) -> Band:
    """Return the heart-rate band in bpm for a sea-level pace band; NaN where none should be given."""
    if not limits.heart_rate_allowed or math.isnan(band.low) or kind == "walk-run":
        return Band(*NOT_GIVEN, ())
    if uses_own_line(state) and may_show(state.own, HEART_BAND, state.today):
        found = _own_line(kind, band, state)
        if state.heart.source == "measured":  # what the person said of it stands as they said it
            found = own_heart(kind, found, state, HR_RANGE_BPM)
    else:
        found = _from_maximum(kind, state)
    if kind in ("easy", "long", "return") and uses_own_line(state):
        found = _heart_leads(found, band, state)
    return found if HR_RANGE_BPM[0] <= found.low < found.high <= HR_RANGE_BPM[1] else Band(*NOT_GIVEN, ())


def _heart_leads(found: Band, band: Band, state: State) -> Band:
    """Return the heart-rate band, with what leads where this person's heart beats above it at the whole pace band."""
    usual_bpm = line_bpm(state.heart, 1000.0 / band.high)
    if not usual_bpm > found.high + LEADS_FROM_BPM:
        return found
    text = (
        "At this pace your heart has lately beaten about {usual:beats}: let heart rate lead, and slow down or walk, "
        "even if that feels too slow."
    )
    reason = Reason(say(state.language, text, usual=usual_bpm), (("usual_bpm", usual_bpm),), (state.heart.source,))
    return Band(found.low, found.high, (*found.reasons, reason))


def uses_own_line(state: State) -> bool:
    """Return whether the person's own heart-rate line, or what they said of it, is there to aim by."""
    return state.heart.source in ("measured", "you said") and _is_real_line(state)


def _is_real_line(state: State) -> bool:
    """Return whether what was learned of the heart is a line of real numbers: a model may answer anything."""
    line = state.heart
    values = (line.at_2_8_bpm, line.slope_bpm_per_m_s, line.sd_at_2_8_bpm, line.residual_sd_bpm)
    near = 60.0 <= line.at_2_8_bpm <= 220.0 and abs(line.slope_bpm_per_m_s) <= 100.0
    return near and all(0.0 <= abs(v) <= 300.0 for v in values)


def _shares(kind: str) -> tuple[float, float]:
    return {"steady": STEADY_HR_SHARE, "intervals": HARD_HR_SHARE}.get(kind, EASY_HR_SHARE)


def _own_line(kind: str, band: Band, state: State) -> Band:
    line, top = state.heart, state.max_hr_bpm
    margin = 3.0 + 0.3 * line.sd_at_2_8_bpm
    low = line_bpm(line, 1000.0 / band.high) - margin
    high = line_bpm(line, 1000.0 / band.low) + margin
    capped = top.source != "people like you"
    if capped:
        high = min(high, _shares(kind)[1] * top.high)
    high = max(high, 90.0)
    low = float(round(min(max(low, 70.0), high - 8.0)))
    whose = "Your own line from {runs:count} runs with heart rate puts"
    if line.runs == 1:
        whose = "Your one run with heart rate, and people like you, put"
    if line.source == "you said":
        whose = "What you said of your heart rate puts"
    text = say(
        state.language,
        "{whose:word} this pace at {low:count} to {high:beats} (single runs differ by {spread:beats}; the newest count "
        "most).",
        whose=say(state.language, whose, runs=line.runs), low=low, high=high, spread=line.residual_sd_bpm,
    )  # fmt: skip
    numbers = (
        ("bpm_at_2_8_m_s", line.at_2_8_bpm),
        ("bpm_per_m_s", line.slope_bpm_per_m_s),
        ("residual_sd_bpm", line.residual_sd_bpm),
        ("runs", float(line.runs)),
        ("max_hr_bpm", top.value),
    )
    return Band(low, float(round(high)), (Reason(text, numbers, (line.source,)),))


def _from_maximum(kind: str, state: State) -> Band:
    top = state.max_hr_bpm
    if top.source == "people like you":
        return Band(*NOT_GIVEN, ())
    low, high = (float(round(share * top.value)) for share in _shares(kind))
    doubt = max(top.high - top.value, top.value - top.low)
    text = say(
        state.language,
        "Heart rate {low:count} to {high:beats} is {least:percent} to {most:percent} of a maximum of {top:beats} "
        "({source:word}), which may be off by {doubt:beats}: if talking is hard, slow down whatever the watch shows.",
        low=low, high=high, least=_shares(kind)[0], most=_shares(kind)[1], top=top.value,
        source=source_words(state.language, top.source), doubt=doubt,
    )  # fmt: skip
    return Band(low, high, (Reason(text, (("max_hr_bpm", top.value), ("doubt_bpm", doubt)), (top.source,)),))
