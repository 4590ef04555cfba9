"""The place table for long programs: the answers of `app.places`, each point rounded to 0.001 degrees and remembered.

The rule of this file: it looks among the places round about only; where too few lie there, the whole table is asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app import places
from edge.coach.types import Place
from edge.samples import Estimate

CELL_DEG, MARGIN_DEG, NEAR_KM, LEAST = 1.0, 1.0, 100.0, 50
DECIMALS = 3


class QuickGround:
    """A place table as `edge.trip_types.Ground`, cut into cells of one degree with a margin of one more."""

    def __init__(self) -> None:
        self._whole = places.load()
        self._cells: dict[tuple[int, int], places.PlaceTable] = {}
        self._heights: dict[tuple[float, float], Estimate] = {}

    def distance_km(self, latitude_deg: float, longitude_deg: float) -> float:
        """Return the distance in km from a point to its nearest place."""
        away_km = self._around(latitude_deg, longitude_deg).distance_km(latitude_deg, longitude_deg)
        return away_km if away_km < NEAR_KM else self._whole.distance_km(latitude_deg, longitude_deg)

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate:
        """Return the altitude in m at a point."""
        point = (round(latitude_deg, DECIMALS), round(longitude_deg, DECIMALS))
        if point not in self._heights:
            self._heights[point] = self._around(*point).altitude(*point)
        return self._heights[point]

    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place:
        """Return the place that people would name for a point."""
        return self._around(latitude_deg, longitude_deg).known_as(latitude_deg, longitude_deg)

    def _around(self, latitude_deg: float, longitude_deg: float) -> places.PlaceTable:
        longitude_deg = (longitude_deg + 180.0) % 360.0 - 180.0
        key = (int(np.floor(latitude_deg / CELL_DEG)), int(np.floor(longitude_deg / CELL_DEG)))
        if key not in self._cells:
            self._cells[key] = self._cell(*key)
        return self._cells[key]

    def _cell(self, row: int, column: int) -> places.PlaceTable:
        whole, south, west = self._whole, row * CELL_DEG, column * CELL_DEG
        wide = MARGIN_DEG / max(
            0.05, np.cos(np.radians(min(89.0, max(abs(south), abs(south + CELL_DEG)) + MARGIN_DEG)))
        )
        east = (whole.longitude_deg - west - CELL_DEG / 2.0 + 180.0) % 360.0 - 180.0
        inside = np.abs(whole.latitude_deg - south - CELL_DEG / 2.0) <= CELL_DEG / 2.0 + MARGIN_DEG
        rows = np.flatnonzero(inside & (np.abs(east) <= CELL_DEG / 2.0 + wide))
        if len(rows) < LEAST:
            return whole
        return replace(
            whole,
            latitude_deg=whole.latitude_deg[rows],
            longitude_deg=whole.longitude_deg[rows],
            altitude_m=whole.altitude_m[rows],
            size=whole.size[rows],
            names=tuple(whole.names[i] for i in rows),
            countries=tuple(whole.countries[i] for i in rows),
            vectors=whole.vectors[rows],
        )
