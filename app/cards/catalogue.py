"""The catalogue from its TOML files, checked as it is read: a mistake is named with file, card and key.

The rule of this file: texts and numbers come from the files beside it; `docs/content.md` says how to write them.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from edge.coach.catalogue import EXPIRIES, TONES, Card, Catalogue, Lift, Texts
from edge.coach.conditions import Condition, conditions
from edge.coach.facts import NUMBERS
from edge.coach.journeys import Journey, Step
from edge.coach.languages import LANGUAGES
from edge.coach.shown import Rests
from edge.coach.template import Sentence, template

FOLDER = Path(__file__).parent
JOURNEYS = "journeys.toml"
SESSION_KINDS = frozenset({"easy", "long", "steady", "intervals", "first", "return"})
#: Days that a card stays away after it was shown, done or refused, where the file says nothing.
_RESTS, _SAFETY_RESTS = (21.0, 180.0, 365.0), (7.0, 14.0, 14.0)
_KEYS = frozenset(
    {
        *("id", "theme", "importance", "tone", "safety", "alone", "when", "expires", "shown_days", "done_days"),
        *("refused_days", "once", "stamp", "group", "stage", "group_rest_days", "in_journey", "needs", "lift"),
        *("evidence", "numbers", *LANGUAGES),
    }
)


@functools.cache
def catalogue(folder: Path = FOLDER) -> Catalogue:
    """Return the catalogue of a folder of TOML files; ValueError names the file, the card and what is wrong in it."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}
    cards = [card for name in texts if name != JOURNEYS for card in _cards(name, texts[name])]
    journeys = tuple(_journey(_Table(JOURNEYS, t)) for t in _tables(JOURNEYS, texts.get(JOURNEYS, ""), "journey"))
    ids = [card.card_id for card in cards]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"cards with one id: {', '.join(twice)}")
    unknown = sorted({s.card_id for j in journeys for s in j.steps} - set(ids))
    if unknown:
        raise ValueError(f"{JOURNEYS}: no such cards: {', '.join(unknown)}")
    digest = hashlib.sha256("\0".join(f"{name}\0{text}" for name, text in texts.items()).encode()).hexdigest()[:16]
    return Catalogue(tuple(cards), journeys, content_hash=digest)


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table with where it stands, read key by key by type."""

    where: str
    values: Mapping[str, object]

    def word(self, key: str, otherwise: str | None = None) -> str:
        found = self.values.get(key, otherwise)
        return found if isinstance(found, str) else self._wrong(key, "a text")

    def number(self, key: str, otherwise: float | None = None) -> float:
        found = self.values.get(key, otherwise)
        fine = isinstance(found, (int, float)) and not isinstance(found, bool)
        return float(found) if fine and isinstance(found, (int, float)) else self._wrong(key, "a number")

    def whole(self, key: str, otherwise: int | None = None) -> int:
        return int(self.number(key, otherwise))

    def yes(self, key: str) -> bool:
        found = self.values.get(key, False)
        return found if isinstance(found, bool) else self._wrong(key, "true or false")

    def words(self, key: str) -> tuple[str, ...]:
        found = self.values.get(key, [])
        fine = isinstance(found, list) and all(isinstance(one, str) for one in found)
        return tuple(found) if fine and isinstance(found, list) else self._wrong(key, "a list of texts")

    def tables(self, key: str) -> list[_Table]:
        found = self.values.get(key, [])
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return [_Table(f"{self.where} {key}", one) for one in found]
        return self._wrong(key, "a list of tables")

    def table(self, key: str) -> _Table:
        found = self.values.get(key, {})
        return _Table(f"{self.where} {key}", found) if isinstance(found, dict) else self._wrong(key, "a table")

    def _wrong(self, key: str, kind: str) -> NoReturn:
        raise ValueError(f"{self.where}: {key} is not {kind}: {self.values.get(key)!r}")


def _tables(name: str, text: str, key: str) -> list[dict[str, object]]:
    try:
        found: object = tomllib.loads(text).get(key, [])
    except tomllib.TOMLDecodeError as problem:
        raise ValueError(f"{name}: {problem}") from problem
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    raise ValueError(f"{name}: {key} is not a list of tables")


def _cards(name: str, text: str) -> list[Card]:
    return [_card(_Table(f"{name}: {t.get('id', '?')}", t)) for t in _tables(name, text, "card")]


def _card(table: _Table) -> Card:
    """Return one card of a table; ValueError for an unknown key, tone, expiry, kind, fact, condition or gap."""
    tone, expires = table.word("tone"), table.word("expires", "day")
    strange = sorted(set(table.values) - _KEYS)
    if strange or tone not in TONES or not (expires in EXPIRIES or (expires.isdigit() and int(expires) > 0)):
        raise ValueError(f"{table.where}: unknown key, tone or expiry: {strange} {tone!r} {expires!r}")
    needs, numbers = table.words("needs"), table.words("numbers")
    stamp = tuple((n, table.table("stamp").number(n)) for n in table.table("stamp").values)
    lifts = tuple(_lift(one) for one in table.tables("lift"))
    named = {*numbers, *(n for n, _ in stamp), *(lift.name for lift in lifts)}
    if not set(needs) <= SESSION_KINDS or not named <= NUMBERS:
        raise ValueError(f"{table.where}: no such kinds or numbers: {set(needs) - SESSION_KINDS} {named - NUMBERS}")
    return Card(
        table.word("id"),
        table.word("theme"),
        table.number("importance"),
        tone,
        _conditions(table, "when"),
        expires,
        _rests(table),
        table.words("evidence"),
        numbers,
        stamp,
        tuple((language, _texts(table.table(language))) for language in LANGUAGES),
        table.yes("alone"),
        table.word("group", ""),
        table.whole("stage", 0),
        table.number("group_rest_days", 0.0),
        table.yes("in_journey"),
        needs,
        lifts,
    )


def _rests(table: _Table) -> Rests:
    safety = table.yes("safety")
    usual = _SAFETY_RESTS if safety else _RESTS
    shown, done, refused = (
        table.number(f"{what}_days", days) for what, days in zip(("shown", "done", "refused"), usual, strict=True)
    )
    if min(shown, done, refused) < 1.0 or max(shown, done, refused) > 366.0:
        raise ValueError(f"{table.where}: a cool-down is 1 to 366 days")
    return Rests(shown, done, refused, safety, table.yes("once"))


def _lift(table: _Table) -> Lift:
    return Lift(table.word("of"), table.number("quantum"), table.number("points"), table.number("most"))


def _texts(table: _Table) -> Texts:
    title, text, because = (
        _sentences(table, "title", one=True),
        _sentences(table, "text"),
        _sentences(table, "because", one=True),
    )
    return Texts(title, text, because, table.word("action"))


def _sentences(table: _Table, key: str, one: bool = False) -> tuple[Sentence, ...]:
    """Return sentences: each a text, a list of variants or a table of `when` and `say`; `one` has variants alone."""
    found = table.values.get(key)
    listed: Sequence[object] = [found] if one or not isinstance(found, list) else found
    return tuple(_sentence(table, key, item) for item in listed)


def _sentence(table: _Table, key: str, item: object) -> Sentence:
    if isinstance(item, dict):
        inner = _Table(f"{table.where} {key}", item)
        return Sentence(_conditions(inner, "when"), _sentence(inner, "say", item.get("say")).variants)
    variants = [item] if isinstance(item, str) else item
    if not isinstance(variants, list) or not variants or not all(isinstance(v, str) and v for v in variants):
        raise ValueError(f"{table.where}: {key} is no text: {item!r}")
    try:
        return Sentence((), tuple(template(v) for v in variants))
    except ValueError as problem:
        raise ValueError(f"{table.where}: {problem}") from problem


def _conditions(table: _Table, key: str) -> tuple[Condition, ...]:
    found = table.values.get(key, [])
    try:
        return conditions([found] if isinstance(found, str) else table.words(key))
    except ValueError as problem:
        raise ValueError(f"{table.where}: {problem}") from problem


def _journey(table: _Table) -> Journey:
    table = _Table(f"{JOURNEYS}: {table.word('id')}", table.values)
    stamp = table.word("stamp", "")
    if stamp and stamp not in NUMBERS:
        raise ValueError(f"{table.where}: no such number: {stamp!r}")
    return Journey(
        table.word("id"),
        tuple(Step(step.word("card"), step.whole("from"), step.whole("to")) for step in table.tables("steps")),
        _conditions(table, "starts"),
        _conditions(table, "injured"),
        _conditions(table, "overtaken"),
        _conditions(table, "done"),
        _conditions(table, "stale"),
        table.whole("lasts_days"),
        table.whole("rests_days"),
        stamp,
        tuple((language, table.word(language)) for language in LANGUAGES),
    )
