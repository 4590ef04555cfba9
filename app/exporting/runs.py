"""One run of the diary as a file of another program's format.

The rule of this file: the diary's own samples, pauses and laps go out; totals are the device's own, else ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from pathlib import Path

from app.output import CommandError
from app.store import RunRow, Store
from device.files.fit_write import fit_activity
from device.files.formats import extension
from device.files.gpx_write import gpx_track
from device.files.laying import Unheld
from device.files.recording import Recording, StatedTotals
from device.files.tcx_write import tcx_activity
from device.files.tracks import NO_TOTALS
from edge.samples import DeviceInfo, Fix, select
from edge.summary import RunSummary

FORMATS = ("fit", "gpx", "tcx")
LAST = "last"


@dataclass(frozen=True, slots=True, eq=False)
class ActivityFile:
    """A run as the bytes of a file, what that could not hold, and what of the run could not be read."""

    run: RunRow
    form: str
    content: bytes
    unheld: tuple[Unheld, ...]
    damage: tuple[str, ...]


def format_of(path: Path) -> str:
    """Return the format that a file's name asks for; CommandError where it asks for none that can be written."""
    form = extension(path.name)
    if form not in FORMATS or path.suffix.lower() == ".gz":
        raise CommandError(f"{path.name}: name it .fit, .gpx or .tcx, which says what to write")
    return form


def recording_of(store: Store, run_id: str) -> tuple[Recording, RunRow, tuple[str, ...]]:
    """Return a run of the diary as a recording again, its row, and a sentence for each damaged segment."""
    row = store.run(run_id)
    samples, damage = store.samples(run_id)
    if not any(isinstance(one, DeviceInfo) for one in samples) and row.device:
        samples = (DeviceInfo(model=row.device), *samples)
    totals = _totals(row.stated or NO_TOTALS, row.summary)
    recording = Recording(
        row.sport, row.sub_sport, row.start_unix_s, row.utc_offset_s, row.device, samples, store.pauses(run_id),
        store.laps(run_id), totals,
    )  # fmt: skip
    return recording, row, damage


def _totals(stated: StatedTotals, summary: RunSummary | None) -> StatedTotals:
    """Return the device's own totals, and ours where it states none."""
    if summary is None:
        return stated
    names = [each.name for each in fields(StatedTotals)]
    ours = {name: getattr(summary, name) for name in names if name != "calories_kcal"}
    ours["calories_kcal"] = summary.calories_kcal.value
    return replace(stated, **{name: ours[name] for name in names if math.isnan(getattr(stated, name))})


def activity_file(store: Store, run_id: str, form: str) -> ActivityFile:
    """Return a run in a format of `FORMATS`; `run_id` may be "last". CommandError where it cannot be written."""
    if run_id == LAST:
        runs = store.runs()
        if not runs:
            raise CommandError("there is no run in the diary yet")
        run_id = runs[-1].run_id
    recording, row, damage = recording_of(store, run_id)
    try:
        content, unheld = _written(recording, row.run_id, form)
    except ValueError as problem:
        raise CommandError(f"run {row.run_id}: {problem}") from problem
    return ActivityFile(row, form, content, unheld, damage)


def _written(recording: Recording, name: str, form: str) -> tuple[bytes, tuple[Unheld, ...]]:
    if form == "fit":
        return fit_activity(recording)
    if form == "gpx" and select(recording.samples, Fix) is None:
        raise ValueError("it has no positions, and GPX is a list of positions: write .fit or .tcx")
    text, unheld = gpx_track(recording, name) if form == "gpx" else tcx_activity(recording, name)
    return text.encode(), unheld
