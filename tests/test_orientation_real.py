"""Orientation on real recordings with an optical reference (BROAD), at their rate and at a third of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from orientation_truth import heading_deg, inclination_deg

from edge.orientation import OrientationFilter, estimate


@pytest.mark.real
@pytest.mark.parametrize("every", [1, 3])
def test_a_slow_rotation_started_in_mid_motion_is_followed(data_folder: Path, every: int) -> None:
    path = data_folder / "imu_orientation" / "broad" / "02_undisturbed_slow_rotation_B.npz"
    if not path.is_file():
        pytest.skip("this BROAD trial is not at hand")
    with np.load(path) as z:
        moving = np.flatnonzero(z["movement"])
        here = slice(int(moving[0]), int(moving[0]) + 20_001)
        gyro, accel, truth = (np.asarray(z[name][here], dtype=np.float64) for name in ("gyr", "acc", "opt_quat"))
        rate_hz = float(z["sampling_rate"]) / every
    count = len(gyro) // every * every
    gyro, accel = (c[:count].reshape(-1, every, 3).mean(axis=1) for c in (gyro, accel))
    gyro = gyro + np.radians([1.0, -1.0, 1.0])
    truth = truth[:count][every - 1 :: every]
    seen = np.isfinite(truth).all(axis=1) & (np.arange(len(truth)) > 20.0 * rate_hz)
    live, after = OrientationFilter(rate_hz).feed(gyro, accel), estimate(gyro, accel, rate_hz)
    assert inclination_deg(live[seen], truth[seen]) < 0.8
    assert inclination_deg(after[seen], truth[seen]) < 0.5
    assert heading_deg(after[seen], truth[seen]) < 1.5
