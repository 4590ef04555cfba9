"""What is asked, and about which days: a small grammar for English and German.

The rule of this file: a kind is chosen by words that only it has; a question that fits none is none.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

#: Kinds of questions, with how one asks them.
KINDS = {
    "why_slow": ("why was Sunday slow?", "warum war ich am Sonntag so langsam?"),
    "why_fast": ("why was I so fast yesterday?", "warum war ich gestern so schnell?"),
    "why_heart": ("why was my heart rate so high on Tuesday?", "warum war mein Puls am Dienstag so hoch?"),
    "how_far": ("how far did I run last week?", "wie viel bin ich letzte Woche gelaufen?"),
    "how_often": ("how often do I run?", "wie oft laufe ich?"),
    "longest": ("what was my longest run this year?", "was war mein längster Lauf in diesem Jahr?"),
    "fastest": ("what is my best 5 km?", "was ist meine beste Zeit über 5 km?"),
    "last_time": ("when did I last run 15 km?", "wann bin ich zuletzt 15 km gelaufen?"),
    "fitter": ("am I getting fitter?", "werde ich fitter?"),
    "usual": ("what is my usual pace?", "was ist mein übliches Tempo?"),
    "today": ("what should I run today?", "was soll ich heute laufen?"),
    "why_rest": ("why rest today?", "warum heute Pause?"),
    "why_easier": ("why is today so easy?", "warum ist es heute so locker?"),
    "why_no_heart": ("why is there no heart-rate target?", "warum gibt es kein Pulsziel?"),
    "why_week": ("why am I slower than last week?", "warum bin ich langsamer als letzte Woche?"),
    "when_again": ("when can I run again?", "wann kann ich wieder laufen?"),
    "how_safe": ("how far is safe today?", "wie weit darf ich heute laufen?"),
    "used_to": ("what altitude am I used to?", "welche Höhe bin ich gewohnt?"),
}
_EN_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DE_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_MONTHS = (
    ("january", "januar"), ("february", "februar"), ("march", "märz"), ("april", "april"), ("may", "mai"),
    ("june", "juni"), ("july", "juli"), ("august", "august"), ("september", "september"), ("october", "oktober"),
    ("november", "november"), ("december", "dezember"),
)  # fmt: skip
_GERMAN = re.compile(
    r"warum|wieso|weshalb|wie|was|wann|welche[rn]?|war|bin|ich|meine?|mich|gelaufen|lauf|puls|tempo|woche|monat|jahr"
    r"|gestern|heute|langsam|schnell|schnellste[rsn]?|gewohnt|werde|am|im|der|die|das|dem|den|hoch|letzte[nr]?|zuletzt"
    r"|oft|weit|viel|fit|form|so|soll|sollte|darf|kann|wieder|laufen|pause|locker|kein|keine|nur|ist|es|gibt|pulsziel|lange|fitness|beste|herzfrequenz|herz|juni|juli|januar|februar|mai|oktober|dezember"
)
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SLOW, _FAST = r"slow(er|ly)?|sluggish|langsam(er)?|lahm", r"fast(er)?|quick(er)?|schnell(er)?|flott"
_WHY = r"why|how come|what made|warum|wieso|weshalb"
#: Words by which a question is about what was, not about today; "was" is English and also German for "what".
_PAST = {"en": r"was|were|did|ran|had", "de": r"war|waren|bin|lief|habe|hatte|gelaufen"}
_TODAY_RULES: tuple[tuple[str, str], ...] = (
    ("why_no_heart", rf"\b({_WHY})\b.*\b(no|without|kein\w*|ohne)\b.*(heart|\bhr\b|pulse|puls|herz)"),
    ("when_again", r"\b(when|wann|how long|wie lange)\b.*\b(again|back|wieder|until i can|bis ich)\b"),
    ("why_rest", rf"\b({_WHY})\b.*\b(rest|day off|no run(ning)?|not run(ning)?|pause|pausieren|ruhetag|ruhen"
                 r"|nicht laufen|kein lauf|frei)\b"),
    ("how_safe", r"\b(how (far|long|much)|how many (km|kilomet\w+|miles)|wie (weit|lange?|viel\w*))\b"
                 r".*\b(safe(ly)?|can i|may i|should i|allowed|at most|darf|kann ich|soll|sollte|sicher|hoechstens)\b"),
    ("why_easier", rf"\b({_WHY})\b.*\b(easier|easy|shorter|short|only|so little|not (harder|faster|further|longer|more)"
                   r"|locker\w*|leicht\w*|kuerzer|kurz|wenig\w*|nur|nicht (haerter|schneller|weiter|laenger|mehr))\b"),
    ("today", r"\b(what|which|was|welche\w*)\b.*\b(should i|shall i|do i|soll ich|sollte ich|steht)\b"
              r"|\b(what|was)\b.*\b(plan(ned)?|geplant|session|training|einheit)\b.*\b(today|heute)\b"
              r"|\bwhat (is|s) (on )?today\b"),
)  # fmt: skip
_RULES: tuple[tuple[str, str], ...] = (
    ("why_week", rf"\b({_WHY})\b.*\b({_SLOW})\b.*(\b(than|as|als)\b.*\b(week|woche)\b|\b(this week|diese woche)\b)"
                 rf"|\b({_WHY})\b.*\b(this week|diese woche)\b.*\b({_SLOW})\b"),
    ("why_heart", rf"\b({_WHY})\b.*\b(heart|hr|pulse|puls|herz\w*)\b"),
    ("why_slow", rf"\b({_WHY})\b.*\b({_SLOW})\b"),
    ("why_fast", rf"\b({_WHY})\b.*\b({_FAST})\b"),
    ("used_to", r"\b(altitude|elevation|hoehe|hoehenlage)\b.*\b(used to|acclimati\w+|gewohnt|gewoehnt|angepasst)\b"
                r"|\b(acclimati[sz]ed|used to)\b.*\b(altitude|height)\b|\bakklimatisiert\b"),
    ("fitter", r"\b(fitter|in (better )?shape|improving|getting (faster|slower|better|worse)|fortschritte?|besser)\b"
               r"|\bwerde ich\b.*\b(schneller|langsamer)\b|\b(how fit|wie fit|(my|meine) (form|fitness))\b"),
    ("last_time", r"\b(when (did|was)|wann (bin|war|habe?))\b.*\b(last|zuletzt|letzte[ns]? ?mal)\b"
                  r"|\bwann war mein letzter\b"),
    ("longest", r"\b(longest|furthest|farthest|laengste[rn]?|weiteste[rn]?)\b"),
    ("fastest", r"\b(fastest|quickest|best|pb|pr|record|schnellste[rsn]?|beste[rsn]?|bestzeit|rekord)\b"),
    ("how_often", r"\b(how often|how many (runs|times|days)|wie oft|wie viele (laeufe|tage|male))\b"),
    ("how_far", r"\b(how (far|much|many (km|kilomet\w+|miles))|total|distance did|wie (weit|viel\w*))\b"
                r"|\bkilometer (bin|habe)\b"),
    ("usual", r"\b(usual|usually|normal(ly)?|typical(ly)?|average)\b"
              r"|\b(ueblich\w*|normalerweise|gewoehnlich\w*|durchschnitt\w*)\b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its kind of `KINDS` ("" for none), the days from one to another, a distance, a language.

    Days are local, since 1970-01-01; `named` is True where the question itself named them.
    """

    kind: str
    from_day: int
    to_day: int
    named: bool
    distance_m: float
    language: str
    text: str


