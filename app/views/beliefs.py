"""What Kadenz believes of this person: each belief with its place in its doubt, who says so, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from app.views.items import BeliefItem
from app.views.listing import ButtonItem, Group, Item, LineItem, ListView, TextItem
from app.views.phase import Act, Because, Notice, Offer
from app.views.words import Words
from edge.coach.entry import Entry
from edge.coach.persona import PARTS
from edge.coach.sources import source_words

SOURCE_ICONS = (
    ("you said", "account"),
    ("you corrected", "pencil-outline"),
    ("people like you", "account-question-outline"),
    ("measured", "check-circle"),
    ("unknown", "help-circle-outline"),
)
#: Unit of an entry -> the ends of its bar; what has no scale has no bar.
SCALES: dict[str, tuple[float, float]] = {
    "VDOT": (20.0, 80.0),
    "beats/min": (90.0, 210.0),
    "s per km": (180.0, 600.0),
    "m": (0.0, 42195.0),
    "0 to 10": (0.0, 10.0),
    "kg": (40.0, 130.0),
}
#: Part of the persona -> the belief's name that `kadenz me correct` knows.
CORRECTS = {
    ("fitness", "VDOT"): "fitness",
    ("fitness", "s per km"): "usual-pace",
    ("heart rate", "beats/min"): "max-hr",
    ("altitude", "m"): "used-to-altitude",
}


@dataclass(frozen=True, slots=True)
class Known:
    """All that the screen is drawn from: entries, groups as (dimension, name, why), responses as (kind, words)."""

    entries: Sequence[Entry]
    groups: Sequence[tuple[str, str, str]] = ()
    responses: Sequence[tuple[str, str, str]] = ()
    corrected: Sequence[tuple[str, str]] = ()
    question: tuple[str, str, str] | None = None
    """The label that was said, what the runs say, and why."""
    utc_offset_s: float = 0.0


def part_name(part: str, words: Words) -> str:
    """Return what a part is called."""
    names = {
        "fitness": words("Fitness"),
        "endurance": words("Endurance"),
        "heart rate": words("Heart rate"),
        "load": words("Load"),
        "injuries": words("Injuries"),
        "altitude": words("Altitude"),
        "heat": words("Heat"),
        "weight": words("Weight"),
        "sleep": words("Sleep"),
        "stress": words("Stress"),
        "preferences": words("What you like"),
        "phase": words("Time with Kadenz"),
        "goal": words("Goal"),
    }
    return names.get(part, part)


def beliefs_view(known: Known, words: Words, notice: Notice | None = None) -> ListView:
    """Return what is believed, the questions first."""
    groups = []
    if known.question is not None:
        groups.append(question_group(known.question, words))
    for part in PARTS:
        items = [entry_item(e, words, known.utc_offset_s) for e in known.entries if e.part == part and not e.tells]
        if items:
            groups.append(Group(part_name(part, words), tuple(items)))
    groups += _around(known, words)
    unknown = [e for e in known.entries if e.tells]
    if unknown:
        lines = tuple(LineItem(part_name(e.part, words), e.tells, icon="help-circle-outline") for e in unknown)
        groups.append(Group(words("Not known yet, and what would tell"), lines))
    return ListView(
        "beliefs", words("What Kadenz believes"), tuple(groups), words("What you choose wins."), notice=notice
    )


def question_group(question: tuple[str, str, str], words: Words) -> Group:
    """Return the one question about a label that the runs contradict."""
    said, runs_say, why = question
    items: tuple[Item, ...] = (
        TextItem(words('You said "{said}". Does that still hold?', said=said), (Because(why),)),
        ButtonItem(
            Offer(words("Change it to: {label}", label=runs_say), Act("experience", runs_say), "check"), "primary"
        ),
        ButtonItem(Offer(words("It stays"), Act("keep experience"), "close")),
    )
    return Group(words("One question"), items, coach=True)


def entry_item(entry: Entry, words: Words, utc_offset_s: float) -> BeliefItem:
    """Return one belief."""
    low, at, high = (float("nan"),) * 3
    ends = SCALES.get(entry.unit)
    doubtful = isfinite(entry.low) and isfinite(entry.high) and entry.high > entry.low
    if ends is not None and doubtful:
        low, at, high = (_share(v, ends) for v in (entry.low, entry.value, entry.high))
    text = entry.text[:1].upper() + entry.text[1:]
    name = CORRECTS.get((entry.part, entry.unit), "")
    return BeliefItem(
        text,
        "",
        _source(entry, words, utc_offset_s),
        next((icon for start, icon in SOURCE_ICONS if entry.source.startswith(start)), "chart-line"),
        "",
        low,
        at,
        high,
        words("nine times in ten in this range") if isfinite(at) else "",
        Act("belief", (name or entry.part, entry.text, *entry.evidence)),
    )


def _share(value: float, ends: tuple[float, float]) -> float:
    return min(1.0, max(0.0, (value - ends[0]) / (ends[1] - ends[0])))


def _source(entry: Entry, words: Words, utc_offset_s: float) -> str:
    names = {
        "you said": words("you said"),
        "you corrected": words("you corrected"),
        "measured": words("measured"),
        "people like you": words("people like you"),
        "unknown": words("not known"),
    }
    said = names.get(entry.source) or source_words(words.language, entry.source)
    if not isfinite(entry.as_of_unix_s):
        return said
    day = datetime.fromtimestamp(entry.as_of_unix_s + utc_offset_s, UTC).date()
    return f"{said}, {words.date(day)}"


def _around(known: Known, words: Words) -> list[Group]:
    groups = []
    if known.responses:
        lines = tuple(LineItem(f"{kind} ({runs})", text) for kind, runs, text in known.responses)
        note = TextItem(words("What followed in your diary, not a proof of cause."), soft=True)
        groups.append(Group(words("What runs do to you"), (*lines, note)))
    if known.groups:
        lines = tuple(LineItem(f"{dimension}: {name}", why) for dimension, name, why in known.groups)
        groups.append(Group(words("People like you"), lines))
    if known.corrected:
        fixed = tuple(
            LineItem(name, text, icon="pencil-outline", act=Act("forget", name)) for name, text in known.corrected
        )
        groups.append(Group(words("You corrected, and that wins"), fixed))
    return groups
