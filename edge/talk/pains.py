"""Pains: which place hurts or no longer does, on which side, how strongly and when.

The rule of this file: a place takes its word from its own clause, else from the one it is joined to; in doubt it hurts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edge.coach.said import Constraint
from edge.talk.clauses import Clause
from edge.talk.strength import (
    PAIN,
    RESOLVED,
    bare_rating,
    days_of,
    is_other_kind,
    only_place,
    rated_elsewhere,
    rating,
    severity_of,
    situation_of,
    state_of,
    strength_of,
)

#: Words that say pain with no place named.
_PLAIN_HURT = (
    "hurt", "pain", "ache", "achy", "aching", "schmer", "weh", "sore", "aua",
    "autsch", "ouch", "injur", "verletz",
)  # fmt: skip
_JOINS = frozenset({"and", "und", ",", "or", "oder", "n", "u", "plus", "also", "sowie", "as"})
_SPECIAL = {"arm": "other", "jaw": "other", "leg": "other", "stomach": "other"}
_NO_PULL = frozenset({"head", "leg", "arm", "jaw", "throat"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as it was named, and what is known of it so far; `state` is "" while nothing is."""

    area: str
    side: str
    position: int
    clause: int
    state: str = ""
    severity: float = math.nan
    situation: str = ""
    days: float = math.nan
    gone: bool = False


def pains(
    parts: Sequence[Clause], words: Sequence[str], skipped: frozenset[int], taken: frozenset[str]
) -> list[tuple[int, Constraint]]:
    """Return the pains said, with positions; `skipped` clauses ask for something, `taken` places are warnings."""
    walk = _Walk(parts, words, taken)
    for index, one in enumerate(parts):
        walk.feed(index, one, index in skipped)
    return [pair for pair in map(_constraint, walk.told()) if pair is not None]


def _constraint(one: Mention) -> tuple[int, Constraint] | None:
    if one.area == "chest":
        return (
            None
            if one.state == RESOLVED and not one.gone
            else (one.position, Constraint("red_flag", "chest", one.side, one.severity, "chest_pain"))
        )
    if one.area == "throat":
        return (one.position, Constraint("illness", situation="cold")) if one.state == PAIN else None
    area = _SPECIAL.get(one.area, one.area)
    if one.state == RESOLVED:
        return one.position, Constraint(RESOLVED, area, one.side)
    return one.position, Constraint(PAIN, area, one.side, one.severity, one.situation, one.days)


