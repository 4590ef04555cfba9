"""A fleet in a box in figures: what Flower's simulation takes now, and what it took for 10,000 runners, once.

The rule of this file: the run of 10,000 takes too long for every bench; its document is kept as the command printed it,
and the figures say which command that was.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.bench.figures import Figure

#: What `kadenz fleet simulate --runners 10000 --rounds 3 --json` printed.
KEPT = Path(__file__).parents[2] / "docs" / "fleet" / "simulate-10000.json"
_COMMAND = (
    "`kadenz fleet simulate --runners 10000 --rounds 3 --json`, simulated, run once (docs/fleet/simulate-10000.json)"
)
_MILLION = 1_000_000


def engine_figures(document: dict[str, Any], messages: float) -> list[Figure]:
    """Return what a run in a box took: tasks, processor time, memory."""
    went, took = document["rounds"][0], document["took"]
    count = went["answered"]
    note = f"{count:,} simulated runners, one virtual node each, masked, 3 processes on 2 cores"
    return [
        Figure(
            "in a box: client tasks", count * messages / went["duration_s"], "/s", note=f"{note}; as loaded as it was"
        ),
        Figure("in a box: runners in a minute", 60.0 * count / went["duration_s"], note=note),
        Figure(
            "in a box: processor time of a person, devices",
            1000.0 * took["children_processor_s"] / count,
            "ms",
            note=note,
        ),
        Figure(
            "in a box: processor time of a person, the rest",
            1000.0 * took["processor_s"] / count,
            "ms",
            note=f"{note}; adding up, messages, start",
        ),
        Figure("in a box: memory of the runtime", took["peak_mb"], "MB", note=note),
        Figure("in a box: memory of each process of devices", took["child_peak_mb"], "MB", note=note),
    ]


def kept_figures() -> list[Figure]:
    """Return what the kept run of 10,000 took; nothing where it is not at hand (an installed Kadenz)."""
    if not KEPT.exists():
        return []
    document = json.loads(KEPT.read_text())
    rounds, took = document["rounds"], document["took"]
    people = sum(one["answered"] for one in rounds)
    busy_s = took["processor_s"] + took["children_processor_s"]
    return [
        Figure("10,000 in a box: rounds", len(rounds), note=_COMMAND),
        Figure(
            "10,000 in a box: answered, of all asked",
            100.0 * people / sum(one["nodes"] for one in rounds),
            "%",
            note=_COMMAND,
        ),
        Figure(
            "10,000 in a box: cohorts lost or not believed",
            sum(one["lost_cohorts"] + one["unbelievable_cohorts"] for one in rounds),
            note=_COMMAND,
        ),
        Figure(
            "10,000 in a box: wall time",
            took["wall_s"] / 60.0,
            "min",
            note=f"{_COMMAND}; on a machine that ten programs shared, at nice 10",
        ),
        Figure("10,000 in a box: processor time", busy_s / 60.0, "min", note=_COMMAND),
        Figure("10,000 in a box: processor time of a person and round", 1000.0 * busy_s / people, "ms", note=_COMMAND),
        Figure("10,000 in a box: memory of the runtime", took["peak_mb"], "MB", note=_COMMAND),
        Figure("10,000 in a box: everybody's shift missed by", took["everybody_miss"], "spreads", note=_COMMAND),
        Figure("10,000 in a box: levels' shifts missed by", took["levels_miss"], "spreads", note=_COMMAND),
        Figure(
            "a million in a box: processor time of a round",
            _MILLION * busy_s / people / 3600.0,
            "core h",
            note="on paper, as many times as long",
        ),
    ]
