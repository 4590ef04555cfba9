"""The sentences of answers, English and German, and numbers with their units.

The rule of this file: one table; both languages have the same names and fields, which a test compares.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from edge.coach.ask.causes import Cause
from edge.coach.ask.questions import Question, civil
from edge.coach.ask.words_today import SENTENCES as ABOUT_TODAY

SENTENCES: dict[str, tuple[str, str]] = {
    **ABOUT_TODAY,
    "not understood": (
        "I do not understand that. I can answer, for example: why was Sunday slow? How far did I run last week? What is "
        "my best 5 km? Am I getting fitter?",
        "Das verstehe ich nicht. Ich kann zum Beispiel beantworten: Warum war ich am Sonntag so langsam? Wie viel bin ich "
        "letzte Woche gelaufen? Was ist meine beste Zeit über 5 km? Werde ich fitter?",
    ),
    "no run then": ("There is no run in your diary {days}.", "In deinem Tagebuch ist {days} kein Lauf."),
    "no heart then": (
        "There is no run with heart rate in your diary {days}: that cannot be known.",
        "In deinem Tagebuch ist {days} kein Lauf mit Puls: Das lässt sich nicht wissen.",
    ),
    "too few runs": (
        "That cannot be known yet: there are too few runs to compare with.",
        "Das lässt sich noch nicht wissen: Es gibt zu wenige Läufe zum Vergleichen.",
    ),
    "too few to compare": (
        "That cannot be known yet: it takes 5 runs with heart rate in the last six weeks and 5 runs in the six before; "
        "there were {new} and {old}.",
        "Das lässt sich noch nicht wissen: Es braucht 5 Läufe mit Puls aus den letzten sechs Wochen und 5 Läufe aus den "
        "sechs davor; da waren es {new} und {old}.",
    ),
    "no such distance": (
        "There is no run over {km:.1f} km in your diary, so that cannot be known; `kadenz predict` can estimate it.",
        "In deinem Tagebuch ist kein Lauf über {km:.1f} km, also lässt sich das nicht wissen; `kadenz predict` kann "
        "schätzen.",
    ),
    "no altitude": (
        "That cannot be known: no run in your diary has a position or a height.",
        "Das lässt sich nicht wissen: Kein Lauf in deinem Tagebuch hat einen Ort oder eine Höhe.",
    ),
    "never so far": (
        "There is no run of {km:.1f} km in your diary.",
        "In deinem Tagebuch ist kein Lauf von {km:.1f} km.",
    ),
    "beside usual": (
        "{day} you ran {own}, {percent:.0f} % {how} than the {usual} of the runs around it.",
        "{day} bist du {own} gelaufen, {percent:.0f} % {how} als die {usual} der Läufe darum herum.",
    ),
    "slower": ("slower", "langsamer"),
    "faster": ("faster", "schneller"),
    "not so": ("So it was not out of the ordinary.", "Das war also nicht ungewöhnlich."),
    "no cause": (
        "Nothing in your diary speaks for a cause: why cannot be known.",
        "In deinem Tagebuch spricht nichts für eine Ursache: Warum, lässt sich nicht wissen.",
    ),
    "rest unknown": (
        "About {percent:.0f} % are left that nothing in your diary explains.",
        "Etwa {percent:.0f} % bleiben, die nichts in deinem Tagebuch erklärt.",
    ),
    "hills": (
        "Hills: {m_per_km:.0f} m of climb per km instead of the usual {usual_m_per_km:.0f} m account for about {percent:.0f} %.",
        "Hügel: {m_per_km:.0f} m Anstieg je km statt sonst {usual_m_per_km:.0f} m machen etwa {percent:.0f} % aus.",
    ),
    "altitude": (
        "Altitude: at {altitude_m:.0f} m instead of {usual_m:.0f} m the air accounts for about {percent:.0f} %.",
        "Höhe: Auf {altitude_m:.0f} m statt {usual_m:.0f} m macht die Luft etwa {percent:.0f} % aus.",
    ),
    "long": (
        "Distance: {km:.1f} km instead of the usual {usual_km:.1f} km account for about {percent:.0f} %.",
        "Länge: {km:.1f} km statt sonst {usual_km:.1f} km machen etwa {percent:.0f} % aus.",
    ),
    "short": (
        "Distance: only {km:.1f} km instead of the usual {usual_km:.1f} km account for about {percent:.0f} %.",
        "Länge: Nur {km:.1f} km statt sonst {usual_km:.1f} km machen etwa {percent:.0f} % aus.",
    ),
    "easier": (
        "Effort: your heart rate was {heart_rate_bpm:.0f} beats/min where your usual pace takes {usual_bpm:.0f} beats/min, so "
        "you ran easier, by about {percent:.0f} %.",
        "Anstrengung: Dein Puls war {heart_rate_bpm:.0f} Schläge/min, wo dein übliches Tempo {usual_bpm:.0f} Schläge/min braucht: "
        "Du bist leichter gelaufen, um etwa {percent:.0f} %.",
    ),
    "harder": (
        "Effort: your heart rate was {heart_rate_bpm:.0f} beats/min where your usual pace takes {usual_bpm:.0f} beats/min, so "
        "you ran harder, by about {percent:.0f} %.",
        "Anstrengung: Dein Puls war {heart_rate_bpm:.0f} Schläge/min, wo dein übliches Tempo {usual_bpm:.0f} Schläge/min braucht: "
        "Du bist härter gelaufen, um etwa {percent:.0f} %.",
    ),
    "said": (
        "You had told me: {what}. How much that slowed you cannot be known.",
        "Du hattest mir gesagt: {what}. Wie viel dich das gekostet hat, lässt sich nicht wissen.",
    ),
    "long run the day before": (
        "The day before you ran {km:.1f} km: tired legs are likely, how much cannot be known.",
        "Am Tag davor bist du {km:.1f} km gelaufen: müde Beine sind wahrscheinlich, wie viel, lässt sich nicht wissen.",
    ),
    "days in a row": (
        "With this one you had run {days:.0f} days in a row: how much that slowed you cannot be known.",
        "Damit waren es {days:.0f} Tage hintereinander mit einem Lauf: Wie viel das kostet, lässt sich nicht wissen.",
    ),
    "a break before": (
        "Before it you had not run for {days:.0f} days: how much that slowed you cannot be known.",
        "Davor bist du {days:.0f} Tage nicht gelaufen: Wie viel das kostet, lässt sich nicht wissen.",
    ),
    "heart beside": (
        "{day} your heart rate was {bpm:.0f} beats/min; for that pace your own line says {expected:.0f} beats/min ({low:.0f} to "
        "{high:.0f} in nine of ten runs).",
        "{day} war dein Puls {bpm:.0f} Schläge/min; für dieses Tempo sagt deine eigene Linie {expected:.0f} Schläge/min "
        "({low:.0f} bis {high:.0f} bei neun von zehn Läufen).",
    ),
    "heart as usual": ("That is as usual for you.", "Das ist wie üblich bei dir."),
    "heart above": ("That is more than usual.", "Das ist mehr als üblich."),
    "heart below": ("That is less than usual.", "Das ist weniger als üblich."),
    "heart unknown": (
        "Heat, illness, tiredness or a badly worn sensor could be why: the diary alone cannot tell.",
        "Hitze, Krankheit, Müdigkeit oder ein schlecht sitzender Sensor kommen infrage: Das Tagebuch allein weiß es nicht.",
    ),
    "total": (
        "{days} you ran {km:.1f} km in {runs}, {hours}.",
        "{days} bist du {km:.1f} km in {runs} gelaufen, {hours}.",
    ),
    "often": (
        "{days} you ran {runs}: on {rate:.1f} days a week.",
        "{days} waren es {runs}: an {rate:.1f} Tagen in der Woche.",
    ),
    "longest": (
        "Your longest run {days} was {km:.1f} km in {time}, on {day}.",
        "Dein längster Lauf {days} war {km:.1f} km in {time}, am {day}.",
    ),
    "fastest": (
        "Your fastest run was at {pace} over {km:.1f} km, on {day}.",
        "Dein schnellster Lauf war {pace} über {km:.1f} km, am {day}.",
    ),
    "best": (
        "Your best over {km:.1f} km in the diary is {time}, on {day}.",
        "Deine beste Zeit über {km:.1f} km im Tagebuch ist {time}, am {day}.",
    ),
    "last time": ("That was on {day}: {km:.1f} km in {time}.", "Das war am {day}: {km:.1f} km in {time}."),
    "fitter": (
        "Yes: for each heart beat you go {percent:.0f} % further than six weeks earlier ({new} runs beside {old}).",
        "Ja: Mit jedem Herzschlag kommst du {percent:.0f} % weiter als sechs Wochen davor ({new} Läufe neben {old}).",
    ),
    "less fit": (
        "No: for each heart beat you go {percent:.0f} % less far than six weeks earlier ({new} runs beside {old}). Heat or "
        "hills can do that too.",
        "Nein: Mit jedem Herzschlag kommst du {percent:.0f} % weniger weit als sechs Wochen davor ({new} Läufe neben {old}). "
        "Hitze oder Hügel können das auch.",
    ),
    "as fit": (
        "There is no difference that the runs can show: {percent:.0f} % for each heart beat, within what single runs differ "
        "({new} runs beside {old}).",
        "Kein Unterschied, den die Läufe zeigen könnten: {percent:.0f} % je Herzschlag, so viel wie einzelne Läufe schwanken "
        "({new} Läufe neben {old}).",
    ),
    "usual": ("You usually run at {pace} ({low} to {high}).", "Du läufst gewöhnlich {pace} ({low} bis {high})."),
    "usual heart": (
        "That takes a heart rate of about {bpm:.0f} beats/min ({runs} runs).",
        "Das braucht einen Puls von etwa {bpm:.0f} Schlägen/min ({runs} Läufe).",
    ),
    "used to": (
        "Your body is used to about {metres:.0f} m ({low:.0f} m to {high:.0f} m).",
        "Dein Körper ist etwa {metres:.0f} m gewohnt ({low:.0f} m bis {high:.0f} m).",
    ),
    "all days": ("in all your diary", "in deinem ganzen Tagebuch"),
    "on day": ("on {day}", "am {day}"),
    "from to": ("from {first} to {last}", "vom {first} bis {last}"),
    "one run": ("1 run", "1 Lauf"),
    "runs": ("{count} runs", "{count} Läufen"),
}
_SAID = {
    "illness": "krank", "sleep": "schlecht geschlafen", "pain": "Schmerz", "fatigue": "müde", "stress": "Stress",
    "shift_work": "Schicht", "weather": "Wetter",
}  # fmt: skip
_SAID_EN = {"illness": "ill", "sleep": "a bad night", "shift_work": "shift work"}
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


class _Comma(float):
    """A number that is written with a decimal comma."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(".", ",")


