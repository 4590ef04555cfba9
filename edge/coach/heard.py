"""What was said, as the rules ask for it: the words of a situation, and which sayings still hold.

The rule of this file: where a word is not known the careful reading holds, and only a clear word ends a restriction.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable

from edge.coach.beliefs import State
from edge.coach.said import Said

DAY_S = 86400.0
HOUR_S = 3600.0
_SPLIT = re.compile(r"[^0-9a-zäöüß]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that end what was said before, by kind; "better" is not over.
OVER = _set("gone over resolved ended recovered cleared stopped")
NEGATIONS = _set("no not without never")
CLEARED = _set("cleared")
FEVER = _set("fever feverish temperature fieber")
#: Illness above the neck (a cold): everything else is taken to be below it.
ABOVE_NECK = _set("above cold nose sniffles sneezing throat hayfever allergy")
BELOW_NECK = _set(
    "below chest cough stomach flu covid vomiting diarrhea diarrhoea aches body lungs bronchitis pneumonia"
)
GOOD = _set("good well great fine rested better low relaxed calm")
VERY = _set("very exhausted none awful terrible sleepless extreme")
BETA = _set("beta betablocker betablockers blocker blockers bisoprolol metoprolol atenolol propranolol nebivolol")
PAINKILLER = _set(
    "painkiller painkillers nsaid nsaids ibuprofen diclofenac naproxen aspirin paracetamol acetaminophen "
    "novalgin opioid"
)
QUINOLONE = _set("fluoroquinolone quinolone ciprofloxacin cipro levofloxacin moxifloxacin ofloxacin floxacin")
ANTIBIOTIC = _set("antibiotic antibiotics amoxicillin penicillin doxycycline") | QUINOLONE
BIRTH = _set("birth postpartum postnatal born delivered cesarean caesarean")
MISSED = _set("missed missing absent amenorrhea amenorrhoea lost")
AMS = _set("ams altitude mountain headache nausea dizzy dizziness")
AMS_SEVERE = _set("ataxia confusion confused unsteady breathless hace hape")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@functools.lru_cache(maxsize=4096)
def words(situation: str) -> frozenset[str]:
    """Return the words of a situation in small letters."""
    return frozenset(_SPLIT.split(situation.lower())) - {""}


def of_kind(state: State, *kinds: str) -> list[Said]:
    """Return what was said of some kinds, oldest first."""
    return [one for one in state.said if one.constraint.kind in kinds]


def lasting_s(one: Said, otherwise_s: float) -> float:
    """Return how long a saying holds in s: the days that were said (at least one), else a default."""
    days = one.constraint.value
    return max(days, 1.0) * DAY_S if math.isfinite(days) and 0.0 < days <= 60.0 else otherwise_s


def local_day(unix_s: float, utc_offset_s: float) -> int:
    """Return the local day of a moment, as days since 1970-01-01."""
    return int((unix_s + utc_offset_s) // DAY_S)


def said_today(state: State, kind: str) -> list[Said]:
    """Return what was said of a kind on the local day of the decision."""
    return [o for o in of_kind(state, kind) if local_day(o.said_unix_s, state.utc_offset_s) == state.today]


def is_over(one: Said) -> bool:
    """Return whether a saying ends something: a word of the end, and no negation of it."""
    said = words(one.constraint.situation)
    return not said.isdisjoint(OVER) and said.isdisjoint(NEGATIONS)


def names_any(one: Said, chosen: Iterable[str]) -> bool:
    """Return whether the situation of a saying holds one of some words."""
    return not words(one.constraint.situation).isdisjoint(chosen)


def days_since(state: State, unix_s: float) -> float:
    """Return the days from a moment to now."""
    return (state.now_unix_s - unix_s) / DAY_S
