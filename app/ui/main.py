"""The app: opens the window and shows Today. Imported only when a screen is wanted."""

from __future__ import annotations

import os

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")
os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")

from pathlib import Path

from kivy.app import App
from kivy.base import EventLoop
from kivy.config import Config
from kivy.core.window import Window
from kivy.graphics import Color, Rectangle
from kivy.uix.widget import Widget

from app.ui import theme
from app.ui.today_screen import today_screen
from app.view import TodayView

FRAMES_TO_SETTLE = 6
"""How many frames the text needs until every label knows its height."""


class KadenzApp(App):
    """Shows one day: the session, why, and the last run."""

    title = "Kadenz"

    def __init__(self, view: TodayView, last_run: TodayView | None) -> None:
        super().__init__()
        self.view, self.last_run = view, last_run

    def build(self) -> Widget:
        """Return the root of the screen."""
        Window.clearcolor = theme.rgba(theme.GROUND)
        return today_screen(self.view, self.last_run)


def draw_today(view: TodayView, last_run: TodayView | None, file: Path, size: tuple[int, int] = (780, 1688)) -> None:
    """Draw the screen into a PNG file of this size in pixels, without a display where SDL can draw offscreen."""
    EventLoop.ensure_window()
    scroll = today_screen(view, last_run)
    root = scroll.children[0]
    scroll.remove_widget(root)
    root.size_hint, root.width = (None, None), size[0]
    for _ in range(FRAMES_TO_SETTLE):
        EventLoop.idle()
    with root.canvas.before:
        Color(*theme.rgba(theme.GROUND))
        Rectangle(pos=root.pos, size=root.size)
    EventLoop.idle()
    root.export_to_png(str(file))


def show_today(view: TodayView, last_run: TodayView | None) -> None:
    """Open the window and stay until it is closed."""
    Config.set("input", "mouse", "mouse,disable_multitouch")
    KadenzApp(view, last_run).run()
