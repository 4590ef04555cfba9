"""The desk of a run's report: its numbers beside the person's own runs, how it felt, and what that changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite

import numpy as np

from app.coach import facts_of
from app.desk import plan
from app.desk.check_in import refined, told_pain
from app.desk.desk import EXPORTS, Answer, Desk
from app.exporting.files import write_whole
from app.exporting.runs import activity_file
from app.output import CommandError
from app.pages.outline import often_started, outline_m
from app.planning import plan_of
from app.report import RunReport, report_of
from app.run_numbers import numbers_of
from app.store import Store, StoreError
from app.views.items import ChangeItem, Points
from app.views.listing import ListView, notice_alone, spoken
from app.views.phase import Act, Notice, Offer, Phase
from app.views.plan import change_item
from app.views.report import RunNumbers, report_view, share_view
from app.views.sheet import SheetView, hurts_sheet
from device.files.laying import WHY, Unheld
from edge.altitude import altitude_rows, climb
from edge.coach.phrases import say
from edge.coach.types import RunFact
from edge.samples import Samples

__all__ = ["ACTS", "failed", "spoken", "view"]
EFFORTS = "how hard runs felt"
DRAWN = 240


def view(desk: Desk) -> ListView:
    """Return the report of the run that the screen is about, or of the latest."""
    words = desk.words
    with desk.store() as store:
        run_id = desk.about or latest(store)
        if not run_id:
            offer = Offer(words("Start the run"), Act("open", "run"), "play")
            return failed(
                desk, Notice(Phase.EMPTY, words("No run yet"), words("Record one, or bring old ones along."), offer)
            )
        numbers = run_numbers(store, run_id, desk)
    return report_view(numbers, words)


def failed(desk: Desk, notice: Notice) -> ListView:
    """Return the report with a notice alone."""
    return notice_alone("report", desk.words("Your run"), notice, back="today")


def latest(store: Store) -> str:
    """Return the id of the latest finished run, "" where there is none."""
    finished = [row for row in store.runs() if row.summary is not None]
    return finished[-1].run_id if finished else ""


def run_numbers(store: Store, run_id: str, desk: Desk) -> RunNumbers:
    """Return the numbers of a run as its screen shows them; StoreError where there is no such run."""
    loaded = store.samples(run_id)
    report = report_of(store, run_id, loaded)
    summary = report.row.summary
    if summary is None:
        raise StoreError(desk.words("this run is still open"))
    samples, _ = loaded
    day = datetime.fromtimestamp(report.row.start_unix_s + _known(report.row.utc_offset_s), UTC)
    facts = facts_of(store)
    return replace(
        numbers_of(report, facts, f"{desk.words.date(day.date())}, {day:%H:%M}"),
        profile=heights(samples, report),
        track=outline(samples, desk.settings.home_zone_m, facts),
        effort=efforts(store).get(run_id, 0),
        changes=_changes(store, desk),
    )


def _known(offset_s: float) -> float:
    return offset_s if isfinite(offset_s) else 0.0


def _changes(store: Store, desk: Desk) -> tuple[ChangeItem, ...]:
    now_unix_s, offset_s = desk.clock()
    plan = plan_of(store, now_unix_s, utc_offset_s=offset_s, language=desk.words.language)
    return tuple(change_item(one, desk.words) for one in plan.changes)


def heights(samples: tuple[Samples, ...], report: RunReport) -> Points:
    """Return (distance m, height m) of a run, at most `DRAWN` points."""
    height = climb(*altitude_rows(samples))
    if len(height.t_s) < 2 or not len(report.split_m):
        return ()
    marks_m = np.concatenate(([0.0], np.cumsum(report.split_m)))
    whole_s = float(height.t_s[-1])
    ends_s = np.concatenate(([0.0], np.cumsum(report.split_s)))
    at_m = np.interp(height.t_s * (ends_s[-1] / whole_s if whole_s > 0 else 1.0), ends_s, marks_m)
    step = max(1, len(at_m) // DRAWN)
    return tuple((float(x), float(y)) for x, y in zip(at_m[::step], height.smooth_m[::step], strict=True))


def outline(samples: tuple[Samples, ...], home_zone_m: float, facts: Sequence[RunFact] = ()) -> Points:
    """Return a track's (east m, north m) without what lies within `home_zone_m` of its start, its end, or of where
    these runs often begin; NaN between its pieces."""
    return tuple((float(x), float(y)) for x, y in outline_m(samples, home_zone_m, often_started(facts)))


def efforts(store: Store) -> dict[str, int]:
    """Return how hard runs felt, 1 to 10, by run id."""
    try:
        kept = json.loads(store.memory(EFFORTS) or b"{}")
        return {str(k): int(v) for k, v in kept.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _effort(desk: Desk, act: Act) -> Answer:
    with desk.store() as store:
        run_id = desk.about or latest(store)
        kept = {**efforts(store), run_id: int(float(str(act.value)))}
        store.save_memory(EFFORTS, json.dumps(kept).encode(), desk.clock()[0])
    return Answer(redraw=True, word=desk.words("Noted."))


def _pain(desk: Desk, act: Act) -> Answer:
    severity = int(float(str(act.value)))
    if severity == 0:
        return Answer(word=desk.words("Good."))
    desk.memory["hurts"] = {"severity": float(severity)}
    return Answer(sheet=hurts_sheet(desk.words, severity=float(severity)))


def _export(desk: Desk, act: Act) -> Answer:
    words, run_id = desk.words, str(act.value)
    ways = (
        ("page", words("A page to look at"), "file-pdf-box"),
        ("fit", "FIT", "watch-variant"),
        ("gpx", "GPX", "map-marker-path"),
        ("tcx", "TCX", "run"),
    )
    offers = tuple(Offer(text, Act("export as", (form, run_id)), icon) for form, text, icon in ways)
    return Answer(sheet=SheetView(words("Export this run"), (str(desk.folder(EXPORTS)),), offers=offers))


def _export_as(desk: Desk, act: Act) -> Answer:
    """Write the run as a page or as a file that others read; what a format cannot hold is said."""
    form, run_id = (str(part) for part in act.value) if isinstance(act.value, tuple) else ("", "")
    words, file = desk.words, desk.folder(EXPORTS) / f"run-{run_id}.{'html' if form == 'page' else form}"
    unheld: tuple[Unheld, ...] = ()
    with desk.store() as store:
        if form == "page":
            from app.pages.run_data import run_data
            from app.pages.run_page import run_page

            content = run_page(run_data(store, run_id, desk), words, "auto").encode()
        else:
            try:
                made = activity_file(store, run_id, form)
            except CommandError as problem:
                raise ValueError(str(problem)) from problem
            content, unheld = made.content, made.unheld
    write_whole(file, content)
    if unheld:
        told = (
            say(words.language, WHY[one.why], count=one.count, what=say(words.language, one.what)) for one in unheld
        )
        lines = (words("This format cannot hold all of it:"), *told)
        return Answer(sheet=SheetView(words("Written: {file}", file=file), lines))
    return Answer(close=True, word=words("Written: {file}", file=file))


def _share(desk: Desk, act: Act) -> Answer:
    """Ask for a picture of the run: numbers, splits and an outline with home left out; no heart data, no place."""
    file = desk.folder(EXPORTS) / f"run-{act.value}.png"
    with desk.store() as store:
        numbers = run_numbers(store, str(act.value), desk)
    desk.memory["share"] = share_view(numbers, desk.words)
    return Answer(picture=str(file), word=desk.words("Written: {file}", file=file))


def _wrong(desk: Desk, act: Act) -> Answer:
    words = desk.words
    lines = (
        words("A run that is wrong sets no limit and no record once you say so."),
        words("`kadenz rebuild` computes it again; `kadenz doctor` looks for damage."),
    )
    return Answer(sheet=SheetView(words("Something is wrong with it"), lines))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "effort": _effort,
    "pain": _pain,
    "export": _export,
    "export as": _export_as,
    "share": _share,
    "wrong": _wrong,
    "hurts area": refined,
    "hurts side": refined,
    "hurts severity": refined,
    "hurts now": told_pain,
    "accept": plan.ACTS["accept"],
    "undo": plan.ACTS["undo"],
}
