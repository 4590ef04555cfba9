"""Windows of features with their person and label, of recordings as they are and varied.

The rule of this file: what was varied is marked and comes last; it is learned from, and nothing is judged by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from edge.activity import HOP, windows_of
from edge.activity.align import AlignState, align
from edge.activity.features import NAMES, RATE_HZ, WINDOW, features
from edge.samples import Column
from models.train.activity_recordings import Recording, Texts, geotec, motionsense, wisdm
from models.train.activity_variety import varied

COPIES = 2
"""How many varied ones there are of every recording."""
_SEED = 5
_PURE = 0.6
"""Share of a window that one activity must fill."""

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Features (n, k) of every window with its set, person, recording and label (n,), in the order of time."""

    table: Column
    kind: Texts
    person: Texts
    recording: Indices
    label: Texts
    varied: NDArray[np.bool_]
    """Whether the recording was changed by `activity_variety`: to learn from, never to judge by."""

    def __len__(self) -> int:
        return len(self.table)

    def pick(self, rows: NDArray[np.bool_] | Indices) -> Windows:
        """Return some of the windows."""
        return Windows(*(getattr(self, name)[rows] for name in Windows.__dataclass_fields__))

    def real(self) -> Windows:
        """Return the windows as they were recorded."""
        return self.pick(~self.varied)


def cut(recording: Recording) -> tuple[Column, Texts]:
    """Return the features (n, k) of all full windows of a recording and their labels (n,); "mixed" where two meet."""
    rows = np.concatenate([recording.accel_m_s2, recording.gyro_rad_s], axis=1)
    aligned, _ = align(AlignState(), rows, recording.rate_hz, end=True)
    windows, _ = windows_of(aligned)
    if isinstance(recording.label, str):
        return features(windows), np.full(len(windows), recording.label)
    index = (HOP * np.arange(len(windows))[:, None] + np.arange(WINDOW)) / RATE_HZ * recording.rate_hz
    given = recording.label[np.minimum(index.astype(np.int64), len(recording.label) - 1)]
    middle = given[:, WINDOW // 2]
    pure = (given == middle[:, None]).mean(axis=1) >= _PURE
    return features(windows), np.where(pure, middle, "mixed")


def _joined(recordings: Iterable[Recording], first: int, changed: bool) -> Windows:
    """Return the windows of recordings, numbered from `first`."""
    found = [(r, *cut(r)) for r in recordings]
    lengths = [len(label) for _, _, label in found]
    return Windows(
        np.concatenate([np.empty((0, len(NAMES))), *(table for _, table, _ in found)]),
        np.repeat([r.kind for r, _, _ in found], lengths),
        np.repeat([r.person for r, _, _ in found], lengths),
        np.repeat(first + np.arange(len(found)), lengths),
        np.concatenate([label for _, _, label in found]),
        np.full(sum(lengths), changed),
    )


def read(data: Path, only: str | None = None) -> Windows:
    """Return the windows of all sets, or one, under a folder of recordings; FileNotFoundError names what is missing."""
    har, generator = data / "har", np.random.default_rng(_SEED)
    sources = chain(motionsense(har / "motionsense"), wisdm(har / "wisdm2019"), geotec(har / "geotec_phone_watch"))
    recorded = [r for r in sources if only in (None, r.kind)]
    real = _joined(recorded, 0, changed=False)
    others = (v for _ in range(COPIES) for r in recorded for v in varied(r, generator))
    return joined(real, _joined(others, len(recorded), changed=True))


def joined(*parts: Windows) -> Windows:
    """Return all windows in one."""
    return Windows(*(np.concatenate([getattr(p, n) for p in parts]) for n in Windows.__dataclass_fields__))
