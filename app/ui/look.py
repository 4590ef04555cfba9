"""How this person wants the app to look: theme, sizes, language, hand. Every piece is handed it when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.ui.theme import DARK, THEMES, Theme, zone_colours
from app.views.settings import Settings
from app.views.words import Words

TOUCH_DP = 48.0
"""How high and wide what is touched is at least (WCAG 2.2, 2.5.5 asks 44)."""
GAP_DP = 12.0
PAD_DP = 16.0


@dataclass(frozen=True, slots=True)
class Look:
    """A way of looking: `unit` is pixels per dp; `font_scale` grows texts and what holds them."""

    theme: Theme = DARK
    words: Words = field(default_factory=Words)
    unit: float = 1.0
    font_scale: float = 1.0
    left_handed: bool = False
    colour_blind: bool = False
    still: bool = False
    """True where nothing may move by itself."""

    def dp(self, length: float) -> float:
        """Return a length in pixels."""
        return length * self.unit

    def font(self, size: float) -> float:
        """Return a font's size in pixels; what is large already grows less, as it can be read already.

        Texts up to 16 dp grow by the whole of `font_scale`, numbers of 48 dp by a tenth of it (the non-linear font
        scaling of Android 14).
        """
        share = min(1.0, max(0.1, (48.0 - size) / 32.0)) if self.font_scale > 1.0 else 1.0
        return size * self.unit * (1.0 + (self.font_scale - 1.0) * share)

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the colours of heart-rate zones 1 to 5."""
        return zone_colours(self.theme, self.colour_blind)


def look_of(settings: Settings, unit: float, still: bool | None = None) -> Look:
    """Return how a person's settings want the app to look, at `unit` px per dp; the system's own way is dark."""
    return Look(
        THEMES.get(settings.theme, DARK),
        settings.words,
        unit,
        settings.font_scale,
        settings.hand == "left",
        settings.colour_blind,
        settings.still if still is None else still,
    )
