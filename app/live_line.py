"""What a recording says while it goes on: one line on a terminal, acknowledgement lines elsewhere, sentences on both.

The rule of this file: a value that is older than its limit, or inside a gap, is not shown. Sentences name a tracker
by the address that the person gave, never a position, and no heart rate but the live one.
"""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.acks import LineWriter, ack_line
from app.output import say
from app.recorder import Ack
from device.link_errors import LinkError, LinkReason
from device.supervise import Report, State
from edge.coach.phrases import say as in_language
from edge.samples import DeviceInfo, Gap, Samples, stream_name

#: How long a value stays on the line without a newer one, in s.
FRESH_S = 5.0
#: A tracker that has not been seen for so long is worth a sentence, in s.
UNSEEN_S = 15.0
#: Column -> how the line shows its last value, and by how much it is multiplied for that.
SHOWN: dict[str, tuple[str, float]] = {
    "bpm": ("{value:count} bpm", 1.0),
    "cadence_spm": ("{value:steps}", 1.0),
    "speed_m_s": ("{value:rate} km/h", 3.6),
}
_DOTS = {State.STREAM: "●", State.OFF: "○"}


@dataclass(frozen=True, slots=True)
class Value:
    """A number on the line: its stream, when it was measured in s of the run, when it came in s of the clock."""

    stream: str
    value: float
    t_s: float
    seen_s: float


class Latest:
    """The newest value of each shown column, for as long as it is true."""

    def __init__(self, language: str = "en") -> None:
        self.fresh_s, self.language = FRESH_S, language
        self._values: dict[str, Value] = {}

    def take(self, samples: Sequence[Samples], now_s: float) -> None:
        """Take stored samples in their order: a value replaces the older one, a gap takes it away."""
        for one in samples:
            if isinstance(one, Gap):
                hit = [
                    name for name, v in self._values.items() if one.stream in (v.stream, "all") and v.t_s <= one.to_s
                ]
                for name in hit:
                    del self._values[name]
            elif not isinstance(one, DeviceInfo) and len(one):
                for name in SHOWN.keys() & set(one.__slots__):
                    value = Value(stream_name(one), float(getattr(one, name)[-1]), float(one.t_s[-1]), now_s)
                    self._values[name] = value

    def texts(self, now_s: float) -> list[str]:
        """Return the values that are fresh, in words, in a fixed order."""
        fresh = {n: v for n, v in self._values.items() if now_s - v.seen_s <= self.fresh_s and v.value > 0.0}
        return [
            in_language(self.language, text, value=times * fresh[name].value)
            for name, (text, times) in SHOWN.items()
            if name in fresh
        ]


@dataclass(slots=True)
class _Known:
    """What was said of a tracker: its last report, since when, since when it is away, and how often it came back."""

    report: Report
    away_since_s: float
    said_unseen: bool = False
    reconnects: int = -1
    said_missing: set[str] = field(default_factory=set)


