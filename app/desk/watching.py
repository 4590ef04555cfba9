"""A recording that is only watched: a simulated run for somebody new, a tracker that is tried, a replay.

The rule of this file: it has a diary of its own, which goes when it has been seen.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.live.looking import Looking, NoRecorderError, start_recorder


@dataclass(slots=True)
class Watching:
    """What is watched: its folder, for how many s at most, and which screen comes after it."""

    folder: Path
    looking: Looking
    began_s: float
    seconds: float
    then: str

    @classmethod
    def begun(cls, options: Sequence[str], seconds: float, then: str) -> Watching:
        """Start a recorder with these options; OSError where that cannot be."""
        folder = Path(tempfile.mkdtemp(prefix="kadenz-watch-"))
        start_recorder(folder / "diary.db", options)
        try:
            looking = Looking(folder / "diary.db")
        except NoRecorderError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(folder, looking, time.monotonic(), seconds, then)

    @property
    def left_s(self) -> float:
        """Return for how long it may still be watched, in s."""
        return self.seconds - (time.monotonic() - self.began_s)

    @property
    def over(self) -> bool:
        """Return True where the time is over or the recorder is gone."""
        return self.left_s <= 0.0 or self.looking.gone

    def end(self) -> None:
        """End the run and take its diary away."""
        with contextlib.suppress(NoRecorderError):
            self.looking.do("stop")
        end_s = time.monotonic() + 10.0
        while not self.looking.gone and time.monotonic() < end_s:
            time.sleep(0.05)
        self.looking.close()
        shutil.rmtree(self.folder, ignore_errors=True)
