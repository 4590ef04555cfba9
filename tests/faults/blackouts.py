"""Three sensors, many blackouts: how soon every one of them is back to data, and whether any session gets stuck.

    python tests/faults/blackouts.py --blackouts 1000 --seed 1

The real link (bleak's client and scanner, bleak-retry-connector, our supervisor) on the simulated radio in virtual
time. A blackout silences the radio of all three for 1 to 60 s; every third is followed by a second one while the
trackers are being connected to again, every fifth by a tracker that does not answer, every seventh by failing attempts.
Time to data counts from the end of the blackout, before which nothing could advertise.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from device.link import LinkEvent, LinkState, Packet
from device.link_bleak import BleakCentral
from device.link_radio import TrackerLink
from hardware_sim import faults
from hardware_sim.bleak_backend import backend_for
from hardware_sim.faults import Fault
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import Peripheral, characteristic, service
from hardware_sim.radio import Radio
from hardware_sim.virtual_loop import VirtualLoop

#: Sensor -> (service, characteristic, period in s, payload).
SENSORS = {
    "strap": ("180D", "2A37", 1.0, "0096"),
    "pod": ("1814", "2A53", 1.0 / 3.0, "0400035a"),
    "watch": ("1819", "2A67", 1.0, "0100d002"),
}
_EACH_S = 150.0
_PER_SESSION = 10


@dataclass(frozen=True, slots=True)
class Back:
    """How one sensor came through one blackout: kind of blackout, s from its end to data; infinite when it did not."""

    kind: str
    sensor: str
    after_s: float


@dataclass(frozen=True, slots=True)
class Session:
    """One session's blackouts: their ends in s and kinds, and the faults that make them."""

    ends: tuple[tuple[float, str], ...]
    faults: tuple[Fault, ...]

    @property
    def duration_s(self) -> float:
        """Return how long the session has to run, in s."""
        return _EACH_S * (len(self.ends) + 1)


def planned(seed: int, blackouts: int) -> Session:
    """Return a session of blackouts, one every 150 s."""
    rng = np.random.default_rng(seed)
    ends, planned_faults = [], []
    for number in range(blackouts):
        begin_s = _EACH_S * (number + 1) - 120.0 + float(rng.uniform(0.0, 5.0))
        end_s = begin_s + float(np.exp(rng.uniform(math.log(1.0), math.log(60.0))))
        kind = "plain"
        planned_faults.append(faults.Blackout("", begin_s, end_s))
        if number % 3 == 1:
            kind, begin_s = "second while connecting", end_s + float(rng.uniform(0.05, 4.0))
            end_s = begin_s + float(rng.uniform(1.0, 15.0))
            planned_faults.append(faults.Blackout("", begin_s, end_s))
        elif number % 5 == 2:
            kind, silent_s = "silent peer after it", end_s + float(rng.uniform(3.0, 8.0))
            planned_faults.append(faults.SilentPeer("pod", end_s, silent_s))
        elif number % 7 == 3:
            kind = "failing attempts after it"
            planned_faults.append(faults.ConnectFailure("watch", end_s, end_s + 30.0, times=3))
        ends.append((end_s, kind))
    return Session(tuple(ends), tuple(planned_faults))


def peripherals() -> list[Peripheral]:
    """Return the three sensors, each sending at its usual rate."""
    made = []
    for name, (service_uuid, uuid, period_s, payload) in SENSORS.items():
        one = Peripheral(name, [service(service_uuid, characteristic(uuid, "notify"))])
        body = bytes.fromhex(payload)
        one.every(period_s, uuid, lambda t_s, body=body: body)  # type: ignore[misc]
        made.append(one)
    return made


def arrivals(session: Session, seed: int) -> tuple[dict[str, list[float]], bool]:
    """Return when each sensor's data arrived in s of the session, and whether the link closed as it should."""
    sensors, loop = peripherals(), VirtualLoop()
    radio = Radio(sensors, link=LinkModel(packet_error_rate=0.1), faults=session.faults, seed=seed)
    backend = backend_for(radio)
    names = {one.address: one.name for one in sensors}

    async def scene() -> tuple[dict[str, list[float]], bool]:
        link = TrackerLink(
            lambda: BleakCentral(scanner_backend=backend.scanner, client_backend=backend.client),
            [one.address for one in sensors],
            now_s=loop.time,
            rng=np.random.default_rng(seed),
            own_thread=False,
        )
        loop.call_later(session.duration_s, lambda: loop.create_task(link.close()))
        heard: dict[str, list[float]] = {name: [] for name in names.values()}
        closed = False
        async for event in link.packets():
            if isinstance(event, Packet):
                heard[names[event.tracker]].append(event.arrival_s)
            closed |= isinstance(event, LinkEvent) and event.state is LinkState.CLOSED
        return heard, closed

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(scene())


def judged(session: Session, heard: dict[str, list[float]]) -> list[Back]:
    """Return how each sensor came through each blackout; data must have come before the next one."""
    found = []
    for end_s, kind in session.ends:
        for sensor, times in heard.items():
            after = [t_s - end_s for t_s in times if end_s <= t_s < end_s + 0.5 * _EACH_S]
            found.append(Back(kind, sensor, after[0] if after else math.inf))
    return found


def campaign(blackouts: int, seed: int) -> tuple[list[Back], int]:
    """Return how sensors came through a number of seeded blackouts, and how many sessions did not close."""
    found: list[Back] = []
    unclosed = 0
    for number, first in enumerate(range(0, blackouts, _PER_SESSION)):
        session = planned(seed * 1_000_003 + number, min(_PER_SESSION, blackouts - first))
        heard, closed = arrivals(session, seed * 7919 + number)
        found += judged(session, heard)
        unclosed += not closed
    return found, unclosed


def figures(found: Sequence[Back], unclosed: int) -> dict[str, object]:
    """Return the figures of a campaign: times in s to the 50th and 95th percentile and the longest, by kind."""
    kinds = {kind: [b.after_s for b in found if b.kind == kind] for kind in sorted({b.kind for b in found})}
    return {
        "blackouts": len(found) // len(SENSORS),
        "stuck": sum(math.isinf(b.after_s) for b in found),
        "unclosed_sessions": unclosed,
        "all": _percentiles([b.after_s for b in found]),
        **{kind: _percentiles(times) for kind, times in kinds.items()},
    }


def _percentiles(times_s: Sequence[float]) -> dict[str, float]:
    back = np.array([t for t in times_s if math.isfinite(t)])
    p50, p95, longest = (round(float(v), 2) for v in (*np.percentile(back, [50, 95]), back.max()))
    return {"sensors": len(times_s), "p50_s": p50, "p95_s": p95, "max_s": longest}


def main() -> int:
    """Run the campaign and print its figures as JSON; 1 when a figure is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blackouts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    begun_s = time.perf_counter()
    found, unclosed = campaign(args.blackouts, args.seed)
    told = figures(found, unclosed)
    print(json.dumps(told | {"took_s": round(time.perf_counter() - begun_s, 1)}, indent=1))
    plain = told["plain"]
    assert isinstance(plain, dict)
    return int(bool(told["stuck"]) or bool(unclosed) or plain["p95_s"] > 5.0)


if __name__ == "__main__":
    sys.exit(main())
