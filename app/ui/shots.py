"""Every screen in every state, size, theme and language as PNG files: what docs, goldens and reviews look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.ui.headless import picture, save_png, window
from app.ui.look import Look, look_of
from app.ui.theme import THEMES
from app.views.words import words

if TYPE_CHECKING:
    from app.desk.desk import Desk

SIZES = ((390, 844), (844, 390), (768, 1024), (1280, 800), (240, 240), (368, 448))
"""Phone portrait and landscape, tablet, desktop, two small faces; in dp."""


@dataclass(frozen=True, slots=True)
class Shots:
    """What is to be drawn: names (with * and ?), sizes in dp, themes, languages; px per dp, size of the font."""

    names: tuple[str, ...] = ("*",)
    sizes: tuple[tuple[int, int], ...] = SIZES
    themes: tuple[str, ...] = ("dark", "light")
    languages: tuple[str, ...] = ("en", "de")
    density: int = 1
    font_scale: float = 1.0
    units: str = "metric"
    colour_blind: bool = False
    left_handed: bool = False


def chosen(patterns: Sequence[str]) -> list[tuple[str, str]]:
    """Return (screen, state) for the patterns, in the register's order; ValueError where one fits nothing."""
    from app.ui.screens.register import SCREENS, shot_names

    every = [(screen, name) for screen in SCREENS for name in shot_names(screen)]
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for _, name in every):
            raise ValueError(f"no screen is called {pattern!r}; there are {', '.join(name for _, name in every)}")
    found = [(s, n) for s, n in every if any(fnmatchcase(n, p) for p in patterns)]
    return [(screen, name[len(screen) + 1 :]) for screen, name in found]


def framed(look: Look, screen: str, state: str) -> Any:
    """Return a screen's example with what stands around it."""
    from app.ui.frame import Frame
    from app.ui.kit.press import nothing
    from app.ui.screens.register import entry

    one = entry(screen)
    view = one.examples(look.words)[state]
    return Frame(look, one.kind(look, view), nothing, one.here)


def looks(shots: Shots) -> Iterator[tuple[str, str, Look]]:
    """Yield theme, language and the look of each."""
    for theme in shots.themes:
        for language in shots.languages:
            look = Look(
                THEMES[theme],
                words(language, shots.units),
                float(shots.density),
                shots.font_scale,
                shots.left_handed,
                shots.colour_blind,
                still=True,
            )
            yield theme, language, look


def draw(shots: Shots, folder: Path, told: Callable[[int, int], None] = lambda done, of: None) -> list[Path]:
    """Draw them all into a folder and return the files, each named screen-size-theme-language.png."""
    window()
    names = chosen(shots.names)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    count = len(names) * len(shots.sizes) * len(shots.themes) * len(shots.languages)
    for theme, language, look in looks(shots):
        for screen, state in names:
            for width, height in shots.sizes:
                name = f"{screen}_{state}" if state else screen
                file = folder / f"{name}-{width}x{height}-{theme}-{language}.png"
                px = (width * shots.density, height * shots.density)
                save_png(picture(framed(look, screen, state), *px), *px, file)
                files.append(file)
                told(len(files), count)
    return files


def draw_today(desk: Desk, file: Path, size: tuple[int, int] = (780, 1688)) -> None:
    """Draw Today of a diary into a PNG of this size in px, two px per dp."""
    from app.ui.frame import Frame
    from app.ui.kit.press import nothing
    from app.ui.screens.today_screen import TodayScreen

    window()
    look = look_of(desk.settings, 2.0, still=True)
    frame = Frame(look, TodayScreen(look, desk.view("today")), nothing, "today")
    save_png(picture(frame, *size), *size, file)
