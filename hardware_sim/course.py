"""Where the run goes: a closed lap with heights, run round and round.

The rule of this file: a course is geometry in metres from its start; latitude appears only in `degrees`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_METRES_PER_DEG = 111_320.0  # WGS 84 mean, good to 0.3 % over a few km; the inverse uses the same number


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One closed lap: columns in m on a grid of `spacing_m`; the last point joins the first."""

    name: str
    spacing_m: float
    east_m: NDArray[np.float64]
    north_m: NDArray[np.float64]
    height_m: NDArray[np.float64]

    @property
    def lap_m(self) -> float:
        """Return the lap's length in m."""
        return self.spacing_m * len(self.east_m)

    def grade(self) -> NDArray[np.float64]:
        """Return the slope (rise over run) at the middle of every grid cell."""
        return np.asarray((np.roll(self.height_m, -1) - self.height_m) / self.spacing_m)

    def heading_rad(self) -> NDArray[np.float64]:
        """Return the unwrapped direction of every grid cell, counter-clockwise from east, in rad."""
        east = np.roll(self.east_m, -1) - self.east_m
        north = np.roll(self.north_m, -1) - self.north_m
        return np.asarray(np.unwrap(np.arctan2(north, east)))

    def at(self, column: NDArray[np.float64], distance_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a column of this course at distances in m from the start, linear between points."""
        closed = np.append(column, column[0])
        along = np.arange(len(closed)) * self.spacing_m
        return np.asarray(np.interp(np.mod(distance_m, self.lap_m), along, closed))


def _lap(name: str, east: NDArray[np.float64], north: NDArray[np.float64], height_of_share: object) -> Course:
    """Return the closed curve resampled to about 1 m, with heights as a function of the share of the lap."""
    east, north = np.append(east, east[0]), np.append(north, north[0])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))])
    count = round(float(along[-1]))
    grid = np.linspace(0.0, along[-1], count, endpoint=False)
    heights = height_of_share(grid / along[-1])  # type: ignore[operator]
    east, north = np.interp(grid, along, east), np.interp(grid, along, north)
    return Course(name, float(along[-1]) / count, east - east[0], north - north[0], heights - heights[0])


def loop(name: str, lap_m: float, waves_m: tuple[float, ...] = (), shape: float = 0.25) -> Course:
    """Return a rounded loop of `lap_m` m; `waves_m` are the heights in m of hills, one, two, three, ... per lap."""
    angle = np.linspace(0.0, 2.0 * np.pi, 4000, endpoint=False)
    radius = 1.0 + shape * np.cos(2.0 * angle + 0.4) + 0.3 * shape * np.sin(3.0 * angle)
    east, north = radius * np.cos(angle), radius * np.sin(angle)
    scale = lap_m / float(np.sum(np.hypot(np.diff(east, append=east[0]), np.diff(north, append=north[0]))))

    def height(share: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = [0.5 * rise * (1.0 - np.cos(2.0 * np.pi * (k + 1) * share + 0.9 * k)) for k, rise in enumerate(waves_m)]
        return np.asarray(np.sum(parts, axis=0)) if parts else np.zeros(len(share))

    return _lap(name, scale * east, scale * north, height)


def street(name: str, lap_m: float, rise_m: float, bend_m: float = 12.0) -> Course:
    """Return a street run up and back down with a wide turn at both ends: one hill of `rise_m` m per lap."""
    straight = 0.5 * (lap_m - 2.0 * np.pi * bend_m)
    along = np.linspace(0.0, straight, 400, endpoint=False)
    bend = np.linspace(0.0, np.pi, 100, endpoint=False)
    east = np.concatenate(
        [along, straight + bend_m * np.sin(bend), straight - along, -bend_m * np.sin(bend)],
    )
    north = np.concatenate(
        [0.0 * along, bend_m * (1.0 - np.cos(bend)), 2.0 * bend_m + 0.0 * along, bend_m * (1.0 + np.cos(bend))],
    )
    return _lap(name, east, north, lambda share: 0.5 * rise_m * (1.0 - np.cos(2.0 * np.pi * share)))


def degrees(
    east_m: NDArray[np.float64], north_m: NDArray[np.float64], latitude_deg: float, longitude_deg: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitude and longitude in deg (n,) of offsets in m from a start point."""
    shrink = float(np.cos(np.radians(latitude_deg)))
    return latitude_deg + north_m / _METRES_PER_DEG, longitude_deg + east_m / (_METRES_PER_DEG * shrink)
