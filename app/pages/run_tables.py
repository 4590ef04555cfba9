"""The tables of a run's page: zones, kilometres, steps of the session, gait.

The rule of this file: a bar only repeats a number that stands beside it, and a zone has its name.
"""

from __future__ import annotations

from math import isfinite

import numpy as np

from app.pages.markup import Child, Markup, table, tag
from app.pages.run_data import RunData
from app.pages.sheet import bar
from app.views.report import splits_item
from app.views.words import DASH, M_PER_MILE, Words
from device.files.recording import Lap

#: A lap shorter than this is a slip of the thumb; laps of these lengths are the device's own counting.
SHORTEST_STEP_S, COUNTED_M = 5.0, (500.0, 1000.0, M_PER_MILE, 5000.0)


def zones_table(run: RunData, words: Words) -> Markup:
    """Return the time in each zone, the highest first, with the zone's limits for this person."""
    whole = sum(run.numbers.zones_s) + float(run.report.zones_s[0])
    bounds = [*run.zones_bpm.tolist(), np.inf]
    rows: list[list[Child]] = []
    for zone in range(5, 0, -1):
        low, high = bounds[zone - 1], bounds[zone]
        limits = f"{words.number(low)} {DASH} {words.number(high)}" if isfinite(high) else f"≥ {words.number(low)}"
        seconds = run.numbers.zones_s[zone - 1]
        swatch = tag("span", Markup(""), class_="swatch", style=f"background:var(--zone{zone})", aria_hidden="true")
        rows.append(
            [_cell(swatch, words("Zone {number}", number=zone)), limits, *_spent(seconds, whole, f"zone{zone}", words)]
        )
    below = float(run.report.zones_s[0])
    if below > 0.0:
        limits = f"< {words.number(bounds[0])}"
        rows.append([words("below"), limits, *_spent(below, whole, "soft", words)])
    heads = (words("Zone"), words("bpm"), words("time"), words("share"))
    return table(words("Time in each zone of your heart rate"), heads, rows, "bars")


def _cell(*children: Child) -> Markup:
    return tag("span", *children, class_="name")


def _spent(seconds: float, whole: float, role: str, words: Words) -> list[Child]:
    share = seconds / whole if whole > 0.0 else 0.0
    text = tag("span", f"{words.number(100.0 * share)} %", class_="share")
    return [words.clock(seconds), tag("span", bar(share, role), text, class_="beside")]


def splits_tables(run: RunData, words: Words, most: int) -> list[Markup]:
    """Return the kilometres, at most so many to a table: pace with its bar, heart rate, the difference in height."""
    rows = _split_rows(run, words)
    heads = [words("km"), words("pace, min {unit}", unit=words.pace(300.0).unit), words("heart rate")]
    heads += [words("height, {unit}", unit=words.height(0.0).unit)] if rows and len(rows[0]) > 3 else []
    said = words("Pace, heart rate and height of each kilometre")
    return [table(said, heads, rows[i : i + most], "splits") for i in range(0, len(rows), most)]


def _split_rows(run: RunData, words: Words) -> list[list[Child]]:
    item = splits_item(run.numbers, words)
    heights = _height_gained(run)
    rows: list[list[Child]] = []
    for number, split in enumerate(item.splits):
        first = number == item.fastest and len(item.splits) > 2
        mark = [tag("span", words("fastest"), class_="best")] if first else []
        drawn = bar(split.share, "accent" if first else "chart")
        pace = tag("span", drawn, tag("span", split.pace, class_="share"), class_="beside")
        cells: list[Child] = [tag("span", split.name, *mark), pace]
        cells.append(split.heart.split(" ")[0] or DASH)
        rows.append(cells if heights is None else [*cells, _signed(heights[number], words)])
    return rows


def _height_gained(run: RunData) -> list[float] | None:
    """Return by how much each split ended higher than it began, in m; None where the altitude is not known."""
    known = np.isfinite(run.height.value)
    if known.sum() < 2 or not run.along.by_distance or run.climb.unusable:
        return None
    at_m = np.interp(run.marks_m, 1000.0 * run.height.at[known], run.height.value[known])
    return [float(v) for v in np.diff(at_m)]


def _signed(metres: float, words: Words) -> str:
    value = words.height(metres).value
    return f"+{value}" if value not in (DASH, "0") and metres > 0 else value


def steps(laps: tuple[Lap, ...]) -> tuple[Lap, ...]:
    """Return the laps that are steps of a session: none where the device only counted kilometres or miles itself."""
    kept = tuple(lap for lap in laps if lap.to_s - lap.from_s >= SHORTEST_STEP_S and lap.distance_m > 0.0)
    counted = [lap for lap in kept[:-1] if any(abs(lap.distance_m - whole) < 0.02 * whole for whole in COUNTED_M)]
    return () if len(kept) < 2 or len(counted) >= 0.7 * len(kept[:-1]) else kept


def laps_tables(run: RunData, words: Words, most: int) -> list[Markup]:
    """Return the steps that the device marked, at most so many to a table: distance, time and pace of each."""
    rows: list[list[Child]] = []
    for number, lap in enumerate(steps(run.laps), start=1):
        seconds = lap.to_s - lap.from_s
        pace = words.pace(1000.0 * seconds / lap.distance_m).text
        rows.append([str(number), words.distance(lap.distance_m).text, words.clock(seconds), pace])
    heads = (words("step"), words("distance"), words("time"), words("pace"))
    said = words("Distance, time and pace of each step")
    return [table(said, heads, rows[i : i + most], "facts") for i in range(0, len(rows), most)]


def gait_table(run: RunData, words: Words) -> Markup:
    """Return what is known of the gait, each with its range and where that comes from."""
    names = {
        "cadence": words("Cadence"),
        "step length": words("Step length"),
        "vertical oscillation": words("Vertical oscillation"),
        "ground contact": words("Ground contact"),
        "evenness": words("Likeness of one stride to the next"),
        "asymmetry": words("Difference between left and right"),
    }
    sources = {
        "range": words("nine tenths of the run"),
        "worked out": words("worked out from pace and cadence"),
        "doubt": words("nine times in ten, from raw motion"),
    }
    rows = []
    for one in run.gait:
        digits = 2 if one.unit in ("m", "") else 1 if one.unit in ("cm", "%") else 0
        unit = words(one.unit) if one.unit == "spm" else one.unit
        value, low, high = (words.number(v, digits) for v in (one.value.value, one.value.low, one.value.high))
        spread = f"{low} {DASH} {high}" if isfinite(one.value.low) else ""
        rows.append(
            (names[one.name], f"{value} {unit}".strip(), _cell(spread, tag("span", sources[one.source], class_="soft")))
        )
    heads = ("", words("value"), words("range"))
    return table(words("How this run was stepped"), heads, rows, "facts")
