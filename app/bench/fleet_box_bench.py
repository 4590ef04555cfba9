"""A fleet of 10,000 in a box in figures: a run that takes too long for every bench, kept as the command told it.

The rule of this file: nothing is run here; the figures say which command printed the document.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.bench.figures import Figure, Say, Section

#: What `kadenz fleet simulate --runners 10000 --rounds 3 --json` printed.
KEPT = Path(__file__).parents[2] / "docs" / "fleet" / "simulate-10000.json"
_COMMAND = "`kadenz fleet simulate --runners 10000 --rounds 3 --json`"
_NOTE = "simulated; all these rounds, all processes"
_MILLION = 1_000_000


def measure(_recordings: Path, _quick: bool, _say: Say) -> Section:
    """Return what the kept run took; OSError where it is not at hand (an installed Kadenz)."""
    document = json.loads(KEPT.read_text())
    rounds, took = document["rounds"], document["took"]
    people = sum(one["answered"] for one in rounds)
    busy_s = took["processor_s"] + took["children_processor_s"]
    figures = (
        Figure("10,000 in a box: rounds", len(rounds), note=_NOTE),
        Figure(
            "10,000 in a box: answered, of all asked",
            100.0 * people / sum(one["nodes"] for one in rounds),
            "%",
            note=_NOTE,
        ),
        Figure(
            "10,000 in a box: cohorts lost or not believed",
            sum(one["lost_cohorts"] + one["unbelievable_cohorts"] for one in rounds),
            note=_NOTE,
        ),
        Figure(
            "10,000 in a box: wall time of these rounds",
            sum(one["duration_s"] for one in rounds) / 60.0,
            "min",
            note=f"{_NOTE}; on a machine that ten programs shared, at nice 10, a third of a core for it",
        ),
        Figure("10,000 in a box: processor time", busy_s / 60.0, "min", note=_NOTE),
        Figure(
            "10,000 in a box: processor time of a person and round",
            1000.0 * busy_s / people,
            "ms",
            note=_NOTE,
        ),
        Figure("10,000 in a box: memory of the runtime", took["peak_mb"], "MB", note=_NOTE),
        Figure("10,000 in a box: everybody's shift missed by", took["everybody_miss"], "spreads", note=_NOTE),
        Figure("10,000 in a box: levels' shifts missed by", took["levels_miss"], "spreads", note=_NOTE),
        Figure(
            "a million in a box: processor time of a round",
            _MILLION * busy_s / people / 3600.0,
            "core h",
            note="on paper, as many times as long",
        ),
    )
    data = f"10,000 simulated runners, masked, in cohorts of 100; run once: {_COMMAND} (docs/fleet/simulate-10000.json)"
    return Section("fleet_box", data, figures)
