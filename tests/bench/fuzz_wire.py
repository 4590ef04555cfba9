"""Mutated payloads against the decoders: `PYTHONPATH=tests python tests/bench/fuzz_wire.py [COUNT] [SEED]`."""

from __future__ import annotations

import sys
import time

import numpy as np
from test_wire_fuzz import SEEDS, mutated

from device.wire import WireError, decode


def main() -> None:
    """Decode COUNT mutated payloads; print how many were refused and the slowest; anything but WireError ends it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    refused, slowest_s, slow = 0, 0.0, 0
    for number in range(count):
        uuid = list(SEEDS)[number % len(SEEDS)]
        payload = bytes.fromhex(SEEDS[uuid][number % len(SEEDS[uuid])])
        for _ in range(int(rng.integers(1, 4))):
            payload = mutated(rng, payload or b"\0")
        begun = time.thread_time()
        try:
            decode(uuid, payload)
        except WireError:
            refused += 1
        spent = time.thread_time() - begun
        slowest_s, slow = max(slowest_s, spent), slow + (spent > 0.001)
    print(
        f"{count} payloads: {refused} refused, no other exception; slowest {slowest_s * 1e3:.2f} ms, {slow} above 1 ms"
    )


if __name__ == "__main__":
    main()
