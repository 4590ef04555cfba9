"""A course and a diary: in what time, and how to spread it over the hills.

The rule of this file: a predicted time keeps its interval in every split, and says where it comes from.
"""

from __future__ import annotations

import math

from rich.markup import escape
from rich.table import Table

from app.coach import bundled_predictor, state_of
from app.coach_text import console
from app.store import Store
from device.files.course import CoursePoints
from edge.coach.pacing import Pacing, line_m, pacing
from edge.coach.phrases import say
from edge.coach.rules import used_to_m
from edge.coach.sources import source_words
from edge.coach.targets import predict
from edge.samples import Estimate


def course_pacing(
    store: Store, course: CoursePoints, wanted_s: float, split_m: float, now_unix_s: float, language: str = "en"
) -> Pacing:
    """Return how to run a course in a wanted time in s, or, where that is NaN, in the one that the diary predicts.

    ValueError where the diary knows too little to predict one.
    """
    line = (course.latitude_deg, course.longitude_deg, course.altitude_m)
    state = state_of(store, now_unix_s)
    used_m = used_to_m(state)
    if math.isfinite(wanted_s):
        given = Estimate(wanted_s, wanted_s, wanted_s, "the time you want")
        return pacing(*line, given, of_the_course=True, used_to_m=used_m, split_m=split_m)
    told = predict(state, bundled_predictor(), float(line_m(*line[:2])[-1]))
    if told is None:
        text = "I know too little of you to predict a time: give one with --time, or import some runs"
        raise ValueError(say(language, text))
    return pacing(*line, Estimate(told.time_s, told.low_s, told.high_s, told.source), used_to_m=used_m, split_m=split_m)


def show_pacing(name: str, told: Pacing, language: str = "en") -> None:
    """Print the splits on stdout."""
    out, time_s = console(), told.time_s
    head = "{name:word}: {far_m:km}, up {up_m:metres}"
    head = say(language, head, name=name or say(language, "The course"), far_m=told.length_m, up_m=told.ascent_m)
    out.print(f"[bold]{escape(head)}[/bold]")
    text = "{middle:clock} ({source:word})."
    if time_s.low < time_s.high:
        text = "{middle:clock}, {best:clock} to {worst:clock} in nine of ten cases ({source:word})."
    source = source_words(language, time_s.source)
    out.print(say(language, text, middle=time_s.value, best=time_s.low, worst=time_s.high, source=source))
    if math.isfinite(told.flat_s) and abs(time_s.value - told.flat_s) >= 5.0:
        more = time_s.value - told.flat_s
        text = "Hills and height make it {more:clock} {way:word} than on the flat."
        way = say(language, "longer" if more > 0 else "shorter")
        out.print(say(language, text, more=abs(more), way=way))
    out.print(say(language, "Run the effort, not the pace: as hard up as down.") + "\n")
    table = Table(box=None, padding=(0, 2), header_style="dim")
    for heading in ("to", "grade", "pace", "clock"):
        table.add_column(say(language, heading), justify="right")
    for leg in told.legs:
        grade = f"{100.0 * leg.grade:+.1f} %"
        table.add_row(
            say(language, "{end_m:km}", end_m=leg.end_m),
            grade.replace(".", ",") if language == "de" else grade,
            say(language, "{pace:pace}", pace=leg.pace_s_per_km),
            say(language, "{clock:clock}", clock=leg.clock_s.value),
        )
    out.print(table)
    text = "Go only without fever, chest trouble or pain that changes your stride. Not medical advice."
    out.print(f"\n[dim]{say(language, text)}[/dim]")


def pacing_document(name: str, told: Pacing) -> dict[str, object]:
    """Return the splits as `kadenz race pace --json` prints them: m, s, s per km."""
    return {
        "name": name,
        "length_m": told.length_m,
        "ascent_m": told.ascent_m,
        "time_s": told.time_s,
        "flat_s": told.flat_s,
        "splits": [
            {
                "end_m": leg.end_m,
                "grade": leg.grade,
                "altitude_m": leg.altitude_m,
                "time_s": leg.time_s,
                "pace_s_per_km": leg.pace_s_per_km,
                "clock_s": leg.clock_s,
            }
            for leg in told.legs
        ],
    }
