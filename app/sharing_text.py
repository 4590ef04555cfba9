"""What is shared and what is used of others, in words, English or German.

The rule of this file: values in, sentences out; a number never stands without its unit and its noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.language import date_words, number_words
from app.output import iso_time
from app.sharing import Event, InUse, Outgoing, consented_unix_s
from edge.coach.phrases import say
from models.person_forward import STATE
from models.sharing.contribution import NAMES, SCATTER_UNIT, TAUGHT, Contribution
from models.sharing.exchange import PURPOSES
from models.sharing.shared import GroupShift
from models.sharing.situation import EVERYBODY

#: What each number says in words, and its unit; "%" for logs.
_WORDS = {
    "ten_km_log_speed": ("speed over 10 km", "%"),
    "endurance_exponent": ("how much speed falls with distance", ""),
    "usual_log_speed": ("usual speed", "%"),
    "hr_level_bpm": ("heart rate at 2.8 m/s", "bpm"),
    "hr_slope_bpm_per_m_s": ("heart rate for each m/s more", "bpm"),
    "hr_duration_bpm_per_log_s": ("heart rate as a run gets longer", "bpm"),
    "hr_heat_bpm_per_10_c": ("heart rate for 10 °C of warmth", "bpm"),
    "hr_altitude_bpm_per_km": ("heart rate for 1,000 m of height", "bpm"),
    "hr_climb_bpm_per_percent": ("heart rate for each % of climb", "bpm"),
    "hr_rested_bpm_per_log_day": ("heart rate after days of rest", "bpm"),
}
_SCATTER = ("scatter of heart rate from run to run", "%")
_WORTH_SAYING = {"%": 0.5, "bpm": 0.5, "": 0.005}


def _amount(value: float, unit: str, language: str, sign: str = "+") -> str:
    digits = {"%": 0, "bpm": 1, "": 3}[unit]
    shown = f"{value:{sign}.{digits}f}".replace("-", "−")
    shown = shown.replace(".", ",") if language == "de" else shown
    return f"{shown} {say(language, 'beats/min') if unit == 'bpm' else unit}".strip()


def _scaled(value: float, unit: str) -> float:
    return 100.0 * math.expm1(min(value, 5.0)) if unit == "%" else value


def number_lines(told: Contribution, spread: Sequence[float], language: str) -> list[str]:
    """Return one line for each number that would leave: what it is, its value as blurred, its noise in that unit."""
    by = dict(zip(STATE, spread, strict=True))
    lines = []
    for name, value in zip(NAMES, told.numbers, strict=True):
        key = name.removeprefix("shift of ")
        (what, unit), unit_size = (_WORDS[key], by[key]) if key in TAUGHT else (_SCATTER, SCATTER_UNIT)
        shown = _amount(_scaled(value * unit_size, unit), unit, language)
        noise = _amount(_scaled(told.noise_sd * unit_size, unit), unit, language, "")
        text = "{what:word}: {shown:word} beside what is expected of such people (blurred by {noise:word})"
        lines.append(say(language, text, what=say(language, what), shown=shown, noise=noise))
    return lines


def outgoing_lines(told: Contribution, kept: Outgoing, spread: Sequence[float], language: str) -> list[str]:
    """Return what would leave, in words: the numbers, the five words, what blurs them, and what it takes."""
    head = "This is all that would leave: {count:count} numbers and five words; no position, no time, no name."
    blur = (
        "The numbers were shortened to {clip:word} spreads between people and then blurred on this device by noise of "
        "{noise:word}: of one person they say little, of many together something."
    )
    once = "Drawn on {day:word}; for a year asking again shows the same, because noise drawn twice could be averaged."
    words = say(language, "your situation: {words:word}", words=group_words(told.situation.groups[-1], language))
    return [
        say(language, head, count=len(told.numbers)),
        *(f"- {line}" for line in number_lines(told, spread, language)),
        f"- {words}",
        say(
            language,
            blur,
            clip=number_words(language, told.clip_norm, 1),
            noise=number_words(language, told.noise_sd, 1),
        ),
        say(language, once, day=date_words(language, iso_time(kept.made_unix_s)[:10])),
    ]


def consent_lines(log: Sequence[Event], language: str) -> list[str]:
    """Return how consent stands for each purpose."""
    lines = []
    for purpose in PURPOSES:
        since = consented_unix_s(log, purpose)
        if math.isfinite(since):
            text = "consent to sharing by {purpose:word}: given on {day:word}"
            lines.append(
                say(language, text, purpose=say(language, purpose), day=date_words(language, iso_time(since)[:10]))
            )
        else:
            lines.append(say(language, "consent to sharing by {purpose:word}: no", purpose=say(language, purpose)))
    return lines


def log_lines(log: Sequence[Event], language: str) -> list[str]:
    """Return the log of consents and of what left, oldest first."""
    happened = {"on": "consent given", "off": "consent withdrawn", "left": "your numbers left this device"}
    days = [date_words(language, iso_time(one.at_unix_s)[:10]) for one in log]
    said = [f"{say(language, one.purpose)}: {say(language, happened[one.what])}" for one in log]
    return [f"{day}  {words}" for day, words in zip(days, said, strict=True)]


def use_lines(by: GroupShift | None, kept: InUse | None, spread: Sequence[float], language: str) -> list[str]:
    """Return what people like this one shared and what it changes; that the bundled prior stands where it does."""
    if kept is None or by is None:
        return [say(language, "No shared prior is in use: the bundled one stands.")]
    few = "A few people shared how they differ from the usual; before your own runs tell, I now expect of you:"
    many = (
        "About {people:count} people like you ({group:word}) shared how they differ from the usual; before your own "
        "runs tell, I now expect of you:"
    )
    group = group_words(by.group, language)
    head = say(language, many, people=by.people, group=group) if by.people else say(language, few)
    lines = [f"- {line}" for line in shift_lines(by, spread, language)]
    since = say(
        language,
        "In use since {day:word}; `kadenz prior use --undo` goes back.",
        day=date_words(language, iso_time(kept.since_unix_s)[:10]),
    )
    return [head, *(lines or ["- " + say(language, "nothing else than before")]), since]


def group_words(group: str, language: str) -> str:
    """Return the name of a group in a language."""
    if group == EVERYBODY:
        return say(language, group)
    parts = [part.partition(" ") for part in group.split("; ")]
    return ", ".join(f"{say(language, dimension)}: {say(language, word)}" for dimension, _, word in parts)


def shift_lines(by: GroupShift, spread: Sequence[float], language: str) -> list[str]:
    """Return what a shift changes by an amount worth saying, one line each."""
    lines = []
    for name, shift, unit_size in zip(STATE, by.shift, spread, strict=True):
        what, unit = _WORDS[name]
        value = _scaled(shift * unit_size, unit)
        if abs(value) >= _WORTH_SAYING[unit]:
            lines.append(f"{say(language, what)}: {_amount(value, unit, language)}")
    if abs(by.scatter - 1.0) >= 0.01:
        lines.append(f"{say(language, _SCATTER[0])}: {_amount(100.0 * (by.scatter - 1.0), '%', language)}")
    return lines
