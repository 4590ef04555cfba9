"""Regret and refusals of ways of choosing, beside what could be reached at all. Simulated.

The rule of this file: every way meets the same days with the same luck, and every learner keeps the floor; a bound may
know who people truly are, a way may not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.bench.choose_people import Asked, asked, logs
from app.bench.figures import Control, Figure
from edge.samples import Column
from hardware_sim.lives import FIRST
from hardware_sim.lives.reactions import ALIKE
from models.choose import FLOOR, Chooser, GroupPrior, State
from models.choose_fit import fit

GROUP_SEED, GROUP, TIMES = 71_717, 1500, 40
QUICK = 8
_FEW = 10


class _Plain(Chooser):
    """Thompson sampling by the book: draws from the belief as it is."""

    reshaped = 1.0


class _Sure(Chooser):
    """What is expected to be best, and the floor: no draws at all."""

    reshaped = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Came:
    """What came of a way of choosing: regret and refusal (n, asked), and what the floor alone costs (n, asked)."""

    regret: Column
    refused: Column
    floor: Column

    @property
    def few(self) -> Column:
        """Return each person's regret of the first ten decisions, (n,)."""
        return np.asarray(self.regret[:, :_FEW].sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Priors:
    """What the group of the first physiology says: by situation, and by who people truly are (for a bound alone)."""

    known: GroupPrior
    true: GroupPrior


def scratch(options: int) -> GroupPrior:
    """Return the prior of learning from scratch among so many options: each alike, and wide."""
    mean = np.zeros((1, 4 * options))
    mean[0, ::4] = 0.5
    return GroupPrior(mean, np.diag(np.tile([0.09, 0.01, 0.01, 0.01], options)), 0.2, "scratch")


def group_priors(quick: bool, alike: float = ALIKE, in_the_app: bool = False) -> Priors:
    """Return what people of the first physiology say who were proposed things at random."""
    people = asked(FIRST, GROUP_SEED, GROUP // QUICK if quick else GROUP, TIMES, alike, in_the_app=in_the_app)
    return Priors(
        fit(logs(people, 3), "simulated people of the first physiology"), fit(logs(people, 3, True), "their traits")
    )


def without_situation(prior: GroupPrior) -> GroupPrior:
    """Return the prior of a person of whom nothing is known."""
    apart = prior.mean[1:]
    return GroupPrior(prior.mean[:1], prior.covariance + apart.T @ apart, prior.noise, prior.source)


def followed(people: Asked, begin: Callable[[int], State], pooled: bool = False, kind: type[Chooser] = Chooser) -> Came:
    """Return what came of choosing and learning, person by person; `pooled`: all are one."""
    shape = people.reward[:, :, 0].shape
    regret, refused = np.zeros(shape), np.zeros(shape)
    one = kind(begin(0)) if pooled else None
    for person in range(len(people)):
        chooser = one or kind(begin(person))
        for day in range(len(regret[person])):
            left = people.allowed[person, day]
            offered = [option for option, may in zip(people.options, left, strict=True) if may]
            choice = chooser.choose(offered, people.context[person, day].tolist(), 1000 * person + day)
            at = people.options.index(choice.option)
            regret[person, day] = people.worth[person, day, left].max() - people.worth[person, day, at]
            refused[person, day] = people.refused[person, day, at]
            chooser.learn(choice, float(people.reward[person, day, at]))
    return Came(regret, refused, _floor(people))


def _floor(people: Asked) -> Column:
    best = np.where(people.allowed, people.worth, -1.0).max(axis=2, keepdims=True)
    return np.asarray(FLOOR * ((best - people.worth) * people.allowed).sum(axis=2))


def by_share(people: Asked, share: Column) -> Came:
    """Return what comes of fixed chances (n, asked, options) on average."""
    best = np.where(people.allowed, people.worth, -1.0).max(axis=2, keepdims=True)
    regret = ((best - people.worth) * share).sum(axis=2)
    return Came(regret, (people.refused * share).sum(axis=2), _floor(people))


def expected_best(people: Asked, prior: GroupPrior) -> Came:
    """Return what comes of the option that a prior expects to be best, and the floor; nothing is learned."""
    likes = (people.situations @ prior.mean).reshape(len(people), 1, len(people.options), 4)
    days = np.concatenate([np.ones((*people.context.shape[:2], 1)), people.context], axis=2)
    hoped = np.where(people.allowed, (likes * days[:, :, None, :]).sum(axis=3), -np.inf)
    first = np.arange(len(people.options)) == hoped.argmax(axis=2)[:, :, None]
    others = FLOOR * people.allowed
    return by_share(people, others + first * (1.0 - others.sum(axis=2, keepdims=True)))


def ways(people: Asked, priors: Priors) -> dict[str, Came]:
    """Return what came of every way, and of the two bounds."""
    prior, none, blank = priors.known, [1.0], scratch(len(people.options))
    nobody = without_situation(prior)
    first = np.cumsum(people.allowed, axis=2) * people.allowed == 1
    floor = _floor(people)
    return {
        "learned": followed(people, lambda k: prior.begin(people.situations[k].tolist())),
        "group without situation": followed(people, lambda _: nobody.begin(none)),
        "prior alone, nothing learned": expected_best(people, prior),
        "pooled": followed(people, lambda _: blank.begin(none), pooled=True),
        "from scratch": followed(people, lambda _: blank.begin(none)),
        "from scratch by the book": followed(people, lambda _: blank.begin(none), kind=_Plain),
        "from scratch without draws": followed(people, lambda _: blank.begin(none), kind=_Sure),
        "rule": by_share(people, first),
        "random": by_share(people, people.allowed / people.allowed.sum(axis=2, keepdims=True)),
        "bound: traits known": followed(people, lambda k: priors.true.begin(people.traits[k].tolist())),
        "bound: worth known": Came(floor, np.full(floor.shape, np.nan), floor),
    }


def listed(came: dict[str, Came]) -> str:
    """Return the regret and the share refused of every way, in words."""
    return "; ".join(
        f"{name} {one.few.mean():.2f}" + ("" if np.isnan(one.refused).any() else f", {100 * one.refused.mean():.0f} %")
        for name, one in came.items()
    )


def ratio(one: Column, other: Column) -> tuple[float, float, float]:
    """Return the ratio of means in % with its 95 % bootstrap interval over people."""
    rows = np.random.default_rng(9).integers(0, len(one), (2000, len(one)))
    drawn = 100.0 * one[rows].mean(axis=1) / other[rows].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return 100.0 * float(one.mean() / other.mean()), low, high


def regret(what: str, came: dict[str, Came]) -> list[Figure]:
    """Return the figures of the first ten decisions, each beside what exact knowledge of the person would reach."""
    scratched, told = came["from scratch"], came["bound: traits known"].few
    less, low, high = ratio(came["learned"].refused.mean(axis=1), came["rule"].refused.mean(axis=1))
    floor = came["bound: worth known"].few
    return [
        _of(came, "from scratch", f"regret of the first 10 decisions, of learning from scratch{what}",
            "from scratch by the same algorithm"),
        _of(came, "from scratch by the book", f"the same, of plain Thompson sampling from scratch{what}",
            "its belief is not reshaped, as in most studies"),
        _of(came, "from scratch without draws", f"the same, of learning from scratch without draws{what}",
            "what is expected to be best, and the floor"),
        Figure(f"bound: the floor of 5 % alone, of learning from scratch{what}", ratio(floor, scratched.few)[0], "%",
               note=f"what every option is worth is known each day: {floor.mean():.2f} in ten decisions"),
        Figure(f"bound: who people are is known exactly, of learning from scratch{what}", ratio(told, scratched.few)[0],
               "%", note=f"regret {told.mean():.2f}; the same algorithm, its prior by the four traits that decide"),
        Figure(f"refusals, of the rule coach's{what}", less, "%", at_most=99.9, peer="from scratch",
               peer_value=ratio(scratched.refused.mean(axis=1), came["rule"].refused.mean(axis=1))[0],
               note=f"95 % {low:.0f} to {high:.0f}; the rule proposes the first session that is left"),
    ]  # fmt: skip


def _of(came: dict[str, Came], peer: str, name: str, note: str) -> Figure:
    share, low, high = ratio(came["learned"].few, came[peer].few)
    bound = ratio(came["bound: traits known"].few, came[peer].few)[0]
    return Figure(name, share, "%", at_most=50.0, peer="bound: who people are known exactly", peer_value=bound,
                  note=f"95 % {low:.0f} to {high:.0f} over people; regret {came['learned'].few.mean():.2f} of "
                  f"{came[peer].few.mean():.2f}; {note}")  # fmt: skip


def controls(people: Asked, prior: GroupPrior, came: dict[str, Came]) -> list[Control]:
    """Return what a prior with its options turned round, and the situation of somebody else, come to."""
    size = prior.mean.shape[1]
    order = np.roll(np.arange(size).reshape(-1, 4), 1, axis=0).reshape(-1)
    turned = GroupPrior(prior.mean[:, order], prior.covariance[np.ix_(order, order)], prior.noise, "turned")
    other = np.random.default_rng(8).permutation(len(people))
    known, real = people.situations, float(came["learned"].few.mean())
    shuffled = followed(people, lambda k: turned.begin(known[k].tolist()))
    strange = followed(people, lambda k: prior.begin(known[other[k]].tolist()))
    return [
        Control("regret of 10, group's prior with its options turned round", float(shuffled.few.mean()), real),
        Control("regret of 10, situations shuffled between people", float(strange.few.mean()), real),
    ]
