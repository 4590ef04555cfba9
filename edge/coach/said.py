"""What a person said about themselves, as typed constraints: the seam between talking and the rules.

The rule of this file: values alone. A constraint is what was understood of a sentence; it only ever tightens the plan,
but for `pain_resolved`, which lets the ladder of that body area begin. NaN or "" where nothing was said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

KINDS = (
    "pain", "pain_resolved", "red_flag", "illness", "fatigue", "sleep", "stress", "mood", "shift_work", "time",
    "availability", "travel", "weather", "medication", "pregnancy", "cycle", "red_s", "weight_goal", "wish",
    "override_request",
)  # fmt: skip
AREAS = (
    "foot", "ankle", "achilles", "shin", "calf", "knee", "hamstring", "quad", "groin", "hip", "back", "shoulder",
    "chest", "head", "other",
)  # fmt: skip
SIDES = ("left", "right", "both")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that was said: its kind of `KINDS`; area of `AREAS`, side of `SIDES` and severity 0 to 10 of a pain.

    `situation` is when or how, in a word of the grammar ("downhill", "after", "bad"); `value` a number in the kind's
    unit: minutes for time, kg for a weight goal, days for how long.
    """

    kind: str
    area: str = ""
    side: str = ""
    severity: float = math.nan
    situation: str = ""
    value: float = math.nan

    def __post_init__(self) -> None:
        wrong = [
            f"{name} {word!r}"
            for name, word, words in (
                ("kind", self.kind, KINDS),
                ("area", self.area, AREAS),
                ("side", self.side, SIDES),
            )
            if word not in words and (word or name == "kind")
        ]
        if wrong:
            raise ValueError(f"a constraint has no {', '.join(wrong)}")
        if not (math.isnan(self.severity) or 0.0 <= self.severity <= 10.0):
            raise ValueError(f"severity {self.severity:g} is outside 0 to 10")
        if math.isinf(self.value):
            raise ValueError(f"the value of {self.kind} is infinite")


@dataclass(frozen=True, slots=True)
class Said:
    """A constraint, when it was said (Unix s), and the number of the sentence in the diary that it came from."""

    constraint: Constraint
    said_unix_s: float
    sentence: int = 0

    def __post_init__(self) -> None:
        if not math.isfinite(self.said_unix_s):
            raise ValueError(f"{self.constraint.kind} was said at no moment: {self.said_unix_s}")
