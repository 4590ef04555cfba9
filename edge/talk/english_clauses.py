"""English phrases of short everyday clauses: what has healed, and figures of speech.

The rule of this file: data alone, as in `english`.
"""

from __future__ import annotations

CLAUSES = {
    "AREA:other": "tendon, tendons, ligament",
    "FINE": (
        "brand new, feels brand new, silent, was silent, calmed down, has calmed down, loosened up, loosened up "
        "completely, has loosened up, is back to normal, are back to normal, feels back to normal, feels like new, "
        "like a new one, ship shape, top notch, tip top, came through fine, came through the long run fine, held "
        "up, no bother"
    ),
    "GONE": "is over, are over, is behind me, are behind me, behind me now, shot of, rid of, "
    " finally rid of, done with, is done with, is a thing of the past, no longer there, nowhere to be seen",
    "NEUTRAL": (
        "if possible, if you dont mind, if thats ok, if thats okay, if thats alright, if that 's ok, if that 's "
        "okay, if i may, if you can, if i can, if at all possible, if youll let me, if you will let me, if you let "
        "me, hot water bottle, training block, last block, next block, this block, the block, block of training, "
        "starting block, starting blocks"
    ),
}
TABLES = (CLAUSES,)
