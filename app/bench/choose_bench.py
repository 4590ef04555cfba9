"""Choosing among safe options: regret and refusals beside simpler ways; trials of one; off-policy estimates. Simulated.

The rule of this file: the group's prior is made in the first physiology and judged in the second, with people never
seen, and once more with people who also react by other equations; among four options, and among the app's three.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from app.bench import choose_trials
from app.bench.choose_people import Asked, asked
from app.bench.choose_regret import GROUP, GROUP_SEED, QUICK, TIMES, Came, controls, group_priors, listed, regret, ways
from app.bench.figures import Figure, Line, Plot, Say, Section
from hardware_sim.lives import FIRST
from hardware_sim.lives.reactions import ALIKE, IN_THE_APP, PROPOSALS
from hardware_sim.lives.second import SECOND
from hardware_sim.lives.world import World
from models import choose_prior
from models.choose import Chooser
from models.choose_value import FEWEST

SEED, PEOPLE = 81_811, 400
_TRIALS = 2000
#: Decisions of people who are offered what the app offers.
_IN_THE_APP_TIMES = 10


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return regret, refusals, controls, false discoveries of trials, and the honesty of off-policy estimates."""
    part = QUICK if quick else 1
    say("a group of the first physiology")
    priors = group_priors(quick)
    say("people of the second physiology choose, as they react and by other equations")
    people = _judged(part, FIRST)
    came, others = ways(people, priors), ways(_judged(part, SECOND), priors)
    say("and among what the app offers")
    in_app = group_priors(quick, in_the_app=True)
    app, app_others = (ways(_judged(part, world, True), in_app) for world in (FIRST, SECOND))
    say("trials of one, and estimates off policy")
    return Section(
        name="choose",
        data=f"simulated: {len(people)} people of the second physiology (seed {SEED}) in {TIMES} decisions among "
        f"{len(PROPOSALS)} sessions and no proposal, and in {_IN_THE_APP_TIMES} among the app's {len(IN_THE_APP)}; the "
        f"priors from {GROUP // part} of the first (seed {GROUP_SEED}); reactions are assumed "
        "(hardware_sim/lives/reactions.py)",
        figures=(
            *regret("", came),
            *regret(", other reactions", others),
            *regret(", the app's options", app),
            *regret(", the app's options, other reactions", app_others),
            *_facts(came),
            *_trials(_TRIALS),
            *_off_policy(200 // part),
            _time(),
        ),
        controls=(*controls(people, priors.known, came),),
        pictures=(_picture(came),),
        notes=(
            f"By way, regret of 10 and share refused: {listed(came)}.",
            f"With other reactions: {listed(others)}.",
            f"The app's options: {listed(app)}.",
            f"The app's options with other reactions: {listed(app_others)}.",
            f"{100 * ALIKE:.0f} % of the variance of what people like is assumed to come with who they are.",
            "The floor costs every learner the same; regret above it is what learning decides.",
        ),
    )


def _judged(part: int, reactions: World, in_the_app: bool = False) -> Asked:
    times = _IN_THE_APP_TIMES if in_the_app else TIMES
    return asked(SECOND, SEED, PEOPLE // part, times, reactions=reactions, in_the_app=in_the_app)


def _facts(came: dict[str, Came]) -> list[Figure]:
    return [
        Figure(f"regret of {TIMES} decisions, {name}", float(one.regret.sum(axis=1).mean()))
        for name, one in came.items()
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


def _time() -> Figure:
    prior = choose_prior.group()
    chooser = Chooser(prior.begin([1.0] + [0.0] * (len(prior.mean) - 1)))
    choice = chooser.choose(choose_prior.OPTIONS, [0.0, 0.0, 0.0], 1)
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
