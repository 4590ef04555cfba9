"""Kivy without a display: the settings it needs, one small window, and pictures of pieces of any size.

The rule of this file: nothing of kivy is imported before `prepare` has set what kivy reads on import.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.ui.kit.piece import Piece

SETTINGS = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_METRICS_FONTSCALE": "1",
    "KIVY_DPI": "96",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "SDL_VIDEODRIVER": "offscreen",
    "KIVY_CLIPBOARD": "dummy",
}


def prepare() -> None:
    """Set what kivy reads when it is imported; what the caller's environment says already stays."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_HOME"] = folder = tempfile.mkdtemp(prefix="kadenz-kivy-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    from kivy.config import Config

    logging.getLogger("kivy").setLevel(logging.CRITICAL)  # it complains of input devices that nobody needs here

    Config.set("graphics", "multisamples", "0")
    Config.set("graphics", "width", "64")
    Config.set("graphics", "height", "64")
    Config.set("graphics", "maxfps", "0")  # nobody watches: no frame waits for its turn
    for provider in list(Config["input"]):
        Config.remove_option("input", provider)


def window() -> Any:
    """Open the one small window that gives kivy its graphics context. RuntimeError where no context can be had."""
    prepare()
    from kivy.base import EventLoop

    try:
        EventLoop.ensure_window()
    except SystemExit as gone:
        raise RuntimeError("kivy found no graphics: on Debian, apt-get install libgl1 libegl1") from gone
    if EventLoop.window is None:
        raise RuntimeError("kivy found no graphics: on Debian, apt-get install libgl1 libegl1")
    return EventLoop.window


def picture(piece: Piece, width: int, height: int) -> bytes:
    """Return the RGBA bytes of a piece laid out in a size in px, the top row first."""
    from kivy.graphics import ClearBuffers, ClearColor, Fbo

    from app.ui.theme import rgba

    piece.place(0, 0, width, height)
    settle()
    fbo = Fbo(size=(width, height), with_stencilbuffer=True)
    with fbo:
        ClearColor(*rgba(piece.look.theme.ground))
        ClearBuffers(clear_color=True, clear_stencil=True)
    fbo.add(piece.canvas)
    fbo.draw()
    pixels = bytes(fbo.pixels)
    fbo.remove(piece.canvas)
    row = 4 * width
    return b"".join(pixels[i : i + row] for i in range(len(pixels) - row, -1, -row))


def settle() -> None:
    """Let kivy place what it places by its own clock (scrolled columns)."""
    from kivy.clock import Clock

    for _ in range(3):
        Clock.tick()


def save_png(pixels: bytes, width: int, height: int, file: Path) -> None:
    """Write RGBA bytes (top row first) as a PNG without transparency (PNG specification, W3C 2003)."""
    import struct
    import zlib

    import numpy as np

    rgb = np.frombuffer(pixels, np.uint8).reshape(height, width, 4)[:, :, :3]
    raw = np.concatenate([np.zeros((height, 1), np.uint8), rgb.reshape(height, 3 * width)], axis=1).tobytes()

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(raw, 6)), chunk(b"IEND", b""))
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
