"""Samples, summaries and diaries for the tests of the store and the recorder."""

from __future__ import annotations

import math
import sqlite3
from pathlib import Path

import numpy as np

from app.store import Store
from device.files.recording import Lap, Recording, StatedTotals
from edge.samples import DeviceInfo, Estimate, Fix, Gap, HeartRate, Inertial, Samples, Stride, column_names
from edge.summary import Pause, RunSummary

NAN = math.nan


def summary(**known: object) -> RunSummary:
    """Return a summary in which everything that is not given is unknown."""
    values: dict[str, object] = dict.fromkeys(RunSummary.__dataclass_fields__, NAN)
    values |= {"calories_kcal": Estimate(NAN, NAN, NAN, "none"), "best_efforts_s": {400.0: 91.5}, "suspect": ()}
    return RunSummary(**(values | known))  # type: ignore[arg-type]


def second(number: int, rate_hz: int = 52) -> list[Samples]:
    """Return one second of a run: motion, one heartbeat row with two intervals, one fix, one stride."""
    rng = np.random.default_rng(number)
    t_s = number + np.arange(rate_hz) / rate_hz
    at = np.array([number + 0.5])
    return [
        Inertial(t_s, rng.normal(0, 5, (rate_hz, 3)), rng.normal(0, 2, (rate_hz, 3))),
        HeartRate(at, np.array([140.0 + number % 7]), np.array([2.0]), rng.uniform(0.4, 0.5, 2)),
        Fix(at, at * 1e-5 + 35.0, at * 1e-5 - 78.0, np.array([NAN]), np.array([2.8]), np.array([NAN])),
        Stride(at, np.array([168.0]), np.array([2.8]), at * 2.8),
    ]


SAMPLES_A_SECOND = 52 + 3


def recording(samples: tuple[Samples, ...] = (), **changed: object) -> Recording:
    """Return a recording as a file reader makes it."""
    values: dict[str, object] = {
        "sport": "running",
        "sub_sport": "trail",
        "start_unix_s": 1_700_000_000.0,
        "utc_offset_s": -18_000.0,
        "device": "a watch",
        "samples": samples or tuple(s for n in range(3) for s in second(n)),
        "pauses": (Pause(1.0, 1.5),),
        "laps": (Lap(0.0, 2.0, 5.6, "manual"), Lap(2.0, 3.0, NAN, "")),
        "stated": StatedTotals(3.0, 2.5, 8.4, NAN, NAN, 141.0, 146.0, 168.0, NAN),
    }
    return Recording(**(values | changed))  # type: ignore[arg-type]


def recorded_diary(path: Path, seconds: int = 30, *, finished: bool = True) -> str:
    """Make a closed diary with one recorded run and a little of everything else; returns the run's id."""
    with Store(path) as store:
        run_id = store.start_run(source="test", sport="running", start_unix_s=1_700_000_000.0)
        for number in range(seconds):
            store.append(run_id, second(number))
        store.append(run_id, [Gap(float(seconds), seconds + 2.0, "fix", "no satellites"), DeviceInfo("maker", "model")])
        if finished:
            store.finish_run(run_id, summary(duration_s=float(seconds), distance_m=2.8 * seconds))
        store.save_decision('{"show": "easy"}', "{}", 1_700_000_100.0)
    return run_id


def change(diary: Path, sql: str) -> None:
    """Change a closed diary behind its back."""
    connection = sqlite3.connect(diary)
    connection.execute(sql)
    connection.commit()
    connection.close()


def same(a: Samples, b: Samples) -> bool:
    """Return whether two samples are the same to the bit."""
    if isinstance(a, (Gap, DeviceInfo)) or isinstance(b, (Gap, DeviceInfo)):
        return repr(a) == repr(b)
    return type(a) is type(b) and all(
        np.array_equal(getattr(a, n).view(np.uint64), getattr(b, n).view(np.uint64))
        and getattr(a, n).shape == getattr(b, n).shape
        for n in column_names(type(a))
    )
