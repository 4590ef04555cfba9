"""Every screen by name, with its example views: what can be opened, and what can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from app.ui.screens.base import Screen
from app.views.words import Words

#: Name -> (module and class of the screen, module of its examples (and function in it), the way it is reached by).
SCREENS: dict[str, tuple[str, str, str, str]] = {
    "today": ("today_screen", "TodayScreen", "today", "today"),
    "run": ("run_screen", "RunScreen", "run", "run"),
    "report": ("list_screen", "ListScreen", "report", "today"),
    "plan": ("list_screen", "ListScreen", "plan", "plan"),
    "beliefs": ("list_screen", "ListScreen", "rest.beliefs", "beliefs"),
    "insights": ("list_screen", "ListScreen", "rest.insights", "insights"),
    "devices": ("list_screen", "ListScreen", "rest.devices", "more"),
    "first-run": ("list_screen", "ListScreen", "rest.first_run", "more"),
    "check-in": ("list_screen", "ListScreen", "rest.check_in", "today"),
    "welcome": ("list_screen", "ListScreen", "rest.welcome", "today"),
    "more": ("list_screen", "ListScreen", "lists.more", "more"),
    "voice": ("list_screen", "ListScreen", "lists.voice", "more"),
    "privacy": ("list_screen", "ListScreen", "lists.privacy", "more"),
    "settings": ("list_screen", "ListScreen", "lists.settings", "more"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One screen: its class, its examples by state, and which way is lit."""

    name: str
    kind: type[Screen[Any]]
    examples: Callable[[Words], dict[str, Any]]
    here: str


def entry(name: str) -> Entry:
    """Return a screen by name; ValueError names those there are."""
    if name not in SCREENS:
        raise ValueError(f"unknown screen {name!r}; there are {', '.join(SCREENS)}")
    module, kind, examples, here = SCREENS[name]
    screen = getattr(import_module(f"app.ui.screens.{module}"), kind)
    module, _, function = examples.partition(".")
    return Entry(name, screen, getattr(import_module(f"app.views.examples.{module}"), function or "examples"), here)


def screen_and_state(shot: str) -> tuple[str, str]:
    """Return the screen and the state of a picture's name."""
    screen, _, state = shot.partition("_")
    return screen, state


def shot_names(name: str) -> tuple[str, ...]:
    """Return the names of a screen's pictures: "today", "today_empty", ..."""
    states = entry(name).examples(Words())
    return tuple(f"{name}_{state}" if state else name for state in states)
