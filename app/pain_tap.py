"""The tap "it hurts" on a terminal: "h knee 4 left", or "w 1" for a warning sign, answered at once and kept.

The rule of this file: the answer is spoken before anything is stored, and nothing here can hold up the recording.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable

from app.talk_text import tell_of_missing_opinion, urgent
from app.warning_signs import listed, sign_of
from edge.coach.live import Cue, LiveCoach, LiveContext
from edge.coach.phrases import say
from edge.coach.said import AREAS, SIDES, Constraint
from edge.coach.types import Session
from edge.talk import understand

KEY, WARNING_KEY = "h", "w"
HELP = (
    f"it hurts: type {KEY}, where, and how much from 0 to 10, such as: {KEY} knee 4 left (places: {', '.join(AREAS)}); "
    f"a warning sign: type {WARNING_KEY} for the list, {WARNING_KEY} 1 for pain in the chest"
)
HELP_DE = (
    f"es tut weh: tippe {KEY}, wo, und wie stark von 0 bis 10, etwa: {KEY} knie 4 links; "
    f"ein Warnzeichen: tippe {WARNING_KEY} für die Liste, {WARNING_KEY} 1 für Schmerz in der Brust"
)
_BY_FEEL = Session("easy", math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)


class PainTap:
    """Answers the lines of somebody who runs; `keep` takes the sentence and what was understood of it."""

    def __init__(
        self,
        start_unix_s: float,
        t_s: Callable[[], float],
        speak: Callable[[str], None],
        keep: Callable[[str, Constraint], None],
        coach: LiveCoach | None = None,
        language: str = "en",
    ) -> None:
        self.coach = coach or LiveCoach(LiveContext(_BY_FEEL, start_unix_s, language=language))
        self._t_s, self._speak, self._keep, self._language = t_s, speak, keep, language

    def line(self, text: str) -> Cue | None:
        """Answer one line; None where it is no tap, and then how to tap is said if it began like one."""
        words = text.lower().replace("/10", "").split()
        if words and words[0] == WARNING_KEY:
            return self._sign(" ".join(words[1:]))
        if not words or words[0] != KEY:
            return None
        said = text.strip()[len(KEY) :].strip()
        try:
            area, severity, side = _understood(words[1:])
        except ValueError as problem:
            return self._in_words(said, str(problem))
        return self._hurts(said, area, severity, side)

    def _hurts(self, said: str, area: str, severity: float, side: str) -> Cue | None:
        try:
            cue = self.coach.hurts(area, severity, side, self._t_s())
        except ValueError as problem:
            self._speak(f"{problem}; {self._help}")
            return None
        because = "; ".join(reason.text for reason in cue.decision.because)
        self._speak(say(self._language, "{cue:word} (because {why:word})", cue=cue.decision.show, why=because))
        self._keep(said, Constraint("pain", area, side, severity, "running"))
        return cue

    @property
    def _help(self) -> str:
        return HELP_DE if self._language == "de" else HELP

    def _in_words(self, said: str, problem: str) -> Cue | None:
        """Answer what is no tap but can be understood as a sentence, in English or German; a warning sign first."""
        heard = understand(said)
        for one in heard.constraints:
            if one.kind == "red_flag" and one.situation != "cleared":
                return self._warned(said, one)
        sure = [one for k, one in enumerate(heard.constraints) if k not in heard.guessed]
        pain = next((one for one in sure if one.kind == "pain" and one.area), None)
        if pain is not None:
            return self._hurts(said, pain.area, pain.severity, pain.side)
        self._speak(f"{problem}; {self._help}" if said else self._help)
        return None

    def _sign(self, number: str) -> Cue | None:
        """Answer a warning sign that was pointed at by its number; list them where none was."""
        sign = sign_of(number)
        if sign is not None:
            return self._warned(sign.named(self._language), sign.constraint)
        found = [one for one in understand(number).constraints if one.kind == "red_flag" and one.situation != "cleared"]
        if found:
            return self._warned(number, found[0])
        self._speak(listed(self._language))
        return None

    def _warned(self, said: str, sign: Constraint) -> Cue:
        cue = self.coach.warns(self._t_s())
        self._speak(urgent((sign,), self._language))
        self._keep(said, sign)
        return cue

    def listen(self, lines: Iterable[str]) -> threading.Thread:
        """Answer lines in a thread of their own until they end."""
        thread = threading.Thread(target=self._all, args=(lines,), name="taps", daemon=True)
        thread.start()
        return thread

    def _all(self, lines: Iterable[str]) -> None:
        understand("ok")  # the tables of words are built before anything hurts
        tell_of_missing_opinion()
        for text in lines:
            self.line(text)


def _understood(words: list[str]) -> tuple[str, float, str]:
    """Return area, severity (NaN when not said) and side; ValueError names the first word that is none of them."""
    area, severity, side = "", math.nan, ""
    for word in words:
        if word in AREAS:
            area = word
        elif word in SIDES:
            side = word
        elif word.replace(".", "", 1).isdigit():
            severity = float(word)
        else:
            raise ValueError(f"{word!r} is no place, side or number")
    if not area:
        raise ValueError("where does it hurt")
    return area, severity, side
