"""Pictures of the report pages for docs/report, from simulated runs alone.

    kadenz demo --json --db demo.db
    kadenz sim generate --runners 1 --days 420 --seed 7 --first-day 2025-09-01 --only diary --out life
    python tests/programs/report_pictures.py demo.db life/runner-00000 docs/report

Needs a Chromium and Pillow, which comes with matplotlib.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from app.cli import main
from app.pages import browser

#: name, diary (0 the demo, 1 the life), what is asked for, language, theme, width and height in px.
SHOTS = (
    ("run-desktop-light-en", 0, [], "en", "light", 1100, 3300),
    ("run-phone-dark-de", 0, [], "de", "dark", 390, 2600),
    ("month-phone-dark-en", 1, ["--month", "2026-04"], "en", "dark", 390, 2600),
    ("year-desktop-light-de", 1, ["--year", "2026"], "de", "light", 1100, 3200),
)
COLOURS = 160


def shot(page: Path, picture: Path, width: int, height: int) -> None:
    """Write a picture of a page, cut to what it fills, in few colours."""
    with tempfile.TemporaryDirectory() as profile:
        size = f"--window-size={width},{height}"
        browser.run(browser.command(size, f"--screenshot={picture}", page.as_uri(), profile=Path(profile)))
    whole = Image.open(picture).convert("RGB")
    ground = whole.getpixel((1, whole.height - 1))
    last = max(
        (y for y in range(0, whole.height, 4) if any(whole.getpixel((x, y)) != ground for x in range(0, width, 5))),
        default=0,
    )
    whole.crop((0, 0, width, min(whole.height, last + 24))).quantize(COLOURS, dither=Image.Dither.NONE).save(
        picture, optimize=True
    )


def made(diaries: list[str], folder: Path) -> None:
    """Write every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, diary, asked, language, theme, width, height in SHOTS:
            page = Path(scratch) / f"{name}.html"
            code = main(
                ["report", *asked, "--db", diaries[diary], "--lang", language, "--theme", theme, "--out", str(page)]
            )
            if code:
                raise SystemExit(code)
            shot(page, folder / f"{name}.png", width, height)


if __name__ == "__main__":
    made(sys.argv[1:3], Path(sys.argv[3]))