class _Walk:
    """Goes through the clauses and keeps what was named; complete once every clause is fed."""

    def __init__(self, parts: Sequence[Clause], words: Sequence[str], taken: frozenset[str]) -> None:
        self._parts, self._words, self._taken = parts, words, taken
        self._mentions: list[Mention] = []
        self._last: Mention | None = None
        self._situation = ""

    def told(self) -> list[Mention]:
        """Return the places of which something is known; a pain without a place only where none has one."""
        known = [m for m in self._mentions if m.state]
        placed = [m for m in known if m.area]
        if any(m.area == "chest" and m.state == PAIN for m in placed):
            placed = [m for m in placed if m.area not in {"arm", "jaw"}]
        placed = [m for m in placed if not (m.area in {"leg", "arm"} and self._is_tired(m))]
        placed = [m for m in placed if m.side or not any(_is_sided(m, other) for other in placed)]
        bare = [m for m in known if not m.area]
        if any(m.state == PAIN for m in placed) or self._taken:
            bare = []
        return placed + bare[-1:]

    def _is_tired(self, one: Mention) -> bool:
        """Return whether a leg is named for being tired or sore as a whole, and for no pain: "legs are trashed"."""
        clause = self._parts[one.clause]
        return clause.has("fatigue") and math.isnan(one.severity) and not one.side and not _strict(clause, self._words)

    def feed(self, index: int, one: Clause, skipped: bool) -> None:
        """Take in the next clause."""
        named = named_places(one, index)
        if not one.counts:
            dated = any(m.unit == "plain" and m.value >= 1950 for m in one.measures)
            self._last = None if one.old and dated else named[-1] if named and one.mine else self._last
            return
        if skipped and one.measure("of_ten") is None and not one.has("DESPITE"):
            self._last = None
            named = [m for m in named if m.area == "chest" and one.has("HURT", "PULLED")]
            if not named:
                return
        named = [m for m in named if m.area not in self._taken]
        if named:
            self._named(index, one, named)
        elif not any(m.area in self._taken for m in named_places(one, index)):
            self._unnamed(one, index)

    def _named(self, index: int, one: Clause, named: list[Mention]) -> None:
        pulled = any(m.area not in _NO_PULL for m in named)
        state = state_of(one, pulled) or rating(one, self._words) or self._joined(index, one)
        if not pulled and one.has("FINE") and not self._is_side(one, named) and self._never_hurt(one):
            return
        if not state and (self._bare(one) or self._feared(one, named)):
            state = PAIN
        if self._is_side(one, named):
            self._side(one, named[0], state)
            return
        if state == RESOLVED and (_only_named_as_pain(one) or self._never_hurt(one)):
            return
        filled = [self._filled(one, replace(m, state=state)) for m in named]
        if (
            self._mentions
            and not self._mentions[-1].area
            and self._mentions[-1].state == PAIN
            and self._mentions[-1].clause == index - 1
            and state != RESOLVED
        ):
            before = self._mentions.pop()
            filled = [
                replace(
                    m,
                    state=PAIN,
                    severity=_either(m.severity, before.severity),
                    situation=m.situation or before.situation,
                )
                for m in filled
            ]
        self._mentions += filled
        self._last, self._situation = filled[-1], ""

    def _never_hurt(self, one: Clause) -> bool:
        """Return whether a place is only said to be fine beside others: "big toe's fine though", "legs ok"."""
        ended = one.has("NOW", "GONE", "FREE", "NOTFELT") or one.denies("HURT", "PULLED") or one.measures
        return not ended and any(m.state == PAIN for m in self._mentions)

    def _is_side(self, one: Clause, named: list[Mention]) -> bool:
        """Return whether a leg or an arm only tells the side of the place before it: "terrible shin, both legs"."""
        last = self._last
        return (
            last is not None
            and last in self._mentions
            and not last.side
            and bool(last.area)
            and last.clause == named[0].clause - 1
            and all(m.area in {"leg", "arm"} and m.side for m in named)
            and one.sentence == self._parts[last.clause].sentence
        )

    def _side(self, one: Clause, named: Mention, state: str) -> None:
        assert self._last is not None
        sided = replace(self._last, side=named.side)
        self._update(self._filled(one, sided) if state == PAIN and sided.state == PAIN else sided)

    def _joined(self, index: int, one: Clause) -> str:
        """Return the state a place takes from the clause it is joined to: the next one first, then the one before."""
        denied = any(i.tag == "NEG" for i in one.items)
        ahead = index + 1
        while ahead < len(self._parts) - 1 and only_place(self._parts[ahead]):
            ahead += 1
        following = self._parts[ahead] if ahead < len(self._parts) else None
        if following is not None and following.joined in _JOINS and following.counts and not denied:
            state = state_of(following, True)
            if (
                state
                and (following.has("AREA", "SIDE", "FREE") or _strict(following, self._words))
                and one.sentence == following.sentence
            ):
                return state
        before = self._last
        if before is None or not before.state or before.clause != index - 1:
            return ""
        if one.joined in {"but", "aber"} and {"does", "do", "schon", "dafuer"} & set(self._words[one.start : one.end]):
            return PAIN
        if denied:
            return PAIN if before.state == RESOLVED else RESOLVED
        return (
            before.state
            if one.joined in _JOINS and one.sentence == self._parts[before.clause].sentence and one.unknown == 0
            else ""
        )

    def _bare(self, one: Clause) -> bool:
        """Return whether a clause names no more than a place with its side or when."""
        other = any(
            i.group.islower() or i.group in {"WANT", "IGNORE", "NEUTRAL", "RUN", "W", "LET", "NEG"} for i in one.items
        )
        return one.has("SIDE", "SIT", "SEV") and not other and one.unknown == 0 and not one.has("SWEAT", "BLEED")

    def _feared(self, one: Clause, named: list[Mention]) -> bool:
        """Return whether a place is named in a way that must not be passed over: the chest, or by a doctor."""
        if one.has("FINE", "FREE") or any(i.tag == "NEG" for i in one.items):
            return False
        return (
            one.has("PRO")
            or self._because(one, named)
            or (any(m.area == "chest" for m in named) and not one.has("W:strength"))
        )

    def _because(self, one: Clause, named: list[Mention]) -> bool:
        """Return whether something is done for a place: "Kortison wegen der Schulter"."""
        return not one.has("OTHER") and any(
            m.area != "other" and "wegen" in self._words[max(m.position - 3, one.start) : m.position] for m in named
        )

    def _filled(self, one: Clause, mention: Mention) -> Mention:
        situation = mention.situation or situation_of(one) or self._situation
        if mention.state != PAIN:
            return replace(mention, gone=one.has("HURT") and one.has("GONE"))
        return replace(
            mention,
            severity=_either(strength_of(one, self._words, mention.area), mention.severity),
            situation=situation,
            days=_either(days_of(one), mention.days),
        )

    def _unnamed(self, one: Clause, index: int) -> None:
        state, last = state_of(one, False), self._last
        rated = one.measure("of_ten") is not None
        number = None if self._words[one.start] in {"first", "second", "third"} else bare_rating(one)
        if number is not None and last in self._mentions and last is not None and last.state == PAIN:
            worded = last.clause < len(self._parts) and not self._parts[last.clause].measures
            self._update(replace(last, severity=number if worded else _either(last.severity, number)))
        elif (
            last is not None
            and one.has("SIDE")
            and (state or rated or one.has("PULLED", "FINE"))
            and not rated_elsewhere(one)
        ):
            other = Mention(last.area, one.all("SIDE")[0].name, one.start, index, state_of(one, True) or PAIN)
            if other.state == RESOLVED and last.side and self._never_hurt(one):
                return
            if last in self._mentions and not last.side and math.isnan(last.severity) and last.clause == index - 1:
                self._update(self._filled(one, replace(other, position=last.position, situation=last.situation)))
            else:
                self._mentions.append(self._filled(one, other))
                self._last = self._mentions[-1]
        elif last is not None and last in self._mentions and one.has("SIDE") and not last.side and not one.has("SIT"):
            self._update(replace(last, side=one.all("SIDE")[0].name))
        elif state == RESOLVED:
            self._resolve(one, index)
        elif state == PAIN and (rated or _strict(one, self._words)):
            self._hurts(one, index)
        elif (
            last is not None
            and one.has("SIT", "SEV")
            and not is_other_kind(one)
            and last.state == PAIN
            and self._mentions
        ):
            self._update(
                replace(
                    last,
                    situation=last.situation or situation_of(one),
                    severity=_either(
                        last.severity,
                        severity_of(one, self._words) if one.has("PULLED") or not one.unknown else math.nan,
                    ),
                )
            )
        elif one.has("SIT") and index and self._words[one.start] in {"only", "nur"} and self._denied_before(index):
            self._mentions.append(self._filled(one, Mention("", "", one.start, index, PAIN)))
        elif one.has("SIT"):
            self._situation = situation_of(one)

    def _denied_before(self, index: int) -> bool:
        """Return whether the clause before denies a pain at times: "it does not hurt when I run, only when I sit"."""
        before = self._parts[index - 1]
        return before.denies("HURT") and before.has("SIT") and not before.has("AREA")

    def _resolve(self, one: Clause, index: int) -> None:
        last, denied = self._last, one.denies("HURT")
        if last in self._mentions and last is not None and one.measure("of_ten") is not None:
            self._update(replace(last, state=RESOLVED, gone=last.area == "chest"))
            return
        if denied and one.has("SIT"):
            return
        if last is not None and last.state != RESOLVED and (one.has("NOW", "GONE") or (denied and not last.state)):
            done = replace(last, state=RESOLVED, gone=last.area == "chest" and last.state == PAIN)
            self._update(done) if last in self._mentions else self._mentions.append(done)
            self._last = done

    def _hurts(self, one: Clause, index: int) -> None:
        if self._last is not None and self._last in self._mentions:
            changed = self._filled(one, replace(self._last, state=PAIN))
            worst = self._last.severity
            if one.measure("of_ten") is not None and not one.has("NOW") and changed.severity < worst:
                changed = replace(changed, severity=worst)
            self._update(changed)
        elif _strict(one, self._words) or one.has("SIT", "SIDE") or not is_other_kind(one):
            side = one.all("SIDE")[0].name if one.has("SIDE") else ""
            self._mentions.append(self._filled(one, Mention("", side, one.start, index, PAIN)))
            self._last = self._mentions[-1]

    def _update(self, changed: Mention) -> None:
        """Put a changed mention in place of the last one, and of those that were named with it."""
        for k, known in enumerate(self._mentions):
            if known is self._last:
                self._mentions[k] = changed
            elif self._last is not None and self._with(known, self._last, changed):
                self._mentions[k] = replace(known, severity=changed.severity)
        self._last = changed

    def _with(self, known: Mention, last: Mention, changed: Mention) -> bool:
        """Return whether a place was named in one breath with the last and takes its strength: "back and shoulder"."""
        joined = self._parts[last.clause].joined in {"and", "und"} if last.clause < len(self._parts) else False
        near = known.clause == last.clause or (joined and known.clause == last.clause - 1)
        return near and known.state == changed.state == PAIN and math.isnan(known.severity)


