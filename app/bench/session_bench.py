"""The whole live pipeline for one tracker: the share of a core, the memory, the time to replay an hour; simulated.

The rule of this file: the pipeline runs in a process of its own, so that memory and time are its own. What is fed is
the simulator's default run, again and again: motion at 104 Hz in packets of 0.25 s, pressure at 5 Hz, the rest at 1 Hz.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from app.bench.figures import Figure, Say, Section

RATE_HZ = 104.0
HOUR_S, QUICK_S = 3600.0, 300.0
_PIPELINE = """
import json, resource, sys, time
import numpy as np

def peak_mb():
    if sys.platform == "linux":  # what getrusage says there begins with the parent's
        with open("/proc/self/status") as status:
            return next(float(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0**2 if sys.platform == "darwin" else 1024.0)

bare_mb = peak_mb()
from edge.samples import Fix, Inertial, Pressure, heart_rate
from edge.session import LiveSession

packet_s, end_s = float(sys.argv[2]), float(sys.argv[3])
motion, air, sky = (np.load(f"{sys.argv[1]}/{name}.npy", mmap_mode="r") for name in ("motion", "air", "sky"))
def part(table, from_s, to_s):
    return np.array(table[np.searchsorted(table[:, 0], from_s) : np.searchsorted(table[:, 0], to_s)])

def packet(from_s, to_s):
    m, a, s = (part(table, from_s, to_s) for table in (motion, air, sky))
    found = [Inertial(m[:, 0], m[:, 1:4], m[:, 4:7])]
    if len(a):
        found.append(Pressure(a[:, 0], a[:, 1], a[:, 2]))
    if len(s):
        found += [Fix(*s[:, :6].T), heart_rate(s[:, 0], s[:, 6])]
    return tuple(found)

session, spent_s, longest_s, rows = LiveSession(), 0.0, 0.0, 0
for number in range(round(end_s / packet_s)):
    samples = packet(number * packet_s, (number + 1) * packet_s)
    begun_s = time.process_time()
    rows += len(session.feed(samples))
    took_s = time.process_time() - begun_s
    spent_s, longest_s = spent_s + took_s, max(longest_s, took_s)
rows += len(session.finish())
print(json.dumps({"spent_s": spent_s, "longest_s": longest_s, "rows": rows, "mb": peak_mb() - bare_mb}))
"""


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what the pipeline costs; the recordings are not used."""
    end_s = QUICK_S if quick else HOUR_S
    with tempfile.TemporaryDirectory() as name:
        say(f"simulating {end_s / 60.0:.0f} min of a run")
        _simulate(Path(name), end_s)
        say("live, packet by packet")
        live = _run(Path(name), 0.25, end_s)
        say("replayed, a minute at a time")
        replay = _run(Path(name), 60.0, end_s)
    per_hour = HOUR_S / end_s
    return Section(
        name="session",
        data=f"simulated: {end_s / 60.0:.0f} min, one tracker on the trunk with motion at {RATE_HZ:.0f} Hz, pressure, "
        "satellites and heart rate; one core of this machine",
        figures=(
            Figure("share of one core, live", 100.0 * live["spent_s"] / end_s, "%", at_most=5.0),
            Figure("memory above the interpreter with NumPy, live", live["mb"], "MB", at_most=60.0),
            Figure("replay of an hour, a minute at a time", replay["spent_s"] * per_hour, "s", at_most=20.0),
            Figure("longest packet of 0.25 s, live", 1000.0 * live["longest_s"], "ms"),
            Figure("memory above the interpreter with NumPy, replay", replay["mb"], "MB"),
        ),
        notes=(f"{live['rows']:.0f} rows of features live, {replay['rows']:.0f} in the replay.",),
    )


def _run(folder: Path, packet_s: float, end_s: float) -> dict[str, float]:
    """Return what a process of its own says after feeding packets of some length."""
    command = [sys.executable, "-c", _PIPELINE, str(folder), str(packet_s), str(end_s)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    if ended.returncode != 0:
        raise ValueError(f"the pipeline failed: {ended.stderr.strip().splitlines()[-1]}")
    return {name: float(value) for name, value in json.loads(ended.stdout).items()}


def _simulate(folder: Path, end_s: float) -> None:
    """Write the tables motion (n, 7), air (n, 3) and sky (n, 7), times in s first."""
    from hardware_sim import sensors
    from hardware_sim.gait import motion, mounting
    from hardware_sim.scenarios import scenario
    from hardware_sim.truth import happen

    rng = np.random.default_rng(11)
    run = scenario("default")
    truth = happen(run, rng)
    worn = sensors.watch(truth, rng, 15.0)
    round_s = truth.duration_s
    t_s = np.arange(0.0, end_s, 1.0 / RATE_HZ)
    around_s = t_s % round_s
    moved = motion(run.runner.gait, truth.pacing, around_s, "trunk", truth.strikes, mounting(rng))
    gyro, accel = sensors.imu(rng).measure(moved.rate_sensor_rad_s, moved.force_sensor_m_s2, rng)
    np.save(folder / "motion.npy", np.concatenate([t_s[:, None], accel, gyro], axis=1))
    second = np.arange(0.0, end_s)
    row = (second % len(worn.pressure_pa)).astype(int)
    air_s = np.arange(0.0, end_s, 0.2)
    pressure = np.interp(air_s, second, worn.pressure_pa[row])
    np.save(folder / "air.npy", np.stack([air_s, pressure, np.full(len(air_s), 15.0)], axis=1))
    sky = (worn.latitude_deg, worn.longitude_deg, worn.elevation_m, worn.speed_m_s, worn.accuracy_m, truth.hr_bpm)
    np.save(folder / "sky.npy", np.stack([second, *(column[row] for column in sky)], axis=1))
