"""The desk: opens the diary, finds the module of a screen, does what is asked, and says what changed.

The rule of this file: a fault never reaches the screen as an exception; it becomes a view with an error, or a word.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from app.coach import facts_of
from app.desk.turns import EDGES, MEMORY, Turns, kept_text
from app.language import SETTINGS
from app.store import Store, StoreError, diary_path
from app.views.listing import notice_alone
from app.views.phase import Act, Notice, Offer, Phase
from app.views.settings import Settings, settings_from, with_setting
from app.views.sheet import SheetView, evidence_sheet
from app.views.words import Words

EXPORTS, RECORDINGS, COURSES = FOLDERS = ("exports", "recordings", "courses")
"""Folders beside the diary: what was written out, what can be replayed, what can be run."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an act led to: a screen to open (with what it is about), a sheet, a word that passes, a way back.

    `redraw`: the screen that is open is to be shown anew. `close`: the sheet that is open closes. `look`: theme,
    language or sizes changed. `speak`: a text to be read aloud.
    """

    open: str = ""
    about: str = ""
    sheet: SheetView | None = None
    word: str = ""
    undo: Act | None = None
    redraw: bool = False
    close: bool = False
    look: bool = False
    speak: str = ""
    picture: str = ""
    """A file that the open screen is to be drawn into, without what is not to be shared."""


def local_clock() -> tuple[float, float]:
    """Return now in Unix s and this computer's offset from UTC in s."""
    now = time.time()
    offset = datetime.fromtimestamp(now, tz=UTC).astimezone().utcoffset()
    return now, offset.total_seconds() if offset else 0.0


@dataclass(slots=True)
class Desk:
    """One person's app without its screen: `about` is what the open screen is about (a run's id, a day)."""

    diary: Path = field(default_factory=lambda: diary_path(None))
    clock: Callable[[], tuple[float, float]] = local_clock
    settings: Settings = field(default_factory=Settings)
    about: str = ""
    memory: dict[str, Any] = field(default_factory=dict)
    """What screens keep between acts while the app is open: answers of the first run, a week that is looked at."""
    turns: Turns = field(default_factory=Turns)
    """Which way the screen is liked."""
    progress: Callable[[], None] = lambda: None
    """Called while long work goes on; the window shows the open screen anew."""

    def __post_init__(self) -> None:
        try:
            with self.store() as store:
                self.settings = settings_from(store.memory(SETTINGS))
        except StoreError as problem:
            _LOG.warning("settings cannot be read: %s", problem)
        self.turns = Turns.of(self.store)

    @property
    def words(self) -> Words:
        """Return the words of the person's language and units."""
        return self.settings.words

    def store(self) -> Store:
        """Open the diary; the caller closes it."""
        return Store(self.diary)

    def view(self, screen: str) -> Any:
        """Return the view of a screen; one that cannot be made is the screen's own error view."""
        module = module_of(screen)
        try:
            return module.view(self)
        except StoreError as problem:
            notice = trouble(problem, self.words)
            failed = getattr(module, "failed", None)
            return failed(self, notice) if failed else notice_alone(screen, "", notice)

    def ask(self, act: Act, screen: str = "") -> Answer:
        """Do what is asked on a screen; every fault is an answer in words."""
        try:
            return self._do(act, screen)
        except (StoreError, ValueError, OSError) as problem:
            _LOG.info("%s was not done: %s", act.name, problem)
            return Answer(word=self.words("That did not work: {why}", why=str(problem)))

    def _do(self, act: Act, screen: str) -> Answer:
        if act.name == "open":
            name, _, about = str(act.value).partition(" ")
            left = getattr(module_of(screen), "left", None) if screen and screen != name else None
            if left is not None:
                left(self)
            return Answer(open=name, about=about)
        if act.name == "close":
            return Answer(close=True)
        if act.name == "refresh":
            return Answer(redraw=True)
        if act.name == "evidence":
            return Answer(sheet=evidence_sheet(act, self.words))
        if act.name == "speak":
            return Answer(speak=module_of(screen).spoken(self.view(screen), self.words))
        if act.name == "turn":
            return self.turn(str(act.value))
        if act.name.startswith("set "):
            return self.set(act.name[4:], act.value)
        acts: Mapping[str, Callable[[Desk, Act], Answer]] = module_of(screen).ACTS
        if act.name not in acts:
            raise ValueError(f"{screen} does not know {act.name!r}")
        return acts[act.name](self, act)

    def set(self, name: str, value: object) -> Answer:
        """Keep one setting."""
        changed = with_setting(self.settings, name, value)
        with self.store() as store:
            store.save_memory(SETTINGS, changed.text(), self.clock()[0])
        self.settings = changed
        return Answer(redraw=True, look=True)

    def folder(self, name: str) -> Path:
        """Return a folder of `FOLDERS` beside the diary, made where it is not there."""
        folder = self.diary.parent / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def turn(self, way: str = "") -> Answer:
        """Turn the screen by hand, to a way or to the other one: it is learned from, and undone by turning back."""
        before = self.turns.shape
        way = way or ("portrait" if before == "landscape" else "landscape")
        self.turns.by_hand(way)
        with self.store() as store:
            store.save_memory(MEMORY, kept_text(self.turns.known), self.clock()[0])
        if self.settings.turning in EDGES:  # a lock is what this person says: it follows their hand
            self.set("turning", way)
        return Answer(word=self.words("Turned; Kadenz learns from it."), undo=Act("turn", before))

    def take_back(self, act: Act) -> Answer:
        """Take back the sentence of the diary whose number an act carries."""
        with self.store() as store:
            store.take_back(int(float(str(act.value))), self.clock()[0])
        return Answer(redraw=True, word=self.words("Taken back."))

    def knows_somebody(self, store: Store) -> bool:
        """Return True where a run or a word about the person is in the diary."""
        return bool(store.profile().experience or self.settings.first_run_done or facts_of(store))


def module_of(screen: str) -> ModuleType:
    """Return the module of a screen's desk."""
    return import_module(f"app.desk.{screen.replace('-', '_')}")


def trouble(problem: Exception, words: Words) -> Notice:
    """Return what a screen says when the diary cannot be read."""
    offer = Offer(words("Try again"), Act("refresh"), "refresh")
    return Notice(Phase.ERROR, words("The diary cannot be read"), str(problem), offer)
