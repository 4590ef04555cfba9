"""The rows that leave the diary as values, and their JSON texts inside it.

The rule of this file: what is written as text here is read here; NaN is the JSON token NaN inside the diary.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from device.files.recording import Lap, StatedTotals
from edge.coach.said import Constraint
from edge.coach.types import Profile
from edge.samples import Estimate
from edge.summary import Pause, RunSummary


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of the diary; `summary` is None while it is open, `valid` False where it must set no limit."""

    run_id: str
    source: str
    sport: str
    sub_sport: str
    start_unix_s: float
    utc_offset_s: float
    device: str
    state: str
    """ "open" or "finished"."""
    samples: int
    summary: RunSummary | None
    stated: StatedTotals | None
    file_name: str
    valid: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision as it was shown: its document and its inputs, both JSON texts."""

    decision_id: str
    made_unix_s: float
    document: str
    inputs: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """Something the person said, in their words, what was understood of it, and when they took it back (NaN: never)."""

    number: int
    said_unix_s: float
    text: str
    understood: tuple[Constraint, ...]
    taken_back_unix_s: float


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Where an open run stands: its last stored time in s, segments and samples, and the clock it started on."""

    run_id: str
    source: str
    start_unix_s: float
    last_s: float
    samples: int
    boot_id: str
    boot_s: float
    """Seconds since the computer's start when the run began; NaN where unknown."""


@dataclass(frozen=True, slots=True)
class Health:
    """What a check of the diary found: `problems` are sentences that name the place; none means ok."""

    ok: bool
    runs: int
    open_runs: int
    samples: int
    problems: tuple[str, ...]


def summary_text(summary: RunSummary) -> str:
    """Return the summary as JSON text."""
    return json.dumps(asdict(summary), sort_keys=True)


def summary_from(text: str) -> RunSummary | None:
    """Return the summary of a JSON text, None where another version wrote it with other fields (`kadenz rebuild`)."""
    fields = json.loads(text)
    if fields.keys() != RunSummary.__dataclass_fields__.keys():
        return None
    fields["calories_kcal"] = Estimate(**fields["calories_kcal"])
    fields["best_efforts_s"] = {float(d): float(t) for d, t in fields["best_efforts_s"].items()}
    fields["suspect"] = tuple(fields["suspect"])
    return RunSummary(**fields)


def stated_text(stated: StatedTotals | None) -> str:
    """Return the device's own totals as JSON text, empty for none."""
    return "" if stated is None else json.dumps(asdict(stated), sort_keys=True)


def stated_from(text: str) -> StatedTotals | None:
    """Return the device's own totals of a JSON text, None for an empty one."""
    return StatedTotals(**json.loads(text)) if text else None


def pauses_text(pauses: Sequence[Pause]) -> str:
    """Return pauses as JSON text."""
    return json.dumps([[p.from_s, p.to_s] for p in pauses])


def pauses_from(text: str) -> tuple[Pause, ...]:
    """Return the pauses of a JSON text."""
    return tuple(Pause(float(a), float(b)) for a, b in json.loads(text or "[]"))


def laps_text(laps: Sequence[Lap]) -> str:
    """Return laps as JSON text."""
    return json.dumps([[lap.from_s, lap.to_s, lap.distance_m, lap.trigger] for lap in laps])


def laps_from(text: str) -> tuple[Lap, ...]:
    """Return the laps of a JSON text."""
    return tuple(Lap(float(a), float(b), float(d), str(trigger)) for a, b, d, trigger in json.loads(text or "[]"))


def understood_text(constraints: Sequence[Constraint]) -> str:
    """Return what was understood as JSON text."""
    return json.dumps([asdict(one) for one in constraints], sort_keys=True)


def understood_from(text: str) -> tuple[Constraint, ...]:
    """Return what was understood, from its JSON text."""
    return tuple(Constraint(**fields) for fields in json.loads(text))


def profile_text(profile: Profile) -> str:
    """Return the profile as JSON text."""
    return json.dumps(asdict(profile), sort_keys=True)


def profile_from(text: str) -> Profile:
    """Return the profile of a JSON text; fields that a later version added or dropped keep their defaults."""
    known = {name: value for name, value in json.loads(text).items() if name in Profile.__dataclass_fields__}
    known["injuries"] = tuple(known.get("injuries", ()))
    return Profile(**known)


#: What the document of a forgotten decision begins with.
FORGOTTEN = '{"forgotten": "'


def forgotten_text(day: str) -> str:
    """Return the document of a decision that rested on runs which were forgotten on a day: no value of it is kept."""
    return json.dumps({"forgotten": day})


def is_forgotten(document: str) -> bool:
    """Return whether a decision's document is that of a forgotten one."""
    return document.startswith(FORGOTTEN)