def of(language: str) -> Callable[..., str]:
    """Return what says a sentence by its name in a language ("en" or "de")."""
    column = 1 if language == "de" else 0

    def say(name: str, **values: object) -> str:
        shown = values if column == 0 else {k: _Comma(v) if isinstance(v, float) else v for k, v in values.items()}
        text = SENTENCES[name][column].format(**shown)
        return text[:1].upper() + text[1:] if name in ("total", "often", "beside usual", "heart beside") else text

    return say


def cause(one: Cause, say: Callable[..., str]) -> str:
    """Return a cause as a sentence."""
    numbers = dict(one.numbers)
    if one.name.startswith("said "):
        kind = one.name.split()[-1]
        german = say("slower") == "langsamer"
        what = (_SAID if german else _SAID_EN).get(kind, kind.replace("_", " "))
        return say("said", what=what)
    if "distance_m" in numbers:
        numbers["km"], numbers["usual_km"] = numbers["distance_m"] / 1000.0, numbers.get("usual_m", 0.0) / 1000.0
    return say(one.name, percent=100.0 * abs(one.share), **numbers)


def days(question: Question, say: Callable[..., str]) -> str:
    """Return the days that a question is about, as words."""
    if question.from_day <= 0:
        return say("all days")
    if question.from_day == question.to_day:
        return say("on day", day=date(question.from_day))
    return say("from to", first=date(question.from_day), last=date(question.to_day))


