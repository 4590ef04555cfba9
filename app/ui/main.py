"""The app: opens the window and shows Today. Imported only when a screen is wanted."""

from __future__ import annotations

import os

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")
os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")

from kivy.app import App
from kivy.config import Config
from kivy.core.window import Window
from kivy.uix.widget import Widget

from app.ui import theme
from app.ui.today_screen import today_screen
from app.view import TodayView


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


def show_today(view: TodayView, last_run: TodayView | None) -> None:
    """Open the window and stay until it is closed."""
    Config.set("input", "mouse", "mouse,disable_multitouch")
    KadenzApp(view, last_run).run()
