"""How this person wants the app: language, units, look, voice, quiet hours. Everything has a default; nothing is asked.

The rule of this file: a stored setting that this version does not know, or whose value is absurd, is the default.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace

from app.views.words import Words, words

CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("en", "de"),
    "units": ("metric", "imperial"),
    "theme": ("system", "dark", "light", "oled", "sun"),
    "hand": ("right", "left"),
    "turning": ("learned", "portrait", "landscape", "system"),
}
LIMITS: dict[str, tuple[float, float]] = {
    "font_scale": (0.85, 1.6),
    "quiet_from_h": (0.0, 24.0),
    "quiet_to_h": (0.0, 24.0),
    "cue_every_km": (0.0, 10.0),
    "cue_every_min": (0.0, 60.0),
    "home_zone_m": (0.0, 2000.0),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set; `muted` are kinds of cues that were answered with "Not for me"."""

    language: str = "en"
    units: str = "metric"
    theme: str = "system"
    font_scale: float = 1.0
    colour_blind: bool = False
    hand: str = "right"
    turning: str = "learned"
    still: bool = False
    voice: bool = True
    vibrate: bool = True
    cue_every_km: float = 1.0
    cue_every_min: float = 0.0
    muted: tuple[str, ...] = ()
    quiet_from_h: float = 22.0
    quiet_to_h: float = 5.0
    reading_counts: bool = True
    home_zone_m: float = 200.0
    first_run_done: bool = False
    course: str = ""
    """Name of the file of the course that is run next, "" for none."""
    trackers: tuple[str, ...] = ()
    """Addresses of the trackers to record from; "sim:NAME" is a simulated one."""

    @property
    def words(self) -> Words:
        """Return the words of the language and units."""
        return words(self.language, self.units)

    def text(self) -> bytes:
        """Return the settings as they are stored."""
        return json.dumps(asdict(self), sort_keys=True).encode()


DEFAULT = Settings()


def settings_from(stored: bytes) -> Settings:
    """Return stored settings; what cannot be read is the default."""
    try:
        kept = json.loads(stored) if stored else {}
    except ValueError:
        kept = {}
    known = {f.name for f in fields(Settings)}
    found = DEFAULT
    for name, value in kept.items() if isinstance(kept, dict) else ():
        if name in known:
            try:
                found = with_setting(found, name, value)
            except ValueError:
                continue
    return found


def with_setting(settings: Settings, name: str, value: object) -> Settings:
    """Return the settings with one changed; ValueError names a setting or value that there is not."""
    before = getattr(settings, name, None)
    if before is None:
        raise ValueError(f"there is no setting {name!r}")
    if name in CHOICES and value not in CHOICES[name]:
        raise ValueError(f"{name} is one of {', '.join(CHOICES[name])}, not {value!r}")
    if isinstance(before, bool):
        value = value in (True, "on", "true", "1")
    elif isinstance(before, tuple):
        value = tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else (str(value),)
    elif isinstance(before, float):
        number = float(value) if isinstance(value, (int, float, str)) else float("nan")
        low, high = LIMITS[name]
        if not low <= number <= high:
            raise ValueError(f"{name} is between {low:g} and {high:g}, not {value!r}")
        value = number
    return replace(settings, **{name: value})  # type: ignore[arg-type]
