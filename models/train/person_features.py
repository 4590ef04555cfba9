"""The features of a person: from what may be known of them to numbers that are zero for the population's middle.

The rule of this file: a feature is a line over the values and their logs, times another such line; both the fit and
the graph read the tables made here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.person_forward import CONTEXT, LEAST, LOG_OFFSET, MOST

Array = NDArray[np.float64]
FEATURES = (
    "female", "decades", "decades squared", "log body mass index", "experience", "log distance", "log distance squared",
    "altitude", "heat", "beta-blockers", "maximal heart rate",
)  # fmt: skip
#: What is known or unknown as a whole: the values of the context, and the features that fall away without them.
GROUPS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "sex": (("female",), (0,)),
    "age": (("age_years",), (1, 2)),
    "body mass index": (("weight_kg", "height_m"), (3,)),
    "experience": (("experience",), (4,)),
    "distance of 28 days": (("km_28d",), (5, 6)),
    "altitude of home": (("altitude_m",), (7,)),
    "warmth of home": (("temperature_c",), (8,)),
    "beta-blockers": (("beta_blockers",), (9,)),
    "maximal heart rate": (("max_hr_bpm",), (10,)),
}
#: Values that stand in where a value is unknown but another of its feature is known; an unknown speed
#: is the one at which heart rates are compared.
FILL = dict(zip(CONTEXT, (40, 0.3, 70, 1.73, 1.5, 185, 120, 10, 0, 17, 0, 3000, 2.8, 148), strict=True))
SURVEYED = (0, 1, 2, 3, 5, 6)
#: Standard deviation of what the survey does not hold: steps of experience, km, 10 degrees C, share, 10 bpm.
ASSUMED_SD = {4: 1.0, 7: 0.3, 8: 0.8, 9: 0.17, 10: 1.08}
_YEARS, _LOG = CONTEXT.index("age_years"), len(CONTEXT)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """`first` (2 c, f) with its offset (f,), and `second`, and what is taken off their product (f,): the centre."""

    first: Array
    first_offset: Array
    second: Array
    second_offset: Array


def tables(centre: Array) -> Tables:
    """Return the tables whose product is the features less their centre (f,)."""
    count = len(FEATURES)
    first, second = np.zeros((2 * _LOG, count)), np.zeros((2 * _LOG, count))
    offset, more = np.zeros(count), np.ones(count)
    place = CONTEXT.index
    for feature, (name, factor, base) in {
        0: ("female", 1.0, 0.0), 1: ("age_years", 0.1, -4.0), 2: ("age_years", 0.1, -4.0),
        4: ("experience", 1.0, -1.5), 7: ("altitude_m", 0.001, 0.0), 8: ("temperature_c", 0.1, -1.7),
        9: ("beta_blockers", 1.0, 0.0), 10: ("max_hr_bpm", 0.1, -21.1),
    }.items():  # fmt: skip
        first[place(name), feature], offset[feature] = factor, base
    first[_YEARS, 10] = 0.064  # 211 - 0.64 age (Nes et al. 2013)
    first[_LOG + place("weight_kg"), 3], first[_LOG + place("height_m"), 3] = 10.0, -20.0
    offset[3] = -10.0 * np.log(23.0)
    for feature in (5, 6):
        first[_LOG + place("km_28d"), feature], offset[feature] = 1.0, -np.log(4.0 * 64.0)
    return _squares(Tables(first, offset, second, more), centre)


def _squares(t: Tables, centre: Array) -> Tables:
    """Take the centre off: x - c, and x^2 - c as (x - r) (x + r) with r the root of c."""
    for feature in range(len(FEATURES)):
        if feature in (2, 6):
            root = np.sqrt(centre[feature])
            t.second[:, feature], t.second_offset[feature] = t.first[:, feature], t.first_offset[feature] + root
            t.first_offset[feature] -= root
        else:
            t.first_offset[feature] -= centre[feature]
    return t


def features(t: Tables, context: Array) -> Array:
    """Return the features (n, f) of contexts (n, c), zero where what they rest on is unknown."""
    shown = np.clip(np.where(np.isnan(context), np.array(list(FILL.values())), context), LEAST, MOST)
    row = np.concatenate([shown, np.log(shown + LOG_OFFSET)], axis=1)
    found = (row @ t.first + t.first_offset) * (row @ t.second + t.second_offset)
    return np.asarray(found * (1.0 - unknown(context) @ group_features()))


def groups() -> Array:
    """Return (c, g) which value belongs to which group."""
    return np.array([[float(name in values) for values, _ in GROUPS.values()] for name in CONTEXT])


def group_features() -> Array:
    """Return (g, f) which features fall away with a group."""
    return np.array([[float(k in members) for k in range(len(FEATURES))] for _, members in GROUPS.values()])


def unknown(context: Array) -> Array:
    """Return (n, g) 1 where a group is not wholly known."""
    return np.minimum(np.isnan(context).astype(float) @ groups(), 1.0)
