"""The desk of the list of everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.desk.desk import Answer, Desk
from app.views.listing import ListView, spoken
from app.views.phase import Act
from app.views.settings_lists import more_view

__all__ = ["ACTS", "spoken", "view"]
ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {}


def view(desk: Desk) -> ListView:
    """Return where everything else is found."""
    return more_view(desk.words)
