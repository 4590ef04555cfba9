"""The live run: one very large number, the target in words, the heart's ring, the climb, the coach, and the buttons.

The rule of this file: once a second the values change, never the layout; only a cue that comes or goes builds anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kivy.input import MotionEvent

from app.ui.forms import COMPACT, DESKTOP, LANDSCAPE, PORTRAIT, TABLET
from app.ui.kit.charts import Profile
from app.ui.kit.figures import Metric, banner
from app.ui.kit.gauges import Band, Ring
from app.ui.kit.piece import Card, Column, Either, Fitting, Grid, Middle, Over, Piece, Row, Space
from app.ui.kit.press import Hold, Touchable
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt
from app.ui.screens.base import Screen
from app.ui.screens.run_cards import (
    climb_figures,
    coach_card,
    map_card,
    next_card,
    page_marks,
    run_buttons,
    steps_card,
    turn_button,
    zones_rows,
    zones_times,
)
from app.ui.screens.run_parts import Bezel, Centred, Corner, Status, signal_icons
from app.views.live import PAGES, LiveView
from app.views.phase import Act
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
            body.append((coach_card(self.look, view.coach, self.ask), 0))
        middle = Fitting(look, [p for p, _ in body], [rank for _, rank in body], gap=10.0)
        scrolled = Scroll(look, middle)
        pieces = [
            self._status(view),
            scrolled,
            page_marks(self.look, view, self.ask),
            run_buttons(self.look, view, self.form, self.ask),
        ]
        return Column(look, pieces, gap=8.0, pad=12.0, grows=1.0)

    def _page(self, view: LiveView) -> list[tuple[Piece, int]]:
        """Return the cards of the page that is open, and how early each gives way where there is no room."""
        if view.page == "zones":
            return [(self._pace_card(), 0), (self._zones_card(view), 1)]
        if view.page == "climb":
            return [(self._pace_card(), 0), (self._climb_card(grows=2.0), 0), (climb_figures(self.look, view), 1)]
        if view.page == "steps":
            return [(self._pace_card(), 0), (steps_card(self.look, view), 1)]
        if view.page == "map":
            return [(self._pace_card(), 0), (map_card(self.look, view), 1)]
        return [(self._pace_card(), 0), (self._ring_card(), 1), (self._climb_card(grows=1.0), 2)]

    def _status(self, view: LiveView) -> Piece:
        return Status(self.look, self.title, self.left, signal_icons(self.look, view.signals))

    def _pace_card(self) -> Touchable:
        """Return the pace against its band; a touch reads the screen aloud."""
        return Touchable(self.look, self._pace(), Act("speak"), self.ask, self.look.words("read aloud"))

    def _pace(self) -> Card:
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

    def _zones_card(self, view: LiveView) -> Card:
        ring = Middle(self.look, self.ring, 220.0, grows=1.0)
        return Card(self.look, [ring, *zones_rows(self.look, view)], gap=8.0, pad=14.0, grows=1.0)

    # ── landscape, tablet, desktop ─────────────────────────────────────────────────────────────────────────────

    def _wide(self, view: LiveView, form: str) -> Piece:
        look, low = self.look, form == LANDSCAPE
        unit = Column(look, [self.pace_unit, Txt(look, look.words("pace"), 14.0, "soft", line=True)], gap=0.0)
        head = Row(look, [self.pace, unit], (0.0, 1.0), gap=8.0)
        small = Card(
            look, [Grid(look, [self.distance, self.time, self.cadence], 76.0 if low else 110.0, gap=8.0)], pad=12.0
        )
        card = Card(look, [head, self.band], gap=4.0, pad=12.0, grows=0.01)
        pace = Touchable(look, card, Act("speak"), self.ask, look.words("read aloud"))
        pace.grows = card.grows
        more = [] if low else [zones_times(self.look, view)]
        numbers = Fitting(look, [pace, small, *more], [0, 1, 2][: 2 + len(more)], gap=8.0)
        left = Column(
            look,
            [self._status(view), Scroll(look, numbers), run_buttons(self.look, view, self.form, self.ask)],
            gap=8.0,
            grows=1.0,
        )
        ring = Card(
            look,
            [Over(look, [self.ring, Corner(look, turn_button(self.look, self.ask))], grows=1.0)],
            pad=8.0,
            grows=0.6,
        )
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
        pieces += [coach_card(self.look, view.coach, self.ask)] if view.coach else []
        coming = next_card(self.look, view) if self.form == LANDSCAPE or not view.steps else steps_card(self.look, view)
        return Fitting(self.look, [*pieces, coming], [*(0 for _ in pieces), 1], gap=8.0)

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
