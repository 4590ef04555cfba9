"""A month or a year as one page: what was run, when, what is changing, what Kadenz learned; rest is part of it.

The rule of this file: it puts `PeriodData` into words and pictures; what is unknown is left out or said.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import isfinite

from app.pages import period_charts as charts
from app.pages import sheet
from app.pages.look import SHADES
from app.pages.markup import Child, Markup, figure, table, tag
from app.pages.period_data import PeriodData, Totals
from app.pages.run_page import effort_name, sport_name
from app.views.insights import Doubtful, slope_text
from app.views.sheet import area_names
from app.views.words import DASH, M_PER_MILE, Amount, Words


def period_page(data: PeriodData, words: Words, theme: str) -> str:
    """Return the whole document."""
    title = headline(data, words)
    cards = [_days(data, words), _bars(data, words), _trends(data, words), _pair(data, words), _learned(data, words)]
    body = [
        sheet.opening(name(data, words), title, _under(data, words), _chips(data, words)),
        sheet.tiles(tiles(data, words)),
        sheet.notice(words("What is missing"), _missing(data, words)),
        tag("div", [card for card in cards if card], class_="cards"),
        sheet.foot(words),
    ]
    return sheet.page(f"{name(data, words)} · {title}", body, words, theme)


def name(data: PeriodData, words: Words) -> str:
    """Return "November 2026" or "2026"."""
    period = data.period
    return f"{words.month(period.first)} {period.year}" if period.month else str(period.year)


def headline(data: PeriodData, words: Words) -> str:
    """Return the period in one sentence."""
    if not data.totals.runs:
        return words("No runs in this time")
    distance = words.short_distance(data.totals.distance_m).text
    return words.n("{distance} in {count} run", "{distance} in {count} runs", data.totals.runs, distance=distance)


def _under(data: PeriodData, words: Words) -> list[str]:
    """Return how it lies beside the time before, as far as both are past."""
    now, before = data.totals, data.before
    if not before.runs or not now.runs:
        return []
    earlier = words.short_distance(before.distance_m).text
    month = bool(data.period.month)
    if data.shown_until < data.period.after:
        said = (
            words("The month is not over; the one before had {distance}.", distance=earlier)
            if month
            else words("The year is not over; the one before had {distance}.", distance=earlier)
        )
        return [said]
    said = (
        words("The month before had {distance}.", distance=earlier)
        if month
        else words("The year before had {distance}.", distance=earlier)
    )
    return [said]


def _chips(data: PeriodData, words: Words) -> list[str]:
    chips = []
    if data.longest is not None and data.longest.first:
        chips.append(words("Your longest so far"))
    for best in [b for b in data.bests if b.first][-2:]:
        distance = effort_name(best.distance_m, words)
        chips.append(words("Your fastest {distance} so far: {time}", distance=distance, time=words.clock(best.time_s)))
    return chips


def tiles(data: PeriodData, words: Words) -> list[tuple[Amount, str]]:
    """Return the large numbers."""
    t = data.totals
    rest = sum(value <= 0.0 for value in data.by_day.values())
    found = [
        (words.short_distance(t.distance_m), words("distance")),
        (Amount(_hours(t.moving_s), "h"), words("moving")),
        (Amount(words.number(t.runs), ""), words("runs")),
        (Amount(words.number(t.days), ""), words("days with a run")),
        (Amount(words.number(rest), ""), words("days without")),
    ]
    if t.climb_runs:
        found.insert(2, (words.height(t.climb_m), words("climb")))
    return found


def _hours(seconds: float) -> str:
    minutes = round(seconds / 60.0)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _missing(data: PeriodData, words: Words) -> list[str]:
    found = []
    if data.left_out:
        found.append(
            words.n(
                "{count} recording is left out: something about it cannot be true.",
                "{count} recordings are left out: something about them cannot be true.",
                data.left_out,
            )
        )
    without = data.totals.runs - data.totals.climb_runs
    if data.totals.climb_runs and without:
        found.append(
            words.n(
                "{count} run tells no climb, so the sum is too small.",
                "{count} runs tell no climb, so the sum is too small.",
                without,
            )
        )
    if data.totals.runs and not data.totals.climb_runs:
        found.append(words("No run tells how much was climbed."))
    return found


def _days(data: PeriodData, words: Words) -> Markup:
    """Return the days: a calendar for a month, a map of heat for a year."""
    if data.period.month:
        return sheet.section(words("Day by day"), _calendar(data, words))
    most = max(data.by_day.values(), default=0.0)
    if most <= 0.0:
        return Markup("")
    said = words(
        "Every day of the year; the stronger the colour, the longer the run, up to {distance}.",
        distance=words.short_distance(most).text,
    )
    picture = tag("figure", charts.heat_picture(data, words, said), tag("figcaption", said, class_="soft"))
    return sheet.section(words("Day by day"), picture)


def _calendar(data: PeriodData, words: Words) -> Markup:
    """Return a month as a table of weeks."""
    days = data.period.days
    monday = days[0] - timedelta(days=days[0].weekday())
    heads = [tag("th", words.weekday_short(monday + timedelta(days=i)), scope="col") for i in range(7)]
    rows = []
    while monday < data.period.after:
        rows.append(tag("tr", [_day(data, monday + timedelta(days=i), words) for i in range(7)]))
        monday += timedelta(days=7)
    caption = tag("caption", words("Distance on each day, {unit}", unit=words.distance(0.0).unit))
    return tag("table", caption, tag("thead", tag("tr", heads)), tag("tbody", rows), class_="calendar")


def _day(data: PeriodData, day: date, words: Words) -> Markup:
    if not data.period.holds(day):
        return tag("td", Markup(""), class_="out")
    number = tag("span", str(day.day), class_="day")
    metres = data.by_day.get(day, 0.0)
    if metres <= 0.0:
        return tag("td", number)
    level = SHADES.index(next(one for one in reversed(SHADES) if metres / max(data.by_day.values()) >= one[0])) + 1
    return tag("td", number, tag("b", words.short_distance(metres).value), class_=f"run heat{level}")


def _bars(data: PeriodData, words: Words) -> Markup:
    """Return weeks or months as bars, and the same as a table."""
    if not data.totals.runs:
        return Markup("")
    month = bool(data.period.month)
    names = [words.day_short(first) if month else words.month(first)[:3] for first, _ in data.pieces]
    values = [_in_unit(t.distance_m, words) for _, t in data.pieces]
    unit = words.distance(0.0).unit
    title = words("Week by week") if month else words("Month by month")
    said = words("Distance of each week as bars") if month else words("Distance of each month as bars")
    picture = tag(
        "figure", tag("h3", words("Distance, {unit}", unit=unit)), charts.bars_picture(names, values, unit, words, said)
    )
    heads = (
        words("from") if month else words("month"),
        words("runs"),
        words("distance"),
        words("time"),
        words("climb"),
    )
    rows = [
        _piece(n if month else words.month(first), t, words) for n, (first, t) in zip(names, data.pieces, strict=True)
    ]
    return sheet.section(title, picture, table(title, heads, rows, "facts"))


def _in_unit(distance_m: float, words: Words) -> float:
    """Return a distance in the person's unit."""
    return distance_m / (1000.0 if words.units == "metric" else M_PER_MILE)


