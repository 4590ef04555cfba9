"""What people do of a session that is proposed: done, moved or refused, by who they are and how the day is.

The rule of this file: everything here is assumed, no source gives it, and it is simulated. Traits that are drawn
already decide most of it (obedience, keenness, usual effort, walks, age), the rest is a taste of one's own.
The first people weigh: log odds, linear in the day. The second share no equation with them: a day's strength against
what a proposal asks, done where it suffices, unless so little is asked that it is dull.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Column, Whole, between
from hardware_sim.lives.days import Days
from hardware_sim.lives.people import Flag, People

PROPOSALS = ("planned", "shorter", "easier", "nothing")
"""The session as planned; seven tenths of it; all of it, slower; no proposal today."""
NOTHING_IS_WORTH = 0.4
"""Reward of a day without a proposal: less than a session done, more than a proposal refused; assumed."""
MOVED = 0.25
"""Share of sessions not done today that are done on another day, reward 0.5; assumed."""


ALIKE = 0.5
"""Share of the variance of what people like that comes with who they are; assumed, and shown over its whole range."""
IN_THE_APP = ("planned", "shorter", "easier")
"""What the app may show first: there the easier run is 85 % of the distance and slower, and no proposal is none."""
_BLENDED = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.5, 0.5]])
"""A slower run of 85 % lies halfway between the slower one of all and the shorter one; assumed."""
_LIKES = np.array([[0.7, -0.55, -0.15], [0.3, 0.1, -0.95], [-0.4, 0.35, 0.7], [0.5, -0.45, -0.25]])
"""How the keen, the brisk, the old and the quick take to the session as planned, shorter, easier."""


@dataclass(frozen=True, slots=True, eq=False)
class Mood:
    """What a day is like, (n, days) each, about -2 to 2: tired legs and short sleep, good mood, a working day."""

    tired: Column
    bright: Column
    busy: Column


def mood(people: People, days: Days) -> Mood:
    """Return what the days of a life are like."""
    short = people.life.sleep_h[:, None] - days.sleep_h
    weekday = (days.start_day + np.arange(days.ran.shape[1]) + 3) % 7
    busy = np.broadcast_to(np.where(weekday < 5, 0.4, -1.0), days.ran.shape)
    return Mood(
        between(0.25 * (days.truth.soreness - 2.0) + 0.5 * short + 1.5 * days.ill, -2.0, 2.5),
        between(days.mood - 3.4, -2.0, 2.0),
        busy + 1.0 * days.night_shift,
    )


def done_first(people: People, day: Mood, alike: float = ALIKE, in_the_app: bool = False) -> Column:
    """Return the chance of each proposal to be done, (n, days, 4), of the first people.

    `alike`: the share of the variance between people that comes with who they are; the rest is taste. `in_the_app`:
    of `IN_THE_APP`, (n, days, 3).
    """
    habits, own = people.habits, _own(people, "first")
    obeys = 0.4 * np.log(habits.obedience / (1.0 - habits.obedience) / 2.57)
    level = np.array([0.8, 1.3, 0.9]) + obeys[:, None]
    level = level + 0.9 * (np.sqrt(alike) * traits(people) @ _LIKES + np.sqrt(1.0 - alike) * own)
    tired, bright, busy = (column[:, :, None] for column in (day.tired, day.bright, day.busy))
    odds = level[:, None, :] + np.array([-0.9, -0.4, -0.2]) * tired
    odds = odds + np.array([0.4, 0.3, 0.2]) * bright + np.array([-0.6, 0.2, -0.4]) * busy
    if in_the_app:
        return np.asarray(1.0 / (1.0 + np.exp(-odds @ _BLENDED.T)))
    return _with_nothing(1.0 / (1.0 + np.exp(-odds)))


def done_second(people: People, day: Mood, alike: float = ALIKE, in_the_app: bool = False) -> Column:
    """Return the same of the second people."""
    habits, own = people.habits, _own(people, "second")
    kind = traits(people)
    asks = np.array([0.82, 0.42, 0.72]) - 0.32 * (
        np.sqrt(alike) * np.tanh(0.6 * kind) / 0.48 @ _LIKES + np.sqrt(1.0 - alike) * own
    )
    strength = 1.15 + 0.08 * people.chance.normal("second strength")
    patience = (1.0 + 0.012 * (people.body.age_y - 43.0)) * np.exp(0.15 * people.chance.normal("second dull"))
    dull = np.array([1.3, 1.3, 1.2]) * patience[:, None]
    today = strength[:, None] * np.exp(-0.22 * day.tired) + 0.15 * day.bright
    hours = np.array([0.16, -0.02, 0.12]) * day.busy[:, :, None]
    if in_the_app:
        asks, dull, hours = asks @ _BLENDED.T, dull @ _BLENDED.T, hours @ _BLENDED.T
    spare = today[:, :, None] - asks[:, None, :] - hours
    suffices = _rises(spare / 0.22)
    bored = _rises((spare - dull[:, None, :]) / 0.3)
    done = suffices * (1.0 - 0.8 * bored) * habits.obedience[:, None, None] ** 0.4
    return np.asarray(done) if in_the_app else _with_nothing(done)


def traits(people: People) -> Column:
    """Return who people are, (n, 4), about standard: keen, brisk in training, old, quick for their age."""
    habits, body = people.habits, people.body
    keen = np.log(habits.runs_per_week * habits.usual_km / 19.0) / 0.6
    brisk = (habits.effort - 0.85) / 0.045
    old = (body.age_y - 43.0) / 14.0
    quick = np.log(people.talent.untrained_10k_m_s / 3.3) / 0.17
    return np.stack([keen, brisk, old, quick], axis=1)


def _own(people: People, world: str) -> Column:
    """Return what of each proposal is a matter of taste, (n, 3), standard normal."""
    return np.stack([people.chance.normal(f"{world} taste {name}") for name in PROPOSALS[:3]], axis=1)


def _rises(values: Column) -> Column:
    return np.asarray(0.5 + values / (2.0 * np.sqrt(1.0 + values**2)))


def _with_nothing(done: Column) -> Column:
    return np.concatenate([done, np.zeros((*done.shape[:2], 1))], axis=2)


def worth(done: Column) -> Column:
    """Return the expected reward of each proposal: 1 done, 0.5 moved, 0 refused; the fourth is no proposal."""
    reward = done + 0.5 * MOVED * (1.0 - done)
    reward[:, :, 3:] = NOTHING_IS_WORTH
    return reward


def reacted(people: People, done: Column, day: Whole) -> tuple[Column, Flag]:
    """Return the reward of each proposal if it were made, (n, days, 4), and whether it were refused; one luck a day,
    whatever is proposed, so that ways of choosing are compared on the same days.
    """
    today, other = (people.chance.uniform(f"react {what}", day)[:, :, None] for what in ("now", "later"))
    does = today < done
    moves = ~does & (other < MOVED)
    reward = np.where(does, 1.0, np.where(moves, 0.5, 0.0))
    refused = ~does & ~moves
    reward[:, :, 3:], refused[:, :, 3:] = NOTHING_IS_WORTH, False
    return reward, refused
