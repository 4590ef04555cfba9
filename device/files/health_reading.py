"""An Apple Health export becomes readings: one for each workout, one for each track, one for the document.

The rule of this file: a workout's track is found by the name that the document gives; a track that no workout names
is a recording of its own. Nothing is opened twice at once, so that one archive file serves all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import BinaryIO, TypeAlias, cast

from device.files.gpx import read_gpx
from device.files.health import Workout, digest_of, read_records, read_workouts, recording_of_workout
from device.files.limits import MIB, CountedStream, LimitError
from device.files.recording import FileReading, Recording
from device.files.xml_stream import EntityError

#: Opens a file beside the document by its name for so many bytes at most.
Opener: TypeAlias = Callable[[str, int], AbstractContextManager[CountedStream]]
#: The document is read as a stream: years of a watch's records make gigabytes.
MOST_DOCUMENT_BYTES = 16384 * MIB
_MOST_ROUTE_BYTES = 512 * MIB


def read_health(name: str, document: str, routes: Sequence[str], opened: Opener) -> Iterator[FileReading]:
    """Yield the readings of an export whose document and routes are opened by these names."""
    with opened(document, MOST_DOCUMENT_BYTES) as source:
        workouts, defect = read_workouts(cast(BinaryIO, source))
        defect = source.damage or defect
    if workouts:
        with opened(document, MOST_DOCUMENT_BYTES) as source:
            read_records(cast(BinaryIO, source), workouts)
    left = {_last(route): route for route in routes}
    for workout in workouts:
        tracks = [_route(name, left.pop(_last(path)), opened) for path in workout.routes if _last(path) in left]
        yield _workout(name, workout, tracks)
        yield from (_told(track) for track in tracks)
        workout.rows.clear()
    yield from (_route(name, route, opened) for route in left.values())
    kind = f"an Apple Health export of {len(workouts)} workouts"
    if defect and not workouts:
        yield FileReading(name, "activity", (), (defect,), False, "")
    else:
        problems = (f"read to a defect: {defect}",) if defect else ()
        yield FileReading(name, kind, (), problems, not defect, "")


def _last(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _workout(name: str, workout: Workout, tracks: Sequence[FileReading]) -> FileReading:
    found = recording_of_workout(workout, [r for track in tracks for r in track.recordings])
    when = datetime.fromtimestamp(workout.start_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = f"{name}/workout {when} {workout.activity}"
    lost = [_last(path) for path in workout.routes if _last(path) not in {_last(track.name) for track in tracks}]
    problems = [f"its track {one} is not there" for one in lost]
    problems += [f"{_last(track.name)}: {problem}" for track in tracks for problem in track.problems]
    if found is None:
        return FileReading(shown, f"a workout without samples ({workout.activity})", (), tuple(problems), True, "")
    whole = all(track.whole for track in tracks)
    sha256 = digest_of(workout, [track.sha256 for track in tracks])
    return FileReading(shown, "activity", (found,), tuple(problems), whole, sha256)


def _told(track: FileReading) -> FileReading:
    """Return what becomes of a track that went into its workout: nothing of its own."""
    kind = "the track of a workout, read with it" if track.recordings else "a track without points"
    return FileReading(track.name, kind, (), (), True, "")


def _route(name: str, route: str, opened: Opener) -> FileReading:
    """Return the reading of one track; never raises for what it holds."""
    folder = name[: len(name) - len(_last(name))]
    shown = f"{folder}workout-routes/{_last(route)}"
    found: tuple[Recording, ...] = ()
    try:
        with opened(route, _MOST_ROUTE_BYTES) as source:
            kind, found, problems, whole = read_gpx(cast(BinaryIO, source))
            sha256 = source.sha256()
            if source.damage:
                problems, whole = [source.damage, *problems], False
    except (LimitError, EntityError) as refusal:
        return FileReading(shown, "unreadable", (), (f"{refusal}: refused",), False, "")
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError) as problem:
        return FileReading(shown, "unreadable", (), (f"cannot be read: {problem}",), False, "")
    return FileReading(shown, kind, found, tuple(problems), whole, sha256)
