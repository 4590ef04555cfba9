"""What went over the air, line by line: the first thing to read when a test fails.

The rule of this file: bounded, cheap to add to, and made into text only when somebody asks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when in s, which tracker, what ("read", "write", "notify", "connected", ...), where, which bytes."""

    t_s: float
    tracker: str
    what: str
    uuid: str
    payload: bytes

    def text(self) -> str:
        """Return the event as one line of text."""
        uuid = self.uuid[4:8].upper() if self.uuid.endswith("-0000-1000-8000-00805f9b34fb") else self.uuid
        return f"{self.t_s:9.3f} s  {self.tracker:<10} {self.what:<11} {uuid} {self.payload.hex(' ')}".rstrip()


class Transcript:
    """The latest events of a radio, at most 20,000."""

    def __init__(self) -> None:
        self._lines: deque[tuple[float, str, str, str, bytes]] = deque(maxlen=_LINES)

    def add(self, t_s: float, tracker: str, what: str, uuid: str, payload: bytes) -> None:
        """Note one event."""
        self._lines.append((t_s, tracker, what, uuid, payload))

    def lines(self, tracker: str = "") -> Iterator[Line]:
        """Yield the events of a tracker (of all without a name), oldest first."""
        for row in list(self._lines):
            if tracker in ("", row[1]):
                yield Line(*row)

    def text(self, last: int = 200) -> str:
        """Return the last so many events as text."""
        rows = list(self._lines)
        skipped = [f"… {len(rows) - last} earlier lines"] if len(rows) > last else []
        return "\n".join([*skipped, *(Line(*row).text() for row in rows[-last:])])
