"""All other things a person says: sleep, illness, time, travel, weather, medication, wishes and the rest.

The rule of this file: one clause at a time; of several words for one thing the graver or more exact one is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.measures import WORDS
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
_HARD = ("W:fast", "W:long", "W:hills", "W:race")
_EASES = frozenset({"illness", "fatigue", "stress", "mood", "shift_work", "travel", "medication", "sleep"})
_HIGH_M, _HOT_DEG, _COLD_DEG = 1500.0, 27.0, 0.0
#: From here on a late period is a missing one (IOC consensus on REDs 2023: three months; half of it in doubt).
_MISSED_DAYS = 45.0
_SHORT_H, _ENOUGH_H = 6.0, 7.0
_FREE = listed(
    "free frei passt works available klappt geht possible suits off verfuegbar zeit koennte "
    "doable ginge moeglich could make can kann"
)
_PAST = listed(
    "ran did was were yesterday gestern lief gelaufen gejoggt trained trainiert went had hatte "
    "war took dauerte finished gemacht"
)
_STAYED_OUT = ("weg", "seit", "verschwunden", "gone", "vanished")
_AIMS = listed("soll should auf to target ziel want will")
_CLOCK = listed("at um ab from till until bis")
_QUESTION = listed("does do is are how what which why who wie was warum wieso welche macht nimmt")
_NUMBER = r"(\d+|" + "|".join(sorted((w for w in WORDS if w.isalpha()), key=len, reverse=True)) + r")"
_TIMES = r"times|x|days|runs|sessions|workouts|training days|mal|tage|tagen|laeufe|laeufen|einheiten|trainings|lauftage"
_FILLED = "max|maximum|only|tops|at most|maximal|hoechstens"
_A_WEEK = re.compile(
    rf"\b{_NUMBER}(?: - \d+)?(?: (?:{_TIMES}|{_FILLED}))*"
    r" (?:a|per|pro|die|in der|in|each|every|the|/) (?:week|woche|wk|wo)\b"
    rf"|\b{_NUMBER} mal woechentlich|\b{_NUMBER} times weekly"
)
_HEDGED = frozenset(
    {
        "is out",
        "is full",
        "impossible",
        "packed",
        "wedding",
        "meetings",
        "skip",
        "is packed",
        "occupied",
        "termine",
        "termin",
        "hochzeit",
        "appointment",
        "umzug",
        "busy",
        "working late",
        "kann nicht",
        "geht nicht",
    }
)
Found = Iterator[tuple[int, Constraint]]


def kinds(
    parts: Sequence[Clause], words: Sequence[str], asked: frozenset[int], taken: frozenset[str]
) -> list[tuple[int, Constraint]]:
    """Return all that is said but pains and warnings, with positions; `asked` clauses ask to set a rule aside."""
    found: list[tuple[int, Constraint]] = []
    hurts = any(c.counts and (c.has("HURT", "illness") or c.measure("of_ten") is not None) for c in parts)
    night = _night_hours(parts)
    for index, one in enumerate(parts):
        if not one.counts and not (one.mine and one.real):
            continue
        found += _plain(one, words)
        if index in night:
            found.append((one.start, Constraint("sleep", value=night[index])))
            continue
        if not one.counts:
            found = [pair for pair in found if pair[1].kind not in _EASES or pair[0] < one.start]
            continue
        found += _rest_of_health(one, parts, words)
        found += _place(one, words)
        pushing = index not in asked and any(parts[k].sentence == one.sentence for k in asked) and one.has(*_HARD)
        if index not in asked and not pushing:
            found += _plans(index, one, parts, words, hurts)
    kept = [(at, c) for at, c in found if c.kind not in taken and f"{c.kind}:{c.situation}" not in taken]
    return _chosen(kept)


def _night_hours(parts: Sequence[Clause]) -> dict[int, float]:
    """Return the hours that tell of the night before them: "slept like a log, nine hours", by clause."""
    found: dict[int, float] = {}
    for index in range(1, len(parts)):
        before, one = parts[index - 1], parts[index]
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
            if i.tag in {"sleep:good", "mood:good"}:
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
        if kind in _EASES and one.has("GONE") and not one.has("NOTNEG"):
            continue
        yield i.start, Constraint(kind, situation=name, value=_value(kind, name, i.start, one))


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
    kg = one.measure("kg")
    index = parts.index(one)
    before = parts[index - 1] if index and parts[index - 1].sentence == one.sentence else None
    aimed = before is not None and before.has("WANT", "WEIGHT") and not before.measures
    if kg is not None and one.has("LOST") and not one.has("WANT"):
        yield kg.start, Constraint("red_s", situation="weight_loss")
    elif kg is not None and (
        one.has("LOSE", "GAIN", "weight_goal")
        or (
            kg.value >= 35
            and (aimed or (one.has("WEIGHT") and (one.has("WANT") or _AIMS & set(words[one.start : kg.end]))))
        )
    ):
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
    elif not said and one.denies("FINE", "WELL"):
        yield at, Constraint("sleep", situation="bad")
    elif not said and one.has("FINE"):
        yield at, Constraint("sleep", situation="good")
    elif not said and one.has("PULLED"):
        yield at, Constraint("sleep", situation="bad")


def _place(one: Clause, words: Sequence[str]) -> Found:
    deg = one.measure("deg")
    if deg is not None and not one.has("illness"):
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
    distance = one.has("W", "ONLY") or bool(_PAST & set(words[one.start : one.end]))
    if one.has("travel", "LANDED") and (high is not None or one.has("ALTITUDE")):
        yield (
            one.start,
            Constraint("travel", situation="altitude", value=high.value if high is not None else _days(one)),
        )
    elif high is not None and not distance and not one.has("RUN"):
        yield high.start, Constraint("travel", situation="altitude", value=high.value)


def _plans(index: int, one: Clause, parts: Sequence[Clause], words: Sequence[str], hurts: bool) -> Found:
    week = _A_WEEK.search(" ".join(words[one.start : one.end]))
    past = bool(_PAST & set(words[one.start : one.end]))
    if week is not None and not past and not one.has("SLEEP", "sleep", "HURT"):
        text = next(g for g in week.groups() if g)
        yield (
            one.start,
            Constraint("availability", situation="week", value=float(text) if text.isdigit() else WORDS[text]),
        )
        return
    minutes = _minutes(one, words, past)
    if minutes is not None:
        day = next((i.name for i in one.all("DAYWORD") if i.name not in {"today", "week"}), "")
        yield one.start, Constraint("time", situation=day, value=minutes)
        return
    day = _day(index, one, parts)
    alone = one.has("DAYWORD") and all(i.group in {"DAYWORD", "NOW"} for i in one.items) and one.unknown == 0
    if alone and index and one.joined in {"and", "und", ",", "or", "oder"}:
        for _, before in _plans(index - 1, parts[index - 1], parts, words, hurts):
            if before.kind == "availability" and before.situation != "week":
                free = "free_" if before.situation.startswith("free_") else ""
                yield one.start, Constraint("availability", situation=free + day)
        return
    if _busy(one, words, day, hurts):
        yield one.start, Constraint("availability", situation=day)
    elif day and _free(one, words) and not past:
        yield one.start, Constraint("availability", situation=f"free_{day}")
    else:
        yield from _wish(one, words, past)


def _minutes(one: Clause, words: Sequence[str], past: bool) -> float | None:
    m = one.measure("min")
    if (
        m is None
        or not 5 <= m.value <= 600
        or one.has("SLEEP", "NIGHT", "sleep", "AREA", "HURT", "travel", "LANDED", "SIT:during")
    ):
        return None
    cued = one.has("ONLY", "HAVE", "TIME")
    bare = one.unknown <= 1 and not past and not any(i.group.islower() for i in one.items)
    if words[m.start - 1 : m.start] and words[m.start - 1] in {"every", "alle", "after", "nach"}:
        return None
    return m.value if (cued and not (past and not one.has("ONLY"))) or bare else None


def _day(index: int, one: Clause, parts: Sequence[Clause]) -> str:
    beside = [*parts[index + 1 : index + 2], *parts[max(index - 1, 0) : index]]
    near = [one, *(p for p in beside if p.sentence == one.sentence)]
    days = [i.name for i in one.all("DAYWORD")] or [i.name for c in near for i in c.all("DAYWORD")]
    return next((d for d in days if d != "today"), days[0] if days else "")


def _busy(one: Clause, words: Sequence[str], day: str, hurts: bool) -> bool:
    said = [" ".join(words[i.start : i.end]) for i in one.all("BUSY")]
    weak = bool(said) and all(text in _HEDGED for text in said)
    own = one.has("DAYWORD")
    if said:
        return (own or bool(day) or not weak) and (own or not hurts)
    return (one.denies("CAN", "TIME") and (own or one.denies("TIME"))) and not hurts


def _free(one: Clause, words: Sequence[str]) -> bool:
    said = {words[k] for i in one.all("CAN", "TIME") for k in range(i.start, i.end)}
    said |= {"can", "kann"} & set(words[one.start : one.end]) if one.has("ONLY") else set()
    return (
        bool(said & _FREE)
        and one.has("DAYWORD")
        and not one.denies("CAN")
        and not one.has("WANT", "HURT", "W", "NEG", "BUSY")
    )


def _wish(one: Clause, words: Sequence[str], past: bool) -> Found:
    wants = one.has("WANT")
    what = one.all("W")
    if any(i.group in {"weight_goal", "pregnancy"} for i in one.items):
        return
    if what and (wants or (one.has("W:race") and one.has("DAYWORD"))) and not (past and not wants):
        refused = any(
            i.tag == "NEG" or words[i.start] in {"no", "kein", "keine"} for i in one.items if i.start < what[0].start
        )
        denials = {"dont", "not", "no", "keine", "kein", "nicht", "rather not"}
        refused = refused or any(denials & set(words[i.start : i.end]) for i in one.all("WANT"))
        refused = refused or any(words[k] in {"no", "kein", "keine", "keinen"} for k in range(one.start, what[0].start))
        name = "" if refused or what[0].name == "other" else what[0].name
        yield what[0].start, Constraint("wish", situation=name)
        return
    km = one.measure("km")
    if wants and km is not None and one.has("RUN", "CAN", "DAYWORD") and not past:
        yield one.start, Constraint("wish", value=round(km.value, 1))
