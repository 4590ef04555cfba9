"""What a sheet from below shows: evidence of a reason, a question with answers, the tap "it hurts"."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.phase import Act, Offer
from app.views.words import Words
from edge.coach.said import AREAS, SIDES

PAIN_FACES = (0, 2, 3, 4, 5, 6, 7, 8, 10)


@dataclass(frozen=True, slots=True)
class SheetView:
    """A title, lines of text, groups of chips with their captions, buttons (the first is the answer asked for)."""

    title: str
    lines: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[Offer, ...]], ...] = ()
    offers: tuple[Offer, ...] = ()
    small: str = ""
    asks: bool = False


def evidence_sheet(act: Act, words: Words) -> SheetView:
    """Return what a reason rests on."""
    reason, *evidence = (str(part) for part in act.value) if isinstance(act.value, tuple) else (str(act.value),)
    return SheetView(words("Why"), (reason, *evidence))


def area_names(words: Words) -> dict[str, str]:
    """Return what each body area is called."""
    names = {
        "foot": words("foot"),
        "ankle": words("ankle"),
        "achilles": words("Achilles tendon"),
        "shin": words("shin"),
        "calf": words("calf"),
        "knee": words("knee"),
        "hamstring": words("back of the thigh"),
        "quad": words("front of the thigh"),
        "groin": words("groin"),
        "hip": words("hip"),
        "back": words("back"),
        "shoulder": words("shoulder"),
        "chest": words("chest"),
        "head": words("head"),
        "other": words("another place"),
    }
    return {area: names[area] for area in AREAS}


def side_names(words: Words) -> dict[str, str]:
    """Return what each side is called."""
    names = {"left": words("left"), "right": words("right"), "both": words("both")}
    return {side: names[side] for side in SIDES}


def hurts_sheet(words: Words, area: str = "", side: str = "", severity: float = -1.0) -> SheetView:
    """Return the question where and how much it hurts; one tap on a place is enough, the rest refines it."""

    def chip(text: str, on: bool, name: str, value: str) -> Offer:
        return Offer(text, Act(f"hurts {name}", value), "check" if on else "")

    areas = tuple(chip(text, key == area, "area", key) for key, text in area_names(words).items())
    sides = tuple(chip(text, key == side, "side", key) for key, text in side_names(words).items())
    faces = tuple(chip(str(n), n == severity, "severity", str(n)) for n in PAIN_FACES)
    groups = (
        (words("Where?"), areas),
        (words("Which side?"), sides),
        (words("How much, from 0 to 10?"), faces),
    )
    offers = (Offer(words("Tell the coach"), Act("hurts now"), "check"),) if area else ()
    small = words("Chest pain, fainting or unusual breathlessness: stop and seek help.")
    return SheetView(words("It hurts"), (), groups, offers, small, asks=True)
