"""Which of the features the activity net takes.

The rule of this file: walk against stairs must differ the same way in the pocket and on the wrist. For each feature,
the least difference of the medians of walk and stairs in any set, where the sign is the same in all, over the mean
shift of either between sets plus 0.3 (in s.d. within a set and activity); the best 100 stay, and nine that tell still
and run (levels, the lightest moment, step frequency, regularity).
"""

from __future__ import annotations

import numpy as np

from edge.activity.features import NAMES
from models.train.activity_recordings import SETS
from models.train.activity_windows import Windows

CHOSEN = (
    "level_v",
    "level_h",
    "level_wv",
    "level_wh",
    "level_m",
    "level_w",
    "band_v_0.35",
    "band_v_1.2",
    "band_v_1.6",
    "band_v_2.0",
    "band_h_0.35",
    "band_h_0.75",
    "band_h_1.2",
    "band_h_2.4",
    "band_h_5.0",
    "band_wv_0.35",
    "band_wv_0.75",
    "band_wv_1.2",
    "band_wv_1.6",
    "band_wv_2.0",
    "band_wv_2.4",
    "band_wv_3.0",
    "band_wh_0.35",
    "band_wh_0.75",
    "band_wh_1.2",
    "band_wh_2.0",
    "band_wh_2.4",
    "band_wh_3.0",
    "band_m_0.35",
    "band_m_1.2",
    "band_m_1.6",
    "band_m_2.0",
    "band_w_0.35",
    "band_w_0.75",
    "band_w_1.2",
    "band_w_1.6",
    "band_w_2.0",
    "band_w_2.4",
    "band_w_3.0",
    "height_v_1.0",
    "height_h_0.5",
    "height_h_1.5",
    "height_h_3.0",
    "height_wv_0.5",
    "height_wv_1.5",
    "height_wh_0.5",
    "height_wh_1.5",
    "height_wh_3.0",
    "height_w_0.5",
    "height_w_1.0",
    "height_w_2.0",
    "share_v_1.0",
    "share_v_1.5",
    "share_h_1.5",
    "share_h_3.0",
    "share_wv_0.5",
    "share_wv_1.0",
    "share_wv_1.5",
    "share_wv_2.0",
    "share_wv_3.0",
    "share_wh_0.5",
    "share_wh_1.0",
    "share_wh_2.0",
    "share_wh_3.0",
    "share_m_1.0",
    "share_m_1.5",
    "share_w_0.5",
    "share_w_1.0",
    "share_w_2.0",
    "shares_v",
    "shares_h",
    "shares_wv",
    "shares_wh",
    "shares_m",
    "shares_w",
    "again_v_1",
    "again_v_2",
    "again_h_2",
    "again_wv_1",
    "again_wv_2",
    "again_wv_half",
    "again_wh_1",
    "again_wh_2",
    "again_wh_half",
    "again_m_1",
    "again_m_2",
    "again_w_1",
    "again_w_2",
    "again_w_half",
    "skew_v",
    "skew_m",
    "skew_w",
    "kurt_v",
    "kurt_m",
    "kurt_w",
    "top_v",
    "top_m",
    "top_w",
    "bottom_w",
    "lightest",
    "yaw",
    "step_hz",
)


def ranked(windows: Windows) -> list[str]:
    """Return the names of all features, best first: walk against stairs alike in every set, neither shifted."""
    label = np.where(np.char.startswith(windows.label, "stairs"), "stairs", windows.label)
    rows = {(k, a): np.flatnonzero((windows.kind == k) & (label == a)) for k in SETS for a in ("walk", "stairs")}
    median = {key: np.median(windows.table[own], axis=0) for key, own in rows.items()}
    spread = np.mean([windows.table[own].std(axis=0) for own in rows.values()], axis=0) + 1e-9
    differs = np.array([(median[k, "walk"] - median[k, "stairs"]) / spread for k in SETS])
    pairs = [(a, b, what) for n, a in enumerate(SETS) for b in SETS[n + 1 :] for what in ("walk", "stairs")]
    shift = np.mean([np.abs(median[a, what] - median[b, what]) / spread for a, b, what in pairs], axis=0)
    alike = np.where(np.abs(np.sign(differs).sum(axis=0)) == len(SETS), np.abs(differs).min(axis=0), 0.0)
    return [NAMES[k] for k in np.argsort(-(alike / (shift + 0.3) - 1e-3 * shift), kind="stable")]
