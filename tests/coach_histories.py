"""Years of real sessions as the coach sees them: the open training histories, row by row, odd rows left in."""

from __future__ import annotations

import csv
import gzip
import math
from datetime import UTC, datetime
from pathlib import Path

from edge.coach.types import RunFact

SPORTS = {
    "1.0": "running", "Run": "running", "running": "running", "2.0": "cycling", "Ride": "cycling",
    "11.0": "walking", "Walk": "walking", "17.0": "hiking", "Hike": "hiking", "Hiking": "hiking",
}  # fmt: skip


def histories(data_folder: Path) -> dict[str, list[RunFact]]:
    """Return the rows of every open history, by athlete."""
    files = sorted((data_folder / "training_history").glob("*/*.csv.gz"))
    return {path.name.removesuffix(".csv.gz"): rows(path) for path in files}


def rows(path: Path) -> list[RunFact]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [fact(number, row) for number, row in enumerate(csv.DictReader(lines))]


def fact(number: int, row: dict[str, str]) -> RunFact:
    fit = "start" in row
    start = unix_s(row["start"] if fit else row["start_utc"])
    offset = math.nan if fit else unix_s(row["start_local"]) - start
    moving_s = known(row["timer_s" if fit else "moving_s"])
    return RunFact(
        f"row{number}",
        start,
        offset,
        SPORTS.get(row["sport" if fit else "type"], "other"),
        "",
        known(row["dist_m" if fit else "distance_m"]),
        moving_s,
        moving_s,
        number_or_nan(row["avg_hr"]),
        number_or_nan(row.get("max_hr", "")),
        math.nan,
        number_or_nan(row["lat" if fit else "lat01"]),
        number_or_nan(row["lon" if fit else "lon01"]),
        math.nan,
        {},
        moving_s / 60.0,
        True,
    )


def unix_s(text: str) -> float:
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def number_or_nan(text: str) -> float:
    return float(text) if text else math.nan


def known(text: str) -> float:
    return float(text) if text else 0.0
