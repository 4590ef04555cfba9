"""Choosing among safe options: regret and refusals beside simpler ways; trials of one; off-policy estimates. Simulated.

The rule of this file: the group's prior is made in the first physiology and judged in the second, with people never
seen, and once more with people who also react by other equations; every way of choosing meets the same days with the
same luck, and every learner keeps the floor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench import choose_trials
from app.bench.choose_people import OPTIONS, Asked, asked, logs
from app.bench.figures import Control, Figure, Line, Plot, Say, Section
from edge.samples import Column
from hardware_sim.lives import FIRST
from hardware_sim.lives.reactions import ALIKE, PROPOSALS
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World
from models.choose import FLOOR, Chooser, GroupPrior, State
from models.choose_fit import fit
from models.choose_value import FEWEST

SEED, GROUP_SEED, PEOPLE, GROUP, TIMES = 61_616, 71_717, 400, 1500, 40
_QUICK = 8
_FEW = 10
_TRIALS = 2000


class _Plain(Chooser):
    """Thompson sampling by the book: draws from the belief as it is."""

    reshaped = 1.0


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


def scratch() -> GroupPrior:
    """Return the prior of learning from scratch: every option alike, and wide."""
    size, options = 4 * len(PROPOSALS), len(PROPOSALS)
    mean = np.zeros((1, size))
    mean[0, ::4] = 0.5
    return GroupPrior(mean, np.diag(np.tile([0.09, 0.01, 0.01, 0.01], options)), 0.2, "scratch")


def group_prior(quick: bool, alike: float = ALIKE) -> GroupPrior:
    """Return the prior of people of the first physiology who were proposed things at random."""
    people = asked(FIRST, GROUP_SEED, GROUP // _QUICK if quick else GROUP, TIMES, alike)
    return fit(logs(people, 3), "simulated people of the first physiology")


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
            offered = [option for option, may in zip(OPTIONS, left, strict=True) if may]
            choice = chooser.choose(offered, people.context[person, day].tolist(), 1000 * person + day)
            at = PROPOSALS.index(choice.option.name)
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


def ways(people: Asked, prior: GroupPrior) -> dict[str, Came]:
    """Return what came of every way."""
    nobody, known, none = without_situation(prior), people.situations, [1.0]
    first = np.cumsum(people.allowed, axis=2) * people.allowed == 1
    return {
        "learned": followed(people, lambda k: prior.begin(known[k].tolist())),
        "group without situation": followed(people, lambda _: nobody.begin(none)),
        "pooled": followed(people, lambda _: scratch().begin(none), pooled=True),
        "from scratch": followed(people, lambda _: scratch().begin(none)),
        "from scratch by the book": followed(people, lambda _: scratch().begin(none), kind=_Plain),
        "rule": by_share(people, first),
        "random": by_share(people, people.allowed / people.allowed.sum(axis=2, keepdims=True)),
    }


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return regret, refusals, controls, false discoveries of trials, and the honesty of off-policy estimates."""
    part = _QUICK if quick else 1
    say("a group of the first physiology")
    prior = group_prior(quick)
    say("people of the second physiology choose")
    people = _judged(part, FIRST)
    came = ways(people, prior)
    say("and people who also react by other equations")
    others = ways(_judged(part, SECOND), prior)
    say("trials of one, and estimates off policy")
    return Section(
        name="choose",
        data=f"simulated: {len(people)} people of the second physiology (seed {SEED}) in {TIMES} decisions among "
        f"{len(PROPOSALS)} sessions and no proposal; the prior from {GROUP // part} of the first (seed {GROUP_SEED}); "
        "reactions are assumed (hardware_sim/lives/reactions.py)",
        figures=(
            *_regret("", came),
            *_regret(", other reactions", others),
            *_facts(came),
            *_trials(_TRIALS),
            *_off_policy(200 // part),
            _time(prior),
        ),
        controls=(*_controls(people, prior, came),),
        pictures=(_picture(came),),
        notes=(
            f"By way, regret of {_FEW} and share refused: {_listed(came)}.",
            f"By way with other reactions: {_listed(others)}.",
            f"{100 * ALIKE:.0f} % of the variance of what people like is assumed to come with who they are.",
            "The floor costs every learner the same; regret above it is what learning decides.",
        ),
    )


def _judged(part: int, reactions: World) -> Asked:
    return asked(SECOND, SEED, PEOPLE // part, TIMES, reactions=reactions)


def _listed(came: dict[str, Came]) -> str:
    return "; ".join(f"{name} {one.few.mean():.2f}, {100 * one.refused.mean():.0f} %" for name, one in came.items())


def ratio(one: Column, other: Column) -> tuple[float, float, float]:
    """Return the ratio of means in % with its 95 % bootstrap interval over people."""
    rows = np.random.default_rng(9).integers(0, len(one), (2000, len(one)))
    drawn = 100.0 * one[rows].mean(axis=1) / other[rows].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return 100.0 * float(one.mean() / other.mean()), low, high


def _regret(what: str, came: dict[str, Came]) -> list[Figure]:
    ours, scratched = came["learned"], came["from scratch"]
    share, low, high = ratio(ours.few, scratched.few)
    cost = ours.floor[:, :_FEW].sum(axis=1)
    above, above_low, above_high = ratio(ours.few - cost, scratched.few - cost)
    less, less_low, less_high = ratio(ours.refused.mean(axis=1), came["rule"].refused.mean(axis=1))
    book, book_low, book_high = ratio(ours.few, came["from scratch by the book"].few)
    nobody = ratio(came["group without situation"].few, scratched.few)[0]
    return [
        Figure(f"regret of the first 10 decisions, of learning from scratch{what}", share, "%", at_most=50.0,
               peer="group without situation", peer_value=nobody, note=f"95 % {low:.0f} to {high:.0f} over people; "
               "from scratch by the same algorithm, which is the harder peer"),
        Figure(f"the same, of plain Thompson sampling from scratch{what}", book, "%", at_most=50.0,
               note=f"95 % {book_low:.0f} to {book_high:.0f}; the belief is not reshaped, as in most studies"),
        Figure(f"the same above what the floor of 5 % costs everybody{what}", above, "%",
               note=f"95 % {above_low:.0f} to {above_high:.0f}; the floor: {cost.mean():.2f} in ten decisions"),
        Figure(f"refusals, of the rule coach's{what}", less, "%", at_most=99.9, peer="from scratch",
               peer_value=ratio(scratched.refused.mean(axis=1), came["rule"].refused.mean(axis=1))[0],
               note=f"95 % {less_low:.0f} to {less_high:.0f}; the rule proposes the first session that is left"),
    ]  # fmt: skip


def _facts(came: dict[str, Came]) -> list[Figure]:
    return [
        Figure(f"regret of {TIMES} decisions, {name}", float(one.regret.sum(axis=1).mean()))
        for name, one in came.items()
    ]


def _controls(people: Asked, prior: GroupPrior, came: dict[str, Came]) -> list[Control]:
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


def _trials(count: int) -> list[Figure]:
    false = choose_trials.false_discoveries(count, 21)
    worst = max(false, key=lambda name: false[name])
    share, pairs = choose_trials.power(0.2, max(count // 7, 50), 22)
    small = choose_trials.power(0.1, max(count // 7, 50), 23)[0]
    peeked = float(np.mean(np.isfinite(choose_trials.peeked(choose_trials.answers("none", 0.0, 24, count)))))
    return [
        Figure("false discoveries of trials of one, worst drift", 100 * false[worst], "%", at_most=5.0,
               peer="t-test after every pair, no drift", peer_value=100 * peeked,
               note=f"{count} trials of {choose_trials.PAIRS} pairs for each of {len(false)} drifts and kinds of "
               f"answer; worst: {worst}; looked at after every pair"),
        Figure("trials that find a difference of 0.2 of 1", 100 * share, "%",
               note=f"all drifts; in the median after {pairs:.0f} pairs; a difference of 0.1: {100 * small:.0f} %"),
        Figure("trials whose interval holds the true difference, at every pair",
               100 * choose_trials.covered(count // 10, 25), "%", at_least=95.0),
        Figure("false discoveries without pairs, under a trend", 100 * choose_trials.unpaired("trend", 26, count), "%",
               note="one style first, then the other: what pairs protect from"),
    ]  # fmt: skip


def _off_policy(count: int) -> list[Figure]:
    held, given, size = choose_trials.off_policy(count, 2000, 31)
    alone = choose_trials.off_policy(count, TIMES, 32)
    return [
        Figure("off-policy intervals that hold the truth", 100 * held, "%", at_least=90.0,
               note=f"{count} logs of 2,000 choices, worth {size:.0f}; {100 * given:.0f} % have a number"),
        Figure(f"logs of {TIMES} choices of one person with a number", 100 * alone[1], "%", at_most=0.0,
               note=f"worth {alone[2]:.0f}, and it takes {FEWEST:.0f}: there is the sentence instead"),
    ]  # fmt: skip


def _time(prior: GroupPrior) -> Figure:
    chooser = Chooser(prior.begin([1.0] + [0.0] * (len(prior.mean) - 1)))
    choice = chooser.choose(OPTIONS, [0.0, 0.0, 0.0], 1)
    taken = []
    for _ in range(500):
        begun = time.perf_counter()
        chooser.learn(choice, 1.0)
        taken.append(time.perf_counter() - begun)
    size = len(chooser.state.to_bytes())
    return Figure("one reward learned", 1e6 * float(np.median(taken)), "µs", at_most=50.0,
                  note=f"median of 500; the state has {size} bytes")  # fmt: skip


def _picture(came: dict[str, Came]) -> Plot:
    number = np.arange(1.0, TIMES + 1.0)
    lines = tuple(Line(name, number, np.cumsum(one.regret.mean(axis=0))) for name, one in came.items())
    return Plot("regret", "Regret of proposals (simulated)", "decisions", "regret, in sessions", lines)
