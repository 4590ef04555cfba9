"""Nothing stale: what is expired, done or refused does not come back, in the cards' engine and in whole decisions.

python tests/programs/coach/stale.py [DAYS] [--seed N] [--decisions N]      (default 1,000,000 days, 3,000 decisions)

The days go to `tests/programs/content/stale.py`: lives of a thousand days and a judge who keeps books of what must not
come back, who reads the cards' written cool-downs and nothing of the engine. The decisions are those of `kadenz today`
on simulated diaries, whose cards are done, refused and opened as chance will; each must end with its own local day,
hold no card that is over and none done or refused within its days.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

import numpy as np
from programs.coach.books import Progress, Report, Result, diary, life_of, options
from programs.content.stale import DAYS_OF_A_LIFE, Judge
from programs.content.stale import run as live_days

from app.cards import catalogue
from app.cards.history import note
from app.coach import bundled_predictor, decide_today
from edge.coach.types import Decision

DAY_S, MORNING_S, DAYS = 86400.0, 7 * 3600.0, 365


def cards_of(days: int, seed: int) -> Judge:
    """Return the books of so many days of cards."""
    total, progress = Judge({card.card_id: card for card in catalogue().cards}), Progress(days)
    for number in range(max(days // DAYS_OF_A_LIFE, 1)):
        one = live_days(min(days, DAYS_OF_A_LIFE), seed * 1_000_000 + number)
        total.wrong.update(one.wrong)
        total.said.update(one.said)
        total.days += one.days
        progress.at(total.days)
    return total


def wrong_in(decision: Decision, now_s: float, ended: dict[tuple[str, str, str], float]) -> list[str]:
    """Return what of a decision at a moment is stale; `ended` holds until when (card, outcome, occasion) rests."""
    found = []
    if not now_s < decision.valid_until_unix_s <= (now_s // DAY_S + 1) * DAY_S:
        found.append("the decision does not end with its day")
    for card in decision.content:
        if card.valid_until_unix_s <= now_s:
            found.append(f"{card.content_id} is over")
        for (card_id, outcome, stamp), until_s in ended.items():
            about = card_id == card.content_id and (stamp == card.stamp or not card.safety)
            if about and now_s < until_s:
                found.append(f"{card_id} came back though {outcome}")
    return found


def decisions_of(count: int, seed: int, days: int = DAYS) -> tuple[int, list[str]]:
    """Return how many decisions were looked at, and what was stale in them."""
    made, found, progress, predictor = 0, [], Progress(count), bundled_predictor()
    rests = {card.card_id: card.rests for card in catalogue().cards}
    while made < count:
        number = made // days
        life = life_of(("first", "second")[number % 2], seed, 3000 + number, days)
        rng, ended = np.random.default_rng((seed, number)), {}
        with diary(life) as store:
            for column in range(min(days, count - made)):
                now_s = (life.days.start_day + column) * DAY_S + MORNING_S
                _, decision = decide_today(store, now_s, None, predictor, 0.0, ("en", "de")[number % 2])
                name = f"seed {seed} person {3000 + number} day {column}"
                found += [f"{name}: {what}" for what in wrong_in(decision, now_s, ended)]
                for card in decision.content:
                    outcome = str(rng.choice(["", "opened", "done", "refused"], p=[0.5, 0.2, 0.15, 0.15]))
                    if outcome:
                        note(store, card.content_id, outcome, now_s + 600.0, 0.0)
                    if outcome in ("done", "refused"):
                        known = rests.get(
                            card.content_id
                        )  # a question is no card of the catalogue: asked once, for good
                        rest_d = getattr(known, f"{outcome}_days") if known else 36500.0
                        ended[(card.content_id, outcome, card.stamp)] = now_s + 600.0 + rest_d * DAY_S
                made += 1
                progress.at(made)
    return made, found


def run(days: int, decisions: int, seed: int, a_life: int = DAYS) -> Report:
    """Return the report of so many days of cards and so many decisions."""
    made, found = decisions_of(decisions, seed, a_life)
    judge = cards_of(days, seed)
    wrong = Counter({what: count for what, count in judge.wrong.items() if count})
    shown = sum(judge.said[card] for card in judge.cards)
    figures = (
        Result("stale cards and journeys", sum(wrong.values()), "", 0.0, note=f"{judge.days} days, {shown} cards"),
        Result("stale in whole decisions", len(found), "", 0.0, note=f"{made} decisions"),
        Result("cards that were shown", sum(judge.said[c] > 0 for c in judge.cards), note=f"of {len(judge.cards)}"),
    )
    about = f"simulated: {judge.days} days of cards, {made} decisions on diaries of both physiologies, seed {seed}"
    return Report(about, figures, (*found, *(f"cards: {what}, {count} times" for what, count in wrong.items())))


def main() -> int:
    """Run the program of the command line."""
    parser = options(__doc__ or "", "days (default 1,000,000)", 1_000_000)
    parser.add_argument("--decisions", type=int, default=3000)
    args = parser.parse_args()
    return run(args.size, args.decisions, args.seed).end(args.json)


if __name__ == "__main__":
    sys.exit(main())
