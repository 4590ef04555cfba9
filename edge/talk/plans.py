"""When and what a person can and wants to run: minutes, days and hours that are free or not, and wishes.

The rule of this file: one clause at a time; an hour that is named with sleep is sleep, and what is past is no plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.clocks import HOURS, clocked, lasted, left_out, timed_next
from edge.talk.german_plans import days_told, ends_in, wished
from edge.talk.measures import WORDS
from edge.talk.places import names_place
from edge.talk.plain import GERMAN_ONLY
from edge.talk.tokens import listed

Found = Iterator[tuple[int, Constraint]]
_FREE = listed(
    "free frei passt works available klappt geht possible suits off verfuegbar zeit koennte "
    "doable ginge moeglich could make can kann work fits fit passen gehen klappen passend"
)
PAST = listed(
    "ran did was were yesterday gestern lief gelaufen gejoggt trained trainiert went had hatte "
    "war took dauerte finished gemacht lasted"
)
_NUMBER = r"(\d+|" + "|".join(sorted((w for w in WORDS if w.isalpha()), key=len, reverse=True)) + r")"
_TIMES = (
    r"times|x|days|runs|sessions|workouts|training days|mal|tage|tagen|laeufe|laeufen|einheiten|trainings|lauftage"
    r"|training|laufe|laufeinheiten|evenings|abende|mornings|jogs|outings|units"
)
_FILLED = "max|maximum|only|tops|at most|maximal|hoechstens|laufen|run|trainieren"
_EACH = r"(?:a|per|pro|die|in der|in|each|every|the|in the|/)"
_A_WEEK = re.compile(
    rf"\b{_NUMBER}(?: - \d+)?(?: (?:{_TIMES}|{_FILLED}))* {_EACH} (?:week|woche|wk|wo|weekly|fortnight)\b"
    rf"|\b{_NUMBER}(?: - \d+)?(?: (?:{_FILLED}))*(?: (?:{_TIMES}))(?: (?:{_TIMES}|{_FILLED}|in))*"
    r" (?:this|next|diese|dieser|naechste|naechster|kommende|kommender|coming) (?:coming )?(?:week|woche)\b"
    rf"|\b{_NUMBER} mal woechentlich|\b{_NUMBER} times weekly"
)
_COUNTED = listed("once twice thrice einmal zweimal dreimal viermal fuenfmal sechsmal")
_RUNS = re.compile(rf"\b{_NUMBER} (?:runs|sessions|workouts|jogs|laeufe|laeufen|einheiten|trainings)\b")
_OTHER_DAY = re.compile(
    r"\b(?:every|each) (?:second|other|third) day\b|\bjeden (?:zweiten|dritten|2 \.|3 \.) tag\b"
    r"|\balle (?:zwei|2|drei|3) tage\b"
)
_PART = (
    "morning|mornings|evening|evenings|afternoon|afternoons|lunchtime|lunchtimes|lunch|noon|midday|night|nights|dawn|dusk"
    "|sunset|sunrise|dark|work|school|breakfast|dinner|bedtime|weekends|weekend|weekdays"
)
_TEIL = (
    "abends|morgens|mittags|nachmittags|vormittags|nachts|frueh|werktags|wochentags|wochenends|sonntags|samstags|montags|dienstags"
    "|mittwochs|donnerstags|freitags"
)
_DAYTIME = re.compile(
    rf"\b(?:before|after|until|till|by|from|past|between|in the|at|on|around) (?:the )?(?:{_PART}|\d+|{HOURS})\b"
    rf"|\b(?:{_PART.replace('|work', '').replace('|dark', '').replace('|school', '')})\b|\b(?:{_TEIL})\b"
    r"|\b(?:vor|nach|ab|bis|zwischen|gegen|um|erst) (?:der arbeit|der schule|dem mittag|dem essen|\d+|sieben|acht|neun"
    r"|zehn|sechs|fuenf|elf|zwoelf|sonnen\w*|feierabend|einbruch|schule|arbeit)"
    r"|\bam (?:nachmittag|vormittag|abend|morgen|wochenende|mittag)\b"
    r"|\bin der (?:frueh|mittagspause|nacht|mittagszeit)\b|\biftar\b"
)
_WANTS = listed(
    "want wanna like love fancy hope hoping mind will wuerde wuerd moechte moecht moecht' mag gern gerne lust bock "
    "traeume dream wish "
    "could can koennen koennten haette haett wuensche prefer lieber keen goal ziel aim"
)
#: What fills a day that is named beside it.
_EVENTS = listed(
    "class classes appointment meeting meetings party birthday concert choir lesson lessons dentist interview dinner "
    "date "
    "rehearsal practice graduation christening funeral bbq barbecue brunch theatre cinema gig opening parents "
    "kindergeburtstag "
    "geburtstag feier party konzert chor probe chorprobe kurs tanzkurs zahnarzt zahnarzttermin arzttermin hochzeit "
    "taufe elternabend "
    "elternsprechtag besuch grillfest familienfeier friseur vereinssitzung sitzung schulfest einschulung firmung "
    "kommunion "
    "konfirmation beerdigung handwerker friends freunde"
)
_KEPT_HOME = listed("home back done finished")
_KEPT = listed("keep keeping make stay done finished")
_UNDER = listed("under unter sub break beat breaking below")
_WOULD = listed("would wuerde wuerd")
_MUST = listed("must muss need have gotta got")
_BACK = listed("back home zuhause daheim zurueck heim")
_SUITS = listed("suit suits best ideal perfect passt passen klappt klappen work works fein")
_SINCE = listed("from after since vom nach seit yesterday yesterdays last gestern letzten")
_POSSIBLE = listed(
    "get out raus go rauskommen los work works possible doable ok okay fine geht gehen passt passen moeglich klappt "
    "machbar"
)
_STRONG = listed(
    "want wanna like love fancy hope moechte will gern gerne lieber rather prefer wuerde wuerd haette please bitte lust"
)
_AT = listed("by along around through round near beside in im am an on auf durch um entlang via over ums ins")
_HEDGED = frozenset(
    {
        "is out", "is full", "impossible", "packed", "wedding", "meetings", "skip", "is packed", "occupied",
        "termine", "termin", "hochzeit", "appointment", "umzug", "busy", "working late", "kann nicht", "geht nicht",
    }
)  # fmt: skip
_SLOT = listed(
    "slot window free only max maximum time tops spare zeit nur fenster zeitfenster luecke easy run jog lauf locker "
    "session"
)


def plans(index: int, parts: Sequence[Clause], words: Sequence[str], hurts: bool) -> Found:
    """Yield what a clause says of time, days and wishes; `hurts` where a pain or an illness is told of."""
    one = parts[index]
    past = _is_past(words[one.start : one.end])
    week = _week(one, words, past)
    if week is not None:
        yield week
        return
    minutes = _minutes(one, words, past)
    follows = index > 0 and parts[index - 1].sentence == one.sentence and parts[index - 1].has("ONLY", "HAVE")
    m = one.measure("min")
    if minutes is None and m is not None and not past and (ends_in(one, words) or (follows and not one.items)):
        minutes = m.value
    if minutes is not None and not _is_sleep(index, parts, minutes):
        day = next((i.name for i in one.all("DAYWORD") if i.name not in {"today", "week"}), "")
        yield one.start, Constraint("time", situation=day, value=minutes)
        if one.has("W:cross", "W:hills", "W:fast", "W:trail", "W:flat", "W:other"):
            yield from _wish(index, parts, words, past)
        return
    found = list(_days(index, parts, words, hurts, past))
    yield from found or (_in_turns(index, parts) if not past else ())


def _in_turns(index: int, parts: Sequence[Clause]) -> Found:
    """Yield what a turn of phrase says of days, time and wishes, where no rule has heard any."""
    one = parts[index]
    told = any(i.group.islower() for i in one.items if not i.negated)
    for i in one.all("WISHES", "AVAIL", "BUSYDAY", "SHORTOFTIME"):
        day = _day(index, one, parts)
        if i.group == "WISHES" and not told:
            yield i.start, Constraint("wish", situation=i.name)
        elif i.group == "SHORTOFTIME":
            yield i.start, Constraint("time", situation="" if day in {"today", "week"} else day)
        elif i.group in {"AVAIL", "BUSYDAY"} and not one.has("shift_work", "travel", "medication", "illness"):
            free = "free_" if i.group == "AVAIL" and day else ""
            yield i.start, Constraint("availability", situation=free + day)


def _is_past(said: Sequence[str]) -> bool:
    """Return whether a clause tells of what is done; "was" is German where the clause is."""
    done = PAST & set(said)
    return bool(done - {"was"} if GERMAN_ONLY & set(said) or {"passt", "min"} & set(said) else done)


def _week(one: Clause, words: Sequence[str], past: bool) -> tuple[int, Constraint] | None:
    """Return how often a week a clause allows, or on every which day."""
    if past or one.has("SLEEP", "sleep", "HURT"):
        return None
    said = " ".join(words[one.start : one.end])
    found = _A_WEEK.search(said)
    if found is not None:
        text = next(g for g in found.groups() if g)
        value = float(text) if text.isdigit() else WORDS[text]
        return (one.start, Constraint("availability", situation="week", value=value)) if value <= 14 else None
    runs = _RUNS.search(said)
    if (
        runs is not None
        and (one.has("DAYWORD:week") or "squeeze" in said or "max" in said)
        and one.has("ONLY", "CAN", "NEG", "HAVE")
    ):
        text = runs.group(1)
        return one.start, Constraint(
            "availability", situation="week", value=float(text) if text.isdigit() else WORDS[text]
        )
    counted = _COUNTED & set(words[one.start : one.end])
    if counted and one.has("DAYWORD:week") and one.has("RUN", "CAN", "ONLY"):
        return one.start, Constraint("availability", situation="week", value=WORDS[min(counted)])
    if _OTHER_DAY.search(said) and one.has("RUN", "CAN"):
        return one.start, Constraint("availability")
    return None


def _is_sleep(index: int, parts: Sequence[Clause], minutes: float) -> bool:
    """Return whether hours belong to a sleep told of just before: "I sleep badly, maybe 5 hours"."""
    one = parts[index]
    if minutes <= 180.0 and one.has("HAVE") and one.has("NOW"):
        return False  # "now I've got two hours"
    if not 120.0 <= minutes <= 720.0 or one.has("TIME", "RUN", "W", "ONLY"):
        return False
    return any(p.sentence == one.sentence and p.has("sleep", "SLEEP") for p in parts[max(index - 2, 0) : index])


def _days(index: int, parts: Sequence[Clause], words: Sequence[str], hurts: bool, past: bool) -> Found:
    one = parts[index]
    day = _day(index, one, parts)
    alone = one.has("DAYWORD") and all(i.group in {"DAYWORD", "NOW"} for i in one.items) and one.unknown == 0
    if alone and index and one.joined in {"and", "und", ",", "or", "oder"}:
        for _, before in plans(index - 1, parts, words, hurts):
            if before.kind == "availability" and before.situation != "week":
                free = "free_" if before.situation.startswith("free_") else ""
                yield one.start, Constraint("availability", situation=free + day)
        return
    if one.measure("km") is not None and one.has("WANT"):
        yield from _wish(index, parts, words, past)
    elif _busy(one, words, day, hurts, parts[index - 1] if index else None):
        yield one.start, Constraint("availability", situation=day)
    elif day and _free(one, words) and not past:
        yield one.start, Constraint("availability", situation=f"free_{day}")
    elif _windowed(one, words) and not past and not one.has("shift_work") and not timed_next(index, parts):
        yield one.start, Constraint("availability", situation=f"free_{day}" if day else "")
    else:
        lasts = one.has("FOR") and one.measure("days") is not None  # "only for five days" lasts, and is no plan
        told = None if past or lasts else days_told(one, words)
        wishes = [] if told is not None else list(_wish(index, parts, words, past))
        sentence = {w for c in parts if c.sentence == one.sentence for w in words[c.start : c.end]}
        passing = None if past or told is not None or wishes else wished(one, words, sentence)
        yield from wishes
        yield from ((one.start, c) for c in (told, passing) if c is not None)


def _minutes(one: Clause, words: Sequence[str], past: bool) -> float | None:
    m = one.measure("min")
    if m is None:
        return _short_minutes(one, words) or clocked(one, words)
    if one.has("shift_work") and m.value >= 120.0:
        return None
    if (
        not 5 <= m.value <= 600
        or one.has("NIGHT", "AREA", "HURT", "travel", "SIT:during")
        or lasted(words, m.start)
        or (one.has("LANDED") and not _KEPT_HOME & set(words[one.start : m.start]))
    ):
        return None
    if m.value >= 120.0 and names_place(words, m.end, one.end) is not None and not one.has("RUN", "TIME", "HAVE"):
        return None  # "nine hours to Croatia"
    asleep = one.has("SLEEP", "sleep")
    if asleep and (m.value >= 120.0 or not one.has("TIME", "HAVE", "ONLY")):
        return None
    cued = one.has("ONLY", "HAVE", "TIME")
    bare = one.unknown <= 1 and not past and not any(i.group.islower() for i in one.items)
    asked = bool({"bitte", "bleiben"} & set(words[one.start : one.end])) and not one.has("W:race")
    aimed = (one.has("W:race", "WANT") and not asked) or one.measure("km") is not None
    if (
        aimed
        and not _KEPT & set(words[one.start : m.start])
        and _UNDER & set(words[max(m.start - 2, one.start) : m.start])
    ):
        return None
    if (
        words[m.start - 1 : m.start]
        and words[m.start - 1] in {"every", "alle", "after", "nach"}
        and words[max(m.start - 2, 0)] not in {"out", "ends"}
    ):
        return None
    return m.value if (cued and not (past and not one.has("ONLY"))) or bare else None


def _short_minutes(one: Clause, words: Sequence[str]) -> float | None:
    """Return the minutes of "45m slot": metres by their letter, but a time by the words beside them."""
    m = one.measure("m")
    if (
        m is None
        or not 10 <= m.value <= 180
        or words[m.end - 1] != ("m")
        or one.has("AREA", "HURT", "W:fast", "W:hills")
    ):
        return None
    return m.value if _SLOT & set(words[max(m.start - 3, one.start) : m.end + 3]) else None


def _day(index: int, one: Clause, parts: Sequence[Clause]) -> str:
    beside = [*parts[index + 1 : index + 2], *parts[max(index - 1, 0) : index]]
    near = [one, *(p for p in beside if p.sentence == one.sentence)]
    days = [i.name for i in one.all("DAYWORD")] or [i.name for c in near for i in c.all("DAYWORD")]
    return next((d for d in days if d != "today"), days[0] if days else "")


def _busy(one: Clause, words: Sequence[str], day: str, hurts: bool, before: Clause | None) -> bool:
    said = [" ".join(words[i.start : i.end]) for i in one.all("BUSY")]
    weak = bool(said) and all(text in _HEDGED for text in said)
    own = one.has("DAYWORD")
    text = set(words[one.start : one.end])
    weekday = any(i.name not in {"today", "tomorrow", "week"} for i in one.all("DAYWORD"))
    if weekday and text & _EVENTS and not one.has("RUN", "W", "WANT", "SIT:after", "HURT") and not text & PAST:
        return True
    if weekday and left_out(one):
        return True
    if one.has("red_flag") or (text & _WOULD and before is not None and not before.real):
        return False  # "had I a fever, I would not run"
    if one.has("WISHES:rest") and words[one.start] in {"can", "could", "may"}:
        return False  # "can I skip today's run?" asks
    if text & _MUST and text & _BACK and one.measures and one.measures[0].unit == "plain" and not own:
        return True
    if said:
        return (own or bool(day) or not weak) and (own or not hurts)
    if one.has("SHORTOFTIME") and not one.denies("CAN"):
        return False  # "not a lot of time today" is a day with little time
    hurts = hurts and not (weekday and not text & PAST and not one.has("HURT", "AREA"))
    return (one.denies("CAN", "TIME") and (own or one.denies("TIME"))) and not hurts


def _free(one: Clause, words: Sequence[str]) -> bool:
    text = set(words[one.start : one.end])
    weekdays = [i for i in one.all("DAYWORD") if i.name not in {"today", "tomorrow", "week"}]
    if weekdays and not one.has("HURT", "W", "NEG", "BUSY", "AREA") and not one.denies("CAN"):
        told = (
            all(i.group in {"DAYWORD", "ONLY", "NOW", "ME"} for i in one.items) and one.has("ONLY") and not one.unknown
        )
        asked = text & {"can", "could", "kann", "koennte"} and text & {"i", "ich"} and not text & {"we", "wir"}
        if told or (asked and one.unknown <= 1):
            return True
        if text & _SUITS and one.unknown <= 1:
            return True
        if one.has("ONLY") and (one.has("RUN", "CAN") or text & {"work", "works", "geht", "gehen", "passt"}):
            return True
    said = {words[k] for i in one.all("CAN", "TIME") for k in range(i.start, i.end)}
    said |= {"can", "kann"} & text if one.has("ONLY") else set()
    if (
        one.has("ALTITUDE", "travel")
        or one.measure("m") is not None
        or any(words[k : k + 2] in (["geht", "es"], ["geht", "s"], ["geht", "'s"]) for k in range(one.start, one.end))
    ):
        return False
    return (
        bool(said & _FREE)
        and one.has("DAYWORD")
        and not one.denies("CAN")
        and not one.has("WANT", "HURT", "W", "NEG", "BUSY")
    )


def _windowed(one: Clause, words: Sequence[str]) -> bool:
    """Return whether running is possible at a time of day alone: "only before seven", "nur nach Sonnenuntergang"."""
    text = " ".join(words[one.start : one.end])
    only = one.has("ONLY") or bool({"nur", "only", "erst"} & set(words[one.start : one.end]))
    able = one.has("RUN", "CAN") or any(
        w.startswith(("lauf", "run", "train", "jog")) for w in words[one.start : one.end]
    )
    able = able or bool(_POSSIBLE & set(words[one.start : one.end])) or one.end - one.start <= 5
    strong = _STRONG & set(words[one.start : one.end])
    return (
        only
        and able
        and not strong
        and _DAYTIME.search(text) is not None
        and not one.has("HURT", "AREA", "SLEEP", "sleep")
    )


def _wish(index: int, parts: Sequence[Clause], words: Sequence[str], past: bool) -> Found:
    one = parts[index]
    wants = one.has("WANT")
    what = one.all("W")
    if any(i.group in {"weight_goal", "pregnancy"} for i in one.items) or one.measure("kg") is not None:
        return
    led = set(words[max(what[0].start - 4, one.start) : what[0].start]) if what else set()
    entered = one.has("W:race") and one.has("DAYWORD") and not _SINCE & led
    if what and (wants or entered) and not (past and not wants):
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
    before = parts[index - 1] if index and one.joined in {",", "and", "und"} else None
    wanted = wants or bool(_WANTS & set(words[one.start : one.end]))
    wanted = wanted or (before is not None and before.has("WANT") and before.sentence == one.sentence)
    after = parts[index + 1] if index + 1 < len(parts) and parts[index + 1].sentence == one.sentence else None
    hoped = after is not None and after.has("WANT") and not after.has("W", "kind", "RUN") and not after.measures
    if km is not None and not past and not one.has("HURT", "AREA", "SIT:during") and km.value <= 170:
        if (wanted and not any(i.tag == "NEG" for i in one.items)) or hoped:
            yield one.start, Constraint("wish", value=round(km.value, 1))
    elif wanted and not past and _somewhere(one, words):
        yield one.start, Constraint("wish")


def _somewhere(one: Clause, words: Sequence[str]) -> bool:
    """Return whether a run at some place is wished for: "could we do a run by the lake"."""
    if any(i.group.islower() or i.group in {"HURT", "AREA", "NEG", "IF", "BUSY", "ONLY"} for i in one.items):
        return False
    runs = [
        k
        for k in range(one.start, one.end)
        if words[k] in {"run", "laufen", "jog", "joggen", "rennen", "running", "lauf"}
    ]
    marked = {k for i in one.items if i.group in {"DAYWORD", "SIT", "NOW"} for k in range(i.start, i.end)}
    at = [k for k in range(one.start, one.end - 1) if words[k] in _AT and k not in marked and k + 1 not in marked]
    if names_place(words, one.start, one.end) is not None and runs:
        return True
    return bool(runs) and any(abs(k - r) <= 5 for k in at for r in runs)
