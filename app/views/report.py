"""A run after the run: one sentence, the numbers, splits, zones, climb, the runs like it, and how it felt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite, nan

from app.views.items import (
    ChangeItem,
    FiguresItem,
    HeadlineItem,
    Points,
    ProfileItem,
    Split,
    SplitsItem,
    TapsItem,
    TrackItem,
    ZonesItem,
)
from app.views.listing import ButtonItem, Group, Item, LineItem, ListView, TextItem
from app.views.phase import Act, Notice, Offer, Phase
from app.views.words import DASH, Amount, Words
from edge.samples import Estimate


@dataclass(frozen=True, slots=True)
class RunNumbers:
    """One run in numbers, SI; NaN where unknown. `similar_*`: the person's own runs of like length before it."""

    run_id: str
    day: str
    distance_m: float
    moving_s: float
    hr_bpm: float
    cadence_spm: float
    flat_pace_s_per_km: float
    drift: float
    ascent: Estimate
    splits: tuple[tuple[float, float, float], ...] = ()
    """(m, s, bpm) each."""
    zones_s: tuple[float, ...] = ()
    """Time in zones 1 to 5."""
    max_hr: Estimate | None = None
    profile: Points = ()
    track: Points = ()
    similar_pace_s_per_km: float = nan
    similar_hr_bpm: float = nan
    similar_runs: int = 0
    expected_hr: Estimate | None = None
    effort: int = 0
    """How hard it felt, 1 to 10; 0 where not said."""
    pain: int = -1
    """Pain 0 to 10; -1 where not said."""
    damaged: tuple[str, ...] = ()
    changes: tuple[ChangeItem, ...] = ()

    @property
    def pace_s_per_km(self) -> float:
        """Return the mean pace in s/km."""
        return self.moving_s / self.distance_m * 1000.0 if self.distance_m > 0 else nan


def headline(run: RunNumbers, words: Words) -> str:
    """Return the run in one sentence: what it was beside the person's own runs like it."""
    faster = run.similar_pace_s_per_km - run.pace_s_per_km
    lower = run.similar_hr_bpm - run.hr_bpm
    if run.similar_runs < 3 or not isfinite(faster):
        return words(
            "{distance} in {time}", distance=words.distance(run.distance_m).text, time=words.clock(run.moving_s)
        )
    if isfinite(lower) and lower >= 3.0 and faster > -5.0:
        return words("Easier than your usual: {bpm} lower heart rate", bpm=words.bpm(lower).text)
    if faster >= 5.0:
        return words("Faster than your usual by {seconds} s per km", seconds=words.number(faster))
    if faster <= -5.0:
        return words("Slower than your usual by {seconds} s per km", seconds=words.number(-faster))
    return words("Much like your usual run of this length")


def report_view(run: RunNumbers, words: Words, notice: Notice | None = None) -> ListView:
    """Return the report of a run."""
    groups = [Group("", (HeadlineItem(headline(run, words)), FiguresItem(figures(run, words))))]
    groups.append(_felt(run, words))
    if run.changes:
        groups.append(Group(words("What it changed"), run.changes))
    groups += _details(run, words)
    buttons = (
        ButtonItem(Offer(words("Share a picture"), Act("share", run.run_id), "share-variant")),
        ButtonItem(Offer(words("Export the run"), Act("export", run.run_id), "export-variant")),
        ButtonItem(Offer(words("Something is wrong with it"), Act("wrong", run.run_id), "alert-circle-outline")),
    )
    groups.append(Group("", buttons))
    return ListView(
        "report", words("Your run"), tuple(groups), text=run.day, back="today", notice=notice or _damage(run, words)
    )


def share_view(run: RunNumbers, words: Words) -> ListView:
    """Return a run as it may be shown to others: no heart data, no place, no clock time, home left out."""
    shown = replace(run, hr_bpm=nan, splits=tuple((m, s, nan) for m, s, _ in run.splits), zones_s=(), expected_hr=None)
    groups = [
        Group("", (HeadlineItem(words.distance(run.distance_m).text, icon="run"), FiguresItem(figures(shown, words))))
    ]
    if len(run.track) > 1:
        groups.append(
            Group("", (TrackItem(words("Track"), run.track, words("Home is left out, and there is no map.")),))
        )
    if run.splits:
        groups.append(Group("", (splits_item(shown, words),)))
    return ListView("share", "Kadenz", tuple(groups), run.day.partition(",")[0])


def _damage(run: RunNumbers, words: Words) -> Notice | None:
    if not run.damaged:
        return None
    return Notice(Phase.ERROR, words("Some of this run cannot be read"), "; ".join(run.damaged))


def figures(run: RunNumbers, words: Words) -> tuple[tuple[Amount, str], ...]:
    """Return the large numbers: distance, time, pace, heart rate, climb, cadence; what is unknown is left out."""
    found = (
        (words.distance(run.distance_m), words("distance")),
        (Amount(words.clock(run.moving_s), ""), words("moving")),
        (words.pace(run.pace_s_per_km), words("pace")),
        (words.bpm(run.hr_bpm), words("heart rate")),
        (words.height(run.ascent.value), words("climb")),
        (words.cadence(run.cadence_spm), words("cadence")),
    )
    return tuple((amount, name) for amount, name in found if amount.value != DASH)


