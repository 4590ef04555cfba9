"""Single-bit flips at any offset of a closed diary: every one is detected, and the rest stays readable."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from faults.kills import doctor_says
from store_cases import recorded_diary

from app.store import examine
from app.store.seal import PAGE_BYTES, RESERVED_BYTES


@dataclass(slots=True)
class FlipReport:
    """What the flips did, by the kind of place that they hit."""

    flips: int = 0
    detected: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    missed: list[int] = field(default_factory=list)
    named_segment: int = 0
    named_page: int = 0
    least_readable: float = 1.0
    not_openable: int = 0
    command_agreed: int = 0
    command_asked: int = 0

    @property
    def passed(self) -> bool:
        """Return whether every flip was detected."""
        return self.detected == self.flips and self.command_agreed == self.command_asked


def run_flips(flips: int, seed: int, told: Callable[[str], None], seconds: int = 120) -> FlipReport:
    """Flip one random bit at a time in a diary with a recorded run, and report what a check finds."""
    rng, report = np.random.default_rng(seed), FlipReport()
    with tempfile.TemporaryDirectory() as folder:
        diary, damaged = Path(folder) / "diary.db", Path(folder) / "damaged.db"
        recorded_diary(diary, seconds)
        sound, places, whole = diary.read_bytes(), _places(diary), examine(diary)
        assert whole.ok, whole.problems
        for number in range(flips):
            bit = int(rng.integers(len(sound) * 8))
            raw = bytearray(sound)
            raw[bit // 8] ^= 1 << bit % 8
            damaged.write_bytes(raw)
            _judge(damaged, bit, _place(bit // 8, places), whole.samples, report)
            if number % 50 == 0:
                code, document = doctor_says(damaged)
                report.command_asked += 1
                report.command_agreed += code == 1 and document["ok"] is False and bool(document["problems"])
            told(f"{report.flips} flips")
    return report


def _judge(damaged: Path, bit: int, place: str, samples: int, report: FlipReport) -> None:
    health = examine(damaged)
    report.flips += 1
    report.hit[place] += 1
    if health.ok:
        report.missed.append(bit)
        return
    report.detected += 1
    text = " ".join(health.problems)
    report.named_segment += "segment " in text
    report.named_page += "page " in text
    if health.runs:
        report.least_readable = min(report.least_readable, health.samples / samples)
    else:
        report.not_openable += 1


def _places(diary: Path) -> dict[int, str]:
    connection = sqlite3.connect(diary)
    try:
        return {int(page): str(name) for page, name in connection.execute("SELECT pageno, name FROM dbstat")}
    except sqlite3.Error:
        return {}
    finally:
        connection.close()


def _place(offset: int, places: dict[int, str]) -> str:
    if offset < 100:
        return "file header"
    if offset % PAGE_BYTES >= PAGE_BYTES - RESERVED_BYTES:
        return "checksums of pages"
    name = places.get(offset // PAGE_BYTES + 1, "free space")
    return name if name in ("segments", "free space") else "other tables and indexes"
