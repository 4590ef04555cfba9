"""Trials of one as a service: two ways of guiding a run, compared on this person, kept in the diary.

The rule of this file: a trial changes how a session is told, never the session; leaving it takes one word.
"""

from __future__ import annotations

import hashlib

from app.store import Store
from edge.coach.phrases import say
from models.trial import Trial

#: Under this name the diary keeps the trial.
MEMORY = "trial"
HEART, EFFORT = "heart rate", "effort words"
_TODAY = {
    HEART: "Today guide yourself by heart rate alone",
    EFFORT: "Today leave the heart rate aside and guide yourself by the words for effort alone",
}


def trial_of(store: Store) -> Trial | None:
    """Return the trial that the diary keeps; None with none. ValueError where it is damaged."""
    kept = store.memory(MEMORY)
    return Trial.from_bytes(kept) if kept else None


def save(store: Store, trial: Trial, now_unix_s: float) -> Trial:
    """Keep a trial in the diary."""
    store.save_memory(MEMORY, trial.to_bytes(), now_unix_s)
    return trial


def start(store: Store, now_unix_s: float, first: str = HEART, second: str = EFFORT) -> Trial:
    """Begin a trial; ValueError while one runs."""
    running = trial_of(store)
    if running is not None and not running.over:
        raise ValueError("a trial is running: `kadenz trial leave` ends it")
    digest = hashlib.sha256(f"trial {now_unix_s!r}".encode()).digest()
    return save(store, Trial(first, second, int.from_bytes(digest[:8], "big") >> 1), now_unix_s)


def rate(store: Store, day: int, rating: float, now_unix_s: float) -> Trial:
    """Take in how well the run of a day went, 0 to 10; ValueError without a trial, or for another number."""
    trial = trial_of(store)
    if trial is None or trial.over:
        raise ValueError("no trial is running: `kadenz trial start` begins one")
    if not 0.0 <= rating <= 10.0:
        raise ValueError(f"a rating is 0 to 10, not {rating:g}")
    if trial.open_day == day:
        raise ValueError("the run of this day was rated already")
    return save(store, trial.heard(day, rating / 10.0), now_unix_s)


def leave(store: Store, now_unix_s: float) -> Trial:
    """Leave the trial; ValueError with none."""
    trial = trial_of(store)
    if trial is None:
        raise ValueError("no trial is running")
    return save(store, trial.leave(), now_unix_s)


def lines(trial: Trial | None, day: int, heart_given: bool, language: str = "en") -> tuple[str, str] | None:
    """Return the two lines for a day with a run; None without a trial, or where no heart rate is given to compare."""
    style = None if trial is None else trial.style(day)
    if trial is None or style is None or not heart_given:
        return None
    today = say(language, _TODAY[style]) if style in _TODAY else say(language, "Today: {style:word}", style=style)
    compared = "We compare {first:word} with {second:word} on you. {today:word}."
    first, second = say(language, trial.first), say(language, trial.second)
    after = "Afterwards `kadenz trial rate N` (0 to 10) says how it went; leave with `kadenz trial leave`."
    return say(language, compared, first=first, second=second, today=today), say(language, after)
