"""Broken payloads against every decoder of device.wire: `python tests/fuzz/wire.py --cases 10000000 --jobs 2`.

Checks that bytes cause nothing but WireError, that at most one payload in a million takes more than 1 ms of CPU time
(decoding and judging together), and that what is believed lies within its range. A payload above 1 ms is read again
three times on its own; the shortest counts as `slow`, so that a pause of the machine is not mistaken for slow code;
both numbers are told. Exit code 1 when a check fails; every failure is printed so that `--repeat` shows it again.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from grammar import broken
from ranges import outside
from targets import Read, Target, targets

from device.wire import WireError
from device.wire.plausible import believe
from edge.samples import DeviceInfo, Gap

LIMIT_NS = 1_000_000
CHUNK = 20_000
POOL = 200
_PROPER = 10
_SHOWN = 20


@dataclass(slots=True)
class Failure:
    """One payload that broke a promise, with all that its reader was given before."""

    target: str
    problem: str
    payloads: list[str]


@dataclass(slots=True)
class Tally:
    """What happened so far."""

    cases: int = 0
    refused: int = 0
    proper_refused: Counter[str] = field(default_factory=Counter)
    """Payloads in their proper form that were refused all the same: a fault of the grammar or of the decoder."""
    above_1_ms: int = 0
    slow: int = 0
    slowest_ms: float = 0.0
    cpu_s: float = 0.0
    by_target: Counter[str] = field(default_factory=Counter)
    believed: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what happened elsewhere; of equal problems the first is kept."""
        self.cases, self.refused = self.cases + other.cases, self.refused + other.refused
        self.above_1_ms, self.slow = self.above_1_ms + other.above_1_ms, self.slow + other.slow
        self.slowest_ms, self.cpu_s = max(self.slowest_ms, other.slowest_ms), self.cpu_s + other.cpu_s
        self.by_target.update(other.by_target)
        self.believed.update(other.believed)
        self.proper_refused.update(other.proper_refused)
        known = {(f.target, f.problem) for f in self.failures}
        self.failures += [f for f in other.failures if (f.target, f.problem) not in known]

    def passed(self) -> bool:
        """Return whether every promise was kept."""
        return not self.failures and self.slow * 1_000_000 <= self.cases


def take(read: Read, payload: bytes) -> tuple[bool, list[Any], int]:
    """Return whether a payload was refused, what of it is believed, and the CPU time of both in ns."""
    begun, kept, refused = time.thread_time_ns(), [], False
    try:
        found = read(payload)
        if isinstance(found, tuple):
            kept = [believe(s)[0] for s in found if hasattr(s, "t_s") and not isinstance(s, (Gap, DeviceInfo))]
    except WireError:
        refused = True
    return refused, [samples for samples in kept if samples is not None], time.thread_time_ns() - begun


def again_ns(target: Target, payloads: list[bytes]) -> int:
    """Return the shortest CPU time in ns of the last payload in three readings of them all."""
    spent = []
    for _ in range(3):
        read = target.open()
        for payload in payloads:
            _, _, ns = take(read, payload)
        spent.append(ns)
    return min(spent)


class Reader:
    """An open decoder with what it was given."""

    def __init__(self, target: Target) -> None:
        self.target, self.read, self.given = target, target.open(), list[bytes]()

    def feed(self, payload: bytes, tally: Tally) -> None:
        """Read one payload and count what came of it."""
        if len(self.given) >= self.target.life:
            self.read, self.given = self.target.open(), []
        self.given.append(payload)
        try:
            refused, kept, spent_ns = take(self.read, payload)
            wrong = [problem for samples in kept for problem in outside(samples)]
        except Exception as error:
            self._fail(
                tally, f"{type(error).__name__}: {traceback.format_exc(limit=-1).strip().splitlines()[-2].strip()}"
            )
            return
        tally.refused += refused
        tally.believed[self.target.name] += len(kept)
        if spent_ns > LIMIT_NS:
            tally.above_1_ms += 1
            spent_ns = again_ns(self.target, self.given)
            tally.slow += spent_ns > LIMIT_NS
            if spent_ns > LIMIT_NS:
                hexes = " ".join(p.hex() for p in self.given)
                print(f"slow: {self.target.name} {spent_ns / 1e6:.2f} ms: {hexes}", file=sys.stderr)
        tally.slowest_ms = max(tally.slowest_ms, spent_ns / 1e6)
        if wrong:
            self._fail(tally, f"out of range: {wrong[0].partition(' holds')[0]}")

    def _fail(self, tally: Tally, problem: str) -> None:
        if all((f.target, f.problem) != (self.target.name, problem) for f in tally.failures):
            tally.failures.append(Failure(self.target.name, problem, [p.hex() for p in self.given]))
        self.read, self.given = self.target.open(), []


