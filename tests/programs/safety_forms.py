"""What no decision may hold whatever the rules say: a missing number, a placeholder, a word that helps to weigh less.

The rule of this file: it looks at the decision alone.
"""

from __future__ import annotations

import functools
import math
import re

from edge.coach.types import Decision, Session

NOT_RUNNING = frozenset({"rest", "walk", "bike", "pool", "strength"})
BAD_TOKEN = re.compile(r"(?<![a-z])(nan|none|inf|null|undefined)(?![a-z])|\{|\}|-?inf\b", re.IGNORECASE)
DEFICIT = re.compile(
    r"calori|deficit|lose weight|slim|fasting|eat less than|cut weight|burn fat|"
    r"kalori|defizit|abnehmen|schlank|weniger ess",
    re.IGNORECASE,
)
SUSPECTS = re.compile(
    r"nan|none|inf|null|undef|[{}]|calor|defic|weight|slim|fast|less|burn|kalor|defiz|abneh|schlank|weniger"
)


def offered(decision: Decision) -> list[Session]:
    assert decision.session is not None
    return [decision.session, *(s for _, s in decision.alternatives)]


def forms(decision: Decision) -> list[str]:
    """Return what is wrong with the numbers and words whatever the rules say."""
    found = []
    for s in offered(decision):
        numbers = (s.distance_m, s.duration_s)
        if s.kind != "race" and not all(0.0 <= v < 1e6 for v in numbers):
            found.append(f"numbers {s}")
        low, high = s.pace_low_s_per_km, s.pace_high_s_per_km
        if s.kind not in NOT_RUNNING and s.kind != "race" and not (100.0 < low < high < 2500.0 and s.distance_m > 0):
            found.append(f"no target {s}")
        if s.kind in NOT_RUNNING and (s.distance_m or not math.isnan(low)):
            found.append(f"a distance without running {s}")
        if not math.isnan(s.hr_low_bpm) and not 60 <= s.hr_low_bpm < s.hr_high_bpm <= 225:
            found.append(f"heart {s}")
    told = [decision.show, *(r.text for r in decision.because), *(c.title + " " + c.text for c in decision.content)]
    found += [f"words {text!r}" for text in told if not is_clean(text)]
    if not decision.because or any(not r.text for r in decision.because):
        found.append("no reason")
    if any(not math.isfinite(v) for r in decision.because for _, v in r.numbers):
        found.append(f"a reason without a number {decision.because}")
    return found


@functools.lru_cache(maxsize=20000)
def is_clean(text: str) -> bool:
    """Return whether a text holds no placeholder, no missing number and nothing that helps to weigh less."""
    return not SUSPECTS.search(text.lower()) or not (BAD_TOKEN.search(text) or DEFICIT.search(text))
