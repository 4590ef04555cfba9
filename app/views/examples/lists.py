"""The plain lists as an invented person has them, and where they cannot be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.views.listing import ListView
from app.views.phase import Act, Notice, Offer, Phase
from app.views.settings import Settings
from app.views.settings_lists import more_view, privacy_view, settings_view, voice_view
from app.views.words import Words

Examples = Callable[[Words], dict[str, ListView]]


def states(view: ListView, words: Words) -> dict[str, ListView]:
    """Return a list as it is, while it is read, and when the diary cannot be."""
    loading = Notice(Phase.LOADING, words("Reading your diary"))
    offer = Offer(words("Try again"), Act("refresh"), "refresh")
    text = words("Nothing is lost: `kadenz doctor` proposes the repair.")
    error = Notice(Phase.ERROR, words("The diary cannot be read"), text, offer)
    bare = replace(view, groups=(), bottom=(), share=-1.0)
    return {
        "": view,
        "loading": replace(bare, notice=loading, phase=Phase.LOADING),
        "error": replace(bare, notice=error, phase=Phase.ERROR),
    }


def more(words: Words) -> dict[str, ListView]:
    """Return the list of everything else."""
    return {"": more_view(words)}


def settings(words: Words) -> dict[str, ListView]:
    """Return the settings."""
    return {"": settings_view(Settings(language=words.language, units=words.units, theme="dark"))}


def voice(words: Words) -> dict[str, ListView]:
    """Return voice and alerts: with a voice, and without one."""
    set_so = Settings(language=words.language, units=words.units, muted=("L-SLOW",))
    return {"": voice_view(set_so, "espeak-ng"), "no_sensor": voice_view(set_so, "")}


def privacy(words: Words) -> dict[str, ListView]:
    """Return privacy."""
    return states(
        privacy_view(Settings(language=words.language, units=words.units), 214, 96_400_000, "diary.db"), words
    )
