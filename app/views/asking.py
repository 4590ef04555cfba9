"""Screens that ask: the first run in five short steps, saying how one is, the welcome after a break.

The rule of this file: every step can be skipped, says why it asks, and needs no account and no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.views.items import HeadlineItem, TapsItem
from app.views.listing import ButtonItem, ChoiceItem, FieldItem, Group, Item, LineItem, ListView, SwitchItem, TextItem
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import Words

STEPS = ("hello", "goal", "experience", "body", "old runs", "devices")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told so far; "" where it was not."""

    goal: str = ""
    experience: str = ""
    week_km: str = ""
    hurts: str = ""
    age: str = ""
    beta_blockers: bool = False
    pregnant: bool = False
    night_shift: bool = False
    imported: int = -1
    """Runs brought along; -1 where none were looked for."""
    import_share: float = -1.0
    """How far the import has come, 0 to 1; below 0 where none goes on."""
    trackers: tuple[str, ...] = ()


def first_run_view(step: int, told: Told, words: Words) -> ListView:
    """Return a step of the first run."""
    makers = (_hello, _goal, _experience, _body, _old_runs, _devices)
    title, items = makers[step](told, words)
    last = step == len(STEPS) - 1
    on = words("Done") if last else words("Let us begin") if step == 0 else words("Next step")
    buttons = [ButtonItem(Offer(on, Act("step", float(step + 1)), "check" if last else "arrow-right"), "primary")]
    if step:
        buttons.insert(0, ButtonItem(Offer(words("Skip"), Act("step", float(step + 1)))))
    share = (step + 1) / len(STEPS)
    loading = Phase.LOADING if 0.0 <= told.import_share < 1.0 else Phase.READY
    back = "today" if step == 0 else f"first-run {step - 1}"
    return ListView("first-run", title, (Group("", items),), "", back, None, tuple(buttons), share, loading)


