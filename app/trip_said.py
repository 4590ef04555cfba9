"""A journey in what the person says: "flying to Denver on Friday for 5 days", "morgen nach St. Moritz, 4 Tage".

The rule of this file: a journey takes a place that the table knows, away from home, and a day; with one of the two it
asks for the other, once; what is past, denied or only a wish is none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from app.dates_said import days_in, has_length
from app.output import iso_time
from app.place_names import place_in, plain_name
from app.store import Store
from app.trips import Trip, is_away, keep, trips_of
from edge.coach.said import Constraint
from edge.coach.types import Place
from edge.coach.words import metres
from edge.talk import Understood

_TO = r"\b(?:to|nach)\s+"
_AT = r"\b(?:in|at|near|bei)\s+"
_NONE = re.compile(
    r"\b(not|no|never|cancel\w*|called off|nicht|kein\w*|abgesagt|gestrichen|yesterday|gestern|last|was|were|war|waren|"
    r"back (from|home)|returned|zuruck (aus|von|nach)|if|wenn|falls|would|wurde|might|maybe|vielleicht|wish|dream\w*|"
    r"traume?|(run|running|jog|ride|race|lauf\w*|fahr rad) (to|nach))\b"
)
_STOP_WORDS = (
    "on for from until till at in next this the a an and with by my our work home bed run race training sport town "
    "am ab von bis fur im mit und zum zur dem der den die das hause arbeit bett form tomorrow today morgen heute "
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag march may mai august lunch dinner sleep go see be do visit einer einem einen eine ein"
)
_STOPS = frozenset(_STOP_WORDS.split())
_MOST_WORDS, _SHORT_NAME = 4, 5


@dataclass(frozen=True, slots=True)
class SaidTrip:
    """What was understood with the journey in it, or the question that is left."""

    understood: Understood
    trip: Trip | None


def bind(text: str, found: Understood, home: Place | None, now_unix_s: float, today: date) -> SaidTrip:
    """Return what was understood of a sentence with its journey; unchanged where it tells of none."""
    plain = plain_name(text)
    travels = [c for c in found.constraints if c.kind == "travel"]
    moves, place = _place(text)
    if _NONE.search(plain) or (place is not None and not is_away(place, home)):
        return SaidTrip(found, None)
    days = days_in(plain, today)
    if place is None or days.arrive is None:
        return SaidTrip(_asking(found, place if moves else None, days.arrive if place is None else None), None)
    meant = travels or ((moves or days.leave is not None or has_length(plain)) and _is_written_as_name(text, place))
    if not meant or days.arrive < today:
        return SaidTrip(found, None)
    leave = math.nan if days.leave is None or days.leave <= days.arrive else _noon_s(days.leave, place)
    trip = Trip(place, max(_noon_s(days.arrive, place), now_unix_s), leave, "you said")
    if not travels:
        lasts = (
            math.nan if math.isnan(leave) else float((days.leave or days.arrive).toordinal() - days.arrive.toordinal())
        )
        said = (*found.constraints, Constraint("travel", value=lasts))
        found = replace(found, constraints=said, understood=True, question=found.question if found.understood else "")
    return SaidTrip(found, trip)


def _asking(found: Understood, place: Place | None, arrive: date | None) -> Understood:
    """Return what was understood with one question for what is missing, where a journey is told and nothing asked."""
    if found.question or not any(c.kind == "travel" for c in found.constraints):
        return found
    german = found.language == "de"
    if place is not None:
        name = place.name
        return replace(found, question=f"Wann kommst du in {name} an?" if german else f"When do you arrive in {name}?")
    if arrive is not None:
        return replace(found, question="Wohin reist du?" if german else "Where are you travelling to?")
    return found


def _is_written_as_name(text: str, place: Place) -> bool:
    """Return whether a text without other words of travel names the place with a capital, as names are."""
    first = re.findall(r"\w+", place.name)[0]
    return any(word[:1].isupper() for word in re.findall(r"\w+", text) if plain_name(word) == plain_name(first)) or (
        text.casefold() == text and len(first) > _SHORT_NAME
    )


def _place(text: str) -> tuple[bool, Place | None]:
    """Return whether the sentence moves there ("to", "nach"), and the place it names."""
    for moves, pattern in ((True, _TO), (False, _AT)):
        for at in re.finditer(pattern, text, re.IGNORECASE):
            for words in _names(text[at.end() :]):
                place = place_in(words)
                if place is not None:
                    return moves, place
    return False, None


def _names(rest: str) -> Iterator[str]:
    """Yield what may be the name after a preposition, the longest first, with a state or country after a comma."""
    words: list[str] = []
    for word in re.findall(r"[^\s,;!?()]+|,", rest):
        if word == "," or len(words) == _MOST_WORDS or plain_name(word) in _STOPS or any(c.isdigit() for c in word):
            break
        words.append(word)
    region = re.match(r"[^,;!?()]*,\s*([^\W\d][\w. ]*)", rest)
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(".:")
        if region and count == len(words):
            yield f"{name}, {' '.join(region.group(1).split()[:2])}"
            yield f"{name}, {region.group(1).split()[0]}"
        yield name


def _noon_s(day: date, place: Place) -> float:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    return noon - 3600.0 * round(place.longitude_deg / 15.0)


def in_words(trip: Trip, language: str) -> str:
    """Return a journey as a line for a person."""
    place, arrive, leave = trip.place, iso_time(trip.arrive_unix_s)[:10], trip.leave_unix_s
    where = f"{place.name}, {place.country}, {metres(place.altitude_m)}"
    if language == "de":
        until = f", zurück am {iso_time(leave)[:10]}" if math.isfinite(leave) else ""
        return f"Reise: {where}, ab {arrive}{until}"
    until = f", leaving {iso_time(leave)[:10]}" if math.isfinite(leave) else ""
    return f"Journey: {where}, arriving {arrive}{until}"


def trip_document(trip: Trip) -> dict[str, object]:
    """Return a journey as JSON shows it."""
    leave = iso_time(trip.leave_unix_s) if math.isfinite(trip.leave_unix_s) else None
    place = trip.place
    return {
        "place": place.name, "country": place.country, "altitude_m": place.altitude_m,
        "arrive": iso_time(trip.arrive_unix_s), "leave": leave,
    }  # fmt: skip


def keep_said(store: Store, trip: Trip, number: int, now_unix_s: float) -> None:
    """Keep a journey with the number of the sentence that told it."""
    keep(store, (*trips_of(store), replace(trip, said=number)), now_unix_s)


def take_back_said(store: Store, number: int, now_unix_s: float) -> None:
    """Forget the journeys that a sentence told."""
    trips = trips_of(store)
    left = [trip for trip in trips if trip.said != number]
    if len(left) < len(trips):
        keep(store, left, now_unix_s)
