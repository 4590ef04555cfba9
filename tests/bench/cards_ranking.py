"""What the ONNX models change of targets and of the altitude cards' ranking: decisions with them and without.

python tests/bench/cards_ranking.py       (needs the real histories; a few minutes)

For each history some days are taken; on each the person is said to be in Denver, Leadville or Quito. With: the bundled
race model and what the person model learned. Without: Riegel's formula and the heart-rate line by rule.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from coach_histories import histories

from app import places
from app.cards import catalogue
from app.coach import bundled_predictor
from edge.coach.cards import facts_of
from edge.coach.catalogue import applies, score
from edge.coach.rules import limits_of
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Place, Profile
from models.learner import PersonLearner

HERE = (
    Place("Denver", 39.739, -104.985, 1609.0, "US"),
    Place("Leadville", 39.251, -106.293, 3097.0, "US"),
    Place("Quito", -0.22, -78.51, 2850.0, "EC"),
)
DAYS, DAY_S = 4, 86400.0


def ranked(facts) -> list[tuple[float, str]]:  # type: ignore[no-untyped-def]
    cards = [c for c in catalogue().cards if c.group == "altitude" and applies(c, facts)]
    return sorted(((score(c, facts), c.card_id) for c in cards), key=lambda one: (-one[0], one[1]))


def main() -> None:
    """Print how many decisions differ and by how much."""
    folder = Path(os.environ.get("KADENZ_DATA", Path(__file__).parents[3] / "shared" / "data"))
    predictor, rng = bundled_predictor(), np.random.default_rng(5)
    order, top, points, paces, count = 0, 0, [], [], 0
    for facts in histories(folder).values():
        days = sorted({int(f.start_unix_s // DAY_S) for f in facts})[40:]
        for number, day in enumerate(rng.choice(days, min(DAYS, len(days)), replace=False).tolist()):
            now_s, here = day * DAY_S + DAY_S + 8 * 3600.0, HERE[number % len(HERE)]
            learned = state_from(facts, Profile(), (), places.load(), here, now_s, 0.0, PersonLearner(b""))
            by_rule = state_from(facts, Profile(), (), places.load(), here, now_s, 0.0)
            pairs = [(s, p) for s, p in ((learned, predictor), (by_rule, None))]
            one, other = (ranked(facts_of(s, limits_of(s), None, p)) for s, p in pairs)
            if not one or len(one) != len(other):  # they live that high
                continue
            count += 1
            order += [c for _, c in one] != [c for _, c in other]
            top += one[0][1] != other[0][1]
            points += [abs(s - {c: v for v, c in other}[c]) for s, c in one]
            sessions = [decide(s, p, catalogue()).session for s, p in pairs]
            if all(s is not None and s.pace_low_s_per_km > 0 for s in sessions):
                paces.append(sessions[0].pace_low_s_per_km / sessions[1].pace_low_s_per_km - 1.0)  # type: ignore[union-attr]
    moved = 100.0 * np.abs(np.array(paces))
    print(f"{count} decisions at altitude, models against rules alone")
    print(f"order of the altitude cards differs: {order / count:.1%}; the first of them: {top / count:.1%}")
    print(f"score moves by {np.mean(points):.2f} points in the mean (90th percentile {np.percentile(points, 90):.2f})")
    print(f"target pace moves by {moved.mean():.2f} % in the mean (n = {len(moved)}, largest {moved.max():.1f} %)")


if __name__ == "__main__":
    main()
