"""A line to type into, in the look of the app."""

from __future__ import annotations

from kivy.uix.textinput import TextInput

from app.ui.kit.piece import Piece, rounded
from app.ui.kit.press import Ask
from app.ui.look import TOUCH_DP, Look
from app.ui.theme import rgba
from app.views.phase import Act


class Field(Piece):
    """A text; entering it asks for `act` with what was typed."""

    def __init__(self, look: Look, text: str, act: str, ask: Ask, hint: str = "", number: bool = False) -> None:
        super().__init__(look)
        self.act, self.ask = act, ask
        theme = look.theme
        self.input = TextInput(
            text=text,
            hint_text=hint,
            multiline=False,
            font_name="text",
            font_size=look.font(17.0),
            foreground_color=rgba(theme.ink),
            hint_text_color=rgba(theme.soft),
            cursor_color=rgba(theme.accent),
            background_color=(0, 0, 0, 0),
            input_type="number" if number else "text",
            size_hint=(None, None),
        )
        self.input.bind(on_text_validate=self._entered)
        self.add_widget(self.input)

    def _entered(self, *_: object) -> None:
        self.ask(Act(self.act, self.input.text))

    def fit(self, width: float) -> float:
        return max(self.look.dp(TOUCH_DP), self.look.font(17.0) * 2.4)

    def arrange(self) -> None:
        pad = max(0.0, (self.height - self.look.font(17.0) * 1.3) / 2)
        self.input.padding = (self.look.dp(14.0), pad, self.look.dp(14.0), pad)
        self.input.pos, self.input.size = self.pos, self.size

    def paint(self) -> None:
        rounded(self, "control", self.look.dp(14.0))
