"""What a heart rate means: no input or output here."""

from __future__ import annotations

from models.person import Person


def said(bpm: int, contact: bool, person: Person) -> str:
    """Return what there is to say about a heart rate, an empty text where all is well."""
    if not contact:
        return "no skin contact"
    if bpm < person.low_bpm:
        return f"low: {bpm} bpm"
    if bpm > person.high_bpm:
        return f"high: {bpm} bpm"
    return ""
