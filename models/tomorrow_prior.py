"""The population prior of the forecast of tomorrow: from 11 people and 27014 mornings.

The rule of this file: made by models/train/tomorrow_training.py, never by hand.
"""

from __future__ import annotations

import numpy as np

from models.tomorrow import Prior

_CENTRE = (
    -1.401,
    -1.622,
    -1.6652,
    -1.5967,
    -1.6621,
    -0.50872,
    -0.17403,
    -0.1557,
    -0.037882,
    -0.39112,
    -0.38572,
    -0.51498,
    -0.49562,
    0.24872,
    0.24783,
    2.0447,
    6.9777,
    0.25497,
    0.25461,
    0.25247,
)
_SCALE = (
    1.3976,
    1.6102,
    1.6219,
    1.3953,
    1.6441,
    0.95765,
    0.90645,
    1.0028,
    0.94962,
    0.96495,
    1.0394,
    0.9302,
    0.97798,
    0.43227,
    0.31653,
    1.8578,
    1.1033,
    0.53702,
    0.36899,
    0.28063,
)
_WEIGHTS = (
    -1.9587,
    0.3546,
    0.40241,
    0.38332,
    -0.42981,
    0.47624,
    0.14749,
    0.2238,
    -0.22623,
    0.24344,
    0.19994,
    0.20815,
    0.25061,
    0.092201,
    0.062974,
    0.25482,
    -0.17608,
    0.044612,
    -0.10029,
    -0.13521,
    0.17912,
)

#: What the population says before anything is known of the person.
POPULATION = Prior(np.array(_CENTRE), np.array(_SCALE), np.array(_WEIGHTS), 0.05, 0.003)
