"""Nothing stale: days of simulated people, and a judge who keeps his own books of what must not come back.

python tests/programs/content/stale.py [DAYS]      (default 1,000,000; about 20 minutes)

The judge reads the written cool-downs of each card, nothing of the engine: after "done", "refused" and "shown" a card
must stay away so many days (a card of safety may come back on another occasion), no card may be shown that has expired,
and a journey that ended must not go on.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3])]

from app.cards import catalogue
from edge.coach.catalogue import Card, choose
from edge.coach.facts import Facts
from edge.coach.journeys import EXITS, standings
from edge.coach.shown import Moment, compact
from edge.coach.types import Content, Shown

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent)]
    from life import DAY_S, Life
else:
    from programs.content.life import DAY_S, Life

DAYS_OF_A_LIFE = 1000
LANGUAGES = ("en", "de")


@dataclass(slots=True)
class Judge:
    """What must not come back yet, by card; and what was wrong."""

    cards: dict[str, Card]
    shown: dict[str, tuple[int, str]] = field(default_factory=dict)
    ended: dict[tuple[str, str, str], float] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    days: int = 0
    silent: int = 0
    said: Counter[str] = field(default_factory=Counter)
    a_week: list[tuple[int, str]] = field(default_factory=list)

    def see(self, content: tuple[Content, ...], facts: Facts) -> None:
        self.days += 1
        self.silent += not content
        for card in content:
            self._see(card, facts)
        fresh = [c.content_id for c in content if not c.safety]
        self.a_week = [(d, i) for d, i in self.a_week if d > facts.today - 7] + [(facts.today, i) for i in fresh]
        self.wrong["more than two a day"] += len(fresh) > 2
        self.wrong["more than seven in a week"] += len(self.a_week) > 7

    def _see(self, card: Content, facts: Facts) -> None:
        known, rests = self.cards[card.content_id], self.cards[card.content_id].rests
        self.said[card.content_id] += 1
        self.wrong["expired"] += card.valid_until_unix_s <= facts.now_unix_s
        for outcome, days in (("done", rests.done_days), ("refused", rests.refused_days)):
            for stamp in (card.stamp,) if known.safety else {s for c, _, s in self.ended if c == card.content_id}:
                at = self.ended.get((card.content_id, outcome, stamp))
                self.wrong[outcome] += at is not None and facts.now_unix_s < at + days * DAY_S
        last = self.shown.get(card.content_id)
        if last is not None and last[0] < facts.today < last[0] + rests.shown_days:
            self.wrong["shown lately"] += not known.safety or last[1] == card.stamp
        self.shown[card.content_id] = (facts.today, card.stamp)

    def hear(self, card: Content, outcome: str, now_unix_s: float) -> None:
        self.ended[(card.content_id, outcome, card.stamp)] = now_unix_s


def live(days: int, seed: int, judge: Judge) -> None:
    """Play one life of so many days into a judge's books."""
    rng = np.random.default_rng(seed)
    life, told, history = Life(rng), catalogue(), ()
    language = LANGUAGES[seed % 2]
    ended: dict[str, str] = {}
    for _ in range(days):
        facts = life.facts()
        moment = Moment(facts.now_unix_s, facts.utc_offset_s)
        history = compact(history, moment)
        found = standings(told.journeys, facts, history, language)
        for one in found:
            judge.wrong["a journey went on after its end"] += one.state == "on" and one.journey_id in ended
            if one.state == "begun":
                ended.pop(one.journey_id, None)
            elif one.state in EXITS:
                ended[one.journey_id] = one.state
                judge.said[f"{one.journey_id} {one.state}"] += 1
        content = choose(told, facts, history, language, found).content
        judge.see(content, facts)
        new = [Shown(c.content_id, facts.now_unix_s, "shown", c.stamp) for c in content]
        new += [Shown(f"journey:{s.journey_id}", facts.now_unix_s, s.state, s.stamp) for s in found if s.state != "on"]
        for card in content:
            answer = rng.random()
            if answer < 0.3:
                outcome = "done" if answer < 0.1 else "refused" if answer < 0.15 else "opened"
                at = facts.now_unix_s + 600.0
                new.append(Shown(card.content_id, at, outcome, card.stamp))
                if outcome != "opened":
                    judge.hear(card, outcome, at)
        history = (*history, *new)


def run(days: int, first_seed: int = 0) -> Judge:
    """Return the books of so many days, in lives of `DAYS_OF_A_LIFE`; each life is another person."""
    total = Judge({card.card_id: card for card in catalogue().cards})
    for number in range(max(days // DAYS_OF_A_LIFE, 1)):
        judge = Judge(total.cards)
        live(min(DAYS_OF_A_LIFE, days), first_seed + number, judge)
        total.wrong.update(judge.wrong)
        total.said.update(judge.said)
        total.days += judge.days
        total.silent += judge.silent
    return total


def main() -> int:
    """Print how many days, how many cards, and what was stale."""
    judge = run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    wrong = {what: count for what, count in judge.wrong.items() if count}
    cards = {name for name in judge.said if name in judge.cards}
    print(f"{judge.days} days, {sum(judge.said[c] for c in cards)} cards shown ({len(cards)} of {len(judge.cards)})")
    print(f"silent days: {judge.silent / judge.days:.1%}; stale: {sum(wrong.values())} {wrong or ''}")
    print("journeys ended:", {n: c for n, c in sorted(judge.said.items()) if n not in cards})
    print("never shown:", sorted(set(judge.cards) - cards))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
