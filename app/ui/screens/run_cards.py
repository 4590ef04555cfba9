"""The cards and buttons of the live run that hold nothing: made of a view, thrown away with it."""

from __future__ import annotations

from app.ui.forms import LANDSCAPE
from app.ui.kit.charts import Bars, Outline, Share
from app.ui.kit.figures import Metric, because, caption
from app.ui.kit.piece import Card, Column, Piece, Row, Space
from app.ui.kit.press import Ask, Hold, Pill, Round, Touchable
from app.ui.kit.text import Icon, Txt
from app.ui.look import Look
from app.ui.screens.run_parts import Tab
from app.ui.theme import mixed
from app.views.live import PAGES, CoachView, LiveView
from app.views.phase import Act, Offer


def climb_figures(look: Look, view: LiveView) -> Card:
    """Return how much was climbed and how steep it is."""
    figures = [
        Metric(look, view.gain, look.words("climbed so far"), 32.0),
        Metric(look, view.grade, look.words("slope"), 32.0),
    ]
    return Card(look, [Row(look, figures)], pad=14.0)


def zones_times(look: Look, view: LiveView) -> Card:
    """Return the card of time in zones alone."""
    return Card(look, [*zones_rows(look, view), Space(look, grows=1.0)], gap=8.0, pad=14.0, grows=1.0)


def zones_rows(look: Look, view: LiveView) -> list[Piece]:
    """Return the lines of time in zones."""
    rows: list[Piece] = [caption(look, look.words("time in zones"))]
    if view.zone_shares:
        rows.append(Share(look, view.zone_shares, look.zones, 18.0))
    for i, text in enumerate(view.zone_times):
        name = Txt(look, look.words("Zone {number}", number=i + 1), 17.0, look.zones[i], bold=True, line=True)
        rows.append(Row(look, [name, Txt(look, text, 22.0, font="numbers", align="right", line=True)], (1.0, 1.0)))
    return rows


def steps_card(look: Look, view: LiveView) -> Card:
    """Return the steps of the session as bars and lines."""
    bars = step_bars(look, view, 88.0)
    lines: list[Piece] = []
    for step in view.steps:
        mark = {"done": "check", "now": "chevron-right", "next": "timer-outline"}[step.state]
        ink = "soft" if step.state == "done" else "ink"
        title = Txt(look, step.title, 16.0, ink, bold=step.state == "now", line=True)
        amount = Txt(look, step.amount, 16.0, "soft", align="right", line=True)
        lines.append(Row(look, [Icon(look, mark, 20.0, ink), title, amount], (0.0, 1.0, 0.8), gap=8.0))
    body = Column(look, [*lines, Space(look, grows=1.0)], gap=8.0, grows=1.0)
    return Card(look, [bars, body], gap=12.0, pad=14.0, grows=1.0)


def step_bars(look: Look, view: LiveView, high: float) -> Bars:
    """Return the steps as bars: what was done, what is now, what is to come."""
    theme = look.theme
    colours = {"done": mixed(theme.soft, theme.card, 0.55), "now": theme.primary, "next": theme.track}
    return Bars(look, [s.height for s in view.steps], [colours[s.state] for s in view.steps], high)


def map_card(look: Look, view: LiveView) -> Card:
    """Return the track as an outline."""
    outline = Outline(look, view.track, 150.0)
    outline.grows = 1.0
    note = Txt(look, look.words("your track so far, without a map"), 14.0, "soft", align="center")
    return Card(look, [outline, note], pad=14.0, grows=1.0)


def next_card(look: Look, view: LiveView) -> Card:
    """Return what comes next."""
    bars = step_bars(look, view, 48.0)
    bars.grows = 1.0
    coming = next((s for s in view.steps if s.state == "next"), None)
    texts: list[Piece] = [caption(look, look.words("Next"))]
    title = f"{coming.amount} {coming.title}" if coming else look.words("the end of the session")
    texts.append(Txt(look, title, 18.0, bold=True))
    if view.next_text:
        texts.append(Txt(look, view.next_text, 14.0, "soft"))
    return Card(look, [*texts, *([bars] if view.steps else [Space(look, grows=1.0)])], gap=4.0, pad=14.0, grows=1.0)


