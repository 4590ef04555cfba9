"""People who are proposed sessions: simulated, in two worlds of bodies and of reactions.

The rule of this file: what a chooser sees is what the app would know: a situation from four weeks, the day's legs,
sleep and mood; the chance that something is done is for judging alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge.samples import Column
from hardware_sim.lives import FIRST, Days, People, draw, live
from hardware_sim.lives.people import Flag
from hardware_sim.lives.reactions import (
    ALIKE,
    IN_THE_APP,
    PROPOSALS,
    done_first,
    done_second,
    mood,
    reacted,
    traits,
    worth,
)
from hardware_sim.lives.world import World
from models.choose import Option
from models.choose_fit import Log
from models.choose_situation import situation
from models.person import Context

_BEFORE_D, _EVERY_D = 28, 2


def options_of(names: tuple[str, ...]) -> tuple[Option, ...]:
    """Return options that share no feature; what people who like one think of another is the prior's covariance."""
    return tuple(Option(name, tuple(float(name == other) for other in names)) for name in names)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """n people asked on some days: situations (n, s), context (n, asked, 3), which options the rules left
    (n, asked, options), their worth, and the reward and refusal that each would bring. `traits` (n, 1 + 4) is who they
    truly are, with a leading 1: for bounds alone.
    """

    options: tuple[Option, ...]
    traits: Column
    situations: Column
    context: Column
    allowed: Flag
    worth: Column
    reward: Column
    refused: Flag

    def __len__(self) -> int:
        return len(self.situations)


def asked(
    world: World,
    seed: int,
    count: int,
    times: int,
    alike: float = ALIKE,
    reactions: World | None = None,
    in_the_app: bool = False,
) -> Asked:
    """Return people of a world who are asked so many times, every other day after four weeks.

    They react as the people of the first world do, or of `reactions`; `alike` and `in_the_app` as in `reactions`.
    """
    people = draw(seed, count)
    days = live(people, _BEFORE_D + _EVERY_D * times, world)
    when = np.arange(_BEFORE_D, _BEFORE_D + _EVERY_D * times, _EVERY_D)
    feel = mood(people, days)
    done = (done_first if reactions in (None, FIRST) else done_second)(people, feel, alike, in_the_app)
    reward, refused = reacted(people, done, days.start_day + np.arange(days.ran.shape[1], dtype=np.int64))
    context = np.stack([feel.tired, feel.bright, feel.busy], axis=2)
    # what the app sees of it is rougher than what is felt
    seen = np.rint(2.0 * (context + 0.3 * np.random.default_rng(seed).standard_normal(context.shape))) / 2.0
    names = IN_THE_APP if in_the_app else PROPOSALS
    return Asked(
        options_of(names),
        np.concatenate([np.ones((count, 1)), traits(people)], axis=1),
        np.array([situation(_context(people, days, one)) for one in range(count)]),
        seen[:, when],
        _left(days, len(names))[:, when],
        worth(done)[:, when],
        reward[:, when],
        refused[:, when],
    )


def _left(days: Days, options: int) -> Flag:
    """Return which proposals the rules left: not as planned with pain, illness or very sore legs."""
    left = np.ones((*days.ran.shape, options), dtype=bool)
    harm = (days.truth.pain >= 3.0) | days.ill | (days.truth.soreness >= 6.0)
    left[:, :, 0] = ~harm
    left[:, :, 2] = ~((days.truth.pain >= 3.0) | days.ill)
    return left


def _context(people: People, days: Days, one: int) -> Context:
    """Return what may be known of a person after four weeks."""
    ran = days.ran[one, :_BEFORE_D]
    km = np.nansum(days.distance_m[one, :_BEFORE_D]) / 1000.0
    some = int(ran.sum())
    speed = float(np.nanmean(days.speed_m_s[one, :_BEFORE_D])) if some else np.nan
    heart = float(np.nanmean(days.hr_bpm[one, :_BEFORE_D])) if some else np.nan
    luck = np.random.default_rng((int(people.number[one]), 10)).standard_normal()
    return Context(
        age_years=float(people.body.age_y[one]),
        female=float(people.body.female[one]),
        weight_kg=float(people.body.weight_kg[one]),
        height_m=float(people.body.height_m[one]),
        km_28d=float(km),
        runs_28d=float(some),
        speed_28d_m_s=speed,
        hr_28d_bpm=heart,
        ten_km_s=float(10_000.0 / days.truth.speed_10k_m_s[one, _BEFORE_D] * np.exp(0.03 * luck)),
    )


def logs(people: Asked, seed: int, true_traits: bool = False) -> list[Log]:
    """Return what is logged of people who are proposed something at random of what the rules left; `true_traits`: with
    who they truly are in place of their situation.
    """
    rng = np.random.default_rng(seed)
    scores = rng.random(people.allowed.shape) * people.allowed
    took = np.argmax(scores, axis=2)
    one_hot = np.eye(len(people.options))[took]
    ones = np.concatenate([np.ones((*took.shape, 1)), people.context], axis=2)
    rows = (one_hot[:, :, :, None] * ones[:, :, None, :]).reshape(*took.shape, -1)
    rewards = np.take_along_axis(people.reward, took[:, :, None], axis=2)[:, :, 0]
    known = people.traits if true_traits else people.situations
    return [Log(known[k], rows[k], rewards[k]) for k in range(len(people))]
