"""Screens that are plain, clear lists: groups of lines, switches, choices, texts, trends and buttons.

The rule of this file: an item is a value; what it asks for is its act, and what it is called is read aloud.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.views.items import (
    BeliefItem,
    ChangeItem,
    DeviceItem,
    FiguresItem,
    HeadlineItem,
    ProfileItem,
    RichItem,
    TrackItem,
    WeekItem,
    ZonesItem,
)
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import Words


@dataclass(frozen=True, slots=True)
class LineItem:
    """A line that opens something; without an act it only tells."""

    title: str
    text: str = ""
    value: str = ""
    icon: str = ""
    act: Act | None = None
    colour: str = "ink"


@dataclass(frozen=True, slots=True)
class SwitchItem:
    """A thing that is on or off; `act` is asked with the state that is wanted."""

    title: str
    on: bool
    act: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """One of several: (value, words) each."""

    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    act: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class StepItem:
    """A number with less and more; `act` is asked with the number that is wanted."""

    title: str
    shown: str
    less: Act | None
    more: Act | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextItem:
    """A paragraph; `because` opens its evidence."""

    text: str
    because: tuple[Because, ...] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True)
class TrendItem:
    """A quantity over time with its doubt: (day, low, value, high) each, and what it says in words."""

    title: str
    text: str
    value: str
    points: tuple[tuple[float, float, float, float], ...]
    icon: str = ""


@dataclass(frozen=True, slots=True)
class BarsItem:
    """Bars with their names below, the value of the highest written; `planned` marks where a plan was."""

    title: str
    text: str
    bars: tuple[tuple[str, float], ...]
    planned: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ButtonItem:
    """A button; `kind` as of the kit: primary, control, danger; `hold`: it must be held."""

    offer: Offer
    kind: str = "control"
    hold: bool = False


@dataclass(frozen=True, slots=True)
class FieldItem:
    """A line to type into; what was typed is asked for with `act` when it is entered."""

    title: str
    text: str
    act: str
    hint: str = ""
    number: bool = False


Item = (
    LineItem | SwitchItem | ChoiceItem | StepItem | TextItem | TrendItem | BarsItem | ButtonItem | FieldItem | RichItem
)


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a caption; `coach`: on the ground of what the coach says."""

    title: str
    items: tuple[Item, ...]
    coach: bool = False


@dataclass(frozen=True, slots=True)
class ListView:
    """A whole list: its screen's name, title, groups; `back` names the screen that the arrow leads to."""

    name: str
    title: str
    groups: tuple[Group, ...]
    text: str = ""
    back: str = ""
    notice: Notice | None = None
    bottom: tuple[ButtonItem, ...] = ()
    """Buttons that stay in sight below the list."""
    share: float = -1.0
    """How far a way of several steps has come, 0 to 1; below 0: it is none."""
    phase: Phase = field(default=Phase.READY)


def notice_alone(name: str, title: str, notice: Notice, back: str = "") -> ListView:
    """Return a list that has nothing to show but a notice."""
    return ListView(name, title, (), back=back, notice=notice, phase=notice.phase)


def said_of(item: Item, words: Words) -> str:
    """Return an item as it is read aloud."""
    match item:
        case SwitchItem():
            return f"{item.title}: {words('on') if item.on else words('off')}"
        case ChoiceItem():
            return f"{item.title}: {dict(item.options).get(item.chosen, '')}"
        case StepItem():
            return f"{item.title}: {item.shown}"
        case ButtonItem():
            return item.offer.text
        case TextItem():
            return item.text
        case _:
            return rich_said(item, words)


def rich_said(item: Item, words: Words) -> str:
    """Return a richer item as it is read aloud."""
    match item:
        case FiguresItem():
            return ", ".join(f"{name} {amount.text}" for amount, name in item.figures)
        case ChangeItem():
            return words("{day}: was {was}, now {now}", day=item.day, was=item.was, now=item.now)
        case WeekItem():
            return ". ".join(day.said for day in item.days)
        case BeliefItem() | LineItem() | TrendItem() | ProfileItem():
            return ": ".join(part for part in (item.title, item.value or item.text) if part)
        case DeviceItem():
            return f"{item.name}: {item.state}"
        case HeadlineItem() | BarsItem() | FieldItem() | TrackItem() | ZonesItem():
            return ": ".join(part for part in (item.title, item.text) if part)
        case _:
            return str(getattr(item, "title", ""))


def spoken(view: ListView, words: Words) -> str:
    """Return a list in one breath, for a voice."""
    parts = [view.title, *(said_of(item, words) for group in view.groups for item in group.items)]
    return ". ".join(p.rstrip(".") for p in parts if p) + "."
