"""Runs for the tests of the report pages: simulated by a formula, with anything left out."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from app.desk.desk import Desk
from app.pages.run_data import RunData, run_data
from app.store import Store
from device.files.recording import Lap, Recording, StatedTotals
from edge.samples import Altitude, Fix, Gap, Odometer, Samples, Stride, heart_rate
from edge.summary import Pause, summarise

NAN = math.nan
UNKNOWN = StatedTotals(*([NAN] * 9))
START = 1_780_000_000.0
HOME = (52.5, 13.4)
M_PER_DEG = 111_195.0


def loop_deg(t_s: np.ndarray, speed_m_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude of a round that begins and ends at `HOME`."""
    round_m = speed_m_s * float(t_s[-1]) if len(t_s) else 1.0
    angle = 2.0 * np.pi * speed_m_s * t_s / max(round_m, 1.0)
    radius_m = round_m / (2.0 * np.pi)
    north, east = radius_m * np.sin(angle), radius_m * (1.0 - np.cos(angle))
    return HOME[0] + north / M_PER_DEG, HOME[1] + east / (M_PER_DEG * math.cos(math.radians(HOME[0])))


def streams(
    seconds: int = 1800, speed_m_s: float = 3.0, every_s: int = 1, leave_out: str = "", hole_s: tuple[int, int] = (0, 0)
) -> tuple[Samples, ...]:
    """Return the samples of a run; `leave_out` names streams, `hole_s` is a stretch in which nothing is heard."""
    t_s = np.arange(0.0, seconds + 1.0, every_s)
    t_s = t_s[(t_s < hole_s[0]) | (t_s >= hole_s[1])]
    none = np.full(len(t_s), NAN)
    latitude_deg, longitude_deg = loop_deg(t_s, speed_m_s)
    wave = np.sin(t_s / 300.0)
    found: dict[str, Samples] = {
        "fix": Fix(t_s, latitude_deg, longitude_deg, none, none, none),
        "heart_rate": heart_rate(t_s, np.round(145.0 + 12.0 * wave)),
        "odometer": Odometer(t_s, speed_m_s * t_s, none),
        "altitude": Altitude(t_s, 40.0 + 8.0 * wave),
        "stride": Stride(t_s, 168.0 + 2.0 * wave, none, none),
    }
    gaps = (Gap(float(hole_s[0]), float(hole_s[1]), "fix", "no satellites"),) if hole_s[1] else ()
    return (*(one for name, one in found.items() if name not in leave_out.split()), *gaps)


def add(
    store: Store,
    samples: tuple[Samples, ...],
    day: int = 0,
    sub_sport: str = "",
    utc_offset_s: float = 3600.0,
    laps: tuple[Lap, ...] = (),
    pauses: tuple[Pause, ...] = (),
) -> str:
    """Add a run on a day after `START`; returns its id."""
    start = START + 86400.0 * day
    recording = Recording("running", sub_sport, start, utc_offset_s, "a watch", samples, pauses, laps, UNKNOWN)
    return store.add_recording(recording, summarise(samples, "running", pauses))


def told(diary: Path, samples: tuple[Samples, ...], earlier: int = 0, language: str = "en", **given: object) -> RunData:
    """Return the page's data of one run in a new diary, after some runs of the same kind."""
    with Store(diary) as store:
        for number in range(earlier):
            add(store, streams(1700 + 20 * number, 2.9), day=-2 * (earlier - number))
        run_id = add(store, samples, **given)  # type: ignore[arg-type]
    return again(diary, run_id, language)


def again(diary: Path, run_id: str, language: str = "en") -> RunData:
    """Return the page's data of a run that is in a diary."""
    desk = Desk(diary)
    with Store(diary, create=False) as store:
        return run_data(store, run_id, desk, predictor=None)
