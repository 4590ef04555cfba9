"""Laws of the outline: nothing within the zone of a start, an end or a place of one's own, however the way runs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_runs import HOME, M_PER_DEG

from app.pages.outline import OFTEN, cleared_m, often_started, outline_m
from edge.coach.types import RunFact
from edge.samples import Fix, Samples

NAN = float("nan")
PER_LON = M_PER_DEG * float(np.cos(np.radians(HOME[0])))


def fixes(east_m: np.ndarray, north_m: np.ndarray) -> tuple[Samples, ...]:
    none = np.full(len(east_m), NAN)
    return (
        Fix(np.arange(float(len(east_m))), HOME[0] + north_m / M_PER_DEG, HOME[1] + east_m / PER_LON, none, none, none),
    )


def steps_of(shown: np.ndarray) -> np.ndarray:
    """Return points along every drawn line (k, 2)."""
    along = shown[:-1] + np.linspace(0.0, 1.0, 7)[:, None, None] * np.diff(shown, axis=0)
    flat = along.reshape(-1, 2)
    return flat[np.isfinite(flat[:, 0])]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(20, 4000), zone_m=st.sampled_from([50.0, 200.0, 500.0]))
def test_no_line_comes_within_the_zone_of_a_hidden_place(seed: int, count: int, zone_m: float) -> None:
    rng = np.random.default_rng(seed)
    turn = np.cumsum(rng.normal(0.0, 0.15, count))
    way = np.cumsum(3.0 * np.column_stack([np.cos(turn), np.sin(turn)]), axis=0)
    hidden = way[[0, -1, rng.integers(count)]]
    shown = cleared_m(np.arange(float(count)), way, hidden, zone_m)
    for centre in hidden if len(shown) else ():
        assert np.hypot(*(steps_of(shown) - centre).T).min() >= zone_m - 1e-6


def test_a_way_that_stays_in_the_zone_has_no_outline() -> None:
    angle = np.linspace(0.0, 6.0, 400)
    assert len(outline_m(fixes(90.0 * np.sin(angle), 90.0 * np.cos(angle)), 200.0)) == 0


def test_a_way_that_passes_home_without_starting_there_hides_it() -> None:
    east = np.arange(-3000.0, 3000.0, 3.0)
    samples = fixes(east, np.zeros(len(east)))
    open_way, hidden = outline_m(samples, 200.0), outline_m(samples, 200.0, [HOME])
    assert not np.isnan(open_way[:, 0]).any() and np.isnan(hidden[:, 0]).sum() == 1
    edges = hidden[np.flatnonzero(np.isnan(hidden[:, 0]))[0] + np.array([-1, 1]), 0]
    assert np.diff(edges)[0] >= 400.0


def test_a_place_is_ones_own_after_three_starts() -> None:
    def run(number: int, latitude_deg: float) -> RunFact:
        return RunFact(
            str(number), number * 1e5, 0.0, "running", "", 5e3, 1800.0, 1800.0, NAN, NAN, NAN, latitude_deg, HOME[1],
            NAN, {}, 50.0, True,
        )  # fmt: skip

    few = [run(n, HOME[0]) for n in range(OFTEN - 1)] + [run(9, HOME[0] + 1.0), run(10, NAN)]
    assert often_started(few) == ()
    found = often_started([*few, run(11, HOME[0] + 1e-4)])
    assert len(found) == 1 and found[0][0] == pytest.approx(HOME[0], abs=2e-4)


def test_without_fixes_there_is_no_outline() -> None:
    assert len(outline_m((), 200.0)) == 0 and len(outline_m(fixes(np.zeros(3), np.zeros(3)), 200.0)) == 0
