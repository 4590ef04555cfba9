"""The catalogue of cards as values, and the engine that chooses among them for one moment of one person.

The rule of this file: a pure function of catalogue, facts and history; safety first, then what matters most, and
nothing at all is a choice. The texts come from outside (`app/cards`): nothing is written here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from edge.coach.conditions import Condition, holds
from edge.coach.facts import Facts
from edge.coach.journeys import Journey, steps_open
from edge.coach.shown import DAY_S, SEEN, Moment, Rests, shown_by_day, shown_on, stays_away
from edge.coach.template import Sentence, text_of
from edge.coach.types import Content, Reason, Shown, Standing

TONES = ("calm", "warm", "plain", "urgent")
#: Expiries without a number: the end of the day or week, when the body has settled, the end of the race's day.
EXPIRIES = ("day", "week", "settled", "race")

#: For so long a later card of a group keeps the earlier ones of the same occasion away.
LATER_HOLDS_DAYS = 28.0


@dataclass(frozen=True, slots=True)
class Texts:
    """One card in one language."""

    title: tuple[Sentence, ...]
    text: tuple[Sentence, ...]
    because: tuple[Sentence, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Lift:
    """What a model's value adds to a card's importance: points for each quantum, up to a limit in quanta."""

    name: str
    quantum: float
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Card:
    """One card: when, how important, until when, how often, from which evidence, and its texts by language."""

    card_id: str
    theme: str
    importance: float
    tone: str
    when: tuple[Condition, ...]
    expires: str
    """One of `EXPIRIES`, or a number of days."""
    rests: Rests
    evidence: tuple[str, ...]
    numbers: tuple[str, ...]
    stamp: tuple[tuple[str, float], ...]
    """The facts, with their quanta, that make an occasion."""
    texts: tuple[tuple[str, Texts], ...]
    alone: bool = False
    """While it applies, only cards of safety speak beside it."""
    group: str = ""
    stage: int = 0
    """Within a group and an occasion, a card does not come after one of a later stage."""
    group_rest_days: float = 0.0
    in_journey: bool = False
    """Only as an open step of a journey."""
    needs: tuple[str, ...] = ()
    """Kinds of session of which the rules must leave one."""
    lifts: tuple[Lift, ...] = ()

    @property
    def safety(self) -> bool:
        """Whether the card ignores how often the coach speaks."""
        return self.rests.safety


@dataclass(frozen=True, slots=True)
class Policy:
    """How often the coach speaks unasked: cards beside those of safety a day and in seven days, and quiet hours."""

    cards_a_day: int = 2
    cards_a_week: int = 7
    quiet_from_hour: float = 21.0
    quiet_until_hour: float = 7.0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All cards and journeys, the policy, and the hash of what they were read from ("" for none)."""

    cards: tuple[Card, ...] = ()
    journeys: tuple[Journey, ...] = ()
    policy: Policy = Policy()
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The cards to show, the most important first, and why each other card that applies stays away."""

    content: tuple[Content, ...]
    away: tuple[tuple[str, str], ...]


def choose(
    catalogue: Catalogue,
    facts: Facts,
    history: Sequence[Shown],
    language: str,
    standings: Sequence[Standing] = (),
) -> Choice:
    """Return the cards for this moment in a language of the catalogue; none is a choice too."""
    moment = Moment(facts.now_unix_s, facts.utc_offset_s)
    applying = [card for card in catalogue.cards if applies(card, facts)]
    alone = any(card.alone for card in applying)
    opened = steps_open(catalogue.journeys, standings, history, facts)
    away = {card.card_id: _away(card, catalogue, facts, history, opened, alone) for card in applying}
    ready = sorted((c for c in applying if not away[c.card_id]), key=lambda c: _order(c, facts))
    chosen = _within(ready, catalogue, history, moment, away)
    content = tuple(content_of(card, facts, language) for card in chosen)
    return Choice(content, tuple((card_id, why) for card_id, why in away.items() if why))


def applies(card: Card, facts: Facts) -> bool:
    """Return whether a card's conditions hold, the rules leave its kind of session, and it is not expired already."""
    left = not card.needs or any(f"left:{kind}" in facts.flags for kind in card.needs)
    return left and holds(card.when, facts) and valid_until(card, facts) > facts.now_unix_s


def allowed(card: Card, history: Sequence[Shown], facts: Facts) -> bool:
    """Return whether history lets a card be shown now (its own, not that of its group)."""
    moment = Moment(facts.now_unix_s, facts.utc_offset_s)
    return not stays_away(card.card_id, card.rests, stamp_of(card, facts), history, moment)


def score(card: Card, facts: Facts) -> float:
    """Return the importance of a card for this person: what is written, and what models add to it."""
    return card.importance + sum(_lifted(lift, facts) for lift in card.lifts)


def stamp_of(card: Card, facts: Facts) -> str:
    """Return what makes this occasion: the card's facts in whole quanta, "" where none is known."""
    values = ((name, facts.number(name), quantum) for name, quantum in card.stamp)
    return " ".join(f"{name}={math.floor(v / q):d}" for name, v, q in values if math.isfinite(v))