def understand(text: str, today: int, last_run_day: int = -1) -> Question:
    """Return what a question asks; its kind is "" where it is none of `KINDS`. Never raises."""
    plain = text.lower().translate(_ASCII)
    language = "de" if _german(text.lower()) else "en"
    about_today = () if re.search(rf"\b({_PAST[language]})\b", plain) else _TODAY_RULES
    kind = next((name for name, pattern in (*about_today, *_RULES) if re.search(pattern, plain)), "")
    days = _days(plain, today, last_run_day)
    first, last = days if days is not None else _unnamed(kind, today, last_run_day)
    return Question(kind, first, last, days is not None, _distance_m(plain), language, text)


def _german(text: str) -> bool:
    words = re.findall(r"[a-zäöüß]+", text)
    return any(c in text for c in "äöüß") or sum(map(bool, map(_GERMAN.fullmatch, words))) * 2 > len(words)


def _unnamed(kind: str, today: int, last_run_day: int) -> tuple[int, int]:
    """Return the days that are meant where none is named: the last run, the last four weeks, or all."""
    if kind in ("why_slow", "why_fast", "why_heart"):
        return last_run_day, last_run_day
    if kind in ("how_far", "how_often"):
        return today - 27, today
    return 0, today


def _days(plain: str, today: int, last_run_day: int) -> tuple[int, int] | None:
    """Return the first and last local day that a question names, None where it names none."""
    weekday = (today + 3) % 7
    fixed = {
        r"\b(day before yesterday|vorgestern)\b": (today - 2, today - 2),
        r"\b(yesterday|gestern)\b": (today - 1, today - 1),
        r"\b(this morning|today|tonight|heute)\b": (today, today),
        r"\b(last run|letzte[rn]? lauf)\b": (last_run_day, last_run_day),
        r"\b(last week|letzte[rn]? woche|vorige[rn]? woche)\b": (today - weekday - 7, today - weekday - 1),
        r"\b(this week|diese[rn]? woche)\b": (today - weekday, today),
        r"\b(last|past) 7 days\b|\bletzten? (7|sieben) tagen?\b": (today - 6, today),
        r"\b(last|past) (30|thirty) days\b|\bletzten? (30|dreissig) tagen?\b": (today - 29, today),
    }
    for pattern, days in fixed.items():
        if re.search(pattern, plain):
            return days
    return _date(plain, today) or _weekday(plain, today) or _month_or_year(plain, today)


