"""How fast the simulator plays and the session decodes: `python tests/bench/bench_sim.py` (median of five).

The last lines are of the radio: how long building one takes, and two hours of three trackers with a client that listens
to everything (one run each).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from device.link import Packet
from device.session import TrackerSession
from hardware_sim.central import ConnectError, GattLink
from hardware_sim.firmware.pmd import CONTROL
from hardware_sim.firmware.tracker import TrackerFirmware
from hardware_sim.history import weeks
from hardware_sim.peripheral import Characteristic
from hardware_sim.radio import Radio
from hardware_sim.radio_link import RadioLink
from hardware_sim.scenarios import SCENARIOS, scenario
from hardware_sim.served import radio
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


#: What a client writes to start the streams of a model: PMD acceleration and gyroscope with the settings there are.
STARTS = {
    "polar-h10": ("0202000132000101100002010800",),
    "verity-sense": ("0202", "0205"),
    "vantage-v3": ("0202", "0205"),
}


def listen(played: Radio) -> list[int]:
    """Connect to every tracker and subscribe to everything; returns a list whose only number counts notifications."""
    count = [0]

    def connected(link: GattLink | ConnectError) -> None:
        assert isinstance(link, RadioLink)
        one = link.peripheral

        def notified(what: Characteristic, payload: bytes) -> None:
            count[0] += 1

        link.notified = notified
        for what in (c for each in link.services for c in each.characteristics if c.notifies):
            link.subscribe(what, True, lambda result: None)
        assert isinstance(one, TrackerFirmware)
        for request in STARTS.get(one.wearing.tracker.firmware, ()):
            link.write(one.find(CONTROL), bytes.fromhex(request), True, lambda result: None)

    for one in played.peripherals:
        played.connect(one.address, connected)
    return count


def bench_radio() -> None:
    """Print how long a radio takes to build, and two hours of three trackers with a listening client."""
    for name in ("default", "three", "polar"):
        played = scenario(name)
        radio(played, 1)
        built_s = median_s(lambda s=played: radio(s, 1))  # type: ignore[misc]
        aired = radio(played, 1)
        count = listen(aired)
        begun = time.process_time()
        aired.schedule.run_until(7200.0)
        spent = time.process_time() - begun
        print(f"radio {name:<8} built in {1e3 * built_s:.1f} ms; 2 h with {count[0]} notifications: {spent:.2f} s")


def main() -> None:
    """Print one line per scenario, then the history."""
    print(f"{'scenario':<10} {'run s':>7} {'packets':>8} {'times real':>11} {'packets/s':>10} {'decode s/h':>11}")
    for name, played in SCENARIOS.items():
        world = World(played, 1)
        played_s = median_s(lambda s=played: list(World(s, 1).frames()))  # type: ignore[misc]
        packets = [Packet(f.tracker, f.characteristic, f.t_s, f.payload) for f in world.frames()]
        decoded_s = median_s(lambda p=packets: TrackerSession().feed_all(p))  # type: ignore[misc]
        print(
            f"{name:<10} {world.duration_s:>7.0f} {len(packets):>8} {world.duration_s / played_s:>11.0f} "
            f"{len(packets) / decoded_s:>10.0f} {3600.0 * decoded_s / world.duration_s:>11.2f}"
        )
    print(f"six weeks of history: {median_s(lambda: weeks(1)):.2f} s, with all columns "
          f"{median_s(lambda: [run.columns() for run in weeks(1)]):.2f} s")  # fmt: skip
    bench_radio()


if __name__ == "__main__":
    main()
