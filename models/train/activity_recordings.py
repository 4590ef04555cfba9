"""The recordings that the activity model learns from, with their person and label.

The rule of this file: recordings are read as SOURCES.md describes them; force and turning of a watch have clocks of
their own and are brought to one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.samples import Column

SETS = ("pocket (MotionSense)", "pocket (WISDM)", "wrist (WISDM)")
TRIALS = ("pocket (GeoTec)", "wrist (GeoTec)")
"""Getting up, a few steps, a turn, a few steps, sitting down; learned from, and judged apart."""
_G_M_S2 = 9.80665
_MOTIONSENSE = {"dws": "stairs_down", "ups": "stairs_up", "wlk": "walk", "jog": "run", "sit": "still", "std": "still"}
_WISDM = {"A": "walk", "B": "run", "C": "stairs", "D": "still", "E": "still"}
HARD = {"F": "typing", "G": "brushing teeth", "M": "kicking", "P": "dribbling", "R": "clapping"}
"""What must not be taken for a known activity; on the watch alone."""
_GEOTEC = {"SEATED": "still", "WALKING": "walk"}
BETWEEN = ("between", "mixed")
"""Getting up, turning and sitting down, and windows where no activity fills three fifths: neither stairs nor run."""
_WISDM_LEAST_S = 20.0

Texts = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One person doing one thing, or with labels (n,) of their own; force in m/s2, turning in rad/s, both (n, 3)."""

    kind: str
    person: str
    label: str | Texts
    accel_m_s2: Column
    gyro_rad_s: Column
    rate_hz: float


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("subject_*.npz"))
    if not found:
        raise FileNotFoundError(2, "no recordings", str(folder / "subject_*.npz"))
    return found


def _on_one_clock(t_s: Column, other_t_s: Column, values: Column, other: Column, rate_hz: float) -> Column | None:
    """Return both signals side by side (n, 6) at a rate, over the time that they share; None where that is short."""
    first, again = np.unique(t_s, return_index=True)[1], np.unique(other_t_s, return_index=True)[1]
    t_s, values, other_t_s, other = t_s[first], values[first], other_t_s[again], other[again]
    start, end = max(t_s[0], other_t_s[0]), min(t_s[-1], other_t_s[-1])
    if end - start < _WISDM_LEAST_S:
        return None
    at_s = np.arange(start, end, 1.0 / rate_hz)
    columns = [np.interp(at_s, t_s, c) for c in values.T] + [np.interp(at_s, other_t_s, c) for c in other.T]
    return np.stack(columns, axis=1)


def motionsense(folder: Path) -> Iterator[Recording]:
    """Return the recordings of an iPhone in the front trouser pocket at 50 Hz (Malekzadeh et al. 2018)."""
    for path in _files(folder):
        with np.load(path) as stored:
            for trial in sorted({n.split("/")[0] for n in stored.files if "/" in n}):
                g, own, turn = (
                    stored[f"{trial}/{name}"] / float(stored[f"scale_{name}"])
                    for name in ("gravity", "userAcceleration", "rotationRate")
                )
                yield Recording(SETS[0], f"m{path.stem}", _MOTIONSENSE[trial[:3]], (g + own) * _G_M_S2, turn, 50.0)


def wisdm(folder: Path) -> Iterator[Recording]:
    """Return the recordings of a phone in the trouser pocket and a watch, nominally at 20 Hz (Weiss et al. 2019)."""
    for path in _files(folder):
        with np.load(path) as stored:
            for kind, device in ((SETS[1], "phone"), (SETS[2], "watch")):
                for code, label in (_WISDM | HARD).items():
                    keys = [f"{code}/{device}_{sensor}" for sensor in ("accel", "gyro")]
                    if not all(key in stored.files for key in keys):
                        continue
                    times = [stored[f"{key}_t_ms"] / 1000.0 for key in keys]
                    rate_hz = float(np.clip(round(1.0 / np.median(np.diff(times[0]))), 20.0, 100.0))
                    scale = float(stored["scale"])
                    force, turn = (stored[key] / scale for key in keys)
                    both = _on_one_clock(times[0], times[1], force, turn, rate_hz)
                    if both is not None:
                        yield Recording(kind, f"w{path.stem}", label, both[:, :3], both[:, 3:], rate_hz)


def geotec(folder: Path) -> Iterator[Recording]:
    """Return the trials of phone and watch at 100 Hz that sit, stand up, walk and turn (Matey-Sanz et al. 2023)."""
    for path in _files(folder):
        with np.load(path) as stored:
            names = stored["labels"]
            for trial in sorted({n.split("/")[0] for n in stored.files if "/" in n}):
                t_s = stored[f"{trial}/t_ms"] / 1000.0
                both = np.concatenate(
                    [stored[f"{trial}/{n}"] / float(stored[f"scale_{n}"]) for n in ("acc", "gyr")], axis=1
                )
                at_s = np.arange(t_s[0], t_s[-1], 0.01)
                even = np.stack([np.interp(at_s, t_s, c) for c in both.T], axis=1)
                given = names[stored[f"{trial}/label"]][np.clip(np.searchsorted(t_s, at_s), 0, len(t_s) - 1)]
                label = np.array([_GEOTEC.get(str(g), "between") for g in given])
                kind = TRIALS[trial.endswith("sw")]
                yield Recording(kind, f"g{path.stem}", label, even[:, :3], even[:, 3:], 100.0)


def data_sha256(data: Path) -> str:
    """Return the SHA-256 of the recordings that the model learns from, names and content in order."""
    digest = hashlib.sha256()
    for name in ("motionsense", "wisdm2019", "geotec_phone_watch"):
        for path in _files(data / "har" / name):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
