"""Beliefs, insights, devices and the screens that ask, of an invented runner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import nan, sin

from app.views.asking import Told, check_in_view, first_run_view, welcome_view
from app.views.beliefs import Known, beliefs_view
from app.views.devices import Tracker, devices_view
from app.views.examples.lists import states
from app.views.insights import Trends, insights_view
from app.views.items import RawItem
from app.views.listing import ListView
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import Words
from edge.coach.entry import Entry

AT = 1_795_600_000.0


def entries(words: Words) -> tuple[Entry, ...]:
    """Return what is believed."""
    known = tuple(
        Entry(part, text, v, lo, hi, unit, source, AT) for part, text, v, lo, hi, unit, source in _known(words)
    )
    unknown = (("sleep", words('say "slept badly" or "slept well"')), ("weight", words("tell your weight")))
    return (*known, *(Entry(part, "", nan, nan, nan, "", "unknown", nan, tells) for part, tells in unknown))


Row = tuple[str, str, float, float, float, str, str]


def _known(words: Words) -> tuple[Row, ...]:
    pace, hr = words.pace(362.0).text, words.bpm(142.0).text
    far = words.short_distance(13200.0).text
    vdot = words("race fitness (VDOT) {value}", value=words.number(46.2, 1))
    top = words("highest heart rate about {bpm}", bpm=words.bpm(187.0).text)
    longest = words("your longest run of 30 days: {distance}", distance=far)
    height = words("your body is used to {height}", height=words.height(420.0).text)
    knee = words("left knee: coming back, last said 2 of 10")
    usual = words("you usually run at {pace}", pace=pace)
    takes = words("a run at {pace} takes {bpm}", pace=pace, bpm=hr)
    return (
        ("fitness", vdot, 46.2, 44.1, 48.0, "VDOT", "measured"),
        ("fitness", usual, 362.0, 340.0, 392.0, "s per km", "measured"),
        ("endurance", longest, 13200.0, 13200.0, 13200.0, "m", "measured"),
        ("heart rate", top, 187.0, 182.0, 192.0, "beats/min", "people like you"),
        ("heart rate", takes, 142.0, 135.0, 149.0, "beats/min", "measured"),
        ("injuries", knee, 2.0, 1.0, 3.0, "0 to 10", "you said"),
        ("altitude", height, 420.0, 180.0, 700.0, "m", "measured"),
        ("goal", words("half marathon in January"), nan, nan, nan, "", "you said"),
    )


def beliefs(words: Words) -> dict[str, ListView]:
    """Return what is believed, in every state."""
    question = (words("a beginner"), words("I run regularly"), words("Your runs show at least 10 km in 48:10."))
    known = Known(
        entries(words),
        ((words("level"), words("regular"), words("64 runs, 31 km in a week of late")),),
        ((words("long"), "12", words("next run +2.1 beats/min (+0.6 to +3.6, 12 pairs)")),),
        (("max-hr", words.bpm(187.0).text),),
        question,
    )
    shown = states(beliefs_view(known, words), words)
    nobody = Known((Entry("sleep", "", nan, nan, nan, "", "unknown", nan, words('say "slept badly" or "slept well"')),))
    return {**shown, "empty": beliefs_view(nobody, words)}


def insights(words: Words) -> dict[str, ListView]:
    """Return the insights, in every state."""
    mondays = [date(2026, 9, 7) + timedelta(weeks=i) for i in range(12)]
    weeks = tuple((words.day_short(day), 21000.0 + 900.0 * i + 4000.0 * sin(1.3 * i)) for i, day in enumerate(mondays))
    pace = [
        (
            3.0 * i,
            366.0 - 0.9 * i + 5.0 * sin(i) - 12.0,
            366.0 - 0.9 * i + 5.0 * sin(i),
            366.0 - 0.9 * i + 5.0 * sin(i) + 12.0,
        )
        for i in range(28)
    ]
    step = [
        (3.0 * i, 166.0 + 0.1 * i + sin(i) - 2.0, 166.0 + 0.1 * i + sin(i), 166.0 + 0.1 * i + sin(i) + 2.0)
        for i in range(28)
    ]
    used = [
        (float(d), 60.0 + 55.0 * d - 40.0 - 8.0 * d, 60.0 + 55.0 * d, 60.0 + 55.0 * d + 40.0 + 8.0 * d)
        for d in range(12)
    ]
    trends = Trends(weeks, pace, (), step, used, words("Heart rate or words for the effort"), 9)
    shown = states(insights_view(trends, words), words)
    offer = Offer(words("Bring old runs along"), Act("open", "first-run"), "folder-open-outline")
    none = Notice(Phase.EMPTY, words("Nothing to compare yet"), words("After some runs, trends stand here."), offer)
    return {
        **shown,
        "few": insights_view(Trends(weeks[-2:], pace[:3]), words),
        "empty": replace(shown["error"], notice=none, phase=Phase.EMPTY),
    }


def devices(words: Words) -> dict[str, ListView]:
    """Return the devices, in every state."""
    around = (
        Tracker(
            "C4:7F:51:0A:11:02", "Polar H10 0A1102", (words("heart rate"), words("motion")), -58.0, 82.0, 1.0, True
        ),
        Tracker("E0:12:3C:9A:44:10", "Stryd", (words("pace"), words("cadence")), -74.0, 15.0, 2.0),
        Tracker("11:22:33:44:55:66", "", (), -88.0, nan, 4.0),
    )
    sims = tuple(
        Tracker(f"sim:{name}", name, (words("a simulated run in {place}", place=place),))
        for name, place in (("default", "Raleigh"), ("denver", "Denver"), ("hills", "Boulder"))
    )
    beat = tuple(72.0 + 8.0 * sin(i / 3.0) + 3.0 * sin(i / 1.1) for i in range(80))
    swing = tuple(3.0 * sin(i / 2.2) for i in range(80))
    raw = RawItem(
        words("What it sends now"),
        (
            (words("heart rate"), words.bpm(beat[-1]).text, beat),
            (words("acceleration"), f"{words.number(swing[-1], 1)} m/s²", swing),
        ),
        words("Newest on the right."),
    )
    lost = Notice(
        Phase.NO_SENSOR,
        words("The heart-rate strap is out of reach"),
        words("Run by feel. Kadenz keeps looking for it."),
    )
    off = Notice(
        Phase.OFFLINE,
        words("Bluetooth is not to be had"),
        words("Switch it on, or use a simulated tracker."),
        Offer(words("Try again"), Act("scan"), "refresh"),
    )
    return {
        "": devices_view(around, sims, words, raw=raw),
        "empty": devices_view((), sims, words),
        "loading": devices_view((), sims, words, listening=True),
        "no_sensor": devices_view((replace(around[0], heard_s=40.0, signal_dbm=nan),), sims, words, notice=lost),
        "offline": devices_view((), sims, words, notice=off),
    }


def first_run(words: Words) -> dict[str, ListView]:
    """Return the steps of the first run."""
    told = Told("10 km", "beginner", "10", "knee", "41", night_shift=True, trackers=("sim:default",))
    bringing = replace(told, import_share=0.42)
    return {
        "": first_run_view(0, Told(), words),
        "goal": first_run_view(1, told, words),
        "experience": first_run_view(2, told, words),
        "body": first_run_view(3, told, words),
        "import": first_run_view(4, replace(told, imported=214), words),
        "loading": first_run_view(4, bringing, words),
        "devices": first_run_view(5, told, words),
    }


def check_in(words: Words) -> dict[str, ListView]:
    """Return the screen to say how one is."""
    text = words("left knee hurts 4/10 going downhill")
    heard = (words("Left knee hurts, 4 of 10, going downhill"),)
    warning = words("Chest pain, fainting or unusual breathlessness: stop and seek help.")
    return {
        "": check_in_view(words),
        "heard": check_in_view(words, heard, "", "", text),
        "question": check_in_view(words, (), words("Where does it hurt?"), "", text),
        "help": check_in_view(words, (words("Chest pain"),), "", warning, text),
    }


def welcome(words: Words) -> dict[str, ListView]:
    """Return the welcome after a break."""
    reasons = (Because(words("After 23 days a first run is half of what you were used to.")),)
    first = words("First: {distance} easy, with walks where you like", distance=words.short_distance(5000.0).text)
    ran = words("{distance} a week", distance=words.short_distance(31000.0).text)
    return states(welcome_view(23, ran, first, reasons, words), words)
