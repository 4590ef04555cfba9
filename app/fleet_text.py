"""What a fleet did, in words, English or German.

The rule of this file: values in, sentences out; what could not be believed or was lost is said beside what was found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.fleet import Rounds
from app.import_progress import left_words
from edge.coach.phrases import say

_EVERY_S = 10.0


def round_lines(told: Rounds, language: str) -> list[str]:
    """Return how each round went, what it cost and whether a shared prior came of it."""
    lines = [_round_line(one, language) for one in told.rounds]
    text = "Privacy of one person after these rounds: epsilon {epsilon:word} at delta {delta:word}."
    lines.append(say(language, text, epsilon=f"{told.epsilon:.2f}", delta=f"{told.delta:g}"))
    if told.prior is None:
        lines.append(say(language, "No cohort could be added up and believed: there is no shared prior of it."))
    elif not told.prior.groups:
        lines.append(say(language, "Too few people for the noise that hides them: no group is told of."))
    else:
        text = "A shared prior of about {people:count} people tells of {groups:count} groups."
        lines.append(say(language, text, people=told.prior.people, groups=len(told.prior.groups)))
    return lines


def _round_line(one: dict[str, Any], language: str) -> str:
    text = (
        "Round {round:count}: {answered:count} of {nodes:count} answered in {cohorts:count} cohorts, {lost:count} "
        "cohorts lost, {absurd:count} not believed; {duration:word} s"
    )
    return say(
        language,
        text,
        round=one["round"],
        answered=one["answered"],
        nodes=one["nodes"],
        cohorts=one["cohorts"],
        lost=one["lost_cohorts"],
        absurd=one["unbelievable_cohorts"],
        duration=f"{one['duration_s']:.0f}",
    )


class Progress:
    """Tells every ten seconds how many of the answers are in, and the time that is left."""

    def __init__(self, language: str, tell: Callable[[str], None], clock: Callable[[], float]) -> None:
        self._language, self._tell, self._clock = language, tell, clock
        self._begun: tuple[float, float] | None = None
        self._told_s = clock()

    def __call__(self, share: float) -> None:
        """Hear which share of the answers is in."""
        now_s = self._clock()
        if self._begun is None:  # what it takes to begin says nothing of what is left
            self._begun = now_s, share
        begun_s, before = self._begun
        if now_s - self._told_s < _EVERY_S or share <= before:
            return
        self._told_s = now_s
        left = left_words((now_s - begun_s) * (1.0 - share) / (share - before))
        text = "{share:word} % of the answers are in, about {left:word} left"
        self._tell(say(self._language, text, share=f"{100.0 * share:.0f}", left=left))


def simulated_lines(told: Rounds, runners: int, written: str, language: str) -> list[str]:
    """Return what a simulated fleet told, and how far that lies from the simulated truth."""
    lines = [say(language, "Simulated: {count:count} runners, nobody real.", count=runners)]
    lines += round_lines(told, language)
    if "everybody_miss" in told.took:
        text = "Missed by {everybody:word} (everybody) and {levels:word} (levels), in spreads between people."
        everybody, levels = (f"{told.took[one]:.3f}" for one in ("everybody_miss", "levels_miss"))
        lines.append(say(language, text, everybody=everybody, levels=levels))
    if written:
        lines.append(say(language, "Written: {name:word}", name=written))
    return lines


def status_lines(rows: list[dict[str, Any]], language: str) -> list[str]:
    """Return one line for each process of a fleet."""
    if not rows:
        return [say(language, "No fleet runs here.")]
    return [_process_line(one, language) for one in rows]


def _process_line(one: dict[str, Any], language: str) -> str:
    if not one["runs"]:
        return say(language, "{name:word}: does not run any more", name=one["name"])
    text = "{name:word}: runs on 127.0.0.1:{port:word} with {memory:word} MB"
    return say(language, text, name=one["name"], port=str(one["port"]), memory=f"{one['memory_mb']:.0f}")
