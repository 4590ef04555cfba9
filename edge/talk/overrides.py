"""Requests to set a rule aside: they are heard and kept as such, and change nothing else.

The rule of this file: from such a clause no wish, no time and nothing that eases is taken; what tightens stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from edge.talk.clauses import Clause
from edge.talk.combos import asked_together
from edge.talk.tokens import listed

#: Words of asking to ignore that are common in other talk: they need a rule or a limit beside them.
_WEAK = listed(
    "dont i schenken forget skip drop remove delete hide lift cancel suspend erase lower reduce loosen relax "
    "block kill raise increase exceed break discard enough dismiss waive without "
    "lass stell stelle heb hebe setz senke lockere streich streiche umgeh umgehe erhoehe erhoehen "
    "blende sparen spar aussetzen abstellen brauche brauch will verzichte keine keinen "
    "fuck damn sod do go spare turn switch get leave doesnt who dont kein schalt schalte loesche "
    "loesch entferne schluss weg weglassen"
)
_STRONG_PHRASES = frozenset(
    {
        "dont care",
        "dont worry",
        "dont mind",
        "doesnt matter",
        "dont bother",
        "forget about",
        "forget my",
        "forget this",
        "keine sorgen",
        "dont listen to",
        "keine ruecksicht",
        "dont let",
        "dont pay attention",
        "lass dich nicht",
        "stop worrying",
    }
)
_SYMPTOM = ("HURT", "illness", "red_s", "fatigue", "red_flag", "pregnancy", "sleep", "PULLED", "AREA", "medication")
#: What is to be ignored, and its name; the first two also after a weak word.
_TARGETS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("LIMIT",), "limit"),
    (("WARN",), "warnings"),
    (("HEART", "AREA:chest"), "heart"),
    (("HURT", "AREA", "PULLED"), "pain"),
    (("illness", "red_s", "red_flag", "fatigue", "QUIT", "SLEEP", "weather", "pregnancy", "sleep"), ""),
)
_THINGS = (
    (("limit", "cap", "grenze", "deckel", "obergrenze", "pulsgrenze", "pulslimit"), "limit"),
    (("warn", "alarm", "alert", "hinweis", "regel", "rule"), "warnings"),
    (("heart", "herz", "puls", "hr"), "heart"),
    (("pain", "schmerz", "hurt", "knee", "knie", "achilles", "weh"), "pain"),
)
_DENIED = frozenset({"dont", "not", "nicht", "never", "cant", "cannot", "nie", "didnt", "wont"})
#: Before a verb they make it a noun: "seit dem Heben".
_NOUN = frozenset({"dem", "beim", "vom", "zum"})
_NOT_SPARED = frozenset({"keine", "kein", "nicht", "ohne", "no", "stop", "without", "enough", "genug", "schluss"})
_IT = frozenset({"it", "that", "this", "das", "es", "everything", "alles", "them", "ihn", "sie", "those"})


def overrides(parts: Sequence[Clause], words: Sequence[str]) -> tuple[str | None, int, frozenset[int]]:
    """Return what is to be set aside ("" where it is not named, None for no request), where, and in which clauses."""
    found = [(index, one, _request(index, parts, words)) for index, one in enumerate(parts) if one.mine]
    asked = [(index, one, what) for index, one, what in found if what is not None]
    if not asked:
        return None, 0, frozenset()
    named = next((what for _, _, what in asked if what), "")
    return named, asked[0][1].start, frozenset(index for index, _, _ in asked)


def _request(index: int, parts: Sequence[Clause], words: Sequence[str]) -> str | None:
    one = parts[index]
    direct = [i for i in one.items if i.group == "override_request"]
    ignored = _ignored(one, words)
    if ignored is not None:
        return ignored
    together = None if one.has("IF", "OLD") else asked_together(one, words)
    if together is not None and not direct:
        return together
    if direct:
        return direct[0].name or _named(words[one.start : one.end])
    lasting = {"seit", "monaten", "monate"} & set(words[one.start : one.end])  # "Regel seit Monaten weg"
    told = one.has("PRO", "HURT", "FINE", "OLD", "cycle")
    if one.has("LIMIT", "WARN") and not lasting and _off(one, words) and not told:
        return "limit" if one.has("LIMIT") else "warnings"
    if one.has("PERMIT") and one.has("LET") and one.has("W:fast", "W:long", "W:race", "W:hills"):
        return ""
    if one.has("GO") and one.has("LET", "PERMIT"):
        return ""
    if one.has("SPARE") and any(i.tag == "NEG" or words[i.start] in _NOT_SPARED for i in one.items):
        return "warnings"
    if one.has("THROUGH") and one.has("HURT") and not _caused(one, words):
        return "pain"
    if (
        one.has("THROUGH")
        and (one.has("LET", "ANYWAY") or _follows(index, parts, "ANYWAY"))
        and not one.has("SLEEP", "sleep")
    ):
        return ""
    if one.has("PRETEND"):
        return "pain" if one.has("AREA", "HURT") else ""
    polite = {"gern", "gerne"} & set(words[one.start : one.end]) and not any(
        c.has("red_flag", "AREA:chest", "HEART") for c in parts
    )
    slimming = index > 0 and parts[index - 1].has("weight_goal") and parts[index - 1].sentence == one.sentence
    if one.has("ANYWAY") and (polite or slimming or _is_asked(words[one.start : one.end])):
        return None
    said = set(words[one.start : one.end])
    left_out = {"lass", "lasse", "lassen"} & said and {"weg", "aus"} & said  # "die Bahn lass ich trotzdem weg"
    if one.has("ANYWAY") and one.has("LET", "RUN", "WANT", "W") and not left_out:
        return ""
    return "" if _despite(index, parts) or _or_not(index, parts, words) else None


def _caused(one: Clause, words: Sequence[str]) -> bool:
    """Return whether "durch" tells only where a pain comes from: "Schmerzen durch den Sturz"."""
    through = [i for i in one.all("THROUGH") if words[i.start] == "durch" and i.end - i.start == 2]
    return len(through) == len(one.all("THROUGH")) and all(h.start < i.start for i in through for h in one.all("HURT"))


def _is_asked(said: Sequence[str]) -> bool:
    """Return whether leave is asked for, and nothing is ordered: "darf ich trotzdem laufen"."""
    return any(tuple(said[k : k + 2]) in {("darf", "ich"), ("kann", "ich")} for k in range(len(said)))


def _named(said: Sequence[str]) -> str:
    """Return what a request in words of its own sets aside, by the thing it names."""
    return next((name for stems, name in _THINGS if any(word.startswith(stems) for word in said)), "")


def _off(one: Clause, words: Sequence[str]) -> bool:
    return one.has("OFF") or words[one.end - 1] in {"auf", "ab", "hoch", "up"}


def _or_not(index: int, parts: Sequence[Clause], words: Sequence[str]) -> bool:
    """Return whether a symptom or a doctor is waved aside, "fever or not", and running is asked for."""
    one = parts[index]
    said = " ".join(words[one.start : one.end])
    near = [c for c in parts[max(index - 1, 0) : index + 2] if c.sentence == one.sentence]
    told = one.has(*_SYMPTOM, "PRO") or any(i.group in {"HURT", "AREA"} or i.group.islower() for i in one.items)
    return told and said.endswith(("or not", "hin oder her")) and any(c.has("LET", "WANT", "RUN", "W") for c in near)


def _follows(index: int, parts: Sequence[Clause], tag: str) -> bool:
    return index + 1 < len(parts) and parts[index + 1].has(tag)


def _ignored(one: Clause, words: Sequence[str]) -> str | None:
    """Return what a clause asks to ignore, None where it does not."""
    for i in one.all("IGNORE"):
        phrase = " ".join(words[i.start : i.end])
        if (i.start and words[i.start - 1] in _DENIED | _NOUN) or any(
            m.start <= i.start < m.end for m in one.all("mood", "red_s")
        ):
            continue
        weak = words[i.start] in _WEAK and phrase not in _STRONG_PHRASES
        target = next((name for tags, name in _TARGETS[: 2 if weak else None] if one.has(*tags)), None)
        if target is not None:
            return target
        if not weak and any(words[k] in _IT for k in range(one.start, one.end)):
            return ""
    return None


def _despite(index: int, parts: Sequence[Clause]) -> bool:
    """Return whether hard or any running is asked for in spite of a symptom, here or in the next clause."""
    one = parts[index]
    if not (one.has("LET") and one.has("RUN", "W", "CAN")):
        return False
    near = [one, *([parts[index + 1]] if index + 1 < len(parts) else [])]
    return any(c.has("DESPITE") and c.has(*_SYMPTOM) for c in near)
