"""All other things a person says: sleep, illness, time, travel, weather, medication, wishes and the rest.

The rule of this file: one clause at a time; of several words for one thing the graver or more exact one is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.combos import kinds_together
from edge.talk.fields import fields
from edge.talk.german_plans import ends_in
from edge.talk.places import names_place
from edge.talk.plans import PAST, plans
from edge.talk.tokens import listed

_NAN = math.nan
#: Of these kinds several situations may stand side by side; of all others only the first in this order is kept.
_SEVERAL = frozenset({"availability", "pregnancy", "weather", "medication", "red_s"})
_ORDER = {
    "illness": ("fever", "covid", "flu", "stomach", "cold", ""),
    "travel": ("altitude", "jetlag", "flight", ""),
    "fatigue": ("sore", ""),
    "sleep": ("bad", "", "good"),
    "mood": ("bad", "good"),
    "shift_work": ("night", "late", "early", ""),
    "pregnancy": ("pregnant", "postpartum", "breastfeeding"),
    "cycle": ("cramps", "pms", "late", "menopause", "ovulation", "period"),
    "weight_goal": ("target", "lose", "gain"),
    "time": (),
    "availability": (),
}
_HARD = ("W:fast", "W:long", "W:hills", "W:race", "WISHES:fast", "WISHES:long", "WISHES:hills")
_EASES = frozenset({"illness", "fatigue", "stress", "mood", "shift_work", "travel", "medication", "sleep"})
_HIGH_M, _HOT_DEG, _COLD_DEG = 1500.0, 27.0, 0.0
#: What a request to set a rule aside says by the way: "die Regel ist mir egal" tells of no period.
_NOT_ASKED = frozenset({"stress", "mood", "cycle"})
#: One of these must stand in a text that tells of a period that does not come.
_CYCLE = (
    "period", "menstru", "menses", "cycle", "amenorr", "amenorh", "regel", "tage", "mens", "zyklus", "blut", "bleed",
    "monats", "flow", "time",
)  # fmt: skip
#: From here on a late period is a missing one (IOC consensus on REDs 2023: three months; half of it in doubt).
_MISSED_DAYS = 45.0
_SHORT_H, _ENOUGH_H = 6.0, 7.0
_ONCE = listed("yesterday gestern last letzte letzten letzter before earlier vorher vorgestern neulich vorige vorigen")
_WAS = listed("was were had slept rained felt war waren hatte hatten geschlafen geregnet fuehlte schlief")
#: Lasting ailments: beside their medicine they are no illness of today.
_OF_A_PLACE = listed("gereizt ueberlastet ueberreizt beleidigt frisch muede")
_LASTING = listed("asthma allergy allergies hay allergie allergien heuschnupfen pollen")
_JABS = listed("jab shot vaccine vaccination vaccinated booster impfung geimpft impfen auffrischung")
_STAYED_OUT = ("weg", "seit", "verschwunden", "gone", "vanished")
_AIMS = listed(
    "soll should auf to target ziel want will moechte muessen muss miassn must need maximum max wuerde wollen goal "
    "weg lighter leichter "
    "runter would gern gerne aim by bis race"
)
_OFF = listed("weg lighter leichter runter less weniger off schwerer heavier drauf mehr more would down los")
_LIFTED = listed(
    "squat squats squatted bench deadlift deadlifts kettlebell lifted lifting press pack backpack rucksack vest "
    "hantel hanteln weste "
    "kreuzheben kniebeuge kniebeugen bankdruecken carry carried carrying schleppen geschleppt getragen tragen kiste "
    "kisten sack "
    "dumbbell dumbbells barbell suitcase koffer bag bags row rows"
)
_AHEAD = listed(
    "tonight later upcoming ahead tomorrow starts starting before today heute morgen vor spaeter bevor muss"
)
_BEHIND = listed(
    "after off finished came come coming just had was were worked done last yesterday straight from this been nach aus "
    "von vom komme kam hatte hatten war gearbeitet gehabt hinter gerade gestern letzte letzter letzten diese dieser "
    "fertig zurueck direkt"
)
_YESTERDAY, _STILL = listed("yesterday gestern vorgestern last"), listed("night today heute seit since")
_CLOCK = listed("at um ab from till until bis")
_QUESTION = listed("does do is are how what which why who wie was warum wieso welche macht nimmt")
#: What makes a place no journey: a race named after it, somebody or something from there, a way of living there.
_STAYS = ("weight_goal", "HURT", "medication", "IF")
Found = Iterator[tuple[int, Constraint]]


def kinds(
    parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int], taken: frozenset[str]
) -> list[tuple[int, Constraint]]:
    """Return all that is said but pains and warnings, with positions; `asked` clauses ask to set a rule aside."""
    found: list[tuple[int, Constraint]] = []
    hurts = any(c.counts and (c.has("HURT", "illness") or c.measure("of_ten") is not None) for c in parts)
    night = _night_hours(parts)
    for index, one in enumerate(parts):
        if not one.mine and one.real and not one.old:
            found += _together(one, words, index in asked)  # what another does to me: "der Hund hat gebellt"
            if index not in asked and ends_in(one, words):
                found.append((one.start, Constraint("time", value=_minutes_of(one))))
        if not one.counts and not (one.mine and one.real):
            continue
        pushing = index in asked or _is_pushing(one, parts, asked)
        found += [(at, c) for at, c in _plain(one, words) if not (index in asked and c.kind in _NOT_ASKED)]
        if _is_well_now(one):
            past = [
                (c.start, c.end) for c in parts if c.sentence == one.sentence and _was(c, words) and c.start < one.start
            ]
            found = [
                (at, c)
                for at, c in found
                if c.kind not in _EASES - {"travel", "medication", "shift_work"}
                or not any(s <= at < e for s, e in past)
            ]
        if _is_over(one):
            same = {k for k, c in enumerate(parts) if c.sentence == one.sentence}
            begin = min(parts[k].start for k in same)
            found = [pair for pair in found if pair[1].kind not in _EASES - {"travel", "medication"} or pair[0] < begin]
        if index in night:
            found.append((one.start, Constraint("sleep", value=night[index])))
            continue
        if not one.counts:
            found = [pair for pair in found if pair[1].kind not in _EASES | {"weather"} or pair[0] < one.start]
            continue
        found += _together(one, words, index in asked)
        found += _rest_of_health(one, parts, words)
        found += fields(one, words) if index not in asked else ()
        found += _place(one, words)
        if not pushing:
            found += plans(index, parts, words, hurts)
    kept = [(at, c) for at, c in found if c.kind not in taken and f"{c.kind}:{c.situation}" not in taken]
    return [(at, _before_it(at, c, parts, words)) for at, c in _chosen(kept)]


def _before_it(at: int, one: Constraint, parts: Sequence[Clause], words: Sequence[str]) -> Constraint:
    """Return a night shift that still lies ahead as that: "night shift tonight", not "off a night shift"."""
    said = {word for c in parts if c.start <= at < c.end for word in words[max(c.start - 1, 0) : c.end]}
    ahead = one.kind == "shift_work" and one.situation == "night" and said & _AHEAD and not said & _BEHIND
    return replace(one, situation="before") if ahead else one


def _minutes_of(one: Clause) -> float:
    m = one.measure("min")
    return _NAN if m is None else m.value


def _together(one: Clause, words: Sequence[str], asked: bool) -> Found:
    told = {i.group for i in one.items if i.group.islower()}
    return iter(()) if asked else kinds_together(one, words, told)


def _is_pushing(one: Clause, parts: Sequence[Clause], asked: frozenset[int]) -> bool:
    """Return whether a clause asks for what is hard in the sentence of a request to set a rule aside."""
    return any(parts[k].sentence == one.sentence for k in asked) and (one.has(*_HARD) or one.measure("km") is not None)


def _is_well_now(one: Clause) -> bool:
    """Return whether a clause says that by now all is well: "fully recovered now", "today I'm fresh"."""
    return one.has("FINE", "GONE", "mood:good") and one.has("NOW") and not one.has("AREA", "HURT", "NOTNEG")


def _was(one: Clause, words: Sequence[str]) -> bool:
    """Return whether a clause tells of days gone by."""
    return bool(_ONCE & set(words[one.start : one.end])) and bool(_WAS & set(words[one.start : one.end]))


def _is_over(one: Clause) -> bool:
    """Return whether a clause says no more than that it is over: "but not now"."""
    return (
        any(i.tag == "NEG" for i in one.items)
        and one.has("NOW")
        and one.unknown == 0
        and not one.measures
        and all(i.group in {"NEG", "NOW", "ME", "WANT", "DAYWORD"} for i in one.items)
    )


def _night_hours(parts: Sequence[Clause]) -> dict[int, float]:
    """Return the hours that tell of the night before them: "slept like a log, nine hours", by clause."""
    found: dict[int, float] = {}
    for index in range(1, len(parts)):
        before, one = parts[index - 1], parts[index]
        if not before.mine and index > 1 and parts[index - 2].sentence == one.sentence:
            before = parts[index - 2]
        m = one.measure("min")
        if m is None or not 60.0 <= m.value <= 840.0 or before.measure("min", "plain") is not None:
            continue
        asleep = (before.has("sleep", "SLEEP") and before.counts) or (before.has("sleep") and not before.mine)
        planned = one.has("TIME", "RUN", "W", "DAYWORD", "SIT") or (one.has("ONLY") and one.has("HAVE"))
        if asleep and not planned and (not one.has("HAVE", "ONLY") or m.value >= 120.0):
            found[index] = m.value / 60.0
    return found


def _chosen(found: Sequence[tuple[int, Constraint]]) -> list[tuple[int, Constraint]]:
    best: dict[str, tuple[int, Constraint]] = {}
    for at, one in found:
        key = f"{one.kind}:{one.situation}" if one.kind in _SEVERAL else one.kind
        before = best.get(key)
        if before is None:
            best[key] = (at, one)
            continue
        order = _ORDER.get(one.kind, ())
        better = _rank(order, one.situation) < _rank(order, before[1].situation)
        first, other = (one, before[1]) if better else (before[1], one)
        value = other.value if math.isnan(first.value) else first.value
        best[key] = (
            min(at, before[0]),
            Constraint(first.kind, first.area, first.side, first.severity, first.situation, value),
        )
    if "red_s:no_period" in best:
        best.pop("cycle", None)
    for frozen in ("weather:snow", "weather:ice"):
        if frozen in best and "weather:cold" in best and not math.isnan(best["weather:cold"][1].value):
            at, one = best[frozen]
            best[frozen] = (at, Constraint("weather", situation=one.situation, value=best.pop("weather:cold")[1].value))
    if len([k for k in best if k.startswith("medication:")]) > 1:
        best.pop("medication:", None)
    return list(best.values())


def _rank(order: Sequence[str], situation: str) -> int:
    return order.index(situation) if situation in order else len(order)


def _plain(one: Clause, words: Sequence[str]) -> Found:
    """Yield what single phrases say: "tired", "beta blockers", "got my period"."""
    for i in one.items:
        kind, name = i.group, i.name
        if not kind.islower() or kind in {"red_flag", "override_request"}:
            continue
        if i.negated:
            if i.tag == "mood:good" and words[i.start] == "frisch":
                yield i.start, Constraint("fatigue")
            elif i.tag in {"sleep:good", "mood:good"}:
                yield i.start, Constraint(kind, situation="bad")
            elif i.tag == "cycle:period":  # denied: it does not come
                yield i.start, Constraint("red_s", situation="no_period", value=_days(one))
            continue
        late = {"late", "overdue", "spaet", "ueberfaellig"} & set(words[one.start : one.end])
        said = set(words[one.start : one.end])
        if i.tag == "cycle:period" and said & {"bleibt", "blieb", "bleiben"} and "aus" in said:
            late, gone_days = said, _MISSED_DAYS
        else:
            gone_days = _days(one)
        if kind == "cycle" and late and gone_days >= _MISSED_DAYS:
            yield i.start, Constraint("red_s", situation="no_period", value=_days(one))
            return
        gone = one.has("GONE") and not one.has("HURT") and any(w in words[one.start : one.end] for w in _STAYED_OUT)
        if i.tag == "cycle:period" and gone:
            yield i.start, Constraint("red_s", situation="no_period", value=_days(one))
            return
        if i.tag == "shift_work:" and any(m.unit == "plain" and words[m.start - 1] in _CLOCK for m in one.measures):
            continue
        if kind == "weight_goal" and words[one.start] in _QUESTION:
            continue
        if kind in _EASES - {"shift_work", "travel"} and one.has("GONE") and not one.has("NOTNEG"):
            continue
        if (i.tag == "fatigue:sore" or words[i.start] in _OF_A_PLACE) and any(
            a.name not in {"leg", "arm"} for a in one.all("AREA")
        ):
            continue  # sore in one place is a pain there
        if i.tag == "red_s:no_period" and not _of_a_cycle(said, words):
            continue
        if i.tag == "red_s:stress_fracture" and one.old and not {"letztes", "last"} & said:
            continue
        if kind == "weather" and said & _YESTERDAY and not said & _STILL:
            continue
        ailing = kind == "illness" or i.tag == "weather:air"
        if ailing and one.has("medication") and (said & _LASTING or said & _JABS):
            continue
        if i.tag == "travel:" and one.has("AREA") and one.has("HURT"):
            continue
        yield i.start, Constraint(kind, situation=name, value=_value(kind, name, i.start, one))


def _of_a_cycle(said: set[str], words: Sequence[str]) -> bool:
    """Return whether a text speaks of a cycle: neither "Samstag faellt aus" nor "lass die Regel weg" does."""
    rule = bool({"lass", "weglassen", "sagt", "bitte"} & said) and "regel" in said
    return not rule and any(word.startswith(_CYCLE) for word in words)


def _value(kind: str, name: str, at: int, one: Clause) -> float:
    """Return the number that belongs to a kind, in its unit."""
    if kind in {"sleep", "weather", "weight_goal", "wish"}:
        return _NAN
    if kind == "pregnancy":
        m = one.measure("weeks", "days")
        return _NAN if m is None else m.value if m.unit == "weeks" else float(round(m.value / 7.0))
    if kind == "cycle":
        m = one.measure("plain")
        return m.value if m is not None and 1 <= m.value <= 60 and name == "period" else _NAN
    if kind == "shift_work":
        m = next((m for m in one.measures if m.unit == "plain" and m.end == at), None)
        return m.value if m is not None else _days(one)
    return _days(one) if kind in {"illness", "fatigue", "travel", "stress"} or name == "no_period" else _NAN


def _days(one: Clause) -> float:
    m = one.measure("days", "weeks")
    return _NAN if m is None else m.value * (7.0 if m.unit == "weeks" else 1.0)


def _rest_of_health(one: Clause, parts: Sequence[Clause], words: Sequence[str]) -> Found:
    yield from _sleep(one, words)
    for i in one.items:
        if i.tag == "WELL" and (i.negated or {"nicht", "not"} & set(words[i.start : i.end])):
            yield i.start, Constraint("illness")
    warm = one.measure("plain", "deg")
    if (
        warm is not None
        and 37.5 <= warm.value <= 42
        and {"temperature", "temperatur", "temp"} & set(words[one.start : one.end])
    ):
        yield one.start, Constraint("illness", situation="fever")
    yield from _weight(one, parts, words)


def _weight(one: Clause, parts: Sequence[Clause], words: Sequence[str]) -> Found:
    """Yield a goal for the weight, or a loss that was not wanted; not what is lifted or carried."""
    said = set(words[one.start : one.end])
    kilos = [m for m in one.measures if m.unit == "kg"]
    weighed = any(c.measure("kg") or c.has("WEIGHT") for c in parts) or bool({"waage", "wiege", "scales"} & set(words))
    aims = one.has("WANT") or (one.has("WEIGHT") and bool(said & {"unter", "under"}))
    if weighed and aims and not kilos:
        kilos = [m for m in one.measures if m.unit == "plain" and 35 <= m.value <= 150]
    if one.has("red_s:weight_loss"):
        return
    if not kilos or said & _LIFTED or one.has("AREA:chest") or words[one.start] in _QUESTION - {"is"}:
        return
    index = parts.index(one)
    before = parts[index - 1] if index and parts[index - 1].sentence == one.sentence else None
    aimed = before is not None and before.has("WANT", "WEIGHT", "LOSE", "GAIN", "weight_goal") and not before.measures
    wants = one.has("WANT", "weight_goal", "LOSE", "GAIN") or bool(said & _AIMS) or aimed
    kg = kilos[-1]
    if one.has("LOST") and not one.has("WANT"):
        yield kg.start, Constraint("red_s", situation="weight_loss")
    elif wants and (kg.value >= 35 or one.has("LOSE", "GAIN", "weight_goal", "WEIGHT") or said & _OFF):
        goal = "target" if kg.value >= 35 or one.has("weight_goal:target") else "gain" if one.has("GAIN") else "lose"
        yield kg.start, Constraint("weight_goal", situation=goal, value=round(kg.value, 1))


def _sleep(one: Clause, words: Sequence[str]) -> Found:
    slept = one.measure("min")
    if (
        one.has("NIGHT")
        and slept is not None
        and 60.0 <= slept.value <= 840.0
        and not one.has("RUN", "W", "TIME", "HURT")
    ):
        yield (
            one.start,
            Constraint("sleep", situation="bad" if slept.value < 60.0 * _SHORT_H else "", value=slept.value / 60.0),
        )
        return
    if not one.has("SLEEP", "sleep") and not one.denies("sleep", "SLEEP"):
        return
    m = one.measure("min")
    plain = one.measure("plain")
    hours = m.value / 60.0 if m is not None else plain.value if plain is not None and plain.value <= 14 else _NAN
    said = one.all("sleep")
    at = (one.all("SLEEP") or said or list(one.items))[0].start
    if not math.isnan(hours) and 0 <= hours <= 16:
        situation = said[0].name if said else "bad" if hours < _SHORT_H else "good" if hours >= _ENOUGH_H else ""
        yield at, Constraint("sleep", situation=situation, value=hours)
    elif not said and (rated := one.measure("of_ten")) is not None and not one.has("AREA", "HURT"):
        yield at, Constraint("sleep", situation="bad" if rated.value < 5.0 else "good" if rated.value >= 7.0 else "")
    elif not said and one.denies("FINE", "WELL"):
        yield at, Constraint("sleep", situation="bad")
    elif not said and one.has("FINE"):
        yield at, Constraint("sleep", situation="good")
    elif not said and one.has("PULLED"):
        yield at, Constraint("sleep", situation="bad")


def _place(one: Clause, words: Sequence[str]) -> Found:
    named = names_place(words, one.start, one.end)
    if named is not None and any(i.group == "NEUTRAL" and i.start <= named < i.end for i in one.items):
        named = None
    if named is not None and not one.has(*_STAYS) and not PAST & set(words[one.start : one.end]):
        yield named, Constraint("travel", value=_days(one))
    deg = one.measure("deg")
    course = deg is not None and words[deg.end - 1 : deg.end + 2] == ["c", "25", "k"]  # "week 9 of C25K"
    if deg is not None and not course and not one.has("illness"):
        said = one.all("weather")
        situation = "hot" if deg.value >= _HOT_DEG else "cold" if deg.value <= _COLD_DEG else ""
        yield one.start, Constraint("weather", situation=said[0].name if said else situation, value=deg.value)
    elif (
        one.has("HOT")
        and not one.has("AREA", "SWEAT", "weather:hot", "SWOLLEN")
        and "warm" not in words[one.start : one.end]
    ):
        yield one.all("HOT")[0].start, Constraint("weather", situation="hot")
    high = next((m for m in one.measures if m.unit == "m" and m.value >= _HIGH_M), None)
    distance = one.has("W", "ONLY") or bool(PAST & set(words[one.start : one.end]))
    if one.has("travel", "LANDED") and (high is not None or one.has("ALTITUDE")):
        yield (
            one.start,
            Constraint("travel", situation="altitude", value=high.value if high is not None else _days(one)),
        )
    elif high is not None and not distance and not one.has("RUN"):
        yield high.start, Constraint("travel", situation="altitude", value=high.value)
