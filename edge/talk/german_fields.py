"""German words that together tell of a kind, whatever stands between them: sleep, tiredness, stress and the rest.

The rule of this file: data alone, as in `german_signs`; the first cell is the kind with its situation, "denied" where
it needs a denial, "others" where it may be told of another ("der Hund hat die ganze Nacht gebellt").
"""

from __future__ import annotations

LISTS = """
"""
ROWS = """
"""
