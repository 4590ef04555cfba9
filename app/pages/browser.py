"""A page as PDF, printed by a Chromium on this computer.

The rule of this file: the browser gets a file and no network; where there is none, that is said in one line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

#: Names that a Chromium goes by, and where one is named by hand.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
NAMED_BY = "KADENZ_CHROMIUM"
_WAIT_S = 120.0
_FLAGS = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-sync", "--disable-component-update", "--metrics-recording-only",
    "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
)  # fmt: skip


class BrowserError(Exception):
    """No Chromium is found, or it did not print; the text says so."""


def chromium() -> str:
    """Return the path of a Chromium; BrowserError where none is found."""
    named = os.environ.get(NAMED_BY, "")
    found = shutil.which(named) if named else next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        raise BrowserError(
            f"a PDF is printed by Chromium, and none is found; install it, name it in {NAMED_BY}, or write .html"
        )
    return found


def command(*arguments: str, profile: Path) -> list[str]:
    """Return the command line of a headless Chromium that keeps nothing and reaches no network."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [chromium(), *_FLAGS, *as_root, f"--user-data-dir={profile}", *arguments]


def printed(page: str) -> bytes:
    """Return a page printed to PDF, A4; BrowserError where that cannot be done."""
    with tempfile.TemporaryDirectory(prefix="kadenz-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        ran = run(command(f"--print-to-pdf={target}", source.as_uri(), profile=Path(folder) / "profile"))
        if not target.is_file():
            raise BrowserError(f"Chromium printed nothing (exit code {ran})")
        return target.read_bytes()


def run(arguments: list[str]) -> int:
    """Run a browser to its end and return its exit code; BrowserError where it does not end."""
    try:
        ended = subprocess.run(arguments, capture_output=True, timeout=_WAIT_S, check=False)
    except subprocess.TimeoutExpired as slow:
        raise BrowserError(f"Chromium did not answer within {_WAIT_S:.0f} s") from slow
    return ended.returncode
