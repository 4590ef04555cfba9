"""The live run: one very large number, the target in words, the heart's ring, the climb, the coach, and the buttons.

The rule of this file: once a second the values change, never the layout; only a cue that comes or goes builds anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kivy.input import MotionEvent

from app.ui.forms import COMPACT, DESKTOP, LANDSCAPE, PORTRAIT, TABLET
from app.ui.kit.charts import Bars, Outline, Profile, Share
from app.ui.kit.figures import Metric, banner, because, caption
from app.ui.kit.gauges import Band, Ring
from app.ui.kit.piece import Card, Column, Either, Fitting, Grid, Middle, Over, Piece, Row, Space
from app.ui.kit.press import Hold, Pill, Round, Touchable
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt
from app.ui.screens.base import Screen
from app.ui.screens.run_parts import Bezel, Centred, Corner, Status, Tab, signal_icons
from app.ui.theme import mixed
from app.views.live import PAGES, CoachView, LiveView
from app.views.phase import Act, Offer
from app.views.words import DASH

SWIPE_DP = 80.0
WIDEST_PACE, WIDEST_TIME, WIDEST_KM = "0:00", "0:00:00", "00.0"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in dp of a form: the pace, other numbers, the ring, the profile."""

    pace: float
    number: float
    ring: float
    profile: float


SIZES = {
    PORTRAIT: Sizes(92.0, 36.0, 132.0, 54.0),
    LANDSCAPE: Sizes(70.0, 25.0, 104.0, 44.0),
    TABLET: Sizes(148.0, 54.0, 250.0, 140.0),
    DESKTOP: Sizes(116.0, 40.0, 230.0, 130.0),
    COMPACT: Sizes(100.0, 40.0, 1e4, 10.0),
}


