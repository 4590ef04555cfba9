"""A GPX file as a course: the line to be run, with or without times.

The rule of this file: track points come before route points, and those before way points, whichever the file has.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from device.files.xml_stream import NAN, EntityError, XmlStream, number
from edge.samples import Column

_KINDS = ("trkpt", "rtept", "wpt")
_MOST_POINTS = 500_000


class CourseError(ValueError):
    """The file is no course; the text names it and the reason."""


@dataclass(frozen=True, slots=True, eq=False)
class CoursePoints:
    """The points (n,) of a course in order: degrees and altitude in m, NaN where the file has none."""

    name: str
    latitude_deg: Column
    longitude_deg: Column
    altitude_m: Column


class _Points:
    """Collects the points of one document by their kind."""

    def __init__(self) -> None:
        self.name = ""
        self.rows: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in _KINDS}
        self._open: list[float] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        if name in self.rows:
            self._open = [number(attributes.get("lat", "")), number(attributes.get("lon", "")), NAN]

    def end(self, name: str, text: str) -> None:
        """Close an element."""
        if name == "ele" and self._open is not None:
            self._open[2] = number(text)
        elif name == "name" and self._open is None and not self.name:
            self.name = text.strip()[:80]
        elif name in self.rows and self._open is not None:
            latitude, longitude, altitude = self._open
            if abs(latitude) <= 90.0 and abs(longitude) <= 180.0 and len(self.rows[name]) < _MOST_POINTS:
                self.rows[name].append((latitude, longitude, altitude))
            self._open = None


def read_course(path: Path) -> CoursePoints:
    """Return the course of a GPX file; CourseError names the file and what is wrong with it."""
    found = _Points()
    stream = XmlStream(found)
    try:
        with path.open("rb") as source:
            stream.read(source)
    except OSError as problem:
        raise CourseError(f"{path}: {problem.strerror or problem}") from problem
    except EntityError as problem:
        raise CourseError(f"{path}: {problem}") from problem
    rows = next((found.rows[kind] for kind in _KINDS if len(found.rows[kind]) > 1), [])
    if not rows:
        raise CourseError(f"{path}: {stream.defect or 'a GPX file without two points that make a course'}")
    latitude, longitude, altitude = np.array(rows, dtype=np.float64).T
    return CoursePoints(found.name, latitude, longitude, altitude)
