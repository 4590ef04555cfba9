"""German everyday clauses: short ways to say one thing, collected from people who never saw the grammar.

The rule of this file: data alone, as in `german`; families of wordings, never a whole sentence.
"""

from __future__ import annotations

ASK = {
    "ASKED": (
        "ist es schlimm wenn, ist es normal wenn, ist das schlimm wenn, ist das normal wenn, ist es gefaehrlich wenn, "
        "ist es bedenklich wenn, ist es ok wenn man, ist es okay wenn man, schlimm wenn man, normal wenn man"
    ),
    "NEUTRAL": (
        "herz schlaegt fuers, herz schlaegt ganz fuer, atemlose aussicht, verwirrt vom plan, "
        "sind selbstmord, ist selbstmord, waere selbstmord, reiner selbstmord"
    ),
    "AREA:foot HURT": "blutige blase, blutige blasen, blutblase, blutblasen, blutige ferse, blutige zehen",
    "W:strength": "studio, im studio, liegestuetz, liegestuetze, liegestuetzen, klimmzuege, klimmzuegen, kraftraum",
    "HEART": "herzen",
    "VOMIT": "kotze, kotz, wuerge, wuergen, brech, breche",
    "ALTITUDE": "auf dem berg, am berg oben, hochtour",
    "STAGGER": "nicht mehr gerade laufen, nicht mehr geradeaus, nicht gerade laufen, nicht mehr gerade gehen, torkel",
    "OUTOFBREATH": "japse, japsen, hechle, keuchend",
}
TABLES = (ASK,)
