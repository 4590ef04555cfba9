"""A fleet in a box in figures: what Flower's simulation on our processes takes.

The rule of this file: processor time beside wall time, for machines that others share.
"""

from __future__ import annotations

from typing import Any

from app.bench.figures import Figure


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
