"""What a run's page cannot show, and why, in sentences.

The rule of this file: every part of the page that is left out has its sentence here, and nothing that is there has one.
"""

from __future__ import annotations

from math import isfinite

from app.pages.run_data import RunData
from app.views.words import Words

#: Lost for less than this in all, nobody needs to be told.
TOLD_FROM_S = 10.0
SHORT_S = 600.0


def sentences(run: RunData, words: Words) -> list[str]:
    """Return what is missing, the largest first; empty where nothing is."""
    found = [words("Some of this run cannot be read: {what}", what=one) for one in run.report.damaged]
    found += _streams(run, words)
    found += _gaps(run, words)
    found += _comparison(run, words)
    return found


def _streams(run: RunData, words: Words) -> list[str]:
    found = []
    indoors = run.report.row.sub_sport in ("treadmill", "indoor", "indoor_running")
    if not run.along.by_distance:
        found.append(words("No distance was recorded, so there are no splits and no pace; the page goes by time."))
    if not run.has_place and not run.along.by_distance:
        found.append(words("No satellites, so there is no outline of the way."))
    elif not run.has_place and not indoors:
        found.append(words("No satellites: the distance is the device's own, and there is no outline of the way."))
    elif not run.has_place:
        found.append(words("Indoors there are no satellites: the distance is the device's own, without an outline."))
    if run.has_place and len(run.outline) < 2:
        found.append(words("All of the way lies within the zone around home, so its outline is not drawn."))
    if not run.heart.known:
        found.append(words("No heart rate was recorded, so there are no zones."))
    if not run.altitude_from:
        found.append(words("No altitude was recorded, so there is no climb."))
    elif run.climb.unusable:
        found.append(words("The altitude is too noisy to say how much was climbed."))
    if not run.gait:
        found.append(words("No steps were recorded, so nothing is said of the gait."))
    return found


def _gaps(run: RunData, words: Words) -> list[str]:
    names = {
        "fix": words("Satellites"),
        "heart_rate": words("Heart rate"),
        "stride": words("Steps"),
        "inertial": words("Raw motion"),
        "pressure": words("Air pressure"),
        "altitude": words("Altitude"),
    }
    found = []
    for stream, (count, seconds) in sorted(run.lost.items(), key=lambda one: -one[1][1]):
        if seconds >= TOLD_FROM_S:
            name = names.get(stream, words("Something"))
            found.append(
                words.n(
                    "{name} lost for {time} in {count} stretch; the line is broken there.",
                    "{name} lost for {time} in {count} stretches; the line is broken there.",
                    count,
                    name=name,
                    time=words.clock(seconds),
                )
            )
    return found


def _comparison(run: RunData, words: Words) -> list[str]:
    if not isfinite(run.report.row.utc_offset_s):
        return [words("The recording does not say which local time it was; times are UTC.")]
    return []
