"""Correct: time by the watch; what is odd or late is left out until a second packet says that the clock was set."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import time

from steady import Watch, main

SAME_S = 0.6


class Elapsed(Watch):
    first_s = ahead_s = odd_s = float("nan")
    shown_s = shown_at_s = 0.0

    def show(self, value: float) -> None:
        now_s = time.monotonic()
        ahead_s = value - now_s
        if self.first_s != self.first_s:
            self.first_s, self.ahead_s = value, ahead_s
        if abs(ahead_s - self.ahead_s) > SAME_S:
            if not abs(ahead_s - self.odd_s) <= SAME_S:
                self.odd_s = ahead_s  # late, or broken, or the clock was set: the next packet tells
                return
            self.first_s = value - (self.shown_s + now_s - self.shown_at_s)  # time went on as ours did
            self.ahead_s = ahead_s
        if value - self.first_s < self.shown_s:
            return  # overtaken on its way
        self.shown_s, self.shown_at_s = value - self.first_s, now_s
        print(f"elapsed {self.shown_s:.0f} s", flush=True)


main(Elapsed())
