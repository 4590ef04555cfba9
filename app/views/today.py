"""Today: one session with its numbers, at most three reasons that open, two ways instead, cards, a check-in.

The rule of this file: what is shown was decided elsewhere; here it is only put into words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from app.views.evidence import evidence_lines
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import DASH, Amount, Words
from edge.coach.types import Content, Decision, Reason, Session

REASONS_SHOWN = 3
KIND_ICONS = {
    "rest": "sleep",
    "easy": "run",
    "long": "map-marker-path",
    "steady": "speedometer",
    "intervals": "timer-outline",
    "first": "star-outline",
    "return": "hand-heart-outline",
    "race": "trophy-outline",
    "walk-run": "walk",
    "walk": "walk",
    "bike": "bike",
    "pool": "swim",
    "strength": "dumbbell",
}
CARD_ICONS = {
    "altitude": "image-filter-hdr",
    "heat": "thermometer",
    "cold": "snowflake",
    "injury": "bandage",
    "safety": "alert",
    "recovery": "sleep",
    "night": "weather-night",
    "weight": "scale-balance",
}


@dataclass(frozen=True, slots=True)
class CardView:
    """A card of the coach: its key, title, text, why, an icon, and whether it can be refused."""

    key: str
    title: str
    text: str
    because: tuple[Because, ...]
    icon: str = "information-outline"
    action: str = ""
    safety: bool = False


@dataclass(frozen=True, slots=True)
class OtherView:
    """Another session instead: what it is called, what it asks, the act that takes it."""

    title: str
    text: str
    act: Act
    icon: str = "swap-horizontal"


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in one line: its id, the day, the numbers."""

    run_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Three taps: how one slept, how sore one is, how one feels; empty where not answered."""

    sleep: str = ""
    sore: str = ""
    mood: str = ""

    @property
    def done(self) -> bool:
        """Return True where all three are answered."""
        return bool(self.sleep and self.sore and self.mood)


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the Today screen shows; `notice` stands above it, or instead of it where nothing is known."""

    date: str
    greeting: str
    title: str
    kind: str
    icon: str
    figures: tuple[tuple[Amount, str], ...]
    because: tuple[Because, ...]
    others: tuple[OtherView, ...] = ()
    cards: tuple[CardView, ...] = ()
    check_in: CheckIn = CheckIn()
    last_run: RunLine | None = None
    counterfactual: str = ""
    fresh: str = ""
    start: Offer | None = None
    notice: Notice | None = None
    help_now: bool = False
    """True where a warning sign was told: help comes first and there is no training."""
    phase: Phase = Phase.READY


def kind_name(kind: str, words: Words) -> str:
    """Return what a kind of session is called."""
    names = {
        "rest": words("Rest day"),
        "easy": words("Easy run"),
        "long": words("Long run"),
        "steady": words("Steady run"),
        "intervals": words("Intervals"),
        "first": words("First run"),
        "return": words("Return run"),
        "race": words("Race"),
        "walk-run": words("Walk and run"),
        "walk": words("Walk"),
        "bike": words("Bike"),
        "pool": words("Pool"),
        "strength": words("Strength"),
    }
    return names.get(kind, kind)


def session_figures(session: Session | None, words: Words) -> tuple[tuple[Amount, str], ...]:
    """Return the numbers of a session with their captions: distance, time, pace and heart-rate band."""
    if session is None or session.kind == "rest":
        return ()
    figures = [
        (words.short_distance(session.distance_m if session.distance_m > 0 else float("nan")), words("distance")),
        (words.minutes(session.duration_s), words("about")),
        (words.pace_band(session.pace_low_s_per_km, session.pace_high_s_per_km), words("pace")),
        (words.between(session.hr_low_bpm, session.hr_high_bpm, words("bpm")), words("heart rate")),
    ]
    return tuple((amount, caption) for amount, caption in figures if amount.value != DASH)


def session_line(session: Session, words: Words) -> str:
    """Return a session in one line."""
    name = kind_name(session.kind, words)
    if session.kind == "rest":
        return name
    figures = [amount.text for amount, _ in session_figures(session, words)]
    keep = figures[:1] + figures[2:3] if session.distance_m > 0 else figures[:1]
    return ", ".join([name, *keep])


def because_of(reason: Reason, words: Words, known: Mapping[str, str] | None = None) -> Because:
    """Return a reason with its evidence in words; `known` says what its runs and sentences are."""
    return Because(reason.text, evidence_lines(reason.numbers, reason.evidence, words, known))


def card_view(card: Content, words: Words, known: Mapping[str, str] | None = None) -> CardView:
    """Return a card of the catalogue."""
    theme = card.content_id.split("-")[0]
    reasons = tuple(because_of(r, words, known) for r in card.because)
    return CardView(card.content_id, card.title, card.text, reasons, CARD_ICONS.get(theme, "information-outline"))


def freshness(valid_until_unix_s: float, offset_s: float, words: Words) -> str:
    """Return until when the advice holds, as the clock of the place shows it."""
    if not isfinite(valid_until_unix_s):
        return ""
    until = datetime.fromtimestamp(valid_until_unix_s + offset_s, tz=UTC)
    return words("holds until {time}", time=f"{until:%H:%M}")


def today_view(
    decision: Decision,
    words: Words,
    *,
    now_unix_s: float,
    utc_offset_s: float = 0.0,
    check_in: CheckIn | None = None,
    last_run: RunLine | None = None,
    others: Sequence[tuple[str, str, Session]] = (),
    known: Mapping[str, str] | None = None,
) -> TodayView:
    """Return the Today screen of a decision; `others` are (key, name, session) of the ways instead, `known` has in
    words the runs and sentences that its reasons rest on."""
    session = decision.session
    kind = session.kind if session is not None else "rest"
    when = datetime.fromtimestamp(now_unix_s + utc_offset_s, tz=UTC)
    help_now = "R-REDFLAG" in decision.rule_ids
    runs = session is not None and kind not in ("rest", "bike", "pool", "strength", "walk") and not help_now
    return TodayView(
        date=words.date(when.date()),
        greeting=greeting(when.hour, words),
        title=decision.show,
        kind=kind_name(kind, words),
        icon="alert" if help_now else KIND_ICONS.get(kind, "run"),
        figures=session_figures(session, words),
        because=tuple(because_of(r, words, known) for r in decision.because[:REASONS_SHOWN]),
        others=tuple(
            OtherView(name, session_line(one, words), Act("instead", key), KIND_ICONS.get(one.kind, "run"))
            for key, name, one in others
        ),
        cards=tuple(card_view(card, words, known) for card in decision.content),
        check_in=check_in or CheckIn(),
        last_run=last_run,
        fresh=freshness(decision.valid_until_unix_s, utc_offset_s, words),
        start=Offer(words("Start the run"), Act("start"), "play") if runs else None,
        help_now=help_now,
    )


def greeting(hour: int, words: Words) -> str:
    """Return a greeting for an hour of the day; nobody's name is needed."""
    if hour < 11:
        return words("Good morning")
    return words("Good evening") if hour >= 18 or hour < 4 else words("Hello")


def spoken(view: TodayView, words: Words) -> str:
    """Return the screen in one breath, for a voice."""
    figures = ", ".join(f"{caption} {amount.text}" for amount, caption in view.figures)
    parts = [view.title, figures, *(words("because {reason}", reason=b.text) for b in view.because[:1])]
    return ". ".join(p.rstrip(".") for p in parts if p) + "."
