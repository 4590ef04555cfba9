"""Pictures of screens beside those that were looked at and accepted: at most 0.2 % of the pixels may differ visibly.

UPDATE_GOLDENS=1 accepts what is drawn now; a picture that differs is written beside its golden as *_new.png.
"""

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from app.ui import headless

headless.window()

from app.ui.look import Look
from app.ui.screens.register import screen_and_state
from app.ui.shots import framed
from app.ui.theme import THEMES
from app.views.words import words

GOLDENS = Path(__file__).parent / "goldens"
VISIBLE, MOST = 24, 0.002
"""A difference of a channel that the eye sees, and the share of pixels that may have it."""
PICTURES = (
    ("today", 390, 844, "dark", "en"),
    ("today", 844, 390, "light", "de"),
    ("run", 390, 844, "dark", "en"),
    ("run", 844, 390, "light", "de"),
    ("run", 768, 1024, "oled", "en"),
    ("run", 240, 240, "dark", "en"),
    ("run", 368, 448, "sun", "de"),
    ("report", 390, 844, "light", "en"),
    ("plan", 390, 844, "dark", "de"),
    ("beliefs", 390, 844, "light", "en"),
    ("devices", 390, 844, "dark", "en"),
    ("insights", 1280, 800, "dark", "en"),
)


def read_png(file: Path) -> np.ndarray:
    """Return the RGB values of a picture that `save_png` wrote."""
    raw = file.read_bytes()
    width, height = struct.unpack(">II", raw[16:24])
    length = struct.unpack(">I", raw[33:37])[0]
    rows = np.frombuffer(zlib.decompress(raw[41 : 41 + length]), np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


@pytest.mark.parametrize(("name", "width", "height", "theme", "language"), PICTURES)
def test_a_screen_looks_as_it_was_accepted(name, width, height, theme, language):
    look = Look(THEMES[theme], words(language), still=True)
    pixels = headless.picture(framed(look, *screen_and_state(name)), width, height)
    golden = GOLDENS / f"{name}-{width}x{height}-{theme}-{language}.png"
    if os.environ.get("UPDATE_GOLDENS") == "1":
        GOLDENS.mkdir(exist_ok=True)
        headless.save_png(pixels, width, height, golden)
    drawn = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)[:, :, :3].astype(int)
    differs = (np.abs(drawn - read_png(golden).astype(int)).max(axis=2) > VISIBLE).mean()
    if differs > MOST:
        headless.save_png(pixels, width, height, golden.with_name(f"{golden.stem}_new.png"))
    assert differs <= MOST, f"{100 * differs:.2f} % of the pixels differ"


def test_the_same_screen_is_drawn_the_same_twice():
    look = Look(words=words("en"), still=True)
    one, other = (headless.picture(framed(look, "run", ""), 390, 844) for _ in range(2))
    assert one == other
