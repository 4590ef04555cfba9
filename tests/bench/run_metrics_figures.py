"""Print how the run metrics agree with devices' own totals and with simulated truth.

Run: PYTHONPATH=tests python tests/bench/run_metrics_figures.py [folder of recordings].
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from conftest import real_data_folder
from edge_truth import BAD, GOOD, POCKET, hill_repeats, recordings, sensed

from device.files.recording import Recording
from edge.altitude import climb
from edge.clock import merged_pauses_s
from edge.fixes import is_place, positions_m, steps_m
from edge.samples import Fix, select
from edge.summary import RunSummary, summarise
from edge.track import course

SEEDS = range(100)


def line(name: str, off: list[float], unit: str) -> None:
    """Print count, median, 95th percentile and maximum of errors."""
    errors = np.abs(np.array(off)) * (100.0 if unit == "%" else 1.0)
    median, most = np.quantile(errors, (0.5, 0.95))
    print(f"{name}: n {len(errors)}, median {median:.3f} {unit}, 95th pct {most:.3f} {unit}, max {errors.max():.1f}")


def beside_devices(folder: Path) -> None:
    """Print the errors of the summaries against the totals that the devices state."""
    told = [(r, summarise(r.samples, r.sport, r.pauses)) for r in recordings(folder)]

    def ratios(ours: str, least: float) -> list[float]:
        pairs = [(getattr(s, ours), getattr(r.stated, ours)) for r, s in told]
        return [a / b - 1.0 for a, b in pairs if b > least and np.isfinite(a)]

    line("distance", ratios("distance_m", 0.0), "%")
    line("timer", ratios("timer_s", 0.0), "%")
    heart = [(s.avg_hr_bpm, r.stated.avg_hr_bpm) for r, s in told]
    line("average heart rate", [a - b for a, b in heart if b > 0.0 and np.isfinite(a)], "bpm")
    ascent = 1.0 + np.array(ratios("ascent_m", 20.0))
    print(
        "ascent over the device's, 2.5/25/50/75/97.5 %:", np.quantile(ascent, (0.025, 0.25, 0.5, 0.75, 0.975)).round(3)
    )
    energy = [s.calories_kcal for r, s in told]
    inside = [
        e.low <= r.stated.calories_kcal <= e.high for (r, _), e in zip(told, energy, strict=True) if known(r, e.value)
    ]
    print(f"energy: the device's lies in our 90 % interval in {100 * np.mean(inside):.0f} % of {len(inside)} on foot")
    track_alone(told)


def known(recording: Recording, kcal: float) -> bool:
    """Return whether a foot recording has energy on both sides."""
    return recording.sport in {"running", "walking"} and recording.stated.calories_kcal > 20.0 and np.isfinite(kcal)


def track_alone(told: list[tuple[Recording, RunSummary]]) -> None:
    """Print the distance of the satellite track alone against the devices' own, foot sports with fixes throughout."""
    off, plain = [], []
    for recording, _ in told:
        fix = select(recording.samples, Fix)
        whole = fix is not None and len(fix) > 60 and np.ptp(fix.t_s) > 0.95 * recording.stated.duration_s
        if fix is not None and whole and recording.sport == "running" and recording.stated.distance_m > 1000.0:
            pauses = merged_pauses_s(np.array([(p.from_s, p.to_s) for p in recording.pauses]))
            off.append(course((fix,), "running", pauses).total_m / recording.stated.distance_m - 1.0)
            place = is_place(fix.latitude_deg, fix.longitude_deg)
            steps = steps_m(positions_m(fix.latitude_deg[place], fix.longitude_deg[place]))
            plain.append(steps.sum() / recording.stated.distance_m - 1.0)
    line("distance from the track alone (running)", off, "%")
    line("the same, plain sum of the steps", plain, "%")
    print(f"signed medians {100 * np.median(off):.2f} % and {100 * np.median(plain):.2f} %")


def simulated() -> None:
    """Print climbing on simulated ground: ten 40 m hills and ten flat kilometres, three sensors, 100 seeds each."""
    flat_s, (hill_s, hill_m) = np.arange(3333.0), hill_repeats()
    round_m = 20.0 * (1.0 - np.cos(np.pi * hill_s / 133.0))
    for name, sensor in (("good", GOOD), ("pocket", POCKET), ("bad", BAD)):
        ground = ((flat_s, 0.0 * flat_s), (hill_s, hill_m), (hill_s, round_m))
        flat, hill, rounded = (
            np.array([climb(t_s, sensed(np.random.default_rng(s), t_s, m, sensor)).ascent.value for s in SEEDS])
            for t_s, m in ground
        )
        print(
            f"{name}: flat median {np.nanmedian(flat):.1f} m, below 10 m in {100 * np.mean(flat < 10):.0f} %; "
            f"straight hills median {np.nanmedian(hill):.0f} m, within 10 % in {100 * within(hill):.0f} %; "
            f"rounded hills median {np.nanmedian(rounded):.0f} m, within 10 % in {100 * within(rounded):.0f} %; "
            f"called unusable in {100 * np.mean(np.isnan([*flat, *hill, *rounded])):.0f} %"
        )


def within(told_m: np.ndarray) -> float:
    """Return the share within 10 % of 400 m."""
    return float(np.mean(np.abs(told_m / 400.0 - 1.0) < 0.1))


def main() -> int:
    """Print all figures."""
    simulated()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else real_data_folder()
    if folder is None:
        print("no real recordings here: set KADENZ_DATA to their folder", file=sys.stderr)
        return 1
    beside_devices(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
