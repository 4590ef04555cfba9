"""Prints the figures of docs/coach.md from the open training histories: python tests/bench/coach_figures.py [DATA].

Not a test: about a minute on one core. DATA defaults to KADENZ_DATA, else ../shared/data.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from coach_histories import histories
from coach_people import Riegel, decide

from app import places
from app.coach import bundled_predictor
from edge.coach.columns import Runs, runs_until
from edge.coach.heart import CENTRE_M_S
from edge.coach.performance import vdot
from edge.coach.state import state_from
from edge.coach.types import Profile, RunFact

DAYS = int(os.environ.get("KADENZ_DAYS", "60"))


def runs_of(facts: list[RunFact]) -> Runs:
    return runs_until(facts, max(f.start_unix_s for f in facts), 0.0)


def group_line(people: dict[str, list[RunFact]]) -> None:
    """Heart rate over speed: each athlete's own line, and their mean and spread."""
    lines = []
    for facts in people.values():
        runs = runs_of(facts)
        use = (runs.avg_hr_bpm > 90) & (runs.avg_hr_bpm < 200) & (runs.distance_m > 2000) & (runs.moving_s > 600)
        if use.sum() < 30:
            continue
        speed, bpm = runs.speed_m_s[use] - CENTRE_M_S, runs.avg_hr_bpm[use]
        slope, at = np.polyfit(speed, bpm, 1)
        lines.append((at, slope, float(np.std(bpm - at - slope * speed))))
    table = np.array(lines)
    mean, sd = table.mean(axis=0), table.std(axis=0, ddof=1)
    print(f"heart rate: {len(table)} athletes, at 2.8 m/s {mean[0]:.0f} (sd {sd[0]:.1f}) bpm, ", end="")
    print(f"slope {mean[1]:.1f} (sd {sd[1]:.1f}) bpm per m/s, scatter {np.median(table[:, 2]):.1f} bpm")


def shortfall(people: dict[str, list[RunFact]]) -> None:
    """How far the best mean-speed effort of six weeks lies below the best of half a year either side."""
    found = []
    for facts in people.values():
        runs = runs_of(facts)
        use = runs.distance_m >= 3000
        day = runs.day[use]
        worth = np.array([vdot(d, t) for d, t in zip(runs.distance_m[use], runs.moving_s[use], strict=True)])
        for at in np.unique(day)[10::10]:
            six = worth[(day <= at) & (day > at - 42)]
            half = worth[(day <= at + 90) & (day > at - 90)]
            if len(six) >= 6 and len(half) >= 20:
                found.append(1.0 - np.sort(six)[-1] / np.sort(half)[-2])
    values = np.percentile(found, [25, 50, 75])
    print(
        f"training shortfall: {len(found)} windows, median {values[1]:.1%} (quartiles {values[0]:.1%}, {values[2]:.1%})"
    )


def walk(people: dict[str, list[RunFact]]) -> None:
    """Decide on many days of every athlete; count breaches, kinds, and what the model changes."""
    bundled, table, rng = bundled_predictor(), places.load(), np.random.default_rng(7)
    predictor = bundled if bundled is not None else Riegel(1.10)
    name = "the race model" if bundled is not None else "a stand-in (exponent 1.10; no race model is bundled here)"
    kinds: Counter[str] = Counter()
    cards: Counter[str] = Counter()
    changes, near_usual, breaches, decided = [], [], 0, 0
    for facts in people.values():
        days = np.unique([int(f.start_unix_s // 86400) for f in facts])
        for day in rng.choice(days, min(DAYS, len(days)), replace=False).tolist():
            now = (day + int(rng.choice([1, 1, 1, 2, 3, 5, 15, 31]))) * 86400.0 + 9 * 3600.0
            state = state_from(facts, Profile(), (), table, None, now)
            with_model, without = decide(state, predictor), decide(state, None)
            decided += 1
            session, plain = with_model.session, without.session
            assert session is not None and plain is not None
            kinds[session.kind] += 1
            cards.update(c.content_id for c in with_model.content)
            runs = [f for f in runs_until(facts, now, 0.0).facts if f.start_unix_s > now - 30 * 86400.0]
            longest = max((f.distance_m for f in runs), default=np.inf)
            breaches += sum(s.distance_m > 1.1 * longest for s in (session, *(a for _, a in with_model.alternatives)))
            if session.kind == plain.kind and session.kind not in ("rest", "first"):
                changes.append(session.pace_low_s_per_km / plain.pace_low_s_per_km - 1.0)
            usual = state.fitness.usual_pace_s_per_km
            if usual is not None and session.kind == "easy":
                near_usual.append(0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km) / usual.value)
    print(f"decisions: {decided}, above 110 %: {breaches}; kinds {dict(kinds.most_common())}; cards {dict(cards)}")
    print("easy pace against usual pace, 5th, 50th, 95th percentile:", np.percentile(near_usual, [5, 50, 95]).round(3))
    spread = [f"{v:+.1%}" for v in np.percentile(changes, [5, 50, 95])]
    print(f"pace with {name} against without, {len(changes)} sessions: ", end="")
    print(f"mean absolute {np.mean(np.abs(changes)):.1%}, 5th, 50th, 95th percentile {spread}")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KADENZ_DATA", "../shared/data"))
    people = histories(folder)
    print(f"{len(people)} athletes, {sum(map(len, people.values()))} rows")
    group_line(people)
    shortfall(people)
    walk(people)


if __name__ == "__main__":
    main()
