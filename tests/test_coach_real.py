"""Years of real training, walked through: rules hold on every day, targets stay sane, trips bring their card."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from coach_histories import histories
from coach_people import Riegel, decide

from app import places
from edge.coach.columns import runs_until
from edge.coach.state import state_from
from edge.coach.types import Profile, RunFact

pytestmark = pytest.mark.real
DAY_S = 86400.0


def chosen_days(facts: list[RunFact], count: int) -> list[float]:
    rng = np.random.default_rng(11)
    days = np.unique([int(f.start_unix_s // DAY_S) for f in facts])
    return [float(d) for d in rng.choice(days, min(count, len(days)), replace=False)]


def test_no_day_of_any_history_breaks_a_rule_or_leaves_the_usual_range(data_folder: Path) -> None:
    decided, strange = 0, []
    for name, facts in histories(data_folder).items():
        for i, day in enumerate(chosen_days(facts, 14)):
            now = (day + (1, 2, 4, 16, 35)[i % 5]) * DAY_S + 6 * 3600.0
            state = state_from(facts, Profile(), (), places.load(), None, now)
            decision = decide(state, Riegel())
            runs = runs_until(facts, now, 0.0).facts
            window = [f.distance_m for f in runs if f.start_unix_s > now - 30 * DAY_S]
            usual = state.fitness.usual_pace_s_per_km
            assert decision.session is not None
            decided += 1
            for session in (decision.session, *(s for _, s in decision.alternatives)):
                if session.kind == "rest":
                    continue
                assert session.distance_m <= 1.1 * max(window, default=np.inf), (name, now)
                assert session.pace_low_s_per_km < session.pace_high_s_per_km
            if usual is not None and decision.session.kind in ("easy", "long"):
                middle = 0.5 * (decision.session.pace_low_s_per_km + decision.session.pace_high_s_per_km)
                strange += [] if 0.85 <= middle / usual.value <= 1.25 else [(name, now, middle / usual.value)]
    assert decided > 100 and len(strange) <= 0.02 * decided, strange


def test_trips_to_altitude_bring_the_card_and_life_at_home_brings_none(data_folder: Path) -> None:
    facts = histories(data_folder)["athlete_b8fb89"]
    table = places.load()
    high, home = [], []
    for fact in facts:
        if fact.sport == "running" and fact.distance_m > 2000 and abs(fact.start_latitude_deg) < 90:
            altitude_m = table.known_as(fact.start_latitude_deg, fact.start_longitude_deg).altitude_m
            (high if altitude_m > 1400 else home).append(fact)
    assert len(high) >= 10
    for before, fact in pairwise([home[0], *high]):
        state = state_from(facts, Profile(), (), table, None, fact.start_unix_s + 0.7 * DAY_S)
        decision = decide(state, Riegel())
        used = state.where.acclimatised_m
        assert used is not None
        assert "altitude-up" in [c.content_id for c in decision.content] or used.value > 1100
        if fact.start_unix_s - before.start_unix_s > 30 * DAY_S:  # just arrived
            assert decision.session is not None and decision.session.kind in ("easy", "rest", "return")
    quiet = [
        f for f in home if abs(f.start_latitude_deg - 9) < 0.3 and f.start_unix_s > high[-1].start_unix_s + 60 * DAY_S
    ]
    for fact in quiet[:: max(1, len(quiet) // 5)][:5]:
        decision = decide(state_from(facts, Profile(), (), table, None, fact.start_unix_s + DAY_S), Riegel())
        assert not [c for c in decision.content if c.content_id.startswith("altitude")]
