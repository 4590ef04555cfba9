"""What the cues of a run need to know of the morning's decision."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite, nan

from edge.coach.live import LiveContext
from edge.coach.types import Decision, Session

BY_FEEL = Session("easy", nan, nan, nan, nan, nan, nan)


def context_of(decision: Decision, start_unix_s: float) -> LiveContext:
    """Return what the cues need to know of a decision: its session and what height and air already took from it."""
    numbers = {name: value for reason in decision.because for name, value in reason.numbers}
    session = decision.session or BY_FEEL
    if session.kind == "rest":  # somebody runs on a day of rest: by feel, and easy
        session = replace(BY_FEEL, kind="easy")
    slower = 100.0 * numbers.get("pace_change", 0.0)
    height_m = numbers.get("altitude_m", nan)
    used_m, wbgt_c = numbers.get("used_to_m", nan), numbers.get("wbgt_c", nan)
    return LiveContext(
        session, start_unix_s, height_m, slower if isfinite(slower) else 0.0, decision.inputs_hash, used_m, wbgt_c
    )
