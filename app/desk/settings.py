"""The desk of the settings: each is kept at once and shown at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.desk.desk import Answer, Desk
from app.views.listing import ListView, spoken
from app.views.phase import Act
from app.views.settings_lists import settings_view

__all__ = ["ACTS", "spoken", "view"]
ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {}


def view(desk: Desk) -> ListView:
    """Return the settings."""
    return settings_view(desk.settings)
