"""Whose knee? The dose that provokes pain, named within so many painful runs, and what a coach gains by it. Simulated.

The rule of this file: built on the first physiology and its knees, judged in the second with people never seen; a
painful run is one after which a pain of 2 or more was said, and none before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.bench.figures import Control, Figure, Line, Plot, Say, Section
from app.bench.provoke_lives import BEARABLE, LADDER, Lived, lived, runs_of
from edge.samples import Column
from hardware_sim.lives import FIRST, Days, draw, live
from hardware_sim.lives.chance import Whole
from hardware_sim.lives.people import Flag
from hardware_sim.lives.second import SECOND
from models import provoke
from models.provoke import CLAIM, DOSES, PAINFUL, Runs

SEED, PEOPLE, DAYS, YEAR = 60_606, 400, 730, 365
QUICK_PEOPLE = 60
#: Under the coach's own ladder, which is slow: it is asked for each person every day.
REAL_PEOPLE, QUICK_REAL_PEOPLE = 60, 8
MOST_PAINFUL = 12
_WITHIN = 8
_Z = 2.94  # 0.05 over five doses and six looks, one-sided


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What was named of n people after each number of painful runs 1 to `MOST_PAINFUL`: (n, painful, 5) each, by three
    ways; and how many painful runs each person had.
    """

    by_bayes: Flag
    by_contrast: Flag
    likeliest: Flag
    painful: Whole
    triggers: Flag


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return how often the right dose is named and how often a wrong one, by painful runs, and the policy's gain."""
    count = QUICK_PEOPLE if quick else PEOPLE
    say(f"living {count} people with knees for {DAYS} days in the second physiology")
    plain = lived(SECOND, SEED, count, DAYS, learns=False)
    say("who is named, run by run")
    named = named_in(plain)
    say("a year by the ladder and by what was learned")
    ladder = lived(SECOND, SEED + 1, count, YEAR, learns=False)
    learned = lived(SECOND, SEED + 1, count, YEAR, learns=True)
    blind = lived(SECOND, SEED + 1, count, YEAR, learns=True, blind=True)
    wrong = lived(SECOND, SEED + 1, count, YEAR, learns=True, turned=2)
    return Section(
        name="provoke",
        data=f"simulated: {count} people with a knee each, second physiology, seeds {SEED} and {SEED + 1}; the "
        "model was built on the first; knees, triggers and how limits are followed are assumed "
        "(hardware_sim/lives/knees.py)",
        figures=(
            *_named_figures(named),
            *_policy_figures(ladder, learned, blind),
            *_real_figures(QUICK_REAL_PEOPLE if quick else REAL_PEOPLE, say),
            *([] if quick else _beside(say)),
        ),
        controls=(
            Control(
                "pain-days with limits on another dose, share of the ladder's",
                _share(wrong, ladder),
                _share(learned, ladder),
            ),
            Control("right dose named, triggers of others", *_shuffled(named), more_is_worse=False),
        ),
        pictures=(_curve(named),),
        notes=_notes(),
    )


def named_in(lives: Lived) -> Named:
    """Return what would have been named after each painful run."""
    count = len(lives.triggers)
    found = [np.zeros((count, MOST_PAINFUL, len(DOSES)), dtype=bool) for _ in range(3)]
    painful = np.zeros(count, dtype=np.int64)
    for one in range(count):
        runs = runs_of(lives.seen, one)
        hurt = np.flatnonzero((runs.before < PAINFUL) & (runs.pain >= PAINFUL))[:MOST_PAINFUL]
        painful[one] = len(hurt)
        for k, at in enumerate(hurt.tolist()):
            so_far = runs.first(at + 1)
            belief = provoke.learn(so_far)
            found[0][one, k] = [name in belief.named for name in DOSES]
            found[1][one, k] = _contrast(so_far)
            found[2][one, k, int(np.argmax(belief.chance))] = True
    return Named(found[0], found[1], found[2], painful, lives.triggers)


def _contrast(runs: Runs) -> Flag:
    """Return the dose that lies farthest above the usual in painful runs where that is more than chance: the peer."""
    fresh = (runs.before < PAINFUL) & ~np.isnan(runs.pain)
    scaled = provoke.over_usual(runs.doses)[0][fresh]
    hurt = runs.pain[fresh] >= PAINFUL
    scores = scaled[hurt].mean(axis=0) * np.sqrt(hurt.sum())
    return np.asarray((scores >= _Z) & (scores == scores.max()) & (hurt.sum() >= provoke.FEWEST_PAINFUL))


def scored(named: Flag, triggers: Flag, painful: Whole, within: int) -> tuple[float, float, int]:
    """Return the share of people with a cause of whom only right doses were named, the share of all of whom a wrong one
    was ever named, and how many people: those with so many painful runs at least.
    """
    some = painful >= within
    ever: Flag = np.asarray(named[some, :within].any(axis=1))
    causes = triggers[some]
    wrong = (ever & ~causes).sum(axis=1) > 0
    right = ((ever & causes).sum(axis=1) > 0) & ~wrong
    return float(right[causes.sum(axis=1) > 0].mean()), float(wrong.mean()), int(some.sum())


