"""Where on a course the runner is, and the heights that lie ahead.

The rule of this file: the place on the course only moves with the fixes, forwards by preference, so that a loop that
crosses itself is not jumped across; off the course nothing is said to lie ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path

import numpy as np

from device.files.course import CoursePoints, read_course
from edge.coach.pacing import line_m
from edge.samples import Column, Fix
from edge.track.rows import local_m

Points = tuple[tuple[float, float], ...]
OFF_M = 60.0
"""Farther than this from the line somebody is not on the course."""
BACK_M, ON_M = 60.0, 400.0
"""How far back and on from the last place the next one is looked for first, in m along the course."""
DRAWN = 120


@dataclass(slots=True)
class Course:
    """A course that is followed: distances along it in m, places in m, heights in m; `at` is the point reached."""

    points: CoursePoints
    along_m: Column = field(init=False)
    at: int = field(default=-1, init=False)
    _place_m: Column = field(init=False)
    _centre: Column = field(init=False)

    def __post_init__(self) -> None:
        latitude, longitude = self.points.latitude_deg, self.points.longitude_deg
        self.along_m = line_m(latitude, longitude)
        self._centre = np.array([float(np.median(latitude)), float(np.median(longitude))])
        self._place_m = local_m(latitude, longitude, self._centre)

    @classmethod
    def of(cls, file: Path) -> Course:
        """Return the course of a GPX file; CourseError names the file and what is wrong with it."""
        return cls(read_course(file))

    def fix(self, fix: Fix) -> None:
        """Move to the newest fix."""
        if not len(fix):
            return
        here = local_m(fix.latitude_deg[-1:], fix.longitude_deg[-1:], self._centre)[0]
        if not np.isfinite(here).all():
            return
        away = np.hypot(*(self._place_m - here).T)
        if self.at >= 0:
            gone = self.along_m - self.along_m[self.at]
            near = np.where((gone >= -BACK_M) & (gone <= ON_M), away, np.inf)
            if near.min() <= OFF_M:
                self.at = int(np.argmin(near))
                return
        # at the start of a loop its end is as near: the first of the nearest places counts
        close = np.flatnonzero(away <= max(float(away.min()), 0.0) + 1.0)
        self.at = int(close[0]) if away.min() <= OFF_M else -1

    def ahead(self, distance_m: float, height_m: float) -> Points:
        """Return (distance of the run in m, height in m) of what is still to come, joined to the height measured now;
        () off the course or where it has no heights."""
        if self.at < 0 or not isfinite(distance_m):
            return ()
        rest = slice(self.at, None)
        heights = self.points.altitude_m[rest]
        known = np.isfinite(heights)
        if known.sum() < 2:
            return ()
        along, heights = self.along_m[rest][known] - self.along_m[self.at], heights[known]
        lift = height_m - float(heights[0]) if isfinite(height_m) else 0.0
        marks = np.linspace(0.0, float(along[-1]), min(DRAWN, max(2, len(along))))
        drawn = np.interp(marks, along, heights) + lift
        return tuple((float(x + distance_m), float(y)) for x, y in zip(marks, drawn, strict=True))

    @property
    def left_m(self) -> float:
        """How much of the course is left, in m; NaN off the course."""
        return float(self.along_m[-1] - self.along_m[self.at]) if self.at >= 0 else nan
