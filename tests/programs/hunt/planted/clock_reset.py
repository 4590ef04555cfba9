"""Planted: time by the watch, whose clock it takes to run for ever forwards."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from steady import Watch, main


class Elapsed(Watch):
    first_s = float("nan")

    def show(self, value: float) -> None:
        if self.first_s != self.first_s:
            self.first_s = value
        print(f"elapsed {value - self.first_s:.0f} s", flush=True)


main(Elapsed())
