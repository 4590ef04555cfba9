"""A run as one page to look at: what it was for this person, how it went, what it rests on, what it changed.

The rule of this file: it puts `RunData` into words and pictures; what is missing is said, never drawn empty.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

import numpy as np

from app.pages import run_charts as charts
from app.pages import run_missing, sheet
from app.pages.markup import Markup, figure, table, tag
from app.pages.run_data import RunData
from app.pages.run_tables import gait_table, laps_tables, splits_tables, steps, zones_table
from app.views.plan import change_item
from app.views.report import compared, figures, headline
from app.views.words import DASH, Words

#: A table of more rows than this is laid out in several beside each other.
MOST_ROWS = 22


def run_page(run: RunData, words: Words, theme: str) -> str:
    """Return the whole document."""
    title = sentence(run, words)
    body = [
        sheet.opening(run.numbers.day, title, _under(run, words), _chips(run, words)),
        sheet.tiles(figures(run.numbers, words)),
        sheet.notice(words("What is missing"), run_missing.sentences(run, words)),
        tag("div", *_cards(run, words), class_="cards"),
        sheet.foot(words, *_made_with(run, words)),
    ]
    return sheet.page(f"{title} · {run.numbers.day}", body, words, theme)


def sentence(run: RunData, words: Words) -> str:
    """Return what kind of run it was for this person, in one sentence."""
    if run.numbers.distance_m > 0.0 and isfinite(run.numbers.moving_s):
        return headline(run.numbers, words)
    return words("{time} without a distance", time=words.clock(run.along.end_s))


def _cards(run: RunData, words: Words) -> list[Markup]:
    """Return the cards of what is known, in reading order; those of half the width share two columns."""
    tables = [(_splits(run, words), len(run.numbers.splits)), (_laps(run, words), len(steps(run.laps)))]
    short = [card for card, rows in tables if rows <= MOST_ROWS]
    halves = [_zones(run, words), *short, _track(run, words), _like(run, words), _gait(run, words), _climb(run, words)]
    pair = tag("div", [card for card in halves if card], class_="pair")
    long = [card for card, rows in tables if rows > MOST_ROWS]
    return [card for card in (_course(run, words), pair, *long, _changed(run, words)) if card]


def sport_name(sport: str, words: Words) -> str:
    """Return what a sport is called; its own word where the language has none."""
    names = {
        "running": words("Run"),
        "walking": words("Walk"),
        "hiking": words("Hike"),
        "cycling": words("Ride"),
        "swimming": words("Swim"),
    }
    return names.get(sport, sport.replace("_", " ").capitalize())


def _under(run: RunData, words: Words) -> list[str]:
    """Return what the run was, in a sentence below the headline."""
    row, numbers = run.report.row, run.numbers
    name = sport_name(row.sport, words)
    if row.sub_sport in ("treadmill", "indoor", "indoor_running"):
        name = words("{sport}, indoors", sport=name)
    distance, time = words.distance(numbers.distance_m), words.clock(numbers.moving_s)
    parts = [name, distance.text, time if time != DASH else words.clock(run.along.end_s)]
    line = " · ".join(part for part in parts if part and part != DASH)
    if run.fact is not None and not run.fact.valid:
        return [line, words("It sets no limit and no record: something about the recording cannot be true.")]
    return [line]


def _chips(run: RunData, words: Words) -> list[str]:
    """Return what was the first of its kind."""
    chips = []
    if run.longest_days == 0:
        chips.append(words("Your longest so far"))
    elif run.longest_days > 0:
        chips.append(words("Your longest in {days} days", days=words.number(run.longest_days)))
    for distance_m, time_s in run.bests[-2:]:
        name = effort_name(distance_m, words)
        chips.append(words("Your fastest {distance} so far: {time}", distance=name, time=words.clock(time_s)))
    return chips


def effort_name(distance_m: float, words: Words) -> str:
    """Return what people call a distance that records are kept over."""
    names = {1609.344: words("1 mile"), 21097.5: words("half marathon"), 42195.0: words("marathon")}
    return names.get(distance_m) or f"{words.number(distance_m / 1000.0)} km"


def _course(run: RunData, words: Words) -> Markup:
    """Return pace, heart rate and altitude below each other along one axis; "" where none is known."""
    parts = [one(run, words) for one, line in _LINES if getattr(run, line).known]
    title = words("Over the distance") if run.along.by_distance else words("Over the time")
    return sheet.section(title, *parts) if parts else Markup("")


def _pace(run: RunData, words: Words) -> Markup:
    low, high = charts.ends(run.pace)
    said = words(
        "Pace between {fast} and {slow}, on the mean {mean}.",
        fast=words.pace(low).value,
        slow=words.pace(high).text,
        mean=words.pace(run.numbers.pace_s_per_km).text,
    )
    title = words("Pace, min {unit}", unit=words.pace(300.0).unit)
    return figure(title, charts.pace_picture(run, words, said), said)


def _heart(run: RunData, words: Words) -> Markup:
    low, high = charts.ends(run.heart)
    said = words("Heart rate between {low} and {high}.", low=words.number(low), high=words.bpm(high).text)
    title = words("Heart rate, {unit}", unit=words.bpm(0.0).unit)
    return figure(title, charts.heart_picture(run, words, said), said)


def _altitude(run: RunData, words: Words) -> Markup:
    low, high = charts.ends(run.height)
    said = words("Altitude between {low} and {high}.", low=words.height(low).value, high=words.height(high).text)
    title = words("Altitude, {unit}", unit=words.height(0.0).unit)
    return figure(title, charts.height_picture(run, words, said), f"{said} {altitude_from(run, words)}")


def _cadence(run: RunData, words: Words) -> Markup:
    low, high = charts.ends(run.cadence)
    said = words("Cadence between {low} and {high}.", low=words.number(low), high=words.cadence(high).text)
    title = words("Cadence, {unit}", unit=words.cadence(0.0).unit)
    return figure(title, charts.cadence_picture(run, words, said), said)


_LINES: tuple[tuple[Callable[[RunData, Words], Markup], str], ...] = (
    (_pace, "pace"),
    (_heart, "heart"),
    (_altitude, "height"),
    (_cadence, "cadence"),
)


def altitude_from(run: RunData, words: Words) -> str:
    """Return what the altitude rests on, and how far it can be trusted."""
    names = {
        "altitude": words("From the altitude that the device itself states."),
        "pressure and fix": words("From air pressure, set right by satellites."),
        "pressure": words("From air pressure alone: the shape is right, the height above the sea is not sure."),
        "fix": words("From satellites alone, which know height far worse than place."),
    }
    return names.get(run.altitude_from, "")


def _noise(run: RunData, words: Words) -> str:
    if not isfinite(run.climb.noise_m):
        return ""
    noise = words("Its noise: {metres}.", metres=_metres(run.climb.noise_m, words))
    return f"{altitude_from(run, words)} {noise}"


def _metres(value_m: float, words: Words) -> str:
    return f"{words.number(value_m, 1)} m" if words.units == "metric" else words.height(value_m).text


def _zones_rest_on(run: RunData, words: Words) -> str:
    top = run.numbers.max_hr
    if top is None or not isfinite(top.low):
        return ""
    spread = words.between(top.low, top.high, words("bpm")).text
    return words("Limits from your highest heart rate, believed to be {spread}.", spread=spread)


def _zones(run: RunData, words: Words) -> Markup:
    if not run.numbers.zones_s or sum(run.numbers.zones_s) <= 0.0:
        return Markup("")
    return sheet.section(words("Time in zones"), zones_table(run, words), wide=False, note=_zones_rest_on(run, words))


def _splits(run: RunData, words: Words) -> Markup:
    if not run.numbers.splits:
        return Markup("")
    long = len(run.numbers.splits) > MOST_ROWS
    tables = splits_tables(run, words, MOST_ROWS)
    return sheet.section(words("Kilometres"), tag("div", tables, class_="beside-tables"), wide=long)


def _laps(run: RunData, words: Words) -> Markup:
    count = len(steps(run.laps))
    if not count:
        return Markup("")
    tables = tag("div", laps_tables(run, words, MOST_ROWS), class_="beside-tables")
    return sheet.section(
        words("Steps of the session"), tables, wide=count > MOST_ROWS, note=words("As your device marked them.")
    )


def _track(run: RunData, words: Words) -> Markup:
    if len(run.outline) < 2:
        return Markup("")
    span = np.nanmax(run.outline, axis=0)
    wide, high = (words.short_distance(float(v)).text if v >= 950.0 else words.height(float(v)).text for v in span)
    said = words(
        "The outline of the way, {wide} from west to east and {high} from south to north.", wide=wide, high=high
    )
    note = words("North is up, there is no map, and what lies near a start or an end is left out.")
    return sheet.section(words("Track"), charts.track_picture(run, words, said), wide=False, note=note)


def _like(run: RunData, words: Words) -> Markup:
    parts = [sheet.items(compared(run.numbers, words))]
    if charts.has_like_picture(run):
        said = words(
            "This run among {count} of your own of like length: higher is faster, further left is a calmer heart.",
            count=words.number(len(run.like)),
        )
        parts.append(tag("figure", charts.like_picture(run, words, said), tag("figcaption", said, class_="soft")))
    return sheet.section(words("Beside your own runs"), *parts, wide=False)


def _gait(run: RunData, words: Words) -> Markup:
    if not run.gait:
        return Markup("")
    return sheet.section(words("Gait"), gait_table(run, words), wide=False)


def _climb(run: RunData, words: Words) -> Markup:
    """Return climb and descent with their doubt, and what they rest on."""
    if not run.altitude_from:
        return Markup("")
    unit = words.height(0.0).unit
    rows = []
    for name, told in ((words("Climb"), run.climb.ascent), (words("Descent"), run.climb.descent)):
        value = words.height(told.value).text if isfinite(told.value) else words("not sure enough to say")
        low, high = (words.height(v).value for v in (told.low, told.high))
        rows.append((name, value, f"{low} {DASH} {high} {unit}" if isfinite(told.low) else DASH))
    ends = (run.climb.altitude_min_m, run.climb.altitude_max_m)
    rows.append(
        (words("Lowest and highest"), f"{words.height(ends[0]).value} {DASH} {words.height(ends[1]).text}", DASH)
    )
    heads = ("", words("value"), words("nine times in ten in this range"))
    return sheet.section(
        words("Climb"), table(words("Climb with its doubt"), heads, rows, "facts"), wide=False, note=_noise(run, words)
    )


def _changed(run: RunData, words: Words) -> Markup:
    """Return what the run changed in the days after it."""
    if run.fact is None:
        return Markup("")
    note = words("Decided twice, as it looked when the run ended: once with this run, once without.")
    if not run.changes:
        line = tag("p", words("The days after it are planned as they would be without it."), class_="soft")
        return sheet.section(words("What it changed"), line, note=note)
    cards = [sheet.change_card(change_item(one, words), words) for one in run.changes]
    return sheet.section(words("What it changed"), tag("div", cards, class_="changes"), note=note)


def _made_with(run: RunData, words: Words) -> list[str]:
    device = run.report.row.device
    return [words("Recorded with: {device}.", device=device)] if device else []