class RunScreen(Screen[LiveView]):
    """The live screen in every form; swiping or the dots change its page."""

    name = "run"
    nav = False

    def shape(self, view: LiveView) -> Any:
        coach = view.coach and (view.coach.kind, view.coach.title)
        steps = tuple((s.title, s.state) for s in view.steps)
        return (
            coach,
            view.notice,
            view.paused,
            view.locked,
            view.idle,
            view.page,
            view.signals,
            steps,
            len(view.laps),
            view.phase,
        )

    # ── touches ────────────────────────────────────────────────────────────────────────────────────────────────

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Take no touch while locked but that of the button that unlocks."""
        if self.view.locked:
            for piece in self.walk(restrict=True):
                if isinstance(piece, Hold) and piece.collide_point(*touch.pos):
                    return bool(piece.on_touch_down(touch))
            return True
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Turn the page after a swipe of `SWIPE_DP` across."""
        across, up = touch.x - touch.ox, touch.y - touch.oy
        swiped = abs(across) > self.look.dp(SWIPE_DP) and abs(across) > 2.0 * abs(up)
        if swiped and self.form != COMPACT and not self.view.locked and not self.view.idle:
            place = PAGES.index(self.view.page) + (1 if across < 0 else -1)
            self.ask(Act("page", PAGES[place % len(PAGES)]))
        return bool(super().on_touch_up(touch))

    # ── what is made once ──────────────────────────────────────────────────────────────────────────────────────

    def build(self, view: LiveView, form: str) -> Piece:
        self._make(form)
        if form == COMPACT:
            return self._compact(view)
        if self.height > self.width:
            return self._portrait(view)
        return self._wide(view, form)

    def _make(self, form: str) -> None:
        look, view, size = self.look, self.view, SIZES[form]
        words = look.words
        self.title = Txt(look, view.title, 17.0, bold=True, line=True)
        self.left = Txt(look, view.left, 17.0, "soft", line=True)
        self.pace = Txt(look, DASH, size.pace, font="numbers", line=True)
        self.pace.widest = WIDEST_PACE
        self.pace_unit = Txt(look, view.pace.unit, size.number * 0.52, "soft", bold=True, line=True)
        self.distance = Metric(look, view.distance, words("distance"), size.number, "ink", WIDEST_KM)
        self.time = Metric(look, view.distance, words("time"), size.number, "ink", WIDEST_TIME)
        self.cadence = Metric(look, view.cadence, words("cadence"), size.number, "ink", "000")
        self.ring = Ring(look, size.ring, bezel=form == COMPACT)
        self.band = Band(look, small=form == COMPACT)
        self.profile = Profile(look, size.profile, grows=1.0)
        self.height_text = Txt(look, self._height_words(view), 15.0, line=True)
        self.ahead = Txt(look, view.ahead, 15.0, "soft", align="right", line=True)

    def refresh(self, view: LiveView) -> None:
        self.title.show(view.title)
        self.left.show(view.left)
        self.pace.show(view.pace.value)
        self.distance.show(view.distance)
        self.time.show(view.distance._replace(value=view.time, unit=""))
        self.cadence.show(view.cadence)
        self.ring.show(view.heart.value, view.zone_at, view.zone_name)
        band = view.band
        self.band.show(band.words, band.slow, band.fast, band.along, band.good)
        self.profile.show(view.past, view.to_come)
        self.height_text.show(self._height_words(view))
        self.ahead.show(view.ahead)
        self._refresh_face(view)

    def _height_words(self, view: LiveView) -> str:
        if view.height.value == DASH:
            return self.look.words("height not known")
        return view.height.text + (f"   {view.grade.text}" if view.grade.value != DASH else "")

    def _refresh_face(self, view: LiveView) -> None:
        if self.form == COMPACT:
            self.face_heart.show(
                view.heart.value,
                self.look.zones[int(min(4.99, view.zone_at))] if view.zone_at == view.zone_at else "soft",
            )
            self.face_km.show(view.distance.value)
            self.face_time.show(view.time)

    # ── portrait ───────────────────────────────────────────────────────────────────────────────────────────────

    def _portrait(self, view: LiveView) -> Piece:
        look = self.look
        body = [*([(banner(look, view.notice, self.ask), 0)] if view.notice else []), *self._page(view)]
        if view.coach is not None:
            body.append((self._coach(view.coach), 0))
        middle = Fitting(look, [p for p, _ in body], [rank for _, rank in body], gap=10.0)
        scrolled = Scroll(look, middle)
        pieces = [self._status(view), scrolled, self._dots(view), self._buttons(view)]
        return Column(look, pieces, gap=8.0, pad=12.0, grows=1.0)

    def _page(self, view: LiveView) -> list[tuple[Piece, int]]:
        """Return the cards of the page that is open, and how early each gives way where there is no room."""
        if view.page == "zones":
            return [(self._pace_card(), 0), (self._zones_card(view), 1)]
        if view.page == "climb":
            return [(self._pace_card(), 0), (self._climb_card(grows=2.0), 0), (self._climb_figures(view), 1)]
        if view.page == "steps":
            return [(self._pace_card(), 0), (self._steps_card(view), 1)]
        if view.page == "map":
            return [(self._pace_card(), 0), (self._map_card(view), 1)]
        return [(self._pace_card(), 0), (self._ring_card(), 1), (self._climb_card(grows=1.0), 2)]

    def _status(self, view: LiveView) -> Piece:
        return Status(self.look, self.title, self.left, signal_icons(self.look, view.signals))

    def _pace_card(self) -> Card:
        look = self.look
        unit = Column(look, [self.pace_unit, Txt(look, look.words("pace"), 15.0, "soft", line=True)], gap=0.0)

        def beside() -> Piece:
            return Row(look, [self.pace, unit, self.distance], (0.0, 0.38, 0.8), gap=10.0)

        def below() -> Piece:
            return Column(look, [Row(look, [self.pace, unit], (0.0, 1.0), gap=10.0), self.distance], gap=0.0)

        return Card(look, [Either(look, beside, below), self.band], gap=2.0, pad=14.0)

    def _ring_card(self) -> Card:
        right = Column(self.look, [self.time, self.cadence], gap=12.0)
        row = Row(self.look, [self.ring, right], (1.0, 0.8), gap=20.0)
        row.grows = 1.0
        return Card(self.look, [row], pad=12.0, grows=0.6)

    def _climb_card(self, grows: float) -> Card:
        look, texts = self.look, [self.height_text, self.ahead]
        head = Either(look, lambda: Row(look, texts, gap=8.0), lambda: Column(look, texts, gap=0.0))
        return Card(self.look, [head, self.profile], gap=4.0, pad=12.0, grows=grows)

    def _climb_figures(self, view: LiveView) -> Card:
        look = self.look
        figures = [
            Metric(look, view.gain, look.words("climbed so far"), 32.0),
            Metric(look, view.grade, look.words("slope"), 32.0),
        ]
        return Card(look, [Row(look, figures)], pad=14.0)

    def _zones_card(self, view: LiveView) -> Card:
        ring = Middle(self.look, self.ring, 220.0, grows=1.0)
        return Card(self.look, [ring, *self._zones_rows(view)], gap=8.0, pad=14.0, grows=1.0)

    def _zones_times(self, view: LiveView) -> Card:
        return Card(self.look, [*self._zones_rows(view), Space(self.look, grows=1.0)], gap=8.0, pad=14.0, grows=1.0)

    def _zones_rows(self, view: LiveView) -> list[Piece]:
        look = self.look
        rows: list[Piece] = [caption(look, look.words("time in zones"))]
        if view.zone_shares:
            rows.append(Share(look, view.zone_shares, look.zones, 18.0))
        for i, text in enumerate(view.zone_times):
            name = Txt(look, look.words("Zone {number}", number=i + 1), 17.0, look.zones[i], bold=True, line=True)
            rows.append(Row(look, [name, Txt(look, text, 22.0, font="numbers", align="right", line=True)], (1.0, 1.0)))
        return rows

    def _steps_card(self, view: LiveView) -> Card:
        look = self.look
        bars = self._step_bars(view, 88.0)
        lines: list[Piece] = []
        for step in view.steps:
            mark = {"done": "check", "now": "chevron-right", "next": "timer-outline"}[step.state]
            ink = "soft" if step.state == "done" else "ink"
            title = Txt(look, step.title, 16.0, ink, bold=step.state == "now", line=True)
            amount = Txt(look, step.amount, 16.0, "soft", align="right", line=True)
            lines.append(Row(look, [Icon(look, mark, 20.0, ink), title, amount], (0.0, 1.0, 0.8), gap=8.0))
        body = Column(look, [*lines, Space(look, grows=1.0)], gap=8.0, grows=1.0)
        return Card(look, [bars, body], gap=12.0, pad=14.0, grows=1.0)

    def _step_bars(self, view: LiveView, high: float) -> Bars:
        theme = self.look.theme
        colours = {"done": mixed(theme.soft, theme.card, 0.55), "now": theme.primary, "next": theme.track}
        return Bars(self.look, [s.height for s in view.steps], [colours[s.state] for s in view.steps], high)

    def _map_card(self, view: LiveView) -> Card:
        outline = Outline(self.look, view.track, 150.0)
        outline.grows = 1.0
        note = Txt(self.look, self.look.words("your track so far, without a map"), 14.0, "soft", align="center")
        return Card(self.look, [outline, note], pad=14.0, grows=1.0)

    # ── landscape, tablet, desktop ─────────────────────────────────────────────────────────────────────────────

    def _wide(self, view: LiveView, form: str) -> Piece:
        look, low = self.look, form == LANDSCAPE
        unit = Column(look, [self.pace_unit, Txt(look, look.words("pace"), 14.0, "soft", line=True)], gap=0.0)
        head = Row(look, [self.pace, unit], (0.0, 1.0), gap=8.0)
        small = Card(
            look, [Grid(look, [self.distance, self.time, self.cadence], 76.0 if low else 110.0, gap=8.0)], pad=12.0
        )
        pace = Card(look, [head, self.band], gap=4.0, pad=12.0, grows=0.01)
        more = [] if low else [self._zones_times(view)]
        numbers = Fitting(look, [pace, small, *more], [0, 1, 2][: 2 + len(more)], gap=8.0)
        left = Column(look, [self._status(view), Scroll(look, numbers), self._buttons(view)], gap=8.0, grows=1.0)
        ring = Card(look, [Over(look, [self.ring, Corner(look, self._turn())], grows=1.0)], pad=8.0, grows=0.6)
        middle = Column(look, [ring, self._climb_card(1.0)], gap=8.0, grows=1.0)
        columns: list[Piece] = [left, middle, Scroll(look, self._right(view))]
        weights = (1.25, 0.8, 1.15)
        if look.left_handed:
            columns, weights = columns[::-1], weights[::-1]
        row = Row(look, columns, weights, gap=10.0, middle=False)
        row.grows = 1.0
        return Column(look, [row], pad=10.0 if low else 20.0, grows=1.0)

    def _right(self, view: LiveView) -> Fitting:
        """Return what is said and what comes next; the latter gives way."""
        pieces: list[Piece] = [banner(self.look, view.notice, self.ask)] if view.notice else []
        pieces += [self._coach(view.coach)] if view.coach else []
        coming = self._next_card(view) if self.form == LANDSCAPE or not view.steps else self._steps_card(view)
        return Fitting(self.look, [*pieces, coming], [*(0 for _ in pieces), 1], gap=8.0)

    def _next_card(self, view: LiveView) -> Card:
        look = self.look
        bars = self._step_bars(view, 48.0)
        bars.grows = 1.0
        coming = next((s for s in view.steps if s.state == "next"), None)
        texts: list[Piece] = [caption(look, look.words("Next"))]
        title = f"{coming.amount} {coming.title}" if coming else look.words("the end of the session")
        texts.append(Txt(look, title, 18.0, bold=True))
        if view.next_text:
            texts.append(Txt(look, view.next_text, 14.0, "soft"))
        return Card(look, [*texts, *([bars] if view.steps else [Space(look, grows=1.0)])], gap=4.0, pad=14.0, grows=1.0)

    # ── a small face ───────────────────────────────────────────────────────────────────────────────────────────

    def _compact(self, view: LiveView) -> Piece:
        look = self.look
        small = min(self.width, self.height) / look.unit < 300
        scale = min(self.width / 368.0, self.height / 448.0) / look.unit
        font = max(0.62, scale) / look.font_scale
        self.face_heart = Txt(look, view.heart.value, 46.0 * font, font="numbers", line=True)
        self.pace = Txt(look, DASH, 100.0 * font, font="numbers", align="center", line=True)
        self.pace.widest = WIDEST_PACE[1:]
        self.face_km = Txt(look, "", 40.0 * font, font="numbers", align="right", line=True)
        self.face_time = Txt(look, "", 40.0 * font, font="numbers", line=True)
        heart = Row(
            look,
            [Icon(look, "heart-pulse", 34.0 * font, look.zones[max(0, self._zone(view))]), self.face_heart],
            (0.0, 0.0),
            gap=6.0,
        )
        centre = Centred(look, heart)
        unit = Txt(look, view.distance.unit, 20.0 * font, "soft", align="center", line=True)
        below = Row(look, [self.face_km, unit, self.face_time], (1.0, 0.0, 1.0), gap=6.0)
        band = Middle(look, self.band, 210.0 * scale, grows=0.0)
        inner = Column(look, [centre, self.pace, band, below], gap=2.0)
        pieces: list[Piece] = [
            Space(look, grows=1.0),
            Middle(look, inner, 248.0 * scale, grows=0.0),
            Space(look, grows=0.8 if small else 1.0),
        ]
        words = view.coach.title if view.coach else view.notice.title if view.notice else ""
        face = Over(
            look,
            [Bezel(look, self.ring, 0.0 if small or not words else 0.14), Column(look, pieces, gap=0.0, grows=1.0)],
            grows=1.0,
        )
        if not words:
            return face
        line = Txt(look, words, 20.0 * max(0.8, font), bold=True, align="center", line=True)
        strip = Card(look, [line], "coach" if view.coach else "notice", pad=6.0 if small else 14.0)
        return Column(
            look, [face, Middle(look, strip, 330.0, grows=0.0)], gap=0.0, pad=4.0 if small else 10.0, grows=1.0
        )

    def _zone(self, view: LiveView) -> int:
        return int(view.zone_at) if view.zone_at == view.zone_at else 0

    # ── the coach and the buttons ──────────────────────────────────────────────────────────────────────────────

    def _coach(self, coach: CoachView) -> Card:
        look = self.look
        icon = Icon(
            look, "alert" if coach.safety else "lightbulb-on-outline", 26.0, "danger" if coach.safety else "accent"
        )
        head = Row(look, [icon, Txt(look, coach.title, 19.0, bold=True)], (0.0, 1.0), gap=10.0)
        pieces: list[Piece] = [head]
        if coach.because:
            pieces.append(because(look, coach.because[:2], self.ask))
        answers = [Offer(look.words("Got it"), Act("heard", coach.kind), "thumb-up-outline")]
        if not coach.safety:
            answers.append(Offer(look.words("Not for me"), Act("mute", coach.kind), "thumb-down-outline"))
        pieces.append(Row(look, [Pill(look, a, self.ask) for a in answers], gap=10.0))
        return Card(look, pieces, "coach", gap=10.0, pad=14.0)

    def _dots(self, view: LiveView) -> Piece:
        look = self.look
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
            Touchable(look, Tab(look, names[page], page == view.page), Act("page", page), self.ask, said[page])
            for page in PAGES
        ]
        return Row(look, [*tabs, self._turn()], gap=0.0)

    def _turn(self) -> Touchable:
        """Return the button that turns the screen, which is learned from."""
        return Touchable(
            self.look,
            Tab(self.look, "screen-rotation", False),
            Act("turn"),
            self.ask,
            self.look.words("turn the screen"),
        )

    def _buttons(self, view: LiveView) -> Row:
        look = self.look
        if view.idle:
            start = Offer(look.words("Start the run"), Act("start"), "play")
            return Row(look, [Pill(look, start, self.ask, "primary", 60.0, 19.0)])
        if view.locked:
            offer = Offer(look.words("hold to unlock"), Act("unlock"), "lock")
            return Row(look, [Hold(look, offer, self.ask, "control")])
        hurts = Round(look, Offer(look.words("it hurts"), Act("hurts"), "bandage"), self.ask, "control", 60.0)
        if view.paused:
            go = Pill(look, Offer(look.words("Go on"), Act("resume"), "play"), self.ask, "primary", 60.0, 18.0)
            stop = Hold(look, Offer(look.words("hold to stop"), Act("stop"), "stop"), self.ask)
            pieces, weights = [hurts, stop, go], [0.0, 1.2, 1.0]
        else:
            lock = Round(look, Offer(look.words("lock"), Act("lock"), "lock-open-variant"), self.ask, "control", 60.0)
            offer = Offer(look.words("Lap"), Act("lap"), "flag-outline")
            low = self.form == LANDSCAPE
            lap: Pill = (
                Round(look, offer, self.ask, size=60.0) if low else Pill(look, offer, self.ask, "control", 60.0, 18.0)
            )
            pause = Pill(look, Offer(look.words("Pause"), Act("pause"), "pause"), self.ask, "primary", 60.0, 18.0)
            pieces, weights = [lock, hurts, lap, pause], [0.0, 0.0, 0.0 if low else 0.8, 1.1]
        if look.left_handed:
            pieces, weights = pieces[::-1], weights[::-1]
        return Row(look, pieces, weights, gap=10.0)