def _named_figures(named: Named) -> list[Figure]:
    right, wrong, count = scored(named.by_bayes, named.triggers, named.painful, _WITHIN)
    peer_right, peer_wrong, _ = scored(named.by_contrast, named.triggers, named.painful, _WITHIN)
    likely, _, _ = scored(named.likeliest[:, _WITHIN - 1 :], named.triggers, named.painful - _WITHIN + 1, 1)
    all_wrong = (named.by_bayes.any(axis=1) & ~named.triggers).any(axis=1)
    none = ~named.triggers.any(axis=1) & (named.painful >= _WITHIN)
    blamed = float(named.by_bayes[none, :_WITHIN].any(axis=(1, 2)).mean()) if none.any() else np.nan
    note = f"{count} people with at least {_WITHIN} painful runs in {DAYS} days"
    peer = "contrast of painful runs"
    return [
        Figure("right dose named within 8 painful runs", 100 * right, "%", at_least=80.0, peer=peer,
               peer_value=100 * peer_right, note=f"{note}; of two causes one suffices, with none wrong beside it"),
        Figure("a wrong dose ever named within 8 painful runs", 100 * wrong, "%", at_most=5.0, peer=peer,
               peer_value=100 * peer_wrong, note=f"{note}, without a cause too; +-{_half(wrong, count):.1f} (95 %)"),
        Figure("a wrong dose ever named within 12 painful runs, all people", 100 * float(all_wrong.mean()), "%",
               at_most=5.0),
        Figure("a dose named where pain comes by itself, within 8", 100 * blamed, "%", note=f"{none.sum()} people"),
        Figure("the likeliest dose is right after 8, whatever its chance", 100 * likely, "%"),
    ]  # fmt: skip


def _half(share: float, count: int) -> float:
    return float(196.0 * np.sqrt(max(share * (1.0 - share), 1e-4) / max(count, 1)))


def _pain_days(lives: Lived) -> Column:
    return np.asarray((lives.seen.pain >= PAINFUL).sum(axis=1))


def _km(lives: Lived) -> Column:
    return np.asarray(np.nansum(lives.seen.doses[:, :, 0], axis=1))


def _share(lives: Lived, other: Lived) -> float:
    return float(_pain_days(lives).sum() / _pain_days(other).sum())