def coach_card(look: Look, coach: CoachView, ask: Ask) -> Card:
    """Return what the coach says now, with its reasons and answers."""
    icon = Icon(look, "alert" if coach.safety else "lightbulb-on-outline", 26.0, "danger" if coach.safety else "accent")
    head = Row(look, [icon, Txt(look, coach.title, 19.0, bold=True)], (0.0, 1.0), gap=10.0)
    pieces: list[Piece] = [head]
    if coach.because:
        pieces.append(because(look, coach.because[:2], ask))
    answers = [Offer(look.words("Got it"), Act("heard", coach.kind), "thumb-up-outline")]
    if not coach.safety:
        answers.append(Offer(look.words("Not for me"), Act("mute", coach.kind), "thumb-down-outline"))
    pieces.append(Row(look, [Pill(look, a, ask) for a in answers], gap=10.0))
    return Card(look, pieces, "coach", gap=10.0, pad=14.0)


def page_marks(look: Look, view: LiveView, ask: Ask) -> Piece:
    """Return the marks of the pages, and the button that turns the screen."""
    names = {
        "run": "run",
        "zones": "heart-pulse",
        "climb": "image-filter-hdr",
        "steps": "timer-outline",
        "map": "map-marker-path",
    }
    said = {
        "run": look.words("run"),
        "zones": look.words("zones"),
        "climb": look.words("climb"),
        "steps": look.words("steps of the session"),
        "map": look.words("track"),
    }
    tabs = [
        Touchable(look, Tab(look, names[page], page == view.page), Act("page", page), ask, said[page]) for page in PAGES
    ]
    return Row(look, [*tabs, turn_button(look, ask)], gap=0.0)


def turn_button(look: Look, ask: Ask) -> Touchable:
    """Return the button that turns the screen, which is learned from."""
    return Touchable(
        look,
        Tab(look, "screen-rotation", False),
        Act("turn"),
        ask,
        look.words("turn the screen"),
    )


def run_buttons(look: Look, view: LiveView, form: str, ask: Ask) -> Row:
    """Return the buttons of a moment: before, in, paused, locked."""
    if view.idle:
        start = Offer(look.words("Start the run"), Act("start"), "play")
        return Row(look, [Pill(look, start, ask, "primary", 60.0, 19.0)])
    if view.locked:
        offer = Offer(look.words("hold to unlock"), Act("unlock"), "lock")
        return Row(look, [Hold(look, offer, ask, "control")])
    hurts = Round(look, Offer(look.words("it hurts"), Act("hurts"), "bandage"), ask, "control", 60.0)
    if view.paused:
        go = Pill(look, Offer(look.words("Go on"), Act("resume"), "play"), ask, "primary", 60.0, 18.0)
        stop = Hold(look, Offer(look.words("hold to stop"), Act("stop"), "stop"), ask)
        pieces, weights = [hurts, stop, go], [0.0, 1.2, 1.0]
    else:
        lock = Round(look, Offer(look.words("lock"), Act("lock"), "lock-open-variant"), ask, "control", 60.0)
        offer = Offer(look.words("Lap"), Act("lap"), "flag-outline")
        low = form == LANDSCAPE
        lap: Pill = Round(look, offer, ask, size=60.0) if low else Pill(look, offer, ask, "control", 60.0, 18.0)
        pause = Pill(look, Offer(look.words("Pause"), Act("pause"), "pause"), ask, "primary", 60.0, 18.0)
        pieces, weights = [lock, hurts, lap, pause], [0.0, 0.0, 0.0 if low else 0.8, 1.1]
    if look.left_handed:
        pieces, weights = pieces[::-1], weights[::-1]
    return Row(look, pieces, weights, gap=10.0)
