"""The app's window: one frame, one desk, values in, acts out. Imported only when a screen is wanted.

The rule of this file: the window's loop never waits for the desk; what the desk does happens in one worker thread, in
the order it was asked for, and its answers come back as values.
"""

from __future__ import annotations

import os

os.environ.setdefault("KIVY_NO_ARGS", "1")
os.environ.setdefault("KIVY_NO_FILELOG", "1")
os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.clock import Clock, mainthread
from kivy.config import Config

Config.set("input", "mouse", "mouse,disable_multitouch")
Config.set("graphics", "width", "412")
Config.set("graphics", "height", "892")
Config.set("graphics", "multisamples", "0")
Config.set("kivy", "exit_on_escape", "0")

from kivy.core.window import Window
from kivy.metrics import Metrics
from kivy.uix.widget import Widget

from app.desk.desk import Answer, Desk
from app.desk.welcome import BREAK_DAYS, away_days
from app.live.looking import running
from app.platform_feel import feel_here
from app.platform_voice import voice_here
from app.store import StoreError
from app.ui.frame import Frame
from app.ui.headless import picture, save_png
from app.ui.look import Look, look_of
from app.ui.screens.list_screen import ListScreen
from app.ui.screens.register import SCREENS, entry
from app.ui.theme import rgba
from app.ui.turner import Turner, turner_here
from app.views.phase import Act
from edge.screen.preference import Phase

_LOG = logging.getLogger(__name__)
WORD_S = 6.0
"""How long a word stays."""
SHARED = (1080, 1350)
"""Width and height in px of a picture to share."""
LIVE_S = 0.5
"""How often the live screen is shown anew."""