def valid_until(card: Card, facts: Facts) -> float:
    """Return until when a card is true, in Unix s."""
    if card.expires == "day":
        return facts.end_of_day_unix_s
    if card.expires == "week":  # up to the end of Sunday; day 0 was a Thursday
        return facts.end_of_day_unix_s + (6 - (facts.today + 3) % 7) * DAY_S
    if card.expires == "settled":
        days = facts.settled_days if math.isfinite(facts.settled_days) else 1.0
        return facts.now_unix_s + max(days, 1.0) * DAY_S
    if card.expires == "race":
        days = facts.to_race_days if math.isfinite(facts.to_race_days) else 0.0
        return facts.end_of_day_unix_s + days * DAY_S
    return facts.end_of_day_unix_s + (float(card.expires) - 1.0) * DAY_S


def content_of(card: Card, facts: Facts, language: str) -> Content:
    """Return a card as it is shown; KeyError where the catalogue does not speak the language."""
    texts = dict(card.texts)[language]
    numbers = tuple((n, facts.number(n)) for n in card.numbers if math.isfinite(facts.number(n)))
    because = text_of(texts.because, facts, language)
    return Content(
        card.card_id,
        text_of(texts.title, facts, language),
        text_of(texts.text, facts, language),
        (Reason(because, numbers, card.evidence),) if because else (),
        valid_until(card, facts),
        card.tone,
        texts.action,
        stamp_of(card, facts),
        card.safety,
    )


def _lifted(lift: Lift, facts: Facts) -> float:
    value = facts.number(lift.name)
    quanta = math.floor(value / lift.quantum + 1e-9) if math.isfinite(value) else 0
    return lift.points * min(max(quanta, 0), lift.most)


def _order(card: Card, facts: Facts) -> tuple[bool, float, str]:
    return not card.safety, -score(card, facts), card.card_id


def _away(
    card: Card,
    catalogue: Catalogue,
    facts: Facts,
    history: Sequence[Shown],
    opened: frozenset[str],
    alone: bool,
) -> str:
    """Return why a card that applies is not shown; "" where it may be."""
    if alone and not card.safety:
        return "something more important"
    if card.in_journey and card.card_id not in opened:
        return "no step of a journey now"
    stamp, moment = stamp_of(card, facts), Moment(facts.now_unix_s, facts.utc_offset_s)
    own = stays_away(card.card_id, card.rests, stamp, history, moment)
    return own or _group_away(card, catalogue, stamp, history, moment)


def _group_away(card: Card, catalogue: Catalogue, stamp: str, history: Sequence[Shown], moment: Moment) -> str:
    """Return why other cards of its group keep a card away."""
    if not card.group:
        return ""
    stages = {c.card_id: c.stage for c in catalogue.cards if c.group == card.group and c.card_id != card.card_id}
    for one in history:
        if one.card_id not in stages or one.outcome not in SEEN or one.at_unix_s >= moment.now_unix_s:
            continue
        lately = moment.now_unix_s - one.at_unix_s < LATER_HOLDS_DAYS * DAY_S
        if lately and stamp and one.stamp == stamp and stages[one.card_id] > card.stage:
            return "a later card was shown"
        if moment.today < moment.day(one.at_unix_s) + card.group_rest_days:
            return "one of its kind was shown lately"
    return ""


def _within(
    ready: Sequence[Card], catalogue: Catalogue, history: Sequence[Shown], moment: Moment, away: dict[str, str]
) -> list[Card]:
    """Return what the policy leaves, in order: all of safety, one of a group, so many a day and a week."""
    policy = catalogue.policy
    safety = {card.card_id for card in catalogue.cards if card.safety}
    by_day = shown_by_day(history, moment, 8)
    today = by_day.get(moment.today, set())
    counted = [len(by_day.get(moment.today - back, set()) - safety) for back in range(1, 7)]
    left = min(policy.cards_a_day, policy.cards_a_week - sum(counted)) - len(today - safety)
    chosen: list[Card] = []
    groups: set[str] = set()
    kept = [c for c in ready if c.card_id in today]
    for card in (*kept, *(c for c in ready if c.card_id not in today)):
        fresh = not card.safety and card.card_id not in today
        if not card.safety and card.group and card.group in groups:
            away[card.card_id] = "another of its kind speaks today"
        elif fresh and left <= 0:
            away[card.card_id] = "enough was said"
        else:
            left -= fresh
            groups |= {card.group} if not card.safety else set()
            chosen.append(card)
    return [card for card in ready if card in chosen]


def speaks_unasked(
    content: Sequence[Content], history: Sequence[Shown], policy: Policy, moment: Moment
) -> tuple[Content | None, str]:
    """Return the one card to bring to the person unasked, or None and why nothing is said.

    In quiet hours only what is urgent speaks, and what was on the screen today is not said again.
    """
    seen = shown_on(history, moment, moment.today)
    fresh = [card for card in content if card.content_id not in seen]
    if not fresh:
        return None, "nothing new to say"
    urgent = [card for card in fresh if card.tone == "urgent"]
    if urgent:
        return urgent[0], ""
    hour = (moment.now_unix_s + moment.utc_offset_s) % DAY_S / 3600.0
    quiet = hour >= policy.quiet_from_hour or hour < policy.quiet_until_hour
    return (None, "quiet hours") if quiet else (fresh[0], "")