def _is_sided(one: Mention, other: Mention) -> bool:
    """Return whether another mention tells of the same pain with its side: "Leiste und Adduktoren links"."""
    same = one.area == other.area and bool(other.side) and one.state == other.state == PAIN
    return same and (math.isnan(one.severity) or one.severity == other.severity)


def _strict(one: Clause, words: Sequence[str]) -> bool:
    return any(words[k].startswith(_PLAIN_HURT) for i in one.all("HURT") for k in range(i.start, i.end)) or one.denies(
        "FREE"
    )


def named_places(one: Clause, index: int) -> list[Mention]:
    """Return the places a clause names, each with its side; a place named twice counts once."""
    areas = [i for i in one.items if i.group == "AREA"]
    areas = [i for i in areas if i.name not in {"leg", "arm"}] or areas
    sides = [i for i in one.items if i.group == "SIDE"]
    found: dict[tuple[str, str], Mention] = {}
    for k, area in enumerate(areas):
        begin = areas[k - 1].end if k else one.start
        end = areas[k + 1].start if k + 1 < len(areas) else one.end
        ahead = [s for s in sides if begin <= s.start < area.start or area.start <= s.start < area.end]
        behind = [s for s in sides if area.end <= s.start < end]
        side = ahead[-1] if ahead else behind[0] if behind else None
        if ahead and k and not behind and ahead[-1].start == begin and len(areas) > len(sides):
            side = ahead[-1]
        name = side.name if side is not None else "left" if "links" in area.tag else ""
        found.setdefault((area.name, name), Mention(area.name, name, area.start, index))
    sided = {area for area, side in found if side}
    return [m for (area, side), m in found.items() if side or area not in sided]


def hurting_in(one: Clause, words: Sequence[str]) -> list[tuple[int, Constraint]]:
    """Return the pains of the places that a clause names, where it is known by other means that something hurts."""
    named = named_places(one, 0) or [Mention("", "", one.start, 0)]
    filled = [
        replace(
            m,
            state=PAIN,
            severity=strength_of(one, words, m.area),
            situation=situation_of(one),
            days=days_of(one),
        )
        for m in named
    ]
    return [pair for pair in map(_constraint, filled) if pair is not None]


def _only_named_as_pain(one: Clause) -> bool:
    """Return whether a place is named by a denied pain alone: "no headache" ends no injury."""
    areas = [i for i in one.items if i.group == "AREA"]
    hurts = {(i.start, i.end) for i in one.items if i.group == "HURT" and i.negated}
    return bool(areas) and all((i.start, i.end) in hurts for i in areas)


def _either(first: float, second: float) -> float:
    return second if math.isnan(first) else first
