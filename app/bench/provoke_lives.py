"""Lives with knees under a generic ladder, with and without what was learned of them; simulated.

The rule of this file: the coach sees what is said, never what is felt; the learned limits are added to the ladder's
and can only take away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.bench.provoke_ladder import RealLadder
from edge.samples import Column
from hardware_sim.lives import draw
from hardware_sim.lives.knees import KneeDays, KneeLife, Limits
from hardware_sim.lives.people import Flag
from hardware_sim.lives.world import World
from models import provoke
from models.provoke import DOSES, Provocation, Runs

STOP_PAIN = 3.0
LADDER = (0.5, 0.75, 0.9)
"""After a pain of `STOP_PAIN` a day of rest, then three runs at most at these shares of the usual distance."""
#: A named dose is kept where pain has at most this chance after a run, as believed.
BEARABLE = 0.03
_REMEMBERED_D = 4


@dataclass(frozen=True, slots=True, eq=False)
class Lived:
    """What came of a policy: days (n, days), whose triggers (n, 5), beliefs at the end, and breaches of the ladder."""

    seen: KneeDays
    triggers: Flag
    beliefs: list[Provocation | None]
    claimed: Column
    """(n,) day of the first name, NaN without."""
    breaches: int


class Ladder:
    """The generic ladder of n people: it looks at pain alone."""

    def __init__(self, count: int) -> None:
        self.rest = np.zeros(count, dtype=bool)
        self.step = np.full(count, len(LADDER))
        self.usual_km = np.full(count, np.nan)

    def limits(self) -> Limits:
        """Return today's limits."""
        share = np.array([*LADDER, np.inf])[self.step]
        free = Limits.none(len(self.rest))
        km = np.where(self.rest, 0.0, np.nan)
        most = np.where(self.step < len(LADDER), share * np.nan_to_num(self.usual_km, nan=5.0), np.inf)
        return Limits(km, np.where(self.rest, 0.0, most), free.most_descent, free.most_speed, free.most_surface)

    def told(self, km: Column, pain_said: Column, felt: Column) -> Column:
        """Take in a day: km run (NaN without a run), pain said (NaN without a word) and felt; returns what was said."""
        ran, stop = ~np.isnan(km), np.nan_to_num(pain_said) >= STOP_PAIN
        up = ran & ~stop & (self.step < len(LADDER))
        self.step = np.where(stop, 0, self.step + up)
        self.rest = stop
        first = ran & np.isnan(self.usual_km)
        known = np.where(first, km, self.usual_km + 0.1 * (km - self.usual_km))
        self.usual_km = np.where(ran & (self.step == len(LADDER)) | first, known, self.usual_km)
        return pain_said


def lived(
    world: World,
    seed: int,
    count: int,
    days: int,
    learns: bool,
    turned: int = 0,
    blind: bool = False,
    real: bool = False,
) -> Lived:
    """Return lives under the ladder, with the learned limits where `learns`.

    `turned`: a control that is careful with another dose than it learned, so many places further; `blind`: a peer
    that is careful with every dose alike after the first painful run; `real`: under the coach's own injury ladder.
    """
    life = KneeLife(draw(seed, count), world, days)
    ladder: Ladder | RealLadder = RealLadder(count) if real else Ladder(count)
    coaches = [_Coach(turned, blind) for _ in range(count)]
    breaches, claimed = 0, np.full(count, np.nan)
    row = np.zeros(count)
    for day in range(days):
        by_rule = ladder.limits()
        limits = _limited(by_rule, coaches, row) if learns else by_rule
        breaches += _breaches(by_rule, limits)
        life.live(day, life.morning(day), limits)
        doses = life.doses[day]
        said = ladder.told(doses[:, 0], life.pain_said[day], life.pain[day])
        life.pain_said[day] = said
        for one, coach in enumerate(coaches):
            coach.told(day, doses[one], float(said[one]), learns)
            if coach.belief is not None and coach.belief.named and np.isnan(claimed[one]):
                claimed[one] = day
        row = np.where(np.isnan(doses[:, 0]), 0.0, row + 1.0)
    return Lived(life.lived(), life.knees.triggers, [coach.belief for coach in coaches], claimed, breaches)


def _limited(by_rule: Limits, coaches: list[_Coach], row: Column) -> Limits:
    """Return the ladder's limits with the learned ones below them."""
    most = np.array([coach.most for coach in coaches])
    rest = row >= np.maximum(np.floor(most[:, 4]), 1.0)
    km = np.where(rest, 0.0, np.minimum(by_rule.km, most[:, 0]))  # no wish, NaN, stays none
    most_km = np.where(rest, 0.0, np.minimum(by_rule.most_km, most[:, 0]))
    speed = np.minimum(by_rule.most_speed, most[:, 2])
    return Limits(km, most_km, most[:, 1], speed, most[:, 3])


def _breaches(by_rule: Limits, limits: Limits) -> int:
    """Return how many limits allow more than the ladder does."""
    more_km = limits.most_km > by_rule.most_km
    no_rest = (by_rule.km == 0.0) & (limits.km != 0.0)
    faster = limits.most_speed > by_rule.most_speed
    return int(np.sum(more_km | no_rest | faster | (limits.km > limits.most_km)))


class _Coach:
    """What one person said of one knee, and the limits (5,) that were learned from it."""

    def __init__(self, turned: int = 0, blind: bool = False) -> None:
        self.turned, self.blind = turned, blind
        self.day: list[float] = []
        self.doses: list[Column] = []
        self.pain: list[float] = []
        self.before: list[float] = []
        self.belief: Provocation | None = None
        self.most = np.full(5, np.inf)
        self._last, self._since = 0.0, 99
        self._named: tuple[str, ...] = ()

    def told(self, day: int, doses: Column, said: float, learns: bool) -> None:
        """Take in a day: doses of its run (5,), NaN without one, and the pain said of the knee, NaN without a word."""
        ran = bool(np.isfinite(doses[0]))
        before = self._last if self._since <= _REMEMBERED_D else 0.0
        if ran:
            self.day.append(float(day))
            self.doses.append(doses)
            self.pain.append(said)
            self.before.append(before)
        self._since += 1
        if ran or not np.isnan(said):
            self._last, self._since = said, 1
        if learns and ran and before < provoke.PAINFUL and said >= provoke.PAINFUL:
            self._learn()

    def _learn(self) -> None:
        runs = Runs(np.array(self.day), np.array(self.doses), np.array(self.pain), np.array(self.before))
        belief = provoke.learn(runs)
        self.belief = belief
        self.most = np.full(5, np.inf)
        for name in DOSES if self.blind else belief.suspects:
            name = DOSES[(DOSES.index(name) + self.turned) % len(DOSES)]
            self.most[DOSES.index(name)] = belief.bearable(name, BEARABLE)


def runs_of(seen: KneeDays, one: int) -> Runs:
    """Return the runs of one person as the coach saw them."""
    coach = _Coach()
    for day, said in enumerate(seen.pain_said[one].tolist()):
        coach.told(day, seen.doses[one, day], said, learns=False)
    return Runs(np.array(coach.day), np.array(coach.doses).reshape(-1, 5), np.array(coach.pain), np.array(coach.before))
