"""Numbers with their units and captions, banners, headings: what cards are filled with."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui.kit.piece import Card, Column, Grid, Middle, Piece, Row, Space
from app.ui.kit.press import Ask, Pill, Round, Touchable
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt, safe
from app.ui.look import Look
from app.views.phase import Act, Because, Notice, Offer, Phase
from app.views.words import Amount

PHASE_ICONS = {
    Phase.READY: "check-circle",
    Phase.LOADING: "sync",
    Phase.EMPTY: "run",
    Phase.NO_SENSOR: "bluetooth-off",
    Phase.STALE: "history",
    Phase.ERROR: "alert-circle-outline",
    Phase.OFFLINE: "wifi-off",
}


class Metric(Piece):
    """A number in the condensed face, its unit beside it, its caption below."""

    def __init__(
        self, look: Look, amount: Amount, caption: str, size: float = 34.0, colour: str = "ink", widest: str = ""
    ) -> None:
        super().__init__(look)
        self.value = Txt(look, amount.value, size, colour, font="numbers", line=True)
        self.value.widest = widest
        self.unit = Txt(look, amount.unit, max(13.0, size * 0.42), "soft", line=True)
        self.caption = Txt(look, caption, max(13.0, size * 0.4 if size < 40 else 15.0), "soft", line=True)
        self.hold([self.value, self.unit, self.caption])

    def show(self, amount: Amount, colour: str = "") -> None:
        """Show another number; the layout stays where it is wide enough."""
        moved = len(amount.value) != len(self.value.text)
        self.value.show(amount.value, colour)
        self.unit.show(amount.unit)
        if self.width > 1 and moved:
            self.arrange()

    def wide(self) -> float:
        unit = self.unit.wide() + self.look.dp(4.0) if self.unit.text else 0.0
        return max(self.value.wide() + unit, self.caption.wide())

    def _value_width(self, width: float) -> float:
        unit = self.unit.wide() + self.look.dp(4.0) if self.unit.text else 0.0
        return min(self.value.wide(), max(1.0, width - unit))

    def fit(self, width: float) -> float:
        caption = self.caption.fit(width) if self.caption.text else 0.0
        return self.value.fit(self._value_width(width)) + caption

    def arrange(self) -> None:
        caption = self.caption.fit(self.width) if self.caption.text else 0.0
        width = self._value_width(self.width)
        height = self.value.fit(width)
        shown = min(width, self.value.shown_wide(width))
        base = self.y + max(0.0, (self.height - caption - height) / 2)
        self.caption.place(self.x, base, self.width, caption)
        self.value.place(self.x, base + caption, width, height)
        room = max(1.0, self.width - shown - self.look.dp(4.0))
        unit = self.unit.fit(room)
        self.unit.place(self.x + shown + self.look.dp(4.0), base + caption + 0.13 * height, room, unit)


def metrics(look: Look, figures: Sequence[tuple[Amount, str]], size: float = 30.0, least: float = 96.0) -> Grid:
    """Return figures in as many columns as the width holds without shrinking one of them."""
    made = [Metric(look, amount, caption, size) for amount, caption in figures]
    widest = max((one.wide() for one in made), default=0.0) / look.unit / look.font_scale
    return Grid(look, made, min(150.0, max(least, widest)))


def heading(look: Look, text: str, size: float = 22.0) -> Txt:
    """Return the heading of a screen or a card."""
    return Txt(look, text, size, bold=True)


def caption(look: Look, text: str) -> Txt:
    """Return the small words above a group."""
    return Txt(look, text, 14.0, "soft", bold=True)


def because_line(look: Look, reason: Because, ask: Ask, first: bool) -> Piece:
    """Return a reason; where it has evidence, touching it opens that."""
    text = reason.text[:1].lower() + reason.text[1:] if first else reason.text
    said = f"[b]{safe(look.words('because'))}[/b] {safe(text)}" if first else safe(text)
    words = Txt(look, said, 15.0, "ink", markup=True)
    if not reason.evidence:
        return words
    row = Row(look, [words, Icon(look, "chevron-right", 20.0, "soft")], (1.0, 0.0), gap=6.0)
    return Touchable(look, row, Act("evidence", (reason.text, *reason.evidence)), ask, reason.text)


def because(look: Look, reasons: Sequence[Because], ask: Ask) -> Column:
    """Return at most three reasons below each other."""
    return Column(look, [because_line(look, r, ask, i == 0) for i, r in enumerate(reasons[:3])], gap=4.0)


def top_bar(look: Look, title: str, ask: Ask, *, back: str = "", text: str = "", speak: bool = True) -> Row:
    """Return the head of a screen: a way back, its title, and the button that reads the screen aloud."""
    pieces: list[Piece] = []
    weights: list[float] = []
    if back:
        pieces.append(Round(look, Offer(look.words("go back"), Act("open", back), "arrow-left"), ask, "plain", 48.0))
        weights.append(0.0)
    below = [Txt(look, text, 14.0, "soft")] if text else []
    pieces.append(Column(look, [Txt(look, title, 26.0, bold=True), *below], gap=0.0))
    weights.append(1.0)
    if speak:
        offer = Offer(look.words("read aloud"), Act("speak"), "volume-high")
        pieces.append(Round(look, offer, ask, "plain", 48.0))
        weights.append(0.0)
    return Row(look, pieces, weights, gap=4.0)


def banner(look: Look, notice: Notice, ask: Ask) -> Card:
    """Return a strip that says what is missing and what can be done."""
    colour = "danger" if notice.phase is Phase.ERROR else "warn"
    below = [Txt(look, notice.text, 14.0, "ink")] if notice.text else []
    words = Column(look, [Txt(look, notice.title, 16.0, colour, bold=True), *below], gap=2.0)
    head = Row(look, [Icon(look, PHASE_ICONS[notice.phase], 24.0, colour), words], (0.0, 1.0))
    offer = [Pill(look, notice.offer, ask, "control")] if notice.offer else []
    return Card(look, [head, *offer], "notice", gap=10.0, pad=12.0)


def whole_notice(look: Look, notice: Notice, ask: Ask) -> Piece:
    """Return a screen's body when there is nothing else to show: an icon, a sentence, a way on."""
    from app.ui.kit.charts import Progress

    pieces: list[Piece] = [
        Space(look, grows=1.0),
        Icon(look, PHASE_ICONS[notice.phase], 56.0, "danger" if notice.phase is Phase.ERROR else "soft"),
        Txt(look, notice.title, 20.0, bold=True, align="center"),
    ]
    if notice.text:
        pieces.append(Txt(look, notice.text, 16.0, "soft", align="center"))
    if notice.phase is Phase.LOADING:
        pieces.append(Progress(look, notice.share))
    if notice.offer:
        pieces.append(Pill(look, notice.offer, ask, "primary", 56.0))
    pieces.append(Space(look, grows=1.4))
    return Scroll(look, Middle(look, Column(look, pieces, gap=14.0, pad=24.0, grows=1.0), 420.0))
