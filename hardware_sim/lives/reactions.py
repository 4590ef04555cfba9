"""What people do of a session that is proposed: done, moved or refused, by who they are and how the day is.

The rule of this file: everything here is assumed, no source gives it, and it is simulated. Traits that are drawn
already decide most of it (obedience, keenness, usual effort, walks, age), the rest is a taste of one's own.
The first people weigh: log odds, linear in the day. The second share no equation with them: a day's strength against
what a proposal asks, done where it suffices, unless so little is asked that it is dull.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hardware_sim.lives.chance import Column, between
from hardware_sim.lives.days import Days
from hardware_sim.lives.people import People

PROPOSALS = ("planned", "shorter", "easier", "walks", "nothing")
"""The session as planned; seven tenths of it; all of it, slower; with long walks; no proposal today."""
NOTHING_IS_WORTH = 0.4
"""Reward of a day without a proposal: less than a session done, more than a proposal refused; assumed."""
MOVED = 0.25
"""Share of sessions not done today that are done on another day, reward 0.5; assumed."""


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


def done_first(people: People, day: Mood) -> Column:
    """Return the chance of each proposal to be done, (n, days, 5), of the first people."""
    habits, own = people.habits, _own(people, "first")
    obeys = np.log(habits.obedience / (1.0 - habits.obedience))
    keen = np.log(habits.runs_per_week * habits.usual_km / 19.0)
    brisk = (habits.effort - 0.85) / 0.05
    old = (people.body.age_y - 43.0) / 14.0
    walks = np.log(habits.walk_share / 0.05)
    level = np.stack([
        0.7 * obeys + 0.8 * keen + 0.3 * brisk - 0.2 * old,
        0.7 * obeys + 0.5 - 0.4 * keen,
        0.7 * obeys + 0.2 - 0.6 * brisk + 0.2 * old,
        0.7 * obeys - 0.9 - 0.7 * keen + 0.5 * walks + 0.4 * old,
    ], axis=1) + 0.7 * own  # fmt: skip
    tired, bright, busy = (column[:, :, None] for column in (day.tired, day.bright, day.busy))
    odds = level[:, None, :] + np.array([-0.9, -0.4, -0.2, 0.1]) * tired
    odds = odds + np.array([0.4, 0.3, 0.2, 0.1]) * bright + np.array([-0.6, 0.2, -0.4, -0.1]) * busy
    return _with_nothing(1.0 / (1.0 + np.exp(-odds)))


def done_second(people: People, day: Mood) -> Column:
    """Return the same of the second people."""
    habits, own = people.habits, _own(people, "second")
    week = np.sqrt(habits.runs_per_week * habits.usual_km / 19.0)
    strength = 0.55 + 0.65 * week + 0.25 * people.chance.normal("second strength")
    asks = np.array([1.0, 0.72, 0.78, 0.3]) + 0.16 * own
    asks[:, 2] += 0.9 * (habits.effort - 0.85)  # the slow run is hard for those whose every run is brisk
    asks[:, 3] -= 0.1 * np.log(habits.walk_share / 0.05)
    dull = 0.75 * (1.0 + 0.012 * (people.body.age_y - 43.0)) * np.exp(0.25 * people.chance.normal("second dull"))
    today = strength[:, None] * np.exp(-0.22 * day.tired) + 0.15 * day.bright
    hours = np.array([0.16, -0.02, 0.12, 0.04]) * day.busy[:, :, None]
    spare = today[:, :, None] - asks[:, None, :] - hours
    suffices = _rises(spare / 0.22)
    bored = _rises((spare - dull[:, None, None]) / 0.3)
    return _with_nothing(suffices * (1.0 - 0.8 * bored) * habits.obedience[:, None, None] ** 0.5)


def _own(people: People, world: str) -> Column:
    """Return what of each proposal is a matter of taste, (n, 4), standard normal."""
    return np.stack([people.chance.normal(f"{world} taste {name}") for name in PROPOSALS[:4]], axis=1)


def _rises(values: Column) -> Column:
    return np.asarray(0.5 + values / (2.0 * np.sqrt(1.0 + values**2)))


def _with_nothing(done: Column) -> Column:
    return np.concatenate([done, np.zeros((*done.shape[:2], 1))], axis=2)


def worth(done: Column) -> Column:
    """Return the expected reward of each proposal: 1 done, 0.5 moved, 0 refused."""
    reward = done + 0.5 * MOVED * (1.0 - done)
    reward[:, :, 4] = NOTHING_IS_WORTH
    return reward


def reacted(people: People, done: Column, day: Column) -> tuple[Column, Column]:
    """Return the reward of each proposal if it were made, (n, days, 5), and whether it were refused; one luck a day,
    whatever is proposed, so that ways of choosing are compared on the same days.
    """
    today, other = (people.chance.uniform(f"react {what}", day)[:, :, None] for what in ("now", "later"))
    does = today < done
    moves = ~does & (other < MOVED)
    reward = np.where(does, 1.0, np.where(moves, 0.5, 0.0))
    refused = ~does & ~moves
    reward[:, :, 4], refused[:, :, 4] = NOTHING_IS_WORTH, False
    return reward, refused
