"""Today: the session large, why, the check-in in three taps, what else one could do, the coach's cards."""

from __future__ import annotations

from app.ui.forms import DESKTOP, LANDSCAPE, TABLET
from app.ui.kit.figures import banner as notice_banner
from app.ui.kit.figures import because, caption, metrics, top_bar, whole_notice
from app.ui.kit.piece import Card, Column, Piece, Row
from app.ui.kit.press import Choice, Line, Pill
from app.ui.kit.scroll import Scroll
from app.ui.kit.text import Icon, Txt
from app.ui.screens.base import Screen
from app.views.phase import Act, Offer
from app.views.today import CardView, TodayView


class TodayScreen(Screen[TodayView]):
    """The day on one scroll; wide, the session stands beside what goes with it."""

    name = "today"

    def build(self, view: TodayView, form: str) -> Piece:
        look = self.look
        if view.notice is not None and not view.title:
            head = top_bar(look, look.words("Today"), self.ask, text=view.date, speak=False)
            return Column(look, [head, _growing(whole_notice(look, view.notice, self.ask))], pad=16.0, grows=1.0)
        head = top_bar(look, view.greeting, self.ask, text=view.date)
        above = [notice_banner(look, view.notice, self.ask)] if view.notice else []
        main, beside = self._main(view), self._beside(view)
        if form in (LANDSCAPE, TABLET, DESKTOP) and self.width > look.dp(640.0):
            body: Piece = _Top(look, [Column(look, main), Column(look, beside)], (1.15, 1.0))
            return Scroll(look, Column(look, [head, *above, body], pad=16.0))
        return Scroll(look, Column(look, [head, *above, *main, *beside], pad=16.0))

    def _main(self, view: TodayView) -> list[Piece]:
        return [self._session(view), *(self._card(card) for card in view.cards)]

    def _session(self, view: TodayView) -> Card:
        look = self.look
        colour = "danger" if view.help_now else "accent"
        kind = Txt(look, view.kind, 15.0, colour, bold=True, line=True)
        fresh = Txt(look, view.fresh, 13.0, "soft", align="right", line=True)
        title = Txt(look, view.title, 27.0, bold=True)
        pieces: list[Piece] = [
            Row(look, [Icon(look, view.icon, 22.0, colour), kind, fresh], (0.0, 1.0, 1.0), gap=8.0),
            title,
        ]
        if view.figures:
            pieces.append(metrics(look, view.figures, 32.0, 128.0))
        if view.because:
            pieces.append(because(look, view.because, self.ask))
        if view.counterfactual:
            pieces.append(Txt(look, view.counterfactual, 14.0, "soft"))
        if view.start is not None:
            pieces.append(Pill(look, view.start, self.ask, "primary", 58.0, 19.0))
        return Card(look, pieces, gap=14.0, pad=20.0)

    def _check_in(self, view: TodayView) -> Card:
        look, words, done = self.look, self.look.words, view.check_in
        if done.done:
            row = Row(
                look,
                [Icon(look, "check-circle", 24.0, "accent"), Txt(look, words("Thank you, that counts today."), 16.0)],
                (0.0, 1.0),
            )
            return Card(look, [row, self._hurts_line()], gap=4.0, pad=14.0)
        groups = (
            (
                words("Slept"),
                "sleep",
                done.sleep,
                (("bad", words("badly")), ("ok", words("so-so")), ("good", words("well"))),
            ),
            (
                words("Legs"),
                "sore",
                done.sore,
                (("sore", words("sore")), ("ok", words("so-so")), ("fresh", words("fresh"))),
            ),
            (
                words("Mood"),
                "mood",
                done.mood,
                (("low", words("low")), ("ok", words("so-so")), ("good", words("good"))),
            ),
        )
        rows: list[Piece] = []
        for title, name, chosen, options in groups:
            label = Txt(look, title, 15.0, "soft", bold=True)
            rows.append(_Labelled(label, Choice(look, options, chosen, f"check-in {name}", self.ask)))
        head = Txt(look, words("How are you?"), 18.0, bold=True)
        return Card(look, [head, *rows, self._hurts_line()], gap=10.0, pad=16.0)

    def _hurts_line(self) -> Piece:
        words = self.look.words
        return Line(
            self.look, words("Something hurts, or say it in words"), Act("open", "check-in"), self.ask, icon="bandage"
        )

    def _beside(self, view: TodayView) -> list[Piece]:
        look = self.look
        pieces: list[Piece] = [] if view.help_now else [self._check_in(view)]
        if view.others:
            lines = [Line(look, o.title, o.act, self.ask, text=o.text, icon=o.icon) for o in view.others]
            pieces.append(Card(look, [caption(look, look.words("Or instead")), *lines], gap=2.0, pad=16.0))
        if view.last_run is not None:
            run = view.last_run
            line = Line(look, run.title, Act("report", run.run_id), self.ask, text=run.text, icon="history")
            pieces.append(Card(look, [line], gap=2.0, pad=12.0))
        return pieces

    def _card(self, card: CardView) -> Card:
        look = self.look
        colour = "danger" if card.safety else "accent"
        head = Row(
            look, [Icon(look, card.icon, 26.0, colour), Txt(look, card.title, 19.0, bold=True)], (0.0, 1.0), gap=10.0
        )
        pieces: list[Piece] = [head, Txt(look, card.text, 16.0)]
        if card.because:
            pieces.append(because(look, card.because, self.ask))
        got_it = Pill(look, Offer(look.words("Got it"), Act("card done", card.key), "thumb-up-outline"), self.ask)
        answers = [got_it]
        if not card.safety:
            no = Offer(look.words("Not for me"), Act("card refused", card.key), "thumb-down-outline")
            answers.append(Pill(look, no, self.ask))
        pieces.append(Row(look, answers, gap=10.0, stack_below=120.0))
        return Card(look, pieces, "coach", gap=10.0)


class _Labelled(Row):
    """A label with a choice beside it; narrow or large, the label stands above."""

    def __init__(self, label: Txt, choice: Choice) -> None:
        super().__init__(label.look, [label, choice], (0.3, 1.0), gap=10.0)

    def stacks(self, width: float) -> bool:
        label, choice = self.pieces()
        widths = self.widths(width)
        return label.wide() > widths[0] or (isinstance(choice, Choice) and choice.columns(widths[1]) < 3)


class _Top(Row):
    """Columns beside each other that begin at the same height."""

    def arrange(self) -> None:
        x = self.x
        for piece, width in zip(self.pieces(), self.widths(self.width), strict=True):
            height = piece.fit(width)
            piece.place(x, self.top - height, width, height)
            x += width + self.gap


def _growing(piece: Piece) -> Piece:
    piece.grows = 1.0
    return piece