def _policy_figures(ladder: Lived, learned: Lived, blind: Lived) -> list[Figure]:
    fewer = 100.0 * (1.0 - _share(learned, ladder))
    volume = 100.0 * float(_km(learned).sum() / _km(ladder).sum())
    low, high = _between_people(ladder, learned)
    half = slice(YEAR // 2, YEAR)
    second = (learned.seen.pain[:, half] >= PAINFUL).sum() / (ladder.seen.pain[:, half] >= PAINFUL).sum()
    peer = "careful with every dose"
    steps = ", ".join(f"{100 * share:.0f}" for share in LADDER)
    note = (
        f"against rest after pain >= 3 and then {steps}, 100 %; the same people, a year from its first day, "
        f"95 % {low:.0f} to {high:.0f}; a limit where pain would come in more than {100 * BEARABLE:.0f} % of runs"
    )
    return [
        Figure("pain-days fewer than by the generic ladder", fewer, "%", at_least=30.0, peer=peer,
               peer_value=100.0 * (1.0 - _share(blind, ladder)), note=note),
        Figure("pain-days fewer in the second half of the year", 100.0 * (1.0 - float(second)), "%"),
        Figure("km run, of the generic ladder's", volume, "%", at_least=90.0, peer=peer,
               peer_value=100.0 * float(_km(blind).sum() / _km(ladder).sum())),
        Figure("limits above the ladder's", float(learned.breaches), at_most=0.0, note=f"{YEAR} days of each person"),
        Figure("people of whom a dose was named in the year", 100.0 * float(np.isfinite(learned.claimed).mean()), "%"),
    ]  # fmt: skip


def _real_figures(count: int, say: Say) -> list[Figure]:
    """Return the policy below the coach's own injury ladder, which asks every evening while a place is not sound."""
    say("a year by the coach's own injury ladder")
    ladder = lived(SECOND, SEED + 1, count, YEAR, learns=False, real=True)
    learned = lived(SECOND, SEED + 1, count, YEAR, learns=True, real=True)
    turned = lived(SECOND, SEED + 1, count, YEAR, learns=True, turned=2, real=True)
    low, high = _between_people(ladder, learned)
    note = f"{count} people under edge.coach.injury and its rules alone; 95 % {low:.0f} to {high:.0f}"
    control = "limits on another dose than the learned one"
    volume = [100.0 * float(_km(one).sum() / _km(ladder).sum()) for one in (learned, turned)]
    return [
        Figure("pain-days fewer than by the coach's own ladder", 100.0 * (1.0 - _share(learned, ladder)), "%",
               at_least=30.0, peer=control, peer_value=100.0 * (1.0 - _share(turned, ladder)), note=note),
        Figure("km run, of the coach's own ladder's", volume[0], "%", at_least=90.0, peer=control,
               peer_value=volume[1]),
        Figure("limits above the coach's own ladder's", float(learned.breaches), at_most=0.0),
    ]  # fmt: skip


def _between_people(ladder: Lived, learned: Lived) -> tuple[float, float]:
    """Return the 95 % bootstrap interval over people of the share of pain-days less, in %."""
    rng = np.random.default_rng(3)
    before, after = _pain_days(ladder), _pain_days(learned)
    rows = rng.integers(0, len(before), (2000, len(before)))
    less = 100.0 * (1.0 - after[rows].sum(axis=1) / before[rows].sum(axis=1))
    return float(np.quantile(less, 0.025)), float(np.quantile(less, 0.975))


def _shuffled(named: Named) -> tuple[float, float]:
    order = np.random.default_rng(4).permutation(len(named.triggers))
    real = scored(named.by_bayes, named.triggers, named.painful, _WITHIN)[0]
    return scored(named.by_bayes, named.triggers[order], named.painful, _WITHIN)[0], real


def _curve(named: Named) -> Plot:
    painful = np.arange(provoke.FEWEST_PAINFUL, MOST_PAINFUL + 1)
    lines = []
    for name, found in (("bayes", named.by_bayes), ("contrast", named.by_contrast)):
        scores = [scored(found, named.triggers, named.painful, int(k)) for k in painful]
        for at, what in enumerate(("right", "wrong")):
            lines.append(Line(f"{what}, {name}", painful.astype(float), np.array([100 * one[at] for one in scores])))
    title = "Whose knee: named by painful runs (simulated)"
    return Plot("named", title, "painful runs", "people in %", tuple(lines))


def _beside(say: Say) -> list[Figure]:
    """Return the same in the first physiology, where the model was built, and what the lives' own injuries show."""
    say("the same in the first physiology")
    named = named_in(lived(FIRST, SEED, PEOPLE // 2, DAYS, learns=False))
    right, wrong, count = scored(named.by_bayes, named.triggers, named.painful, _WITHIN)
    note = f"{count} people; wrong {100 * wrong:.1f} %"
    return [
        Figure("right dose named within 8, in the first physiology", 100 * right, "%", note=note),
        _own_injuries(say),
    ]


def _own_injuries(say: Say) -> Figure:
    """Return how often the likeliest dose is the frailest one after eight of the lives' own injuries."""
    say("eight injuries of the lives' own take decades")
    people = draw(SEED + 2, 120)
    days = live(people, 6000, SECOND)
    hurt = np.diff(days.truth.injured, axis=1, append=False) & ~days.truth.injured & days.ran
    frail = np.stack([np.log(getattr(people.frailty, k)) for k in ("dose", "descent", "speed", "surface", "row")], 1)
    frailest = np.argmax(frail / np.array([0.4, 0.5, 0.5, 0.5, 0.4]), axis=1)
    found = [_likeliest(days, hurt, one) == frailest[one] for one in range(len(people)) if hurt[one].sum() >= _WITHIN]
    note = f"{len(found)} people; eight injuries of the whole body, whose hazard each dose changes a little: no knee"
    return Figure("likeliest dose is the frailest one after 8 of the lives' own injuries", 100 * np.mean(found), "%",
                  peer="chance", peer_value=20.0, note=note)  # fmt: skip


def _likeliest(days: Days, hurt: Flag, one: int) -> int:
    """Return the likeliest dose after the eighth injury of a person; days with pain before are left out."""
    last = int(np.flatnonzero(hurt[one])[_WITHIN - 1]) + 1
    ran = np.flatnonzero(days.ran[one, :last])
    row = np.arange(last) - np.maximum.accumulate(np.where(days.ran[one, :last], -1, np.arange(last)))
    km = days.distance_m[one, ran] / 1000.0
    share = days.speed_m_s[one, ran] / days.truth.speed_10k_m_s[one, ran]
    doses = (km, days.descent_m[one, ran] / km, share, days.hard_surface[one, ran], np.maximum(row[ran] - 1.0, 0.0))
    runs = Runs(
        ran.astype(float), np.stack(doses, 1), 5.0 * hurt[one, ran], np.minimum(days.truth.pain[one, ran], 10.0)
    )
    return int(np.argmax(provoke.learn(runs).chance))


def _notes() -> tuple[str, ...]:
    return (
        f"A dose is named from a probability of {CLAIM}; carefulness begins at {provoke.SUSPECT}, without a name.",
        "Three ways were compared: model averaging over none, one or two doses (used); a contrast of painful with "
        "other runs, corrected for five doses and six looks (peer); the likeliest dose, which always names one.",
        "The pattern is of this person's runs; it is no diagnosis and claims to prevent nothing.",
    )
