"""The bundled place table: which named place is near a point and how high it lies, with no network.

The rule of this file: it only reads `places.npz`, made by `python -m app.places_build` from GeoNames (CC BY 4.0,
see PLACES_LICENSE.txt). Positions are rounded to 0.001 deg (111 m), altitudes to 1 m.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.coach.types import Place
from edge.samples import Column, Estimate

TABLE = Path(__file__).with_name("places.npz")
EARTH_RADIUS_KM = 6371.0
#: Places this near speak about the height of the ground here; farther ones only widen the doubt.
NEIGHBOUR_KM = 25.0
NEIGHBOURS = 6
NAMED_WITHIN_KM = 15.0
_SOURCE = "nearest place in GeoNames"


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTable:
    """Named places: degrees, altitude in m, names and countries of equal length, and their unit vectors (n, 3)."""

    latitude_deg: Column
    longitude_deg: Column
    altitude_m: Column
    size: NDArray[np.uint8]
    """Population as the rounded binary logarithm; orders places of one name."""
    names: tuple[str, ...]
    countries: tuple[str, ...]
    vectors: Column

    def known_as(self, latitude_deg: float, longitude_deg: float) -> Place:
        """Return the place that people would name for a point in degrees; raises ValueError outside the globe.

        The nearest place, unless one so much larger lies within 15 km that its pull (people over distance squared,
        counted from 1 km) is stronger: a park in the middle of a city is in that city, not in the suburb beside it.
        """
        chord2 = self._chord2(latitude_deg, longitude_deg)
        away_km = 2.0 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(chord2) / 2.0, 1.0))
        pull = np.where(away_km <= NAMED_WITHIN_KM, self.size - 2.0 * np.log2(away_km + 1.0), -np.inf)
        return self._place(int(np.argmax(pull) if np.isfinite(pull).any() else np.argmin(chord2)))

    def distance_km(self, latitude_deg: float, longitude_deg: float) -> float:
        """Return the distance in km from a point to its nearest place."""
        return _arc_km(float(np.min(self._chord2(latitude_deg, longitude_deg))))

    def altitude(self, latitude_deg: float, longitude_deg: float) -> Estimate:
        """Return the altitude in m at a point: the nearest place's, its interval from the places around it.

        In mountains this is wrong by hundreds of metres; the interval says so. A run's own altitude is better.
        """
        chord2 = self._chord2(latitude_deg, longitude_deg)
        near = np.argpartition(chord2, NEIGHBOURS)[:NEIGHBOURS]
        near = near[np.argsort(chord2[near], kind="stable")]
        away_km = np.array([_arc_km(float(c)) for c in chord2[near]])
        value = float(self.altitude_m[near[0]])
        around = self.altitude_m[near][away_km <= max(NEIGHBOUR_KM, float(away_km[0]))]
        doubt = 30.0 + 5.0 * min(float(away_km[0]), 100.0)
        return Estimate(value, float(around.min()) - doubt, float(around.max()) + doubt, _SOURCE)

    def named(self, text: str) -> Place | None:
        """Return the largest place of a name ("Denver", or with its country "Denver, US"), or None."""
        name, _, country = (part.strip().casefold() for part in text.partition(","))
        hits = [
            i
            for i, (n, c) in enumerate(zip(self.names, self.countries, strict=True))
            if n.casefold() == name and country in ("", c.casefold())
        ]
        return self._place(max(hits, key=lambda i: (int(self.size[i]), -i))) if hits else None

    def _chord2(self, latitude_deg: float, longitude_deg: float) -> Column:
        if not (abs(latitude_deg) <= 90.0 and abs(longitude_deg) <= 360.0):
            raise ValueError(f"not a point on the globe: latitude {latitude_deg}, longitude {longitude_deg}")
        point = _unit(np.array([latitude_deg]), np.array([longitude_deg]))[0]
        squared: Column = np.maximum(2.0 - 2.0 * (self.vectors @ point), 0.0)
        return squared

    def _place(self, index: int) -> Place:
        return Place(
            self.names[index],
            round(float(self.latitude_deg[index]), 3),
            round(float(self.longitude_deg[index]), 3),
            float(self.altitude_m[index]),
            self.countries[index],
        )


def _unit(latitude_deg: Column, longitude_deg: Column) -> Column:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=1
    )


def _arc_km(chord2: float) -> float:
    return 2.0 * EARTH_RADIUS_KM * math.asin(min(math.sqrt(chord2) / 2.0, 1.0))


@functools.cache
def load(path: Path = TABLE) -> PlaceTable:
    """Return the bundled table, read once (about 0.1 s); raises FileNotFoundError where it is missing."""
    with np.load(path, allow_pickle=False) as table:
        latitude = np.cumsum(table["latitude_steps_mdeg"], dtype=np.int64) / 1000.0
        longitude = np.cumsum(table["longitude_steps_mdeg"], dtype=np.int64) / 1000.0
        codes = table["country_codes"].tobytes().decode("ascii")
        country = [codes[2 * k : 2 * k + 2] for k in range(len(codes) // 2)]
        return PlaceTable(
            latitude,
            longitude,
            table["altitude_m"].astype(np.float64),
            table["size"],
            tuple(table["names"].tobytes().decode("utf-8").split("\n")),
            tuple(country[k] for k in table["country"].tolist()),
            _unit(latitude, longitude),
        )
