"""When and how Germans say they can run: time that runs out, days that fall away or are free, wishes in passing.

The rule of this file: one clause at a time, words that may stand apart ("faellt ... aus"); what is past is no plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.measures import WORDS
from edge.talk.tokens import listed

#: Something that ends the time there is: "der Besuch kommt in 30 Minuten", "das Kind schlaeft noch 40 Minuten".
_UNTIL = listed(
    "kommt kommen schlaeft bleibt bleiben ruft geht faehrt faengt beginnt startet muss laeuft dauert luft reichen "
    "reicht "
    "schluss dusche zurueck daheim sprengt kuerzen kuerzer solange lohnt passt drin besser ueberziehen unter "
    "hoechstens "
    "krieg kriege unterbringen gelassen uebrig fuellen zwischen"
)
_BY = listed("in noch nur nach unter ueber auf bis maximal spaetestens nicht solange dauert zwischen laeuft")
_GONE_BY = listed("seit stau gewartet warten verspaetung schneller langsamer pro alle gelaufen war waren hat")
_OUT = listed("aus flach weg raus")
_FALLS = listed("faellt fallen fiel ausfallen entfaellt entfallen streichen gestrichen")
_LEFT_OUT = listed(
    "streichen heilig aussetzen auslassen tabu entfaellt entfallen belegt blockiert kollidiert verhindert verplant "
    "familientag papatag freihalten ausfallen gestrichen eng voll unmoeglich raus schlecht nix nichts"
)
_EVENT_ENDS = ("kurs", "termin", "probe", "feier", "sitzung", "abend", "treffen", "fest", "besuch", "unterricht")
_MUST = listed("muss muessen soll")
_GOES = listed(
    "gehen geht ginge ideal passt passen passts klappt klappts dabei moeglich machbar super perfekt frei immer ja "
    "koennte kann laufen drin besser wieder"
)
_DAILY = re.compile(r"\b(?:taeglich|jeden tag|jeder tag|jeden beliebigen tag|alle tage|an allen tagen)\b")
_ABLE = listed("kann koennte geht passt moeglich frei klappt gehen laufen trainieren ausser drin machbar ideal")
_COUNT = re.compile(
    r"\b(ein|einen|eine|zwei|drei|vier|fuenf|sechs|[1-6])"
    r" (?:tag|tage|einheit|einheiten|lauf|laeufe|laeufen|trainings|mal)\b"
    r"|\b(einmal|zweimal|dreimal|viermal|fuenfmal) woechentlich\b"
)
_HOLDS = listed("hoechstens gehen realistisch drin moeglich schaffe schaff mehr weniger maximal sofort planen nur")
_LASTS = listed("seit vor nach hintereinander stueck am lang dauert pause gelaufen")
_ONE = listed("ein einen eine")
#: Words that make a kind of run a wish in passing: "heute mal Crosstrainer", "ein Trail waere nett".
_SOFT = listed("mal bitte einfach bloss eher ab darf duerfte waer waere waeren gibts geht ginge lieber statt nett cool")
_NOT_SOFT = listed("ist war waren hat hatte habe hab bin gemacht gelaufen gestern was warum wie wann wieso")
_PARTS = listed("vormittag nachmittag tag abend morgen")
_NONE = listed("kein keine keinen nicht nix nichts ohne bloss")


def ends_in(one: Clause, words: Sequence[str]) -> bool:
    """Return whether something ends the minutes of a clause: a visit, a train, a child that wakes."""
    m = one.measure("min")
    if m is None or not 5 <= m.value <= 180 or one.has("HURT", "AREA", "SIT", "sleep", "travel", "illness", "PAST"):
        return False
    said = set(words[one.start : one.end])
    before = set(words[max(m.start - 3, one.start) : m.start])
    return bool(said & _UNTIL) and not said & _GONE_BY and (bool(before & _BY) or bool(said & _UNTIL & _ALONE))


_ALONE = listed("reichen reicht passt luft lohnt krieg kriege unterbringen uebrig gelassen besser drin")


def days_told(one: Clause, words: Sequence[str]) -> Constraint | None:
    """Return what a clause says of days that fall away, are free, or how many there are a week."""
    said = set(words[one.start : one.end])
    weekdays = [i.name for i in one.all("DAYWORD") if i.name not in {"today", "tomorrow", "week"}]
    days = weekdays or [i.name for i in one.all("DAYWORD")]
    if one.has("HURT", "AREA", "SLEEP", "IF", "TIME") or any(i.group.islower() for i in one.items):
        return None
    if days and ((said & _FALLS and (said & _OUT or said & _LEFT_OUT)) or _falls_out(one, words, weekdays)):
        return Constraint("availability", situation=days[0])
    text = " ".join(words[one.start : one.end])
    if (_DAILY.search(text) or "werktags" in said) and (said & _ABLE or one.has("CAN", "WANT")):
        return Constraint("availability")
    if weekdays and one.has("W") is False and _is_free(one, words, said, weekdays):
        return Constraint("availability", situation=f"free_{weekdays[0]}")
    return _counted(said, text) if not days or one.has("DAYWORD:week") else None


def _falls_out(one: Clause, words: Sequence[str], weekdays: list[str]) -> bool:
    """Return whether a weekday is taken by something else: a course, a duty, the family."""
    said = set(words[one.start : one.end])
    if not weekdays or one.has("ONLY"):
        return False
    event = any(words[k].endswith(_EVENT_ENDS) and len(words[k]) > 6 for k in range(one.start, one.end))
    must = bool(said & _MUST) and bool(said & {"ich", "wir"}) and not one.measures
    lasting = "immer" in said and bool(said & {"schwimmen", "kids", "kindern", "chor", "verein", "tanzen", "kinder"})
    free = one.has("RUN", "W", "WANT") or one.denies("BUSY")
    never = bool(said & {"nie", "nimmer"}) and bool(said & {"geht", "gehts", "kann", "klappt", "klappts", "passt"})
    return (
        ((event or must) and not free) or lasting or never or (bool(said & _LEFT_OUT) and not one.has("W", "weather"))
    )


def _is_free(one: Clause, words: Sequence[str], said: set[str], weekdays: list[str]) -> bool:
    if one.has("BUSY") or any(i.tag == "NEG" for i in one.items):
        return False
    moved = len(weekdays) > 1 and "statt" in said
    later = bool(said & {"fruehestens", "erst", "ab"}) and "wieder" in said
    left = "frei" in said and bool(said & {"lassen", "geworden", "halten", "wieder", "jetzt"})
    listed_only = one.has("ONLY") and one.unknown == 0
    whole = bool(said & {"ganzen", "ganze"}) and bool(said & _PARTS) and bool(said & {"hab", "habe", "haette"})
    return (
        whole or moved or later or left or listed_only or (bool(said & _GOES) and one.unknown <= 1 and not one.measures)
    )


def _counted(said: set[str], text: str) -> Constraint | None:
    found = _COUNT.search(text)
    if found is None or not said & _HOLDS | (said & {"woechentlich"}) or said & _LASTS:
        return None
    value = found.group(1) or found.group(2)
    count = float(value) if value.isdigit() else 1.0 if value in _ONE else WORDS[value]
    return Constraint("availability", situation="week", value=count)


def wished(one: Clause, words: Sequence[str], sentence: set[str]) -> Constraint | None:
    """Return a wish in passing: a kind of run beside a soft word, or one that is not wanted today."""
    what = one.all("W")
    said = set(words[one.start : one.end])
    if not what or one.has("HURT", "AREA", "BUSY", "IF", "SLEEP") or said & _NOT_SOFT:
        return None
    if any(i.group.islower() for i in one.items):
        return None
    refused = said & _NONE and (said & {"heute", "bloss", "wieder", "bitte"} or "bitte" in sentence)
    if refused:
        return Constraint("wish")
    soft = said & _SOFT and one.unknown <= 2 and list(words[one.start : one.end]).count("mal") < 2
    toward = " ".join(words[one.start : one.end]).startswith(("mir ist nach ", "ab in ", "ab auf ", "mir waere nach "))
    if soft or toward:
        name = what[0].name
        return Constraint("wish", situation="" if name == "other" else name)
    return None
