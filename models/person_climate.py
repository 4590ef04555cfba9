"""How warm it usually is at a place and hour, as the models of one person ask for it.

The rule of this file: the formula is `edge.climate`'s; it is only named here.
"""

from __future__ import annotations

from edge.climate import usual_temperature_c, usual_year_c

__all__ = ["usual_temperature_c", "usual_year_c"]
