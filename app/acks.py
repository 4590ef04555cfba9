"""Acknowledgements to stderr that nobody can hold up: a reader that stops reading never stops a recording.

The rule of this file: a later acknowledgement includes every earlier one, so only the newest waits.
"""

from __future__ import annotations

import os
import threading

from app.recorder import Ack


def ack_line(ack: Ack) -> str:
    """Return the line `ack SEQUENCE run=ID t=SECONDS`."""
    return f"ack {ack.sequence} run={ack.run_id} t={ack.t_s:.3f}"


class LineWriter:
    """Writes the newest line to a file descriptor from a thread of its own; a closed reader ends it silently."""

    def __init__(self, descriptor: int, *, end: str = "\n") -> None:
        self._descriptor, self._end = descriptor, end
        self._newest, self._closing = "", False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="acks", daemon=True)
        self._thread.start()

    def write(self, line: str) -> None:
        """Make this the line to be written next."""
        with self._changed:
            self._newest = line
            self._changed.notify()

    def close(self, wait_s: float = 1.0) -> None:
        """Write the last line, unless that takes longer than `wait_s` s."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(wait_s)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._newest or self._closing)
                line, self._newest = self._newest, ""
                if not line:
                    return
            try:
                os.write(self._descriptor, (line + self._end).encode())
            except OSError:
                return
