"""One run in numbers: what it amounts to, its splits and its zones.

The rule of this file: figures come from edge; this only chooses and words them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from app.coach import expected_hr, rest_hr_bpm, state_of
from app.live_view import ZONE_STYLES
from app.store import RunRow, Store
from app.view import DASH, distance_text, duration_text, number_text, pace_text
from edge import heart, track
from edge.altitude import altitude_rows, climb
from edge.clock import merged_pauses_s
from edge.coach.beliefs import Belief
from edge.coach.types import Profile
from edge.samples import Column, Estimate, HeartRate, Samples, select

BAR_CELLS = 24


@dataclass(frozen=True, slots=True)
class Effort:
    """What the run cost: grade-adjusted pace in s/km, heart-rate drift as a share, training load, ascent in m."""

    flat_pace_s_per_km: float
    drift: float
    load: float
    ascent: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class RunReport:
    """One run: its row, kilometre splits (k,) in m, s and bpm, time (6,) in s below zone 1 and in each zone."""

    row: RunRow
    split_m: Column
    split_s: Column
    split_hr_bpm: Column
    zones_s: Column
    highest: Belief
    """What is believed of the highest heart rate, which the zones rest on."""
    expected_hr_bpm: Estimate | None
    """The mean heart rate that the runs before this one led to expect, with its 90 % interval."""
    effort: Effort
    damaged: tuple[str, ...]


Loaded = tuple[tuple[Samples, ...], tuple[str, ...]]


def report_of(store: Store, run_id: str, loaded: Loaded | None = None) -> RunReport:
    """Return the report of one run of the diary; raises StoreError when there is no such run.

    `loaded` is what `store.samples` gave for the run, for a caller that has it already.
    """
    row = store.run(run_id)
    samples, damaged = loaded or store.samples(run_id)
    highest = state_of(store, row.start_unix_s + 1.0).max_hr_bpm
    pauses_s = np.array([(p.from_s, p.to_s) for p in store.pauses(run_id)], dtype=np.float64)
    expected = expected_hr(store, run_id)
    return _report(row, samples, merged_pauses_s(pauses_s), store.profile(), highest, expected, damaged)


def _report(
    row: RunRow,
    samples: tuple[Samples, ...],
    pauses_s: Column,
    profile: Profile,
    highest: Belief,
    expected: Estimate | None,
    damaged: tuple[str, ...],
) -> RunReport:
    course = track.course(samples, row.sport, pauses_s)
    split = track.splits(course, 1000.0, pauses_s)
    beat = heart.pulse(select(samples, HeartRate), pauses_s)
    marks_m = np.concatenate(([0.0], np.cumsum(split.distance_m)))
    at_s = np.interp(marks_m, course.distance_m, course.t_s) if len(course.t_s) > 1 else np.empty(0)
    zones_s = heart.time_in_zones_s(beat, heart.zones_of_maximum_bpm(highest.value))
    effort = _effort(samples, course, beat, track.moving_s(course, pauses_s), profile, highest.value)
    split_hr = _mean_between(beat, at_s)
    return RunReport(row, split.distance_m, split.moving_s, split_hr, zones_s, highest, expected, effort, damaged)


def _effort(
    samples: tuple[Samples, ...],
    course: track.Course,
    beat: heart.Pulse,
    moving_s: float,
    profile: Profile,
    max_bpm: float,
) -> Effort:
    height = climb(*altitude_rows(samples))
    flat_m = track.flat_distance_m(course, track.grades(course, height.t_s, height.smooth_m))
    covered_m = float(flat_m[-1]) if len(flat_m) else 0.0
    return Effort(
        flat_pace_s_per_km=1000.0 * moving_s / covered_m if covered_m > 0.0 else nan,
        drift=heart.drift(beat, course.t_s, flat_m),
        load=heart.load_from_pulse(beat, rest_hr_bpm(profile), max_bpm, profile.sex),
        ascent=height.ascent,
    )


def _mean_between(beat: heart.Pulse, at_s: Column) -> Column:
    """Return the time-weighted mean heart rate (k,) between each pair of times, NaN where none was measured."""
    if len(at_s) < 2 or not len(beat.t_s):
        return np.full(max(0, len(at_s) - 1), np.nan)
    place = np.searchsorted(at_s, beat.t_s, side="right") - 1
    inside = (place >= 0) & (place < len(at_s) - 1)
    size = len(at_s) - 1
    weight = np.bincount(place[inside], beat.weight_s[inside], minlength=size)
    total = np.bincount(place[inside], (beat.weight_s * beat.bpm)[inside], minlength=size)
    return np.asarray(np.divide(total, weight, out=np.full(size, np.nan), where=weight > 0))


def headline(row: RunRow) -> str:
    """Return the run in one line: distance, time, pace."""
    summary = row.summary
    if summary is None:
        return f"{row.sport}: still open"
    pace = summary.moving_s / summary.distance_m * 1000.0 if summary.distance_m > 0 else float("nan")
    parts = [f"{distance_text(summary.distance_m)} km", duration_text(summary.moving_s)]
    if row.sport in track.FOOT_SPORTS and pace_text(pace) != DASH:
        parts.append(f"{pace_text(pace)} per km")
    return f"{row.sport.capitalize()}: " + ", ".join(parts)


def report_renderable(report: RunReport) -> Panel:
    """Return the report for a terminal."""
    parts: list[Text | Table] = [Text(headline(report.row), style="bold"), _facts(report)]
    parts += [_splits(report), _zones(report)]
    parts += [Text(f"not readable: {sentence}", style="red") for sentence in report.damaged]
    return Panel(Group(*parts), title="The run", border_style="bright_black", width=88)


def _facts(report: RunReport) -> Text:
    summary = report.row.summary
    if summary is None:
        return Text("")
    kcal = summary.calories_kcal
    effort = report.effort
    less = "fewer" if effort.drift > 0 else "more"
    facts = [
        f"on the flat that would be {pace_text(effort.flat_pace_s_per_km)} per km",
        f"heart rate {number_text(summary.avg_hr_bpm)} bpm (highest {number_text(summary.max_hr_bpm)} bpm)",
        _beside_expected(summary.avg_hr_bpm, report.expected_hr_bpm),
        f"cadence {number_text(summary.avg_cadence_spm)} spm",
        f"up {_with_doubt(effort.ascent)} m, down {number_text(summary.descent_m)} m",
        f"altitude {number_text(summary.altitude_min_m)} to {number_text(summary.altitude_max_m)} m",
        f"energy {_with_doubt(kcal)} kcal",
        f"training load {number_text(effort.load)} (Banister)",
        f"second half: {number_text(abs(100.0 * effort.drift), 1)} % {less} metres for a heart beat",
    ]
    return Text("\n".join(fact for fact in facts if fact and DASH not in fact), style="default")


def _beside_expected(bpm: float, expected: Estimate | None) -> str:
    """Return how the mean heart rate lies beside what was to be expected; empty where nothing was."""
    if expected is None or not np.isfinite(bpm):
        return ""
    inside = expected.low <= bpm <= expected.high
    how = "as expected" if inside else ("higher" if bpm > expected.high else "lower") + " than expected"
    return f"that is {how} of you: {_with_doubt(expected)} bpm in nine of ten such runs"


def _with_doubt(estimate: Estimate) -> str:
    """Return a value with its 90 % interval."""
    return f"{number_text(estimate.value)} ({number_text(estimate.low)} to {number_text(estimate.high)})"


def _splits(report: RunReport) -> Table:
    table = Table.grid(padding=(0, 2))
    pace = np.divide(
        report.split_s, report.split_m, out=np.full(len(report.split_m), np.nan), where=report.split_m >= 100.0
    )
    best = np.nanmin(pace) if np.isfinite(pace).any() else np.nan
    for number, (metres, per_m, bpm) in enumerate(zip(report.split_m, pace, report.split_hr_bpm, strict=True), start=1):
        if not np.isfinite(per_m):
            continue
        name = f"km {number}" if metres >= 999.0 else f"{metres:.0f} m"
        bar = "█" * max(1, round(BAR_CELLS * float(best / per_m)))
        table.add_row(Text(name, style="bright_black"), pace_text(1000.0 * float(per_m)), Text(bar, style="blue"),
                      Text(f"{number_text(float(bpm))} bpm", style="bright_black"))  # fmt: skip
    return table


def _zones(report: RunReport) -> Table:
    table = Table.grid(padding=(0, 2))
    whole = float(report.zones_s.sum())
    for zone in range(5, 0, -1):
        seconds = float(report.zones_s[zone]) + (float(report.zones_s[0]) if zone == 1 else 0.0)
        if whole > 0 and seconds / whole >= 0.005:
            bar = Text("█" * max(1, round(BAR_CELLS * seconds / whole)), style=ZONE_STYLES[zone])
            table.add_row(Text(f"zone {zone}", style="bright_black"), duration_text(seconds), bar)
    if whole > 0:
        top = report.highest
        words = f"of {top.value:.0f} bpm at most ({top.low:.0f} to {top.high:.0f} bpm: {top.source})"
        table.add_row(Text("zones", style="bright_black"), "", Text(words, style="bright_black"))
    return table
