"""The report of an invented run: with everything, without heart rate or position, damaged."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from app.views.examples.lists import states
from app.views.examples.plan import TODAY, session
from app.views.examples.run import heights, track
from app.views.listing import ListView
from app.views.phase import Act, Notice, Offer, Phase
from app.views.plan import change_item, day_of
from app.views.report import RunNumbers, report_view
from app.views.words import Words
from edge.coach.types import Reason
from edge.coach.week import Change
from edge.samples import Estimate

PACES = (364.0, 356.0, 351.0, 358.0, 349.0, 362.0, 355.0, 341.0)


def example(words: Words) -> RunNumbers:
    """Return an easy run of eight kilometres in Denver."""
    splits = tuple((1000.0, pace, 136.0 + 1.4 * i) for i, pace in enumerate(PACES))
    why = Reason(words("This run took more out of you than it should have."), ())
    change = change_item(Change(TODAY + 1, session("steady", 8.0), session("easy", 6.0), why), words)
    return RunNumbers(
        run_id="r1",
        day=f"{words.date(day_of(TODAY))}, 07:12",
        distance_m=8240.0,
        moving_s=8.24 * 354.0,
        hr_bpm=142.0,
        cadence_spm=171.0,
        flat_pace_s_per_km=349.0,
        drift=0.034,
        ascent=Estimate(86.0, 78.0, 95.0, "pressure"),
        splits=(*splits, (240.0, 240.0 * 0.339, 147.0)),
        zones_s=(212.0, 1310.0, 1122.0, 260.0, 12.0),
        max_hr=Estimate(187.0, 182.0, 192.0, "your runs"),
        profile=heights(0.0, 8240.0),
        track=track(8240.0),
        similar_pace_s_per_km=352.0,
        similar_hr_bpm=147.0,
        similar_runs=9,
        expected_hr=Estimate(146.0, 139.0, 153.0, "your runs"),
        changes=(change,),
    )


def examples(words: Words) -> dict[str, ListView]:
    """Return the report in every state."""
    run = example(words)
    bare = replace(
        run,
        hr_bpm=nan,
        zones_s=(),
        drift=nan,
        expected_hr=None,
        similar_runs=1,
        similar_pace_s_per_km=nan,
        track=(),
        splits=tuple((m, s, nan) for m, s, _ in run.splits),
        changes=(),
    )
    damaged = replace(run, damaged=(words("12 s of motion are damaged"),), changes=())
    shown = states(replace(report_view(run, words), back="today"), words)
    offer = Offer(words("Start the run"), Act("open", "run"), "play")
    none = Notice(Phase.EMPTY, words("No run yet"), words("Record one, or bring old ones along."), offer)
    return {
        **shown,
        "no_sensor": report_view(bare, words),
        "damaged": report_view(damaged, words),
        "felt": report_view(replace(run, effort=4, pain=0, changes=()), words),
        "empty": replace(shown["error"], notice=none, phase=Phase.EMPTY),
    }
