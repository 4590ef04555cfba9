"""A program that is typed at, for tests: what it prints is kept without its colours."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x01\x02\r]")


class Terminal:
    """A child process with a pipe to type into and everything that it printed."""

    def __init__(self, *words: str) -> None:
        self._child = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._printed: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._child.stdout is not None
        for character in iter(lambda: self._child.stdout.read(1), ""):  # type: ignore[union-attr]
            self._printed.append(character)

    @property
    def text(self) -> str:
        """Return all that was printed."""
        return _COLOURS.sub("", "".join(self._printed))

    def enter(self, line: str = "") -> None:
        """Type a line."""
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def type(self, line: str, until: str, within_s: float = 20.0) -> re.Match[str]:
        """Type a line and wait until something new is printed; without a line, until anything has been printed."""
        before = len(self.text) if line else 0
        if line:
            self.enter(line)
        deadline_s = time.monotonic() + within_s
        while time.monotonic() < deadline_s:
            found = re.search(until, self.text[before:])
            if found is not None:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{line!r} brought no {until!r}:\n{self.text[before:]}")

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, as `kill` does."""
        self._child.send_signal(number)

    def end(self) -> int:
        """Close its input and return its exit code."""
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._child.stdin.close()
        code = self._child.wait(20)
        self._close()
        return code

    def kill(self) -> None:
        """End it where it has not ended, with all that it started."""
        if self._child.poll() is None:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait(10)
        self._close()

    def _close(self) -> None:
        self._reader.join(5)
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None and not (pipe is self._child.stdout and self._reader.is_alive()):
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
