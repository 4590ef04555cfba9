"""Correct: time by the watch; a clock that was set counts once two packets agree, odd and late ones are left out."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import time

from steady import Watch, main


class Elapsed(Watch):
    ahead_s = odd_s = first_s = float("nan")
    shown_s = 0.0

    def show(self, value: float) -> None:
        ahead_s = value - time.monotonic()
        if self.first_s != self.first_s:
            self.first_s, self.ahead_s = value, ahead_s
        if abs(ahead_s - self.ahead_s) > 1.5:
            if not abs(ahead_s - self.odd_s) <= 1.5:
                self.odd_s = ahead_s  # late, or broken, or the clock was set: the next packet tells
                return
            self.first_s += ahead_s - self.ahead_s
            self.ahead_s = ahead_s
        if value - self.first_s < self.shown_s:
            return  # overtaken on its way
        self.shown_s = value - self.first_s
        print(f"elapsed {self.shown_s:.0f} s", flush=True)


main(Elapsed())
