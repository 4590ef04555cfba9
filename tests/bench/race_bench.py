"""What one race prediction costs on one thread: `python tests/bench/race_bench.py [--json]`.

Goal: p99 at most 100 us in the model itself, file at most 64 KiB, load at most 10 ms. On a machine that others use,
read the quietest block, and read it beside "floor": the smallest model
there is, one addition, in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable

import numpy as np
from onnx import TensorProto, helper

from models.model_file import session as open_session
from models.race import MODEL_FILE, RaceModel

BLOCKS, CALLS = 40, 1000


def blocks_us(call: Callable[[], object]) -> np.ndarray:
    """Return the duration in us of every call (blocks, calls)."""
    found = np.empty((BLOCKS, CALLS))
    for block in found:
        for k in range(CALLS):
            start = time.perf_counter_ns()
            call()
            block[k] = (time.perf_counter_ns() - start) / 1000.0
    return found


def figures(call: Callable[[], object]) -> dict[str, float]:
    """Return median and p99 in us over all calls, and p99 of the quietest block."""
    found = blocks_us(call)
    quietest = np.percentile(found, 99, axis=1).min()
    p50, p99 = np.percentile(found, [50, 99])
    names = ("p50_us", "p99_us", "p99_quietest_block_us")
    return dict(zip(names, (round(float(v), 1) for v in (p50, p99, quietest)), strict=True))


def smallest_model() -> bytes:
    """Return a model that adds a number to itself."""
    ends = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, [1]) for name in ("x", "y")]
    graph = helper.make_graph([helper.make_node("Add", ["x", "x"], ["y"])], "floor", ends[:1], ends[1:])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(model.SerializeToString())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    RaceModel.load()
    start = time.perf_counter()
    model = RaceModel.load()
    load_ms = 1000.0 * (time.perf_counter() - start)
    question = {
        "distance_m": np.array([[5000.0], [21097.5], [42195.0]]),
        "best_time_s": np.array([[1170.0, 5700.0, 0.0]]),
        "person": np.array([[40.0, 0.0, 60.0]]),
    }
    session, bests = model._session, {5000.0: 1170.0, 21097.5: 5700.0}
    many = {5000.0: np.full(10_000, 1170.0), 21097.5: np.full(10_000, 5700.0)}
    floor, one = open_session(smallest_model()), {"x": np.ones(1)}
    start = time.perf_counter()
    model.predict_times(many, 42195.0)
    batch_us = (time.perf_counter() - start) / 10_000 * 1e6
    result = {
        "file_kib": round(MODEL_FILE.stat().st_size / 1024.0, 2),
        "load_ms": round(load_ms, 2),
        "floor": figures(lambda: floor.run(None, one)),
        "model": figures(lambda: session.run(None, question)),
        "predict": figures(lambda: model.predict(bests, 42195.0, 40.0, "m", 60.0)),
        "batch_us_per_runner": round(batch_us, 2),
    }
    print(json.dumps(result, indent=1) if args.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