def chunk(seed: int, number: int, cases: int, only: str) -> Tally:
    """Return what a stretch of cases brings; the same for the same numbers, whichever process works it."""
    begun, tally = time.process_time(), Tally()
    rng = random.Random(f"{seed}/{number}")
    readers = [Reader(t) for t in targets() if only in t.name]
    pools = [[r.target.make(rng) for _ in range(min(POOL, max(20, cases // 20)))] for r in readers]
    for reader, pool in zip(readers, pools, strict=True):
        tally.proper_refused[reader.target.name] += sum(take(reader.target.open(), p)[0] for p in pool[:_PROPER])
    gc.freeze()  # the collector looks at what a decoder leaves, not at this program's pools
    for _ in range(cases):
        at = rng.randrange(len(readers))
        payload = broken(rng, rng.choice(pools[at]), rng.choice(pools[rng.randrange(len(pools))]))
        readers[at].feed(payload, tally)
        tally.by_target[readers[at].target.name] += 1
    gc.unfreeze()
    tally.cases, tally.cpu_s = cases, time.process_time() - begun
    return tally


def run(cases: int, seed: int, jobs: int, only: str) -> Iterator[Tally]:
    """Yield the tally after every stretch of cases."""
    total = Tally()
    sizes = [min(CHUNK, cases - first) for first in range(0, cases, CHUNK)]
    with ProcessPoolExecutor(jobs) as pool:
        waiting = [pool.submit(chunk, seed, number, size, only) for number, size in enumerate(sizes)]
        for done in as_completed(waiting):
            total.add(done.result())
            yield total


def told(total: Tally, wall_s: float) -> str:
    """Return the result in words."""
    lines = [f"{total.cases} payloads to {len(total.by_target)} decoders in {wall_s:.0f} s ({total.cpu_s:.0f} s CPU)"]
    lines.append(f"{total.refused} refused, {sum(total.believed.values())} sample columns believed")
    lines.append(
        f"above 1 ms: {total.above_1_ms}, of them slow on their own: {total.slow}; {total.slowest_ms:.2f} ms at most"
    )
    lines += [f"proper payloads refused by {name}: {n}" for name, n in total.proper_refused.items() if n]
    for failure in total.failures[:_SHOWN]:
        lines.append(f"FAILED {failure.target}: {failure.problem}")
        lines.append(
            f"  python tests/fuzz/wire.py --repeat {failure.target} {' '.join(p or '-' for p in failure.payloads)}"
        )
    lines.append("passed" if total.passed() else f"{len(total.failures)} kinds of failure")
    return "\n".join(lines)


def document(total: Tally, wall_s: float) -> str:
    """Return the result as JSON."""
    values = {f.name: getattr(total, f.name) for f in fields(total)}
    values |= {"failures": [asdict(failure) for failure in total.failures]}
    return json.dumps(values | {"wall_s": wall_s, "passed": total.passed()})


def repeat(name: str, payloads: list[str]) -> int:
    """Read payloads one after the other without catching anything but WireError; print what is believed."""
    target = next(t for t in targets() if t.name == name)
    read = target.open()
    for payload in payloads:
        refused, kept, ns = take(read, bytes.fromhex(payload.strip("-")))
        print(f"{payload}: {'refused' if refused else kept} in {ns / 1e3:.0f} us")
        for samples in kept:
            print(*outside(samples), sep="\n")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--cases", type=int, default=100_000, help="how many payloads (default 100000)")
    command.add_argument("--seed", type=int, default=1, help="the same seed gives the same payloads")
    command.add_argument("--jobs", type=int, default=1, help="processes")
    command.add_argument("--only", default="", metavar="TEXT", help="only decoders whose name holds this")
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    command.add_argument("--repeat", nargs="+", metavar="TARGET HEX", help="read payloads again and show what comes")
    asked = command.parse_args(arguments)
    if asked.repeat:
        return repeat(asked.repeat[0], asked.repeat[1:])
    begun, total, shown = time.monotonic(), Tally(), 0.0
    for total in run(asked.cases, asked.seed, asked.jobs, asked.only):
        if time.monotonic() - shown > 5.0:
            shown = time.monotonic()
            print(f"{total.cases:>9} of {asked.cases}, {len(total.failures)} failures", file=sys.stderr, flush=True)
    wall_s = time.monotonic() - begun
    print(document(total, wall_s) if asked.json else told(total, wall_s))
    return 0 if total.passed() else 1


if __name__ == "__main__":
    sys.exit(main())
