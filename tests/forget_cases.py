"""Diaries with runs, decisions, memories and files beside them, for the tests of forgetting and of backups."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.coach import decide_today
from app.store import Store, WholeRun
from device.files.recording import Recording
from device.journal import JournalWriter
from device.link import Packet
from edge.samples import Fix, HeartRate, Samples
from edge.summary import summarise

START_S, DAY_S = 1_750_000_000.25, 86400.0


def track(seed: int, seconds: int = 900, start_unix_s: float = START_S) -> tuple[Samples, ...]:
    """Return fixes and heart rate of a simulated run: a noisy loop near one home, every second."""
    rng = np.random.default_rng(seed)
    t_s = np.arange(float(seconds)) + rng.uniform(0.0, 0.5)
    angle = t_s * 2.8 / 400.0 + rng.uniform(0, 6)
    latitude = 47.37 + 400.0 / 111_195.0 * np.sin(angle) + rng.normal(0, 2e-6, seconds)
    longitude = 8.54 + 400.0 / 75_000.0 * np.cos(angle) + rng.normal(0, 2e-6, seconds)
    nan = np.full(seconds, np.nan)
    altitude = 420.0 + 10.0 * np.sin(angle) + rng.normal(0, 0.2, seconds)
    bpm = np.round(145.0 + 15.0 * np.sin(t_s / 60.0) + rng.normal(0, 3, seconds))
    return Fix(t_s, latitude, longitude, altitude, nan, nan), HeartRate(t_s, bpm, np.zeros(seconds), np.empty(0))


def imported(store: Store, seed: int, start_unix_s: float, seconds: int = 900) -> str:
    """Store a simulated run as a file brought it."""
    samples = track(seed, seconds)
    run = Recording("running", "", start_unix_s, 7200.0, "a watch", samples, (), (), None)
    summary = summarise(samples, "running")
    return store.add_recordings([WholeRun(run, summary, "import", f"{seed}.fit", f"{seed:064x}")])[0]


def recorded(store: Store, seed: int, start_unix_s: float, seconds: int = 40) -> str:
    """Store a simulated run as a recorder does, a second at a time."""
    run_id = store.start_run(source="tracker", sport="running", start_unix_s=start_unix_s, utc_offset_s=7200.0)
    fixes, heart = track(seed, seconds)
    assert isinstance(fixes, Fix) and isinstance(heart, HeartRate)
    for at in range(seconds):
        rows = slice(at, at + 1)
        one = Fix(*(getattr(fixes, name)[rows] for name in Fix.__slots__))
        store.append(run_id, [one, HeartRate(heart.t_s[rows], heart.bpm[rows], heart.rr_count[rows], np.empty(0))])
    store.finish_run(run_id, summarise(store.samples(run_id)[0], "running"))
    return run_id


def lived_in(folder: Path, runs: int = 4, decisions: int = 1, seconds: int = 900, seed: int = 0) -> list[str]:
    """Make a diary with runs a day apart, the odd ones recorded, and decisions behind each; returns the runs' ids."""
    names = []
    with Store(folder / "diary.db") as store:
        store.add_sentence("my knee hurts a little", (), START_S - 5000.5)
        for number in range(runs):
            at = START_S + number * DAY_S + 17.125 * number
            of = seed + number
            names.append(recorded(store, of, at) if number % 2 else imported(store, of, at, seconds))
            for later in range(decisions):
                decide_today(store, at + 0.6 * DAY_S + later, predictor=None)
    return names


def beside(folder: Path, run_id: str, start_unix_s: float) -> None:
    """Put beside a diary what tools leave there: a copy, a journal, an export, a recorder's log and a cut draft."""
    (folder / "exports").mkdir()
    shutil.copyfile(folder / "diary.db", folder / "exports" / "diary-copy.db")
    shutil.copyfile(folder / "diary.db", folder / "diary.db.restoring")
    (folder / "exports" / f"run-{run_id}.png").write_bytes(b"a picture")
    (folder / "exports" / "notes.gpx").write_text(f"<gpx>{run_id}</gpx>")
    (folder / "exports" / "shopping.txt").write_text("bread")
    (folder / "diary.db.recorder.log").write_text(f"ack 1 run={run_id} t=1.0\n")
    for name, begun in (("run.kj", start_unix_s - 3.0), ("other.kj", start_unix_s + 300 * DAY_S)):
        with JournalWriter(folder / name, started_unix_s=begun) as journal:
            for second in range(20):
                payload = np.array([47.37 + second * 1e-5, 8.54]).tobytes()
                journal.write(Packet("AA:BB", "2a37", 5.0 + second, payload))


def rows(diary: Path, skip: Sequence[str] = ("meta",)) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of a closed diary."""
    connection = sqlite3.connect(diary)
    connection.text_factory = bytes
    try:
        tables = [r[0].decode() for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: connection.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in tables if t not in skip}
    finally:
        connection.close()
