"""What each model file changes in the coach's decisions, and whether for the better; on simulated people.

The rule of this file: every variant sees the same morning; the truth is used to judge alone. `first` is the physiology
that the person model was made with, `second` another one, kept for judging.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench.ablation_lives import KNOWN, Morning, mornings, state_of
from app.bench.figures import Figure, Say, Section
from app.cards import catalogue
from app.coach import bundled_predictor
from edge.coach import rules
from edge.coach.targets import heart_band, pace_band
from edge.coach.today import decide
from edge.coach.types import RacePredictor
from edge.samples import Column
from hardware_sim.lives import FIRST
from hardware_sim.lives.second import SECOND

PEOPLE, QUICK_PEOPLE = 200, 12
SEEDS = {"first": 4926, "second": 4927}
NO_FILE = Path("no-person-model.onnx")
#: Variant -> is the race model there, is the person model there.
VARIANTS = {
    "all": (True, True),
    "without race.onnx": (False, True),
    "without person.onnx": (True, False),
    "without both": (False, False),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What one variant decides one morning: the easy target, the day's session at home, and the order of cards away."""

    easy_pace_s_per_km: float
    easy_hr_bpm: float
    session: tuple[float, ...]
    """Distance in km, middle of pace and of heart rate of the session, at home."""
    cards: tuple[str, ...]
    """The cards in their order on arrival at altitude, safety first."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """All mornings (n): known runs, truth (n, 2) and what each variant decided."""

    known: Column
    truth: Column
    seen: dict[str, list[Seen]]


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what each model changes, in both physiologies."""
    people = QUICK_PEOPLE if quick else PEOPLE
    figures: list[Figure] = []
    for name, world in (("first", FIRST), ("second", SECOND)):
        judged = judge(mornings(SEEDS[name], people, world))
        say(f"{name}: {len(judged.known)} mornings")
        figures += figures_of(name, judged)
    return Section(
        "ablation", f"simulated: {people} people in each of two physiologies, after {KNOWN} runs", tuple(figures)
    )


def judge(found: Iterable[Morning]) -> Judged:
    """Return what every variant decides on some mornings."""
    race = bundled_predictor()
    known, truth, seen = [], [], {name: [] for name in VARIANTS}  # type: ignore[var-annotated]
    for one in found:
        known.append(float(one.known))
        truth.append((one.true_pace_s_per_km, one.true_hr_bpm))
        for name, (with_race, with_person) in VARIANTS.items():
            seen[name].append(_seen(one, race if with_race else None, None if with_person else NO_FILE))
    return Judged(np.array(known), np.array(truth).reshape(-1, 2), seen)


def _seen(one: Morning, race: RacePredictor | None, model: Path | None) -> Seen:
    state = state_of(one, False, model)
    band, _ = pace_band("easy", state, race)
    heart = heart_band("easy", band, state, rules.limits_of(state))
    session = decide(state, race).session
    numbers = (math.nan,) * 3
    if session is not None:
        pace = 0.5 * (session.pace_low_s_per_km + session.pace_high_s_per_km)
        numbers = (session.distance_m / 1000.0, pace, 0.5 * (session.hr_low_bpm + session.hr_high_bpm))
    away = decide(state_of(one, True, model), race, catalogue())
    return Seen(band.middle, heart.middle, numbers, tuple(card.content_id for card in away.content))


def figures_of(world: str, judged: Judged) -> list[Figure]:
    """Return the figures of one physiology."""
    note = f"{len(judged.known)} mornings, {world} physiology, simulated"
    found = []
    for name in list(VARIANTS)[1:]:
        found += _changes(f"{world}, {name}", judged.seen["all"], judged.seen[name], note)
    return [*found, *_errors(world, judged, note)]


def _changes(name: str, every: list[Seen], less: list[Seen], note: str) -> list[Figure]:
    moved = np.abs(np.array([a.session for a in every]) - np.array([b.session for b in less]))
    same = np.array([repr(a.session) == repr(b.session) for a, b in zip(every, less, strict=True)])
    order = np.array([a.cards != b.cards for a, b in zip(every, less, strict=True)])
    found = [
        Figure(f"{name}: decisions whose targets change", 100.0 * float(np.mean(~same)), "%", note=note),
        Figure(f"{name}: mornings at altitude whose cards change order", 100.0 * float(np.mean(order)), "%", note=note),
    ]
    for at, (what, unit) in enumerate((("distance", "km"), ("pace", "s/km"), ("heart rate", "bpm"))):
        column = moved[:, at][np.isfinite(moved[:, at])]
        for q, word in ((50, "median"), (90, "90th percentile")):
            value = float(np.percentile(column, q)) if len(column) else math.nan
            found.append(Figure(f"{name}: {what} moves, {word}", value, unit, note=note))
    return found


def _errors(world: str, judged: Judged, note: str) -> list[Figure]:
    """Return the mean error of easy pace and heart rate of each variant, after so many runs, beside all models."""
    found = []
    miss = {name: _miss(judged, name) for name in VARIANTS}
    both = np.asarray(np.isfinite(np.stack(list(miss.values()))).all(axis=0))
    for at, (what, unit) in enumerate((("easy pace", "s/km"), ("easy heart rate", "bpm"))):
        for known in (None, *KNOWN):
            rows = both[:, at] & (judged.known == known if known is not None else True)
            after = "all mornings" if known is None else f"after {known} runs"
            for name in list(VARIANTS)[1:]:
                mine, other = (float(miss[n][rows, at].mean()) if rows.any() else math.nan for n in ("all", name))
                label = f"{world}: error of the {what}, {after}, all models"
                found.append(Figure(label, mine, unit, peer=name, peer_value=other, note=note))
    return found


def _miss(judged: Judged, name: str) -> Column:
    told = np.array([(one.easy_pace_s_per_km, one.easy_hr_bpm) for one in judged.seen[name]]).reshape(-1, 2)
    return np.asarray(np.abs(told - judged.truth))
