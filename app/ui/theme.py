"""The look as values: colours by role for four themes, and the contrast between any two.

The rule of this file: a colour is named by what it is for, never by what it looks like, and every pair in which text
is written is listed in `TEXT_PAIRS`, which a test holds to a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as hex RRGGBB: grounds, inks, signals, and the five heart-rate zones (1 to 5)."""

    name: str
    ground: str
    card: str
    control: str
    line: str
    """Outlines and hairlines."""
    track: str
    """The ground of a bar that is not full, what is still to come."""
    coach: str
    """The ground of what the coach says."""
    notice: str
    """The ground of a banner that something is missing."""
    ink: str
    soft: str
    """Captions and units."""
    accent: str
    """On target, done, connected; also links."""
    primary: str
    on_primary: str
    warn: str
    danger: str
    on_danger: str
    chart: str
    """The line of measured values."""
    zones: tuple[str, str, str, str, str]
    outlined: bool = False
    """True where cards need an outline to be seen."""


DARK = Theme(
    name="dark",
    ground="0B0E12",
    card="161B21",
    control="232A35",
    line="2A323E",
    track="2A323E",
    coach="1B2B28",
    notice="33270F",
    ink="F5F7FA",
    soft="A3AEBA",
    accent="45D3A2",
    primary="FF7A45",
    on_primary="1C0D05",
    warn="F5C451",
    danger="FF8A80",
    on_danger="2B0605",
    chart="6EA8FE",
    zones=("7C9BEB", "3FBFB4", "EBCB47", "F59245", "F06BA8"),
)
LIGHT = Theme(
    name="light",
    ground="F2F4F8",
    card="FFFFFF",
    control="E8EBF1",
    line="D9DEE7",
    track="D9DEE7",
    coach="E2F4EB",
    notice="FFF1D6",
    ink="10151D",
    soft="545E6B",
    accent="0C6B4A",
    primary="B93A0B",
    on_primary="FFFFFF",
    warn="7F5200",
    danger="B3261E",
    on_danger="FFFFFF",
    chart="2460D8",
    zones=("3D5FC0", "0B7A70", "806000", "B04B00", "B0246B"),
)
OLED = replace(
    DARK,
    name="oled",
    ground="000000",
    card="000000",
    control="15191F",
    line="333C48",
    track="333C48",
    coach="0A1916",
    notice="1F1705",
    ink="FFFFFF",
    soft="A9B4C0",
    outlined=True,
)
SUN = Theme(
    name="sun",
    ground="FFFFFF",
    card="FFFFFF",
    control="EFEFEF",
    line="000000",
    track="C3C8CE",
    coach="FFFFFF",
    notice="FFF3C4",
    ink="000000",
    soft="262B31",
    accent="004D33",
    primary="000000",
    on_primary="FFFFFF",
    warn="5C3B00",
    danger="8C0D0D",
    on_danger="FFFFFF",
    chart="0B3BA8",
    zones=("23419C", "00564F", "5C4500", "7E3500", "7F0F4A"),
    outlined=True,
)
THEMES: dict[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, OLED, SUN)}

#: Zones for eyes that do not tell red from green: neighbours differ by at least 0.3 in sRGB as such eyes see them
#: (full deuteranopia and protanopia after Machado et al. 2009), found by search near a ramp from cold to hot.
COLOUR_BLIND_DARK = ("826FFC", "49ABF7", "E8FAE6", "FFD014", "EF4256")
COLOUR_BLIND_LIGHT = ("2C0CFB", "004890", "172030", "697B27", "891100")

#: Every pair of roles (text, ground) that the app writes text in.
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("ink", "soft", "accent", "warn", "danger") for ground in ("ground", "card", "coach")),
    ("ink", "control"),
    ("soft", "control"),
    ("accent", "control"),
    ("ink", "notice"),
    ("soft", "notice"),
    ("warn", "notice"),
    ("danger", "notice"),
    ("on_primary", "primary"),
    ("on_danger", "danger"),
    ("chart", "card"),
)


def rgba(colour: str, alpha: float = 1.0) -> tuple[float, float, float, float]:
    """Return a hex colour as the four numbers from 0 to 1 that kivy takes."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue, alpha


def mixed(colour: str, ground: str, share: float) -> str:
    """Return the hex colour that `colour` at a share from 0 to 1 makes on the ground."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (0, 2, 4))
    return "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba(colour)[:3])
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def zone_colours(theme: Theme, colour_blind: bool) -> tuple[str, ...]:
    """Return the colours of zones 1 to 5."""
    if not colour_blind:
        return theme.zones
    return COLOUR_BLIND_DARK if luminance(theme.card) < 0.2 else COLOUR_BLIND_LIGHT