def _piece(title: str, t: Totals, words: Words) -> list[Child]:
    if not t.runs:
        return [title, DASH, DASH, DASH, DASH]
    climb = words.height(t.climb_m).text if t.climb_runs else DASH
    return [title, words.number(t.runs), words.short_distance(t.distance_m).text, f"{_hours(t.moving_s)} h", climb]


def _trends(data: PeriodData, words: Words) -> Markup:
    """Return pace, beats and cadence of each run in their doubt."""
    rows: tuple[tuple[str, str, tuple[Doubtful, ...], str, bool], ...] = (
        ("pace", words("Pace, min {unit}", unit=words.pace(300.0).unit), data.pace, "s/km", True),
        ("beats", words("Heart beats for a kilometre"), data.beats, words("beats"), True),
        ("cadence", words("Cadence, {unit}", unit=words.cadence(0.0).unit), data.cadence, words("spm"), False),
    )
    parts = []
    for key, title, values, unit, lower in rows:
        if len(values) > 2:
            said = slope_text(values, words, unit, lower)
            parts.append(figure(title, charts.trend_picture(key, values, data, words, f"{title}: {said}"), said))
    if not parts:
        return Markup("")
    note = words("A point is a run; the line is the mean of the runs about it, the shade its doubt.")
    return sheet.section(words("What is changing"), tag("div", parts, class_="figures"), note=note)


