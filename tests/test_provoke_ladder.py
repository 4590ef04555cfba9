"""The bench's ladder is the coach's own: pain stops, words and days climb, and nothing is above it."""

from __future__ import annotations

import numpy as np

from app.bench import provoke_lives
from app.bench.provoke_ladder import RealLadder
from hardware_sim.lives.second import SECOND

NAN = np.nan


def day(ladder: RealLadder, km: float, said: float, felt: float = 0.0) -> float:
    return float(ladder.told(np.array([km]), np.array([said]), np.array([felt]))[0])


def test_pain_of_five_stops_running_and_the_climb_takes_weeks() -> None:
    ladder = RealLadder(1)
    for _ in range(5):
        day(ladder, 8.0, 0.0)
    assert ladder.limits().most_km[0] == np.inf and np.isnan(ladder.limits().km[0])
    day(ladder, 8.0, 6.0, 6.0)
    assert ladder.limits().km[0] == 0.0
    days, stages = 0, []
    while ladder.limits().most_km[0] < np.inf and days < 80:
        limits = ladder.limits()
        stages.append(float(limits.most_km[0]))
        wanted = 0.0 if limits.km[0] == 0.0 else min(8.0, limits.most_km[0])
        assert day(ladder, wanted or NAN, NAN, 0.0) == 0.0  # asked, and answered
        days += 1
    assert 20 <= days <= 45 and stages[0] == 0.0 and max(stages) <= 8.0


def test_a_small_pain_is_watched_and_shortens_the_run() -> None:
    ladder = RealLadder(1)
    day(ladder, 8.0, 0.0)
    day(ladder, 8.0, 2.0, 2.0)
    assert 0.0 < ladder.limits().most_km[0] < 8.0


def test_what_is_learned_never_allows_more_than_the_coachs_own_ladder() -> None:
    learned = provoke_lives.lived(SECOND, 79, 6, 150, learns=True, real=True)
    assert learned.breaches == 0 and np.isfinite(learned.seen.doses).any()
