"""Today of an invented runner who landed in Denver, and in every other state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.today import CardView, CheckIn, OtherView, RunLine, TodayView
from app.views.words import Words

DAY = date(2026, 11, 24)


def denver(words: Words) -> TodayView:
    """Return the morning after landing in Denver."""
    height, home = words.height(1609.0).text, words.height(96.0).text
    long_run = words.short_distance(11800.0).text
    return TodayView(
        date=words.date(DAY),
        greeting=words("Good morning"),
        title=words("Easy {distance}, by effort", distance=words.short_distance(8000.0).text),
        kind=words("Easy run"),
        icon="run",
        figures=(
            (words.short_distance(8000.0), words("distance")),
            (words.minutes(3060.0), words("about")),
            (words.pace_band(365.0, 400.0), words("pace")),
            (words.between(126.0, 142.0, words("bpm")), words("heart rate")),
        ),
        because=(
            Because(
                words("You arrived at {height} yesterday, and your body is used to {home}.", height=height, home=home),
                (words("The run of Monday began at {height}.", height=height),),
            ),
            Because(
                words("Your longest run of the last 30 days was {distance}.", distance=long_run),
                (words("Sunday, 15 November: {distance}", distance=long_run),),
            ),
            Because(words("The last hard run was two days ago.")),
        ),
        others=(
            OtherView(words("Shorter"), words("5 km easy, about 32 min"), Act("instead", "shorter"), "timer-outline"),
            OtherView(words("Easier"), words("Walk and run, 30 min"), Act("instead", "easier"), "walk"),
        ),
        cards=(
            CardView(
                "altitude-arrival",
                words("Welcome to {height}", height=height),
                words("Thin air makes every pace slower. Run by effort for two days, drink, and sleep well."),
                (Because(words("That is {climb} higher than your body is used to.", climb=words.height(1513.0).text)),),
                "image-filter-hdr",
            ),
        ),
        last_run=RunLine("r1", words("Sunday: {distance}", distance=long_run), words.pace(352.0).text),
        counterfactual=words("It would be 10 km if you had been here for three days."),
        fresh=words("holds until {time}", time="22:00"),
        start=Offer(words("Start the run"), Act("start"), "play"),
    )


def examples(words: Words) -> dict[str, TodayView]:
    """Return Today in every state."""
    here = denver(words)
    empty = replace(
        here, title="", figures=(), because=(), others=(), cards=(), last_run=None, start=None, counterfactual=""
    )
    first = Notice(
        Phase.EMPTY,
        words("Kadenz does not know you yet"),
        words("Tell a little of yourself, or bring your old runs along. Everything stays on this device."),
        Offer(words("Begin"), Act("open", "first-run"), "arrow-right"),
    )
    stale = Notice(
        Phase.STALE,
        words("This was decided yesterday"),
        words("The diary has changed since."),
        Offer(words("Decide again"), Act("refresh"), "refresh"),
    )
    broken = Notice(
        Phase.ERROR,
        words("The diary cannot be read"),
        words("Nothing is lost: `kadenz doctor` proposes the repair."),
        Offer(words("Try again"), Act("refresh"), "refresh"),
    )
    return {
        "": here,
        "checked": replace(here, cards=(), check_in=CheckIn("ok", "fresh", "good")),
        "rest": rest(words, here),
        "help": help_now(words, here),
        "empty": replace(empty, notice=first, phase=Phase.EMPTY),
        "loading": replace(empty, notice=Notice(Phase.LOADING, words("Thinking about today")), phase=Phase.LOADING),
        "stale": replace(here, cards=(), notice=stale, phase=Phase.STALE),
        "error": replace(empty, notice=broken, phase=Phase.ERROR),
        "no_sensor": replace(here, cards=(), notice=no_sensor(words), phase=Phase.NO_SENSOR),
    }


def no_sensor(words: Words) -> Notice:
    """Return the notice of a runner without a tracker."""
    return Notice(
        Phase.NO_SENSOR,
        words("No tracker is known yet"),
        words("Without one, targets are by effort."),
        Offer(words("Devices"), Act("open", "devices"), "bluetooth"),
    )


def rest(words: Words, here: TodayView) -> TodayView:
    """Return a day of rest."""
    return replace(
        here,
        title=words("Rest today"),
        kind=words("Rest day"),
        icon="sleep",
        figures=(),
        because=(Because(words("You ran on each of the last three days.")), Because(words("You slept badly."))),
        others=(OtherView(words("Walk"), words("30 min, easy"), Act("instead", "walk"), "walk"),),
        cards=(),
        start=None,
        counterfactual="",
    )


def help_now(words: Words, here: TodayView) -> TodayView:
    """Return the day of a warning sign: help first, no training."""
    return replace(
        here,
        title=words("Stop and seek help"),
        kind=words("Warning sign"),
        icon="alert",
        figures=(),
        because=(Because(words("You told of chest pain.")),),
        others=(),
        cards=(),
        start=None,
        counterfactual="",
        help_now=True,
    )
