"""The desk of voice and alerts: which kinds are said, how often, and a sentence to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.desk.desk import Answer, Desk
from app.platform_here import phone
from app.platform_voice import voice_here
from app.views.listing import ListView, spoken
from app.views.phase import Act
from app.views.settings import DEFAULT
from app.views.settings_lists import cue_kinds, voice_view

__all__ = ["ACTS", "spoken", "view"]


def view(desk: Desk) -> ListView:
    """Return voice and alerts."""
    return voice_view(desk.settings, voice_here().name, "phone" if phone() else "")


def _mute(rule: str) -> Callable[[Desk, Act], Answer]:
    def keep(desk: Desk, act: Act) -> Answer:
        muted = {*desk.settings.muted} - {rule}
        if act.value == "off":
            muted |= {rule}
        return desk.set("muted", tuple(sorted(muted)))

    return keep


def _try(desk: Desk, act: Act) -> Answer:
    return Answer(speak=desk.words("Settle in. You should be able to talk."))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "try voice": _try,
    **{f"mute {rule}": _mute(rule) for rule, _, _ in cue_kinds(DEFAULT.words)},
}