class LiveLine:
    """The voice of a recording; every method may be called from any thread and none waits for the reader."""

    def __init__(
        self,
        terminal: bool,
        now_s: Callable[[], float] = time.monotonic,
        speak: Callable[[str], None] = say,
        language: str = "en",
    ) -> None:
        self.gaps, self.language = 0, language
        self._terminal, self._now_s, self._speak = terminal, now_s, speak
        self._writer = LineWriter(sys.stderr.fileno(), end="" if terminal else "\n")
        self._latest, self._ack = Latest(language), Ack("", 0, 0.0)
        self._trackers: dict[str, _Known] = {}
        self._trouble: LinkReason | None = None
        self._lock = threading.RLock()

    def keep_for(self, fresh_s: float) -> None:
        """Let a value stay on the line for so long without a newer one, in s."""
        self._latest.fresh_s = fresh_s

    @property
    def reconnects(self) -> int:
        """Return how often trackers came back after they had been lost."""
        return sum(max(0, known.reconnects) for known in self._trackers.values())

    @property
    def t_s(self) -> float:
        """Return the second of the run up to which the diary holds it."""
        return self._ack.t_s

    def ack(self, ack: Ack) -> None:
        """Take an acknowledgement."""
        self._ack = ack
        if not self._terminal:
            self._writer.write(ack_line(ack))

    def stored(self, samples: Sequence[Samples]) -> None:
        """Take what the diary holds now."""
        with self._lock:
            self.gaps += sum(isinstance(one, Gap) for one in samples)
            self._latest.take(samples, self._now_s())
        self.refresh()

    def refresh(self) -> None:
        """Show the line as it is now: values that have aged go."""
        with self._lock:
            self._say_unseen()
            if self._terminal:
                self._writer.write("\r\x1b[2K" + self.line())

    def line(self) -> str:
        """Return the live line."""
        minutes, seconds = divmod(int(self._ack.t_s), 60)
        dots = "".join(_DOTS.get(known.report.state, "◌") for known in self._trackers.values())
        gaps = self._in_words("{count:count} gaps", count=self.gaps) if self.gaps and self._trackers else ""
        parts = [f"{minutes}:{seconds:02d}", dots, *self._latest.texts(self._now_s()), gaps]
        safe = self._in_words("safe: {count:count} samples", count=self._ack.sequence)
        return "  ".join([*filter(None, parts), safe])

    def _in_words(self, text: str, **values: float | str) -> str:
        return in_language(self.language, text, **values)

    def report(self, report: Report) -> None:
        """Take a change of a tracker's connection; say what the person can see or do."""
        with self._lock:
            known = self._trackers.setdefault(report.tracker, _Known(report, report.at_s))
            before, known.report = known.report, report
            if report.state is State.STREAM:
                self._came(known, report)
            elif report.state in (State.BACKOFF, State.STALE) and report.reason is not None:
                self._went(known, before, report)

    def trouble(self, error: LinkError | None) -> None:
        """Take that the adapter fails, or (None) works."""
        reason = error.reason if error else None
        if reason is not self._trouble:
            self.say(self._in_words(reason.sentence if reason else "Bluetooth is back"))
        self._trouble = reason

    def _came(self, known: _Known, report: Report) -> None:
        known.reconnects += 1
        away_s = report.at_s - known.away_since_s
        text = (
            "{tracker:word}: connected again after {away:count} s" if known.reconnects else "{tracker:word}: connected"
        )
        self.say(self._in_words(text, tracker=report.tracker, away=away_s))
        known.away_since_s, known.said_unseen = math.nan, False
        for missing in set(report.missing) - known.said_missing:
            known.said_missing.add(missing)
            self.say(self._in_words("{tracker:word}: without {what:word}", tracker=report.tracker, what=missing))

    def _went(self, known: _Known, before: Report, report: Report) -> None:
        if math.isnan(known.away_since_s):
            known.away_since_s = report.at_s
            why = report.cause or (report.reason.sentence if report.reason else "")
            text, why = "{tracker:word}: {why:word}; looking for it", self._in_words(why) if why else ""
            self.say(self._in_words(text, tracker=report.tracker, why=why))
        elif report.reason is not before.reason and report.reason is not None:
            self.say(f"{report.tracker}: {self._in_words(report.reason.sentence)}")

    def _say_unseen(self) -> None:
        for tracker, known in self._trackers.items():
            waiting = known.report.state is State.SCAN and not known.said_unseen and self._trouble is None
            if waiting and self._now_s() - max(known.report.at_s, 0.0) > UNSEEN_S:
                known.said_unseen = True
                self.say(f"{tracker}: {self._in_words(LinkReason.NOT_FOUND.sentence)}")

    def say(self, text: str) -> None:
        """Say a sentence, on a line of its own."""
        self._speak(("\r\x1b[2K" if self._terminal else "") + text)

    def close(self) -> None:
        """End the line; the last acknowledgement is written unless the reader takes more than a second."""
        self._writer.close()
        if self._terminal:
            os.write(sys.stderr.fileno(), b"\n")