def runs(count: int, say: Callable[..., str], counted: bool = False) -> str:
    """Return a count of runs as words; `counted` alone, else as they stand after "in"."""
    return say("one run") if count == 1 else say("runs counted" if counted else "runs", count=count)


def day(number: int, language: str) -> str:
    """Return a day as "on Sunday, 2026-06-07"."""
    weekday = (number + 3) % 7
    if language == "de":
        return f"am {_GERMAN_DAYS[weekday]}, {date(number)},"
    return f"on {_ENGLISH_DAYS[weekday]}, {date(number)},"


def date(number: int) -> str:
    """Return a day as 2026-06-07."""
    year, month, of_month = civil(number)
    return f"{year}-{month:02d}-{of_month:02d}"


def pace(s_per_km: float) -> str:
    """Return a pace as "6:05 min/km"."""
    whole = round(s_per_km)
    return f"{whole // 60}:{whole % 60:02d} min/km"


def duration(time_s: float, exact: bool = False) -> str:
    """Return a duration as h:mm:ss or m:ss where `exact`, else in hours and minutes."""
    whole = round(time_s)
    hours, rest = divmod(whole, 3600)
    if exact:
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d} h" if hours else f"{rest // 60}:{rest % 60:02d} min"
    return f"{hours} h {rest // 60:02d} min" if hours else f"{rest // 60} min"


def median(values: list[float]) -> float:
    """Return the median; NaN of none."""
    return float(np.median(values)) if values else math.nan
