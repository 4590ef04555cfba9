"""The voice of this computer: espeak-ng or the platform's own, as a process that is started for each sentence.

The rule of this file: a sentence is handed over and never waited for; where nothing can speak, nothing fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Protocol

LONGEST = 400
"""So many characters of a sentence are spoken at most."""


class Voice(Protocol):
    """Something that speaks; `name` is empty where it is silent."""

    name: str

    def say(self, text: str, language: str) -> None: ...
    def stop(self) -> None: ...


class Silence:
    """No voice."""

    name = ""

    def say(self, text: str, language: str) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Nothing to end."""


class ProcessVoice:
    """A command that speaks its last argument; a new sentence ends the one before."""

    def __init__(self, name: str, command: tuple[str, ...], language_option: str = "") -> None:
        self.name, self._command, self._option = name, command, language_option
        self._speaking: subprocess.Popen[bytes] | None = None

    def say(self, text: str, language: str) -> None:
        """Begin to say a sentence in a language ("en", "de")."""
        self.stop()
        option = (self._option, language) if self._option else ()
        try:
            self._speaking = subprocess.Popen(
                [*self._command, *option, "--", text[:LONGEST]] if self._option else [*self._command, text[:LONGEST]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self._speaking = None

    def stop(self) -> None:
        """End the sentence that is being said."""
        if self._speaking is not None and self._speaking.poll() is None:
            self._speaking.terminate()
        if self._speaking is not None:
            self._speaking.wait(timeout=2.0)
        self._speaking = None


def voice_here() -> Voice:
    """Return what speaks on this computer."""
    espeak = shutil.which("espeak-ng") or shutil.which("espeak")
    if espeak:
        return ProcessVoice("espeak-ng", (espeak,), "-v")
    if sys.platform == "darwin" and (say := shutil.which("say")):
        return ProcessVoice("macOS", (say,))
    return Silence()
