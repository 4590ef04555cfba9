"""The desk of the list of everything else, and of the courses that can be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.desk.desk import COURSES, Answer, Desk
from app.views.listing import ListView, spoken
from app.views.phase import Act, Offer
from app.views.settings_lists import more_view
from app.views.sheet import SheetView

__all__ = ["ACTS", "spoken", "view"]
MOST_FILES = 12


def view(desk: Desk) -> ListView:
    """Return where everything else is found."""
    return more_view(desk.words, desk.settings.course)


def _courses(desk: Desk, act: Act) -> Answer:
    words, folder = desk.words, desk.folder(COURSES)
    files = sorted(file.name for file in folder.glob("*.gpx"))[:MOST_FILES]
    lines = (words("GPX files in this folder, so that the run shows the climbs ahead:"), str(folder))
    named = [("", words("none")), *((name, name) for name in files)]
    offers = tuple(
        Offer(text, Act("course", name), "check" if name == desk.settings.course else "map-marker-path")
        for name, text in named
    )
    return Answer(sheet=SheetView(words("Course of the next run"), lines, offers=offers))


def _course(desk: Desk, act: Act) -> Answer:
    """Keep the course that was chosen; one that cannot be read is refused in words (CourseError is a ValueError)."""
    from app.live.course import Course

    name = Path(str(act.value)).name
    if name:
        Course.of(desk.folder(COURSES) / name)
    desk.set("course", name)
    return Answer(redraw=True, close=True, word=desk.words("Noted."))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {"courses": _courses, "course": _course}
