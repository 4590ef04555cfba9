"""How fast the simulator plays and the session decodes: `python tests/bench/bench_sim.py` (median of five)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from device.link import Packet
from device.session import TrackerSession
from hardware_sim.history import weeks
from hardware_sim.scenarios import SCENARIOS
from hardware_sim.world import World

REPEATS = 5


def median_s(work: Callable[[], object]) -> float:
    """Return the median duration of some work in CPU seconds."""
    spent = []
    for _ in range(REPEATS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def main() -> None:
    """Print one line per scenario, then the history."""
    print(f"{'scenario':<10} {'run s':>7} {'packets':>8} {'times real':>11} {'packets/s':>10} {'decode s/h':>11}")
    for name, scenario in SCENARIOS.items():
        world = World(scenario, 1)
        played_s = median_s(lambda s=scenario: list(World(s, 1).frames()))  # type: ignore[misc]
        packets = [Packet(f.tracker, f.characteristic, f.t_s, f.payload) for f in world.frames()]
        decoded_s = median_s(lambda p=packets: TrackerSession().feed_all(p))  # type: ignore[misc]
        print(
            f"{name:<10} {world.duration_s:>7.0f} {len(packets):>8} {world.duration_s / played_s:>11.0f} "
            f"{len(packets) / decoded_s:>10.0f} {3600.0 * decoded_s / world.duration_s:>11.2f}"
        )
    print(f"six weeks of history: {median_s(lambda: weeks(1)):.2f} s, with all columns "
          f"{median_s(lambda: [run.columns() for run in weeks(1)]):.2f} s")  # fmt: skip


if __name__ == "__main__":
    main()
