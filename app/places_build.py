"""Makes the bundled place table: `python -m app.places_build SOURCE.csv.gz [TARGET.npz]`.

The rule of this file: the same source gives the same bytes. Places without an altitude are left out; the rest
is ordered by cells of one degree so that neighbours compress well, positions as steps of 0.001 deg.
"""

from __future__ import annotations

import csv
import gzip
import sys
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.places import TABLE


def read_rows(source: Path) -> list[dict[str, str]]:
    """Return the rows of the GeoNames extract that state an altitude."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["altitude_m"] not in ("", "-9999")]


def columns(rows: list[dict[str, str]]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of the table, in the order in which they are stored."""
    latitude = np.array([round(float(r["lat"]) * 1000) for r in rows], dtype=np.int64)
    longitude = np.array([round(float(r["lon"]) * 1000) for r in rows], dtype=np.int64)
    identity = np.array([int(r["geonameid"]) for r in rows])
    order = np.lexsort((identity, longitude, latitude, longitude // 1000, latitude // 1000))
    chosen = [rows[i] for i in order]
    codes = sorted({r["country"] for r in rows})
    number = {code: k for k, code in enumerate(codes)}
    return {
        "latitude_steps_mdeg": np.diff(latitude[order], prepend=0).astype(np.int32),
        "longitude_steps_mdeg": np.diff(longitude[order], prepend=0).astype(np.int32),
        "altitude_m": np.array([round(float(r["altitude_m"])) for r in chosen], dtype=np.int16),
        "size": np.array([int(r["population"] or 0).bit_length() for r in chosen], dtype=np.uint8),
        "country": np.array([number[r["country"]] for r in chosen], dtype=np.uint8),
        "country_codes": np.frombuffer("".join(codes).encode("ascii"), dtype=np.uint8),
        "names": np.frombuffer("\n".join(r["name"] for r in chosen).encode("utf-8"), dtype=np.uint8),
    }


def write(table: dict[str, NDArray[np.generic]], target: Path) -> None:
    """Write the table as a compressed npz with fixed dates, so that the bytes depend on the content alone."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, column in table.items():
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as stream:
                np.lib.format.write_array(stream, np.ascontiguousarray(column), allow_pickle=False)


def main(arguments: list[str]) -> int:
    """Build the table and say how large it became."""
    if not arguments:
        print("usage: python -m app.places_build SOURCE.csv.gz [TARGET.npz]", file=sys.stderr)
        return 2
    target = Path(arguments[1]) if len(arguments) > 1 else TABLE
    rows = read_rows(Path(arguments[0]))
    write(columns(rows), target)
    print(f"{target}: {len(rows):,} places, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
