"""The live run of an invented runner in Denver: on target, too fast, without a sensor, paused, on each page."""

from __future__ import annotations

from dataclasses import replace
from math import nan, sin

from app.views.live import BandView, CoachView, LapView, LiveView, Signals, StepView, band_view, nothing_told
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import DASH, Words

Points = tuple[tuple[float, float], ...]


def heights(from_m: float, to_m: float) -> Points:
    """Return an invented course's (distance m, height m), a point every 40 m."""
    count = int((to_m - from_m) / 40.0) + 1
    points = ((from_m + 40.0 * i, (from_m + 40.0 * i) / 1000.0) for i in range(count))
    return tuple((x, 1634.0 + 10.0 * sin(2.8 * km) + 6.0 * sin(6.2 * km) + 1.4 * km) for x, km in points)


def track(to_m: float) -> Points:
    """Return an invented track's (east m, north m)."""
    return tuple((700.0 * sin(x / 900.0) + 0.1 * x, 420.0 * sin(x / 640.0 + 0.6)) for x in range(0, int(to_m), 40))


def steps(words: Words) -> tuple[StepView, ...]:
    """Return a session of three blocks, the second going on."""
    parts = (
        (words("easy"), "10 min", 0.4, 600.0),
        (words("steady"), words.short_distance(2000.0).text, 1.0, 620.0),
        (words("jog"), "2 min", 0.3, 120.0),
        (words("steady"), words.short_distance(2000.0).text, 1.0, 620.0),
        (words("walk or jog"), "2 min", 0.3, 120.0),
        (words("steady"), words.short_distance(2000.0).text, 1.0, 620.0),
        (words("easy"), "10 min", 0.4, 600.0),
    )
    states = ("done", "done", "done", "now", "next", "next", "next")
    return tuple(StepView(*part, state) for part, state in zip(parts, states, strict=True))


def laps(words: Words) -> tuple[LapView, ...]:
    """Return six kilometres."""
    rows = ((345.0, 138.0), (338.0, 144.0), (318.0, 150.0), (314.0, 152.0), (352.0, 146.0), (313.0, 151.0))
    return tuple(
        LapView(i + 1, words.pace(pace).value, words.bpm(bpm).text, 313.0 / pace) for i, (pace, bpm) in enumerate(rows)
    )


def on_target(words: Words) -> LiveView:
    """Return the run on target, the coach speaking of the climb."""
    reason = words(
        "Your heart rate is {bpm} above your usual at this pace, and at {height} the air gives you less oxygen.",
        bpm=words.bpm(6.0).text,
        height=words.height(1634.0).text,
    )
    shares = (0.06, 0.31, 0.42, 0.18, 0.03)
    return LiveView(
        title=words("Steady · block {number} of {count}", number=2, count=3),
        left=words("{distance} left", distance=words.short_distance(1600.0).text),
        pace=words.pace(312.0),
        distance=words.distance(6420.0),
        time=words.clock(2031.0),
        cadence=words.cadence(172.0),
        heart=words.bpm(152.0),
        zone_at=2.6,
        zone_name=words("Zone {number}", number=3),
        band=band_view(312.0, (305.0, 320.0), words),
        height=words.height(1634.0),
        grade=words.grade(0.024),
        ahead=words("+{climb} in the next km", climb=words.height(38.0).text),
        gain=words.height(84.0),
        past=heights(0.0, 6420.0),
        to_come=heights(6420.0, 10000.0),
        track=track(6420.0),
        coach=CoachView("L-CLIMB", words("Ease off a little for the climb"), (Because(reason),)),
        signals=Signals("good", 2, 2, 0.82),
        steps=steps(words),
        next_text=words("then block {number}: {text}", number=3, text=words.pace_band(305.0, 320.0).text),
        laps=laps(words),
        zone_shares=shares,
        zone_times=tuple(words.clock(2031.0 * share) for share in shares),
    )


def examples(words: Words) -> dict[str, LiveView]:
    """Return the live screen in every state."""
    here = on_target(words)
    quiet = replace(here, coach=None)
    lost = Notice(
        Phase.NO_SENSOR,
        words("The heart-rate strap is out of reach"),
        words("Run by feel. Kadenz keeps looking for it."),
        Offer(words("Devices"), Act("open", "devices"), "bluetooth"),
    )
    stale = Notice(
        Phase.STALE, words("No position for {time}", time=words.clock(48.0)), words("Pace comes from your steps.")
    )
    error = Notice(Phase.ERROR, words("Not saved yet: the disk is full"), words("Recording goes on in memory."))
    fast = band_view(291.0, (305.0, 320.0), words)
    return {
        "": here,
        "quiet": quiet,
        "zones": replace(quiet, page="zones"),
        "climb": replace(quiet, page="climb"),
        "steps": replace(quiet, page="steps"),
        "map": replace(quiet, page="map"),
        "fast": replace(quiet, pace=words.pace(291.0), band=fast),
        "paused": replace(quiet, paused=True),
        "locked": replace(quiet, locked=True),
        "no_sensor": replace(
            quiet,
            heart=words.bpm(nan),
            zone_at=nan,
            zone_name=words("no signal"),
            notice=lost,
            signals=Signals("good", 1, 2, 0.82),
        ),
        "stale": replace(
            quiet,
            pace=words.pace(nan),
            band=BandView(DASH, *fast_ends(words), nan, True),
            notice=stale,
            signals=Signals("none", 2, 2, 0.15),
        ),
        "error": replace(quiet, notice=error),
        "empty": replace(nothing_told(words), idle=True),
        "loading": nothing_told(words),
    }


def fast_ends(words: Words) -> tuple[str, str]:
    """Return the ends of the band as written, the slower first."""
    return words.pace(320.0).value, words.pace(305.0).value
