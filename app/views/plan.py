"""The plan: a week of plan and done, the chosen day, a month, and every change as was, now, because."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.views.items import ChangeItem, DayCell, HeadlineItem, MonthItem, WeekItem
from app.views.listing import ButtonItem, Group, Item, LineItem, ListView, TextItem
from app.views.phase import Act, Notice, Offer
from app.views.today import KIND_ICONS, because_of, session_figures, session_line
from app.views.words import Words
from edge.coach.types import Race, RunFact, Session
from edge.coach.week import Change, Planned

EPOCH = date(1970, 1, 1)
SKIP_WHY = ("no time", "tired", "pain", "ill", "weather")


def day_of(number: int) -> date:
    """Return a local day counted since 1970-01-01."""
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class PlanInput:
    """What the plan is drawn from: today, the chosen day, planned days, done runs by day, changes, races."""

    today: int
    chosen: int
    planned: Mapping[int, Planned]
    done: Mapping[int, Sequence[RunFact]]
    changes: tuple[Change, ...] = ()
    races: tuple[Race, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    """In words, the runs and sentences that reasons rest on."""


def plan_view(plan: PlanInput, words: Words, notice: Notice | None = None) -> ListView:
    """Return the plan of a week around today, the chosen day, the changes and the month."""
    monday = plan.today - (plan.today + 3) % 7
    scale = _scale(plan, monday)
    week = tuple(_cell(plan, monday + i, scale, words) for i in range(7))
    coming = tuple(_cell(plan, monday + 7 + i, scale, words) for i in range(7))
    groups = [Group("", (WeekItem(words("This week"), _sum_text(plan, monday, words), week),))]
    if plan.changes:
        groups.append(Group(words("Changed"), tuple(change_item(one, words, plan.known) for one in plan.changes)))
    groups.append(_day_group(plan, words))
    if any(monday + 7 + i in plan.planned for i in range(7)):
        title = words("Next week")
        groups.append(Group("", (WeekItem(title, _planned_text(plan, monday + 7, words), coming),)))
    groups.append(Group("", (_month(plan, scale, words),)))
    if ahead := [race for race in plan.races if race.day >= plan.today]:
        lines = tuple(_race(race, plan.today, words) for race in ahead)
        groups.append(Group(words("Races"), lines))
    return ListView("plan", words("Plan"), tuple(groups), text=words.month(day_of(plan.today)), notice=notice)


def _scale(plan: PlanInput, monday: int) -> float:
    planned = [p.session.distance_m for p in plan.planned.values() if p.session.distance_m > 0]
    done = [sum(f.distance_m for f in runs) for day, runs in plan.done.items() if abs(day - monday) < 40]
    return max([*planned, *done, 5000.0])


def _done_m(plan: PlanInput, day: int) -> float:
    return sum(fact.distance_m for fact in plan.done.get(day, ()) if fact.distance_m > 0)


def _planned_m(plan: PlanInput, day: int) -> float:
    one = plan.planned.get(day)
    return one.session.distance_m if one is not None and one.session.distance_m > 0 else 0.0


def _cell(plan: PlanInput, number: int, scale: float, words: Words, name: str = "") -> DayCell:
    day, done = day_of(number), _done_m(plan, number)
    one = plan.planned.get(number) if number >= plan.today else None
    kind = one.session.kind if one is not None else ""
    told = [words.date(day)]
    if one is not None:
        told.append(session_line(one.session, words))
    if done > 0:
        told.append(words("ran {distance}", distance=words.short_distance(done).text))
    icon = KIND_ICONS.get(kind, "run") if one is not None else "check" if done > 0 else "minus"
    return DayCell(
        name or words.weekday_short(day),
        str(day.day),
        icon,
        (_planned_m(plan, number) if number >= plan.today else 0.0) / scale,
        done / scale,
        Act("day", float(number)),
        ", ".join(told),
        today=number == plan.today,
        chosen=number == plan.chosen,
        changed=any(change.day == number for change in plan.changes),
        race=any(race.day == number for race in plan.races),
    )


def _sum_text(plan: PlanInput, monday: int, words: Words) -> str:
    done = sum(_done_m(plan, monday + i) for i in range(7))
    left = sum(_planned_m(plan, day) for day in range(max(monday, plan.today), monday + 7) if not _done_m(plan, day))
    return words(
        "{done} of about {all}", done=words.short_distance(done).text, all=words.short_distance(done + left).text
    )


def _planned_text(plan: PlanInput, monday: int, words: Words) -> str:
    return words("about {all}", all=words.short_distance(sum(_planned_m(plan, monday + i) for i in range(7))).text)


def change_item(change: Change, words: Words, known: Mapping[str, str] | None = None) -> ChangeItem:
    """Return a change as was, now, because."""
    return ChangeItem(
        words.date(day_of(change.day)),
        session_line(change.was, words),
        session_line(change.now, words),
        because_of(change.because, words, known),
        (
            Offer(words("Accept"), Act("accept", float(change.day)), "check"),
            Offer(words("Undo"), Act("undo", float(change.day)), "undo"),
        ),
    )


def _day_group(plan: PlanInput, words: Words) -> Group:
    """Return the chosen day: what was run, what is planned with its reason, and what can be done about it."""
    title, items = words.date(day_of(plan.chosen)), list[Item]()
    for fact in plan.done.get(plan.chosen, ()):
        pace = fact.moving_s / fact.distance_m * 1000.0 if fact.distance_m > 0 else float("nan")
        text = words("ran {distance}", distance=words.distance(fact.distance_m).text)
        items.append(LineItem(text, words.pace(pace).text, icon="history", act=Act("report", fact.run_id)))
    one = plan.planned.get(plan.chosen) if plan.chosen >= plan.today else None
    if one is not None:
        items += _planned_items(one, plan, words)
    if not items:
        items.append(TextItem(words("Nothing is planned, and nothing was run."), soft=True))
    return Group(title, tuple(items))


def _planned_items(one: Planned, plan: PlanInput, words: Words) -> list[Item]:
    from app.views.items import FiguresItem

    figures = session_figures(one.session, words)
    name = session_line(Session(one.session.kind, *(float("nan"),) * 6), words)
    items: list[Item] = [HeadlineItem(name, icon=KIND_ICONS.get(one.session.kind, "run"))]
    if figures:
        items.append(FiguresItem(figures, 24.0))
    items.append(TextItem("", (because_of(one.because, words, plan.known),)))
    if one.session.kind == "rest" or _done_m(plan, one.day):
        return items
    items.append(ButtonItem(Offer(words("Move to the next day"), Act("move", float(one.day)), "arrow-right")))
    items.append(ButtonItem(Offer(words("Skip, and say why"), Act("skip", float(one.day)), "skip-next")))
    return items


def _month(plan: PlanInput, scale: float, words: Words) -> MonthItem:
    shown = day_of(plan.chosen)
    first = (date(shown.year, shown.month, 1) - EPOCH).days
    start = first - (first + 3) % 7
    weeks: list[tuple[DayCell | None, ...]] = []
    for monday in range(start, start + 42, 7):
        days = [day_of(monday + i) for i in range(7)]
        if not any(day.month == shown.month and day.year == shown.year for day in days):
            continue
        weeks.append(
            tuple(_cell(plan, monday + i, scale, words) if days[i].month == shown.month else None for i in range(7))
        )
    names = tuple(words.weekday_short(day_of(start + i)) for i in range(7))
    return MonthItem(f"{words.month(shown)} {shown.year}", names, tuple(weeks))


def _race(race: Race, today: int, words: Words) -> LineItem:
    name = race.name or words.short_distance(race.distance_m).text
    left = words.n("in {count} day", "in {count} days", race.day - today)
    return LineItem(name, words.date(day_of(race.day)), left, "trophy-outline")
