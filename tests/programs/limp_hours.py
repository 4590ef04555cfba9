"""Limps found and alarms of sound running, per kind of run and place: `python -m tests.programs.limp_hours 68`.

The rule of this file: everything is simulated; people from number 100 on, of whom each runs three times with a limp and
40 min without; what is counted is the filter's verdict, before the coach limits how often it speaks.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np

from app.bench import limp_bench as bench
from app.bench import limp_sound as sound
from edge.limp import GaitState, LimpFilter

SIZES = (0.08, 0.12, 0.20)
SOUND_S = 2400


def main(people: int) -> None:
    """Print what was found of each size, then hours, alarms and questions of each place and kind."""
    found: Counter[float] = Counter()
    hours: Counter[tuple[str, str]] = Counter()
    alarms: Counter[tuple[str, str]] = Counter()
    asks: Counter[tuple[str, str]] = Counter()
    for person in range(100, 100 + people):
        place, kind = ("trunk", "wrist")[person % 2], sound.KINDS[person % len(sound.KINDS)]
        baseline = bench.own_baseline(bench.simulated(person, 0, place, 720))
        for number, size in enumerate(SIZES):
            one = bench.simulated(person, 3 + number, place, 145, size)
            found[size] += bench._found(LimpFilter(baseline).feed(one.samples, one.step_s), GaitState.EASE)
        one = bench._recorded(kind, [sound.readings(person, 1, place, SOUND_S, kind)], sound.RATE_HZ)
        told = LimpFilter(baseline).feed(one.samples, one.step_s)
        hours[place, kind] += len(told) * 16.0 * float(np.median(np.diff(one.step_s))) / 3600.0  # type: ignore[assignment]
        alarms[place, kind] += len(bench._eased_s(told))
        asks[place, kind] += len(bench._eased_s(told, GaitState.ASK))
    for size in SIZES:
        print(f"contact {100 * size:.0f} % apart: eased within 60 s in {found[size]} of {people}")
    for key in sorted(hours):
        print(f"{key[0]} {key[1]}: {hours[key]:.2f} h, {alarms[key]} alarms, {asks[key]} alarms or questions")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 68)
