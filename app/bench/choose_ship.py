"""Make models/choose_prior.py and models/CHOOSE_CARD.md: `python -m app.bench.choose_ship`.

The rule of this file: what is shipped is made by this command from simulated people of the first physiology alone.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.bench.choose_regret import GROUP, GROUP_SEED, TIMES, group_priors
from edge.samples import Column
from hardware_sim.lives.reactions import ALIKE, IN_THE_APP
from models.choose import DRAWS, FLOOR, RESHAPED
from models.choose_situation import NAMES

_CODE = '''"""The group's prior of what people do of a proposal: from {group} simulated people, {times} proposals each.

The rule of this file: made by `python -m app.bench.choose_ship`, never by hand; simulated, with assumed reactions.
"""

from __future__ import annotations

import numpy as np

from models.choose import GroupPrior, Option

PROPOSALS = {proposals}
"""What the app may show first: the session as planned, a shorter one, and 85 % of it, slower."""
CONTEXT = ("tired", "bright", "busy")
"""What a day is like, about -2 to 2, 0 as usual: tired legs and short sleep, good mood, a working day."""
OPTIONS = tuple(Option(name, tuple(float(name == other) for other in PROPOSALS)) for name in PROPOSALS)
_MEAN = (
{mean})
_ROOT = (
{root})
"""Lower triangle of the Cholesky factor of the covariance between people."""


def group() -> GroupPrior:
    """Return the prior; rows of its mean are `models.choose_situation.NAMES`."""
    size = 4 * len(PROPOSALS)
    root = np.zeros((size, size))
    root[np.tril_indices(size)] = _ROOT
    mean = np.array(_MEAN).reshape(-1, size)
    return GroupPrior(mean, root @ root.T, {noise:.5g}, "simulated people of the first physiology")
'''
_CARD = """# The prior of what helps

Written by `python -m app.bench.choose_ship`; do not edit.

`choose_prior.py`: {coefficients} fitted numbers: for {options} options ({offered}, as the app offers them), what
reward to expect of each and how that changes with the day ({context}), by a person's situation ({names}), with the
covariance between people.

## Data
SIMULATED: {group} people of the first physiology (`hardware_sim.lives`, seed {seed}), {times} proposals each, chosen at
random among what the rules left. How people react to a proposal is assumed (`hardware_sim/lives/reactions.py`): no real
person's reaction is in it. {alike:.0f} % of the variance of what people like is assumed to come with who they are.
A slower run of 85 % is taken to lie halfway between a slower one of the whole distance and a shorter one.
Until rewards of real people are at hand it is a place to start from and no knowledge of people; a person's own answers
outweigh it within some ten of them.

## Method
Hierarchical linear model by expectation-maximisation (`models/choose_fit.py`); variance of a reward around what was
expected {noise:.3f}. `models/choose.py` then learns one person: Gaussian belief, Thompson sampling with {draws}
draws, the covariance counted at {reshaped:g}, every option kept at {floor:.0f} % or more, the kill switch above all.

## Judged
In the second physiology, with people never seen, and once more with people who react by other equations:
`kadenz bench coach --part choose`, docs/choose.md.

## Not for
Anything that a rule has to decide. It sees only what the rules left, and moves none of them.
"""


def main() -> None:
    """Write the prior and its card."""
    prior = group_priors(quick=False, in_the_app=True).known
    root = np.linalg.cholesky(prior.covariance)
    models = Path(__file__).parents[2] / "models"
    lower = np.asarray(root[np.tril_indices(len(root))], dtype=np.float64)
    (models / "choose_prior.py").write_text(
        _CODE.format(
            group=GROUP,
            times=TIMES,
            proposals=repr(IN_THE_APP).replace("'", '"'),
            mean=_numbers(prior.mean.ravel()),
            root=_numbers(lower),
            noise=prior.noise,
        )
    )
    (models / "CHOOSE_CARD.md").write_text(
        _CARD.format(
            coefficients=prior.mean.size + lower.size + 1,
            options=len(IN_THE_APP),
            offered=", ".join(IN_THE_APP),
            context="tired, bright, busy",
            names=", ".join(NAMES[1:]),
            group=GROUP,
            seed=GROUP_SEED,
            times=TIMES,
            alike=100 * ALIKE,
            noise=prior.noise,
            draws=DRAWS,
            reshaped=RESHAPED,
            floor=100 * FLOOR,
        )
    )


def _numbers(values: Column) -> str:
    return "".join(f"    {float(f'{value:.4g}')!r},\n" for value in values.tolist())


if __name__ == "__main__":
    main()