def _pair(data: PeriodData, words: Words) -> Markup:
    cards = [_records(data, words), _body(data, words)]
    return tag("div", [card for card in cards if card], class_="pair")


def _records(data: PeriodData, words: Words) -> Markup:
    """Return the longest run and the fastest times, of runs that count."""
    rows: list[list[Child]] = []
    if data.longest is not None:
        day = words.day_short(data.longest.day)
        rows.append(
            [
                words("longest"),
                f"{words.distance(data.longest.distance_m).text}",
                _best_day(day, data.longest.first, words),
            ]
        )
    for best in data.bests:
        cell = _best_day(words.day_short(best.day), best.first, words)
        rows.append([effort_name(best.distance_m, words), words.clock(best.time_s), cell])
    if not rows:
        return Markup("")
    heads = ("", words("value"), words("day"))
    note = words("Of recordings that can be true; a gap never makes a record.")
    return sheet.section(
        words("Longest and fastest"), table(words("Longest and fastest"), heads, rows, "facts"), wide=False, note=note
    )


def _best_day(day: str, first: bool, words: Words) -> Markup:
    mark = [tag("span", words("best so far"), class_="best")] if first else []
    return tag("span", day, *mark)


def _body(data: PeriodData, words: Words) -> Markup:
    """Return rest and what was told of the body, without a verdict."""
    told = data.told
    lines = []
    if data.pause_days > 1:
        lines.append(
            words.n(
                "The longest time without a run was {count} day.",
                "The longest time without a run was {count} days.",
                data.pause_days,
            )
        )
    if told.pain_days:
        names = area_names(words)
        where = ", ".join(names.get(area, area) for area in told.places)
        text = words.n("You told of pain on {count} day", "You told of pain on {count} days", told.pain_days)
        lines.append(f"{text}: {where}." if where else f"{text}.")
    if told.ill_days:
        lines.append(
            words.n("You told of being ill on {count} day.", "You told of being ill on {count} days.", told.ill_days)
        )
    if not told.pain_days and not told.ill_days:
        lines.append(words("You told of no pain and no illness."))
    for sport, count, seconds in data.others[:4]:
        lines.append(f"{sport_name(sport, words)}: {words.number(count)} ×, {_hours(seconds)} h")
    lines.append(words("Rest is when running becomes fitness; days without a run are part of it."))
    return sheet.section(
        words("Body and rest"), tag("ul", [tag("li", tag("span", one)) for one in lines], class_="lines"), wide=False
    )


def _learned(data: PeriodData, words: Words) -> Markup:
    """Return what is believed now beside what was believed when the period began."""
    if not data.learned:
        return Markup("")
    names = {
        "10 km": words("10 km, if you raced it"),
        "usual pace": words("Your usual pace"),
        "heart at 2.8 m/s": words("Heart rate at {pace}", pace=words.pace(1000.0 / 2.8).text),
        "highest heart rate": words("Highest heart rate"),
        "used to altitude": words("Altitude that your body is used to"),
    }
    rows: list[list[Child]] = [
        [names[one.name], _shown(one.was, one.unit, words), _shown(one.now, one.unit, words)] for one in data.learned
    ]
    heads = ("", words("when it began"), words("at its end"))
    note = words("Each with the range in which it lies nine times in ten; a narrower range is what was learned.")
    return sheet.section(
        words("What Kadenz learned"), table(words("What Kadenz learned"), heads, rows, "facts"), note=note
    )


def _shown(value: tuple[float, float, float], unit: str, words: Words) -> Markup:
    low, middle, high = value
    if not isfinite(middle):
        return tag("span", words("not known"), class_="soft")
    texts = {
        "time": [words.clock(v) for v in value],
        "pace": [words.pace(v).value for v in value],
        "bpm": [words.number(v) for v in value],
        "height": [words.height(v).value for v in value],
    }[unit]
    units = {"time": "", "pace": words.pace(300.0).unit, "bpm": words("bpm"), "height": words.height(0.0).unit}[unit]
    known = isfinite(low) and isfinite(high)
    spread = [tag("span", f"{texts[0]} {DASH} {texts[2]}", class_="soft")] if known else []
    return tag("span", tag("b", f"{texts[1]} {units}".strip()), *spread)