def _hello(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    text = words("A running coach that lives on this device and learns one person: you. No account, no network.")
    watch = ButtonItem(Offer(words("Watch a simulated run, 20 seconds"), Act("watch"), "play"))
    everything = TextItem(words("Five short steps, less than two minutes. Every one can be skipped."), soft=True)
    return words("Welcome"), (HeadlineItem(words("Run as you are"), text, "run"), watch, everything)


def why(text: str, words: Words) -> TextItem:
    """Return why something is asked."""
    return TextItem(words("Why we ask: {why}", why=text), soft=True)


def _goal(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    goals = (
        ("health", words("feel better")),
        ("5 km", "5 km"),
        ("10 km", "10 km"),
        ("half marathon", words("half marathon")),
        ("marathon", words("marathon")),
        ("weight", words("weight, with care")),
    )
    reason = why(words("a race has a road to it, feeling better has none."), words)
    return words("What do you run for?"), (ChoiceItem("", goals, told.goal, "tell goal"), reason)


def _experience(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    levels = (
        ("none", words("new to running")),
        ("beginner", words("a beginner")),
        ("regular", words("I run regularly")),
        ("experienced", words("experienced")),
    )
    weeks = tuple((km, words("{distance} a week", distance=f"{km} km")) for km in ("0", "10", "25", "40", "60"))
    reason = why(words("the first session is never longer than what you are used to."), words)
    return words("How much do you run?"), (
        ChoiceItem("", levels, told.experience, "tell experience"),
        ChoiceItem(words("The last four weeks"), weeks, told.week_km, "tell week_km"),
        reason,
    )


def _body(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    areas = (
        ("", words("nothing")),
        ("knee", words("knee")),
        ("achilles", words("Achilles tendon")),
        ("shin", words("shin")),
        ("foot", words("foot")),
        ("back", words("back")),
        ("other", words("another place")),
    )
    reason = why(words("rules keep you safe, and they need to know. It stays on this device."), words)
    return words("Anything we should mind?"), (
        ChoiceItem(words("Does anything hurt?"), areas, told.hurts, "tell hurts"),
        FieldItem(words("Age"), told.age, "tell age", words("years"), number=True),
        SwitchItem(
            words("Beta-blockers"),
            told.beta_blockers,
            "tell beta_blockers",
            words("targets by effort instead of heart rate"),
        ),
        SwitchItem(words("Pregnant, or lately given birth"), told.pregnant, "tell pregnant"),
        SwitchItem(words("Night shifts"), told.night_shift, "tell night_shift"),
        reason,
    )


def _old_runs(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    items: list[Item] = [
        TextItem(words("FIT, GPX and TCX files, zipped or not, from any watch or service.")),
        FieldItem(words("Folder or file"), "", "import", words("such as Downloads/my-runs")),
    ]
    if told.import_share >= 0.0:
        items.append(
            LineItem(words("Bringing your runs along"), "", f"{words.number(100 * told.import_share)} %", "sync")
        )
    if told.imported >= 0:
        items.append(
            LineItem(words.n("{count} run is here", "{count} runs are here", told.imported), "", "", "check-circle")
        )
    items.append(why(words("with your own runs, the first advice is already yours."), words))
    return words("Bring your old runs"), tuple(items)


def _devices(told: Told, words: Words) -> tuple[str, tuple[Item, ...]]:
    chosen = ", ".join(told.trackers) or words("none yet")
    return words("Your trackers"), (
        LineItem(words("Chosen"), "", chosen, "watch-variant"),
        ButtonItem(Offer(words("Look around"), Act("open", "devices"), "bluetooth-connect")),
        ButtonItem(Offer(words("Use the simulated tracker"), Act("tell tracker", "sim:default"), "robot-outline")),
        why(words("heart rate and pace make targets yours; without, they are by effort."), words),
    )


def check_in_view(
    words: Words, heard: Sequence[str] = (), question: str = "", warning: str = "", text: str = ""
) -> ListView:
    """Return the screen to say how one is: in words, or by taps; what was understood is shown before it is kept."""
    ask = FieldItem(words("Say it in your words"), text, "say", words("left knee hurts 4/10 going downhill"))
    groups = []
    if warning:
        groups.append(Group(words("Stop and seek help"), (TextItem(warning),), coach=True))
    groups.append(Group("", (ask, TextItem(words("English or German; Enter shows what was understood."), soft=True))))
    if heard or question:
        items: list[Item] = [LineItem(one, icon="check") for one in heard]
        if question:
            items.append(TextItem(question))
        if heard:
            items.append(ButtonItem(Offer(words("That is right"), Act("keep"), "check"), "primary"))
            items.append(ButtonItem(Offer(words("No, not that"), Act("drop"), "close")))
        groups.append(Group(words("Understood"), tuple(items)))
    hurts = ButtonItem(Offer(words("It hurts"), Act("hurts"), "bandage"))
    sign = ButtonItem(Offer(words("A warning sign"), Act("warning"), "alert"), "danger")
    groups.append(Group(words("Or by touch"), (hurts, sign)))
    return ListView("check-in", words("How are you?"), tuple(groups), back="today")


def welcome_view(
    days: int, ran: str, first: str, because: Sequence[Because], words: Words, notice: Notice | None = None
) -> ListView:
    """Return the welcome after a break: no guilt, what comes first, why so short."""
    away = words.n("{count} day since your last run", "{count} days since your last run", days)
    hello = HeadlineItem(words("Good to see you"), away, "hand-heart-outline")
    start = TextItem(first, tuple(because))
    kept = LineItem(words("Before the break"), "", ran, "history")
    taps = tuple(
        (text, Act("back why", key), False)
        for key, text in (
            ("busy", words("busy")),
            ("hurt", words("something hurt")),
            ("ill", words("ill")),
            ("no wish", words("no wish")),
            ("away", words("away")),
        )
    )
    ask = TapsItem(words("What was it?"), taps, words("Only if you like to say."))
    go = (ButtonItem(Offer(words("To today"), Act("open", "today"), "arrow-right"), "primary"),)
    return ListView(
        "welcome", words("Welcome back"), (Group("", (hello, start, kept)), Group("", (ask,))), bottom=go, notice=notice
    )
