# ruff: noqa: E402  (the window comes before what needs it)
"""How fast the screens are made and the live run is shown, and what that keeps in memory; beside plain Kivy labels.

    python tests/bench/app_frames.py [--size 390x844] [--json]

Headless, without a card for graphics: times are of layout and textures, not of a GPU. The peer is a column of Kivy's
own labels with as many texts as the live screen has, five of which change each second: no ring, no band, no profile.
Medians; memory is the growth of the resident set over 3,000 shown seconds, after 500 to warm up.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.ui import headless

headless.window()

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label

from app.ui.kit.text import Txt
from app.ui.look import Look
from app.ui.screens.register import SCREENS
from app.ui.shots import framed

SECONDS, WARM = 3000, 500


def rss_mb() -> float:
    """Return the resident set in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def took_ms(work: Callable[[], object], times: int) -> float:
    """Return the median time of some work in ms."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append(1000.0 * (time.perf_counter() - begin))
    return statistics.median(found)


def made_ms(name: str, width: int, height: int) -> float:
    """Return the time to make a screen and place it, in ms."""

    def make() -> None:
        framed(Look(), name, "").place(0, 0, width, height)

    return took_ms(make, 9)


def live(width: int, height: int) -> dict[str, float]:
    """Return what a second of the live run costs to show, in ms, and what many leave behind, in MB."""
    frame = framed(Look(), "run", "")
    frame.place(0, 0, width, height)
    view, screen = frame.screen.view, frame.screen
    texts = sum(isinstance(piece, Txt) for piece in screen.walk(restrict=True))

    def second(i: int) -> None:
        pace = view.pace._replace(value=f"5:{i % 60:02d}")
        heart = view.heart._replace(value=str(120 + i % 60))
        screen.show(replace(view, pace=pace, heart=heart, time=f"{i // 60}:{i % 60:02d}", zone_at=(i % 500) / 100.0))
        Clock.tick()

    column = BoxLayout(orientation="vertical", size=(width, height))
    labels = [Label(text="0") for _ in range(texts)]
    for label in labels:
        column.add_widget(label)

    def peer(i: int) -> None:
        for label in labels[:5]:
            label.text = str(i)
        Clock.tick()

    found: dict[str, float] = {"texts": float(texts)}
    for name, work in (("kadenz", second), ("labels", peer)):
        for i in range(WARM):
            work(i)
        gc.collect()
        before, times = rss_mb(), []
        for i in range(SECONDS):
            begin = time.perf_counter()
            work(WARM + i)
            times.append(1000.0 * (time.perf_counter() - begin))
        gc.collect()
        found[f"{name}_ms"] = statistics.median(times)
        found[f"{name}_ms_99"] = sorted(times)[int(0.99 * len(times))]
        found[f"{name}_growth_mb"] = rss_mb() - before
    found["ratio"] = found["kadenz_ms"] / found["labels_ms"]
    return found


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="390x844")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    start_mb = rss_mb()
    screens = {name: round(made_ms(name, width, height), 1) for name in SCREENS}
    after_mb = rss_mb()
    told = {
        "size": args.size,
        "screens_ms": screens,
        "resident_mb": {"window": round(start_mb, 1), "every screen made nine times": round(after_mb, 1)},
        "live": {name: round(value, 3) for name, value in live(width, height).items()},
    }
    print(json.dumps(told, indent=1) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