class KadenzApp(App):
    """The window with its frame."""

    title = "Kadenz"

    def __init__(self, desk: Desk, first: str = "today", about: str = "", turner: Turner | None = None) -> None:
        super().__init__()
        self.desk, self.screen_name, self._about = desk, first, about
        self.worker = ThreadPoolExecutor(1, "desk")
        self.frame: Frame | None = None
        self.voice, self.turner = voice_here(), turner or turner_here()
        self.feel = feel_here(Clock.schedule_once)
        self._fingers = 0
        self._word: Any = None
        self._waits = False
        self._stopped = False

    def build(self) -> Widget:
        """Return the root and ask the desk for the first screen."""
        self.root_widget = Widget()
        self.root_widget.bind(size=self._fit, pos=self._fit)
        self.desk.progress = self._progress
        self.go(self.screen_name, self._about)
        Clock.schedule_interval(self._live, LIVE_S)
        Window.bind(on_touch_down=self._touched, on_touch_up=self._let_go)
        return self.root_widget

    def _submit(self, work: Callable[..., None], *about: Any) -> None:
        """Let the worker do something; what it did not foresee is logged, for nobody waits for its result."""
        self.worker.submit(work, *about).add_done_callback(self._done)

    def _done(self, work: Future[None]) -> None:
        if (fault := work.exception()) is not None:
            self._waits = False
            _LOG.error("the desk failed", exc_info=fault)

    def _touched(self, *_: object) -> None:
        self._fingers += 1

    def _let_go(self, *_: object) -> None:
        self._fingers = max(0, self._fingers - 1)

    def _turn(self) -> None:
        """Turn the screen where that is due; a turn that was learned says why, and can be taken back."""
        turns, before = self.desk.turns, self.desk.turns.shape
        turns.phase = Phase.RUNNING if self.screen_name == "run" and "looking" in self.desk.memory else Phase.STANDING
        alert_s = self.desk.memory.get("alert", float("-inf"))
        due = turns.step(
            self.desk.settings.turning, time.monotonic(), self._fingers > 0, alert_s, self.desk.settings.words
        )
        if due is not None:
            self.turner.turn(due.way)
            if due.why:
                self.say(due.why, Act("turn", before))

    def _live(self, _: float) -> None:
        """Show the live screen anew, unless the last time is still being made."""
        self._turn()
        on = self.screen_name == "run" or (
            self.screen_name == "devices" and self.desk.memory.keys() & {"trying", "looking"}
        )
        if on and not self._waits:
            self._waits = True
            self._submit(self._viewed, self.screen_name)

    def _progress(self) -> None:
        """Show the open screen anew while long work goes on in the worker."""
        self._show(self.screen_name, self.desk.view(self.screen_name))

    def look(self) -> Look:
        """Return how this person wants the app to look."""
        return look_of(self.desk.settings, float(Metrics.density))

    def _fit(self, *_: object) -> None:
        self.desk.turns.shape = "landscape" if self.root_widget.width > self.root_widget.height else "portrait"
        if self.frame is not None:
            self.frame.place(self.root_widget.x, self.root_widget.y, self.root_widget.width, self.root_widget.height)

    def go(self, name: str, about: str = "") -> None:
        """Open a screen by name: its view is made in the worker thread."""
        if name not in SCREENS:
            self.say(f"{name}?")
            return
        self.screen_name, self.desk.about = name, about
        self._submit(self._viewed, name)

    def _viewed(self, name: str) -> None:
        self._show(name, self.desk.view(name))

    @mainthread  # type: ignore[untyped-decorator]
    def _show(self, name: str, view: Any) -> None:
        self._waits = False
        if name != self.screen_name:
            return
        if name == "run" and (finished := self.desk.memory.pop("finished", "")):
            self.go("report", finished)
            return
        if name == "run" and (on := self.desk.memory.pop("go", "")):
            self.go(on)
            return
        if said := self.desk.memory.pop("say", ""):
            self.voice.say(said, self.desk.settings.language)
        self.feel.shake(self.desk.memory.pop("feel", ()))
        look = self.look()
        one = entry(name)
        gone_px = 0.0
        if self.frame is None or self.frame.look != look:
            before = self.frame.screen.scrolled() if self.frame and self.frame.screen.name == name else None
            gone_px = before.gone_px if before is not None else 0.0
            self.frame = Frame(look, one.kind(look, view, self.ask), self.ask, one.here)
            self.root_widget.clear_widgets()
            self.root_widget.add_widget(self.frame)
            Window.clearcolor = rgba(look.theme.ground)
        elif self.frame.screen.name == name:
            self.frame.screen.show(view)
        else:
            self.frame.go(one.kind(look, view, self.ask), one.here)
        self._fit()
        if gone_px > 0.0 and (after := self.frame.screen.scrolled()) is not None:
            after.gone_px = gone_px

    def ask(self, act: Act) -> None:
        """Let the desk do what is asked for."""
        self._submit(self._asked, act, self.screen_name)

    def _asked(self, act: Act, screen: str) -> None:
        self._answered(self.desk.ask(act, screen))

    @mainthread  # type: ignore[untyped-decorator]
    def _answered(self, answer: Answer) -> None:
        if self.frame is None:
            return
        if answer.sheet is not None or answer.close:
            self.frame.open(answer.sheet)
        if answer.picture:
            self._draw(answer.picture)
        if answer.speak:
            self.voice.say(answer.speak, self.desk.settings.language)
        if answer.word:
            self.say(answer.word, answer.undo)
        if answer.open:
            self.go(answer.open, answer.about)
        elif answer.redraw or answer.look:
            self.go(self.screen_name, self.desk.about)

    def _draw(self, file: str) -> None:
        """Draw what is to be shared into a picture of twice the size of a phone."""
        view = self.desk.memory.pop("share", None)
        if view is not None:
            look = replace(self.look(), unit=2.0, font_scale=1.0)
            save_png(picture(ListScreen(look, view), *SHARED), *SHARED, Path(file))

    def say(self, text: str, undo: Act | None = None) -> None:
        """Show a word for a while."""
        if self.frame is None:
            return
        self.frame.say(text, undo)
        if self._word is not None:
            self._word.cancel()
        self._word = Clock.schedule_once(self._no_word, WORD_S)

    def _no_word(self, _: float) -> None:
        if self.frame is not None:
            self.frame.say("")

    def _end_watching(self) -> None:
        for name in ("watching", "trying"):
            watching = self.desk.memory.pop(name, None)
            if watching is not None:
                watching.end()
        looking = self.desk.memory.pop("looking", None)
        if looking is not None:
            looking.close()  # the recorder goes on

    def on_stop(self) -> None:
        """Let the desk end what it does; a recording goes on without the window."""
        self.voice.stop()
        if not self._stopped:
            self._stopped = True
            Clock.unschedule(self._live)
            Window.unbind(on_touch_down=self._touched, on_touch_up=self._let_go)
            self._submit(self._end_watching)
            self.worker.shutdown(wait=True)


def open_window(desk: Desk, sim: str | None = None, speed: float = 1.0) -> None:
    """Open the window and stay until it is closed; `sim` names the simulated tracker to run with."""
    if sim:
        desk.memory["sim"] = (sim, speed)
    KadenzApp(desk, *first_screen(desk)).run()


def first_screen(desk: Desk) -> tuple[str, str]:
    """Return where the app opens and about what: a run that goes on; for somebody new a simulated run before any
    question; a welcome after a break; else today."""
    if running(desk.diary):
        return "run", ""
    if desk.memory.get("sim"):
        return "run", "start"
    try:
        with desk.store() as store:
            if not desk.knows_somebody(store):
                return "run", "watch"
        return ("welcome" if away_days(desk) >= BREAK_DAYS else "today"), ""
    except StoreError:
        return "today", ""
