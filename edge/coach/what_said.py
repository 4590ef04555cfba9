"""What a person told of, named in a few words and a language: "left knee pain", "Schmerz: Knie links".

The rule of this file: no number and nothing that was not said.
"""

from __future__ import annotations

from edge.coach.injury import named
from edge.coach.phrases import say
from edge.coach.said import Constraint
from edge.coach.words_de import area_de


def said_words(language: str, said: Constraint) -> str:
    """Return what was told of in a few words."""
    name = said.kind.replace("_", " ")
    kind = say(language, name)
    if language != "de":
        return " ".join(word for word in (said.side, said.area, kind) if word)
    return f"{kind}: {area_de(said.area, said.side)}" if said.area else kind


def place_words(language: str, area: str, side: str) -> str:
    """Return a body area with its side: "left knee", "Knie links"."""
    return area_de(area, side) if language == "de" else named(area, side)
