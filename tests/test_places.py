"""The bundled place table: right places, honest altitudes, no network, the same bytes from the same source."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from app import places
from app.places_build import columns, main, read_rows, write


@pytest.mark.parametrize(
    ("latitude", "longitude", "name", "country", "altitude_m"),
    [
        (39.7392, -104.9903, "Denver", "US", 1609),
        (35.7796, -78.6382, "Raleigh", "US", 96),
        (39.2508, -106.2925, "Leadville", "US", 3097),
        (4.60, -74.08, "Bogotá", "CO", 2582),
        (-13.53, -71.97, "Cusco", "PE", 3369),
    ],
)
def test_well_known_places_are_found(
    latitude: float, longitude: float, name: str, country: str, altitude_m: float
) -> None:
    place = places.load().known_as(latitude, longitude)
    assert (place.name, place.country, place.altitude_m) == (name, country, altitude_m)
    found = places.load().altitude(latitude, longitude)
    assert found.low <= found.value == altitude_m <= found.high


def test_the_nearest_place_is_the_one_of_a_plain_search() -> None:
    table, rng = places.load(), np.random.default_rng(5)
    for _ in range(40):
        latitude, longitude = float(np.degrees(np.arcsin(rng.uniform(-1, 1)))), float(rng.uniform(-180, 180))
        a, b = np.radians(latitude), np.radians(table.latitude_deg)
        half = (
            np.sin((b - a) / 2) ** 2
            + np.cos(a) * np.cos(b) * np.sin(np.radians(table.longitude_deg - longitude) / 2) ** 2
        )
        assert table.known_as(latitude, longitude).name == table.names[int(np.argmin(half))]
        assert table.distance_km(latitude, longitude) == pytest.approx(12742 * np.arcsin(np.sqrt(half.min())), rel=1e-5)


def test_the_date_line_and_the_poles_are_no_edge() -> None:
    table = places.load()
    assert table.known_as(-16.8, 179.99) == table.known_as(-16.8, -180.01)
    assert table.known_as(90.0, 0.0) == table.known_as(90.0, 123.0)
    with pytest.raises(ValueError, match="not a point"):
        table.known_as(91.0, 0.0)
    with pytest.raises(ValueError, match="not a point"):
        table.known_as(float("nan"), 0.0)


def test_mountains_have_a_wide_doubt_and_plains_a_narrow_one() -> None:
    table = places.load()
    spans = [e.high - e.low for e in (table.altitude(-13.53, -71.97), table.altitude(52.37, 4.90))]
    assert spans[0] > 300 > spans[1]


def test_a_name_means_its_largest_place() -> None:
    table = places.load()
    denver = table.named("denver")
    assert denver is not None and denver.altitude_m == 1609
    assert table.named("La Paz, BO") != table.named("La Paz, MX")
    assert table.named("Nowhere at All") is None


def test_the_table_is_small_and_carries_its_attribution() -> None:
    assert places.TABLE.stat().st_size < 2_500_000
    text = (places.TABLE.parent / "PLACES_LICENSE.txt").read_text()
    assert "GeoNames" in text and "creativecommons.org/licenses/by/4.0" in text
    assert len(places.load().names) == len(places.load().altitude_m) > 100_000


def small_source(folder: Path) -> Path:
    source = folder / "few.csv.gz"
    head = "geonameid,name,country,admin1,lat,lon,population,altitude_m,altitude_source,timezone"
    rows = [
        "1,Denver,US,CO,39.73915,-104.9847,682545,1609,dem,America/Denver",
        '2,"Sant Julià, de",AD,06,42.46372,1.49129,8022,921,dem,Europe/Andorra',
        "3,Unknown,US,CO,39.0,-104.0,1,,none,America/Denver",
        "4,Dead Sea,IL,,31.5,35.5,100,-425,dem,Asia/Jerusalem",
    ]
    source.write_bytes(gzip.compress("\n".join([head, *rows, ""]).encode()))
    return source


def test_the_same_source_gives_the_same_bytes_and_every_place_back(tmp_path: Path) -> None:
    source = small_source(tmp_path)
    one, two = tmp_path / "one.npz", tmp_path / "two.npz"
    assert main([str(source), str(one)]) == 0
    write(columns(list(reversed(read_rows(source)))), two)
    assert one.read_bytes() == two.read_bytes()
    table = places.load(one)
    assert set(table.names) == {"Denver", "Sant Julià, de", "Dead Sea"}
    assert table.known_as(42.4, 1.5).altitude_m == 921 and table.known_as(31.5, 35.5).altitude_m == -425
    assert main([]) == 2


@pytest.mark.real
def test_the_bundled_table_is_that_of_the_source(data_folder: Path, tmp_path: Path) -> None:
    source = data_folder / "altitude" / "geonames_cities1000_altitude.csv.gz"
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines) if r["altitude_m"] not in ("", "-9999")][::997]
    table = places.load()
    for row in rows:
        assert table.distance_km(float(row["lat"]), float(row["lon"])) < 0.2
        assert abs(table.altitude(float(row["lat"]), float(row["lon"])).value - float(row["altitude_m"])) < 30.0


def test_a_park_in_a_city_is_called_by_the_city_and_its_height_is_the_nearest_places() -> None:
    table = places.load()
    in_a_park_beside_a_suburb = (39.7007, -104.9690)
    assert table.known_as(*in_a_park_beside_a_suburb).name == "Denver"
    assert table.known_as(40.015, -105.27).name == "Boulder"  # 40 km from Denver: a town of its own
    assert 1550.0 < table.altitude(*in_a_park_beside_a_suburb).value < 1680.0