def _felt(run: RunNumbers, words: Words) -> Group:
    effort = tuple((str(n), Act("effort", str(n)), n == run.effort) for n in range(1, 11))
    pain = tuple((str(n), Act("pain", str(n)), n == run.pain) for n in (0, 1, 2, 3, 4, 5, 6, 8, 10))
    items: list[Item] = [
        TapsItem(words("How hard was it?"), effort, ends=(words("very easy"), words("all I had"))),
        TapsItem(words("Did anything hurt?"), pain, ends=(words("nothing"), words("the worst"))),
    ]
    return Group("", tuple(items))


def _details(run: RunNumbers, words: Words) -> list[Group]:
    groups = []
    if run.splits:
        groups.append(Group("", (splits_item(run, words),)))
    if run.zones_s and sum(run.zones_s) > 0:
        whole = sum(run.zones_s)
        text = ""
        if run.max_hr is not None and isfinite(run.max_hr.low):
            spread = words.between(run.max_hr.low, run.max_hr.high, words("bpm")).text
            text = words("Limits from your highest heart rate, believed to be {spread}.", spread=spread)
        item = ZonesItem(
            words("Time in zones"),
            tuple(z / whole for z in run.zones_s),
            tuple(words.clock(z) for z in run.zones_s),
            text,
        )
        groups.append(Group("", (item,)))
    groups.append(Group(words("Beside your own runs"), tuple(compared(run, words))))
    if len(run.profile) > 1:
        up = words.height(run.ascent.value).text
        doubt = words.between(run.ascent.low, run.ascent.high, words.height(0.0).unit).text
        text = words("Climb with its doubt: {doubt}", doubt=doubt) if isfinite(run.ascent.low) else ""
        groups.append(Group("", (ProfileItem(words("Climb"), up, run.profile, text),)))
    if len(run.track) > 1:
        text = words("Home is left out, and there is no map.")
        groups.append(Group("", (TrackItem(words("Track"), run.track, text),)))
    return groups


def splits_item(run: RunNumbers, words: Words) -> SplitsItem:
    """Return the kilometres with their paces; the bar is as long as it is fast."""
    paces = [s / m * 1000.0 if m > 0 else nan for m, s, _ in run.splits]
    whole = [p for p, (m, _, _) in zip(paces, run.splits, strict=True) if m >= 500.0 and isfinite(p)]
    best = min(whole, default=nan)
    rows = []
    for i, (pace, (m, _, bpm)) in enumerate(zip(paces, run.splits, strict=True)):
        name = str(i + 1) if m >= 995.0 else words.number(m / 1000.0, 1)
        heart = words.bpm(bpm)
        rows.append(
            Split(
                name,
                words.pace(pace).value,
                heart.text if heart.value != DASH else "",
                bar_share(pace, best),
            )
        )
    fastest = next((i for i, p in enumerate(paces) if p == best), -1)
    return SplitsItem(words("Kilometres"), tuple(rows), fastest)


def bar_share(pace: float, best: float) -> float:
    """Return how long a split's bar is: 1 for the fastest, 3 % shorter for each 1 % slower, never under 0.15."""
    return min(1.0, max(0.15, 1.0 - 3.0 * (pace / best - 1.0))) if pace > 0 and best > 0 else 0.15


def compared(run: RunNumbers, words: Words) -> list[Item]:
    """Return how the run lies beside the person's own, each with what it rests on."""
    lines: list[Item] = []
    if isfinite(run.flat_pace_s_per_km):
        lines.append(
            LineItem(
                words("Pace as on the flat"),
                words("climb taken out"),
                words.pace(run.flat_pace_s_per_km).text,
                "image-filter-hdr",
            )
        )
    if run.similar_runs >= 3:
        text = words.n("{count} run of like length", "{count} runs of like length", run.similar_runs)
        lines.append(LineItem(words("Your usual pace"), text, words.pace(run.similar_pace_s_per_km).text, "history"))
    if run.expected_hr is not None and isfinite(run.hr_bpm):
        low, high = run.expected_hr.low, run.expected_hr.high
        inside = low <= run.hr_bpm <= high
        verdict = (
            words("as expected of you")
            if inside
            else words("above what was expected")
            if run.hr_bpm > high
            else words("below what was expected")
        )
        lines.append(LineItem(words("Heart rate"), verdict, words.between(low, high, words("bpm")).text, "heart-pulse"))
    if isfinite(run.drift):
        text = words("how much more heart beats the second half took")
        lines.append(LineItem(words("Drift"), text, f"{words.number(100 * run.drift, 1)} %", "trending-up"))
    return lines or [TextItem(words("There is too little yet to compare it with."), soft=True)]
