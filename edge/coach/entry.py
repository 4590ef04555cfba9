"""One line of a person's own page, as a value.

The rule of this file: no behaviour; NaN where a thing is not known.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the state: text, value in its unit with low and high (90 %), source and date in Unix s; NaN unknown.

    `tells` is what would tell more, where it is not known; `evidence` the runs or sentences behind it.
    """

    part: str
    text: str
    value: float
    low: float
    high: float
    unit: str
    source: str
    as_of_unix_s: float
    tells: str = ""
    evidence: tuple[str, ...] = ()
