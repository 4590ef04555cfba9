"""Which form a screen takes in a room: from a compact face to a desktop, by the root's size alone."""

from __future__ import annotations

COMPACT, PORTRAIT, LANDSCAPE, TABLET, DESKTOP = "compact", "portrait", "landscape", "tablet", "desktop"


def form_of(width: float, height: float, unit: float = 1.0) -> str:
    """Return the form for a size in px at `unit` px per dp.

    A face of up to 400 x 460 dp shows the run and nothing else; 600 dp on the short side is a tablet, and from
    1,000 dp of width there is room for a desktop's columns (Material 3, window size classes).
    """
    wide, high = width / unit, height / unit
    if wide <= 400 and high <= 460 and min(wide, high) < 380:
        return COMPACT
    if min(wide, high) >= 600:
        return DESKTOP if wide >= 1000 else TABLET
    return LANDSCAPE if wide > high else PORTRAIT
