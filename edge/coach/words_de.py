"""Numbers as a runner reads them in German: decimal comma, "Tag" and "Tagen", body areas with "dein".

The rule of this file: as in `edge.coach.words`, a number never stands without its unit.
"""

from __future__ import annotations

from collections.abc import Callable

from edge.coach import words

_RACES = {"mile": "Meile", "half marathon": "Halbmarathon", "marathon": "Marathon"}
#: The body areas of `edge.coach.said` with "dein", by gender: nominative and accusative of feminine and neuter agree.
YOUR_AREA = {
    "foot": "dein Fuß", "ankle": "dein Knöchel", "achilles": "deine Achillessehne", "shin": "dein Schienbein",
    "calf": "deine Wade", "knee": "dein Knie", "hamstring": "dein hinterer Oberschenkel", "quad": "dein Oberschenkel",
    "groin": "deine Leiste", "hip": "deine Hüfte", "back": "dein Rücken", "shoulder": "deine Schulter",
    "chest": "dein Brustkorb", "head": "dein Kopf",
}  # fmt: skip


def km(distance_m: float) -> str:
    """Return a distance in m as text in km with one decimal, "8,1 km"."""
    return words.km(distance_m).replace(".", ",")


def km_short(distance_m: float) -> str:
    """Return a distance in m as text in km, with a decimal only where there is one: "8 km", "8,1 km"."""
    return words.km_short(distance_m).replace(".", ",")


def pace(pace_s_per_km: float) -> str:
    """Return a pace in s per km as text, "6:05 min/km"."""
    return words.pace(pace_s_per_km).replace(" /km", " min/km")


def minutes(time_s: float) -> str:
    """Return a duration in s as text in whole minutes, or hours and minutes from 100 minutes on."""
    return words.minutes(time_s).replace(" h ", " Std. ").replace(" min", " Min.")


def metres(altitude_m: float) -> str:
    """Return an altitude in m as text with thousands separated, "1.609 m"."""
    return words.metres(altitude_m).replace(",", ".")


def days(count: float) -> str:
    """Return a count of days as text."""
    return words.days(count).replace("days", "Tage").replace("day", "Tag")


def days_dative(count: float) -> str:
    """Return a count of days as text after a preposition with the dative, "5 Tagen"."""
    return words.days(count).replace("days", "Tagen").replace("day", "Tag")


def hours(count: float) -> str:
    """Return a number of hours as text."""
    return words.hours(count).replace("hours", "Stunden").replace("hour", "Stunde")


def percent(share: float) -> str:
    """Return a share as text in whole per cent, "12 %"."""
    return words.percent(share).replace("%", " %")


def tenths(share: float) -> str:
    """Return a share as text in per cent with one decimal, "4,1 %"."""
    return words.tenths(share).replace(".", ",").replace("%", " %")


def beats(rate_bpm: float) -> str:
    """Return a heart rate, or a difference of two, as text."""
    return words.beats(rate_bpm).replace("beats/min", "Schläge/min")


def beats_dative(rate_bpm: float) -> str:
    """Return a heart rate as text after a preposition with the dative, "156 Schlägen/min"."""
    return words.beats(rate_bpm).replace("beats/min", "Schlägen/min")


def steps(rate_spm: float) -> str:
    """Return a step rate as text."""
    return words.steps(rate_spm).replace("steps/min", "Schritte/min")


def race_name(distance_m: float) -> str:
    """Return the usual name of a race distance in m, else the distance in km."""
    name = words.race_name(distance_m)
    return _RACES.get(name, name.replace(".", ","))


_SIDES = {"left": "link", "right": "recht"}
_ENDINGS = {"m": "er", "f": "e", "n": "es"}
_GENDERS = {
    "shin": "n",
    "knee": "n",
    "calf": "f",
    "achilles": "f",
    "groin": "f",
    "hip": "f",
    "shoulder": "f",
    "other": "f",
}


def your_place(area: str, side: str) -> str:
    """Return a place with "dein" and its side: "dein linkes Knie", "deine Wade auf beiden Seiten"."""
    whole = YOUR_AREA.get(area, "deine schmerzende Stelle" if area in ("", "other") else f"deine Stelle ({area})")
    if side == "both":
        return f"{whole} auf beiden Seiten"
    if side not in _SIDES:
        return whole
    your, _, rest = whole.partition(" ")
    return f"{your} {_SIDES[side]}{_ENDINGS[_GENDERS.get(area, 'm')]} {rest}"


#: The sides behind an area, where no gender is needed.
_BEHIND = {"left": " links", "right": " rechts", "both": " auf beiden Seiten"}


def area_de(area: str, side: str) -> str:
    """Return a body area with its side behind it: "Knie links", "Wade auf beiden Seiten"."""
    plain = YOUR_AREA.get(area, "deine schmerzende Stelle" if area in ("", "other") else f"dein {area}")
    return words.sentence(plain.partition(" ")[2]) + _BEHIND.get(side, "")


def your_area_dative(area: str) -> str:
    """Return a body area with "deinem" or "deiner"; "" for one without a name."""
    found = YOUR_AREA.get(area, "")
    if found.startswith("deine "):
        return found.replace("deine ", "deiner ", 1)
    return found.replace("dein ", "deinem ", 1).replace("hinterer", "hinteren")


def ago(count: float) -> str:
    """Return a count of days before today as text: "heute", "gestern", "vor 5 Tagen"."""
    english = words.ago(count)
    return {"today": "heute", "yesterday": "gestern"}.get(english, f"vor {days_dative(count)}")


def rate(number: float) -> str:
    """Return a number with one decimal, "2,8"."""
    return words.rate(number).replace(".", ",")


#: The formats that templates may use.
FORMATS: dict[str, Callable[[float], str]] = {
    "metres": metres, "km": km, "km_short": km_short, "centimetres": words.centimetres, "race": race_name,
    "percent": percent, "tenths": tenths, "degrees": words.degrees, "beats": beats, "beats_dative": beats_dative,
    "days": days, "days_dative": days_dative,
    "hours": hours, "minutes": minutes, "pace": pace, "steps": steps, "of_ten": words.of_ten, "ago": ago,
    "count": words.count, "rate": rate, "clock": words.clock,
}  # fmt: skip