def _weekday(plain: str, today: int) -> tuple[int, int] | None:
    for names in (_EN_DAYS, _DE_DAYS):
        for number, name in enumerate(names):
            if re.search(rf"\b{name}s?\b", plain):
                day = today - ((today + 3 - number) % 7)
                return day, day
    return None


def day_number(year: int, month: int, day: int) -> int:
    """Return the days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's days_from_civil)."""
    y = year - (month <= 2)
    era, of_era = divmod(y, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def civil(day: int) -> tuple[int, int, int]:
    """Return year, month and day of days since 1970-01-01: the inverse of `day_number`."""
    era, of_era = divmod(day + 719468, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_index = (5 * of_year + 2) // 153
    month = month_index + 3 if month_index < 10 else month_index - 9
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * month_index + 2) // 5 + 1


def _date(plain: str, today: int) -> tuple[int, int] | None:
    """Return the day of an ISO date, of "12 May", "May 12" or "12. Mai" (with or without a year), or None."""
    found = re.search(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", plain)
    if found:
        return _valid(*(int(part) for part in found.groups()))
    for number, names in enumerate(_MONTHS, start=1):
        for name in (n.translate(_ASCII) for n in names):
            found = re.search(rf"\b(\d{{1,2}})\.?(?:st|nd|rd|th)? (?:of )?{name}\b(?: (\d{{4}}))?", plain)
            found = found or re.search(rf"\b{name} (\d{{1,2}})(?:st|nd|rd|th)?\b,?(?: (\d{{4}}))?", plain)
            if found:
                return _valid(*_year_of(found[2], number, int(found[1]), today))
    return None


def _year_of(year: str | None, month: int, day: int, today: int) -> tuple[int, int, int]:
    """Return year, month and day; without a year the latest that is not to come."""
    this = civil(today)[0]
    return (int(year), month, day) if year else (this - ((month, day) > civil(today)[1:]), month, day)


def _valid(year: int, month: int, day: int) -> tuple[int, int] | None:
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1970 <= year <= 2200):
        return None
    number = day_number(year, month, day)
    return (number, number) if civil(number) == (year, month, day) else None


def _month_or_year(plain: str, today: int) -> tuple[int, int] | None:
    year, month, _ = civil(today)
    begins = day_number(year, month, 1)
    if re.search(r"\b(this month|diese[nm]? monat)\b", plain):
        return begins, today
    if re.search(r"\b(last month|letzten? monat|vorigen? monat)\b", plain):
        return day_number(*civil(begins - 1)[:2], 1), begins - 1
    if re.search(r"\b(this year|diese[sm]? jahr)\b", plain):
        return day_number(year, 1, 1), today
    if re.search(r"\b(last year|letzte[sn]? jahr|voriges jahr)\b", plain):
        return day_number(year - 1, 1, 1), day_number(year, 1, 1) - 1
    for number, names in enumerate(_MONTHS, start=1):
        if any(re.search(rf"\b(in|im) {name.translate(_ASCII)}\b", plain) for name in names):
            own = year - (number > month)
            after = day_number(own + number // 12, number % 12 + 1, 1)
            return day_number(own, number, 1), min(after - 1, today)
    return None


def _distance_m(plain: str) -> float:
    if re.search(r"\b(half marathon|halbmarathon|half)\b", plain):
        return 21097.5
    if re.search(r"\bmarathon\b", plain):
        return 42195.0
    found = re.search(r"\b(\d+(?:[.,]\d+)?) ?(k|km|kilomet\w+|miles?|meilen?|m|meter|metres?)\b", plain)
    if found is None:
        return math.nan
    unit = found[2]
    scale = 1609.344 if unit.startswith(("mi", "me")) and unit not in ("meter",) and not unit.startswith("met") else 1.0
    scale = 1000.0 if unit.startswith(("k",)) else scale
    return float(found[1].replace(",", ".")) * scale
